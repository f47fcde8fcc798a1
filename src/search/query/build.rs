//! Compilation of clauses into tantivy queries.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::clause::{Clause, QueryTerm};
use super::quantized_score::QuantizedQuery;
use crate::search::index::{IndexSnapshot, TextFields, WordField};
use crate::search::text::chinese;

/// The weight of a subword, where the whole Chinese word is in no document.
const SUBWORD_BOOST: f32 = 0.7;

/// The weight of two words that are next to each other, as they were typed.
const ADJACENT_BOOST: f32 = 0.3;

/// Without that weight if more documents than this need their positions compared: 1 ms of work.
const MAX_ADJACENT_CHECKS: u64 = 1_000;

/// The most times that a repeated word counts.
const MAX_TERM_FREQUENCY: u16 = 6;

pub(crate) type BoxedQuery = Box<dyn Query>;

/// A clause as a query of the index.
pub(crate) struct CompiledClause {
    query: BoxedQuery,
    /// An upper bound on the documents that match: the document frequency of the rarest term.
    pub(crate) max_docs: u64,
    /// How many documents need their positions compared; 0 except for a phrase of words.
    pub(crate) position_checks: u64,
    /// Whether no document has the whole Chinese word, so that parts of it match.
    pub(crate) is_by_parts: bool,
}

/// Compiles clauses for a state of the index.
pub(crate) struct QueryBuilder<'a> {
    snapshot: &'a IndexSnapshot,
    fields: &'a TextFields,
}

impl CompiledClause {
    pub(super) const fn new(query: BoxedQuery, max_docs: u64) -> Self {
        Self { query, max_docs, position_checks: 0, is_by_parts: false }
    }

    /// Whether any document can match, and not by parts of a word only.
    pub(crate) const fn is_whole(&self) -> bool {
        self.can_match() && !self.is_by_parts
    }

    /// Whether any document can match.
    pub(crate) const fn can_match(&self) -> bool {
        self.max_docs > 0
    }

    pub(crate) fn into_query(self) -> BoxedQuery {
        self.query
    }

    /// The query with its score multiplied by how often the clause was typed, up to a limit: a
    /// word that a long question repeats all the time is not its subject.
    pub(crate) fn weighted(self, term_frequency: u16) -> BoxedQuery {
        if term_frequency > 1 {
            boost(self.query, f32::from(term_frequency.min(MAX_TERM_FREQUENCY)))
        } else {
            self.query
        }
    }
}

impl<'a> QueryBuilder<'a> {
    pub(crate) const fn new(snapshot: &'a IndexSnapshot) -> Self {
        Self { snapshot, fields: &snapshot.fields.text }
    }

    /// A builder of queries that match titles.
    pub(crate) const fn for_titles(snapshot: &'a IndexSnapshot) -> Self {
        Self { snapshot, fields: &snapshot.fields.title }
    }

    /// Compiles a clause. A Chinese word that is in no document matches by its parts.
    pub(crate) fn compile(&self, clause: &Clause) -> tantivy::Result<CompiledClause> {
        match (clause.terms.as_slice(), &clause.phrase) {
            ([term], None) => self.term(term),
            (terms, _) => self.phrase(terms),
        }
    }

    /// Compiles a clause so that only the whole of it matches.
    pub(crate) fn compile_exact(&self, clause: &Clause) -> tantivy::Result<CompiledClause> {
        self.phrase(&clause.terms)
    }

    /// Compiles the boost for two adjacent words; `None` where too many documents have both.
    pub(crate) fn compile_adjacent(
        &self,
        [first, second]: &[QueryTerm; 2],
    ) -> tantivy::Result<Option<BoxedQuery>> {
        let query = if let (QueryTerm::Han(first), QueryTerm::Han(second)) = (first, second) {
            // The index has the bigram of the last character of one and the first of the other.
            let bigram: String =
                first.chars().next_back().into_iter().chain(second.chars().next()).collect();
            single_term(self.fields.han, &bigram)
        } else {
            let compiled = self.phrase(&[first.clone(), second.clone()])?;
            if compiled.position_checks > MAX_ADJACENT_CHECKS {
                return Ok(None);
            }
            compiled.query
        };
        Ok(Some(boost(query, ADJACENT_BOOST)))
    }

    fn term(&self, term: &QueryTerm) -> tantivy::Result<CompiledClause> {
        match term {
            QueryTerm::Word(word) => self.in_word_fields(|field| field.stemmer.stem(word)),
            QueryTerm::Number(number) => self.in_word_fields(|_| number.clone()),
            QueryTerm::Han(word) => self.chinese_word(word),
        }
    }

    /// A term in the word field of any language.
    fn in_word_fields(
        &self,
        term: impl Fn(&WordField) -> String,
    ) -> tantivy::Result<CompiledClause> {
        let mut alternatives: Vec<BoxedQuery> = Vec::new();
        let mut max_docs = 0;
        for words in &self.fields.words {
            let term = term(words);
            let docs = self.doc_freq(words.field, &term)?;
            if docs > 0 {
                alternatives.push(single_term(words.field, &term));
            }
            max_docs += docs;
        }
        Ok(CompiledClause::new(any_of(alternatives), max_docs))
    }

    /// A Chinese word: all its bigrams, and the word itself where the dictionary has it; or, if no
    /// document has them, its subwords or bigrams.
    fn chinese_word(&self, word: &str) -> tantivy::Result<CompiledClause> {
        if !chinese::has_two_characters(word) {
            return self.single_character(word);
        }
        let docs = self.max_docs_with_bigrams(word)?;
        if docs > 0 {
            return Ok(CompiledClause::new(self.whole_word(word), docs));
        }
        // A name next to other single characters may be segmented wrongly: 硕塞卒于. Its bigrams
        // find it.
        let subwords = chinese::subwords(word);
        let parts: Vec<&str> =
            if subwords.is_empty() { chinese::bigrams(word).collect() } else { subwords };
        let mut alternatives: Vec<BoxedQuery> = Vec::new();
        let mut max_docs = 0;
        for part in parts {
            let docs = self.max_docs_with_bigrams(part)?;
            if docs > 0 {
                let part = boost(self.whole_word(part), SUBWORD_BOOST);
                alternatives.push(QuantizedQuery::boxed(part));
            }
            max_docs += docs;
        }
        let by_parts = CompiledClause::new(any_of(alternatives), max_docs);
        Ok(CompiledClause { is_by_parts: true, ..by_parts })
    }

    fn whole_word(&self, word: &str) -> BoxedQuery {
        let field = self.fields.han;
        if word.chars().nth(2).is_none() {
            return single_term(field, word);
        }
        let bigrams = chinese::bigrams(word)
            .map(|bigram| QuantizedQuery::boxed(single_term(field, bigram)))
            .collect();
        let whole = QuantizedQuery::boxed(single_term(field, word));
        Box::new(BooleanQuery::new(vec![(Occur::Must, all_of(bigrams)), (Occur::Should, whole)]))
    }

    /// The document frequency of the rarest bigram of a word.
    fn max_docs_with_bigrams(&self, word: &str) -> tantivy::Result<u64> {
        let mut rarest = u64::MAX;
        for bigram in chinese::bigrams(word) {
            rarest = rarest.min(self.doc_freq(self.fields.han, bigram)?);
        }
        Ok(rarest)
    }

    /// One character: every bigram that begins with it, or the character at the end of a run.
    fn single_character(&self, character: &str) -> tantivy::Result<CompiledClause> {
        let field = self.fields.han;
        let next = character.chars().next().and_then(|first| char::from_u32(u32::from(first) + 1));
        let Some(next) = next.map(String::from) else {
            return Ok(CompiledClause::new(Box::new(EmptyQuery), 0));
        };
        let from = Bound::Included(Term::from_field_text(field, character));
        let to = Bound::Excluded(Term::from_field_text(field, &next));
        let query = ConstScoreQuery::new(Box::new(RangeQuery::new(from, to)), 1.0);
        for segment in self.snapshot.searcher.segment_readers() {
            let terms = segment.inverted_index(field)?;
            let mut range = terms.terms().range().ge(character).lt(&next).into_stream()?;
            while range.advance() {
                let Ok(term) = std::str::from_utf8(range.key()) else { continue };
                if self.doc_freq(field, term)? > 0 {
                    // Counting the documents would take as long as the search, and one character
                    // says little, so all of them are the bound.
                    let max_docs = self.snapshot.searcher.num_docs();
                    return Ok(CompiledClause::new(Box::new(query), max_docs));
                }
            }
        }
        Ok(CompiledClause::new(Box::new(query), 0))
    }

    fn phrase(&self, terms: &[QueryTerm]) -> tantivy::Result<CompiledClause> {
        if terms.iter().any(|term| matches!(term, QueryTerm::Han(_))) {
            self.phrase_with_chinese(terms)
        } else {
            self.phrase_of_words(terms)
        }
    }

    /// A phrase that contains Chinese: the bigrams in any order. `PhraseMatcher` then checks the
    /// order in the text of each document.
    fn phrase_with_chinese(&self, terms: &[QueryTerm]) -> tantivy::Result<CompiledClause> {
        let mut parts: Vec<BoxedQuery> = Vec::new();
        let mut rarest = u64::MAX;
        for term in terms {
            let compiled = match term {
                QueryTerm::Han(run) if chinese::has_two_characters(run) => {
                    CompiledClause::new(self.whole_word(run), self.max_docs_with_bigrams(run)?)
                }
                _ => self.term(term)?,
            };
            rarest = rarest.min(compiled.max_docs);
            parts.push(QuantizedQuery::boxed(compiled.query));
        }
        Ok(CompiledClause::new(all_of(parts), rarest))
    }

    /// A phrase of words, which the index checks by their positions.
    fn phrase_of_words(&self, terms: &[QueryTerm]) -> tantivy::Result<CompiledClause> {
        let mut alternatives: Vec<BoxedQuery> = Vec::new();
        let (mut max_docs, mut position_checks) = (0, 0);
        for words in &self.fields.words {
            let index_terms: Vec<Term> = terms
                .iter()
                .flat_map(|term| term.index_terms(words.stemmer))
                .map(|term| Term::from_field_text(words.field, &term))
                .collect();
            let mut rarest = u64::MAX;
            for term in &index_terms {
                rarest = rarest.min(self.snapshot.stats.doc_freq(term)?);
            }
            max_docs += rarest;
            position_checks += if index_terms.len() > 1 { rarest } else { 0 };
            alternatives.push(match index_terms.as_slice() {
                [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new(index_terms)),
            });
        }
        Ok(CompiledClause {
            position_checks,
            ..CompiledClause::new(any_of(alternatives), max_docs)
        })
    }

    fn doc_freq(&self, field: Field, term: &str) -> tantivy::Result<u64> {
        self.snapshot.stats.doc_freq(&Term::from_field_text(field, term))
    }
}

fn single_term(field: Field, term: &str) -> BoxedQuery {
    Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
}

pub(super) fn boost(query: BoxedQuery, boost: f32) -> BoxedQuery {
    Box::new(BoostQuery::new(query, boost))
}

fn all_of(queries: Vec<BoxedQuery>) -> BoxedQuery {
    combine(queries, BooleanQuery::intersection)
}

pub(super) fn any_of(queries: Vec<BoxedQuery>) -> BoxedQuery {
    combine(queries, BooleanQuery::union)
}

/// Combines several queries. A single one stays as it is, which is faster.
fn combine(
    mut queries: Vec<BoxedQuery>,
    combine: fn(Vec<BoxedQuery>) -> BooleanQuery,
) -> BoxedQuery {
    if queries.len() > 1 {
        return Box::new(combine(queries));
    }
    queries.pop().unwrap_or_else(|| Box::new(EmptyQuery))
}
