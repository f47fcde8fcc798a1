//! The admin server: metrics, details of readiness and reloads, at an address that visitors never
//! reach; and the messages to systemd.

mod exposition;
pub(super) mod systemd;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, ORIGIN};
use actix_web::http::{Method, StatusCode};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde::Serialize;

use super::health::Readiness;
use super::listener::Listener;
use super::reload::Reloader;
use super::response;
use super::state::State;

/// Serves the operator's address, which answers as soon as the server is polled.
pub(super) fn start_admin(
    listener: Listener,
    state: &Arc<State>,
    reloader: &Reloader,
) -> io::Result<Server> {
    let admin = Admin { state: Arc::clone(state), reloader: reloader.clone() };
    let server = HttpServer::new(move || {
        App::new().app_data(web::Data::new(admin.clone())).default_service(web::to(respond))
    });
    let server = server.workers(1).shutdown_timeout(1).disable_signals();
    let server = match listener {
        Listener::Tcp(listener) => server.listen(listener)?,
        Listener::Unix(listener) => server.listen_uds(listener)?,
    };
    Ok(server.run())
}

#[derive(Debug, Clone)]
struct Admin {
    state: Arc<State>,
    reloader: Reloader,
}

async fn respond(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    match (request.method(), request.path()) {
        (&Method::GET | &Method::HEAD, "/metrics") => admin.expose_metrics(),
        (&Method::GET | &Method::HEAD, "/readyz") => admin.describe(StatusCode::OK),
        // A page in the operator's browser may send a POST to this address.
        (&Method::POST, "/-/reload") if request.headers().contains_key(ORIGIN) => {
            response::text(StatusCode::FORBIDDEN, "Web pages cannot reload the content.\n")
        }
        (&Method::POST, "/-/reload") => admin.reload().await,
        (_, "/metrics" | "/readyz") => response::with_allow(response::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and HEAD.\n",
        )),
        (_, "/-/reload") => response::allow_only(
            response::text(StatusCode::METHOD_NOT_ALLOWED, "Only POST.\n"),
            "POST",
        ),
        _ => response::text(StatusCode::NOT_FOUND, "GET /metrics\nGET /readyz\nPOST /-/reload\n"),
    }
}

/// The body of `/readyz` for the operator.
#[derive(Debug, Serialize)]
struct Details<'e> {
    #[serde(flatten)]
    readiness: Readiness<'e>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<String>,
    urls: usize,
    bytes: usize,
    /// The stages of the last compile, in milliseconds.
    compile_ms: BTreeMap<&'static str, u128>,
    /// The diagnostics of the last compile, by severity and code.
    diagnostics: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
}

impl Admin {
    fn expose_metrics(&self) -> HttpResponse {
        match exposition::expose(&self.state) {
            Ok(text) => {
                let mut response = response::text(StatusCode::OK, text);
                let media_type = HeaderValue::from_static(exposition::MEDIA_TYPE);
                response.headers_mut().insert(CONTENT_TYPE, media_type);
                response
            }
            Err(error) => response::text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
        }
    }

    /// Responds with all details; with 503 if the server is about to stop.
    fn describe(&self, status: StatusCode) -> HttpResponse {
        let edition = self.state.edition();
        let compile = self.state.metrics().last_compile();
        let mut diagnostics = BTreeMap::<_, BTreeMap<_, _>>::new();
        for ((severity, code), count) in compile.diagnostics {
            diagnostics.entry(severity).or_default().insert(code, count);
        }
        let stages = compile.stages.iter();
        let details = Details {
            readiness: Readiness::of(&self.state, &edition),
            valid_until: edition.valid_until().map(|until| until.to_string()),
            urls: edition.summary().urls,
            bytes: edition.summary().bytes,
            compile_ms: stages.map(|(stage, elapsed)| (*stage, elapsed.as_millis())).collect(),
            diagnostics,
        };
        let is_draining = self.state.is_draining();
        let status = if is_draining { StatusCode::SERVICE_UNAVAILABLE } else { status };
        response::json_of(status, &details)
    }

    /// Reads the content folder as it is now, and responds when that has ended: 500 if it failed.
    async fn reload(&self) -> HttpResponse {
        let mut reloads = self.state.reloads();
        // A compile that has begun may have read files before they were changed.
        let awaited = self.state.begun_reloads() + 1;
        self.reloader.request_reload();
        // An error means that the process ends.
        let _ = reloads.wait_for(|ended| *ended >= awaited).await;
        self.describe(match self.state.failure() {
            Some(_) => StatusCode::INTERNAL_SERVER_ERROR,
            None => StatusCode::OK,
        })
    }
}
