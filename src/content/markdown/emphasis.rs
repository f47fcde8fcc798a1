//! Marks of emphasis that stayed text: beside Chinese punctuation `CommonMark` does not see where emphasis begins or ends
//! (the flanking rule, <https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Message, message};
use crate::language::{is_full_width, is_han, is_shared_punctuation};

/// A mark that would be shown as it stands.
#[derive(Debug)]
pub(crate) struct Mark {
    /// `**`, `__` or `*`.
    text: &'static str,
    /// Where it begins in the Markdown.
    at: usize,
    is_chinese: bool,
}

impl Mark {
    fn new(text: &'static str, markdown: &str, at: usize) -> Self {
        let neighbours =
            [markdown[..at].chars().next_back(), markdown[at + text.len()..].chars().next()];
        let is_chinese = neighbours
            .into_iter()
            .flatten()
            .any(|c| is_han(c) || is_full_width(c) || is_shared_punctuation(c));
        Self { text, at, is_chinese }
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    pub(crate) fn message(&self) -> Message {
        let mark = self.text;
        message!("`{mark}` would be shown as it stands here", "这里的 `{mark}` 会原样显示")
    }

    pub(crate) fn help(&self) -> Message {
        let mark = self.text;
        match (mark, self.is_chinese) {
            ("__", _) => message!(
                "use `**` instead, with the punctuation outside of it or a space beside it",
                "请改用 `**`，并把标点移到 `**` 之外，或在 `**` 外侧加一个空格"
            ),
            (_, true) => message!(
                "put the punctuation outside of the `{mark}`, or a space beside it",
                "请把标点移到 `{mark}` 之外，或在 `{mark}` 外侧加一个空格"
            ),
            (_, false) => message!(
                "close the `**`, or write `\\*\\*` to show two asterisks",
                "请补上与之成对的 `**`；如果要显示两个星号，请写 `\\*\\*`"
            ),
        }
    }
}

/// The double marks of a stretch of text. Two underscores may be a name's; beside Chinese they were meant as emphasis.
pub(crate) fn doubles(markdown: &str, range: &Range<usize>) -> Vec<Mark> {
    let mut found = marks("**", markdown, range);
    found.extend(marks("__", markdown, range).into_iter().filter(|mark| mark.is_chinese));
    found
}

/// The single asterisks of a stretch of text.
pub(crate) fn singles(markdown: &str, range: &Range<usize>) -> Vec<Mark> {
    let is_alone = |mark: &Mark| {
        !markdown[..mark.at].ends_with('*') && !markdown[mark.at + 1..].starts_with('*')
    };
    marks("*", markdown, range).into_iter().filter(is_alone).collect()
}

/// Those of a paragraph's single asterisks that were meant as emphasis: one that could open, the next that could close,
/// and Chinese beside either. Any other is a multiplication, or a mark for a note.
pub(crate) fn pairs(markdown: &str, singles: Vec<Mark>) -> Vec<Mark> {
    let can_open = |mark: &Mark| markdown[mark.at + 1..].starts_with(|c: char| !c.is_whitespace());
    let can_close = |mark: &Mark| markdown[..mark.at].ends_with(|c: char| !c.is_whitespace());
    let mut found = Vec::new();
    let mut open: Option<Mark> = None;
    for mark in singles {
        match open.take() {
            Some(first) if can_close(&mark) && first.at + 1 < mark.at => {
                if first.is_chinese || mark.is_chinese {
                    found.extend([first, mark]);
                }
            }
            _ => open = can_open(&mark).then_some(mark),
        }
    }
    found
}

/// Whether a block begins or ends here, which no emphasis goes beyond.
pub(crate) const fn is_border(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => !matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        _ => false,
    }
}

fn marks(text: &'static str, markdown: &str, range: &Range<usize>) -> Vec<Mark> {
    let Some(source) = markdown.get(range.clone()) else { return Vec::new() };
    source
        .match_indices(text)
        .map(|(at, _)| range.start + at)
        .filter(|at| !markdown[..*at].ends_with('\\'))
        .map(|at| Mark::new(text, markdown, at))
        .collect()
}
