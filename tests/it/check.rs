//! `gazette check` as a process: output formats, languages, exit codes.

use std::fs::Permissions;
use std::path::Path;
use std::process::Command;

use gazette::diagnostic::{Diagnostic, MessageLanguage, render};
use gazette::source::Snapshot;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{complains, complains_in_one_line, errors, gazette, run, text};
use crate::harness::{Folder, diagnostics, repository};

/// A city with an error that has a help and a related label.
fn mistaken() -> Folder {
    let facts = "published: 2022-05-05\nsets: [湖, 湖]\ncatgories: [water]";
    Folder::city().bulletin("lake", facts, "")
}

/// A city with a warning and a note and no error.
fn advised() -> Folder {
    Folder::city().bulletin(
        "lake",
        "published: 2022-05-05",
        "The rules are [here](https://lakeside.example/).\n",
    )
}

fn on_disk(folder: &Folder) -> TempDir {
    let place = TempDir::new().expect("a new folder");
    folder.write_to(place.path());
    place
}

fn told<T>(folder: &Folder, tell: impl Fn(&[Diagnostic], &render::RenderOptions<'_>) -> T) -> T {
    let snapshot: Snapshot = folder.snapshot();
    let found = diagnostics(&snapshot, gazette::diagnostic::Diagnostics::default());
    let texts = |path: &str| snapshot.text_lossy(path);
    tell(
        &found,
        &render::RenderOptions {
            root: "content",
            language: MessageLanguage::English,
            texts: &texts,
        },
    )
}

#[test]
fn check_json_has_the_documented_fields() {
    let list: Value = serde_json::from_slice(&told(&mistaken(), render::json)).expect("JSON");
    let twice = &list.as_array().expect("a list")[1];
    let expected = json!({
        "code": "front-matter/duplicate-key",
        "severity": "error",
        "path": "content/bulletins/lake.md",
        "line": 5, "column": 11, "end_line": 5, "end_column": 12,
        "message": "`湖` is listed twice in `sets`",
        "help": "keep one of the two",
        "related": [{
            "path": "content/bulletins/lake.md",
            "line": 5, "column": 8, "end_line": 5, "end_column": 9,
            "message": "first used here",
        }],
    });
    assert_eq!(*twice, expected);
    let keys: Vec<&String> = twice.as_object().unwrap().keys().collect();
    let mut contract = [
        "code",
        "severity",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "message",
        "help",
        "related",
    ];
    contract.sort_unstable();
    assert_eq!(keys, contract);
    assert_eq!(
        told(
            &Folder::city().with("goals/water/_index.zh.md", "---\ntitle: 水\n---\n"),
            render::json
        ),
        b"[]\n"
    );
}

#[test]
fn check_sarif_validates_against_schema() {
    let schema = std::fs::read_to_string(repository().join("tests/data/sarif-schema-2.1.0.json"))
        .expect("the schema");
    // An unopened bracket that is closed, which ECMAScript accepts.
    let schema = schema.replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for folder in [mistaken(), advised()] {
        let log: Value = serde_json::from_slice(&told(&folder, render::sarif)).expect("JSON");
        let problems: Vec<String> =
            validator.iter_errors(&log).map(|problem| problem.to_string()).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        let results = log["runs"][0]["results"].as_array().expect("results");
        assert!(!results.is_empty());
        for result in results {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            let rule = &log["runs"][0]["tool"]["driver"]["rules"][rule];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(
                rule["shortDescription"]["text"].is_string()
                    && rule["help"]["markdown"].is_string(),
                "{rule}"
            );
        }
    }
    assert!(
        !validator.is_valid(&json!({ "version": "2.1.0", "runs": [{}] })),
        "the schema refuses what it must"
    );
}

#[test]
fn check_github_escapes_one_line_each() {
    let lines = told(&mistaken(), |found, options| {
        found.iter().map(|one| render::github(one, options)).collect::<Vec<_>>()
    });
    let expected = "::error file=content/bulletins/lake.md,line=5,col=11,endLine=5,endColumn=12,\
                    title=front-matter/duplicate-key::`湖` is listed twice in `sets`%0A\
                    first used here: content/bulletins/lake.md:5:8%0Akeep one of the two";
    assert_eq!(lines[1], expected);
    let odd = Folder::city().bulletin("lake", "published: 2022-05-05\n\"a,b:c%\": 1", "");
    let lines = told(&odd, |found, options| {
        found.iter().map(|one| render::github(one, options)).collect::<Vec<_>>()
    });
    assert!(lines[0].contains("`a,b:c%25` is not a key"), "{lines:?}");
}

#[test]
fn check_formats_agree_on_diagnostics_and_exit_code() {
    let (wrong, right) = (on_disk(&mistaken()), on_disk(&advised()));
    for (folder, code, count) in [(&wrong, 1, 3), (&right, 0, 4)] {
        let path = folder.path().to_str().unwrap();
        for form in ["human", "short", "json", "sarif", "github"] {
            let output = run(&["check", path, "--format", form]);
            let said = text(&output.stdout) + &errors(&output);
            assert_eq!(output.status.code(), Some(code), "{form}: {said}");
            let found = match form {
                "human" => said.matches("\n --> ").count(),
                "json" => {
                    serde_json::from_str::<Value>(&said).expect("JSON").as_array().unwrap().len()
                }
                "sarif" => {
                    serde_json::from_str::<Value>(&said).expect("JSON")["runs"][0]["results"]
                        .as_array()
                        .unwrap()
                        .len()
                }
                _ => said.lines().count(),
            };
            assert_eq!(found, count, "{form}: {said}");
        }
    }
    complains(&run(&["check", "--format", "xml"]), 2, "'xml'");
}

#[test]
fn check_deny_warnings_fails_on_warnings_not_notes() {
    let folder = on_disk(&advised());
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&["check", path]).status.code(), Some(0));
    assert_eq!(run(&["check", path, "--deny-warnings"]).status.code(), Some(1));
    let quiet = advised()
        .bulletin("lake", "published: 2022-05-05", "")
        .with("goals/water/_index.zh.md", "---\ntitle: 水\n---\n");
    let folder = on_disk(&quiet);
    let output = run(&["check", folder.path().to_str().unwrap(), "--deny-warnings"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("note[bulletin/no-goal]"));
}

#[test]
fn check_language_follows_flag_then_system() {
    let folder = on_disk(&mistaken());
    let path = folder.path().to_str().unwrap();
    let said = |arguments: &[&str], name: &str, value: &str| {
        let output = gazette(&["check", path])
            .args(arguments)
            .env_remove("LC_ALL")
            .env(name, value)
            .output()
            .unwrap();
        errors(&output)
    };
    assert!(said(&[], "LC_ALL", "C").starts_with("error["));
    assert!(said(&[], "LC_ALL", "zh_CN.UTF-8").starts_with("错误["));
    assert!(said(&[], "GAZETTE_LANG", "zh").starts_with("错误["));
    assert!(said(&[], "GAZETTE_LANG", "zh_CN.UTF-8").starts_with("错误["));
    assert!(said(&["--lang", "zh"], "LC_ALL", "C").starts_with("错误["));
    assert!(said(&["--lang", "en"], "LC_ALL", "zh_CN.UTF-8").starts_with("error["));
    complains(&run(&["check", "--lang", "fr"]), 2, "'fr'");
}

#[test]
fn check_unreadable_input_exits_with_2() {
    complains_in_one_line(&run(&["check", "/no/such/folder"]), 2, "cannot read the content folder");
    let chinese = run(&["check", "/no/such/folder", "--lang", "zh"]);
    complains_in_one_line(&chinese, 2, "无法读取内容文件夹 `/no/such/folder`：没有这个文件夹");
    complains_in_one_line(&run(&["check", "--audit", "--format", "sarif"]), 2, "`human` or `json`");
    complains(&run(&["check", "--audit", "--deny-warnings"]), 2, "cannot be used with");
    let wrong = on_disk(&mistaken());
    let path = wrong.path().to_str().unwrap();
    complains(&run(&["check", path, "--audit", "--format", "json"]), 2, "error[");
    let part = wrong.path().join("bulletins");
    complains_in_one_line(
        &run(&["check", part.to_str().unwrap()]),
        2,
        "is only a part of the content; check",
    );
    let empty = TempDir::new().expect("a new folder");
    complains(&run(&["check", empty.path().to_str().unwrap()]), 2, "error[site/missing]");
}

#[test]
fn check_files_of_other_programs_are_ignored() {
    let place = on_disk(&advised());
    let check = || run(&["check", "--format", "json", place.path().to_str().unwrap()]).stdout;
    let before = check();
    for name in ["~$lake.docx", "~$lake.md", ".~lake.md", "Thumbs.db", "desktop.ini", "lake.md~"] {
        std::fs::write(place.path().join("bulletins").join(name), b"\0").expect("a file");
        assert_eq!(check(), before, "{name}");
    }
}

/// The file that is always full (`man 4 full`).
#[cfg(target_os = "linux")]
#[test]
fn check_unwritable_output_is_a_failure() {
    for form in ["human", "short", "json"] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
        let output = gazette(&["check", "--format", form]).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{form}");
        assert!(
            text(&output.stderr).contains("gazette: cannot write the output: No space left"),
            "{form}"
        );
    }
}

#[test]
fn check_folder_is_argument_or_content() {
    let (wrong, right) = (on_disk(&mistaken()), on_disk(&advised()));
    let of_environment = |value: &str| {
        let mut command = gazette(&["check", right.path().to_str().unwrap()]);
        command
            .env("GAZETTE_CONTENT", value)
            .env("GAZETTE_LANG", "")
            .output()
            .expect("it runs")
            .status
            .code()
    };
    assert_eq!(of_environment(wrong.path().to_str().unwrap()), Some(0), "what is named goes first");
    assert_eq!(of_environment(""), Some(0), "a variable without a value is not set");
    let desk = TempDir::new().expect("a new folder");
    let said = || {
        let output = gazette(&["check"]).current_dir(desk.path()).output().expect("it runs");
        (output.status.code(), text(&output.stderr))
    };
    let (code, verdict) = said();
    assert!(code == Some(2) && verdict.contains("nothing to check"), "{verdict}");
    mistaken().write_to(&desk.path().join("content"));
    let (code, verdict) = said();
    assert!(code == Some(1) && verdict.starts_with("content: ./content\n"), "{verdict}");
    std::fs::remove_file(desk.path().join("content/site.toml")).unwrap();
    assert_eq!(said().0, Some(2), "a folder without settings is not passed over");
}

/// A command that runs the binary without the right to read a file of mode 0. The user `root` may
/// read everything, and so starts it as `nobody`.
#[cfg(unix)]
pub(crate) fn gazette_without_rights(folder: &Path, locked: &Path) -> Command {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let set_mode = |path: &Path, mode| {
        std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
    };
    set_mode(folder, 0o755);
    set_mode(locked, 0);
    let program = folder.join("gazette");
    // Copied by another process: children of this one would hold the copy open for writing while it
    // is started.
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_gazette"))
        .arg(&program)
        .status()
        .expect("cp runs");
    assert!(copied.success());
    let mut command = Command::new(program);
    if std::fs::read(locked).is_ok() {
        command.uid(65_534);
    }
    command
}

#[cfg(unix)]
#[test]
fn check_unreadable_file_is_named() {
    let place = on_disk(&advised());
    let locked = place.path().join("bulletins/lake.md");
    let output = gazette_without_rights(place.path(), &locked)
        .arg("check")
        .arg(place.path())
        .output()
        .expect("it runs");
    complains_in_one_line(
        &output,
        2,
        &format!("cannot read `{}`: Permission denied", locked.display()),
    );
}

#[test]
fn embedded_content_has_no_errors_or_warnings() {
    let elsewhere = TempDir::new().expect("a new folder");
    let output = gazette(&["check", "--built-in", "--deny-warnings"])
        .current_dir(elsewhere.path())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains(" bulletins, 21 goals, 2 languages"), "{said}");
    assert!(text(&output.stderr).starts_with("built-in content (Harbin)\n"));
    assert_eq!(said.lines().count(), 1);
}

#[test]
fn explain_accepts_code_or_its_ending() {
    let full = text(&run(&["explain", "front-matter/unknown-key"]).stdout);
    assert!(
        full.starts_with("front-matter/unknown-key\n\n") && full.contains("**Wrong**"),
        "{full}"
    );
    assert_eq!(text(&run(&["explain", "unknown-key"]).stdout), full);
    let chinese = text(&run(&["explain", "unknown-key", "--lang", "zh"]).stdout);
    assert!(chinese.contains("**正确示例**"), "{chinese}");
    complains_in_one_line(
        &run(&["explain", "front-matter/unknow-key"]),
        2,
        "did you mean `front-matter/unknown-key`?",
    );
    complains_in_one_line(&run(&["explain", "weather"]), 2, "`gazette explain` lists all codes");
    let list = text(&run(&["explain"]).stdout);
    assert_eq!(list.lines().count(), gazette::diagnostic::Code::ALL.len());
}
