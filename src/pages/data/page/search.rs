//! JSON alternate of a page of search results.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::content::{Content, Text};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::search_url::{self, group_name, query_of};
use crate::pages::data::vocabulary;
use crate::record::PageRef;
use crate::search::{Document, Fragment, PER_PAGE, Search, SearchRequest, SearchResults};

/// The results of a search.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SearchData<'r> {
    #[serde(flatten)]
    head: Head<'r>,
    /// Query as it was typed.
    query: &'r str,
    /// Order of the results: `relevance` or `date`.
    sort: &'static str,
    /// Number of this page of results, from 1.
    page: usize,
    /// Number of results on a page.
    per_page: usize,
    /// Number of all results.
    total: usize,
    /// Suggested correction of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<&'r str>,
    /// Words of the query that are on no page of this site, as typed.
    missing: Vec<&'r str>,
    /// Words of the query that were ignored because it is too long, as typed.
    passed_over: Vec<&'r str>,
    /// Filters with the number of results for each value.
    facets: FacetData<'r>,
    /// Results on this page.
    results: Vec<ResultData<'r>>,
}

/// The number of results for each value of each filter, with the other filters unchanged.
#[derive(Default, Serialize, JsonSchema)]
struct FacetData<'r> {
    /// Kinds.
    kind: Vec<FacetValue<'r>>,
    /// Names of categories.
    category: Vec<FacetValue<'r>>,
    /// Names of bodies; absent if no result has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<FacetValue<'r>>,
    /// Names of topics; absent if no result has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topic: Vec<FacetValue<'r>>,
    /// Names of kinds of official documents; absent if no result is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    document: Vec<FacetValue<'r>>,
    /// Years.
    year: Vec<FacetValue<'r>>,
    /// States of official documents; absent if no result is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    validity: Vec<FacetValue<'r>>,
    /// BCP 47 tags of languages.
    lang: Vec<FacetValue<'r>>,
}

/// A value of a filter.
#[derive(Serialize, JsonSchema)]
struct FacetValue<'r> {
    /// Value of the request parameter.
    value: Cow<'r, str>,
    /// Number of results with this value.
    count: usize,
}

#[derive(Serialize, JsonSchema)]
struct ResultData<'r> {
    /// Absolute URL of the page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// `bulletin`, `goal` or `page`.
    kind: &'static str,
    /// BCP 47 tag of the language in which the result is shown.
    language: &'r str,
    /// Title.
    title: &'r str,
    /// Summary in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'r str>,
    /// Passage with the words of the query, as plain text.
    passage: String,
    /// Day of publication of a bulletin; for a goal, of the latest bulletin about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    date: Option<String>,
    /// Names of the categories of the result.
    categories: Vec<&'r str>,
    /// Status of a goal, calculated by the rule of `/goals/method/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// Whether an official document is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::validity_states()))]
    validity: Option<&'static str>,
    /// Whether the result is a withdrawn bulletin.
    withdrawn: bool,
}

impl<'r> SearchData<'r> {
    /// Creates the data of the search page without a query.
    pub(crate) fn empty(context: &Context<'r>, language: Language) -> Self {
        Self {
            head: Head::new(
                context.record.content,
                FileKind::Search,
                &context.search_path(language),
                language,
            ),
            query: "",
            sort: "relevance",
            page: 1,
            per_page: PER_PAGE,
            total: 0,
            did_you_mean: None,
            missing: Vec::new(),
            passed_over: Vec::new(),
            facets: FacetData::default(),
            results: Vec::new(),
        }
    }
}

/// Renders the results of a search as JSON.
///
/// # Errors
/// Fails if the data cannot be serialized, which no input can cause.
pub(crate) fn results(
    search: &Search,
    request: &SearchRequest,
    found: &SearchResults,
) -> serde_json::Result<Vec<u8>> {
    let content = search.corpus().content();
    let results = found.hits.iter().filter_map(|hit| {
        let (entry, text) = search.document(*hit)?;
        let (_, passage) = search.highlight(found, text);
        Some(result(content, entry, text, &passage))
    });
    let path = search_url::path(content, request.language) + &query_of(content, request);
    let data = SearchData {
        head: Head::new(content, FileKind::Search, &path, request.language),
        query: &request.query,
        sort: request.order.name(),
        page: request.page,
        per_page: PER_PAGE,
        total: found.total,
        did_you_mean: found.suggestion.as_deref(),
        missing: found.unmatched_terms.iter().map(String::as_str).collect(),
        passed_over: found.ignored_terms.iter().map(String::as_str).collect(),
        facets: facets(content, found),
        results: results.collect(),
    };
    let mut body = serde_json::to_vec(&data)?;
    body.push(b'\n');
    Ok(body)
}

fn result<'r>(
    content: &'r Content,
    entry: &Document,
    text: &'r Text,
    passage: &[Fragment],
) -> ResultData<'r> {
    ResultData {
        url: content.site.absolute(&entry.item.path(content, text.language)),
        kind: entry.kind.name(),
        language: content.site.languages.tag(text.language),
        title: &text.title.value,
        summary: text.summary.as_ref().map(|summary| summary.value.as_str()),
        passage: passage.iter().map(|fragment| fragment.text.as_str()).collect(),
        date: entry.date.map(|date| date.iso(&content.site.zone)),
        categories: entry
            .categories
            .iter()
            .map(|index| content.categories[*index].slug.as_str())
            .collect(),
        status: entry.status.map(crate::content::Status::name),
        validity: entry.validity.map(crate::record::ValidityState::name),
        withdrawn: entry.is_withdrawn,
    }
}

impl<'r> FacetValue<'r> {
    fn new(value: impl Into<Cow<'r, str>>, count: usize) -> Self {
        Self { value: value.into(), count }
    }
}

fn facets<'r>(content: &'r Content, found: &SearchResults) -> FacetData<'r> {
    let facets = &found.facets;
    FacetData {
        kind: facets
            .kinds
            .iter()
            .map(|(kind, count)| FacetValue::new(kind.name(), *count))
            .collect(),
        category: facets
            .categories
            .iter()
            .map(|(index, count)| FacetValue::new(&content.categories[*index].slug, *count))
            .collect(),
        body: groups(content, &facets.bodies),
        topic: groups(content, &facets.topics),
        document: groups(content, &facets.document_kinds),
        year: facets
            .years
            .iter()
            .map(|(year, count)| FacetValue::new(year.to_string(), *count))
            .collect(),
        validity: facets
            .validities
            .iter()
            .map(|(state, count)| FacetValue::new(state.name(), *count))
            .collect(),
        lang: facets
            .languages
            .iter()
            .map(|(language, count)| FacetValue::new(content.site.languages.tag(*language), *count))
            .collect(),
    }
}

fn groups<'r>(content: &'r Content, counts: &[(PageRef, usize)]) -> Vec<FacetValue<'r>> {
    counts.iter().map(|(page, count)| FacetValue::new(group_name(content, *page), *count)).collect()
}
