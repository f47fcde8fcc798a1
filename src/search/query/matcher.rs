//! The documents that match a query, with their scores.

use tantivy::query::EnableScoring;

use super::build::{BoxedQuery, QueryBuilder};
use super::matches::{Candidate, MatchSet, NO_LANGUAGE};
use super::parse::ParsedQuery;
use super::phrase::PhraseMatcher;
use super::plan::Plan;
use super::score::{ScoreTable, ScoredDoc, clause_bit, count_clauses};
use crate::content::bulletin::number_key;
use crate::search::index::IndexSnapshot;
use crate::search::index::corpus::{Corpus, DocumentKind, Translation};
use crate::search::request::SearchRequest;
use crate::search::text::normalize;
use crate::search::text::tokenize::join_tokens;

/// The weight of a page that lists others, and its weight where the query is its name.
const LIST_WEIGHT: f32 = 0.7;
const NAMED_LIST_WEIGHT: f32 = 2.0;

/// The score of a bulletin for its day: more than that of any words.
const NAMED_DAY_SCORE: f32 = 1_000.0;

/// The score of an official document for its number: more than that of any day.
const NAMED_NUMBER_SCORE: f32 = 2_000.0;

/// How much a title that matches all of a query adds to the score, as a share of it.
const TITLE_BOOST: f32 = 0.5;

/// With at least this many results for three words or more, fewer words are not tried.
const ENOUGH_RESULTS: usize = 10;

/// A result may match fewer clauses if they have this share of the rarity of all.
const ENOUGH_IDF: f32 = 0.4;

/// The whole query in the forms that names and numbers of documents are compared with.
#[derive(Clone, Copy)]
struct TypedQuery<'t> {
    /// Its words without spaces between Chinese.
    joined: &'t str,
    /// Its letters and digits alone.
    number: &'t str,
}

/// Finds the documents that match a query.
pub(super) struct Matcher<'a> {
    pub(super) snapshot: &'a IndexSnapshot,
    pub(super) corpus: &'a Corpus,
    pub(super) request: &'a SearchRequest,
    pub(super) builder: &'a QueryBuilder<'a>,
    pub(super) query: &'a ParsedQuery,
    pub(super) phrases: &'a PhraseMatcher,
    pub(super) plan: &'a Plan,
}

impl Matcher<'_> {
    /// Finds the documents that match enough of the clauses.
    pub(super) fn run(&self) -> tantivy::Result<MatchSet> {
        let mut boosts = Vec::new();
        for pair in &self.query.adjacent {
            boosts.extend(self.builder.compile_adjacent(pair)?);
        }
        let Plan { must, alternatives, .. } = self.plan;
        let mut scores = ScoreTable::new(self.snapshot, must, alternatives, &boosts)?;
        scores.add_titles(self.snapshot, &self.plan.titles)?;
        if !self.query.must_not.is_empty() {
            let excluded = self.excluded_documents()?;
            scores.exclude(self.snapshot, |translation| {
                let translation = self.corpus.translations.get(translation as usize);
                translation.is_some_and(|translation| excluded[translation.document as usize])
            });
        }
        let counts = scores.count_by_clauses(self.snapshot, self.plan.must.len());
        let mut required = if self.query.is_sentence { 1 } else { required_clauses(&counts) };
        let enough_idf = ENOUGH_IDF * self.total_idf();
        let mut end = self.plan.must.len() + 1;
        let mut matches = MatchSet::new(self.corpus.documents.len());
        loop {
            let docs = scores.docs_matching(|clauses: u64| {
                let count = count_clauses(clauses);
                count < end
                    && (count >= required
                        || self.plan.must.len() > 2 && self.sum_idf(clauses) >= enough_idf)
            });
            self.collect(&mut matches, docs);
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
        let typed = normalize::simplify(&self.request.query);
        let number = number_key(&typed);
        let typed = TypedQuery { joined: &join_tokens(&typed), number: &number };
        let docs = docs.map(|doc| (self.snapshot.translations[doc.segment][doc.doc], doc));
        if self.phrases.is_empty() {
            docs.for_each(|(translation, doc)| self.add(matches, translation, &doc, typed));
        } else {
            // Phrase checks stop at a limit, so they visit documents in a fixed order: every
            // replica then checks the same ones.
            let mut docs: Vec<(u32, ScoredDoc)> = docs.collect();
            docs.sort_unstable_by_key(|(translation, _)| *translation);
            for (translation, doc) in docs {
                self.add(matches, translation, &doc, typed);
            }
        }
    }

    fn add(
        &self,
        matches: &mut MatchSet,
        translation: u32,
        doc: &ScoredDoc,
        typed: TypedQuery<'_>,
    ) {
        // A deleted document has no translation in this corpus.
        let Some(translation) = self.corpus.translations.get(translation as usize).copied() else {
            return;
        };
        if self.phrases.matches_all(self.corpus, translation) {
            let candidate = Candidate {
                language: u8::try_from(translation.language.index()).unwrap_or(NO_LANGUAGE),
                idf: self.sum_idf(doc.clauses),
                score: doc.score
                    * self.title_weight(doc.title_clauses)
                    * list_weight(self.corpus, translation, typed.joined)
                    + self.day_score(translation)
                    + self.number_score(translation, typed.number),
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

    /// The score of an official document if the query is its number.
    fn number_score(&self, translation: Translation, number: &str) -> f32 {
        let document = &self.corpus.documents[translation.document as usize];
        let is_named = document.number.as_deref().is_some_and(|known| known == number);
        if is_named { NAMED_NUMBER_SCORE } else { 0.0 }
    }

    /// The weight of a text whose title matches some of the clauses. A title that says all of a
    /// query is what was asked for, however long the text is; a few of its words tell little.
    fn title_weight(&self, clauses: u64) -> f32 {
        if clauses == 0 {
            return 1.0;
        }
        let share = self.sum_idf(clauses) / self.total_idf();
        1.0 + TITLE_BOOST * share * share * share
    }

    fn total_idf(&self) -> f32 {
        self.plan.must.iter().map(|clause| clause.idf).sum()
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
