//! The statistics of BM25, over live documents only.
//!
//! An index that is updated in place keeps deleted documents until their segment is merged, and
//! tantivy counts them. Scores, and with them the ranking, would then depend on what a server has
//! indexed since it started.

use std::collections::BTreeMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, Searcher};

/// The statistics of one state of the index.
pub(crate) struct Bm25Stats {
    num_docs: u64,
    /// For each field, the number of tokens in all documents. Lengths are rounded as tantivy stores
    /// them.
    num_tokens: BTreeMap<u32, u64>,
    /// For each segment, its deleted documents.
    deleted: Vec<Vec<DocId>>,
    searcher: Searcher,
}

impl Bm25Stats {
    pub(super) fn new(searcher: &Searcher, fields: &[Field]) -> tantivy::Result<Self> {
        let mut num_tokens = BTreeMap::new();
        let mut deleted = Vec::new();
        for segment in searcher.segment_readers() {
            for field in fields {
                let lengths = segment.get_fieldnorms_reader(*field)?;
                let sum: u64 =
                    segment.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum();
                *num_tokens.entry(field.field_id()).or_default() += sum;
            }
            deleted.push((0..segment.max_doc()).filter(|doc| segment.is_deleted(*doc)).collect());
        }
        Ok(Self { num_docs: searcher.num_docs(), num_tokens, deleted, searcher: searcher.clone() })
    }

    /// The inverse document frequency of BM25.
    pub(crate) fn idf(&self, doc_freq: u64) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "an estimate needs no exact counts")]
        let (all, with) = (self.num_docs as f32, doc_freq.min(self.num_docs) as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// The number of documents that have a term.
    pub(crate) fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut count = 0;
        for (segment, deleted) in self.searcher.segment_readers().iter().zip(&self.deleted) {
            let terms = segment.inverted_index(term.field())?;
            let Some(info) = terms.get_term_info(term)? else { continue };
            count += u64::from(info.doc_freq);
            if !deleted.is_empty() {
                let mut docs =
                    terms.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                for doc in deleted {
                    let has_term = docs.doc() <= *doc && docs.seek(*doc) == *doc;
                    count -= u64::from(has_term);
                }
            }
        }
        Ok(count)
    }
}

impl Bm25StatisticsProvider for Bm25Stats {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // An average length of zero would divide by zero.
        let tokens = self.num_tokens.get(&field.field_id()).copied().unwrap_or_default();
        Ok(tokens.max(self.num_docs))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.num_docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.doc_freq(term)
    }
}
