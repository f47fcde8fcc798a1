//! The inputs of a form, from the schema of a kind of file: what Decap, Sveltia and Pages CMS are configured with.
//!
//! An input follows from the name of the type that a key refers to; see [`super::value`].

use serde_json::Value;

use super::inventory::Inventory;
use super::schema::{FileKind, derived};

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
    pub(super) shape: Shape,
}

/// What an input takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
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
    List(Box<Shape>),
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
pub(super) fn inputs(kind: FileKind, inventory: &Inventory) -> Vec<Input> {
    let schema = derived(kind);
    Maker { defined: &schema["$defs"], inventory }.group(&schema, "")
}

struct Maker<'s> {
    defined: &'s Value,
    inventory: &'s Inventory,
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
                if !is_required && self.inventory.is_mixed(&path) {
                    return None;
                }
                Some(Input {
                    name: name.clone(),
                    label: text(&property["title"]),
                    hint: text(&property["description"]),
                    is_required,
                    shape: self.shape(property, &path),
                })
            })
            .collect();
        inputs.sort_by_key(|input| {
            ORDER.iter().position(|known| *known == input.name).unwrap_or(ORDER.len())
        });
        inputs
    }

    fn shape(&self, property: &Value, path: &str) -> Shape {
        if let Some(items) = property.get("items") {
            return Shape::List(Box::new(self.shape(items, path)));
        }
        let name = property["$ref"]
            .as_str()
            .and_then(|name| name.strip_prefix("#/$defs/"))
            .unwrap_or_default();
        let definition = &self.defined[name];
        match name {
            "Sentences" => Shape::Sentences,
            "Day" => Shape::Day {
                has_time: self.inventory.has_times && matches!(path, "published" | "expires"),
            },
            "Number" => Shape::Number,
            "Place" => Shape::Place,
            "Flag" => Shape::Flag,
            "GoalName" => choice(self.inventory.goals.iter().map(|goal| (&goal.slug, &goal.title))),
            "CategoryName" => {
                choice(self.inventory.categories.iter().map(|known| (&known.slug, &known.title)))
            }
            "Localised" | "Counted" if self.inventory.is_by_language(path) => self.by_language(),
            _ if definition.get("properties").is_some() => {
                Shape::Group(self.group(definition, path))
            }
            _ => match definition["enum"].as_array() {
                Some(words) => choice(words.iter().map(|word| (text(word), text(word)))),
                None => Shape::Line,
            },
        }
    }

    /// One line for each language; the default language's is needed.
    fn by_language(&self) -> Shape {
        let input = |(place, tag): (usize, &String)| Input {
            name: tag.clone(),
            label: tag.clone(),
            hint: String::new(),
            is_required: place == 0,
            shape: Shape::Line,
        };
        Shape::Group(self.inventory.languages.iter().enumerate().map(input).collect())
    }
}

fn choice(words: impl Iterator<Item = (impl ToString, impl ToString)>) -> Shape {
    Shape::Choice(words.map(|(word, label)| (word.to_string(), label.to_string())).collect())
}

/// A text of the schema as one line.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::Writing;

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
        for kind in FileKind::ALL.into_iter().filter(|kind| *kind != FileKind::Site) {
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
        let mut inventory =
            Inventory { languages: vec!["en".to_owned(), "zh".to_owned()], ..Inventory::default() };
        let mixed = Writing {
            plain: vec!["a.md".into()],
            by_language: vec!["b.md".into()],
            with_plurals: Vec::new(),
        };
        inventory.writing.extend([("byline", mixed.clone()), ("source.name", mixed)]);
        let inputs = inputs(FileKind::Bulletin, &inventory);
        assert!(!inputs.iter().any(|input| input.name == "byline"));
        let source = inputs.iter().find(|input| input.name == "source").unwrap();
        assert!(matches!(&source.shape, Shape::Group(keys) if keys.len() == 2), "{source:?}");
    }

    #[test]
    fn an_input_follows_from_the_type_of_its_key() {
        let inventory =
            Inventory { languages: vec!["en".to_owned(), "zh".to_owned()], ..Inventory::default() };
        let inputs = inputs(FileKind::Goal, &inventory);
        let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names[..5], ["title", "short_title", "summary", "draft", "kind"]);
        let target = inputs.iter().find(|input| input.name == "target").unwrap();
        let Shape::Group(keys) = &target.shape else { panic!("{target:?}") };
        let shapes: Vec<(&str, &Shape)> =
            keys.iter().map(|key| (key.name.as_str(), &key.shape)).collect();
        assert!(
            matches!(
                shapes[..],
                [("value", Shape::Number), ("at_most", Shape::Flag), ("unit", Shape::Group(_))]
            ),
            "{shapes:?}"
        );
    }
}
