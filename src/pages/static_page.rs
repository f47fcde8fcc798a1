//! A static page, such as about or accessibility, or one below a folder.

use askama::Template;

use super::context::Context;
use super::data::file_kind::FileKind;
use super::data::page::Head;
use super::data::page::static_page::StaticPageData;
use super::layout::description::describe_text;
use super::layout::navigation::section_crumb;
use super::layout::{Layout, PageMeta, cn_gov_meta};
use super::markup::html::Html;
use super::markup::markdown;
use super::output::{Output, RenderError};
use crate::content::{BasicPage, Text};
use crate::record::PageRef;

#[derive(Template)]
#[template(path = "pages/static_page.html")]
struct StaticPageView<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    body: Html,
}

/// Renders a static page in one language: the page and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    index: usize,
    page: &BasicPage,
    text: &Text,
) -> Result<Vec<Output>, RenderError> {
    let content = context.record.content;
    let language = text.language;
    let item = PageRef::StaticPage(index);
    let path = item.path(content, language);
    let versions =
        page.texts.all().map(|text| (text.language, item.path(content, text.language))).collect();
    let lead = text.summary.as_ref().map(|summary| summary.value.as_str());
    let mut meta = PageMeta::new(language, Some(path.clone()), versions);
    meta.title.clone_from(&text.title.value);
    meta.description = describe_text(text);
    meta.above = section_crumb(context, &page.folder, language).into_iter().collect();
    meta.government_tags =
        cn_gov_meta::column_tags(&text.title.value, lead.unwrap_or_default(), &text.title.value);
    let view = StaticPageView {
        layout: Layout::new(context, meta),
        title: &text.title.value,
        lead,
        body: markdown::render(context, text, language),
    };
    let data = StaticPageData {
        head: Head::new(content, FileKind::StaticPage, &path, language),
        title: &text.title.value,
        summary: lead,
    };
    Output::page_with_data(&path, language, &view, &data)
}
