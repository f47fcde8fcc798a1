//! A page of search results.

use std::borrow::Cow;

use askama::Template;

use super::facets::{self, Facet, kind_word};
use crate::language::{Language, Locale};
use crate::pages::components::document::facts::validity_word;
use crate::pages::components::progress::StatusView;
use crate::pages::context::{Date, category_title};
use crate::pages::data::search_url::{self, query_of};
use crate::pages::markup::figures::escape_with_figures;
use crate::pages::markup::html::Html;
use crate::record::PageRef;
use crate::search::{
    Fragment, Hit, MAX_PAGE, PER_PAGE, Search, SearchRequest, SearchResults, SortOrder,
};

/// Number of results on a "not found" page.
const TOP_RESULTS: usize = 5;

/// The most characters of a query in a heading: a long question fits.
const MAX_SHOWN: usize = 200;

/// The results of a search.
#[derive(Template)]
#[template(path = "search/results.html")]
pub(crate) struct Results<'r> {
    locale: &'r Locale,
    /// Title of the document without the name of the site.
    pub(crate) title: String,
    heading: Html,
    /// Range of results on this page, if there are several pages.
    shown: Option<String>,
    /// Suggested correction of the query, and its URL.
    suggestion: Option<(Html, String)>,
    unmatched_terms: Option<Html>,
    ignored_terms: Option<Html>,
    /// Says that a long query was reduced to its rarest words.
    rarest_words: Option<String>,
    is_partial: bool,
    is_narrowed: bool,
    /// URL of the same search without filters.
    plain: String,
    facets: Vec<Facet<'r>>,
    /// The filters and the sort order in use, in words.
    chosen: String,
    rows: Vec<Row<'r>>,
    pages: Vec<PageLink>,
    earlier: Option<String>,
    later: Option<String>,
    feed: String,
    json: String,
    recovery_links: Vec<(String, String)>,
}

/// The best results, shown on a "not found" page.
#[derive(Template)]
#[template(path = "search/top_results.html")]
pub(crate) struct TopResults<'r> {
    locale: &'r Locale,
    rows: Vec<Row<'r>>,
    all: Option<(Html, String)>,
}

pub(crate) struct Row<'r> {
    href: String,
    /// Tag of the result's language, if it is not the page's.
    lang: Option<&'r str>,
    title: Html,
    passage: Html,
    date: Option<Date>,
    status: Option<StatusView<'r>>,
    /// Kind and categories: `Bulletin · Livelihoods`.
    labels: Vec<String>,
}

struct PageLink {
    title: String,
    label: String,
    href: String,
    is_here: bool,
}

/// Builds the view of a page of search results.
pub(crate) fn view<'r>(
    search: &'r Search,
    request: &SearchRequest,
    results: &SearchResults,
) -> Results<'r> {
    let content = search.corpus().content();
    let locale = content.locale(request.language);
    let marked = chinese_marker(search, request);
    let shown_query = &*shorten(request.query.trim());
    let heading = heading(locale, shown_query, results.total);
    let pages = results.total.div_ceil(PER_PAGE).min(MAX_PAGE);
    let title = match request.page {
        1 => heading.clone(),
        page => locale.page_title(&heading, &locale.count(page), &locale.count(pages)),
    };
    let at_page = |page: usize| query_of(content, &SearchRequest { page, ..request.clone() });
    let first = (request.page - 1) * PER_PAGE;
    let shown = (pages > 1).then(|| {
        let last = first + results.hits.len();
        locale.results_shown(
            &locale.count(first + 1),
            &locale.count(last),
            &locale.count(results.total),
        )
    });
    let mut plain = SearchRequest::new(&request.query, request.language);
    plain.order = request.order;
    let suggestion = results.suggestion.as_ref().map(|query| {
        let order = SortOrder::default();
        let corrected = SearchRequest { query: query.clone(), page: 1, order, ..request.clone() };
        (marked(&locale.did_you_mean(query)), query_of(content, &corrected))
    });
    let facets = facets::facets(search, request, results);
    Results {
        locale,
        title,
        heading: marked(&heading),
        shown,
        suggestion,
        unmatched_terms: unmatched_text(locale, results).map(|text| marked(&text)),
        ignored_terms: ignored_text(locale, results).map(|text| marked(&text)),
        rarest_words: results.rarest_words.map(|count| locale.rarest_words(&locale.count(count))),
        is_partial: results.is_partial && results.unmatched_terms.is_empty() && results.total > 0,
        is_narrowed: request.filters != plain.filters,
        plain: query_of(content, &plain),
        chosen: chosen_text(locale, &facets),
        facets,
        rows: results.hits.iter().filter_map(|hit| row(search, request, results, *hit)).collect(),
        pages: page_links(locale, request.page, pages, at_page),
        earlier: (request.page > 1).then(|| at_page(request.page - 1)),
        later: (request.page < pages).then(|| at_page(request.page + 1)),
        feed: format!("feed.xml{}", at_page(1)),
        json: format!("index.json{}", at_page(request.page)),
        recovery_links: if results.total == 0 {
            recovery_links(search, request.language)
        } else {
            Vec::new()
        },
    }
}

/// The values of facets in use; the first one of each is the default.
fn chosen_text(locale: &Locale, facets: &[Facet<'_>]) -> String {
    let values = facets.iter().flat_map(|facet| facet.values.iter().skip(1));
    let chosen: Vec<&str> =
        values.filter(|value| value.is_here).map(|value| value.title.as_str()).collect();
    locale.list(&chosen)
}

fn heading(locale: &Locale, query: &str, total: usize) -> String {
    let count = locale.count_results(total);
    match (total, query) {
        (_, "") => locale.label(locale.search_everything(), &count),
        (0, _) => locale.no_results_for(query),
        _ => locale.results_for(query, &count),
    }
}

/// Shortens a long query for a heading.
fn shorten(query: &str) -> Cow<'_, str> {
    match query.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", query[..end].trim_end())),
        None => Cow::Borrowed(query),
    }
}

/// Builds the view of the best results, with a link to all of them.
pub(crate) fn top_results<'r>(
    search: &'r Search,
    request: &SearchRequest,
    results: &SearchResults,
) -> TopResults<'r> {
    let content = search.corpus().content();
    let locale = content.locale(request.language);
    let rows = results
        .hits
        .iter()
        .take(TOP_RESULTS)
        .filter_map(|hit| row(search, request, results, *hit))
        .collect();
    let all = (results.total > TOP_RESULTS).then(|| {
        let href = format!(
            "{}{}",
            search_url::path(content, request.language),
            query_of(content, request)
        );
        let text = locale.results_for(&request.query, &locale.count_results(results.total));
        (chinese_marker(search, request)(&text), href)
    });
    TopResults { locale, rows, all }
}

/// Returns a function that marks Chinese words with `lang` on a page of another language.
fn chinese_marker(search: &Search, request: &SearchRequest) -> impl Fn(&str) -> Html {
    let chinese = search.corpus().content().site.languages.chinese_within(request.language);
    move |text| Html::in_its_language(chinese, text)
}

fn unmatched_text(locale: &Locale, results: &SearchResults) -> Option<String> {
    let terms: Vec<&str> = results.unmatched_terms.iter().map(String::as_str).collect();
    (!terms.is_empty() && results.total > 0).then(|| locale.unmatched_words(&locale.list(&terms)))
}

fn ignored_text(locale: &Locale, results: &SearchResults) -> Option<String> {
    let terms: Vec<&str> = results.ignored_terms.iter().map(String::as_str).collect();
    (!terms.is_empty()).then(|| locale.ignored_words(&locale.list(&terms)))
}

/// The fragments as HTML, with `mark` around those of the query and `lang` around Chinese words.
fn highlighted(fragments: &[Fragment], chinese: Option<&str>) -> Html {
    let mut out = String::new();
    for fragment in fragments {
        let (start, end) = if fragment.is_highlighted { ("<mark>", "</mark>") } else { ("", "") };
        out.push_str(start);
        escape_with_figures(chinese, &fragment.text, &mut out);
        out.push_str(end);
    }
    Html::new(out)
}

fn row<'r>(
    search: &'r Search,
    request: &SearchRequest,
    results: &SearchResults,
    hit: Hit,
) -> Option<Row<'r>> {
    let content = search.corpus().content();
    let locale = content.locale(request.language);
    let (entry, text) = search.document(hit)?;
    let (title, passage) = search.highlight(results, text);
    let chinese = content.site.languages.chinese_within(text.language);
    let (title, passage) = (highlighted(&title, chinese), highlighted(&passage, chinese));
    let mut labels = vec![kind_word(locale, entry.kind).to_owned()];
    if entry.is_withdrawn {
        labels.push(locale.withdrawn().to_owned());
    }
    // A result that is in force needs no mark.
    let ended = entry.validity.filter(|state| state.is_in_force() == Some(false));
    labels.extend(ended.map(|state| validity_word(locale, state).to_owned()));
    // A category does not name itself, and more than two categories are left out of a list.
    let is_category = matches!(entry.item, PageRef::Category(_));
    let categories = &entry.categories
        [..if is_category || entry.categories.len() > 2 { 0 } else { entry.categories.len() }];
    labels.extend(
        categories
            .iter()
            .map(|index| category_title(&content.categories[*index], request.language).to_owned()),
    );
    let date = entry
        .date
        .map(|date| Date { iso: date.date().to_string(), text: locale.date(date.date()) });
    Some(Row {
        href: entry.item.path(content, text.language),
        lang: (text.language != request.language)
            .then(|| content.site.languages.tag(text.language)),
        title,
        passage,
        date,
        status: entry
            .status
            .map(|status| StatusView { name: status.name(), word: status.word(locale) }),
        labels,
    })
}

/// Links to the first and last pages, and to those around this one.
fn page_links(
    locale: &Locale,
    page: usize,
    pages: usize,
    href: impl Fn(usize) -> String,
) -> Vec<PageLink> {
    if pages < 2 {
        return Vec::new();
    }
    let near =
        (1..=pages).filter(|number| *number == 1 || *number == pages || number.abs_diff(page) <= 2);
    near.map(|number| PageLink {
        title: locale.count(number),
        label: locale.page_link(&number.to_string()),
        href: href(number),
        is_here: number == page,
    })
    .collect()
}

/// Lists the pages to go to when nothing was found: the sections, the goals, the categories.
fn recovery_links(search: &Search, language: Language) -> Vec<(String, String)> {
    let content = search.corpus().content();
    let locale = content.locale(language);
    let sections = content.sections.iter().enumerate().map(|(index, section)| {
        (
            section.texts.in_language(language).title.value.clone(),
            PageRef::Section(index).path(content, language),
        )
    });
    let goals = (locale.all_goals().to_owned(), PageRef::Goals.path(content, language));
    let categories = content.categories.iter().enumerate().map(|(index, category)| {
        (
            category.texts.in_language(language).title.value.clone(),
            PageRef::Category(index).path(content, language),
        )
    });
    sections.chain(std::iter::once(goals)).chain(categories).collect()
}
