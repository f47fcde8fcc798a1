//! Configurations for Sveltia CMS and Decap CMS, which edit content files in a browser
//! (<https://sveltiacms.app>, <https://decapcms.org>).
//!
//! Both read the same format but differ in translations: Sveltia can write `name.md` and
//! `name.zh.md` as one entry (`omit_default_locale_from_file_path`); Decap would write
//! `name.en.md`, so it gets a list for each language.

use super::{FieldType, Input, inputs};
use crate::editor::kit::schema::SchemaKind;
use crate::editor::kit::site_outline::{OutlinePage, SiteOutline};
use crate::editor::kit::yaml::{Yaml, map};
use crate::language::is_chinese;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::editor::kit) enum Editor {
    Sveltia,
    Decap,
}

/// The repository that the forms write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The name on GitHub: `owner/name`.
    pub name: String,
    pub branch: String,
}

impl Default for Repository {
    fn default() -> Self {
        Self { name: "owner/repository".to_owned(), branch: "main".to_owned() }
    }
}

impl Repository {
    /// The repository of an earlier configuration, which a new one keeps.
    #[must_use]
    pub fn from_config(config: &str) -> Option<Self> {
        let config: serde_json::Value = serde_saphyr::from_str(config).ok()?;
        let text = |key: &str| config["backend"][key].as_str().map(ToOwned::to_owned);
        Some(Self {
            name: text("repo")?,
            branch: text("branch").unwrap_or_else(|| Self::default().branch),
        })
    }
}

/// The whole configuration, without its mark.
pub(in crate::editor::kit) fn config(
    editor: Editor,
    outline: &SiteOutline,
    repository: &Repository,
) -> String {
    let maker = Maker { editor, outline };
    let mut root = map! {
        "backend": map! {
            "name": "github", "repo": &repository.name, "branch": &repository.branch,
        },
        // Pictures in a text are saved beside its file, as the collections say; other uploads are
        // saved here.
        "media_folder": format!("{}/media", outline.folder),
        "public_folder": "/media",
        "slug": map! { "encoding": "ascii", "clean_accents": true },
        "editor": map! { "preview": false },
    };
    match editor {
        Editor::Sveltia => {
            root = root.with("output", map! { "omit_empty_optional_fields": true });
            if maker.has_translations() {
                root = root.with(
                    "i18n",
                    map! {
                        "structure": "multiple_files",
                        "locales": outline.languages.clone(),
                        "default_locale": &outline.languages[0],
                        "initial_locales": "default",
                        "omit_default_locale_from_file_path": true,
                    },
                );
            }
        }
        Editor::Decap => root = root.with("local_backend", true),
    }
    root.with("collections", maker.collections()).document()
}

struct Maker<'i> {
    editor: Editor,
    outline: &'i SiteOutline,
}

impl Maker<'_> {
    fn has_translations(&self) -> bool {
        self.outline.languages.len() > 1
    }

    /// Whether one entry contains the original and its translations.
    fn is_bundled(&self) -> bool {
        self.editor == Editor::Sveltia && self.has_translations()
    }

    fn collections(&self) -> Vec<Yaml> {
        let mut collections = Vec::new();
        for section in &self.outline.sections {
            let folder = format!("{}/{}", self.outline.folder, section.slug);
            collections.extend(self.folder(
                section,
                &section.slug,
                &folder,
                SchemaKind::Bulletin,
                SchemaKind::Page,
            ));
        }
        for category in &self.outline.categories {
            let folder = format!("{}/goals/{}", self.outline.folder, category.slug);
            let name = format!("goals-{}", category.slug);
            collections.extend(self.folder(
                category,
                &name,
                &folder,
                SchemaKind::Goal,
                SchemaKind::Category,
            ));
        }
        let files = self.files();
        if !files.is_empty() {
            collections.push(
                map! { "name": "pages", "label": "Pages · 页面" }
                    .with_some("i18n", self.bundled())
                    .with("files", files),
            );
        }
        collections
    }

    fn bundled(&self) -> Option<bool> {
        self.is_bundled().then_some(true)
    }

    /// The collection of a folder of bulletins or goals; for Decap, also one for each other
    /// language.
    fn folder(
        &self,
        named: &OutlinePage,
        name: &str,
        folder: &str,
        kind: SchemaKind,
        index: SchemaKind,
    ) -> Vec<Yaml> {
        let translation = if kind == SchemaKind::Bulletin {
            SchemaKind::BulletinTranslation
        } else {
            SchemaKind::Translation
        };
        let collection = |name: String, label: String, extension: &str, create: bool| {
            map! {
                "name": name,
                "label": label,
                "folder": folder,
                "extension": extension,
                "format": "yaml-frontmatter",
                "create": create,
                "identifier_field": "title",
                // Files that belong to an entry are saved beside it.
                "media_folder": "",
                "public_folder": "",
            }
        };
        // Neither program can spell Chinese: one would name the file at random, the other not at
        // all.
        let is_chinese = self.outline.languages.first().is_some_and(|tag| is_chinese(tag));
        let moment = "{{year}}{{month}}{{day}}-{{hour}}{{minute}}{{second}}";
        let mut original = collection(name.to_owned(), named.title.clone(), "md", true)
            .with_some("slug", is_chinese.then_some(moment))
            .with_some("i18n", self.bundled());
        if self.editor == Editor::Sveltia {
            let index = map! {
                "name": "_index", "label": "Introduction · 简介", "fields": self.fields(index),
            };
            original = original.with("index_file", index);
        }
        let mut all = vec![original.with("fields", self.fields(kind))];
        if self.editor == Editor::Decap {
            for tag in self.outline.languages.iter().skip(1) {
                let label = format!("{} ({tag})", named.title);
                let translated =
                    collection(format!("{name}-{tag}"), label, &format!("{tag}.md"), false);
                all.push(translated.with("fields", self.fields(translation)));
            }
        }
        all
    }

    /// The pages outside the collections.
    fn files(&self) -> Vec<Yaml> {
        let outline = self.outline;
        let mut files = Vec::new();
        let mut add = |path: &str, label: &str, kind: SchemaKind| {
            let name = path.replace('_', "").replace('/', "-");
            let path = format!("{}/{path}", outline.folder);
            let ending = if self.is_bundled() { ".{{locale}}.md" } else { ".md" };
            let file = map! { "name": &name, "label": label, "file": format!("{path}{ending}") };
            files.push(file.with_some("i18n", self.bundled()).with("fields", self.fields(kind)));
            if self.editor == Editor::Decap {
                for tag in outline.languages.iter().skip(1) {
                    let file = map! {
                        "name": format!("{name}-{tag}"), "label": format!("{label} ({tag})"),
                        "file": format!("{path}.{tag}.md"),
                    };
                    files.push(file.with("fields", self.fields(kind.translation())));
                }
            }
        };
        if outline.has_home {
            add("_index", "Home · 首页", SchemaKind::Home);
        }
        if outline.has_goals_index {
            add("goals/_index", "Goals · 目标", SchemaKind::Page);
        }
        for page in &outline.pages {
            add(&page.slug, &page.title, SchemaKind::Page);
        }
        for (kind, page) in &outline.groups {
            let path = format!("{}/{}", kind.folder(), page.slug);
            add(&path, &page.title, SchemaKind::of_group(*kind));
        }
        for alert in &outline.alerts {
            add(&format!("alerts/{}", alert.slug), &alert.title, SchemaKind::Alert);
        }
        // Sveltia shows these as the introduction of their lists.
        if self.editor == Editor::Decap {
            for section in &outline.sections {
                add(&format!("{}/_index", section.slug), &section.title, SchemaKind::Page);
            }
            for category in &outline.categories {
                add(
                    &format!("goals/{}/_index", category.slug),
                    &category.title,
                    SchemaKind::Category,
                );
            }
        }
        files
    }

    /// The fields of a kind of file, and its body.
    fn fields(&self, kind: SchemaKind) -> Vec<Yaml> {
        let mut fields: Vec<Yaml> = Vec::new();
        for input in &inputs(kind, self.outline) {
            let field = self.field(input, input.is_required);
            fields.push(match input.name.as_str() {
                "title" | "short_title" | "summary" => field.with_some("i18n", self.bundled()),
                "published" => field.with("default", "{{now}}"),
                _ => field,
            });
        }
        if self.is_bundled() {
            // Without a field it would be lost when the translation is saved. `gazette translated`
            // writes it, not a person.
            fields.push(map! {
                "name": "translated", "widget": "hidden", "required": false, "i18n": true,
            });
        }
        let body = map! {
            // A rich editor would rewrite footnotes, notices and tables.
            "name": "body", "label": "Text · 正文", "widget": "markdown",
            "modes": vec!["raw"], "required": false,
        };
        fields.push(body.with_some("i18n", self.bundled()));
        fields
    }

    fn field(&self, input: &Input, is_required: bool) -> Yaml {
        let field = map! { "name": &input.name, "label": &input.label };
        let field = field.with_some("hint", (!input.hint.is_empty()).then_some(&input.hint));
        self.widget(field.with("required", is_required), &input.field_type, is_required)
    }

    fn widget(&self, field: Yaml, field_type: &FieldType, is_required: bool) -> Yaml {
        match field_type {
            FieldType::Line => field.with("widget", "string"),
            FieldType::Sentences => field.with("widget", "text"),
            FieldType::Day { has_time: true } => {
                field.with("widget", "datetime").with("format", "YYYY-MM-DDTHH:mm")
            }
            FieldType::Day { has_time: false } => {
                let field = field.with("widget", "datetime").with("format", "YYYY-MM-DD");
                field.with("date_format", "YYYY-MM-DD").with("time_format", false)
            }
            FieldType::Number => field.with("widget", "number").with("value_type", "float"),
            FieldType::WholeNumber => {
                field.with("widget", "number").with("value_type", "int").with("min", 0)
            }
            FieldType::Flag => field.with("widget", "boolean").with("default", false),
            FieldType::Choice(words) => {
                field.with("widget", "select").with("options", options(words))
            }
            FieldType::Group(inputs) => field
                .with("widget", "object")
                .with("collapsed", !is_required)
                .with("fields", self.within(inputs, is_required)),
            FieldType::List(item) => match &**item {
                FieldType::Choice(words) => field
                    .with("widget", "select")
                    .with("multiple", true)
                    .with("options", options(words)),
                FieldType::Group(inputs) => {
                    field.with("widget", "list").with("fields", self.within(inputs, true))
                }
                _ => field.with("widget", "list"),
            },
        }
    }

    /// The fields of a group. Decap requires a required field even if its group is left out, so
    /// there only `gazette check` requires it.
    fn within(&self, inputs: &[Input], is_there: bool) -> Vec<Yaml> {
        let is_asked = is_there || self.editor == Editor::Sveltia;
        inputs.iter().map(|input| self.field(input, input.is_required && is_asked)).collect()
    }
}

fn options(words: &[(String, String)]) -> Vec<Yaml> {
    words.iter().map(|(word, label)| map! { "label": label, "value": word }).collect()
}
