//! The page of a text that a bulletin had before, with a notice of its period.

use askama::Template;

use super::{TextHistory, time_map, version_path};
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::page::versions::VersionData;
use crate::pages::layout::Layout;
use crate::pages::markup::html::Html;
use crate::pages::markup::markdown;
use crate::pages::output::{Output, RenderError};

#[derive(Template)]
#[template(path = "pages/version.html")]
struct VersionPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    period: String,
    /// The present text.
    present: String,
    /// The link to what changed after this text.
    changes: (String, String),
    /// When the bulletin was withdrawn, if it was.
    withdrawn: Option<String>,
    body: Html,
    /// The first words of each paragraph of the text.
    paragraphs: Vec<Html>,
}

pub(super) fn render(
    history: &TextHistory<'_, '_>,
    index: usize,
) -> Result<Vec<Output>, RenderError> {
    let TextHistory { context, bulletin, language, .. } = *history;
    let locale = context.locale(language);
    let (version, text) = history.versions[index];
    let (from, until) =
        (context.date(version.from, language), context.date(version.until, language));
    let day = version.source.day;
    let mut meta = history.meta(Some(day), |bulletin| version_path(bulletin, day));
    meta.title = locale.version_title(&text.title.value, &context.date_of(day, language).text);
    meta.crumb = Some(from.text.clone());
    meta.above.push(history.list_crumb());
    meta.article = Some((bulletin.published().instant, version.from.instant));
    let (body, paragraphs) = markdown::render_with_paragraphs(context, text, language);
    let view = VersionPage {
        layout: Layout::new(context, meta),
        title: &text.title.value,
        lead: text.summary.as_ref().map(|summary| summary.value.as_str()),
        period: locale.version_period(&from.text, &until.text),
        present: history.path.clone(),
        changes: (history.changes_path(index), locale.changed_text_on(&until.text)),
        withdrawn: bulletin
            .withdrawn
            .map(|removal| locale.withdrawn_on(&context.day(removal.on, language).text)),
        body,
        paragraphs,
    };
    let path = history.version_path(index);
    let data = VersionData {
        head: history.head(FileKind::Version, &path),
        bulletin: context.absolute(&history.path),
        title: view.title,
        summary: view.lead,
        period: history.period(index),
    };
    let mut outputs = Output::page_with_data(&path, language, &view, &data)?;
    Output::add_memento(&mut outputs, time_map::version(history, index));
    Ok(outputs)
}
