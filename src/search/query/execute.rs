//! Execution of a search: all matches are counted, and one page of them is ranked.

use std::cmp::Reverse;

use super::build::QueryBuilder;
use super::clause::QueryTerm;
use super::facets::{self, Facets};
use super::matcher::Matcher;
use super::matches::{Candidate, MatchSet};
use super::parse::ParsedQuery;
use super::phrase::PhraseMatcher;
use super::plan::Plan;
use crate::language::Language;
use crate::search::index::IndexSnapshot;
use crate::search::index::corpus::Corpus;
use crate::search::navigational::NavigationalQuery;
use crate::search::request::{PER_PAGE, SearchRequest, SortOrder};
use crate::search::suggest;

/// A site name of at most this many words is ignored in queries: every page is about the city.
const MAX_NAME_WORDS: usize = 2;

/// With at most this many results, another query may have been meant even if every word matches.
const FEW_RESULTS: usize = 3;

/// The weight of a page that is not in the reader's language.
const OTHER_LANGUAGE_WEIGHT: f32 = 0.5;

/// The most clauses of a query. Of a longer one the rarest are taken, which tell the most.
const MAX_CLAUSES: usize = 200;

/// Documents whose word positions are compared for the phrases of one search: some 60 ms.
const MAX_POSITION_CHECKS: u64 = 100_000;

/// The results of a search.
#[derive(Debug)]
pub struct SearchResults {
    /// The number of results on all pages.
    pub total: usize,
    /// The results of the requested page.
    pub hits: Vec<Hit>,
    pub facets: Facets,
    /// Whether no result matches every word.
    pub is_partial: bool,
    /// Words and phrases of the query that match nothing, as they were typed.
    pub unmatched_terms: Vec<String>,
    /// Words and phrases that were ignored because the query exceeds a limit, as they were typed.
    pub ignored_terms: Vec<String>,
    /// How many words were searched for, if the query has too many and these are the rarest ones.
    pub rarest_words: Option<usize>,
    /// A query that was probably meant, and that has more results. If a word is unmatched, these
    /// are its results.
    pub suggestion: Option<String>,
    pub(crate) query: ParsedQuery,
}

/// One result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The index of the document in the corpus.
    pub document: usize,
    /// The language in which it is shown.
    pub language: Language,
}

impl SearchResults {
    /// Whether there are results, for most of the words that were typed.
    #[must_use]
    pub const fn matches_most_words(&self) -> bool {
        self.total > 0 && self.unmatched_terms.len() * 2 < self.query.must.len()
    }
}

/// Finds the results of a request, and a better query if there are none or few. If no page has one
/// of the words, the results are those of the better query.
pub(crate) fn search(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    request: &SearchRequest,
) -> tantivy::Result<SearchResults> {
    let mut results = search_as_typed(snapshot, corpus, request)?;
    let matches_all_words = results.unmatched_terms.is_empty() && !results.is_partial;
    if !request.is_literal
        && (!matches_all_words || results.total <= FEW_RESULTS)
        && let Some(query) = suggest::suggest_query(snapshot, corpus, request, &results.query)?
    {
        let suggested = SearchRequest { query, ..request.clone() };
        let corrected = search_as_typed(snapshot, corpus, &suggested)?;
        if corrected.total > if matches_all_words { results.total } else { 0 } {
            // A word that no page has tells nothing: the corrected query is answered at once.
            if !results.unmatched_terms.is_empty() {
                results = SearchResults { unmatched_terms: results.unmatched_terms, ..corrected };
            }
            results.suggestion = Some(suggested.query);
        }
    }
    Ok(results)
}

fn search_as_typed(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    request: &SearchRequest,
) -> tantivy::Result<SearchResults> {
    let builder = QueryBuilder::new(snapshot);
    let mut query = ParsedQuery::parse(&request.query);
    if query.has_spaced_run && !matches_whole_words(&builder, &query)? {
        query = ParsedQuery::parse_spaced(&request.query, false);
    }
    query.drop_terms(&site_name_terms(corpus));
    limit_position_checks(&builder, &mut query)?;
    let navigational = navigational_query(corpus, request, &query);
    let rarest_words = keep_rarest(&builder, &mut query)?;
    let phrases = PhraseMatcher::new(&query);
    let mut plan = Plan::new(snapshot, corpus, request, &mut query)?;
    // Filters or exclusions alone leave all other documents as results. Without any word in the
    // query, or with none that matches, there are no results.
    let has_words = !query.must.is_empty() || !plan.dates.is_empty();
    let has_no_words = !has_words && query.must_not.is_empty() && !request.query.trim().is_empty();
    let has_no_match = plan.must.is_empty() && !plan.unmatched_terms.is_empty();
    let mut matches = if has_no_words || has_no_match || plan.lacks_phrase {
        MatchSet::new(if navigational.is_some() { corpus.documents.len() } else { 0 })
    } else {
        let (query, phrases, plan) = (&query, &phrases, &plan);
        Matcher { snapshot, corpus, request, builder: &builder, query, phrases, plan }.run()?
    };
    if let Some(navigational) = navigational {
        // All of its words are understood, whether a text has them or not.
        plan.unmatched_terms.clear();
        matches.max_clauses = plan.must.len();
        add_answers(&mut matches, &navigational.answers(corpus), corpus, request);
    }
    let (facets, documents) = facets::count(corpus, request.filters, &matches);
    let ignored = query.ignored.iter().map(|range| request.query[range.clone()].to_owned());
    Ok(SearchResults {
        total: documents.len(),
        hits: rank_page(&matches, documents, request, corpus),
        facets,
        is_partial: matches.max_clauses < plan.must.len(),
        unmatched_terms: plan.unmatched_terms,
        ignored_terms: ignored.collect(),
        rarest_words,
        suggestion: None,
        query,
    })
}

/// The page of the record that a query asks for.
fn navigational_query(
    corpus: &Corpus,
    request: &SearchRequest,
    query: &ParsedQuery,
) -> Option<NavigationalQuery> {
    let is_of_words = query.must.iter().all(|clause| clause.phrase.is_none())
        && query.must_not.is_empty()
        && !request.is_literal;
    if is_of_words { NavigationalQuery::parse(&request.query, corpus) } else { None }
}

/// Adds the documents that answer a navigational query, whatever words they have.
fn add_answers(
    matches: &mut MatchSet,
    answers: &[(u32, f32)],
    corpus: &Corpus,
    request: &SearchRequest,
) {
    for (document, score) in answers {
        let score = score + matches.candidate_to_show(*document, request).score;
        for translation in corpus.translations.iter().filter(|it| it.document == *document) {
            matches.add(*document, Candidate::of_answer(translation.language, score), request);
        }
    }
}

/// Whether documents have all words of a query.
fn matches_whole_words(builder: &QueryBuilder<'_>, query: &ParsedQuery) -> tantivy::Result<bool> {
    for clause in &query.must {
        if !builder.compile(clause)?.is_whole() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Keeps the rarest clauses of a query that has too many; returns their number if it does.
fn keep_rarest(
    builder: &QueryBuilder<'_>,
    query: &mut ParsedQuery,
) -> tantivy::Result<Option<usize>> {
    if query.must.len() <= MAX_CLAUSES {
        return Ok(None);
    }
    let mut rarities = Vec::with_capacity(query.must.len());
    for (index, clause) in query.must.iter().enumerate() {
        let docs = builder.compile(clause)?.max_docs;
        // A word in no document is the last to be kept, and a phrase the first: results have it.
        let docs = if docs == 0 { u64::MAX } else { docs };
        rarities.push((clause.phrase.is_none(), docs, index));
    }
    rarities.sort_unstable();
    rarities.truncate(MAX_CLAUSES);
    let mut index = 0;
    query.must.retain(|_| {
        index += 1;
        rarities.iter().any(|(.., kept)| *kept == index - 1)
    });
    Ok(Some(query.must.len()))
}

/// Ignores phrases of frequent words beyond a limit, except the first one: each is checked in every
/// document that has its rarest word.
fn limit_position_checks(
    builder: &QueryBuilder<'_>,
    query: &mut ParsedQuery,
) -> tantivy::Result<()> {
    let mut total = 0;
    for clauses in [&mut query.must, &mut query.must_not] {
        for clause in std::mem::take(clauses) {
            let checks = if clause.phrase.is_some() {
                builder.compile_exact(&clause)?.position_checks
            } else {
                0
            };
            if checks > 0 && total > 0 && total + checks > MAX_POSITION_CHECKS {
                query.ignored.push(clause.range);
            } else {
                total += checks;
                clauses.push(clause);
            }
        }
    }
    query.ignored.sort_unstable_by_key(|range| range.start);
    Ok(())
}

/// The terms of the site's name in every language. A long name also has words of other meaning.
fn site_name_terms(corpus: &Corpus) -> Vec<QueryTerm> {
    let site = &corpus.content.site;
    let names = site.languages.all().map(|language| ParsedQuery::parse(site.name(language)).must);
    let short = names.filter(|clauses| clauses.len() <= MAX_NAME_WORDS);
    short.flatten().flat_map(|clause| clause.terms).collect()
}

/// Sorts the documents of the requested page. Those of equal score keep the order of the corpus,
/// which is by date.
fn rank_page(
    matches: &MatchSet,
    mut documents: Vec<u32>,
    request: &SearchRequest,
    corpus: &Corpus,
) -> Vec<Hit> {
    let first = (request.page.max(1) - 1) * PER_PAGE;
    let end = (first + PER_PAGE).min(documents.len());
    if first >= end {
        return Vec::new();
    }
    // A page is listed in the reader's language, in whatever language it has the words.
    let is_readable = |document: u32| {
        let document = &corpus.documents[document as usize];
        request.filters.language.is_none() && corpus.text(document, request.language).is_some()
    };
    let is_by_date = request.order == SortOrder::Date || request.query.trim().is_empty();
    let key = |document: &u32| {
        let score =
            if is_by_date { 0.0 } else { matches.candidate_to_show(*document, request).score };
        let weight = if is_readable(*document) { 1.0 } else { OTHER_LANGUAGE_WEIGHT };
        let score = score * weight;
        (Reverse(round_score(score)), *document)
    };
    if end < documents.len() {
        documents.select_nth_unstable_by_key(end - 1, key);
        documents.truncate(end);
    }
    documents.sort_unstable_by_key(key);
    let languages: Vec<Language> = corpus.content.site.languages.all().collect();
    let page = documents[first..end].iter();
    page.filter_map(|document| {
        let shown = matches.candidate_to_show(*document, request);
        let matching = *languages.get(usize::from(shown.language))?;
        let language = if is_readable(*document) { request.language } else { matching };
        Some(Hit { document: *document as usize, language })
    })
    .collect()
}

/// Rounds a score to hundredths. The last digits depend on the order of addition, which differs
/// between machines, and documents that differ by a hundredth match equally well.
fn round_score(score: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "scores are positive and small"
    )]
    let rounded = (score * 100.0).round() as u32;
    rounded
}
