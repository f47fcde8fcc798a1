//! What BM25 counts: texts that are alive and nothing else.
//!
//! An index that is changed piece by piece still holds what was taken out of it, and tantivy counts that too. Scores, and
//! with them the order of results, would then depend on what a server has seen since it started.

use std::collections::BTreeMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, Searcher};

/// The counts of one state of the index.
pub(crate) struct Statistics {
    texts: u64,
    /// For each field, how many terms all texts have there. Lengths are rounded, as tantivy keeps them.
    terms: BTreeMap<u32, u64>,
    /// For each segment, what was taken out of it.
    deleted: Vec<Vec<DocId>>,
    searcher: Searcher,
}

impl Statistics {
    pub(crate) fn new(searcher: &Searcher, fields: &[Field]) -> tantivy::Result<Self> {
        let mut terms = BTreeMap::new();
        let mut deleted = Vec::new();
        for segment in searcher.segment_readers() {
            for field in fields {
                let lengths = segment.get_fieldnorms_reader(*field)?;
                let sum: u64 =
                    segment.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum();
                *terms.entry(field.field_id()).or_default() += sum;
            }
            deleted.push((0..segment.max_doc()).filter(|doc| segment.is_deleted(*doc)).collect());
        }
        Ok(Self { texts: searcher.num_docs(), terms, deleted, searcher: searcher.clone() })
    }

    /// How rare something is that so many texts have (BM25's inverse document frequency).
    pub(crate) fn rarity(&self, texts: u64) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "how rare something is, is no exact matter")]
        let (all, with) = (self.texts as f32, texts.min(self.texts) as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// How many texts have a term.
    pub(crate) fn texts_with(&self, term: &Term) -> tantivy::Result<u64> {
        self.doc_freq(term)
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // No average may be zero: scores divide by it.
        Ok(self.terms.get(&field.field_id()).copied().unwrap_or_default().max(self.texts))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.texts)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut count = 0;
        for (segment, deleted) in self.searcher.segment_readers().iter().zip(&self.deleted) {
            let terms = segment.inverted_index(term.field())?;
            let Some(info) = terms.get_term_info(term)? else { continue };
            count += u64::from(info.doc_freq);
            if !deleted.is_empty() {
                let mut texts =
                    terms.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                let is_among = |doc: &&DocId| texts.doc() <= **doc && texts.seek(**doc) == **doc;
                count -= deleted.iter().filter(is_among).count() as u64;
            }
        }
        Ok(count)
    }
}
