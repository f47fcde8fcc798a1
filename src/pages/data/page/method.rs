//! The rule by which progress is computed, as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::pages::data::vocabulary;

/// How progress is computed, in a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MethodData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// What the page is called.
    pub(crate) title: &'r str,
    /// The version of the rule.
    pub(crate) version: &'static str,
    /// From this pace on a goal is on track.
    pub(crate) on_track_pace: f64,
    /// From this pace on a goal is slightly behind.
    pub(crate) slightly_behind_pace: f64,
    /// How many months after its day a figure is due.
    pub(crate) months_to_report: i32,
    /// Every status, in the order in which pages show them.
    pub(crate) statuses: Vec<StatusData<'r>>,
}

/// A status with its rule.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StatusData<'r> {
    /// The name in data.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(crate) status: &'static str,
    /// What the page calls it.
    pub(crate) title: &'r str,
    /// When a goal has it.
    pub(crate) rule: String,
}
