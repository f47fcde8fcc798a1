//! The sentences of an original from which a translation was made, as the translation records them.

use unicode_segmentation::UnicodeSegmentation as _;

use super::entry::{OriginalChanges, Text};
use crate::language::difference;

/// The length of a sentence's digest in hexadecimal digits. Two sentences of one text rarely share
/// one, and a translation of a hundred sentences records six hundred characters.
const DIGITS: usize = 5;

/// The record of an original's sentences that `translated` holds: a digest of each.
#[must_use]
pub fn record_of(original: &Text) -> String {
    digests(&sentences(original)).join(" ")
}

/// Compares an original with the record that a translation has of it.
pub(super) fn changes_since(original: &Text, record: &str) -> OriginalChanges {
    let sentences = sentences(original);
    let now = digests(&sentences);
    let then: Vec<&str> = record.split_whitespace().collect();
    let now: Vec<&str> = now.iter().map(String::as_str).collect();
    let mut changes = OriginalChanges::default();
    for run in difference::compare(&then, &now) {
        if !run.is_same {
            changes.gone += run.old.len().saturating_sub(run.new.len());
            changes.new.extend(sentences[run.new].iter().cloned());
        }
    }
    changes
}

/// The sentences of the titles, the summary and the text, without the marks of lists, headings and
/// tables.
fn sentences(text: &Text) -> Vec<String> {
    let summary = text.summary.as_ref().map(|summary| summary.value.as_str());
    let front = [Some(text.title.value.as_str()), text.short_title.as_deref(), summary];
    let mut paragraphs: Vec<String> = front.into_iter().flatten().map(str::to_owned).collect();
    paragraphs.push(String::new());
    for line in text.body.markdown.lines() {
        let words = line.trim_start_matches(is_mark);
        // A mark at the start of a line begins another item, row or heading.
        if words.trim().is_empty() || words.len() < line.trim_start().len() {
            paragraphs.push(String::new());
        }
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push_str(words.trim());
            paragraph.push(' ');
        }
    }
    paragraphs.iter().flat_map(|paragraph| split_sentences(paragraph)).collect()
}

fn is_mark(character: char) -> bool {
    matches!(character, ' ' | '\t' | '#' | '>' | '|' | '*' | '-' | '+')
}

/// The sentences of a paragraph (Unicode Standard Annex 29) that have words.
fn split_sentences(paragraph: &str) -> Vec<String> {
    let sentences = paragraph.split_sentence_bounds().map(|one| one.trim().to_owned());
    sentences.filter(|one| one.contains(char::is_alphanumeric)).collect()
}

/// A digest of each sentence. Spaces and line breaks are no words.
fn digests(sentences: &[String]) -> Vec<String> {
    let digests = sentences.iter().map(|sentence| {
        let words: String = sentence.split_whitespace().collect();
        blake3::hash(words.as_bytes()).to_hex()[..DIGITS].to_owned()
    });
    digests.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_their_marks() {
        assert_eq!(
            split_sentences("It costs 1.5 yuan. Who pays? 自5月1日起施行。另行通知"),
            ["It costs 1.5 yuan.", "Who pays?", "自5月1日起施行。", "另行通知"]
        );
        assert_eq!(split_sentences(" … "), [""; 0]);
    }

    #[test]
    fn digest_ignores_spaces_and_line_breaks() {
        let lines = ["One  line\nand another.", "One line and another.", "Two lines."];
        let digests = digests(&lines.map(str::to_owned));
        assert_eq!(digests[0], digests[1]);
        assert_ne!(digests[1], digests[2]);
        assert_eq!(digests[0].len(), DIGITS);
    }
}
