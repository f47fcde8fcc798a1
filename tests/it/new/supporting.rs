//! `gazette new body`, `topic`, `alert` and `page`.

use std::fs;
use std::process::Output;

use super::{Desk, text};
use crate::cli::gazette;

/// Uses every line of a file that is commented out, and removes the draft.
fn use_every_key(desk: &Desk, path: &str) {
    let used: Vec<String> = desk
        .text(path)
        .lines()
        .filter(|line| *line != "draft: true")
        .map(|line| {
            let key = line.strip_prefix("# ").and_then(|rest| rest.split_once(": "));
            let is_example = key.is_some_and(|(key, _)| {
                ["short_title", "summary", "contact", "formerly", "aliases", "until"].contains(&key)
            });
            if is_example { line[2..].to_owned() } else { line.to_owned() }
        })
        .map(|line| line.replace("/old/path/", &format!("/old/{}/", path.len())))
        .collect();
    fs::write(desk.root.path().join(path), used.join("\n") + "\n").unwrap();
}

/// The keys of a file, those included that are commented out.
fn keys(desk: &Desk, path: &str) -> Vec<String> {
    let text = desk.text(path);
    let keys = text.lines().filter_map(|line| line.split_once(": "));
    keys.map(|(key, _)| key.trim_start_matches("# ").to_owned()).collect()
}

#[test]
fn new_body_topic_alert_page_explain_every_key() {
    let desk = Desk::city();
    for (arguments, path, expected) in [
        (
            &["body", "Housing bureau"][..],
            "content/bodies/housing-bureau.md",
            &["short_title", "summary", "order", "contact", "formerly", "aliases"][..],
        ),
        (
            &["topic", "Rented homes"],
            "content/topics/rented-homes.md",
            &["short_title", "summary", "order", "aliases"],
        ),
        (
            &["alert", "The lake rises", "--level", "warning"],
            "content/alerts/the-lake-rises.md",
            &["level", "from", "until", "draft"],
        ),
        (
            &["page", "Opening hours"],
            "content/opening-hours.md",
            &["summary", "short_title", "order", "aliases", "draft"],
        ),
    ] {
        assert_eq!(desk.new_files(arguments), [path]);
        let found = keys(&desk, path);
        for key in expected {
            assert!(found.iter().any(|it| it == key), "{key}: {}", desk.text(path));
        }
        use_every_key(&desk, path);
    }
    desk.is_clean();
    // All of them are public now, and a further one comes after them.
    assert!(desk.text("content/alerts/the-lake-rises.md").contains("\nuntil: 2026-11-02\n"));
    desk.new_files(&["body", "Harbour office"]);
    assert!(desk.text("content/bodies/harbour-office.md").contains("\norder: 2\n"));
}

#[test]
fn new_alert_is_draft_with_comments_in_chinese() {
    let desk = Desk::city();
    let mut command = gazette(&["new", "alert", "湖水上涨", "--slug", "flood"]);
    let output = command.current_dir(desk.root.path()).env("GAZETTE_LANG", "zh").output().unwrap();
    assert!(text(&output.stderr).starts_with("下一步："), "{}", text(&output.stderr));
    let written = desk.text("content/alerts/flood.md");
    assert!(written.contains("任何页面都不显示；内容完成后删除该行\ndraft: true\n"), "{written}");
    assert!(desk.text("content/alerts/flood.zh.md").contains("title: 湖水上涨\n"));
    desk.is_clean();
}

#[test]
fn new_page_refuses_folder_that_is_not_of_pages() {
    let desk = Desk::city();
    for (folder, line) in [
        (
            "bulletins",
            "is not a folder of pages; use `gazette new bulletin` for what belongs in it",
        ),
        ("topics", "is not a folder of pages; use `gazette new topic` for what belongs in it"),
        ("A_b", "cannot be part of an address; use lower-case letters a to z, digits and single"),
        (
            "city-hall",
            "with an `_index.md` yet; write it first with `gazette new section \"City hall\"`",
        ),
    ] {
        let refusal = desk.refusal(&["page", "Housing", "--folder", folder]);
        assert!(refusal.contains(&format!("`{folder}` {line}")), "{refusal}");
    }
    desk.new_files(&["section", "City hall"]);
    let files = desk.new_files(&["page", "Housing", "--folder", "city-hall/"]);
    assert_eq!(files, ["content/city-hall/housing.md"]);
    let refusal = desk.refusal(&["page", "Housing!", "--folder", "city-hall"]);
    assert!(refusal.contains("is taken by `content/city-hall/housing.md`"), "{refusal}");
    // The same name in another folder is another address.
    desk.new_files(&["page", "Housing"]);
}

fn unknown_kind(desk: &Desk, kind: &str, language: &str) -> String {
    let mut command = gazette(&["new", kind, "x"]);
    let output: Output =
        command.current_dir(desk.root.path()).env("GAZETTE_LANG", language).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    text(&output.stderr)
}

#[test]
fn new_unknown_kind_lists_all_kinds() {
    let desk = Desk::city();
    let listed = "`bulletin`, `goal`, `category`, `section`, `body`, `topic`, `alert`, `page`, \
                  `language`, `translation`";
    let line = unknown_kind(&desk, "law", "en");
    assert_eq!(line, format!("gazette: `gazette new` writes no `law`; it writes {listed}\n"));
    let line = unknown_kind(&desk, "bulletn", "en");
    assert!(line.contains("`bulletn`; did you mean `bulletin`? it writes `bulletin`, "), "{line}");
    let line = unknown_kind(&desk, "机构", "zh");
    assert!(line.contains("不能新建 `机构`；可新建 `bulletin`、`goal`"), "{line}");
}
