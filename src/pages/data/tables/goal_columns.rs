//! `goals.csv`: the table of all goals.

use super::ColumnType::{Date, Flag, Integer, Number, Text, Url, Urls};
use super::goals::GoalEntry;
use super::{Cell, Field, Table, columns, csv, name_in, titles};
use crate::pages::context::Context;
use crate::pages::data::vocabulary;

type GoalField<'r> = Field<'r, GoalEntry<'r>>;

/// Builds the table of all goals.
pub(crate) fn table<'r>(
    context: &Context<'r>,
    goals: &[GoalEntry<'r>],
) -> Result<Table, csv::Error> {
    let fields = fields(context);
    Ok(Table {
        name: "goals",
        titles: titles("Goals", "目标"),
        description: "One row for each goal, with its target, latest figure and computed status.",
        csv: csv(&fields, goals)?,
        columns: columns(fields),
        primary_key: Some("id"),
    })
}

/// Returns the columns in order.
fn fields<'r>(context: &Context<'r>) -> Vec<GoalField<'r>> {
    let mut fields = identity_columns();
    fields.extend(title_columns(context));
    fields.extend(target_columns());
    fields.extend(unit_columns(context));
    fields.extend(period_columns());
    fields.extend(status_columns());
    fields.extend(latest_figure_columns());
    fields.extend(calculation_columns());
    fields.extend(schedule_columns());
    fields
}

fn identity_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "id",
            Text,
            titles("Goal", "目标"),
            "The id of the goal, unique among goals.",
            |row: &GoalEntry<'r>| Cell::plain(Some(row.id)),
        )
        .required()
        .with(|column| column.is_unique = true),
        Field::new(
            "category",
            Text,
            titles("Category", "类别"),
            "The id of the category that it belongs to.",
            |row: &GoalEntry<'r>| Cell::plain(Some(row.category)),
        )
        .required(),
        Field::new(
            "kind",
            Text,
            titles("Kind", "类型"),
            "The kind of goal: a number to reach (`increase`), a level to keep (`maintain`), a \
             direction without a number, a delivery by milestones, or a continuing task.",
            |row: &GoalEntry<'r>| Cell::plain(Some(row.kind)),
        )
        .required()
        .one_of(vocabulary::kinds()),
    ]
}

fn title_columns<'r>(context: &Context<'r>) -> Vec<GoalField<'r>> {
    let languages =
        context.record.languages().map(|language| (language, context.language_tag(language)));
    languages
        .map(|(language, tag)| {
            let titles = titles(format!("Title ({tag})"), format!("名称（{tag}）"));
            let description =
                "The title of the goal in this language; empty if it is not translated.";
            Field::new(
                name_in("title", tag),
                Text,
                titles,
                description,
                move |row: &GoalEntry<'r>| Cell::text(row.title.get(tag).copied()),
            )
            .with(|column| {
                column.language = Some(tag.to_owned());
                column.is_required = language.is_default();
            })
        })
        .collect()
}

fn target_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "target",
            Number,
            titles("Target", "目标值"),
            "The current number to reach or to keep, after all revisions; empty for goals without \
             a number.",
            |row: &GoalEntry<'r>| Cell::number(row.target),
        ),
        Field::new(
            "at_most",
            Flag,
            titles("At most", "不超过"),
            "Whether the target is an upper limit; empty for goals without a number.",
            |row: &GoalEntry<'r>| Cell::plain(row.at_most.map(|flag| flag.to_string())),
        ),
    ]
}

fn unit_columns<'r>(context: &Context<'r>) -> Vec<GoalField<'r>> {
    let tags = context.record.languages().map(|language| context.language_tag(language));
    tags.map(|tag| {
        let titles = titles(format!("Unit ({tag})"), format!("单位（{tag}）"));
        let description =
            "The unit of the numbers, in this language; empty for goals without a number.";
        Field::new(name_in("unit", tag), Text, titles, description, move |row: &GoalEntry<'r>| {
            Cell::text(row.unit.as_ref().and_then(|unit| unit.get(tag).copied()))
        })
        .with(|column| column.language = Some(tag.to_owned()))
    })
    .collect()
}

fn period_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "baseline",
            Number,
            titles("Baseline", "基数"),
            "The number from which an increase is measured; empty if it is measured from 0.",
            |row: &GoalEntry<'r>| Cell::number(row.baseline),
        ),
        Field::new(
            "period_from",
            Date,
            titles("Period from", "起始日期"),
            "The first day of its period; empty if it has none.",
            |row: &GoalEntry<'r>| Cell::plain(row.period_from.as_deref()),
        ),
        Field::new(
            "period_to",
            Date,
            titles("Period to", "截止日期"),
            "The current last day of its period; empty if it has none.",
            |row: &GoalEntry<'r>| Cell::plain(row.period_to.as_deref()),
        ),
        Field::new(
            "report_every",
            Text,
            titles("Reported every", "报告周期"),
            "How often a figure is expected; empty if no interval is set.",
            |row: &GoalEntry<'r>| Cell::plain(row.report_every),
        )
        .one_of(vocabulary::intervals()),
        Field::new(
            "follows",
            Text,
            titles("Follows", "承接目标"),
            "The id of the goal of an earlier period that it continues; empty if there is none.",
            |row: &GoalEntry<'r>| Cell::plain(row.follows),
        )
        .with(|column| column.refers_to = Some(("goals", "id"))),
    ]
}

fn status_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "status",
            Text,
            titles("Status", "状态"),
            "The status, computed by the rule at /goals/method/.",
            |row: &GoalEntry<'r>| Cell::plain(Some(row.status)),
        )
        .required()
        .one_of(vocabulary::statuses()),
        Field::new(
            "override",
            Text,
            titles("Judged status", "人工判定状态"),
            "The status that the newest bulletin with a judgement gives, in addition to the \
             computed status; empty if there is none.",
            |row: &GoalEntry<'r>| Cell::plain(row.overridden),
        )
        .one_of(vocabulary::statuses()),
    ]
}

fn latest_figure_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "latest_value",
            Number,
            titles("Latest figure", "最新数值"),
            "The figure from which the status is computed; empty if no valid figure is reported.",
            |row: &GoalEntry<'r>| Cell::number(row.latest_value),
        ),
        Field::new(
            "latest_bound",
            Text,
            titles("Exactness of the latest figure", "最新数值精度"),
            "Whether the latest figure is exact or a bound.",
            |row: &GoalEntry<'r>| Cell::plain(row.latest_bound),
        )
        .one_of(vocabulary::bounds()),
        Field::new(
            "latest_as_of",
            Date,
            titles("Latest figure as of", "最新数值截至"),
            "The day for which the latest figure holds.",
            |row: &GoalEntry<'r>| Cell::plain(row.latest_as_of.as_deref()),
        ),
        Field::new(
            "latest_bulletin",
            Url,
            titles("Bulletin of the latest figure", "最新数值所在公报"),
            "The page of the bulletin that reported the latest figure.",
            |row: &GoalEntry<'r>| Cell::plain(row.latest_bulletin.as_deref()),
        ),
    ]
}

fn calculation_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "attainment",
            Number,
            titles("Attainment", "完成程度"),
            "The share of the way from the baseline (0) to the target (1) at the latest figure; \
             empty for a level to keep.",
            |row: &GoalEntry<'r>| Cell::number(row.attainment),
        )
        .share(),
        Field::new(
            "elapsed",
            Number,
            titles("Time gone", "时间进度"),
            "The share of the period that has passed at the latest figure, from 0 to 1.",
            |row: &GoalEntry<'r>| Cell::number(row.elapsed),
        )
        .share()
        .with(|column| column.minimum = Some(0)),
        Field::new(
            "pace",
            Number,
            titles("Pace", "进度比"),
            "Attainment divided by the share of the period that has passed; 1 is on time.",
            |row: &GoalEntry<'r>| Cell::number(row.pace),
        )
        .share(),
    ]
}

fn schedule_columns<'r>() -> Vec<GoalField<'r>> {
    vec![
        Field::new(
            "next_figure_as_of",
            Date,
            titles("Next figure as of", "下次数值截至"),
            "The day for which the next figure is expected; empty if none is expected.",
            |row: &GoalEntry<'r>| Cell::plain(row.next_figure_as_of.as_deref()),
        ),
        Field::new(
            "next_figure_due",
            Date,
            titles("Next figure due", "下次数值期限"),
            "The last day on which the next figure is on time.",
            |row: &GoalEntry<'r>| Cell::plain(row.next_figure_due.as_deref()),
        ),
        Field::new(
            "milestones",
            Integer,
            titles("Milestones", "节点数"),
            "The number of milestones of a delivery; empty for other goals.",
            |row: &GoalEntry<'r>| Cell::count(row.milestones),
        )
        .with(|column| column.minimum = Some(0)),
        Field::new(
            "milestones_reached",
            Integer,
            titles("Milestones reached", "已完成节点数"),
            "The number of milestones reached; empty for other goals.",
            |row: &GoalEntry<'r>| Cell::count(row.milestones_reached),
        )
        .with(|column| column.minimum = Some(0)),
        Field::new(
            "set_by",
            Urls,
            titles("Set by", "确立公报"),
            "The pages of the bulletins that announced it, the oldest first, separated by spaces.",
            |row: &GoalEntry<'r>| {
                Cell::plain(Some(row.set_by.join(" ")).filter(|urls| !urls.is_empty()))
            },
        ),
        Field::new(
            "url",
            Url,
            titles("Page", "网址"),
            "Its page, in the first language of the site.",
            |row: &GoalEntry<'r>| Cell::plain(Some(&row.url)),
        )
        .required()
        .with(|column| column.is_unique = true),
    ]
}
