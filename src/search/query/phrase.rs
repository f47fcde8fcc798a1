//! Phrases that hold Chinese, looked for in the text itself.
//!
//! The index finds them by pairs of characters, which a text may have apart from each other; so whether they follow each
//! other is seen in the text. Phrases of words alone are the index's business: it knows their positions.

use std::cell::Cell;

use crate::language::is_han;
use crate::search::index::corpus::{Corpus, Translation};
use crate::search::query::parse::{Atom, Clause, Query, joined};
use crate::search::text::normalize;
use crate::search::text::plain_text;

/// How many bytes of texts are looked through for the phrases of one search, the newest first: some five thousand
/// bulletins. Of more, those that are older are not found.
const MAX_READ: usize = 20 << 20;

/// How many bytes of them are folded, about a hundred bulletins. Most have the phrase as it was typed, which is seen without.
const MAX_FOLDED: usize = 400 << 10;

/// What looks for phrases that hold Chinese, for one search.
#[derive(Default)]
pub(crate) struct Phrases {
    wanted: Vec<String>,
    read: Cell<usize>,
    folded: Cell<usize>,
}

impl Phrases {
    pub(crate) fn of(query: &Query) -> Self {
        let wanted = query.wanted.iter().filter_map(Self::concerning).map(ToOwned::to_owned);
        Self { wanted: wanted.collect(), ..Self::default() }
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The phrase of a clause, if it is looked for here. One of two characters is a pair, which the index knows.
    pub(crate) fn concerning(clause: &Clause) -> Option<&str> {
        let is_concerned = match clause.atoms.as_slice() {
            [Atom::Han(run)] => run.chars().nth(2).is_some(),
            atoms => atoms.iter().any(|atom| matches!(atom, Atom::Han(_))),
        };
        clause.phrase.as_deref().filter(|_| is_concerned)
    }

    /// Whether a text has every wanted phrase.
    pub(crate) fn are_in(&self, corpus: &Corpus, version: Translation) -> bool {
        self.wanted.iter().all(|phrase| self.is_in(phrase, corpus, version))
    }

    /// Whether a text that has a phrase's pairs has the phrase.
    pub(crate) fn is_in(&self, phrase: &str, corpus: &Corpus, version: Translation) -> bool {
        let Some(text) = corpus.text_of(version) else { return false };
        self.read.set(self.read.get() + text.body.markdown.len());
        if self.read.get() > MAX_READ {
            return false;
        }
        let summary = text.summary.as_ref().map_or("", |summary| summary.value.as_str());
        let short = text.short_title.as_deref().unwrap_or_default();
        if [&*text.title.value, short, summary, &text.body.markdown]
            .iter()
            .any(|part| stands_in(phrase, part))
        {
            return true;
        }
        let folded = self.folded.get() + text.body.markdown.len();
        if folded > MAX_FOLDED {
            return false;
        }
        self.folded.set(folded);
        let (keywords, body) = (corpus.keywords(version), plain_text::words(&text.body.markdown));
        let parts = [&text.title.value, short, summary, &keywords, &body];
        parts.iter().any(|part| stands_in(phrase, &joined(&normalize::simplified(part))))
    }
}

/// Whether a text has a phrase that is no part of a longer number or word: `5个` is not in `15个`, nor in `1.5个`.
fn stands_in(phrase: &str, text: &str) -> bool {
    let goes_on = |one: char, other: char| {
        let is_one = |character: char| character.is_alphanumeric() && !is_han(character);
        is_one(one) && (is_one(other) || one.is_ascii_digit() && matches!(other, '.' | ','))
    };
    let (Some(first), Some(last)) = (phrase.chars().next(), phrase.chars().next_back()) else {
        return false;
    };
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let behind = text[start + phrase.len()..].chars().next();
        !before.is_some_and(|before| goes_on(first, before))
            && !behind.is_some_and(|behind| goes_on(last, behind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_no_part_of_a_longer_number_or_word() {
        let table = [
            ("5个村", "全市5个村", true),
            ("5个村", "全市15个村，5个村", true),
            ("5个村", "全市15个村", false),
            ("5个村", "全市1.5个村", false),
            ("pilot试点", "copilot试点", false),
            ("试点2022", "试点2022年", true),
            ("试点202", "试点2022年", false),
            ("新增就业", "城镇新增就业岗位", true),
            ("", "x", false),
        ];
        for (phrase, text, expected) in table {
            assert_eq!(stands_in(phrase, text), expected, "{phrase} in {text}");
        }
    }
}
