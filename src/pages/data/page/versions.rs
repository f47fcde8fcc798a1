//! JSON alternates of the earlier texts of a bulletin: their list, and each of them.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::pages::data::vocabulary;

/// The earlier texts of a bulletin in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct VersionsData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Absolute URL of the bulletin, with its present text.
    #[schemars(extend("format" = "uri"))]
    pub(crate) bulletin: String,
    /// Earlier texts, oldest first.
    pub(crate) versions: Vec<VersionLink<'r>>,
}

/// An earlier text of a bulletin.
#[derive(Serialize, JsonSchema)]
pub(crate) struct VersionData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Absolute URL of the bulletin, with its present text.
    #[schemars(extend("format" = "uri"))]
    pub(crate) bulletin: String,
    /// Title that the bulletin had.
    pub(crate) title: &'r str,
    /// Summary that the bulletin had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<&'r str>,
    #[serde(flatten)]
    pub(crate) period: VersionPeriod,
}

/// A reference to an earlier text.
#[derive(Serialize, JsonSchema)]
pub(crate) struct VersionLink<'r> {
    /// Absolute URL of the text.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Title that the bulletin had.
    pub(crate) title: &'r str,
    #[serde(flatten)]
    pub(crate) period: VersionPeriod,
}

/// The time in which a text was public.
#[derive(Serialize, JsonSchema)]
pub(crate) struct VersionPeriod {
    /// Day from which the text was public (ISO 8601), with time and offset if a time was written.
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) from: String,
    /// Day on which another text took its place.
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) until: String,
    /// Absolute URL of the comparison with that text.
    #[schemars(extend("format" = "uri"))]
    pub(crate) changes: String,
}

/// The changes from an earlier text to the one that took its place.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ComparisonData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Absolute URL of the earlier text.
    #[schemars(extend("format" = "uri"))]
    pub(crate) from: String,
    /// Absolute URL of the text that took its place.
    #[schemars(extend("format" = "uri"))]
    pub(crate) to: String,
    /// Counts of what the later text does not have.
    pub(crate) removed: ChangeCount,
    /// Counts of what only the later text has.
    pub(crate) added: ChangeCount,
    /// Changed paragraphs, headings, items and rows, in their order.
    pub(crate) changes: Vec<ChangedBlock>,
}

/// The extent of a change.
#[derive(Debug, Default, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct ChangeCount {
    /// Number of sentences; in Chinese, of clauses.
    pub(crate) sentences: usize,
    /// Number of words; in Chinese, of characters.
    pub(crate) words: usize,
}

/// A changed part of the text.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChangedBlock {
    /// Sentences that were removed.
    pub(crate) removed: Vec<String>,
    /// Sentences that were added.
    pub(crate) added: Vec<String>,
}
