//! Parses the parameters of a search.

use std::str::FromStr;

use url::form_urlencoded;

use crate::content::{Content, GroupKind};
use crate::language::{Language, is_printable};
use crate::pages::search::SearchProblem;
use crate::pages::search::parameter;
use crate::record::{PageRef, ValidityState};
use crate::search::{DocumentKind, Filters, MAX_PAGE, MAX_QUERY, SearchRequest, SortOrder};

/// How many characters of an invalid value are repeated in the page.
const MAX_SHOWN: usize = 60;

/// Parses the query of a URL into a search, with the first problem of its parameters. Unknown
/// parameters are ignored, because links from elsewhere add their own.
pub(super) fn parse_search_params(
    content: &Content,
    language: Language,
    query: &str,
) -> (SearchRequest, Option<SearchProblem>) {
    let mut search = SearchRequest::new("", language);
    let mut first_problem = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.is_empty() {
            continue;
        }
        if let Err(problem) = set_param(&mut search, content, &name, &value) {
            first_problem.get_or_insert(problem);
        }
    }
    (search, first_problem)
}

fn set_param(
    search: &mut SearchRequest,
    content: &Content,
    name: &str,
    value: &str,
) -> Result<(), SearchProblem> {
    let filters = &mut search.filters;
    match name {
        parameter::QUERY => {
            search.query = value.chars().map(replace_unsearchable).take(MAX_QUERY).collect();
            if value.chars().nth(MAX_QUERY).is_some() {
                return Err(SearchProblem::TooLong);
            }
        }
        parameter::CATEGORY => {
            let mut categories = content.categories.iter();
            filters.category = categories.position(|category| category.slug == *value);
            require(filters.category.as_ref(), SearchProblem::NoFilter, value)?;
        }
        parameter::BODY | parameter::TOPIC | parameter::DOCUMENT => {
            let (filter, page) = group_filter(filters, content, name, value);
            *filter = page;
            require(page.as_ref(), SearchProblem::NoFilter, value)?;
        }
        parameter::YEAR => {
            filters.year = parse_number(value).filter(|year| (1..=9999).contains(year));
            require(filters.year.as_ref(), SearchProblem::NoFilter, value)?;
        }
        parameter::KIND => {
            filters.kind = DocumentKind::ALL.into_iter().find(|kind| kind.name() == value);
            require(filters.kind.as_ref(), SearchProblem::NoFilter, value)?;
        }
        parameter::VALIDITY => {
            filters.validity = ValidityState::ALL.into_iter().find(|state| state.name() == value);
            require(filters.validity.as_ref(), SearchProblem::NoFilter, value)?;
        }
        parameter::LANGUAGE => {
            filters.language = content.site.languages.find(value);
            require(filters.language.as_ref(), SearchProblem::NoFilter, value)?;
        }
        parameter::ORDER => {
            let mut orders = [SortOrder::Relevance, SortOrder::Date].into_iter();
            let order = orders.find(|order| order.name() == value);
            search.order = order.unwrap_or_default();
            require(order.as_ref(), SearchProblem::NoOrder, value)?;
        }
        parameter::PAGE => {
            let page = parse_number(value).filter(|page| (1..=MAX_PAGE).contains(page));
            search.page = page.unwrap_or(1);
            require(page.as_ref(), SearchProblem::NoPage, value)?;
        }
        _ => {}
    }
    Ok(())
}

/// The filter that a parameter sets, and the page of the body, topic or kind of document that it
/// names.
fn group_filter<'f>(
    filters: &'f mut Filters,
    content: &Content,
    name: &str,
    value: &str,
) -> (&'f mut Option<PageRef>, Option<PageRef>) {
    match name {
        parameter::BODY => {
            let body = content.find_group(GroupKind::Body, value);
            (&mut filters.body, body.map(PageRef::Group))
        }
        parameter::TOPIC => {
            let topic = content.find_group(GroupKind::Topic, value);
            (&mut filters.topic, topic.map(PageRef::Group))
        }
        _ => {
            let kind = content.site.documents.find_kind(value);
            (&mut filters.document_kind, kind.map(PageRef::DocumentKind))
        }
    }
}

/// Fails with the start of an invalid value.
fn require<T>(
    parsed: Option<&T>,
    problem: fn(String) -> SearchProblem,
    value: &str,
) -> Result<(), SearchProblem> {
    if parsed.is_some() { Ok(()) } else { Err(problem(value.chars().take(MAX_SHOWN).collect())) }
}

/// Parses a number without a sign or leading zeros, so that each page of results has one URL.
fn parse_number<T: FromStr>(text: &str) -> Option<T> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if is_plain { text.parse().ok() } else { None }
}

/// Replaces control characters by spaces, and so those that set the direction of text: on the
/// results page they would turn the text after them too.
fn replace_unsearchable(character: char) -> char {
    let sets_direction = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if is_printable(character) && !sets_direction { character } else { ' ' }
}
