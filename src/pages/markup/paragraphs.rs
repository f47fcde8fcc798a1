//! The paragraphs of a text that can be cited: each has a number, from 1, to which `#p1` leads.
//!
//! Paragraphs are counted wherever they are, and items of lists that have none within; a footnote
//! has an anchor of its own.

use std::fmt::Write as _;

use pulldown_cmark::{Event, TagEnd};
use unicode_segmentation::UnicodeSegmentation as _;

use super::html::{Html, escape_in_its_language};

/// Number of characters by which a paragraph is told from others.
const SHOWN: usize = 24;

/// The numbered paragraphs so far.
#[derive(Default)]
pub(super) struct Paragraphs {
    /// The first words of each.
    pub(super) first_words: Vec<Html>,
}

impl Paragraphs {
    /// Writes the id of a paragraph or item, whose events follow. One without words has none.
    /// `chinese` is the tag of Chinese words in a text of another language.
    pub(super) fn start(&mut self, chinese: Option<&str>, events: &[Event<'_>], out: &mut String) {
        let words = first_words(events);
        if !words.is_empty() {
            let mut html = String::new();
            escape_in_its_language(chinese, &words, &mut html);
            self.first_words.push(Html::new(html));
            let number = self.first_words.len();
            let _ = write!(out, " id=\"p{number}\"");
        }
    }
}

/// The first words of a paragraph, up to its end or to the next block in it.
fn first_words(events: &[Event<'_>]) -> String {
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
    let words = words.trim();
    match words.grapheme_indices(true).nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

const fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
