//! The rule: how far a goal is, from its facts, what was reported and the time. Nothing else is
//! known here.
//!
//! Enter at [`assess_figures`] for goals with a number, [`assess_milestones`] for what is to be
//! delivered, and [`assess_statements`] for the rest. `/goals/method/` shows the constants of this
//! file and examples that it computes.

use jiff::civil::{Date, DateTime};

use super::calendar::{TimeSpan, end_of_day, months_later, next_expected};
use crate::content::Status;
use crate::content::goal::ReportingFrequency;

/// From this pace on a goal is on track: attainment divided by the share of the time that is gone.
pub const ON_TRACK_PACE: f64 = 0.95;

/// From this pace on it is slightly behind; below, behind.
pub const SLIGHTLY_BEHIND_PACE: f64 = 0.60;

/// A figure is due this many months after the day for which it holds: offices need time to count.
pub const MONTHS_TO_REPORT: i32 = 1;

/// The version of this rule, raised with every change of what it gives. `/goals/method/` has the
/// log.
pub const VERSION: &str = "1.0";

/// What binary fractions lose: a pace of 0.57 / 0.6 is 0.95 and on track.
const TOLERANCE: f64 = 1e-9;

/// What a figure is measured against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// What is to be done with the number.
    pub aim: Aim,
    /// The number.
    pub target: f64,
    /// When; none when no time was named.
    pub time_span: Option<TimeSpan>,
    /// How often a figure is expected.
    pub report_every: Option<ReportingFrequency>,
}

/// What is to be done with the number of a goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// Reach it from a baseline, upwards or downwards.
    Reach {
        /// Where the way begins.
        baseline: f64,
    },
    /// Never be below it.
    KeepAtLeast,
    /// Never be above it.
    KeepAtMost,
}

/// One reported figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The number.
    pub value: f64,
    /// Whether the number is exact.
    pub bound: Bound,
    /// The day for which it holds.
    pub as_of: Date,
    /// The moment at which that day, or time of day, is over.
    pub end: DateTime,
}

/// How exact a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// As it stands.
    Exact,
    /// It is this or more.
    AtLeast,
    /// It is this or less.
    AtMost,
}

impl Bound {
    /// The name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// How a figure stands towards the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureStatus {
    /// It is one of those that count; the last of them makes the status.
    Counts,
    /// A later bulletin gave another figure for the same day.
    Superseded,
    /// It is of the time before the goal's period.
    BeforePeriod,
    /// It is of the time after the goal's period, and an earlier figure has settled the goal.
    AfterPeriod,
    /// Its day has not come yet.
    Ahead,
    /// It is a bound on the side that proves nothing.
    ProvesNothing,
}

impl FigureStatus {
    /// The name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Superseded => "superseded",
            Self::BeforePeriod => "before-period",
            Self::AfterPeriod => "after-period",
            Self::Ahead => "ahead",
            Self::ProvesNothing => "proves-nothing",
        }
    }
}

/// The next figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day for which it is expected.
    pub as_of: Date,
    /// The last day on which it is in time.
    pub by: Date,
}

/// How far a goal is, with the sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// How far.
    pub status: Status,
    /// How each point stands, in their order.
    pub statuses: Vec<FigureStatus>,
    /// The point that makes the status.
    pub latest: Option<usize>,
    /// The share of the way from the baseline to the target that is done at the latest point; none
    /// for a level that is to be kept.
    pub attainment: Option<f64>,
    /// The share of the time that is gone at the latest point.
    pub elapsed: Option<f64>,
    /// Attainment divided by the share of the time that is gone.
    pub pace: Option<f64>,
    /// When the next figure is due.
    pub due: Option<Due>,
    /// The next moment at which this judgement may change by itself.
    pub changes_at: Option<DateTime>,
}

/// How far a goal with a number is. The points stand in the order of their bulletins, the oldest
/// first.
#[must_use]
pub fn assess_figures(measure: &Measure, points: &[Point], now: DateTime) -> Assessment {
    let statuses = statuses(measure, points, now);
    let counted =
        || statuses.iter().enumerate().filter(|(_, status)| **status == FigureStatus::Counts);
    let latest = counted().map(|(place, _)| place).max_by_key(|place| points[*place].end);
    let point = latest.map(|place| points[place]);
    let attainment = point.and_then(|point| measure.attainment(point.value));
    let elapsed = point.and_then(|point| measure.time_span?.share_gone(point.end));
    let pace = match (attainment, elapsed) {
        (Some(attainment), Some(elapsed)) if elapsed > 0.0 => Some(attainment / elapsed),
        _ => None,
    };
    let due = measure.due(point.as_ref());
    let is_overdue = due.is_some_and(|due| end_of_day(due.by) <= now);
    let status = match (point, measure.aim) {
        (None, _) => Status::NotYetReported,
        (Some(point), Aim::Reach { .. }) => {
            let progress = (attainment.unwrap_or_default(), pace);
            measure.status_of_reach(&point, progress, is_overdue, now)
        }
        (Some(point), _) => measure.status_of_bound(&point, is_overdue, now),
    };
    let days_to_come = points.iter().map(|point| point.as_of.at(0, 0, 0, 0));
    let end = measure.time_span.and_then(|time_span| time_span.end);
    let changes = days_to_come.chain(end).chain(due.map(|due| end_of_day(due.by)));
    let changes_at = changes.filter(|change| *change > now).min();
    Assessment { status, statuses, latest, attainment, elapsed, pace, due, changes_at }
}

impl Measure {
    /// Whether it is a number to be reached upwards from nothing, of which a figure is a part.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        matches!(self.aim, Aim::Reach { baseline: 0.0 }) && self.target > 0.0
    }

    /// The share of the way from the baseline to the target that a figure has gone; none for a
    /// level that is to be kept.
    #[must_use]
    pub fn attainment(&self, value: f64) -> Option<f64> {
        match self.aim {
            Aim::Reach { baseline } => Some((value - baseline) / (self.target - baseline)),
            Aim::KeepAtLeast | Aim::KeepAtMost => None,
        }
    }

    /// Whether a figure keeps the level or reaches the target; none when its bound leaves that
    /// open.
    #[must_use]
    pub fn verdict(&self, value: f64, bound: Bound) -> Option<bool> {
        let is_met = self.is_met(value);
        (bound == Bound::Exact || is_met).then_some(is_met)
    }

    fn keeps(&self, value: f64) -> bool {
        match self.aim {
            Aim::KeepAtMost => value <= self.target,
            Aim::KeepAtLeast | Aim::Reach { .. } => value >= self.target,
        }
    }

    /// Whether a bound says something about the aim: one from above says nothing about reaching a
    /// higher number.
    #[must_use]
    pub fn proves(&self, bound: Bound) -> bool {
        let is_upwards = match self.aim {
            Aim::Reach { baseline } => self.target >= baseline,
            Aim::KeepAtLeast => true,
            Aim::KeepAtMost => false,
        };
        match bound {
            Bound::Exact => true,
            Bound::AtLeast => is_upwards,
            Bound::AtMost => !is_upwards,
        }
    }

    /// Whether a figure settles the goal: it is of the end of the period or later, and no bound
    /// that leaves it open.
    fn is_final(&self, point: &Point) -> bool {
        let is_last =
            self.time_span.and_then(|time_span| time_span.end).is_some_and(|end| point.end >= end);
        is_last && (point.bound == Bound::Exact || self.is_met(point.value))
    }

    /// Whether a value reaches the target, or keeps it.
    fn is_met(&self, value: f64) -> bool {
        match self.aim {
            Aim::Reach { .. } => {
                self.attainment(value).is_some_and(|attainment| reaches(attainment, 1.0))
            }
            Aim::KeepAtLeast | Aim::KeepAtMost => self.keeps(value),
        }
    }

    fn is_over(&self, now: DateTime) -> bool {
        self.time_span.is_some_and(|time_span| time_span.is_over(now))
    }

    /// When the next figure is due: an interval after the last one (or the start), and never for a
    /// day after the end; without an interval, for the end. None is due when the last one settles
    /// the goal.
    fn due(&self, last: Option<&Point>) -> Option<Due> {
        let is_reached =
            |point: &Point| matches!(self.aim, Aim::Reach { .. }) && self.is_met(point.value);
        if last.is_some_and(|point| self.is_final(point) || is_reached(point)) {
            return None;
        }
        let last = last.map(|point| point.as_of);
        let end = self.time_span.and_then(|time_span| time_span.last_day());
        let started =
            self.time_span.map(|time_span| time_span.from.date().yesterday().unwrap_or(Date::MIN));
        let next =
            self.report_every.and_then(|every| Some(next_expected(last.or(started)?, every)));
        let as_of = [next, end].into_iter().flatten().min()?;
        Some(Due { as_of, by: months_later(as_of, MONTHS_TO_REPORT) })
    }

    fn status_of_reach(
        &self,
        point: &Point,
        (attainment, pace): (f64, Option<f64>),
        is_overdue: bool,
        now: DateTime,
    ) -> Status {
        if reaches(attainment, 1.0) {
            return Status::Achieved;
        }
        if self.is_over(now) && self.is_final(point) {
            return Status::NotMet;
        }
        if is_overdue {
            return Status::DataOverdue;
        }
        if attainment < -TOLERANCE && point.bound == Bound::Exact {
            return Status::WrongWay;
        }
        match pace {
            None => Status::UnderWay,
            Some(pace) if reaches(pace, ON_TRACK_PACE) => Status::OnTrack,
            // "More than 300" does not say that it is not enough.
            Some(_) if point.bound != Bound::Exact => Status::UnderWay,
            Some(pace) if reaches(pace, SLIGHTLY_BEHIND_PACE) => Status::SlightlyBehind,
            Some(_) => Status::Behind,
        }
    }

    fn status_of_bound(&self, point: &Point, is_overdue: bool, now: DateTime) -> Status {
        let is_settled = self.is_over(now) && self.is_final(point);
        // "More than 12" neither keeps nor breaks "at least 15".
        let is_open = point.bound != Bound::Exact && !self.keeps(point.value);
        match (self.keeps(point.value), is_settled, is_overdue) {
            _ if is_open => {
                if is_overdue {
                    Status::DataOverdue
                } else {
                    Status::UnderWay
                }
            }
            (true, true, _) => Status::Achieved,
            (false, true, _) => Status::NotMet,
            (_, _, true) => Status::DataOverdue,
            (true, _, _) => Status::OnTrack,
            (false, _, _) => Status::Behind,
        }
    }
}

fn reaches(value: f64, bound: f64) -> bool {
    value >= bound - TOLERANCE
}

fn statuses(measure: &Measure, points: &[Point], now: DateTime) -> Vec<FigureStatus> {
    let starts = measure.time_span.map(|time_span| time_span.from);
    let is_ahead = |point: &Point| point.as_of.at(0, 0, 0, 0) > now;
    let counts_at_all = |point: &Point| !is_ahead(point) && measure.proves(point.bound);
    // The first figure of the period's end, or of later, settles the goal.
    let settling = points.iter().filter(|point| counts_at_all(point) && measure.is_final(point));
    let settled = settling.map(|point| point.end).min();
    let status = |place: usize, point: &Point| {
        if is_ahead(point) {
            FigureStatus::Ahead
        } else if !measure.proves(point.bound) {
            FigureStatus::ProvesNothing
        } else if starts.is_some_and(|start| {
            point.end < start || (point.end == start && point.as_of < start.date())
        }) {
            FigureStatus::BeforePeriod
        } else if points[place + 1..]
            .iter()
            .any(|later| later.end == point.end && counts_at_all(later))
        {
            FigureStatus::Superseded
        } else if settled.is_some_and(|settled| point.end > settled) {
            FigureStatus::AfterPeriod
        } else {
            FigureStatus::Counts
        }
    };
    points.iter().enumerate().map(|(place, point)| status(place, point)).collect()
}

/// A step of something to be delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The moment at which its last day is over; none when it has none.
    pub due: Option<DateTime>,
    /// Whether a bulletin has said that it was reached.
    pub is_reached: bool,
}

impl Step {
    /// Whether it is past its day and not reached.
    #[must_use]
    pub fn is_late(&self, now: DateTime) -> bool {
        !self.is_reached && self.due.is_some_and(|due| due <= now)
    }
}

/// How far something to be delivered is, and when that changes by itself. `is_reported` is whether
/// any bulletin has said anything about it.
#[must_use]
pub fn assess_milestones(
    steps: &[Step],
    is_reported: bool,
    now: DateTime,
) -> (Status, Option<DateTime>) {
    let changes_at = steps.iter().filter(|step| !step.is_reached).filter_map(|step| step.due);
    let changes_at = changes_at.filter(|due| *due > now).min();
    let status = if !is_reported {
        Status::NotYetReported
    } else if !steps.is_empty() && steps.iter().all(|step| step.is_reached) {
        Status::Done
    } else if steps.iter().any(|step| step.is_late(now)) {
        Status::Late
    } else {
        Status::UnderWay
    };
    (status, changes_at)
}

/// How far a task or a direction without a number is: it goes on, as far as bulletins say so.
#[must_use]
pub fn assess_statements(is_reported: bool) -> Status {
    if is_reported { Status::Continuing } else { Status::NotYetReported }
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
