//! What a search found, as a page shows it.

use askama::Template;

use super::facets::{self, Facet, kind_word};
use crate::language::{Language, Locale};
use crate::pages::components::progress::StatusView;
use crate::pages::components::status_text::status_word;
use crate::pages::context::{Date, category_title};
use crate::pages::data::search_url::{self, query_of};
use crate::pages::markup::html::Html;
use crate::record::PageRef;
use crate::search::{
    Fragment, Hit, MAX_PAGE, PER_PAGE, Search, SearchRequest, SearchResults, SortOrder,
};

/// How many results a page shows that was not asked for any.
const FEW: usize = 5;

/// The results of a search.
#[derive(Template)]
#[template(path = "search/results.html")]
pub(crate) struct Results<'r> {
    locale: &'r Locale,
    /// What the document is called, the site's name left out.
    pub(crate) title: String,
    heading: Html,
    /// Which of the results are shown, where that is not all.
    shown: Option<String>,
    /// The query as it may have been meant, and its address.
    meant: Option<(Html, String)>,
    missing: Option<Html>,
    passed_over: Option<Html>,
    is_partial: bool,
    is_narrowed: bool,
    /// The same search with nothing narrowed.
    plain: String,
    facets: Vec<Facet<'r>>,
    rows: Vec<Row<'r>>,
    pages: Vec<PageLink>,
    earlier: Option<String>,
    later: Option<String>,
    feed: String,
    json: String,
    recovery_links: Vec<(String, String)>,
}

/// A few results where none were asked for.
#[derive(Template)]
#[template(path = "search/top_results.html")]
pub(crate) struct TopResults<'r> {
    locale: &'r Locale,
    rows: Vec<Row<'r>>,
    all: Option<(Html, String)>,
}

/// One result.
pub(crate) struct Row<'r> {
    href: String,
    /// The tag of its language where it is not the page's.
    lang: Option<&'r str>,
    title: Vec<Fragment>,
    passage: Vec<Fragment>,
    date: Option<Date>,
    status: Option<StatusView<'r>>,
    /// What it is and belongs to: `Bulletin · Livelihoods`.
    labels: String,
}

struct PageLink {
    title: String,
    label: String,
    href: String,
    is_here: bool,
}

/// The results of a search, as a page shows them.
pub(crate) fn view<'r>(
    search: &'r Search,
    ask: &SearchRequest,
    found: &SearchResults,
) -> Results<'r> {
    let content = search.corpus().content();
    let locale = content.locale(ask.language);
    let marked = marker(search, ask);
    let asked = ask.query.trim();
    let count = locale.count_results(found.total);
    let heading = match (found.total, asked) {
        (_, "") => locale.label(locale.search_everything(), &count),
        (0, _) => locale.no_results_for(asked),
        _ => locale.results_for(asked, &count),
    };
    let pages = found.total.div_ceil(PER_PAGE).min(MAX_PAGE);
    let title = match ask.page {
        1 => heading.clone(),
        page => locale.page_title(&heading, &locale.count(page), &locale.count(pages)),
    };
    let at_page = |page: usize| query_of(content, &SearchRequest { page, ..ask.clone() });
    let first = (ask.page - 1) * PER_PAGE;
    let shown = (pages > 1).then(|| {
        let last = first + found.hits.len();
        locale.results_shown(
            &locale.count(first + 1),
            &locale.count(last),
            &locale.count(found.total),
        )
    });
    let mut plain = SearchRequest::new(&ask.query, ask.language);
    plain.order = ask.order;
    let meant = found.suggestion.as_ref().map(|meant| {
        let ask = SearchRequest {
            query: meant.clone(),
            page: 1,
            order: SortOrder::default(),
            ..ask.clone()
        };
        (marked(&locale.did_you_mean(meant)), query_of(content, &ask))
    });
    let whole = query_of(content, &SearchRequest { page: 1, ..ask.clone() });
    Results {
        locale,
        title,
        heading: marked(&heading),
        shown,
        meant,
        missing: missing(locale, found).map(|missing| marked(&missing)),
        passed_over: passed_over(locale, found).map(|passed_over| marked(&passed_over)),
        is_partial: found.is_partial && found.unmatched_terms.is_empty() && found.total > 0,
        is_narrowed: ask.filters != plain.filters,
        plain: query_of(content, &plain),
        facets: facets::of(search, ask, found),
        rows: found.hits.iter().filter_map(|hit| row(search, ask, found, *hit)).collect(),
        pages: page_links(locale, ask.page, pages, at_page),
        earlier: (ask.page > 1).then(|| at_page(ask.page - 1)),
        later: (ask.page < pages).then(|| at_page(ask.page + 1)),
        feed: format!("feed.xml{whole}"),
        json: format!("index.json{}", at_page(ask.page)),
        recovery_links: if found.total == 0 {
            recovery_links(search, ask.language)
        } else {
            Vec::new()
        },
    }
}

/// The best results and the way to all of them.
pub(crate) fn top_results<'r>(
    search: &'r Search,
    ask: &SearchRequest,
    found: &SearchResults,
) -> TopResults<'r> {
    let content = search.corpus().content();
    let locale = content.locale(ask.language);
    let rows =
        found.hits.iter().take(FEW).filter_map(|hit| row(search, ask, found, *hit)).collect();
    let all = || {
        let href = format!("{}{}", search_url::path(content, ask.language), query_of(content, ask));
        let text = locale.results_for(&ask.query, &locale.count_results(found.total));
        (marker(search, ask)(&text), href)
    };
    TopResults { locale, rows, all: (found.total > FEW).then(all) }
}

/// Marks Chinese words in what was typed on a page of another language.
fn marker(search: &Search, ask: &SearchRequest) -> impl Fn(&str) -> Html {
    let chinese = search.corpus().content().site.languages.chinese_within(ask.language);
    move |text| Html::in_its_language(chinese, text)
}

fn missing(locale: &Locale, found: &SearchResults) -> Option<String> {
    let missing: Vec<&str> = found.unmatched_terms.iter().map(String::as_str).collect();
    (!missing.is_empty() && found.total > 0).then(|| locale.unmatched_words(&locale.list(&missing)))
}

fn passed_over(locale: &Locale, found: &SearchResults) -> Option<String> {
    let passed_over: Vec<&str> = found.ignored_terms.iter().map(String::as_str).collect();
    (!passed_over.is_empty()).then(|| locale.ignored_words(&locale.list(&passed_over)))
}

fn row<'r>(
    search: &'r Search,
    ask: &SearchRequest,
    found: &SearchResults,
    hit: Hit,
) -> Option<Row<'r>> {
    let content = search.corpus().content();
    let locale = content.locale(ask.language);
    let (entry, text) = search.document(hit)?;
    let (title, passage) = search.highlight(found, text);
    let mut labels = vec![kind_word(locale, entry.kind).to_owned()];
    if entry.is_withdrawn {
        labels.push(locale.withdrawn().to_owned());
    }
    // A category's page needs not say that it is of itself; more than two say nothing in a list.
    let is_category = matches!(entry.item, PageRef::Category(_));
    let categories = &entry.categories
        [..if is_category || entry.categories.len() > 2 { 0 } else { entry.categories.len() }];
    labels.extend(
        categories
            .iter()
            .map(|place| category_title(&content.categories[*place], ask.language).to_owned()),
    );
    let date = entry
        .date
        .map(|date| Date { iso: date.date().to_string(), text: locale.date(date.date()) });
    Some(Row {
        href: entry.item.path(content, text.language),
        lang: (text.language != ask.language).then(|| content.site.languages.tag(text.language)),
        title,
        passage,
        date,
        status: entry
            .status
            .map(|status| StatusView { name: status.name(), word: status_word(locale, status) }),
        labels: labels.join(" · "),
    })
}

/// The first and last pages, and those around this one.
fn page_links(
    locale: &Locale,
    page: usize,
    pages: usize,
    href: impl Fn(usize) -> String,
) -> Vec<PageLink> {
    if pages < 2 {
        return Vec::new();
    }
    let link = |number: usize| PageLink {
        title: locale.count(number),
        label: locale.page_link(&number.to_string()),
        href: href(number),
        is_here: number == page,
    };
    let is_near = |number: &usize| *number == 1 || *number == pages || number.abs_diff(page) <= 2;
    (1..=pages).filter(is_near).map(link).collect()
}

/// Where to go on from nothing: the sections, the goals, the categories.
fn recovery_links(search: &Search, language: Language) -> Vec<(String, String)> {
    let content = search.corpus().content();
    let locale = content.locale(language);
    let sections = content.sections.iter().enumerate().map(|(place, section)| {
        (
            section.texts.in_language(language).title.value.clone(),
            PageRef::Section(place).path(content, language),
        )
    });
    let goals = (locale.all_goals().to_owned(), PageRef::Goals.path(content, language));
    let categories = content.categories.iter().enumerate().map(|(place, category)| {
        (
            category.texts.in_language(language).title.value.clone(),
            PageRef::Category(place).path(content, language),
        )
    });
    sections.chain(std::iter::once(goals)).chain(categories).collect()
}
