//! Reads request heads (RFC 9112 §2 to §5), and decides which requests the lane takes.

use std::borrow::Cow;
use std::mem::MaybeUninit;

use super::super::headers::host::is_valid_host;
use super::super::path::{self, CanonicalPath};

/// Header lines beyond which actix-http 3.20 refuses a request (`h1/decoder.rs`).
const MAX_HEADERS: usize = 96;

/// The size of the read buffer, in bytes: most heads of browsers have less than a kilobyte. A
/// longer head is handed over.
pub(super) const MAX_HEAD_BYTES: usize = 16 << 10;

/// Lines of one field beyond which a request is handed over: clients send one.
const MAX_LINES: usize = 4;

/// The result of looking at the bytes read so far.
#[derive(Debug)]
pub(super) enum Head<'b> {
    /// The head has not arrived completely.
    Partial,
    /// A request that actix-http answers.
    HandOver,
    /// A request that the lane answers.
    Request(Request<'b>),
}

/// A GET or HEAD request that the lane can answer if its path is in the edition.
#[derive(Debug)]
pub(super) struct Request<'b> {
    /// The length of the head in bytes, its empty line included.
    pub(super) length: usize,
    pub(super) is_head: bool,
    /// The decoded path in its canonical spelling.
    pub(super) path: Cow<'b, str>,
    pub(super) accept_encoding: Lines<'b>,
    pub(super) none_match: Lines<'b>,
}

/// The lines of one field, in an array, so that reading a head allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Lines<'b> {
    lines: [&'b [u8]; MAX_LINES],
    count: usize,
}

impl<'b> Lines<'b> {
    /// Appends a line; `None` if there are too many.
    fn push(&mut self, line: &'b [u8]) -> Option<()> {
        *self.lines.get_mut(self.count)? = line;
        self.count += 1;
        Some(())
    }

    pub(super) fn as_slice(&self) -> &[&'b [u8]] {
        &self.lines[..self.count]
    }
}

/// Parses the first request head.
///
/// Handed over are:
/// - what httparse calls malformed, so that one program words all errors;
/// - a line that ends in a bare LF, which httparse accepts and actix-http may not;
/// - versions other than HTTP/1.1, methods other than GET and HEAD;
/// - targets with a query, which may be a search or an old address, in another form than
///   origin-form, or in a spelling that is redirected;
/// - a request without exactly one valid `Host`, with a body, or with fields that change the
///   connection or the response in a way that the lane does not implement ([`Field::Other`] is
///   ignored, as the application does);
/// - more than [`MAX_LINES`] lines of one field.
pub(super) fn parse(bytes: &[u8]) -> Head<'_> {
    let mut lines = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut []);
    match parsed.parse_with_uninit_headers(bytes, &mut lines) {
        Ok(httparse::Status::Complete(length)) => {
            read_request(&parsed, &bytes[..length]).map_or(Head::HandOver, Head::Request)
        }
        Ok(httparse::Status::Partial) => Head::Partial,
        Err(_) => Head::HandOver,
    }
}

/// The request of a head, or `None` if it is handed over.
fn read_request<'b>(parsed: &httparse::Request<'_, 'b>, head: &[u8]) -> Option<Request<'b>> {
    if has_bare_lf(head) || parsed.version != Some(1) {
        return None;
    }
    let is_head = match parsed.method? {
        "GET" => false,
        "HEAD" => true,
        _ => return None,
    };
    let CanonicalPath::Canonical(path) = canonical_path(parsed.path?)? else { return None };
    let mut hosts = 0;
    let (mut accept_encoding, mut none_match) = (Lines::default(), Lines::default());
    for line in parsed.headers.iter() {
        match classify(line.name, line.value) {
            Field::Host => hosts += 1,
            Field::AcceptEncoding => accept_encoding.push(line.value)?,
            Field::IfNoneMatch => none_match.push(line.value)?,
            Field::Other => {}
            Field::NotTaken => return None,
        }
    }
    let request = Request { length: head.len(), is_head, path, accept_encoding, none_match };
    (hosts == 1).then_some(request)
}

/// The kind of a header field for the lane.
enum Field {
    Host,
    AcceptEncoding,
    IfNoneMatch,
    /// No effect on the response.
    Other,
    /// The application answers.
    NotTaken,
}

fn classify(name: &str, value: &[u8]) -> Field {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    // By length first, which distinguishes most fields of a browser.
    match name.len() {
        4 if is("host") && is_valid_host(value) => Field::Host,
        4 if is("host") => Field::NotTaken,
        4 if is("date") => Field::Other,
        5 if is("range") => Field::NotTaken,
        6 if is("expect") => Field::NotTaken,
        7 if is("trailer") => Field::NotTaken,
        8 if is("if-match") || is("if-range") => Field::NotTaken,
        10 if is("connection") && !keeps_connection(value) => Field::NotTaken,
        13 if is("if-none-match") => Field::IfNoneMatch,
        14 if is("content-length") => Field::NotTaken,
        15 if is("accept-encoding") => Field::AcceptEncoding,
        17 if is("transfer-encoding") => Field::NotTaken,
        _ => Field::Other,
    }
}

/// Whether all options of a `Connection` field leave the connection as it is. A server may ignore
/// an offered upgrade (RFC 9110 §7.8).
fn keeps_connection(value: &[u8]) -> bool {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii).all(|option| {
        let known: [&[u8]; 3] = [b"keep-alive", b"upgrade", b"http2-settings"];
        known.iter().any(|known| option.eq_ignore_ascii_case(known))
    })
}

/// The canonical path of a target without a query; `None` for other targets.
fn canonical_path(target: &str) -> Option<CanonicalPath<'_>> {
    let is_plain = target.starts_with('/') && !target.contains(['?', '#']);
    is_plain.then(|| path::canonicalize(target))
}

/// Whether a line ends in LF without CR. httparse 1.10 accepts a CR only before an LF, so counting
/// both is enough.
fn has_bare_lf(head: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', head).count() != memchr::memchr_iter(b'\r', head).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: &[&str] = &["\r\n", "\n", "\r", "Host: a", "b:", "c", " ", "\r\n", "x: y"];

    fn kind(text: &str) -> &'static str {
        match parse(text.as_bytes()) {
            Head::Partial => "partial",
            Head::HandOver => "hand over",
            Head::Request(_) => "request",
        }
    }

    #[test]
    fn plain_requests_are_taken() {
        for text in [
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD /goals/ HTTP/1.1\r\nhost:a\r\n\r\n",
            "GET /zh/ HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nAccept-Encoding: br\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\"\r\n\r\nGET ",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n\
             Upgrade: h2c\r\n\r\n",
        ] {
            assert_eq!(kind(text), "request", "{text:?}");
        }
    }

    #[test]
    fn unusual_requests_are_handed_over() {
        for text in [
            "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /?q=1 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET //goals/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nIf-Match: \"x\"\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nAccept-Encoding: br\r\nAccept-Encoding: br\r\n\
             Accept-Encoding: br\r\nAccept-Encoding: br\r\nAccept-Encoding: br\r\n\r\n",
        ] {
            assert_eq!(kind(text), "hand over", "{text:?}");
        }
    }

    #[test]
    fn cut_head_is_partial() {
        let text = "GET /goals/ HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\n\r\n";
        for end in 0..text.len() {
            assert_eq!(kind(&text[..end]), "partial", "{end}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_parsed(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Head::Request(request) = parse(&bytes) {
                prop_assert!(request.length <= bytes.len());
            }
        }

        #[test]
        fn bare_lf_is_found_by_counting(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..8),
        ) {
            let text = format!("GET / HTTP/1.1{}\r\n\r\n", pieces.concat());
            let mut lines = [httparse::EMPTY_HEADER; MAX_HEADERS];
            let parsed = httparse::Request::new(&mut lines).parse(text.as_bytes());
            if let Ok(httparse::Status::Complete(length)) = parsed {
                let head = &text[..length];
                let rest = head.replace("\r\n", "");
                prop_assert_eq!(has_bare_lf(head.as_bytes()), rest.contains('\n'));
            }
        }
    }
}
