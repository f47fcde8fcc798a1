//! Schemas of files in external formats: the subset that this site writes, not all that the format
//! allows. Each schema names the format's specification.

use serde_json::{Value, json};

use super::data_package;
use crate::pages::data::tables::ColumnType;

/// JSON Feed 1.1 (jsonfeed.org).
pub(crate) fn feed() -> Value {
    json!({
        "description": "A feed of bulletins in JSON Feed 1.1, the newest first.",
        "type": "object",
        "properties": {
            "version": { "const": "https://jsonfeed.org/version/1.1" },
            "title": text(),
            "home_page_url": uri(),
            "feed_url": uri(),
            "description": text(),
            "language": text(),
            "authors": authors(),
            "author": author(),
            "items": { "type": "array", "items": feed_item() },
        },
        "required": [
            "version", "title", "home_page_url", "feed_url", "language", "authors", "items",
        ],
        "additionalProperties": false,
    })
}

fn authors() -> Value {
    json!({ "type": "array", "items": author() })
}

fn author() -> Value {
    object(json!({ "name": text() }), &["name"])
}

fn feed_item() -> Value {
    let properties = json!({
        "id": uri(),
        "url": uri(),
        "title": text(),
        "summary": text(),
        "authors": authors(),
        "author": author(),
        "content_html": text(),
        "date_published": instant(),
        "date_modified": instant(),
        "language": text(),
        "tags": { "type": "array", "items": text() },
    });
    let required = [
        "id",
        "url",
        "title",
        "authors",
        "content_html",
        "date_published",
        "date_modified",
        "language",
        "tags",
    ];
    object(properties, &required)
}

/// DCAT 3 (w3.org/TR/vocab-dcat-3).
pub(crate) fn catalog() -> Value {
    let dataset = json!({
        "type": "object",
        "properties": {
            "@type": { "const": "dcat:Dataset" },
            "dcat:distribution": { "type": "array", "minItems": 1, "items": distribution() },
        },
        "required": [
            "@id", "@type", "dct:title", "dct:description", "dct:publisher", "dcat:distribution",
        ],
    });
    let service = json!({
        "type": "object",
        "properties": { "@type": { "const": "dcat:DataService" } },
        "required": [
            "@id", "@type", "dct:title", "dcat:endpointURL", "dcat:endpointDescription",
            "dcat:servesDataset",
        ],
    });
    json!({
        "description": "The catalogue of the site's data in DCAT 3, as JSON-LD.",
        "type": "object",
        "properties": {
            "@context": { "type": "object", "additionalProperties": uri() },
            "@id": uri(),
            "@type": { "const": "dcat:Catalog" },
            "dcat:dataset": { "type": "array", "items": dataset },
            "dcat:service": { "type": "array", "items": service },
        },
        "required": [
            "@context", "@id", "@type", "dct:title", "dct:description", "dct:publisher",
            "dcat:dataset", "dcat:service",
        ],
    })
}

fn distribution() -> Value {
    json!({
        "type": "object",
        "properties": { "@id": uri(), "@type": { "const": "dcat:Distribution" } },
        "required": [
            "@id", "@type", "dcat:accessURL", "dcat:downloadURL", "dcat:mediaType", "dcat:byteSize",
        ],
    })
}

/// CSV on the Web (w3.org/TR/tabular-metadata).
pub(crate) fn csv_metadata() -> Value {
    let column = json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "pattern": "^[a-z][a-z0-9_]*$" },
            "titles": { "type": "object", "additionalProperties": text() },
            "datatype": { "type": "object", "required": ["base"] },
            "required": { "type": "boolean" },
        },
        "required": ["name", "titles", "datatype", "required"],
    });
    let table = json!({
        "type": "object",
        "properties": {
            "url": text(),
            "tableSchema": {
                "type": "object",
                "properties": { "columns": { "type": "array", "items": column } },
                "required": ["columns"],
            },
        },
        "required": ["url", "tableSchema"],
    });
    json!({
        "description": "The tables for CSV on the Web.",
        "type": "object",
        "properties": {
            "@context": {
                "type": "array",
                "prefixItems": [{ "const": "http://www.w3.org/ns/csvw" }],
            },
            "dialect": { "type": "object" },
            "tables": { "type": "array", "minItems": 1, "items": table },
        },
        "required": ["@context", "dialect", "tables"],
    })
}

/// A Data Package of version 2 (datapackage.org).
pub(crate) fn data_package() -> Value {
    use ColumnType::{Date, Flag, Integer, Number, Text};
    let types = [Text, Number, Integer, Flag, Date].map(data_package::type_name);
    let field = json!({
        "type": "object",
        "properties": {
            "name": text(),
            "type": { "enum": types },
            "constraints": { "type": "object" },
        },
        "required": ["name", "title", "description", "type", "constraints"],
    });
    let resource = json!({
        "type": "object",
        "properties": {
            "name": text(),
            "path": { "type": "string", "pattern": "^[a-z]+\\.csv$" },
            "bytes": { "type": "integer", "minimum": 3 },
            "schema": {
                "type": "object",
                "properties": { "fields": { "type": "array", "items": field } },
                "required": ["fields"],
            },
        },
        "required": [
            "name", "path", "format", "mediatype", "encoding", "dialect", "bytes", "schema",
        ],
    });
    json!({
        "description": "The tables as a Data Package, version 2.",
        "type": "object",
        "properties": {
            "$schema": { "const": data_package::PROFILE },
            "name": { "type": "string", "pattern": "^[a-z0-9._-]+$" },
            "resources": { "type": "array", "minItems": 1, "items": resource },
        },
        "required": ["$schema", "name", "title", "homepage", "resources"],
    })
}

/// `OpenAPI` 3.1 (spec.openapis.org).
pub(crate) fn openapi() -> Value {
    let operation = object(
        json!({
            "operationId": text(),
            "summary": text(),
            "parameters": { "type": "array" },
            "responses": { "type": "object", "required": ["200", "304"] },
        }),
        &["operationId", "summary", "parameters", "responses"],
    );
    let item = object(json!({ "servers": { "type": "array" }, "get": operation }), &["get"]);
    json!({
        "description": "The description of the site's API, in OpenAPI 3.1.",
        "type": "object",
        "properties": {
            "openapi": { "type": "string", "pattern": "^3\\.1\\.\\d+$" },
            "info": { "type": "object", "required": ["title", "version"] },
            "paths": {
                "type": "object",
                "propertyNames": { "pattern": "^/" },
                "additionalProperties": item,
            },
        },
        "required": ["openapi", "info", "servers", "paths", "components"],
    })
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn uri() -> Value {
    json!({ "type": "string", "format": "uri" })
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is made where it is handed in, and lives on in what is returned"
)]
fn object(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
