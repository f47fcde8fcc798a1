//! Reading the keys of front matter and `site.toml`: every problem is described, and reading goes on.
//!
//! Enter at [`Fields::open`]; ask for keys with `optional` and `required`; [`Fields::close`] then describes the keys
//! that nobody asked for. The methods of [`Reader`] turn one value into what it should be.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::moment::{Moment, MomentError};
use super::node::{Kind, Located, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Wording};
use crate::language::{Language, Languages};

/// Up to here a number keeps every whole digit on its way through the program (2^53).
const MAX_NUMBER: f64 = 9_007_199_254_740_992.0;

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
        let found = self.texts.iter().find(|(known, _)| *known == language).or_else(|| self.texts.first());
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
        let is_written = self.texts.len() == 1 || self.texts.iter().any(|(known, _)| *known == language);
        (!is_written).then(|| self.texts.first().map(|(known, _)| *known)).flatten()
    }
}

/// What readers need to know, and where they say what is wrong.
pub(crate) struct Reader<'a> {
    pub(crate) path: &'a Arc<str>,
    pub(crate) languages: &'a Languages,
    pub(crate) zone: &'a TimeZone,
    pub(crate) diagnostics: Diagnostics,
}

/// One key's value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'n> {
    /// The key, or what the value is called: `sets`.
    pub(crate) name: &'n str,
    pub(crate) node: &'n Node,
}

impl Field<'_> {
    pub(crate) fn span(&self) -> Span {
        self.node.span.clone()
    }
}

/// The keys of one mapping, read one by one.
pub(crate) struct Fields<'n> {
    what: &'static str,
    entries: &'n [(Located<String>, Node)],
    span: Span,
    asked: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The keys of a mapping; describes a value that is none. `what` names the thing: `a bulletin`.
    pub(crate) fn open(what: &'static str, node: &'n Node, reader: &mut Reader<'_>) -> Option<Self> {
        let entries: &[_] = match &node.kind {
            Kind::Mapping(entries) => entries,
            Kind::Null => &[],
            _ => {
                let message = format!("{what} is written as keys and values; found {}", node.noun());
                reader.push(Diagnostic::error(Code::WrongType, reader.path, node.span.clone(), message));
                return None;
            }
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..index].iter().find(|(earlier, _)| earlier.value == key.value) {
                let message = format!("`{}` stands twice", key.value);
                reader.push(
                    Diagnostic::error(Code::DuplicateKey, reader.path, key.span.clone(), message)
                        .help("keep one of the two")
                        .related(reader.path, first.span.clone(), "first used here"),
                );
            }
        }
        Some(Self { what, entries, span: node.span.clone(), asked: Vec::new() })
    }

    /// A key's value, unless it is left out or empty.
    pub(crate) fn optional(&mut self, key: &'static str) -> Option<Field<'n>> {
        self.asked.push(key);
        let (_, node) = self.entries.iter().find(|(name, _)| name.value == key)?;
        (!node.is_absent()).then_some(Field { name: key, node })
    }

    /// A key's value; describes a key that is left out or empty.
    pub(crate) fn required(&mut self, key: &'static str, example: &str, reader: &mut Reader<'_>) -> Option<Field<'n>> {
        let found = self.optional(key);
        if found.is_none() {
            let written = self.entries.iter().find(|(name, _)| name.value == key);
            let span = written.map_or_else(|| self.span.start..self.span.start, |(name, _)| name.span.clone());
            let message = format!("{} needs `{key}`", self.what);
            reader.push(
                Diagnostic::error(Code::MissingKey, reader.path, span, message)
                    .help(format!("add `{}`", reader.written(key, example))),
            );
        }
        found
    }

    /// Describes the keys that `facts` names as belonging to the original file, in a translation.
    pub(crate) fn refuse_facts(&mut self, facts: &'static [&'static str], original: &str, reader: &mut Reader<'_>) {
        for (key, value) in self.entries {
            if let Some(fact) = facts.iter().find(|fact| **fact == key.value) {
                self.asked.push(fact);
                // A form with every field saves the empty ones, too.
                if value.says_nothing() {
                    continue;
                }
                let message = format!("a translation does not repeat `{fact}`; it is taken from `{original}`");
                reader.push(
                    Diagnostic::error(Code::RepeatsFacts, reader.path, key.span.clone(), message)
                        .help(format!("remove `{fact}` here")),
                );
            }
        }
    }

    /// Describes the keys that nobody asked for.
    pub(crate) fn close(self, reader: &mut Reader<'_>) {
        for (key, _) in self.entries {
            if !self.asked.contains(&key.value.as_str()) {
                let message = format!("`{}` is not a key of {}", key.value, self.what);
                let unknown = Diagnostic::error(Code::UnknownKey, reader.path, key.span.clone(), message);
                let mut unknown = unknown.did_you_mean(&key.value, self.asked.iter().copied());
                if unknown.help.is_none() {
                    let mut known: Vec<String> = self.asked.iter().map(|key| format!("`{key}`")).collect();
                    known.sort();
                    unknown = unknown.help(format!("the keys are {}", known.join(", ")));
                }
                reader.push(unknown);
            }
        }
    }
}

impl Reader<'_> {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn error(&self, code: Code, span: Span, message: impl Into<Wording>) -> Diagnostic {
        Diagnostic::error(code, self.path, span, message)
    }

    /// A key and its value as this file writes them.
    fn written(&self, key: &str, value: &str) -> String {
        if self.is_toml() { format!("{key} = {value}") } else { format!("{key}: {value}") }
    }

    fn is_toml(&self) -> bool {
        &**self.path == "site.toml"
    }

    fn wrong_type(&mut self, field: Field<'_>, expected: &str) {
        let message = format!("`{}` must be {expected}; found {}", field.name, field.node.noun());
        self.push(self.error(Code::WrongType, field.span(), message));
    }

    /// A text; a bare number or `true` is taken as it was written, because that is what its writer meant.
    pub(crate) fn text(&mut self, field: Field<'_>) -> Option<Located<String>> {
        match &field.node.kind {
            Kind::Text(text) | Kind::Number(text) | Kind::Bool(_, text) => {
                Some(Located::new(text.trim().to_owned(), field.span()))
            }
            _ => {
                self.wrong_type(field, "a text");
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, field: Field<'_>) -> Option<bool> {
        match &field.node.kind {
            Kind::Bool(value, _) => Some(*value),
            Kind::Text(text) if text == "true" || text == "false" => Some(text == "true"),
            _ => {
                self.wrong_type(field, "`true` or `false`");
                None
            }
        }
    }

    /// A finite number, such as `83000` or `12.7`; forms may quote it.
    pub(crate) fn number(&mut self, field: Field<'_>) -> Option<Located<f64>> {
        let written = match &field.node.kind {
            Kind::Number(text) | Kind::Text(text) => text.trim(),
            _ => {
                self.wrong_type(field, "a number, such as `83000`");
                return None;
            }
        };
        match written.replace('_', "").parse::<f64>() {
            Ok(value) if value.abs() > MAX_NUMBER => {
                let message = format!("`{}` is larger than any number that can be told exactly", field.name);
                let wrong = self.error(Code::BadValue, field.span(), message);
                self.push(wrong.help("use a larger unit, such as million"));
                None
            }
            Ok(value) if value.is_finite() => Some(Located::new(value, field.span())),
            _ => {
                let message = format!("`{}` must be a number, such as `83000`; found `{written}`", field.name);
                let mut wrong = self.error(Code::WrongType, field.span(), message);
                let bare = written.replace([',', '，', ' '], "");
                if bare.parse::<f64>().is_ok_and(f64::is_finite) {
                    wrong = wrong.help(format!("write it without separators: `{bare}`"));
                }
                self.push(wrong);
                None
            }
        }
    }

    /// A whole number from 0.
    pub(crate) fn order(&mut self, field: Field<'_>) -> Option<u32> {
        let number = self.number(field)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
        let order = (number.value.fract() == 0.0 && (0.0..=1e6).contains(&number.value)).then_some(number.value as u32);
        if order.is_none() {
            let message = format!("`{}` must be a whole number from 0 to 1000000", field.name);
            self.push(self.error(Code::BadValue, field.span(), message));
        }
        order
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&mut self, field: Field<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(field)?;
        let found = choices.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = format!("`{}` cannot be `{}`; it is one of {}", field.name, text.value, names.join(", "));
            let wrong = self.error(Code::BadValue, text.span, message);
            self.push(wrong.did_you_mean(&text.value, choices.iter().map(|(name, _)| *name)));
        }
        found
    }

    /// A date or a date and time.
    pub(crate) fn moment(&mut self, field: Field<'_>) -> Option<Located<Moment>> {
        let text = self.text(field)?;
        match Moment::parse(&text.value, self.zone) {
            Ok(moment) => Some(Located::new(moment, text.span)),
            Err(MomentError { reason, suggestion }) => {
                let message = format!("`{}` must be a date, such as `2022-05-05`; {reason}", field.name);
                let mut wrong = self.error(Code::BadDate, text.span, message);
                if let Some(suggestion) = suggestion {
                    wrong = wrong.help(format!("write it as `{suggestion}`"));
                }
                self.push(wrong);
                None
            }
        }
    }

    /// The items of a list; a single value counts as a list of one.
    pub(crate) fn list(field: Field<'_>) -> Vec<Field<'_>> {
        match &field.node.kind {
            Kind::Sequence(items) => {
                items.iter().filter(|item| !item.is_absent()).map(|node| Field { name: field.name, node }).collect()
            }
            _ => vec![field],
        }
    }

    /// A list of names, each once.
    pub(crate) fn names(&mut self, field: Option<Field<'_>>) -> Vec<Located<String>> {
        let mut names: Vec<Located<String>> = Vec::new();
        for item in field.map(Self::list).unwrap_or_default() {
            let Some(name) = self.text(item) else { continue };
            if let Some(first) = names.iter().find(|known| known.value == name.value) {
                let message = format!("`{}` stands twice in `{}`", name.value, item.name);
                self.push(
                    Diagnostic::error(Code::DuplicateKey, self.path, name.span, message)
                        .help("keep one of the two")
                        .related(self.path, first.span.clone(), "first used here"),
                );
            } else {
                names.push(name);
            }
        }
        names
    }

    /// A text for all languages, or one for each: `{ en: jobs, zh: 个岗位 }`.
    pub(crate) fn localised(&mut self, field: Field<'_>) -> Option<Localised> {
        let Kind::Mapping(entries) = &field.node.kind else {
            let text = self.text(field)?;
            let texts = vec![(Language::DEFAULT, text.value)];
            return Some(Localised { texts, is_plain: true, span: text.span });
        };
        let mut texts = Vec::new();
        for (tag, node) in entries {
            let Some(language) = self.languages.find(&tag.value) else {
                let message = format!("`{}` is not a language of this site", tag.value);
                let unknown = self.error(Code::UnknownLanguage, tag.span.clone(), message);
                self.push(unknown.help(format!("the languages are {}", self.languages.named())));
                continue;
            };
            if node.is_absent() {
                continue;
            }
            if let Some(text) = self.text(Field { name: field.name, node }) {
                texts.push((language, text.value));
            }
        }
        texts.sort_by_key(|(language, _)| *language);
        match texts.first() {
            Some((language, _)) if language.is_default() => {
                Some(Localised { texts, is_plain: false, span: field.span() })
            }
            Some(_) => {
                let tag = self.languages.tag(Language::DEFAULT).to_owned();
                let message = format!("`{}` needs a text in the default language", field.name);
                let wrong = self.error(Code::MissingKey, field.span(), message);
                let example = if self.is_toml() { "\"…\"" } else { "…" };
                self.push(wrong.help(format!("add `{}`", self.written(&tag, example))));
                None
            }
            None => None,
        }
    }

    /// An absolute `http` or `https` address.
    pub(crate) fn web_address(&mut self, field: Field<'_>) -> Option<Located<String>> {
        let text = self.text(field)?;
        let host = text.value.strip_prefix("https://").or_else(|| text.value.strip_prefix("http://"));
        let is_address = host.is_some_and(|rest| {
            !rest.is_empty()
                && !rest.starts_with('/')
                && !text.value.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c))
        });
        if is_address {
            return Some(text);
        }
        let message = format!(
            "`{}` must be a web address that starts with `https://` or `http://`; found `{}`",
            field.name, text.value
        );
        self.push(self.error(Code::BadUrl, text.span, message));
        None
    }
}
