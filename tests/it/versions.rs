//! Earlier versions of bulletins: what `gazette amend` keeps, and what of it is public when.

use std::path::Path;

use tempfile::TempDir;

use crate::cli::gazette;
use crate::harness::Folder;

/// A city in which a bulletin was published on 2022-05-05 in two languages.
fn city() -> Folder {
    Folder::city()
        .bulletin("x", "published: 2022-05-05", "The pool has two lanes.\n")
        .with("bulletins/x.zh.md", "---\ntitle: 泳池\nsummary: 泳池。\n---\n泳池有两条泳道。\n")
}

/// Runs `gazette amend` on a content folder at an instant; returns whether it succeeded and what
/// it printed.
fn amend(folder: &Path, file: &str, more: &[&str]) -> (bool, String) {
    let path = folder.to_str().unwrap();
    let file = folder.join(file);
    let arguments = [&["amend", file.to_str().unwrap(), "--content", path], more].concat();
    let output = gazette(&arguments).env("GAZETTE_LANG", "en").output().unwrap();
    let both = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(both).unwrap())
}

fn on_disk(folder: &Folder) -> TempDir {
    let root = TempDir::new().unwrap();
    folder.write_to(root.path());
    root
}

const IN_JUNE: [&str; 2] = ["--at", "2022-06-01T12:00:00+08:00"];

#[test]
fn amend_keeps_public_text_of_every_language() {
    let root = on_disk(&city());
    let read = |path: &str| std::fs::read_to_string(root.path().join(path)).unwrap();
    let before = read("bulletins/x.zh.md");
    let (is_done, out) = amend(root.path(), "bulletins/x.zh.md", &IN_JUNE);
    assert!(is_done, "{out}");
    assert_eq!(
        read("bulletins/x.2022-05-05.md"),
        "---\ntitle: About x\nsummary: What is said about x.\n---\nThe pool has two lanes.\n"
    );
    assert_eq!(read("bulletins/x.2022-05-05.zh.md"), before);
    assert_eq!(
        read("bulletins/x.md"),
        "---\ntitle: About x\nsummary: What is said about x.\npublished: 2022-05-05\nchanges:\n  \
         - on: 2022-06-01\n    note: { en: \"What changed, and why.\", zh: 改了什么，为什么改。 }\n\
         ---\nThe pool has two lanes.\n"
    );
    let (_, out) = amend(root.path(), "bulletins/x.md", &["--at", "2022-07-01T12:00:00+08:00"]);
    assert!(out.contains("x.2022-06-01.md"), "{out}");
}

#[test]
fn amend_refuses_text_that_is_not_to_keep() {
    let folder = city()
        .bulletin("draft", "published: 2022-05-05\ndraft: true", "")
        .bulletin("later", "published: 2022-07-05", "")
        .bulletin("today", "published: 2022-06-01 09:00", "")
        .bulletin("ahead", "published: 2022-05-05\nchanges: [{ on: 2022-06-02, note: N. }]", "")
        .bulletin("gone", "published: 2022-05-05\ngone: { on: 2022-05-06, reason: R. }", "");
    let root = on_disk(&folder);
    for (file, words) in [
        ("bulletins/draft.md", "is not public"),
        ("bulletins/later.md", "is not public"),
        ("bulletins/gone.md", "is not public"),
        ("bulletins/today.md", "is of today, 2022-06-01"),
        ("bulletins/ahead.md", "has a change of 2022-06-02"),
        ("bulletins/y.md", "`bulletins/y.md` is not a bulletin; did you mean `bulletins/x.md`?"),
        ("goals/water/_index.md", "is not a bulletin"),
    ] {
        let (is_done, out) = amend(root.path(), file, &IN_JUNE);
        assert!(!is_done && out.contains(words), "{file}: {out}");
    }
    assert_eq!(std::fs::read_dir(root.path().join("bulletins")).unwrap().count(), 9);
}

#[test]
fn version_files_raise_no_problem() {
    let folder = Folder::city()
        .bulletin("x", "published: 2022-05-05\nchanges: [{ on: 2022-06-01, note: N. }]", "New.\n")
        .with("bulletins/x.2022-05-05.md", "---\ntitle: Old\nsummary: S.\n---\n[Old](old.pdf)\n")
        .with("bulletins/old.pdf", "%PDF-1.4");
    assert_eq!(folder.problems(), [""; 0]);
    assert_eq!(folder.today().get("/bulletins/old.pdf").status, 200);
    // Before the change, the version and what only it refers to are not public.
    assert_eq!(folder.at("2022-05-06T00:00:00Z").get("/bulletins/old.pdf").status, 404);
}
