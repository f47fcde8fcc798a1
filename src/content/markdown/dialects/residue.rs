//! Residue of Word and of HTML that readers would see or miss: `<o:p>`, `&amp;nbsp;`, characters
//! that no font has.

use std::ops::Range;

use super::LiteralMark;
use super::signs::{self, Signs};
use crate::diagnostic::{Message, Severity, message};
use crate::language::is_printable;

/// References that converters and old sites write, with what they are for.
const REFERENCES: &[&str] = &[
    "nbsp", "lt", "gt", "amp", "quot", "ldquo", "rdquo", "mdash", "hellip", "middot", "emsp",
    "ensp",
];

/// Finds the residue in a text with these signs.
pub(super) fn find(markdown: &str, range: &Range<usize>, signs: &Signs<'_>) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    if signs.contain("<") {
        found.extend(find_office_tags(markdown, range));
    }
    if signs.contain("&") {
        found.extend(find_references(markdown, range));
        found.extend(find_odd_code(markdown, range));
    }
    if signs.may_be_odd() {
        found.extend(find_unprintable(markdown, range));
        found.extend(find_invisible(markdown, range));
    }
    found
}

/// Tags that are no HTML: `<o:p>`, `</w:sdt>`, `<![endif]>`.
fn find_office_tags(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let tags = source.match_indices('<').filter_map(|(start, _)| {
        let inner = source[start + 1..].split_once('>')?.0;
        let end = start + 1 + inner.len() + 1;
        is_office_tag(inner).then_some(range.start + start..range.start + end)
    });
    tags.map(|place| {
        let help = message!(
            "remove the tag, which Word has left, and keep its words",
            "请删去 Word 留下的这个标签，保留文字"
        );
        LiteralMark::new(Severity::Error, markdown, place, help)
    })
    .collect()
}

fn is_office_tag(inner: &str) -> bool {
    let name = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
    let parts = name.split_once(':');
    inner.starts_with("![if")
        || inner.starts_with("![endif")
        || parts.is_some_and(|(space, local)| space.len() <= 4 && is_word(space) && is_word(local))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
}

/// Elements of HTML that old sites and converters pass on as text.
const TAGS: &[&str] = &[
    "p",
    "br",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "del",
    "ins",
    "a",
    "img",
    "span",
    "font",
    "div",
    "center",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "sub",
    "sup",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "blockquote",
    "big",
    "small",
    "style",
    "script",
    "iframe",
];

/// Finds what is shown in Markdown alone: tags whose brackets are references or escaped,
/// `&lt;b&gt;` and `\<b\>`.
pub(super) fn find_in_markdown(
    markdown: &str,
    range: &Range<usize>,
    signs: &Signs<'_>,
) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    if signs.contain("<!--") {
        found.extend(find_open_comment(markdown, range));
    }
    for (open, closes) in [("&lt;", ["&gt;", ">"]), ("\\<", ["\\>", ">"])] {
        if signs.contain(open) {
            found.extend(find_escaped_tags(markdown, range, open, closes));
        }
    }
    found
}

/// Finds a comment that no `-->` ends, which is shown.
fn find_open_comment(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let start = range.start + markdown[range.clone()].find("<!--")?;
    let help = message!(
        "write `-->` where the comment ends, on the same line or without an empty line before it",
        "请在注释结束的地方写 `-->`，中间不要空行"
    );
    Some(LiteralMark::new(Severity::Error, markdown, start..start + 4, help))
}

fn find_escaped_tags(
    markdown: &str,
    range: &Range<usize>,
    open: &str,
    closes: [&str; 2],
) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let tags = source.match_indices(open).filter_map(|(start, _)| {
        let inner = &source[start + open.len()..];
        let (end, close) =
            closes.iter().filter_map(|close| Some((inner.find(close)?, close))).min()?;
        let name = inner[..end].trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default().to_ascii_lowercase();
        let place = range.start + start..range.start + start + open.len() + end + close.len();
        TAGS.contains(&name.as_str()).then_some(place)
    });
    tags.map(|place| {
        let help = message!(
            "remove the tag, which readers see, and keep its words; to show it, put it between \
             backticks",
            "读者会看到这个标签：请删去标签，保留文字；如果要显示它，请放在一对反引号之间"
        );
        LiteralMark::new(Severity::Warning, markdown, place, help)
    })
    .collect()
}

/// References of HTML that are shown as they are: escaped ones, and those without a semicolon.
fn find_references(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let references = source.match_indices('&').filter_map(|(start, _)| {
        let escaped = source[start..].strip_prefix("&amp;");
        let rest = escaped.unwrap_or(&source[start + 1..]);
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
        let name = &rest[..length];
        let is_closed = rest[length..].starts_with(';');
        let is_name = (2..=8).contains(&name.len()) && name.bytes().all(|c| c.is_ascii_lowercase());
        let is_known =
            REFERENCES.contains(&name) || escaped.is_some() && (name.starts_with('#') || is_name);
        let end = source.len() - rest.len() + length + usize::from(is_closed);
        let is_shown = if escaped.is_some() { is_closed } else { !is_closed };
        (is_known && is_shown).then_some(range.start + start..range.start + end)
    });
    references
        .map(|place| {
            let help = message!("write the character itself", "请直接写出这个字符");
            LiteralMark::new(Severity::Warning, markdown, place, help)
        })
        .collect()
}

/// The first character that no page can show, or that has no shape, written as a code: `&#xFFFD;`.
fn find_odd_code(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    source.match_indices("&#").find_map(|(start, _)| {
        let (code, _) = source[start + 2..].split_once(';')?;
        let number = code.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
        let number = number.unwrap_or_else(|| code.parse()).ok()?;
        // U+0000 is shown as U+FFFD.
        let shown = char::from_u32(number).filter(|c| *c != '\0').unwrap_or('\u{FFFD}');
        let is_odd = is_unprintable(shown) || is_invisible(shown);
        let place = range.start + start..range.start + start + code.len() + 3;
        let (message, help) = describe_unprintable(shown);
        let mark = LiteralMark::new(Severity::Warning, markdown, place, help);
        is_odd.then_some(LiteralMark { message, ..mark })
    })
}

/// Characters that no page can show: the first of each run.
fn find_unprintable(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let mut run_end = None;
    let mut found = Vec::new();
    for (at, c) in signs::odd_chars(source).filter(|(_, c)| is_unprintable(*c)) {
        let start = range.start + at;
        let place = start..start + c.len_utf8();
        if run_end.replace(place.end) != Some(start) {
            let (message, help) = describe_unprintable(c);
            let mark = LiteralMark::new(Severity::Warning, markdown, place, help);
            found.push(LiteralMark { message, ..mark });
        }
    }
    found
}

/// Whether a character is a control, a part of a private font such as Wingdings, or the sign for
/// one that was lost.
fn is_unprintable(c: char) -> bool {
    let is_line = matches!(c, '\n' | '\r' | '\t');
    let is_private = matches!(c, '\u{E000}'..='\u{F8FF}');
    !is_line
        && (!is_printable(c) || is_private || matches!(c, '\u{FFFD}' | '\u{2028}' | '\u{2029}'))
}

/// Characters without a shape inside of words, which search and copies then miss: the first of each
/// word. Scripts that need them, and joined emoji, keep them.
fn find_invisible(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let mut odd = signs::odd_chars(source);
    if !odd.any(|(_, c)| is_invisible(c)) || source.contains(needs_invisible) {
        return Vec::new();
    }
    let mut start = range.start;
    let mut found = Vec::new();
    for word in source.split_inclusive(char::is_whitespace) {
        let inner =
            word.trim_matches(|c: char| c.is_whitespace() || is_invisible(c) && !turns_text(c));
        let inner_start = start + word.find(inner).unwrap_or_default();
        start += word.len();
        let Some((at, c)) = inner.char_indices().find(|(_, c)| is_invisible(*c)) else {
            continue;
        };
        let code = format!("U+{:04X}", u32::from(c));
        let message = message!(
            "this word has an invisible character: {code}",
            "这里的文字中有一个看不见的字符：{code}"
        );
        let help = message!(
            "delete the word and type it again: search does not find it as it is",
            "请删去这个词并重新输入，否则搜索找不到它"
        );
        let place = inner_start + at..inner_start + at + c.len_utf8();
        let mark = LiteralMark::new(Severity::Warning, markdown, place, help);
        found.push(LiteralMark { message, ..mark });
    }
    found
}

/// Whether a character makes the text behind it run in another direction.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character has no shape of its own: zero-width spaces and joiners, soft hyphens, marks
/// of direction, fillers.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
            | '\u{FFA0}'
    )
}

/// Whether a character is of a script or an emoji in which such characters have a meaning.
const fn needs_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{10FF}' | '\u{1780}'..='\u{18AF}' | '\u{2600}'..='\u{27BF}'
            | '\u{A800}'..='\u{ABFF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE0F}'
            | '\u{1F000}'..='\u{1FAFF}'
    )
}

fn describe_unprintable(c: char) -> (Message, Message) {
    let code = format!("U+{:04X}", u32::from(c));
    let message =
        message!("readers cannot see this character: {code}", "读者看不到这个字符：{code}");
    let help = match c {
        '\u{F000}'..='\u{F0FF}' => message!(
            "it is a sign of a font of Word: write `- ` for an item of a list, or the sign that is \
             meant",
            "这是 Word 专用字体中的符号：列表项请写 `- `，否则请写出所要的符号"
        ),
        '\u{FFFD}' => message!(
            "a character was lost when the text was converted: type it again",
            "转换时丢失了一个字符：请重新输入"
        ),
        _ => message!("remove it; for a line break, press Enter", "请删去它；需要换行时请按回车键"),
    };
    (message, help)
}
