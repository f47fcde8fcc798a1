//! The languages of a site, with the interface texts, numbers and dates of each.
//!
//! [`Languages`] is the list of a site; [`Locale`] has the interface texts, and formats
//! [numbers](Locale::number) and dates by ICU.

pub(crate) mod difference;
mod format;
mod garbled;
mod locale;
mod number;
mod numeral;
mod own_messages;
mod own_names;
mod phrases;
mod plural;
mod radicals;
mod text;
mod unfilled;

pub use format::Tick;
pub use garbled::find_garbled;
pub use locale::{Locale, LocaleError, MissingMessage, builtin_messages, fallback_tag};
pub use number::{Multiplier, WrittenNumber, is_lost_in_sheet};
pub use numeral::ChineseNumeral;
pub use own_messages::{MessageFault, MessageProblem, find_faults};
pub use plural::PluralForm;
pub use text::{
    is_full_width, is_han, is_printable, is_shared_punctuation, joins_lines, raised_digit,
    to_half_width, to_subscript, to_superscript,
};
pub use unfilled::commented_messages;

pub(crate) use radicals::character_of_radical;

#[cfg(test)]
pub(crate) use number::CASES as NUMBER_CASES;

/// The English names of the months, in lower case, from January.
pub const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns the index of the month that a word names or abbreviates, with three letters or more.
#[must_use]
pub fn english_month(word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    ENGLISH_MONTHS.iter().position(|month| month.starts_with(&word))
}

/// Whether a tag is Chinese: `zh`, `zh-Hant`.
#[must_use]
pub fn is_chinese(tag: &str) -> bool {
    tag.split('-').next() == Some("zh")
}

/// One of the site's languages, by its index in `site.toml`; the first is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(usize);

impl Language {
    /// The language of original files.
    pub const DEFAULT: Self = Self(0);

    /// Whether this is the language of original files.
    #[must_use]
    pub const fn is_default(self) -> bool {
        self.0 == 0
    }

    /// Its index in `site.toml`, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// The languages of a site, by their BCP 47 tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    tags: Vec<String>,
}

impl Languages {
    /// The languages in the order of `site.toml`. If none can be read, English and Chinese: one
    /// mistake there must not make every translation look wrong.
    #[must_use]
    pub fn new(tags: Vec<String>) -> Self {
        if tags.is_empty() {
            Self { tags: vec!["en".to_owned(), "zh".to_owned()] }
        } else {
            Self { tags }
        }
    }

    /// All of them, the default first.
    pub fn all(&self) -> impl Iterator<Item = Language> + use<> {
        (0..self.tags.len()).map(Language)
    }

    /// The language with this tag.
    #[must_use]
    pub fn find(&self, tag: &str) -> Option<Language> {
        self.tags.iter().position(|known| known == tag).map(Language)
    }

    /// The BCP 47 tag, such as `zh`.
    #[must_use]
    pub fn tag(&self, language: Language) -> &str {
        &self.tags[language.0]
    }

    /// Every tag in order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(String::as_str)
    }

    /// The tag with which Chinese words are marked in a text of another language, where there is
    /// Chinese too.
    #[must_use]
    pub fn chinese_within(&self, other: Language) -> Option<&str> {
        let other = self.tag(other);
        if ["zh", "ja"].contains(&other.split('-').next().unwrap_or(other)) {
            return None;
        }
        self.tags().find(|tag| is_chinese(tag))
    }

    /// The root path of the language's pages: `/` for the default, `/zh/` for others.
    #[must_use]
    pub fn root(&self, language: Language) -> String {
        if language.is_default() { "/".to_owned() } else { format!("/{}/", self.tag(language)) }
    }
}
