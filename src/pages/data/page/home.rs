//! The home page as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Head, StatusCount};
use crate::pages::data::references::{BulletinLink, CategoryLink};

/// The home page of a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct HomeData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// What the site is called.
    pub(crate) name: &'r str,
    /// How many goals have which status.
    pub(crate) state: Vec<StatusCount>,
    /// The categories of goals, in the site's order.
    pub(crate) categories: Vec<CategoryLink<'r>>,
    /// The newest bulletins that still hold, the newest first.
    pub(crate) latest: Vec<BulletinLink<'r>>,
}
