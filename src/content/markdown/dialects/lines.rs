//! Marks of blocks at the start of lines, where the text stays a paragraph: `##一、`, `-甲`, `:::`.

use std::collections::BTreeMap;

use super::{LiteralMark, is_escaped, whole_lines};
use crate::content::markdown::notice_lines::continues_attachments;
use crate::diagnostic::{Message, Severity, message};
use crate::language::{is_full_width, is_han, is_shared_punctuation, to_half_width};

/// The longest part of a line that a help repeats, in characters.
const MAX_REPEATED: usize = 16;

/// First words of notes, which an asterisk may precede.
const NOTES: &[&str] = &["注", "备注", "说明", "数据", "以上"];

/// A literal mark at the start of a line.
pub(super) struct LineMark {
    pub(super) mark: LiteralMark,
    /// Whether the line may be a note that an asterisk in the text refers to.
    pub(super) may_be_note: bool,
    /// The sign of a list item that is meant only if another line has the same sign.
    needs_company: Option<char>,
}

impl LineMark {
    fn sure(mark: LiteralMark) -> Self {
        Self { mark, may_be_note: false, needs_company: None }
    }
}

/// Finds the marks at the starts of a block's lines.
pub(super) fn find(markdown: &str, starts: &[usize]) -> Vec<LineMark> {
    let mut found: Vec<LineMark> = Vec::new();
    let mut is_in_fence = false;
    for (index, start) in starts.iter().enumerate() {
        let line = Line::new(markdown, *start, index == 0);
        if is_in_fence && matches!(line.text.trim(), "$$" | ":::") {
            is_in_fence = false;
            continue;
        }
        if let Some(mark) = line.mark() {
            is_in_fence |= line.text.starts_with("$$") || line.text.starts_with(":::");
            found.push(mark);
        }
    }
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for sign in found.iter().filter_map(|mark| mark.needs_company) {
        *counts.entry(sign).or_default() += 1;
    }
    found.retain(|mark| {
        mark.needs_company.is_none_or(|sign| counts.get(&sign).is_some_and(|count| *count > 1))
    });
    found
}

/// A line of a paragraph.
struct Line<'t> {
    markdown: &'t str,
    start: usize,
    text: &'t str,
    is_first: bool,
    /// Whether characters that no parser takes for an indent precede the text.
    is_indented: bool,
}

impl<'t> Line<'t> {
    fn new(markdown: &'t str, start: usize, is_first: bool) -> Self {
        let line = markdown[start..].lines().next().unwrap_or_default();
        let text = line.trim_start_matches(['\u{3000}', '\u{a0}', '\u{200b}', '\u{feff}']);
        let is_indented = text.len() < line.len();
        Self { markdown, start: start + line.len() - text.len(), text, is_first, is_indented }
    }

    fn mark(&self) -> Option<LineMark> {
        let sign = to_half_width(self.text.chars().next()?);
        match sign {
            '#' => self.heading().or_else(|| self.whole_line()),
            '-' | '+' | '*' => self.bullet(sign).or_else(|| self.whole_line()),
            '0'..='9' => self.number(),
            '>' => self.quotation(),
            ':' => self.definition().or_else(|| self.whole_line()),
            '[' | '【' | '〔' => self.checkbox().or_else(|| self.whole_line()),
            '—' | '_' | '=' | '－' | '＿' | '＝' => {
                self.dashes().or_else(|| self.whole_line())
            }
            _ => self.whole_line(),
        }
    }

    fn found(&self, severity: Severity, length: usize, help: Message) -> Option<LineMark> {
        let range = self.start..self.start + length;
        if is_escaped(self.markdown, self.start) {
            return None;
        }
        Some(LineMark::sure(LiteralMark::new(severity, self.markdown, range, help)))
    }

    /// `##一、`, `＃＃ 一、`; not `#1`, `#话题#`.
    fn heading(&self) -> Option<LineMark> {
        let rest = self.text.trim_start_matches(['#', '＃']);
        let mark = &self.text[..self.text.len() - rest.len()];
        let level = mark.chars().count();
        let words = rest.trim();
        let first = words.chars().next()?;
        let is_topic = level == 1 && (!self.is_first || words.contains(['#', '＃']));
        let is_number = level == 1 && !rest.starts_with(char::is_whitespace) && first.is_numeric();
        let is_word = first.is_alphanumeric() || "（《“【(".contains(first);
        let is_read =
            level <= 6 && mark.is_ascii() && rest.starts_with([' ', '\t']) && !self.is_indented;
        if is_topic || is_number || !is_word || is_read {
            return None;
        }
        let meant = format!("{} {}", "#".repeat(level.clamp(2, 6)), beginning(words));
        let help = if level > 6 {
            message!(
                "a heading has at most six signs: write `{meant}`",
                "小标题的符号最多六个：请写成 `{meant}`"
            )
        } else if mark.is_ascii() && !self.is_indented {
            let escaped = format!("\\{mark}");
            message!(
                "write a space after the signs of a heading: `{meant}`; \
                 to show the signs, write `{escaped}`",
                "小标题的符号后面要有空格：`{meant}`；如果要显示符号本身，请写 `{escaped}`"
            )
        } else {
            message!("write `{meant}` for a heading", "小标题请写成 `{meant}`")
        };
        self.found(Severity::Error, mark.len(), help)
    }

    /// `-甲`, `＊甲`; not `-5`, nor a signature `-Lee`.
    fn bullet(&self, sign: char) -> Option<LineMark> {
        let written = self.text.chars().next()?;
        let rest = &self.text[written.len_utf8()..];
        let words = rest.trim();
        let first = words.chars().next()?;
        let has_odd_space = rest.starts_with(['\u{3000}', '\u{A0}']);
        let is_wide_with_space = written != sign && rest.starts_with(' ');
        let is_chinese = is_han(first) || "《“（【".contains(first);
        let is_latin = first.is_ascii_uppercase();
        let is_spaced = rest.starts_with(char::is_whitespace);
        let is_word = is_chinese || is_latin;
        if !is_word
            || (is_spaced && !has_odd_space && !is_wide_with_space && !self.is_indented)
            || has_partner(written, rest)
        {
            return None;
        }
        let meant = format!("{sign} {}", beginning(words));
        let help = message!(
            "write a space after the sign of a list item: `{meant}`; \
             to show the sign, write `\\{sign}`",
            "列表项的符号后面要有空格：`{meant}`；如果要显示符号本身，请写 `\\{sign}`"
        );
        let mut found = self.found(Severity::Warning, written.len_utf8(), help)?;
        found.needs_company = (!is_chinese && !has_odd_space).then_some(written);
        found.may_be_note = sign == '*';
        let is_note = sign == '*' && NOTES.iter().any(|note| words.starts_with(note));
        (!is_note).then_some(found)
    }

    /// `1.甲`, `1）甲`; not `1.5`, nor `1．甲` and `　　1.甲`, which official documents have.
    fn number(&self) -> Option<LineMark> {
        if self.has_empty_cells() || continues_attachments(self.markdown, self.start, self.text) {
            return None;
        }
        let digits = self.text.len() - self.text.trim_start_matches(is_any_digit).len();
        let (number, rest) = self.text.split_at(digits);
        let separator = rest.chars().next().filter(|c| matches!(c, '.' | ')' | '）' | '。'))?;
        let rest = &rest[separator.len_utf8()..];
        let words = rest.trim();
        let first = words.chars().next()?;
        let has_odd_space = rest.starts_with(['\u{3000}', '\u{A0}']);
        let is_wide = matches!(separator, '）' | '。') || !number.is_ascii();
        if is_spaced_item(number, rest, self.is_first) {
            return self.late_item(digits + separator.len_utf8(), separator);
        }
        let is_chinese = is_han(first) || "《“（【".contains(first);
        let is_spaced = rest.starts_with(char::is_whitespace);
        let is_word = is_chinese || first.is_ascii_uppercase();
        if number.chars().count() > 2 || !is_word || (is_spaced && !has_odd_space && !is_wide) {
            return None;
        }
        let number: String = number.chars().map(to_half_width).collect();
        let dot = if separator == '。' { '.' } else { to_half_width(separator) };
        let meant = format!("{number}{dot} {}", beginning(words));
        let help = message!(
            "write a list item as `{meant}`; to keep it as text, write `{number}\\{dot}`",
            "列表项请写成 `{meant}`；如果要原样显示，请写 `{number}\\{dot}`"
        );
        let length = digits + separator.len_utf8();
        let mut found = self.found(Severity::Warning, length, help)?;
        found.needs_company = (!is_chinese && !has_odd_space).then_some(separator);
        Some(found)
    }

    /// Whether the line begins as a paragraph of an official document does (GB/T 9704-2012 §7.3.3).
    fn has_empty_cells(&self) -> bool {
        self.markdown[..self.start].ends_with("\u{3000}\u{3000}")
    }

    /// `2. 甲` below a line of text: only an item with the number 1 ends a paragraph.
    fn late_item(&self, length: usize, separator: char) -> Option<LineMark> {
        let help = message!(
            "put an empty line before the first item of the list",
            "请在列表的第一项之前空一行"
        );
        let mut found = self.found(Severity::Warning, length, help)?;
        found.needs_company = Some(separator);
        Some(found)
    }

    /// `：解释` below a term, and `: caption` as pandoc writes it beside a table.
    fn definition(&self) -> Option<LineMark> {
        let sign = self.text.chars().next()?;
        let rest = &self.text[sign.len_utf8()..];
        let words = beginning(rest.trim());
        if words.is_empty() || rest.starts_with([':', '：']) {
            return None;
        }
        if self.is_first {
            let is_caption = sign == ':' && rest.starts_with(' ');
            let help = message!(
                "write the caption of a table directly above it, as `Table: {words}`",
                "表格的标题请写在表格的正上方：`表：{words}`"
            );
            return is_caption.then(|| self.found(Severity::Warning, 1, help)).flatten();
        }
        let help = message!("write `: {words}` below a term", "名词的解释请写成 `: {words}`");
        (sign == '：').then(|| self.found(Severity::Warning, sign.len_utf8(), help)).flatten()
    }

    /// `[ ]甲`, `[]甲`, `【 】甲` at the start of a list item.
    fn checkbox(&self) -> Option<LineMark> {
        let before = self.markdown[..self.start].trim_end_matches(' ');
        let boxes = [
            "[ ]",
            "[x]",
            "[X]",
            "[]",
            "【 】",
            "【】",
            "【x】",
            "【√】",
            "〔 〕",
            "〔〕",
            "〔x〕",
            "〔√〕",
            "[√]",
            "[✓]",
        ];
        let mark = boxes.into_iter().find(|mark| self.text.starts_with(mark))?;
        let rest = &self.text[mark.len()..];
        let words = beginning(rest.trim());
        if !before.ends_with(['-', '*', '+']) || words.is_empty() || rest.starts_with(['(', '[']) {
            return None;
        }
        let meant = if mark.contains(['x', 'X', '√', '✓']) { "[x]" } else { "[ ]" };
        let help = message!("write `{meant} {words}`", "请写成 `{meant} {words}`");
        self.found(Severity::Error, mark.len(), help)
    }

    /// A line of dashes that runs together with its neighbours.
    fn dashes(&self) -> Option<LineMark> {
        let line = self.text.trim();
        let sign = line.chars().next()?;
        let least = if sign == '=' { 3 } else { 4 };
        let is_rule = line.chars().all(|c| c == sign) && line.chars().count() >= least;
        let below = self.markdown[self.start..].split_once('\n').map_or("", |(_, rest)| rest);
        let is_alone = sign != '='
            && self.is_first
            && below.lines().next().is_none_or(|line| line.trim().is_empty());
        let help = message!(
            "write `---` with an empty line above and below for a line across the page",
            "要画一条横线，请写 `---`，上下各空一行"
        );
        (is_rule && !is_alone).then(|| self.found(Severity::Warning, line.len(), help)).flatten()
    }

    fn quotation(&self) -> Option<LineMark> {
        let sign = self.text.chars().next()?;
        let rest = self.text.strip_prefix(['>', '＞'])?;
        let words = beginning(rest.trim());
        let help = message!("write `> {words}` for a quotation", "引文请写成 `> {words}`");
        self.found(Severity::Error, sign.len_utf8(), help)
    }

    /// A line that has a meaning as a whole: `[TOC]`, `:::`, `\newpage`.
    fn whole_line(&self) -> Option<LineMark> {
        let line = self.text.trim();
        let (severity, help) = whole_lines::remedy(line)?;
        self.found(severity, line.len(), help)
    }
}

/// Reports a colon without a space that makes a definition of its line, and a term of the paragraph
/// before it: `:smile:`, `::: warning`.
pub(super) fn find_tight_definition(markdown: &str, start: usize) -> Option<LiteralMark> {
    let line = markdown.get(start..)?.lines().next()?.trim_end();
    let words = line.strip_prefix(':').filter(|rest| !rest.starts_with([' ', '\t']))?;
    if words.trim_matches(':').is_empty() {
        return None;
    }
    let (severity, help) = whole_lines::remedy(line).unwrap_or_else(|| {
        let words = beginning(words);
        let help = message!(
            "write `: {words}` for the meaning of a term, or `\\:` to show the colon",
            "名词的解释请写成 `: {words}`；如果要显示冒号，请写 `\\:`"
        );
        (Severity::Warning, help)
    });
    let message = message!(
        "this colon is not shown, and makes a term of the text before it",
        "这个冒号不会显示，而且会使前面的文字变成名词条目"
    );
    let mark = LiteralMark::new(severity, markdown, start..start + line.len(), help);
    Some(LiteralMark { message, ..mark })
}

/// Whether a list's sign has a partner in its line, as emphasis has.
fn has_partner(sign: char, rest: &str) -> bool {
    matches!(sign, '*' | '＊') && rest.contains(sign)
}

/// Whether a numbered line is an item that ends no paragraph: one with a space and not number 1.
fn is_spaced_item(number: &str, rest: &str, is_first: bool) -> bool {
    !is_first && number.is_ascii() && number != "1" && rest.starts_with(' ')
}

fn is_any_digit(c: char) -> bool {
    to_half_width(c).is_ascii_digit()
}

/// The first words of a line, cut where a sentence or a clause ends.
fn beginning(words: &str) -> String {
    let mut shown = String::new();
    for (index, c) in words.chars().enumerate() {
        let is_end = is_full_width(c) || is_shared_punctuation(c);
        if index == MAX_REPEATED || (index > 3 && is_end) || c == '`' {
            shown.push('…');
            break;
        }
        shown.push(c);
    }
    shown
}
