//! An edition: every URL of the site at one instant, packed and immutable.
//!
//! Enter at [`compile`], which makes one from content, and at [`Edition::answer`], which looks a path up. An
//! edition never changes; a newer one takes its place as a whole.

mod compile;
mod compress;
mod resource;

use std::collections::HashMap;

use jiff::Timestamp;

use crate::language::Language;
use crate::search::Search;

pub use crate::pages::{ERROR_ID_MARK, Frame, FrameKind, Problem};
pub use compile::{CompileError, Timings, compile};
pub use compress::compress_dynamic;
pub use resource::{CachePolicy, Encoding, PathEntry, Resource, Variant};

/// Every URL of the site at one instant.
#[derive(Debug)]
pub struct Edition {
    pub(crate) answers: HashMap<Box<str>, PathEntry>,
    pub(crate) search: Search,
    pub(crate) default: LanguageRoot,
    pub(crate) others: Vec<LanguageRoot>,
    pub(crate) id: Box<str>,
    pub(crate) instant: Timestamp,
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) summary: Summary,
}

/// As what the results of a search are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFormat {
    /// HTML.
    Page,
    /// JSON, the page's twin.
    Data,
    /// Atom.
    Feed,
}

/// One language of the site: where it starts, and its pages for requests without an answer.
#[derive(Debug)]
pub struct LanguageRoot {
    /// `/` for the default language, `/zh/` for others.
    pub(crate) root: Box<str>,
    pub(crate) language: Language,
    /// In the order of [`Problem::ALL`].
    pub(crate) problems: [Resource; Problem::ALL.len()],
    /// In the order of [`FrameKind::ALL`].
    pub(crate) frames: [Frame; FrameKind::ALL.len()],
}

/// How much an edition holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Public bulletins.
    pub bulletins: usize,
    /// Public goals.
    pub goals: usize,
    /// Languages.
    pub languages: usize,
    /// Paths that answer, redirects included.
    pub urls: usize,
    /// Bytes of all bodies before they are compressed.
    pub bytes: usize,
}

impl Edition {
    /// What stands at a path, if anything does. The path is decoded and in its one canonical spelling.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&PathEntry> {
        self.answers.get(path)
    }

    /// Every path with what stands there, in the order of the paths.
    #[must_use]
    pub fn entries(&self) -> Vec<(&str, &PathEntry)> {
        let mut answers: Vec<(&str, &PathEntry)> =
            self.answers.iter().map(|(path, answer)| (&**path, answer)).collect();
        answers.sort_unstable_by_key(|(path, _)| *path);
        answers
    }

    /// The page that explains a problem, in the language of the path.
    #[must_use]
    pub fn problem(&self, problem: Problem, path: &str) -> &Resource {
        &self.root_of(path).problems[problem as usize]
    }

    /// The language of a path, and a page of it with gaps.
    #[must_use]
    pub fn frame(&self, kind: FrameKind, path: &str) -> (Language, &Frame) {
        let root = self.root_of(path);
        (root.language, &root.frames[kind as usize])
    }

    /// What can be found in this edition.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// What a search address of this site asks for beside the words: a page, data, or a feed.
    #[must_use]
    pub fn search_format(&self, path: &str) -> Option<SearchFormat> {
        match path.strip_prefix(&*self.root_of(path).root)? {
            "search/" => Some(SearchFormat::Page),
            "search/index.json" => Some(SearchFormat::Data),
            "search/feed.xml" => Some(SearchFormat::Feed),
            _ => None,
        }
    }

    fn root_of(&self, path: &str) -> &LanguageRoot {
        let is_of = |language: &&LanguageRoot| {
            path.starts_with(&*language.root) || path == language.root.trim_end_matches('/')
        };
        self.others.iter().find(is_of).unwrap_or(&self.default)
    }

    /// Where each language starts, the default first.
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.default).chain(&self.others).map(|language| &*language.root)
    }

    /// A short name of this edition's exact content: the same on every replica.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The instant for which this edition is true.
    #[must_use]
    pub fn instant(&self) -> Timestamp {
        self.instant
    }

    /// When this edition stops being true: something is published, expires or is due then.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    /// The same edition, which does not stop being true: a look at one instant.
    #[must_use]
    pub fn pinned(self) -> Self {
        Self { valid_until: None, ..self }
    }

    /// How much it holds.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.summary
    }
}
