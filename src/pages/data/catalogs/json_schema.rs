//! The JSON Schema of each kind of file, derived from the types that write it.
//!
//! Schemas are made with the edition, not embedded: they contain the site's own address, and they
//! are derived from the types that write the files, so that the two cannot differ.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::external_schemas;
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::page::bulletin::BulletinData;
use crate::pages::data::page::category::CategoryData;
use crate::pages::data::page::goal::GoalData;
use crate::pages::data::page::goal_list::GoalListData;
use crate::pages::data::page::home::HomeData;
use crate::pages::data::page::method::MethodData;
use crate::pages::data::page::search::SearchData;
use crate::pages::data::page::section::SectionData;
use crate::pages::data::page::static_page::StaticPageData;
use crate::pages::data::page::versions::{ComparisonData, VersionData, VersionsData};
use crate::pages::data::tables::bulletins::BulletinsFile;
use crate::pages::data::tables::documents::DocumentsFile;
use crate::pages::data::tables::goals::GoalsFile;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the complete schema of a kind of file.
pub(crate) fn schema_of(kind: FileKind, context: &Context<'_>) -> Value {
    let own = match kind {
        FileKind::Home => derive_schema::<HomeData<'_>>(),
        FileKind::Section => derive_schema::<SectionData<'_>>(),
        FileKind::GoalsPage => derive_schema::<GoalListData<'_>>(),
        FileKind::Method => derive_schema::<MethodData<'_>>(),
        FileKind::Category => derive_schema::<CategoryData<'_>>(),
        FileKind::Goal => derive_schema::<GoalData<'_>>(),
        FileKind::Bulletin => derive_schema::<BulletinData<'_>>(),
        FileKind::Versions => derive_schema::<VersionsData<'_>>(),
        FileKind::Version => derive_schema::<VersionData<'_>>(),
        FileKind::Comparison => derive_schema::<ComparisonData<'_>>(),
        FileKind::StaticPage => derive_schema::<StaticPageData<'_>>(),
        FileKind::Search => derive_schema::<SearchData<'_>>(),
        FileKind::Goals => derive_schema::<GoalsFile<'_>>(),
        FileKind::Bulletins => derive_schema::<BulletinsFile<'_>>(),
        FileKind::Documents => derive_schema::<DocumentsFile<'_>>(),
        FileKind::Feed => external_schemas::feed(),
        FileKind::Catalog => external_schemas::catalog(),
        FileKind::CsvMetadata => external_schemas::csv_metadata(),
        FileKind::DataPackage => external_schemas::data_package(),
        FileKind::OpenApi => external_schemas::openapi(),
    };
    set_identity(own, &kind.schema_url(context), kind.name())
}

/// Derives the schema of a type's serialization.
fn derive_schema<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = json!(T::json_schema(&mut generator));
    let definitions = generator.take_definitions(true);
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    close(&mut schema);
    schema
}

/// Closes a schema and every schema within it: no additional properties, and optional properties
/// are absent instead of null.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.contains_key("properties") {
                members.entry("additionalProperties").or_insert(json!(false));
                remove_nulls(members);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Removes null from optional properties, because the types leave out absent values.
fn remove_nulls(object: &mut Map<String, Value>) {
    let required: Vec<Value> =
        object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (name, property) in properties {
        if !required.iter().any(|known| known == name) {
            remove_null(property);
        }
    }
}

fn remove_null(property: &mut Value) {
    let null = json!({ "type": "null" });
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            property["type"] = only.clone();
        }
    }
    let Some(members) = property.as_object_mut() else { return };
    if let Some(Value::Array(choices)) = members.get_mut("anyOf") {
        choices.retain(|choice| *choice != null);
        if let [Value::Object(only)] = &choices[..] {
            let only = only.clone();
            members.remove("anyOf");
            members.extend(only);
        }
    }
}

/// Sets dialect, id and title of a schema. Files of the site's own kinds name the id in `$schema`;
/// files of an external format may name the format's schema there.
fn set_identity(mut schema: Value, url: &str, title: &str) -> Value {
    schema["$schema"] = json!(DIALECT);
    schema["$id"] = json!(url);
    schema["title"] = json!(title);
    if let Some(Value::Object(named)) = schema.pointer_mut("/properties/$schema") {
        named.entry("const").or_insert(json!(url));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_schema_refuses_other_keys_and_null() {
        let mut schema = json!({
            "properties": {
                "must": { "type": ["string", "null"] },
                "may": { "type": ["string", "null"] },
                "other": {
                    "description": "x",
                    "anyOf": [{ "$ref": "#/$defs/Other" }, { "type": "null" }],
                },
            },
            "required": ["must"],
            "$defs": { "Other": { "properties": {} } },
        });
        close(&mut schema);
        assert_eq!(
            schema,
            json!({
                "properties": {
                    "must": { "type": ["string", "null"] },
                    "may": { "type": "string" },
                    "other": { "description": "x", "$ref": "#/$defs/Other" },
                },
                "required": ["must"],
                "additionalProperties": false,
                "$defs": { "Other": { "properties": {}, "additionalProperties": false } },
            })
        );
    }
}
