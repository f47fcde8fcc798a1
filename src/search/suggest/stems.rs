//! Stems of the index that are similar to a word or begin with it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::Term;
use tantivy_fst::Automaton;

use crate::search::index::{IndexSnapshot, WordField};

/// The edit distance within which a stem is similar to a word.
pub(super) const MAX_DISTANCE: u8 = 2;

/// How many stems are counted, the most similar first, and how many of them are returned.
const MAX_COUNTED: usize = 64;
const MAX_RETURNED: usize = 4;

/// Builds the automata; two letters that changed places are one edit.
static AUTOMATA: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(MAX_DISTANCE, true));

/// A stem of the index.
pub(super) struct Stem {
    pub(super) text: String,
    pub(super) doc_freq: u64,
}

impl Stem {
    /// The order of stems: those in the most documents first.
    pub(super) fn rank(&self) -> (Reverse<u64>, &str) {
        (Reverse(self.doc_freq), &self.text)
    }
}

/// The stems to find.
#[derive(Debug, Clone, Copy)]
pub(super) enum StemQuery<'a> {
    /// Stems within [`MAX_DISTANCE`] of a word, the most similar first.
    Similar(&'a str),
    /// Stems that begin with a text, those in the most documents first.
    Prefix(&'a str),
}

/// Finds a few stems in a field.
pub(super) fn find_stems(
    snapshot: &IndexSnapshot,
    field: WordField,
    query: StemQuery<'_>,
) -> tantivy::Result<Vec<Stem>> {
    let mut candidates: Vec<(u8, String)> = match query {
        StemQuery::Similar(word) => similar_terms(snapshot, field, word)?,
        StemQuery::Prefix(prefix) => terms_with_prefix(snapshot, field, prefix)?,
    };
    candidates.sort();
    let mut counted: Vec<(u8, Reverse<u64>, String)> = Vec::new();
    for (distance, term) in candidates {
        if counted.len() == MAX_COUNTED {
            break;
        }
        let doc_freq = snapshot.stats.doc_freq(&Term::from_field_text(field.field, &term))?;
        // Terms of deleted documents are still in the index.
        if doc_freq > 0 {
            counted.push((distance, Reverse(doc_freq), term));
        }
    }
    counted.sort();
    let stems = counted.into_iter().take(MAX_RETURNED);
    Ok(stems.map(|(_, Reverse(doc_freq), text)| Stem { text, doc_freq }).collect())
}

/// The terms within [`MAX_DISTANCE`] of a word, with their distances.
fn similar_terms(
    snapshot: &IndexSnapshot,
    field: WordField,
    word: &str,
) -> tantivy::Result<Vec<(u8, String)>> {
    let automaton = SimilarityAutomaton(AUTOMATA.build_dfa(word));
    // The first letter is rarely wrong, and trying all others would take ten times as long.
    let Some(first) = word.chars().next() else { return Ok(Vec::new()) };
    let next = char::from_u32(u32::from(first) + 1).unwrap_or(char::MAX);
    let mut found: BTreeMap<String, u8> = BTreeMap::new();
    for segment in snapshot.searcher.segment_readers() {
        let index = segment.inverted_index(field.field)?;
        let terms = index.terms().search(&automaton).ge(first.to_string()).lt(next.to_string());
        let mut stream = terms.into_stream()?;
        while stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
            let is_number = term.starts_with(|first: char| first.is_ascii_digit());
            if !is_number {
                found.insert(term.to_owned(), automaton.0.eval(term).to_u8());
            }
        }
    }
    Ok(found.into_iter().map(|(term, distance)| (distance, term)).collect())
}

/// The first terms of each segment that begin with a text, with a distance of 0.
fn terms_with_prefix(
    snapshot: &IndexSnapshot,
    field: WordField,
    prefix: &str,
) -> tantivy::Result<Vec<(u8, String)>> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for segment in snapshot.searcher.segment_readers() {
        let index = segment.inverted_index(field.field)?;
        let mut stream = index.terms().range().ge(prefix).into_stream()?;
        for _ in 0..MAX_COUNTED {
            if !stream.advance() || !stream.key().starts_with(prefix.as_bytes()) {
                break;
            }
            found.extend(std::str::from_utf8(stream.key()).map(ToOwned::to_owned));
        }
    }
    Ok(found.into_iter().map(|term| (0, term)).collect())
}

/// Accepts the terms within [`MAX_DISTANCE`] of a word.
struct SimilarityAutomaton(DFA);

impl Automaton for &SimilarityAutomaton {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
