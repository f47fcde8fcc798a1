//! Answers on the wire: one function for each kind of answer, so that no kind can forget a header.
//!
//! Every answer starts in `start`, which gives it its security headers and `Cache-Control`. A HEAD gets the same
//! answer as a GET: actix-http drops the body when it writes and keeps `Content-Length` (RFC 9110 §9.3.2).

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE, ALLOW,
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    HeaderValue, LAST_MODIFIED, LOCATION, VARY,
};
use actix_web::web::Bytes;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::headers::negotiate::{self, Representation};
use super::headers::security::{self, CorsPolicy};
use super::path::Location;
use crate::edition::{CachePolicy, Resource};

const TEXT: &str = "text/plain; charset=utf-8";

/// 200: a resource, in the representation that was chosen.
pub(crate) fn found(resource: &Resource, chosen: Representation<'_>) -> HttpResponse {
    let mut answer = page(StatusCode::OK, resource, chosen);
    let headers = answer.headers_mut();
    set(headers, ETAG, &chosen.variant.etag);
    if let Some(date) = resource.modified.and_then(http_date) {
        set(headers, LAST_MODIFIED, &date);
    }
    answer
}

/// 304: the client has it. Repeats what a cache must update and no more (RFC 9110 §15.4.5).
pub(crate) fn not_modified(resource: &Resource, chosen: Representation<'_>) -> HttpResponse {
    let mut answer = new_response(
        StatusCode::NOT_MODIFIED,
        resource.cache,
        CorsPolicy::of_media_type(resource.media_type),
    );
    set(answer.headers_mut(), ETAG, &chosen.variant.etag);
    vary(answer.headers_mut(), resource);
    answer
}

/// A page with a status of its own: 400, 404, 405, 410. It has no validators, because conditions are only asked about
/// what is found (RFC 9110 §13.2.1).
pub(crate) fn page(
    status: StatusCode,
    resource: &Resource,
    chosen: Representation<'_>,
) -> HttpResponse {
    let mut answer =
        new_response(status, resource.cache, CorsPolicy::of_media_type(resource.media_type));
    let headers = answer.headers_mut();
    set_entity_headers(headers, resource);
    vary(headers, resource);
    if let Some(coding) = chosen.encoding.header() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    answer.set_body(BoxBody::new(chosen.variant.body.clone()))
}

/// 405: adds the methods that there are (RFC 9110 §15.5.6).
pub(crate) fn with_allow(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    answer
}

/// 308: the same request, at another path of this site. As good for caches as a page: the next edition may differ.
pub(crate) fn redirect(location: &Location) -> HttpResponse {
    let mut answer =
        new_response(StatusCode::PERMANENT_REDIRECT, CachePolicy::Page, CorsPolicy::AnyOrigin);
    set(answer.headers_mut(), LOCATION, location.as_str());
    answer
}

/// 204: any page may ask for this data, and on conditions; browsers remember that for a day.
pub(crate) fn preflight() -> HttpResponse {
    let mut answer =
        new_response(StatusCode::NO_CONTENT, CachePolicy::Never, CorsPolicy::AnyOrigin);
    let headers = answer.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("If-None-Match, If-Modified-Since"),
    );
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    answer
}

/// 406: the client refuses every coding there is. The body names them (RFC 9110 §15.5.7).
pub(crate) fn not_acceptable(resource: &Resource) -> HttpResponse {
    let codings: Vec<_> = negotiate::representations(resource)
        .map(|one| one.encoding.header().unwrap_or("identity"))
        .collect();
    let mut answer =
        text(StatusCode::NOT_ACCEPTABLE, format!("Available codings: {}\n", codings.join(", ")));
    vary(answer.headers_mut(), resource);
    answer
}

/// 412: the client asked for a representation that is no longer current.
pub(crate) fn precondition_failed() -> HttpResponse {
    text(StatusCode::PRECONDITION_FAILED, "The page has changed.\n")
}

/// 500 with the page that was made for one failed request.
pub(crate) fn failure(resource: &Resource, body: String) -> HttpResponse {
    let mut answer =
        new_response(StatusCode::INTERNAL_SERVER_ERROR, CachePolicy::Never, CorsPolicy::SameOrigin);
    set_entity_headers(answer.headers_mut(), resource);
    answer.set_body(BoxBody::new(body))
}

/// A plain text that holds for this one request.
pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> HttpResponse {
    uncached(status, TEXT, body.into(), CorsPolicy::SameOrigin)
}

/// A JSON text that holds for this one request.
pub(crate) fn json(status: StatusCode, body: impl Into<Bytes>) -> HttpResponse {
    uncached(status, "application/json", body.into(), CorsPolicy::SameOrigin)
}

/// Why a program got nothing, in JSON (RFC 9457).
pub(crate) fn problem_details(status: StatusCode, body: impl Into<Bytes>) -> HttpResponse {
    uncached(status, "application/problem+json", body.into(), CorsPolicy::AnyOrigin)
}

fn uncached(
    status: StatusCode,
    media_type: &'static str,
    body: Bytes,
    readers: CorsPolicy,
) -> HttpResponse {
    let mut answer = new_response(status, CachePolicy::Never, readers);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    answer.set_body(BoxBody::new(body))
}

fn new_response(status: StatusCode, cache: CachePolicy, readers: CorsPolicy) -> HttpResponse {
    let mut answer = HttpResponse::new(status);
    let headers = answer.headers_mut();
    security::set_security_headers(headers, readers);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache.header()));
    answer
}

fn set_entity_headers(headers: &mut HeaderMap, resource: &Resource) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(resource.media_type));
    if let Some(language) = &resource.language {
        set(headers, CONTENT_LANGUAGE, language);
    }
}

/// A cache must know that another client may get another coding (RFC 9110 §12.5.5).
fn vary(headers: &mut HeaderMap, resource: &Resource) {
    if negotiate::representations(resource).nth(1).is_some() {
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    }
}

/// Sets a header, unless its value could not be written on one line.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// RFC 9110 §5.6.7. A date that the format cannot hold is left out.
fn http_date(instant: Timestamp) -> Option<String> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_before_1970_and_of_one_digit_days_are_written() {
        let written = |text: &str| text.parse().ok().and_then(http_date);
        assert_eq!(
            written("2022-05-05T10:00:00.9+08:00").as_deref(),
            Some("Thu, 05 May 2022 02:00:00 GMT")
        );
        assert_eq!(
            written("1949-10-01T15:00:00+08:00").as_deref(),
            Some("Sat, 01 Oct 1949 07:00:00 GMT")
        );
        assert_eq!(http_date(Timestamp::MIN), None);
    }
}
