//! The search page before anything was typed, and the frame in which results stand.

use askama::Template;

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::page::search::SearchData;
use crate::pages::error_page::{WayOn, ways_on};
use crate::pages::layout::{About, Layout, cn_gov_meta};
use crate::pages::markup::page_shell::mark;
use crate::pages::output::{FrameKind, Output};

#[derive(Template)]
#[template(path = "search/index.html")]
struct SearchPage<'r> {
    layout: Layout<'r>,
    ways_on: Vec<WayOn>,
}

#[derive(Template)]
#[template(path = "search/shell.html")]
struct SearchFrame<'r> {
    layout: Layout<'r>,
    main: &'static str,
    feed: String,
    json: String,
}

/// The page before anything was typed, its data, and where a feed of nothing leads.
pub(crate) fn render(context: &Context<'_>, language: Language) -> askama::Result<Vec<Output>> {
    let locale = context.locale(language);
    let path = context.search_path(language);
    let mut about = About::everywhere(context, language, |language| context.search_path(language));
    locale.search().clone_into(&mut about.title);
    about.description = Some(locale.search_lead().to_owned());
    about.government =
        cn_gov_meta::column_tags(locale.search(), locale.search_lead(), locale.search());
    let data = SearchData::empty(context, language);
    let view =
        SearchPage { layout: Layout::new(context, about), ways_on: ways_on(context, language) };
    let mut outputs = Output::page_with_data(&path, language, None, &view, &data)?;
    outputs.push(Output::redirect(
        format!("{path}feed.xml"),
        format!("{}feed.xml", context.root(language)),
    ));
    Ok(outputs)
}

/// The page around results, with gaps for them.
pub(crate) fn frame(context: &Context<'_>, language: Language) -> askama::Result<Output> {
    let mut about = About::new(language, None, Vec::new());
    context.locale(language).search().clone_into(&mut about.title);
    let mut layout = Layout::new(context, about);
    mark::TITLE.clone_into(&mut layout.document_title);
    layout.search.query = mark::QUERY;
    for switch in &mut layout.switches {
        if let Some(language) = context.record.content.site.languages.find(switch.tag) {
            switch.href = format!("{}{}", context.search_path(language), mark::ADDRESS);
        }
    }
    let path = context.search_path(language);
    let view = SearchFrame {
        layout,
        main: mark::MAIN,
        feed: format!("{path}feed.xml{}", mark::ADDRESS),
        json: format!("{path}index.json{}", mark::ADDRESS),
    };
    Output::frame(FrameKind::Search, language, &view)
}
