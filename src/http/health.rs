//! `/healthz` and `/readyz`: whether the process runs, and whether it should get requests.
//!
//! A stale edition is still served, so readiness stays 200 and reports the failed reload. Only a
//! server that is about to stop responds with 503 (RFC 9110 §15.6.4). No socket is open before the
//! first edition.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::handler::is_read;
use super::response;
use super::state::State;
use crate::edition::Edition;

/// The body of `/readyz`.
#[derive(Debug, Serialize)]
pub(super) struct Readiness<'e> {
    ready: bool,
    edition: &'e str,
    instant: String,
    /// Whether the last reload failed, so that the edition is older than the content.
    stale: bool,
    /// `preparing`, `ready` or `failed`.
    search: &'static str,
    /// The start of the reload that is running, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    reloading_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// Responds to a request for one of the two paths; `None` for any other path.
pub(crate) fn respond(
    state: &State,
    edition: &Edition,
    request: &HttpRequest,
) -> Option<HttpResponse> {
    let is_readiness = match edition.site_path(request.uri().path()) {
        "/healthz" => false,
        "/readyz" => true,
        _ => return None,
    };
    if !is_read(request.method()) {
        return Some(response::with_allow(response::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and HEAD.\n",
        )));
    }
    Some(if is_readiness {
        readiness(state, edition)
    } else {
        response::text(StatusCode::OK, "ok\n")
    })
}

fn readiness(state: &State, edition: &Edition) -> HttpResponse {
    let readiness = Readiness::of(state, edition);
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    response::json_of(status, &readiness)
}

impl<'e> Readiness<'e> {
    pub(super) fn of(state: &State, edition: &'e Edition) -> Self {
        let failure = state.failure();
        Self {
            ready: !state.is_draining(),
            edition: edition.id(),
            instant: edition.instant().to_string(),
            stale: failure.is_some(),
            search: search_state(edition),
            reloading_since: state.reload_start().map(|start| start.to_string()),
            errors: failure.map(|failed| failed.failure.errors),
            failed_at: failure.map(|failed| failed.at.to_string()),
            stale_since: failure.map(|failed| failed.since.to_string()),
            reason: failure.map(|failed| failed.failure.reason),
        }
    }
}

fn search_state(edition: &Edition) -> &'static str {
    let search = edition.search();
    if search.is_ready() {
        "ready"
    } else if search.is_failed() {
        "failed"
    } else {
        "preparing"
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;
    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;

    use super::super::state::CompileFailure;
    use super::super::tests::fixture;
    use super::*;

    fn send(state: &State, request: TestRequest) -> (u16, String) {
        let request = request.to_http_request();
        let Some(response) = respond(state, &state.edition(), &request) else {
            panic!("{request:?} is not a health check")
        };
        assert_eq!(
            response.headers().get("cache-control").map(HeaderValue::as_bytes),
            Some(&b"no-store"[..])
        );
        let status = response.status().as_u16();
        let body = response.into_body().try_into_bytes().unwrap_or_default();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[test]
    fn readiness_reports_edition_failed_reload_and_shutdown() {
        let ready = |state| send(state, TestRequest::get().uri("/readyz?verbose"));
        let state = State::new(fixture::edition());
        let fresh = concat!(
            r#"{"ready":true,"edition":"first","instant":"2022-05-05T02:00:00Z","#,
            r#""stale":false,"search":"preparing"}"#,
        );
        assert_eq!(ready(&state), (200, format!("{fresh}\n")));

        let Ok(at) = "2022-05-06T00:00:00Z".parse() else { panic!() };
        state.record_failure(CompileFailure { errors: 3, reason: "link/broken" }, at);
        let outdated = fresh.replace("false,", "true,").replace(
            '}',
            concat!(
                r#","errors":3,"failed_at":"2022-05-06T00:00:00Z","#,
                r#""stale_since":"2022-05-06T00:00:00Z","reason":"link/broken"}"#,
            ),
        );
        assert_eq!(ready(&state), (200, format!("{outdated}\n")));

        state.begin_reload(at);
        assert!(ready(&state).1.contains(r#""reloading_since":"2022-05-06T00:00:00Z""#));
        state.publish(fixture::edition());
        assert_eq!(ready(&state), (200, format!("{fresh}\n")));

        state.drain();
        assert_eq!(ready(&state), (503, format!("{}\n", fresh.replace("true", "false"))));
        assert_eq!(send(&state, TestRequest::get().uri("/healthz")), (200, "ok\n".to_owned()));
    }

    #[test]
    fn health_allows_only_get_and_head() {
        let state = State::new(fixture::edition());
        assert_eq!(send(&state, TestRequest::post().uri("/healthz")).0, 405);
        assert_eq!(
            send(
                &state,
                TestRequest::default().method(actix_web::http::Method::HEAD).uri("/readyz")
            )
            .0,
            200
        );
    }
}
