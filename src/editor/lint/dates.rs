//! Checks for dates so far away that a digit is probably wrong.

use jiff::civil::Date;

use super::context::LintContext;
use crate::content::bulletin::BulletinFacts;
use crate::content::{Bulletin, Goal, Moment};
use crate::diagnostic::{Code, Diagnostic, Phrase, Span, message};

/// The age in years up to which dates of a bulletin are plausible; few cities had a site before.
const OLDEST: i16 = 30;
/// Years ahead to which a bulletin may be scheduled, changed or withdrawn.
const FURTHEST_BULLETIN: i16 = 2;
/// Years by which a figure may be later than its bulletin.
const FURTHEST_REPORT: i16 = 1;
/// Years for which a bulletin may be public before it expires.
const LONGEST_LIFE: i16 = 20;
/// Years between a goal and today; plans of cities look a generation ahead.
const FURTHEST_GOAL: i16 = 60;

/// The age in years up to which the day of an official document is plausible.
const OLDEST_DOCUMENT: i16 = 80;
/// Years by which a document may take effect before it was made.
const LONGEST_RETROACTION: i16 = 1;
/// Years by which a document may take effect after it was made.
const FURTHEST_FORCE: i16 = 10;
/// Years for which a document may say that it is in force.
const LONGEST_FORCE: i16 = 50;
/// Years after its publication for which a bulletin may ask for comments.
const FURTHEST_COMMENT: i16 = 5;
/// Years by which an event may be announced.
const FURTHEST_EVENT: i16 = 5;

/// A date with a description and its span.
type Day<'f> = (Phrase, Moment, &'f Span);

/// Checks the dates of a bulletin and of its reports and revisions.
pub(super) fn check_bulletin(context: &LintContext<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let (facts, path) = (&bulletin.facts, bulletin.path());
    let (today, published) = (today(context), facts.published.value.date());
    let own = std::iter::once((
        Phrase::new("published on", "发布日期"),
        facts.published.value,
        &facts.published.span,
    ));
    let changes = facts
        .changes
        .iter()
        .map(|change| (Phrase::new("changed on", "修改日期"), change.on, &change.span));
    let removals = [&facts.withdrawn, &facts.gone].into_iter().flatten();
    let removals = removals
        .map(|removal| (Phrase::new("taken back on", "撤回日期"), removal.on, &removal.span));
    let reports = facts
        .reports
        .iter()
        .map(|one| (Phrase::new("a figure for", "数字的日期"), one.as_of, &one.span));
    let expiry = facts
        .expires
        .iter()
        .map(|one| (Phrase::new("expires on", "失效日期"), one.value, &one.span));
    let ends = facts.revises.iter().filter_map(|revision| revision.to.as_ref());
    let ends =
        ends.map(|to| (Phrase::new("the goal's new end on", "目标的新期限"), to.value, &to.span));
    let mut found = check_document(bulletin);
    let mut judge = |days: Vec<Day<'_>>, from: Date, back: i16, ahead: i16| {
        found.extend(days.into_iter().filter_map(|day| far(path, day, from, back, ahead)));
    };
    judge(own.chain(changes).chain(removals).collect(), today, OLDEST, FURTHEST_BULLETIN);
    judge(reports.collect(), published, OLDEST, FURTHEST_REPORT);
    judge(expiry.collect(), published, OLDEST, LONGEST_LIFE);
    judge(ends.collect(), today, FURTHEST_GOAL, FURTHEST_GOAL);
    judge(comment_days(facts), published, OLDEST, FURTHEST_COMMENT);
    let events = facts.events.iter().flat_map(|event| [Some(&event.from), event.to.as_ref()]);
    let events = events.flatten();
    let events = events.map(|day| (Phrase::new("an event on", "活动日期"), day.value, &day.span));
    judge(events.collect(), published, OLDEST, FURTHEST_EVENT);
    found
}

/// Checks the dates of an official document. A site may publish old documents.
fn check_document(bulletin: &Bulletin) -> Vec<Diagnostic> {
    let Some(document) = &bulletin.facts.document else { return Vec::new() };
    let published = bulletin.facts.published.value.date();
    let made = document.made.as_ref().map(|made| made.value.date());
    let retroactive = if made.is_some() { LONGEST_RETROACTION } else { OLDEST_DOCUMENT };
    let start = document.effective.as_ref().map_or(made, |first| Some(first.value.date()));
    let days = [
        (Phrase::new("made on", "成文日期"), &document.made, published, OLDEST_DOCUMENT, i16::MAX),
        (
            Phrase::new("in force from", "施行日期"),
            &document.effective,
            made.unwrap_or(published),
            retroactive,
            FURTHEST_FORCE,
        ),
        (
            Phrase::new("in force until", "有效期至"),
            &document.until,
            start.unwrap_or(published),
            OLDEST_DOCUMENT,
            LONGEST_FORCE,
        ),
    ];
    let days = days.into_iter().filter_map(|(what, day, from, back, ahead)| {
        let day = day.as_ref()?;
        far(bulletin.path(), (what, day.value, &day.span), from, back, ahead)
    });
    days.collect()
}

/// The days of a consultation.
fn comment_days(facts: &BulletinFacts) -> Vec<Day<'_>> {
    let Some(consultation) = &facts.consultation else { return Vec::new() };
    let extended = consultation.extended.iter();
    let days = extended.flat_map(|extension| [&extension.on, &extension.closes]);
    let days = consultation.opens.iter().chain([&consultation.closes]).chain(days);
    days.map(|day| (Phrase::new("comments on", "征求意见日期"), day.value, &day.span)).collect()
}

/// Checks the period of a goal and the dates of its milestones.
pub(super) fn check_goal(context: &LintContext<'_>, goal: &Goal) -> Vec<Diagnostic> {
    let (facts, today) = (&goal.facts, today(context));
    let period = facts.period.iter().flat_map(|period| [Some(period.from), period.to]).flatten();
    let period = period.map(|day| {
        (Phrase::new("the goal's period reaches to", "目标期间涉及"), day, &facts.period_span)
    });
    let milestones = facts.milestones.iter();
    let milestones = milestones.filter_map(|one| {
        Some((Phrase::new("a milestone due on", "节点期限"), one.due?, &one.id.span))
    });
    period
        .chain(milestones)
        .filter_map(|day| far(goal.path(), day, today, FURTHEST_GOAL, FURTHEST_GOAL))
        .collect()
}

fn today(context: &LintContext<'_>) -> Date {
    context.content.site.zone.to_datetime(context.instant).date()
}

/// Warns about a date that is many years before or after another.
fn far(
    path: &std::sync::Arc<str>,
    (what, day, span): Day<'_>,
    from: Date,
    back: i16,
    ahead: i16,
) -> Option<Diagnostic> {
    let day = day.date();
    let years = years(from, day);
    let (apart, is_ahead) = (years.abs(), years > 0);
    let message = if is_ahead {
        message!(
            "{what} {day}, {apart} years after {from}",
            "{what} {day} 比 {from} 晚 {apart} 年"; what
        )
    } else {
        message!(
            "{what} {day}, {apart} years before {from}",
            "{what} {day} 比 {from} 早 {apart} 年"; what
        )
    };
    let help = message!(
        "check the year; if it is right, write `\"date/far\" = \"…\"` with the reason below a line \
         `[lints.off]` in `site.toml`",
        "请核对年份；如果没有错，请在 `site.toml` 的 `[lints.off]` 一行下面写 `\"date/far\" = \"…\"`，并写明理由"
    );
    let is_far = if is_ahead { apart >= ahead } else { apart >= back };
    is_far.then(|| Diagnostic::warning(Code::FarDate, path, span.clone(), message).help(help))
}

/// Whole years from one day to another; negative if the second is earlier.
fn years(from: Date, to: Date) -> i16 {
    from.until((jiff::Unit::Year, to)).map_or(0, |span| span.get_years())
}
