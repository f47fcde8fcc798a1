//! Reads single values: texts, names, dates, flags, choices and lists.
//!
//! Each method reports a value of another type and then returns `None`. Numbers, localised texts
//! and web addresses have modules of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::folding;
use super::moment::{self, Moment, MomentError};
use super::scalar::{self, ELLIPSIS};
use super::tree::{Located, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Phrase, Span, message};
use crate::language::Languages;

/// A key with its value, or with one item of its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'n> {
    /// The key, for messages.
    pub(crate) name: &'n str,
    pub(crate) node: &'n Node,
    /// Whether `node` is one item of the key's list.
    pub(crate) is_item: bool,
}

impl<'n> Field<'n> {
    /// A key with its whole value.
    pub(crate) const fn new(name: &'n str, node: &'n Node) -> Self {
        Self { name, node, is_item: false }
    }

    pub(crate) fn span(&self) -> Span {
        self.node.span.clone()
    }
}

/// The longest text that an example repeats, in characters.
const MAX_REPEATED: usize = 80;

/// Reads the values of one file and collects the diagnostics.
pub(crate) struct ValueReader<'a> {
    pub(crate) path: &'a Arc<str>,
    pub(crate) languages: &'a Languages,
    pub(crate) zone: &'a TimeZone,
    pub(crate) diagnostics: Diagnostics,
    /// The web addresses that were read, for the link checker.
    pub(crate) addresses: Vec<Located<String>>,
}

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

    pub(crate) fn warning(&self, code: Code, span: Span, message: Message) -> Diagnostic {
        Diagnostic::warning(code, self.path, span, message)
    }

    /// An error about the second of two, where one is allowed.
    pub(crate) fn duplicate(&self, span: Span, message: Message, first: Span) -> Diagnostic {
        self.error(Code::DuplicateKey, span, message)
            .help(message!("keep one of the two", "请只保留其中一个"))
            .related(self.path, first, message!("first used here", "第一次出现在这里"))
    }

    /// An error about a value of another type. The help takes the only item out of a list.
    pub(crate) fn wrong_type(&self, field: Field<'_>, expected: Phrase) -> Diagnostic {
        let (name, found) = (field.name, field.node.noun());
        let message = message!(
            "`{name}` must be {expected}; found {found}",
            "`{name}` 应为{expected}，这里却是{found}"; expected, found
        );
        let wrong = self.error(Code::WrongType, field.span(), message);
        match field.node.only_item() {
            Some(item) if !field.is_item => {
                let (mark, text) = (self.mark(), self.inline_scalar(item));
                wrong.help(message!("write `{name}{mark} {text}`", "请写成 `{name}{mark} {text}`"))
            }
            _ => wrong,
        }
    }

    pub(crate) fn is_toml(&self) -> bool {
        &**self.path == "site.toml"
    }

    /// A key and its value in this file's format, in backticks.
    pub(crate) fn key_and_value(&self, key: &str, value: Phrase) -> Message {
        let mark = self.mark();
        message!("`{key}{mark} {value}`", "`{key}{mark} {value}`"; value)
    }

    /// Keys and values in braces, as the value of a field, in this file's format.
    pub(crate) fn inline_mapping(&self, field: Field<'_>, keys: &[(&str, String)]) -> String {
        let mark = self.mark();
        let keys: Vec<String> = keys
            .iter()
            .map(|(key, text)| format!("{key}{mark} {}", self.inline_scalar(text)))
            .collect();
        let keys = format!("{{ {} }}", keys.join(", "));
        if field.is_item { keys } else { format!("{}{mark} {keys}", field.name) }
    }

    /// A text inside braces, in this file's format; an ellipsis for a long one.
    fn inline_scalar(&self, text: &str) -> String {
        let is_long = text.chars().count() > MAX_REPEATED || text.contains(char::is_control);
        let text = if is_long { ELLIPSIS } else { text };
        if self.is_toml() { scalar::double_quoted(text) } else { scalar::yaml_example(text) }
    }

    /// The separator between a key and its value.
    fn mark(&self) -> &'static str {
        if self.is_toml() { " =" } else { ":" }
    }

    /// A text. A number or `true` without quotes counts as the text that was written.
    pub(crate) fn text(&mut self, field: Field<'_>) -> Option<Located<String>> {
        if let Some(text) = field.node.scalar() {
            return Some(Located::new(text.trim().to_owned(), field.span()));
        }
        self.push(self.wrong_type(field, Phrase::new("a text", "一段文字")));
        None
    }

    /// A text on one line; line breaks in it are joined.
    pub(crate) fn line(&mut self, field: Field<'_>) -> Option<Located<String>> {
        let text = self.text(field)?;
        Some(Located::new(folding::join_lines(&text.value), text.span))
    }

    /// A name that is used in addresses or other files. Curly quotes around it are reported and
    /// removed.
    pub(crate) fn name(&mut self, field: Field<'_>) -> Option<Located<String>> {
        let text = self.text(field)?;
        let Some(bare) = strip_curly_quotes(&text.value) else { return Some(text) };
        let (name, written) = (field.name, &text.value);
        let message = message!(
            "the curly quotes would be part of the name in `{name}`: `{written}`",
            "`{name}` 中的弯引号会被当作名称的一部分：`{written}`"
        );
        self.push(
            self.error(Code::BadValue, text.span.clone(), message).help(remove_quotes_help(bare)),
        );
        Some(Located::new(bare.to_owned(), text.span))
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, field: Field<'_>) -> Option<bool> {
        match &field.node.kind {
            NodeKind::Bool(value, _) => Some(*value),
            NodeKind::Text(text) if text == "true" || text == "false" => Some(text == "true"),
            _ => {
                let written = field.node.scalar().or_else(|| field.node.only_item());
                let [yes, no] = ["true", "false"]
                    .map(|flag| self.key_and_value(field.name, Phrase::typed(flag)));
                let help = match written.and_then(flag_meant) {
                    Some(true) => message!("write {yes}", "请写成{yes}"; yes),
                    Some(false) => message!("write {no}", "请写成{no}"; no),
                    None => message!("write {yes} or {no}", "请写成{yes}或{no}"; yes, no),
                };
                let expected = Phrase::new("`true` or `false`", "`true` 或 `false`");
                self.push(self.wrong_type(field, expected).help(help));
                None
            }
        }
    }

    /// The value of one of a few words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        field: Field<'_>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        self.explained_choice(field, choices, None)
    }

    /// The value of one of a few words, with the help for any other word.
    pub(crate) fn explained_choice<T: Copy>(
        &mut self,
        field: Field<'_>,
        choices: &[(&'static str, T)],
        help: Option<Message>,
    ) -> Option<T> {
        let text = self.text(field)?;
        let (name, written) = (field.name, text.value.as_str());
        let names = choices.iter().map(|(name, _)| *name);
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == written) {
            return Some(*value);
        }
        let known = Message::names(names.clone());
        let message = message!(
            "`{name}` cannot be `{written}`; it is one of {known}",
            "`{name}` 不能是 `{written}`，可选的值有{known}"; known
        );
        let mut wrong = self.error(Code::BadValue, text.span.clone(), message);
        if let Some(help) = help {
            wrong = wrong.help(help);
        }
        let bare = strip_curly_quotes(written);
        self.push(match bare.filter(|bare| names.clone().any(|name| name == *bare)) {
            Some(bare) => wrong.help(remove_quotes_help(bare)),
            None => wrong.did_you_mean(written, names),
        });
        None
    }

    /// Reports an end that is before its beginning.
    pub(crate) fn check_order(&mut self, what: Phrase, from: Moment, end: &Located<Moment>) {
        if !end.value.ends_before(from) {
            return;
        }
        let (first, last) = (moment::written(from), moment::written(end.value));
        let message = message!(
            "{what} ends at {last}, before it begins at {first}",
            "{what}的结束时间 {last} 早于开始时间 {first}"; what
        );
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        let wrong = self.error(Code::Inconsistent, end.span.clone(), message);
        self.push(wrong.help(help));
    }

    /// A date, or a date and time.
    pub(crate) fn moment(&mut self, field: Field<'_>) -> Option<Located<Moment>> {
        let text = self.text(field)?;
        if let NodeKind::Bool(value, _) = field.node.kind {
            // Jekyll's `published: false` is a draft.
            let wrong = self.wrong_type(
                field,
                Phrase::new("a date, such as `2022-05-05`", "日期（例如 `2022-05-05`）"),
            );
            let help = if value {
                message!("write the day", "请写日期")
            } else {
                message!(
                    "write the day, and `draft: true` to keep the page unpublished",
                    "请写日期；如果暂不公开，请另写 `draft: true`"
                )
            };
            self.push(wrong.help(help));
            return None;
        }
        match Moment::parse(&text.value, self.zone) {
            Ok(moment) => Some(Located::new(moment, text.span)),
            Err(MomentError { reason, suggestion }) => {
                let name = field.name;
                let message = message!(
                    "`{name}` must be a date, such as `2022-05-05`; {reason}",
                    "`{name}` 应为日期，例如 `2022-05-05`；{reason}"; reason
                );
                let wrong = self.error(Code::BadDate, text.span, message);
                self.push(wrong.help(self.date_help(&text.value, suggestion)));
                None
            }
        }
    }

    fn date_help(&self, written: &str, suggestion: Option<String>) -> Message {
        if let Some(bare) = strip_curly_quotes(written)
            && Moment::parse(bare, self.zone).is_ok()
        {
            remove_quotes_help(bare)
        } else if let Some(suggestion) = suggestion {
            message!("write it as `{suggestion}`", "请写成 `{suggestion}`")
        } else if moment::is_iso(written) {
            message!("correct the month or the day", "请更正月份或日期")
        } else if written.contains([':', '：', '时', '点']) {
            message!(
                "write the date and the time as in `2022-05-05 09:30`",
                "请按 `2022-05-05 09:30` 的写法写明日期和时间"
            )
        } else {
            message!("write the year, the month and the day, in this order", "请依次写明年、月、日")
        }
    }

    /// The items of a list without empty ones. A single value counts as a list of one.
    pub(crate) fn list(field: Field<'_>) -> Vec<Field<'_>> {
        match &field.node.kind {
            NodeKind::Sequence(items) => items
                .iter()
                .filter(|item| !item.is_absent())
                .map(|node| Field { name: field.name, node, is_item: true })
                .collect(),
            _ => vec![field],
        }
    }

    /// A list of names. Reports and leaves out those that are listed before.
    pub(crate) fn names(&mut self, field: Field<'_>) -> Vec<Located<String>> {
        let mut first_spans: BTreeMap<String, Span> = BTreeMap::new();
        let mut names = Vec::new();
        let list = field.name;
        for name in self.split_names(field) {
            if let Some(first) = first_spans.get(&name.value) {
                let written = &name.value;
                let message = message!(
                    "`{written}` is listed twice in `{list}`",
                    "`{written}` 在 `{list}` 中出现了两次"
                );
                self.push(self.duplicate(name.span, message, first.clone()));
            } else {
                first_spans.insert(name.value.clone(), name.span.clone());
                names.push(name);
            }
        }
        names
    }

    /// The names of a list. Reports several names that are written as one text, such as
    /// `[wells，pumps]`, and splits them.
    fn split_names(&mut self, field: Field<'_>) -> Vec<Located<String>> {
        let mut names = Vec::new();
        let mut joined = None;
        for item in Self::list(field) {
            let Some(text) = self.name(item) else { continue };
            let parts = name_parts(&text.value);
            if joined.is_none() && parts != [text.value.as_str()] {
                joined = Some(text.span.clone());
            }
            names.extend(
                parts.into_iter().map(|part| Located::new(part.to_owned(), text.span.clone())),
            );
        }
        if let Some(span) = joined {
            let list = field.name;
            let message = message!(
                "the names in `{list}` are not written as a list",
                "`{list}` 中的名称没有写成列表"
            );
            let (mark, quote) = (self.mark(), if self.is_toml() { "\"" } else { "" });
            let each: Vec<String> =
                names.iter().map(|name| format!("{quote}{}{quote}", name.value)).collect();
            let each = each.join(", ");
            let help = message!("write `{list}{mark} [{each}]`", "请写成 `{list}{mark} [{each}]`");
            self.push(self.error(Code::BadValue, span, message).help(help));
        }
        names
    }
}

/// Splits a text that holds several names; any other text is its only part.
fn name_parts(text: &str) -> Vec<&str> {
    let bare = text.trim_matches(['［', '］', '【', '】']);
    let has_separator = bare.len() < text.len() || text.contains(['，', '、', '；', ',', ';']);
    let parts: Vec<&str> = bare
        .split(|c: char| "，、；,;".contains(c) || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let are_names = parts.iter().all(|part| {
        part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-/".contains(&b))
    });
    // Words with spaces between them may be a title, and a path may have a space by mistake.
    let are_slugs = parts.iter().all(|part| part.contains('-') && !part.contains('/'));
    let are_paths = parts.iter().all(|part| part.starts_with('/'));
    let is_list = !parts.is_empty() && are_names && (has_separator || are_slugs || are_paths);
    if is_list { parts } else { vec![text] }
}

/// The text between curly or corner quotes, which YAML takes as part of a text.
pub(crate) fn strip_curly_quotes(text: &str) -> Option<&str> {
    const QUOTES: [(char, char); 7] =
        [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('”', '”'), ('＂', '＂'), ('„', '“')];
    let bare = QUOTES
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))?
        .trim();
    (!bare.is_empty()).then_some(bare)
}

/// The help for quotes that YAML does not know.
pub(crate) fn remove_quotes_help(bare: &str) -> Message {
    message!(
        "remove the quotes, or use straight ones: `\"{bare}\"`",
        "请去掉引号，或改用英文直引号：`\"{bare}\"`"
    )
}

/// The flag that other tools and people write in another way.
fn flag_meant(text: &str) -> Option<bool> {
    let bare = strip_curly_quotes(text).unwrap_or(text).to_lowercase();
    match bare.as_str() {
        "true" | "yes" | "y" | "on" | "是" => Some(true),
        "false" | "no" | "n" | "off" | "否" => Some(false),
        _ => None,
    }
}
