//! Search: an index of everything that is public at one instant, and what it finds.
//!
//! Enter at [`Search::search`]. An edition has one [`Search`], which knows at once what there is to be found and gets its
//! index a little later from [`Search::build_index`]: pages never wait for it. The index itself belongs to an [`Indexer`],
//! which lives from edition to edition and reads only what has changed.

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

use highlight::Marker;
use index::IndexSnapshot;
use query::parse::Query;
use text::analysis::{self, Stems};
use text::normalize;

/// The terms by which a text in a language is found, in its order: for measurements.
#[must_use]
pub fn index_terms(text: &str, tag: &str) -> Vec<String> {
    analysis::terms(&normalize::simplified(text), Stems::of(tag))
}

/// The terms that are looked for in a text in a language, each as often as it was typed: for measurements.
#[must_use]
pub fn query_terms(typed: &str, tag: &str) -> Vec<String> {
    let stems = Stems::of(tag);
    let mut terms = Vec::new();
    for clause in Query::read(typed).wanted {
        for _ in 0..clause.times {
            terms.extend(clause.atoms.iter().flat_map(|atom| atom.terms(stems)));
        }
    }
    terms
}

/// Why nothing can be found.
#[derive(Debug)]
pub enum SearchError {
    /// The index is being made.
    NotReady,
    /// The index could not be made, or be read.
    Failed,
}

/// The search of one edition.
pub struct Search {
    corpus: Corpus,
    snapshot: OnceLock<Option<IndexSnapshot>>,
}

impl fmt::Debug for Search {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Search({} texts, {})", self.corpus.versions.len(), self.is_ready())
    }
}

impl Search {
    /// A search whose index is still to be made.
    #[must_use]
    pub const fn new(corpus: Corpus) -> Self {
        Self { corpus, snapshot: OnceLock::new() }
    }

    /// What there is to be found.
    #[must_use]
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Whether its index was made, or will never be.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.snapshot.get().is_some()
    }

    /// How many bytes the index takes; none while there is none.
    #[must_use]
    pub fn index_bytes(&self) -> Option<usize> {
        self.snapshot.get()?.as_ref().map(|snapshot| snapshot.bytes)
    }

    /// Makes the index, unless there is one. Where it cannot be made, the log says why, and the next one is made anew.
    pub fn build_index(&self, indexer: &mut Indexer) {
        self.snapshot.get_or_init(|| match indexer.update(&self.corpus) {
            Ok(snapshot) => Some(snapshot),
            Err(error) => {
                tracing::error!("the search index cannot be made: {error}");
                *indexer = Indexer::default();
                None
            }
        });
    }

    /// Gives up on an index whose making panicked.
    pub fn mark_failed(&self) {
        self.snapshot.get_or_init(|| None);
    }

    /// Finds what a search asks for.
    ///
    /// # Errors
    /// Fails while there is no index.
    pub fn search(&self, ask: &SearchRequest) -> Result<SearchResults, SearchError> {
        let snapshot = self
            .snapshot
            .get()
            .ok_or(SearchError::NotReady)?
            .as_ref()
            .ok_or(SearchError::Failed)?;
        snapshot.find(&self.corpus, ask).map_err(|error| {
            tracing::error!("a search failed: {error}");
            SearchError::Failed
        })
    }

    /// An entry that was found, and its words in the language in which it is shown.
    #[must_use]
    pub fn document(&self, hit: Hit) -> Option<(&Document, &Text)> {
        let entry = self.corpus.entries.get(hit.entry)?;
        Some((entry, self.corpus.text(entry, hit.language)?))
    }

    /// A result's title and the passage that shows why it was found, what was looked for marked.
    #[must_use]
    pub fn highlight(&self, found: &SearchResults, text: &Text) -> (Vec<Fragment>, Vec<Fragment>) {
        let tag = self.corpus.content.site.languages.tag(text.language);
        let marker = Marker::new(&found.query, Stems::of(tag));
        (marker.whole(&text.title.value), marker.passage(text))
    }
}
