//! The Markdown that Gazette reads: CommonMark with tables, footnotes, strikethrough, task lists, heading attributes,
//! alerts and definition lists.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, TextMergeWithOffset};

/// The extensions, the same wherever Markdown is parsed. Smart punctuation stays off: it guesses wrong in Chinese.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// The events of a text with their places in it, neighbouring texts merged.
pub fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    TextMergeWithOffset::new(Parser::new_ext(markdown, OPTIONS).into_offset_iter())
}

/// The same, telling of each `[text][reference]` and `[^footnote]` that has no definition.
pub(crate) fn events_with_broken<'t>(
    markdown: &'t str,
    broken: impl FnMut(&BrokenLink<'_>) + 't,
) -> impl Iterator<Item = (Event<'t>, Range<usize>)> {
    let mut broken = broken;
    let callback = move |link: BrokenLink<'t>| -> Option<(CowStr<'t>, CowStr<'t>)> {
        broken(&link);
        None
    };
    TextMergeWithOffset::new(
        Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(callback)).into_offset_iter(),
    )
}
