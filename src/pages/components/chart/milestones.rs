//! The chart of a goal with milestones: how many were planned by each day, and how many were
//! reached.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::drawing::{BOTTOM, ChartView, Drawing, TOP};
use super::labels::LabelCandidate;
use super::scale::{TimeScale, ValueScale};
use crate::content::Status;
use crate::language::Language;
use crate::pages::context::Context;
use crate::record::progress::calendar::end_of;
use crate::record::{GoalId, Progress};

/// Draws the chart of a goal's milestones; none if nothing was reported or no day is known.
pub(crate) fn chart<'r>(
    context: &Context<'r>,
    id: GoalId,
    language: Language,
) -> askama::Result<Option<ChartView<'r>>> {
    let progress = context.record.progress(id);
    let locale = context.locale(language);
    let now = context.record.content.site.zone.to_datetime(context.record.instant);
    // The day and not the moment: every edition of a day is the same.
    let today = now.date().at(12, 0, 0, 0);
    let (planned, reached) = (planned(progress), reached(progress));
    let days = planned.iter().chain(&reached).copied();
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Ok(None) };
    if progress.status == Status::NotYetReported {
        return Ok(None);
    }
    let period = progress.time_span();
    let from = period.map_or(first, |period| period.from.min(first));
    let end = period.and_then(|period| period.end).map_or(last, |end| end.max(last));
    // A step on the last day is drawn before the edge.
    let time = TimeScale::new(from, if end == last { end.saturating_add(1.day()) } else { end });
    #[expect(clippy::cast_precision_loss, reason = "no goal has 2^52 milestones")]
    let all = progress.steps.len() as f64;
    let values = ValueScale::new([all], true, TOP, BOTTOM);

    let title =
        locale.chart_title(&context.record.goal(id).source.texts.in_language(language).title.value);
    let mut drawing = Drawing::new(&title);
    for count in 0..=progress.steps.len() {
        let y = height(&values, count);
        drawing.line(if count == 0 { "axis" } else { "across" }, (0.0, y), (1.0, y));
        if count > 0 && (progress.steps.len() <= 6 || count == progress.steps.len()) {
            drawing.text("scale", LabelCandidate { x: 0.0, y: y - 4.0, text: locale.count(count) });
        }
    }
    draw_steps(&mut drawing, "pace", &planned, (&time, &values), end);
    draw_steps(
        &mut drawing,
        "path",
        &reached,
        (&time, &values),
        if progress.is_running(now) { today } else { end },
    );
    for (index, moment) in reached.iter().enumerate() {
        drawing.mark("point", (time.at(*moment), height(&values, index + 1)), None);
    }
    drawing.days(&time, locale);
    let mut key = vec![("point", locale.chart_reached()), ("pace", locale.chart_planned())];
    if progress.is_running(now) {
        drawing.today(time.at(today), locale.today());
        key.push(("today", locale.today()));
    }
    drawing.description = locale
        .chart_milestones_text(&locale.count(reached.len()), &locale.count(progress.steps.len()));
    Ok(Some(ChartView { svg: drawing.html()?, key }))
}

/// The due days of the milestones, in order.
fn planned(progress: &Progress<'_>) -> Vec<DateTime> {
    let mut planned: Vec<DateTime> =
        progress.steps.iter().filter_map(|step| step.due.map(end_of)).collect();
    planned.sort_unstable();
    planned
}

/// The days on which milestones were reached, in order.
fn reached(progress: &Progress<'_>) -> Vec<DateTime> {
    let reported = progress.steps.iter().filter_map(|step| step.reached);
    let mut reached: Vec<DateTime> = reported.map(|(_, report)| end_of(report.as_of)).collect();
    reached.sort_unstable();
    reached
}

/// Draws a line that rises by one at each of these moments.
fn draw_steps(
    drawing: &mut Drawing<'_>,
    class: &'static str,
    moments: &[DateTime],
    (time, values): (&TimeScale, &ValueScale),
    end: DateTime,
) {
    for (index, moment) in moments.iter().enumerate() {
        let x = time.at(*moment);
        let next = moments.get(index + 1).copied().unwrap_or(end.max(*moment));
        let (low, high) = (height(values, index), height(values, index + 1));
        drawing.line(class, (x, low), (x, high));
        drawing.line(class, (x, high), (time.at(next), high));
    }
}

fn height(values: &ValueScale, count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no goal has 2^52 milestones")]
    values.at(count as f64)
}
