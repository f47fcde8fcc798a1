//! The Markdown that Gazette reads: CommonMark with tables, footnotes, strikethrough, task lists,
//! heading attributes, alerts, definition lists, bare addresses and a few elements of HTML.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, TextMergeWithOffset};

use super::autolinks::Autolinks;
use super::blocks::details;
use super::inline_html::InlineHtml;
use super::notice_lines::NoticeLines;
use super::products::Products;

/// The extensions, the same wherever Markdown is parsed. Smart punctuation stays off, because it
/// guesses wrong in Chinese.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// The events of a text with their ranges in it. Neighbouring texts are merged.
pub fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    refine(markdown, Parser::new_ext(markdown, OPTIONS).into_offset_iter())
}

/// The same events; calls `broken` with each `[text][reference]` and `[^footnote]` that has no
/// definition.
pub(crate) fn events_with_broken<'t>(
    markdown: &'t str,
    broken: impl FnMut(&BrokenLink<'_>) + 't,
) -> impl Iterator<Item = (Event<'t>, Range<usize>)> {
    let mut broken = broken;
    let callback = move |link: BrokenLink<'t>| -> Option<(CowStr<'t>, CowStr<'t>)> {
        broken(&link);
        None
    };
    let parser = Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(callback));
    refine(markdown, parser.into_offset_iter())
}

/// Keeps products as text, merges neighbouring texts, takes the few elements of HTML, makes bare
/// addresses links and begins paragraphs where official documents do.
fn refine<'t>(
    markdown: &'t str,
    events: impl Iterator<Item = (Event<'t>, Range<usize>)>,
) -> impl Iterator<Item = (Event<'t>, Range<usize>)> {
    let events = TextMergeWithOffset::new(Products::new(markdown, events));
    let events = Autolinks::new(
        markdown,
        InlineHtml::new(markdown, details::find(markdown, OPTIONS), events),
    );
    NoticeLines::new(markdown, events)
}

/// The texts of a body for a test, with what `mark` writes for each other event between them.
#[cfg(test)]
pub(super) fn text_with_marks(markdown: &str, mark: impl Fn(&Event<'_>) -> String) -> String {
    let texts = events(markdown).map(|(event, _)| match event {
        Event::Text(text) => text.into_string(),
        other => mark(&other),
    });
    texts.collect()
}
