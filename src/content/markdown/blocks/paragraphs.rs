//! The paragraphs of a text that can be cited: each has a number, from 1, to which `#p1` leads.
//!
//! Paragraphs are counted wherever they are, and items of lists that have none within; a footnote
//! has an anchor of its own.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::figures::{is_figure, raise_captions, table_caption};
use super::services::ServiceBlock;
use crate::content::markdown::emphasis::is_inline;
use crate::content::markdown::parser;

/// Counts the paragraphs of a text that have numbers. Captions, figures and the words that open
/// more have none.
pub(crate) fn count_paragraphs(markdown: &str) -> usize {
    let mut events: Vec<Event<'_>> = parser::events(markdown).map(|(event, _)| event).collect();
    raise_captions(&mut events);
    let (mut count, mut at, mut open_footnotes) = (0, 0, 0_usize);
    while at < events.len() {
        let rest = &events[at..];
        if let Some((_, length)) = table_caption(rest) {
            at += length;
            continue;
        }
        at += match rest {
            [Event::InlineHtml(html), Event::Start(Tag::Paragraph), Event::Text(_), last, ..]
                if &**html == "<details>" && matches!(last, Event::End(TagEnd::Paragraph)) =>
            {
                4
            }
            _ if matches!(ServiceBlock::at(rest), Some(ServiceBlock::KeyFigure { .. })) => 2,
            [Event::Start(Tag::Paragraph), Event::Start(Tag::Image { .. }), after @ ..]
                if is_figure(after) =>
            {
                2
            }
            [Event::Start(Tag::FootnoteDefinition(_)), ..] => {
                open_footnotes += 1;
                1
            }
            [Event::End(TagEnd::FootnoteDefinition), ..] => {
                open_footnotes -= 1;
                1
            }
            [
                Event::Start(Tag::Paragraph | Tag::Item | Tag::DefinitionListDefinition),
                after @ ..,
            ] if open_footnotes == 0 && !words_of_paragraph(after).is_empty() => {
                count += 1;
                1
            }
            _ => 1,
        };
    }
    count
}

/// The words of a paragraph or item, whose events follow its start, up to its end or to the next
/// block in it. One without words has no number.
pub(crate) fn words_of_paragraph(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(tag) if is_inline(tag.to_end()) => {}
            Event::End(tag) if is_inline(*tag) => {}
            Event::Start(_) | Event::End(_) => break,
            _ => {}
        }
    }
    words.trim().to_owned()
}
