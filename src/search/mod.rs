//! Full-text search over everything that is public at one instant.
//!
//! Enter at [`Search::search`]. An edition has one [`Search`], which knows its documents at once
//! and gets its index later from [`Search::build_index`], so that pages never wait for it. The
//! [`Indexer`] outlives editions and indexes only what changed.

mod highlight;
mod index;
mod navigational;
mod query;
mod request;
mod suggest;
mod synonyms;
mod text;

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::content::Text;

pub use highlight::Fragment;
pub use index::Indexer;
pub use index::corpus::{Corpus, Document, DocumentKind};
pub use query::execute::{Hit, SearchResults};
pub use query::facets::Facets;
pub(crate) use text::plain_text::from_markdown as plain_text;

pub use request::{Filters, MAX_PAGE, MAX_QUERY, PER_PAGE, SearchRequest, SortOrder};

use highlight::Highlighter;
use index::IndexSnapshot;
use query::execute;
use query::parse::ParsedQuery;
use text::stemmer::Stemmer;
use text::{analysis, normalize};

/// The search of one edition.
pub struct Search {
    corpus: Corpus,
    snapshot: OnceLock<IndexSnapshot>,
    /// Whether the last attempt to build the index failed.
    is_failed: AtomicBool,
}

/// Why a search has no results to return.
#[derive(Debug)]
pub enum SearchError {
    /// The index is not built yet, or could not be built and will be tried again.
    NotReady,
    /// The index could not be read.
    Failed,
}

impl fmt::Debug for Search {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Search({} texts, {})", self.corpus.translations.len(), self.is_ready())
    }
}

impl Search {
    /// A search without an index.
    #[must_use]
    pub const fn new(corpus: Corpus) -> Self {
        Self { corpus, snapshot: OnceLock::new(), is_failed: AtomicBool::new(false) }
    }

    #[must_use]
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Whether the index is built.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.snapshot.get().is_some()
    }

    /// Whether the last attempt to build the index failed. It may be built again.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        !self.is_ready() && self.is_failed.load(Ordering::Relaxed)
    }

    /// The size of the index in bytes, if there is one.
    #[must_use]
    pub fn index_bytes(&self) -> Option<usize> {
        self.snapshot.get().map(|snapshot| snapshot.bytes)
    }

    /// Builds the index, unless there is one. After an error, which is logged, the next attempt
    /// starts from scratch.
    pub fn build_index(&self, indexer: &mut Indexer) {
        if self.is_ready() {
            return;
        }
        match indexer.update(&self.corpus) {
            Ok(snapshot) => {
                self.snapshot.get_or_init(|| snapshot);
            }
            Err(error) => {
                tracing::error!("the search index cannot be made: {error}");
                *indexer = Indexer::default();
                self.mark_failed();
            }
        }
    }

    /// Marks the index as failed, after an error or a panic of [`Self::build_index`].
    pub fn mark_failed(&self) {
        self.is_failed.store(true, Ordering::Relaxed);
    }

    /// Finds the results of a request.
    ///
    /// # Errors
    /// Fails while there is no index, and if the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let snapshot = self.snapshot.get().ok_or(SearchError::NotReady)?;
        execute::search(snapshot, &self.corpus, request).map_err(|error| {
            tracing::error!("a search failed: {error}");
            SearchError::Failed
        })
    }

    /// The document of a result, and its text in the language in which it is shown.
    #[must_use]
    pub fn document(&self, hit: Hit) -> Option<(&Document, &Text)> {
        let document = self.corpus.documents.get(hit.document)?;
        Some((document, self.corpus.text(document, hit.language)?))
    }

    /// The title of a result, and the passage that shows why it was found, with the words of the
    /// query highlighted.
    #[must_use]
    pub fn highlight(
        &self,
        results: &SearchResults,
        text: &Text,
    ) -> (Vec<Fragment>, Vec<Fragment>) {
        let tag = self.corpus.content.site.languages.tag(text.language);
        let highlighter = Highlighter::new(&results.query, Stemmer::of(tag));
        (highlighter.highlight(&text.title.value), highlighter.passage(text))
    }
}

/// The index terms of a text, in its order; for measurements.
#[must_use]
pub fn index_terms(text: &str, language_tag: &str) -> Vec<String> {
    analysis::terms(&normalize::simplify(text), Stemmer::of(language_tag))
}

/// The index terms of a query, each as often as it was typed; for measurements.
#[must_use]
pub fn query_terms(typed: &str, language_tag: &str) -> Vec<String> {
    let stemmer = Stemmer::of(language_tag);
    let mut terms = Vec::new();
    for clause in ParsedQuery::parse(typed).must {
        for _ in 0..clause.term_frequency {
            terms.extend(clause.terms.iter().flat_map(|term| term.index_terms(stemmer)));
        }
    }
    terms
}
