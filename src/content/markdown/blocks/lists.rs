//! Lists and quotations that hold other lines, numbers or levels than they were written with.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{LiteralMark, warning};
use crate::content::markdown::notice_lines::ends_sentence;
use crate::diagnostic::{Code, Message, message};
use crate::language::is_han;

/// The open lists of a body, and the list before the next block.
#[derive(Default)]
pub(super) struct ListReader {
    lists: Vec<OpenList>,
    /// The number of open items, quotations and footnotes.
    depth: usize,
    /// The end of the last list, and the columns of its sign and of its words.
    ended: Option<(usize, usize, usize)>,
}

struct OpenList {
    /// The number of the first item and of the next one, unless the list has bullets.
    numbers: Option<(u64, u64)>,
    /// The columns of the sign and of the words of the last item.
    columns: (usize, usize),
}

impl ListReader {
    pub(super) fn take(
        &mut self,
        markdown: &str,
        event: &Event<'_>,
        range: &Range<usize>,
    ) -> Vec<LiteralMark> {
        match event {
            Event::Start(Tag::List(first)) => {
                let shallow = self.ended.take().and_then(|list| shallow(markdown, range, list));
                let numbers = first.map(|first| (first, first));
                self.lists.push(OpenList { numbers, columns: (0, 0) });
                shallow.into_iter().collect()
            }
            Event::End(TagEnd::List(_)) => {
                let columns = self.lists.pop().map(|list| list.columns);
                let end = range.start + markdown[range.clone()].trim_end().len();
                self.ended = columns.map(|(sign, words)| (end, sign, words));
                Vec::new()
            }
            Event::Start(Tag::Item) => {
                let number = self.check_number(markdown, range);
                let empty = check_empty(markdown, range);
                let open = self.open(markdown, range, item_message);
                open.into_iter().chain(number).chain(empty).collect()
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.open(markdown, range, quotation_message).into_iter().collect()
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                self.open(markdown, range, footnote_message).into_iter().collect()
            }
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => {
                self.depth = self.depth.saturating_sub(1);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Opens a container; the outermost ones are searched for lines that are not marked as theirs.
    fn open(
        &mut self,
        markdown: &str,
        range: &Range<usize>,
        message: fn() -> Message,
    ) -> Option<LiteralMark> {
        self.depth += 1;
        if self.depth > 1 {
            return None;
        }
        let place = find_lazy(markdown, range)?;
        let help = message!(
            "put an empty line before it; if it belongs there, begin it as the lines before it, \
             with spaces or `>`",
            "请在它前面空一行；如果它属于那里，请像前面的行一样以空格或 `>` 开头"
        );
        Some(warning(Code::MissingEmptyLine, place, message(), help))
    }

    /// Reports an item whose number is not the one that is shown. Items that all have the first
    /// number are counted on, as every program does.
    fn check_number(&mut self, markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
        let list = self.lists.last_mut()?;
        let item = markdown.get(range.clone())?.trim_start_matches(' ').lines().next()?;
        let start = range.end - markdown[range.clone()].trim_start_matches(' ').len();
        let sign = item.split([' ', '\t']).next().unwrap_or_default().len();
        let column = start - markdown[..start].trim_end_matches(' ').len();
        list.columns = (column, column + sign + 1);
        let (first, expected) = list.numbers?;
        list.numbers = Some((first, expected.saturating_add(1)));
        let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: u64 = item[..digits].parse().ok()?;
        if number == expected || number == first {
            return None;
        }
        let message = message!(
            "this item is shown with the number {expected}, not {number}",
            "这一项显示的编号是 {expected}，而不是 {number}"
        );
        let help = message!(
            "number the items in order; to keep a gap, put a line `<!-- -->` between two empty \
             lines before this item",
            "请依次编号；如果要保留间断，请在这一项之前加一行 `<!-- -->`，其上下各空一行"
        );
        Some(warning(Code::ChangedList, start..start + sign, message, help))
    }
}

/// Reports an item without text, also where it holds the text of a footnote, which is shown
/// elsewhere.
fn check_empty(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let item = markdown.get(range.clone())?.trim();
    let words = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = words.strip_prefix(['-', '*', '+', '.', ')'])?.trim_start();
    let is_note = words.starts_with("[^") && words.contains("]:");
    if !words.is_empty() && !is_note {
        return None;
    }
    let start = range.end - markdown[range.clone()].trim_start().len();
    let line = item.lines().next().unwrap_or_default().trim_end();
    let message = message!("this item would be shown empty", "这个列表项会显示为空");
    let help = if is_note {
        message!(
            "begin the text of the footnote at the margin, without the sign, below an empty line",
            "脚注的内容请顶格写，不加列表符号，并在上面空一行"
        )
    } else {
        message!("write its text, or remove the line", "请写上内容，或删去这一行")
    };
    Some(warning(Code::ChangedList, start..start + line.len(), message, help))
}

/// Reports a list that is directly below an item and indented, but less than the item's words.
fn shallow(
    markdown: &str,
    range: &Range<usize>,
    (end, sign, words): (usize, usize, usize),
) -> Option<LiteralMark> {
    let start = range.end - markdown[range.clone()].trim_start_matches(' ').len();
    let between = markdown.get(end..start)?;
    let indent = between.trim_start_matches('\r').strip_prefix('\n')?;
    let is_directly_below = indent.bytes().all(|c| c == b' ') && indent.len() > sign;
    if !is_directly_below || indent.len() >= words {
        return None;
    }
    let line = markdown[start..].lines().next()?.trim_end();
    let message = message!(
        "this list is not inside the item above it, and ends the list of that item",
        "这个列表与上面的列表项并列，不在其中，并且使上面的列表中断"
    );
    let help = message!(
        "begin each of its items with {words} spaces",
        "请在它每一项的前面写 {words} 个空格"
    );
    Some(warning(Code::ChangedList, start..start + line.len(), message, help))
}

/// Finds the first line of a container that begins without its indent or sign and reads as the
/// beginning of something else.
fn find_lazy(markdown: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let mut start = range.start;
    let mut before = "";
    for line in markdown.get(range.clone())?.split_inclusive('\n') {
        let text = line.trim_end();
        let is_lazy = !before.is_empty() && !text.is_empty() && begins_anew(before, text);
        if is_lazy && start > range.start {
            return Some(start..start + text.len());
        }
        start += line.len();
        before = text;
    }
    None
}

/// Whether a line at the margin reads as a paragraph of its own: it begins in Chinese, or with an
/// upper-case letter after the end of a sentence.
fn begins_anew(before: &str, line: &str) -> bool {
    let line = line.trim_start_matches('*');
    let is_ended = ends_sentence(before) || before.ends_with(['.', '!', '?']);
    line.starts_with(is_han) || is_ended && line.starts_with(char::is_uppercase)
}

fn item_message() -> Message {
    message!("this line is shown in the list item before it", "这一行会显示在前面的列表项里")
}

fn quotation_message() -> Message {
    message!("this line is shown in the quotation before it", "这一行会显示在前面的引文里")
}

fn footnote_message() -> Message {
    message!("this line is shown in the footnote before it", "这一行会显示在前面的脚注里")
}
