//! Lines of a paragraph that were meant as paragraphs or items: `　　现将…`, `二、…`, `电话：…`.

use super::{Line, warning};
use crate::content::markdown::dialects::LiteralMark;
use crate::diagnostic::{Code, message};
use crate::language::is_han;

/// The longest label before a colon, in characters.
const MAX_LABEL: usize = 8;

/// The numerals of Chinese.
const NUMERALS: &str = "一二三四五六七八九十百零〇";

/// Finds the lines of a paragraph before which an empty line is missing.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<LiteralMark> {
    lines
        .windows(2)
        .filter_map(|pair| match pair {
            [before, line] if !line.is_broken_before => check(before, line),
            _ => None,
        })
        .collect()
}

fn check(before: &Line<'_>, line: &Line<'_>) -> Option<LiteralMark> {
    let is_item = is_item(line.text) && (is_item(before.text) || ends_sentence(before.text));
    if is_indented(line.text) || is_item {
        let message = message!(
            "this line would join the line before it on the page",
            "这一行在页面上会与上一行连成一段"
        );
        let help = message!(
            "put an empty line before it; if it only continues the sentence, remove the line break",
            "请在它前面空一行；如果它只是接着上一行的句子，请删去换行"
        );
        return Some(warning(Code::MissingEmptyLine, line.range.clone(), message, help));
    }
    if !(has_label(line.text) && has_label(before.text)) {
        return None;
    }
    let message = message!(
        "this line would join the line before it on the page",
        "这一行在页面上会与上一行连成一段"
    );
    let help = message!(
        "end the line before it with `\\`, or put an empty line between them",
        "请在上一行的末尾加 `\\`，或在两行之间空一行"
    );
    Some(warning(Code::MissingEmptyLine, line.range.clone(), message, help))
}

/// Whether a line begins with the empty cells of an official document's paragraph.
fn is_indented(line: &str) -> bool {
    line.starts_with('\u{3000}')
        || ["\u{a0}\u{a0}", "\u{2003}\u{2003}", "&emsp;", "&nbsp;&nbsp;", "&#12288;"]
            .iter()
            .any(|space| line.starts_with(space))
}

/// Whether a line begins as an item of a Chinese document: `一、`, `（一）`, `1、`, `①`, `第一条`.
fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '\u{3000}', '\u{a0}']);
    let first = line.chars().next();
    if first.is_some_and(|c| matches!(c, '①'..='⑳' | '⑴'..='⒇' | '㈠'..='㈩')) {
        return true;
    }
    if let Some(inner) = line.strip_prefix(['（', '(']) {
        return strip_numeral(inner).is_some_and(|rest| rest.starts_with(['）', ')']));
    }
    if let Some(inner) = line.strip_prefix('第') {
        return strip_numeral(inner).is_some_and(|rest| rest.starts_with(['条', '章', '节', '款']));
    }
    strip_numeral(line).is_some_and(|rest| rest.starts_with(['、', '．', '）']))
}

fn strip_numeral(text: &str) -> Option<&str> {
    let is_numeral = |c: char| NUMERALS.contains(c) || c.is_ascii_digit() || is_wide_digit(c);
    let rest = text.trim_start_matches(is_numeral);
    let length = text[..text.len() - rest.len()].chars().count();
    (1..=4).contains(&length).then_some(rest)
}

const fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['*', '”', '）']).ends_with(['。', '！', '？', '；', '：', ':', ';'])
}

/// Whether a line begins with a label and a full-width colon: `联系人：张三`.
fn has_label(line: &str) -> bool {
    let line = line.trim_start_matches('*');
    let Some((label, rest)) = line.split_once('：') else { return false };
    let length = label.chars().count();
    (2..=MAX_LABEL).contains(&length)
        && !rest.trim_matches('*').is_empty()
        && label.chars().all(|c| is_han(c) || c == '\u{3000}' || c == ' ')
}
