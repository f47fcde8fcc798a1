//! Expansion of a query: synonyms of its expressions, and its dates in other notations.

use std::ops::Range;

use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{PhraseQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::build::{BoxedQuery, CompiledClause, QueryBuilder, any_of, boost};
use super::clause::Clause;
use super::date::QueryDate;
use super::parse::{ParsedQuery, parse_phrase};
use crate::language::is_han;
use crate::search::index::IndexSnapshot;
use crate::search::index::corpus::Corpus;

/// The weight of a synonym, compared to the word that was typed.
const SYNONYM_BOOST: f32 = 0.6;

/// The most clauses of a query whose synonyms are searched for.
const MAX_CLAUSES: usize = 24;

/// The weight of a date, which says more than a word.
const DATE_BOOST: f32 = 2.0;

/// An expression of other words for some clauses of a query.
pub(super) struct SynonymQuery {
    /// The indexes of the clauses.
    pub(super) clauses: Vec<usize>,
    /// Whether the clauses are searched for too.
    pub(super) keeps_clauses: bool,
    pub(super) query: BoxedQuery,
    pub(super) max_docs: u64,
    /// The expression as a clause, for highlights.
    pub(super) clause: Clause,
}

/// Compiles the synonyms of the expressions of a query, given its compiled clauses.
pub(super) fn synonyms(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    typed: &str,
    query: &ParsedQuery,
    compiled: &[CompiledClause],
) -> tantivy::Result<Vec<SynonymQuery>> {
    let mut found = Vec::new();
    if query.must.len() > MAX_CLAUSES {
        return Ok(found);
    }
    let builder = QueryBuilder::new(snapshot);
    for expression in corpus.synonyms.find(typed) {
        let clauses = clauses_of(query, compiled, &expression.range);
        // If no page has a word of the expression, it is as rare as its synonym.
        let docs = clauses.iter().map(|index| &compiled[*index]).filter(|one| one.is_whole());
        let typed_idf = docs.map(|one| snapshot.stats.idf(one.max_docs)).reduce(f32::max);
        if clauses.is_empty() {
            continue;
        }
        let keeps_clauses = !typed[expression.range.clone()].chars().all(is_han)
            || is_found(query, compiled, &clauses, &expression.range);
        for synonym in &expression.synonyms {
            let clause = parse_phrase(synonym, expression.range.clone());
            let compiled = builder.compile_exact(&clause)?;
            if compiled.can_match() {
                let idf = snapshot.stats.idf(compiled.max_docs);
                let ratio = typed_idf.map_or(1.0, |typed| (typed / idf).min(1.0));
                let max_docs = compiled.max_docs;
                let query = boost(compiled.into_query(), SYNONYM_BOOST * ratio);
                let clauses = clauses.clone();
                found.push(SynonymQuery { clauses, keeps_clauses, query, max_docs, clause });
            }
        }
    }
    Ok(found)
}

/// The clauses that an expression covers. One that is only a part of it must match nothing itself.
fn clauses_of(
    query: &ParsedQuery,
    compiled: &[CompiledClause],
    range: &Range<usize>,
) -> Vec<usize> {
    let covered = query.must.iter().enumerate().filter_map(|(index, clause)| {
        let is_inside = clause.range.start >= range.start && clause.range.end <= range.end;
        let overlaps = clause.range.start < range.end && clause.range.end > range.start;
        let is_covered = is_inside || overlaps && !compiled[index].is_whole();
        (clause.phrase.is_none() && is_covered).then_some(index)
    });
    covered.collect()
}

/// Whether pages have every part of an expression. `找工作` is one word: without `找`, pages with
/// `工作` are about something else.
fn is_found(
    query: &ParsedQuery,
    compiled: &[CompiledClause],
    clauses: &[usize],
    range: &Range<usize>,
) -> bool {
    let ranges = clauses.iter().map(|index| &query.must[*index].range);
    let searched: usize = ranges.map(ExactSizeIterator::len).sum();
    searched >= range.len() && clauses.iter().all(|index| compiled[*index].is_whole())
}

/// Compiles a date in the notations of texts. `None` if no text has it.
pub(super) fn date(
    snapshot: &IndexSnapshot,
    date: &QueryDate,
) -> tantivy::Result<Option<CompiledClause>> {
    let numbers = [date.year.map(i64::from), Some(date.month.into()), date.day.map(i64::from)];
    let [year, month, day] = numbers.map(|number| number.map(|number| number.to_string()));
    let mut alternatives: Vec<BoxedQuery> = Vec::new();
    for field in &snapshot.fields.text.words {
        let name = Some(field.stemmer.stem(date.month_name()));
        let short = date.month_name().get(..3).map(|short| field.stemmer.stem(short));
        let mut notations = vec![
            // `2022-05-05`; in Chinese there is a word behind each number.
            numbered([&year, &month, &day], 1),
            numbered([&year, &month, &day], 2),
        ];
        for name in [&name, &short] {
            notations.push(numbered([&day, name, &year], 1));
            notations.push(numbered([name, &day, &year], 1));
        }
        for terms in notations {
            let terms: Vec<(usize, Term)> = terms
                .into_iter()
                .map(|(at, text)| (at, Term::from_field_text(field.field, &text)))
                .collect();
            alternatives.push(match terms.as_slice() {
                [(_, term)] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new_with_offset(terms)),
            });
        }
    }
    let query = any_of(alternatives);
    let docs = snapshot.searcher.search(&query, &Count)?;
    let docs = u64::try_from(docs).unwrap_or_default();
    Ok((docs > 0).then(|| CompiledClause::new(boost(query, DATE_BOOST), docs)))
}

/// The present parts of a date with their positions, `step` apart.
fn numbered(parts: [&Option<String>; 3], step: usize) -> Vec<(usize, String)> {
    let present = parts.into_iter().flatten().cloned().enumerate();
    present.map(|(index, part)| (index * step, part)).collect()
}
