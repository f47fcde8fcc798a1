//! Scores whose sums do not depend on the order of adding.
//!
//! tantivy adds the scores of an intersection in the order of what its parts cost, which differs from segment to segment;
//! and sums of floats depend on their order in the last digits. Two replicas with the same content, but other segments,
//! would then put results in another order. Multiples of one unit add up exactly.

use std::fmt;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SeekDangerResult, SegmentReader};

/// One of these is the unit. A float has 24 binary digits: up to 65,536, sums of multiples of it are exact.
const UNITS: f32 = 256.0;

/// A query whose scores are rounded to the unit.
pub(crate) struct Rounded(Box<dyn Query>);

impl Rounded {
    pub(crate) fn boxed(query: Box<dyn Query>) -> Box<dyn Query> {
        Box::new(Self(query))
    }
}

impl Clone for Rounded {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl fmt::Debug for Rounded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Rounded({:?})", self.0)
    }
}

impl Query for Rounded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = self.0.weight(scoring)?;
        Ok(if scoring.is_scoring_enabled() { Box::new(RoundedWeight(weight)) } else { weight })
    }
}

struct RoundedWeight(Box<dyn Weight>);

impl Weight for RoundedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(RoundedScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

struct RoundedScorer(Box<dyn Scorer>);

impl Scorer for RoundedScorer {
    fn score(&mut self) -> Score {
        (self.0.score() * UNITS).round() / UNITS
    }
}

impl DocSet for RoundedScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.0.seek_danger(target)
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        self.0.fill_buffer(buffer)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::query::{BooleanQuery, TermQuery};
    use tantivy::schema::{IndexRecordOption, STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument, Term};

    use super::*;

    /// The scores of a query in an index of three texts.
    fn scores(query: impl Fn(&str) -> Box<dyn Query>, schema: Schema) -> tantivy::Result<Vec<f32>> {
        let text = schema.get_field("text")?;
        let index = Index::create_in_ram(schema);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000)?;
        for body in ["one two three four", "one one two", "one two two three three three"] {
            let mut document = TantivyDocument::default();
            document.add_text(text, body);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let searcher = index.reader()?.searcher();
        let mut scores = Vec::new();
        let weight = query("two").weight(EnableScoring::enabled_from_searcher(&searcher))?;
        for reader in searcher.segment_readers() {
            weight.for_each(reader, &mut |_, score| scores.push(score))?;
        }
        Ok(scores)
    }

    #[test]
    fn scores_are_multiples_of_the_unit_and_nearly_what_they_were() -> tantivy::Result<()> {
        let mut schema = Schema::builder();
        schema.add_text_field("other", STRING);
        let text = schema.add_text_field("text", TEXT);
        let schema = schema.build();
        let term = |word: &str| -> Box<dyn Query> {
            Box::new(TermQuery::new(
                Term::from_field_text(text, word),
                IndexRecordOption::WithFreqs,
            ))
        };
        let exact = scores(term, schema.clone())?;
        let rounded = scores(|word| Rounded::boxed(term(word)), schema.clone())?;
        assert_eq!((exact.len(), rounded.len()), (3, 3));
        assert!(exact.iter().any(|score| (score * UNITS).fract() != 0.0), "{exact:?}");
        for (exact, rounded) in exact.iter().zip(&rounded) {
            assert!(
                (rounded * UNITS).fract() == 0.0 && (exact - rounded).abs() <= 0.5 / UNITS,
                "{exact} {rounded}"
            );
        }
        // Within an intersection, which seeks, it matches the same texts.
        let both = |wrap: fn(Box<dyn Query>) -> Box<dyn Query>| {
            scores(
                |word| {
                    Box::new(BooleanQuery::intersection(vec![
                        wrap(term("three")),
                        wrap(term(word)),
                    ]))
                },
                schema.clone(),
            )
        };
        assert_eq!(both(|query| query)?.len(), both(Rounded::boxed)?.len());
        assert_eq!(both(Rounded::boxed)?.len(), 2);
        Ok(())
    }
}
