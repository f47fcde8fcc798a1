//! `did you mean`: the known name that is nearest to a misspelt one.

/// The known name nearest to `written`, if one is near enough to be what was meant.
///
/// Near enough is one edit for each three characters (Damerau–Levenshtein), at least one: the distance at which a
/// typing mistake is likelier than another word.
#[must_use]
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let limit = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_swapped_letter_is_found_and_another_word_is_not() {
        let known = ["category", "categories", "title"];
        assert_eq!(closest("catgory", known), Some("category"));
        assert_eq!(closest("Title", known), Some("title"));
        assert_eq!(closest("published", known), None);
    }
}
