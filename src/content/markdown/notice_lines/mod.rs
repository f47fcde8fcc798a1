//! Begins a paragraph where a line of an official document begins one: `　　现将…`, `二、…`.
//!
//! Word, WPS and text files have one line for each paragraph, without an empty line between. A line
//! begins a paragraph if two empty cells precede it (GB/T 9704-2012 §7.3.3), if it is an item
//! beside another item or after the end of a sentence, behind the addressees and the number of a
//! document, and where its parts after the text begin: attachments, signature, date, note. The
//! numbers stay as they are written.

mod line_kinds;
mod ordinals;

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use self::line_kinds::begins_paragraph;
pub(super) use self::line_kinds::{continues_attachments, ends_sentence, is_item, is_mark};
use self::ordinals::is_closing;
use super::emphasis::is_border;

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
    /// Whether the lines of the open paragraph are those of a signature, behind `Yours,`.
    is_signature: bool,
    /// Whether the paragraph before has ended a letter.
    is_letter_closed: bool,
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
            is_signature: false,
            is_letter_closed: false,
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

    /// Whether the line that ends here closes a letter.
    fn closes_letter(&self, line_end: usize) -> bool {
        let line = self.line_start.and_then(|start| self.markdown.get(start..line_end));
        line.is_some_and(|line| is_closing(line.trim_end()))
    }

    fn break_line(&mut self, range: Range<usize>) -> (Event<'t>, Range<usize>) {
        if self.is_signature && self.inline_depth == 0 {
            self.line_start = None;
            return (Event::HardBreak, range);
        }
        let start = self.paragraph_start(range.start);
        self.is_signature = self.closes_letter(range.start);
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
            if matches!(event, Event::Start(Tag::Paragraph)) {
                self.is_signature = std::mem::take(&mut self.is_letter_closed);
            } else {
                self.is_letter_closed =
                    event == Event::End(TagEnd::Paragraph) && self.closes_letter(range.end);
            }
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
            ("[1] 李明. 供热\n[2] 王芳. 检修", "¶[1] 李明. 供热¶[2] 王芳. 检修"),
            ("一.检修\n二.登记", "¶一.检修¶二.登记"),
            ("❶检修\n❷登记", "¶❶检修¶❷登记"),
            ("一，检修\n二，登记", "¶一，检修¶二，登记"),
            ("1.1 检修\n1.2 登记", "¶1.1 检修¶1.2 登记"),
            ("1.1.1检修\n1.1.2登记", "¶1.1.1检修¶1.1.2登记"),
            ("问：何时？\n答：五月。", "¶问：何时？¶答：五月。"),
            ("Q1：何时\nA1：五月。", "¶Q1：何时¶A1：五月。"),
            ("各区、县（市）政府：\n现将办法印发。", "¶各区、县（市）政府：¶现将办法印发。"),
            ("哈政规〔2022〕22号\n各单位：\n现", "¶哈政规〔2022〕22号¶各单位：¶现"),
            ("- 材料：\n  身份证", "材料：|身份证"),
            ("执行。\n市政府\n2022年4月20日", "¶执行。¶市政府¶2022年4月20日"),
            ("市政府\n二〇二二年四月二十日", "¶市政府¶二〇二二年四月二十日"),
            ("2022年4月20日\n（此件公开发布）", "¶2022年4月20日¶（此件公开发布）"),
            ("执行。\n附件：1.甲表\n2.乙表\n3．丙表", "¶执行。¶附件：1.甲表¶2.乙表¶3．丙表"),
            ("附件：1. 甲表\n2. 乙表", "¶附件：1. 甲表¶2. 乙表"),
            ("首先，检修。\n其次，登记。", "¶首先，检修。¶其次，登记。"),
            ("首先检修管网\n其次登记用户", "¶首先检修管网¶其次登记用户"),
            ("议程\n8:30 签到\n9：00—10:00 开会", "¶议程¶8:30 签到¶9：00—10:00 开会"),
            ("上午9点 开会\n下午2时30分 散会", "¶上午9点 开会¶下午2时30分 散会"),
            ("5月1日，开幕。\n5月2日至3日，比赛。", "¶5月1日，开幕。¶5月2日至3日，比赛。"),
            ("星期一：甲\n星期二：乙", "¶星期一：甲¶星期二：乙"),
            ("9:00 am Doors\n9:30 am Talk", "¶9:00 am Doors¶9:30 am Talk"),
            ("Monday closed\nTuesday open", "¶Monday closed¶Tuesday open"),
            ("执行。\n市政府\n2022-04-20", "¶执行。¶市政府¶2022-04-20"),
            ("It is closed.\nOffice\n5 May 2026", "¶It is closed.¶Office¶5 May 2026"),
            ("Office\nMay 5, 2026", "¶Office¶May 5, 2026"),
            ("Yours sincerely,\nLi Ming", "¶Yours sincerely,¶Li Ming"),
            ("Yours,\nLi Ming\nDirector\nOffice", "¶Yours,¶Li Ming|Director|Office"),
            ("Yours,\n\nLi Ming\nDirector\n\nA\nb", "¶Yours,¶Li Ming|Director¶A/b"),
            ("此致\n敬礼！\n\n李明\n主任", "¶此致¶敬礼！¶李明|主任"),
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
            ("湖区\n2.5 公顷，", "¶湖区/2.5 公顷，"),
            ("见甲。\n2.5 公顷", "¶见甲。/2.5 公顷"),
            ("据此\n一，二，三号", "¶据此/一，二，三号"),
            ("再\n问：何时", "¶再/问：何时"),
            ("见文献\n[1] 和\n文献", "¶见文献/[1] 和/文献"),
            ("湖区今日，\n首先开放", "¶湖区今日，/首先开放"),
            ("于\n8:30开门，\n9:00关门", "¶于/8:30开门，/9:00关门"),
            ("Open at\n8:30 and at\n9:30 again", "¶Open at/8:30 and at/9:30 again"),
            ("It opens on\n5 May 2026 at noon.", "¶It opens on/5 May 2026 at noon."),
            ("On\nMonday and\nMay 5", "¶On/Monday and/May 5"),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
    }
}
