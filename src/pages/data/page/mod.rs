//! The JSON alternate of each kind of page, beside it at `index.json`.

pub(crate) mod bulletin;
pub(crate) mod category;
pub(crate) mod goal;
pub(crate) mod goal_list;
pub(crate) mod home;
pub(crate) mod method;
pub(crate) mod search;
pub(crate) mod section;
pub(crate) mod static_page;

use schemars::JsonSchema;
use serde::Serialize;

use super::file_kind::FileKind;
use super::vocabulary;
use crate::content::Content;
use crate::language::Language;
use crate::record::StatusCounts;

/// The members with which most of these files begin.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Head<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tag of the page's language.
    language: &'r str,
}

/// The goals of one status.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StatusCount {
    /// The status.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// How many goals have it.
    goals: usize,
    /// Whole percent; those of all statuses sum to 100.
    percent: u32,
}

impl<'r> Head<'r> {
    /// The head of a page's data. `path` is the page's, with its query if it has one.
    pub(crate) fn new(
        content: &'r Content,
        kind: FileKind,
        path: &str,
        language: Language,
    ) -> Self {
        Self {
            schema: content.site.absolute(&kind.schema_path()),
            url: content.site.absolute(path),
            language: content.site.languages.tag(language),
        }
    }
}

impl StatusCount {
    /// The counts of all statuses that some goals have.
    pub(crate) fn list(tally: &StatusCounts) -> Vec<Self> {
        let shares = tally.shares().into_iter();
        shares
            .map(|(status, goals, percent)| Self { status: status.name(), goals, percent })
            .collect()
    }
}
