//! Texts inside facts, in one language or in several: a unit, the name of a source.

use super::language_tags::unknown_language;
use super::tree::{Located, Node, NodeKind};
use super::value_reader::{Field, ValueReader};
use crate::diagnostic::{Code, Phrase, Span, message};
use crate::language::Language;

/// A text for all languages, or one for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localised {
    /// Sorted by language; the default language's is always there.
    texts: Vec<(Language, String)>,
    is_plain: bool,
    pub span: Span,
}

impl Localised {
    /// One text for all languages.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { texts: vec![(Language::DEFAULT, text.into())], is_plain: true, span: 0..0 }
    }

    /// The text in a language, or in the default language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let found =
            self.texts.iter().find(|(known, _)| *known == language).or_else(|| self.texts.first());
        found.map_or("", |(_, text)| text.as_str())
    }

    /// Whether it was written as one text for all languages.
    pub(crate) const fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// The text of each language that has its own.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(_, text)| text.as_str())
    }

    /// The language of the text that [`get`](Self::get) returns, if it is not the given one.
    #[must_use]
    pub fn fallback(&self, language: Language) -> Option<Language> {
        if self.is_plain || self.texts.iter().any(|(known, _)| *known == language) {
            return None;
        }
        self.texts.first().map(|(known, _)| *known)
    }
}

/// Reads a text for all languages, or one for each: `{ en: jobs, zh: 个岗位 }`.
pub(crate) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Localised> {
    let NodeKind::Mapping(entries) = &field.node.kind else {
        let text = reader.line(field)?;
        let texts = vec![(Language::DEFAULT, text.value)];
        return Some(Localised { texts, is_plain: true, span: text.span });
    };
    let texts = read_texts(entries, field, reader);
    let (first, _) = texts.first()?;
    if first.is_default() {
        return Some(Localised { texts, is_plain: false, span: field.span() });
    }
    let name = field.name;
    let message =
        message!("`{name}` needs a text in the default language", "`{name}` 缺少默认语言的文字");
    let text = if reader.is_toml() { "\"…\"" } else { "…" };
    let added = reader.key_and_value(reader.languages.tag(Language::DEFAULT), Phrase::typed(text));
    let wrong = reader.error(Code::MissingKey, field.span(), message);
    reader.push(wrong.help(message!("add {added}", "请添加{added}"; added)));
    None
}

fn read_texts(
    entries: &[(Located<String>, Node)],
    field: Field<'_>,
    reader: &mut ValueReader<'_>,
) -> Vec<(Language, String)> {
    let mut texts = Vec::new();
    for (tag, node) in entries {
        let Some(language) = reader.languages.find(&tag.value) else {
            let (message, help) = unknown_language(&tag.value, reader.languages);
            let wrong = reader.error(Code::UnknownLanguage, tag.span.clone(), message);
            reader.push(wrong.help(help));
            continue;
        };
        if node.is_absent() {
            continue;
        }
        if let Some(text) = reader.line(Field { node, ..field }) {
            texts.push((language, text.value));
        }
    }
    texts.sort_by_key(|(language, _)| *language);
    texts
}
