//! JSON alternate of a page of goals.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Head, StatusCount};
use crate::pages::data::references::{CategoryLink, GoalLink};

/// A page of goals in one language: all of them, or those of a year, of a status, or of both.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalListData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Title of the page.
    pub(crate) title: String,
    /// Number of goals with each status.
    pub(crate) state: Vec<StatusCount>,
    /// Categories of goals in the site's order.
    pub(crate) categories: Vec<CategoryLink<'r>>,
    /// Goals by category, then in their order.
    pub(crate) goals: Vec<GoalLink<'r>>,
}
