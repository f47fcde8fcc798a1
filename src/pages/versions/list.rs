//! The list of the texts that a bulletin had, the newest first.

use askama::Template;

use super::{TextHistory, compare_path, list_path};
use crate::pages::context::{Context, Date, localised};
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::page::versions::VersionsData;
use crate::pages::layout::Layout;
use crate::pages::output::{Output, RenderError};

#[derive(Template)]
#[template(path = "pages/versions.html")]
struct VersionsPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    /// The present text: its path, and the day from which it is public.
    present: (String, Date),
    versions: Vec<VersionRow<'r>>,
    /// The page on which any two texts are compared.
    compare: String,
}

/// An earlier text in the list.
struct VersionRow<'r> {
    href: String,
    from: Date,
    period: String,
    /// The link to what changed after it.
    changes: (String, String),
    /// The notes of the changes that ended it.
    notes: Vec<&'r str>,
}

pub(super) fn render(history: &TextHistory<'_, '_>) -> Result<Vec<Output>, RenderError> {
    let TextHistory { context, language, .. } = *history;
    let mut meta = history.meta(None, list_path);
    meta.title = context.locale(language).versions_of(&history.text.title.value);
    let present = history.bulletin.updated().unwrap_or(history.bulletin.published());
    let view = VersionsPage {
        layout: Layout::new(context, meta),
        title: &history.text.title.value,
        present: (history.path.clone(), context.date(present, language)),
        versions: (0..history.versions.len())
            .rev()
            .map(|index| VersionRow::new(context, history, index))
            .collect(),
        compare: compare_path(&history.path),
    };
    let data = VersionsData {
        head: history.head(FileKind::Versions, &history.list_path()),
        bulletin: context.absolute(&history.path),
        versions: (0..history.versions.len()).map(|index| history.link(index)).collect(),
    };
    Output::page_with_data(&history.list_path(), language, &view, &data)
}

impl<'r> VersionRow<'r> {
    fn new(context: &Context<'r>, history: &TextHistory<'_, 'r>, index: usize) -> Self {
        let language = history.language;
        let locale = context.locale(language);
        let version = history.versions[index].0;
        let (from, until) =
            (context.date(version.from, language), context.date(version.until, language));
        let changes = history.bulletin.changes.iter();
        let notes = changes.filter(|change| change.on == version.until);
        Self {
            href: history.version_path(index),
            period: locale.text_from_until(&from.text, &until.text),
            changes: (history.changes_path(index), locale.changed_text_on(&until.text)),
            notes: notes.map(|change| localised(&change.note, language)).collect(),
            from,
        }
    }
}
