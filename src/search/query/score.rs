//! BM25 scores of every document, and which clauses each one matches.
//!
//! Facets count every match anyway, so each clause is run over all documents in turn. That is
//! several times as fast as visiting documents with all clauses at once, and adds the scores in one
//! fixed order, down to the last digit.

use tantivy::query::EnableScoring;

use super::build::BoxedQuery;
use crate::search::index::{DELETED, IndexSnapshot};

/// The clauses of a document that is excluded or lacks a phrase. No clause has this bit.
const EXCLUDED: u64 = 1 << 63;

/// A clause to search for.
pub(crate) struct MustClause {
    pub(crate) query: BoxedQuery,
    /// Whether every result must match it.
    pub(crate) is_phrase: bool,
    /// The inverse document frequency of BM25.
    pub(crate) idf: f32,
}

/// A query that counts as some clauses, for the documents that lack any of them.
pub(crate) struct Alternative {
    pub(crate) query: BoxedQuery,
    /// The set of clauses.
    pub(crate) clauses: u64,
}

/// The score of one document.
pub(crate) struct ScoredDoc {
    pub(crate) segment: usize,
    pub(crate) doc: usize,
    /// The clauses that the document matches: a bit for each, in the order of the query.
    pub(crate) clauses: u64,
    /// Those among them that its title matches.
    pub(crate) title_clauses: u64,
    pub(crate) score: f32,
}

/// The scores of all documents of an index.
pub(crate) struct ScoreTable {
    segments: Vec<SegmentScores>,
}

/// The scores of the documents of a segment, by their ids.
struct SegmentScores {
    scores: Vec<f32>,
    /// The clauses that each document matches, as in [`ScoredDoc::clauses`].
    clauses: Vec<u64>,
    /// The clauses that each title matches.
    title_clauses: Vec<u64>,
}

impl ScoreTable {
    /// Runs every clause, and the alternatives in documents without a match of their clauses.
    /// Documents without a required phrase are excluded. `boosts` raise the scores of the documents
    /// that match them, and are not required.
    pub(crate) fn new(
        snapshot: &IndexSnapshot,
        must: &[MustClause],
        alternatives: &[Alternative],
        boosts: &[BoxedQuery],
    ) -> tantivy::Result<Self> {
        let mut segments: Vec<SegmentScores> = snapshot
            .translations
            .iter()
            .map(|docs| SegmentScores {
                scores: vec![0.0; docs.len()],
                clauses: vec![0; docs.len()],
                title_clauses: vec![0; docs.len()],
            })
            .collect();
        let clauses = must.iter().enumerate();
        let clauses = clauses.map(|(index, clause)| (&clause.query, clause_bit(index), false));
        let others = alternatives.iter().map(|other| (&other.query, other.clauses, true));
        let boosts = boosts.iter().map(|query| (query, 0, false));
        for (query, bits, is_alternative) in clauses.chain(others).chain(boosts) {
            let scoring = EnableScoring::enabled_from_statistics_provider(
                &snapshot.stats,
                &snapshot.searcher,
            );
            let weight = query.weight(scoring)?;
            for (reader, segment) in snapshot.searcher.segment_readers().iter().zip(&mut segments) {
                weight.for_each(reader, &mut |doc, score| {
                    let clauses = &mut segment.clauses[doc as usize];
                    if !is_alternative || *clauses & bits != bits {
                        segment.scores[doc as usize] += score;
                        *clauses |= bits;
                    }
                })?;
            }
        }
        let phrases = phrase_bits(must);
        for clauses in segments.iter_mut().flat_map(|segment| &mut segment.clauses) {
            if *clauses & phrases != phrases {
                *clauses = EXCLUDED;
            }
        }
        Ok(Self { segments })
    }

    /// Adds the clauses that titles match.
    pub(crate) fn add_titles(
        &mut self,
        snapshot: &IndexSnapshot,
        titles: &[Alternative],
    ) -> tantivy::Result<()> {
        for Alternative { query, clauses } in titles {
            let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
            for (reader, segment) in
                snapshot.searcher.segment_readers().iter().zip(&mut self.segments)
            {
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs {
                        segment.title_clauses[*doc as usize] |= clauses;
                    }
                })?;
            }
        }
        Ok(())
    }

    /// Excludes the documents whose translation, by its index in the corpus, is excluded.
    pub(crate) fn exclude(&mut self, snapshot: &IndexSnapshot, is_excluded: impl Fn(u32) -> bool) {
        for (segment, translations) in self.segments.iter_mut().zip(&snapshot.translations) {
            for (clauses, translation) in segment.clauses.iter_mut().zip(translations) {
                if is_excluded(*translation) {
                    *clauses = EXCLUDED;
                }
            }
        }
    }

    /// How many documents match each number of clauses, from 0 to `max`.
    pub(crate) fn count_by_clauses(&self, snapshot: &IndexSnapshot, max: usize) -> Vec<usize> {
        let mut counts = vec![0; max + 1];
        for (segment, translations) in self.segments.iter().zip(&snapshot.translations) {
            for (clauses, translation) in segment.clauses.iter().zip(translations) {
                if *translation != DELETED && *clauses != EXCLUDED {
                    counts[count_clauses(*clauses)] += 1;
                }
            }
        }
        counts
    }

    /// The documents that match enough clauses, given as a set.
    pub(crate) fn docs_matching(
        &self,
        is_enough: impl Fn(u64) -> bool + Copy,
    ) -> impl Iterator<Item = ScoredDoc> {
        self.segments.iter().enumerate().flat_map(move |(segment, table)| {
            let docs = table.clauses.iter().zip(&table.scores).enumerate();
            docs.filter(move |(_, (clauses, _))| **clauses != EXCLUDED && is_enough(**clauses)).map(
                move |(doc, (clauses, score))| ScoredDoc {
                    segment,
                    doc,
                    clauses: *clauses,
                    title_clauses: table.title_clauses[doc] & clauses,
                    score: *score,
                },
            )
        })
    }
}

/// The bit of a clause in a set of them. In a very long query the last ones share a bit: any one of
/// its clauses is enough for a match, so that they need not be told apart.
pub(crate) const fn clause_bit(index: usize) -> u64 {
    if index < 62 { 1 << index } else { 1 << 62 }
}

/// The number of clauses in a set of them.
pub(crate) const fn count_clauses(clauses: u64) -> usize {
    clauses.count_ones() as usize
}

/// The clauses that are phrases.
fn phrase_bits(must: &[MustClause]) -> u64 {
    let mut bits = 0;
    for (index, clause) in must.iter().enumerate() {
        if clause.is_phrase {
            bits |= clause_bit(index);
        }
    }
    bits
}
