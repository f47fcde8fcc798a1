//! A plain page: about, accessibility.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Context;
use super::data::kind::FileKind;
use super::html::Html;
use super::layout::{About, Layout};
use super::{Output, government};
use crate::content::{BasicPage, Text};
use crate::record::Item;

#[derive(Template)]
#[template(path = "plain.html")]
struct PlainPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    body: Html,
}

/// A plain page in a language.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlainData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tag of the page's language.
    language: &'r str,
    /// What the page is called.
    title: &'r str,
    /// What it says, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'r str>,
}

/// A plain page in a language that it is written in, and its data.
pub(super) fn render(
    context: &Context<'_>,
    place: usize,
    page: &BasicPage,
    text: &Text,
) -> askama::Result<Vec<Output>> {
    let content = context.record.content;
    let language = text.language;
    let item = Item::Page(place);
    let path = item.path(content, language);
    let versions =
        page.texts.all().map(|text| (text.language, item.path(content, text.language))).collect();
    let lead = text.summary.as_ref().map(|summary| summary.value.as_str());
    let mut about = About::new(language, Some(path.clone()), versions);
    about.title.clone_from(&text.title.value);
    about.description = lead.map(ToOwned::to_owned);
    about.government =
        government::column_tags(&text.title.value, lead.unwrap_or_default(), &text.title.value);
    let view = PlainPage {
        layout: Layout::new(context, about),
        title: &text.title.value,
        lead,
        body: context.prose(text, language),
    };
    let data = PlainData {
        schema: FileKind::Plain.schema_url(context),
        url: context.absolute(&path),
        language: context.tag(language),
        title: &text.title.value,
        summary: lead,
    };
    Output::page_with_data(&path, language, None, &view, &data)
}
