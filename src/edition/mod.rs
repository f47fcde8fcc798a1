//! An edition: every URL of the site at one instant, packed and immutable.
//!
//! Enter at [`Edition::answer`], which looks a path up, and [`Edition::problem`], which gives the page for a request
//! that has no answer. An edition never changes; a newer one takes its place as a whole.

pub mod resource;

use std::collections::HashMap;

use jiff::Timestamp;

pub use resource::{Answer, CachePolicy, Resource, Variant};

/// Stands in the page for [`Problem::Internal`] where the id of the failed request is shown.
pub const ERROR_ID_MARK: &str = "0000000000000000";

/// Why a request has no answer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// 400: the path cannot be read.
    BadRequest,
    /// 404: nothing stands at this path.
    NotFound,
    /// 405: the site is only read.
    MethodNotAllowed,
    /// 500: the program failed; the page holds [`ERROR_ID_MARK`] once.
    Internal,
}

/// Every URL of the site at one instant.
#[derive(Debug)]
pub struct Edition {
    pub(crate) answers: HashMap<Box<str>, Answer>,
    pub(crate) languages: Vec<LanguageRoot>,
    pub(crate) id: Box<str>,
    pub(crate) instant: Timestamp,
    pub(crate) next_instant: Option<Timestamp>,
}

/// One language of the site: where it starts and its pages for requests without an answer.
#[derive(Debug)]
pub struct LanguageRoot {
    /// `/` for the default language, `/zh/` for others.
    pub(crate) root: Box<str>,
    pub(crate) problems: HashMap<Problem, Resource>,
}
impl Edition {
    /// What stands at a path, if anything does. The path is decoded and in its one canonical spelling.
    #[must_use]
    pub fn answer(&self, path: &str) -> Option<&Answer> {
        self.answers.get(path)
    }

    /// The page that explains a problem, in the language of the path.
    #[must_use]
    pub fn problem(&self, problem: Problem, path: &str) -> &Resource {
        todo!()
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
    pub fn next_instant(&self) -> Option<Timestamp> {
        self.next_instant
    }
}
