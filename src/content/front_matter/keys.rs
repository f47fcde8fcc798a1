//! Tables of the keys of front matter and of `site.toml`, one for each mapping.
//!
//! The readers, the schemas and forms of `gazette kit` and the tables in `docs/editing.md` follow
//! from them: a new key is a new row, and a line in the reader that uses it.

use super::shorthand::ExpandShorthand;
use crate::diagnostic::Phrase;

/// The keys of one mapping: of a kind of file, or of a key whose value is a mapping.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyGroup {
    /// The name of its definition in JSON Schemas.
    pub(crate) name: &'static str,
    /// Its name in messages: `a bulletin`.
    pub(crate) noun: Phrase,
    /// One sentence for schemas.
    pub(crate) description: &'static str,
    /// In the order of forms.
    pub(crate) keys: &'static [Key],
    pub(crate) rule: Option<Rule>,
    /// Guesses the keys that are meant where one text is written instead of a mapping.
    pub(crate) shorthand: Option<ExpandShorthand>,
}

impl KeyGroup {
    pub(crate) const fn new(
        name: &'static str,
        noun: Phrase,
        description: &'static str,
        keys: &'static [Key],
    ) -> Self {
        Self { name, noun, description, keys, rule: None, shorthand: None }
    }

    pub(crate) const fn rule(self, rule: Rule) -> Self {
        Self { rule: Some(rule), ..self }
    }

    pub(crate) const fn shorthand(self, shorthand: ExpandShorthand) -> Self {
        Self { shorthand: Some(shorthand), ..self }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }
}

/// One key of a mapping.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) value: KeyType,
    /// An example of its value. Only keys that must be present have one.
    pub(crate) example: Option<Phrase>,
    /// The label of its input in forms. The keys of `site.toml` have none.
    pub(crate) label: Option<Phrase>,
    /// For schemas, forms and the documentation: one sentence or more.
    pub(crate) description: &'static str,
}

impl Key {
    /// A key that must be present, with an example of its value for messages.
    pub(crate) const fn required(name: &'static str, value: KeyType, example: Phrase) -> Self {
        Self { example: Some(example), ..Self::optional(name, value) }
    }

    /// A key that may be left out.
    pub(crate) const fn optional(name: &'static str, value: KeyType) -> Self {
        Self { name, value, example: None, label: None, description: "" }
    }

    pub(crate) const fn label(self, en: &'static str, zh: &'static str) -> Self {
        Self { label: Some(Phrase::new(en, zh)), ..self }
    }

    pub(crate) const fn description(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    pub(crate) const fn is_required(&self) -> bool {
        self.example.is_some()
    }
}

/// The key of every translation.
pub(crate) const TRANSLATED: Key = Key::optional("translated", KeyType::Line)
    .label("Record of the original", "原文记录")
    .description(
        "The sentences of the original from which the translation was made, as `gazette \
         translated` records them. Do not change it by hand.",
    );

/// The key `aliases` of all pages.
pub(crate) const ALIASES: Key = Key::optional("aliases", KeyType::List(&KeyType::SitePath))
    .label("Old addresses", "旧网址")
    .description("Earlier addresses of the page, which redirect to it.");

/// The type of a key's value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KeyType {
    /// A line of text.
    Line,
    /// One or two sentences.
    Sentences,
    /// One text for all languages, or one for each.
    Localised,
    /// Like `Localised`; a language may have plural forms.
    Unit,
    /// A date, or a date and time.
    Date,
    Number,
    /// A whole number from 0.
    WholeNumber,
    Flag,
    GoalKind,
    ReportingFrequency,
    Hue,
    AlertLevel,
    /// The kind of a line of the footer.
    FooterKind,
    Status,
    /// The slug of a goal.
    Goal,
    /// The slug of a category.
    Category,
    /// The slug of a bulletin.
    Bulletin,
    /// The `id` of a goal's milestone.
    Milestone,
    /// The slug of a body.
    Body,
    /// The slug of a topic.
    Topic,
    /// The number of an official document: `哈政规〔2022〕22号`.
    DocumentNumber,
    /// One of the site's kinds of documents.
    DocumentKind,
    WebAddress,
    /// A path of this site.
    SitePath,
    /// A URL that RFC 9116 allows as a contact.
    Contact,
    /// Scheme and host.
    BaseUrl,
    LanguageTag,
    TimeZone,
    /// A set of further rules: `cn-gov`.
    Profile,
    /// A table of days by section.
    DaysBySection,
    /// A table of reasons by diagnostic code.
    ReasonsByCode,
    Group(&'static KeyGroup),
    /// The slug of a body, or a mapping.
    BodyOr(&'static KeyGroup),
    List(&'static Self),
}

/// A rule about the keys of a group that have to go together.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// Exactly one of these keys is present.
    ExactlyOne(&'static [&'static str]),
    /// One of these keys or more are present.
    AtLeastOne(&'static [&'static str]),
    /// `key` is present where the value of `by` is one of `values`, and absent otherwise.
    Depends { key: &'static str, by: &'static str, values: &'static [&'static str] },
}
