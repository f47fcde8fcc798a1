//! `did you mean`: finds the known name that is most similar to a misspelt one.

/// The least similarity (Jaro–Winkler) of a key and another word whose distance is too large:
/// `catgory` and `categories` have 0.87.
const MIN_SIMILARITY: f64 = 0.85;

/// The number of characters at the start that such a word must have in common: `subtitle` is not
/// `title`.
const MIN_COMMON_PREFIX: usize = 3;

/// Returns the known name nearest to `written`, if it is near enough.
///
/// Near enough is one edit for each three characters (Damerau–Levenshtein), at least one: the
/// distance at which a typo is likelier than another word.
#[must_use]
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    let limit = (length / 3).max(1);
    known
        .into_iter()
        // No distance is smaller than the difference in length, and a hostile name may be very
        // long.
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Returns the known key nearest to `written`, with less strict rules than [`closest`] because keys
/// are few: also another form of the word, or a longer one with the same start.
#[must_use]
pub fn closest_key<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    closest(written, known.clone()).or_else(|| {
        let written = written.to_lowercase();
        let alike = known
            .into_iter()
            .filter(|name| written.len() <= 2 * name.len())
            .filter(|name| {
                written.chars().zip(name.chars()).take_while(|(a, b)| a == b).count()
                    >= MIN_COMMON_PREFIX
            })
            .map(|name| (strsim::jaro_winkler(&written, name), name))
            .filter(|(similarity, _)| *similarity >= MIN_SIMILARITY);
        alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    })
}

#[cfg(test)]
mod tests {
    use super::{closest, closest_key};

    #[test]
    fn closest_finds_typo_and_no_other_word() {
        let known = ["category", "categories", "title"];
        assert_eq!(closest("catgory", known), Some("category"));
        assert_eq!(closest("Title", known), Some("title"));
        assert_eq!(closest("published", known), None);
    }

    #[test]
    fn closest_key_finds_form_and_no_other_key() {
        let bulletin = "title summary published source byline categories sets reports revises \
                        overrides mentions changes expires withdrawn gone aliases draft"
            .split(' ');
        let goal =
            "title summary short_title order kind target baseline period report_every milestones \
             follows aliases draft"
                .split(' ');
        for (written, meant) in [
            ("catgory", "categories"),
            ("category", "categories"),
            ("publish", "published"),
            ("publish_date", "published"),
            ("public", "published"),
            ("draught", "draft"),
            ("withdraw", "withdrawn"),
            ("override", "overrides"),
            ("expiry", "expires"),
        ] {
            assert_eq!(closest_key(written, bulletin.clone()), Some(meant), "{written}");
        }
        assert_eq!(closest_key("reporting", goal), None);
        let others = "author authors date tags description slug layout permalink image weight type \
                      keywords lang template url id status value name subtitle colour order photo \
                      comments sidebar 标题";
        for written in others.split(' ').chain([""]) {
            assert_eq!(closest_key(written, bulletin.clone()), None, "{written}");
        }
    }
}
