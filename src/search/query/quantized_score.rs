//! Scores whose sum does not depend on the order of addition.
//!
//! tantivy adds the scores of an intersection in the order of the cost of its parts, which differs
//! between segments, and the last digits of a sum of floats depend on that order. Two replicas with
//! the same content but other segments would rank results differently. Multiples of one step add up
//! exactly.

use std::fmt;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SeekDangerResult, SegmentReader};

/// A step is 1/256. An `f32` has 24 binary digits, so sums of steps are exact up to 65,536.
const STEPS_PER_UNIT: f32 = 256.0;

/// A query whose scores are rounded to steps.
pub(crate) struct QuantizedQuery(Box<dyn Query>);

impl QuantizedQuery {
    pub(crate) fn boxed(query: Box<dyn Query>) -> Box<dyn Query> {
        Box::new(Self(query))
    }
}

impl Clone for QuantizedQuery {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl fmt::Debug for QuantizedQuery {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "QuantizedQuery({:?})", self.0)
    }
}

impl Query for QuantizedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = self.0.weight(scoring)?;
        Ok(if scoring.is_scoring_enabled() { Box::new(QuantizedWeight(weight)) } else { weight })
    }
}

struct QuantizedWeight(Box<dyn Weight>);

impl Weight for QuantizedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(QuantizedScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

struct QuantizedScorer(Box<dyn Scorer>);

impl Scorer for QuantizedScorer {
    fn score(&mut self) -> Score {
        (self.0.score() * STEPS_PER_UNIT).round() / STEPS_PER_UNIT
    }
}

impl DocSet for QuantizedScorer {
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

    /// The scores of a query in an index of three documents.
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
    fn scores_are_rounded_to_steps() -> tantivy::Result<()> {
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
        let quantized = scores(|word| QuantizedQuery::boxed(term(word)), schema.clone())?;
        assert_eq!((exact.len(), quantized.len()), (3, 3));
        assert!(exact.iter().any(|score| (score * STEPS_PER_UNIT).fract() != 0.0), "{exact:?}");
        for (exact, quantized) in exact.iter().zip(&quantized) {
            assert!(
                (quantized * STEPS_PER_UNIT).fract() == 0.0
                    && (exact - quantized).abs() <= 0.5 / STEPS_PER_UNIT,
                "{exact} {quantized}"
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
        assert_eq!(both(|query| query)?.len(), both(QuantizedQuery::boxed)?.len());
        assert_eq!(both(QuantizedQuery::boxed)?.len(), 2);
        Ok(())
    }
}
