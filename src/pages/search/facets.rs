//! Facets of search results, as links.

use crate::content::Content;
use crate::language::Locale;
use crate::pages::components::document::facts::validity_word;
use crate::pages::context::category_title;
use crate::pages::data::search_url::query_of;
use crate::record::PageRef;
use crate::search::{
    DocumentKind, Facets, Filters, Search, SearchRequest, SearchResults, SortOrder,
};

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
    request: &SearchRequest,
    results: &SearchResults,
) -> Vec<Facet<'r>> {
    let content = search.corpus().content();
    let locale = content.locale(request.language);
    let builder = FacetBuilder { content, locale, request };
    let filters_in_use = request.filters;
    let found = &results.facets;
    let kinds = builder.kinds(found);
    let bodies = builder.groups(&found.bodies, |filters, page| filters.body = page);
    let topics = builder.groups(&found.topics, |filters, page| filters.topic = page);
    let documents =
        builder.groups(&found.document_kinds, |filters, page| filters.document_kind = page);
    let filters = [
        builder.filter(locale.filter_kind(), kinds, Filters { kind: None, ..filters_in_use }),
        builder.filter(
            locale.category(),
            builder.categories(found),
            Filters { category: None, ..filters_in_use },
        ),
        builder.filter(locale.issuer(), bodies, Filters { body: None, ..filters_in_use }),
        builder.filter(locale.topics(), topics, Filters { topic: None, ..filters_in_use }),
        builder.filter(
            locale.document_kind(),
            documents,
            Filters { document_kind: None, ..filters_in_use },
        ),
        builder.filter(
            locale.validity(),
            builder.validities(found),
            Filters { validity: None, ..filters_in_use },
        ),
        builder.filter(
            locale.filter_year(),
            builder.years(found),
            Filters { year: None, ..filters_in_use },
        ),
        builder.filter(
            locale.languages(),
            builder.languages(found),
            Filters { language: None, ..filters_in_use },
        ),
    ];
    let mut facets: Vec<Facet<'r>> = filters.into_iter().flatten().collect();
    // Without words there is no relevance to sort by.
    if results.total > 1 && !request.query.trim().is_empty() {
        let values = vec![
            builder.order(SortOrder::Relevance, locale.sort_by_relevance()),
            builder.order(SortOrder::Date, locale.sort_by_date()),
        ];
        facets.push(Facet { title: locale.sort_by(), values });
    }
    facets
}

struct FacetBuilder<'r, 'm> {
    content: &'r Content,
    locale: &'r Locale,
    request: &'m SearchRequest,
}

impl<'r> FacetBuilder<'r, '_> {
    fn kinds(&self, facets: &Facets) -> Vec<Value> {
        let kinds = facets.kinds.iter().map(|(kind, count)| {
            let filters = Filters { kind: Some(*kind), ..self.request.filters };
            self.value(kind_word(self.locale, *kind), *count, filters)
        });
        kinds.collect()
    }

    fn categories(&self, facets: &Facets) -> Vec<Value> {
        let categories = facets.categories.iter().map(|(index, count)| {
            let title = category_title(&self.content.categories[*index], self.request.language);
            let filters = Filters { category: Some(*index), ..self.request.filters };
            self.value(title, *count, filters)
        });
        categories.collect()
    }

    /// The values of a filter by body, topic or kind of document, which `set` sets.
    fn groups(
        &self,
        counts: &[(PageRef, usize)],
        set: fn(&mut Filters, Option<PageRef>),
    ) -> Vec<Value> {
        let values = counts.iter().map(|(page, count)| {
            let mut filters = self.request.filters;
            set(&mut filters, Some(*page));
            self.value(self.group_title(*page), *count, filters)
        });
        values.collect()
    }

    fn group_title(&self, page: PageRef) -> &'r str {
        match page {
            PageRef::DocumentKind(index) => {
                self.content.site.documents.kinds[index].title.get(self.request.language)
            }
            _ => page.texts(self.content).map_or("", |texts| {
                let text = texts.in_language(self.request.language);
                text.short_title.as_deref().unwrap_or(&text.title.value)
            }),
        }
    }

    fn validities(&self, facets: &Facets) -> Vec<Value> {
        let validities = facets.validities.iter().map(|(state, count)| {
            let filters = Filters { validity: Some(*state), ..self.request.filters };
            self.value(validity_word(self.locale, *state), *count, filters)
        });
        validities.collect()
    }

    fn years(&self, facets: &Facets) -> Vec<Value> {
        let years = facets.years.iter().map(|(year, count)| {
            let filters = Filters { year: Some(*year), ..self.request.filters };
            self.value(&self.locale.year_heading(&year.to_string()), *count, filters)
        });
        years.collect()
    }

    fn languages(&self, facets: &Facets) -> Vec<Value> {
        let languages = facets.languages.iter().map(|(language, count)| {
            let filters = Filters { language: Some(*language), ..self.request.filters };
            let name = self.content.locale(*language).language_name();
            let tag = self.content.site.languages.tag(*language).to_owned();
            let lang = (*language != self.request.language).then_some(tag);
            Value { lang, ..self.value(name, *count, filters) }
        });
        languages.collect()
    }

    /// A filter, with a link that removes it; `None` if there is nothing to choose.
    fn filter(
        &self,
        title: &'r str,
        mut values: Vec<Value>,
        without: Filters,
    ) -> Option<Facet<'r>> {
        let is_in_use = self.request.filters != without;
        if values.len() < 2 && !is_in_use {
            return None;
        }
        let other_request = SearchRequest { filters: without, page: 1, ..self.request.clone() };
        values.insert(0, self.link(self.locale.filter_all(), &other_request, !is_in_use));
        Some(Facet { title, values })
    }

    fn value(&self, title: &str, count: usize, filters: Filters) -> Value {
        let other_request = SearchRequest { filters, page: 1, ..self.request.clone() };
        let value = self.link(title, &other_request, filters == self.request.filters);
        Value { count: Some(self.locale.count(count)), ..value }
    }

    fn order(&self, order: SortOrder, title: &str) -> Value {
        let other_request = SearchRequest { order, page: 1, ..self.request.clone() };
        self.link(title, &other_request, self.request.order == order)
    }

    fn link(&self, title: &str, request: &SearchRequest, is_here: bool) -> Value {
        let href = query_of(self.content, request);
        Value { title: title.to_owned(), lang: None, count: None, href, is_here }
    }
}
