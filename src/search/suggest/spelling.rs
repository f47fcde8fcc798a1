//! The spelling of a stem in texts.

use std::collections::BTreeSet;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Term};

use super::stems::Stem;
use crate::search::index::corpus::Corpus;
use crate::search::index::{DELETED, IndexSnapshot, WordField};
use crate::search::text::plain_text;
use crate::search::text::tokenize::{TokenKind, Tokenizer};

/// How many translations are read for the spelling of a stem.
const MAX_TRANSLATIONS: usize = 6;

/// A word as a text spells it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spelling {
    pub(super) folded: String,
    /// In lower case, with its accents.
    pub(super) written: String,
}

impl Spelling {
    pub(super) fn distance_to(&self, word: &str) -> usize {
        strsim::osa_distance(word, &self.folded)
    }
}

/// Finds the spelling of a stem that is the most similar to a word, in some texts that have it.
pub(super) fn find_spelling(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    field: WordField,
    stem: &Stem,
    word: &str,
) -> tantivy::Result<Option<Spelling>> {
    let term = Term::from_field_text(field.field, &stem.text);
    let mut nearest: Option<Spelling> = None;
    for index in sample_translations(snapshot, &term)? {
        let Some(&translation) = corpus.translations.get(index as usize) else { continue };
        let Some(text) = corpus.text_of(translation) else { continue };
        let short_title = text.short_title.as_deref().unwrap_or_default();
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let keywords = corpus.keywords(translation);
        // Markdown does not change the spelling of words, so it needs no parsing.
        let body = plain_text::beginning(&text.body.markdown);
        let mut spellings: BTreeSet<Spelling> = nearest.into_iter().collect();
        for part in [text.title.value.as_str(), short_title, summary, &keywords, body] {
            add_spellings(part, field, &stem.text, &mut spellings);
        }
        nearest = spellings.into_iter().min_by_key(|spelling| spelling.distance_to(word));
        if nearest.as_ref().is_some_and(|spelling| spelling.distance_to(word) <= 1) {
            break;
        }
    }
    Ok(nearest)
}

/// Some of the translations that have a term: the newest ones, and the oldest ones, among which are
/// pages without a date.
fn sample_translations(snapshot: &IndexSnapshot, term: &Term) -> tantivy::Result<Vec<u32>> {
    let mut found: Vec<u32> = Vec::new();
    let segments = snapshot.searcher.segment_readers().iter().zip(&snapshot.translations);
    for (segment, translations) in segments {
        let index = segment.inverted_index(term.field())?;
        let Some(mut docs) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
        while let Some(&translation) = translations.get(docs.doc() as usize) {
            if translation != DELETED {
                found.push(translation);
            }
            docs.advance();
        }
    }
    found.sort_unstable();
    let oldest = found.split_off(found.len().min(MAX_TRANSLATIONS / 2));
    found.extend(oldest.into_iter().rev().take(MAX_TRANSLATIONS / 2));
    Ok(found)
}

/// Adds every spelling of the word with a stem in a text.
fn add_spellings(text: &str, field: WordField, stem: &str, spellings: &mut BTreeSet<Spelling>) {
    // Stems rarely begin with other letters than their words. Most words fail this cheap test.
    let start: Vec<char> = stem.chars().take(2).collect();
    for word in text.split(|one: char| !one.is_alphanumeric() && !matches!(one, '\'' | '’')) {
        if !may_start_with(word, &start) {
            continue;
        }
        let mut tokenizer = Tokenizer::new(word);
        while let Some((kind, range)) = tokenizer.next() {
            if kind == TokenKind::Word && field.stemmer.stem(&tokenizer.folded) == stem {
                let folded = tokenizer.folded.clone();
                let lowercase = word[range].to_lowercase();
                let written = if lowercase.is_ascii() { folded.clone() } else { lowercase };
                spellings.insert(Spelling { folded, written });
            }
        }
    }
}

/// Whether a word begins with some letters, once it is folded. Letters beyond ASCII may.
fn may_start_with(word: &str, start: &[char]) -> bool {
    let mut letters = word.chars();
    start.iter().all(|expected| {
        let letter = letters.next();
        letter.is_some_and(|one| !one.is_ascii() || one.to_ascii_lowercase() == *expected)
    })
}
