//! Search requests: a query with filters, a sort order and a page number.

use super::index::corpus::DocumentKind;
use crate::language::Language;
use crate::record::{PageRef, ValidityState};

/// The longest query in characters. Two pages of text fit.
pub const MAX_QUERY: usize = 8_000;

/// Results on a page.
pub const PER_PAGE: usize = 20;

/// The last page of results. After two thousand of them, other words serve a visitor better.
pub const MAX_PAGE: usize = 100;

/// A request for one page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The query as it was typed.
    pub query: String,
    /// The language of the page that sends the request.
    pub language: Language,
    pub filters: Filters,
    pub order: SortOrder,
    /// The page of results, from 1.
    pub page: usize,
    /// Whether only the words as they were typed match: without corrections.
    pub is_literal: bool,
}

/// Conditions on the results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filters {
    /// The index of a category in the content.
    pub category: Option<usize>,
    /// The page of a body that issued the document.
    pub body: Option<PageRef>,
    /// The page of a topic.
    pub topic: Option<PageRef>,
    /// The page of a kind of official document.
    pub document_kind: Option<PageRef>,
    /// A year that the document is about.
    pub year: Option<i16>,
    pub kind: Option<DocumentKind>,
    /// The state of an official document.
    pub validity: Option<ValidityState>,
    /// A language of the document, in which it is then shown.
    pub language: Option<Language>,
}

/// The order of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortOrder {
    /// The best match first; of equal ones the newest.
    #[default]
    Relevance,
    /// The newest first.
    Date,
}

impl SearchRequest {
    /// A request for the first page, without filters.
    #[must_use]
    pub fn new(query: &str, language: Language) -> Self {
        Self {
            query: query.to_owned(),
            language,
            filters: Filters::default(),
            order: SortOrder::default(),
            page: 1,
            is_literal: false,
        }
    }

    /// Whether it has neither a query nor filters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.query.trim().is_empty() && self.filters == Filters::default()
    }
}

impl SortOrder {
    /// The name in URLs and data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
        }
    }
}
