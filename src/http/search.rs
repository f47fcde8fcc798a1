//! A search over HTTP: what its address asks for, who may search at once, and how the outcome is sent.
//!
//! Enter at [`Errand::of`] and [`Errand::run`]. Finding takes processor time, so it runs beside the threads that answer,
//! and few do at once: a flood of searches waits for itself and not before pages. All else is as everywhere: conditions,
//! codings, headers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, RETRY_AFTER, VARY};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use super::answer::{self, is_read};
use super::asked::{asked, words_of};
use super::path::{self, Route};
use super::{guard, negotiate, reply};
use crate::edition::{
    CachePolicy, Edition, Encoding, FrameKind, Resource, SearchFormat, pack_for_one,
};
use crate::pages::search::{self as pages, Refusal};
use crate::search::{SearchError, SearchRequest, SortOrder};

/// How many searches may wait for their turn, or for the index: about as many as are answered within [`PATIENCE`]. More are
/// told to come back.
const MAX_WAITING: usize = 512;

/// How long a search waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a search waits for the index of a new edition: it is there within this time where little has changed.
const PREPARING: Duration = Duration::from_secs(1);

/// How often a waiting search looks.
const LOOK: Duration = Duration::from_millis(5);

/// After how many seconds those who were sent away may come back.
const COME_BACK: &str = "2";

/// Who searches.
#[derive(Debug)]
pub(crate) struct Searches {
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Searches {
    /// As many at once as there are processors but one, so that pages always have one.
    pub(crate) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            running: Arc::new(Semaphore::new(processors.saturating_sub(1).max(1))),
            waiting: AtomicUsize::new(0),
        }
    }

    /// A turn, once there is one and the edition has its index.
    async fn turn(&self, edition: &Edition) -> Result<OwnedSemaphorePermit, Refusal> {
        let Some(_place) = Place::take(&self.waiting) else {
            return Err(if edition.search().is_ready() {
                Refusal::Busy
            } else {
                Refusal::Preparing
            });
        };
        let ready = async {
            while !edition.search().is_ready() {
                sleep(LOOK).await;
            }
        };
        timeout(PREPARING, ready).await.map_err(|_| Refusal::Preparing)?;
        let turn = timeout(PATIENCE, Arc::clone(&self.running).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(Refusal::Busy)
    }
}

/// A place among those who wait, given back when it is dropped: a client that goes away waits no longer.
struct Place<'w>(&'w AtomicUsize);

impl<'w> Place<'w> {
    fn take(waiting: &'w AtomicUsize) -> Option<Self> {
        let place = Self(waiting);
        // The place is counted before it is judged; dropping it takes the count back.
        (waiting.fetch_add(1, Ordering::Relaxed) < MAX_WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

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
        let Route::Lookup(path) = path::route(sent) else { return None };
        let format = edition.search_format(&path)?;
        let query = request.uri().query().filter(|query| !query.is_empty())?;
        let (language, _) = edition.frame(FrameKind::Search, &path);
        let (ask, refusal) = asked(edition.search().corpus().content(), language, query);
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
        let (Route::Lookup(path), true) = (path::route(sent), edition.search().is_ready()) else {
            return None;
        };
        let (language, _) = edition.frame(FrameKind::NotFound, &path);
        let ask =
            SearchRequest::new(&words_of(edition.search().corpus().content(), &path), language);
        (!ask.is_empty()).then(|| Self::Lost { path: path.into_owned(), ask: Box::new(ask) })
    }

    /// Runs it. `None` where the answer without it is as good.
    pub(crate) async fn run(
        self,
        searches: &Searches,
        edition: Arc<Edition>,
        request: &HttpRequest,
    ) -> Option<HttpResponse> {
        let mut answer = self.answered(searches, edition, request).await?;
        // Only one coding was made; another client would get another.
        answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        Some(answer)
    }

    async fn answered(
        self,
        searches: &Searches,
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
                let turn = match searches.turn(&edition).await {
                    Ok(turn) => turn,
                    // There may be thousands of them: none is packed.
                    Err(refusal) => {
                        let encoding = Encoding::Identity;
                        return Some(refused(
                            &edition, &path, format, &ask, &refusal, encoding, headers,
                        ));
                    }
                };
                let id = guard::new_id();
                let span = tracing::error_span!("search", id, path);
                let (shared, place, wanted) = (Arc::clone(&edition), path.clone(), ask.clone());
                let found =
                    beside(turn, span, move || found(&shared, &place, format, &wanted, encoding))
                        .await;
                Some(
                    match found
                        .unwrap_or(Err(None))
                        .map_err(|refusal| refusal.unwrap_or(Refusal::Failed(id)))
                    {
                        Ok(resource) => answer::found(&resource, headers),
                        Err(refusal) => {
                            refused(&edition, &path, format, &ask, &refusal, encoding, headers)
                        }
                    },
                )
            }
            Self::Lost { path, ask } => {
                // Robots ask for thousands of pages that never were. They wait for nobody, and nobody for them.
                let turn = Arc::clone(&searches.running).try_acquire_owned().ok()?;
                let span = tracing::error_span!("search of a lost path", path);
                let resource =
                    beside(turn, span, move || lost(&edition, &path, &ask, encoding)).await??;
                Some(answer::page(StatusCode::NOT_FOUND, &resource, headers))
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
async fn beside<T: Send + 'static>(
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
                tracing::error!("panic while searching: {}", guard::message(&**panic))
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
        SearchError::Failed => untold("the index has no answer"),
    })?;
    if wanted.page > 1 && found.hits.is_empty() {
        return Err(Some(Refusal::NoPage(ask.page.to_string())));
    }
    let (language, frame) = edition.frame(FrameKind::Search, path);
    let body = match format {
        SearchFormat::Page => {
            pages::page(frame, search, ask, &found).map(String::into_bytes).map_err(untold)
        }
        SearchFormat::Data => pages::json(search, ask, &found).map_err(untold),
        SearchFormat::Feed => {
            pages::atom(search, &SearchRequest { page: 1, ..ask.clone() }, &found).map_err(untold)
        }
    }?;
    let tag = search.corpus().content().site.languages.tag(language);
    Ok(pack_for_one(&Bytes::from(body), media_type(format), tag, encoding))
}

/// What went wrong is for the log, and not for visitors.
fn untold(error: impl std::fmt::Display) -> Option<Refusal> {
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
    let packed = pack_for_one(&Bytes::from(page), media_type(SearchFormat::Page), tag, encoding);
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
        reply::problem_details(status, body + "\n")
    } else {
        let Ok(page) = pages::refusal(frame, search, ask, refusal) else {
            let id = guard::new_id();
            tracing::error!(id, path, "a search cannot be refused: its page cannot be written");
            return guard::failure(edition, path, &id);
        };
        let tag = search.corpus().content().site.languages.tag(language);
        let packed =
            pack_for_one(&Bytes::from(page), media_type(SearchFormat::Page), tag, encoding);
        answer::page(status, &Resource { cache: CachePolicy::Never, ..packed }, headers)
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(COME_BACK));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::language::Language;
    use crate::search::Indexer;

    #[actix_web::test]
    async fn a_flood_of_searches_is_sent_away_and_leaves_no_place_taken() {
        let edition = Arc::new(fixture::edition());
        edition.search().build_index(&mut Indexer::default());
        let searches = Arc::new(Searches::new());
        let running = searches.running.available_permits();
        let permits = u32::try_from(running).unwrap_or(u32::MAX);
        let Ok(all) = searches.running.acquire_many(permits).await else { panic!("no permits") };
        let waiting: Vec<_> = (0..MAX_WAITING + 10)
            .map(|_| {
                let (searches, edition) = (Arc::clone(&searches), Arc::clone(&edition));
                actix_web::rt::spawn(async move { searches.turn(&edition).await.err() })
            })
            .collect();
        // The last ones are refused at once, while nobody else has a turn.
        let mut refused = 0;
        let mut served = 0;
        while waiting.iter().filter(|one| one.is_finished()).count() < 10 {
            tokio::task::yield_now().await;
        }
        drop(all);
        for one in waiting {
            match one.await {
                Ok(Some(Refusal::Busy)) => refused += 1,
                Ok(None) => served += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((refused, served), (10, MAX_WAITING));
        assert_eq!(searches.waiting.load(Ordering::Relaxed), 0);
        assert_eq!(searches.running.available_permits(), running);
    }

    #[actix_web::test]
    async fn a_search_waits_for_the_index_and_not_for_ever() {
        let edition = fixture::edition();
        assert_eq!(Searches::new().turn(&edition).await.err(), Some(Refusal::Preparing));
        edition.search().mark_failed();
        assert!(Searches::new().turn(&edition).await.is_ok());
        let ask = SearchRequest::new("x", Language::DEFAULT);
        let failed = found(&edition, "/search/", SearchFormat::Page, &ask, Encoding::Identity);
        assert!(failed.is_err_and(|refusal| refusal.is_none()));
    }
}
