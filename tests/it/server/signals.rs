//! Connections and signals of a running server.

use std::io::Read as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{DEADLINE, Server, city};
use crate::cli::{gazette, text};
use crate::harness::Folder;

#[test]
fn head_on_the_wire_is_get_without_body() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &[]);
    let mut connection = server.connect();
    for path in ["/", "/bulletins/lake/", "/feed.xml", "/sitemap.xml", "/nothing/", "/bulletins"] {
        let get = connection.get(path);
        connection.send(&format!(
            "HEAD {path} HTTP/1.1\r\nhost: x\r\naccept-encoding: identity\r\nconnection: close\r\n\
             \r\n"
        ));
        let mut head = String::new();
        connection.stream.read_to_string(&mut head).unwrap();
        let (head, body) = head.split_once("\r\n\r\n").expect("a head");
        assert_eq!(body, "", "{path}");
        let length = format!("content-length: {}", get.body.len());
        assert!(head.lines().any(|line| line == length), "{path}: {length} in {head}");
        connection = server.connect();
    }
}

#[test]
fn sigterm_finishes_connections_and_exits_with_0() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--drain", "600"]);
    let mut connection = server.connect();
    assert_eq!(connection.get("/").status, 200);
    server.signal(Signal::TERM);
    server.log.says("not ready any more", 1);
    // The readiness check fails, but requests on old and new connections are still answered.
    let ready = connection.get("/readyz");
    assert_eq!(ready.status, 503);
    assert!(text(&ready.body).contains("\"ready\":false"));
    assert_eq!(connection.get("/bulletins/lake/").status, 200);
    assert_eq!(server.get("/healthz").status, 200);
    // A second signal ends the waiting.
    server.signal(Signal::TERM);
    assert!(connection.is_closed());
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn sigterm_finishes_responses_under_way() {
    let folder = TempDir::new().unwrap();
    let long = "A paragraph of the minutes of the council. ".repeat(20_000);
    Folder::city().bulletin("minutes", "published: 2022-05-05", &long).write_to(folder.path());
    let server = Server::of(folder.path(), &["--workers", "1"]);
    let mut connection = server.connect();
    // More than the socket buffers hold, so that the server is still writing when the signal comes.
    let asked = 30;
    connection.send(&"GET /bulletins/minutes/ HTTP/1.1\r\nhost: x\r\n\r\n".repeat(asked));
    let first = connection.read().expect("an answer");
    server.signal(Signal::TERM);
    server.log.says("finishing the requests in progress", 1);
    let mut whole = 1;
    while let Some(answer) = connection.read() {
        assert_eq!(answer.body, first.body);
        whole += 1;
    }
    assert!(whole > 1, "no answer was finished after the signal");
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn sigint_exits_with_0_and_twice_at_once() {
    let folder = TempDir::new().unwrap();
    let long = "A paragraph of the minutes of the council. ".repeat(20_000);
    Folder::city().bulletin("minutes", "published: 2022-05-05", &long).write_to(folder.path());
    let server = Server::of(folder.path(), &["--workers", "1"]);
    server.signal(Signal::INT);
    assert_eq!(server.end().code(), Some(0));

    let server = Server::of(folder.path(), &["--workers", "1"]);
    let mut stuck = server.connect();
    stuck.send(&"GET /bulletins/minutes/ HTTP/1.1\r\nhost: x\r\n\r\n".repeat(30));
    stuck.read().expect("an answer");
    let begun = Instant::now();
    server.signal(Signal::TERM);
    server.log.says("finishing the requests in progress", 1);
    server.signal(Signal::INT);
    assert_eq!(server.end().code(), Some(0));
    // Requests under way would have had ten seconds.
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
}

#[test]
fn sigterm_during_first_compile_exits_with_0() {
    let folder = TempDir::new().unwrap();
    let socket = folder.path().join("gazette.sock");
    let mut child = gazette(&["serve", "--built-in", "--listen"])
        .arg(format!("unix:{}", socket.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    // It is bound before the compile, which takes much longer.
    let begun = Instant::now();
    while !socket.exists() {
        assert!(begun.elapsed() < DEADLINE && child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    let process = Pid::from_child(&child);
    kill_process(process, Signal::TERM).unwrap();
    // A handler ends it: the first process of a container gets no other signals.
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
