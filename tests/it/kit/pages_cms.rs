//! A model of Pages CMS 2.1: how it opens a file, validates the form, and saves it with the file.

use gazette::editor::kit::Repository;
use gazette::source::{Snapshot, Source};
use serde_json::{Map, Value, json};

use super::outline;
use crate::harness::{Folder, real_snapshot, repository};

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn is_list(field: &Value) -> bool {
    field["list"] == true
}

/// The state of a form for a file: fields without a value get the default of their type.
fn open(fields: &[Value], found: &Value) -> Value {
    let mut state = Map::new();
    for field in fields {
        let name = field["name"].as_str().expect("a name");
        let value = &found[name];
        let opened = if is_list(field) {
            let items = value.as_array().map_or(&[][..], Vec::as_slice);
            let open_item = |item: &Value| match field["type"].as_str() {
                Some("object") => open(list(field, "fields"), item),
                _ => item.clone(),
            };
            items.iter().map(open_item).collect()
        } else if field["type"] == "object" {
            open(list(field, "fields"), value)
        } else if !value.is_null() {
            value.clone()
        } else if let Some(default) = field.get("default") {
            default.clone()
        } else if field["type"] == "boolean" {
            json!(false)
        } else {
            json!("")
        };
        state.insert(name.to_owned(), opened);
    }
    Value::Object(state)
}

/// Whether an object that is not required counts as absent: booleans and numbers are values.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(entries) => entries.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn validate_all(fields: &[Value], state: &Value) -> Result<Value, String> {
    let mut valid = Map::new();
    for field in fields {
        let name = field["name"].as_str().expect("a name");
        let validated = match &state[name] {
            Value::Array(items) if is_list(field) => {
                if field["required"] == true && items.is_empty() {
                    return Err(format!("{name}: at least one item"));
                }
                items.iter().map(|item| validate(field, item)).collect::<Result<Value, _>>()
            }
            value => validate(field, value),
        };
        valid.insert(name.to_owned(), validated.map_err(|error| format!("{name}: {error}"))?);
    }
    Ok(Value::Object(valid))
}

fn validate(field: &Value, value: &Value) -> Result<Value, String> {
    let is_required = field["required"] == true;
    let text = value.as_str();
    match field["type"].as_str().expect("a type") {
        "object" if !is_required && is_empty(value) => Ok(Value::Null),
        "object" => validate_all(list(field, "fields"), value),
        // An empty number that is required is saved as 0.
        "number" if text == Some("") => Ok(if is_required { json!(0) } else { value.clone() }),
        "number" if value.is_number() => Ok(value.clone()),
        "boolean" => Ok(json!(value == true)),
        "select" => {
            let values = list(&field["options"], "values");
            let is_known = match value {
                Value::Array(items) => items.iter().all(|item| values.contains(item)),
                _ => values.contains(value) || (!is_required && is_empty(value)),
            };
            if is_known { Ok(value.clone()) } else { Err(format!("invalid option {value}")) }
        }
        "date" => Err("a date loses what its format does not parse".to_owned()),
        "string" | "text" | "code" => match text {
            None => Err(format!("{value} is not a text")),
            Some("") if is_required => Err("required".to_owned()),
            Some(_) => match field["pattern"]["regex"].as_str() {
                Some(pattern) if !matches(pattern, value) => Err(format!("{value} is no date")),
                _ => Ok(value.clone()),
            },
        },
        other => Err(format!("{other} with {value}")),
    }
}

/// Whether a text matches a pattern of ECMAScript.
fn matches(pattern: &str, text: &Value) -> bool {
    jsonschema::draft202012::new(&json!({ "pattern": pattern })).unwrap().is_valid(text)
}

/// Merges what a form saves with the file: objects are merged, everything else is replaced.
fn merge(saved: Value, file: &Value) -> Value {
    match (saved, file) {
        (Value::Object(saved), Value::Object(file)) => {
            let mut merged = file.clone();
            for (key, value) in saved {
                let value = merge(value, file.get(&key).unwrap_or(&Value::Null));
                merged.insert(key, value);
            }
            Value::Object(merged)
        }
        (saved, _) => saved,
    }
}

/// Removes what is empty.
fn clean(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), clean(value)));
            Value::Object(entries.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => items.iter().map(clean).filter(|item| !is_empty(item)).collect(),
        other => other.clone(),
    }
}

/// The entry of the configuration that opens a file.
fn entry_of<'c>(config: &'c Value, path: &str) -> Option<&'c Value> {
    let (folder, name) = path.rsplit_once('/')?;
    list(config, "content").iter().find(|entry| match entry["type"].as_str() {
        Some("file") => entry["path"] == path,
        _ => entry["path"] == folder && !list(entry, "exclude").contains(&json!(name)),
    })
}

/// The files that a form does not save as they were, with the reason.
fn damaged(snapshot: &Snapshot) -> (usize, Vec<String>) {
    let kit = gazette::editor::kit::files(&outline(snapshot), &Repository::default());
    let (_, config) = kit.iter().find(|(path, _)| path == ".pages.yml").expect("a configuration");
    let config: Value = serde_saphyr::from_str(config).expect("YAML");
    let (mut count, mut damaged) = (0, Vec::new());
    for (path, _) in snapshot.files().filter(|(path, _)| path.ends_with(".md")) {
        let text = snapshot.text(path).expect("text");
        let (_, rest) = text.split_once("---\n").expect("front matter");
        let (front_matter, body) = rest.split_once("---\n").expect("front matter");
        let mut file: Value = serde_saphyr::from_str(front_matter).expect("YAML");
        file["body"] = json!(body);
        let Some(entry) = entry_of(&config, &format!("content/{path}")) else {
            damaged.push(format!("{path}: no form"));
            continue;
        };
        count += 1;
        let fields = list(entry, "fields");
        match validate_all(fields, &open(fields, &file)) {
            Err(error) => damaged.push(format!("{path}: {error}")),
            Ok(saved) => {
                let mut saved = clean(&merge(saved, &file));
                if file["draft"].is_null() && saved["draft"] == false {
                    saved.as_object_mut().expect("a map").remove("draft");
                }
                if saved != clean(&file) {
                    damaged.push(format!("{path}: {saved}"));
                }
            }
        }
    }
    (count, damaged)
}

#[test]
fn pages_cms_saves_every_file_unchanged() {
    let rimewater = Source::Directory(repository().join("tests/fixtures/rimewater"));
    for snapshot in [real_snapshot(), rimewater.snapshot().expect("a fixture").0] {
        let (count, damaged) = damaged(&snapshot);
        assert!(count > 40, "{count}");
        assert_eq!(damaged, Vec::<String>::new());
    }
}

#[test]
fn pages_cms_keeps_dates_with_and_without_time() {
    let city = Folder::city()
        .bulletin("opens", "published: 2024-10-01T09:30\nmentions: [lake]", "")
        .bulletin("begins", "published: 2024-09-01\nexpires: 2030-01-01", "")
        .bulletin("ends", "published: 2024-09-01\ngone: { on: 2024-09-02, reason: Wrong. }", "")
        .goal("lake", "kind: direction")
        .goal("wells", "kind: increase\ntarget: { value: 12, unit: wells, at_most: true }");
    let (count, damaged) = damaged(&city.snapshot());
    assert!(count > 7, "{count}");
    assert_eq!(damaged, Vec::<String>::new());
}
