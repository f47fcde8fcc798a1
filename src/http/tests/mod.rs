//! The application as a client sees it: in-process, and where framing matters, on a socket.

pub(crate) mod fixture;

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::Method;
use actix_web::rt::task::spawn_blocking;
use actix_web::rt::{System, spawn};
use actix_web::test::{TestRequest, call_service, init_service, read_body};

use super::server::{ServerOptions, listening};
use super::{State, create_app};

/// An answer, taken apart.
#[derive(Debug)]
struct Seen {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Seen {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    fn has(&self, name: &str, value: &str) -> &Self {
        assert_eq!(self.header(name), Some(value), "{name} in {self:?}");
        self
    }

    #[track_caller]
    fn lacks(&self, names: &[&str]) -> &Self {
        for name in names {
            assert_eq!(self.header(name), None, "{name} in {self:?}");
        }
        self
    }

    #[track_caller]
    fn says(&self, body: &str) -> &Self {
        assert_eq!(self.body, body, "{self:?}");
        self
    }
}

/// What the fixture answers. Every answer of every test is held to what must be on all of them.
#[track_caller]
fn ask(method: &str, uri: &str, headers: &[(&str, &str)]) -> Seen {
    let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
    let mut request = TestRequest::default().method(method).uri(uri);
    for (name, value) in headers {
        request = request.append_header((*name, *value));
    }
    let seen = System::new().block_on(async {
        let app = init_service(create_app(Arc::new(State::new(fixture::edition())))).await;
        let answer = call_service(&app, request.to_request()).await;
        let status = answer.status().as_u16();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers = answer.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
        Seen { status, headers, body: text(&read_body(answer).await) }
    });
    for name in [
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
    ] {
        assert!(seen.header(name).is_some(), "{name} in {seen:?}");
    }
    for name in ["content-security-policy", "cross-origin-resource-policy", "cache-control"] {
        assert!(seen.header(name).is_some(), "{name} in {seen:?}");
    }
    seen.lacks(&["server", "set-cookie", "strict-transport-security"]);
    seen
}

#[track_caller]
fn get(uri: &str) -> Seen {
    ask("GET", uri, &[])
}

const PAGE: &str = "public, max-age=60, stale-while-revalidate=600";

#[test]
fn a_page_is_answered_with_everything_a_cache_must_know() {
    get("/goals/?utm_source=x")
        .is(200)
        .says("/goals/")
        .has("content-type", "text/html; charset=utf-8")
        .has("content-language", "en")
        .has("cache-control", PAGE)
        .has("vary", "Accept-Encoding")
        .has("etag", "\"/goals/\"")
        .has("last-modified", "Thu, 05 May 2022 02:00:00 GMT")
        .has("cross-origin-resource-policy", "same-origin")
        .lacks(&["content-encoding", "access-control-allow-origin"]);
    get("/static/site.0123.css")
        .is(200)
        .has("cache-control", "public, max-age=31536000, immutable");
    get("/zh/%E5%93%88%E5%B0%94%E6%BB%A8/")
        .is(200)
        .has("content-language", "zh")
        .says("/zh/哈尔滨/");
    get("/tiny/").is(200).lacks(&["vary"]);
}

#[test]
fn data_and_feeds_may_be_fetched_by_any_site() {
    for uri in ["/goals/index.json", "/feed.xml"] {
        let seen = ask("GET", uri, &[("if-none-match", &format!("\"{uri}\""))]);
        for seen in [&seen, &get(uri)] {
            seen.has("access-control-allow-origin", "*")
                .has("cross-origin-resource-policy", "cross-origin");
        }
        seen.is(304);
    }
}

#[test]
fn each_encoding_has_its_body_and_its_tag() {
    let table =
        [("br", "br", "-br"), ("gzip, zstd;q=0.5", "gzip", "-gz"), ("zstd, br;q=0", "zstd", "-zs")];
    for (accepted, coding, mark) in table {
        ask("GET", "/", &[("accept-encoding", accepted)])
            .is(200)
            .has("content-encoding", coding)
            .has("etag", &format!("\"/{mark}\""))
            .says(&format!("/{mark}"));
    }
    ask("GET", "/tiny/", &[("accept-encoding", "br")])
        .is(200)
        .says("/tiny/")
        .lacks(&["content-encoding"]);
}

#[test]
fn a_client_that_refuses_every_coding_is_told_so_but_never_instead_of_an_error() {
    let refused = [("accept-encoding", "identity;q=0")];
    ask("GET", "/", &refused)
        .is(406)
        .says("Available codings: identity, gzip, zstd, br\n")
        .has("vary", "Accept-Encoding")
        .has("cache-control", "no-store");
    ask("GET", "/nothing/", &refused).is(404).says("en NotFound page").lacks(&["content-encoding"]);
}

#[test]
fn a_conditional_request_repeats_the_caching_headers() {
    for uri in ["/", "/goals/", "/goals/index.json", "/feed.xml", "/static/site.0123.css", "/tiny/"]
    {
        for coding in ["identity", "br", "gzip", "zstd"] {
            let full = ask("GET", uri, &[("accept-encoding", coding)]);
            let (etag, date) =
                (full.header("etag").unwrap_or(""), full.header("last-modified").unwrap_or(""));
            for condition in [("if-none-match", etag), ("if-modified-since", date)] {
                let seen = ask("GET", uri, &[("accept-encoding", coding), condition]);
                seen.is(304).says("").lacks(&[
                    "content-type",
                    "content-encoding",
                    "content-length",
                    "last-modified",
                ]);
                let repeated = full.headers.iter().filter(|(name, _)| {
                    !matches!(
                        name.as_str(),
                        "content-type" | "content-encoding" | "content-language" | "last-modified"
                    )
                });
                for (name, value) in repeated {
                    seen.has(name, value);
                }
            }
        }
    }
    let other = [("accept-encoding", "gzip"), ("if-none-match", "\"/-br\"")];
    ask("GET", "/", &other).is(200).has("etag", "\"/-gz\"");
    ask("GET", "/", &[("if-match", "\"other\"")])
        .is(412)
        .has("cache-control", "no-store")
        .lacks(&["etag"]);
}

#[test]
fn conditions_are_only_asked_about_what_is_found() {
    ask("GET", "/gone/", &[("if-none-match", "*")])
        .is(410)
        .says("/gone/")
        .lacks(&["etag", "last-modified"]);
    ask("GET", "/nothing/", &[("if-none-match", "*"), ("if-match", "\"x\"")]).is(404);
    ask("GET", "/goals", &[("if-none-match", "*")]).is(308);
    ask("POST", "/", &[("if-match", "\"x\"")]).is(405);
}

#[test]
fn another_spelling_of_a_page_redirects_in_one_step() {
    let table = [
        ("/goals", "/goals/"),
        ("/goals?year=2022&q=%20", "/goals/?year=2022&q=%20"),
        ("//goals//", "/goals/"),
        ("/%67oals", "/goals/"),
        ("/goals/index.html?x", "/goals/?x"),
        ("/zh/../goals/", "/goals/"),
        ("/goals/%2e%2e/goals/./index.json", "/goals/index.json"),
        ("/zh/%e5%93%88%e5%b0%94%e6%bb%a8", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/"),
        ("/old/path/", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/"),
        ("/old/path?a=b", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/?a=b"),
        ("/old//path", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/"),
        ("/gone", "/gone/"),
        ("/static//site.0123.css", "/static/site.0123.css"),
        ("https://evil.example/goals", "/goals/"),
        ("https://evil.example//", "/"),
    ];
    for (uri, location) in table {
        get(uri).is(308).has("location", location).has("cache-control", PAGE).says("");
    }
}

#[test]
fn nothing_redirects_to_another_host_or_to_nothing() {
    for uri in [
        "//evil.example",
        "//evil.example/",
        "/%2Fevil.example",
        "/\\evil.example",
        "/%5Cevil.example/..",
    ] {
        let seen = get(uri);
        assert!(matches!(seen.status, 404 | 308), "{seen:?}");
        assert!(matches!(seen.header("location"), None | Some("/")), "{seen:?}");
    }
    get("/nothing//").is(404).lacks(&["location"]);
    get("/static/site.0123.css/").is(404);
    get("/goals/index.json/").is(404);
}

#[test]
fn problems_are_explained_in_the_language_of_the_path() {
    let (none, br) = (&[][..], &[("accept-encoding", "br")][..]);
    ask("GET", "/nothing/", none).is(404).says("en NotFound page").has("content-language", "en");
    ask("GET", "/zh/nothing", none).is(404).says("zh NotFound page").has("content-language", "zh");
    ask("GET", "/zh/nothing", br).is(404).says("zh NotFound page-br").has("content-encoding", "br");
    ask("GET", "/zh/%zz", none).is(400).says("zh BadRequest page").has("cache-control", "no-store");
    ask("GET", "/%ff", none).is(400).says("en BadRequest page");
    ask("GET", "/%00", none).is(400);
    ask("GET", &format!("/{}", "a".repeat(2_000)), none).is(400);
    ask("GET", "/gone/", br).is(410).says("/gone/-br").has("vary", "Accept-Encoding");
}

#[test]
fn the_site_is_only_read() {
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE"] {
        ask(method, "/zh/nothing/", &[])
            .is(405)
            .has("allow", "GET, HEAD")
            .says("zh MethodNotAllowed page");
    }
    ask("POST", "/healthz", &[]).is(405).has("allow", "GET, HEAD");
}

#[test]
fn a_page_elsewhere_may_ask_for_data_on_conditions_and_for_nothing_else() {
    let asked = &[
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let data = ask("OPTIONS", "/goals/index.json", asked);
    data.is(204)
        .has("access-control-allow-origin", "*")
        .has("access-control-allow-methods", "GET, HEAD");
    data.has("access-control-allow-headers", "If-None-Match, If-Modified-Since");
    get("/goals/index.json").has("access-control-expose-headers", "ETag");
    ask("OPTIONS", "/", asked).is(405);
    ask("OPTIONS", "/goals/index.json", &[]).is(405);
}

#[test]
fn health_and_readiness_are_for_machines() {
    get("/healthz").is(200).says("ok\n").has("cache-control", "no-store");
    get("/readyz").is(200).has("content-type", "application/json").has("cache-control", "no-store");
    get("//healthz").is(404);
}

/// What comes of a conversation with a server on a socket.
fn on_socket<T: Send + 'static>(
    talk: impl FnOnce(TcpStream) -> io::Result<T> + Send + 'static,
) -> T {
    let Ok(listener) = TcpListener::bind("127.0.0.1:0") else { panic!("no port") };
    let Ok(address) = listener.local_addr() else { panic!("no address") };
    let second = Duration::from_secs(1);
    let options =
        ServerOptions { listener, workers: NonZeroUsize::MIN, drain: second, grace: second };
    System::new().block_on(async move {
        let Ok(server) = listening(&Arc::new(State::new(fixture::edition())), options) else {
            panic!("no server")
        };
        let handle = server.handle();
        let server = spawn(server);
        let outcome = spawn_blocking(move || TcpStream::connect(address).and_then(talk)).await;
        handle.stop(false).await;
        assert!(matches!(server.await, Ok(Ok(()))));
        match outcome {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => panic!("{error}"),
            Err(error) => panic!("{error}"),
        }
    })
}

/// What the server sends for these bytes, until it closes the connection.
fn sent(request: &str) -> String {
    let request = request.to_owned();
    on_socket(move |mut stream| {
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map(|_| answer)
    })
}

#[track_caller]
fn status_of(request: &str) -> String {
    let answer = sent(request);
    answer.split("\r\n").next().unwrap_or_default().to_owned()
}

#[test]
fn head_is_get_without_the_body() {
    let head =
        sent("HEAD / HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nconnection: close\r\n\r\n");
    let get = sent("GET / HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\nconnection: close\r\n\r\n");
    let lines = |answer: &str| {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        let mut lines: Vec<_> =
            head.lines().filter(|line| !line.starts_with("date:")).map(str::to_owned).collect();
        lines.sort();
        (lines, body.to_owned())
    };
    let ((head, head_body), (get, get_body)) = (lines(&head), lines(&get));
    assert_eq!(head, get);
    assert!(head.contains(&"content-length: 4".to_owned()), "{head:?}");
    assert_eq!((head_body.as_str(), get_body.as_str()), ("", "/-br"));
}

#[test]
fn a_connection_goes_on_after_304_and_308() {
    let answers = sent(
        "GET / HTTP/1.1\r\nhost: x\r\nif-none-match: *\r\n\r\n\
         GET /goals HTTP/1.1\r\nhost: x\r\n\r\n\
         GET /tiny/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    );
    let statuses: Vec<_> = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses, ["304", "308", "200"], "{answers}");
    assert!(answers.ends_with("\r\n\r\n/tiny/"), "{answers}");
}

#[test]
fn every_request_target_and_host_has_an_answer() {
    let table = [
        ("OPTIONS * HTTP/1.1\r\nhost: x", "405 Method Not Allowed"),
        ("GET * HTTP/1.1\r\nhost: x", "400 Bad Request"),
        ("GET http://other.example/goals/ HTTP/1.1\r\nhost: x", "200 OK"),
        ("GET http://other.example HTTP/1.1\r\nhost: x", "200 OK"),
        ("CONNECT other.example:443 HTTP/1.1\r\nhost: x", "405 Method Not Allowed"),
        ("GET / HTTP/1.1\r\nhost: <>, \"", "200 OK"),
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
fn a_body_without_end_ends_the_connection_and_not_the_server() {
    let (answer, is_cut) = on_socket(|mut stream| {
        let begun = Instant::now();
        stream
            .write_all(b"POST /goals/ HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        let mut is_cut = false;
        while !is_cut && begun.elapsed() < Duration::from_secs(20) {
            is_cut = stream.write_all(b"a\r\n0123456789\r\n").is_err();
        }
        Ok((answer, is_cut))
    });
    assert_eq!(&answer, b"HTTP/1.1 405");
    assert!(is_cut);
}
