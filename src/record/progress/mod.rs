//! The progress of each goal, computed from the goal, the reports of public bulletins, and the
//! instant.
//!
//! Enter at [`Progress::of`], which applies the rule of [`rule`] to a goal's facts and evidence.
//! Reports on other goals have no influence.

pub mod calendar;
pub mod rule;
mod status_counts;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Bulletin, BulletinId, Goal, Role};
use crate::content::bulletin::{Override, Report, ReportValue, Revision};
use crate::content::goal::{GoalFacts, GoalKind, Milestone, Period};
use crate::content::{Moment, Status};
use calendar::{TimeSpan, end_of, end_of_day};
use rule::{Aim, Bound, Due, FigureStatus, Measure, Point, Step};

pub use status_counts::StatusCounts;

/// The progress of a goal.
#[derive(Debug)]
pub struct Progress<'c> {
    /// The status by the rule.
    pub status: Status,
    /// The status that the newest bulletin with `overrides` gives; shown beside the computed status
    /// and not counted.
    pub overridden: Option<(BulletinId, &'c Override)>,
    /// The target after every revision.
    pub target: Option<f64>,
    /// The period after every revision.
    pub period: Option<Period>,
    /// Changes of the target or period, oldest first.
    pub revisions: Vec<Revised<'c>>,
    /// All figures in the order of their days; figures of one day in the order of their bulletins.
    pub figures: Vec<Figure<'c>>,
    /// The index of the figure that determines the status.
    pub latest: Option<usize>,
    /// The share of the way from the baseline (0) to the target (1).
    pub attainment: Option<f64>,
    /// The share of the period that has elapsed at the latest figure's day.
    pub elapsed: Option<f64>,
    /// Attainment divided by the elapsed share.
    pub pace: Option<f64>,
    /// The next figure that is due.
    pub due: Option<Due>,
    /// The milestones in the order of the goal.
    pub steps: Vec<MilestoneState<'c>>,
    /// The next instant at which this may change by itself.
    pub next_instant: Option<Timestamp>,
}

/// A reported figure of a goal.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'c> {
    pub bulletin: BulletinId,
    pub report: &'c Report,
    pub value: f64,
    /// Whether it is exact.
    pub bound: Bound,
    /// Whether it counts.
    pub status: FigureStatus,
    /// The attainment with this figure, measured against the current target; `None` for a bound.
    pub attainment: Option<f64>,
    /// Whether it reaches the target or keeps the bound; `None` if an inexact figure leaves that
    /// open.
    pub is_met: Option<bool>,
}

/// A change of a goal's target or period.
#[derive(Debug, Clone, Copy)]
pub struct Revised<'c> {
    pub bulletin: BulletinId,
    /// The publication of the bulletin.
    pub since: Moment,
    pub revision: &'c Revision,
    pub old_target: Option<f64>,
    /// The end of the period before.
    pub old_to: Option<Moment>,
}

/// A milestone with its state.
#[derive(Debug, Clone, Copy)]
pub struct MilestoneState<'c> {
    pub milestone: &'c Milestone,
    /// Its own day, or else the end of the goal's period.
    pub due: Option<Moment>,
    /// The first bulletin that reported it as reached.
    pub reached: Option<(BulletinId, &'c Report)>,
    /// Whether it is overdue, or was reached too late.
    pub is_late: bool,
}

/// The site's wall clock at the instant of a record.
#[derive(Clone, Copy)]
struct Clock<'z> {
    now: DateTime,
    zone: &'z TimeZone,
}

impl Clock<'_> {
    /// Returns the instant at which the wall clock shows a time.
    fn instant(&self, time: DateTime) -> Option<Timestamp> {
        self.zone.to_timestamp(time).ok()
    }

    fn has_begun(&self, report: &Report) -> bool {
        first_moment(report) <= self.now
    }
}

/// Returns the moment from which a report counts: the start of its day.
fn first_moment(report: &Report) -> DateTime {
    report.as_of.date().at(0, 0, 0, 0)
}

impl<'c> Progress<'c> {
    /// Computes the progress of a goal at an instant. `bulletins` are those of its evidence; `zone`
    /// is the site's.
    #[must_use]
    pub fn of(
        goal: &Goal<'c>,
        bulletins: &[Bulletin<'c>],
        instant: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let clock = Clock { now: zone.to_datetime(instant), zone };
        let mut progress = Self::before_reports(goal, bulletins, clock);
        match goal.source.facts.kind {
            GoalKind::Increase | GoalKind::Maintain => progress.add_figures(goal, clock),
            GoalKind::Deliver => progress.add_steps(goal, clock),
            GoalKind::Direction | GoalKind::Continue => {
                progress.status = rule::assess_statements(
                    goal.reports().any(|(_, report)| clock.has_begun(report)),
                );
            }
        }
        for (_, report) in goal.reports().filter(|(_, report)| !clock.has_begun(report)) {
            progress.changes_at(clock.instant(first_moment(report)));
        }
        if let Some(time_span) = progress.time_span() {
            progress.follow(time_span, clock);
        }
        progress
    }

    /// Whether its period is running.
    #[must_use]
    pub fn is_running(&self, now: DateTime) -> bool {
        self.time_span().is_some_and(|time_span| time_span.contains(now))
    }

    /// Returns the target at the publication of a bulletin.
    #[must_use]
    pub fn target_at(&self, instant: Timestamp) -> Option<f64> {
        let later = self
            .revisions
            .iter()
            .find(|revised| revised.revision.target.is_some() && revised.since.instant > instant);
        later.map_or(self.target, |revised| revised.old_target)
    }

    /// Returns the figure that determines the status.
    #[must_use]
    pub fn latest_figure(&self) -> Option<&Figure<'c>> {
        self.latest.map(|index| &self.figures[index])
    }

    /// Returns the figure of a report, if it has one.
    #[must_use]
    pub fn figure_of(&self, report: &Report) -> Option<&Figure<'c>> {
        self.figures.iter().find(|figure| std::ptr::eq(figure.report, report))
    }

    /// Returns the last day of its period, after every revision.
    #[must_use]
    pub fn last_day(&self) -> Option<Moment> {
        self.period.and_then(|period| period.to)
    }

    /// Returns the period on the wall clock.
    #[must_use]
    pub fn time_span(&self) -> Option<TimeSpan> {
        self.period.map(TimeSpan::of)
    }

    /// Applies revisions and overrides, which do not depend on figures.
    fn before_reports(goal: &Goal<'c>, bulletins: &[Bulletin<'c>], clock: Clock<'_>) -> Self {
        let facts = &goal.source.facts;
        let mut progress = Self {
            status: Status::NotYetReported,
            overridden: None,
            target: facts.target.as_ref().map(|target| target.value),
            period: facts.period,
            revisions: Vec::new(),
            figures: Vec::new(),
            latest: None,
            attainment: None,
            elapsed: None,
            pace: None,
            due: None,
            steps: Vec::new(),
            next_instant: None,
        };
        let mut newest: Option<Moment> = None;
        for evidence in goal.evidence.iter().filter(|evidence| !evidence.is_withdrawn) {
            match evidence.role {
                Role::Revises(revision) => {
                    progress.revise(
                        evidence.bulletin,
                        bulletins[evidence.bulletin.0].published(),
                        revision,
                    );
                }
                Role::Overrides(judgement) => {
                    progress.overridden = Some((evidence.bulletin, judgement));
                }
                // A later report makes the computed status valid again.
                Role::Reports(report)
                    if clock.has_begun(report)
                        && newest < Some(report.as_of)
                        && (report.value.figure().is_some() || !facts.kind.has_target()) =>
                {
                    newest = Some(report.as_of);
                    progress.overridden = None;
                }
                Role::Reports(_) | Role::Sets | Role::Mentions => {}
            }
        }
        progress
    }

    fn revise(&mut self, bulletin: BulletinId, since: Moment, revision: &'c Revision) {
        let old_to = self.period.and_then(|period| period.to);
        self.revisions.push(Revised { bulletin, since, revision, old_target: self.target, old_to });
        if let (Some(target), Some(new)) = (&mut self.target, &revision.target) {
            *target = new.value;
        }
        if let (Some(period), Some(to)) = (&mut self.period, &revision.to) {
            period.to = Some(to.value);
        }
    }

    /// Returns the measure of figures; `None` for a goal without a target.
    #[must_use]
    pub fn measure(&self, facts: &GoalFacts) -> Option<Measure> {
        let aim = match facts.kind {
            GoalKind::Increase => Aim::Reach { baseline: facts.baseline.unwrap_or_default() },
            _ if facts.target.as_ref()?.at_most => Aim::KeepAtMost,
            _ => Aim::KeepAtLeast,
        };
        Some(Measure {
            aim,
            target: self.target?,
            time_span: self.time_span(),
            report_every: facts.report_every,
        })
    }

    fn add_figures(&mut self, goal: &Goal<'c>, clock: Clock<'_>) {
        let Some(measure) = self.measure(&goal.source.facts) else { return };
        let reported: Vec<(BulletinId, &'c Report, Point)> = goal
            .reports()
            .filter_map(|(bulletin, report)| Some((bulletin, report, point(report)?)))
            .collect();
        let points: Vec<Point> = reported.iter().map(|(_, _, point)| *point).collect();
        let assessment = rule::assess_figures(&measure, &points, clock.now);
        let mut places: Vec<usize> = (0..points.len()).collect();
        places.sort_by_key(|index| {
            (points[*index].end, assessment.statuses[*index] == FigureStatus::Counts)
        });
        self.latest =
            assessment.latest.and_then(|latest| places.iter().position(|index| *index == latest));
        self.figures = places
            .into_iter()
            .map(|index| {
                let (bulletin, report, point) = reported[index];
                let (status, attainment) =
                    (assessment.statuses[index], measure.attainment(point.value));
                let is_met = measure.verdict(point.value, point.bound);
                Figure {
                    bulletin,
                    report,
                    value: point.value,
                    bound: point.bound,
                    status,
                    attainment,
                    is_met,
                }
            })
            .collect();
        self.status = assessment.status;
        self.attainment = assessment.attainment;
        self.elapsed = assessment.elapsed;
        self.pace = assessment.pace;
        self.due = assessment.due;
        self.changes_at(assessment.changes_at.and_then(|at| clock.instant(at)));
    }

    fn add_steps(&mut self, goal: &Goal<'c>, clock: Clock<'_>) {
        let reports: Vec<(BulletinId, &'c Report)> =
            goal.reports().filter(|(_, report)| clock.has_begun(report)).collect();
        let facts = &goal.source.facts;
        let states = facts.milestones.iter().map(|milestone| {
            let due = milestone.due.or_else(|| self.period.and_then(|period| period.to));
            let id = &milestone.id.value;
            let reached = reports
                .iter()
                .copied()
                .filter(|(_, report)| {
                    matches!(&report.value, ReportValue::Milestone(known) if known.value == *id)
                })
                .min_by_key(|(_, report)| report.as_of);
            let step = Step { due: due.map(end_of), is_reached: reached.is_some() };
            let was_late =
                reached.zip(step.due).is_some_and(|((_, report), due)| end_of(report.as_of) > due);
            let is_late = was_late || step.is_late(clock.now);
            (step, MilestoneState { milestone, due, reached, is_late })
        });
        let (steps, states): (Vec<Step>, Vec<MilestoneState<'c>>) = states.unzip();
        let (status, changes_at) = rule::assess_milestones(&steps, !reports.is_empty(), clock.now);
        self.steps = states;
        self.status = status;
        self.changes_at(changes_at.and_then(|at| clock.instant(at)));
    }

    /// Pages say when a period is over, and while it runs, charts have a mark for today.
    fn follow(&mut self, time_span: TimeSpan, clock: Clock<'_>) {
        let midnight = time_span.contains(clock.now).then(|| end_of_day(clock.now.date()));
        let changes = [Some(time_span.from), time_span.end, midnight].into_iter().flatten();
        for change in changes.filter(|change| *change > clock.now) {
            self.changes_at(clock.instant(change));
        }
    }

    fn changes_at(&mut self, instant: Option<Timestamp>) {
        self.next_instant = [self.next_instant, instant].into_iter().flatten().min();
    }
}

/// Converts a report with a figure to a point in time.
fn point(report: &Report) -> Option<Point> {
    let (value, bound) = match report.value {
        ReportValue::Exact(value) => (value, Bound::Exact),
        ReportValue::AtLeast(value) => (value, Bound::AtLeast),
        ReportValue::AtMost(value) => (value, Bound::AtMost),
        ReportValue::Milestone(_) | ReportValue::Note(_) => return None,
    };
    Some(Point { value, bound, as_of: report.as_of.date(), end: end_of(report.as_of) })
}
