//! Translations whose original changes: what `check` and readers are told, and what `gazette
//! translated` writes.

use gazette::diagnostic::{Code, Diagnostics};
use tempfile::TempDir;

use crate::cli::gazette;
use crate::harness::{Folder, Site, diagnostics, short};

const TRANSLATION: &str =
    "---\r\n# A remark.\r\ntitle: '水井'\r\nsummary: 新建水井。\r\n---\r\n新建水井十二口。\r\n";

/// A site with a bulletin of this text and its translation, which was made from `Twelve. Ten.`
fn site(text: &str, facts: &str) -> Folder {
    let translated = TRANSLATION.replace("---\r\n新", "translated: RECORD\r\n---\r\n新");
    let folder = Folder::city().bulletin("wells", facts, "Twelve wells. Ten pumps.\n");
    let record = recorded(&folder.with("bulletins/wells.zh.md", TRANSLATION));
    Folder::city()
        .bulletin("wells", facts, text)
        .with("bulletins/wells.zh.md", translated.replace("RECORD", &record))
}

/// The translation after `gazette translated`.
fn translated(folder: &Folder) -> String {
    let root = TempDir::new().unwrap();
    folder.write_to(root.path());
    let file = root.path().join("bulletins/wells.zh.md");
    let content = root.path().to_str().unwrap();
    let command = gazette(&["translated", file.to_str().unwrap(), "--content", content]);
    let output = { command }.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    std::fs::read_to_string(file).unwrap()
}

/// The record in the translation after `gazette translated`.
fn recorded(folder: &Folder) -> String {
    let text = translated(folder);
    let line = text.lines().find_map(|line| line.strip_prefix("translated: "));
    line.expect("the record").to_owned()
}

/// The sentence above a page whose original has changed, with the address of its link.
fn note(site: &Site, path: &str) -> Option<(String, Vec<String>)> {
    let page = site.page(path);
    let text = page.texts("main > p.empty").pop()?;
    Some((text, page.attributes("main > p.empty a", "href")))
}

/// The diagnostics of `check` about translations that are out of date.
fn stale(folder: &Folder) -> Vec<String> {
    let snapshot = folder.snapshot();
    let mut found = diagnostics(&snapshot, Diagnostics::default());
    found.retain(|one| one.code == Code::StaleTranslation);
    short(&found, &snapshot)
}

const FACTS: &str = "published: 2022-05-05";

#[test]
fn translated_adds_key_and_keeps_the_rest() {
    let folder = Folder::city()
        .bulletin("wells", FACTS, "Twelve wells.\n")
        .with("bulletins/wells.zh.md", TRANSLATION);
    let first = translated(&folder);
    let record = first.lines().nth(4).unwrap().to_owned();
    assert!(record.starts_with("translated: \"") && record.len() == 13 + 3 * 6, "{record}");
    assert_eq!(first.replace(&format!("{record}\r\n"), ""), TRANSLATION);
    // Again, and after a change of the original, the record alone is another.
    let again = folder.clone().with("bulletins/wells.zh.md", first.clone());
    assert_eq!(translated(&again), first);
    let changed = again.bulletin("wells", FACTS, "Thirteen wells.\n");
    let renewed = translated(&changed);
    assert_ne!(renewed, first);
    let of = |text: &str| text.lines().nth(4).unwrap().to_owned();
    assert_eq!(renewed.replace(&of(&renewed), &record), first);
}

#[test]
fn changed_original_is_told_to_editors_and_readers() {
    let changed = site("Twelve wells. Eleven pumps.\n", FACTS);
    let problems = stale(&changed);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("warning[translation/stale]"), "{problems:?}");
    assert!(problems[0].contains("`Eleven pumps.`") && !problems[0].contains("Twelve"));
    let site = changed.today();
    let (text, links) = note(&site, "/zh/bulletins/wells/").unwrap();
    assert_eq!(
        (text.as_str(), links),
        ("本译文可能不是最新：原文之后有改动。 阅读原文", vec!["/bulletins/wells/".to_owned()])
    );
    assert_eq!(note(&site, "/bulletins/wells/"), None);
}

#[test]
fn dates_blank_lines_and_breaks_are_no_change() {
    let later = "published: 2022-05-06\nchanges: [{ on: 2022-05-07, note: The date. }]";
    for (text, facts) in [
        ("Twelve wells. Ten pumps.\n", FACTS),
        ("\n\nTwelve\nwells.\nTen   pumps.\n\n", FACTS),
        ("Twelve wells. Ten pumps.\n", later),
    ] {
        let folder = site("Twelve wells. Ten pumps.\n", FACTS).bulletin("wells", facts, text);
        assert_eq!(stale(&folder), [""; 0], "{text:?}");
        assert_eq!(note(&folder.today(), "/zh/bulletins/wells/"), None);
    }
    let without = Folder::city()
        .bulletin("wells", FACTS, "Twenty wells.\n")
        .with("bulletins/wells.zh.md", TRANSLATION);
    assert_eq!(stale(&without), [""; 0]);
}
