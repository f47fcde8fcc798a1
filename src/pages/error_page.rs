//! The error pages: 400, 404, 405, 500.

use askama::Template;

use super::context::Context;
use super::layout::navigation::item_title;
use super::layout::{Layout, PageMeta};
use super::markup::page_shell::markers;
use super::output::{ErrorPage, Output, RenderError, ShellKind};
use crate::language::Language;
use crate::record::PageRef;

/// Placeholder in the page of [`ErrorPage::Internal`] for the id of the failed request.
pub const ERROR_ID_MARK: &str = "0000000000000000";

/// A link from which a visitor can go on after an error.
pub(super) struct RecoveryLink {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) summary: String,
}

#[derive(Template)]
#[template(path = "pages/error_page.html")]
struct ErrorPageView<'r> {
    layout: Layout<'r>,
    status: u16,
    text: &'r str,
    error_id: Option<&'static str>,
    recovery_links: Vec<RecoveryLink>,
    /// The slot for search results that match the address; empty on pages without slots.
    found: &'static str,
}

/// Renders an error page.
pub(super) fn render(
    context: &Context<'_>,
    error: ErrorPage,
    language: Language,
) -> Result<Output, RenderError> {
    let locale = context.locale(language);
    let (title, text) = match error {
        ErrorPage::BadRequest => (locale.bad_request_title(), locale.bad_request_text()),
        ErrorPage::NotFound => (locale.not_found_title(), locale.not_found_text()),
        ErrorPage::MethodNotAllowed => {
            (locale.method_not_allowed_title(), locale.method_not_allowed_text())
        }
        ErrorPage::Internal => (locale.server_error_title(), locale.server_error_text()),
    };
    let mut meta = PageMeta::new(language, None, Vec::new());
    title.clone_into(&mut meta.title);
    let page = page(context, error, language, meta, text);
    Output::error_page(error, language, &page)
}

/// Renders the 404 page with slots for search results that match the address.
pub(super) fn not_found_shell(
    context: &Context<'_>,
    language: Language,
) -> Result<Output, RenderError> {
    let locale = context.locale(language);
    let mut meta = PageMeta::new(language, None, Vec::new());
    locale.not_found_title().clone_into(&mut meta.title);
    let mut page = page(context, ErrorPage::NotFound, language, meta, locale.not_found_text());
    page.layout.search.query = markers::QUERY;
    page.found = markers::MAIN;
    Output::page_shell(ShellKind::NotFound, language, &page)
}

fn page<'r>(
    context: &Context<'r>,
    error: ErrorPage,
    language: Language,
    meta: PageMeta,
    text: &'r str,
) -> ErrorPageView<'r> {
    ErrorPageView {
        layout: Layout::new(context, meta),
        status: error.status(),
        text,
        error_id: (error == ErrorPage::Internal).then_some(ERROR_ID_MARK),
        recovery_links: recovery_links(context, language),
        found: "",
    }
}

/// Links to the sections, the list of goals and the home page.
pub(super) fn recovery_links(context: &Context<'_>, language: Language) -> Vec<RecoveryLink> {
    let content = context.record.content;
    let sections = (0..content.sections.len()).map(PageRef::Section);
    let items = sections.chain([PageRef::Goals, PageRef::Home]);
    items
        .map(|item| {
            let texts = match item {
                PageRef::Section(place) => Some(&content.sections[place].texts),
                PageRef::Goals => content.goals_index.as_ref().map(|goals| &goals.texts),
                _ => content.home.as_ref().map(|home| &home.texts),
            };
            let summary = texts.and_then(|texts| texts.in_language(language).summary.as_ref());
            RecoveryLink {
                href: item.path(content, language),
                title: item_title(context, item, language),
                summary: summary.map_or_else(String::new, |summary| summary.value.clone()),
            }
        })
        .collect()
}
