//! `progress.csv` of the site and of each goal: one row per report of a bulletin on a goal.

use std::collections::BTreeMap;

use bytes::Bytes;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, ColumnType, Field, Table, columns, csv, name_in, titles};
use crate::content::bulletin::{Report, ReportValue};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::references::{BulletinLink, by_language};
use crate::pages::data::vocabulary;
use crate::record::{BulletinId, GoalId};

/// A statement about a goal.
#[derive(Serialize, JsonSchema)]
pub(crate) struct StatementEntry<'r> {
    /// Id of the goal.
    goal: &'r str,
    /// Day that the report is about.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// Form of the statement: a figure, a bound, a milestone or words.
    #[schemars(extend("enum" = vocabulary::statement_forms()))]
    said: &'static str,
    /// Figure or bound in the goal's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    /// Id of the milestone that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<&'r str>,
    /// Statement in words, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<BTreeMap<&'r str, &'r str>>,
}

/// A valid report on a goal. Reports of withdrawn bulletins are not valid.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportEntry<'r> {
    #[serde(flatten)]
    report: StatementEntry<'r>,
    /// Unit of the value, in the site's first language.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'r str>,
    /// Whether the figure counts, or why it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::figure_statuses()))]
    standing: Option<&'static str>,
    /// Share of the way to the current target at this figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    attainment: Option<f64>,
    /// Name of the bulletin that reported it.
    bulletin: &'r str,
    /// Page of the bulletin.
    #[schemars(extend("format" = "uri"))]
    bulletin_url: String,
    /// Day on which the bulletin was published.
    #[schemars(extend("format" = "date"))]
    published: String,
    /// Name of the source, in the site's first language.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_name: Option<&'r str>,
    /// Address of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    source_url: Option<&'r str>,
}

/// Builds the table of every report on every goal.
pub(crate) fn table(context: &Context<'_>) -> Result<Table, csv::Error> {
    let entries: Vec<ReportEntry<'_>> =
        context.record.goal_ids().flat_map(|id| goal_reports(context, id)).collect();
    let fields = fields(context);
    Ok(Table {
        name: "progress",
        titles: titles("Progress of the goals", "目标进展"),
        description: "One row for each valid report of a bulletin on a goal, by goal and day.",
        csv: csv(&fields, &entries)?,
        columns: columns(fields),
        primary_key: None,
    })
}

/// Writes the reports on one goal as a CSV file with the same header.
pub(crate) fn csv_of_goal(context: &Context<'_>, id: GoalId) -> Result<Bytes, csv::Error> {
    csv(&fields(context), &goal_reports(context, id))
}

/// Lists the valid reports on a goal by day.
pub(crate) fn goal_reports<'r>(context: &Context<'r>, id: GoalId) -> Vec<ReportEntry<'r>> {
    let mut entries: Vec<ReportEntry<'r>> = context
        .record
        .goal(id)
        .reports()
        .map(|(bulletin, report)| entry(context, id, bulletin, report))
        .collect();
    // The sort is stable: reports for the same day keep the order of their bulletins.
    entries.sort_by(|one, other| one.report.as_of.cmp(&other.report.as_of));
    entries
}

fn entry<'r>(
    context: &Context<'r>,
    id: GoalId,
    bulletin: BulletinId,
    report: &'r Report,
) -> ReportEntry<'r> {
    let record = context.record;
    let goal = record.goal(id).source;
    let figure = record.progress(id).figure_of(report);
    let unit = goal.facts.target.as_ref().map(|target| target.unit.name(Language::DEFAULT));
    let link = BulletinLink::new(context, bulletin, Language::DEFAULT);
    let source = record.bulletin(bulletin).source.facts.source.as_ref();
    ReportEntry {
        report: StatementEntry::new(context, report),
        unit: report.value.figure().and(unit),
        standing: figure.map(|figure| figure.status.name()),
        attainment: figure.and_then(|figure| figure.attainment),
        bulletin: link.slug,
        bulletin_url: link.url,
        published: record.bulletin(bulletin).published().date().to_string(),
        source_name: source.map(|source| source.name.get(Language::DEFAULT)),
        source_url: source.and_then(|source| source.url.as_deref()),
    }
}

impl<'r> StatementEntry<'r> {
    pub(crate) fn new(context: &Context<'r>, report: &'r Report) -> Self {
        let (said, milestone, note) = match &report.value {
            ReportValue::Exact(_) => ("value", None, None),
            ReportValue::AtLeast(_) => ("at-least", None, None),
            ReportValue::AtMost(_) => ("at-most", None, None),
            ReportValue::Milestone(id) => ("milestone", Some(id.value.as_str()), None),
            ReportValue::Note(note) => {
                ("note", None, Some(by_language(context, |language| Some(note.get(language)))))
            }
        };
        let as_of = report.as_of.date().to_string();
        Self {
            goal: &report.goal.value,
            as_of,
            said,
            value: report.value.figure(),
            milestone,
            note,
        }
    }
}

fn fields<'r>(context: &Context<'r>) -> Vec<Field<'r, ReportEntry<'r>>> {
    let mut fields = statement_columns();
    for language in context.record.languages() {
        let tag = context.language_tag(language);
        let titles = titles(format!("Statement ({tag})"), format!("表述（{tag}）"));
        let description = "The statement in words, in this language or, if it is not translated, \
                           in the first language of the site; only if `said` is `note`.";
        let field = Field::new(
            name_in("note", tag),
            ColumnType::Text,
            titles,
            description,
            move |row: &ReportEntry<'r>| {
                Cell::text(row.report.note.as_ref().and_then(|note| note.get(tag).copied()))
            },
        );
        fields.push(field.with(|column| column.language = Some(tag.to_owned())));
    }
    fields.extend(assessment_columns());
    fields.extend(source_columns());
    fields
}

fn statement_columns<'r>() -> Vec<Field<'r, ReportEntry<'r>>> {
    use ColumnType::{Date, Number, Text};
    vec![
        Field::new(
            "goal",
            Text,
            titles("Goal", "目标"),
            "The id of the goal.",
            |row: &ReportEntry<'r>| Cell::plain(Some(row.report.goal)),
        )
        .required()
        .with(|column| column.refers_to = Some(("goals", "id"))),
        Field::new(
            "as_of",
            Date,
            titles("As of", "截至"),
            "The day for which the value holds.",
            |row: &ReportEntry<'r>| Cell::plain(Some(&row.report.as_of)),
        )
        .required(),
        Field::new(
            "said",
            Text,
            titles("Form of the statement", "表述方式"),
            "A figure (`value`), a bound if the source gives no figure (`at-least`, `at-most`), a \
             milestone that was reached (`milestone`), or a statement in words (`note`).",
            |row: &ReportEntry<'r>| Cell::plain(Some(row.report.said)),
        )
        .required()
        .one_of(vocabulary::statement_forms()),
        Field::new(
            "value",
            Number,
            titles("Value", "数值"),
            "The figure or bound, in the unit of the goal; empty for milestones and statements.",
            |row: &ReportEntry<'r>| Cell::number(row.report.value),
        ),
        Field::new(
            "unit",
            Text,
            titles("Unit", "单位"),
            "The unit of the value, in the first language of the site; empty if there is none.",
            |row: &ReportEntry<'r>| Cell::text(row.unit),
        ),
        Field::new(
            "milestone",
            Text,
            titles("Milestone", "节点"),
            "The id of the milestone that was reached; empty otherwise.",
            |row: &ReportEntry<'r>| Cell::text(row.report.milestone),
        ),
    ]
}

fn assessment_columns<'r>() -> Vec<Field<'r, ReportEntry<'r>>> {
    vec![
        Field::new(
            "standing",
            ColumnType::Text,
            titles("Standing", "是否计入"),
            "Whether the figure counts towards the status (`counts`), or why it does not: a later \
             bulletin has a figure for the same day (`superseded`), it is for a day before the \
             period (`before-period`), or for one after it that no longer matters \
             (`after-period`), its day is in the future (`ahead`), or it is a bound that leaves \
             the status open (`proves-nothing`). Empty for milestones and statements.",
            |row: &ReportEntry<'r>| Cell::plain(row.standing),
        )
        .one_of(vocabulary::figure_statuses()),
        Field::new(
            "attainment",
            ColumnType::Number,
            titles("Attainment", "完成程度"),
            "The share of the way from the baseline (0) to the current target (1) at this figure; \
             empty for a level to keep, milestones and statements.",
            |row: &ReportEntry<'r>| Cell::number(row.attainment),
        )
        .share(),
    ]
}

fn source_columns<'r>() -> Vec<Field<'r, ReportEntry<'r>>> {
    use ColumnType::{Date, Text, Url};
    vec![
        Field::new(
            "bulletin",
            Text,
            titles("Bulletin", "公报"),
            "The id of the bulletin that reports it.",
            |row: &ReportEntry<'r>| Cell::plain(Some(row.bulletin)),
        )
        .required(),
        Field::new(
            "bulletin_url",
            Url,
            titles("Bulletin's page", "公报网址"),
            "The page of the bulletin, in the first language of the site.",
            |row: &ReportEntry<'r>| Cell::plain(Some(&row.bulletin_url)),
        )
        .required(),
        Field::new(
            "published",
            Date,
            titles("Published", "发布日期"),
            "The day on which the bulletin was published.",
            |row: &ReportEntry<'r>| Cell::plain(Some(&row.published)),
        )
        .required(),
        Field::new(
            "source_name",
            Text,
            titles("Source", "来源"),
            "The name of the source, in the first language of the site; empty if the bulletin \
             names none.",
            |row: &ReportEntry<'r>| Cell::text(row.source_name),
        ),
        Field::new(
            "source_url",
            Url,
            titles("Source's address", "来源网址"),
            "The URL of the source; empty if the bulletin names none.",
            |row: &ReportEntry<'r>| Cell::text(row.source_url),
        ),
    ]
}
