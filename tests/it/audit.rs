//! `gazette check --audit`: the inspector's view.

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{gazette, text};
use crate::harness::Folder;

/// A city that passes the audit on 10 May 2022.
fn exemplary() -> Folder {
    let site = "name = \"Lakeside\"\nbase_url = \"https://lakeside.example/\"\n\
        time_zone = \"Asia/Shanghai\"\n\
                languages = [\"en\"]\n[security]\ncontact = \"mailto:it@lakeside.example\"\n";
    Folder::default()
        .with("site.toml", site)
        .with("bulletins/_index.md", "---\ntitle: Bulletins\n---\n")
        .with("goals/water/_index.md", "---\ntitle: Water\n---\n")
        .with("accessibility.md", "---\ntitle: Accessibility\n---\nIt can be used by all.\n")
        .goal("clean-lake", "kind: continue")
        .bulletin(
            "lake",
            "published: 2022-05-01\nsource: { name: Lakeside Daily }\nsets: [clean-lake]",
            "",
        )
}

/// The report of a day, and the exit code.
fn inspected(folder: &Folder, day: &str) -> (Vec<Value>, Option<i32>) {
    let place = TempDir::new().expect("a new folder");
    folder.write_to(place.path());
    let path = place.path().to_str().unwrap();
    let at = format!("{day}T12:00:00+08:00");
    let output = gazette(&["check", path, "--audit", "--format", "json", "--at", &at])
        .output()
        .expect("the binary runs");
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    assert_eq!(report["passed"], output.status.success());
    (report["items"].as_array().expect("items").clone(), output.status.code())
}

/// The items that failed, as `name subject`.
fn failed(folder: &Folder, day: &str) -> Vec<String> {
    let (items, code) = inspected(folder, day);
    let failed: Vec<String> = items
        .iter()
        .filter(|item| item["state"] == "failed")
        .map(|item| {
            format!("{} {}", item["name"].as_str().unwrap(), item["subject"].as_str().unwrap())
        })
        .collect();
    assert_eq!(code, Some(i32::from(!failed.is_empty())));
    failed
}

#[test]
fn audit_of_complete_site_passes() {
    assert_eq!(failed(&exemplary(), "2022-05-10"), Vec::<String>::new());
}

#[test]
fn audit_reports_stale_sections() {
    assert_eq!(failed(&exemplary(), "2022-05-15"), Vec::<String>::new());
    assert_eq!(failed(&exemplary(), "2022-05-16"), ["freshness home"]);
    assert_eq!(failed(&exemplary(), "2022-10-28"), ["freshness home"]);
    assert_eq!(failed(&exemplary(), "2022-10-29"), ["freshness home", "freshness bulletins"]);
    let site = "name = \"Lakeside\"\nbase_url = \"https://lakeside.example/\"\n\
        time_zone = \"Asia/Shanghai\"\n\
                languages = [\"en\"]\n[security]\ncontact = \"mailto:it@lakeside.example\"\n\
                [freshness]\nhome = 30\nbulletins = 10\n";
    assert_eq!(failed(&exemplary().with("site.toml", site), "2022-05-16"), ["freshness bulletins"]);
    let changed = exemplary().bulletin(
        "lake",
        "published: 2022-05-01\nsource: { name: Lakeside Daily }\nsets: [clean-lake]\n\
         changes: [{ on: 2022-05-14, note: Corrected. }]",
        "",
    );
    assert_eq!(failed(&changed, "2022-05-16"), Vec::<String>::new());
}

#[test]
fn audit_reports_empty_undated_and_unsourced() {
    let folder = exemplary()
        .with("news/_index.md", "---\ntitle: News\n---\n")
        .with("goals/roads/_index.md", "---\ntitle: Roads\n---\n")
        .goal("wells", "kind: increase\ntarget: { value: 10, unit: wells }")
        .bulletin(
            "wells",
            "published: 2022-05-02\nreports: [{ goal: wells, value: 3, as_of: 2022-06-30 }]",
            "",
        );
    let expected = [
        "freshness news",
        "content news",
        "content goals/roads",
        "dates bulletins",
        "dates goals",
        "sources bulletins",
    ];
    assert_eq!(failed(&folder, "2022-05-10"), expected);
    let (items, _) = inspected(&folder, "2022-05-10");
    let paths = |name: &str, subject: &str| {
        let item =
            items.iter().find(|item| item["name"] == name && item["subject"] == subject).unwrap();
        assert!(item["help"].is_string());
        item["paths"].clone()
    };
    assert_eq!(paths("sources", "bulletins"), serde_json::json!(["bulletins/wells.md"]));
    assert_eq!(paths("dates", "goals"), serde_json::json!(["goals/water/wells.md"]));
}

#[test]
fn audit_finds_statements_and_tags_on_pages() {
    let site = "name = \"Lakeside\"\nbase_url = \"https://lakeside.example/\"\n\
        time_zone = \"Asia/Shanghai\"\n\
                languages = [\"en\", \"zh\"]\nprofile = \"cn-gov\"\n[government]\n\
                site_id_code = \"2301000001\"\n";
    let folder = exemplary().with("site.toml", site);
    assert_eq!(
        failed(&folder, "2022-05-10"),
        [
            "footer mark",
            "footer icp",
            "footer public-security",
            "footer site-code",
            "footer sponsor",
            "footer contact",
            "accessibility-statement /accessibility/",
            "security-txt /.well-known/security.txt"
        ]
    );
    let (items, _) = inspected(&folder, "2022-05-10");
    let tags: Vec<&Value> = items.iter().filter(|item| item["name"] == "cn-gov").collect();
    assert_eq!(tags.len(), 3);
    assert!(tags.iter().all(|item| item["state"] == "passed"), "{tags:?}");
    let (items, _) = inspected(&exemplary(), "2022-05-10");
    assert!(items.iter().any(|item| item["name"] == "cn-gov" && item["state"] == "not-applicable"));
}

#[test]
fn audit_follows_language_and_lists_errors_first() {
    let place = TempDir::new().expect("a new folder");
    exemplary().write_to(place.path());
    let path = place.path().to_str().unwrap();
    let at = "2022-06-10T12:00:00+08:00";
    let output = gazette(&["check", path, "--audit", "--at", at]).output().unwrap();
    let said = text(&output.stdout);
    assert!(said.starts_with(
        "FAIL  freshness home: last changed on 2022-05-01, 40 days ago; the limit is 14 days"
    ));
    assert!(said.ends_with("8 passed, 1 failed\n"), "{said}");
    let output = gazette(&["check", path, "--audit", "--at", at, "--lang", "zh"]).output().unwrap();
    assert!(
        text(&output.stdout)
            .starts_with("不合格  更新 home：最近更新于 2022-05-01，距今 40 天；限期为 14 天")
    );
    exemplary().bulletin("lake", "published: soon", "").write_to(place.path());
    let output = gazette(&["check", path, "--audit", "--at", at]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "it was not inspected");
    assert!(crate::cli::errors(&output).starts_with("error[front-matter/bad-date]"));
    assert!(output.stdout.is_empty());
}
