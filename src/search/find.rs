//! What a search finds: every match is counted, and one page of them is ordered.

use std::cmp::Reverse;

use tantivy::query::{EnableScoring, Query as TantivyQuery};

use super::ask::{Ask, Order, PER_PAGE};
use super::catalogue::{Catalogue, Version};
use super::facets::{self, Facets};
use super::index::Snapshot;
use super::phrase::Phrases;
use super::query::Query;
use super::score::{Scores, Wanted};
use super::spelling;
use crate::language::Language;

/// The language of an entry that does not match yet.
const NONE: u32 = u32::MAX;

/// How many results of many words are enough, so that none with fewer of the words are looked for.
const ENOUGH: usize = 10;

/// What a search finds.
#[derive(Debug)]
pub struct Found {
    /// How many results there are.
    pub total: usize,
    /// Those of the page.
    pub hits: Vec<Hit>,
    /// By what they can be narrowed.
    pub facets: Facets,
    /// Whether no result has all the words.
    pub is_partial: bool,
    /// What was looked for and is nowhere, as it was typed.
    pub missing: Vec<String>,
    /// What was typed beyond what is looked for.
    pub passed_over: Vec<String>,
    /// What may have been meant by words that are missing, if it finds anything.
    pub meant: Option<String>,
    pub(super) query: Query,
}

/// One result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entry, by its place in the catalogue.
    pub entry: usize,
    /// The language in which it is shown.
    pub language: Language,
}

/// What matches, by entry.
pub(super) struct Matches {
    /// The score of the version that is shown.
    scores: Vec<f32>,
    /// The language of the version that is shown.
    shown: Vec<u32>,
    /// The languages that match, a bit for each.
    pub(super) languages: Vec<u64>,
    /// The entries with any.
    pub(super) entries: Vec<u32>,
}

impl Snapshot {
    /// Finds what a search asks for, and what it may have meant.
    pub(super) fn find(&self, catalogue: &Catalogue, ask: &Ask) -> tantivy::Result<Found> {
        let mut found = self.find_as_typed(catalogue, ask)?;
        if !found.missing.is_empty()
            && let Some(query) = spelling::meant(self, catalogue, ask, &found.query)?
        {
            let meant = Ask { query, page: 1, ..ask.clone() };
            let is_found = self.find_as_typed(catalogue, &meant)?.total > 0;
            found.meant = is_found.then_some(meant.query);
        }
        Ok(found)
    }

    fn find_as_typed(&self, catalogue: &Catalogue, ask: &Ask) -> tantivy::Result<Found> {
        let query = Query::read(&ask.query);
        let phrases = Phrases::of(&query);
        let mut wanted = Vec::new();
        let mut missing = Vec::new();
        let mut lacks_phrase = false;
        for clause in &query.wanted {
            let plan = self.plan(clause)?;
            if plan.is_possible {
                wanted.push(Wanted { query: plan.times(clause.times), is_phrase: clause.phrase.is_some() });
            } else {
                missing.push(ask.query[clause.place.clone()].to_owned());
                lacks_phrase |= clause.phrase.is_some();
            }
        }
        let mut matches = Matches::new(catalogue.entries.len());
        let mut is_partial = false;
        // Where only filters or a minus speak, everything else is found; where all words are missing, or what was typed has
        // none, nothing is.
        let has_no_words = query.wanted.is_empty() && query.unwanted.is_empty() && !ask.query.trim().is_empty();
        if !(has_no_words || lacks_phrase || wanted.is_empty() && !missing.is_empty()) {
            let mut scores = Scores::of(self, &wanted)?;
            if !query.unwanted.is_empty() {
                let left_out = self.left_out(catalogue, &query, &phrases)?;
                let is_left_out = |version: &Version| left_out[version.entry as usize];
                scores.leave_out(self, |version| catalogue.versions.get(version as usize).is_some_and(is_left_out));
            }
            let by_words = scores.by_words(self, wanted.len());
            is_partial = wanted.len() > 1 && by_words[wanted.len()] == 0;
            let fitting = scores.with(sufficient(&by_words));
            let mut fitting: Vec<(u32, f32)> =
                fitting.map(|(segment, place, score)| (self.versions[segment][place], score)).collect();
            // Of how many texts phrases are looked for is bounded, and must be of the same ones everywhere.
            if !phrases.is_empty() {
                fitting.sort_unstable_by_key(|(version, _)| *version);
            }
            for (version, score) in fitting {
                // What was taken out of the index is no version of this edition.
                let Some(version) = catalogue.versions.get(version as usize).copied() else { continue };
                if phrases.are_in(catalogue, version) {
                    matches.add(version.entry, version.language, score, ask);
                }
            }
        }
        let (facets, kept) = facets::count(catalogue, ask.filters, &matches);
        let total = kept.len();
        let languages: Vec<Language> = catalogue.content.site.languages.all().collect();
        let hits = page(&matches, kept, ask, &languages);
        let passed_over = query.passed_over.iter().map(|place| ask.query[place.clone()].to_owned()).collect();
        Ok(Found { total, hits, facets, is_partial, missing, passed_over, meant: None, query })
    }

    /// Which entries have what is unwanted, in any language: their other languages say the same.
    fn left_out(&self, catalogue: &Catalogue, query: &Query, phrases: &Phrases) -> tantivy::Result<Vec<bool>> {
        let mut left_out = vec![false; catalogue.entries.len()];
        for clause in &query.unwanted {
            let phrase = Phrases::concerning(clause);
            let has = self.texts_with(&*self.plan_exactly(clause)?.query, catalogue)?;
            for (version, _) in catalogue.versions.iter().zip(has).filter(|(_, has)| *has) {
                let is_left_out = &mut left_out[version.entry as usize];
                *is_left_out |= phrase.is_none_or(|phrase| phrases.is_in(phrase, catalogue, *version, false));
            }
        }
        Ok(left_out)
    }

    /// Whether each version of a catalogue matches a query.
    fn texts_with(&self, query: &dyn TantivyQuery, catalogue: &Catalogue) -> tantivy::Result<Vec<bool>> {
        let mut has = vec![false; catalogue.versions.len()];
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

impl Matches {
    fn new(entries: usize) -> Self {
        Self {
            scores: vec![0.0; entries],
            shown: vec![NONE; entries],
            languages: vec![0; entries],
            entries: Vec::new(),
        }
    }

    /// Adds a version that matches. An entry is shown in the language that was asked for, else in that of the page, else
    /// in the first of the site's that matches.
    fn add(&mut self, entry: u32, language: Language, score: f32, ask: &Ask) {
        let place = entry as usize;
        let Some(shown) = self.shown.get_mut(place) else { return };
        let rank = |language: u32| {
            let is = |wanted: Language| wanted.index() == language as usize;
            (ask.filters.language.is_some_and(is), is(ask.language), Reverse(language))
        };
        let language = u32::try_from(language.index()).unwrap_or(NONE);
        if *shown == NONE {
            self.entries.push(entry);
        }
        if *shown == NONE || rank(language) > rank(*shown) {
            *shown = language;
            self.scores[place] = score;
        }
        self.languages[place] |= 1 << language.min(63);
    }
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

/// The results of one page in their order. Entries stand in the catalogue by date, and so their places order them too.
fn page(matches: &Matches, mut kept: Vec<u32>, ask: &Ask, languages: &[Language]) -> Vec<Hit> {
    let first = (ask.page.max(1) - 1) * PER_PAGE;
    let end = (first + PER_PAGE).min(kept.len());
    if first >= end {
        return Vec::new();
    }
    let is_by_date = ask.order == Order::Date || ask.query.trim().is_empty();
    let key = |place: &u32| (Reverse(if is_by_date { 0 } else { rounded(matches.scores[*place as usize]) }), *place);
    if end < kept.len() {
        kept.select_nth_unstable_by_key(end - 1, key);
        kept.truncate(end);
    }
    kept.sort_unstable_by_key(key);
    let hit = |place: &u32| {
        let entry = *place as usize;
        Some(Hit { entry, language: *languages.get(matches.shown[entry] as usize)? })
    };
    kept[first..end].iter().filter_map(hit).collect()
}

/// A score as far as it tells results apart. The last digits depend on the order in which parts of it were added, which
/// is not the same on every machine; and what differs by a hundredth fits as well.
fn rounded(score: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are positive and small")]
    let rounded = (score * 100.0).round() as u32;
    rounded
}
