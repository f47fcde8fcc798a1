//! The words that data uses for what is one of a few, and the shapes of what is written in it: what a schema allows is
//! what the program can write.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::content::Status;
use crate::content::goal::{GoalKind, ReportingFrequency};
use crate::record::progress::rule::{Bound, FigureStatus};

/// Every kind of goal.
pub(crate) fn kinds() -> Vec<&'static str> {
    use GoalKind::{Continue, Deliver, Direction, Increase, Maintain};
    [Increase, Maintain, Direction, Deliver, Continue].map(GoalKind::name).to_vec()
}

/// Every status, in the order in which pages show them.
pub(crate) fn statuses() -> Vec<&'static str> {
    Status::ALL.map(Status::name).to_vec()
}

/// Every interval at which figures are expected.
pub(crate) fn intervals() -> Vec<&'static str> {
    [
        ReportingFrequency::Month,
        ReportingFrequency::Quarter,
        ReportingFrequency::HalfYear,
        ReportingFrequency::Year,
    ]
    .map(ReportingFrequency::name)
    .to_vec()
}

/// How exact figures can be.
pub(crate) fn bounds() -> Vec<&'static str> {
    [Bound::Exact, Bound::AtLeast, Bound::AtMost].map(Bound::name).to_vec()
}

/// How figures can stand towards the sum.
pub(crate) fn standings() -> Vec<&'static str> {
    use FigureStatus::{AfterPeriod, Ahead, BeforePeriod, Counts, ProvesNothing, Superseded};
    [Counts, Superseded, BeforePeriod, AfterPeriod, Ahead, ProvesNothing]
        .map(FigureStatus::name)
        .to_vec()
}

/// What bulletins can do for a goal; [`Role::name`](crate::record::Role::name) gives one of these.
pub(crate) fn roles() -> Vec<&'static str> {
    vec!["sets", "reports", "revises", "overrides", "mentions"]
}

/// What can be said about a goal.
pub(crate) fn sayings() -> Vec<&'static str> {
    vec!["value", "at-least", "at-most", "milestone", "note"]
}

/// A date, or an instant with its offset where a time of day was written.
pub(crate) fn moment(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z))?$",
    })
}
