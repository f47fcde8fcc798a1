//! Finds the response to a request in one edition: no I/O, no locks, no rendering.
//!
//! Checks follow the order of RFC 9110: the method (§9.1), the path (§7.1), the representation that
//! the client accepts (§12), its conditions (§13).

use actix_web::http::header::{ACCESS_CONTROL_REQUEST_METHOD, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};

use super::headers::security::CorsPolicy;
use super::metrics::Route;
use super::path::{self, CanonicalPath, Location};
use super::response;
use super::search::{ComparisonRequest, ResultsRequest, SuggestionsRequest};
use super::state::State;
use crate::edition::{Edition, ErrorPage, PathEntry, SearchFormat};

/// The outcome of a request: a response with its kind, or work that has to run first.
#[derive(Debug)]
pub(crate) enum Outcome {
    Response(Route, HttpResponse),
    Search(ResultsRequest),
    Comparison(ComparisonRequest),
    /// 404, with suggestions.
    NotFound(SuggestionsRequest),
}

/// Handles any request.
pub(crate) fn handle(edition: &Edition, request: &HttpRequest) -> Outcome {
    let (sent, headers) = (request.uri().path(), request.headers());
    if is_preflight(request)
        && let Some(response) = respond_to_preflight(edition, sent)
    {
        return Outcome::Response(Route::Data, response);
    }
    if !is_read(request.method()) {
        let path = edition.site_path(sent);
        let page = response::error_page(edition, ErrorPage::MethodNotAllowed, path, headers);
        return Outcome::Response(Route::Unknown, response::with_allow(page));
    }
    match path::canonicalize(sent) {
        CanonicalPath::Canonical(path) => handle_path(edition, edition.site_path(&path), request),
        CanonicalPath::Redirect(path) => {
            let path = edition.site_path(&path);
            redirect(edition, path, request).unwrap_or_else(|| not_found(edition, path, headers))
        }
        CanonicalPath::Invalid => bad_request(edition, request),
    }
}

/// Responds with an asset of an earlier edition, for a page that a cache or an open tab still has.
pub(crate) fn former_asset(
    state: &State,
    edition: &Edition,
    request: &HttpRequest,
) -> Option<Outcome> {
    let CanonicalPath::Canonical(path) = path::canonicalize(request.uri().path()) else {
        return None;
    };
    let path = edition.site_path(&path);
    if !is_read(request.method()) || edition.entry(path).is_some() {
        return None;
    }
    let asset = state.former_asset(path)?;
    let response = response::ok(&asset, request.method(), request.headers());
    Some(Outcome::Response(Route::of_resource(&asset), response))
}

/// Whether a request only reads. The site has no other requests.
pub(crate) fn is_read(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

fn handle_path(edition: &Edition, path: &str, request: &HttpRequest) -> Outcome {
    let headers = request.headers();
    // The data and the feed of a search have no entry: without a query they redirect to its page.
    if let Some(results) = ResultsRequest::parse(edition, path, request.uri().query()) {
        return Outcome::Search(results);
    }
    if let Some(comparison) = ComparisonRequest::parse(edition, path, request.uri().query()) {
        return Outcome::Comparison(comparison);
    }
    if let Some(query) = request.uri().query()
        && let Some(target) = edition.query_redirect(path, query)
    {
        return redirect_to(&Location::new(&edition.public_path(target), None));
    }
    match edition.entry(path) {
        Some(PathEntry::Found(resource)) => {
            if let Some(response) = response::by_date(edition, resource, headers) {
                return Outcome::Response(Route::Redirect, response);
            }
            let response = response::ok(resource, request.method(), headers);
            Outcome::Response(Route::of_resource(resource), response)
        }
        Some(PathEntry::Gone(resource)) => {
            let page = response::page(StatusCode::GONE, resource, headers);
            Outcome::Response(Route::Gone, page)
        }
        Some(PathEntry::Redirect(_)) | None => {
            redirect(edition, path, request).unwrap_or_else(|| {
                match SuggestionsRequest::for_path(edition, path) {
                    Some(suggestions) => Outcome::NotFound(suggestions),
                    None => not_found(edition, path, headers),
                }
            })
        }
    }
}

/// Redirects in one step: to the target of a redirect, to the canonical spelling of the path, or to
/// the page whose trailing slash is missing.
fn redirect(edition: &Edition, path: &str, request: &HttpRequest) -> Option<Outcome> {
    let with_slash = format!("{path}/");
    let target = [path, &with_slash].into_iter().find_map(|path| match edition.entry(path)? {
        PathEntry::Redirect(target) => Some(&**target),
        PathEntry::Found(_) | PathEntry::Gone(_) => Some(path),
    })?;
    Some(redirect_to(&Location::new(&edition.public_path(target), request.uri().query())))
}

fn redirect_to(location: &Location) -> Outcome {
    Outcome::Response(Route::Redirect, response::redirect(location))
}

/// 400, in the language of the path.
pub(crate) fn bad_request(edition: &Edition, request: &HttpRequest) -> Outcome {
    let path = edition.site_path(request.uri().path());
    let page = response::error_page(edition, ErrorPage::BadRequest, path, request.headers());
    Outcome::Response(Route::Unknown, page)
}

fn not_found(edition: &Edition, path: &str, headers: &HeaderMap) -> Outcome {
    let page = response::error_page(edition, ErrorPage::NotFound, path, headers);
    Outcome::Response(Route::Unknown, page)
}

fn is_preflight(request: &HttpRequest) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Responds to a browser that asks whether another site may read this data under conditions such as
/// `If-None-Match` (Fetch, "CORS-preflight request").
fn respond_to_preflight(edition: &Edition, sent: &str) -> Option<HttpResponse> {
    let CanonicalPath::Canonical(path) = path::canonicalize(sent) else { return None };
    let path = edition.site_path(&path);
    let is_search_data =
        matches!(edition.search_format(path), Some(SearchFormat::Json | SearchFormat::Atom));
    let is_data = match edition.entry(path)? {
        PathEntry::Found(resource) => {
            CorsPolicy::of_media_type(resource.media_type) == CorsPolicy::AnyOrigin
        }
        PathEntry::Gone(_) | PathEntry::Redirect(_) => false,
    };
    (is_search_data || is_data).then(response::preflight)
}
