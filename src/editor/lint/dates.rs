//! Days so far away that a digit is likely wrong.

use jiff::civil::Date;

use super::Bench;
use crate::content::{Bulletin, Goal, Moment};
use crate::diagnostic::{Code, Diagnostic, Phrase, Span, message};

/// How many years a bulletin, or what it tells, may be old: before, few cities had a site.
const OLDEST: i16 = 30;
/// How many years ahead a bulletin may be scheduled, changed or taken back.
const FURTHEST_BULLETIN: i16 = 2;
/// How many years a figure may run ahead of the bulletin that gives it.
const FURTHEST_REPORT: i16 = 1;
/// How many years a bulletin may stay public before it expires.
const LONGEST_LIFE: i16 = 20;
/// How many years a goal may lie away from today: plans of cities reach a generation ahead.
const FURTHEST_GOAL: i16 = 60;

/// A day of the facts: what happens then, and where it stands.
type Day<'f> = (Phrase, Moment, &'f Span);

/// A bulletin's own days and those that it tells.
pub(super) fn bulletin(bench: &Bench<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let (facts, path) = (&bulletin.facts, bulletin.path());
    let (today, published) = (today(bench), facts.published.value.date());
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
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut judge = |days: Vec<Day<'_>>, from: Date, back: i16, ahead: i16| {
        found.extend(days.into_iter().filter_map(|day| far(path, day, from, back, ahead)));
    };
    judge(own.chain(changes).chain(removals).collect(), today, OLDEST, FURTHEST_BULLETIN);
    judge(reports.collect(), published, OLDEST, FURTHEST_REPORT);
    judge(expiry.collect(), published, OLDEST, LONGEST_LIFE);
    judge(ends.collect(), today, FURTHEST_GOAL, FURTHEST_GOAL);
    found
}

/// The period of a goal and the days of its milestones.
pub(super) fn goal(bench: &Bench<'_>, goal: &Goal) -> Vec<Diagnostic> {
    let (facts, today) = (&goal.facts, today(bench));
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

fn today(bench: &Bench<'_>) -> Date {
    bench.content.site.zone.to_datetime(bench.instant).date()
}

/// Advice about a day that lies so many years before another or after it.
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
        message!("{what} {day}, {apart} years after {from}", "{what} {day} 比 {from} 晚{apart}年"; what)
    } else {
        message!("{what} {day}, {apart} years before {from}", "{what} {day} 比 {from} 早{apart}年"; what)
    };
    let help = message!(
        "check the year; if it is right, write `\"date/far\" = \"…\"` with the reason below a line `[lints.off]` in `site.toml`",
        "请核对年份；如果没有错，请在 `site.toml` 的 `[lints.off]` 一行下面写 `\"date/far\" = \"…\"`，并写明理由"
    );
    let is_far = if is_ahead { apart >= ahead } else { apart >= back };
    is_far.then(|| Diagnostic::warning(Code::FarDate, path, span.clone(), message).help(help))
}

/// Whole years from one day to another, below zero where the second comes first.
fn years(from: Date, to: Date) -> i16 {
    from.until((jiff::Unit::Year, to)).map_or(0, |span| span.get_years())
}
