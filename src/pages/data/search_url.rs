//! The URL of a search: its path and query parameters.

use url::form_urlencoded::Serializer;

use crate::content::Content;
use crate::language::Language;
use crate::record::PageRef;
use crate::search::{SearchRequest, SortOrder};

/// Names of the query parameters.
pub(crate) mod parameter {
    /// Words to search for.
    pub(crate) const QUERY: &str = "q";
    /// Name of a category.
    pub(crate) const CATEGORY: &str = "category";
    pub(crate) const YEAR: &str = "year";
    /// Name of a body.
    pub(crate) const BODY: &str = "body";
    /// Name of a topic.
    pub(crate) const TOPIC: &str = "topic";
    /// Name of a kind of official document.
    pub(crate) const DOCUMENT: &str = "document";
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
pub(crate) fn query_of(content: &Content, request: &SearchRequest) -> String {
    let mut query = Serializer::for_suffix(String::from("?"), 1);
    query.append_pair(parameter::QUERY, &request.query);
    let filters = request.filters;
    if let Some(category) = filters.category.and_then(|place| content.categories.get(place)) {
        query.append_pair(parameter::CATEGORY, &category.slug);
    }
    for (parameter, page) in [
        (parameter::BODY, filters.body),
        (parameter::TOPIC, filters.topic),
        (parameter::DOCUMENT, filters.document_kind),
    ] {
        if let Some(page) = page {
            query.append_pair(parameter, group_name(content, page));
        }
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
    if request.order != SortOrder::default() {
        query.append_pair(parameter::ORDER, request.order.name());
    }
    if request.page > 1 {
        query.append_pair(parameter::PAGE, &request.page.to_string());
    }
    query.finish()
}

/// Returns the name of a body, a topic or a kind of document.
pub(crate) fn group_name(content: &Content, page: PageRef) -> &str {
    match page {
        PageRef::Group(index) => &content.groups[index].1.slug,
        PageRef::DocumentKind(index) => &content.site.documents.kinds[index].name.value,
        _ => "",
    }
}

/// Returns the path of a language's search page.
pub(crate) fn path(content: &Content, language: Language) -> String {
    format!("{}search/", content.site.languages.root(language))
}
