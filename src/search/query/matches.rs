//! The documents that match, and the language in which each is shown.

use std::cmp::Reverse;

use crate::language::Language;
use crate::search::request::SearchRequest;

/// Stands for no language: nothing matches yet.
pub(super) const NONE: u8 = u8::MAX;

/// How many times rarer than those in the page's language the words must be that a result has in another, for it to be
/// shown in that one. Scores would not do: a text is not as long in one language as in another.
const POOR: f32 = 1.2;

/// What matches, by entry.
pub(super) struct Matches {
    /// For each entry, the version that is shown unless the page's language has one that fits about as well.
    best: Vec<Fit>,
    /// The version in the page's language.
    own: Vec<Fit>,
    /// The languages that match, a bit for each.
    pub(super) languages: Vec<u64>,
    /// The entries with any.
    pub(super) entries: Vec<u32>,
    /// The most words that any has.
    pub(super) words: usize,
}

/// How well a version fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) language: u8,
    /// How rare the words are that it has, all together.
    pub(super) rarity: f32,
    pub(super) score: f32,
}

impl Fit {
    /// That of a version that does not match.
    const NONE: Self = Self { language: NONE, rarity: 0.0, score: 0.0 };

    /// Whether it fits better than another: it has rarer words, or more. Of equals, the site's first language.
    fn is_better_than(self, other: Self) -> bool {
        let rank = |fit: Self| (fit.rarity, Reverse(fit.language));
        other.language == NONE || rank(self) > rank(other)
    }

    /// Whether it fits so much worse than another that a reader is better served in the other's language.
    fn is_poor_beside(self, other: Self) -> bool {
        self.rarity * POOR < other.rarity
    }
}

impl Matches {
    pub(super) fn new(entries: usize) -> Self {
        Self {
            best: vec![Fit::NONE; entries],
            own: vec![Fit::NONE; entries],
            languages: vec![0; entries],
            entries: Vec::new(),
            words: 0,
        }
    }

    /// Adds a version that matches.
    pub(super) fn add(&mut self, entry: u32, fit: Fit, ask: &SearchRequest) {
        let place = entry as usize;
        let Some(best) = self.best.get_mut(place) else { return };
        if best.language == NONE {
            self.entries.push(entry);
        }
        // Where a language is asked for, all results are shown in it.
        let is = |wanted: Language| wanted.index() == usize::from(fit.language);
        if ask.filters.language.is_none_or(is) && fit.is_better_than(*best) || best.language == NONE
        {
            *best = fit;
        }
        if is(ask.filters.language.unwrap_or(ask.language)) {
            self.own[place] = fit;
        }
        self.languages[place] |= 1 << fit.language.min(63);
    }

    /// The version in which an entry is shown: that in the language that was asked for; else in that of the page, unless
    /// another fits much better.
    pub(super) fn shown(&self, place: u32, ask: &SearchRequest) -> Fit {
        let (best, own) = (self.best[place as usize], self.own[place as usize]);
        let is_asked_for = ask.filters.language.is_some();
        if own.language != NONE && (is_asked_for || !own.is_poor_beside(best)) { own } else { best }
    }
}
