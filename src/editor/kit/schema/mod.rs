//! JSON Schemas of front matter and `site.toml`, from the tables of keys in `content`: with a
//! site's languages and names, and as lenient about empty values as the readers.

pub(super) mod value_types;

use serde_json::{Map, Value, json};

use super::site_outline::SiteOutline;
use crate::content::GroupKind;
use crate::content::alert::{ALERT, ALERT_TRANSLATION};
use crate::content::bulletin::keys::{BULLETIN, BULLETIN_TRANSLATION};
use crate::content::bulletin_group::{BODY, TOPIC};
use crate::content::front_matter::keys::{Key, KeyGroup, KeyType, Rule};
use crate::content::goal::keys::GOAL;
use crate::content::section::{BASIC_PAGE, CATEGORY, HOME, HOME_TRANSLATION, TRANSLATION};
use crate::content::site::keys::SETTINGS;
use crate::language::PluralForm;

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    Bulletin,
    Goal,
    /// A category of goals.
    Category,
    /// A section, or a page at the root.
    Page,
    /// An organisation that issues documents.
    Body,
    /// A subject of bulletins.
    Topic,
    /// An alert.
    Alert,
    /// The home page.
    Home,
    BulletinTranslation,
    AlertTranslation,
    /// A translation of a goal, a category, a section, a body, a topic or a page at the root.
    Translation,
    HomeTranslation,
    /// `site.toml`.
    Site,
}

impl SchemaKind {
    pub const ALL: [Self; 13] = [
        Self::Bulletin,
        Self::Goal,
        Self::Category,
        Self::Page,
        Self::Body,
        Self::Topic,
        Self::Alert,
        Self::Home,
        Self::BulletinTranslation,
        Self::AlertTranslation,
        Self::Translation,
        Self::HomeTranslation,
        Self::Site,
    ];

    /// The kind of the files of bodies or topics.
    pub(in crate::editor::kit) const fn of_group(kind: GroupKind) -> Self {
        match kind {
            GroupKind::Body => Self::Body,
            GroupKind::Topic => Self::Topic,
        }
    }

    /// The kind of the translations of a page that is in no list of forms.
    pub(in crate::editor::kit) const fn translation(self) -> Self {
        match self {
            Self::Home => Self::HomeTranslation,
            Self::Alert => Self::AlertTranslation,
            _ => Self::Translation,
        }
    }

    /// The name of its schema's file, without `.schema.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Goal => "goal",
            Self::Category => "category",
            Self::Page => "page",
            Self::Body => "body",
            Self::Topic => "topic",
            Self::Alert => "alert",
            Self::Home => "home",
            Self::BulletinTranslation => "bulletin-translation",
            Self::AlertTranslation => "alert-translation",
            Self::Translation => "translation",
            Self::HomeTranslation => "home-translation",
            Self::Site => "site",
        }
    }

    /// The keys of the file.
    pub(super) const fn keys(self) -> &'static KeyGroup {
        match self {
            Self::Bulletin => &BULLETIN,
            Self::Goal => &GOAL,
            Self::Category => &CATEGORY,
            Self::Page => &BASIC_PAGE,
            Self::Body => &BODY,
            Self::Topic => &TOPIC,
            Self::Alert => &ALERT,
            Self::Home => &HOME,
            Self::BulletinTranslation => &BULLETIN_TRANSLATION,
            Self::AlertTranslation => &ALERT_TRANSLATION,
            Self::Translation => &TRANSLATION,
            Self::HomeTranslation => &HOME_TRANSLATION,
            Self::Site => &SETTINGS,
        }
    }
}

/// The schema of a kind of file on one site.
#[must_use]
pub fn json_schema(kind: SchemaKind, outline: &SiteOutline) -> Value {
    let mut definitions = Map::new();
    let mut schema = mapping(kind.keys(), &mut definitions);
    definitions.insert("Nothing".to_owned(), empty_value());
    reference(KeyType::Line, &mut definitions);
    allow_languages(&mut definitions, outline);
    propose_names(&mut definitions, outline);
    schema["$defs"] = Value::Object(definitions);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema
}

/// The schema of a mapping. Adds the types of its values to the definitions.
fn mapping(group: &KeyGroup, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in group.keys {
        properties.insert(key.name.to_owned(), property(key, definitions));
    }
    let required: Vec<&str> =
        group.keys.iter().filter(|key| key.is_required()).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "description": group.description,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    match group.rule {
        Some(Rule::ExactlyOne(keys)) => schema["oneOf"] = keys.iter().map(|key| has(key)).collect(),
        Some(Rule::AtLeastOne(keys)) => schema["anyOf"] = keys.iter().map(|key| has(key)).collect(),
        Some(Rule::Depends { key, by, values }) => {
            schema["if"] = json!({ "properties": { by: { "enum": values } } });
            schema["then"] = has(key);
            schema["else"] = json!({ "properties": { key: nothing() } });
        }
        None => {}
    }
    schema
}

/// Requires that a key is present and not empty.
fn has(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "not": nothing() } } })
}

/// The schema of a key's value. Like the readers, it accepts a single value for a list, and an
/// empty one for a key that may be left out.
fn property(key: &Key, definitions: &mut Map<String, Value>) -> Value {
    let mut choices = match key.value {
        KeyType::List(items) => {
            let item = reference(*items, definitions);
            vec![json!({ "type": "array", "items": { "anyOf": [item, nothing()] } }), item]
        }
        KeyType::BodyOr(group) => {
            vec![
                reference(KeyType::Body, definitions),
                reference(KeyType::Group(group), definitions),
            ]
        }
        value => vec![reference(value, definitions)],
    };
    if !key.is_required() {
        choices.push(nothing());
    }
    let mut schema = match <[Value; 1]>::try_from(choices) {
        Ok([only]) => only,
        Err(choices) => json!({ "anyOf": choices }),
    };
    schema["description"] = json!(key.description);
    if let Some(label) = key.label {
        schema["title"] = json!(format!("{} · {}", label.en(), label.zh()));
    }
    schema
}

/// A reference to a type's definition, which is added if it is not there.
fn reference(value: KeyType, definitions: &mut Map<String, Value>) -> Value {
    let name = match value {
        KeyType::Group(group) => {
            if !definitions.contains_key(group.name) {
                let schema = mapping(group, definitions);
                definitions.insert(group.name.to_owned(), schema);
            }
            group.name
        }
        _ => {
            let Some((name, description, mut schema)) = value_types::definition(value) else {
                return json!({});
            };
            schema["description"] = json!(description);
            definitions.entry(name).or_insert(schema);
            name
        }
    };
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Lets texts be written once for each of the site's languages.
fn allow_languages(definitions: &mut Map<String, Value>, outline: &SiteOutline) {
    let line = json!({ "$ref": "#/$defs/Line" });
    let unit = json!({ "anyOf": [line, plural_forms()] });
    for (name, text) in [("Localised", line), ("Counted", unit)] {
        let Some(schema) = definitions.get_mut(name) else { continue };
        let mut properties = Map::new();
        for (index, tag) in outline.languages.iter().enumerate() {
            let is_default = index == 0;
            let choice =
                if is_default { text.clone() } else { json!({ "anyOf": [text, nothing()] }) };
            properties.insert(tag.clone(), choice);
        }
        let by_language = json!({
            "type": "object",
            "properties": properties,
            "required": [outline.languages.first()],
            "additionalProperties": false,
        });
        let plain = json!({ "type": schema["type"], "pattern": schema["pattern"] });
        *schema = json!({ "description": schema["description"], "anyOf": [plain, by_language] });
    }
}

/// Proposes the site's goals and categories. Other names stay valid, because only `gazette check`
/// sees all files.
fn propose_names(definitions: &mut Map<String, Value>, outline: &SiteOutline) {
    let goals: Vec<&str> = outline.goals.iter().map(|goal| goal.slug.as_str()).collect();
    let categories: Vec<&str> =
        outline.categories.iter().map(|category| category.slug.as_str()).collect();
    for (name, known) in [("GoalName", goals), ("CategoryName", categories)] {
        if known.is_empty() {
            continue;
        }
        if let Some(schema) = definitions.get_mut(name) {
            let any = json!({ "type": schema["type"], "pattern": schema["pattern"] });
            *schema =
                json!({ "description": schema["description"], "anyOf": [{ "enum": known }, any] });
        }
    }
}

fn plural_forms() -> Value {
    let line = json!({ "$ref": "#/$defs/Line" });
    let mut properties = Map::new();
    for form in PluralForm::ALL {
        let is_general = form == PluralForm::Other;
        let choice = if is_general { line.clone() } else { json!({ "anyOf": [line, nothing()] }) };
        properties.insert(form.name().to_owned(), choice);
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": ["other"],
        "additionalProperties": false,
    })
}

fn nothing() -> Value {
    json!({ "$ref": "#/$defs/Nothing" })
}

/// The schema of the values that forms save for a field that is left empty.
fn empty_value() -> Value {
    json!({
        "description": "Left out.",
        "anyOf": [
            { "type": "null" },
            { "type": "string", "pattern": r"^\s*$" },
            { "type": "array", "items": nothing() },
            {
                "type": "object",
                "additionalProperties": { "anyOf": [nothing(), { "const": false }] },
            },
        ],
    })
}
