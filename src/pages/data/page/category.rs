//! JSON alternate of a category.

use schemars::JsonSchema;
use serde::Serialize;

use super::StatusCount;
use crate::pages::data::references::{BulletinLink, CategoryLink, GoalLink};

/// A category of goals in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CategoryData<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    pub(crate) schema: String,
    #[serde(flatten)]
    pub(crate) link: CategoryLink<'r>,
    /// BCP 47 tag of the page's language.
    pub(crate) language: &'r str,
    /// Number of goals with each status.
    pub(crate) state: Vec<StatusCount>,
    /// Goals in their order.
    #[serde(rename = "goal_list")]
    pub(crate) goals: Vec<GoalLink<'r>>,
    /// Newest bulletins of the category, newest first.
    pub(crate) bulletins: Vec<BulletinLink<'r>>,
}
