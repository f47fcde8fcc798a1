//! Responds to the requests in a block of bytes, without a socket.

use std::sync::Arc;
use std::time::SystemTime;

use actix_web::http::header::HttpDate;
use bytes::Bytes;

use super::head::{self, Head, Request};
use super::response_head::HeadCache;
use crate::edition::{Edition, Encoding, PathEntry, Resource};
use crate::http::headers::conditional;
use crate::http::headers::negotiate;
use crate::http::metrics::Counters;

/// How many pipelined responses are written at once.
const MAX_BATCH: usize = 32;

/// The responses to the requests in a block of bytes, and what all responses of a worker share.
///
/// Everything is reused from one block to the next, so that a response allocates nothing.
#[derive(Debug)]
pub struct Responder {
    head_cache: HeadCache,
    /// Status line and `Date` of a 200 and of a 304.
    first_lines: [Vec<u8>; 2],
    /// The heads of the responses, one after the other.
    heads: Vec<u8>,
    responses: Vec<Response>,
    counters: Arc<Counters>,
}

/// The end of a head in [`Responder::heads`], and its body.
#[derive(Debug)]
struct Response {
    head_end: usize,
    body: Bytes,
}

/// The outcome of a block of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The length of the requests that were responded to, in bytes.
    pub used: usize,
    /// Whether the application must respond to what follows.
    pub is_handing_over: bool,
}

impl Responder {
    /// A responder at an instant.
    #[must_use]
    pub fn new(now: SystemTime) -> Self {
        let mut responder = Self {
            head_cache: HeadCache::default(),
            first_lines: [Vec::new(), Vec::new()],
            heads: Vec::new(),
            responses: Vec::new(),
            counters: Arc::default(),
        };
        responder.set_date(now);
        responder
    }

    /// The counters of the responses.
    pub(super) fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// Sets the value of `Date`.
    pub(super) fn set_date(&mut self, now: SystemTime) {
        let date = HttpDate::from(now);
        self.first_lines = ["200 OK", "304 Not Modified"]
            .map(|status| format!("HTTP/1.1 {status}\r\ndate: {date}\r\n").into_bytes());
    }

    /// Responds to the requests at the start of the bytes. Earlier responses are dropped.
    pub fn respond(&mut self, edition: &Edition, bytes: &[u8]) -> Progress {
        self.clear();
        let mut used = 0;
        let mut is_handing_over = false;
        while used < bytes.len() && self.responses.len() < MAX_BATCH {
            match head::parse(&bytes[used..]) {
                Head::Partial if bytes.len() - used < head::MAX_HEAD_BYTES => break,
                Head::Request(request) if self.append(edition, &request).is_some() => {
                    used += request.length;
                }
                Head::Partial | Head::HandOver | Head::Request(_) => {
                    is_handing_over = true;
                    break;
                }
            }
        }
        Progress { used, is_handing_over }
    }

    /// The responses in order, each as head and body.
    pub fn responses(&self) -> impl Iterator<Item = (&[u8], &Bytes)> {
        let mut start = 0;
        self.responses.iter().map(move |response| {
            let head = &self.heads[start..response.head_end];
            start = response.head_end;
            (head, &response.body)
        })
    }

    /// Drops the responses, and with them their shares of the edition's bodies.
    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.responses.clear();
    }

    /// Appends the response to a request; `None` if the application must respond.
    fn append(&mut self, edition: &Edition, request: &Request<'_>) -> Option<()> {
        let (resource, encoding) = find(edition, request)?;
        let etag = resource.body.entity_tag(encoding);
        let is_found = !conditional::has_current(request.none_match.as_slice(), etag.as_str());
        self.heads.extend_from_slice(&self.first_lines[usize::from(!is_found)]);
        let mut body = Bytes::new();
        let counter = if is_found {
            body = resource.body.bytes(encoding);
            self.head_cache.append_found(resource, encoding, body.len(), &mut self.heads)
        } else {
            self.head_cache.append_not_modified(resource, encoding, &mut self.heads)
        };
        self.counters.count_response(counter);
        if request.is_head {
            body = Bytes::new();
        }
        self.responses.push(Response { head_end: self.heads.len(), body });
        Some(())
    }
}

/// The resource and its coding for a request that the lane answers.
fn find<'e>(edition: &'e Edition, request: &Request<'_>) -> Option<(&'e Resource, Encoding)> {
    let path = edition.site_path(&request.path);
    if edition.search_format(path).is_some() {
        return None;
    }
    match edition.entry(path)? {
        // Its headers are its own, and a client may request the text of a date.
        PathEntry::Found(resource) if resource.memento.is_some() => None,
        PathEntry::Found(resource) => {
            let lines = request.accept_encoding.as_slice().iter().copied();
            Some((resource, negotiate::choose_by_lines(lines, resource)?))
        }
        PathEntry::Gone(_) | PathEntry::Redirect(_) => None,
    }
}
