//! The tables of keys in the editors' guide (`docs/editing.md`).

use std::fmt::Write as _;

use super::schema::SchemaKind;
use super::schema::value_types::{choices, description};
use crate::content::front_matter::keys::{Key, KeyGroup, KeyType};

/// The kinds of files with tables of their own; translations have some of the originals' keys.
const KINDS: [(SchemaKind, &str); 6] = [
    (SchemaKind::Bulletin, "A bulletin"),
    (SchemaKind::Goal, "A goal"),
    (SchemaKind::Category, "A category"),
    (SchemaKind::Page, "A section or another page"),
    (SchemaKind::Alert, "An alert"),
    (SchemaKind::Site, "`site.toml`"),
];

/// Renders a table of keys in Markdown for each kind of file, and for each mapping inside.
#[must_use]
pub fn key_tables() -> String {
    let mut text = String::new();
    for (kind, heading) in KINDS {
        let mut groups = vec![(heading.to_owned(), kind.keys())];
        let mut index = 0;
        while let Some((heading, group)) = groups.get(index).cloned() {
            let _ = write!(text, "\n{} {heading}\n\n", if index == 0 { "###" } else { "####" });
            table(&mut text, group);
            for key in group.keys {
                if let Some(inner) = inner_group(key.value)
                    && !groups.iter().any(|(_, known)| known.name == inner.name)
                {
                    groups.push((format!("`{}`", key.name), inner));
                }
            }
            index += 1;
        }
    }
    text
}

fn table(text: &mut String, group: &KeyGroup) {
    text.push_str("| Key | Value | Meaning |\n| --- | --- | --- |\n");
    for Key { name, value, description, .. } in group.keys {
        let is_required = group.get(name).is_some_and(Key::is_required);
        let mark = if is_required { " (required)" } else { "" };
        let _ = writeln!(
            text,
            "| `{name}`{mark} | {} | {} |",
            cell(&value_text(*value)),
            cell(description)
        );
    }
}

fn inner_group(value: KeyType) -> Option<&'static KeyGroup> {
    match value {
        KeyType::Group(group) | KeyType::BodyOr(group) => Some(group),
        KeyType::List(item) => inner_group(*item),
        _ => None,
    }
}

/// Describes a type of value in a few words.
fn value_text(value: KeyType) -> String {
    if let Some(words) = choices(value) {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        return words.join(", ");
    }
    match value {
        KeyType::List(item) => match inner_group(*item) {
            Some(_) => "a list, see below".to_owned(),
            None => format!("a list; each item: {}", lower_first(&value_text(*item))),
        },
        KeyType::Group(_) => "keys, see below".to_owned(),
        KeyType::BodyOr(_) => "the name of a body; or keys, see below".to_owned(),
        _ => {
            let text = description(value).unwrap_or_default();
            text.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Escapes the sign that ends a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
