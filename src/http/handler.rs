//! One request, answered from one edition: no I/O, no locks, no rendering.
//!
//! Enter at [`respond`]. The order is that of RFC 9110: the method (§9.1), then what the path names (§7.1), then which
//! representation the client takes (§12), then its conditions (§13).

use actix_web::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};

use super::headers::conditional::{Conditions, Precondition};
use super::headers::negotiate::{self, Representation};
use super::headers::security::CorsPolicy;
use super::path::{self, CanonicalPath, Location};
use super::response;
use crate::edition::{Edition, PathEntry, Problem, Resource, SearchFormat};

/// Answers any request.
pub(crate) fn respond(edition: &Edition, request: &HttpRequest) -> HttpResponse {
    let sent = request.uri().path();
    if is_preflight(request)
        && let Some(answer) = preflight(edition, sent)
    {
        return answer;
    }
    if !is_read(request.method()) {
        return response::with_allow(problem(
            edition,
            Problem::MethodNotAllowed,
            sent,
            request.headers(),
        ));
    }
    let path = match path::canonicalize(sent) {
        CanonicalPath::Invalid => {
            return problem(edition, Problem::BadRequest, sent, request.headers());
        }
        CanonicalPath::Redirect(path) => path,
        CanonicalPath::Canonical(path) => match edition.entry(&path) {
            Some(PathEntry::Found(resource)) => return found(resource, request.headers()),
            Some(PathEntry::Gone(resource)) => {
                return page(StatusCode::GONE, resource, request.headers());
            }
            Some(PathEntry::Redirect(_)) | None => path.into_owned(),
        },
    };
    match destination(edition, path) {
        Ok(path) => response::redirect(&Location::new(&path, request.uri().query())),
        Err(path) => problem(edition, Problem::NotFound, &path, request.headers()),
    }
}

/// The answer to a browser that asks whether a page elsewhere may read data under conditions such as `If-None-Match`
/// (Fetch, "CORS-preflight request").
fn preflight(edition: &Edition, sent: &str) -> Option<HttpResponse> {
    let CanonicalPath::Canonical(path) = path::canonicalize(sent) else { return None };
    let is_search =
        matches!(edition.search_format(&path), Some(SearchFormat::Data | SearchFormat::Feed));
    match edition.entry(&path)? {
        PathEntry::Found(resource)
            if CorsPolicy::of_media_type(resource.media_type) == CorsPolicy::AnyOrigin =>
        {
            Some(response::preflight())
        }
        _ => is_search.then(response::preflight),
    }
}

fn is_preflight(request: &HttpRequest) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Whether a request only reads. The site has nothing else.
pub(crate) fn is_read(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// Where a path leads in one step, or the path again if it leads nowhere: to what it redirects to, to its own
/// canonical spelling, or to the page of which it is the bare form.
fn destination(edition: &Edition, path: String) -> Result<String, String> {
    let slashed = || if path.ends_with('/') { path.clone() } else { format!("{path}/") };
    [path.clone(), slashed()]
        .into_iter()
        .find_map(|candidate| match edition.entry(&candidate)? {
            PathEntry::Redirect(target) => Some(target.to_string()),
            PathEntry::Found(_) | PathEntry::Gone(_) => Some(candidate),
        })
        .ok_or(path)
}

/// 200, or what the conditions of a request make of it.
pub(crate) fn found(resource: &Resource, headers: &HeaderMap) -> HttpResponse {
    let Some(chosen) = choose(resource, headers) else { return response::not_acceptable(resource) };
    match Conditions::from_headers(headers).evaluate(&chosen.variant.etag, resource.modified) {
        Precondition::Proceed => response::found(resource, chosen),
        Precondition::NotModified => response::not_modified(resource, chosen),
        Precondition::Failed => response::precondition_failed(),
    }
}

fn problem(edition: &Edition, problem: Problem, path: &str, headers: &HeaderMap) -> HttpResponse {
    let status = match problem {
        Problem::BadRequest => StatusCode::BAD_REQUEST,
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    page(status, edition.problem(problem, path), headers)
}

/// A page that explains why there is nothing else. Its status matters more than its coding, so a client that refuses
/// every coding gets the identity.
pub(crate) fn page(status: StatusCode, resource: &Resource, headers: &HeaderMap) -> HttpResponse {
    let chosen = choose(resource, headers).unwrap_or_else(|| negotiate::identity(resource));
    response::page(status, resource, chosen)
}

fn choose<'r>(resource: &'r Resource, headers: &HeaderMap) -> Option<Representation<'r>> {
    let lines = headers.get_all(ACCEPT_ENCODING).map(HeaderValue::as_bytes);
    negotiate::choose(lines, negotiate::representations(resource))
}
