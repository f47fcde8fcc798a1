//! Reads any bytes as a connection of the application, past the fast lane: every response is whole,
//! none is an internal error, and no part of a request becomes a field or leads to another site.

#![no_main]

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_codec::{AsyncRead, AsyncWrite, ReadBuf};
use actix_http::{HttpService, KeepAlive};
use actix_service::{Service, ServiceFactory, map_config};
use actix_web::dev::AppConfig;
use actix_web::rt::System;
use gazette::diagnostic::Diagnostics;
use gazette::edition::{self, Edition};
use gazette::http::{State, create_app};
use gazette::search::Indexer;
use gazette::source::{self, Source};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

/// How many fields a response has at most.
const MAX_FIELDS: usize = 32;

/// A connection that sends bytes, closes its side and takes all that comes.
struct Connection {
    unread: Vec<u8>,
    received: Rc<RefCell<Vec<u8>>>,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let length = self.unread.len().min(buffer.remaining());
        buffer.put_slice(&self.unread[..length]);
        self.unread.drain(..length);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.received.borrow_mut().extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

type Exchange = Box<dyn Fn(&[u8]) -> Vec<u8>>;

thread_local! {
    static EXCHANGE: Exchange = new_exchange();
}

/// The real site, with its search.
fn new_edition() -> Edition {
    let (snapshot, _) = Source::Embedded.snapshot().expect("the content");
    let loaded = gazette::record::load(&snapshot, Diagnostics::default(), None);
    let instant: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let assets = source::assets();
    let compiled = edition::compile(&loaded.content, loaded.diagnostics, &assets, instant);
    let edition = compiled.unwrap_or_else(|_| panic!("the content has no errors")).edition;
    edition.search().build_index(&mut Indexer::default());
    edition
}

fn new_exchange() -> Exchange {
    let system = System::new();
    let app = create_app(Arc::new(State::new(new_edition())));
    let service = system.block_on(async {
        let factory = HttpService::build()
            .keep_alive(KeepAlive::Os)
            .client_request_timeout(Duration::ZERO)
            .client_disconnect_timeout(Duration::ZERO)
            .h1(map_config(app, |()| AppConfig::default()));
        factory.new_service(()).await.expect("a service")
    });
    Box::new(move |bytes| {
        let received = Rc::new(RefCell::new(Vec::new()));
        let connection = Connection { unread: bytes.to_vec(), received: Rc::clone(&received) };
        // An error is a request that is refused.
        let _ = system.block_on(service.call((connection, None)));
        received.take()
    })
}

/// Checks a response at the start of the bytes, and returns what follows it.
fn check_response(bytes: &[u8], is_head: bool) -> &[u8] {
    let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("a whole head") + 4;
    let (head, rest) = bytes.split_at(end);
    let head = std::str::from_utf8(head).expect("a head of UTF-8");
    let mut lines = head.trim_end_matches("\r\n").split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.")).expect("a status line");
    let status: u16 = status[2..5].parse().expect("a status");
    assert!((100..500).contains(&status) || status == 503, "{head}");
    let fields: Vec<(&str, &str)> =
        lines.map(|line| line.split_once(": ").expect("a field")).collect();
    assert!(fields.len() <= MAX_FIELDS, "{head}");
    for (name, value) in &fields {
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{head}");
        assert!(!name.eq_ignore_ascii_case("x-evil"), "{head}");
        assert!(value.bytes().all(|byte| byte >= b' ' && byte != 0x7f), "{head}");
        if name.eq_ignore_ascii_case("location") {
            assert!(value.starts_with('/') && !value.starts_with("//"), "{head}");
            assert!(!value.split('?').next().unwrap_or_default().contains('\\'), "{head}");
        }
    }
    let length = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.map_or(0, |(_, length)| length.parse().expect("a length"));
    let length = if is_head || matches!(status, 100 | 304) { 0 } else { length };
    assert!(rest.len() >= length, "the body has {} bytes: {head}", rest.len());
    &rest[length..]
}

fuzz_target!(|bytes: &[u8]| {
    let sent = EXCHANGE.with(|exchange| exchange(bytes));
    let mut rest = &sent[..];
    let is_head = bytes.starts_with(b"HEAD ");
    // What follows the first request may be one for a head too.
    let has_heads = bytes.windows(5).skip(1).any(|bytes| bytes == b"HEAD ");
    while !rest.is_empty() {
        let is_interim = rest.starts_with(b"HTTP/1.1 100");
        rest = check_response(rest, is_head);
        if !is_interim && (is_head || has_heads) {
            return;
        }
    }
});
