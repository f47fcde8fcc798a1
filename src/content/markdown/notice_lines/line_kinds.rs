//! Classifies the lines of official documents: items, addressees, dates, attachments.

use super::ordinals::{
    begins_ordinal, begins_speech, begins_time, has_section_number, is_closing, is_date_in_digits,
    is_english_date,
};
use crate::language::is_han;

/// The Chinese numerals.
const NUMERALS: &str = "一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾";

/// The largest number of attachments below `附件：` whose items are kept together.
const MAX_ATTACHMENTS: usize = 100;

/// The number of bytes before an item that are searched for `附件：`.
const MAX_SEARCHED: usize = 4096;

/// Signs that begin the items of lists and forms in Word.
const BULLETS: &str = "●•·◆◇■□▪▲★☆○◎▷▶►➢➤⮚⮞※☐☑☒✓✔✗✘";

/// Letters that are bullets in the font Wingdings, and dashes, with a space behind them.
const SPACED_BULLETS: &str = "lnuvwqØüû§–—";

/// Whether a line begins a paragraph, between the lines before and after it.
pub(super) fn begins_paragraph(before: &str, line: &str, after: &str) -> bool {
    is_indented(line)
        || is_item(line) && (is_item(before) || ends_sentence(before) || is_item(after))
        || begins_ordinal(line) && (begins_ordinal(before) || ends_sentence(before))
        || begins_time(line) && (begins_time(before) || begins_time(after))
        || has_section_number(line) && (has_section_number(before) || has_section_number(after))
        || begins_speech(line) && (begins_speech(before) || ends_sentence(before))
        || is_closing(before)
        || precedes_signature(before, after)
        || is_addressee(before)
        || is_document_number(before) && is_addressee(line)
        || is_date(line) && (after.trim().is_empty() || starts_end(after))
        || is_date(before) && starts_end(line)
        || ends_sentence(before) && (starts_end(line) || is_date(after))
}

/// Whether a line names the addressees of a document, with a colon at its end: `各单位：`.
fn is_addressee(line: &str) -> bool {
    let rest = line.trim_end_matches('*').strip_suffix(['：', ':']).unwrap_or_default();
    rest.ends_with(|c| is_han(c) || c == '）')
}

/// Whether a line is the number of a document: `哈政规〔2022〕22号`.
fn is_document_number(line: &str) -> bool {
    line.ends_with('号') && line.contains('〔') && !line.contains(is_mark)
}

/// Whether a line is a date alone, as below a signature: `2022年4月20日`, `二〇二二年四月二十日`,
/// `2022-04-20`, `20 April 2022`.
fn is_date(line: &str) -> bool {
    let line = line.trim_matches(['*', '\u{3000}', ' ']);
    if is_date_in_digits(line) || is_english_date(line) {
        return true;
    }
    let parts = line.strip_suffix('日').and_then(|rest| rest.split_once('年'));
    parts.and_then(|(year, rest)| Some((year, rest.split_once('月')?))).is_some_and(
        |(year, (month, day))| {
            [year, month, day].iter().all(|part| {
                let part = part.trim();
                !part.is_empty() && part.chars().all(is_numeral)
            })
        },
    )
}

/// Whether a line begins a part after the text of a document, such as its attachments.
fn starts_end(line: &str) -> bool {
    ["附件：", "附件:", "附件1", "附：", "抄送：", "抄报：", "（此件", "(此件"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Whether a line is a further item below `附件：1.…`: `2.房源清单`.
pub(in crate::content::markdown) fn continues_attachments(
    markdown: &str,
    start: usize,
    line: &str,
) -> bool {
    if !is_numbered(line) {
        return false;
    }
    let before = markdown.get(..start).unwrap_or_default();
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_SEARCHED))..];
    if !near.contains("附件") {
        return false;
    }
    let lines = near.lines().rev().map(|line| line.trim_matches(['*', ' ', '\u{3000}']));
    let head = lines.take(MAX_ATTACHMENTS).find(|line| !is_numbered(line));
    head.is_some_and(|line| {
        let rest = line.strip_prefix("附件").unwrap_or_default();
        rest.strip_prefix(['：', ':'])
            .is_some_and(|rest| rest.is_empty() || is_numbered(rest.trim()))
    })
}

/// Whether a line begins as `2.甲`.
fn is_numbered(line: &str) -> bool {
    strip_numeral(line).is_some_and(|rest| rest.starts_with(['.', '．']))
}

/// Whether a character is a mark between the parts of a sentence.
pub(in crate::content::markdown) fn is_mark(c: char) -> bool {
    "，。；：！？、,;:!?.…".contains(c)
}

/// Whether a line begins with the empty cells of an official document's paragraph.
fn is_indented(line: &str) -> bool {
    line.starts_with('\u{3000}')
        || ["\u{a0}\u{a0}", "\u{2003}\u{2003}", "&emsp;", "&nbsp;&nbsp;", "&#12288;"]
            .iter()
            .any(|space| line.starts_with(space))
}

/// Whether a line begins as an item of a Chinese document: `一、`, `（一）`, `1、`, `①`, `第一条`.
pub(in crate::content::markdown) fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '\u{3000}', '\u{a0}']);
    let mut chars = line.chars();
    let first = chars.next();
    if first.is_some_and(|c| matches!(c, '①'..='⒛' | '㈠'..='㈩' | '❶'..='❿')) {
        return true;
    }
    let roman = line.trim_start_matches(|c| matches!(c, 'Ⅰ'..='Ⅻ' | 'I' | 'V' | 'X'));
    if roman.len() < line.len() && roman.strip_prefix(['、', '．', '.']).is_some_and(starts_chinese)
    {
        return true;
    }
    if first.is_some_and(|c| BULLETS.contains(c)) {
        return chars.next().is_some_and(|c| !BULLETS.contains(c));
    }
    if first.is_some_and(|c| SPACED_BULLETS.contains(c)) && line.chars().nth(1) == Some(' ') {
        return line.chars().nth(2).is_some_and(is_han);
    }
    if let Some(rest) = line.strip_prefix("——").or_else(|| line.strip_prefix('→')) {
        return rest.starts_with(is_han);
    }
    // References after GB/T 7714: `[1] 李明. 供热[M].`
    if let Some(inner) = line.strip_prefix(['[', '［', '〔']) {
        let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        let length = inner.len() - rest.len();
        return (1..=3).contains(&length)
            && rest.strip_prefix([']', '］', '〕']).is_some_and(|rest| {
                rest.starts_with([' ', '\u{3000}']) || rest.starts_with(is_han)
            });
    }
    if let Some(inner) = line.strip_prefix(['（', '(']) {
        let rest = strip_label(inner).and_then(|rest| rest.strip_prefix(['）', ')']));
        return rest.is_some_and(|rest| !rest.starts_with(['、', '（', '(']));
    }
    if let Some(inner) = line.strip_prefix('第') {
        let ends = ['条', '章', '节', '款', '，', '、', '：'];
        return strip_numeral(inner).is_some_and(|rest| rest.starts_with(ends));
    }
    // `一是加强领导`
    if strip_numeral(line).is_some_and(|rest| rest.starts_with('是')) {
        return !line.starts_with(|c: char| c.is_ascii_digit());
    }
    // `一、二条` continues a list of numbers.
    let rest = strip_numeral(line).and_then(|rest| rest.strip_prefix(['、', '．', '）']));
    if rest.is_some_and(|rest| !rest.starts_with(is_numeral)) {
        return true;
    }
    // `A、甲` and `a.甲`, but not `A.B` or `e.g.`.
    let letter = line.strip_prefix(|c: char| c.is_ascii_alphabetic());
    let rest = letter.and_then(|rest| rest.strip_prefix(['、', '．', '.', '）', ')']));
    if rest.is_some_and(starts_chinese) {
        return true;
    }
    // `一.甲` and `一，甲`, but not `1.甲`, whose dot needs a space in Markdown.
    let is_chinese = line.starts_with(|c| NUMERALS.contains(c));
    let rest = strip_numeral(line).and_then(|rest| rest.strip_prefix(['.', '，']));
    let rest = rest.filter(|rest| !rest.starts_with(is_numeral));
    is_chinese && rest.is_some_and(starts_chinese)
}

fn starts_chinese(text: &str) -> bool {
    text.trim_start().starts_with(is_han)
}

/// Strips a numeral or one letter, as they are between brackets.
fn strip_label(text: &str) -> Option<&str> {
    strip_numeral(text).or_else(|| text.strip_prefix(|c: char| c.is_ascii_alphabetic()))
}

fn strip_numeral(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_numeral);
    let length = text[..text.len() - rest.len()].chars().count();
    (1..=4).contains(&length).then_some(rest)
}

fn is_numeral(c: char) -> bool {
    NUMERALS.contains(c) || c.is_ascii_digit() || matches!(c, '０'..='９')
}

pub(in crate::content::markdown) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['*', '”', '）']).ends_with(['。', '！', '？', '；', '：', ':', ';'])
}

/// Whether the name and the date of an English notice follow a line: it ends in a full stop.
fn precedes_signature(line: &str, after: &str) -> bool {
    line.ends_with('.') && is_english_date(after)
}
