//! Text that is almost a link: `[text]（address）`, `[text] (address)`, `[text](address` without an
//! end, `[text](name with spaces.pdf)`.

mod parts;

use std::ops::Range;

use memchr::memchr3;

use crate::diagnostic::{Message, message};

/// The longest address that is read, in bytes.
const MAX_ADDRESS: usize = 500;

/// The endings of files that editors link to.
const FILE_ENDINGS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "ofd", "odt", "ods",
    "odp", "rtf", "csv", "txt", "json", "xml", "md", "html", "htm", "png", "jpg", "jpeg", "jfif",
    "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic", "zip", "rar", "7z", "mp3", "m4a",
    "wav", "ogg", "mp4", "mov", "avi", "webm",
];

/// Finds the malformed links of a text, each with a help. `range` is the range of the text in the
/// Markdown, and `block_start` the start of its block.
pub(super) fn find(
    markdown: &str,
    block_start: usize,
    range: &Range<usize>,
) -> Vec<(Range<usize>, Message)> {
    let Some(text) = markdown.get(range.clone()) else { return Vec::new() };
    // The first bytes of `］` and `】` are 0xEF and 0xE3. Most texts in Latin letters have none.
    if memchr3(b']', 0xEF, 0xE3, text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found: Vec<(Range<usize>, Message)> = Vec::new();
    for (at, bracket) in text.match_indices([']', '］', '】']) {
        let (close, end) = (range.start + at, range.start + at + bracket.len());
        let Some(before) = markdown.get(block_start..close) else { continue };
        let Some(words) = words_before(before, block_start) else {
            found.extend(parts::without_start(markdown, before, range.start, end));
            continue;
        };
        let meant = malformed_link(markdown, words.clone(), end)
            .or_else(|| other_brackets(markdown, words.clone(), end))
            .or_else(|| swapped_brackets(markdown, block_start, words.clone(), end));
        found.extend(match meant {
            Some((place, meant)) => Some((place, help(&meant))),
            None => parts::definition(markdown, words, end),
        });
    }
    found.extend(parts::without_middle(markdown, range));
    found
}

fn help(meant: &str) -> Message {
    message!("write `{meant}`", "请写成 `{meant}`")
}

/// `[text]<address>` and `[text]{address}`.
fn other_brackets(
    markdown: &str,
    words: Range<usize>,
    behind: usize,
) -> Option<(Range<usize>, String)> {
    let rest = markdown.get(behind..)?;
    let (open, close) =
        [('<', '>'), ('{', '}')].into_iter().find(|(open, _)| rest.starts_with(*open))?;
    let address = rest[1..].split_once(close)?.0;
    let is_meant = is_address(address) && !address.contains(open);
    let start = words.start - last_length(&markdown[..words.start]);
    let link = format!("[{}]({})", &markdown[words], as_destination(address));
    is_meant.then(|| (start..behind + address.len() + 2, link))
}

/// `(text)[address]`, where `address` is the range between the brackets.
fn swapped_brackets(
    markdown: &str,
    block_start: usize,
    address: Range<usize>,
    behind: usize,
) -> Option<(Range<usize>, String)> {
    let before = markdown.get(block_start..address.start)?.strip_suffix('[')?;
    let inner = before.strip_suffix(['）', ')'])?;
    let start = inner.rfind(['（', '('])?;
    let text = inner[start..].trim_start_matches(['（', '(']);
    let address = &markdown[address];
    let is_link = markdown[behind..].starts_with(['(', '[', ':', '（']);
    let is_meant = is_address(address) && !is_link && !text.contains(['）', ')']);
    is_meant
        .then(|| (block_start + start..behind, format!("[{text}]({})", as_destination(address))))
}

/// The text between brackets that ends where `before` ends; with `!` and both brackets, an image.
fn words_before(before: &str, offset: usize) -> Option<Range<usize>> {
    // A bracket too many: `[text]](address)`.
    let before = before.trim_end_matches([']', '］']);
    let open = before.rfind(['[', ']', '［', '］', '【', '】'])?;
    let bracket = before[open..].chars().next().filter(|c| matches!(c, '[' | '［' | '【'))?;
    if before[..open].ends_with('\\') || before[open + bracket.len_utf8()..].starts_with('^') {
        return None;
    }
    Some(offset + open + bracket.len_utf8()..offset + before.len())
}

fn malformed_link(
    markdown: &str,
    words: Range<usize>,
    behind: usize,
) -> Option<(Range<usize>, String)> {
    let rest = markdown.get(behind..)?;
    let inner = rest.trim_start_matches([' ', '\u{3000}']);
    let inner = inner.trim_start_matches('\r').strip_prefix('\n').unwrap_or(inner);
    let bracket = inner.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let inner = inner.trim_start_matches(['(', '（']);
    let address_start = behind + rest.len() - inner.len();
    let is_doubled = rest[..rest.len() - inner.len()].trim_start().len() > bracket.len_utf8();
    let line = &markdown[address_start..];
    let near = &line[..line.floor_char_boundary(MAX_ADDRESS)];
    let line = near.lines().next().unwrap_or_default();
    let end = closing_bracket(line);
    if end.is_none()
        && let Some(wrapped) = parts::wrapped_link(markdown, &words, address_start, near)
    {
        return Some(wrapped);
    }
    let written = match end {
        Some(end) => &line[..end],
        None => line.split_whitespace().next()?.trim_end_matches(['。', '，', '；', '！', '？']),
    };
    let (written_destination, title) = split_title(without_size(written.trim()));
    let destination = written_destination.trim_end_matches(['。', '，', '；', '！', '？', '、']);
    let angled = destination.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
    let address = angled.unwrap_or_else(|| destination.trim_matches(['<', '>']));
    let spaceless = address.replace(' ', "");
    let is_contact = ["mailto:", "tel:"].iter().any(|scheme| spaceless.starts_with(scheme));
    let address = if is_contact { &spaceless } else { address };
    let is_rewritten = is_doubled
        || destination != written_destination
        || !written.trim().ends_with(&title)
        || angled.unwrap_or(destination) != address
        || without_size(written.trim()) != written.trim();
    let has_space = address.contains(char::is_whitespace);
    let is_adjacent = rest.starts_with('(');
    let is_half_width = is_adjacent && end.is_some_and(|end| line[end..].starts_with(')'));
    let is_bracket_half_width = &markdown[words.end..behind] == "]";
    let is_link =
        is_half_width && is_bracket_half_width && !is_rewritten && (!has_space || angled.is_some());
    let is_meant = if has_space {
        (is_adjacent || angled.is_some()) && is_file_or_url(address)
    } else {
        is_address(address)
    };
    if is_link || !is_meant {
        return None;
    }
    let close = end.and_then(|end| line[end..].chars().next()).map_or(0, char::len_utf8);
    let stop = address_start + end.unwrap_or(written.len()) + close;
    let start = words.start - last_length(&markdown[..words.start]);
    let is_image = markdown[..start].ends_with(['!', '！']);
    let start = if is_image { start - last_length(&markdown[..start]) } else { start };
    let mark = if is_image { "!" } else { "" };
    let meant = as_destination(address);
    Some((start..stop, format!("{mark}[{}]({meant}{title})", &markdown[words])))
}

fn last_length(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

/// The bracket that closes the one before a text.
fn closing_bracket(line: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in line.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => return Some(at),
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The text without the size of a picture, as other programs write it: `map.png =100x200`.
fn without_size(text: &str) -> &str {
    let Some((address, size)) = text.rsplit_once(" =") else { return text };
    let is_size =
        size.contains('x') && size.chars().all(|c| c.is_ascii_digit() || "x%*".contains(c));
    if is_size { address.trim_end() } else { text }
}

/// Splits `map.png "The lake"` into the address and ` "The lake"`, also where the quotation marks
/// are those of Chinese.
fn split_title(text: &str) -> (&str, String) {
    let quotes = [('"', " \""), ('\'', " '"), ('”', " “"), ('”', " ”")];
    let found = quotes.iter().find_map(|(close, open)| {
        let title = text.strip_suffix(*close)?;
        let start = title.rfind(open)?;
        Some((text[..start].trim_end(), &title[start + open.len()..], *close))
    });
    match found {
        Some((address, title, '\'')) => (address, format!(" '{title}'")),
        Some((address, title, _)) => (address, format!(" \"{title}\"")),
        None => (text, String::new()),
    }
}

/// Whether a text in brackets without spaces is certainly an address, and not a remark.
fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.contains(".md#")
            || text.starts_with('/')
            || text.starts_with("../")
            || text.starts_with("mailto:")
            || text.starts_with("tel:")
            || is_file_or_url(text))
}

fn is_file_or_url(text: &str) -> bool {
    let is_file = text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.trim().is_empty()
            && FILE_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
            && !stem.contains(|c: char| "，。；：！？<>".contains(c))
    });
    is_file || text.contains("://")
}

/// An address as CommonMark reads it: in angle brackets if the path has spaces.
pub(crate) fn as_destination(address: &str) -> String {
    let depth = |c: char| address.matches(c).count();
    let is_plain = !address.contains(char::is_whitespace) && depth('(') == depth(')');
    if is_plain {
        address.to_owned()
    } else if address.contains("://") {
        address.replace(' ', "%20")
    } else {
        format!("<{address}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(&str, String)> {
        let all = find(source, 0, &(0..source.len()));
        all.into_iter()
            .map(|(range, help)| {
                let help = help.en();
                let meant = help.split('`').nth(1).unwrap_or_default();
                (&source[range], meant.to_owned())
            })
            .collect()
    }

    #[test]
    fn malformed_link_is_found_with_the_link() {
        for (source, near, meant) in [
            ("见[公告]（childcare.md）。", "[公告]（childcare.md）", "[公告](childcare.md)"),
            ("See [it] (../a/b.md).", "[it] (../a/b.md)", "[it](../a/b.md)"),
            ("See [it](a.md", "[it](a.md", "[it](a.md)"),
            ("见[它](a.md）。", "[它](a.md）", "[它](a.md)"),
            ("[a]（https://x.example/）", "[a]（https://x.example/）", "[a](https://x.example/)"),
            ("见［规划］（plan.pdf）。", "［规划］（plan.pdf）", "[规划](plan.pdf)"),
            ("见[规划]（plan.pdf）。", "[规划]（plan.pdf）", "[规划](plan.pdf)"),
            ("见【规划】(plan.pdf)。", "【规划】(plan.pdf)", "[规划](plan.pdf)"),
            ("![图](a.png =100x200)", "![图](a.png =100x200)", "![图](a.png)"),
            ("[信](mailto: a@b.example)", "[信](mailto: a@b.example)", "[信](mailto:a@b.example)"),
            ("[a](<b.pdf)", "[a](<b.pdf)", "[a](b.pdf)"),
            ("[话](tel:0451 123)", "[话](tel:0451 123)", "[话](tel:0451123)"),
            ("见[它](a.pdf。", "[它](a.pdf", "[它](a.pdf)"),
            ("见[它]](a.md)。", "[它]](a.md)", "[它](a.md)"),
            ("见[它](<a.md>。)", "[它](<a.md>。)", "[它](a.md)"),
            ("见[它]\n(a.md)", "[它]\n(a.md)", "[它](a.md)"),
            ("见[它]<a.md>", "[它]<a.md>", "[它](a.md)"),
            ("见[它]{a.pdf}", "[它]{a.pdf}", "[它](a.pdf)"),
            ("见（它）[a.pdf]。", "（它）[a.pdf]", "[它](a.pdf)"),
            ("见[它]((a.md)。", "[它]((a.md)", "[它](a.md)"),
            ("[它](http://a.cn/\nb)", "[它](http://a.cn/\nb)", "[它](http://a.cn/b)"),
            ("见[它]。\n[它]: http://a.cn", "[它]: http://a.cn", "[它]: http://a.cn"),
            ("[它]：a.md", "[它]：a.md", "[它]: a.md"),
            ("[它]: 计划 1.pdf", "[它]: 计划 1.pdf", "[它]: <计划 1.pdf>"),
            ("[它]：<计划 1.pdf>", "[它]：<计划 1.pdf>", "[它]: <计划 1.pdf>"),
            ("［它］： a.md", "［它］： a.md", "[它]: a.md"),
            ("见它](a.md)。", "](a.md)", "["),
            ("见[它(a.md)。", "[它(a.md)", "[它](a.md)"),
        ] {
            assert_eq!(found(source), [(near, meant.to_owned())], "{source}");
        }
    }

    #[test]
    fn file_name_with_space_gets_angle_brackets() {
        for (source, near, meant) in [
            ("见[附件](附件 1.pdf)。", "[附件](附件 1.pdf)", "[附件](<附件 1.pdf>)"),
            ("![x](my map.png)", "![x](my map.png)", "![x](<my map.png>)"),
            ("[**x**](a b.PDF)", "[**x**](a b.PDF)", "[**x**](<a b.PDF>)"),
            ("[x](plan (1).docx)", "[x](plan (1).docx)", "[x](<plan (1).docx>)"),
            ("[x](a b.pdf \"T\")", "[x](a b.pdf \"T\")", "[x](<a b.pdf> \"T\")"),
            ("[x](a.pdf “T”)", "[x](a.pdf “T”)", "[x](a.pdf \"T\")"),
            (
                "[x](https://x.example “T”)",
                "[x](https://x.example “T”)",
                "[x](https://x.example \"T\")",
            ),
            ("[x](附件 1.pdf）", "[x](附件 1.pdf）", "[x](<附件 1.pdf>)"),
            (
                "[x](https://x.example/a b.pdf)",
                "[x](https://x.example/a b.pdf)",
                "[x](https://x.example/a%20b.pdf)",
            ),
        ] {
            assert_eq!(found(source), [(near, meant.to_owned())], "{source}");
        }
    }

    #[test]
    fn remark_behind_brackets_is_no_link() {
        for source in [
            "[2022]（全年）",
            "a [1] (see below)",
            "[1] (see a.pdf)",
            "[公告]（见附件 1.pdf）",
            "[公告]（见附件1。全文见a.pdf）",
            "\\[a](b.md)",
            "\\[a](b c.pdf)",
            "[a](b.md)",
            "[a](b.pdf)",
            "[^1]（plan.pdf）",
            "[a](see the office)",
            "](a.md",
            "[a]",
            "[a]{.underline}",
            "[a]\n(see below)",
            "甲（一）[乙]",
            "自五月起。【待补充】",
            "（甲）[a.pdf](b.pdf)",
            "（a.md）",
            "甲](见下)",
            "[甲]：见下",
            "[甲]：第 3.5 节",
            "[甲]：见下，即 a.pdf",
            "\\](a.md)",
            "[甲（见a.md）。",
            "\\[甲(a.md)",
        ] {
            assert_eq!(found(source), [], "{source}");
        }
    }
}
