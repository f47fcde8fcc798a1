//! How well each text fits a query: the sum of what its words count (BM25), and how many of the words it has.
//!
//! Words are taken one after the other, each through all its texts, because facets count every text anyway. That is
//! several times as fast as going from text to text through all words, and adds scores in one order, up to the last digits.

use tantivy::query::{EnableScoring, Query as TantivyQuery};

use super::index::{Snapshot, TAKEN_OUT};

/// How many words a text has that is left out.
const LEFT_OUT: u8 = u8::MAX;

/// How many words a text has that lacks a phrase. No query has as many.
const LACKING: u8 = u8::MAX - 1;

/// The scores of every text, by segment and place in it.
pub(super) struct Scores {
    segments: Vec<Segment>,
}

struct Segment {
    scores: Vec<f32>,
    /// How many of the words each text has.
    words: Vec<u8>,
    /// How many of the phrases each text has; empty where there are none.
    phrases: Vec<u8>,
}

/// A word or a phrase, as a query of the index.
pub(super) struct Wanted {
    pub(super) query: Box<dyn TantivyQuery>,
    /// Whether results must have it.
    pub(super) is_phrase: bool,
}

impl Scores {
    /// The scores of a query's words, each its own query; texts without a phrase have none.
    pub(super) fn of(snapshot: &Snapshot, wanted: &[Wanted]) -> tantivy::Result<Self> {
        let sizes = snapshot.versions.iter().map(Vec::len);
        let phrases = wanted.iter().filter(|wanted| wanted.is_phrase).count();
        let segment = |size| Segment {
            scores: vec![0.0; size],
            words: vec![0; size],
            phrases: vec![0; if phrases > 0 { size } else { 0 }],
        };
        let mut segments: Vec<Segment> = sizes.map(segment).collect();
        let readers = snapshot.searcher.segment_readers();
        for Wanted { query, is_phrase } in wanted {
            let scoring = EnableScoring::enabled_from_statistics_provider(&snapshot.statistics, &snapshot.searcher);
            let weight = query.weight(scoring)?;
            for (reader, segment) in readers.iter().zip(&mut segments) {
                weight.for_each(reader, &mut |doc, score| {
                    segment.scores[doc as usize] += score;
                    segment.words[doc as usize] += 1;
                    if *is_phrase {
                        segment.phrases[doc as usize] += 1;
                    }
                })?;
            }
        }
        for segment in &mut segments {
            for (words, has) in segment.words.iter_mut().zip(&segment.phrases) {
                if usize::from(*has) < phrases {
                    *words = LACKING;
                }
            }
        }
        Ok(Self { segments })
    }

    /// Leaves out texts, whatever words they have.
    pub(super) fn leave_out(&mut self, snapshot: &Snapshot, is_left_out: impl Fn(u32) -> bool) {
        for (segment, versions) in self.segments.iter_mut().zip(&snapshot.versions) {
            for (words, version) in segment.words.iter_mut().zip(versions) {
                if is_left_out(*version) {
                    *words = LEFT_OUT;
                }
            }
        }
    }

    /// How many texts of an edition have each number of words, up to all of them.
    pub(super) fn by_words(&self, snapshot: &Snapshot, all: usize) -> Vec<usize> {
        let mut counts = vec![0; all + 1];
        for (segment, versions) in self.segments.iter().zip(&snapshot.versions) {
            let alive = segment.words.iter().zip(versions).filter(|(_, version)| **version != TAKEN_OUT);
            for (words, _) in alive {
                if let Some(count) = counts.get_mut(usize::from(*words)) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// Every text with at least so many of the words, by its segment and place, with its score.
    pub(super) fn with(&self, required: usize) -> impl Iterator<Item = (usize, usize, f32)> {
        self.segments.iter().enumerate().flat_map(move |(number, segment)| {
            let texts = segment.words.iter().zip(&segment.scores).enumerate();
            let has = move |words: u8| words < LACKING && usize::from(words) >= required;
            texts.filter_map(move |(place, (words, score))| has(*words).then_some((number, place, *score)))
        })
    }
}
