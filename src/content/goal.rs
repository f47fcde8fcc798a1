//! The facts of a goal: what was promised, how much, by when.

use super::front_matter::localised::Localised;
use super::front_matter::mapping::MappingReader;
use super::front_matter::moment::Moment;
use super::front_matter::shorthand;
use super::front_matter::tree::Located;
use super::front_matter::unit::{self, Unit};
use super::front_matter::value_reader::{ELLIPSIS, Field, ValueReader};
use crate::diagnostic::{Code, Diagnostic, Phrase, Span, message};

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
    /// Where the period stands.
    pub(crate) period_span: Span,
    /// How often a figure is expected.
    pub report_every: Option<ReportingFrequency>,
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
pub enum ReportingFrequency {
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each half-year.
    HalfYear,
    /// Each year.
    Year,
}

impl ReportingFrequency {
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
pub(crate) const REPORTING_FREQUENCIES: &[(&str, ReportingFrequency)] = &[
    ("month", ReportingFrequency::Month),
    ("quarter", ReportingFrequency::Quarter),
    ("half-year", ReportingFrequency::HalfYear),
    ("year", ReportingFrequency::Year),
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
pub(crate) const FACTS: &[&str] = &[
    "order",
    "kind",
    "target",
    "baseline",
    "period",
    "report_every",
    "milestones",
    "follows",
    "aliases",
    "draft",
];

pub(super) fn read(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> GoalFacts {
    let order = fields.optional("order").and_then(|field| reader.order(field)).unwrap_or_default();
    let kind_field = fields.required("kind", Phrase::typed("increase"), reader);
    let kind = kind_field.and_then(|field| reader.choice(field, KINDS));
    let target_field = fields.optional("target");
    let target = target_field.and_then(|field| target(field, reader));
    let baseline = fields.optional("baseline").and_then(|field| reader.number(field));
    let period = fields.optional("period").and_then(|field| period(field, reader));
    let report_every = fields
        .optional("report_every")
        .and_then(|field| reader.choice(field, REPORTING_FREQUENCIES));
    let milestones = fields
        .optional("milestones")
        .map(|field| milestones(field, period.as_ref(), reader))
        .unwrap_or_default();
    let follows = fields.optional("follows").and_then(|field| reader.name(field));
    let aliases = reader.names(fields.optional("aliases"));
    let draft = fields.optional("draft").and_then(|field| reader.flag(field)).unwrap_or_default();
    let is_read = kind.is_some();
    if let Some(kind) = kind {
        check_fit(kind, target_field, kind_field, fields, reader);
        check_use(kind, fields, reader);
        check_ceiling(kind, target_field, target.as_ref(), reader);
    }
    check_steps(kind, kind_field, fields, reader);
    let kind = kind.unwrap_or(GoalKind::Continue);
    check_baseline(kind, baseline.as_ref(), target.as_ref(), reader);
    let baseline = baseline.map(|number| number.value);
    let period_span = period.as_ref().map_or(0..0, |period| period.span.clone());
    let period = period.map(|period| period.value);
    GoalFacts {
        order,
        kind,
        target,
        baseline,
        period,
        period_span,
        report_every,
        milestones,
        follows,
        aliases,
        draft,
        is_read,
    }
}

/// What a kind has no use for is advised against.
fn check_use(kind: GoalKind, fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) {
    let idle = [
        (fields.optional("baseline"), kind == GoalKind::Increase),
        (fields.optional("report_every"), kind.has_target()),
        (fields.optional("milestones"), kind == GoalKind::Deliver),
    ];
    for field in idle.into_iter().filter_map(|(field, is_used)| field.filter(|_| !is_used)) {
        let (name, kind) = (field.name, kind.name());
        let message = message!(
            "`{name}` says nothing in a goal of kind `{kind}`",
            "`kind` 为 `{kind}` 的目标用不到 `{name}`"
        );
        let wrong = Diagnostic::warning(Code::Inconsistent, reader.path, field.span(), message);
        let help = message!(
            "remove it, or choose the kind that it belongs to",
            "请删去它，或改用与之相符的 `kind`"
        );
        reader.push(wrong.help(help));
    }
}

/// A number to be reached has no ceiling.
fn check_ceiling(
    kind: GoalKind,
    field: Option<Field<'_>>,
    target: Option<&Target>,
    reader: &mut ValueReader<'_>,
) {
    if let (GoalKind::Increase, Some(true)) = (kind, target.map(|target| target.at_most)) {
        let span = field.map_or(0..0, |field| field.span());
        let message = message!(
            "`at_most` says nothing in a goal of kind `increase`",
            "`kind` 为 `increase` 的目标用不到 `at_most`"
        );
        let wrong = reader.error(Code::Inconsistent, span, message);
        let help = message!(
            "for a number that is to shrink, give the larger one as `baseline`; for a ceiling, make the kind `maintain`",
            "如果数值应当减小，请把较大的数写为 `baseline`；如果是上限，请把 `kind` 改为 `maintain`"
        );
        reader.push(wrong.help(help));
    }
}

/// What is delivered is delivered by steps.
fn check_steps(
    kind: Option<GoalKind>,
    kind_field: Option<Field<'_>>,
    fields: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) {
    let has_milestones = fields.optional("milestones").is_some();
    if let (Some(GoalKind::Deliver), Some(field), false) = (kind, kind_field, has_milestones) {
        let message = message!(
            "without milestones nothing can be reported as delivered",
            "没有节点，就无法报告完成了什么"
        );
        let wrong = Diagnostic::warning(Code::MissingKey, reader.path, field.span(), message);
        let wrong = wrong.help(message!(
            "add `milestones: [{{ id: opened, title: Opened to the public, due: 2022-12-31 }}]`",
            "请添加 `milestones: [{{ id: opened, title: 向公众开放, due: 2022-12-31 }}]`"
        ));
        fields.miss("milestones", wrong, reader);
    }
}

/// Between the baseline and the target there is something to do.
fn check_baseline(
    kind: GoalKind,
    baseline: Option<&Located<f64>>,
    target: Option<&Target>,
    reader: &mut ValueReader<'_>,
) {
    if let Some(baseline) = baseline
        && target.is_some_and(|target| (target.value - baseline.value).abs() == 0.0)
        && kind == GoalKind::Increase
    {
        let message = message!(
            "the baseline is the target itself, so there is nothing to reach",
            "基准值与目标值相同，没有需要达到的差距"
        );
        let help = message!(
            "correct `baseline`, or the `value` of `target`",
            "请更正 `baseline`，或 `target` 中的 `value`"
        );
        reader.push(reader.error(Code::Inconsistent, baseline.span.clone(), message).help(help));
    }
}

/// A goal that is measured needs its number, and another kind has none.
fn check_fit(
    kind: GoalKind,
    target: Option<Field<'_>>,
    kind_field: Option<Field<'_>>,
    fields: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) {
    let name = kind.name();
    match (kind.has_target(), target, kind_field) {
        (true, None, Some(kind)) => {
            let message = message!(
                "a goal of kind `{name}` needs `target`",
                "`kind` 为 `{name}` 的目标须写明 `target`"
            );
            let wrong = reader.error(Code::MissingKey, kind.span(), message).help(message!(
                "add `target: {{ value: 83000, unit: jobs }}`",
                "请添加 `target: {{ value: 83000, unit: 个岗位 }}`"
            ));
            fields.miss("target", wrong, reader);
        }
        (false, Some(target), _) => {
            let message = message!(
                "a goal of kind `{name}` has no `target`",
                "`kind` 为 `{name}` 的目标没有 `target`"
            );
            let wrong = reader.error(Code::Inconsistent, target.span(), message);
            reader.push(wrong.help(message!(
                "remove it, or make the kind `increase` or `maintain`",
                "请删去它，或把 `kind` 改为 `increase` 或 `maintain`"
            )));
        }
        _ => {}
    }
}

fn target(field: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Target> {
    let mut keys = MappingReader::of(Phrase::typed("`target`"), field, shorthand::target, reader)?;
    let value = keys
        .required("value", Phrase::typed("83000"), reader)
        .and_then(|field| reader.number(field));
    let unit = keys
        .required("unit", Phrase::new("jobs", "个岗位"), reader)
        .and_then(|field| unit::read(field, reader));
    let at_most = keys.optional("at_most").and_then(|field| reader.flag(field)).unwrap_or_default();
    keys.close(reader);
    Some(Target { value: value?.value, unit: unit?, at_most })
}

/// The period, where its end stands.
fn period(field: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Located<Period>> {
    let mut keys = MappingReader::of(Phrase::typed("`period`"), field, shorthand::period, reader)?;
    let from = keys
        .required("from", Phrase::typed("2022-01-01"), reader)
        .and_then(|field| reader.moment(field));
    let mut to = keys.optional("to").and_then(|field| reader.moment(field));
    keys.close(reader);
    let from = from?;
    // What ends before it begins has no end that anything else could be held against.
    if let Some(to) = to.take_if(|to| to.value < from.value) {
        let (start, end) = (from.value.date(), to.value.date());
        let message = message!(
            "the period ends on {end} before it begins on {start}",
            "期间的结束日期 {end} 早于开始日期 {start}"
        );
        let wrong = reader.error(Code::Inconsistent, to.span.clone(), message);
        reader.push(wrong.help(message!("exchange `from` and `to`", "请对调 `from` 和 `to`")));
    }
    let span = to.as_ref().map_or(from.span, |to| to.span.clone());
    Some(Located::new(Period { from: from.value, to: to.map(|to| to.value) }, span))
}

fn milestones(
    field: Field<'_>,
    period: Option<&Located<Period>>,
    reader: &mut ValueReader<'_>,
) -> Vec<Milestone> {
    let mut milestones: Vec<Milestone> = Vec::new();
    for item in ValueReader::list(field) {
        let Some(milestone) = milestone(item, period, reader) else { continue };
        if let Some(first) = milestones.iter().find(|known| known.id.value == milestone.id.value) {
            let id = &milestone.id.value;
            let message = message!("two milestones are called `{id}`", "有两个节点都叫 `{id}`");
            let wrong = reader.twice(milestone.id.span.clone(), message, first.id.span.clone());
            reader.push(wrong.help(message!("give one another `id`", "请为其中一个换一个 `id`")));
        } else {
            milestones.push(milestone);
        }
    }
    milestones
}

fn milestone(
    item: Field<'_>,
    period: Option<&Located<Period>>,
    reader: &mut ValueReader<'_>,
) -> Option<Milestone> {
    let mut keys =
        MappingReader::of(Phrase::new("a milestone", "节点"), item, shorthand::milestone, reader)?;
    let id = keys
        .required("id", Phrase::typed("policies-issued"), reader)
        .and_then(|field| reader.name(field));
    let title = keys
        .required("title", Phrase::typed(ELLIPSIS), reader)
        .and_then(|field| reader.localised(field));
    let due = keys.optional("due").and_then(|field| reader.moment(field));
    keys.close(reader);
    if let (Some(due), Some(period)) = (&due, period) {
        check_due(due, period, reader);
    }
    Some(Milestone { id: id?, title: title?, due: due.map(|due| due.value) })
}

/// A step is due while its goal lasts.
fn check_due(due: &Located<Moment>, period: &Located<Period>, reader: &mut ValueReader<'_>) {
    let Some(end) = period.value.to.map(|to| to.date()).filter(|end| due.value.date() > *end)
    else {
        return;
    };
    let day = due.value.date();
    let message = message!(
        "the milestone is due on {day}, after the goal's period ends on {end}",
        "节点的期限 {day} 晚于目标期间的结束日期 {end}"
    );
    let wrong = Diagnostic::warning(Code::Inconsistent, reader.path, due.span.clone(), message);
    let help = message!("correct `due`, or the `to` of the period", "请更正 `due`，或期间的 `to`");
    let ends_here = message!("the period ends here", "期间到此结束");
    reader.push(wrong.help(help).related(reader.path, period.span.clone(), ends_here));
}
