//! The comparison of two texts of a bulletin, which takes processor time as a search does.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};

use super::limiter::{LostWork, SearchLimiter};
use crate::edition::{self, Edition, ErrorPage, PathEntry};
use crate::http::headers::negotiate::preferred_encoding;
use crate::http::{panic, response};
use crate::pages::versions::{ComparisonProblem, is_choice};

/// A request for the changes between two texts.
#[derive(Debug)]
pub(crate) struct ComparisonRequest {
    path: String,
    query: String,
}

impl ComparisonRequest {
    /// `None` if the path is not that of a choice of texts, or if none is chosen.
    pub(crate) fn parse(edition: &Edition, path: &str, query: Option<&str>) -> Option<Self> {
        let query = query.filter(|query| query.contains("from=") || query.contains("to="))?;
        let is_page = matches!(edition.entry(path), Some(PathEntry::Found(_)));
        (is_choice(path) && is_page)
            .then(|| Self { path: path.to_owned(), query: query.to_owned() })
    }

    /// Responds with the comparison; 400 if there is no such text, 503 if there is too much load.
    pub(crate) async fn respond(
        self,
        limiter: &SearchLimiter,
        edition: Arc<Edition>,
        headers: &HeaderMap,
    ) -> HttpResponse {
        let Some(permit) = limiter.acquire_permit().await else { return too_many_requests() };
        let encoding = preferred_encoding(headers);
        let span = tracing::error_span!("comparison", path = self.path);
        let Self { path, query } = self;
        let (shared, wanted) = (Arc::clone(&edition), path.clone());
        let page = limiter
            .run(permit, span, move || edition::comparison(&shared, &wanted, &query, encoding));
        match page.await {
            Ok(Ok(page)) => {
                // There is only one compressed representation; another client would get another.
                response::vary_by_encoding(response::ok(&page, &Method::GET, headers))
            }
            Ok(Err(ComparisonProblem::NoText)) => {
                response::error_page(&edition, ErrorPage::BadRequest, &path, headers)
            }
            Err(LostWork::NoThread) => too_many_requests(),
            Ok(Err(ComparisonProblem::Internal)) | Err(LostWork::Panicked) => {
                panic::internal_error(&edition, &path, &panic::new_error_id())
            }
        }
    }
}

fn too_many_requests() -> HttpResponse {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let response = response::text(status, "Too many requests at once.\n");
    response::with_retry_after(response, "2")
}
