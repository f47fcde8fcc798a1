//! What bulletins report about goals: in words for pages, as values for data.

use serde::Serialize;

use super::context::Context;
use super::rows::Figure;
use crate::content;
use crate::content::bulletin::{Report, Said};
use crate::language::Language;

/// What a report says, in words, its number set off.
pub(super) fn said(context: &Context<'_>, goal: &content::Goal, report: &Report, language: Language) -> Figure {
    let words = context.words(language);
    let unit = goal.facts.target.as_ref().map_or("", |target| target.unit.get(language));
    match &report.said {
        Said::Value(value) => Figure::new(words.number(*value), |number| words.said_value(number, unit)),
        Said::AtLeast(value) => Figure::new(words.number(*value), |number| words.said_at_least(number, unit)),
        Said::Milestone(id) => {
            let milestone = goal.facts.milestones.iter().find(|milestone| milestone.id.value == id.value);
            let title = milestone.map_or(id.value.as_str(), |milestone| milestone.title.get(language));
            Figure::words(words.said_milestone(title))
        }
        Said::Note(note) => Figure::words(note.get(language)),
    }
}

/// What is reported: exactly one of the four is there.
#[derive(Serialize)]
pub(super) struct ReportData<'r> {
    goal: &'r str,
    as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'r str>,
}

impl<'r> ReportData<'r> {
    pub(super) fn new(context: &Context<'r>, report: &'r Report, language: Language) -> Self {
        let mut data = Self {
            goal: &report.goal.value,
            as_of: report.as_of.iso(&context.record.content.site.zone),
            value: None,
            at_least: None,
            milestone: None,
            note: None,
        };
        match &report.said {
            Said::Value(value) => data.value = Some(*value),
            Said::AtLeast(value) => data.at_least = Some(*value),
            Said::Milestone(id) => data.milestone = Some(&id.value),
            Said::Note(note) => data.note = Some(note.get(language)),
        }
        data
    }
}
