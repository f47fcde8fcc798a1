//! Captions of tables, and paragraphs that are figures, among the events of a text.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::content::markdown::captions::{caption_above, marked_caption};
use crate::content::markdown::inline_html::PlainScripts;
use crate::content::markdown::parser;

/// Moves each caption that is below its table to the place above it, where HTML has it.
pub(crate) fn raise_captions(events: &mut [Event<'_>]) {
    let mut table = 0;
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Table(_)) => table = at,
            Event::End(TagEnd::Table) => {
                let Some((words, length)) = paragraph(&events[at + 1..]) else { continue };
                let end = at + 1 + length;
                let is_for_next = matches!(events.get(end), Some(Event::Start(Tag::Table(_))));
                if marked_caption(&words).is_some() && !is_for_next {
                    events[table..end].rotate_right(length);
                }
            }
            _ => {}
        }
    }
}

/// The caption in a paragraph directly above a table, and the number of the paragraph's events.
pub(crate) fn table_caption(events: &[Event<'_>]) -> Option<(String, usize)> {
    // Most paragraphs precede no table, and their words are not collected.
    let [Event::Start(Tag::Paragraph), rest @ ..] = events else { return None };
    let end = rest.iter().position(|event| matches!(event, Event::End(TagEnd::Paragraph)))?;
    if !matches!(rest.get(end + 1), Some(Event::Start(Tag::Table(_)))) {
        return None;
    }
    let (words, length) = paragraph(events)?;
    Some((caption_above(&words)?.to_owned(), length))
}

/// The words of a paragraph of text and emphasis alone, and the number of its events.
fn paragraph(events: &[Event<'_>]) -> Option<(String, usize)> {
    let [Event::Start(Tag::Paragraph), rest @ ..] = events else { return None };
    let mut words = String::new();
    let mut scripts = PlainScripts::default();
    for (at, event) in rest.iter().enumerate() {
        scripts.take(event);
        match event {
            Event::End(TagEnd::Paragraph) => return Some((words, at + 2)),
            Event::Text(text) => words.push_str(&scripts.plain(text)),
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Superscript | Tag::Subscript)
            | Event::End(
                TagEnd::Strong | TagEnd::Emphasis | TagEnd::Superscript | TagEnd::Subscript,
            ) => {}
            _ => return None,
        }
    }
    None
}

/// Whether an image, whose events follow its start, is the whole paragraph.
pub(crate) fn is_figure(after_start: &[Event<'_>]) -> bool {
    let (_, length) = plain_text(after_start);
    matches!(after_start.get(length), Some(Event::End(TagEnd::Paragraph)))
}

/// The text up to the end of an image, and the number of its events, including the end.
pub(crate) fn plain_text(events: &[Event<'_>]) -> (String, usize) {
    let mut words = String::new();
    let mut scripts = PlainScripts::default();
    for (at, event) in events.iter().enumerate() {
        scripts.take(event);
        match event {
            Event::End(TagEnd::Image) => return (words, at + 1),
            Event::Text(text) => words.push_str(&scripts.plain(text)),
            Event::Code(code) => words.push_str(code),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    (words, events.len())
}

/// The words that describe the image of a Markdown text; none if its destination is elsewhere.
pub(crate) fn image_text(markdown: &str) -> String {
    let events: Vec<Event<'_>> = parser::events(markdown).map(|(event, _)| event).collect();
    let image = events.iter().position(|event| matches!(event, Event::Start(Tag::Image { .. })));
    image.map_or_else(String::new, |start| plain_text(&events[start + 1..]).0)
}
