//! What a search found, as data: the twin of its page.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::content::{Content, Text};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::search_url::{self, query_of};
use crate::pages::data::vocabulary;
use crate::search::{Document, Fragment, PER_PAGE, Search, SearchRequest, SearchResults};

/// What a search found.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SearchData<'r> {
    #[serde(flatten)]
    head: Head<'r>,
    /// What was typed.
    query: &'r str,
    /// What comes first: `relevance` or `date`.
    sort: &'static str,
    /// Which page of the results this is, from 1.
    page: usize,
    /// How many results a page has.
    per_page: usize,
    /// How many results there are.
    total: usize,
    /// The query as it may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<&'r str>,
    /// Words of the query that are on no page of this site, as they were typed.
    missing: Vec<&'r str>,
    /// Words of the query that were not looked for because it has too many, as they were typed.
    passed_over: Vec<&'r str>,
    /// By what results can be narrowed.
    facets: FacetData<'r>,
    /// The results of this page.
    results: Vec<ResultData<'r>>,
}

/// How many results there would be with each value of each filter, the other filters kept.
#[derive(Default, Serialize, JsonSchema)]
struct FacetData<'r> {
    /// By kind.
    kind: Vec<FacetValue<'r>>,
    /// By category, by name.
    category: Vec<FacetValue<'r>>,
    /// By year.
    year: Vec<FacetValue<'r>>,
    /// By language, by BCP 47 tag.
    lang: Vec<FacetValue<'r>>,
}

/// A value of a filter.
#[derive(Serialize, JsonSchema)]
struct FacetValue<'r> {
    /// What to ask for.
    value: std::borrow::Cow<'r, str>,
    /// How many results it has.
    count: usize,
}

/// One result.
#[derive(Serialize, JsonSchema)]
struct ResultData<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// `bulletin`, `goal` or `page`.
    kind: &'static str,
    /// The BCP 47 tag of the language in which it is shown.
    language: &'r str,
    /// What it is called.
    title: &'r str,
    /// What it says, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'r str>,
    /// The passage that shows why it was found, as plain text.
    passage: String,
    /// When a bulletin was published; for a goal, when a bulletin last spoke of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    date: Option<String>,
    /// The categories that it belongs to, by name.
    categories: Vec<&'r str>,
    /// How far a goal is, by the rule of `/goals/method/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// Whether it is a bulletin that was withdrawn.
    withdrawn: bool,
}

impl<'r> SearchData<'r> {
    /// The data of the page before anything was typed.
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

/// What a search found, as JSON.
///
/// # Errors
/// Fails when the data cannot be written, which nothing outside the program can cause.
pub(crate) fn results(
    search: &Search,
    ask: &SearchRequest,
    found: &SearchResults,
) -> serde_json::Result<Vec<u8>> {
    let content = search.corpus().content();
    let results = found.hits.iter().filter_map(|hit| {
        let (entry, text) = search.document(*hit)?;
        let (_, passage) = search.highlight(found, text);
        Some(result(content, entry, text, &passage))
    });
    let path = search_url::path(content, ask.language) + &query_of(content, ask);
    let data = SearchData {
        head: Head::new(content, FileKind::Search, &path, ask.language),
        query: &ask.query,
        sort: ask.order.name(),
        page: ask.page,
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
            .map(|place| content.categories[*place].slug.as_str())
            .collect(),
        status: entry.status.map(crate::content::Status::name),
        withdrawn: entry.is_withdrawn,
    }
}

fn facets<'r>(content: &'r Content, found: &SearchResults) -> FacetData<'r> {
    let value = |value: &'r str, count: usize| FacetValue { value: value.into(), count };
    let facets = &found.facets;
    FacetData {
        kind: facets.kinds.iter().map(|(kind, count)| value(kind.name(), *count)).collect(),
        category: facets
            .categories
            .iter()
            .map(|(place, count)| value(&content.categories[*place].slug, *count))
            .collect(),
        year: facets
            .years
            .iter()
            .map(|(year, count)| FacetValue { value: year.to_string().into(), count: *count })
            .collect(),
        lang: facets
            .languages
            .iter()
            .map(|(language, count)| value(content.site.languages.tag(*language), *count))
            .collect(),
    }
}
