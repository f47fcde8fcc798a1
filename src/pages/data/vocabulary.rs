//! Enumerations and string formats of the data files. The schemas are built from the values that
//! the program writes, so that the two cannot differ.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::content::Status;
use crate::content::bulletin::Relation;
use crate::content::goal::{GoalKind, ReportingFrequency};
use crate::record::progress::rule::{Bound, FigureStatus};
use crate::record::{ConsultationState, ValidityState};

pub(crate) fn kinds() -> Vec<&'static str> {
    use GoalKind::{Continue, Deliver, Direction, Increase, Maintain};
    [Increase, Maintain, Direction, Deliver, Continue].map(GoalKind::name).to_vec()
}

/// Lists every status in the order in which pages show them.
pub(crate) fn statuses() -> Vec<&'static str> {
    Status::ALL.map(Status::name).to_vec()
}

/// Lists the reporting frequencies.
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

/// Lists the bounds of figures: exact, at least, at most.
pub(crate) fn bounds() -> Vec<&'static str> {
    [Bound::Exact, Bound::AtLeast, Bound::AtMost].map(Bound::name).to_vec()
}

/// Lists the ways in which a figure counts, or does not.
pub(crate) fn figure_statuses() -> Vec<&'static str> {
    use FigureStatus::{AfterPeriod, Ahead, BeforePeriod, Counts, ProvesNothing, Superseded};
    [Counts, Superseded, BeforePeriod, AfterPeriod, Ahead, ProvesNothing]
        .map(FigureStatus::name)
        .to_vec()
}

/// Lists the roles of a bulletin for a goal; [`Role::name`](crate::record::Role::name) returns one
/// of these.
pub(crate) fn roles() -> Vec<&'static str> {
    vec!["sets", "reports", "revises", "overrides", "mentions"]
}

/// Lists the states of a document.
pub(crate) fn validity_states() -> Vec<&'static str> {
    ValidityState::ALL.map(ValidityState::name).to_vec()
}

/// Lists the states of a consultation.
pub(crate) fn consultation_states() -> Vec<&'static str> {
    ConsultationState::ALL.map(ConsultationState::name).to_vec()
}

/// Lists the relations between bulletins.
pub(crate) fn relations() -> Vec<&'static str> {
    Relation::ALL.map(Relation::name).to_vec()
}

/// Lists the forms of a report on a goal.
pub(crate) fn statement_forms() -> Vec<&'static str> {
    vec!["value", "at-least", "at-most", "milestone", "note"]
}

/// Schema of a date, or of an instant with its offset if a time of day was written.
pub(crate) fn moment(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z))?$",
    })
}
