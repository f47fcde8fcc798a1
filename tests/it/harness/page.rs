//! HTML pages and their elements.

use scraper::{ElementRef, Html, Selector};

/// An HTML page.
pub(crate) struct Page {
    html: Html,
    uri: String,
}

impl Page {
    pub(crate) fn new(uri: &str, html: &str) -> Self {
        Self { html: Html::parse_document(html), uri: uri.to_owned() }
    }

    /// The elements that match a selector, in order.
    #[track_caller]
    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html.select(&selector).collect()
    }

    /// The one element that matches a selector.
    #[track_caller]
    pub(crate) fn one(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "`{selector}` in {}", self.uri);
        found[0]
    }

    /// The text of the one element that matches a selector.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        text_of(self.one(selector))
    }

    /// The texts of all elements that match a selector.
    #[track_caller]
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text_of).collect()
    }

    /// An attribute of the one element that matches a selector.
    #[track_caller]
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        let found = self.one(selector).value().attr(name);
        found.unwrap_or_else(|| panic!("`{selector}` has no `{name}` in {}", self.uri)).to_owned()
    }

    /// An attribute of all elements that match a selector and have it.
    #[track_caller]
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector)
            .into_iter()
            .filter_map(|one| one.value().attr(name))
            .map(ToOwned::to_owned)
            .collect()
    }

    /// The `content` of the one `<meta name>`, or none.
    #[track_caller]
    pub(crate) fn meta(&self, name: &str) -> Option<String> {
        let found = self.attributes(&format!("meta[name='{name}']"), "content");
        assert!(found.len() < 2, "{name} stands {} times in {}", found.len(), self.uri);
        found.into_iter().next()
    }

    /// The graph of the page's JSON-LD.
    #[track_caller]
    pub(crate) fn graph(&self) -> Vec<serde_json::Value> {
        let script: String = self.one("script[type='application/ld+json']").text().collect();
        let data: serde_json::Value = serde_json::from_str(&script).expect("JSON-LD");
        assert_eq!(data["@context"], "https://schema.org");
        data["@graph"].as_array().expect("a graph").clone()
    }
}

/// The text of an element, with each run of white space as one space.
pub(crate) fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of the elements inside one that match a selector.
#[track_caller]
pub(crate) fn children(element: ElementRef<'_>, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    element.select(&selector).map(text_of).collect()
}

/// The target of the first link inside an element.
#[track_caller]
pub(crate) fn href(element: ElementRef<'_>) -> String {
    let link =
        element.select(&Selector::parse("a[href]").expect("a selector")).next().expect("a link");
    link.value().attr("href").expect("an address").to_owned()
}
