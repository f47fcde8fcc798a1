//! A search over HTTP: what its address asks for, who may search at once, and how the outcome is sent.
//!
//! Enter at [`Errand::of`] and [`Errand::run`]. Finding takes processor time, so it runs beside the threads that answer,
//! and few do at once: a flood of searches waits for itself and not before pages. All else is as everywhere: conditions,
//! codings, headers.

pub(crate) mod limiter;
mod params;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, RETRY_AFTER, VARY};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use self::limiter::SearchLimiter;
use self::params::{keywords_from_path, parse_search_params};
use super::handler::{self, is_read};
use super::headers::negotiate;
use super::path::{self, CanonicalPath};
use super::{panic, response};
use crate::edition::{
    CachePolicy, Edition, Encoding, FrameKind, Resource, SearchFormat, compress_dynamic,
};
use crate::pages::search::{self as pages, Refusal};
use crate::search::{SearchError, SearchRequest, SortOrder};

/// After how many seconds those who were sent away may come back.
const RETRY_AFTER_SECS: &str = "2";

/// What a request wants of the search.
#[derive(Debug)]
pub(crate) enum Errand {
    /// What was found for a query.
    Search { path: String, format: SearchFormat, ask: Box<SearchRequest>, refusal: Option<Refusal> },
    /// What was perhaps looked for at an address that has nothing.
    Lost { path: String, ask: Box<SearchRequest> },
}

impl Errand {
    /// What a request wants of the search, if anything. `answer` is what it gets without.
    pub(crate) fn of(
        edition: &Edition,
        request: &HttpRequest,
        answer: &HttpResponse,
    ) -> Option<Self> {
        if !is_read(request.method()) {
            return None;
        }
        let sent = request.uri().path();
        if answer.status() == StatusCode::NOT_FOUND {
            return Self::lost(edition, sent);
        }
        let CanonicalPath::Canonical(path) = path::canonicalize(sent) else { return None };
        let format = edition.search_format(&path)?;
        let query = request.uri().query().filter(|query| !query.is_empty())?;
        let (language, _) = edition.frame(FrameKind::Search, &path);
        let (ask, refusal) =
            parse_search_params(edition.search().corpus().content(), language, query);
        let is_errand = refusal.is_some() || !ask.is_empty();
        is_errand.then(|| Self::Search {
            path: path.into_owned(),
            format,
            ask: Box::new(ask),
            refusal,
        })
    }

    /// The words of a path that has nothing. Only programs ask for files of programs; they read no results.
    fn lost(edition: &Edition, sent: &str) -> Option<Self> {
        if is_of_programs(sent) {
            return None;
        }
        let (CanonicalPath::Canonical(path), true) =
            (path::canonicalize(sent), edition.search().is_ready())
        else {
            return None;
        };
        let (language, _) = edition.frame(FrameKind::NotFound, &path);
        let ask = SearchRequest::new(
            &keywords_from_path(edition.search().corpus().content(), &path),
            language,
        );
        (!ask.is_empty()).then(|| Self::Lost { path: path.into_owned(), ask: Box::new(ask) })
    }

    /// Runs it. `None` where the answer without it is as good.
    pub(crate) async fn run(
        self,
        search_limiter: &SearchLimiter,
        edition: Arc<Edition>,
        request: &HttpRequest,
    ) -> Option<HttpResponse> {
        let mut answer = self.answered(search_limiter, edition, request).await?;
        // Only one coding was made; another client would get another.
        answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        Some(answer)
    }

    async fn answered(
        self,
        search_limiter: &SearchLimiter,
        edition: Arc<Edition>,
        request: &HttpRequest,
    ) -> Option<HttpResponse> {
        let headers = request.headers();
        let lines = headers.get_all(ACCEPT_ENCODING).map(HeaderValue::as_bytes);
        let encoding = negotiate::preferred(lines).unwrap_or(Encoding::Identity);
        match self {
            Self::Search { path, format, ask, refusal: Some(refusal) } => {
                Some(refused(&edition, &path, format, &ask, &refusal, encoding, headers))
            }
            Self::Search { path, format, ask, refusal: None } => {
                let turn = match search_limiter.acquire(&edition).await {
                    Ok(turn) => turn,
                    // There may be thousands of them: none is packed.
                    Err(refusal) => {
                        let encoding = Encoding::Identity;
                        return Some(refused(
                            &edition, &path, format, &ask, &refusal, encoding, headers,
                        ));
                    }
                };
                let id = panic::new_error_id();
                let span = tracing::error_span!("search", id, path);
                let (shared, place, wanted) = (Arc::clone(&edition), path.clone(), ask.clone());
                let found = run_blocking(turn, span, move || {
                    found(&shared, &place, format, &wanted, encoding)
                })
                .await;
                Some(
                    match found
                        .unwrap_or(Err(None))
                        .map_err(|refusal| refusal.unwrap_or(Refusal::Failed(id)))
                    {
                        Ok(resource) => handler::found(&resource, headers),
                        Err(refusal) => {
                            refused(&edition, &path, format, &ask, &refusal, encoding, headers)
                        }
                    },
                )
            }
            Self::Lost { path, ask } => {
                // Robots ask for thousands of pages that never were. They wait for nobody, and nobody for them.
                let turn = search_limiter.try_acquire()?;
                let span = tracing::error_span!("search of a lost path", path);
                let resource =
                    run_blocking(turn, span, move || lost(&edition, &path, &ask, encoding))
                        .await??;
                Some(handler::page(StatusCode::NOT_FOUND, &resource, headers))
            }
        }
    }
}

/// Whether a path ends like those of scripts, styles, pictures and data.
fn is_of_programs(path: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "js", "map", "css", "php", "asp", "aspx", "env", "png", "jpg", "jpeg", "gif", "svg", "ico",
        "woff2", "json", "xml",
    ];
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// Does some work beside the threads that answer; `None` when it panics. The log tells that, and all else that goes
/// wrong, in the span. The turn ends with the work and not with the request: a client that goes away does not end it.
async fn run_blocking<T: Send + 'static>(
    turn: OwnedSemaphorePermit,
    span: tracing::Span,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let done = web::block(move || {
        let _turn = turn;
        let _span = span.entered();
        let outcome = catch_unwind(AssertUnwindSafe(work));
        outcome
            .inspect_err(|panic| {
                tracing::error!("panic while searching: {}", panic::payload_message(&**panic))
            })
            .ok()
    });
    done.await.ok()?
}

/// What was found, as a resource. What fails is told to the log, and is `None`.
fn found(
    edition: &Edition,
    path: &str,
    format: SearchFormat,
    ask: &SearchRequest,
    encoding: Encoding,
) -> Result<Resource, Option<Refusal>> {
    let search = edition.search();
    let wanted = match format {
        // A feed has what is new, whatever the page had first.
        SearchFormat::Feed => SearchRequest { order: SortOrder::Date, page: 1, ..ask.clone() },
        _ => ask.clone(),
    };
    let found = search.search(&wanted).map_err(|error| match error {
        SearchError::NotReady => Some(Refusal::Preparing),
        SearchError::Failed => log_internal("the index has no answer"),
    })?;
    if wanted.page > 1 && found.hits.is_empty() {
        return Err(Some(Refusal::NoPage(ask.page.to_string())));
    }
    let (language, frame) = edition.frame(FrameKind::Search, path);
    let body = match format {
        SearchFormat::Page => {
            pages::page(frame, search, ask, &found).map(String::into_bytes).map_err(log_internal)
        }
        SearchFormat::Data => pages::json(search, ask, &found).map_err(log_internal),
        SearchFormat::Feed => {
            pages::atom(search, &SearchRequest { page: 1, ..ask.clone() }, &found)
                .map_err(log_internal)
        }
    }?;
    let tag = search.corpus().content().site.languages.tag(language);
    Ok(compress_dynamic(&Bytes::from(body), media_type(format), tag, encoding))
}

/// What went wrong is for the log, and not for visitors.
fn log_internal(error: impl std::fmt::Display) -> Option<Refusal> {
    tracing::error!("a search is not answered: {error}");
    None
}

const fn media_type(format: SearchFormat) -> &'static str {
    match format {
        SearchFormat::Page => "text/html; charset=utf-8",
        SearchFormat::Data => "application/json",
        SearchFormat::Feed => "application/atom+xml; charset=utf-8",
    }
}

/// The page for an address that has nothing, with what was perhaps looked for.
fn lost(
    edition: &Edition,
    path: &str,
    ask: &SearchRequest,
    encoding: Encoding,
) -> Option<Resource> {
    let search = edition.search();
    let mut ask = ask.clone();
    let mut found = search.search(&ask).ok()?;
    if let Some(meant) = found.suggestion.take() {
        ask.query = meant;
        found = search.search(&ask).ok()?;
    }
    let (language, frame) = edition.frame(FrameKind::NotFound, path);
    let page = pages::not_found(frame, search, &ask, &found).ok()?;
    let tag = search.corpus().content().site.languages.tag(language);
    let packed =
        compress_dynamic(&Bytes::from(page), media_type(SearchFormat::Page), tag, encoding);
    Some(Resource { cache: CachePolicy::Never, ..packed })
}

/// Why there are no results, as programs read it (RFC 9457).
#[derive(Serialize)]
struct Details<'r> {
    status: u16,
    title: &'r str,
    /// By what the log can be searched for what went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r str>,
}

fn refused(
    edition: &Edition,
    path: &str,
    format: SearchFormat,
    ask: &SearchRequest,
    refusal: &Refusal,
    encoding: Encoding,
    headers: &HeaderMap,
) -> HttpResponse {
    let status =
        StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let search = edition.search();
    let (language, frame) = edition.frame(FrameKind::Search, path);
    let mut answer = if format == SearchFormat::Data {
        let title = pages::said(search, language, refusal);
        let details = Details { status: refusal.status(), title: &title, id: refusal.error_id() };
        let body = serde_json::to_string(&details).unwrap_or_default();
        response::problem_details(status, body + "\n")
    } else {
        let Ok(page) = pages::refusal(frame, search, ask, refusal) else {
            let id = panic::new_error_id();
            tracing::error!(id, path, "a search cannot be refused: its page cannot be written");
            return panic::internal_error(edition, path, &id);
        };
        let tag = search.corpus().content().site.languages.tag(language);
        let packed =
            compress_dynamic(&Bytes::from(page), media_type(SearchFormat::Page), tag, encoding);
        handler::page(status, &Resource { cache: CachePolicy::Never, ..packed }, headers)
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECS));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture;
    use super::*;
    use crate::language::Language;

    #[actix_web::test]
    async fn a_search_waits_for_the_index_and_not_for_ever() {
        let edition = fixture::edition();
        assert_eq!(SearchLimiter::new().acquire(&edition).await.err(), Some(Refusal::Preparing));
        edition.search().mark_failed();
        assert!(SearchLimiter::new().acquire(&edition).await.is_ok());
        let ask = SearchRequest::new("x", Language::DEFAULT);
        let failed = found(&edition, "/search/", SearchFormat::Page, &ask, Encoding::Identity);
        assert!(failed.is_err_and(|refusal| refusal.is_none()));
    }
}
