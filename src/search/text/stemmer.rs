//! Stemming of words (Snowball).

use std::borrow::Cow;

use frostem::Algorithm;

/// Words longer than this, in bytes, are not stemmed: stemmers take time by length.
const MAX_LENGTH: usize = 64;

/// British and American spellings, with the suffixes allowed after them (empty: any suffix): the
/// regular differences of the Variant Conversion list of SCOWL.
const SPELLING_VARIANTS: [(&str, &str, &[&str]); 11] = [
    ("tre", "ter", &["", "s"]),
    ("amme", "am", &["", "s"]),
    ("is", "iz", &["e", "ed", "es", "er", "ers", "ing", "ation", "ations"]),
    ("our", "or", &[]),
    ("eable", "able", &[]),
    ("eabl", "abl", &["y"]),
    ("ys", "yz", &["e", "ed", "es", "er", "ing"]),
    ("ogue", "og", &["", "s"]),
    ("ell", "el", &["ed", "ing", "er", "ers", "or", "ors"]),
    ("olment", "ollment", &["", "s"]),
    ("alment", "allment", &["", "s"]),
];

/// The stemmer of a language. Languages with the same one share a field of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stemmer(Option<Algorithm>);

impl Stemmer {
    /// The stemmer for a language tag. Latin words in Chinese text are stemmed as English.
    pub(crate) fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let language = if matches!(language, "zh" | "ja" | "ko") { "en" } else { language };
        Self(frostem::Stemmer::try_from_name(language).ok().map(frostem::Stemmer::algorithm))
    }

    /// The stem of a folded word.
    pub(crate) fn stem(self, word: &str) -> String {
        let algorithm = match self.0 {
            Some(algorithm) if word.len() <= MAX_LENGTH => algorithm,
            _ => return word.chars().take(MAX_LENGTH).collect(),
        };
        let is_english = algorithm == Algorithm::English;
        let word = if is_english { unify_spelling(word) } else { Cow::Borrowed(word) };
        let stem = frostem::Stemmer::new(algorithm).stem(&word);
        if stem.chars().nth(1).is_some() {
            return stem.into_owned();
        }
        // An abbreviation, such as AED, would lose all but one letter; its plural is AEDs.
        let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2);
        singular.unwrap_or(&word).to_owned()
    }
}

/// Gives British and American spellings of a word one form (centre, center; labour, labor;
/// organise, organize), and handles two plurals that Snowball does not know. The form need not be a
/// word.
fn unify_spelling(word: &str) -> Cow<'_, str> {
    match word {
        "buses" => return Cow::Borrowed("bus"),
        "gases" => return Cow::Borrowed("gas"),
        _ => {}
    }
    let mut unified = Cow::Borrowed(word);
    for (british, american, suffixes) in SPELLING_VARIANTS {
        // At the start of a word the letters are something else: isle, our.
        let Some(start) = unified.find(british).filter(|start| *start >= 3) else { continue };
        let rest = &unified[start + british.len()..];
        if suffixes.is_empty() || suffixes.contains(&rest) {
            unified = Cow::Owned(format!("{}{american}{rest}", &unified[..start]));
        }
    }
    unified
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_tag_returns_stemmer_of_language() {
        assert_eq!(Stemmer::of("zh-Hant"), Stemmer::of("en"));
        assert_eq!(Stemmer::of("de").stem("häuser"), "haus");
        assert_eq!(Stemmer::of("xx").stem("jobs"), "jobs");
    }

    #[test]
    fn stem_abbreviation_is_unchanged() {
        assert_eq!(Stemmer::of("en").stem("aed"), "aed");
        assert_eq!(Stemmer::of("en").stem("aeds"), "aed");
        assert_eq!(Stemmer::of("en").stem("us"), "us");
    }

    #[test]
    fn stem_spelling_variants_are_equal() {
        let table = [
            ["centre", "center"],
            ["centres", "centers"],
            ["programme", "program"],
            ["labour", "labor"],
            ["neighbourhoods", "neighborhood"],
            ["organisation", "organization"],
            ["modernised", "modernize"],
            ["buses", "bus"],
            ["liveable", "livable"],
            ["analysed", "analyzed"],
            ["catalogues", "catalog"],
            ["travelled", "traveled"],
            ["enrolment", "enrollment"],
        ];
        for [one, other] in table {
            assert_eq!(Stemmer::of("en").stem(one), Stemmer::of("en").stem(other), "{one}");
        }
    }
}
