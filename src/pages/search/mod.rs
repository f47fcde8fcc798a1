//! The pages of the search: the page without a query, made with the edition, and results, made at
//! request time.

mod facets;
pub(super) mod index;
mod results;

use askama::Template;

use crate::language::{Language, Locale};
use crate::pages::data::search_url::query_of;
use crate::pages::markup::page_shell::{PageShell, SlotValues};
use crate::pages::markup::path_prefix::add_path_prefix;
use crate::pages::output::RenderError;
use crate::search::{MAX_QUERY, Search, SearchRequest, SearchResults};

pub(crate) use crate::pages::data::page::search::results as json;
pub(crate) use crate::pages::data::search_url::parameter;
pub(crate) use crate::pages::discovery::search_feed::results as atom;

/// The reason why a search has no page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SearchProblem {
    /// 400: the query is too long.
    TooLong,
    /// 400: no such page of results.
    NoPage(String),
    /// 400: no such value of a filter.
    NoFilter(String),
    /// 400: no such sort order.
    NoOrder(String),
    /// 503: the index is not built yet.
    Preparing,
    /// 503: too many searches at once.
    Busy,
    /// 500: the search failed. The log has the cause under this id.
    Failed(String),
}

impl SearchProblem {
    /// Returns the id of the error in the log.
    pub(crate) fn error_id(&self) -> Option<&str> {
        if let Self::Failed(id) = self { Some(id) } else { None }
    }
}

#[derive(Template)]
#[template(path = "search/message.html")]
struct Message<'r> {
    title: &'r str,
    text: &'r str,
    action: Option<(String, String)>,
    error: Option<(&'r str, &'r str)>,
}

/// Renders a page of search results.
///
/// # Errors
/// Fails if a template fails, which no input can cause.
pub(crate) fn page(
    shell: &PageShell,
    search: &Search,
    request: &SearchRequest,
    found: &SearchResults,
) -> Result<String, RenderError> {
    let content = search.corpus().content();
    let locale = content.locale(request.language);
    let view = results::view(search, request, found);
    let title = view.title.clone();
    let mut main = String::with_capacity(16 << 10);
    view.render_into(&mut main)?;
    Ok(fill_shell(shell, locale, search, request, &title, &main))
}

/// Renders the page that explains why a search has no results.
///
/// # Errors
/// Fails if a template fails, which no input can cause.
pub(crate) fn problem(
    shell: &PageShell,
    search: &Search,
    request: &SearchRequest,
    problem: &SearchProblem,
) -> Result<String, RenderError> {
    let content = search.corpus().content();
    let locale = content.locale(request.language);
    let (title, text) = title_and_text(locale, problem);
    let (label, again) = match problem {
        SearchProblem::Preparing | SearchProblem::Busy | SearchProblem::Failed(_) => {
            (locale.try_again().to_owned(), request.clone())
        }
        SearchProblem::NoPage(_) => {
            (locale.page_link("1"), SearchRequest { page: 1, ..request.clone() })
        }
        _ => (
            locale.without_filters().to_owned(),
            SearchRequest::new(&request.query, request.language),
        ),
    };
    let action = (*problem != SearchProblem::TooLong).then(|| (label, query_of(content, &again)));
    let error = problem.error_id().map(|id| (locale.server_error_id(), id));
    let message = Message { title, text: &text, action, error };
    Ok(fill_shell(shell, locale, search, request, title, &message.render()?))
}

/// Explains in a sentence why a search has no results.
pub(crate) fn message(search: &Search, language: Language, problem: &SearchProblem) -> String {
    title_and_text(search.corpus().content().locale(language), problem).1
}

fn title_and_text<'r>(locale: &'r Locale, problem: &SearchProblem) -> (&'r str, String) {
    match problem {
        SearchProblem::TooLong => {
            (locale.search_invalid_title(), locale.query_too_long(&locale.count(MAX_QUERY)))
        }
        SearchProblem::NoPage(page) => (locale.search_invalid_title(), locale.unknown_page(page)),
        SearchProblem::NoFilter(value) => {
            (locale.search_invalid_title(), locale.unknown_filter(value))
        }
        SearchProblem::NoOrder(value) => {
            (locale.search_invalid_title(), locale.unknown_order(value))
        }
        SearchProblem::Preparing => {
            (locale.search_preparing_title(), locale.search_preparing_text().to_owned())
        }
        SearchProblem::Busy => (locale.search_busy_title(), locale.search_busy_text().to_owned()),
        SearchProblem::Failed(_) => {
            (locale.search_failed_title(), locale.search_failed_text().to_owned())
        }
    }
}

/// Renders a "not found" page with search results for the words of the requested path.
///
/// # Errors
/// Fails if a template fails, which no input can cause.
pub(crate) fn not_found(
    shell: &PageShell,
    search: &Search,
    request: &SearchRequest,
    found: &SearchResults,
) -> Result<String, RenderError> {
    let main = if found.matches_most_words() {
        results::top_results(search, request, found).render()?
    } else {
        String::new()
    };
    let main = &add_path_prefix(search.corpus().content().site.path_prefix(), &main);
    Ok(shell.fill(&SlotValues { query: &request.query, main, ..SlotValues::default() }))
}

fn fill_shell(
    shell: &PageShell,
    locale: &Locale,
    search: &Search,
    request: &SearchRequest,
    title: &str,
    main: &str,
) -> String {
    let content = search.corpus().content();
    let site = content.site.full_name(request.language);
    let title = locale.title_on_site(title, &site);
    let address = query_of(content, &SearchRequest { page: 1, ..request.clone() });
    let main = &add_path_prefix(content.site.path_prefix(), main);
    shell.fill(&SlotValues { query: &request.query, title: &title, address: &address, main })
}
