//! Reports and revisions of bulletins, in words.

use super::quantity::{Amount, HighlightedText};
use crate::content;
use crate::content::Moment;
use crate::content::bulletin::{Report, ReportValue, Revision};
use crate::language::{Language, Locale};
use crate::pages::context::Context;
use crate::record::GoalId;

/// A report in words, with its number highlighted.
pub(crate) fn report_text(
    context: &Context<'_>,
    goal: &content::Goal,
    report: &Report,
    language: Language,
) -> HighlightedText {
    let locale = context.locale(language);
    let amount = |value: f64| {
        Amount::of(locale, value, goal.facts.target.as_ref().map(|target| &target.unit), language)
    };
    match &report.value {
        ReportValue::Exact(value) => amount(*value).highlight(ToOwned::to_owned),
        ReportValue::AtLeast(value) => {
            amount(*value).highlight(|text| locale.amount_at_least(text))
        }
        ReportValue::AtMost(value) => amount(*value).highlight(|text| locale.amount_at_most(text)),
        ReportValue::Milestone(id) => {
            let milestone =
                goal.facts.milestones.iter().find(|milestone| milestone.id.value == id.value);
            let title =
                milestone.map_or(id.value.as_str(), |milestone| milestone.title.get(language));
            HighlightedText::words(locale.milestone_reached(title))
        }
        ReportValue::Note(note) => HighlightedText::words(note.get(language)),
    }
}

/// A revision in words: the new target, the new end, or both.
pub(crate) fn revision_text(
    context: &Context<'_>,
    goal: GoalId,
    revision: &Revision,
    language: Language,
) -> String {
    let locale = context.locale(language);
    let unit = context.record.goal(goal).source.facts.target.as_ref().map(|target| &target.unit);
    let revisions = &context.record.progress(goal).revisions;
    let known = revisions.iter().find(|revised| std::ptr::eq(revised.revision, revision));
    let amount = |value: f64| Amount::of(locale, value, unit, language).text;
    let target = revision.target.as_ref().map(|new| {
        let old = known.and_then(|revised| revised.old_target).map(amount);
        change_text(locale, old, amount(new.value))
    });
    let day = |to: Moment| locale.revised_end(&context.day(to, language).text);
    let to = revision.to.as_ref().map(|new| {
        change_text(locale, known.and_then(|revised| revised.old_to).map(day), day(new.value))
    });
    [target, to].into_iter().flatten().collect::<Vec<_>>().join(locale.sentence_separator())
}

/// A new value, with the old one if it is known.
fn change_text(locale: &Locale, old: Option<String>, new: String) -> String {
    match old {
        Some(old) => locale.changed_from(&new, &old),
        None => new,
    }
}
