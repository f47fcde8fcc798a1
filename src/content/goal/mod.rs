//! The facts of a goal: what was promised, how much, by when.

mod checks;
pub(crate) mod keys;
mod read;

use super::front_matter::localised::Localised;
use super::front_matter::moment::Moment;
use super::front_matter::tree::Located;
use super::front_matter::unit::Unit;
use crate::diagnostic::Span;

pub(super) use read::read;

/// The facts of a goal.
#[derive(Debug, Clone)]
pub struct GoalFacts {
    /// Its position within its category, from low to high.
    pub order: u32,
    pub kind: GoalKind,
    /// The number to reach or to keep.
    pub target: Option<Target>,
    /// The number from which an increase counts.
    pub baseline: Option<f64>,
    pub period: Option<Period>,
    /// The span of the period's end, or of its start if it has none.
    pub(crate) period_span: Span,
    /// How often a figure is expected.
    pub report_every: Option<ReportingFrequency>,
    /// The steps of something to be delivered.
    pub milestones: Vec<Milestone>,
    /// The slug of the goal in an earlier period that it continues.
    pub follows: Option<Located<String>>,
    /// Earlier paths of its page.
    pub aliases: Vec<Located<String>>,
    pub draft: bool,
    /// Whether `kind` could be read. Reports are compared with it only then.
    pub(crate) has_known_kind: bool,
}

impl GoalFacts {
    /// Replaces facts that could not be read. The file has an error, so that it is never published.
    pub(super) const fn placeholder() -> Self {
        Self {
            order: 0,
            kind: GoalKind::Continue,
            target: None,
            baseline: None,
            period: None,
            period_span: 0..0,
            report_every: None,
            milestones: Vec::new(),
            follows: None,
            aliases: Vec::new(),
            draft: false,
            has_known_kind: false,
        }
    }

    /// Whether it is a sum that grows from nothing. A share or a level has a baseline, or counts
    /// down.
    #[must_use]
    pub fn counts_from_zero(&self) -> bool {
        self.kind == GoalKind::Increase
            && self.baseline.is_none_or(|baseline| baseline == 0.0)
            && self.target.as_ref().is_some_and(|target| target.value > 0.0)
    }
}

/// The kind of promise that a goal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalKind {
    /// A number to be reached from a baseline.
    Increase,
    /// A bound to be kept.
    Maintain,
    /// A direction without a number.
    Direction,
    /// Something to be delivered, by milestones.
    Deliver,
    /// A task that goes on.
    Continue,
}

impl GoalKind {
    /// The name in front matter and in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Maintain => "maintain",
            Self::Direction => "direction",
            Self::Deliver => "deliver",
            Self::Continue => "continue",
        }
    }

    /// Whether it is measured by a number.
    #[must_use]
    pub const fn has_target(self) -> bool {
        matches!(self, Self::Increase | Self::Maintain)
    }
}

/// Every kind with its name.
pub(crate) const KINDS: &[(&str, GoalKind)] = &[
    (GoalKind::Increase.name(), GoalKind::Increase),
    (GoalKind::Maintain.name(), GoalKind::Maintain),
    (GoalKind::Direction.name(), GoalKind::Direction),
    (GoalKind::Deliver.name(), GoalKind::Deliver),
    (GoalKind::Continue.name(), GoalKind::Continue),
];

/// The number of a goal.
#[derive(Debug, Clone)]
pub struct Target {
    pub value: f64,
    pub unit: Unit,
    /// Whether the number is an upper bound; otherwise it is a lower bound.
    pub at_most: bool,
}

/// The days on which a goal begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Moment,
    /// The last day, if one is named.
    pub to: Option<Moment>,
}

/// How often a figure is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportingFrequency {
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl ReportingFrequency {
    /// The name in front matter and in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Year => "year",
        }
    }
}

/// Every frequency with its name.
pub(crate) const REPORTING_FREQUENCIES: &[(&str, ReportingFrequency)] = &[
    (ReportingFrequency::Month.name(), ReportingFrequency::Month),
    (ReportingFrequency::Quarter.name(), ReportingFrequency::Quarter),
    (ReportingFrequency::HalfYear.name(), ReportingFrequency::HalfYear),
    (ReportingFrequency::Year.name(), ReportingFrequency::Year),
];

/// A step of something to be delivered.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// The name by which bulletins report it.
    pub id: Located<String>,
    pub title: Localised,
    /// The last day for it.
    pub due: Option<Moment>,
}
