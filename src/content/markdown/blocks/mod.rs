//! Finds blocks that are not parsed as they were meant: merged paragraphs, prose that became code,
//! malformed tables, and rows of another width than their table.

mod cells;
mod columns;
pub(super) mod details;
pub(super) mod figures;
mod lines;
mod lists;
pub(super) mod paragraphs;
pub(super) mod services;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::captions::{bracketed_caption, is_numbered_caption, marked_caption};
use super::dialects::LiteralMark;
use super::emphasis;
use crate::diagnostic::{Code, Message, Severity, message};
use crate::language::is_han;

/// The least number of words of Latin prose.
const MIN_WORDS: usize = 4;

/// The least number of tabs in a paragraph that is a row: one may part a label from its value.
const MIN_TABS: usize = 2;

/// A line of a paragraph.
struct Line<'t> {
    range: Range<usize>,
    text: &'t str,
    /// Whether it is in a quotation, by its own `>`.
    is_quoted: bool,
    /// Whether a line break on the page precedes it.
    is_broken_before: bool,
}

/// The block before the open one, as far as captions need it.
enum Previous {
    Table,
    /// The caption of a table that is still to come.
    Caption(Range<usize>),
    /// A line between brackets, which `MultiMarkdown` takes for the caption of a table below it.
    Brackets(LiteralMark),
    Other,
}

/// Reads the events of a body and finds such blocks.
pub(super) struct BlockReader<'t> {
    markdown: &'t str,
    is_line_start: bool,
    is_hard_break: bool,
    is_verbatim: bool,
    /// The number of columns of the open table.
    columns: usize,
    /// The number of rows of the open table below its head.
    rows: usize,
    lines: Vec<Line<'t>>,
    captions: BTreeSet<&'t str>,
    previous: Previous,
    /// The tabs of the paragraph before, and the number of paragraphs with as many.
    tabs: (usize, usize),
    cells: cells::CellRun,
    lists: lists::ListReader,
    /// The alert that has just begun.
    alert: Option<Range<usize>>,
    found: Vec<LiteralMark>,
}

impl<'t> BlockReader<'t> {
    pub(super) fn new(markdown: &'t str) -> Self {
        Self {
            markdown,
            is_line_start: true,
            is_hard_break: false,
            is_verbatim: false,
            columns: 0,
            rows: 0,
            lines: Vec::new(),
            captions: BTreeSet::new(),
            previous: Previous::Other,
            tabs: (0, 0),
            cells: cells::CellRun::default(),
            lists: lists::ListReader::default(),
            alert: None,
            found: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if emphasis::is_border(event) {
            self.end_block();
            self.found.extend(self.cells.take(self.markdown, event, range));
            self.found.extend(self.lists.take(self.markdown, event, range));
        }
        let alert = self.alert.take();
        match event {
            Event::Start(Tag::BlockQuote(Some(_))) => self.alert = Some(range.clone()),
            Event::End(TagEnd::BlockQuote(Some(_))) => self.found.extend(alert.map(empty_alert)),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.is_verbatim = true;
                if *kind == CodeBlockKind::Indented {
                    self.check_code(range);
                } else {
                    self.check_fence(range);
                }
            }
            Event::Start(Tag::HtmlBlock) => self.is_verbatim = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => self.is_verbatim = false,
            Event::Start(Tag::Table(alignments)) => {
                let before = std::mem::replace(&mut self.previous, Previous::Other);
                if let Previous::Brackets(caption) = before {
                    self.found.push(caption);
                }
                self.columns = alignments.len();
                self.rows = 0;
            }
            Event::Start(Tag::Heading { .. }) => {
                self.found.extend(lines::check_heading(self.markdown, range));
            }
            Event::Start(Tag::TableHead) => {
                self.found.extend(tables::check_head(self.markdown, range));
            }
            Event::Start(Tag::TableRow) => {
                self.rows += 1;
                if self.rows > 1 {
                    self.found.extend(tables::check_first_cell(self.markdown, range));
                }
                self.found.extend(tables::check_row(self.markdown, range, self.columns));
                self.found.extend(tables::find_signs(self.markdown, range));
            }
            Event::End(TagEnd::Table) => self.previous = Previous::Table,
            Event::Rule => self.found.extend(tables::check_break(self.markdown, range)),
            Event::SoftBreak | Event::HardBreak => {
                self.is_line_start = true;
                self.is_hard_break = matches!(event, Event::HardBreak);
                return;
            }
            _ => {}
        }
        let is_inline = !emphasis::is_border(event) && !matches!(event, Event::End(_));
        if is_inline && !self.is_verbatim && std::mem::take(&mut self.is_line_start) {
            self.push_line(range.start);
        }
    }

    /// All findings of the body.
    pub(super) fn finish(mut self) -> Vec<LiteralMark> {
        self.end_block();
        self.follow(Previous::Other);
        self.found.extend(self.cells.end());
        self.found
    }

    fn push_line(&mut self, start: usize) {
        let Some(rest) = self.markdown.get(start..) else { return };
        let text = rest.lines().next().unwrap_or_default().trim_end();
        let range = start..start + text.len();
        let is_quoted = self.markdown[..start].trim_end_matches(' ').ends_with('>');
        self.lines.push(Line { range, text, is_quoted, is_broken_before: self.is_hard_break });
    }

    fn end_block(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.is_line_start = true;
        self.is_hard_break = false;
        if let [line] = lines.as_slice()
            && is_numbered_caption(line.text)
            && !self.captions.insert(line.text)
        {
            self.found.push(repeated_caption(line.range.clone()));
        }
        if !lines.is_empty() {
            let block = self.caption(&lines);
            self.follow(block);
        }
        let row = self.check_tabs(&lines);
        self.found.extend(row);
        match tables::find_malformed(&lines) {
            Some(table) => self.found.push(table),
            None => self.found.extend(lines::find(&lines)),
        }
    }

    /// Reads a block as a caption, which is beside a table or needs one below it.
    fn caption(&mut self, lines: &[Line<'t>]) -> Previous {
        let [line] = lines else { return Previous::Other };
        let is_below = matches!(self.previous, Previous::Table);
        if let Some(words) = bracketed_caption(self.markdown, line.text) {
            let caption = caption_in_brackets(line.range.clone(), words);
            if !is_below {
                return Previous::Brackets(caption);
            }
            self.found.push(caption);
        }
        if marked_caption(line.text).is_some() && !is_below {
            return Previous::Caption(line.range.clone());
        }
        Previous::Other
    }

    /// Reports the second of several paragraphs of one line with as many tabs.
    fn check_tabs(&mut self, lines: &[Line<'_>]) -> Option<LiteralMark> {
        let first = lines.first()?;
        let tabs = if lines.len() == 1 { first.text.matches('\t').count() } else { 0 };
        let rows = if tabs == self.tabs.0 { self.tabs.1 + 1 } else { 1 };
        self.tabs = (tabs, rows);
        (tabs >= MIN_TABS && rows == 2).then(|| tables::tabbed_row(first.range.clone(), tabs))
    }

    /// Goes on to the next block; reports a caption that no table has followed.
    fn follow(&mut self, block: Previous) {
        if let Previous::Caption(range) = std::mem::replace(&mut self.previous, block) {
            self.found.push(caption_without_table(range));
        }
    }

    /// Reports a block of code that no line ends, so that the rest of the page is code.
    fn check_fence(&mut self, range: &Range<usize>) {
        let code = self.markdown.get(range.clone()).unwrap_or_default().trim_end();
        let first = code.lines().next().unwrap_or_default().trim_end();
        let sign = if first.starts_with('~') { '~' } else { '`' };
        let fence = &first[..first.len() - first.trim_start_matches(sign).len()];
        if first[fence.len()..].trim_start().starts_with("{=") {
            let range = range.start..range.start + first.len();
            self.found.push(raw_block(range));
            return;
        }
        let kind = first[fence.len()..].trim().trim_start_matches('{').to_ascii_lowercase();
        if DRAWN.contains(&kind.trim_end_matches('}')) {
            self.found.push(drawn_block(range.start..range.start + first.len()));
        }
        let last = code.lines().skip(1).last().unwrap_or_default();
        let end = last.trim_start_matches(['>', ' ', '\t']).trim_end();
        let is_closed = end.len() >= fence.len() && end.chars().all(|c| c == sign);
        if is_closed && !end.is_empty() {
            return;
        }
        let message = message!(
            "this block of code has no end, so that all that follows is code",
            "这个代码块没有结束，其后的内容都会显示为代码"
        );
        let help = message!(
            "write `{fence}` on a line of its own where the code ends",
            "请在代码结束的地方单独写一行 `{fence}`"
        );
        let range = range.start..range.start + first.len();
        self.found.push(error(Code::OpenCodeBlock, range, message, help));
    }

    fn check_code(&mut self, range: &Range<usize>) {
        let code = self.markdown.get(range.clone()).unwrap_or_default();
        if !code.lines().any(is_prose) {
            return;
        }
        let first = code.lines().next().unwrap_or_default().trim_end();
        let range = range.start..range.start + first.len();
        let message = message!(
            "the spaces or the tab before this paragraph make it a block of code",
            "这一段前面的空格或制表符会使它显示为代码块"
        );
        let help = message!(
            "remove the spaces before its lines; write code between two lines of three backticks",
            "请删去各行前面的空格；代码请放在两行三个反引号之间"
        );
        self.found.push(warning(Code::IndentedProse, range, message, help));
    }
}

fn error(code: Code, range: Range<usize>, message: Message, help: Message) -> LiteralMark {
    LiteralMark { code, severity: Severity::Error, range, message, help }
}

fn warning(code: Code, range: Range<usize>, message: Message, help: Message) -> LiteralMark {
    LiteralMark { code, severity: Severity::Warning, range, message, help }
}

fn note(code: Code, range: Range<usize>, message: Message, help: Message) -> LiteralMark {
    LiteralMark { code, severity: Severity::Note, range, message, help }
}

/// Reports an alert without text; what was meant as its text follows it.
fn empty_alert(range: Range<usize>) -> LiteralMark {
    let message = message!(
        "this alert has no text: what follows is outside it",
        "这个提示框里没有文字：后面的文字在提示框之外"
    );
    let help = message!(
        "begin each line of its text with `> `, without an empty line before it",
        "请在其内容的每一行前面加 `> `，中间不要空行"
    );
    error(Code::LiteralMark, range, message, help)
}

/// Reports a caption of `MultiMarkdown`.
fn caption_in_brackets(range: Range<usize>, words: &str) -> LiteralMark {
    let message = message!(
        "the brackets around this line would be shown literally",
        "这一行的方括号会原样显示"
    );
    let help = message!(
        "if it is the caption of the table, write it directly above the table, as `Table: {words}`",
        "如果它是表格的标题，请写在表格的正上方：`表：{words}`"
    );
    note(Code::LiteralMark, range, message, help)
}

/// Kinds of code that other programs draw or typeset.
const DRAWN: &[&str] = &[
    "mermaid",
    "plantuml",
    "puml",
    "graphviz",
    "dot",
    "flowchart",
    "flow",
    "sequence",
    "gantt",
    "mindmap",
    "echarts",
    "chart",
    "math",
    "latex",
    "katex",
    "abc",
];

/// Reports code of which another program makes a diagram or a formula.
fn drawn_block(range: Range<usize>) -> LiteralMark {
    let message = message!(
        "readers see this code itself, and no drawing or formula",
        "读者看到的是这段代码本身，而不是图形或公式"
    );
    let help = message!(
        "save what it draws as a picture beside this file, and write `![what it shows](file.svg)`",
        "请把图形存成图片，放在本文件旁边，并写成 `![图片内容](文件名.svg)`"
    );
    warning(Code::LiteralMark, range, message, help)
}

/// Reports a raw block of pandoc (`{=html}`). Pandoc writes an empty one between two lists.
fn raw_block(range: Range<usize>) -> LiteralMark {
    let message = message!(
        "this block is passed on only by pandoc, and is shown as code here",
        "只有 pandoc 会原样输出这种代码块，这里会把它显示为代码"
    );
    let help = message!(
        "remove its lines; pandoc writes such a block, with `<!-- -->`, between two lists",
        "请删去这几行；pandoc 用其中的 `<!-- -->` 隔开两个列表"
    );
    error(Code::RawHtml, range, message, help)
}

/// Reports a caption that is beside no table.
fn caption_without_table(range: Range<usize>) -> LiteralMark {
    let message = message!(
        "no table is directly above or below this caption, so its first word is shown too",
        "这个标题的正上方和正下方都没有表格，所以开头的“表：”会原样显示"
    );
    let help = message!(
        "put the line directly above or below its table; if it is no caption, begin it with \
         another word",
        "请把这一行放在表格的正上方或正下方；如果它不是表格标题，请换一个开头"
    );
    note(Code::LiteralMark, range, message, help)
}

fn repeated_caption(range: Range<usize>) -> LiteralMark {
    let message = message!("this caption is on the page twice", "这个图表标题在页面上出现两次");
    let help = message!(
        "remove one of the two; pandoc writes the caption of a table of Word both above and below",
        "请删去其中一处；pandoc 会把 Word 表格的标题在表格前后各写一次"
    );
    note(Code::RepeatedCaption, range, message, help)
}

/// Whether a line of a code block reads as prose: Han text without signs of code, a sentence or a
/// row of a table.
fn is_prose(line: &str) -> bool {
    let line = line.trim().trim_start_matches('#');
    if line.starts_with('|') && line.ends_with('|') && line.len() > 4 {
        return true;
    }
    if line.contains(['{', '}', '=', '<', '>', '$', '`', '_', '\\', '#', '"', '/']) {
        return false;
    }
    let han = line.chars().filter(|c| is_han(*c)).count();
    let is_sentence = line.starts_with(char::is_uppercase) && line.ends_with(['.', '!', '?', ':']);
    han * 2 > line.chars().count() || is_sentence && line.split(' ').count() >= MIN_WORDS
}
