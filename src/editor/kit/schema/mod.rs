//! From the types to the schemas of one site's files: closed, with its languages and names, and as lenient as the reader
//! about what is left empty.

mod bulletin;
mod goal;
mod page;
mod site;
pub(crate) mod value_types;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use bulletin::{Bulletin, BulletinTranslation};
use goal::Goal;
use page::{Category, Home, HomeTranslation, Page, Translation};
use site::Settings;

use super::site_outline::SiteOutline;
use crate::language::PluralForm;

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    /// A bulletin.
    Bulletin,
    /// A goal.
    Goal,
    /// A category of goals.
    Category,
    /// A section or a plain page.
    Page,
    /// The home page.
    Home,
    /// A bulletin in another language.
    BulletinTranslation,
    /// A goal, category, section or plain page in another language.
    Translation,
    /// The home page in another language.
    HomeTranslation,
    /// `site.toml`.
    Site,
}

impl SchemaKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Bulletin,
        Self::Goal,
        Self::Category,
        Self::Page,
        Self::Home,
        Self::BulletinTranslation,
        Self::Translation,
        Self::HomeTranslation,
        Self::Site,
    ];

    /// The name of its schema's file, without `.schema.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Goal => "goal",
            Self::Category => "category",
            Self::Page => "page",
            Self::Home => "home",
            Self::BulletinTranslation => "bulletin-translation",
            Self::Translation => "translation",
            Self::HomeTranslation => "home-translation",
            Self::Site => "site",
        }
    }
}

/// The schema of a kind of file on one site.
#[must_use]
pub fn json_schema(kind: SchemaKind, outline: &SiteOutline) -> Value {
    let mut schema = derived(kind);
    open(&mut schema);
    let root = schema.as_object_mut();
    let defined =
        root.and_then(|root| root.entry("$defs").or_insert_with(|| json!({})).as_object_mut());
    if let Some(defined) = defined {
        settle(defined, outline);
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema
}

/// What the types say, before a site's names and the reader's leniency are added; forms are made of it.
pub(super) fn derived(kind: SchemaKind) -> Value {
    match kind {
        SchemaKind::Bulletin => of::<Bulletin>(),
        SchemaKind::Goal => of::<Goal>(),
        SchemaKind::Category => of::<Category>(),
        SchemaKind::Page => of::<Page>(),
        SchemaKind::Home => of::<Home>(),
        SchemaKind::BulletinTranslation => of::<BulletinTranslation>(),
        SchemaKind::Translation => of::<Translation>(),
        SchemaKind::HomeTranslation => of::<HomeTranslation>(),
        SchemaKind::Site => of::<Settings>(),
    }
}

fn of<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = json!(T::json_schema(&mut generator));
    schema["$defs"] = Value::Object(generator.take_definitions(true));
    strip_nulls(&mut schema);
    schema
}

/// An optional key's type without null: null is one of the ways in which nothing is said, which [`open`] adds to all.
fn strip_nulls(schema: &mut Value) {
    let members = match schema {
        Value::Object(members) => members,
        Value::Array(items) => return items.iter_mut().for_each(strip_nulls),
        _ => return,
    };
    members.values_mut().for_each(strip_nulls);
    if let Some(Value::Array(types)) = members.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            members.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = members.get_mut("anyOf") {
        choices.retain(|choice| *choice != json!({ "type": "null" }));
        if let [Value::Object(only)] = &choices[..] {
            let only = only.clone();
            members.remove("anyOf");
            members.extend(only);
        }
    }
}

/// Lets every schema within this one accept what the reader accepts: an empty value for a key that may be left out, and
/// a single value for a list.
fn open(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    if let Some(Value::Object(defined)) = members.get_mut("$defs") {
        defined.values_mut().for_each(open);
    }
    let required = members.get("required").cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = members.get_mut("properties") else { return };
    for (name, property) in properties {
        let is_required =
            required.as_array().is_some_and(|required| required.iter().any(|known| known == name));
        opened(property, is_required);
    }
}

fn opened(property: &mut Value, is_required: bool) {
    let Value::Object(members) = property else { return };
    let mut told = Map::new();
    for key in ["title", "description"] {
        told.extend(members.remove_entry(key));
    }
    let mut choices = match members.get("items") {
        Some(item) => {
            vec![json!({ "type": "array", "items": { "anyOf": [item, nothing()] } }), item.clone()]
        }
        None => vec![Value::Object(std::mem::take(members))],
    };
    if !is_required {
        choices.push(nothing());
    }
    match (choices.len(), choices.pop()) {
        (1, Some(Value::Object(only))) => told.extend(only),
        (_, last) => {
            choices.extend(last);
            told.insert("anyOf".to_owned(), Value::Array(choices));
        }
    }
    *property = Value::Object(told);
}

/// Puts in place what depends on the site: its languages, and the names that it has.
fn settle(defined: &mut Map<String, Value>, outline: &SiteOutline) {
    defined.insert("Nothing".to_owned(), empty());
    let line = json!({ "$ref": "#/$defs/Line" });
    defined
        .entry("Line")
        .or_insert_with(|| json!({ "type": ["string", "number", "boolean"], "pattern": r"\S" }));
    by_language(defined, "Localised", &line, outline);
    by_language(defined, "Counted", &json!({ "anyOf": [line, plural_forms()] }), outline);
    let goals: Vec<&str> = outline.goals.iter().map(|goal| goal.slug.as_str()).collect();
    let categories: Vec<&str> =
        outline.categories.iter().map(|category| category.slug.as_str()).collect();
    for (name, known) in [("GoalName", goals), ("CategoryName", categories)] {
        // What the site has is proposed. What it has not yet is no mistake of this file: `gazette check` compares files.
        if let Some(schema) = defined.get_mut(name).filter(|_| !known.is_empty()) {
            let any = json!({ "type": schema["type"], "pattern": schema["pattern"] });
            *schema =
                json!({ "description": schema["description"], "anyOf": [{ "enum": known }, any] });
        }
    }
}

/// Adds to a type that it may be one text for each language; the default language's must be there.
fn by_language(defined: &mut Map<String, Value>, name: &str, text: &Value, outline: &SiteOutline) {
    let Some(schema) = defined.get_mut(name) else { return };
    let mut properties = Map::new();
    for (place, tag) in outline.languages.iter().enumerate() {
        let choice = if place == 0 { text.clone() } else { json!({ "anyOf": [text, nothing()] }) };
        properties.insert(tag.clone(), choice);
    }
    let required = outline.languages.first();
    let each = json!({ "type": "object", "properties": properties, "required": [required], "additionalProperties": false });
    let one = json!({ "type": schema["type"], "pattern": schema["pattern"] });
    *schema = json!({ "description": schema["description"], "anyOf": [one, each] });
}

fn plural_forms() -> Value {
    let line = json!({ "$ref": "#/$defs/Line" });
    let mut properties = Map::new();
    for form in PluralForm::ALL {
        let is_general = form == PluralForm::Other;
        let choice = if is_general { line.clone() } else { json!({ "anyOf": [line, nothing()] }) };
        properties.insert(form.name().to_owned(), choice);
    }
    json!({ "type": "object", "properties": properties, "required": ["other"], "additionalProperties": false })
}

fn nothing() -> Value {
    json!({ "$ref": "#/$defs/Nothing" })
}

/// Every way in which a form saves that nothing was said.
fn empty() -> Value {
    json!({
        "description": "Left out.",
        "anyOf": [
            { "type": "null" },
            { "type": "string", "pattern": r"^\s*$" },
            { "type": "array", "items": nothing() },
            { "type": "object", "additionalProperties": { "anyOf": [nothing(), { "const": false }] } },
        ],
    })
}
