//! The record as data: the JSON alternates of pages, tables for spreadsheets, and the catalogs that
//! describe them.
//!
//! [`render`] makes the files of the whole site, [`progress_of_goal`] the table beside a goal's
//! page.
//!
//! None of these files has a `Last-Modified`: statuses change with time even when no bulletin does,
//! and a client that revalidates by date would keep the old ones. Entity tags follow every byte.

mod bulletin_facts;
mod catalogs;
pub(super) mod document_facts;
pub(super) mod file_kind;
pub(super) mod page;
pub(super) mod references;
pub(super) mod search_url;
mod tables;
pub(super) mod vocabulary;

use bytes::Bytes;
use serde::Serialize;

use super::context::Context;
use super::output::{Output, RenderError};
use crate::content::Text;
use crate::record::GoalId;

use catalogs::dcat::Sizes;
use catalogs::{csvw, data_package, dcat, json_schema, openapi};
use file_kind::{
    BULLETINS_JSON, CATALOG, CSV, CSV_METADATA, DATA_PACKAGE, DOCUMENTS_JSON, FileKind, GOALS_JSON,
    JSON, JSON_LD, OPENAPI,
};
use tables::bulletins::BulletinsFile;
use tables::documents::{self, DocumentEntry, DocumentsFile};
use tables::goals::{GoalEntry, GoalsFile};
use tables::{Table, goal_columns, progress};

/// Renders every file under `/data/`.
pub(crate) fn render(context: &Context<'_>) -> Result<Vec<Output>, RenderError> {
    let goals = GoalEntry::all(context);
    let documents = DocumentEntry::all(context);
    let mut tables = vec![goal_columns::table(context, &goals), progress::table(context)];
    if !documents.is_empty() {
        tables.push(documents::table(context, &documents));
    }
    let tables: Vec<Table> = tables.into_iter().collect::<Result<_, _>>()?;
    let goals = json(GOALS_JSON, JSON, &GoalsFile::new(context, goals))?;
    let bulletins = json(BULLETINS_JSON, JSON, &BulletinsFile::new(context))?;
    // A site without documents has no files for them.
    let documents = if documents.is_empty() {
        None
    } else {
        Some(json(DOCUMENTS_JSON, JSON, &DocumentsFile::new(context, documents))?)
    };
    let sizes = Sizes {
        goals: goals.body.bytes().len(),
        bulletins: bulletins.body.bytes().len(),
        documents: documents.as_ref().map(|output| output.body.bytes().len()),
    };
    let mut outputs = vec![
        json(DATA_PACKAGE, JSON, &data_package::describe(context, &tables))?,
        json(CSV_METADATA, JSON, &csvw::describe(context, &tables))?,
        json(CATALOG, JSON_LD, &dcat::describe(context, &tables, &sizes))?,
        json(OPENAPI, JSON, &openapi::describe(context, documents.is_some()))?,
        goals,
        bulletins,
    ];
    let has_documents = documents.is_some();
    outputs.extend(documents);
    for kind in FileKind::ALL {
        if kind == FileKind::Documents && !has_documents {
            continue;
        }
        outputs.push(json(&kind.schema_path(), JSON, &json_schema::schema_of(kind, context))?);
    }
    outputs.extend(
        tables.into_iter().map(|table| csv(format!("/data/{}.csv", table.name), table.csv)),
    );
    Ok(outputs)
}

/// Renders the table of reports on a goal, beside its page in a language. The bytes are the same
/// for every language; the file is repeated so that each page links to a file below itself.
pub(crate) fn progress_of_goal(
    context: &Context<'_>,
    id: GoalId,
    text: &Text,
) -> Result<Output, RenderError> {
    let page = context.record.goal_address(id, text.language).path;
    let table = progress::csv_of_goal(context, id)?;
    Ok(csv(format!("{page}progress.csv"), table))
}

fn json<D: Serialize>(
    path: &str,
    media_type: &'static str,
    data: &D,
) -> Result<Output, RenderError> {
    let mut body = serde_json::to_vec(data)?;
    body.push(b'\n');
    Ok(Output::file(path.to_owned(), media_type, None, Bytes::from(body)))
}

fn csv(path: String, body: Bytes) -> Output {
    Output::file(path, CSV, None, body)
}
