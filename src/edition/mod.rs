//! An edition: all URLs of the site at one instant, rendered and compressed.
//!
//! [`compile()`] makes it from content. It never changes; a new edition replaces it as a whole.

mod assemble;
mod body;
mod comparison;
mod compile;
mod compress;
mod compressed_file;
mod encoding;
mod export;
mod former_assets;
mod packed;
mod resource;
mod search;

use std::sync::Arc;

use foldhash::HashMap;
use jiff::Timestamp;

use crate::language::Language;
use crate::record::query_parts;
use crate::search::Search;

use compressed_file::PagesByInputs;

pub use crate::pages::{ERROR_ID_MARK, ErrorPage, Memento, PageShell, ShellKind};
pub use body::{Body, EntityTag};
pub(crate) use comparison::comparison;
pub use compile::{CompileError, CompileOutput, CompileTimings, compile, compile_after};
pub(crate) use compress::Compression;
pub use encoding::Encoding;
pub use export::{Export, ExportEntry, TakeFile, export};
pub(crate) use former_assets::FormerAssets;
pub use resource::{CachePolicy, PathEntry, Resource};
pub use search::SearchFormat;
pub(crate) use search::{SearchFailure, not_found_page, search_problem_page, search_results};

/// All URLs of the site at one instant.
#[derive(Debug)]
pub struct Edition {
    /// The path of the base URL, `/bulletin`, or nothing. No path in here has it.
    pub(crate) path_prefix: Box<str>,
    pub(crate) entries: HashMap<Arc<str>, PathEntry>,
    /// For the next edition.
    pub(crate) pages: PagesByInputs,
    pub(crate) compression: Compression,
    /// Former addresses with a query, by their path.
    pub(crate) query_redirects: HashMap<Box<str>, Vec<QueryRedirect>>,
    pub(crate) search: Search,
    pub(crate) default: LanguageRoot,
    pub(crate) others: Vec<LanguageRoot>,
    pub(crate) id: Box<str>,
    pub(crate) instant: Timestamp,
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) summary: Summary,
}

/// A redirect from a path with a query.
#[derive(Debug)]
pub struct QueryRedirect {
    /// The parts of the query, decoded; a request may have more.
    pub(crate) parts: Vec<String>,
    pub(crate) target: Box<str>,
}

/// One language of the site: its root path, and its pages that have no path of their own.
#[derive(Debug)]
pub struct LanguageRoot {
    /// `/` for the default language, `/zh/` for others.
    pub(crate) root: Box<str>,
    pub(crate) language: Language,
    /// In the order of [`ErrorPage::ALL`].
    pub(crate) error_pages: [Resource; ErrorPage::ALL.len()],
    /// In the order of [`ShellKind::ALL`].
    pub(crate) shells: [PageShell; ShellKind::ALL.len()],
}

/// The size of an edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub bulletins: usize,
    pub goals: usize,
    pub languages: usize,
    /// Paths, including redirects.
    pub urls: usize,
    /// The size of all bodies before compression, without those that are rendered on request.
    pub bytes: usize,
}

impl Edition {
    /// The path on the site of the path of a request: a proxy may keep the path of the base URL, or
    /// strip it.
    #[must_use]
    pub fn site_path<'p>(&self, requested: &'p str) -> &'p str {
        match requested.strip_prefix(&*self.path_prefix) {
            Some(path) if path.is_empty() || path.starts_with('/') => path,
            _ => requested,
        }
    }

    /// The path at which the public reaches a path of the site.
    #[must_use]
    pub fn public_path(&self, path: &str) -> String {
        format!("{}{path}", self.path_prefix)
    }

    /// Whether a page of the site has the path of the base URL too: the first of
    /// `https://city.example/bulletins/` and the site's own `/bulletins/`. Then only a proxy that
    /// keeps the path of the base URL can reach all pages.
    #[must_use]
    pub fn has_ambiguous_paths(&self) -> bool {
        let below = format!("{}/", self.path_prefix);
        !self.path_prefix.is_empty() && self.entries.keys().any(|path| path.starts_with(&below))
    }

    /// The entry of a path, which is decoded and spelled canonically.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&PathEntry> {
        self.entries.get(path)
    }

    /// The body at a path, compressed for a site of this level.
    fn body(&self, path: &str) -> Option<&Arc<Body>> {
        match self.entries.get(path)? {
            PathEntry::Found(resource) | PathEntry::Gone(resource) => Some(&resource.body),
            PathEntry::Redirect(_) => None,
        }
    }

    /// Makes the codings that are neither kept from the start nor made for a request, until
    /// `is_current` says that they are no longer needed.
    pub fn prepare_bodies(&self, is_current: impl Fn() -> bool) {
        for (_, entry) in self.entries() {
            if !is_current() {
                return;
            }
            if let PathEntry::Found(resource) = entry {
                resource.body.prepare();
            }
        }
    }

    /// All paths with their entries, sorted by path.
    #[must_use]
    pub fn entries(&self) -> Vec<(&str, &PathEntry)> {
        let mut entries: Vec<(&str, &PathEntry)> =
            self.entries.iter().map(|(path, entry)| (&**path, entry)).collect();
        entries.sort_unstable_by_key(|(path, _)| *path);
        entries
    }

    /// The target of a former address with this query. Parts of the query that the address does not
    /// have, such as `from=wechat`, are ignored; the address with the most parts wins.
    #[must_use]
    pub fn query_redirect(&self, path: &str, query: &str) -> Option<&str> {
        let redirects = self.query_redirects.get(path)?;
        let parts = query_parts(query);
        redirects
            .iter()
            .filter(|redirect| redirect.parts.iter().all(|part| parts.contains(part)))
            .max_by_key(|redirect| redirect.parts.len())
            .map(|redirect| &*redirect.target)
    }

    /// An error page, in the language of the path.
    #[must_use]
    pub fn error_page(&self, page: ErrorPage, path: &str) -> &Resource {
        &self.root_of(path).error_pages[page as usize]
    }

    /// The language of a path.
    #[must_use]
    pub fn language(&self, path: &str) -> Language {
        self.root_of(path).language
    }

    /// A page of a language with slots, which each request fills.
    #[must_use]
    pub fn shell(&self, kind: ShellKind, language: Language) -> &PageShell {
        let root = self.others.iter().find(|root| root.language == language);
        &root.unwrap_or(&self.default).shells[kind as usize]
    }

    /// The search engine of this edition.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The response format of a search at this path; `None` if it is not a path of the search.
    #[must_use]
    pub fn search_format(&self, path: &str) -> Option<SearchFormat> {
        match path.strip_prefix(&*self.root_of(path).root)? {
            "search/" => Some(SearchFormat::Html),
            "search/index.json" => Some(SearchFormat::Json),
            "search/feed.xml" => Some(SearchFormat::Atom),
            _ => None,
        }
    }

    fn root_of(&self, path: &str) -> &LanguageRoot {
        self.others
            .iter()
            .find(|language| {
                path.starts_with(&*language.root) || path == language.root.trim_end_matches('/')
            })
            .unwrap_or(&self.default)
    }

    /// The root paths of all languages, the default first.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.default).chain(&self.others).map(|language| &*language.root)
    }

    /// A hash of all paths and bodies, which is the same on every replica.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The instant for which this edition was compiled.
    #[must_use]
    pub fn instant(&self) -> Timestamp {
        self.instant
    }

    /// The instant at which this edition expires, because something is published, expires or is
    /// due.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    /// Makes the edition never expire: it shows one instant.
    #[must_use]
    pub fn pinned(self) -> Self {
        Self { valid_until: None, ..self }
    }

    #[must_use]
    pub fn summary(&self) -> Summary {
        self.summary
    }
}
