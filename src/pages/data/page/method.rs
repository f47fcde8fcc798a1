//! JSON alternate of the page on how progress is calculated.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::pages::data::vocabulary;

/// The rule of progress in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MethodData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Title of the page.
    pub(crate) title: &'r str,
    /// Version of the rule.
    pub(crate) version: &'static str,
    /// Lowest pace at which a goal is on track.
    pub(crate) on_track_pace: f64,
    /// Lowest pace at which a goal is only slightly behind.
    pub(crate) slightly_behind_pace: f64,
    /// Number of months after its day by which a figure is due.
    pub(crate) months_to_report: i32,
    /// Every status in the order in which pages show them.
    pub(crate) statuses: Vec<StatusData<'r>>,
}

/// A status and its rule.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StatusData<'r> {
    /// Name in data.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(crate) status: &'static str,
    /// Name on pages.
    pub(crate) title: &'r str,
    /// Rule that gives a goal this status.
    pub(crate) rule: String,
}
