//! The facts of a goal: what was promised, how much, by when.

use super::fields::{Field, Fields, Localised, Reader};
use super::moment::Moment;
use super::node::Located;
use super::unit::{self, Unit};
use crate::diagnostic::{Code, Diagnostic};

/// The facts of a goal.
#[derive(Debug, Clone)]
pub struct GoalFacts {
    /// Its place within its category, from low to high.
    pub order: u32,
    /// What kind of promise it is.
    pub kind: GoalKind,
    /// The number to reach or to keep.
    pub target: Option<Target>,
    /// The number from which an increase counts.
    pub baseline: Option<f64>,
    /// When it begins and ends.
    pub period: Option<Period>,
    /// How often a figure is expected.
    pub report_every: Option<Interval>,
    /// The steps of something to be delivered.
    pub milestones: Vec<Milestone>,
    /// The goal of an earlier period that it goes on from.
    pub follows: Option<Located<String>>,
    /// Paths at which it stood before.
    pub aliases: Vec<Located<String>>,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// Whether the kind could be read; what bulletins report is compared with it only then.
    pub(crate) is_read: bool,
}

impl GoalFacts {
    /// Stands in for facts that could not be read.
    pub(super) const fn unread() -> Self {
        Self {
            order: 0,
            kind: GoalKind::Continue,
            target: None,
            baseline: None,
            period: None,
            report_every: None,
            milestones: Vec::new(),
            follows: None,
            aliases: Vec::new(),
            draft: false,
            is_read: false,
        }
    }
}

impl GoalFacts {
    /// Whether it is a sum that grows from nothing. A share or a level has a baseline, or counts down.
    #[must_use]
    pub fn counts_from_zero(&self) -> bool {
        self.kind == GoalKind::Increase
            && self.baseline.is_none_or(|baseline| baseline == 0.0)
            && self.target.as_ref().is_some_and(|target| target.value > 0.0)
    }
}

/// What kind of promise a goal is.
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
    /// The name in front matter and in data.
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

/// Every kind by its name.
pub(crate) const KINDS: &[(&str, GoalKind)] = &[
    ("increase", GoalKind::Increase),
    ("maintain", GoalKind::Maintain),
    ("direction", GoalKind::Direction),
    ("deliver", GoalKind::Deliver),
    ("continue", GoalKind::Continue),
];

/// The number of a goal.
#[derive(Debug, Clone)]
pub struct Target {
    /// The number itself.
    pub value: f64,
    /// What is counted.
    pub unit: Unit,
    /// Whether the number is not to be exceeded; otherwise it is the least.
    pub at_most: bool,
}

/// When a goal begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Moment,
    /// The last day; none when no end was named.
    pub to: Option<Moment>,
}

/// How often a figure is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each half-year.
    HalfYear,
    /// Each year.
    Year,
}

impl Interval {
    /// The name in front matter and in data.
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

/// Every interval by its name.
pub(crate) const INTERVALS: &[(&str, Interval)] = &[
    ("month", Interval::Month),
    ("quarter", Interval::Quarter),
    ("half-year", Interval::HalfYear),
    ("year", Interval::Year),
];

/// A step of something to be delivered.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// The name by which bulletins report it.
    pub id: Located<String>,
    /// What is to be there.
    pub title: Localised,
    /// By when.
    pub due: Option<Moment>,
}

/// The keys that only an original has.
pub(crate) const FACTS: &[&str] =
    &["order", "kind", "target", "baseline", "period", "report_every", "milestones", "follows", "aliases", "draft"];

pub(crate) fn read(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> GoalFacts {
    let order = fields.optional("order").and_then(|field| reader.order(field)).unwrap_or_default();
    let kind_field = fields.required("kind", "increase", reader);
    let kind = kind_field.and_then(|field| reader.choice(field, KINDS));
    let target_field = fields.optional("target");
    let target = target_field.and_then(|field| target(field, reader));
    let baseline = fields.optional("baseline").and_then(|field| reader.number(field));
    let period = fields.optional("period").and_then(|field| period(field, reader));
    let report_every = fields.optional("report_every").and_then(|field| reader.choice(field, INTERVALS));
    let milestones = fields.optional("milestones").map(|field| milestones(field, reader)).unwrap_or_default();
    let follows = fields.optional("follows").and_then(|field| reader.text(field));
    let aliases = reader.names(fields.optional("aliases"));
    let draft = fields.optional("draft").and_then(|field| reader.flag(field)).unwrap_or_default();
    let is_read = kind.is_some();
    if let Some(kind) = kind {
        check_fit(kind, target_field, kind_field, reader);
        let idle = [
            (fields.optional("baseline"), kind == GoalKind::Increase),
            (fields.optional("report_every"), kind.has_target()),
            (fields.optional("milestones"), kind == GoalKind::Deliver),
        ];
        for field in idle.into_iter().filter_map(|(field, is_used)| field.filter(|_| !is_used)) {
            let message = format!("`{}` says nothing in a goal of kind `{}`", field.name, kind.name());
            let wrong = Diagnostic::warning(Code::Inconsistent, reader.path, field.span(), message);
            reader.push(wrong.help("remove it, or choose the kind that it belongs to"));
        }
        if let (GoalKind::Increase, Some(true)) = (kind, target.as_ref().map(|target| target.at_most)) {
            let span = target_field.map_or(0..0, |field| field.span());
            let wrong = reader.error(Code::Inconsistent, span, "`at_most` says nothing in a goal of kind `increase`");
            let help = "for a number that is to shrink, give the larger one as `baseline`; for a ceiling, make the kind \
                        `maintain`";
            reader.push(wrong.help(help));
        }
    }
    if let (Some(GoalKind::Deliver), Some(field), true) = (kind, kind_field, milestones.is_empty()) {
        let message = "without milestones nothing can be reported as delivered";
        let wrong = Diagnostic::warning(Code::MissingKey, reader.path, field.span(), message);
        reader.push(wrong.help("add `milestones: [{ id: opened, title: Opened to the public, due: 2022-12-31 }]`"));
    }
    let kind = kind.unwrap_or(GoalKind::Continue);
    if let Some(baseline) = &baseline
        && target.as_ref().is_some_and(|target| (target.value - baseline.value).abs() == 0.0)
        && kind == GoalKind::Increase
    {
        let message = "the baseline is the target itself, so there is nothing to reach";
        reader.push(reader.error(Code::Inconsistent, baseline.span.clone(), message));
    }
    let baseline = baseline.map(|number| number.value);
    GoalFacts { order, kind, target, baseline, period, report_every, milestones, follows, aliases, draft, is_read }
}

/// A goal that is measured needs its number, and another kind has none.
fn check_fit(kind: GoalKind, target: Option<Field<'_>>, kind_field: Option<Field<'_>>, reader: &mut Reader<'_>) {
    let name = kind.name();
    match (kind.has_target(), target, kind_field) {
        (true, None, Some(kind)) => {
            let wrong = reader.error(Code::MissingKey, kind.span(), format!("a goal of kind `{name}` needs `target`"));
            reader.push(wrong.help("add `target: { value: 83000, unit: jobs }`"));
        }
        (false, Some(target), _) => {
            let message = format!("a goal of kind `{name}` has no `target`");
            let wrong = reader.error(Code::Inconsistent, target.span(), message);
            reader.push(wrong.help("remove it, or make the kind `increase` or `maintain`"));
        }
        _ => {}
    }
}

fn target(field: Field<'_>, reader: &mut Reader<'_>) -> Option<Target> {
    let mut keys = Fields::open("`target`", field.node, reader)?;
    let value = keys.required("value", "83000", reader).and_then(|field| reader.number(field));
    let unit = keys.required("unit", "jobs", reader).and_then(|field| unit::read(field, reader));
    let at_most = keys.optional("at_most").and_then(|field| reader.flag(field)).unwrap_or_default();
    keys.close(reader);
    Some(Target { value: value?.value, unit: unit?, at_most })
}

fn period(field: Field<'_>, reader: &mut Reader<'_>) -> Option<Period> {
    let mut keys = Fields::open("`period`", field.node, reader)?;
    let from = keys.required("from", "2022-01-01", reader).and_then(|field| reader.moment(field));
    let to = keys.optional("to").and_then(|field| reader.moment(field));
    keys.close(reader);
    let from = from?;
    if let Some(to) = &to
        && to.value < from.value
    {
        let message = format!("the period ends on {} before it begins on {}", to.value.date(), from.value.date());
        reader.push(reader.error(Code::Inconsistent, to.span.clone(), message).help("exchange `from` and `to`"));
    }
    Some(Period { from: from.value, to: to.map(|to| to.value) })
}

fn milestones(field: Field<'_>, reader: &mut Reader<'_>) -> Vec<Milestone> {
    let mut milestones: Vec<Milestone> = Vec::new();
    for item in Reader::list(field) {
        let Some(milestone) = milestone(item, reader) else { continue };
        if let Some(first) = milestones.iter().find(|known| known.id.value == milestone.id.value) {
            let message = format!("two milestones are called `{}`", milestone.id.value);
            let wrong = reader.error(Code::DuplicateKey, milestone.id.span.clone(), message);
            reader.push(wrong.help("give one another `id`").related(
                reader.path,
                first.id.span.clone(),
                "first used here",
            ));
        } else {
            milestones.push(milestone);
        }
    }
    milestones
}

fn milestone(item: Field<'_>, reader: &mut Reader<'_>) -> Option<Milestone> {
    let mut keys = Fields::open("a milestone", item.node, reader)?;
    let id = keys.required("id", "policies-issued", reader).and_then(|field| reader.text(field));
    let title = keys.required("title", "…", reader).and_then(|field| reader.localised(field));
    let due = keys.optional("due").and_then(|field| reader.moment(field)).map(|due| due.value);
    keys.close(reader);
    Some(Milestone { id: id?, title: title?, due })
}
