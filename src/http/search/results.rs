//! The results of a search, or the reason why there are none.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use serde::Serialize;

use super::limiter::{LostWork, SearchLimiter};
use super::params::parse_search_params;
use crate::edition::{self, Edition, Encoding, Resource, SearchFailure, SearchFormat};
use crate::http::headers::negotiate::preferred_encoding;
use crate::http::{panic, response};
use crate::pages::search::{SearchProblem, message};
use crate::search::SearchRequest;

/// A request for the results of a search.
#[derive(Debug)]
pub(crate) struct ResultsRequest {
    path: String,
    format: SearchFormat,
    search: Box<SearchRequest>,
    /// Set if the parameters are invalid.
    problem: Option<SearchProblem>,
}

impl ResultsRequest {
    /// Parses the query of a URL; `None` if the path is not a search page, or if nothing is
    /// searched.
    pub(crate) fn parse(edition: &Edition, path: &str, query: Option<&str>) -> Option<Self> {
        let format = edition.search_format(path)?;
        let query = query.filter(|query| !query.is_empty())?;
        let content = edition.search().corpus().content();
        let (search, problem) = parse_search_params(content, edition.language(path), query);
        let is_search = problem.is_some() || !search.is_empty();
        is_search.then(|| Self { path: path.to_owned(), format, search: Box::new(search), problem })
    }

    /// Responds with the results. `headers` are those of the request.
    pub(crate) async fn respond(
        mut self,
        limiter: &SearchLimiter,
        edition: Arc<Edition>,
        headers: &HeaderMap,
    ) -> HttpResponse {
        let encoding = preferred_encoding(headers);
        let results = match self.problem.take() {
            Some(problem) => Err(problem),
            None => self.search(limiter, &edition, encoding).await,
        };
        let response = match results {
            Ok(results) => response::ok(&results, &Method::GET, headers),
            Err(problem) => self.explain(&problem, &edition, encoding, headers),
        };
        // There is only one compressed representation; another client would get another one.
        response::vary_by_encoding(response)
    }

    async fn search(
        &self,
        limiter: &SearchLimiter,
        edition: &Arc<Edition>,
        encoding: Encoding,
    ) -> Result<Resource, SearchProblem> {
        let permit = limiter.acquire(edition).await?;
        let id = panic::new_error_id();
        let span = tracing::error_span!("search", id, path = self.path);
        let (edition, search, format) = (Arc::clone(edition), self.search.clone(), self.format);
        let results = limiter.run(permit, span, move || {
            edition::search_results(&edition, &search, format, encoding).inspect_err(|failure| {
                if let SearchFailure::Internal(error) = failure {
                    tracing::error!("a search failed: {error}");
                }
            })
        });
        match results.await {
            Ok(Ok(results)) => Ok(results),
            Ok(Err(SearchFailure::Refused(problem))) => Err(problem),
            Err(LostWork::NoThread) => Err(SearchProblem::Busy),
            Ok(Err(SearchFailure::Internal(_))) | Err(LostWork::Panicked) => {
                Err(SearchProblem::Failed(id))
            }
        }
    }

    /// Says why there are no results: as problem details (RFC 9457) where JSON was requested, else
    /// as a page.
    fn explain(
        &self,
        problem: &SearchProblem,
        edition: &Edition,
        encoding: Encoding,
        headers: &HeaderMap,
    ) -> HttpResponse {
        let status = status_of(problem);
        let is_overload = status == StatusCode::SERVICE_UNAVAILABLE;
        let response = if self.format == SearchFormat::Json {
            let title = message(edition.search(), self.search.language, problem);
            let id = problem.error_id();
            let details = ProblemDetails { status: status.as_u16(), title: &title, id };
            let body = serde_json::to_string(&details).unwrap_or_default();
            response::problem_details(status, body + "\n")
        } else {
            // There may be thousands of them in a second, so compressing them would add to the
            // load.
            let encoding = if is_overload { Encoding::Identity } else { encoding };
            match edition::search_problem_page(edition, &self.search, problem, encoding) {
                Ok(page) => response::page(status, &page, headers),
                Err(error) => {
                    let (id, path) = (panic::new_error_id(), &self.path);
                    tracing::error!(
                        id,
                        path,
                        "cannot render the page of a search problem: {error}"
                    );
                    return panic::internal_error(edition, path, &id);
                }
            }
        };
        if is_overload { response::with_retry_after(response, RETRY_AFTER_SECS) } else { response }
    }
}

/// The value of `Retry-After` when there is too much load, or no index yet.
const RETRY_AFTER_SECS: &str = "2";

/// The body of a response without results (RFC 9457).
#[derive(Serialize)]
struct ProblemDetails<'r> {
    status: u16,
    title: &'r str,
    /// The id by which the error can be found in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r str>,
}

/// The status of a response without results (RFC 9110 §15).
const fn status_of(problem: &SearchProblem) -> StatusCode {
    match problem {
        SearchProblem::TooLong
        | SearchProblem::NoPage(_)
        | SearchProblem::NoFilter(_)
        | SearchProblem::NoOrder(_) => StatusCode::BAD_REQUEST,
        SearchProblem::Preparing | SearchProblem::Busy => StatusCode::SERVICE_UNAVAILABLE,
        SearchProblem::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
