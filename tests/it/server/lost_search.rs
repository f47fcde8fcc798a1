//! A search whose index cannot be made is lost, which `/readyz` says, and is made again later.

use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::Instant;

use rustix::process::{Resource, Signal, getrlimit};
use tempfile::TempDir;

use super::{DEADLINE, Server, city};
use crate::check::gazette_without_rights;
use crate::harness::Folder;

#[track_caller]
pub(super) fn wait_for_search(server: &Server, state: &str) {
    let begun = Instant::now();
    while server.readiness()["search"] != state {
        assert!(begun.elapsed() < DEADLINE, "the search is not {state}:\n{}", server.log.text());
        std::thread::yield_now();
    }
}

/// Limits the threads of the user of a server, as that user: others may not.
fn limit_threads(server: &Server, limit: &str) {
    let process = server.child.id().to_string();
    let user = std::fs::metadata(format!("/proc/{process}")).expect("a process").uid();
    let limit = format!("--nproc={limit}:");
    let limited = Command::new("prlimit").args(["--pid", &process, &limit]).uid(user).status();
    assert!(limited.expect("prlimit runs").success());
}

/// A server of a user whose threads can be limited.
fn limited_server(folder: &TempDir, content: &std::path::Path) -> Server {
    city(content);
    let locked = folder.path().join("locked");
    std::fs::write(&locked, "").unwrap();
    let mut command = gazette_without_rights(folder.path(), &locked);
    command.args(["--listen", "127.0.0.1:0", "--workers", "1", "--content"]).arg(content);
    let server = Server::start(&mut command);
    wait_for_search(&server, "ready");
    server
}

fn lift_limit(server: &Server) {
    let former = getrlimit(Resource::Nproc).maximum.map(|limit| limit.to_string());
    limit_threads(server, former.as_deref().unwrap_or("unlimited"));
}

#[test]
fn search_without_thread_returns_503_until_one_starts() {
    let folder = TempDir::new().unwrap();
    let server = limited_server(&folder, &folder.path().join("content"));
    limit_threads(&server, "0");
    let refused = server.get("/search/?q=lake");
    assert_eq!((refused.status, refused.headers["retry-after"].as_str()), (503, "2"));
    server.log.says("there is no thread for a search", 1);
    assert_eq!(server.get("/bulletins/lake-is-clean/").status, 404);
    assert_eq!(server.get("/").status, 200);

    lift_limit(&server);
    assert_eq!(server.get("/search/?q=lake").status, 200);
}

#[test]
fn lost_search_is_reported_and_made_again() {
    let folder = TempDir::new().unwrap();
    let content = folder.path().join("content");
    let server = limited_server(&folder, &content);
    assert_eq!(server.get("/search/?q=lake").status, 200);

    // No further thread can start: an index needs some, a compile none.
    limit_threads(&server, "0");
    Folder::default().bulletin("pond", "published: 2022-05-05", "A pond.").write_to(&content);
    server.signal(Signal::HUP);
    server.log.says("serving a new edition", 1);
    wait_for_search(&server, "failed");
    server.log.says("the search index cannot be made", 1);
    assert_eq!(server.get("/bulletins/pond/").status, 200);
    assert_eq!(server.readiness()["ready"], true);

    lift_limit(&server);
    wait_for_search(&server, "ready");
    assert_eq!(server.get("/search/?q=pond").status, 200);
}
