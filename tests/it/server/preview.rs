//! `--preview`: drafts and scheduled bulletins for editors, and never in a normal server.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use tempfile::{NamedTempFile, TempDir};

use super::{Answer, Server, city};
use crate::cli::{gazette, text};
use crate::harness::Folder;

const AT: &str = "2022-06-01T00:00:00Z";

/// A city with a draft, a scheduled bulletin and one that expires.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    Folder::default()
        .bulletin("draft", "published: 2022-05-06\ndraft: true", "A secret plan.")
        .bulletin("later", "published: 2022-07-01 09:00", "It will open.")
        .bulletin("short", "published: 2022-05-07\nexpires: 2022-08-01", "For a time.")
        .write_to(folder.path());
    folder
}

/// Replaces a file at once: a server that watches it never reads the half of it.
fn save(path: &Path, text: &str) {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.persist(path).unwrap();
}

fn post(server: &Server, path: &str, header: &str) -> Answer {
    let mut connection = server.connect();
    let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n{header}");
    connection.send(&format!("{head}\r\n\r\n"));
    connection.read().expect("an answer")
}

fn body(server: &Server, path: &str) -> String {
    text(&server.get(path).body)
}

#[test]
fn preview_shows_and_marks_what_is_not_public() {
    let folder = folder();
    let server = Server::of(folder.path(), &["--preview", "--at", AT]);
    let page = server.get("/bulletins/draft/");
    assert_eq!(page.status, 200);
    assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.headers.contains_key("etag"), "{:?}", page.headers);
    assert!(page.headers["content-security-policy"].contains("script-src 'self'"));
    let page = text(&page.body);
    assert!(page.contains("A secret plan.") && page.contains("[Draft] "), "{page}");
    assert!(page.contains("id=\"gazette-preview\"") && page.contains("/_preview/preview.js"));
    let list = body(&server, "/bulletins/");
    assert!(list.contains("[Draft] ") && list.contains("[Scheduled for 2022-07-01 09:00] "));
    assert!(body(&server, "/_preview/preview.js").contains("location.reload"));
    assert!(body(&server, "/feed.xml").starts_with("<?xml"));

    let panel = body(&server, "/_preview/");
    for words in ["is published", "expires", "2022-07-01 09:00:00", "Nothing was found."] {
        assert!(panel.contains(words), "{words} is not in:\n{panel}");
    }
}

#[test]
fn normal_server_has_no_preview() {
    let folder = folder();
    let server = Server::of(folder.path(), &["--at", AT]);
    for path in ["/_preview/", "/_preview/preview.js", "/_preview/version", "/bulletins/draft/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let page = server.get("/bulletins/lake/");
    assert!(!page.headers.contains_key("x-robots-tag"));
    assert!(!text(&page.body).contains("preview"), "{}", text(&page.body));
    assert!(!body(&server, "/bulletins/").contains("[Draft]"));
    let refused = gazette(&["serve", "--built-in", "--preview", "--listen", "0.0.0.0:0"]);
    let output = { refused }.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--allow-remote"), "{}", text(&output.stderr));
}

#[test]
fn preview_names_errors_above_last_good_edition() {
    let folder = folder();
    let draft = folder.path().join("bulletins/draft.md");
    let right = fs::read_to_string(&draft).unwrap();
    fs::write(&draft, right.replace("published:", "publishd:")).unwrap();
    // Without any good edition each page is the panel.
    let server = Server::of(folder.path(), &["--preview", "--at", AT]);
    let page = body(&server, "/bulletins/lake/");
    assert!(page.contains("front-matter/unknown-key") && page.contains("^^^^^^^^"), "{page}");
    assert!(page.contains("vscode://file/") && page.contains("/bulletins/draft.md:"), "{page}");

    save(&draft, &right);
    server.log.says("serving a new edition", 1);
    assert!(body(&server, "/bulletins/draft/").contains("A secret plan."));
    save(&draft, &right.replace("A secret plan.", "[it](nowhere.md)"));
    server.log.says("still serving the last good edition", 1);
    let page = body(&server, "/bulletins/draft/");
    assert!(page.contains("A secret plan.") && page.contains("link/broken"), "{page}");
}

#[test]
fn preview_clock_moves_to_each_change() {
    let folder = folder();
    let server = Server::of(folder.path(), &["--preview", "--at", AT]);
    let known = body(&server, "/_preview/version");
    let moved = post(&server, "/_preview/at?at=2022-07-01T01:00:00Z", "origin: http://localhost");
    assert_eq!((moved.status, moved.headers["location"].as_str()), (303, "/_preview/"));
    // The answer comes after the reload.
    assert_ne!(body(&server, &format!("/_preview/version?after={known}")), known);
    let list = body(&server, "/bulletins/");
    assert!(list.contains("later") && !list.contains("[Scheduled"), "{list}");
    assert!(list.contains("[Draft]"));
    let known = body(&server, "/_preview/version");
    post(&server, "/_preview/at?at=2022-08-01T00:00:00Z", "sec-fetch-site: same-origin");
    assert_ne!(body(&server, &format!("/_preview/version?after={known}")), known);
    assert_eq!(server.get("/bulletins/short/").status, 410);

    assert_eq!(post(&server, "/_preview/at?at=now", "origin: http://lake.example").status, 403);
    assert_eq!(post(&server, "/_preview/at?at=soon", "origin: http://localhost").status, 400);
    let mut connection = server.connect();
    connection.send("GET /bulletins/draft/ HTTP/1.1\r\nhost: lake.example\r\n\r\n");
    let rebound = connection.read().expect("an answer");
    assert_eq!(rebound.status, 403);
    assert!(!text(&rebound.body).contains("secret"));
}

/// A city with documents, a consultation and an alert that change without any bulletin then.
fn folder_of_states() -> TempDir {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let extended = "extended: [{on: 2022-07-15, closes: 2022-07-25}]";
    let days = format!("{{opens: 2022-06-10, closes: 2022-07-18, {extended}}}");
    let rules = "published: 2022-05-06\ndocument: {effective: 2022-07-01, until: 2022-12-31}";
    let repeal = "published: 2022-05-07\ndocument: {effective: 2022-10-01}\nrepeals: [rules]";
    let flood =
        "---\ntitle: About flood\nlevel: warning\nfrom: 2022-06-20\nuntil: 2022-06-22\n---\n";
    Folder::default()
        .bulletin("rules", rules, "Rules.")
        .bulletin("repeal", repeal, "No rules.")
        .bulletin("plan", &format!("published: 2022-05-08\nconsultation: {days}"), "Plan.")
        .with("alerts/flood.md", format!("{flood}Leave the shore.\n"))
        .write_to(folder.path());
    folder
}

#[test]
fn panel_lists_changes_of_documents_and_alerts() {
    let folder = folder_of_states();
    let server = Server::of(folder.path(), &["--preview", "--at", AT]);
    let panel = body(&server, "/_preview/");
    let rows: Vec<&str> = panel.lines().filter(|line| line.starts_with("<tr><td>")).collect();
    let expected = [
        ("2022-06-10", "opens for comments", "plan"),
        ("2022-06-20", "is shown on every page", "flood"),
        // An end is the first instant after the last day.
        ("2022-06-23", "is no longer shown", "flood"),
        ("2022-07-01", "takes effect", "rules"),
        ("2022-07-12", "will close for comments within a week", "plan"),
        ("2022-07-15", "takes comments until 2022-07-25", "plan"),
        ("2022-07-19", "will close for comments within a week", "plan"),
        ("2022-07-26", "closes for comments", "plan"),
        ("2022-10-01", "takes effect", "repeal"),
        // A repealed document does not lapse.
        ("2022-10-01", "is repealed", "rules"),
    ];
    assert_eq!(rows.len(), expected.len(), "{rows:#?}");
    for (row, (day, words, name)) in rows.iter().zip(expected) {
        for part in [&format!("{day} 00:00:00"), words, &format!("About {name}")] {
            assert!(row.contains(part), "{part} is not in {row}");
        }
    }

    let known = body(&server, "/_preview/version");
    assert!(body(&server, "/").contains("/_preview/at?at=2022-06-09T16:00:00Z"));
    post(&server, "/_preview/at?at=2022-07-25T16:00:00Z", "origin: http://localhost");
    assert_ne!(body(&server, &format!("/_preview/version?after={known}")), known);
    assert!(body(&server, "/").contains("/_preview/at?at=2022-09-30T16:00:00Z"));
}

#[test]
fn panel_says_where_changes_of_states_end() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    // Each note is an instant: 500 are looked at, two days from noon on, and two further ones.
    let notes: String = (0..502)
        .map(|index| {
            let (day, hour, minute) = (2 + index / 400, 10 + index % 400 / 60, index % 400 % 60);
            format!("  - {{on: 2022-06-{day:02} {hour}:{minute:02}, note: Note {index}.}}\n")
        })
        .collect();
    let facts = format!("published: 2022-05-06\nchanges:\n{notes}");
    Folder::default().bulletin("notes", facts.trim_end(), "Notes.").write_to(folder.path());
    let notice = "are listed up to <time datetime=\"2022-06-03T03:39:00Z\">2022-06-03 11:39:00";
    let server = Server::of(folder.path(), &["--preview", "--at", AT]);
    let panel = body(&server, "/_preview/");
    assert!(panel.contains(notice), "{panel}");
    assert!(panel.contains("action=\"/_preview/at?at=2022-06-03T03:39:00Z\""));
    // Dates in front matter are listed to the end.
    assert!(panel.contains("2022-06-03 11:41:00"));
    let known = body(&server, "/_preview/version");
    post(&server, "/_preview/at?at=2022-06-03T03:39:00Z", "origin: http://localhost");
    assert_ne!(body(&server, &format!("/_preview/version?after={known}")), known);
    assert!(!body(&server, "/_preview/").contains("are listed up to"));
}

#[test]
fn panel_names_statuses_as_pages_do() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let facts = "kind: increase\ntarget: {value: 5, unit: {en: pumps, zh: 台}}\n\
                 period: {from: 2022-01-01, to: 2022-12-31}";
    let report = "published: 2022-05-06\nreports: [{goal: pumps, value: 3, as_of: 2022-05-01}]";
    Folder::default()
        .goal("pumps", facts)
        .bulletin("pumps", report, "Three.")
        .write_to(folder.path());
    let english = Server::of(folder.path(), &["--preview", "--at", AT]);
    let panel = body(&english, "/_preview/");
    assert!(panel.contains("changes its status: On track → Data overdue"), "{panel}");
    let content = folder.path().to_str().unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--preview", "--at", AT];
    let start = || {
        Server::start(gazette(&arguments).args(["--content", content]).env("GAZETTE_LANG", "zh"))
    };
    let chinese = start();
    let panel = body(&chinese, "/_preview/");
    assert!(panel.contains("状态变化：进度正常 → 数据逾期未报"), "{panel}");
    let (words, site) = (folder.path().join("i18n/zh.ftl"), folder.path().join("site.toml"));
    fs::create_dir(words.parent().unwrap()).unwrap();
    save(&words, "status-data-overdue = 数据迟报\n");
    chinese.log.says("serving a new edition", 1);
    assert!(body(&chinese, "/_preview/").contains("→ 数据迟报"));
    // A site without Chinese has the program's words.
    fs::remove_file(&words).unwrap();
    fs::remove_file(folder.path().join("bulletins/_index.zh.md")).unwrap();
    let english_only = "name = \"Lakeside\"\nbase_url = \"https://lakeside.example/\"\n\
                        time_zone = \"Asia/Shanghai\"\nlanguages = [\"en\"]\n";
    save(&site, english_only);
    let goal = folder.path().join("goals/water/pumps.md");
    save(&goal, &fs::read_to_string(&goal).unwrap().replace("{en: pumps, zh: 台}", "pumps"));
    assert!(body(&start(), "/_preview/").contains("→ 数据逾期未报"));
}
