//! `/healthz` and `/readyz`: whether the process lives, and whether it should get requests.
//!
//! Enter at [`respond`]. A stale edition is still served, so readiness stays 200 and says what is wrong; only a server
//! that is about to stop answers 503 (RFC 9110 §15.6.4). Before the first edition nothing listens at all.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::handler::is_read;
use super::response;
use super::state::State;
use crate::edition::Edition;

/// What `/readyz` says.
#[derive(Debug, Serialize)]
struct Readiness<'e> {
    ready: bool,
    edition: &'e str,
    instant: String,
    /// Whether the content has errors that keep a newer edition from being served.
    stale: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_at: Option<String>,
}

/// Answers a request for one of the two addresses; `None` for any other.
pub(crate) fn respond(
    state: &State,
    edition: &Edition,
    request: &HttpRequest,
) -> Option<HttpResponse> {
    let report: fn(&State, &Edition) -> HttpResponse = match request.uri().path() {
        "/healthz" => |_, _| response::text(StatusCode::OK, "ok\n"),
        "/readyz" => readiness,
        _ => return None,
    };
    if !is_read(request.method()) {
        return Some(response::with_allow(response::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and HEAD.\n",
        )));
    }
    Some(report(state, edition))
}

fn readiness(state: &State, edition: &Edition) -> HttpResponse {
    let failure = state.failure();
    let readiness = Readiness {
        ready: !state.is_draining(),
        edition: edition.id(),
        instant: edition.instant().to_string(),
        stale: failure.is_some(),
        errors: failure.map(|failure| failure.errors),
        failed_at: failure.map(|failure| failure.at.to_string()),
    };
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    match serde_json::to_string(&readiness) {
        Ok(body) => response::json(status, body + "\n"),
        Err(error) => response::text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;
    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;

    use super::super::state::FailedReload;
    use super::super::tests::fixture;
    use super::*;

    fn asked(state: &State, request: TestRequest) -> (u16, String) {
        let request = request.to_http_request();
        let Some(answer) = respond(state, &state.edition(), &request) else {
            panic!("{request:?} is not about health")
        };
        assert_eq!(
            answer.headers().get("cache-control").map(HeaderValue::as_bytes),
            Some(&b"no-store"[..])
        );
        let status = answer.status().as_u16();
        let body = answer.into_body().try_into_bytes().unwrap_or_default();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[test]
    fn readiness_names_the_edition_a_failed_reload_and_the_end() {
        let ready = |state| asked(state, TestRequest::get().uri("/readyz?verbose"));
        let state = State::new(fixture::edition());
        let fresh =
            r#"{"ready":true,"edition":"first","instant":"2022-05-05T02:00:00Z","stale":false}"#;
        assert_eq!(ready(&state), (200, format!("{fresh}\n")));

        let Ok(at) = "2022-05-06T00:00:00Z".parse() else { panic!() };
        state.record_failure(FailedReload { errors: 3, at });
        let outdated =
            fresh.replace("false}", r#"true,"errors":3,"failed_at":"2022-05-06T00:00:00Z"}"#);
        assert_eq!(ready(&state), (200, format!("{outdated}\n")));

        state.publish(fixture::edition());
        assert_eq!(ready(&state), (200, format!("{fresh}\n")));

        state.drain();
        assert_eq!(ready(&state), (503, format!("{}\n", fresh.replace("true", "false"))));
        assert_eq!(asked(&state, TestRequest::get().uri("/healthz")), (200, "ok\n".to_owned()));
    }

    #[test]
    fn health_is_only_read() {
        let state = State::new(fixture::edition());
        assert_eq!(asked(&state, TestRequest::post().uri("/healthz")).0, 405);
        assert_eq!(
            asked(
                &state,
                TestRequest::default().method(actix_web::http::Method::HEAD).uri("/readyz")
            )
            .0,
            200
        );
    }
}
