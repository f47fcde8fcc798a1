//! Finds common mistakes in YAML and TOML in the text itself, because a parser often blames a later
//! line, which is correct.

use crate::content::front_matter::scalar::yaml_quoted;
use crate::content::front_matter::tree::{Located, Node, NodeKind};
use crate::diagnostic::{Message, Phrase, Span, message};

/// A mistake with its place, its description and its correction.
pub(crate) struct SyntaxHint {
    pub(crate) span: Span,
    pub(crate) reason: Message,
    pub(crate) help: Message,
}

/// Finds the first mistake in front matter that a parser could not read.
pub(crate) fn find_in_yaml(text: &str) -> Option<SyntaxHint> {
    let mut is_nested = false;
    let (mut at, mut closed) = (0, 0);
    for line in text.split_inclusive('\n') {
        let hint = yaml_line(line.trim_end(), is_nested).map(|hint| hint.offset_by(at));
        if let Some(hint) = hint.or_else(|| unclosed(text, at, ':', &mut closed)) {
            return Some(hint);
        }
        if !line.trim().is_empty() {
            is_nested = line.starts_with([' ', '\t', '-']) || line.trim_end().ends_with(':');
        }
        at += line.len();
    }
    None
}

/// Finds the first mistake in a `site.toml` that a parser could not read.
pub(crate) fn find_in_toml(text: &str) -> Option<SyntaxHint> {
    let (mut at, mut closed) = (0, 0);
    for line in text.split_inclusive('\n') {
        let hint = toml_line(line.trim_end()).map(|hint| hint.offset_by(at));
        if let Some(hint) = hint.or_else(|| unclosed(text, at, '=', &mut closed)) {
            return Some(hint);
        }
        at += line.len();
    }
    None
}

/// Finds the part of a text that YAML discards as a comment, an anchor or a tag.
pub(crate) fn find_discarded(source: &str, root: &Node, key: &str) -> Option<SyntaxHint> {
    let NodeKind::Mapping(entries) = &root.kind else { return None };
    let (Located { span, .. }, _) = entries.iter().find(|(name, _)| name.value == key)?;
    let line = source.get(span.end..)?.lines().next()?;
    let value = line.trim_start().strip_prefix(':')?.trim();
    if value.starts_with(['"', '\'', '|', '>', '[', '{']) {
        return None;
    }
    let at = if value.starts_with(['#', '&', '!']) { 0 } else { value.find(" #")? + 1 };
    let start = span.end + line.find(value)?;
    let (sign, written) = (&value[at..=at], yaml_quoted(value));
    Some(SyntaxHint {
        span: start + at..start + value.len(),
        reason: message!(
            "YAML discards everything from `{sign}` on in `{key}`",
            "`{key}` 中从 `{sign}` 起的内容会丢失：YAML 不把它当作文字"
        ),
        help: message!(
            "put the value between quotes: `{key}: {written}`",
            "请给值加英文引号：`{key}: {written}`"
        ),
    })
}

impl SyntaxHint {
    fn new(span: Span, reason: Phrase, help: impl Into<Message>) -> Self {
        Self { span, reason: reason.into(), help: help.into() }
    }

    fn offset_by(self, by: usize) -> Self {
        Self { span: self.span.start + by..self.span.end + by, ..self }
    }
}

/// The keys whose values are free text.
const PROSE: &[&str] = &["title", "summary", "short_title"];

/// Frequent keys, which are recognised without their colon.
const USUAL: &[&str] =
    &["title", "summary", "published", "kind", "sets", "mentions", "categories", "source"];

/// Finds a mistake in one line. `is_nested` says that the line may belong to a mapping above it.
fn yaml_line(line: &str, is_nested: bool) -> Option<SyntaxHint> {
    let indent = line.len() - line.trim_start().len();
    if line[..indent].contains('\t') {
        return Some(tab_hint(line, is_nested));
    }
    let key = line.trim_start().trim_start_matches("- ");
    let rest = key.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let name = &key[..key.len() - rest.len()];
    if name.is_empty() {
        return None;
    }
    let whole = indent..line.len();
    if rest.starts_with('：') {
        let help = Phrase::new(
            "write `:` with a space behind it",
            "请改用英文半角 `:`，并在后面加一个空格",
        );
        return Some(SyntaxHint::new(
            whole,
            Phrase::new("a colon is full-width", "用了全角冒号 `：`"),
            help,
        ));
    }
    let Some(value) = rest.strip_prefix(':') else {
        return if indent == 0 { missing_colon(name, rest, whole) } else { None };
    };
    match value.chars().next() {
        None | Some(' ' | '\t') => value_start(name, value.trim())
            .map(|hint| hint.offset_by(line.len() - value.trim().len())),
        Some(c) if c.is_whitespace() => {
            let bare = value.trim();
            let help = message!(
                "write an ordinary space: `{name}: {bare}`",
                "请改用英文半角空格：`{name}: {bare}`"
            );
            Some(SyntaxHint::new(
                whole,
                Phrase::new("the space behind the colon is full-width", "冒号后面是全角空格"),
                help,
            ))
        }
        Some(_) if value.starts_with("//") => None,
        Some(_) => {
            let help = Phrase::new("put a space behind the colon", "请在冒号后面加一个空格");
            Some(SyntaxHint::new(
                whole,
                Phrase::new("no space follows the colon", "冒号后面没有空格"),
                help,
            ))
        }
    }
}

/// Describes a tab at the start of a line.
fn tab_hint(line: &str, is_nested: bool) -> SyntaxHint {
    let help = if is_nested {
        Phrase::new("replace the tab by spaces", "请把制表符换成空格")
    } else {
        Phrase::new("remove the tab", "请删去制表符")
    };
    let message = Phrase::new("there is a tab at the start of a line", "行首有制表符（Tab）");
    SyntaxHint::new(0..line.len(), message, help)
}

/// Finds a missing colon: `title = x`, `title x`.
fn missing_colon(name: &str, rest: &str, span: Span) -> Option<SyntaxHint> {
    let bare = rest.trim_start();
    let value = match bare.strip_prefix('=') {
        Some(value) => value.trim(),
        None if USUAL.contains(&name) && rest.starts_with(' ') && !bare.contains(": ") => bare,
        None => return None,
    };
    let help = message!("write `{name}: {value}`", "请写成 `{name}: {value}`");
    Some(SyntaxHint::new(span, Phrase::new("no colon follows the key", "键后面没有冒号"), help))
}

/// Finds a sign with which a value cannot begin.
fn value_start(name: &str, value: &str) -> Option<SyntaxHint> {
    let span = 0..value.len();
    let is_prose = PROSE.contains(&name);
    let wide = [('｛', "{", "}"), ('［', "[", "]"), ('【', "[", "]")];
    let wide = wide.into_iter().find(|(wide, ..)| !is_prose && value.starts_with(*wide));
    if let Some((_, open, close)) = wide {
        let help =
            message!("write `{open}` and `{close}`", "请改用英文半角的 `{open}` 和 `{close}`");
        return Some(SyntaxHint::new(
            span,
            Phrase::new("a bracket is full-width", "用了全角括号"),
            help,
        ));
    }
    let is_sign = value.starts_with([',', ']', '}', '%', '@', '`'])
        || is_prose && value.starts_with(['*', '&', '!']);
    if is_sign || is_prose && value.starts_with(['[', '{']) {
        let written = yaml_quoted(value);
        let help = message!(
            "put the value between quotes: `{name}: {written}`",
            "请给值加英文引号：`{name}: {written}`"
        );
        return Some(SyntaxHint::new(
            span,
            Phrase::new("a value cannot begin with this sign", "值不能以这个符号开头"),
            help,
        ));
    }
    None
}

/// Finds a name that TOML reads only in quotes: `summary/too-long = "…"`.
fn toml_line(line: &str) -> Option<SyntaxHint> {
    let (name, value) = line.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    if !name.contains('/') || name.contains(|c: char| !matches!(c, 'a'..='z' | '-' | '/')) {
        return None;
    }
    let help = message!(
        "put it between quotes: `\"{name}\" = {value}`",
        "请加英文引号：`\"{name}\" = {value}`"
    );
    let reason = Phrase::new("a name with `/` has no quotes", "含有 `/` 的名称没有加引号");
    Some(SyntaxHint::new(0..line.len(), reason, help))
}

/// Finds a quote or a bracket that the value at `at` opens, and that is still open at the next key.
///
/// `mark` separates keys from values. `closed` is the end of the text that was read before; it is
/// not read again, so that the time stays linear.
fn unclosed(text: &str, at: usize, mark: char, closed: &mut usize) -> Option<SyntaxHint> {
    if at < *closed {
        return None;
    }
    let line = text[at..].lines().next()?.trim_end();
    let value = value_of(line, mark)?;
    if !value.starts_with(['"', '\'', '[', '{'])
        || value.starts_with("\"\"\"")
        || value.starts_with("'''")
    {
        return None;
    }
    let start = at + line.len() - value.len();
    let mut open = Open::default();
    open.read(value, start);
    let mut is_one_line = true;
    let mut end = at + text[at..].find('\n').map_or(text.len() - at, |line| line + 1);
    for next in text[end..].split_inclusive('\n') {
        let is_key = starts_key(next, mark) || next.starts_with("- ");
        let ends = mark == '=' && open.quote.is_some();
        if open.is_closed() || is_key || ends {
            break;
        }
        is_one_line &= next.trim().is_empty();
        open.read(next, end);
        end += next.len();
    }
    *closed = end;
    let close: String = open.brackets.iter().rev().map(|(close, _)| *close).collect();
    let space = if close.starts_with('}') { " " } else { "" };
    if let Some((quote, place)) = open.quote {
        let is_last = close.is_empty()
            || !value.get(place - start..).unwrap_or_default().contains([',', ']', '}']);
        let help = if is_one_line && is_last {
            message!(
                "close it: `{line}{quote}{space}{close}`",
                "请补上另一半引号：`{line}{quote}{space}{close}`"
            )
        } else {
            message!("close it with the same quote", "请补上另一半引号")
        };
        let reason = Phrase::new("this quote is not closed on its line", "这个引号在本行没有成对");
        return Some(SyntaxHint::new(place..place + 1, reason, help));
    }
    let (_, place) = *open.brackets.last()?;
    let bare = line.trim_end_matches([',', ' ']);
    let help = if is_one_line && !line.contains('#') {
        message!("close it: `{bare}{space}{close}`", "请补上右括号：`{bare}{space}{close}`")
    } else {
        message!("close it with `{close}`", "请补上右括号 `{close}`")
    };
    Some(SyntaxHint::new(
        place..place + 1,
        Phrase::new("this bracket is not closed", "这个括号没有成对"),
        help,
    ))
}

/// The quote and the brackets that are open so far.
#[derive(Default)]
struct Open {
    quote: Option<(char, usize)>,
    /// The closing bracket and the place of the opening one, from the outside in.
    brackets: Vec<(char, usize)>,
    is_done: bool,
}

impl Open {
    const fn is_closed(&self) -> bool {
        self.is_done
    }

    /// Reads on in a text that begins at `start`.
    fn read(&mut self, text: &str, start: usize) {
        // A quote opens only at the start of a value.
        let mut is_start = true;
        let mut signs = text.char_indices();
        while let Some((at, sign)) = signs.next() {
            if self.is_done {
                return;
            }
            match (self.quote, sign) {
                (Some(('"', _)), '\\') => {
                    signs.next();
                    continue;
                }
                (Some((quote, _)), _) if quote == sign => self.quote = None,
                (Some(_), _) => continue,
                (None, '"' | '\'') if is_start => self.quote = Some((sign, start + at)),
                (None, '[') if is_start => self.brackets.push((']', start + at)),
                (None, '{') if is_start => self.brackets.push(('}', start + at)),
                (None, ']' | '}') => {
                    self.brackets.pop();
                }
                (None, _) => {}
            }
            is_start =
                matches!(sign, '[' | '{' | ',' | ':' | '=') || is_start && sign.is_whitespace();
            self.is_done = self.quote.is_none() && self.brackets.is_empty();
        }
    }
}

/// The value behind the key of a line.
fn value_of(line: &str, mark: char) -> Option<&str> {
    let bare = line.trim_start().trim_start_matches("- ");
    let rest = bare
        .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_-\"/".contains(c))
        .trim_start();
    let is_item = mark == ':' && bare.len() < line.len();
    rest.strip_prefix(mark).or(is_item.then_some(bare)).map(str::trim)
}

/// Whether a line begins with a key, and does not continue a value.
fn starts_key(line: &str, mark: char) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let is_table = mark == '='
        && line.starts_with('[')
        && line[1..].starts_with(|c: char| c.is_ascii_lowercase());
    is_table || rest.len() < line.len() && rest.trim_start().starts_with(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rest of the line from the mistake on, and the help.
    fn line_and_help(text: &str, hint: Option<SyntaxHint>) -> Option<(String, String)> {
        let hint = hint?;
        let line = text[hint.span.start..].lines().next().unwrap_or_default();
        Some((line.to_owned(), hint.help.en().to_owned()))
    }

    #[test]
    fn unclosed_toml_is_found_where_it_opens() {
        for (text, place, help) in [
            ("[name]\nen = \"A\"\nzh = \"哈\nfr = \"B\"\n", "\"哈", "close it: `zh = \"哈\"`"),
            (
                "name = { en = \"X\"\nlanguages = []\n",
                "{ en = \"X\"",
                "close it: `name = { en = \"X\" }`",
            ),
            (
                "navigation = [\n  \"/goals/\",\n\n[publisher]\nname = \"X\"\n",
                "[",
                "close it with `]`",
            ),
            ("featured = [\"wells\n", "\"wells", "close it: `featured = [\"wells\"]`"),
            (
                "[lints.off]\ntable/no-head = \"Old.\"\n",
                "table/no-head = \"Old.\"",
                "put it between quotes: `\"table/no-head\" = \"Old.\"`",
            ),
        ] {
            assert_eq!(
                line_and_help(text, find_in_toml(text)),
                Some((place.to_owned(), help.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn closed_quotes_and_brackets_are_accepted() {
        for text in [
            "title: \"A\n  long title\"\nsummary: It's [fine\n",
            "sets: [\n  wells,\n  \"pumps\"\n]\n\
             source: { name: O'Neill, url: \"https://a.example/\" }\n",
            "title: 'It''s'\naliases:\n- /a/\n- \"b\"\nsummary: \"a \\\" b\"\n",
        ] {
            assert_eq!(line_and_help(text, find_in_yaml(text)), None, "{text}");
        }
        for text in [
            "navigation = [\n  \"/goals/\", # [all\n  \"/about/\",\n]\nname = \"It's\"\n",
            "a = \"\"\"\nb\n\"\"\"\n",
        ] {
            assert_eq!(line_and_help(text, find_in_toml(text)), None, "{text}");
        }
    }
}
