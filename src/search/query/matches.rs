//! The documents that match, and the language in which each is shown.

use std::cmp::Reverse;

use crate::language::Language;
use crate::search::request::SearchRequest;

/// The index of no language: no translation matches.
pub(super) const NO_LANGUAGE: u8 = u8::MAX;

/// A result is shown in another language than the page's if the words that it matches there are
/// rarer by this factor. Scores would not do: the lengths of translations differ.
const MUCH_WORSE: f32 = 1.2;

/// The documents that match. The vectors have an item for each document of the corpus.
pub(super) struct MatchSet {
    /// The best translation, to be shown unless the one in the preferred language is about as good.
    best: Vec<Candidate>,
    /// The translation in the preferred language.
    preferred: Vec<Candidate>,
    /// The languages that match, a bit for each.
    pub(super) languages: Vec<u64>,
    /// The documents that match, by their indexes in the corpus.
    pub(super) documents: Vec<u32>,
    /// The largest number of clauses that a document matches.
    pub(super) max_clauses: usize,
}

/// A translation that matches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The index of its language.
    pub(super) language: u8,
    /// The sum of the inverse document frequencies of the clauses that it matches.
    pub(super) idf: f32,
    pub(super) score: f32,
}

impl Candidate {
    const NONE: Self = Self { language: NO_LANGUAGE, idf: 0.0, score: 0.0 };

    /// A translation of a document that answers the query in any language.
    pub(super) fn of_answer(language: Language, score: f32) -> Self {
        let language = u8::try_from(language.index()).unwrap_or(NO_LANGUAGE);
        Self { language, idf: f32::INFINITY, score }
    }

    const fn is_none(self) -> bool {
        self.language == NO_LANGUAGE
    }

    fn is_in(self, language: Language) -> bool {
        language.index() == usize::from(self.language)
    }

    /// The order of translations: by the rarity of their words; of equals, the first language.
    const fn rank(self) -> (f32, Reverse<u8>) {
        (self.idf, Reverse(self.language))
    }

    fn is_better_than(self, other: Self) -> bool {
        other.is_none() || self.rank() > other.rank()
    }

    /// Whether readers are better served by `other`, although it is in another language.
    fn is_much_worse_than(self, other: Self) -> bool {
        self.idf * MUCH_WORSE < other.idf
    }
}

impl MatchSet {
    pub(super) fn new(documents: usize) -> Self {
        Self {
            best: vec![Candidate::NONE; documents],
            preferred: vec![Candidate::NONE; documents],
            languages: vec![0; documents],
            documents: Vec::new(),
            max_clauses: 0,
        }
    }

    /// Adds a translation that matches.
    pub(super) fn add(&mut self, document: u32, candidate: Candidate, request: &SearchRequest) {
        let index = document as usize;
        let Some(best) = self.best.get_mut(index) else { return };
        let is_first = best.is_none();
        if is_first {
            self.documents.push(document);
        }
        // With a filter on the language, all results are shown in it.
        let filter = request.filters.language;
        let passes_filter = filter.is_none_or(|language| candidate.is_in(language));
        if is_first || passes_filter && candidate.is_better_than(*best) {
            *best = candidate;
        }
        if candidate.is_in(filter.unwrap_or(request.language)) {
            self.preferred[index] = candidate;
        }
        self.languages[index] |= 1 << candidate.language.min(63);
    }

    /// The translation to show: in the language of the filter if there is one, else in that of the
    /// page, unless another is much better.
    pub(super) fn candidate_to_show(&self, document: u32, request: &SearchRequest) -> Candidate {
        let (best, preferred) = (self.best[document as usize], self.preferred[document as usize]);
        let is_filtered = request.filters.language.is_some();
        if !preferred.is_none() && (is_filtered || !preferred.is_much_worse_than(best)) {
            preferred
        } else {
            best
        }
    }
}
