//! The facts of a bulletin: when, by whom, and what it says about which goals.

use super::front_matter::localised::Localised;
use super::front_matter::mapping::MappingReader;
use super::front_matter::moment::Moment;
use super::front_matter::shorthand;
use super::front_matter::tree::Located;
use super::front_matter::value_reader::{Field, ValueReader};
use super::status::Status;
use crate::diagnostic::{Code, Diagnostic, Phrase, Severity, Span, message};

/// The facts of a bulletin.
#[derive(Debug, Clone)]
pub struct BulletinFacts {
    /// When it becomes public.
    pub published: Located<Moment>,
    /// Who said it, and where.
    pub source: Option<BulletinSource>,
    /// Who wrote it there.
    pub byline: Option<Localised>,
    /// Categories beside those of its goals.
    pub categories: Vec<Located<String>>,
    /// Goals that it announces.
    pub sets: Vec<Located<String>>,
    /// What it says about goals.
    pub reports: Vec<Report>,
    /// New targets that it gives to goals.
    pub revises: Vec<Revision>,
    /// Statuses that it gives to goals beside the computed ones.
    pub overrides: Vec<Override>,
    /// Goals that it is related to.
    pub mentions: Vec<Located<String>>,
    /// What was changed after it was published.
    pub changes: Vec<Change>,
    /// When it stops being public.
    pub expires: Option<Located<Moment>>,
    /// Taken back, with its page kept.
    pub withdrawn: Option<Removal>,
    /// Taken away, with its address kept.
    pub gone: Option<Removal>,
    /// Paths at which it stood before.
    pub aliases: Vec<Located<String>>,
    /// Whether it is not to be published yet.
    pub draft: bool,
}

impl BulletinFacts {
    /// Stands in for facts that could not be read.
    pub(super) const fn placeholder() -> Self {
        Self {
            published: Located::new(Moment::PLACEHOLDER, 0..0),
            source: None,
            byline: None,
            categories: Vec::new(),
            sets: Vec::new(),
            reports: Vec::new(),
            revises: Vec::new(),
            overrides: Vec::new(),
            mentions: Vec::new(),
            changes: Vec::new(),
            expires: None,
            withdrawn: None,
            gone: None,
            aliases: Vec::new(),
            draft: false,
        }
    }
}

/// Who said what a bulletin tells.
#[derive(Debug, Clone)]
pub struct BulletinSource {
    /// The name of the paper, office or site.
    pub name: Localised,
    /// The address of the original.
    pub url: Option<String>,
}

/// What a bulletin says about one goal.
#[derive(Debug, Clone)]
pub struct Report {
    /// The goal.
    pub goal: Located<String>,
    /// What is said.
    pub value: ReportValue,
    /// The day for which it holds.
    pub as_of: Moment,
    /// The unit that it was written with, if it was; the goal's own is the only right one.
    pub unit: Option<Located<String>>,
    /// Where it stands.
    pub span: Span,
}

/// A new target for a goal.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The goal.
    pub goal: Located<String>,
    /// The new number.
    pub target: Option<Located<f64>>,
    /// The new end of its period.
    pub to: Option<Located<Moment>>,
    /// Why.
    pub note: Option<Localised>,
}

/// A status that a bulletin gives to a goal, whatever the rule computes; pages show both.
#[derive(Debug, Clone)]
pub struct Override {
    /// The goal.
    pub goal: Located<String>,
    /// How far it is, in the bulletin's judgement.
    pub status: Status,
    /// Why.
    pub reason: Localised,
}

/// What is said about a goal.
#[derive(Debug, Clone)]
pub enum ReportValue {
    /// A figure, in the goal's unit.
    Exact(f64),
    /// A bound from below, where the source gives no figure.
    AtLeast(f64),
    /// A bound from above, where the source gives no figure.
    AtMost(f64),
    /// A milestone that was reached.
    Milestone(Located<String>),
    /// A statement in words, for goals without a number.
    Note(Localised),
}

impl ReportValue {
    /// The number, if it is a figure or a bound.
    #[must_use]
    pub const fn figure(&self) -> Option<f64> {
        match self {
            Self::Exact(value) | Self::AtLeast(value) | Self::AtMost(value) => Some(*value),
            Self::Milestone(_) | Self::Note(_) => None,
        }
    }
}

/// A change after publication.
#[derive(Debug, Clone)]
pub struct Change {
    /// When.
    pub on: Moment,
    /// What.
    pub note: Localised,
    /// The goal that it bears on, where the bulletin is about several.
    pub goal: Option<Located<String>>,
    /// Where the date stands.
    pub span: Span,
}

/// Why a bulletin was taken back or away.
#[derive(Debug, Clone)]
pub struct Removal {
    /// When.
    pub on: Moment,
    /// Why.
    pub reason: Localised,
    /// The bulletin that takes its place.
    pub replaced_by: Option<Located<String>>,
    /// Where the date stands.
    pub span: Span,
}

/// The keys that only an original has.
pub(crate) const FACTS: &[&str] = &[
    "published",
    "source",
    "byline",
    "categories",
    "sets",
    "reports",
    "revises",
    "overrides",
    "mentions",
    "changes",
    "expires",
    "withdrawn",
    "gone",
    "aliases",
    "draft",
];

pub(super) fn read(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> BulletinFacts {
    let published = fields
        .required("published", Phrase::typed("2022-05-05"), reader)
        .and_then(|field| reader.moment(field));
    let source = fields.optional("source").and_then(|field| source(field, reader));
    let byline = fields.optional("byline").and_then(|field| reader.localised(field));
    let categories = reader.names(fields.optional("categories"));
    let sets = reader.names(fields.optional("sets"));
    let reports =
        fields.optional("reports").map(|field| each(field, reader, report)).unwrap_or_default();
    let revises =
        fields.optional("revises").map(|field| each(field, reader, revision)).unwrap_or_default();
    let overrides = fields
        .optional("overrides")
        .map(|field| each(field, reader, override_))
        .unwrap_or_default();
    let mentions = reader.names(fields.optional("mentions"));
    let changes =
        fields.optional("changes").map(|field| changes(field, reader)).unwrap_or_default();
    let expires = fields.optional("expires").and_then(|field| reader.moment(field));
    let withdrawn = fields
        .optional("withdrawn")
        .and_then(|field| removal(Phrase::typed("`withdrawn`"), field, reader));
    let gone =
        fields.optional("gone").and_then(|field| removal(Phrase::typed("`gone`"), field, reader));
    let aliases = reader.names(fields.optional("aliases"));
    let draft = fields.optional("draft").and_then(|field| reader.flag(field)).unwrap_or_default();
    let facts = BulletinFacts {
        published: published.unwrap_or(Located::new(Moment::PLACEHOLDER, 0..0)),
        source,
        byline,
        categories,
        sets,
        reports,
        revises,
        overrides,
        mentions,
        changes,
        expires,
        withdrawn,
        gone,
        aliases,
        draft,
    };
    check_dates(&facts, reader);
    check_reports(&facts, reader);
    facts
}

/// Nothing ends before it begins. A change or a removal before publication is odd, and may come from a date that moved.
fn check_dates(facts: &BulletinFacts, reader: &mut ValueReader<'_>) {
    let published = &facts.published;
    let mut check = |severity: Severity, what: Phrase, moment: Moment, span: &Span| {
        let (day, start) = (moment.date(), published.value.date());
        let message = message!(
            "{what} on {day}, before it is published on {start}",
            "{what}日期 {day} 早于发布日期 {start}"; what
        );
        let wrong = reader.error(Code::Inconsistent, span.clone(), message);
        let help = message!("correct one of the two dates", "请更正其中一个日期");
        let wrong = Diagnostic { severity, ..wrong }.help(help);
        let published_here = message!("published here", "发布日期在这里");
        reader.push(wrong.related(reader.path, published.span.clone(), published_here));
    };
    if let Some(expires) = facts.expires.as_ref().filter(|expires| expires.value <= published.value)
    {
        check(Severity::Error, Phrase::new("it expires", "到期"), expires.value, &expires.span);
    }
    let is_before = |moment: Moment| moment.date() < published.value.date();
    for removal in [&facts.withdrawn, &facts.gone]
        .into_iter()
        .flatten()
        .filter(|removal| is_before(removal.on))
    {
        check(
            Severity::Warning,
            Phrase::new("it is taken back", "撤回"),
            removal.on,
            &removal.span,
        );
    }
    for change in facts.changes.iter().filter(|change| is_before(change.on)) {
        check(Severity::Warning, Phrase::new("it is changed", "修改"), change.on, &change.span);
    }
}

/// No goal has two figures for one day.
fn check_reports(facts: &BulletinFacts, reader: &mut ValueReader<'_>) {
    let is_figure = |report: &Report| report.value.figure().is_some();
    for (place, report) in facts.reports.iter().enumerate() {
        let same = |first: &&Report| {
            first.goal.value == report.goal.value
                && first.as_of == report.as_of
                && is_figure(first)
                && is_figure(report)
        };
        if let Some(first) = facts.reports[..place].iter().find(same) {
            let (goal, day) = (&report.goal.value, report.as_of.date());
            let message = message!(
                "the goal `{goal}` has two figures for {day}",
                "目标 `{goal}` 在 {day} 有两个数值"
            );
            let help = message!("keep one of the two", "请只保留其中一个");
            let wrong = reader.error(Code::Inconsistent, report.span.clone(), message).help(help);
            let first_here = message!("first reported here", "第一次报告在这里");
            reader.push(wrong.related(reader.path, first.span.clone(), first_here));
        }
    }
}

fn source(field: Field<'_>, reader: &mut ValueReader<'_>) -> Option<BulletinSource> {
    let mut keys = MappingReader::of(Phrase::typed("`source`"), field, shorthand::name, reader)?;
    let name = keys
        .required("name", Phrase::new("Harbin Daily", "哈尔滨日报"), reader)
        .and_then(|field| reader.localised(field));
    let url = keys.optional("url").and_then(|field| reader.web_address(field)).map(|url| url.value);
    keys.close(reader);
    Some(BulletinSource { name: name?, url })
}

/// The items of a list that could be read.
fn each<T>(
    field: Field<'_>,
    reader: &mut ValueReader<'_>,
    read: impl Fn(Field<'_>, &mut ValueReader<'_>) -> Option<T>,
) -> Vec<T> {
    ValueReader::list(field).into_iter().filter_map(|item| read(item, reader)).collect()
}

/// What a report can say.
const SAYING: [&str; 5] = ["value", "at_least", "at_most", "milestone", "note"];

fn report(item: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Report> {
    let mut keys =
        MappingReader::of(Phrase::new("a report", "报告"), item, shorthand::report, reader)?;
    let goal = keys
        .required("goal", Phrase::typed("urban-jobs-2022"), reader)
        .and_then(|field| reader.name(field));
    let said: Vec<(&str, Span, Option<ReportValue>)> = [
        keys.optional("value").map(|field| {
            (field, reader.number(field).map(|number| ReportValue::Exact(number.value)))
        }),
        keys.optional("at_least").map(|field| {
            (field, reader.number(field).map(|number| ReportValue::AtLeast(number.value)))
        }),
        keys.optional("at_most").map(|field| {
            (field, reader.number(field).map(|number| ReportValue::AtMost(number.value)))
        }),
        keys.optional("milestone")
            .map(|field| (field, reader.name(field).map(ReportValue::Milestone))),
        keys.optional("note").map(|field| (field, reader.localised(field).map(ReportValue::Note))),
    ]
    .into_iter()
    .flatten()
    .map(|(field, said)| (field.name, field.span(), said))
    .collect();
    let as_of = keys
        .required("as_of", Phrase::typed("2022-06-30"), reader)
        .and_then(|field| reader.moment(field));
    let unit = keys.optional("unit").and_then(|field| reader.text(field));
    let meant = keys.close(reader);
    let mut said = said.into_iter();
    let Some((first_name, _, first)) = said.next() else {
        if !meant.iter().any(|key| SAYING.contains(key)) {
            let wrong = reader.error(
                Code::MissingKey,
                item.span(),
                message!("a report says nothing", "这条报告没有写明情况"),
            );
            reader.push(wrong.help(message!(
                "add one of `value`, `at_least`, `at_most`, `milestone` and `note`",
                "请添加 `value`、`at_least`、`at_most`、`milestone`、`note` 中的一个"
            )));
        }
        return None;
    };
    for (name, span, _) in said {
        let message = message!(
            "a report says one thing; this one has `{first_name}` and `{name}`",
            "一条报告只说一件事，这里同时有 `{first_name}` 和 `{name}`"
        );
        let help = message!("make it two reports", "请分成两条报告");
        reader.push(reader.error(Code::Inconsistent, span, message).help(help));
    }
    let goal = goal?;
    let span = goal.span.clone();
    // What could not be read has been described; the goal's name is checked all the same.
    let said = first
        .filter(|_| !meant.contains(&first_name))
        .unwrap_or_else(|| ReportValue::Note(Localised::plain("")));
    Some(Report {
        goal,
        value: said,
        as_of: as_of.map_or(Moment::PLACEHOLDER, |as_of| as_of.value),
        unit,
        span,
    })
}

fn revision(item: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Revision> {
    let mut keys = MappingReader::of(
        Phrase::new("a revision", "目标调整"),
        item,
        shorthand::revision,
        reader,
    )?;
    let goal = keys
        .required("goal", Phrase::typed("urban-jobs-2022"), reader)
        .and_then(|field| reader.name(field));
    let target_field = keys.optional("target");
    let target = target_field.and_then(|field| reader.number(field));
    let to_field = keys.optional("to");
    let to = to_field.and_then(|field| reader.moment(field));
    let note = keys.optional("note").and_then(|field| reader.localised(field));
    let meant = keys.close(reader);
    if target_field.is_none()
        && to_field.is_none()
        && !meant.iter().any(|key| ["target", "to"].contains(key))
    {
        let message = message!("a revision changes nothing", "这条目标调整没有改动任何内容");
        let wrong = reader.error(Code::MissingKey, item.span(), message);
        reader.push(wrong.help(message!(
            "add `target: 90000`, the new number, or `to: 2023-06-30`, the new end",
            "请添加 `target: 90000`（新的目标值）或 `to: 2023-06-30`（新的结束日期）"
        )));
    }
    Some(Revision { goal: goal?, target, to, note })
}

fn override_(item: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Override> {
    let mut keys = MappingReader::of(
        Phrase::new("an override", "另行评价"),
        item,
        shorthand::judgement,
        reader,
    )?;
    let goal = keys
        .required("goal", Phrase::typed("urban-jobs-2022"), reader)
        .and_then(|field| reader.name(field));
    let choices = Status::ALL.map(|status| (status.name(), status));
    let status = keys
        .required("status", Phrase::typed("behind"), reader)
        .and_then(|field| reader.choice(field, &choices));
    let reason = keys
        .required("reason", Phrase::new("Why.", "原因。"), reader)
        .and_then(|field| reader.localised(field));
    keys.close(reader);
    Some(Override { goal: goal?, status: status?, reason: reason? })
}

fn changes(field: Field<'_>, reader: &mut ValueReader<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = each(field, reader, change);
    changes.sort_by_key(|change| change.on);
    changes
}

fn change(item: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Change> {
    let mut keys =
        MappingReader::of(Phrase::new("a change", "修改记录"), item, shorthand::change, reader)?;
    let on = keys
        .required("on", Phrase::typed("2022-05-11"), reader)
        .and_then(|field| reader.moment(field));
    let note = keys
        .required("note", Phrase::new("What was changed.", "修改内容。"), reader)
        .and_then(|field| reader.localised(field));
    let goal = keys.optional("goal").and_then(|field| reader.name(field));
    keys.close(reader);
    let on = on?;
    Some(Change { on: on.value, note: note?, goal, span: on.span })
}

fn removal(what: Phrase, field: Field<'_>, reader: &mut ValueReader<'_>) -> Option<Removal> {
    let mut keys = MappingReader::of(what, field, shorthand::removal, reader)?;
    let on = keys
        .required("on", Phrase::typed("2023-02-01"), reader)
        .and_then(|field| reader.moment(field));
    let reason = keys
        .required("reason", Phrase::new("Why.", "原因。"), reader)
        .and_then(|field| reader.localised(field));
    let replaced_by = keys.optional("replaced_by").and_then(|field| reader.name(field));
    keys.close(reader);
    let on = on?;
    Some(Removal { on: on.value, reason: reason?, replaced_by, span: on.span })
}
