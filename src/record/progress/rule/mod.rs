//! The status rule: computes a goal's status from its facts, its reports and the time, and from
//! nothing else.
//!
//! Enter at [`assess_figures`] for goals with a target, [`assess_milestones`] for goals to deliver,
//! and [`assess_statements`] for the rest. `/goals/method/` shows the constants of this file and
//! examples that it computes.

mod milestones;

use jiff::civil::{Date, DateTime};

use super::calendar::{TimeSpan, end_of_day, months_later, next_expected};
use crate::content::Status;
use crate::content::goal::ReportingFrequency;

pub use milestones::{Step, assess_milestones};

/// The least pace of a goal that is on track. Pace is attainment divided by the elapsed share of
/// the period.
pub const ON_TRACK_PACE: f64 = 0.95;

/// The least pace of a goal that is slightly behind.
pub const SLIGHTLY_BEHIND_PACE: f64 = 0.60;

/// The months after which a figure is due, counted from the day for which it holds: offices need
/// time to count.
pub const MONTHS_TO_REPORT: i32 = 1;

/// The version of this rule, raised with every change of its results. `/goals/method/` has the log.
pub const VERSION: &str = "1.0";

/// The rounding error of binary fractions that is accepted: a pace of 0.57 / 0.6 is 0.95 and on
/// track.
const TOLERANCE: f64 = 1e-9;

/// The target and time against which figures are measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    pub aim: Aim,
    pub target: f64,
    /// `None` for a goal without a period.
    pub time_span: Option<TimeSpan>,
    /// The interval at which figures are expected.
    pub report_every: Option<ReportingFrequency>,
}

/// The aim of a goal with a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// Reach the target from a baseline, upwards or downwards.
    Reach { baseline: f64 },
    /// Never be below the target.
    KeepAtLeast,
    /// Never be above the target.
    KeepAtMost,
}

/// One reported figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub value: f64,
    /// Whether the number is exact.
    pub bound: Bound,
    /// The day for which it holds.
    pub as_of: Date,
    /// The moment at which that day, or time of day, is over.
    pub end: DateTime,
}

/// The exactness of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Exact,
    /// The figure is this or more.
    AtLeast,
    /// The figure is this or less.
    AtMost,
}

impl Bound {
    /// The name of the bound in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// Whether a figure counts, or the reason why it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureStatus {
    /// It counts; the last such figure determines the status.
    Counts,
    /// A later bulletin gave another figure for the same day.
    Superseded,
    /// It is from before the goal's period.
    BeforePeriod,
    /// It is from after the goal's period, and an earlier figure is final.
    AfterPeriod,
    /// Its day is in the future.
    Ahead,
    /// It is a bound on the side that proves nothing.
    ProvesNothing,
}

impl FigureStatus {
    /// The name of the status in data.
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

/// The next figure that is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day for which it is expected.
    pub as_of: Date,
    /// The last day on which it is in time.
    pub by: Date,
}

/// The status of a goal with a target, and the values from which it follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    pub status: Status,
    /// The status of each point, in their order.
    pub statuses: Vec<FigureStatus>,
    /// The index of the point that determines the status.
    pub latest: Option<usize>,
    /// The share of the way from the baseline to the target at the latest point; `None` for a
    /// bound.
    pub attainment: Option<f64>,
    /// The share of the period that has elapsed at the latest point.
    pub elapsed: Option<f64>,
    /// Attainment divided by the elapsed share.
    pub pace: Option<f64>,
    /// The next figure that is due.
    pub due: Option<Due>,
    /// The next moment at which this assessment may change by itself.
    pub changes_at: Option<DateTime>,
}

/// Assesses a goal with a target. Points are in the order of their bulletins, oldest first.
#[must_use]
pub fn assess_figures(measure: &Measure, points: &[Point], now: DateTime) -> Assessment {
    let statuses = statuses(measure, points, now);
    let counted = (0..points.len()).filter(|index| statuses[*index] == FigureStatus::Counts);
    let latest = counted.max_by_key(|index| points[*index].end);
    let point = latest.map(|index| points[index]);
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
    /// Whether the target is reached upwards from zero, so that each figure is a part of it.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        matches!(self.aim, Aim::Reach { baseline: 0.0 }) && self.target > 0.0
    }

    /// Returns the share of the way from the baseline to the target; `None` for a bound.
    #[must_use]
    pub fn attainment(&self, value: f64) -> Option<f64> {
        match self.aim {
            Aim::Reach { baseline } => Some((value - baseline) / (self.target - baseline)),
            Aim::KeepAtLeast | Aim::KeepAtMost => None,
        }
    }

    /// Whether a figure keeps the bound or reaches the target; `None` if an inexact figure leaves
    /// that open.
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

    /// Whether an inexact figure says something about the aim: "at most" proves nothing about
    /// reaching a higher target.
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

    /// Whether a figure is final: it is of the end of the period or later, and leaves nothing open.
    fn is_final(&self, point: &Point) -> bool {
        let is_last =
            self.time_span.and_then(|time_span| time_span.end).is_some_and(|end| point.end >= end);
        is_last && (point.bound == Bound::Exact || self.is_met(point.value))
    }

    /// Whether a value reaches the target or keeps the bound.
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

    /// Returns the next figure that is due: one interval after the last figure or the start, but
    /// not for a day after the end; without an interval, for the end. None is due after a final
    /// figure.
    fn due(&self, last: Option<&Point>) -> Option<Due> {
        if let Some(point) = last {
            let is_reached = matches!(self.aim, Aim::Reach { .. }) && self.is_met(point.value);
            if is_reached || self.is_final(point) {
                return None;
            }
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
    // The first figure for the period's end, or later, is final.
    let settling = points.iter().filter(|point| counts_at_all(point) && measure.is_final(point));
    let settled = settling.map(|point| point.end).min();
    let statuses = points.iter().enumerate().map(|(index, point)| {
        if is_ahead(point) {
            FigureStatus::Ahead
        } else if !measure.proves(point.bound) {
            FigureStatus::ProvesNothing
        } else if starts.is_some_and(|start| {
            point.end < start || (point.end == start && point.as_of < start.date())
        }) {
            FigureStatus::BeforePeriod
        } else if points[index + 1..]
            .iter()
            .any(|later| later.end == point.end && counts_at_all(later))
        {
            FigureStatus::Superseded
        } else if settled.is_some_and(|settled| point.end > settled) {
            FigureStatus::AfterPeriod
        } else {
            FigureStatus::Counts
        }
    });
    statuses.collect()
}

/// Assesses a task or direction without a target: it continues as soon as a bulletin has reported
/// on it.
#[must_use]
pub fn assess_statements(is_reported: bool) -> Status {
    if is_reported { Status::Continuing } else { Status::NotYetReported }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
