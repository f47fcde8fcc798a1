//! JSON alternate of the home page.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Head, StatusCount};
use crate::pages::data::references::{BulletinLink, CategoryLink};

/// The home page in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct HomeData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Name of the site.
    pub(crate) name: &'r str,
    /// Number of goals with each status.
    pub(crate) state: Vec<StatusCount>,
    /// Categories of goals in the site's order.
    pub(crate) categories: Vec<CategoryLink<'r>>,
    /// Newest bulletins that are not withdrawn, newest first.
    pub(crate) latest: Vec<BulletinLink<'r>>,
}
