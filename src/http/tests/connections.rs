//! Connections to a server on a socket: framing, request targets, unread request bodies.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::rt::task::spawn_blocking;
use actix_web::rt::{System, spawn};

use super::super::State;
use super::super::lane::Deadlines;
use super::super::listener::Listener;
use super::super::server::{ServerOptions, start_server};
use super::fixture;
use crate::edition::Edition;

/// Runs a server on a socket and talks to it.
fn with_socket<T: Send + 'static>(
    talk: impl FnOnce(TcpStream) -> io::Result<T> + Send + 'static,
) -> T {
    with_server(fixture::edition(), Deadlines::default(), |address| {
        TcpStream::connect(address).and_then(talk)
    })
}

/// Runs a server of the edition and talks to its address.
pub(super) fn with_server<T: Send + 'static>(
    edition: Edition,
    deadlines: Deadlines,
    talk: impl FnOnce(SocketAddr) -> io::Result<T> + Send + 'static,
) -> T {
    let Ok(listener) = TcpListener::bind("127.0.0.1:0") else { panic!("no port") };
    let Ok(address) = listener.local_addr() else { panic!("no address") };
    let second = Duration::from_secs(1);
    let options = ServerOptions {
        listeners: vec![Listener::Tcp(listener)],
        admin: None,
        workers: NonZeroUsize::MIN,
        drain: second,
        grace: second,
        max_connections: 64,
        deadlines,
    };
    System::new().block_on(async move {
        let Ok(server) = start_server(&Arc::new(State::new(edition)), options) else {
            panic!("no server")
        };
        let handle = server.handle();
        let server = spawn(server);
        let outcome = spawn_blocking(move || talk(address)).await;
        handle.stop(false).await;
        assert!(matches!(server.await, Ok(Ok(()))));
        match outcome {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => panic!("{error}"),
            Err(error) => panic!("{error}"),
        }
    })
}

/// Sends bytes, and returns what the server sends until it closes the connection.
fn exchange(request: &str) -> String {
    let request = request.to_owned();
    with_socket(move |mut stream| {
        stream.write_all(request.as_bytes())?;
        let mut response = String::new();
        stream.read_to_string(&mut response).map(|_| response)
    })
}

#[track_caller]
fn status_of(request: &str) -> String {
    let response = exchange(request);
    response.split("\r\n").next().unwrap_or_default().to_owned()
}

#[test]
fn head_equals_get_without_body() {
    let head =
        exchange("HEAD / HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nconnection: close\r\n\r\n");
    let get =
        exchange("GET / HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nconnection: close\r\n\r\n");
    let ((head, head_body), (get, get_body)) = (split_response(&head), split_response(&get));
    assert_eq!(head, get);
    assert!(head.contains(&"content-length: 4"), "{head:?}");
    assert_eq!((head_body, get_body), ("", "/-br"));
}

/// The sorted lines of the head, except the date, and the body.
fn split_response(response: &str) -> (Vec<&str>, &str) {
    let (head, body) = response.split_once("\r\n\r\n").unwrap_or_default();
    let mut lines: Vec<_> = head.lines().filter(|line| !line.starts_with("date:")).collect();
    lines.sort_unstable();
    (lines, body)
}

#[test]
fn connection_stays_open_after_304_and_308() {
    let responses = exchange(
        "GET / HTTP/1.1\r\nhost: x\r\nif-none-match: *\r\n\r\n\
         GET /goals HTTP/1.1\r\nhost: x\r\n\r\n\
         GET /tiny/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    );
    let statuses: Vec<_> =
        responses.split("HTTP/1.1 ").skip(1).map(|response| &response[..3]).collect();
    assert_eq!(statuses, ["304", "308", "200"], "{responses}");
    assert!(responses.ends_with("\r\n\r\n/tiny/"), "{responses}");
}

#[test]
fn every_request_target_has_a_response() {
    let table = [
        ("OPTIONS * HTTP/1.1\r\nhost: x", "405 Method Not Allowed"),
        ("GET * HTTP/1.1\r\nhost: x", "400 Bad Request"),
        ("GET http://other.example/goals/ HTTP/1.1\r\nhost: x", "200 OK"),
        ("GET http://other.example HTTP/1.1\r\nhost: x", "200 OK"),
        ("CONNECT other.example:443 HTTP/1.1\r\nhost: x", "405 Method Not Allowed"),
        ("GET / HTTP/1.1\r\nhost: <>, \"", "400 Bad Request"),
        ("GET / HTTP/1.1\r\nhost: a\r\nhost: a", "400 Bad Request"),
        ("GET / HTTP/1.0\r\nhost: a b", "400 Bad Request"),
        ("GET /search/?q=1 HTTP/1.1\r\nhost: user@a", "400 Bad Request"),
        ("GET http://x/ HTTP/1.1\r\nhost: a/b", "400 Bad Request"),
        ("GET / HTTP/1.1\r\nhost: [::1]:80", "200 OK"),
        ("GET / HTTP/1.1\r\nhost:", "200 OK"),
        ("GET / HTTP/1.1", "400 Bad Request"),
        ("GET / HTTP/1.0", "200 OK"),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9", "405 Method Not Allowed"),
        ("GET /\u{e9} HTTP/1.1\r\nhost: x", "400 Bad Request"),
    ];
    for (head, status) in table {
        let line = status_of(&format!("{head}\r\nconnection: close\r\n\r\n"));
        assert_eq!(line.split_once(' ').map(|(_, status)| status), Some(status), "{head}");
    }
}

#[test]
fn endless_request_body_closes_only_its_connection() {
    let (head, is_closed) = with_socket(|mut stream| {
        let started = Instant::now();
        stream
            .write_all(b"POST /goals/ HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        let mut is_closed = false;
        while !is_closed && started.elapsed() < Duration::from_secs(20) {
            is_closed = stream.write_all(b"a\r\n0123456789\r\n").is_err();
        }
        Ok((head, is_closed))
    });
    assert_eq!(&head, b"HTTP/1.1 405");
    assert!(is_closed);
}
