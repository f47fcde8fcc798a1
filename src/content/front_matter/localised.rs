//! Words inside facts, which may be said in several languages: a unit, the name of a source.

use super::tree::NodeKind;
use super::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Message, Phrase, Span, message};
use crate::language::{Language, Languages};

/// A text in one language or several, for words inside facts: a unit, the name of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localised {
    texts: Vec<(Language, String)>,
    /// Whether it was written as one text, and not by language.
    is_plain: bool,
    /// Where it stands.
    pub span: Span,
}

impl Localised {
    /// One text for every language.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { texts: vec![(Language::DEFAULT, text.into())], is_plain: true, span: 0..0 }
    }

    /// The text for a language, or the default language's.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let found =
            self.texts.iter().find(|(known, _)| *known == language).or_else(|| self.texts.first());
        found.map_or("", |(_, text)| text.as_str())
    }

    /// Whether it was written as one text for every language.
    pub(crate) const fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// The text in every language that has its own.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(_, text)| text.as_str())
    }

    /// The language of the text that [`get`](Self::get) gives, if it is another than the one asked for.
    #[must_use]
    pub fn fallback(&self, language: Language) -> Option<Language> {
        let is_written = self.is_plain || self.texts.iter().any(|(known, _)| *known == language);
        (!is_written).then(|| self.texts.first().map(|(known, _)| *known)).flatten()
    }
}

impl ValueReader<'_> {
    /// A text for all languages, or one for each: `{ en: jobs, zh: 个岗位 }`.
    pub(crate) fn localised(&mut self, field: Field<'_>) -> Option<Localised> {
        let NodeKind::Mapping(entries) = &field.node.kind else {
            let text = self.text(field)?;
            return Some(Localised {
                texts: vec![(Language::DEFAULT, text.value)],
                is_plain: true,
                span: text.span,
            });
        };
        let mut texts = Vec::new();
        for (tag, node) in entries {
            let Some(language) = self.languages.find(&tag.value) else {
                let (message, help) = unknown_language(&tag.value, self.languages);
                self.push(self.error(Code::UnknownLanguage, tag.span.clone(), message).help(help));
                continue;
            };
            if node.is_absent() {
                continue;
            }
            if let Some(text) = self.text(Field { node, ..field }) {
                texts.push((language, text.value));
            }
        }
        texts.sort_by_key(|(language, _)| *language);
        match texts.first() {
            Some((language, _)) if language.is_default() => {
                Some(Localised { texts, is_plain: false, span: field.span() })
            }
            Some(_) => {
                let name = field.name;
                let message = message!(
                    "`{name}` needs a text in the default language",
                    "`{name}` 缺少默认语言的文字"
                );
                let wrong = self.error(Code::MissingKey, field.span(), message);
                let text = if self.is_toml() { "\"…\"" } else { "…" };
                let added =
                    self.written(self.languages.tag(Language::DEFAULT), Phrase::typed(text));
                self.push(wrong.help(message!("add {added}", "请添加{added}"; added)));
                None
            }
            None => None,
        }
    }
}

/// What people write for the tag of a language: a country's code, a name.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("cn", "zh"),
    ("chs", "zh"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("简体", "zh"),
    ("eng", "en"),
    ("english", "en"),
    ("英文", "en"),
    ("jp", "ja"),
];

/// The tag of the language that was meant by another name.
pub(crate) fn language_meant(written: &str) -> Option<&'static str> {
    let written = written.to_lowercase();
    OTHER_NAMES.iter().find(|(other, _)| *other == written).map(|(_, tag)| *tag)
}

/// What is said about a tag that is none of the site's languages, and what to do.
pub(crate) fn unknown_language(tag: &str, languages: &Languages) -> (Message, Message) {
    let known = Message::names(languages.tags());
    (
        message!("`{tag}` is not a language of this site", "`{tag}` 不是本站的语言"),
        message!("the languages are {known}", "本站的语言有{known}"; known),
    )
}
