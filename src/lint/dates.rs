//! Days so far away that a digit is likely wrong.

use jiff::civil::Date;

use super::Bench;
use crate::content::{Bulletin, Goal, Moment};
use crate::diagnostic::{Code, Diagnostic, Span, Wording, say};

/// How many years a bulletin may be old: before, few cities had a site.
const OLDEST_BULLETIN: i16 = 30;
/// How many years ahead a bulletin may be scheduled.
const FURTHEST_BULLETIN: i16 = 2;
/// How many years a figure may run ahead of the bulletin that gives it.
const FURTHEST_REPORT: i16 = 1;
/// How many years a bulletin may stay public before it expires.
const LONGEST_LIFE: i16 = 20;
/// How many years a goal may lie away from today: plans of cities reach a generation ahead.
const FURTHEST_GOAL: i16 = 60;

fn far(bench: &Bench<'_>, path: &std::sync::Arc<str>, span: Span, message: Wording) -> Option<Diagnostic> {
    let help = say!("check the year; if it is right, nothing needs to be done", "请核对年份；如果没有错，可以不改");
    let is_off = bench.content.site.lints_off.contains(&Code::FarDate);
    (!is_off).then(|| Diagnostic::warning(Code::FarDate, path, span, message).help(help))
}

/// Whole years from one day to another, below zero where the second comes first.
fn years(from: Date, to: Date) -> i16 {
    from.until((jiff::Unit::Year, to)).map_or(0, |span| span.get_years())
}

/// A bulletin's own days and those of its reports.
pub(super) fn bulletin(bench: &Bench<'_>, bulletin: &Bulletin) -> Vec<Diagnostic> {
    let today = bench.content.site.zone.to_datetime(bench.instant).date();
    let (facts, path) = (&bulletin.facts, bulletin.path());
    let published = facts.published.value.date();
    let mut found = Vec::new();
    let age = years(published, today);
    if age >= OLDEST_BULLETIN {
        let message = say!("published on {published}, {age} years ago", "发布日期 {published} 是{age}年前");
        found.extend(far(bench, path, facts.published.span.clone(), message));
    } else if -age >= FURTHEST_BULLETIN {
        let ahead = -age;
        let message =
            say!("to be published on {published}, {ahead} years ahead", "发布日期 {published} 在{ahead}年以后");
        found.extend(far(bench, path, facts.published.span.clone(), message));
    }
    for report in &facts.reports {
        let as_of = report.as_of.date();
        if years(published, as_of) >= FURTHEST_REPORT {
            let message =
                say!("a figure for {as_of}, in a bulletin of {published}", "{published} 的公报报告了 {as_of} 的数字");
            found.extend(far(bench, path, report.span.clone(), message));
        }
    }
    if let Some(expires) = &facts.expires {
        let day = expires.value.date();
        if years(published, day) >= LONGEST_LIFE {
            let message = say!("it stays public until {day}", "公报要到 {day} 才失效");
            found.extend(far(bench, path, expires.span.clone(), message));
        }
    }
    found
}

/// The period of a goal.
pub(super) fn goal(bench: &Bench<'_>, goal: &Goal) -> Vec<Diagnostic> {
    let today = bench.content.site.zone.to_datetime(bench.instant).date();
    let Some(period) = &goal.facts.period else { return Vec::new() };
    let days = [Some(period.from), period.to];
    days.into_iter()
        .flatten()
        .map(|day: Moment| day.date())
        .filter(|day| years(today, *day).abs() >= FURTHEST_GOAL)
        .filter_map(|day| {
            let message = say!("the goal's period reaches to {day}", "目标期间涉及 {day}");
            far(bench, goal.path(), goal.facts.period_span.clone(), message)
        })
        .collect()
}
