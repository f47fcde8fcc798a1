//! Files of an edition as the next edition may use them again.

use std::sync::Arc;

use foldhash::HashMap;

use super::body::Body;
use crate::language::Language;
use crate::pages::{InputHash, Memento};

/// A file with its path and headers.
#[derive(Debug, Clone)]
pub(crate) struct CompressedFile {
    pub(super) path: Arc<str>,
    pub(super) media_type: &'static str,
    pub(super) language: Option<Language>,
    pub(super) body: Arc<Body>,
    pub(super) memento: Option<Arc<Memento>>,
}

/// The pages of an edition by the hash of what they were made from.
pub(crate) type PagesByInputs = HashMap<InputHash, Box<[CompressedFile]>>;
