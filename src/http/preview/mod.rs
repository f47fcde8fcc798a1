//! The preview for editors: the site with drafts and scheduled bulletins, a banner on every page,
//! pages that reload after a save, and a panel at `/_preview/`.
//!
//! It is a server of its own, around the same application. A normal server has none of it.

mod panel;
mod request_guard;

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{self, BoxBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION, REFERER, VARY,
};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::{HttpRequest, HttpResponse, HttpServer};
use jiff::Timestamp;
use tokio::signal::unix::Signal;

use self::request_guard::RequestGuard;
use super::app::create_app;
use super::indexing::start_indexing;
use super::reload::Reloader;
use super::response;
use super::state::State;

pub use panel::{Panel, PanelChange, PanelContent, PanelDiagnostic, PanelInstant};

/// The paths of the preview's own resources. No page of a site begins with an underscore.
const ROOT: &str = "/_preview/";

/// The longest time for which a request waits for a reload.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// Pages of the preview may run its script and ask for its version.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The settings of a preview.
#[derive(Debug)]
pub struct PreviewOptions {
    pub listener: TcpListener,
    /// Whether clients may use any name of this machine, and not only `localhost`.
    pub is_remote_allowed: bool,
}

/// Serves a preview until a signal stops it. SIGHUP requests a reload. `started` is called once,
/// when requests are handled.
///
/// # Errors
/// Fails if threads cannot be started. A stop by a signal is no error.
pub async fn run_preview(
    state: Arc<State>,
    panel: Arc<Panel>,
    reloader: Reloader,
    mut reloads: Signal,
    options: PreviewOptions,
    started: impl FnOnce(),
) -> io::Result<()> {
    actix_web::rt::spawn(start_indexing(Arc::clone(&state)));
    let preview = Preview {
        guard: RequestGuard { is_remote_allowed: options.is_remote_allowed },
        state,
        panel,
        reloader: reloader.clone(),
    };
    let server = HttpServer::new(move || {
        let preview = preview.clone();
        create_app(Arc::clone(&preview.state))
            .wrap_fn(move |request, service| preview.clone().handle(request, service))
    });
    let server = server.workers(2).shutdown_timeout(1).listen(options.listener)?.run();
    started();
    let mut server = pin!(server);
    loop {
        tokio::select! {
            ended = &mut server => return ended,
            _ = reloads.recv() => reloader.request_reload(),
        }
    }
}

#[derive(Clone)]
struct Preview {
    guard: RequestGuard,
    state: Arc<State>,
    panel: Arc<Panel>,
    reloader: Reloader,
}

type Outcome = Result<ServiceResponse<BoxBody>, actix_web::Error>;

impl Preview {
    /// Answers the preview's own paths, and adds the banner to pages of the site.
    fn handle<S>(
        self,
        mut request: ServiceRequest,
        service: &S,
    ) -> impl Future<Output = Outcome> + use<S>
    where
        S: Service<ServiceRequest, Response = ServiceResponse<BoxBody>, Error = actix_web::Error>,
    {
        let version = self.version();
        let is_own = request.path().starts_with(ROOT)
            || !self.panel.has_edition()
            || !self.guard.is_allowed(request.headers());
        let next = if is_own {
            Err(request)
        } else {
            // The body is changed, so it must not be compressed or left out.
            for header in [ACCEPT_ENCODING, IF_NONE_MATCH] {
                request.headers_mut().remove(header);
            }
            Ok(service.call(request))
        };
        async move {
            match next {
                Ok(response) => self.decorate(response.await?, version).await,
                Err(request) => {
                    let response = self.respond(request.request(), version).await;
                    Ok(request.into_response(response))
                }
            }
        }
    }

    /// The number of reloads, which differs between two runs of the server.
    fn version(&self) -> u64 {
        (u64::from(std::process::id()) << 32) + *self.state.reloads().borrow()
    }

    async fn respond(&self, request: &HttpRequest, version: u64) -> HttpResponse {
        if !self.guard.is_allowed(request.headers()) {
            return response::text(StatusCode::FORBIDDEN, "Open the preview on this machine.\n");
        }
        let mut response = match (request.method(), request.path()) {
            (&Method::POST, "/_preview/at") => self.move_clock(request),
            (&Method::GET | &Method::HEAD, "/_preview/version") => {
                self.wait_for_reload(request, version).await
            }
            (&Method::GET | &Method::HEAD, "/_preview/preview.css") => own(
                "text/css; charset=utf-8",
                include_str!("../../../templates/preview/preview.css"),
            ),
            (&Method::GET | &Method::HEAD, "/_preview/icon.svg") => {
                own("image/svg+xml", include_str!("../../../static/icon.svg"))
            }
            (&Method::GET | &Method::HEAD, "/_preview/preview.js") => own(
                "text/javascript; charset=utf-8",
                include_str!("../../../templates/preview/preview.js"),
            ),
            (&Method::GET | &Method::HEAD, _) => {
                own("text/html; charset=utf-8", self.panel.page(version))
            }
            _ => response::text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n"),
        };
        set_preview_headers(response.headers_mut());
        response
    }

    /// Moves the clock, and returns to the page on which that was requested.
    fn move_clock(&self, request: &HttpRequest) -> HttpResponse {
        if !RequestGuard::is_same_origin(request.headers()) {
            return response::text(StatusCode::FORBIDDEN, "Use the buttons of the preview.\n");
        }
        let at = match request.uri().query().and_then(|query| query.strip_prefix("at=")) {
            Some("now") => None,
            Some(text) => match text.parse::<Timestamp>() {
                Ok(at) => Some(at),
                Err(_) => return response::text(StatusCode::BAD_REQUEST, "This is no instant.\n"),
            },
            None => return response::text(StatusCode::BAD_REQUEST, "An instant is missing.\n"),
        };
        self.panel.move_clock(at);
        self.reloader.request_reload();
        let mut response = response::text(StatusCode::SEE_OTHER, "");
        let referer = request.headers().get(REFERER).and_then(|value| value.to_str().ok());
        let back = referer.and_then(|url| url.parse::<Uri>().ok());
        let back = back.as_ref().map_or(ROOT, Uri::path);
        let back = HeaderValue::from_str(back).unwrap_or(HeaderValue::from_static(ROOT));
        response.headers_mut().insert(LOCATION, back);
        response
    }

    /// Responds with the version, at once if it is not the known one, else after the next reload.
    async fn wait_for_reload(&self, request: &HttpRequest, version: u64) -> HttpResponse {
        let known = request.uri().query().and_then(|query| query.strip_prefix("after="));
        if known == Some(version.to_string().as_str()) {
            let mut reloads = self.state.reloads();
            // A reload between the two checks is not missed: the version is compared again below.
            if self.version() == version {
                let _ = tokio::time::timeout(MAX_WAIT, reloads.changed()).await;
            }
        }
        own("text/plain; charset=utf-8", self.version().to_string())
    }

    /// Adds the banner and the script to a page, and the headers of the preview to any response.
    async fn decorate(&self, response: ServiceResponse<BoxBody>, version: u64) -> Outcome {
        let (request, response) = response.into_parts();
        let (mut response, body) = response.into_parts();
        let headers = response.headers_mut();
        set_preview_headers(headers);
        let is_page = headers
            .get(CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
        if !is_page || request.method() == Method::HEAD {
            return Ok(ServiceResponse::new(request, response.set_body(body)));
        }
        let page =
            body::to_bytes(body).await.map_err(actix_web::error::ErrorInternalServerError)?;
        let page = self.with_banner(&String::from_utf8_lossy(&page), version);
        Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(page))))
    }

    fn with_banner(&self, page: &str, version: u64) -> String {
        let head = format!(
            "<link rel=\"stylesheet\" href=\"{ROOT}preview.css\">\n\
             <script src=\"{ROOT}preview.js\" data-version=\"{version}\" defer></script>\n</head>"
        );
        let body = format!("<body>\n{}", self.panel.banner());
        page.replacen("</head>", &head, 1).replacen("<body>", &body, 1)
    }
}

fn own(media_type: &'static str, body: impl Into<actix_web::web::Bytes>) -> HttpResponse {
    let mut response = response::text(StatusCode::OK, body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// Nothing of a preview is kept, indexed or compared with what was sent before.
fn set_preview_headers(headers: &mut HeaderMap) {
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(ETAG);
    headers.remove(VARY);
}
