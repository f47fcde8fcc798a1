//! JSON alternate of a static page.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;

/// A static page in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StaticPageData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Title of the page.
    pub(crate) title: &'r str,
    /// Summary in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<&'r str>,
}
