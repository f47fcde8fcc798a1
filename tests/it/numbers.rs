//! Permanent numbers: what `gazette number` writes, and where a number leads.

use std::process::Command;

use gazette::content::Content;
use gazette::source::Source;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{gazette, text};
use crate::harness::{Folder, Site, edition_of};

fn city() -> Folder {
    Folder::city()
        .bulletin("second", "published: 2022-05-02", "Second.")
        .with("bulletins/second.zh.md", "---\ntitle: 第二份\nsummary: 一句话。\n---\n第二。")
        .bulletin("first", "published: 2022-05-01", "First.")
        .bulletin("older", "published: 2021-12-31T23:59:59+08:00", "Older.")
        .bulletin("later", "published: 2023-01-01", "Later.")
        .bulletin("draft", "published: 2022-01-01\ndraft: true", "Draft.")
}

/// A folder on disk in which `gazette number` runs.
struct Desk(TempDir);

impl Desk {
    fn new(folder: &Folder) -> Self {
        let root = TempDir::new().unwrap();
        folder.write_to(root.path());
        Self(root)
    }

    /// Runs `gazette number` at an instant, and returns whether it succeeded and what it printed.
    fn number(&self, at: &str) -> (bool, String) {
        let (is_done, out, _) = self.run("number", &["--at", at]);
        (is_done, out)
    }

    /// Runs a command, and returns whether it succeeded and what it printed.
    fn run(&self, command: &str, arguments: &[&str]) -> (bool, String, String) {
        let path = self.0.path().to_str().unwrap();
        let output =
            gazette(&[&[command, "--content", path], arguments].concat()).output().unwrap();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    }

    /// The lines of `gazette check` on permanent numbers.
    fn check(&self) -> Vec<String> {
        let (_, out, _) = self.run("check", &["--format", "short"]);
        out.lines().filter(|line| line.contains("number/")).map(str::to_owned).collect()
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        let identity = ["-c", "user.name=a", "-c", "user.email=a@lake.example"];
        command.args(identity).args(arguments).current_dir(self.0.path());
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    fn ledger(&self) -> String {
        std::fs::read_to_string(self.0.path().join("numbers.toml")).unwrap_or_default()
    }

    fn write_ledger(&self, text: &str) {
        std::fs::write(self.0.path().join("numbers.toml"), text).unwrap();
    }

    fn site(&self, at: &str) -> Site {
        let (snapshot, _) = Source::Directory(self.0.path().to_owned()).snapshot().unwrap();
        Site::new(edition_of(&snapshot, at))
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let path = self.0.path().join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }
}

const IN_2022: &str = "2022-06-01T00:00:00Z";

#[test]
fn public_bulletins_get_numbers_in_order() {
    let desk = Desk::new(&city());
    let (_, out) = desk.number(IN_2022);
    assert_eq!(
        out,
        "2021-001 /bulletins/older/\n2022-001 /bulletins/first/\n2022-002 /bulletins/second/\n"
    );
    let first = desk.ledger();
    assert_eq!(desk.number(IN_2022), (true, String::new()));
    assert_eq!(desk.ledger(), first, "nothing new, nothing written");
    assert_eq!(desk.number("2023-06-01T00:00:00Z").1, "2023-001 /bulletins/later/\n");
    let first = first.replace("total = 3", "total = 4");
    assert!(desk.ledger().starts_with(&first), "{}", desk.ledger());
}

#[test]
fn audit_names_public_bulletins_without_number() {
    let desk = Desk::new(&city());
    let items = |at: &str| {
        let path = desk.0.path().to_str().unwrap();
        let arguments = ["check", path, "--audit", "--format", "json", "--at", at];
        let output = gazette(&arguments).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let items = report["items"].as_array().unwrap().iter();
        items.filter(|item| item["name"] == "numbers").cloned().collect::<Vec<_>>()
    };
    assert!(items(IN_2022).is_empty(), "a site without numbers");
    desk.number(IN_2022);
    // The draft and the bulletin of the next year are not public.
    assert_eq!(items(IN_2022)[0]["state"], "passed");
    let late = &items("2023-06-01T00:00:00Z")[0];
    assert_eq!(late["state"], "failed");
    assert_eq!(late["paths"], serde_json::json!(["bulletins/later.md"]));
    assert!(late["help"].as_str().unwrap().contains("`gazette number`"), "{late}");
    let gone = "published: 2023-01-01\ngone: { on: 2023-01-02, reason: It was wrong. }";
    desk.replace("bulletins/later.md", "published: 2023-01-01", gone);
    assert_eq!(items("2023-06-01T00:00:00Z")[0]["state"], "passed");
}

#[test]
fn number_answers_with_redirect_in_every_language() {
    let desk = Desk::new(&city());
    desk.number("2023-06-01T00:00:00Z");
    let site = desk.site(IN_2022);
    for (path, target) in [
        ("/n/2022/1/", "/bulletins/first/"),
        ("/n/2022/2/", "/bulletins/second/"),
        ("/zh/n/2022/2/", "/zh/bulletins/second/"),
        ("/zh/n/2022/1/", "/bulletins/first/"),
    ] {
        site.get(path).is(308).has("location", target);
    }
    site.get("/n/2022/3/").is(404);
    // A bulletin that is not public yet has no number for readers.
    site.get("/n/2023/1/").is(404);
    let page = site.page("/zh/bulletins/second/");
    assert_eq!(
        page.attribute("section[aria-labelledby=document-citation] p a", "href"),
        "/zh/n/2022/2/"
    );
    let data = site.get("/bulletins/first/index.json").json();
    assert_eq!(data["permanent_number"], "2022-001");
    let table = site.get("/data/bulletins.json").json();
    assert_eq!(table["bulletins"][0]["permanent_number"], "2022-002");
}

#[test]
fn number_answers_after_rename_and_removal() {
    let desk = Desk::new(&city());
    desk.number(IN_2022);
    let folder = desk.0.path().join("bulletins");
    std::fs::rename(folder.join("first.md"), folder.join("renamed.md")).unwrap();
    let (is_done, _) = desk.number(IN_2022);
    assert!(!is_done, "the number leads nowhere");
    let head = "published: 2022-05-01";
    desk.replace("bulletins/renamed.md", head, &format!("{head}\naliases: [/bulletins/first/]"));
    assert_eq!(desk.number(IN_2022), (true, String::new()));
    desk.site(IN_2022).get("/n/2022/1/").is(308).has("location", "/bulletins/renamed/");
    let gone = format!("{head}\ngone: {{ on: 2022-05-20, reason: It was wrong. }}");
    desk.replace("bulletins/renamed.md", head, &gone);
    let site = desk.site(IN_2022);
    site.get("/n/2022/1/").is(308).has("location", "/bulletins/renamed/");
    site.get("/bulletins/renamed/").is(410);
}

#[test]
fn swapped_numbers_are_refused() {
    let desk = Desk::new(&city());
    desk.number(IN_2022);
    let ledger = desk.ledger();
    desk.replace("numbers.toml", "/bulletins/first/", "/bulletins/older/");
    let (is_done, _) = desk.number("2023-06-01T00:00:00Z");
    assert!(!is_done);
    assert_eq!(desk.ledger(), ledger.replace("/bulletins/first/", "/bulletins/older/"));
    let (snapshot, _) = Source::Directory(desk.0.path().to_owned()).snapshot().unwrap();
    let (content, _) = Content::read(&snapshot);
    let wrong = content.numbers.entries.iter().filter(|it| !it.is_sealed(&it.page.value));
    assert_eq!(wrong.map(|it| it.number.to_string()).collect::<Vec<_>>(), ["2022-001"]);
}

#[test]
fn year_that_lost_its_numbers_is_reported() {
    let between = Folder::city()
        .bulletin("one", "published: 2021-05-01", "One.")
        .bulletin("two", "published: 2022-05-01", "Two.")
        .bulletin("three", "published: 2023-05-01", "Three.");
    let desk = Desk::new(&between);
    desk.number("2023-06-01T00:00:00Z");
    assert!(desk.check().is_empty(), "{:?}", desk.check());
    let whole = desk.ledger();
    let (before, rest) = whole.split_once("[2022]").unwrap();
    let (_, after) = rest.split_once("[2023]").unwrap();
    desk.write_ledger(&format!("{before}[2023]{after}"));
    let found = desk.check();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("error[number/removed]: `total` says that 3 numbers"), "{found:?}");
    assert!(found[1].contains("warning[number/removed]"), "{found:?}");
    assert!(found[1].contains("the bulletins of 2022 have no numbers"), "{found:?}");
}

#[test]
fn ledger_without_its_end_is_refused() {
    let desk = Desk::new(&city());
    desk.number("2023-06-01T00:00:00Z");
    let whole = desk.ledger();
    assert!(whole.contains("\ntotal = 4\n\n[2021]"), "{whole}");
    let lines: Vec<_> = whole.split_inclusive('\n').collect();
    for length in 0..lines.len() {
        let part = lines[..length].concat();
        desk.write_ledger(&part);
        assert!(!desk.check().is_empty(), "{part}");
        let (is_done, _, error) = desk.run("number", &["--at", "2024-01-01T00:00:00Z"]);
        assert!(!is_done && error.contains("correct it first"), "{part}: {error}");
        assert_eq!(desk.ledger(), part);
    }
    // A ledger of an earlier release has no total, and gets one.
    desk.write_ledger(&whole.replace("total = 4\n", ""));
    assert!(desk.check()[0].contains("warning[number/changed]"), "{:?}", desk.check());
    std::fs::write(
        desk.0.path().join("bulletins/new.md"),
        "---\ntitle: New\nsummary: It is new.\npublished: 2023-05-02\n---\nNew.\n",
    )
    .unwrap();
    assert_eq!(desk.number("2023-06-01T00:00:00Z").1, "2023-002 /bulletins/new/\n");
    assert!(desk.ledger().contains("\ntotal = 5\n"), "{}", desk.ledger());
}

#[test]
fn existing_ledger_is_not_begun_again() {
    let desk = Desk::new(&city());
    let number = |arguments: &[&str]| {
        let (is_done, _, error) = desk.run("number", &[&["--at", IN_2022], arguments].concat());
        (is_done, error)
    };
    assert!(number(&[]).0);
    let ledger = desk.ledger();
    let (is_done, error) = number(&["--first"]);
    assert!(!is_done && error.contains("not the first numbers"), "{error}");
    assert_eq!(desk.ledger(), ledger);
    // A ledger that cannot be read is not overwritten.
    std::fs::write(desk.0.path().join("numbers.toml"), b"\xff\xfe\xfa").unwrap();
    assert!(!number(&[]).0 && !number(&["--first"]).0);
    assert_eq!(std::fs::read(desk.0.path().join("numbers.toml")).unwrap(), b"\xff\xfe\xfa");
}

#[test]
fn numbers_of_earlier_commits_are_missed() {
    let desk = Desk::new(&city());
    desk.git(&["init", "-q", "-b", "main"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "-qm", "without numbers"]);
    desk.number(IN_2022);
    assert!(desk.check().is_empty(), "{:?}", desk.check());
    desk.git(&["add", "."]);
    desk.git(&["commit", "-qm", "numbers"]);
    let whole = desk.ledger();
    let file = desk.0.path().join("numbers.toml");
    let lost = "numbers that an earlier commit has are missing: `2021-001`, `2022-001`";
    for is_committed in [false, true] {
        std::fs::remove_file(&file).unwrap();
        if is_committed {
            desk.git(&["commit", "-qam", "lost"]);
        }
        let found = desk.check();
        assert!(found.len() == 1 && found[0].contains(lost), "{found:?}");
        let (is_done, _, error) = desk.run("number", &["--at", IN_2022]);
        assert!(!is_done && error.contains(lost), "{error}");
        desk.write_ledger(&whole);
    }
    // With `--first`, the numbers of a trial that was committed are given again.
    std::fs::remove_file(&file).unwrap();
    assert!(desk.run("number", &["--first", "--at", IN_2022]).0);
    assert_eq!(desk.ledger(), whole);
}

#[test]
fn paragraphs_have_anchors_for_citations() {
    let text = "First *words* 在 a paragraph that is long.\n\n## P2\n\n- one[^a]\n- two\n\n\
                1. Loose.\n\n   More.\n\n> Said.\n\n[^a]: A note.\n";
    let version = format!("---\ntitle: Old\nsummary: What was said.\n---\n{text}");
    let facts = "published: 2022-05-05\nchanges: [{ on: 2022-05-06, note: N. }]";
    let folder = Folder::city()
        .bulletin("x", facts, &format!("New.\n\n{text}"))
        .with("bulletins/x.2022-05-05.md", version)
        .with("numbers.toml", {
            let mut ledger = gazette::content::Ledger::default();
            ledger.add(2022, "/bulletins/x/".to_owned());
            ledger.to_toml()
        });
    let site = folder.at(IN_2022);
    let page = site.page("/bulletins/x/");
    for (id, tag, words) in [
        ("p1", "p", "New."),
        ("p2", "p", "First words 在 a paragraph that is long."),
        ("p2-2", "h2", "P2"),
        ("p3", "li", "one[1]"),
        ("p4", "li", "two"),
        ("p5", "p", "Loose."),
        ("p6", "p", "More."),
        ("p7", "p", "Said."),
    ] {
        assert_eq!(page.text(&format!("{tag}#{id}")), words, "{id}");
    }
    assert!(page.all("#p8").is_empty(), "the note has an anchor of its own");
    let list = "[aria-labelledby=document-citation] details a";
    assert_eq!(page.all(list).len(), 7);
    assert_eq!(page.text(&format!("{list}[href='#p2']")), "First words 在 a paragrap…");
    assert_eq!(page.text(&format!("{list} [lang=zh]")), "在");
    // An earlier text keeps its own numbers.
    let old = site.page("/bulletins/x/versions/2022-05-05/");
    assert_eq!(old.text("p#p1"), "First words 在 a paragraph that is long.");
    assert_eq!(old.attribute("details li:last-child a", "href"), "#p6");
    assert!(!site.get("/feed.xml").text().contains("id=\"p1"), "a feed has many texts");
}
