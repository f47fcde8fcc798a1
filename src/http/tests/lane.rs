//! The fast lane against the application: the same requests on the same server get the same bytes,
//! apart from `Date` and the order of fields, which actix-http leaves to chance.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::connections::with_server;
use super::fixture::edition;
use crate::http::lane::Deadlines;

/// A request that the lane hands over, so that the application serves the rest of the connection.
const HAND_OVER: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

/// All lines that the server sends for these bytes, written in pieces of so many, in sorted order.
fn lines_of(stream: &TcpStream, request: &[u8], piece: usize) -> Vec<String> {
    let mut stream = stream;
    for bytes in request.chunks(piece) {
        // A server that refuses a request may close before it has read all.
        if stream.write_all(bytes).is_err() {
            break;
        }
    }
    // The server ends the connection after its last response. `Connection: close` in the last
    // request would not do: actix-http 3.20 then adds it to the responses to requests pipelined
    // before it.
    let _ = stream.shutdown(Shutdown::Write);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    // A body ends without a line break.
    let text = String::from_utf8_lossy(&bytes).replace("HTTP/1.1 ", "\r\nHTTP/1.1 ");
    let mut lines: Vec<String> =
        text.split("\r\n").filter(|line| !line.starts_with("date: ")).map(str::to_owned).collect();
    lines.sort();
    lines
}

/// Sends the requests once to the lane first and once to the application alone, and compares.
fn compare(requests: Vec<(String, usize)>) {
    with_server(edition(), Deadlines::default(), move |address| {
        for (request, piece) in requests {
            let on_lane = format!("{request}{HAND_OVER}");
            let on_application = format!("{HAND_OVER}{request}");
            let on_lane = lines_of(&TcpStream::connect(address)?, on_lane.as_bytes(), piece);
            let on_application =
                lines_of(&TcpStream::connect(address)?, on_application.as_bytes(), usize::MAX);
            assert_eq!(on_lane, on_application, "{request:?} in pieces of {piece}");
            assert!(on_lane.len() > 15, "{request:?}: {on_lane:?}");
        }
        Ok(())
    });
}

#[test]
fn lane_and_application_respond_alike() {
    let heads = [
        "GET / HTTP/1.1\r\nhost: x\r\n",
        "HEAD / HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\n",
        "GET /goals/index.json HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip;q=0.5, zstd\r\n",
        "GET /zh/%E5%93%88%E5%B0%94%E6%BB%A8/ HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n",
        "GET /static/site.0123.css HTTP/1.1\r\nHOST: x\r\nAccept-Encoding: br;q=0\r\n",
        "GET /tiny/ HTTP/1.1\r\nhost: x\r\naccept-encoding: identity;q=0\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nif-none-match: W/\"/\", \"a\"\r\n",
        "HEAD / HTTP/1.1\r\nhost: x\r\nif-none-match: *\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nif-match: \"other\"\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nif-modified-since: Thu, 05 May 2022 02:00:00 GMT\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nrange: bytes=0-0\r\n",
        "GET / HTTP/1.1\r\nhost: x y\r\n",
        "GET /zh/ HTTP/1.1\r\nhost: <x>:80\r\n",
        "GET /plan.pdf HTTP/1.1\r\nhost: x\r\n",
        "GET /history/ HTTP/1.1\r\nhost: x\r\n",
        "GET /history/ HTTP/1.1\r\nhost: x\r\naccept-datetime: Tue, 11 Sep 2001 20:35:00 GMT\r\n",
        "GET /history/ HTTP/1.1\r\nhost: x\r\naccept-datetime: now\r\n",
        "HEAD /history/versions/1970-01-01/ HTTP/1.1\r\nhost: x\r\n",
        "GET /plan.pdf HTTP/1.1\r\nhost: x\r\nrange: bytes=2-\r\n",
        "HEAD /plan.pdf HTTP/1.1\r\nhost: x\r\nrange: bytes=2-\r\n",
        "GET /goals HTTP/1.1\r\nhost: x\r\n",
        "GET //goals/ HTTP/1.1\r\nhost: x\r\n",
        "GET /old/path/ HTTP/1.1\r\nhost: x\r\n",
        "GET /gone/ HTTP/1.1\r\nhost: x\r\n",
        "GET /nothing/ HTTP/1.1\r\nhost: x\r\n",
        "GET /?a=b HTTP/1.1\r\nhost: x\r\n",
        "GET http://x/goals/ HTTP/1.1\r\nhost: x\r\n",
        "OPTIONS /feed.xml HTTP/1.1\r\nhost: x\r\naccess-control-request-method: GET\r\n",
        "DELETE / HTTP/1.1\r\nhost: x\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nconnection: Keep-Alive\r\ncookie: a=b\r\n",
    ];
    let mut requests: Vec<_> =
        heads.iter().map(|head| (format!("{head}\r\n"), usize::MAX)).collect();
    let pipeline: String = heads.iter().take(9).map(|head| format!("{head}\r\n")).collect();
    requests.extend([1, 7, 64, 100].map(|piece| (pipeline.clone(), piece)));
    requests.push((format!("{}\r\n", heads[0]).repeat(100), usize::MAX));
    compare(requests);
}

#[test]
fn generated_requests_get_the_same_bytes() {
    let mut runner = TestRunner::deterministic();
    let requests = (0..150)
        .filter_map(|_| Some(any_request().new_tree(&mut runner).ok()?.current()))
        .collect::<Vec<_>>();
    assert_eq!(requests.len(), 150);
    compare(requests);
}

/// A few requests in a row, in any spelling that keeps the connection open, and a piece length.
fn any_request() -> impl Strategy<Value = (String, usize)> {
    let method = prop::sample::select(vec!["GET", "GET", "HEAD", "OPTIONS", "PUT"]);
    let path = prop::sample::select(vec![
        "/",
        "/goals/",
        "/goals",
        "/feed.xml",
        "/tiny/",
        "/gone/",
        "/nope/",
        "/history/",
        "/history/versions/1970-01-01/",
        "/%67oals/",
        "/?q",
    ]);
    let field = prop::sample::select(vec![
        "accept-encoding: br",
        "Accept-Encoding: gzip, br;q=0.1",
        "accept-encoding: *;q=0",
        "if-none-match: \"/-br\"",
        "if-none-match: \"/\"",
        "range: bytes=1-",
        "Accept-Datetime: Tue, 11 Sep 2001 20:35:00 GMT",
        "accept-datetime: Tue, 01 Jan 2030 00:00:00 GMT",
        "user-agent: \u{e9}",
        "x: ",
        "connection: keep-alive",
    ]);
    let one =
        (method, path, prop::collection::vec(field, 0..4)).prop_map(|(method, path, fields)| {
            let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
            format!("{method} {path} HTTP/1.1\r\nhost: x\r\n{fields}\r\n")
        });
    (prop::collection::vec(one, 1..4).prop_map(|all| all.concat()), 1..200_usize)
}

/// Seconds after which a deadline of one second has passed, with time for a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends bytes in pieces with pauses until the server closes the connection; returns its responses.
fn drip(address: SocketAddr, first: &[u8], piece: &[u8]) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(first)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let begun = Instant::now();
    let mut bytes = Vec::new();
    loop {
        match stream.read_to_end(&mut bytes) {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => break,
            // The read timeout is the pause.
            Err(_) if begun.elapsed() < PATIENCE => {}
            Err(error) => return Err(error),
        }
        let _ = stream.write_all(piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn slow_and_idle_connections_are_closed() {
    let deadlines = Deadlines { head: 1, idle: 1, write: 1, handed_over: 1 };
    let page = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    with_server(edition(), deadlines, move |address| {
        let table = [
            ("no request", String::new(), "", 0),
            ("slow first head", "GET / HTTP/1.1\r\n".to_owned(), "x", 0),
            ("idle", page.to_owned(), "", 1),
            ("slow second head", format!("{page}GET / HTTP/1.1\r\n"), "x", 1),
            ("slow head after hand-over", format!("{HAND_OVER}GET / HTTP/1.1\r\n"), "x", 1),
        ];
        for (name, first, piece, count) in table {
            let responses = drip(address, first.as_bytes(), piece.as_bytes())?;
            assert_eq!(responses.matches(" 200 OK").count(), count, "{name}: {responses}");
        }
        Ok(())
    });
}
