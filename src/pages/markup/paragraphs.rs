//! Writes the numbers of the paragraphs that can be cited (`content::markdown` says which).

use std::fmt::Write as _;

use pulldown_cmark::Event;
use unicode_segmentation::UnicodeSegmentation as _;

use super::html::{Html, escape_in_its_language};
use crate::content::markdown::words_of_paragraph;

/// Number of characters by which a paragraph is distinguished from others.
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
        let words = shorten(&words_of_paragraph(events));
        if !words.is_empty() {
            let mut html = String::new();
            escape_in_its_language(chinese, &words, &mut html);
            self.first_words.push(Html::new(html));
            let number = self.first_words.len();
            let _ = write!(out, " id=\"p{number}\"");
        }
    }
}

fn shorten(words: &str) -> String {
    // Each byte of English text is a character of its own, and so is the next.
    if let Some(first) = words.as_bytes().get(..=SHOWN)
        && first.iter().all(|byte| matches!(byte, b' '..=b'~'))
    {
        return format!("{}…", words[..SHOWN].trim_end());
    }
    match words.grapheme_indices(true).nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}
