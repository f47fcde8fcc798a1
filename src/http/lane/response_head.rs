//! Formats the heads of the lane's responses.
//!
//! The fields are those that [`response`] sets, so the two cannot differ. All fields but
//! `Content-Length` and `ETag` are the same for all resources of a [`Class`] and are formatted once
//! for each class. They are sorted, because the order of actix-http's header map is random.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::ETAG;

use super::super::metrics::{ResponseCounter, Route};
use super::super::response;
use crate::edition::{CachePolicy, Encoding, Resource};

/// The part of a response's head that its resource and coding decide.
#[derive(Debug, Default)]
pub(super) struct HeadCache {
    classes: Vec<KnownClass>,
}

#[derive(Debug)]
struct KnownClass {
    class: Class,
    fields: Box<[u8]>,
    counter: ResponseCounter,
}

/// Everything that decides the fields of a head, apart from the length and the tag of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    is_not_modified: bool,
    encoding: Encoding,
    has_alternatives: bool,
    is_file: bool,
    cache: CachePolicy,
    media_type: &'static str,
    language: Option<Arc<str>>,
}

impl Class {
    fn new(resource: &Resource, encoding: Encoding, is_not_modified: bool) -> Self {
        Self {
            is_not_modified,
            encoding,
            has_alternatives: has_alternatives(resource),
            is_file: resource.is_file,
            cache: resource.cache,
            media_type: resource.media_type,
            language: resource.language.clone(),
        }
    }

    /// Whether this is the class of the response, compared without allocating.
    fn is_of(&self, resource: &Resource, encoding: Encoding, is_not_modified: bool) -> bool {
        self.is_not_modified == is_not_modified
            && self.encoding == encoding
            && self.media_type == resource.media_type
            && self.language == resource.language
            && self.cache == resource.cache
            && self.is_file == resource.is_file
            && self.has_alternatives == has_alternatives(resource)
    }
}

impl HeadCache {
    /// Appends the head of a 200 with a body of this length after its status line and `Date`, its
    /// empty line included. Returns the counter of the response.
    pub(super) fn append_found(
        &mut self,
        resource: &Resource,
        encoding: Encoding,
        length: usize,
        out: &mut Vec<u8>,
    ) -> ResponseCounter {
        let known = self.class(resource, encoding, false);
        out.extend_from_slice(&known.fields);
        out.extend_from_slice(b"content-length: ");
        append_number(length, out);
        out.extend_from_slice(b"\r\netag: ");
        out.extend_from_slice(resource.body.entity_tag(encoding).as_str().as_bytes());
        out.extend_from_slice(b"\r\n\r\n");
        known.counter
    }

    /// Appends the head of a 304 after its status line and `Date`, its empty line included.
    /// Returns the counter of the response.
    pub(super) fn append_not_modified(
        &mut self,
        resource: &Resource,
        encoding: Encoding,
        out: &mut Vec<u8>,
    ) -> ResponseCounter {
        let known = self.class(resource, encoding, true);
        out.extend_from_slice(&known.fields);
        out.extend_from_slice(b"etag: ");
        out.extend_from_slice(resource.body.entity_tag(encoding).as_str().as_bytes());
        out.extend_from_slice(b"\r\n\r\n");
        known.counter
    }

    fn class(
        &mut self,
        resource: &Resource,
        encoding: Encoding,
        is_not_modified: bool,
    ) -> &KnownClass {
        let known = self
            .classes
            .iter()
            .position(|known| known.class.is_of(resource, encoding, is_not_modified));
        let index = known.unwrap_or_else(|| {
            let response = if is_not_modified {
                response::not_modified(resource, encoding)
            } else {
                response::found(resource, encoding)
            };
            self.classes.push(KnownClass {
                class: Class::new(resource, encoding, is_not_modified),
                fields: format_fields(&response),
                counter: ResponseCounter::new(Route::of_resource(resource), response.status()),
            });
            self.classes.len() - 1
        });
        &self.classes[index]
    }
}

/// All fields of the response except `ETag`, which each response has of its own.
fn format_fields(response: &HttpResponse) -> Box<[u8]> {
    let mut lines: Vec<Vec<u8>> = response
        .headers()
        .iter()
        .filter(|(name, _)| *name != ETAG)
        .map(|(name, value)| [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat())
        .collect();
    lines.sort();
    lines.concat().into()
}

fn has_alternatives(resource: &Resource) -> bool {
    resource.body.codings().nth(1).is_some()
}

/// Appends a number in decimal digits.
fn append_number(number: usize, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = number;
    loop {
        start -= 1;
        digits[start] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}
