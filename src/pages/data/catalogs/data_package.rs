//! `datapackage.json`: the tables as a Data Package (version 2, datapackage.org), each with its
//! Table Schema.

use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::tables::{Column, ColumnType, Table};

/// Profile of a Data Package of version 2.
pub(crate) const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Profiles of its resources and of their schemas.
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// Describes the tables as a Data Package.
pub(crate) fn describe(context: &Context<'_>, tables: &[Table]) -> Value {
    let site = &context.record.content.site;
    let mut package = json!({
        "$schema": PROFILE,
        "name": name(&site.base_url),
        "title": context.full_site_name(Language::DEFAULT),
        "homepage": site.base_url,
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    });
    if let Some(publisher) = &site.publisher {
        let mut contributor =
            json!({ "title": publisher.name.get(Language::DEFAULT), "roles": ["publisher"] });
        if let Some(url) = &publisher.url {
            contributor["path"] = json!(url);
        }
        package["contributors"] = json!([contributor]);
        if let Some(license) = &publisher.license {
            package["licenses"] = json!([{ "path": license }]);
        }
    }
    package
}

/// Returns the site's host and path, with characters that a package name may not have replaced by
/// hyphens.
fn name(base_url: &str) -> String {
    let host = base_url.split("//").nth(1).unwrap_or_default().trim_end_matches('/').to_lowercase();
    host.replace(|letter: char| !letter.is_ascii_alphanumeric() && !".-_".contains(letter), "-")
}

fn resource(table: &Table) -> Value {
    json!({
        "$schema": RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "title": table.titles[0].1,
        "description": table.description,
        "path": format!("{}.csv", table.name),
        "format": "csv",
        "mediatype": "text/csv",
        // The byte order mark is not part of the text; decoders of this encoding skip it.
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "doubleQuote": true,
            "header": true,
        },
        "bytes": table.csv.len(),
        "schema": schema(table),
    })
}

fn schema(table: &Table) -> Value {
    let mut schema = json!({
        "$schema": SCHEMA_PROFILE,
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if let Some(key) = table.primary_key {
        schema["primaryKey"] = json!([key]);
    }
    let references = table.columns.iter().filter_map(|column| Some((column, column.refers_to?)));
    let keys: Vec<Value> =
        references.map(|(column, (name, key))| foreign_key(table, column, name, key)).collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = json!(keys);
    }
    schema
}

/// Describes a foreign key. A reference to the same table has no `resource`.
fn foreign_key(table: &Table, column: &Column, name: &str, key: &str) -> Value {
    let mut reference = json!({ "fields": [key] });
    if name != table.name {
        reference["resource"] = json!(name);
    }
    json!({ "fields": [column.name], "reference": reference })
}

fn field(column: &Column) -> Value {
    let mut field = json!({
        "name": column.name,
        "title": column.titles[0].1,
        "description": column.description,
        "type": type_name(column.kind),
        "constraints": constraints(column),
    });
    if let Some(format) = format(column.kind) {
        field["format"] = json!(format);
    }
    if let Some(unit) = column.unit {
        field["unit"] = json!(unit);
    }
    field
}

fn constraints(column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.is_required {
        constraints.insert("required".to_owned(), json!(true));
    }
    if column.is_unique {
        constraints.insert("unique".to_owned(), json!(true));
    }
    if !column.choices.is_empty() {
        constraints.insert("enum".to_owned(), json!(column.choices));
    }
    if let Some(minimum) = column.minimum {
        constraints.insert("minimum".to_owned(), json!(minimum));
    }
    Value::Object(constraints)
}

/// Returns the Table Schema type of a column.
pub(crate) const fn type_name(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text | ColumnType::Url | ColumnType::Urls => "string",
        ColumnType::Number => "number",
        ColumnType::Integer => "integer",
        ColumnType::Flag => "boolean",
        ColumnType::Date => "date",
    }
}

const fn format(kind: ColumnType) -> Option<&'static str> {
    match kind {
        ColumnType::Url => Some("uri"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_named_after_the_sites_host() {
        assert_eq!(name("https://bulletin.example/"), "bulletin.example");
        assert_eq!(name("http://Localhost:8080/"), "localhost-8080");
        assert_eq!(name("https://[::1]/"), "---1-");
    }
}
