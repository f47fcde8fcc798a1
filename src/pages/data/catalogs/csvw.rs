//! `csv-metadata.json`: the tables for CSV on the Web (W3C, Metadata Vocabulary for Tabular Data).
//!
//! The file is at the default location beside the tables, where CSVW readers find it.

use serde_json::{Value, json};

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::tables::{Column, ColumnType, Table, Titles};

/// Describes the tables as a table group.
pub(crate) fn describe(context: &Context<'_>, tables: &[Table]) -> Value {
    let site = &context.record.content.site;
    let mut group = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": {
            "@value": context.full_site_name(Language::DEFAULT),
            "@language": context.language_tag(Language::DEFAULT),
        },
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "lineTerminators": ["\r\n"],
            "header": true,
        },
        "tables": tables.iter().map(table).collect::<Vec<_>>(),
    });
    if let Some(publisher) = &site.publisher {
        group["dc:publisher"] = json!(publisher.name.get(Language::DEFAULT));
        if let Some(license) = &publisher.license {
            group["dc:license"] = json!({ "@id": license });
        }
    }
    group
}

fn table(table: &Table) -> Value {
    let titles = table.titles.iter();
    let titles: Vec<Value> =
        titles.map(|(tag, title)| json!({ "@value": title, "@language": tag })).collect();
    json!({
        "url": format!("{}.csv", table.name),
        "dc:title": titles,
        "dc:description": { "@value": table.description, "@language": "en" },
        "tableSchema": schema(table),
    })
}

fn schema(table: &Table) -> Value {
    let mut schema = json!({ "columns": table.columns.iter().map(column).collect::<Vec<_>>() });
    if let Some(key) = table.primary_key {
        schema["primaryKey"] = json!(key);
    }
    // An optional reference is not listed as a foreign key, because strict readers take an empty
    // cell for a broken reference.
    let references = table
        .columns
        .iter()
        .filter(|column| column.is_required)
        .filter_map(|column| Some((column, column.refers_to?)));
    let keys: Vec<Value> =
        references.map(|(column, (name, key))| foreign_key(column, name, key)).collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = json!(keys);
    }
    schema
}

fn foreign_key(column: &Column, name: &str, key: &str) -> Value {
    let reference = json!({ "resource": format!("{name}.csv"), "columnReference": key });
    json!({ "columnReference": column.name, "reference": reference })
}

fn column(column: &Column) -> Value {
    let mut description = json!({
        "name": column.name,
        "titles": titles(&column.name, &column.titles),
        "dc:description": { "@value": column.description, "@language": "en" },
        "datatype": datatype(column),
        "required": column.is_required,
    });
    if let Some(language) = &column.language {
        description["lang"] = json!(language);
    }
    if column.kind == ColumnType::Urls {
        description["separator"] = json!(" ");
    }
    if let Some(unit) = column.unit {
        description["schema:unitText"] = json!(unit);
    }
    description
}

/// Returns the header of the column as in the file (language `und`), then its titles.
fn titles(name: &str, titles: &Titles) -> Value {
    let mut all = json!({ "und": name });
    for (tag, title) in titles {
        all[*tag] = json!(title);
    }
    all
}

fn datatype(column: &Column) -> Value {
    let mut datatype = match column.kind {
        ColumnType::Text => json!({ "base": "string" }),
        ColumnType::Number => json!({ "base": "number" }),
        ColumnType::Integer => json!({ "base": "integer" }),
        ColumnType::Flag => json!({ "base": "boolean" }),
        ColumnType::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        ColumnType::Url | ColumnType::Urls => json!({ "base": "anyURI" }),
    };
    if !column.choices.is_empty() {
        datatype["format"] = json!(format!("^({})$", column.choices.join("|")));
    }
    if let Some(minimum) = column.minimum {
        datatype["minimum"] = json!(minimum);
    }
    datatype
}
