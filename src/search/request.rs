//! What a search asks for: words, and by what its results are narrowed and ordered.

use crate::language::Language;
use crate::search::index::corpus::DocumentKind;

/// The longest query that is read, in characters. A title fits, and so does a sentence.
pub const MAX_QUERY: usize = 200;

/// How many results a page of them has.
pub const PER_PAGE: usize = 20;

/// The last page of results. Whoever has read two thousand of them is better served by other words.
pub const MAX_PAGE: usize = 100;

/// What a search asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// What was typed.
    pub query: String,
    /// The language of the page on which it is asked.
    pub language: Language,
    /// What results must be.
    pub filters: Filters,
    /// What comes first.
    pub order: SortOrder,
    /// Which page of the results, from 1.
    pub page: usize,
}

/// What results must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filters {
    /// A category, by its place in the content.
    pub category: Option<usize>,
    /// A year that it is of.
    pub year: Option<i16>,
    /// A kind of thing.
    pub kind: Option<DocumentKind>,
    /// A language in which it is written, and shown.
    pub language: Option<Language>,
}

/// What comes first among results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortOrder {
    /// What fits best; of what fits as well, the newest.
    #[default]
    Relevance,
    /// The newest.
    Date,
}

impl SortOrder {
    /// The name in addresses and data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
        }
    }
}

impl SearchRequest {
    /// A search for some words in a language, with nothing narrowed.
    #[must_use]
    pub fn new(query: &str, language: Language) -> Self {
        Self {
            query: query.to_owned(),
            language,
            filters: Filters::default(),
            order: SortOrder::default(),
            page: 1,
        }
    }

    /// Whether it asks for nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.query.trim().is_empty() && self.filters == Filters::default()
    }
}
