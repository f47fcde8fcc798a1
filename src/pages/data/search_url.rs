//! The URL of a search: its path and query parameters.

use url::form_urlencoded::Serializer;

use crate::content::Content;
use crate::language::Language;
use crate::search::{SearchRequest, SortOrder};

/// Names of the query parameters.
pub(crate) mod parameter {
    /// Words to search for.
    pub(crate) const QUERY: &str = "q";
    /// Name of a category.
    pub(crate) const CATEGORY: &str = "category";
    pub(crate) const YEAR: &str = "year";
    /// Kind of page.
    pub(crate) const KIND: &str = "kind";
    /// State of an official document.
    pub(crate) const VALIDITY: &str = "validity";
    /// BCP 47 tag of a language.
    pub(crate) const LANGUAGE: &str = "lang";
    /// Order of the results.
    pub(crate) const ORDER: &str = "sort";
    /// Number of the page of results, from 1.
    pub(crate) const PAGE: &str = "page";
}

/// Returns the query string of a search, with its question mark. Parameters with default values are
/// left out.
pub(crate) fn query_of(content: &Content, ask: &SearchRequest) -> String {
    let mut query = Serializer::for_suffix(String::from("?"), 1);
    query.append_pair(parameter::QUERY, &ask.query);
    let filters = ask.filters;
    if let Some(category) = filters.category.and_then(|place| content.categories.get(place)) {
        query.append_pair(parameter::CATEGORY, &category.slug);
    }
    if let Some(year) = filters.year {
        query.append_pair(parameter::YEAR, &year.to_string());
    }
    if let Some(kind) = filters.kind {
        query.append_pair(parameter::KIND, kind.name());
    }
    if let Some(validity) = filters.validity {
        query.append_pair(parameter::VALIDITY, validity.name());
    }
    if let Some(language) = filters.language {
        query.append_pair(parameter::LANGUAGE, content.site.languages.tag(language));
    }
    if ask.order != SortOrder::default() {
        query.append_pair(parameter::ORDER, ask.order.name());
    }
    if ask.page > 1 {
        query.append_pair(parameter::PAGE, &ask.page.to_string());
    }
    query.finish()
}

/// Returns the path of a language's search page.
pub(crate) fn path(content: &Content, language: Language) -> String {
    format!("{}search/", content.site.languages.root(language))
}
