//! Facets of search results, as links.

use crate::language::Locale;
use crate::pages::context::category_title;
use crate::pages::data::search_url::query_of;
use crate::search::{DocumentKind, Filters, Search, SearchRequest, SearchResults, SortOrder};

/// A filter or the sort order, with its values.
pub(crate) struct Facet<'r> {
    pub(crate) title: &'r str,
    pub(crate) values: Vec<Value>,
}

/// A value of a facet.
pub(crate) struct Value {
    pub(crate) title: String,
    /// Tag of the title's language, if it is not the page's.
    pub(crate) lang: Option<String>,
    /// Number of results with this value; none for the link that removes a filter.
    pub(crate) count: Option<String>,
    pub(crate) href: String,
    pub(crate) is_here: bool,
}

/// Returns the name of a kind.
pub(crate) fn kind_word(locale: &Locale, kind: DocumentKind) -> &str {
    match kind {
        DocumentKind::Bulletin => locale.filter_kind_bulletin(),
        DocumentKind::Goal => locale.filter_kind_goal(),
        DocumentKind::Page => locale.filter_kind_page(),
    }
}

/// Lists the filters that have at least two values or are in use, and the sort orders.
pub(crate) fn facets<'r>(
    search: &'r Search,
    ask: &SearchRequest,
    found: &SearchResults,
) -> Vec<Facet<'r>> {
    let content = search.corpus().content();
    let locale = content.locale(ask.language);
    let builder = FacetBuilder { search, ask };
    let facets = &found.facets;
    let asked = ask.filters;
    let kinds = facets.kinds.iter().map(|(kind, count)| {
        let filters = Filters { kind: Some(*kind), ..asked };
        builder.value(
            kind_word(locale, *kind).to_owned(),
            *count,
            filters,
            asked.kind == Some(*kind),
        )
    });
    let categories = facets.categories.iter().map(|(place, count)| {
        let title = category_title(&content.categories[*place], ask.language).to_owned();
        let filters = Filters { category: Some(*place), ..asked };
        builder.value(title, *count, filters, asked.category == Some(*place))
    });
    let years = facets.years.iter().map(|(year, count)| {
        let filters = Filters { year: Some(*year), ..asked };
        builder.value(
            locale.year_heading(&year.to_string()),
            *count,
            filters,
            asked.year == Some(*year),
        )
    });
    let languages = facets.languages.iter().map(|(language, count)| {
        let filters = Filters { language: Some(*language), ..asked };
        let name = content.locale(*language).language_name().to_owned();
        let tag = content.site.languages.tag(*language).to_owned();
        let value = builder.value(name, *count, filters, asked.language == Some(*language));
        Value { lang: (*language != ask.language).then_some(tag), ..value }
    });
    let all = [
        (
            locale.filter_kind(),
            kinds.collect::<Vec<_>>(),
            Filters { kind: None, ..asked },
            asked.kind.is_some(),
        ),
        (
            locale.category(),
            categories.collect(),
            Filters { category: None, ..asked },
            asked.category.is_some(),
        ),
        (
            locale.filter_year(),
            years.collect(),
            Filters { year: None, ..asked },
            asked.year.is_some(),
        ),
        (
            locale.languages(),
            languages.collect(),
            Filters { language: None, ..asked },
            asked.language.is_some(),
        ),
    ];
    let mut facets: Vec<Facet<'r>> = Vec::new();
    for (title, mut values, without, is_narrowed) in all {
        if values.len() < 2 && !is_narrowed {
            continue;
        }
        let all = builder.link(
            locale.filter_all(),
            &SearchRequest { filters: without, page: 1, ..ask.clone() },
            !is_narrowed,
        );
        values.insert(0, all);
        facets.push(Facet { title, values });
    }
    // Without words there is no relevance to sort by.
    if found.total > 1 && !ask.query.trim().is_empty() {
        let order = |order, title| {
            builder.link(
                title,
                &SearchRequest { order, page: 1, ..ask.clone() },
                ask.order == order,
            )
        };
        let values = vec![
            order(SortOrder::Relevance, locale.sort_by_relevance()),
            order(SortOrder::Date, locale.sort_by_date()),
        ];
        facets.push(Facet { title: locale.sort_by(), values });
    }
    facets
}

struct FacetBuilder<'m> {
    search: &'m Search,
    ask: &'m SearchRequest,
}

impl FacetBuilder<'_> {
    fn value(&self, title: String, count: usize, filters: Filters, is_here: bool) -> Value {
        let content = self.search.corpus().content();
        let count = content.locale(self.ask.language).count(count);
        let ask = SearchRequest { filters, page: 1, ..self.ask.clone() };
        Value { title, lang: None, count: Some(count), href: query_of(content, &ask), is_here }
    }

    fn link(&self, title: &str, ask: &SearchRequest, is_here: bool) -> Value {
        let href = query_of(self.search.corpus().content(), ask);
        Value { title: title.to_owned(), lang: None, count: None, href, is_here }
    }
}
