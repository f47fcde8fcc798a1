//! Renders searches of an edition, each for one request.

use std::error::Error;

use bytes::Bytes;

use super::Edition;
use super::compress::compress_dynamic;
use super::encoding::Encoding;
use super::resource::{CachePolicy, Resource};
use crate::pages::search::{self as pages, SearchProblem};
use crate::pages::{RenderError, ShellKind};
use crate::search::{SearchError, SearchRequest, SortOrder};

/// The response format of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchFormat {
    Html,
    /// The JSON alternate of the results page.
    Json,
    Atom,
}

impl SearchFormat {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Atom => "application/atom+xml; charset=utf-8",
        }
    }
}

/// The reason why a search has no results.
#[derive(Debug)]
pub(crate) enum SearchFailure {
    /// A problem that is explained to the visitor.
    Refused(SearchProblem),
    /// An error whose message is only for the log.
    Internal(String),
}

/// Searches an edition and renders the results.
pub(crate) fn search_results(
    edition: &Edition,
    request: &SearchRequest,
    format: SearchFormat,
    encoding: Encoding,
) -> Result<Resource, SearchFailure> {
    let search = edition.search();
    let first_page = SearchRequest { page: 1, ..request.clone() };
    let results = match format {
        SearchFormat::Html | SearchFormat::Json => search.search(request),
        // A feed lists what is new, whatever the order of the page.
        SearchFormat::Atom => {
            search.search(&SearchRequest { order: SortOrder::Date, ..first_page.clone() })
        }
    };
    let results = results.map_err(|error| match error {
        SearchError::NotReady => SearchFailure::Refused(SearchProblem::Preparing),
        SearchError::Failed => SearchFailure::Internal("the index cannot be read".to_owned()),
    })?;
    if format != SearchFormat::Atom && request.page > 1 && results.hits.is_empty() {
        return Err(SearchFailure::Refused(SearchProblem::NoPage(request.page.to_string())));
    }
    let body = match format {
        SearchFormat::Html => {
            let shell = edition.shell(ShellKind::Search, request.language);
            pages::page(shell, search, request, &results).map(Bytes::from).map_err(internal)
        }
        SearchFormat::Json => {
            pages::json(search, request, &results).map(Bytes::from).map_err(internal)
        }
        SearchFormat::Atom => {
            pages::atom(search, &first_page, &results).map(Bytes::from).map_err(internal)
        }
    }?;
    Ok(compress(edition, request, format, &body, encoding))
}

fn internal(error: impl Error) -> SearchFailure {
    SearchFailure::Internal(error.to_string())
}

/// Renders the page that says why a search has no results.
pub(crate) fn search_problem_page(
    edition: &Edition,
    request: &SearchRequest,
    problem: &SearchProblem,
    encoding: Encoding,
) -> Result<Resource, RenderError> {
    let shell = edition.shell(ShellKind::Search, request.language);
    let page = Bytes::from(pages::problem(shell, edition.search(), request, problem)?);
    let resource = compress(edition, request, SearchFormat::Html, &page, encoding);
    Ok(Resource { cache: CachePolicy::Never, ..resource })
}

/// Renders the page for a path that does not exist, with pages in its language that have its words
/// as they are: a corrected word would be one that no visitor typed.
pub(crate) fn not_found_page(
    edition: &Edition,
    request: &SearchRequest,
    encoding: Encoding,
) -> Option<Resource> {
    let search = edition.search();
    let mut literal = SearchRequest { is_literal: true, ..request.clone() };
    literal.filters.language = Some(request.language);
    let results = search.search(&literal).ok()?;
    let shell = edition.shell(ShellKind::NotFound, request.language);
    let page = Bytes::from(pages::not_found(shell, search, request, &results).ok()?);
    let resource = compress(edition, request, SearchFormat::Html, &page, encoding);
    Some(Resource { cache: CachePolicy::Never, ..resource })
}

fn compress(
    edition: &Edition,
    request: &SearchRequest,
    format: SearchFormat,
    body: &Bytes,
    encoding: Encoding,
) -> Resource {
    let languages = &edition.search().corpus().content().site.languages;
    compress_dynamic(body, format.media_type(), languages.tag(request.language), encoding)
}
