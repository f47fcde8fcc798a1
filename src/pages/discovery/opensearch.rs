//! `opensearch.xml`: the description with which browsers search the site (`OpenSearch` 1.1).

use askama::Template;
use bytes::Bytes;

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::output::{Output, RenderError};

/// Maximum length of `ShortName` in characters.
const MAX_SHORT_NAME: usize = 16;

#[derive(Template)]
#[template(path = "discovery/opensearch.xml")]
struct Description<'r> {
    short_name: String,
    long_name: String,
    summary: &'r str,
    language: &'r str,
    own: String,
    search: String,
    icon: String,
}

/// Renders the description of the search in a language.
pub(crate) fn render(context: &Context<'_>, language: Language) -> Result<Output, RenderError> {
    let path = format!("{}opensearch.xml", context.root(language));
    let description = Description {
        short_name: context.site_name(language).chars().take(MAX_SHORT_NAME).collect(),
        long_name: context.full_site_name(language).chars().take(48).collect(),
        summary: context.locale(language).search_lead(),
        language: context.language_tag(language),
        own: context.absolute(&path),
        search: context.absolute(&context.search_path(language)),
        icon: context.absolute(context.assets.builtin("icon.svg")),
    };
    let body = Bytes::from(description.render()?);
    Ok(Output::file(
        path,
        "application/opensearchdescription+xml; charset=utf-8",
        Some(language),
        body,
    ))
}
