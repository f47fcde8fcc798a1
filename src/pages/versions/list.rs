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
    /// The present text, then the earlier ones.
    versions: Vec<VersionRow<'r>>,
    /// The page on which any two texts are compared.
    compare: String,
}

/// A text in the list.
struct VersionRow<'r> {
    href: String,
    from: Date,
    label: String,
    /// The link to what changed with it; none for the first text.
    changes: Option<(String, String)>,
    /// The notes of the changes that made it.
    notes: Vec<&'r str>,
}

pub(super) fn render(history: &TextHistory<'_, '_>) -> Result<Vec<Output>, RenderError> {
    let TextHistory { context, language, .. } = *history;
    let mut meta = history.meta(None, list_path);
    meta.title = context.locale(language).versions_of(&history.text.title.value);
    meta.crumb = Some(context.locale(language).earlier_texts().to_owned());
    let view = VersionsPage {
        layout: Layout::new(context, meta),
        versions: (0..=history.versions.len())
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
    /// The row of a text; `index` is one past the earlier texts for the present one.
    fn new(context: &Context<'r>, history: &TextHistory<'_, 'r>, index: usize) -> Self {
        let TextHistory { bulletin, language, .. } = *history;
        let locale = context.locale(language);
        let from = match history.versions.get(index) {
            Some((version, _)) => version.from,
            None => bulletin.updated().unwrap_or(bulletin.published()),
        };
        let from = context.date(from, language);
        let (href, label) = match history.versions.get(index) {
            Some((version, _)) => {
                let until = context.date(version.until, language).text;
                (history.version_path(index), locale.text_from_until(&from.text, &until))
            }
            None => (history.path.clone(), locale.present_text().to_owned()),
        };
        let before = index.checked_sub(1);
        let made = before.map(|before| (before, history.versions[before].0.until));
        let changes = bulletin.changes.iter();
        let notes = changes.filter(|change| made.is_some_and(|(_, made)| change.on == made));
        Self {
            href,
            from,
            label,
            changes: made.map(|(before, made)| {
                let on = context.date(made, language).text;
                (history.changes_path(before), locale.changed_text_on(&on))
            }),
            notes: notes.map(|change| localised(&change.note, language)).collect(),
        }
    }
}
