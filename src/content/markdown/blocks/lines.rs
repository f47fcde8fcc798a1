//! Lines of a paragraph that are probably meant as separate lines: `电话：…`, a single item `一、…`.

use std::ops::Range;

use super::services::is_bold_figure;
use super::{Line, warning};
use crate::content::markdown::dialects::LiteralMark;
use crate::content::markdown::notice_lines::{is_item, is_mark};
use crate::diagnostic::{Code, message};
use crate::language::is_han;

/// The longest label before a colon, in characters.
const MAX_LABEL: usize = 8;

/// The longest line that is surely not wrapped, in characters.
const MAX_SHORT: usize = 14;

/// Finds the lines of a paragraph before which an empty line is missing.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<LiteralMark> {
    if is_postal_address(lines) {
        return vec![joined_address(lines[1].range.clone())];
    }
    lines
        .windows(2)
        .filter_map(|pair| match pair {
            [before, line] if !line.is_broken_before => check_pair(before, line),
            _ => None,
        })
        .collect()
}

/// The longest line of an address in Latin letters, in characters.
const MAX_ADDRESS_LINE: usize = 32;

/// Whether a paragraph has the lines of an address: three or more, short, each begun with a capital
/// letter or a number, and none with a mark at its end.
fn is_postal_address(lines: &[Line<'_>]) -> bool {
    lines.len() > 2
        && lines.iter().all(|line| {
            let text = line.text;
            text.len() <= MAX_ADDRESS_LINE
                && text.is_ascii()
                && text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                && text.contains(char::is_alphabetic)
                && !text.contains(['|', '`', '[', '<', '=', ':', '*'])
                && !text.ends_with(is_mark)
                && !line.is_broken_before
        })
}

fn joined_address(range: Range<usize>) -> LiteralMark {
    let message =
        message!("these short lines would be one line on the page", "这几个短行在页面上会连成一行");
    let help = message!(
        "write `\\` at the end of each line but the last, or remove the line breaks",
        "请在各行（最后一行除外）的末尾加 `\\`，或删去换行"
    );
    warning(Code::MissingEmptyLine, range, message, help)
}

fn check_pair(before: &Line<'_>, line: &Line<'_>) -> Option<LiteralMark> {
    if before.is_quoted && is_bold_figure(before.text) {
        let message = message!(
            "this line would join the figure before it, which is then no key figure",
            "这一行会与上面的数字连成一段，数字就不会突出显示"
        );
        let help =
            message!("put a line with `>` alone between the two", "请在两行之间加一行，只写 `>`");
        return Some(warning(Code::MissingEmptyLine, line.range.clone(), message, help));
    }
    // Another item is a paragraph of its own, see `notice_lines`.
    let help = if is_item(line.text) {
        message!(
            "put an empty line before it; if it only continues the sentence, remove the line break",
            "请在它前面空一行；如果它只是接着上一行的句子，请删去换行"
        )
    } else if is_title(before.text) || is_short(before.text) && is_short(line.text) {
        message!(
            "put an empty line before it, or `\\` at the end of the line before it; if it only \
             continues the sentence, remove the line break",
            "请在它前面空一行，或在上一行的末尾加 `\\`；如果它只是接着上一行的句子，请删去换行"
        )
    } else if has_label(line.text) && has_label(before.text) {
        message!(
            "end the line before it with `\\`, or put an empty line between them",
            "请在上一行的末尾加 `\\`，或在两行之间空一行"
        )
    } else {
        return None;
    };
    let message = message!(
        "this line would join the line before it on the page",
        "这一行在页面上会与上一行连成一段"
    );
    Some(warning(Code::MissingEmptyLine, line.range.clone(), message, help))
}

/// Reports several lines, or keys of front matter, that a line of dashes below makes a heading.
pub(super) fn check_heading(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = markdown.get(range.clone())?.trim_end();
    let (words, rule) = source.rsplit_once('\n')?;
    let is_rule = rule.trim().bytes().all(|c| matches!(c, b'-' | b'='));
    let is_front_matter = ["title:", "date:", "layout:"].iter().any(|key| words.starts_with(key));
    if !is_rule || !(words.contains('\n') || is_front_matter) {
        return None;
    }
    let message = message!(
        "the line of dashes below makes a heading of these lines",
        "下面的横线会把这几行变成小标题"
    );
    let help = message!(
        "put an empty line before the dashes; if they end a second front matter, remove it",
        "请在横线前面空一行；如果这是重复的文件头信息，请删去"
    );
    let first = words.lines().next().unwrap_or_default().trim_end();
    let range = range.start..range.start + first.len();
    Some(warning(Code::MissingEmptyLine, range, message, help))
}

/// Whether a line is the title of a part: `一、时间`, `**时间**`.
fn is_title(line: &str) -> bool {
    let bold = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    let words = bold.unwrap_or(line);
    let label = if is_item(words) { words.find(['、', '）', ')', '.', '．']) } else { None };
    let words = label.map_or(words, |at| words[at..].trim_start_matches(is_mark));
    (bold.is_some() || label.is_some()) && is_short(words)
}

/// Whether a line has a few words of Chinese and no mark: a name, or a part of a list.
fn is_short(line: &str) -> bool {
    let line = line.trim_matches(['*', '\u{3000}']);
    let length = line.chars().count();
    (2..=MAX_SHORT).contains(&length)
        && line.contains(is_han)
        && !line.starts_with(['-', '+', '－', '＋', '#', '＃', '>', '＞'])
        && !line.contains(is_mark)
        && !line.contains(['[', ']', '<', '>', '`', '|', '\\', '{', '=', '\u{3000}'])
}

/// Whether a line begins with a label and a colon: `联系人：张三`, `Phone: 0451`.
fn has_label(line: &str) -> bool {
    let line = line.trim_start_matches('*');
    if let Some((label, rest)) = line.split_once(": ")
        && label.starts_with(|c: char| c.is_ascii_uppercase())
    {
        let label = label.trim_end_matches('*');
        let is_word = label.bytes().all(|c| c.is_ascii_alphabetic() || c == b'-');
        return is_word && label.len() <= 2 * MAX_LABEL && !rest.trim_matches('*').is_empty();
    }
    let Some((label, rest)) = line.split_once(['：', ':']) else { return false };
    let label = label.trim_end_matches('*');
    let length = label.chars().count();
    (2..=MAX_LABEL).contains(&length)
        && !rest.trim_matches('*').is_empty()
        && label.chars().all(|c| is_han(c) || c == '\u{3000}' || c == ' ')
}
