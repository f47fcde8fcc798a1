//! The record as data: the twins of pages, tables for spreadsheets, and what describes them to catalogues.
//!
//! Enter at [`render`] for what the site publishes once, and at [`progress_of_goal`] for the table beside each goal's
//! page. A [`FileKind`](kind::FileKind) is a kind of JSON file with its schema; `table` says how tables are written.
//!
//! None of these files has a `Last-Modified`: statuses change by time alone, when no bulletin does, and a client that
//! asked by date would keep the old ones. Entity tags follow every byte.

pub(in crate::pages) mod addresses;
pub(in crate::pages) mod bulletin;
mod bulletins;
mod catalog;
mod csvw;
mod foreign;
pub(in crate::pages) mod goal;
mod goal_columns;
mod goal_entry;
mod goals;
pub(in crate::pages) mod kind;
mod openapi;
mod package;
mod progress;
mod schema;
mod schemas;
mod source;
mod table;
pub(in crate::pages) mod vocabulary;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;

use super::Output;
use super::context::Context;
use crate::content::Text;
use crate::language::Language;
use crate::record::GoalId;

use addresses::{BULLETINS_JSON, CATALOG, CSV_METADATA, DATA_PACKAGE, GOALS_JSON, OPENAPI};
use kind::FileKind;

/// The media type of tables (RFC 4180; the head is told by the `header` parameter).
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// The media type of JSON files, also of those for which a more special one is proposed: every browser shows it.
const JSON: &str = "application/json";

/// The media type of JSON-LD.
const JSON_LD: &str = "application/ld+json";

/// Everything that stands under `/data/`.
pub(super) fn render(context: &Context<'_>) -> askama::Result<Vec<Output>> {
    let goals = goals::entries(context);
    let tables = [goals::table(context, &goals), progress::table(context)];
    let tables: Vec<table::Table> =
        tables.into_iter().collect::<Result<_, _>>().map_err(askama::Error::custom)?;
    let goals = json(GOALS_JSON, JSON, &goals::file(context, goals))?;
    let bulletins = json(BULLETINS_JSON, JSON, &bulletins::file(context))?;
    let sizes = [&goals, &bulletins].map(|output| output.body.len());
    let mut outputs = vec![
        json(DATA_PACKAGE, JSON, &package::describe(context, &tables))?,
        json(CSV_METADATA, JSON, &csvw::describe(context, &tables))?,
        json(CATALOG, JSON_LD, &catalog::describe(context, &tables, sizes))?,
        json(OPENAPI, JSON, &openapi::describe(context))?,
        goals,
        bulletins,
    ];
    for kind in FileKind::ALL {
        outputs.push(json(&kind.schema_path(), JSON, &schemas::of(kind, context))?);
    }
    outputs.extend(
        tables.into_iter().map(|table| csv(format!("/data/{}.csv", table.name), table.csv)),
    );
    Ok(outputs)
}

/// What was reported about a goal, beside its page in a language. The same bytes for every language, so that each
/// page's link stays below it.
pub(super) fn progress_of_goal(
    context: &Context<'_>,
    id: GoalId,
    text: &Text,
) -> askama::Result<Output> {
    let page = context.record.goal_address(id, text.language).path;
    let table = progress::csv_of_goal(context, id).map_err(askama::Error::custom)?;
    Ok(csv(format!("{page}progress.csv"), table))
}

fn json<D: Serialize>(path: &str, media_type: &'static str, data: &D) -> askama::Result<Output> {
    let mut body = serde_json::to_vec(data).map_err(askama::Error::custom)?;
    body.push(b'\n');
    Ok(Output::file(path.to_owned(), media_type, None, None, Bytes::from(body)))
}

fn csv(path: String, body: Bytes) -> Output {
    Output::file(path, CSV, None, None, body)
}

/// Something in every language that has it, by tag.
fn by_language<'r, T>(
    context: &Context<'r>,
    text: impl Fn(Language) -> Option<T>,
) -> BTreeMap<&'r str, T> {
    let languages = context.record.languages();
    languages.filter_map(|language| Some((context.tag(language), text(language)?))).collect()
}

/// The id of the goal that a goal goes on from, if that one is public.
fn followed<'r>(context: &Context<'r>, id: GoalId) -> Option<&'r str> {
    let record = context.record;
    let followed = record.goal(id).source.facts.follows.as_ref()?.value.as_str();
    let lineage = record.lineage(id);
    lineage
        .into_iter()
        .map(|id| record.goal(id).source.slug.as_str())
        .find(|slug| *slug == followed)
}
