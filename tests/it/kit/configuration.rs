//! The configurations of the kit, read as their programs read them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{kit_file, real_kit};
use crate::harness::{Folder, repository, short};

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&kit_file(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// JSON with the kit's comment in its first line.
fn commented_json(path: &str) -> Value {
    let text = kit_file(path);
    let (comment, json) = text.split_once('\n').expect("a comment");
    assert!(comment.starts_with("// Written by `gazette kit`"), "{path}");
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no list `{key}` in {value}"))
}

#[track_caller]
fn names(list: &[Value]) -> Vec<&str> {
    let names: Vec<&str> = list.iter().map(|one| one["name"].as_str().expect("a name")).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    names
}

/// Checks fields in Decap's format: unique names, kinds that both programs know, and the keys that
/// each kind requires.
fn check_fields(fields: &[Value]) {
    names(fields);
    // A hidden field needs no label.
    for field in fields.iter().filter(|field| field["widget"] != "hidden") {
        assert!(field["label"].as_str().is_some_and(|label| !label.is_empty()), "{field}");
        match field["widget"].as_str().expect("a widget") {
            "select" => {
                assert!(
                    list(field, "options")
                        .iter()
                        .all(|one| one["label"].is_string() && one["value"].is_string())
                );
            }
            "object" => check_fields(list(field, "fields")),
            "list" => {
                field
                    .get("fields")
                    .into_iter()
                    .for_each(|fields| check_fields(fields.as_array().expect("fields")));
            }
            "datetime" => assert!(field["format"].is_string(), "{field}"),
            "number" => assert!(field["value_type"].is_string(), "{field}"),
            "string" | "text" | "boolean" | "markdown" => {}
            other => panic!("{other} in {field}"),
        }
    }
}

#[test]
fn cms_configuration_has_what_decap_and_sveltia_require() {
    for path in ["admin/config.yml", "admin/decap/config.yml"] {
        let config = yaml(path);
        assert_eq!(
            config["backend"],
            json!({ "name": "github", "repo": "owner/repository", "branch": "main" })
        );
        assert!(config["media_folder"].is_string() && config["public_folder"].is_string());
        let collections = list(&config, "collections");
        names(collections);
        for collection in collections {
            assert!(collection["label"].is_string());
            if let Some(files) = collection.get("files") {
                let files = files.as_array().expect("files");
                names(files);
                for file in files {
                    check_fields(list(file, "fields"));
                    let path = file["file"].as_str().expect("a path").replace(".{{locale}}", "");
                    assert!(repository().join(&path).is_file(), "{path}");
                }
            } else {
                let folder = collection["folder"].as_str().expect("a folder");
                assert!(repository().join(folder).is_dir(), "{folder}");
                assert_eq!(collection["format"], "yaml-frontmatter");
                let fields = list(collection, "fields");
                check_fields(fields);
                assert_eq!(names(fields)[0], "title", "Decap names files after it");
                assert_eq!(names(fields).last(), Some(&"body"));
            }
        }
    }
}

#[test]
fn cms_translations_fit_sveltia_and_decap() {
    let sveltia = yaml("admin/config.yml");
    assert_eq!(
        sveltia["i18n"],
        json!({
            "structure": "multiple_files", "locales": ["en", "zh"],
            "default_locale": "en", "initial_locales": "default",
            "omit_default_locale_from_file_path": true,
        })
    );
    let names_of = |config: &Value| {
        names(list(config, "collections")).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        names_of(&sveltia),
        [
            "bulletins",
            "goals-economy",
            "goals-agriculture",
            "goals-urban-construction",
            "goals-livelihoods",
            "pages"
        ]
    );
    let bulletins = &list(&sveltia, "collections")[0];
    assert_eq!(bulletins["i18n"], true);
    let translated: Vec<&str> = list(bulletins, "fields")
        .iter()
        .filter(|field| field["i18n"] == true)
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert_eq!(translated, ["title", "summary", "translated", "body"]);
    assert_eq!(bulletins["index_file"]["name"], "_index");

    let decap = yaml("admin/decap/config.yml");
    assert!(decap.get("i18n").is_none());
    assert_eq!(names_of(&decap)[..3], ["bulletins", "bulletins-zh", "goals-economy"]);
    let translations = &list(&decap, "collections")[1];
    assert_eq!(
        (&translations["extension"], &translations["create"]),
        (&json!("zh.md"), &json!(false))
    );
    assert_eq!(names(list(translations, "fields")), ["title", "summary", "translated", "body"]);
}

#[test]
fn cms_goal_fields_offer_goals_of_site() {
    let sveltia = yaml("admin/config.yml");
    let fields = list(&list(&sveltia, "collections")[0], "fields");
    let mentions = fields.iter().find(|field| field["name"] == "mentions").expect("a field");
    assert_eq!((&mentions["widget"], &mentions["multiple"]), (&json!("select"), &json!(true)));
    let values: Vec<&Value> =
        list(mentions, "options").iter().map(|option| &option["value"]).collect();
    assert!(values.contains(&&json!("urban-jobs-2022")) && values.len() == 21, "{values:?}");
}

fn check_pages_fields(fields: &[Value]) {
    names(fields);
    for field in fields {
        match field["type"].as_str().expect("a type") {
            "object" => check_pages_fields(list(field, "fields")),
            "select" => assert!(!list(&field["options"], "values").is_empty()),
            "string" | "text" | "number" | "boolean" | "code" => {}
            other => panic!("{other} in {field}"),
        }
    }
}

#[test]
fn pages_cms_configuration_has_what_it_requires() {
    let config = yaml(".pages.yml");
    assert_eq!(config["settings"], json!({ "content": { "merge": true } }));
    assert!(config["media"]["input"].is_string() && config["media"]["output"].is_string());
    let content = list(&config, "content");
    names(content);
    for entry in content {
        let path = repository().join(entry["path"].as_str().expect("a path"));
        match entry["type"].as_str() {
            Some("collection") => assert!(path.is_dir(), "{}", path.display()),
            Some("file") => assert!(
                path.extension().is_some_and(|extension| extension == "md"),
                "{}",
                path.display()
            ),
            other => panic!("{other:?}"),
        }
        check_pages_fields(list(entry, "fields"));
    }
}

#[test]
fn vs_code_problem_matcher_reads_check_output() {
    let tasks = commented_json(".vscode/tasks.json");
    let task = list(&tasks, "tasks")
        .iter()
        .find(|task| task["label"] == "Gazette: check")
        .expect("a task");
    assert_eq!(task["args"], json!(["check", "content", "--format", "short"]));
    let matcher = jsonschema::draft202012::new(
        &json!({ "pattern": task["problemMatcher"]["pattern"]["regexp"] }),
    )
    .unwrap();
    let folder = Folder::city().bulletin("x", "published: never\ncatgories: [water]", "# One\n");
    let found = crate::harness::diagnostics(
        &folder.snapshot(),
        gazette::diagnostic::Diagnostics::default(),
    );
    let lines = short(&found, &folder.snapshot());
    assert!(lines.len() > 2);
    for line in lines {
        assert!(matcher.is_valid(&json!(line)), "{line}");
    }
    assert!(!matcher.is_valid(&json!("no errors: 1 bulletin")));
}

/// A snippet with the default of every placeholder.
fn expanded(body: &str) -> String {
    let dated = body
        .replace("${CURRENT_YEAR}", "2026")
        .replace("${CURRENT_MONTH}", "11")
        .replace("${CURRENT_DATE}", "01");
    let mut parts = dated.split("${");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (field, rest) = part.split_once('}').expect("a closed field");
        let default = field
            .split_once(['|', ':'])
            .map_or("", |(_, default)| default.split([',', '|']).next().unwrap_or_default());
        text.push_str(default);
        text.push_str(rest);
    }
    text
}

#[test]
fn vs_code_snippets_pass_check() {
    let snippets = commented_json(".vscode/gazette.code-snippets");
    let mut count = 0;
    for (name, snippet) in snippets.as_object().expect("snippets") {
        let body: Vec<&str> =
            list(snippet, "body").iter().map(|line| line.as_str().expect("a line")).collect();
        let text = expanded(&body.join("\n"));
        let goal = text
            .split("goal: ")
            .nth(1)
            .and_then(|rest| rest.split(',').next())
            .unwrap_or("urban-jobs-2022");
        let kind = if text.contains("milestone: opened") {
            "kind: deliver\nmilestones: [{ id: opened, title: Opened }]"
        } else if text.contains("note: What was done") {
            "kind: direction"
        } else {
            "kind: increase\ntarget: { value: 12, unit: wells }"
        };
        let mentioned = text
            .split("mentions: [")
            .nth(1)
            .and_then(|rest| rest.split(']').next())
            .unwrap_or(goal)
            .to_owned();
        let folder = Folder::city().goal(&mentioned, kind);
        let folder = match name.as_str() {
            "Bulletin · 公报" => folder.with("bulletins/x.md", text),
            "Goal · 目标" => folder.with("goals/water/x.md", text),
            _ => folder.bulletin("x", &format!("published: 2026-11-01\n{text}"), "Text.\n"),
        };
        assert_eq!(folder.problems(), Vec::<String>::new(), "{name}");
        count += 1;
    }
    assert_eq!(count, 7);
}

#[test]
fn site_toml_schema_is_where_taplo_looks() {
    let rule: toml::Table = toml::from_str(&kit_file(".taplo.toml")).expect("TOML");
    let path = rule["rule"][0]["schema"]["path"].as_str().expect("a path");
    assert!(real_kit().iter().any(|(known, _)| known == path), "{path}");
}

#[test]
fn kit_of_this_repository_is_up_to_date() {
    let folder = repository().join("docs/kit");
    let kit = real_kit();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        for (path, text) in &kit {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let stale: Vec<&str> = kit
        .iter()
        .filter(|(path, text)| {
            std::fs::read_to_string(folder.join(path)).ok().as_ref() != Some(text)
        })
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(stale, Vec::<&str>::new(), "run `gazette kit docs/kit --content content`");
}

#[test]
fn cms_names_files_of_chinese_sites_by_time() {
    let folder = repository().join("tests/fixtures/cn-gov");
    let (snapshot, _) = gazette::source::Source::Directory(folder).snapshot().expect("a fixture");
    let kit = gazette::editor::kit::files(
        &super::outline(&snapshot),
        &gazette::editor::kit::Repository::default(),
    );
    for path in ["admin/config.yml", "admin/decap/config.yml"] {
        let (_, text) = kit.iter().find(|(known, _)| known == path).expect("a configuration");
        let config: Value = serde_saphyr::from_str(text).expect("YAML");
        assert_eq!(
            list(&config, "collections")[0]["slug"],
            "{{year}}{{month}}{{day}}-{{hour}}{{minute}}{{second}}"
        );
    }
    assert!(yaml("admin/config.yml")["collections"][0].get("slug").is_none());
}
