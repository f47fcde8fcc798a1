//! Begins a paragraph where a line of an official document begins one: `　　现将…`, `二、…`.
//!
//! Word, WPS and text files have one line for each paragraph, without an empty line between. A line
//! begins a paragraph if two empty cells precede it (GB/T 9704-2012 §7.3.3), if it is an item
//! beside another item or after the end of a sentence, behind the addressees and the number of a
//! document, and where its parts after the text begin: attachments, signature, date, note. The
//! numbers stay as they are written.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::emphasis::is_border;
use crate::language::is_han;

/// The numerals of Chinese.
const NUMERALS: &str = "一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾";

/// The largest number of attachments below `附件：` whose items are kept together.
const MAX_ATTACHMENTS: usize = 100;

/// Signs that begin the items of lists and forms in Word.
const BULLETS: &str = "●•·◆◇■□▪▲★☆○◎▷▶►➢➤⮚⮞※☐☑☒✓✔✗✘";

/// Letters that are bullets in the font Wingdings, and dashes, with a space behind them.
const SPACED_BULLETS: &str = "lnuvwqØüû§–—";

/// The events of a Markdown text, in which the lines of official documents are paragraphs.
pub(super) struct NoticeLines<'t, I: Iterator> {
    markdown: &'t str,
    events: Peekable<I>,
    /// The start of the paragraph whose predecessor has just ended.
    next: Option<(Event<'t>, Range<usize>)>,
    block: Block,
    /// The number of open containers inside of the block, such as emphasis.
    inline_depth: usize,
    line_start: Option<usize>,
}

/// The innermost open block.
#[derive(Debug, Clone)]
enum Block {
    Paragraph(Range<usize>),
    Heading,
    /// An item of a list without empty lines, or another block without paragraphs.
    Other,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> NoticeLines<'t, I> {
    pub(super) fn new(markdown: &'t str, events: I) -> Self {
        Self {
            markdown,
            events: events.peekable(),
            next: None,
            block: Block::Other,
            inline_depth: 0,
            line_start: None,
        }
    }

    /// The start of the line after a soft break, if it begins a paragraph.
    fn paragraph_start(&mut self, line_end: usize) -> Option<usize> {
        let before = self.markdown.get(self.line_start?..line_end)?.trim_end();
        let start = self.events.peek()?.1.start;
        let mut lines = self.markdown.get(start..)?.lines();
        let line = lines.next()?;
        let after = lines.next().unwrap_or_default().trim_start_matches(['>', ' ', '\t']);
        let is_start = begins_paragraph(before, line, after)
            || continues_attachments(self.markdown, start, line);
        is_start.then_some(start)
    }

    fn break_line(&mut self, range: Range<usize>) -> (Event<'t>, Range<usize>) {
        let start = self.paragraph_start(range.start);
        self.line_start = None;
        let Some(start) = start else { return (Event::SoftBreak, range) };
        match &self.block {
            Block::Heading => (Event::SoftBreak, range),
            Block::Paragraph(paragraph) if self.inline_depth == 0 => {
                let ended = paragraph.start..range.start;
                let rest = start..paragraph.end.max(start);
                self.next = Some((Event::Start(Tag::Paragraph), rest));
                (Event::End(TagEnd::Paragraph), ended)
            }
            _ => (Event::HardBreak, range),
        }
    }
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Iterator for NoticeLines<'t, I> {
    type Item = (Event<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        let (event, range) = self.events.next()?;
        if is_border(&event) {
            self.block = match &event {
                Event::Start(Tag::Paragraph) => Block::Paragraph(range.clone()),
                Event::Start(Tag::Heading { .. }) => Block::Heading,
                _ => Block::Other,
            };
            self.inline_depth = 0;
            self.line_start = None;
            return Some((event, range));
        }
        match &event {
            Event::SoftBreak => return Some(self.break_line(range)),
            Event::HardBreak => self.line_start = None,
            Event::End(_) => self.inline_depth = self.inline_depth.saturating_sub(1),
            _ => {
                self.inline_depth += usize::from(matches!(event, Event::Start(_)));
                self.line_start.get_or_insert(range.start);
            }
        }
        Some((event, range))
    }
}

/// Whether a line begins a paragraph, between the lines before and after it.
fn begins_paragraph(before: &str, line: &str, after: &str) -> bool {
    is_indented(line)
        || is_item(line) && (is_item(before) || ends_sentence(before) || is_item(after))
        || is_address(before)
        || is_document_number(before) && is_address(line)
        || is_date(line) && (after.trim().is_empty() || starts_end(after))
        || is_date(before) && starts_end(line)
        || ends_sentence(before) && (starts_end(line) || is_date(after))
}

/// Whether a line ends in a colon, as the addressees of a document do: `各单位：`.
fn is_address(line: &str) -> bool {
    let rest = line.trim_end_matches('*').strip_suffix(['：', ':']).unwrap_or_default();
    rest.ends_with(|c| is_han(c) || c == '）')
}

/// Whether a line is the number of a document: `哈政规〔2022〕22号`.
fn is_document_number(line: &str) -> bool {
    line.ends_with('号') && line.contains('〔') && !line.contains(is_mark)
}

/// Whether a line is a date alone, as below a signature: `2022年4月20日`, `二〇二二年四月二十日`.
fn is_date(line: &str) -> bool {
    let line = line.trim_matches(['*', '\u{3000}', ' ']);
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

/// Whether a line begins a part behind the text of a document.
fn starts_end(line: &str) -> bool {
    ["附件：", "附件:", "附件1", "附：", "抄送：", "抄报：", "（此件", "(此件"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Whether a line is a further item below `附件：1.…`: `2.房源清单`.
pub(super) fn continues_attachments(markdown: &str, start: usize, line: &str) -> bool {
    if !is_numbered(line) {
        return false;
    }
    let before = markdown.get(..start).unwrap_or_default();
    let lines = before.lines().rev().map(|line| line.trim_matches(['*', ' ', '\u{3000}']));
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
pub(super) fn is_mark(c: char) -> bool {
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
pub(super) fn is_item(line: &str) -> bool {
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
    // `一.甲`, but not `1.甲`, whose dot needs a space in Markdown.
    let is_chinese = line.starts_with(|c| NUMERALS.contains(c));
    let rest = strip_numeral(line).and_then(|rest| rest.strip_prefix('.'));
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

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['*', '”', '）']).ends_with(['。', '！', '？', '；', '：', ':', ';'])
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Tag, TagEnd};

    use super::super::parser::text_with_marks;

    /// The texts of a body, with `¶` before each paragraph, `*` around what is strong, `|` for line
    /// breaks and `/` for soft ones.
    fn shown(markdown: &str) -> String {
        text_with_marks(markdown, |event| {
            let mark = match event {
                Event::Start(Tag::Paragraph) => "¶",
                Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => "*",
                Event::HardBreak => "|",
                Event::SoftBreak => "/",
                _ => "",
            };
            mark.to_owned()
        })
    }

    #[test]
    fn lines_of_official_documents_are_paragraphs() {
        for (markdown, expected) in [
            ("　　白天。\n　　夜间。", "¶　　白天。¶　　夜间。"),
            ("各单位：\n　　白天\r\n　　夜间", "¶各单位：¶　　白天¶　　夜间"),
            ("一、供热\n二、任务", "¶一、供热¶二、任务"),
            ("任务如下\n（一）检修\n（二）热线", "¶任务如下¶（一）检修¶（二）热线"),
            ("安排如下：\n1、登记", "¶安排如下：¶1、登记"),
            ("> 安排：\n> 1、登记\n> 2、派单", "¶安排：¶1、登记¶2、派单"),
            ("- ①登记\n  ②派单", "①登记|②派单"),
            ("**一、供热**\n**二、任务**", "¶*一、供热*¶*二、任务*"),
            ("**一、供热\n二、任务**", "¶*一、供热|二、任务*"),
            ("● 登记\n● 派单", "¶● 登记¶● 派单"),
            ("A、甲\nB、乙", "¶A、甲¶B、乙"),
            ("（a）甲\n（b）乙", "¶（a）甲¶（b）乙"),
            ("l 甲\nl 乙", "¶l 甲¶l 乙"),
            ("– 甲\n– 乙", "¶– 甲¶– 乙"),
            ("——甲。\n——乙。", "¶——甲。¶——乙。"),
            ("→甲\n→乙", "¶→甲¶→乙"),
            ("□ 甲\n☑ 乙", "¶□ 甲¶☑ 乙"),
            ("第一条　甲\n第二条　乙", "¶第一条　甲¶第二条　乙"),
            ("一、供热\n冬季\n二、任务。\n三、其他", "¶一、供热/冬季¶二、任务。¶三、其他"),
            ("一是检修。\n二是登记。", "¶一是检修。¶二是登记。"),
            ("第一，检修。\n第二，登记。", "¶第一，检修。¶第二，登记。"),
            ("Ⅰ、检修\nⅡ、登记", "¶Ⅰ、检修¶Ⅱ、登记"),
            ("II. 检修\nIII. 登记", "¶II. 检修¶III. 登记"),
            ("一.检修\n二.登记", "¶一.检修¶二.登记"),
            ("❶检修\n❷登记", "¶❶检修¶❷登记"),
            ("各区、县（市）政府：\n现将办法印发。", "¶各区、县（市）政府：¶现将办法印发。"),
            ("哈政规〔2022〕22号\n各单位：\n现", "¶哈政规〔2022〕22号¶各单位：¶现"),
            ("- 材料：\n  身份证", "材料：|身份证"),
            ("执行。\n市政府\n2022年4月20日", "¶执行。¶市政府¶2022年4月20日"),
            ("市政府\n二〇二二年四月二十日", "¶市政府¶二〇二二年四月二十日"),
            ("2022年4月20日\n（此件公开发布）", "¶2022年4月20日¶（此件公开发布）"),
            ("执行。\n附件：1.甲表\n2.乙表\n3．丙表", "¶执行。¶附件：1.甲表¶2.乙表¶3．丙表"),
            ("附件：1. 甲表\n2. 乙表", "¶附件：1. 甲表¶2. 乙表"),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn wrapped_lines_stay_one_paragraph() {
        for (markdown, expected) in [
            ("见第\n一、二条", "¶见第/一、二条"),
            ("湖区\n——全市", "¶湖区/——全市"),
            ("见甲。\n1、2号楼", "¶见甲。/1、2号楼"),
            ("见第（一）\n（二）、（三）项", "¶见第（一）/（二）、（三）项"),
            ("一、供热\\\n二、任务", "¶一、供热|二、任务"),
            ("甲。\ne.g. 乙", "¶甲。/e.g. 乙"),
            ("The lake is open\nfrom 1 June.", "¶The lake is open/from 1 June."),
            ("湖区今日\n开放。", "¶湖区今日/开放。"),
            ("Offices:\nthe lake is open", "¶Offices:/the lake is open"),
            ("截至\n2022年4月20日\n共三百件。", "¶截至/2022年4月20日/共三百件。"),
            ("根据国办发〔2022〕22号\n文件要求", "¶根据国办发〔2022〕22号/文件要求"),
            ("自\n2022年4月20日起", "¶自/2022年4月20日起"),
            ("据统计，\n一是误差", "¶据统计，/一是误差"),
            ("见第\n2.5版", "¶见第/2.5版"),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }
}
