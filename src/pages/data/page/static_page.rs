//! A static page as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;

/// A plain page in a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StaticPageData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// What the page is called.
    pub(crate) title: &'r str,
    /// What it says, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<&'r str>,
}
