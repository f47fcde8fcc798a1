//! Full-text search over everything that is public at one instant.
//!
//! Enter at [`Search::search`]. An edition has one [`Search`], which knows its documents at once
//! and gets its index later from [`Search::build_index`], so that pages never wait for it. The
//! [`Indexer`] outlives editions and indexes only what changed.

mod highlight;
mod index;
mod query;
mod request;
mod suggest;
mod text;

use std::fmt;
use std::sync::OnceLock;

use crate::content::Text;

pub use highlight::Fragment;
pub use index::Indexer;
pub use index::corpus::{Corpus, Document, DocumentKind};
pub use query::execute::{Hit, SearchResults};
pub use query::facets::Facets;
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
    /// `None` inside if the index could not be built.
    snapshot: OnceLock<Option<IndexSnapshot>>,
}

/// Why a search has no results to return.
#[derive(Debug)]
pub enum SearchError {
    /// The index is not built yet.
    NotReady,
    /// The index could not be built or read.
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
        Self { corpus, snapshot: OnceLock::new() }
    }

    #[must_use]
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Whether the index was built, or failed to be.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.snapshot.get().is_some()
    }

    /// The size of the index in bytes, if there is one.
    #[must_use]
    pub fn index_bytes(&self) -> Option<usize> {
        self.snapshot.get()?.as_ref().map(|snapshot| snapshot.bytes)
    }

    /// Builds the index, unless there is one. An error is logged, and the next edition's index is
    /// built from scratch.
    pub fn build_index(&self, indexer: &mut Indexer) {
        self.snapshot.get_or_init(|| match indexer.update(&self.corpus) {
            Ok(snapshot) => Some(snapshot),
            Err(error) => {
                tracing::error!("cannot build the search index: {error}");
                *indexer = Indexer::default();
                None
            }
        });
    }

    /// Marks the index as failed, after a panic of [`Self::build_index`].
    pub fn mark_failed(&self) {
        self.snapshot.get_or_init(|| None);
    }

    /// Finds the results of a request.
    ///
    /// # Errors
    /// Fails while there is no index, and if the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let snapshot = self.snapshot.get().ok_or(SearchError::NotReady)?;
        let snapshot = snapshot.as_ref().ok_or(SearchError::Failed)?;
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
