//! Responses: one function for each kind, so that no kind lacks a header.
//!
//! All of them start in [`new_response`], which sets the security headers and `Cache-Control`. HEAD
//! gets the same response as GET: actix-http drops the body when it writes and keeps
//! `Content-Length` (RFC 9110 §9.3.2).

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE,
    CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use serde::Serialize;

use super::headers::conditional::{Conditions, Precondition};
use super::headers::memento::{
    ACCEPT_DATETIME, RequestedText, requested_text, set_memento_headers,
};
use super::headers::negotiate;
use super::headers::range::{self, RangeOutcome};
use super::headers::security::{CorsPolicy, remove_document_headers, set_security_headers};
use super::path::Location;
use super::shared_body::shared_body;
use crate::edition::{CachePolicy, Edition, Encoding, ErrorPage, Memento, Resource};

const TEXT: &str = "text/plain; charset=utf-8";

/// 200 in the representation that the client prefers, or 206, 304, 406, 412 or 416 as its headers
/// require.
pub(crate) fn ok(
    resource: &Resource,
    method: &Method,
    request_headers: &HeaderMap,
) -> HttpResponse {
    let Some(encoding) = negotiate::choose(request_headers, resource) else {
        return not_acceptable(resource);
    };
    let conditions = Conditions::from_headers(request_headers);
    match conditions.evaluate(resource.body.entity_tag(encoding).as_str()) {
        // Ranges are defined for GET alone (RFC 9110 §14.2).
        Precondition::Proceed if method == Method::GET => {
            respond_with_range(resource, encoding, request_headers)
        }
        Precondition::Proceed => found(resource, encoding),
        Precondition::NotModified => not_modified(resource, encoding),
        Precondition::Failed => precondition_failed(),
    }
}

/// A page with a status other than 200. Conditions do not apply (RFC 9110 §13.2.1), so it has no
/// validators. Its status matters more than its coding, so a client that refuses every coding gets
/// the identity.
pub(crate) fn page(
    status: StatusCode,
    resource: &Resource,
    request_headers: &HeaderMap,
) -> HttpResponse {
    let chosen = negotiate::choose(request_headers, resource);
    with_body(status, resource, chosen.unwrap_or(Encoding::Identity))
}

/// The page for a problem, in the language of the path.
pub(crate) fn error_page(
    edition: &Edition,
    problem: ErrorPage,
    path: &str,
    request_headers: &HeaderMap,
) -> HttpResponse {
    let status =
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    page(status, edition.error_page(problem, path), request_headers)
}

/// 308: the same request, at another path of this site. Caches may keep it as long as a page: the
/// next edition may have another target.
pub(crate) fn redirect(location: &Location) -> HttpResponse {
    let mut response =
        new_response(StatusCode::PERMANENT_REDIRECT, CachePolicy::Page, CorsPolicy::AnyOrigin);
    set(response.headers_mut(), LOCATION, location.as_str());
    response
}

/// 302 to the earlier text of the date that a client requests, or 400 if the date cannot be read.
/// `None` for a request that the page itself answers.
pub(crate) fn by_date(
    edition: &Edition,
    resource: &Resource,
    request_headers: &HeaderMap,
) -> Option<HttpResponse> {
    let memento = resource.memento.as_deref()?;
    match requested_text(memento, request_headers) {
        RequestedText::Own => None,
        RequestedText::Earlier(path) => {
            let mut response =
                new_response(StatusCode::FOUND, CachePolicy::Page, CorsPolicy::AnyOrigin);
            let headers = response.headers_mut();
            let location = Location::new(&edition.public_path(path), None);
            set(headers, LOCATION, location.as_str());
            set_memento_headers(headers, memento);
            headers.insert(VARY, HeaderValue::from(ACCEPT_DATETIME));
            Some(response)
        }
        RequestedText::Malformed => {
            let body = "Accept-Datetime is a date such as Thu, 05 May 2022 00:00:00 GMT.\n";
            Some(text(StatusCode::BAD_REQUEST, body))
        }
    }
}

/// 204: every site may read this data, also under conditions. Browsers remember that for a day.
pub(crate) fn preflight() -> HttpResponse {
    let mut response =
        new_response(StatusCode::NO_CONTENT, CachePolicy::Never, CorsPolicy::AnyOrigin);
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("If-None-Match, If-Modified-Since"),
    );
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

/// 500 with a page that names this error.
pub(crate) fn internal_error(page: &Resource, body: String) -> HttpResponse {
    let mut response =
        new_response(StatusCode::INTERNAL_SERVER_ERROR, CachePolicy::Never, CorsPolicy::SameOrigin);
    set_entity_headers(response.headers_mut(), page);
    response.set_body(BoxBody::new(body))
}

/// Plain text that no cache may keep.
pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> HttpResponse {
    uncached(status, TEXT, body.into(), CorsPolicy::SameOrigin)
}

/// A value as JSON that no cache may keep.
pub(crate) fn json_of(status: StatusCode, value: &impl Serialize) -> HttpResponse {
    match serde_json::to_string(value) {
        Ok(body) => {
            let body = (body + "\n").into();
            uncached(status, "application/json", body, CorsPolicy::SameOrigin)
        }
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    }
}

/// Problem details for programs, in JSON (RFC 9457).
pub(crate) fn problem_details(status: StatusCode, body: impl Into<Bytes>) -> HttpResponse {
    uncached(status, "application/problem+json", body.into(), CorsPolicy::AnyOrigin)
}

/// Adds the methods of what can be read to a 405 (RFC 9110 §15.5.6).
pub(crate) fn with_allow(response: HttpResponse) -> HttpResponse {
    allow_only(response, "GET, HEAD")
}

/// Adds the allowed methods to a 405 (RFC 9110 §15.5.6).
pub(crate) fn allow_only(mut response: HttpResponse, methods: &'static str) -> HttpResponse {
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    response
}

/// Adds the number of seconds after which a client may repeat a request (RFC 9110 §10.2.3).
pub(crate) fn with_retry_after(mut response: HttpResponse, seconds: &'static str) -> HttpResponse {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
    response
}

/// Adds that another client may get another coding (RFC 9110 §12.5.5).
pub(crate) fn vary_by_encoding(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

/// 200.
pub(crate) fn found(resource: &Resource, encoding: Encoding) -> HttpResponse {
    let mut response = with_body(StatusCode::OK, resource, encoding);
    let headers = response.headers_mut();
    set(headers, ETAG, resource.body.entity_tag(encoding).as_str());
    if has_ranges(resource, encoding) {
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    response
}

/// 200, or 206 or 416 if the client requests a part of a file.
fn respond_with_range(
    resource: &Resource,
    encoding: Encoding,
    request_headers: &HeaderMap,
) -> HttpResponse {
    let mut response = found(resource, encoding);
    if !has_ranges(resource, encoding) {
        return response;
    }
    let body = resource.body.bytes(encoding);
    let etag = resource.body.entity_tag(encoding);
    match range::evaluate(request_headers, etag.as_str(), body.len()) {
        RangeOutcome::Whole => response,
        RangeOutcome::Part { start, end } => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let content_range = format!("bytes {start}-{}/{}", end - 1, body.len());
            set(response.headers_mut(), CONTENT_RANGE, &content_range);
            response.set_body(shared_body(body.slice(start..end)))
        }
        RangeOutcome::Unsatisfiable => {
            let mut response =
                text(StatusCode::RANGE_NOT_SATISFIABLE, "The file has no such range.\n");
            set(response.headers_mut(), CONTENT_RANGE, &format!("bytes */{}", body.len()));
            response
        }
    }
}

/// Whether parts of a representation may be requested. Parts of a compressed file are useful
/// only to a client that has its beginning in the same coding.
fn has_ranges(resource: &Resource, encoding: Encoding) -> bool {
    resource.is_file && encoding == Encoding::Identity
}

/// 304, with only the headers that a cache must update (RFC 9110 §15.4.5).
pub(crate) fn not_modified(resource: &Resource, encoding: Encoding) -> HttpResponse {
    let cors = CorsPolicy::of_media_type(resource.media_type);
    let mut response = new_response(StatusCode::NOT_MODIFIED, resource.cache, cors);
    remove_document_headers(response.headers_mut(), resource.media_type);
    set(response.headers_mut(), ETAG, resource.body.entity_tag(encoding).as_str());
    set_vary(response.headers_mut(), resource);
    response
}

/// 406: the client refuses every coding. The body names those that exist (RFC 9110 §15.5.7).
fn not_acceptable(resource: &Resource) -> HttpResponse {
    let codings: Vec<_> = resource
        .body
        .codings()
        .map(|(encoding, _)| encoding.header().unwrap_or("identity"))
        .collect();
    let body = format!("Available codings: {}\n", codings.join(", "));
    let mut response = text(StatusCode::NOT_ACCEPTABLE, body);
    set_vary(response.headers_mut(), resource);
    response
}

/// 412: the client requires a representation that is no longer current.
fn precondition_failed() -> HttpResponse {
    text(StatusCode::PRECONDITION_FAILED, "The page has changed.\n")
}

fn with_body(status: StatusCode, resource: &Resource, encoding: Encoding) -> HttpResponse {
    let cors = CorsPolicy::of_media_type(resource.media_type);
    let mut response = new_response(status, resource.cache, cors);
    let headers = response.headers_mut();
    remove_document_headers(headers, resource.media_type);
    set_entity_headers(headers, resource);
    set_vary(headers, resource);
    if let Some(memento) = &resource.memento {
        set_memento_headers(headers, memento);
    }
    if let Some(coding) = encoding.header() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response.set_body(shared_body(resource.body.bytes(encoding)))
}

fn uncached(
    status: StatusCode,
    media_type: &'static str,
    body: Bytes,
    cors: CorsPolicy,
) -> HttpResponse {
    let mut response = new_response(status, CachePolicy::Never, cors);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.set_body(BoxBody::new(body))
}

fn new_response(status: StatusCode, cache: CachePolicy, cors: CorsPolicy) -> HttpResponse {
    let mut response = HttpResponse::new(status);
    let headers = response.headers_mut();
    set_security_headers(headers, cors);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache.header()));
    response
}

fn set_entity_headers(headers: &mut HeaderMap, resource: &Resource) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(resource.media_type));
    if let Some(language) = &resource.language {
        set(headers, CONTENT_LANGUAGE, language);
    }
}

/// Sets `Vary` if another client may get another coding (RFC 9110 §12.5.5), or the text of another
/// date (RFC 7089 §2.1.2).
fn set_vary(headers: &mut HeaderMap, resource: &Resource) {
    let has_codings = resource.body.codings().nth(1).is_some();
    let has_texts = matches!(resource.memento.as_deref(), Some(Memento::Original { .. }));
    let value = match (has_codings, has_texts) {
        (true, true) => "Accept-Encoding, Accept-Datetime",
        (true, false) => "Accept-Encoding",
        (false, true) => "Accept-Datetime",
        (false, false) => return,
    };
    headers.insert(VARY, HeaderValue::from_static(value));
}

/// Sets a header, unless its value has a character that a header cannot hold.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
