//! Marks of other dialects inside of lines: `==x==`, `++x++`, `{.x}`, `{{ x }}`, `[[x]]`, `^[x]`,
//! `$x$`, `:x:`, `--`, and marks in full width: `＊＊x＊＊`.

mod notes;

use std::ops::Range;

use super::signs::Signs;
use super::{LiteralMark, is_escaped, scripts};
use crate::content::markdown::raw_html::revision_help;
use crate::diagnostic::{Message, Severity, message};
use crate::language::is_han;

/// The longest text between two marks, in bytes.
const MAX_LENGTH: usize = 300;

/// Finds the marks of a text with these signs, each once.
pub(super) fn find(markdown: &str, range: &Range<usize>, signs: &Signs<'_>) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    if signs.contain("==") {
        found.extend(find_pairs(markdown, range, "==", "==", highlight));
    }
    if signs.contain("++") {
        found.extend(find_pairs(markdown, range, "++", "++", insertion));
    }
    if signs.contain("＿") && markdown[range.clone()].matches('＿').count() == 2 {
        found.extend(find_pairs(markdown, range, "＿", "＿", wide_underscore));
    }
    for (wide, remedy) in WIDE_MARKS {
        if signs.contain(wide) {
            found.extend(find_pairs(markdown, range, wide, wide, *remedy));
        }
    }
    if signs.contain("<%") {
        found.extend(find_pairs(markdown, range, "<%", "%>", template));
    }
    if signs.contain("^[") {
        found.extend(find_pairs(markdown, range, "^[", "]", inline_footnote));
    }
    if signs.contain("{") {
        found.extend(find_pairs(markdown, range, "{{", "}}", template));
        found.extend(find_pairs(markdown, range, "{%", "%}", template));
        found.extend(find_pairs(markdown, range, "{--", "--}", deletion));
        found.extend(find_pairs(markdown, range, "{>>", "<<}", deletion));
        found.extend(find_pairs(markdown, range, "{", "}", attributes));
    }
    if signs.contain("[[") {
        found.extend(find_pairs(markdown, range, "[[", "]]", wiki_link));
    }
    if signs.contain("$") {
        found.extend(find_pairs(markdown, range, "$$", "$$", formula));
        found.extend(find_pairs(markdown, range, "$", "$", formula));
    }
    if signs.contain("^") || signs.contain("~") {
        found.extend(scripts::find(markdown, range));
        found.extend(find_pairs(markdown, range, "~", "~", strikethrough));
    }
    if signs.contain(":") {
        found.extend(find_pairs(markdown, range, ":", ":", emoji));
    }
    if signs.contain("--") {
        found.extend(find_dashes(markdown, range));
    }
    found.extend(notes::find(markdown, range, signs));
    found
}

/// Finds a help for a pair of marks that were meant as marks.
type Remedy = fn(&Pair<'_>) -> Option<(Severity, Message)>;

/// Marks of Markdown as an input method in full width writes them.
const WIDE_MARKS: &[(&str, Remedy)] = &[
    ("＊＊", |pair| wide_mark(pair, "**")),
    ("～～", |pair| wide_mark(pair, "~~")),
    ("｀", |pair| wide_mark(pair, "`")),
    ("＝＝", |pair| wide_mark(pair, "**")),
];

/// Two marks and the text between them.
struct Pair<'t> {
    before: Option<char>,
    open: &'t str,
    inner: &'t str,
    after: Option<char>,
}

impl Pair<'_> {
    fn has_tight_edges(&self) -> bool {
        !self.inner.is_empty() && self.inner.trim() == self.inner
    }
}

/// Finds the pairs of marks for which `remedy` has one.
fn find_pairs(
    markdown: &str,
    range: &Range<usize>,
    open: &'static str,
    close: &'static str,
    remedy: Remedy,
) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = markdown[at..range.end].find(open).map(|next| at + next) {
        at = start + open.len();
        let bounded = markdown.floor_char_boundary((at + MAX_LENGTH).min(range.end));
        let Some(length) = markdown[at..bounded].find(close) else { continue };
        let end = at + length + close.len();
        let pair = Pair {
            before: markdown[range.start..start].chars().next_back(),
            open,
            inner: &markdown[at..at + length],
            after: markdown[end..range.end].chars().next(),
        };
        if is_escaped(markdown, start) {
            continue;
        }
        if let Some((severity, help)) = remedy(&pair) {
            found.push(LiteralMark::new(severity, markdown, start..end, help));
            at = end;
        }
    }
    found
}

fn wide_mark(pair: &Pair<'_>, meant: &str) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_run = inner.starts_with(pair.open) || pair.before == pair.open.chars().next();
    let help = message!("write `{meant}{inner}{meant}`", "请写成 `{meant}{inner}{meant}`");
    (pair.has_tight_edges() && !is_run).then_some((Severity::Warning, help))
}

/// `＿words＿`. Blanks of a form have one letter between them, or a mark.
fn wide_underscore(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let is_word = pair.inner.chars().all(char::is_alphanumeric) && pair.inner.chars().count() > 1;
    let is_form = pair.after.is_none() || !pair.before.is_some_and(char::is_alphanumeric);
    if is_word && !is_form { wide_mark(pair, "*") } else { None }
}

/// `++words++` for what was added.
fn insertion(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_run = pair.before == Some('+') || pair.after == Some('+') || inner.contains('+');
    let is_name = pair.before.is_some_and(|c| c.is_ascii_alphanumeric());
    let help = message!(
        "Markdown has no mark for added words: write `{inner}` alone, or between `**`",
        "Markdown 没有表示新增文字的符号：请只写 `{inner}`，或在文字两边加 `**`"
    );
    (pair.has_tight_edges() && !is_run && !is_name).then_some((Severity::Error, help))
}

/// `{--words--}` for what was removed and `{>>words<<}` for a remark.
fn deletion(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let help = message!(
        "remove it, with the words in it, because readers would see them",
        "请连同其中的文字一起删去，否则读者会看到"
    );
    (!pair.inner.trim().is_empty()).then_some((Severity::Error, help))
}

/// The footnote of pandoc whose text is in its place: `^[text]`.
fn inline_footnote(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let help = message!(
        "write `[^1]` here, and `[^1]: {inner}` on a line of its own",
        "请在这里写 `[^1]`，并另起一行写 `[^1]: {inner}`"
    );
    pair.has_tight_edges().then_some((Severity::Error, help))
}

fn highlight(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_run = pair.before == Some('=') || pair.after == Some('=') || inner.contains('=');
    let help = message!("write `**{inner}**`", "请写成 `**{inner}**`");
    (pair.has_tight_edges() && !is_run).then_some((Severity::Error, help))
}

fn template(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let help = message!(
        "write the text itself, because templates are not run; \
         to show the signs, put them between backticks",
        "这里不运行模板，请直接写出内容；如果要显示这些符号，请放在一对反引号之间"
    );
    (!pair.inner.trim().is_empty()).then_some((Severity::Error, help))
}

fn attributes(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner.trim_start_matches(':').trim();
    // A value between quotation marks may have spaces.
    let first = inner.split_whitespace().next().filter(|word| is_attribute(word))?;
    let is_all = inner.contains(['"', '\'']) || inner.split_whitespace().all(is_attribute);
    let is_doubled = pair.before == Some('{') || pair.after == Some('}');
    let help = if let Some(help) = first.strip_prefix('.').and_then(revision_help) {
        help
    } else if first == ".underline" {
        message!(
            "Markdown has no underline: write the words alone, or between `**`",
            "Markdown 没有下划线：请只写文字，或在文字两边加 `**`"
        )
    } else {
        message!(
            "remove it, because the layout is the same on all pages; \
             to show the signs, put them between backticks",
            "各页面的版式是统一的，请删去；如果要显示这些符号，请放在一对反引号之间"
        )
    };
    (is_all && !is_doubled).then_some((Severity::Error, help))
}

fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
}

pub(super) fn is_attribute(word: &str) -> bool {
    match word.split_once('=') {
        Some((name, value)) => (is_attribute_name(name) || name.is_empty()) && !value.is_empty(),
        None => word.strip_prefix(['.', '#']).is_some_and(is_attribute_name) || word == "-",
    }
}

fn wiki_link(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let (target, _) = pair.inner.split_once('|').unwrap_or((pair.inner, pair.inner));
    let words = pair.inner.rsplit('|').next().unwrap_or_default();
    let file = ["File:", "Image:", "文件:", "图像:", "file:"]
        .iter()
        .find_map(|name| target.strip_prefix(name));
    let is_number = pair.inner.chars().all(|c| c.is_ascii_digit());
    if is_number
        || !pair.has_tight_edges()
        || pair.inner.contains(['[', '`'])
        || is_contents(pair.inner)
    {
        return None;
    }
    let (target, words) = (target.trim(), words.trim());
    let help = if let Some(file) = file {
        message!("write `![{words}]({file})`", "请写成 `![{words}]({file})`")
    } else if pair.before == Some('!') {
        message!(
            "write `![…]({target})`, with what the picture shows between the brackets",
            "请写成 `![…]({target})`，并在方括号中写明图片内容"
        )
    } else if target.contains('.') || target.starts_with('#') {
        message!("write `[{words}]({target})`", "请写成 `[{words}]({target})`")
    } else {
        message!(
            "write `[{words}](…)`, with the file of the page, such as `{target}.md`, \
             in the round brackets",
            "请写成 `[{words}](…)`，并在圆括号中写上页面的文件，例如 `{target}.md`"
        )
    };
    Some((Severity::Error, help))
}

/// Whether a text between brackets is the marker of a table of contents.
pub(super) fn is_contents(words: &str) -> bool {
    ["toc", "_toc_"].iter().any(|known| words.trim().eq_ignore_ascii_case(known))
}

fn formula(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_letter = inner.len() == 1 && inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_meant = is_letter || inner.contains(['\\', '^', '_', '=']);
    let is_sentence = inner.contains(['，', '。', '；', '$']) || inner.contains(". ");
    if is_word_or_dollar(pair.before) || is_word_or_dollar(pair.after) || !is_meant || is_sentence {
        return None;
    }
    let is_tight = pair.open == "$$" || pair.has_tight_edges();
    is_tight.then(|| (Severity::Error, formula_help()))
}

pub(super) fn formula_help() -> Message {
    message!(
        "formulas are not typeset: write it in plain characters, such as `x²` and `a × b`, \
         or between backticks",
        "这里不排版公式：请用普通字符书写，例如 `x²`、`a × b`，或放在一对反引号之间"
    )
}

fn is_word_or_dollar(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '$')
}

/// A single tilde between words, which GFM reads only beside spaces. Tildes of ranges such as
/// `周一~周五` stay.
fn strikethrough(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_list = inner.contains(['，', '、', '；', '。', ',', ';', '~', ' ']);
    let is_range = is_word_or_tilde(pair.before) || is_word_or_tilde(pair.after) || is_list;
    if is_range
        || !pair.has_tight_edges()
        || !(is_outside_word(pair.before) || inner.len() <= MAX_LENGTH / 3)
    {
        return None;
    }
    let help = message!(
        "write `~~{inner}~~` to strike it out, or `\\~` to show the sign",
        "表示删除请写成 `~~{inner}~~`；要显示这个符号，请写 `\\~`"
    );
    Some((Severity::Warning, help))
}

fn is_outside_word(c: Option<char>) -> bool {
    !c.is_some_and(char::is_alphanumeric)
}

fn is_word_or_tilde(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '~')
}

fn emoji(pair: &Pair<'_>) -> Option<(Severity, Message)> {
    let inner = pair.inner;
    let is_name = inner.len() > 1
        && inner
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"_+-".contains(&c))
        && (inner.starts_with(|c: char| c.is_ascii_lowercase())
            || matches!(inner, "+1" | "-1" | "100"));
    let help = message!(
        "write the character itself, such as `☀`, or leave it out",
        "请直接写出这个符号，例如 `☀`，或删去它"
    );
    (is_name && !is_part_of_code(pair.before) && !is_part_of_code(pair.after))
        .then_some((Severity::Warning, help))
}

fn is_part_of_code(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '-' | '_'))
}

/// Hyphens for a dash, as pandoc reads them.
fn find_dashes(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find("--").map(|next| at + next) {
        let length = source[start..].bytes().take_while(|byte| *byte == b'-').count();
        let end = start + length;
        at = end;
        let before = source[..start].chars().next_back();
        let after = source[end..].chars().next();
        if length > 3 || is_escaped(markdown, range.start + start) || is_in_name(source, start, end)
        {
            continue;
        }
        if let Some(dash) = dash_meant(before, after, length) {
            let help = message!("write `{dash}`", "请写成 `{dash}`");
            let place = range.start + start..range.start + end;
            found.push(LiteralMark::new(Severity::Warning, markdown, place, help));
        }
    }
    found
}

/// The dash between two characters: a short one for two hyphens in ranges of figures, two dashes in
/// Chinese.
fn dash_meant(before: Option<char>, after: Option<char>, length: usize) -> Option<&'static str> {
    let (before, after) = (before?, after?);
    let is_spaced = before == ' ' && after == ' ';
    if !(is_spaced || before.is_alphanumeric() && after.is_alphanumeric()) {
        return None;
    }
    Some(if before.is_ascii_digit() && after.is_ascii_digit() {
        if length == 2 { "–" } else { "—" }
    } else if is_han(before) || is_han(after) {
        "——"
    } else {
        "—"
    })
}

/// Whether hyphens are inside of a file's name, an address or a code.
fn is_in_name(source: &str, start: usize, end: usize) -> bool {
    let first = source.floor_char_boundary(start.saturating_sub(MAX_LENGTH));
    let last = source.floor_char_boundary((end + MAX_LENGTH).min(source.len()));
    let from = first + source[first..start].trim_end_matches(is_name_char).len();
    let to = last - source[end..last].trim_start_matches(is_name_char).len();
    let word = source[from..to].trim_end_matches('.');
    word.contains(['_', '.', '/', ':', '@']) || word.starts_with("xn--")
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./:@".contains(c)
}
