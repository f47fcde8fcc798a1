//! Execution of a search: all matches are counted, and one page of them is ranked.

use std::cmp::Reverse;

use tantivy::query::EnableScoring;

use super::build::{BoxedQuery, QueryBuilder};
use super::facets::{self, Facets};
use super::matches::{Candidate, MatchSet, NO_LANGUAGE};
use super::parse::{ParsedQuery, QueryTerm};
use super::phrase::PhraseMatcher;
use super::plan::Plan;
use super::score::{ScoreTable, ScoredDoc, clause_bit, count_clauses};
use crate::language::Language;
use crate::search::index::IndexSnapshot;
use crate::search::index::corpus::{Corpus, DocumentKind, Translation};
use crate::search::request::{PER_PAGE, SearchRequest, SortOrder};
use crate::search::suggest;
use crate::search::text::normalize;
use crate::search::text::tokenize::join_tokens;

/// The weight of a page that lists others, and its weight where the query is its name.
const LIST_WEIGHT: f32 = 0.7;
const NAMED_LIST_WEIGHT: f32 = 2.0;

/// A site name of at most this many words is ignored in queries: every page is about the city.
const MAX_NAME_WORDS: usize = 2;

/// With at most this many results, another query may have been meant even if every word matches.
const FEW_RESULTS: usize = 3;

/// With at least this many results for three words or more, fewer words are not tried.
const ENOUGH_RESULTS: usize = 10;

/// The score of a bulletin for its day: more than that of any words.
const NAMED_DAY_SCORE: f32 = 1_000.0;

/// The weight of a page that is not in the reader's language.
const OTHER_LANGUAGE_WEIGHT: f32 = 0.5;

/// A result may match fewer clauses if they have this share of the rarity of all.
const ENOUGH_IDF: f32 = 0.4;

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
    /// A query that was probably meant, and that has more results.
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

/// Finds the results of a request, and a better query if there are none or few.
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
        let suggested = SearchRequest { query, page: 1, ..request.clone() };
        let total = search_as_typed(snapshot, corpus, &suggested)?.total;
        let is_better = total > if matches_all_words { results.total } else { 0 };
        results.suggestion = is_better.then_some(suggested.query);
    }
    Ok(results)
}

fn search_as_typed(
    snapshot: &IndexSnapshot,
    corpus: &Corpus,
    request: &SearchRequest,
) -> tantivy::Result<SearchResults> {
    let mut query = ParsedQuery::parse(&request.query);
    query.drop_terms(&site_name_terms(corpus));
    let builder = QueryBuilder::new(snapshot);
    limit_position_checks(&builder, &mut query)?;
    let rarest_words = keep_rarest(&builder, &mut query)?;
    let phrases = PhraseMatcher::new(&query);
    let plan = Plan::new(snapshot, corpus, request, &mut query)?;
    // Filters or exclusions alone leave all other documents as results. Without any word in the
    // query, or with none that matches, there are no results.
    let has_words = !query.must.is_empty() || !plan.dates.is_empty();
    let has_no_words = !has_words && query.must_not.is_empty() && !request.query.trim().is_empty();
    let has_no_match = plan.must.is_empty() && !plan.unmatched_terms.is_empty();
    let matches = if has_no_words || has_no_match || plan.lacks_phrase {
        MatchSet::new(0)
    } else {
        let (query, phrases, plan) = (&query, &phrases, &plan);
        Matcher { snapshot, corpus, request, builder: &builder, query, phrases, plan }.run()?
    };
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

/// Finds the documents that match a query.
struct Matcher<'a> {
    snapshot: &'a IndexSnapshot,
    corpus: &'a Corpus,
    request: &'a SearchRequest,
    builder: &'a QueryBuilder<'a>,
    query: &'a ParsedQuery,
    phrases: &'a PhraseMatcher,
    plan: &'a Plan,
}

impl Matcher<'_> {
    /// Finds the documents that match enough of the clauses.
    fn run(&self) -> tantivy::Result<MatchSet> {
        let mut boosts = Vec::new();
        for pair in &self.query.adjacent {
            boosts.extend(self.builder.compile_adjacent(pair)?);
        }
        let Plan { must, alternatives, .. } = self.plan;
        let mut scores = ScoreTable::new(self.snapshot, must, alternatives, &boosts)?;
        if !self.query.must_not.is_empty() {
            let excluded = self.excluded_documents()?;
            scores.exclude(self.snapshot, |translation| {
                let translation = self.corpus.translations.get(translation as usize);
                translation.is_some_and(|translation| excluded[translation.document as usize])
            });
        }
        let counts = scores.count_by_clauses(self.snapshot, self.plan.must.len());
        let mut required = if self.query.is_question { 1 } else { required_clauses(&counts) };
        let enough_idf = ENOUGH_IDF * self.plan.must.iter().map(|clause| clause.idf).sum::<f32>();
        let mut end = self.plan.must.len() + 1;
        let mut matches = MatchSet::new(self.corpus.documents.len());
        loop {
            let is_enough = |clauses: u64| {
                let count = count_clauses(clauses);
                count < end
                    && (count >= required
                        || self.plan.must.len() > 2 && self.sum_idf(clauses) >= enough_idf)
            };
            self.collect(&mut matches, scores.docs_matching(is_enough));
            // A document can have the characters of a phrase without the phrase. If that left no
            // match, retry with one clause fewer.
            if !matches.documents.is_empty() || required <= 1 {
                return Ok(matches);
            }
            end = required;
            required -= 1;
        }
    }

    /// Adds the documents that contain every required phrase.
    fn collect(&self, matches: &mut MatchSet, docs: impl Iterator<Item = ScoredDoc>) {
        let typed = join_tokens(&normalize::simplify(&self.request.query));
        let docs = docs.map(|doc| (self.snapshot.translations[doc.segment][doc.doc], doc));
        if self.phrases.is_empty() {
            docs.for_each(|(translation, doc)| self.add(matches, translation, &doc, &typed));
        } else {
            // Phrase checks stop at a limit, so they visit documents in a fixed order: every
            // replica then checks the same ones.
            let mut docs: Vec<(u32, ScoredDoc)> = docs.collect();
            docs.sort_unstable_by_key(|(translation, _)| *translation);
            for (translation, doc) in docs {
                self.add(matches, translation, &doc, &typed);
            }
        }
    }

    fn add(&self, matches: &mut MatchSet, translation: u32, doc: &ScoredDoc, typed: &str) {
        // A deleted document has no translation in this corpus.
        let Some(translation) = self.corpus.translations.get(translation as usize).copied() else {
            return;
        };
        if self.phrases.matches_all(self.corpus, translation) {
            let candidate = Candidate {
                language: u8::try_from(translation.language.index()).unwrap_or(NO_LANGUAGE),
                idf: self.sum_idf(doc.clauses),
                score: doc.score * list_weight(self.corpus, translation, typed)
                    + self.day_score(translation),
            };
            matches.add(translation.document, candidate, self.request);
            matches.max_clauses = matches.max_clauses.max(count_clauses(doc.clauses));
        }
    }

    /// The score that a bulletin of a day or month gains if the query names it.
    fn day_score(&self, translation: Translation) -> f32 {
        let document = &self.corpus.documents[translation.document as usize];
        let is_named = document.kind == DocumentKind::Bulletin
            && document
                .date
                .is_some_and(|day| self.plan.dates.iter().any(|date| date.includes(day.date())));
        if is_named { NAMED_DAY_SCORE } else { 0.0 }
    }

    fn sum_idf(&self, clauses: u64) -> f32 {
        let matched = self
            .plan
            .must
            .iter()
            .enumerate()
            .filter(|(index, _)| clauses & clause_bit(*index) != 0);
        matched.map(|(_, clause)| clause.idf).sum()
    }

    /// Which documents match an excluding clause in any language: their translations say the same.
    fn excluded_documents(&self) -> tantivy::Result<Vec<bool>> {
        let mut excluded = vec![false; self.corpus.documents.len()];
        for clause in &self.query.must_not {
            let phrase = PhraseMatcher::phrase_to_check(clause);
            let query = self.builder.compile_exact(clause)?.into_query();
            let matching = self.matching_translations(&query)?;
            for (&translation, matches) in self.corpus.translations.iter().zip(matching) {
                if matches {
                    excluded[translation.document as usize] |= phrase.is_none_or(|phrase| {
                        self.phrases.matches(phrase, self.corpus, translation)
                    });
                }
            }
        }
        Ok(excluded)
    }

    /// Whether each translation of the corpus matches a query.
    fn matching_translations(&self, query: &BoxedQuery) -> tantivy::Result<Vec<bool>> {
        let IndexSnapshot { searcher, translations, .. } = self.snapshot;
        let mut matching = vec![false; self.corpus.translations.len()];
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for (reader, translations) in searcher.segment_readers().iter().zip(translations) {
            weight.for_each_no_score(reader, &mut |docs| {
                for doc in docs {
                    let index = translations[*doc as usize] as usize;
                    if let Some(matches) = matching.get_mut(index) {
                        *matches = true;
                    }
                }
            })?;
        }
        Ok(matching)
    }
}

/// The weight of a score. A page that lists others, such as a category, ranks below what it lists,
/// unless the query is its name.
fn list_weight(corpus: &Corpus, translation: Translation, typed: &str) -> f32 {
    if !corpus.documents[translation.document as usize].is_list() {
        return 1.0;
    }
    let Some(text) = corpus.text_of(translation) else { return LIST_WEIGHT };
    let mut names = [Some(text.title.value.as_str()), text.short_title.as_deref()].into_iter();
    let is_named =
        names.any(|name| name.is_some_and(|name| join_tokens(&normalize::simplify(name)) == typed));
    if is_named { NAMED_LIST_WEIGHT } else { LIST_WEIGHT }
}

/// How many clauses a result must match, given how many documents match each number of them.
///
/// Of two clauses both are meant if any document matches both. Of more, some may be mistaken: if
/// few documents match the required number, fewer are required.
fn required_clauses(counts: &[usize]) -> usize {
    let all = counts.len() - 1;
    let mut required = initially_required_clauses(all);
    let enough = if all > 2 { ENOUGH_RESULTS } else { 1 };
    while required > 1 && counts[required..].iter().sum::<usize>() < enough {
        required = if all > 2 { required / 2 } else { 1 };
    }
    required
}

/// Both of two clauses, and about two thirds of up to five. Of a sentence one will do: only the
/// rarity of its words tells which of them matter.
const fn initially_required_clauses(all: usize) -> usize {
    match all {
        0..=2 => all,
        3..=5 => all - all / 3,
        _ => 1,
    }
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
        let score = if is_by_date { 0.0 } else { matches.shown(*document, request).score };
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
        let shown = matches.shown(*document, request);
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
