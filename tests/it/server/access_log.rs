//! The log of requests, and its format.

use std::sync::Arc;

use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;

use super::{Server, city};
use crate::cli::gazette;

/// The log's lines of requests, after the server has ended.
fn requests(server: Server) -> Vec<Value> {
    server.signal(Signal::TERM);
    let log = Arc::clone(&server.log);
    log.says("finishing the requests in progress", 1);
    assert_eq!(server.end().code(), Some(0));
    let text = log.text();
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let lines = lines.map(|line| serde_json::from_str(line).expect("JSON"));
    lines.filter(|line: &Value| line["message"] == "request").collect()
}

#[test]
fn requests_are_logged_without_path_or_address() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--access-log", "--trusted-proxy", "127.0.0.0/8"]);
    let mut connection = server.connect();
    for field in ["x-forwarded-for: 203.0.113.5, 198.51.100.77", "forwarded: for=\"[2001:db8::1]\""]
    {
        connection.send(&format!(
            "GET /bulletins/lake/?from=secret HTTP/1.1\r\nhost: x\r\n{field}\r\n\r\n"
        ));
        assert_eq!(connection.read().map(|answer| answer.status), Some(200));
    }
    assert_eq!(connection.get("/nothing/").status, 404);
    drop(connection);
    let lines = requests(server);
    let facts: Vec<_> = lines
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            (text("client"), text("route"), line["status"].as_u64().unwrap_or_default())
        })
        .collect();
    let expected = [
        ("198.51.100.0".to_owned(), "page".to_owned(), 200),
        ("2001:db8::".to_owned(), "page".to_owned(), 200),
        ("127.0.0.0".to_owned(), "unknown".to_owned(), 404),
    ];
    assert_eq!(facts, expected);
    for line in &lines {
        assert!(line["bytes"].as_u64() > Some(0) && line["micros"].is_u64(), "{line}");
        assert_eq!(line["id"].as_str().map(str::len), Some(16), "{line}");
        let text = line.to_string();
        assert!(!text.contains("lake") && !text.contains("secret"), "{text}");
    }
}

#[test]
fn forwarded_address_is_ignored_without_trust() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--access-log=whole"]);
    let mut connection = server.connect();
    connection.send("GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 198.51.100.77\r\n\r\n");
    assert_eq!(connection.read().map(|answer| answer.status), Some(200));
    drop(connection);
    let lines = requests(server);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["client"], "127.0.0.1");
}

#[test]
fn trusted_proxy_without_access_log_warns() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    for (more, warns) in [(None, true), (Some("--access-log"), false)] {
        let arguments = ["--trusted-proxy", "10.0.0.0/8"].into_iter().chain(more);
        let server = Server::of(folder.path(), &arguments.collect::<Vec<_>>());
        let log = server.log.text();
        let has_warned = log.contains("`--trusted-proxy` has no effect without `--access-log`");
        assert_eq!(has_warned, warns, "{log}");
    }
}

#[test]
fn log_levels_follow_variable_or_warn() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    for (levels, warns, informs) in [
        ("", false, true),
        ("info,actix_server=warn", false, true),
        ("warn", false, false),
        ("gazette=loud", true, true),
    ] {
        let mut command = gazette(&["serve", "--listen", "127.0.0.1:0", "--content"]);
        let server = Server::start(command.arg(folder.path()).env("RUST_LOG", levels));
        let log = Arc::clone(&server.log);
        server.signal(Signal::TERM);
        if informs {
            log.says("finishing the requests in progress", 1);
        }
        assert_eq!(server.end().code(), Some(0));
        let text = log.text();
        assert_eq!(text.contains("RUST_LOG is not a list of levels"), warns, "{levels}: {text}");
        assert_eq!(text.contains("finishing the requests"), informs, "{levels}: {text}");
    }
}
