//! A page of goals as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Head, StatusCount};
use crate::pages::data::references::{CategoryLink, GoalLink};

/// A page of goals in a language: all of them, or those of a year, of a status, or of both.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalListData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// What the page is called.
    pub(crate) title: String,
    /// How many goals have which status.
    pub(crate) state: Vec<StatusCount>,
    /// The categories of goals, in the site's order.
    pub(crate) categories: Vec<CategoryLink<'r>>,
    /// The goals by category, then in their order.
    pub(crate) goals: Vec<GoalLink<'r>>,
}
