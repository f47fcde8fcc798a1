//! How well each text fits a query: the sum of what its words count (BM25), and which of the words it has.
//!
//! Words are taken one after the other, each through all its texts, because facets count every text anyway. That is
//! several times as fast as going from text to text through all words, and adds scores in one order, up to the last digits.

use std::ops::Range;

use tantivy::query::EnableScoring;

use crate::search::index::{IndexSnapshot, TAKEN_OUT};
use crate::search::query::build::Boxed;

/// Stands among the words of a text that is left out, or lacks a phrase. No query has as many words.
const OUT: u64 = 1 << 63;

/// The scores of every text, by segment and place in it.
pub(crate) struct Scores {
    segments: Vec<Segment>,
}

struct Segment {
    scores: Vec<f32>,
    /// Which of the words each text has: a bit for each.
    has: Vec<u64>,
}

/// How well one text fits.
pub(crate) struct Scored {
    pub(crate) segment: usize,
    pub(crate) place: usize,
    /// Which of the words it has: a bit for each, in the order of the query.
    pub(crate) has: u64,
    pub(crate) score: f32,
}

/// A word or a phrase, as a query of the index.
pub(crate) struct Wanted {
    pub(crate) query: Boxed,
    /// Whether results must have it.
    pub(crate) is_phrase: bool,
    /// How rare it is (BM25's inverse document frequency).
    pub(crate) rarity: f32,
}

impl Scores {
    /// The scores of a query's words, each its own query; texts without a phrase have none. What also counts adds to the
    /// scores, and is not wanted by itself.
    pub(crate) fn of(
        snapshot: &IndexSnapshot,
        wanted: &[Wanted],
        also: &[Boxed],
    ) -> tantivy::Result<Self> {
        let segment = |versions: &Vec<u32>| Segment {
            scores: vec![0.0; versions.len()],
            has: vec![0; versions.len()],
        };
        let mut segments: Vec<Segment> = snapshot.versions.iter().map(segment).collect();
        let readers = snapshot.searcher.segment_readers();
        let bits = wanted.iter().enumerate().map(|(number, wanted)| (&wanted.query, 1 << number));
        for (query, bit) in bits.chain(also.iter().map(|query| (query, 0))) {
            let scoring = EnableScoring::enabled_from_statistics_provider(
                &snapshot.statistics,
                &snapshot.searcher,
            );
            let weight = query.weight(scoring)?;
            for (reader, segment) in readers.iter().zip(&mut segments) {
                weight.for_each(reader, &mut |doc, score| {
                    segment.scores[doc as usize] += score;
                    segment.has[doc as usize] |= bit;
                })?;
            }
        }
        let is_phrase = |(_, wanted): &(usize, &Wanted)| wanted.is_phrase;
        let phrases = wanted
            .iter()
            .enumerate()
            .filter(is_phrase)
            .fold(0, |bits, (number, _)| bits | 1 << number);
        if phrases != 0 {
            let all = segments.iter_mut().flat_map(|segment| &mut segment.has);
            all.filter(|has| **has & phrases != phrases).for_each(|has| *has = OUT);
        }
        Ok(Self { segments })
    }

    /// Leaves out texts, whatever words they have.
    pub(crate) fn leave_out(
        &mut self,
        snapshot: &IndexSnapshot,
        is_left_out: impl Fn(u32) -> bool,
    ) {
        for (segment, versions) in self.segments.iter_mut().zip(&snapshot.versions) {
            for (has, version) in segment.has.iter_mut().zip(versions) {
                if is_left_out(*version) {
                    *has = OUT;
                }
            }
        }
    }

    /// How many texts of an edition have each number of words, up to all of them.
    pub(crate) fn by_words(&self, snapshot: &IndexSnapshot, all: usize) -> Vec<usize> {
        let mut counts = vec![0; all + 1];
        for (segment, versions) in self.segments.iter().zip(&snapshot.versions) {
            let alive =
                segment.has.iter().zip(versions).filter(|(_, version)| **version != TAKEN_OUT);
            for (has, _) in alive.filter(|(has, _)| **has != OUT) {
                counts[words(*has)] += 1;
            }
        }
        counts
    }

    /// Every text with so many of the words.
    pub(crate) fn with(&self, range: Range<usize>) -> impl Iterator<Item = Scored> {
        self.segments.iter().enumerate().flat_map(move |(segment, texts)| {
            let range = range.clone();
            let fits = move |has: u64| has != OUT && range.contains(&words(has));
            let texts = texts.has.iter().zip(&texts.scores).enumerate();
            let texts = texts.filter(move |(_, (has, _))| fits(**has));
            texts.map(move |(place, (has, score))| Scored {
                segment,
                place,
                has: *has,
                score: *score,
            })
        })
    }
}

/// How many words these are.
pub(crate) const fn words(has: u64) -> usize {
    has.count_ones() as usize
}
