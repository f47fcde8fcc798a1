//! `gazette init` as a process: a new site passes `check` and names no other city.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::gazette;
use crate::harness::repository;
use crate::server::Server;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = gazette(arguments);
    command.current_dir(folder).env("LC_ALL", "C").output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// All files below a folder with their texts.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            files.push((path.display().to_string(), text(&bytes)));
        }
    }
    files
}

#[test]
fn new_site_passes_check_in_any_languages() {
    let instants = ["2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", "2028-02-29T12:00:00Z"];
    let languages = [&["en"][..], &["zh"], &["en", "zh"], &["zh", "en"], &["pt-BR", "en"]];
    for (at, languages) in instants.iter().cycle().zip(languages) {
        let root = TempDir::new().unwrap();
        let tags = languages.join(",");
        let arguments = ["init", "city", "--name", "Rimewater", "--languages", &tags, "--at", at];
        let output = run(root.path(), &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let checked = run(&root.path().join("city"), &["check", "--format", "short", "--at", at]);
        let found = format!("{}{}", text(&checked.stdout), text(&checked.stderr));
        assert!(checked.status.success(), "{tags}: {found}");
        let is_known = !tags.contains("pt-BR");
        assert_eq!(text(&checked.stdout).is_empty(), is_known, "{tags} at {at}: {found}");
        let kit = run(&root.path().join("city"), &["kit", "--check"]);
        assert!(kit.status.success(), "{}", text(&kit.stdout));
    }
}

#[test]
fn site_within_content_folder_is_refused() {
    let root = TempDir::new().unwrap();
    let begun = run(root.path(), &["init", "city", "--name", "Rimewater"]);
    assert!(begun.status.success(), "{}", text(&begun.stderr));
    let content = root.path().join("city/content");
    let before = files(&content);
    for folder in [".", "new/site", "bulletins"] {
        let output = run(&content, &["init", folder, "--name", "Rimewater"]);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{folder}: {message}");
        assert!(message.contains("give a folder outside it"), "{folder}: {message}");
        assert_eq!(files(&content), before, "{folder}");
    }
    let beside = run(&content, &["init", "../../other", "--name", "Rimewater"]);
    assert!(beside.status.success(), "{}", text(&beside.stderr));
}

/// The keys of a schema's objects and of the objects within them.
fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                found.extend(properties.keys().cloned());
            }
            members.values().for_each(|inner| keys(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| keys(inner, found)),
        _ => {}
    }
}

#[test]
fn settings_of_new_site_explain_every_key() {
    for language in ["en", "zh"] {
        let root = TempDir::new().unwrap();
        let output = run(root.path(), &["init", "--name", "Rimewater", "--languages", language]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let read = |path: &str| std::fs::read_to_string(root.path().join(path)).unwrap();
        let schema = serde_json::from_str(&read(".gazette/schemas/site.schema.json")).unwrap();
        let mut known = BTreeSet::new();
        keys(&schema, &mut known);
        // Texts have keys of languages, and `freshness` and `off` those of the site itself.
        known.retain(|key| ![language, "bulletins", "home"].contains(&key.as_str()));
        assert!(known.len() > 30, "{known:?}");
        let settings = read("content/site.toml");
        let is_named = |key: &String| {
            let forms = [format!("{key} ="), format!("[{key}]")];
            forms.iter().any(|form| settings.contains(form.as_str()))
        };
        let missing: Vec<_> = known.iter().filter(|key| !is_named(key)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

/// The settings with every line switched on that is off.
fn switched_on(settings: &str) -> String {
    let lines = settings.lines().map(|line| {
        let Some(off) = line.strip_prefix("# ") else { return line };
        let key = off.split_once(" = ").map_or("", |(key, _)| key);
        let is_key = !key.is_empty() && key.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
        if is_key || (off.starts_with('[') && off.ends_with(']')) { off } else { line }
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_setting_of_new_site_can_be_switched_on() {
    for language in ["en", "zh"] {
        let root = TempDir::new().unwrap();
        let output = run(root.path(), &["init", "--name", "Rimewater", "--languages", language]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let path = root.path().join("content/site.toml");
        let settings = switched_on(&std::fs::read_to_string(&path).unwrap());
        assert!(settings.contains("\n[documents]\nkinds = "), "{settings}");
        std::fs::write(&path, settings).unwrap();
        let found = text(&run(root.path(), &["check", "--format", "short"]).stdout);
        // The files of the examples are still to be put there.
        let other: Vec<&str> = found.lines().filter(|line| !line.contains("no file `")).collect();
        assert!(found.contains("no file `city/skyline.svg`"), "{found}");
        assert!(other.is_empty(), "{other:?}");
    }
}

#[test]
fn new_site_and_its_export_name_no_city() {
    let root = TempDir::new().unwrap();
    let arguments = ["init", "--name", "Rimewater", "--languages", "en,zh"];
    assert!(run(root.path(), &arguments).status.success());
    let exported = run(root.path(), &["export", "public"]);
    assert!(exported.status.success(), "{}", text(&exported.stderr));
    let all = files(root.path());
    assert!(all.len() > 100, "{}", all.len());
    for (path, text) in all {
        for word in ["Harbin", "harbin", "哈尔滨", "urban-jobs", "my399", "ilac;", "#5b3a8e;--d"]
        {
            assert!(!text.contains(word), "{word} in {path}");
        }
    }
    let again = run(root.path(), &["init"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("nothing was written"), "{}", text(&again.stderr));
}

#[test]
fn repository_with_readme_becomes_a_site() {
    let root = TempDir::new().unwrap();
    std::fs::write(root.path().join("README.md"), "Our repository.\n").unwrap();
    std::fs::write(root.path().join(".gitignore"), "target/\n").unwrap();
    let output = run(root.path(), &["init"]);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("`README.md` exists already and stays as it is"), "{said}");
    assert!(said.contains("next: `gazette serve"), "{said}");
    assert_eq!(std::fs::read(root.path().join("README.md")).unwrap(), b"Our repository.\n");
    assert_eq!(std::fs::read(root.path().join(".gitignore")).unwrap(), b"target/\n");
    assert!(run(root.path(), &["check"]).status.success());
}

#[test]
fn wrong_settings_begin_no_site() {
    let root = TempDir::new().unwrap();
    for (arguments, expected) in [
        (["--zone", "Mars/Olympus"], "is not a time zone"),
        (["--languages", "english"], "is not a language tag"),
        (["--base-url", "city.example"], "does not start with"),
        (["--languages", "en,zh,en"], "`--languages` has `en` twice"),
        (["--name", "a\nb"], "`--name` is more than one line"),
    ] {
        let output = run(root.path(), &[&["init"], &arguments[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0);
    }
}

#[test]
fn next_step_quotes_folder_for_shell() {
    let root = TempDir::new().unwrap();
    let output = run(root.path(), &["init", "the city's site"]);
    let said = text(&output.stderr);
    assert!(said.contains(r"`cd 'the city'\''s site'`"), "{said}");
    let file = run(root.path(), &["init", "the city's site/README.md"]);
    assert_eq!(file.status.code(), Some(2));
    assert!(text(&file.stderr).contains("README.md` is a file"), "{}", text(&file.stderr));
}

/// The blocks of code of a document with a language, such as `sh`.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let blocks = document.split(&opening).skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn document_for_new_sites_can_be_followed() {
    let document = std::fs::read_to_string(repository().join("docs/new-site.md")).unwrap();
    let root = TempDir::new().unwrap();
    let script = format!("set -eu\n{}", blocks(&document, "sh").concat());
    let program = Path::new(env!("CARGO_BIN_EXE_gazette")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = std::process::Command::new("sh");
    for variable in ["GAZETTE_CONTENT", "GAZETTE_AT", "GAZETTE_LANG"] {
        shell.env_remove(variable);
    }
    let output = shell
        .args(["-c", &script])
        .current_dir(root.path())
        .env("PATH", path)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    let city = root.path().join("rimewater");
    assert!(city.join("public/zh/index.html").is_file());

    // The other two commands of the page run until they are stopped.
    let preview = blocks(&document, "sh preview").concat();
    let unit = blocks(&document, "ini").concat();
    let service = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let service = service
        .replace("/usr/local/bin/gazette", "gazette")
        .replace("/srv/rimewater/content", "content")
        .replace("/var/cache/gazette", "cache")
        .replace("--listen 127.0.0.1:8080", "");
    for (command, status) in [(preview, 200), (service, 404)] {
        let mut arguments = command.split_whitespace();
        assert_eq!(arguments.next(), Some("gazette"));
        let arguments: Vec<&str> = arguments.chain(["--listen", "127.0.0.1:0"]).collect();
        let server = Server::start(gazette(&arguments).current_dir(&city));
        assert_eq!(server.get("/zh/").status, 200);
        assert_eq!(server.get("/bulletins/the-library-is-open-again/").status, status);
    }
}
