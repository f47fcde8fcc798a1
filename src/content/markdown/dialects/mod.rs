//! Marks that readers would see as they are written: marks of other dialects of Markdown, and
//! marks of Markdown that have no effect where they are.

mod advice;
mod inline;
mod lines;
mod local_paths;
mod nested_links;
mod pasted;
mod plain;
mod residue;
mod scripts;
mod signs;
mod spread;
#[cfg(test)]
mod tests;
mod web_lines;
mod whole_lines;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

pub(in crate::content) use plain::{PlainMark, find_in_plain_text};

use self::signs::Signs;
use super::emphasis::{self, Delimiter};
use super::products::Neighbours;
use crate::diagnostic::{Code, Message, Severity, message};
use crate::language::{to_subscript, to_superscript};

/// A mark that has no effect, with what to write instead.
#[derive(Debug)]
pub(super) struct LiteralMark {
    pub(super) code: Code,
    /// A warning if the mark may be meant as text.
    pub(super) severity: Severity,
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) help: Message,
}

impl LiteralMark {
    /// A mark that would be shown as it is written.
    pub(super) fn new(
        severity: Severity,
        markdown: &str,
        range: Range<usize>,
        help: Message,
    ) -> Self {
        let mark: String = markdown[range.clone()].chars().take(40).collect();
        let message =
            message!("`{mark}` would be shown literally here", "这里的 `{mark}` 会原样显示");
        Self { code: Code::LiteralMark, severity, range, message, help }
    }
}

/// Reads the events of a body and finds the literal marks in it.
pub(super) struct MarkReader<'t> {
    markdown: &'t str,
    /// The number of open code blocks and bare addresses, whose text is meant as it is.
    verbatim_depth: usize,
    /// Whether the next text begins a line of prose.
    is_line_start: bool,
    /// The texts of the open block.
    texts: Vec<Range<usize>>,
    /// The starts of the lines of the open block that begin with text.
    lines: Vec<usize>,
    /// The delimiters of the open block that have their effect.
    used: Vec<Delimiter>,
    /// Notes below a table begin with an asterisk as a list item may.
    starred_lines: Vec<LiteralMark>,
    has_asterisk_in_text: bool,
    strong_depth: usize,
    /// The end of the tag that begins the open raised or lowered text.
    script_start: usize,
    is_in_cell: bool,
    /// The start of the open block.
    block_start: usize,
    /// The number of blocks with text so far.
    blocks: usize,
    /// The halves of strikethroughs, with the numbers of their blocks.
    lone_strikes: Vec<(usize, Delimiter)>,
    found: Vec<LiteralMark>,
}

impl<'t> MarkReader<'t> {
    pub(super) const fn new(markdown: &'t str) -> Self {
        Self {
            markdown,
            verbatim_depth: 0,
            is_line_start: true,
            texts: Vec::new(),
            lines: Vec::new(),
            used: Vec::new(),
            starred_lines: Vec::new(),
            has_asterisk_in_text: false,
            strong_depth: 0,
            script_start: 0,
            is_in_cell: false,
            block_start: 0,
            blocks: 0,
            lone_strikes: Vec::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if emphasis::is_border(event) {
            self.end_block();
            self.is_line_start = is_prose(event);
            self.block_start = range.start;
        }
        match event {
            Event::Text(_) => self.take_text(range),
            // `<br>` is a break in the middle of a line.
            Event::SoftBreak | Event::HardBreak => {
                if self.is_in_cell {
                    self.found.push(advice::break_in_cell(range));
                }
                self.is_line_start = self.markdown[range.clone()].contains('\n');
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Link) => {
                self.verbatim_depth = self.verbatim_depth.saturating_sub(1);
            }
            Event::End(TagEnd::Strong) => self.strong_depth = self.strong_depth.saturating_sub(1),
            Event::End(TagEnd::Superscript) => {
                let inner = self.script_start..range.start;
                self.found.extend(advice::plain_script(self.markdown, &inner, to_superscript));
            }
            Event::End(TagEnd::Subscript) => {
                let inner = self.script_start..range.start;
                self.found.extend(advice::plain_script(self.markdown, &inner, to_subscript));
            }
            Event::End(TagEnd::TableCell) => self.is_in_cell = false,
            Event::End(_) => {}
            _ => self.is_line_start = false,
        }
    }

    /// All literal marks of the body.
    pub(super) fn finish(mut self) -> Vec<LiteralMark> {
        self.end_block();
        let strikes = emphasis::strikes_over_blocks(self.markdown, &self.lone_strikes);
        self.found.extend(strikes.into_iter().map(literal_emphasis));
        if !self.has_asterisk_in_text {
            self.found.append(&mut self.starred_lines);
        }
        self.found
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.verbatim_depth += 1,
            Tag::Link { link_type, .. } => {
                // Links do not nest, so that the next end of a link is that of this one.
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    self.verbatim_depth += 1;
                } else {
                    let stray = nested_links::find_stray(self.markdown, self.block_start, range);
                    self.found.extend(stray);
                }
                self.is_line_start = false;
            }
            Tag::Superscript | Tag::Subscript => self.script_start = range.end,
            Tag::TableCell => self.is_in_cell = true,
            Tag::DefinitionListDefinition => {
                self.found.extend(lines::find_tight_definition(self.markdown, range.start));
            }
            Tag::Emphasis => {
                self.check_product(range, "*");
                self.use_delimiters(range, 1);
            }
            Tag::Strong => {
                self.check_nesting(range);
                self.check_product(range, "**");
                self.strong_depth += 1;
                self.use_delimiters(range, 2);
            }
            Tag::Strikethrough => {
                let length = if self.markdown[range.start..].starts_with("~~") { 2 } else { 1 };
                self.use_delimiters(range, length);
            }
            _ => {}
        }
    }

    fn use_delimiters(&mut self, range: &Range<usize>, length: usize) {
        self.is_line_start = false;
        for at in [range.start, range.end - length] {
            self.used.extend(Delimiter::used(self.markdown, at..at + length));
        }
    }

    fn take_text(&mut self, range: &Range<usize>) {
        let is_line_start = std::mem::replace(&mut self.is_line_start, false);
        if self.verbatim_depth > 0 || self.markdown.get(range.clone()).is_none() {
            return;
        }
        if is_line_start && is_escaped(self.markdown, range.start) {
            self.check_escaped_line(range.start - 1);
        } else if is_line_start {
            self.lines.push(range.start);
        }
        self.texts.push(range.clone());
    }

    /// Reports a line that a converter has escaped and that means nothing to readers.
    fn check_escaped_line(&mut self, start: usize) {
        let line = self.markdown[start..].lines().next().unwrap_or_default().trim_end();
        if let Some(help) = whole_lines::remedy_of_escaped(line) {
            let range = start..start + line.len();
            self.found.push(LiteralMark::new(Severity::Error, self.markdown, range, help));
        }
    }

    fn end_block(&mut self) {
        let (texts, used) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.used));
        let lines = std::mem::take(&mut self.lines);
        if texts.is_empty() {
            return;
        }
        self.blocks += 1;
        let marks = lines::find(self.markdown, &lines);
        let line_marks: BTreeSet<usize> = marks.iter().map(|mark| mark.mark.range.start).collect();
        for (delimiter, help) in emphasis::find_literal(self.markdown, &texts, used) {
            if line_marks.contains(&delimiter.range.start) {
                continue;
            }
            if delimiter.is_lone_strike() {
                self.lone_strikes.push((self.blocks, delimiter));
            } else {
                self.found.push(literal_emphasis((delimiter, help)));
            }
        }
        self.found.extend(advice::break_at_end(self.markdown, &texts));
        self.found.extend(nested_links::find(self.markdown, &texts));
        self.found.extend(nested_links::find_angles(self.markdown, &texts));
        self.found.extend(nested_links::find_wiki_addresses(self.markdown, &texts));
        self.found.extend(spread::find_formulas(self.markdown, &texts));
        self.found.extend(spread::find_latex(self.markdown, &texts));
        self.found.extend(local_paths::find(self.markdown, &texts));
        for text in &texts {
            let source = &self.markdown[text.clone()];
            let signs = Signs::of(source);
            self.found.extend(inline::find(self.markdown, text, &signs));
            self.found.extend(residue::find(self.markdown, text, &signs));
            self.found.extend(residue::find_in_markdown(self.markdown, text, &signs));
            self.found.extend(pasted::find(self.markdown, text, &signs));
            self.found.extend(pasted::find_in_markdown(self.markdown, text, &signs));
            self.found.extend(scripts::find_units(self.markdown, text));
            self.found.extend(scripts::find_formulas(self.markdown, text));
            if signs.contain("{") {
                self.found.extend(spread::find_open_attributes(self.markdown, text));
            }
            if signs.contain("[[") || signs.contain("]]") {
                self.found.extend(spread::find_half_wiki_link(self.markdown, text));
            }
            if !signs.contain("*") {
                continue;
            }
            let mut asterisks = source.match_indices('*').map(|(at, _)| text.start + at);
            self.has_asterisk_in_text |= asterisks.any(|at| lines.binary_search(&at).is_err());
        }
        for line in marks {
            if line.may_be_note {
                self.starred_lines.push(line.mark);
            } else {
                self.found.push(line.mark);
            }
        }
    }

    /// Reports bold words inside of bold words: beside Chinese punctuation CommonMark takes the end
    /// of one and the start of the next for another pair, as in `**甲：**乙**丙**`.
    fn check_nesting(&mut self, range: &Range<usize>) {
        if self.strong_depth == 0 || !self.markdown[range.start..].starts_with("**") {
            return;
        }
        let message = message!(
            "this `**` begins another bold part before the first has ended",
            "前一处粗体还没有结束，这里的 `**` 又开始了一处"
        );
        let help = message!(
            "put the punctuation outside of the `**`, or a space beside it",
            "请把标点移到 `**` 之外，或在 `**` 外侧加一个空格"
        );
        let range = range.start..range.start + 2;
        let (code, severity) = (Code::LiteralEmphasis, Severity::Error);
        self.found.push(LiteralMark { code, severity, range, message, help });
    }

    /// Reports an emphasis of which one mark multiplies, or whose marks are parts of a formula, a
    /// code or hidden names.
    fn check_product(&mut self, range: &Range<usize>, mark: &str) {
        let Some(neighbours) = Neighbours::of(self.markdown, range, mark) else { return };
        let inner = &self.markdown[range.start + mark.len()..range.end - mark.len()];
        let is_multiplied = neighbours.is_between_digits() || neighbours.is_formula(inner);
        if !is_multiplied && !neighbours.is_code(inner) && !neighbours.is_hidden_names(inner) {
            return;
        }
        let inner: String = inner.chars().take(40).collect();
        let message = message!(
            "these asterisks set `{inner}` apart, and are not shown",
            "这些星号会使 `{inner}` 变成斜体或粗体，星号本身不显示"
        );
        let help = message!(
            "write `\\*` for each asterisk that is to be shown, or `×` for a product",
            "要显示的星号，每个请写成 `\\*`；表示相乘请写 `×`"
        );
        let code = Code::LiteralEmphasis;
        let (severity, range) = (Severity::Error, range.clone());
        self.found.push(LiteralMark { code, severity, range, message, help });
    }
}

fn literal_emphasis((delimiter, help): (Delimiter, Message)) -> LiteralMark {
    let (code, severity) = (Code::LiteralEmphasis, Severity::Error);
    let message = delimiter.message();
    LiteralMark { code, severity, range: delimiter.range, message, help }
}

/// Whether the text after a block's start or end is prose, whose lines may begin with marks.
const fn is_prose(event: &Event<'_>) -> bool {
    !matches!(event, Event::Start(Tag::Heading { .. } | Tag::TableCell))
}

/// Whether the character at a position has a backslash that makes it text.
fn is_escaped(markdown: &str, at: usize) -> bool {
    let before = &markdown[..at];
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}
