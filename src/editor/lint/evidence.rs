//! Checks for figures that do not count: before or after the goal's period, later than their
//! bulletin, or contradicted by another bulletin. Checks the days of milestones likewise.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::context::LintContext;
use crate::content::bulletin::{Report, ReportValue};
use crate::content::{Bulletin, Content, Goal};
use crate::diagnostic::{Code, Diagnostic, Message, Severity, message};

/// The number of days after its bulletin from which `date/far` reports a report's day.
const FAR: i32 = 365;

/// A figure with its bulletin.
#[derive(Clone, Copy)]
struct Figure<'c> {
    bulletin: &'c Bulletin,
    report: &'c Report,
}

impl Figure<'_> {
    fn day(&self) -> Date {
        self.report.as_of.date()
    }

    /// The value; `None` for a bound and for a report without a figure.
    const fn exact(&self) -> Option<f64> {
        match self.report.value {
            ReportValue::Exact(value) => Some(value),
            _ => None,
        }
    }

    fn warning(&self, message: Message, help: Message) -> Diagnostic {
        let (path, span) = (self.bulletin.path(), self.report.span.clone());
        Diagnostic::warning(Code::NotCounted, path, span, message).help(help)
    }
}

pub(super) fn check_figures(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let content = context.content;
    let mut by_goal: BTreeMap<&str, Vec<Figure<'_>>> = BTreeMap::new();
    let mut milestones: BTreeMap<(&str, &str), Vec<Figure<'_>>> = BTreeMap::new();
    let mut found = Vec::new();
    for bulletin in content.bulletins.iter().filter(|bulletin| is_evidence(bulletin)) {
        for report in &bulletin.facts.reports {
            let figure = Figure { bulletin, report };
            found.extend(check_publication(&figure));
            if report.value.figure().is_some() {
                by_goal.entry(&report.goal.value).or_default().push(figure);
            }
            if let ReportValue::Milestone(name) = &report.value {
                milestones.entry((&report.goal.value, &name.value)).or_default().push(figure);
            }
        }
    }
    for goal in &content.goals {
        if let Some(figures) = by_goal.get_mut(goal.slug.as_str()) {
            figures.sort_by_key(|figure| (figure.day(), figure.bulletin.facts.published.value));
            found.extend(check_period(content, goal, figures));
            found.extend(check_same_day(figures));
        }
    }
    for ((slug, _), reports) in &mut milestones {
        let goal = content.goals.iter().find(|goal| goal.slug == *slug);
        found.extend(goal.into_iter().flat_map(|goal| check_early_milestones(goal, reports)));
        found.extend(check_milestone(reports));
    }
    found
}

/// Reports milestones that were reached before the goal's period. They count, but their year may be
/// wrong.
fn check_early_milestones(goal: &Goal, reports: &[Figure<'_>]) -> Vec<Diagnostic> {
    let Some(period) = goal.facts.period else { return Vec::new() };
    let start = period.from.date();
    let early = reports.iter().filter(|report| report.day() < start).map(|report| {
        let day = report.day();
        let message = message!(
            "this milestone is reported for {day}, before the goal's period begins on {start}",
            "这个节点报告为 {day} 完成，早于目标期间的开始日期 {start}"
        );
        let help = message!(
            "check the year of `as_of`; if it is right, there is nothing to do",
            "请核对 `as_of` 的年份；如果没有错，则无须处理"
        );
        let label = message!("the goal", "该目标");
        let warning = report.warning(message, help);
        let warning = warning.related(goal.path(), goal.facts.period_span.clone(), label);
        Diagnostic { severity: Severity::Note, code: Code::FarDate, ..warning }
    });
    early.collect()
}

/// Reports a milestone that was reached on two days, of which only the earlier one counts.
fn check_milestone(reports: &mut [Figure<'_>]) -> Option<Diagnostic> {
    reports.sort_by_key(|report| (report.bulletin.facts.published.value, report.day()));
    let (first, rest) = reports.split_first()?;
    let other = rest.iter().find(|other| other.day() != first.day())?;
    let (one, two) = (first.day(), other.day());
    let (goal, counted) = (&first.report.goal.value, one.min(two));
    let message = message!(
        "this milestone of `{goal}` is reported for {one} and again for {two}; only {counted} \
         counts",
        "`{goal}` 的这个节点先报告为 {one} 完成，又报告为 {two} 完成；只有 {counted} 计入进展"
    );
    let help = message!(
        "correct `as_of` where it is wrong, or remove that report",
        "请更正有误的 `as_of`，或删去那一条报告"
    );
    let label = message!("the other report", "另一处报告");
    let span = first.report.span.clone();
    Some(other.warning(message, help).related(first.bulletin.path(), span, label))
}

fn is_evidence(bulletin: &Bulletin) -> bool {
    let facts = &bulletin.facts;
    !facts.draft && facts.withdrawn.is_none() && facts.gone.is_none()
}

/// Reports a figure for a day after its bulletin was published: it counts only from that day.
fn check_publication(figure: &Figure<'_>) -> Option<Diagnostic> {
    let is_statement = matches!(figure.report.value, ReportValue::Note(_));
    let (day, published) = (figure.day(), figure.bulletin.facts.published.value.date());
    let days = published.until(day).map_or(0, |span| span.get_days());
    if is_statement || !(1..FAR).contains(&days) {
        return None;
    }
    let message = message!(
        "this is reported for {day}, after the bulletin is published on {published}; it does not \
         count before that day",
        "这里报告的是 {day} 的情况，晚于公报的发布日期 {published}，在那天之前不计入进展"
    );
    let help = message!(
        "correct `as_of` to the day for which the figure holds, or correct `published`",
        "请把 `as_of` 改为数值对应的日期，或更正 `published`"
    );
    let label = message!("published here", "发布日期在这里");
    let span = figure.bulletin.facts.published.span.clone();
    Some(figure.warning(message, help).related(figure.bulletin.path(), span, label))
}

/// Reports figures before a goal's period, and figures after the one that has settled it.
fn check_period(content: &Content, goal: &Goal, figures: &[Figure<'_>]) -> Vec<Diagnostic> {
    let Some(period) = goal.facts.period else { return Vec::new() };
    let start = period.from.date();
    let end = last_day(content, goal);
    let settled = end.and_then(|end| {
        figures.iter().find(|figure| figure.exact().is_some() && figure.day() >= end)
    });
    let mut found = Vec::new();
    for figure in figures {
        let day = figure.day();
        let is_baseline = goal.facts.baseline.is_some() && figure.exact() == goal.facts.baseline;
        let wrong = if is_baseline {
            // The level at the start, which the announcement may give.
            continue;
        } else if day < start {
            figure.warning(before_period(day, start), correct_day())
        } else if let Some(first) = settled.filter(|first| first.day() < day) {
            let label = message!("the figure that counts", "计入进展的数值");
            let span = first.report.span.clone();
            figure.warning(after_period(day, first.day()), correct_day()).related(
                first.bulletin.path(),
                span,
                label,
            )
        } else {
            continue;
        };
        let label = message!("the goal", "该目标");
        found.push(wrong.related(goal.path(), goal.facts.period_span.clone(), label));
    }
    found
}

fn before_period(day: Date, start: Date) -> Message {
    message!(
        "this figure is for {day}, before the goal's period begins on {start}; it counts for \
         nothing",
        "这个数值截至 {day}，早于目标期间的开始日期 {start}，不计入进展"
    )
}

fn after_period(day: Date, settled: Date) -> Message {
    message!(
        "this figure is for {day}, after the goal's period; the figure for {settled} has settled \
         the goal, and this one counts for nothing",
        "这个数值截至 {day}，晚于目标期间；{settled} 的数值已决定目标的结果，这个数值不计入进展"
    )
}

fn correct_day() -> Message {
    message!(
        "correct `as_of`, often its year; a figure of another period belongs to that period's \
         goal, or only into the text",
        "请更正 `as_of`（常见的是年份写错）；其他期间的数值应报告给该期间的目标，或只写在正文里"
    )
}

/// The last day of a goal's period, as bulletins revise it.
fn last_day(content: &Content, goal: &Goal) -> Option<Date> {
    let bulletins = content.bulletins.iter().filter(|bulletin| is_evidence(bulletin));
    let revisions = bulletins.flat_map(|bulletin| &bulletin.facts.revises);
    let revised = revisions
        .filter(|revision| revision.goal.value == goal.slug)
        .filter_map(|revision| revision.to.as_ref().map(|to| to.value.date()))
        .max();
    let written = goal.facts.period?.to?.date();
    Some(revised.map_or(written, |revised| revised.max(written)))
}

/// Reports two bulletins with different figures for one day, of which only the later one counts.
/// The figures are sorted by day.
fn check_same_day(figures: &[Figure<'_>]) -> Vec<Diagnostic> {
    let exact: Vec<(&Figure<'_>, f64)> =
        figures.iter().filter_map(|figure| Some((figure, figure.exact()?))).collect();
    exact.windows(2).filter(differs).map(contradiction).collect()
}

fn contradiction(pair: &[(&Figure<'_>, f64)]) -> Diagnostic {
    let ((before, first), (after, second)) = (pair[0], pair[1]);
    let (day, goal) = (after.day(), &after.report.goal.value);
    let message = message!(
        "`{goal}` has two figures for {day}: {first} in an earlier bulletin, and {second} \
         here; only the later one counts",
        "`{goal}` 在 {day} 有两个数值：先前的公报是 {first}，这里是 {second}；只有后发布的计入进展"
    );
    let help = message!(
        "correct `as_of`; or correct the figure in the earlier bulletin and say so there in \
         `changes`; or, if this bulletin corrects the earlier one, link to it in the text",
        "请更正 `as_of`；或在先前的公报中更正数值，并在该公报的 `changes` 中说明；\
         如果本公报就是更正，请在正文中链接到先前的公报"
    );
    let label = message!("the other figure", "另一个数值");
    let span = before.report.span.clone();
    after.warning(message, help).related(before.bulletin.path(), span, label)
}

fn differs(pair: &&[(&Figure<'_>, f64)]) -> bool {
    let ((before, first), (after, second)) = (pair[0], pair[1]);
    // Two figures of one bulletin are an error.
    let is_same_bulletin = std::ptr::eq(before.bulletin, after.bulletin);
    let is_correction = is_same_bulletin || links_to(after.bulletin, before.bulletin);
    before.day() == after.day() && (first - second).abs() > f64::EPSILON && !is_correction
}

/// Whether the text of a bulletin links to another, as that of a correction does.
fn links_to(bulletin: &Bulletin, other: &Bulletin) -> bool {
    let mut links = bulletin.texts.all().flat_map(|text| &text.body.links);
    let names = [format!("{}.md", other.slug), format!("{}/", other.slug)];
    links.any(|link| names.iter().any(|name| link.value.contains(name)))
}
