//! The inputs of a form, from the schema of a kind of file: what Decap, Sveltia and Pages CMS are configured with.
//!
//! An input follows from the name of the type that a key refers to; see [`super::value`].

pub(super) mod decap;
pub(super) mod pages_cms;

use serde_json::Value;

use crate::editor::kit::schema::{SchemaKind, derived};
use crate::editor::kit::site_outline::SiteOutline;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    /// The key that it writes.
    pub(super) name: String,
    /// What stands above it.
    pub(super) label: String,
    /// What stands below it.
    pub(super) hint: String,
    pub(super) is_required: bool,
    pub(super) field_type: FieldType,
}

/// What an input takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FieldType {
    /// A line of text.
    Line,
    /// A few lines of text.
    Sentences,
    /// A date, with a time of day where the site uses them.
    Day {
        has_time: bool,
    },
    Number,
    /// A whole number.
    Place,
    Flag,
    /// One of a few words: the word, and what is shown for it.
    Choice(Vec<(String, String)>),
    /// Keys of their own.
    Group(Vec<Input>),
    /// Several of the same.
    List(Box<FieldType>),
}

/// The order of inputs in a form, for every key of every kind: words first, what is rare last.
const ORDER: [&str; 45] = [
    "title",
    "short_title",
    "summary",
    "published",
    "draft",
    "kind",
    "target",
    "baseline",
    "period",
    "report_every",
    "milestones",
    "follows",
    "source",
    "byline",
    "goal",
    "as_of",
    "value",
    "at_least",
    "at_most",
    "milestone",
    "unit",
    "status",
    "id",
    "due",
    "from",
    "to",
    "on",
    "name",
    "url",
    "note",
    "reason",
    "replaced_by",
    "sets",
    "reports",
    "mentions",
    "categories",
    "changes",
    "revises",
    "overrides",
    "expires",
    "withdrawn",
    "gone",
    "order",
    "colour",
    "aliases",
];

/// The inputs of a kind of file on one site, in their order. The body is not among them.
pub(super) fn inputs(kind: SchemaKind, outline: &SiteOutline) -> Vec<Input> {
    let schema = derived(kind);
    Maker { defined: &schema["$defs"], outline }.group(&schema, "")
}

struct Maker<'s> {
    defined: &'s Value,
    outline: &'s SiteOutline,
}

impl Maker<'_> {
    /// The inputs of a group of keys; `within` is the key that leads to it.
    fn group(&self, schema: &Value, within: &str) -> Vec<Input> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let required = schema["required"].as_array();
        let mut inputs: Vec<Input> = properties
            .filter_map(|(name, property)| {
                let path =
                    if within.is_empty() { name.clone() } else { format!("{within}.{name}") };
                let is_required =
                    required.is_some_and(|required| required.iter().any(|known| known == name));
                // What an input cannot show, it would save as empty. What has no input stays as it is; what is needed is
                // asked for, so that it is never lost unseen.
                if !is_required && self.outline.is_mixed(&path) {
                    return None;
                }
                Some(Input {
                    name: name.clone(),
                    label: text(&property["title"]),
                    hint: text(&property["description"]),
                    is_required,
                    field_type: self.field_type(property, &path),
                })
            })
            .collect();
        inputs.sort_by_key(|input| {
            ORDER.iter().position(|known| *known == input.name).unwrap_or(ORDER.len())
        });
        inputs
    }

    fn field_type(&self, property: &Value, path: &str) -> FieldType {
        if let Some(items) = property.get("items") {
            return FieldType::List(Box::new(self.field_type(items, path)));
        }
        let name = property["$ref"]
            .as_str()
            .and_then(|name| name.strip_prefix("#/$defs/"))
            .unwrap_or_default();
        let definition = &self.defined[name];
        match name {
            "Sentences" => FieldType::Sentences,
            "Day" => FieldType::Day {
                has_time: self.outline.has_times && matches!(path, "published" | "expires"),
            },
            "Number" => FieldType::Number,
            "Place" => FieldType::Place,
            "Flag" => FieldType::Flag,
            "GoalName" => choice(self.outline.goals.iter().map(|goal| (&goal.slug, &goal.title))),
            "CategoryName" => {
                choice(self.outline.categories.iter().map(|known| (&known.slug, &known.title)))
            }
            "Localised" | "Counted" if self.outline.is_by_language(path) => self.by_language(),
            _ if definition.get("properties").is_some() => {
                FieldType::Group(self.group(definition, path))
            }
            _ => match definition["enum"].as_array() {
                Some(words) => choice(words.iter().map(|word| (text(word), text(word)))),
                None => FieldType::Line,
            },
        }
    }

    /// One line for each language; the default language's is needed.
    fn by_language(&self) -> FieldType {
        let input = |(place, tag): (usize, &String)| Input {
            name: tag.clone(),
            label: tag.clone(),
            hint: String::new(),
            is_required: place == 0,
            field_type: FieldType::Line,
        };
        FieldType::Group(self.outline.languages.iter().enumerate().map(input).collect())
    }
}

fn choice(words: impl Iterator<Item = (impl ToString, impl ToString)>) -> FieldType {
    FieldType::Choice(words.map(|(word, label)| (word.to_string(), label.to_string())).collect())
}

/// A text of the schema as one line.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::kit::TextForms;

    fn keys(schema: &Value, keys: &mut Vec<String>) {
        if let Value::Object(members) = schema {
            keys.extend(
                members
                    .get("properties")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flat_map(|all| all.keys().cloned()),
            );
            members.values().for_each(|member| self::keys(member, keys));
        }
    }

    #[test]
    fn every_key_of_front_matter_has_a_place_in_forms() {
        for kind in SchemaKind::ALL.into_iter().filter(|kind| *kind != SchemaKind::Site) {
            let mut found = Vec::new();
            keys(&derived(kind), &mut found);
            assert!(!found.is_empty());
            for key in found {
                assert!(ORDER.contains(&key.as_str()), "{key} of {kind:?}");
            }
        }
    }

    #[test]
    fn what_an_input_cannot_show_has_none_unless_it_is_needed() {
        let mut outline = SiteOutline {
            languages: vec!["en".to_owned(), "zh".to_owned()],
            ..SiteOutline::default()
        };
        let mixed = TextForms {
            plain: vec!["a.md".into()],
            by_language: vec!["b.md".into()],
            with_plurals: Vec::new(),
        };
        outline.text_forms.extend([("byline", mixed.clone()), ("source.name", mixed)]);
        let inputs = inputs(SchemaKind::Bulletin, &outline);
        assert!(!inputs.iter().any(|input| input.name == "byline"));
        let source = inputs.iter().find(|input| input.name == "source").unwrap();
        assert!(
            matches!(&source.field_type, FieldType::Group(keys) if keys.len() == 2),
            "{source:?}"
        );
    }

    #[test]
    fn an_input_follows_from_the_type_of_its_key() {
        let outline = SiteOutline {
            languages: vec!["en".to_owned(), "zh".to_owned()],
            ..SiteOutline::default()
        };
        let inputs = inputs(SchemaKind::Goal, &outline);
        let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names[..5], ["title", "short_title", "summary", "draft", "kind"]);
        let target = inputs.iter().find(|input| input.name == "target").unwrap();
        let FieldType::Group(keys) = &target.field_type else { panic!("{target:?}") };
        let shapes: Vec<(&str, &FieldType)> =
            keys.iter().map(|key| (key.name.as_str(), &key.field_type)).collect();
        assert!(
            matches!(
                shapes[..],
                [
                    ("value", FieldType::Number),
                    ("at_most", FieldType::Flag),
                    ("unit", FieldType::Group(_))
                ]
            ),
            "{shapes:?}"
        );
    }
}
