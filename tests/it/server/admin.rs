//! The operator's address: metrics, details of readiness, reloads.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;

use rustix::process::Signal;
use tempfile::TempDir;

use super::{Server, city};
use crate::cli::{complains_in_one_line, run};

/// Sends a request to a Unix socket, and returns the response.
fn ask(socket: &Path, request: &str) -> String {
    let mut stream = UnixStream::connect(socket).expect("a socket");
    let (line, fields) = request.split_once('\n').unwrap_or((request, ""));
    let head = format!("{line} HTTP/1.1\r\nhost: x\r\n{fields}connection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

/// A server of the folder, whose operator's address is a Unix socket.
fn start(folder: &Path, socket: &Path) -> Server {
    let address = format!("unix:{}", socket.display());
    Server::of(folder, &["--admin-listen", &address, "--workers", "2"])
}

/// The value of a line of `/metrics`.
#[track_caller]
fn metric(socket: &Path, name: &str) -> f64 {
    let metrics = ask(socket, "GET /metrics");
    let value = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.unwrap_or_else(|| panic!("no {name} in:\n{metrics}")).parse().expect("a number")
}

#[test]
fn every_response_is_counted_once() {
    let (folder, sockets) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    city(folder.path());
    let socket = sockets.path().join("admin.sock");
    let server = start(folder.path(), &socket);
    // The fast lane answers on many connections, so that all workers take some.
    for _ in 0..40 {
        assert_eq!(server.get("/bulletins/lake/").status, 200);
    }
    let mut connection = server.connect();
    for (path, status) in [("/", 200), ("/bulletins/lake", 308), ("/nothing/", 404), ("/", 200)] {
        assert_eq!(connection.get(path).status, status, "{path}");
    }
    connection.send("GET / HTTP/1.1\r\nhost: x\r\nif-none-match: *\r\n\r\n");
    assert_eq!(connection.read().map(|answer| answer.status), Some(304));
    for (labels, count) in [
        ("route=\"page\",status=\"200\"", 42.0),
        ("route=\"page\",status=\"304\"", 1.0),
        ("route=\"redirect\",status=\"308\"", 1.0),
        ("route=\"unknown\",status=\"404\"", 1.0),
    ] {
        let found = metric(&socket, &format!("gazette_http_requests_total{{{labels}}}"));
        assert!((found - count).abs() < 0.5, "{labels}: {found}");
    }
    assert!(metric(&socket, "gazette_http_request_duration_seconds_count") >= 5.0);
    assert!(metric(&socket, "process_resident_memory_bytes") > 1e6);
    assert!(metric(&socket, "gazette_compile_seconds{stage=\"pages\"}") > 0.0);
    // The address of the site has none of it.
    assert_eq!(server.get("/metrics").status, 404);
    assert_eq!(server.get("/-/reload").status, 404);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0));
    assert!(!socket.exists(), "the socket is left behind");
}

#[test]
fn reload_responds_with_its_outcome() {
    let (folder, sockets) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    city(folder.path());
    let socket = sockets.path().join("admin.sock");
    let server = start(folder.path(), &socket);
    let file = folder.path().join("bulletins/lake.md");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("clean", "cold")).unwrap();
    let response = ask(&socket, "POST /-/reload");
    assert!(response.starts_with("HTTP/1.1 200 ") && response.contains("\"stale\":false"));
    // When it has responded, the new page is there.
    let page = server.get("/bulletins/lake/");
    assert!(crate::cli::text(&page.body).contains("The lake is cold."));

    fs::write(&file, text.replace("published: 2022-05-05", "published: soon")).unwrap();
    let response = ask(&socket, "POST /-/reload");
    assert!(response.starts_with("HTTP/1.1 500 "), "{response}");
    assert!(response.contains("\"diagnostics\":{\"error\":{\"front-matter/bad-date\":1}}"));
    assert!((metric(&socket, "gazette_edition_stale") - 1.0).abs() < 0.1);
    assert!((metric(&socket, "gazette_reloads_total{outcome=\"failure\"}") - 1.0).abs() < 0.1);
    let refused = ask(&socket, "GET /-/reload");
    assert!(refused.starts_with("HTTP/1.1 405 ") && refused.contains("\r\nallow: POST\r\n"));
    let from_page = ask(&socket, "POST /-/reload\norigin: http://x\r\n");
    assert!(from_page.starts_with("HTTP/1.1 403 "), "{from_page}");
}

#[test]
fn remote_operators_address_needs_a_flag() {
    let refused = run(&["--listen", "127.0.0.1:0", "--admin-listen", "0.0.0.0:0"]);
    complains_in_one_line(&refused, 2, "add `--admin-allow-remote` if that is meant");
}
