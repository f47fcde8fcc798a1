//! The clauses of a query: words, numbers and phrases.

use std::ops::Range;

use crate::search::text::stemmer::Stemmer;
use crate::search::text::{chinese, stopwords};

/// A word or a phrase of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// One term; of a phrase, its terms in order.
    pub(crate) terms: Vec<QueryTerm>,
    /// The text of a phrase, in the form that `join_tokens` gives it.
    pub(crate) phrase: Option<String>,
    /// How often the clause was typed.
    pub(crate) term_frequency: u16,
    /// Its byte range in the query.
    pub(crate) range: Range<usize>,
}

/// A word or number of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QueryTerm {
    /// A folded word, not stemmed.
    Word(String),
    /// A number in its normal form.
    Number(String),
    /// A Chinese word in simplified characters.
    Han(String),
}

impl QueryTerm {
    pub(crate) fn is_stopword(&self) -> bool {
        match self {
            Self::Word(word) => stopwords::ENGLISH.contains(&word.as_str()),
            Self::Number(_) => false,
            Self::Han(word) => stopwords::CHINESE.contains(&word.as_str()),
        }
    }

    /// The index terms that a document with this term has.
    pub(crate) fn index_terms(&self, stemmer: Stemmer) -> Vec<String> {
        match self {
            Self::Word(word) => vec![stemmer.stem(word)],
            Self::Number(number) => vec![number.clone()],
            Self::Han(run) => chinese::bigrams(run).map(ToOwned::to_owned).collect(),
        }
    }
}

impl Clause {
    /// A clause of one term, typed once.
    pub(super) fn of_term(term: QueryTerm, range: Range<usize>) -> Self {
        Self { terms: vec![term], phrase: None, term_frequency: 1, range }
    }

    /// Whether the clause is a single Chinese character.
    pub(super) fn is_single_character(&self) -> bool {
        matches!(self.terms.as_slice(), [QueryTerm::Han(it)] if !chinese::has_two_characters(it))
    }

    /// Whether the clause is a stopword outside quotation marks.
    pub(super) fn is_stopword(&self) -> bool {
        self.phrase.is_none() && matches!(self.terms.as_slice(), [term] if term.is_stopword())
    }

    /// The terms of two neighbouring clauses, if both are words other than stopwords. Chinese words
    /// must touch; other words may have spaces and punctuation between them.
    pub(super) fn adjacent_terms(pair: &[Self]) -> Option<[QueryTerm; 2]> {
        let [first, second] = pair else { return None };
        let ([one], [other]) = (first.terms.as_slice(), second.terms.as_slice()) else {
            return None;
        };
        if pair.iter().any(|clause| clause.phrase.is_some() || clause.is_stopword()) {
            return None;
        }
        let is_adjacent = match (one, other) {
            (QueryTerm::Han(_), QueryTerm::Han(_)) => first.range.end == second.range.start,
            (QueryTerm::Han(_), _) | (_, QueryTerm::Han(_)) => false,
            _ => true,
        };
        is_adjacent.then(|| [one.clone(), other.clone()])
    }
}

/// Whether a text is a question or another sentence: it has an interrogative, a personal pronoun or
/// a question mark, or begins with an auxiliary verb.
pub(super) fn is_sentence(text: &str, clauses: &[Clause]) -> bool {
    let mut words = clauses.iter().enumerate().filter_map(|(index, clause)| {
        match (&clause.phrase, clause.terms.as_slice()) {
            (None, [QueryTerm::Word(word)]) => Some((index, word.as_str())),
            _ => None,
        }
    });
    words.any(|(index, word)| {
        stopwords::ENGLISH_INTERROGATIVES.contains(&word)
            || stopwords::ENGLISH_PRONOUNS.contains(&word)
            || index == 0 && stopwords::ENGLISH_AUXILIARIES.contains(&word)
    }) || text.ends_with(['?', '？'])
        || stopwords::CHINESE_INTERROGATIVES.iter().any(|word| text.contains(word))
}
