//! The configuration for Pages CMS (<https://pagescms.org>), which edits the files of a GitHub repository in a browser.
//!
//! It knows nothing of translations: they stand in the same lists, and their facts are left empty.

use super::form::{Input, Shape, inputs};
use super::inventory::Inventory;
use super::schema::FileKind;
use super::yaml::{Yaml, map};

/// The whole configuration, without its mark.
pub(super) fn config(inventory: &Inventory) -> String {
    let root = map! {
        "media": map! { "input": format!("{}/media", inventory.folder), "output": "/media" },
        // What no input writes stays as it is.
        "settings": map! { "content": map! { "merge": true } },
    };
    root.with("content", entries(inventory)).document()
}

fn entries(inventory: &Inventory) -> Vec<Yaml> {
    let mut entries = Vec::new();
    for section in &inventory.sections {
        let path = format!("{}/{}", inventory.folder, section.slug);
        entries.push(collection(
            inventory,
            &section.slug,
            &section.title,
            &path,
            FileKind::Bulletin,
        ));
    }
    for category in &inventory.categories {
        let path = format!("{}/goals/{}", inventory.folder, category.slug);
        let name = format!("goals-{}", category.slug);
        entries.push(collection(inventory, &name, &category.title, &path, FileKind::Goal));
    }
    for (path, label, kind) in files(inventory) {
        let name = path.replace('_', "").replace(['/', '.'], "-");
        let file = map! { "name": name, "label": label, "type": "file", "path": format!("{}/{path}.md", inventory.folder) };
        entries
            .push(file.with("format", "yaml-frontmatter").with("fields", fields(inventory, kind)));
    }
    entries
}

fn collection(inventory: &Inventory, name: &str, label: &str, path: &str, kind: FileKind) -> Yaml {
    let shown =
        if kind == FileKind::Bulletin { vec!["title", "published"] } else { vec!["title", "kind"] };
    let excluded: Vec<String> = std::iter::once("_index.md".to_owned())
        .chain(inventory.languages.iter().skip(1).map(|tag| format!("_index.{tag}.md")))
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
        "fields": fields(inventory, kind),
    }
}

/// The files that stand alone: their paths without `.md`, what they are called, and what they are.
fn files(inventory: &Inventory) -> Vec<(String, String, FileKind)> {
    let mut files = Vec::new();
    let mut add = |path: String, label: &str, kind: FileKind| {
        for (place, tag) in inventory.languages.iter().enumerate() {
            files.push(match (place, kind) {
                (0, _) => (path.clone(), label.to_owned(), kind),
                (_, FileKind::Home) => {
                    (format!("{path}.{tag}"), format!("{label} ({tag})"), FileKind::HomeTranslation)
                }
                _ => (format!("{path}.{tag}"), format!("{label} ({tag})"), FileKind::Translation),
            });
        }
    };
    if inventory.has_home {
        add("_index".to_owned(), "Home · 首页", FileKind::Home);
    }
    if inventory.has_goals_index {
        add("goals/_index".to_owned(), "Goals · 目标", FileKind::Page);
    }
    for section in &inventory.sections {
        add(
            format!("{}/_index", section.slug),
            &format!("{}: introduction · 简介", section.title),
            FileKind::Page,
        );
    }
    for category in &inventory.categories {
        add(
            format!("goals/{}/_index", category.slug),
            &format!("{}: introduction · 简介", category.title),
            FileKind::Category,
        );
    }
    for page in &inventory.pages {
        add(page.slug.clone(), &page.title, FileKind::Page);
    }
    files
}

fn fields(inventory: &Inventory, kind: FileKind) -> Vec<Yaml> {
    // A translation stands in the list of its originals and has none of their facts, so that only the words are needed.
    let is_shared =
        matches!(kind, FileKind::Bulletin | FileKind::Goal) && inventory.languages.len() > 1;
    let is_word = |input: &Input| {
        input.name == "title" || (kind == FileKind::Bulletin && input.name == "summary")
    };
    let mut fields: Vec<Yaml> = inputs(kind, inventory)
        .iter()
        .map(|input| field(input, input.is_required && (!is_shared || is_word(input))))
        .collect();
    // A rich editor would rewrite footnotes, notices and tables.
    fields.push(
        map! { "name": "body", "label": "Text · 正文", "type": "code", "options": map! { "format": "markdown" } },
    );
    fields
}

fn field(input: &Input, is_required: bool) -> Yaml {
    let field = map! { "name": &input.name, "label": &input.label };
    let field = field.with_some("description", (!input.hint.is_empty()).then_some(&input.hint));
    shaped(field, &input.shape).with("required", is_required)
}

fn shaped(field: Yaml, shape: &Shape) -> Yaml {
    match shape {
        Shape::Line => field.with("type", "string"),
        Shape::Sentences => field.with("type", "text"),
        // Without a default, a date would be today's.
        Shape::Day { has_time: true } => {
            let options = map! { "time": true, "format": "yyyy-MM-dd'T'HH:mm" };
            field.with("type", "date").with("default", "").with("options", options)
        }
        Shape::Day { has_time: false } => field
            .with("type", "date")
            .with("default", "")
            .with("options", map! { "format": "yyyy-MM-dd" }),
        Shape::Number | Shape::Place => field.with("type", "number"),
        Shape::Flag => field.with("type", "boolean").with("default", false),
        Shape::Choice(words) => {
            field.with("type", "select").with("options", map! { "values": values(words) })
        }
        Shape::Group(inputs) => field.with("type", "object").with("fields", within(inputs)),
        Shape::List(item) => match &**item {
            Shape::Choice(words) => field
                .with("type", "select")
                .with("options", map! { "multiple": true, "values": values(words) }),
            Shape::Group(inputs) => {
                field.with("type", "object").with("list", true).with("fields", within(inputs))
            }
            _ => field.with("type", "string").with("list", true),
        },
    }
}

fn within(inputs: &[Input]) -> Vec<Yaml> {
    inputs.iter().map(|input| field(input, input.is_required)).collect()
}

/// Words alone: what is shown beside a word is written in another way in each version of Pages CMS.
fn values(words: &[(String, String)]) -> Vec<Yaml> {
    words.iter().map(|(word, _)| word.into()).collect()
}
