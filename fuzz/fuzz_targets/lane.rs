//! Reads any bytes as requests in the fast lane, whole and cut in two, beside actix-http's decoder.
//! The lane takes no request that actix-http refuses or reads otherwise, and a cut changes nothing.

#![no_main]

use std::sync::LazyLock;
use std::time::SystemTime;

use actix_codec::Decoder;
use actix_http::h1::{Codec, Message};
use actix_http::{Method, ServiceConfig};
use actix_web::rt::{System, SystemRunner};
use bytes::BytesMut;
use gazette::diagnostic::Diagnostics;
use gazette::edition::{self, Edition};
use gazette::http::{Progress, Responder};
use gazette::source::{self, Source};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

thread_local! {
    /// The runtime in which actix-http's decoder keeps its clock.
    static SYSTEM: SystemRunner = System::new();
}

/// The real site.
static EDITION: LazyLock<Edition> = LazyLock::new(|| {
    let (snapshot, _) = Source::Embedded.snapshot().expect("the content");
    let loaded = gazette::record::load(&snapshot, Diagnostics::default(), None);
    let instant: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let assets = source::assets();
    let compiled = edition::compile(&loaded.content, loaded.diagnostics, &assets, instant);
    compiled.unwrap_or_else(|_| panic!("the content has no errors")).edition
});

/// All responses to the requests at the start of the bytes.
fn respond(responder: &mut Responder, mut bytes: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>, Progress) {
    let mut sent = Vec::new();
    let mut all = Vec::new();
    let mut used = 0;
    loop {
        let progress = responder.respond(&EDITION, bytes);
        for (head, body) in responder.responses() {
            let text = std::str::from_utf8(head).expect("ASCII");
            assert!(text.starts_with("HTTP/1.1 ") && text.ends_with("\r\n\r\n"));
            all.push([head, body].concat());
            sent.extend_from_slice(head);
            sent.extend_from_slice(body);
        }
        used += progress.used;
        bytes = &bytes[progress.used..];
        // More than fit into one batch.
        if progress.used == 0 || progress.is_handing_over || bytes.is_empty() {
            return (sent, all, Progress { used, ..progress });
        }
    }
}

/// Compares each request that the lane took with what actix-http reads.
fn check_with_actix(bytes: &[u8], responses: &[Vec<u8>], used: usize) {
    let mut codec =
        SYSTEM.with(|system| system.block_on(async { Codec::new(ServiceConfig::default()) }));
    let mut rest = BytesMut::from(&bytes[..used]);
    for response in responses {
        let message = codec.decode(&mut rest).expect("actix-http takes it too");
        let Some(Message::Item(request)) = message else { panic!("no request") };
        let head = response.windows(4).position(|end| end == b"\r\n\r\n").expect("a head") + 4;
        match *request.method() {
            Method::HEAD => assert_eq!(response.len(), head),
            Method::GET => {}
            _ => panic!("another method"),
        }
        assert!(request.uri().query().is_none());
        assert!(EDITION.entry(&percent_decode(request.path())).is_some());
    }
    assert!(rest.is_empty(), "actix-http reads more than these requests");
}

fn percent_decode(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((cut, bytes)) = bytes.split_first() else { return };
    let mut responder = Responder::new(SystemTime::UNIX_EPOCH);
    let (whole, responses, progress) = respond(&mut responder, bytes);
    assert!(progress.used <= bytes.len());
    check_with_actix(bytes, &responses, progress.used);
    let cut = usize::from(*cut) * bytes.len() / 256;
    let (mut parts, _, first) = respond(&mut responder, &bytes[..cut]);
    if first.is_handing_over {
        // A head can be refused before it is whole, never after it was taken.
        assert!(first.used == progress.used && progress.is_handing_over || parts == whole);
        return;
    }
    let (second, _, last) = respond(&mut responder, &bytes[first.used..]);
    parts.extend_from_slice(&second);
    assert_eq!(first.used + last.used, progress.used);
    assert_eq!(last.is_handing_over, progress.is_handing_over);
    assert_eq!(parts, whole);
});
