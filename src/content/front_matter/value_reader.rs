//! Turning one value into what it should be: a text, a date, one of a few words.
//!
//! Each method describes a value that is something else, and gives nothing then. Numbers, localised texts and web
//! addresses have modules of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::moment::{self, Moment, MomentError};
use super::tree::{Located, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Phrase, Span, message};
use crate::language::Languages;

/// One key's value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'n> {
    /// The key, or what the value is called: `sets`.
    pub(crate) name: &'n str,
    pub(crate) node: &'n Node,
    /// Whether this is one of several values of the key.
    pub(crate) is_item: bool,
}

impl<'n> Field<'n> {
    /// A key's whole value.
    pub(crate) const fn new(name: &'n str, node: &'n Node) -> Self {
        Self { name, node, is_item: false }
    }

    pub(crate) fn span(&self) -> Span {
        self.node.span.clone()
    }
}

/// What stands in an example where the editor knows the value, and Gazette does not.
pub(crate) const ELLIPSIS: &str = "…";

/// What readers need to know, and where they say what is wrong.
pub(crate) struct ValueReader<'a> {
    pub(crate) path: &'a Arc<str>,
    pub(crate) languages: &'a Languages,
    pub(crate) zone: &'a TimeZone,
    pub(crate) diagnostics: Diagnostics,
    /// The web addresses that were read, where they stand.
    pub(crate) addresses: Vec<Located<String>>,
}

/// The longest text that an example repeats, in characters.
const MAX_REPEATED: usize = 80;

impl<'a> ValueReader<'a> {
    pub(crate) fn new(path: &'a Arc<str>, languages: &'a Languages, zone: &'a TimeZone) -> Self {
        Self { path, languages, zone, diagnostics: Diagnostics::default(), addresses: Vec::new() }
    }
}

impl ValueReader<'_> {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn error(&self, code: Code, span: Span, message: Message) -> Diagnostic {
        Diagnostic::error(code, self.path, span, message)
    }

    /// A second one of what there may be only one of.
    pub(crate) fn twice(&self, span: Span, message: Message, first: Span) -> Diagnostic {
        self.error(Code::DuplicateKey, span, message)
            .help(message!("keep one of the two", "请只保留其中一个"))
            .related(self.path, first, message!("first used here", "第一次出现在这里"))
    }

    pub(crate) fn is_toml(&self) -> bool {
        &**self.path == "site.toml"
    }

    /// A key and its value as this file writes them, in backticks.
    pub(crate) fn written(&self, key: &str, value: Phrase) -> Message {
        let mark = if self.is_toml() { " =" } else { ":" };
        message!("`{key}{mark} {value}`", "`{key}{mark} {value}`"; value)
    }

    /// Keys and values in braces, as this file writes them as the value of a field.
    pub(crate) fn group(&self, field: Field<'_>, keys: &[(&str, String)]) -> String {
        let mark = if self.is_toml() { " =" } else { ":" };
        let keys: Vec<String> =
            keys.iter().map(|(key, text)| format!("{key}{mark} {}", self.scalar(text))).collect();
        let keys = format!("{{ {} }}", keys.join(", "));
        if field.is_item { keys } else { format!("{}{mark} {keys}", field.name) }
    }

    /// A text as this file writes it inside braces: between quotes where it must be.
    fn scalar(&self, text: &str) -> String {
        let is_plain = !text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`".contains(c))
            && !text.contains([',', '[', ']', '{', '}', '"', '\\'])
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.ends_with(':');
        if text.chars().count() > MAX_REPEATED || text.contains(char::is_control) {
            self.scalar(ELLIPSIS)
        } else if is_plain && !self.is_toml() {
            text.to_owned()
        } else {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
    }

    pub(crate) fn wrong_type(&self, field: Field<'_>, expected: Phrase) -> Diagnostic {
        let (name, found) = (field.name, field.node.noun());
        let message = message!(
            "`{name}` must be {expected}; found {found}",
            "`{name}` 应为{expected}，这里却是{found}"; expected, found
        );
        self.error(Code::WrongType, field.span(), message)
    }

    /// A text; a bare number or `true` is taken as it was written, because that is what its writer meant.
    pub(crate) fn text(&mut self, field: Field<'_>) -> Option<Located<String>> {
        if let Some(text) = field.node.scalar() {
            return Some(Located::new(text.trim().to_owned(), field.span()));
        }
        self.push(self.wrong_type(field, Phrase::new("a text", "一段文字")));
        None
    }

    /// A text that names something, as it is called in addresses and in other files.
    pub(crate) fn name(&mut self, field: Field<'_>) -> Option<Located<String>> {
        let text = self.text(field)?;
        let Some(bare) = unquoted(&text.value) else { return Some(text) };
        let (name, written) = (field.name, &text.value);
        let message = message!(
            "the curly quotes would be part of the name in `{name}`: `{written}`",
            "`{name}` 中的弯引号会被当作名称的一部分：`{written}`"
        );
        self.push(self.error(Code::BadValue, text.span.clone(), message).help(remove_quotes(bare)));
        Some(Located::new(bare.to_owned(), text.span))
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, field: Field<'_>) -> Option<bool> {
        match &field.node.kind {
            NodeKind::Bool(value, _) => Some(*value),
            NodeKind::Text(text) if text == "true" || text == "false" => Some(text == "true"),
            kind => {
                let mut wrong =
                    self.wrong_type(field, Phrase::new("`true` or `false`", "`true` 或 `false`"));
                if let NodeKind::Text(text) = kind
                    && let Some(meant) = flag_meant(text)
                {
                    let meant = self.written(field.name, Phrase::typed(meant));
                    wrong = wrong.help(message!("write {meant}", "请写成{meant}"; meant));
                }
                self.push(wrong);
                None
            }
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&mut self, field: Field<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(field)?;
        let found = choices.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let (name, written) = (field.name, &text.value);
            let known = Message::names(choices.iter().map(|(name, _)| name));
            let message = message!(
                "`{name}` cannot be `{written}`; it is one of {known}",
                "`{name}` 不能是 `{written}`，可选的值有{known}"; known
            );
            let wrong = self.error(Code::BadValue, text.span, message);
            let is_choice = |bare: &&str| choices.iter().any(|(name, _)| name == bare);
            self.push(match unquoted(written).filter(is_choice) {
                Some(bare) => wrong.help(remove_quotes(bare)),
                None => wrong.did_you_mean(written, choices.iter().map(|(name, _)| *name)),
            });
        }
        found
    }

    /// A date or a date and time.
    pub(crate) fn moment(&mut self, field: Field<'_>) -> Option<Located<Moment>> {
        let text = self.text(field)?;
        match Moment::parse(&text.value, self.zone) {
            Ok(moment) => Some(Located::new(moment, text.span)),
            Err(MomentError { reason, suggestion }) => {
                let name = field.name;
                let message = message!(
                    "`{name}` must be a date, such as `2022-05-05`; {reason}",
                    "`{name}` 应为日期，例如 `2022-05-05`；{reason}"; reason
                );
                let mut wrong = self.error(Code::BadDate, text.span, message);
                let bare =
                    unquoted(&text.value).filter(|bare| Moment::parse(bare, self.zone).is_ok());
                if let Some(bare) = bare {
                    wrong = wrong.help(remove_quotes(bare));
                } else if let Some(suggestion) = suggestion {
                    wrong =
                        wrong.help(message!("write it as `{suggestion}`", "请写成 `{suggestion}`"));
                } else if moment::is_iso(&text.value) {
                    wrong =
                        wrong.help(message!("correct the month or the day", "请更正月份或日期"));
                } else {
                    wrong = wrong.help(message!(
                        "write the year, the month and the day, in this order",
                        "请依次写明年、月、日"
                    ));
                }
                self.push(wrong);
                None
            }
        }
    }

    /// The items of a list; a single value counts as a list of one.
    pub(crate) fn list(field: Field<'_>) -> Vec<Field<'_>> {
        match &field.node.kind {
            NodeKind::Sequence(items) => {
                let written = items.iter().filter(|item| !item.is_absent());
                written.map(|node| Field { name: field.name, node, is_item: true }).collect()
            }
            _ => vec![field],
        }
    }

    /// The names of a list; describes several that are written as one: `[wells，pumps]`.
    fn single_names(&mut self, field: Field<'_>) -> Vec<Located<String>> {
        let written: Vec<_> =
            Self::list(field).into_iter().filter_map(|item| self.name(item)).collect();
        let single = |name: &Located<String>| {
            let parts = parts(&name.value).into_iter();
            parts.map(|part| Located::new(part.to_owned(), name.span.clone())).collect::<Vec<_>>()
        };
        let names: Vec<_> = written.iter().flat_map(single).collect();
        if let Some(wrong) = written.iter().find(|name| parts(&name.value) != [name.value.as_str()])
        {
            let list = field.name;
            let message = message!(
                "the names in `{list}` are not written as a list",
                "`{list}` 中的名称没有写成列表"
            );
            let (mark, quote) = if self.is_toml() { (" =", "\"") } else { (":", "") };
            let each: Vec<String> =
                names.iter().map(|name| format!("{quote}{}{quote}", name.value)).collect();
            let each = each.join(", ");
            let help = message!("write `{list}{mark} [{each}]`", "请写成 `{list}{mark} [{each}]`");
            self.push(self.error(Code::BadValue, wrong.span.clone(), message).help(help));
        }
        names
    }

    /// A list of names, each once.
    pub(crate) fn names(&mut self, field: Option<Field<'_>>) -> Vec<Located<String>> {
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        let mut in_order = Vec::new();
        let Some(field) = field else { return in_order };
        let list = field.name;
        for Located { value: name, span } in self.single_names(field) {
            if let Some(first) = names.get(&name) {
                let message = message!(
                    "`{name}` stands twice in `{list}`",
                    "`{name}` 在 `{list}` 中出现了两次"
                );
                self.push(self.twice(span, message, first.clone()));
            } else {
                names.insert(name.clone(), span.clone());
                in_order.push(Located::new(name, span));
            }
        }
        in_order
    }
}

/// The names in a text that holds several, and the text itself where it is no such list.
fn parts(text: &str) -> Vec<&str> {
    let bare = text.trim_matches(['［', '］', '【', '】']);
    let is_name = |part: &&str| {
        part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-/".contains(&b))
    };
    let has_sign = bare.len() < text.len() || text.contains(['，', '、', '；', ',', ';']);
    let parts = bare
        .split(|c: char| "，、；,;".contains(c) || c.is_whitespace())
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    // Words with spaces between them may be a title, and a path may have a space by mistake.
    let is_spaced = || {
        parts.iter().all(|part| part.contains('-') && !part.contains('/'))
            || parts.iter().all(|part| part.starts_with('/'))
    };
    let is_list = parts.iter().all(is_name) && (has_sign || is_spaced());
    if is_list && !parts.is_empty() { parts } else { vec![text] }
}

/// What stands between curly or corner quotes, which YAML takes as part of a text.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('”', '”'), ('＂', '＂'), ('„', '“')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .map(str::trim)
        .filter(|bare| !bare.is_empty())
}

/// What to do about quotes that YAML does not know.
pub(crate) fn remove_quotes(bare: &str) -> Message {
    message!(
        "remove the quotes, or use straight ones: `\"{bare}\"`",
        "请去掉引号，或改用英文直引号：`\"{bare}\"`"
    )
}

/// `true` for what other tools and people call so.
fn flag_meant(text: &str) -> Option<&'static str> {
    let bare = unquoted(text).unwrap_or(text).to_lowercase();
    match bare.as_str() {
        "true" | "yes" | "y" | "on" | "是" => Some("true"),
        "false" | "no" | "n" | "off" | "否" => Some("false"),
        _ => None,
    }
}
