//! Panics in the running binary: each is survived and in the log, and what it interrupted is done
//! later.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::Signal;
use tempfile::TempDir;

use super::lost_search::wait_for_search;
use super::watch::until;
use super::{Server, city};
use crate::cli::{gazette, text};
use crate::harness::Folder;

/// A server, and the file that says where it panics.
struct Fixture {
    _folder: TempDir,
    content: PathBuf,
    places: PathBuf,
    server: Server,
}

impl Fixture {
    fn new(arguments: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let (content, places) = (folder.path().join("content"), folder.path().join("places"));
        city(&content);
        let mut command = gazette(&["serve", "--listen", "127.0.0.1:0", "--content"]);
        command.arg(&content).args(arguments).env("GAZETTE_TEST_PANICS", &places);
        let server = Server::start(&mut command);
        Self { _folder: folder, content, places, server }
    }

    fn panic_in(&self, place: &str) {
        let new = self.places.with_extension("new");
        fs::write(&new, place).unwrap();
        fs::rename(new, &self.places).unwrap();
    }
}

fn add_pond(content: &Path) {
    Folder::default().bulletin("pond", "published: 2022-05-05", "A pond.").write_to(content);
}

#[test]
fn panic_in_handler_is_one_error_page() {
    let fixture = Fixture::new(&[]);
    fixture.panic_in("handler");
    let reply = fixture.server.get("/no-such-page/");
    assert_eq!(reply.status, 500);
    let page = text(&reply.body);
    fixture.server.log.says("panic in a request: a test panics in handler", 1);
    let log = fixture.server.log.text();
    let id = log.split("\"id\":\"").nth(1).expect("an id").split('"').next().unwrap();
    assert!(page.contains(id) && !page.contains("a test panics"), "{id}: {page}");
    fixture.panic_in("");
    assert_eq!(fixture.server.get("/no-such-page/").status, 404);
    assert_eq!(fixture.server.get("/bulletins/lake/").status, 200);
}

#[test]
fn panic_in_compile_keeps_edition() {
    let fixture = Fixture::new(&[]);
    let server = &fixture.server;
    fixture.panic_in("compile");
    add_pond(&fixture.content);
    server.signal(Signal::HUP);
    server.log.says("still serving the last good edition", 1);
    assert!(server.log.text().contains("panic while compiling: a test panics in compile"));
    let status = server.readiness();
    assert_eq!((&status["stale"], &status["reason"]), (&true.into(), &"panic".into()));
    assert_eq!(server.get("/bulletins/lake/").status, 200);
    assert_eq!(server.get("/bulletins/pond/").status, 404);
    fixture.panic_in("");
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    assert_eq!(server.get("/bulletins/pond/").status, 200);
    assert_eq!(server.readiness()["stale"], false);
}

#[test]
fn change_at_panic_of_watcher_is_published() {
    let fixture = Fixture::new(&["--watch"]);
    fixture.panic_in("watcher");
    add_pond(&fixture.content);
    fixture.server.log.says("panic while watching the content folder", 1);
    assert_eq!(fixture.server.get("/bulletins/pond/").status, 404);
    fixture.panic_in("");
    until(&fixture.server, || fixture.server.get("/bulletins/pond/").status == 200);
}

#[test]
fn panic_in_indexer_loses_search_for_a_time() {
    let fixture = Fixture::new(&[]);
    let server = &fixture.server;
    wait_for_search(server, "ready");
    fixture.panic_in("indexer");
    add_pond(&fixture.content);
    server.signal(Signal::HUP);
    wait_for_search(server, "failed");
    server.log.says("panic while building the search index: a test panics in indexer", 1);
    assert_eq!(server.get("/bulletins/pond/").status, 200);
    assert_eq!(server.get("/search/?q=pond").status, 503);
    assert_eq!(server.readiness()["ready"], true);
    fixture.panic_in("");
    wait_for_search(server, "ready");
    assert_eq!(server.get("/search/?q=pond").status, 200);
}
