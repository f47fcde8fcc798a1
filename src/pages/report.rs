//! What bulletins report about goals: in words for pages, as values for data.

use schemars::JsonSchema;
use serde::Serialize;

use super::amount::Amount;
use super::context::Context;
use super::data::vocabulary;
use super::figure::Figure;
use crate::content;
use crate::content::Moment;
use crate::content::bulletin::{Report, ReportValue, Revision};
use crate::language::Language;
use crate::record::GoalId;

/// What a report says, in words, its number set off.
pub(super) fn said(
    context: &Context<'_>,
    goal: &content::Goal,
    report: &Report,
    language: Language,
) -> Figure {
    let words = context.words(language);
    let amount = |value: f64| {
        Amount::of(words, value, goal.facts.target.as_ref().map(|target| &target.unit), language)
    };
    match &report.value {
        ReportValue::Value(value) => amount(*value).figure(ToOwned::to_owned),
        ReportValue::AtLeast(value) => amount(*value).figure(|text| words.said_at_least(text)),
        ReportValue::AtMost(value) => amount(*value).figure(|text| words.said_at_most(text)),
        ReportValue::Milestone(id) => {
            let milestone =
                goal.facts.milestones.iter().find(|milestone| milestone.id.value == id.value);
            let title =
                milestone.map_or(id.value.as_str(), |milestone| milestone.title.get(language));
            Figure::words(words.said_milestone(title))
        }
        ReportValue::Note(note) => Figure::words(note.get(language)),
    }
}

/// What a revision gives to a goal: the new number, the new end, or both.
pub(super) fn revised(
    context: &Context<'_>,
    goal: GoalId,
    revision: &Revision,
    language: Language,
) -> String {
    let words = context.words(language);
    let unit = context.record.goal(goal).source.facts.target.as_ref().map(|target| &target.unit);
    let revisions = &context.record.progress(goal).revisions;
    let known = revisions.iter().find(|revised| std::ptr::eq(revised.revision, revision));
    let amount = |value: f64| Amount::of(words, value, unit, language).text;
    let changed = |old: Option<String>, new: String| match old {
        Some(old) => words.instead_of(&new, &old),
        None => new,
    };
    let target = revision.target.as_ref().map(|new| {
        changed(known.and_then(|revised| revised.old_target).map(amount), amount(new.value))
    });
    let day = |to: Moment| words.until(&context.day(to, language).text);
    let to = revision
        .to
        .as_ref()
        .map(|new| changed(known.and_then(|revised| revised.old_to).map(day), day(new.value)));
    [target, to].into_iter().flatten().collect::<Vec<_>>().join(words.sentence_separator())
}

/// What is reported: exactly one of the five is there.
#[derive(Serialize, JsonSchema)]
pub(super) struct ReportData<'r> {
    /// The goal, by its id.
    goal: &'r str,
    /// The day for which it holds.
    #[schemars(schema_with = "vocabulary::moment")]
    as_of: String,
    /// A figure, in the goal's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    /// A bound from below, where the source gives no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<f64>,
    /// A bound from above, where the source gives no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<f64>,
    /// A milestone that was reached, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<&'r str>,
    /// A statement in words.
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
            at_most: None,
            milestone: None,
            note: None,
        };
        match &report.value {
            ReportValue::Value(value) => data.value = Some(*value),
            ReportValue::AtLeast(value) => data.at_least = Some(*value),
            ReportValue::AtMost(value) => data.at_most = Some(*value),
            ReportValue::Milestone(id) => data.milestone = Some(&id.value),
            ReportValue::Note(note) => data.note = Some(note.get(language)),
        }
        data
    }
}
