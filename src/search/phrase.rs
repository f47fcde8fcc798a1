//! Phrases that hold Chinese, looked for in the text itself.
//!
//! The index finds them by pairs of characters, which a text may have apart from each other; so whether they follow each
//! other is seen in the text. Phrases of words alone are the index's business: it knows their positions.

use std::cell::Cell;

use super::catalogue::{Catalogue, Version};
use super::query::{Atom, Clause, Query, joined};
use super::{body, fold};

/// How many bytes of texts are folded for one search, about a hundred bulletins. Most have the phrase as it was typed,
/// which is seen without; beyond this, pairs of characters are proof enough.
const MAX_FOLDED: usize = 400 << 10;

/// What looks for phrases that hold Chinese, for one search.
#[derive(Default)]
pub(super) struct Phrases {
    wanted: Vec<String>,
    folded: Cell<usize>,
}

impl Phrases {
    pub(super) fn of(query: &Query) -> Self {
        let wanted = query.wanted.iter().filter_map(Self::concerning).map(ToOwned::to_owned);
        Self { wanted: wanted.collect(), folded: Cell::new(0) }
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The phrase of a clause, if it is looked for here. One of two characters is a pair, which the index knows.
    pub(super) fn concerning(clause: &Clause) -> Option<&str> {
        let is_concerned = match clause.atoms.as_slice() {
            [Atom::Han(run)] => run.chars().nth(2).is_some(),
            atoms => atoms.iter().any(|atom| matches!(atom, Atom::Han(_))),
        };
        clause.phrase.as_deref().filter(|_| is_concerned)
    }

    /// Whether a text has every wanted phrase.
    pub(super) fn are_in(&self, catalogue: &Catalogue, version: Version) -> bool {
        self.wanted.iter().all(|phrase| self.is_in(phrase, catalogue, version, true))
    }

    /// Whether a text that has a phrase's pairs has the phrase; `in_doubt` once too many texts were folded.
    pub(super) fn is_in(&self, phrase: &str, catalogue: &Catalogue, version: Version, in_doubt: bool) -> bool {
        let Some(text) = catalogue.text_of(version) else { return false };
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let parts = [text.title.value.as_str(), summary, text.body.markdown.as_str()];
        if parts.iter().any(|part| part.contains(phrase)) {
            return true;
        }
        let folded = self.folded.get() + text.body.markdown.len();
        if folded > MAX_FOLDED {
            return in_doubt;
        }
        self.folded.set(folded);
        let body = body::words(&text.body.markdown);
        [parts[0], summary, &body].iter().any(|part| joined(&fold::simplified(part)).contains(phrase))
    }
}
