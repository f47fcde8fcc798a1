//! The address of a search: its query, parameter by parameter.

use url::form_urlencoded::Serializer;

use crate::content::Content;
use crate::language::Language;
use crate::search::{SearchRequest, SortOrder};

/// The names of the parameters.
pub(crate) mod parameter {
    /// The words.
    pub(crate) const QUERY: &str = "q";
    /// The category, by its name.
    pub(crate) const CATEGORY: &str = "category";
    /// The year.
    pub(crate) const YEAR: &str = "year";
    /// The kind of thing.
    pub(crate) const KIND: &str = "kind";
    /// The language, by its tag.
    pub(crate) const LANGUAGE: &str = "lang";
    /// What comes first.
    pub(crate) const ORDER: &str = "sort";
    /// The page, from 1.
    pub(crate) const PAGE: &str = "page";
}

/// The query of a search's address, with its question mark. What is as usual is left out.
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

/// The path of a language's search page.
pub(crate) fn path(content: &Content, language: Language) -> String {
    format!("{}search/", content.site.languages.root(language))
}
