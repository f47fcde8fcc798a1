//! The plan of a search: the clauses of a query, compiled for a state of the index.

use tantivy::query::EmptyQuery;

use super::build::{CompiledClause, QueryBuilder};
use super::clause::Clause;
use super::date::QueryDate;
use super::expand;
use super::parse::ParsedQuery;
use super::score::{Alternative, MustClause, clause_bit};
use crate::search::index::IndexSnapshot;
use crate::search::index::corpus::Corpus;
use crate::search::request::SearchRequest;

/// Compiled clauses.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) must: Vec<MustClause>,
    /// Synonyms of some of the clauses.
    pub(super) alternatives: Vec<Alternative>,
    /// The clauses and their synonyms in titles.
    pub(super) titles: Vec<Alternative>,
    /// The dates of the query, of which bulletins come first.
    pub(super) dates: Vec<QueryDate>,
    /// Words and phrases that match nothing, as they were typed.
    pub(super) unmatched_terms: Vec<String>,
    /// Whether one of these is a phrase, which every result must have.
    pub(super) lacks_phrase: bool,
}

impl Plan {
    /// Compiles a query. Its dates replace the numbers and words that they consist of, and the
    /// synonyms that documents have are added to it.
    pub(super) fn new(
        snapshot: &IndexSnapshot,
        corpus: &Corpus,
        request: &SearchRequest,
        query: &mut ParsedQuery,
    ) -> tantivy::Result<Self> {
        let mut plan = Self::default();
        // Each phrase needs a bit of its own.
        query.must.sort_by_key(|clause| clause.phrase.is_none());
        let dates = plan.take_dates(snapshot, request, query)?;
        let builder = QueryBuilder::new(snapshot);
        let compiled = query.must.iter().map(|clause| builder.compile(clause));
        let compiled = compiled.collect::<tantivy::Result<Vec<_>>>()?;
        let synonyms = if request.is_literal {
            Vec::new()
        } else {
            expand::synonyms(snapshot, corpus, &request.query, query, &compiled)?
        };
        let titles = QueryBuilder::for_titles(snapshot);
        let mut bits = Vec::with_capacity(compiled.len());
        for (index, (clause, compiled)) in query.must.iter().zip(compiled).enumerate() {
            let others: Vec<_> =
                synonyms.iter().filter(|synonym| synonym.clauses.contains(&index)).collect();
            let synonym_docs = others.iter().map(|synonym| synonym.max_docs).max();
            let is_searched =
                compiled.is_whole() && others.iter().all(|synonym| synonym.keeps_clauses);
            bits.push(clause_bit(plan.must.len()));
            let is_phrase = clause.phrase.is_some();
            plan.add_title(&titles, clause, clause_bit(plan.must.len()))?;
            plan.must.push(match synonym_docs {
                Some(docs) if !is_searched => MustClause {
                    query: Box::new(EmptyQuery),
                    is_phrase,
                    idf: snapshot.stats.idf(docs),
                },
                _ if compiled.can_match() => MustClause {
                    idf: snapshot.stats.idf(compiled.max_docs),
                    query: compiled.weighted(clause.term_frequency),
                    is_phrase,
                },
                _ => {
                    plan.unmatched_terms.push(request.query[clause.range.clone()].to_owned());
                    plan.lacks_phrase |= is_phrase;
                    continue;
                }
            });
        }
        for date in dates {
            let idf = snapshot.stats.idf(date.max_docs);
            plan.must.push(MustClause { query: date.into_query(), is_phrase: false, idf });
        }
        for synonym in synonyms {
            let clauses = synonym.clauses.iter().fold(0, |set, index| set | bits[*index]);
            plan.add_title(&titles, &synonym.clause, clauses)?;
            plan.alternatives.push(Alternative { query: synonym.query, clauses });
            query.synonyms.push(synonym.clause);
        }
        Ok(plan)
    }

    /// Adds the query that finds a clause, or a synonym of some, in titles.
    fn add_title(
        &mut self,
        titles: &QueryBuilder<'_>,
        clause: &Clause,
        clauses: u64,
    ) -> tantivy::Result<()> {
        let compiled = titles.compile_exact(clause)?;
        if compiled.can_match() {
            self.titles.push(Alternative { query: compiled.into_query(), clauses });
        }
        Ok(())
    }

    /// Takes the dates that texts have out of a query.
    fn take_dates(
        &mut self,
        snapshot: &IndexSnapshot,
        request: &SearchRequest,
        query: &mut ParsedQuery,
    ) -> tantivy::Result<Vec<CompiledClause>> {
        let mut compiled = Vec::new();
        for date in QueryDate::find(&request.query) {
            let is_inside = |clause: &Clause| {
                clause.range.start >= date.range.start && clause.range.end <= date.range.end
            };
            let is_word = query.must.iter().any(|one| is_inside(one) && one.phrase.is_none());
            if is_word && let Some(clause) = expand::date(snapshot, &date)? {
                query.must.retain(|clause| !is_inside(clause));
                compiled.push(clause);
                self.dates.push(date);
            }
        }
        Ok(compiled)
    }
}
