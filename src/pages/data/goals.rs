//! Every goal with the state of its progress: `goals.csv` and `goals.json`.
//!
//! Both come of one list of [`GoalEntry`].

use schemars::JsonSchema;
use serde::Serialize;

use super::goal_columns;
use super::goal_entry::{GoalEntry, entry};
use super::kind::FileKind;
use super::table::{Table, columns, csv, titles};
use crate::language::Language;
use crate::pages::context::Context;
use crate::record::Item;

/// Every goal.
#[derive(Serialize, JsonSchema)]
pub(super) struct GoalsFile<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The page of all goals.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tags of the site's languages, the first one first.
    languages: Vec<&'r str>,
    /// The goals by category, then in their order.
    goals: Vec<GoalEntry<'r>>,
}

/// Every goal that is public, in the site's order.
pub(super) fn entries<'r>(context: &Context<'r>) -> Vec<GoalEntry<'r>> {
    context.record.goal_ids().map(|id| entry(context, id)).collect()
}

/// The goals as JSON.
pub(super) fn file<'r>(context: &Context<'r>, goals: Vec<GoalEntry<'r>>) -> GoalsFile<'r> {
    let content = context.record.content;
    GoalsFile {
        schema: FileKind::Goals.schema_url(context),
        url: context.absolute(&Item::Goals.path(content, Language::DEFAULT)),
        languages: content.site.languages.tags().collect(),
        goals,
    }
}

/// The goals as a table.
pub(super) fn table<'r>(
    context: &Context<'r>,
    goals: &[GoalEntry<'r>],
) -> Result<Table, csv::Error> {
    let fields = goal_columns::fields(context);
    Ok(Table {
        name: "goals",
        titles: titles("Goals", "目标"),
        description: "One row for each goal, with its target, its latest figure and how far it is by the published rule.",
        csv: csv(&fields, goals)?,
        columns: columns(fields),
        primary_key: Some("id"),
    })
}
