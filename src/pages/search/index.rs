//! The search page without a query, and the page shell around results.

use askama::Template;

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::page::search::SearchData;
use crate::pages::error_page::{RecoveryLink, recovery_links};
use crate::pages::layout::{Layout, PageMeta, cn_gov_meta};
use crate::pages::markup::page_shell::markers;
use crate::pages::output::{Output, RenderError, ShellKind};

#[derive(Template)]
#[template(path = "search/index.html")]
struct SearchPage<'r> {
    layout: Layout<'r>,
    recovery_links: Vec<RecoveryLink>,
}

#[derive(Template)]
#[template(path = "search/shell.html")]
struct SearchFrame<'r> {
    layout: Layout<'r>,
    main: &'static str,
    feed: String,
    json: String,
}

/// Renders the page without a query, its data, and the redirect of the feed without a query.
pub(crate) fn render(
    context: &Context<'_>,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let locale = context.locale(language);
    let path = context.search_path(language);
    let mut meta =
        PageMeta::everywhere(context, language, |language| context.search_path(language));
    locale.search().clone_into(&mut meta.title);
    meta.description = Some(locale.search_lead().to_owned());
    meta.government_tags =
        cn_gov_meta::column_tags(locale.search(), locale.search_lead(), locale.search());
    let data = SearchData::empty(context, language);
    let view = SearchPage {
        layout: Layout::new(context, meta),
        recovery_links: recovery_links(context, language),
    };
    let mut outputs = Output::page_with_data(&path, language, &view, &data)?;
    outputs.push(Output::redirect(
        format!("{path}feed.xml"),
        format!("{}feed.xml", context.root(language)),
    ));
    Ok(outputs)
}

/// Renders the page shell around results, with slots for them.
pub(crate) fn results_shell(
    context: &Context<'_>,
    language: Language,
) -> Result<Output, RenderError> {
    let mut meta = PageMeta::new(language, None, Vec::new());
    context.locale(language).search().clone_into(&mut meta.title);
    let mut layout = Layout::new(context, meta);
    markers::TITLE.clone_into(&mut layout.document_title);
    layout.search.query = markers::QUERY;
    for switch in &mut layout.switches {
        if let Some(language) = context.record.content.site.languages.find(switch.tag) {
            switch.href = format!("{}{}", context.search_path(language), markers::ADDRESS);
        }
    }
    let path = context.search_path(language);
    let view = SearchFrame {
        layout,
        main: markers::MAIN,
        feed: format!("{path}feed.xml{}", markers::ADDRESS),
        json: format!("{path}index.json{}", markers::ADDRESS),
    };
    Output::page_shell(ShellKind::Search, language, &view)
}
