//! Any bytes as requests to the real server: every response is whole and says nothing that the
//! client put into a header of it.
//!
//! `PROPTEST_CASES=100000 cargo test --test it server::requests` runs it for longer.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use super::{Server, city};
use crate::cli::text;
use crate::harness::Folder;

/// Targets that have a response of each kind.
const PATHS: [&str; 14] = [
    "/",
    "/bulletins/lake/",
    "/bulletins/lake",
    "/bulletins/lake/index.json",
    "/bulletins/plan/plan.pdf",
    "/bulletins/gone/",
    "/old/",
    "/zh/",
    "/search/",
    "/search/suggest.json",
    "/data/bulletins.json",
    "/feed.xml",
    "/healthz",
    "/nothing/",
];

/// Fields with a value of their own form, and with any other.
const FIELDS: [(&str, &[&str]); 14] = [
    ("accept-encoding", &["br", "gzip;q=0.5, zstd", "*;q=0", "identity;q=0, br;q=1.0001", ",;,"]),
    ("if-none-match", &["*", "\"a\", W/\"b\"", "W/\"", "\"a\" \"b\"", "\"\u{e9}\"", "*, *"]),
    ("if-match", &["*", "\"a\"", "", "\""]),
    (
        "range",
        &["bytes=0-0", "bytes=-5", "bytes=5-2", "bytes=0-,5-6", "bytes=99999999999999999999-"],
    ),
    ("if-range", &["\"a\"", "W/\"a\"", "Thu, 05 May 2022 02:00:00 GMT"]),
    ("if-modified-since", &["Thu, 05 May 2022 02:00:00 GMT", "Thu, 99 May 2022", "0"]),
    ("accept-datetime", &["Tue, 11 Sep 2001 20:35:00 GMT", "now"]),
    ("host", &["evil.example", "a:99999", "[::1", "a, b", ""]),
    ("x-forwarded-host", &["evil.example"]),
    ("forwarded", &["for=1.2.3.4;host=evil.example;proto=ftp", "for=\"[\""]),
    ("connection", &["close", "keep-alive", "upgrade", "close, x"]),
    ("content-length", &["0", "3", "-1", "1, 1", "18446744073709551616"]),
    ("transfer-encoding", &["chunked", "gzip, chunked", "x"]),
    ("expect", &["100-continue", "x"]),
];

const METHODS: [&str; 9] =
    ["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "TRACE", "CONNECT", "get"];

const STATUSES: [u16; 18] =
    [100, 200, 206, 302, 304, 308, 400, 404, 405, 406, 408, 410, 412, 413, 414, 416, 417, 431];

fn site() -> (TempDir, Server) {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    Folder::default()
        .bulletin("plan/index", "published: 2022-05-06\naliases: [/old/]", "[The plan](plan.pdf)")
        .with("bulletins/plan/plan.pdf", "%PDF-1.4\n0123456789\n%%EOF\n")
        .bulletin("gone", "published: 2022-05-06\ngone: { on: 2022-05-07, reason: R. }", "Gone.")
        .write_to(folder.path());
    let server = Server::of(folder.path(), &["--head-timeout", "60", "--max-connections", "500"]);
    (folder, server)
}

/// A path or query: plain, percent-encoded, or anything else.
fn any_target() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("%0d%0ax-evil:%201".to_owned()),
        Just("%3Cx-evil%3E<x-evil>\"'".to_owned()),
        select(vec!["//evil.example/", "/\\evil.example", "/..%2f", "%00", "%ff", "%", "%2"])
            .prop_map(str::to_owned),
        select(vec!["&q=lake", "&page=2", "&page=-1", "&year=2022", "&category=x", "&sort=date"])
            .prop_map(str::to_owned),
        "[a-z0-9+%&=\\[\\]〔〕湖é:*^~\"-]{0,40}",
        "\\PC{0,8}",
    ];
    let pieces = prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    let path =
        prop_oneof![4 => select(PATHS.to_vec()).prop_map(str::to_owned), 1 => Just(String::new())];
    (path, select(vec!["", "?", "?q=", "/"]), pieces).prop_map(|(path, separator, pieces)| {
        match pieces.as_str() {
            "" => path,
            _ => format!("{path}{separator}{pieces}"),
        }
    })
}

fn any_field() -> impl Strategy<Value = String> {
    select(FIELDS.to_vec()).prop_flat_map(|(name, values)| {
        let value = prop_oneof![
            4 => select(values.to_vec()).prop_map(str::to_owned),
            1 => "[ -~é\\t]{0,30}",
            1 => Just("a\r\n x-evil: 1".to_owned()),
        ];
        value.prop_map(move |value| format!("{name}: {value}\r\n"))
    })
}

/// A request, from which a piece may be cut, doubled or overwritten.
fn any_request() -> impl Strategy<Value = Vec<u8>> {
    let version = select(vec!["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "http"]);
    let fields = prop::collection::vec(any_field(), 0..6).prop_map(|fields| fields.concat());
    let end =
        select(vec!["\r\n", "\r\n", "\r\n", "\n", "", "\r\nabc", "\r\n3\r\nabc\r\n0\r\n\r\n"]);
    let damage =
        prop::option::weighted(0.2, (any::<prop::sample::Index>(), 0..4_usize, any::<u8>()));
    (select(METHODS.to_vec()), any_target(), version, fields, end, damage).prop_map(
        |(method, target, version, fields, end, damage)| {
            let head = format!("{method} {target} {version}\r\nhost: x\r\n{fields}{end}");
            let mut bytes = head.into_bytes();
            if let Some((place, kind, byte)) = damage {
                let place = place.index(bytes.len());
                match kind {
                    0 => bytes.truncate(place),
                    1 => bytes[place] = byte,
                    2 => bytes.insert(place, byte),
                    _ => drop(bytes.remove(place)),
                }
            }
            bytes
        },
    )
}

/// All bytes that the server sends for these.
fn exchange(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // A server that refuses a request may close before it has read all.
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        let is_reset = error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(is_reset, "{error}: {:?}", String::from_utf8_lossy(request));
    }
    bytes
}

/// Checks a response at the start of the bytes, and returns what follows it.
fn check_response(bytes: &[u8], is_head: bool) -> &[u8] {
    let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("a whole head") + 4;
    let (head, rest) = bytes.split_at(end);
    let head = std::str::from_utf8(head).expect("a head of UTF-8");
    let mut lines = head.trim_end_matches("\r\n").split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.")).expect("a status line");
    let status: u16 = status[2..5].parse().expect("a status");
    assert!(STATUSES.contains(&status), "{head}");
    let fields: Vec<(&str, &str)> =
        lines.map(|line| line.split_once(':').expect("a field")).collect();
    let field = |name: &str| {
        let mut found = fields.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let first = found.next().map(|(_, value)| value.trim());
        assert!(found.next().is_none() || name == "vary", "{name} is there twice: {head}");
        first
    };
    for (name, value) in &fields {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        assert!(!name.is_empty() && name.bytes().all(is_token), "{head}");
        assert!(value.bytes().all(|byte| byte >= b' ' && byte != 0x7f), "{head}");
        // A redirect keeps the path and the query of the request.
        let is_own = !value.contains("evil.example") || name.eq_ignore_ascii_case("location");
        assert!(*name != "x-evil" && is_own, "{head}");
    }
    if let Some(location) = field("location") {
        assert!(location.starts_with('/') && !location.starts_with("//"), "{head}");
        assert!(location.is_ascii() && !location.contains(['<', '"']), "{head}");
        let path = location.split('?').next().unwrap_or_default();
        assert!(!path.contains('\\'), "{head}");
    }
    let length = field("content-length").map(|length| length.parse::<usize>().expect("a length"));
    assert!(field("transfer-encoding").is_none(), "{head}");
    let is_empty = is_head || matches!(status, 100 | 304);
    let length = if is_empty { 0 } else { length.unwrap_or_default() };
    assert!(rest.len() >= length, "the body has {} bytes: {head}", rest.len());
    let (body, rest) = rest.split_at(length);
    if status == 206 {
        let range = field("content-range").expect("a range");
        let (first, last) = range[6..].split('/').next().unwrap().split_once('-').expect("bytes");
        let [first, last] = [first, last].map(|place| place.parse::<usize>().expect("a place"));
        assert!(is_head || last + 1 - first == body.len(), "{head}");
    }
    if field("content-encoding").is_none() {
        assert!(!text(body).contains("<x-evil"), "{}", text(body));
    }
    rest
}

fn check(server: &Server, request: &[u8]) {
    let bytes = exchange(server.address, request);
    let mut rest = &bytes[..];
    // Only the first request is one for a head: what follows it here begins otherwise.
    let mut is_head = request.starts_with(b"HEAD ");
    while !rest.is_empty() {
        let is_interim = rest.starts_with(b"HTTP/1.1 100");
        rest = check_response(rest, is_head);
        is_head &= is_interim;
    }
}

#[test]
fn any_request_gets_whole_responses() {
    let (_folder, server) = site();
    // Its default follows `PROPTEST_CASES`.
    let config = ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&any_request(), |request| {
        check(&server, &request);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
    assert!(!server.log.text().contains("panic"), "{}", server.log.text());
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn generated_requests_leave_server_as_it_was() {
    let (_folder, server) = site();
    let before = server.get("/");
    for path in PATHS {
        for (name, values) in FIELDS {
            for value in values {
                check(
                    &server,
                    format!("GET {path} HTTP/1.1\r\nhost: x\r\n{name}: {value}\r\n\r\n").as_bytes(),
                );
            }
        }
    }
    let after = server.get("/");
    assert_eq!((after.status, after.body), (before.status, before.body));
    assert!(!server.log.text().contains("panic"), "{}", server.log.text());
}
