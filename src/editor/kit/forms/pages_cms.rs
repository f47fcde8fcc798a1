//! The configuration for Pages CMS (<https://pagescms.org>), which edits the files of a GitHub
//! repository in a browser.
//!
//! It does not support translations: they are in the same lists as the originals, with their facts
//! left empty.
//!
//! Three properties of its version 2.1 decide the types of fields. What the field of a date cannot
//! parse by its one format is emptied and removed from the file, and an empty date inside an empty
//! object stops saving; a date is therefore a text with a pattern. An object counts as empty only
//! if it holds no boolean, not even `false`. Saving merges objects with the file, but replaces
//! lists.

use super::{FieldType, Input, inputs};
use crate::editor::kit::schema::SchemaKind;
use crate::editor::kit::site_outline::SiteOutline;
use crate::editor::kit::yaml::{Yaml, map};

/// The whole configuration, without its mark.
pub(in crate::editor::kit) fn config(outline: &SiteOutline) -> String {
    let root = map! {
        "media": map! { "input": format!("{}/media", outline.folder), "output": "/media" },
        // What no input writes stays as it is.
        "settings": map! { "content": map! { "merge": true } },
    };
    root.with("content", entries(outline)).document()
}

fn entries(outline: &SiteOutline) -> Vec<Yaml> {
    let mut entries = Vec::new();
    for section in &outline.sections {
        let path = format!("{}/{}", outline.folder, section.slug);
        entries.push(collection(
            outline,
            &section.slug,
            &section.title,
            &path,
            SchemaKind::Bulletin,
        ));
    }
    for category in &outline.categories {
        let path = format!("{}/goals/{}", outline.folder, category.slug);
        let name = format!("goals-{}", category.slug);
        entries.push(collection(outline, &name, &category.title, &path, SchemaKind::Goal));
    }
    for (path, label, kind) in files(outline) {
        let name = path.replace('_', "").replace(['/', '.'], "-");
        let file = map! {
            "name": name,
            "label": label,
            "type": "file",
            "path": format!("{}/{path}.md", outline.folder),
        };
        entries.push(file.with("format", "yaml-frontmatter").with("fields", fields(outline, kind)));
    }
    entries
}

fn collection(
    outline: &SiteOutline,
    name: &str,
    label: &str,
    path: &str,
    kind: SchemaKind,
) -> Yaml {
    let shown = if kind == SchemaKind::Bulletin {
        vec!["title", "published"]
    } else {
        vec!["title", "kind"]
    };
    let excluded: Vec<String> = std::iter::once("_index.md".to_owned())
        .chain(outline.languages.iter().skip(1).map(|tag| format!("_index.{tag}.md")))
        .collect();
    map! {
        "name": name,
        "label": label,
        "type": "collection",
        "path": path,
        "format": "yaml-frontmatter",
        "subfolders": false,
        "exclude": excluded,
        "filename": map! { "template": "{primary}.md", "field": "create" },
        "view": map! { "fields": shown, "primary": "title" },
        "fields": fields(outline, kind),
    }
}

/// The files outside the collections: path without `.md`, label and kind.
fn files(outline: &SiteOutline) -> Vec<(String, String, SchemaKind)> {
    let mut files = Vec::new();
    let mut add = |path: String, label: &str, kind: SchemaKind| {
        for (place, tag) in outline.languages.iter().enumerate() {
            files.push(if place == 0 {
                (path.clone(), label.to_owned(), kind)
            } else {
                (format!("{path}.{tag}"), format!("{label} ({tag})"), kind.translation())
            });
        }
    };
    if outline.has_home {
        add("_index".to_owned(), "Home · 首页", SchemaKind::Home);
    }
    if outline.has_goals_index {
        add("goals/_index".to_owned(), "Goals · 目标", SchemaKind::Page);
    }
    for section in &outline.sections {
        add(
            format!("{}/_index", section.slug),
            &format!("{}: introduction · 简介", section.title),
            SchemaKind::Page,
        );
    }
    for category in &outline.categories {
        add(
            format!("goals/{}/_index", category.slug),
            &format!("{}: introduction · 简介", category.title),
            SchemaKind::Category,
        );
    }
    for page in &outline.pages {
        add(page.slug.clone(), &page.title, SchemaKind::Page);
    }
    for (kind, page) in &outline.groups {
        let path = format!("{}/{}", kind.folder(), page.slug);
        add(path, &page.title, SchemaKind::of_group(*kind));
    }
    for alert in &outline.alerts {
        add(format!("alerts/{}", alert.slug), &alert.title, SchemaKind::Alert);
    }
    files
}

fn fields(outline: &SiteOutline, kind: SchemaKind) -> Vec<Yaml> {
    // A translation is in the list of its originals and has none of their facts, so that only its
    // words are required.
    let is_shared =
        matches!(kind, SchemaKind::Bulletin | SchemaKind::Goal) && outline.languages.len() > 1;
    let mut fields: Vec<Yaml> = inputs(kind, outline)
        .iter()
        .filter(|input| input.is_required || !has_mixed_texts(outline, &input.name))
        .map(|input| {
            let is_text =
                input.name == "title" || (kind == SchemaKind::Bulletin && input.name == "summary");
            field(input, input.is_required && (!is_shared || is_text))
        })
        .collect();
    // A rich editor would rewrite footnotes, notices and tables.
    fields.push(map! {
        "name": "body",
        "label": "Text · 正文",
        "type": "code",
        "options": map! { "format": "markdown" },
    });
    fields
}

/// Whether a key contains texts that files write in different forms. A field would refuse or lose
/// some of them; without a field, all stay in the file.
fn has_mixed_texts(outline: &SiteOutline, name: &str) -> bool {
    outline.text_forms.keys().any(|key| {
        key.split('.').next() == Some(name) && key.contains('.') && outline.is_mixed(key)
    })
}

/// A day, or a day with a time. The empty text is the value of a field without one.
const DATE_PATTERN: &str = r"^(\d{4}-\d{1,2}-\d{1,2}([T ].+)?)?$";

fn date_pattern() -> Yaml {
    map! { "regex": DATE_PATTERN, "message": "2024-05-06, 2024-05-06T09:30" }
}

fn field(input: &Input, is_required: bool) -> Yaml {
    let field = map! { "name": &input.name, "label": &input.label };
    let field = field.with_some("description", (!input.hint.is_empty()).then_some(&input.hint));
    shaped(field, &input.field_type).with("required", is_required)
}

fn shaped(field: Yaml, field_type: &FieldType) -> Yaml {
    match field_type {
        FieldType::Line => field.with("type", "string"),
        FieldType::Sentences => field.with("type", "text"),
        FieldType::Day { .. } => field.with("type", "string").with("pattern", date_pattern()),
        FieldType::Number | FieldType::WholeNumber => field.with("type", "number"),
        FieldType::Flag => field.with("type", "boolean").with("default", false),
        FieldType::Choice(words) => {
            field.with("type", "select").with("options", map! { "values": values(words) })
        }
        FieldType::Group(inputs) => {
            let inputs: Vec<Input> = inputs
                .iter()
                .filter(|input| input.field_type != FieldType::Flag)
                .cloned()
                .collect();
            field.with("type", "object").with("fields", within(&inputs))
        }
        FieldType::List(item) => match &**item {
            FieldType::Choice(words) => field
                .with("type", "select")
                .with("options", map! { "multiple": true, "values": values(words) }),
            FieldType::Group(inputs) => {
                field.with("type", "object").with("list", true).with("fields", within(inputs))
            }
            _ => field.with("type", "string").with("list", true),
        },
    }
}

fn within(inputs: &[Input]) -> Vec<Yaml> {
    inputs.iter().map(|input| field(input, input.is_required)).collect()
}

/// The words without labels, which each version of Pages CMS writes in another way.
fn values(words: &[(String, String)]) -> Vec<Yaml> {
    words.iter().map(|(word, _)| word.into()).collect()
}
