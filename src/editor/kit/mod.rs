//! Files that help to write content: JSON schemas, VS Code settings, configurations for forms in
//! the browser, and the text of new files. [`files`] returns all of them for a site.

mod fingerprint;
mod forms;
mod key_tables;
pub mod scaffold;
mod schema;
mod site_outline;
mod slug;
mod vscode;
pub(crate) mod yaml;

use serde_json::Value;

pub use fingerprint::{Ownership, ownership};
pub use forms::decap::Repository;
use forms::decap::{self, Editor};
use forms::pages_cms;
pub use key_tables::key_tables;
pub use schema::{SchemaKind, json_schema};
pub use site_outline::{OutlinePage, SiteOutline, TextForms};
pub use slug::{MAX_SLUG, slug_from_title};
pub use vscode::PROBLEM_MATCHER;

/// The folder of the schemas inside the folder of the kit.
const SCHEMAS: &str = ".gazette/schemas";

/// The configuration that names the repository.
pub const CONFIG_PATH: &str = "admin/config.yml";

const SVELTIA: &str =
    "<script src=\"https://unpkg.com/@sveltia/cms/dist/sveltia-cms.js\" type=\"module\"></script>";
const DECAP: &str =
    "<script src=\"https://unpkg.com/decap-cms@^3.0.0/dist/decap-cms.js\"></script>";

/// The files of the kit, with their paths relative to the folder that contains the content folder.
/// Each has a mark with its fingerprint.
#[must_use]
pub fn files(outline: &SiteOutline, repository: &Repository) -> Vec<(String, String)> {
    let mark = fingerprint::mark();
    let mut files = Vec::new();
    let mut add =
        |path: &str, text: String| files.push((path.to_owned(), fingerprint::sign(&text)));
    for kind in SchemaKind::ALL {
        let mut schema = json_schema(kind, outline);
        schema["$comment"] = mark.clone().into();
        add(&format!("{SCHEMAS}/{}.schema.json", kind.name()), pretty(&schema));
    }
    add(".taplo.toml", format!("# {mark}\n{}", vscode::taplo(outline, SCHEMAS)));
    let vscode = [
        ("settings.json", vscode::settings(outline)),
        ("extensions.json", vscode::extensions()),
        ("tasks.json", vscode::tasks(outline)),
        ("gazette.code-snippets", vscode::snippets(outline)),
    ];
    for (name, value) in vscode {
        add(&format!(".vscode/{name}"), format!("// {mark}\n{}", pretty(&value)));
    }
    add(".pages.yml", format!("# {mark}\n{PAGES_NOTE}{}", pages_cms::config(outline)));
    let config =
        |editor, note| format!("# {mark}\n{note}{}", decap::config(editor, outline, repository));
    add(CONFIG_PATH, config(Editor::Sveltia, SVELTIA_NOTE));
    add("admin/index.html", format!("<!-- {mark} -->\n{}", vscode::page("Sveltia CMS", SVELTIA)));
    add("admin/decap/config.yml", config(Editor::Decap, DECAP_NOTE));
    add("admin/decap/index.html", format!("<!-- {mark} -->\n{}", vscode::page("Decap CMS", DECAP)));
    files
}

const PAGES_NOTE: &str = "\
# For Pages CMS (https://pagescms.org), which edits the repository at GitHub.
# It does not support translations: `name.zh.md` is in the same list as `name.md`. Fill in title,
# summary and text there and leave everything else empty; an empty field counts as left out.
";

const SVELTIA_NOTE: &str = "\
# For Sveltia CMS (https://sveltiacms.app). An original and its translations are one entry:
# `name.md`, `name.zh.md`. Decap CMS reads this format too, but without
# `omit_default_locale_from_file_path`: it would expect `name.en.md`.
# Its own configuration, with a list for each language, is in `decap/`.
";

const DECAP_NOTE: &str = "\
# For Decap CMS (https://decapcms.org). Decap would give the default language a suffix of its own
# (`name.en.md`), so each further language is a list of its own here. Translations cannot be added
# in it, because it names files after their titles: use `gazette new translation`. The lists of
# originals show the translations, too; leave them alone there.
";

fn pretty(value: &Value) -> String {
    // Values made of plain maps and texts can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
