//! Phrases that contain Chinese, checked in the text itself.
//!
//! The index finds such a phrase by bigrams, which a document may have apart from each other.
//! Phrases of words alone are checked by the index, which has their positions.

use std::cell::Cell;

use super::clause::{Clause, QueryTerm};
use super::parse::ParsedQuery;
use crate::language::is_han;
use crate::search::index::corpus::{Corpus, Translation};
use crate::search::text::tokenize::join_tokens;
use crate::search::text::{normalize, plain_text};

/// Bytes of text read for one search, newest documents first: some 5,000 bulletins. Older documents
/// count as not matching.
const MAX_READ: usize = 20 << 20;

/// Bytes of text normalized for one search: about a hundred bulletins. Most documents have the
/// phrase as it was typed, which needs no normalization.
const MAX_NORMALIZED: usize = 400 << 10;

/// Checks the phrases of one search.
#[derive(Default)]
pub(crate) struct PhraseMatcher {
    required: Vec<String>,
    read: Cell<usize>,
    normalized: Cell<usize>,
}

impl PhraseMatcher {
    pub(crate) fn new(query: &ParsedQuery) -> Self {
        let required = query.must.iter().filter_map(Self::phrase_to_check);
        Self { required: required.map(ToOwned::to_owned).collect(), ..Self::default() }
    }

    /// Whether there is no required phrase to check.
    pub(crate) fn is_empty(&self) -> bool {
        self.required.is_empty()
    }

    /// The phrase of a clause, if it must be checked here. One of two Chinese characters is a
    /// bigram, which the index finds.
    pub(crate) fn phrase_to_check(clause: &Clause) -> Option<&str> {
        let needs_check = match clause.terms.as_slice() {
            [QueryTerm::Han(run)] => run.chars().nth(2).is_some(),
            terms => terms.iter().any(|term| matches!(term, QueryTerm::Han(_))),
        };
        if needs_check { clause.phrase.as_deref() } else { None }
    }

    /// Whether a text contains every required phrase.
    pub(crate) fn matches_all(&self, corpus: &Corpus, translation: Translation) -> bool {
        self.required.iter().all(|phrase| self.matches(phrase, corpus, translation))
    }

    /// Whether a text that has the bigrams of a phrase contains the phrase.
    pub(crate) fn matches(&self, phrase: &str, corpus: &Corpus, translation: Translation) -> bool {
        let Some(text) = corpus.text_of(translation) else { return false };
        let markdown = &text.body.markdown;
        self.read.set(self.read.get() + markdown.len());
        if self.read.get() > MAX_READ {
            return false;
        }
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let short_title = text.short_title.as_deref().unwrap_or_default();
        let typed = [text.title.value.as_str(), short_title, summary, markdown];
        // Comments are not a part of the text.
        let is_shown = !markdown.contains("<!--");
        if is_shown && typed.iter().any(|part| contains_phrase(part, phrase)) {
            return true;
        }
        let normalized = self.normalized.get() + markdown.len();
        if normalized > MAX_NORMALIZED {
            return false;
        }
        self.normalized.set(normalized);
        let (keywords, body) = (corpus.keywords(translation), plain_text::from_markdown(markdown));
        let parts = [text.title.value.as_str(), short_title, summary, &keywords, &body];
        parts.iter().any(|part| contains_phrase(&join_tokens(&normalize::simplify(part)), phrase))
    }
}

/// Whether a text contains a phrase other than as a part of a longer number or word: `5个` is not
/// in `15个`, nor in `1.5个`.
fn contains_phrase(text: &str, phrase: &str) -> bool {
    let (Some(first), Some(last)) = (phrase.chars().next(), phrase.chars().next_back()) else {
        return false;
    };
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        !before.is_some_and(|before| belong_together(first, before))
            && !after.is_some_and(|after| belong_together(last, after))
    })
}

/// Whether the edge of a phrase and the character next to it belong to one word or number.
fn belong_together(edge: char, neighbour: char) -> bool {
    is_word_character(edge)
        && (is_word_character(neighbour) || edge.is_ascii_digit() && matches!(neighbour, '.' | ','))
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() && !is_han(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrase_inside_longer_word_is_no_match() {
        let table = [
            ("5个村", "全市5个村", true),
            ("5个村", "全市15个村，5个村", true),
            ("5个村", "全市15个村", false),
            ("5个村", "全市1.5个村", false),
            ("pilot试点", "copilot试点", false),
            ("试点2022", "试点2022年", true),
            ("试点202", "试点2022年", false),
            ("新增就业", "城镇新增就业岗位", true),
            ("", "x", false),
        ];
        for (phrase, text, expected) in table {
            assert_eq!(contains_phrase(text, phrase), expected, "{phrase} in {text}");
        }
    }
}
