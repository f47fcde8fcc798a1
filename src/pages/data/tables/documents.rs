//! `documents.csv` and `documents.json`: every official document with its identity and validity.
//!
//! The columns follow the core elements of Chinese directories of public information that apply;
//! `docs/editing.md` lists them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::ColumnType::{Date, Text, Url};
use super::{Cell, Field, Table, columns, csv, name_in, titles};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::document_facts::DocumentData;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::by_language;
use crate::pages::data::vocabulary;
use crate::record::BulletinId;

type DocumentField<'r> = Field<'r, DocumentEntry<'r>>;

/// All official documents of the site.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DocumentsFile<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// Absolute URL of the site.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// BCP 47 tags of the site's languages, in the site's order.
    languages: Vec<&'r str>,
    /// Documents, newest first.
    documents: Vec<DocumentEntry<'r>>,
}

/// An official document.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DocumentEntry<'r> {
    /// Name, unique among bulletins.
    slug: &'r str,
    /// Title by language tag.
    title: BTreeMap<&'r str, &'r str>,
    /// Absolute URL of its page in the site's first language.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// Day of publication.
    #[schemars(schema_with = "vocabulary::moment")]
    published: String,
    /// Facts of the document.
    #[serde(flatten)]
    facts: DocumentData<'r>,
}

impl<'r> DocumentsFile<'r> {
    pub(crate) fn new(context: &Context<'r>, documents: Vec<DocumentEntry<'r>>) -> Self {
        Self {
            schema: FileKind::Documents.schema_url(context),
            url: context.absolute("/"),
            languages: context.record.content.site.languages.tags().collect(),
            documents,
        }
    }
}

impl<'r> DocumentEntry<'r> {
    /// The public bulletins that are documents.
    pub(crate) fn all(context: &Context<'r>) -> Vec<Self> {
        context.record.bulletin_ids().filter_map(|id| Self::new(context, id)).collect()
    }

    fn new(context: &Context<'r>, id: BulletinId) -> Option<Self> {
        let record = context.record;
        let bulletin = record.bulletin(id);
        bulletin.source.facts.document.as_ref()?;
        let texts = &bulletin.source.texts;
        Some(Self {
            slug: &bulletin.source.slug,
            title: by_language(context, |language| {
                texts.get(language).map(|text| text.title.value.as_str())
            }),
            url: context.absolute(&record.bulletin_address(id, Language::DEFAULT).path),
            published: context.iso(bulletin.published()),
            facts: DocumentData::new(context, id, Language::DEFAULT)?,
        })
    }
}

/// Builds the table of all documents.
pub(crate) fn table<'r>(
    context: &Context<'r>,
    documents: &[DocumentEntry<'r>],
) -> Result<Table, csv::Error> {
    let fields = fields(context);
    Ok(Table {
        name: "documents",
        titles: titles("Official documents", "公文"),
        description: "One row for each official document, with its number, its dates and whether \
                      it is in force.",
        csv: csv(&fields, documents)?,
        columns: columns(fields),
        primary_key: Some("slug"),
    })
}

fn fields<'r>(context: &Context<'r>) -> Vec<DocumentField<'r>> {
    let mut fields = identity_columns();
    fields.extend(title_columns(context));
    fields.extend(date_columns());
    fields.extend(validity_columns());
    fields.push(
        Field::new(
            "url",
            Url,
            titles("Page", "网页"),
            "The page of the document.",
            |row: &DocumentEntry<'r>| Cell::plain(Some(row.url.clone())),
        )
        .required(),
    );
    fields
}

fn identity_columns<'r>() -> Vec<DocumentField<'r>> {
    vec![
        Field::new(
            "slug",
            Text,
            titles("Name", "标识"),
            "The name of the bulletin, unique among bulletins.",
            |row: &DocumentEntry<'r>| Cell::plain(Some(row.slug)),
        )
        .required()
        .with(|column| column.is_unique = true),
        Field::new(
            "index",
            Text,
            titles("Index number", "索引号"),
            "The number in the directory of public information; empty where none is stated.",
            |row: &DocumentEntry<'r>| Cell::text(row.facts.index),
        ),
        Field::new(
            "number",
            Text,
            titles("Document number", "发文字号"),
            "The number that the issuer gave it; empty where none is stated.",
            |row: &DocumentEntry<'r>| Cell::text(row.facts.number),
        ),
        Field::new(
            "issuer",
            Text,
            titles("Issued by", "发文机关"),
            "The bodies that issued it, by name, separated by spaces; empty where none is stated.",
            |row: &DocumentEntry<'r>| {
                let issuers = &row.facts.issuers;
                Cell::plain((!issuers.is_empty()).then(|| issuers.join(" ")))
            },
        ),
        Field::new(
            "topics",
            Text,
            titles("Topics", "主题分类"),
            "Its topics, by name, separated by spaces; empty where none is stated.",
            |row: &DocumentEntry<'r>| {
                let topics = &row.facts.topics;
                Cell::plain((!topics.is_empty()).then(|| topics.join(" ")))
            },
        ),
        Field::new(
            "kind",
            Text,
            titles("Kind of document", "公文种类"),
            "The kind of document, by name; empty where none is stated.",
            |row: &DocumentEntry<'r>| Cell::plain(row.facts.kind),
        ),
    ]
}

fn title_columns<'r>(context: &Context<'r>) -> Vec<DocumentField<'r>> {
    let languages =
        context.record.languages().map(|language| (language, context.language_tag(language)));
    languages
        .map(|(language, tag)| {
            let titles = titles(format!("Title ({tag})"), format!("标题（{tag}）"));
            let description = "The title in this language; empty where it is not translated.";
            let name = name_in("title", tag);
            let field =
                Field::new(name, Text, titles, description, move |row: &DocumentEntry<'r>| {
                    Cell::text(row.title.get(tag).copied())
                });
            field.with(|column| {
                column.language = Some(tag.to_owned());
                column.is_required = language.is_default();
            })
        })
        .collect()
}

fn date_columns<'r>() -> Vec<DocumentField<'r>> {
    vec![
        Field::new(
            "made",
            Date,
            titles("Made on", "成文日期"),
            "The day on which it was made; empty where none is stated.",
            |row: &DocumentEntry<'r>| Cell::plain(row.facts.made.as_deref().map(day)),
        ),
        Field::new(
            "published",
            Date,
            titles("Published", "发布日期"),
            "The day on which it was published on this site.",
            |row: &DocumentEntry<'r>| Cell::plain(Some(day(&row.published))),
        )
        .required(),
        Field::new(
            "effective",
            Date,
            titles("Applies from", "施行日期"),
            "The first day on which it is in force; empty where none is stated.",
            |row: &DocumentEntry<'r>| Cell::plain(row.facts.effective.as_deref().map(day)),
        ),
        Field::new(
            "until",
            Date,
            titles("Applies until", "有效期至"),
            "The last day on which it is in force; empty where none is stated.",
            |row: &DocumentEntry<'r>| Cell::plain(row.facts.until.as_deref().map(day)),
        ),
    ]
}

fn validity_columns<'r>() -> Vec<DocumentField<'r>> {
    vec![
        Field::new(
            "validity",
            Text,
            titles("Validity", "效力"),
            "Whether it is in force, by its dates and by later documents; empty for a withdrawn \
             bulletin.",
            |row: &DocumentEntry<'r>| {
                Cell::plain(row.facts.validity.as_ref().map(|validity| validity.state))
            },
        )
        .one_of(vocabulary::validity_states()),
        Field::new(
            "validity_since",
            Date,
            titles("Since", "自"),
            "The day on which that began or will begin; for a document whose time is over, its \
             last day.",
            |row: &DocumentEntry<'r>| {
                let validity = row.facts.validity.as_ref();
                Cell::plain(validity.and_then(|validity| validity.since.as_deref()).map(day))
            },
        ),
        Field::new(
            "validity_by",
            Text,
            titles("By", "依据"),
            "The bulletin that made it so, by name; empty where that follows from its own dates.",
            |row: &DocumentEntry<'r>| {
                Cell::plain(row.facts.validity.as_ref().and_then(|validity| validity.by))
            },
        ),
    ]
}

/// The calendar day of a moment in ISO 8601.
fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}
