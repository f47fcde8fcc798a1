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
pub(crate) mod versions;

use schemars::JsonSchema;
use serde::Serialize;

use super::file_kind::FileKind;
use super::vocabulary;
use crate::content::Content;
use crate::language::Language;
use crate::record::StatusCounts;

/// The members at the beginning of most of these files.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Head<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// Absolute URL of the page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// BCP 47 tag of the page's language.
    language: &'r str,
}

/// The number of goals with one status.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StatusCount {
    /// Status.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Number of goals with the status.
    goals: usize,
    /// Whole percent, rounded by itself: the percentages may not add up to 100.
    percent: u32,
}

impl<'r> Head<'r> {
    /// Creates the head of a page's data. `path` is the page's path, with its query if it has one.
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
    /// Lists the statuses that at least one goal has, with their counts.
    pub(crate) fn list(counts: &StatusCounts) -> Vec<Self> {
        let shares = counts.shares().into_iter();
        shares
            .map(|(status, goals, percent)| Self { status: status.name(), goals, percent })
            .collect()
    }
}
