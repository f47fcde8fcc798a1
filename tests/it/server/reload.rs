//! Reloads of a running server, on SIGHUP and by time.

use std::collections::BTreeSet;
use std::sync::Arc;

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use rustix::process::Signal;
use tempfile::TempDir;

use super::{Server, city};
use crate::cli::{gazette, text};
use crate::harness::Folder;

#[test]
fn asset_of_page_before_reload_still_answers() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let picture = |color: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\" fill=\"{color}\"/></svg>"
        )
    };
    let with = |color: &str, facts: &str| {
        let facts = format!("published: 2022-05-06{facts}");
        Folder::default()
            .bulletin("plan", &facts, "![The plan](plan.svg)")
            .with("bulletins/plan.svg", picture(color))
            .write_to(folder.path());
    };
    let asset = |server: &Server| {
        let page = text(&server.get("/bulletins/plan/").body);
        let start = page.find("/static/plan.").expect("a picture");
        page[start..].split(['"', ' ']).next().expect("a path").to_owned()
    };
    with("red", "");
    let server = Server::of(folder.path(), &[]);
    let first = asset(&server);
    with("blue", "");
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    let second = asset(&server);
    assert_ne!(first, second);
    for (path, color) in [(&first, "red"), (&second, "blue")] {
        let answer = server.get(path);
        assert_eq!((answer.status, text(&answer.body).contains(color)), (200, true), "{path}");
    }
    // A file that is removed together with its bulletin has no address any more.
    with("blue", "\ngone: { on: 2022-06-01, reason: A mistake. }");
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 2);
    assert_eq!([&first, &second].map(|path| server.get(path).status), [404, 404]);
}

#[test]
fn reload_that_loses_numbers_warns() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let numbers = ["number", "--content", folder.path().to_str().unwrap()];
    assert!(gazette(&numbers).status().unwrap().success());
    let ledger = folder.path().join("numbers.toml");
    assert!(ledger.exists());
    let server = Server::of(folder.path(), &[]);
    std::fs::remove_file(ledger).unwrap();
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    let log = server.log.text();
    assert!(log.contains("numbers that led to a page until now are missing"), "{log}");
}

#[test]
fn start_that_lost_numbers_of_cache_warns() {
    let folder = TempDir::new().unwrap();
    let (content, cache) = (folder.path().join("content"), folder.path().join("cache"));
    city(&content);
    let arguments = ["--cache", cache.to_str().unwrap()];
    let words = "numbers that led to a page until now are missing";
    let start = || {
        let server = Server::of(&content, &arguments);
        server.signal(Signal::TERM);
        let log = Arc::clone(&server.log);
        assert_eq!(server.end().code(), Some(0));
        log.text()
    };
    // A site that never had numbers is not warned, nor one that got them since.
    assert!(!start().contains(words));
    assert!(!start().contains(words));
    assert!(
        gazette(&["number", "--content", content.to_str().unwrap()]).status().unwrap().success()
    );
    assert!(!start().contains(words));
    std::fs::remove_file(content.join("numbers.toml")).unwrap();
    let log = start();
    assert!(log.contains(words), "{log}");
}

#[test]
fn reload_with_error_keeps_edition_and_names_problems() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    let first = server.readiness()["edition"].clone();

    Folder::default().bulletin("wells", "published: 2022-05-06", "Wells.").write_to(folder.path());
    assert_eq!(server.get("/bulletins/wells/").status, 404);
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.get("/bulletins/wells/").status, 200);
    let second = server.readiness()["edition"].clone();
    assert_ne!(first, second);

    let broken =
        Folder::default().bulletin("wells", "published: soon\ncolour: blue", "[it](pumps.md)");
    broken.bulletin("pipes", "published: 2022-05-07", "Pipes.").write_to(folder.path());
    server.signal(Signal::HUP);
    server.log.says("still serving the last good edition", 1);
    let log = server.log.text();
    for place in ["4:12: error[front-matter/bad-date]", "5:1: error[front-matter/unknown-key]"] {
        assert!(log.contains(&format!("/bulletins/wells.md:{place}")), "{place} is not in:\n{log}");
    }
    let ready = server.get("/readyz");
    assert_eq!(ready.status, 200);
    let ready: serde_json::Value = serde_json::from_slice(&ready.body).unwrap();
    assert_eq!(
        (&ready["ready"], &ready["stale"], &ready["edition"]),
        (&true.into(), &true.into(), &second)
    );
    assert!(ready["errors"].as_u64() >= Some(2) && ready["failed_at"].is_string(), "{ready}");
    assert!(text(&server.get("/bulletins/wells/").body).contains("Wells."));
    assert_eq!(server.get("/bulletins/pipes/").status, 404);

    Folder::default()
        .bulletin("wells", "published: 2022-05-06", "More wells.")
        .write_to(folder.path());
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 2);
    assert_eq!(server.readiness()["stale"], false);
    assert!(text(&server.get("/bulletins/wells/").body).contains("More wells."));
    assert_eq!(server.get("/bulletins/pipes/").status, 200);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn search_index_follows_every_reload() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    server.log.says("the search is ready", 1);
    let page = |query: &str| text(&server.get(&format!("/search/?q={query}")).body).clone();
    assert!(page("lake").contains("/bulletins/lake/") && page("wells").contains("No results for"));
    Folder::default().bulletin("wells", "published: 2022-05-06", "Wells.").write_to(folder.path());
    server.signal(Signal::HUP);
    server.log.says("the search is ready", 2);
    assert!(
        page("wells").contains("/bulletins/wells/") && page("lake").contains("/bulletins/lake/")
    );
    std::fs::remove_file(folder.path().join("bulletins/wells.md")).unwrap();
    server.signal(Signal::HUP);
    server.log.says("the search is ready", 3);
    assert!(page("wells").contains("No results for"));
}

#[test]
fn reload_of_missing_folder_keeps_edition() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    city(&content);
    let server = Server::of(&content, &[]);
    std::fs::rename(&content, folder.path().join("elsewhere")).unwrap();
    server.signal(Signal::HUP);
    server.log.says("still serving the last good edition", 1);
    assert!(server.log.text().contains("cannot read the content folder"), "{}", server.log.text());
    assert_eq!(server.get("/bulletins/lake/").status, 200);
    assert_eq!(server.readiness()["stale"], true);
    std::fs::rename(folder.path().join("elsewhere"), &content).unwrap();
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.readiness()["stale"], false);
}

#[test]
fn responses_during_reload_are_of_one_edition() {
    let folder = TempDir::new().unwrap();
    let edition = |word: &str| Folder::city().bulletin("lake", "published: 2022-05-05", word);
    edition("Lilac").write_to(folder.path());
    let server = Server::of(folder.path(), &[]);
    let is_over = AtomicBool::new(false);
    let (mut tags, mut bodies) = (BTreeSet::new(), BTreeSet::new());
    std::thread::scope(|scope| {
        let seen = scope.spawn(|| {
            let mut seen = Vec::new();
            let mut connection = server.connect();
            while !is_over.load(Ordering::Relaxed) {
                let answer = connection.get("/bulletins/lake/");
                assert_eq!(answer.status, 200);
                seen.push((answer.headers["etag"].clone(), answer.body));
            }
            seen
        });
        for round in 1..=6 {
            edition(if round % 2 == 0 { "Lilac" } else { "Ice" }).write_to(folder.path());
            server.signal(Signal::HUP);
            server.log.says("serving a new edition", round);
        }
        is_over.store(true, Ordering::Relaxed);
        for (tag, body) in seen.join().unwrap() {
            tags.insert((tag.clone(), body.clone()));
            bodies.insert(body);
        }
    });
    // An ETag never has two bodies, and each body is one of the two that were written.
    assert_eq!(tags.len(), bodies.len());
    assert!(bodies.len() <= 2, "{} different pages", bodies.len());
    for body in bodies.into_iter().map(|body| text(&body)) {
        assert!(body.contains(">Lilac</p>") != body.contains(">Ice</p>"), "{body}");
    }
}

#[test]
fn scheduled_bulletin_becomes_public_without_reload() {
    // A slow machine may start after the bulletin's publication; then the test tries a later one.
    for seconds in [2, 10, 40] {
        let folder = TempDir::new().unwrap();
        let due = Timestamp::now() + SignedDuration::from_secs(seconds);
        city(folder.path());
        Folder::default()
            .bulletin("dawn", &format!("published: {due}"), "It dawns.")
            .write_to(folder.path());
        let server = Server::of(folder.path(), &[]);
        let started: Timestamp = server.readiness()["instant"].as_str().unwrap().parse().unwrap();
        let before = (server.get("/bulletins/dawn/").status, text(&server.get("/feed.xml").body));
        if started >= due || Timestamp::now() >= due {
            continue;
        }
        assert_eq!(before.0, 404);
        assert!(!before.1.contains("dawn"), "{}", before.1);
        // Changes in the folder wait for a reload.
        Folder::default()
            .bulletin("noon", "published: 2022-05-05", "Noon.")
            .write_to(folder.path());
        server.log.says("serving a new edition", 1);
        assert!(Timestamp::now() >= due);
        assert_eq!(server.get("/bulletins/dawn/").status, 200);
        assert!(text(&server.get("/feed.xml").body).contains("About dawn"));
        assert_eq!(server.get("/bulletins/noon/").status, 404);
        return;
    }
    panic!("the server never started in time");
}
