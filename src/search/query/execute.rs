//! What a search finds: every match is counted, and one page of them is ordered.

use std::cmp::Reverse;

use tantivy::query::{EnableScoring, Query as TantivyQuery};

use super::matches::{Fit, Matches, NONE};
use crate::language::Language;
use crate::search::index::IndexSnapshot;
use crate::search::index::corpus::{Corpus, Translation};
use crate::search::query::facets::{self, Facets};
use crate::search::query::parse::{Atom, Query, joined};
use crate::search::query::phrase::Phrases;
use crate::search::query::score::{Scored, Scores, Wanted, words};
use crate::search::request::{PER_PAGE, SearchRequest, SortOrder};
use crate::search::suggest;
use crate::search::text::normalize;

/// The weight of what lists others, and that of the same where it is asked for by its name.
const LISTED_BEFORE: f32 = 0.7;
const NAMED: f32 = 2.0;

/// How many words the name of a site may have for them to say nothing.
const MAX_NAME: usize = 2;

/// With so few results, something else may have been meant although all words are somewhere.
const FEW: usize = 3;

/// How many results of many words are enough, so that none with fewer of the words are looked for.
const ENOUGH: usize = 10;

/// In how many texts the places of words are compared for the phrases of one search: some 60 ms.
const MAX_COMPARED: u64 = 100_000;

/// What a search finds.
#[derive(Debug)]
pub struct SearchResults {
    /// How many results there are.
    pub total: usize,
    /// Those of the page.
    pub hits: Vec<Hit>,
    /// By what they can be narrowed.
    pub facets: Facets,
    /// Whether no result has all the words.
    pub is_partial: bool,
    /// What was looked for and is nowhere, as it was typed.
    pub unmatched_terms: Vec<String>,
    /// What was typed beyond what is looked for.
    pub ignored_terms: Vec<String>,
    /// What may have been meant by words that are missing, if it finds anything.
    pub suggestion: Option<String>,
    pub(crate) query: Query,
}

/// One result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entry, by its place in the corpus.
    pub entry: usize,
    /// The language in which it is shown.
    pub language: Language,
}

/// What is looked for, and where.
struct Asked<'a> {
    corpus: &'a Corpus,
    ask: &'a SearchRequest,
    query: &'a Query,
    phrases: &'a Phrases,
    wanted: &'a [Wanted],
}

impl IndexSnapshot {
    /// Finds what a search asks for, and what it may have meant.
    pub(crate) fn find(
        &self,
        corpus: &Corpus,
        ask: &SearchRequest,
    ) -> tantivy::Result<SearchResults> {
        let mut found = self.find_as_typed(corpus, ask)?;
        if (!found.unmatched_terms.is_empty() || found.total <= FEW)
            && let Some(query) = suggest::meant(self, corpus, ask, &found.query)?
        {
            let meant = SearchRequest { query, page: 1, ..ask.clone() };
            let total = self.find_as_typed(corpus, &meant)?.total;
            let is_better = total > if found.unmatched_terms.is_empty() { found.total } else { 0 };
            found.suggestion = is_better.then_some(meant.query);
        }
        Ok(found)
    }

    fn find_as_typed(
        &self,
        corpus: &Corpus,
        ask: &SearchRequest,
    ) -> tantivy::Result<SearchResults> {
        let mut query = Query::read(&ask.query);
        query.leave_out(&names(corpus));
        self.bound(&mut query)?;
        let phrases = Phrases::of(&query);
        let mut wanted = Vec::new();
        let mut unmatched_terms = Vec::new();
        let mut lacks_phrase = false;
        for clause in &query.wanted {
            let plan = self.plan(clause)?;
            if plan.is_possible() {
                let (is_phrase, rarity) =
                    (clause.phrase.is_some(), self.statistics.rarity(plan.texts));
                wanted.push(Wanted { query: plan.times(clause.times), is_phrase, rarity });
            } else {
                unmatched_terms.push(ask.query[clause.place.clone()].to_owned());
                lacks_phrase |= clause.phrase.is_some();
            }
        }
        // Where only filters or a minus speak, everything else is found; where all words are missing, or what was typed has
        // none, nothing is.
        let has_no_words =
            query.wanted.is_empty() && query.unwanted.is_empty() && !ask.query.trim().is_empty();
        let is_hopeless =
            has_no_words || lacks_phrase || wanted.is_empty() && !unmatched_terms.is_empty();
        let asked = Asked { corpus, ask, query: &query, phrases: &phrases, wanted: &wanted };
        let matches = if is_hopeless { Matches::new(0) } else { self.matching(&asked)? };
        let is_partial = matches.words < wanted.len();
        let (facets, kept) = facets::count(corpus, ask.filters, &matches);
        let total = kept.len();
        let languages: Vec<Language> = corpus.content.site.languages.all().collect();
        let hits = page(&matches, kept, ask, &languages);
        let ignored_terms =
            query.passed_over.iter().map(|place| ask.query[place.clone()].to_owned()).collect();
        Ok(SearchResults {
            total,
            hits,
            facets,
            is_partial,
            unmatched_terms,
            ignored_terms,
            suggestion: None,
            query,
        })
    }

    /// The texts that have what is wanted, and enough of it.
    fn matching(&self, asked: &Asked<'_>) -> tantivy::Result<Matches> {
        let Asked { corpus, query, phrases, wanted, .. } = *asked;
        let mut matches = Matches::new(corpus.entries.len());
        let mut also = Vec::new();
        for pair in &query.neighbours {
            also.extend(self.plan_beside(pair)?);
        }
        let mut scores = Scores::of(self, wanted, &also)?;
        if !query.unwanted.is_empty() {
            let left_out = self.left_out(corpus, query, phrases)?;
            let is_left_out = |version: &Translation| left_out[version.entry as usize];
            scores.leave_out(self, |version| {
                corpus.versions.get(version as usize).is_some_and(is_left_out)
            });
        }
        let mut required = sufficient(&scores.by_words(self, wanted.len()));
        let mut above = wanted.len() + 1;
        loop {
            self.collect(&mut matches, asked, scores.with(required..above));
            // What has the characters of a phrase need not have the phrase: then fewer of the other words will do.
            if !matches.entries.is_empty() || required <= 1 {
                break;
            }
            above = required;
            required -= 1;
        }
        Ok(matches)
    }

    /// Passes over phrases of frequent words once there are too many: each is looked for in every text that has its rarest
    /// word. The first is always looked for.
    fn bound(&self, query: &mut Query) -> tantivy::Result<()> {
        let mut compared = 0;
        for clauses in [&mut query.wanted, &mut query.unwanted] {
            for clause in std::mem::take(clauses) {
                let more =
                    if clause.phrase.is_some() { self.plan_exactly(&clause)?.compared } else { 0 };
                if more > 0 && compared > 0 && compared + more > MAX_COMPARED {
                    query.passed_over.push(clause.place);
                } else {
                    compared += more;
                    clauses.push(clause);
                }
            }
        }
        query.passed_over.sort_unstable_by_key(|place| place.start);
        Ok(())
    }

    /// Adds the texts that have every phrase.
    fn collect(
        &self,
        matches: &mut Matches,
        asked: &Asked<'_>,
        texts: impl Iterator<Item = Scored>,
    ) {
        let Asked { corpus, ask, phrases, wanted, .. } = *asked;
        let asked_for = joined(&normalize::simplified(&ask.query));
        let rarity = |has: u64| -> f32 {
            let is_had = |number: &usize| has >> number & 1 == 1;
            (0..wanted.len()).filter(is_had).map(|number| wanted[number].rarity).sum()
        };
        let take = |(version, Scored { has, score, .. }): (u32, Scored)| {
            // What was taken out of the index is no version of this edition.
            let Some(version) = corpus.versions.get(version as usize).copied() else { return };
            if phrases.are_in(corpus, version) {
                let language = u8::try_from(version.language.index()).unwrap_or(NONE);
                let score = score * weight(corpus, version, &asked_for);
                matches.add(version.entry, Fit { language, rarity: rarity(has), score }, ask);
                matches.words = matches.words.max(words(has));
            }
        };
        let texts = texts.map(|text| (self.versions[text.segment][text.place], text));
        if phrases.is_empty() {
            texts.for_each(take);
        } else {
            // Of how many texts phrases are looked for is bounded, and must be of the same ones everywhere.
            let mut texts: Vec<(u32, Scored)> = texts.collect();
            texts.sort_unstable_by_key(|(version, _)| *version);
            texts.into_iter().for_each(take);
        }
    }

    /// Which entries have what is unwanted, in any language: their other languages say the same.
    fn left_out(
        &self,
        corpus: &Corpus,
        query: &Query,
        phrases: &Phrases,
    ) -> tantivy::Result<Vec<bool>> {
        let mut left_out = vec![false; corpus.entries.len()];
        for clause in &query.unwanted {
            let phrase = Phrases::concerning(clause);
            let has = self.texts_with(&*self.plan_exactly(clause)?.query, corpus)?;
            for (version, _) in corpus.versions.iter().zip(has).filter(|(_, has)| *has) {
                let is_left_out = &mut left_out[version.entry as usize];
                *is_left_out |= phrase.is_none_or(|phrase| phrases.is_in(phrase, corpus, *version));
            }
        }
        Ok(left_out)
    }

    /// Whether each version of a corpus matches a query.
    fn texts_with(&self, query: &dyn TantivyQuery, corpus: &Corpus) -> tantivy::Result<Vec<bool>> {
        let mut has = vec![false; corpus.versions.len()];
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for (reader, versions) in self.searcher.segment_readers().iter().zip(&self.versions) {
            weight.for_each_no_score(reader, &mut |docs| {
                for doc in docs {
                    if let Some(has) = has.get_mut(versions[*doc as usize] as usize) {
                        *has = true;
                    }
                }
            })?;
        }
        Ok(has)
    }
}

/// How much a version's score counts. What only lists others, such as a category, comes after what it lists, unless it is
/// asked for by its name.
fn weight(corpus: &Corpus, version: Translation, asked_for: &str) -> f32 {
    if !corpus.entries[version.entry as usize].is_list() {
        return 1.0;
    }
    let names = corpus
        .text_of(version)
        .map(|text| [Some(text.title.value.as_str()), text.short_title.as_deref()]);
    let is_asked_for = |name: &str| joined(&normalize::simplified(name)) == asked_for;
    if names.into_iter().flatten().flatten().any(is_asked_for) { NAMED } else { LISTED_BEFORE }
}

/// The words of the site's name, in every language: all of its pages speak of the city. A long name has other words too.
fn names(corpus: &Corpus) -> Vec<Atom> {
    let site = &corpus.content.site;
    let names = site.languages.all().map(|language| Query::read(site.name(language)).wanted);
    let short = names.filter(|words| words.len() <= MAX_NAME);
    short.flatten().flat_map(|clause| clause.atoms).collect()
}

/// How many of the words results must have, by how many texts have how many of them. Of two words both are meant, if any
/// text has both; of more, some may be wrong: where few texts have enough of them, those with fewer follow.
fn sufficient(by_words: &[usize]) -> usize {
    let all = by_words.len() - 1;
    let mut required = required(all);
    let enough = if all > 2 { ENOUGH } else { 1 };
    while required > 1 && by_words[required..].iter().sum::<usize>() < enough {
        required = if all > 2 { required / 2 } else { 1 };
    }
    required
}

/// How many of the words a result must have: both of two, and about two thirds of some. Of a sentence any will do: which
/// of its words matter, only their rarity tells.
const fn required(words: usize) -> usize {
    match words {
        0..=2 => words,
        3..=5 => words - words / 3,
        _ => 1,
    }
}

/// The results of one page in their order. Entries stand in the corpus by date, and so their places order them too.
fn page(
    matches: &Matches,
    mut kept: Vec<u32>,
    ask: &SearchRequest,
    languages: &[Language],
) -> Vec<Hit> {
    let first = (ask.page.max(1) - 1) * PER_PAGE;
    let end = (first + PER_PAGE).min(kept.len());
    if first >= end {
        return Vec::new();
    }
    let is_by_date = ask.order == SortOrder::Date || ask.query.trim().is_empty();
    let key = |place: &u32| {
        let score = if is_by_date { 0 } else { rounded(matches.shown(*place, ask).score) };
        (Reverse(score), *place)
    };
    if end < kept.len() {
        kept.select_nth_unstable_by_key(end - 1, key);
        kept.truncate(end);
    }
    kept.sort_unstable_by_key(key);
    let hit = |place: &u32| {
        let language = languages.get(usize::from(matches.shown(*place, ask).language))?;
        Some(Hit { entry: *place as usize, language: *language })
    };
    kept[first..end].iter().filter_map(hit).collect()
}

/// A score as far as it tells results apart. The last digits depend on the order in which parts of it were added, which
/// is not the same on every machine; and what differs by a hundredth fits as well.
fn rounded(score: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "scores are positive and small"
    )]
    let rounded = (score * 100.0).round() as u32;
    rounded
}
