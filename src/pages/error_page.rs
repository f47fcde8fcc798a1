//! The pages for requests without an answer: 400, 404, 405, 500.

use askama::Template;

use super::context::Context;
use super::layout::navigation::item_title;
use super::layout::{About, Layout};
use super::markup::page_shell::mark;
use super::output::{FrameKind, Output, Problem};
use crate::language::Language;
use crate::record::PageRef;

/// Stands in the page for [`Problem::Internal`] where the id of the failed request is shown.
pub const ERROR_ID_MARK: &str = "0000000000000000";

/// A place from which a lost visitor can go on.
pub(super) struct WayOn {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) summary: String,
}

#[derive(Template)]
#[template(path = "pages/error_page.html")]
struct ProblemPage<'r> {
    layout: Layout<'r>,
    status: u16,
    text: &'r str,
    error_id: Option<&'static str>,
    ways_on: Vec<WayOn>,
    /// A gap for what was perhaps looked for; nothing where nothing is filled in.
    found: &'static str,
}

/// The page for a problem in a language.
pub(super) fn render(
    context: &Context<'_>,
    problem: Problem,
    language: Language,
) -> askama::Result<Output> {
    let locale = context.locale(language);
    let (title, text) = match problem {
        Problem::BadRequest => (locale.bad_request_title(), locale.bad_request_text()),
        Problem::NotFound => (locale.not_found_title(), locale.not_found_text()),
        Problem::MethodNotAllowed => (locale.method_title(), locale.method_text()),
        Problem::Internal => (locale.internal_title(), locale.internal_text()),
    };
    let mut about = About::new(language, None, Vec::new());
    title.clone_into(&mut about.title);
    let page = page(context, problem, language, about, text);
    Output::problem(problem, language, &page)
}

/// The page for an address that has nothing, with gaps for what was perhaps looked for.
pub(super) fn frame(context: &Context<'_>, language: Language) -> askama::Result<Output> {
    let locale = context.locale(language);
    let mut about = About::new(language, None, Vec::new());
    locale.not_found_title().clone_into(&mut about.title);
    let mut page = page(context, Problem::NotFound, language, about, locale.not_found_text());
    page.layout.search.query = mark::QUERY;
    page.found = mark::MAIN;
    Output::frame(FrameKind::NotFound, language, &page)
}

fn page<'r>(
    context: &Context<'r>,
    problem: Problem,
    language: Language,
    about: About,
    text: &'r str,
) -> ProblemPage<'r> {
    ProblemPage {
        layout: Layout::new(context, about),
        status: problem.status(),
        text,
        error_id: (problem == Problem::Internal).then_some(ERROR_ID_MARK),
        ways_on: ways_on(context, language),
        found: "",
    }
}

/// The sections, the goals and the home page.
pub(super) fn ways_on(context: &Context<'_>, language: Language) -> Vec<WayOn> {
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
            WayOn {
                href: item.path(content, language),
                title: item_title(context, item, language),
                summary: summary.map_or_else(String::new, |summary| summary.value.clone()),
            }
        })
        .collect()
}
