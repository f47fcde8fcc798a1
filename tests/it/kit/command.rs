//! `gazette kit` as a process: the files that it writes, keeps and rejects.

use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::cli::gazette;
use crate::harness::Folder;

fn city() -> TempDir {
    let root = TempDir::new().unwrap();
    Folder::city()
        .goal("wells", "kind: increase\ntarget: { value: 12, unit: wells }")
        .write_to(&root.path().join("content"));
    root
}

fn kit(root: &Path, arguments: &[&str]) -> Output {
    gazette(&[&["kit"], arguments].concat())
        .current_dir(root)
        .env("LC_ALL", "C")
        .output()
        .expect("the binary runs")
}

/// The exit code, and the lines of standard output.
fn outcome(output: &Output) -> (i32, Vec<String>) {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output.status.code().unwrap(), text.lines().map(ToOwned::to_owned).collect())
}

const FILES: usize = 23;

#[test]
fn kit_is_rewritten_only_when_site_changed() {
    let root = city();
    let (code, lines) = outcome(&kit(root.path(), &["--check"]));
    assert_eq!((code, lines.len()), (1, FILES));
    assert!(lines.iter().all(|line| line.starts_with("missing ")), "{lines:?}");
    assert!(!root.path().join("admin").exists());

    let (code, lines) = outcome(&kit(root.path(), &[]));
    assert_eq!((code, lines.len()), (0, FILES));
    assert!(lines.contains(&"wrote ./.vscode/tasks.json".to_owned()), "{lines:?}");
    for arguments in [&["--check"][..], &[]] {
        let output = kit(root.path(), arguments);
        assert_eq!(outcome(&output), (0, Vec::new()));
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            format!("{FILES} files are up to date\n")
        );
    }

    let category = root.path().join("content/goals/roads");
    std::fs::create_dir(&category).unwrap();
    std::fs::write(category.join("_index.md"), "---\ntitle: Roads\n---\n").unwrap();
    let (code, lines) = outcome(&kit(root.path(), &["--check"]));
    assert_eq!(code, 1);
    assert!(
        lines.contains(&"outdated ./admin/config.yml; run `gazette kit`".to_owned()),
        "{lines:?}"
    );
    assert_eq!(outcome(&kit(root.path(), &[])).0, 0);
    assert_eq!(outcome(&kit(root.path(), &["--check"])).0, 0);
}

#[test]
fn kit_keeps_files_changed_by_hand() {
    let root = city();
    std::fs::create_dir(root.path().join(".vscode")).unwrap();
    let settings = root.path().join(".vscode/settings.json");
    std::fs::write(&settings, "{}\n").unwrap();
    let (code, lines) = outcome(&kit(root.path(), &[]));
    assert_eq!(code, 0);
    assert!(
        lines.contains(
            &"not written ./.vscode/settings.json: it is not a file of the kit".to_owned()
        ),
        "{lines:?}"
    );
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), "{}\n");

    let pages = root.path().join(".pages.yml");
    let changed = std::fs::read_to_string(&pages).unwrap().replace("merge: true", "merge: false");
    std::fs::write(&pages, &changed).unwrap();
    for arguments in [&[][..], &["--check"]] {
        let (code, lines) = outcome(&kit(root.path(), arguments));
        assert_eq!(code, 1);
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("not written ./.pages.yml: it has been edited")),
            "{lines:?}"
        );
    }
    assert_eq!(std::fs::read_to_string(&pages).unwrap(), changed);

    let own = changed.split_once('\n').unwrap().1;
    std::fs::write(&pages, own).unwrap();
    assert_eq!(outcome(&kit(root.path(), &[])).0, 0);
    assert_eq!(std::fs::read_to_string(&pages).unwrap(), own);
}

#[test]
fn kit_remembers_the_repository() {
    let root = city();
    assert_eq!(
        outcome(&kit(root.path(), &["--repository", "harbin/bulletin", "--branch", "live"])).0,
        0
    );
    assert_eq!(outcome(&kit(root.path(), &["--check"])), (0, Vec::new()));
    let config = std::fs::read_to_string(root.path().join("admin/decap/config.yml")).unwrap();
    assert!(config.contains("  repo: harbin/bulletin\n  branch: live\n"), "{config}");
    assert_eq!(kit(root.path(), &["--repository", "harbin"]).status.code(), Some(2));
}

#[test]
fn kit_of_other_folder_is_the_same() {
    let (root, other) = (city(), TempDir::new().unwrap());
    let folder = other.path().to_str().unwrap();
    assert_eq!(outcome(&kit(root.path(), &[folder, "--content", "content"])).0, 0);
    assert_eq!(outcome(&kit(root.path(), &[])).0, 0);
    for path in ["admin/config.yml", ".vscode/tasks.json", ".taplo.toml"] {
        let read = |root: &Path| std::fs::read_to_string(root.join(path)).unwrap();
        assert_eq!(read(root.path()), read(other.path()), "{path}");
    }
}

#[test]
fn kit_names_texts_that_forms_cannot_show() {
    let root = city();
    let bulletin = |name: &str, source: &str| {
        let text = format!(
            "---\ntitle: T\nsummary: S.\npublished: 2022-05-05\nsource: {{ name: {source} }}\n---\n"
        );
        std::fs::write(root.path().join("content/bulletins").join(name), text).unwrap();
    };
    bulletin("a.md", "Daily");
    bulletin("b.md", "{ en: Daily, zh: 日报 }");
    let output = kit(root.path(), &[]);
    let note = "note: `source.name` is one text in some files and one text for each language in \
        others, so forms cannot \
                show it in all of them: 1 differ, such as content/bulletins/a.md";
    assert!(String::from_utf8_lossy(&output.stderr).lines().any(|line| line == note), "{output:?}");
}

#[test]
fn kit_rejects_folder_without_content() {
    let root = TempDir::new().unwrap();
    let output = kit(root.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
}
