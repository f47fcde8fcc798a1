//! The inputs of forms for Decap, Sveltia and Pages CMS, from the tables of keys in `content`.

pub(super) mod decap;
pub(super) mod pages_cms;

use crate::content::front_matter::keys::{KeyGroup, KeyType};
use crate::editor::kit::schema::{SchemaKind, value_types};
use crate::editor::kit::site_outline::SiteOutline;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    /// The key that the field writes.
    pub(super) name: String,
    pub(super) label: String,
    /// The help text.
    pub(super) hint: String,
    pub(super) is_required: bool,
    pub(super) field_type: FieldType,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FieldType {
    /// A line of text.
    Line,
    /// A few lines of text.
    Sentences,
    /// A date, with a time of day if the site uses them.
    Day {
        has_time: bool,
    },
    Number,
    WholeNumber,
    Flag,
    /// One of a few words, each with its label.
    Choice(Vec<(String, String)>),
    /// A group of keys.
    Group(Vec<Input>),
    /// A list.
    List(Box<FieldType>),
}

/// The inputs for a kind of file on one site, in the order of its table of keys. The body is not
/// among them.
pub(super) fn inputs(kind: SchemaKind, outline: &SiteOutline) -> Vec<Input> {
    FormBuilder { outline }.group(kind.keys(), "")
}

struct FormBuilder<'s> {
    outline: &'s SiteOutline,
}

impl FormBuilder<'_> {
    /// The inputs for a group of keys; `within` is the path of the key that leads to it.
    fn group(&self, group: &KeyGroup, within: &str) -> Vec<Input> {
        let mut inputs = Vec::new();
        for key in group.keys {
            let path = if within.is_empty() {
                key.name.to_owned()
            } else {
                format!("{within}.{}", key.name)
            };
            // A form would save a value as empty that its input cannot show. An optional key
            // therefore has no input, and stays as it is; a required one is asked for, so that it
            // is never lost unseen.
            let is_hidden = match key.value {
                KeyType::BodyOr(_) => self.outline.own_contacts > 0,
                _ => self.outline.is_mixed(&path),
            };
            if !key.is_required() && is_hidden {
                continue;
            }
            let label = key.label.map_or_else(
                || key.name.to_owned(),
                |label| format!("{} · {}", label.en(), label.zh()),
            );
            inputs.push(Input {
                name: key.name.to_owned(),
                label,
                hint: key.description.to_owned(),
                is_required: key.is_required(),
                field_type: self.field_type(key.value, &path),
            });
        }
        inputs
    }

    fn field_type(&self, value: KeyType, path: &str) -> FieldType {
        match value {
            KeyType::List(items) => FieldType::List(Box::new(self.field_type(*items, path))),
            KeyType::Group(group) => FieldType::Group(self.group(group, path)),
            KeyType::Sentences => FieldType::Sentences,
            KeyType::Date => FieldType::Day {
                has_time: self.outline.has_times && matches!(path, "published" | "expires"),
            },
            KeyType::Number => FieldType::Number,
            KeyType::WholeNumber => FieldType::WholeNumber,
            KeyType::Flag => FieldType::Flag,
            KeyType::Goal => {
                choice(self.outline.goals.iter().map(|goal| (&goal.slug, &goal.title)))
            }
            KeyType::Category => {
                choice(self.outline.categories.iter().map(|known| (&known.slug, &known.title)))
            }
            KeyType::Localised | KeyType::Unit if self.outline.is_by_language(path) => {
                self.by_language()
            }
            _ => match value_types::choices(value) {
                Some(words) => choice(words.into_iter().map(|word| (word, word))),
                None => FieldType::Line,
            },
        }
    }

    /// One line for each language; only the default language is required.
    fn by_language(&self) -> FieldType {
        let languages = self.outline.languages.iter().enumerate();
        FieldType::Group(
            languages
                .map(|(index, tag)| Input {
                    name: tag.clone(),
                    label: tag.clone(),
                    hint: String::new(),
                    is_required: index == 0,
                    field_type: FieldType::Line,
                })
                .collect(),
        )
    }
}

fn choice(words: impl Iterator<Item = (impl ToString, impl ToString)>) -> FieldType {
    FieldType::Choice(words.map(|(word, label)| (word.to_string(), label.to_string())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::kit::TextForms;

    #[test]
    fn mixed_texts_have_input_only_if_required() {
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
    fn input_follows_from_type_of_key() {
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
                    ("unit", FieldType::Group(_)),
                    ("at_most", FieldType::Flag)
                ]
            ),
            "{shapes:?}"
        );
    }
}
