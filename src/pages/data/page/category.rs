//! A category of goals as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::StatusCount;
use crate::pages::data::references::{BulletinLink, CategoryLink, GoalLink};

/// A category of goals in a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CategoryData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    pub(crate) schema: String,
    #[serde(flatten)]
    pub(crate) link: CategoryLink<'r>,
    /// The BCP 47 tag of the page's language.
    pub(crate) language: &'r str,
    /// How many goals have which status.
    pub(crate) state: Vec<StatusCount>,
    /// The goals in their order.
    #[serde(rename = "goal_list")]
    pub(crate) goals: Vec<GoalLink<'r>>,
    /// The newest bulletins of the category, the newest first.
    pub(crate) bulletins: Vec<BulletinLink<'r>>,
}
