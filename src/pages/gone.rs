//! The page of a bulletin that was removed or has expired: 410, with the reason.

use askama::Template;

use super::assets::{files_of, stable_path};
use super::context::Context;
use super::error_page::{RecoveryLink, recovery_links};
use super::layout::{Layout, PageMeta};
use super::output::{Output, RenderError};
use super::versions::gone_paths;
use crate::content::Text;
use crate::language::Language;
use crate::record::{Gone, GoneReason};

#[derive(Template)]
#[template(path = "pages/gone.html")]
struct GonePage<'r> {
    layout: Layout<'r>,
    when: String,
    reason: Option<&'r str>,
    replaced_by: Option<(String, String)>,
    recovery_links: Vec<RecoveryLink>,
}

/// Renders the page at a former bulletin's address in one language. The text of the bulletin is not
/// shown.
pub(super) fn render(
    context: &Context<'_>,
    gone: &Gone<'_>,
    text: &Text,
) -> Result<Vec<Output>, RenderError> {
    let language = text.language;
    let locale = context.locale(language);
    let mut meta = PageMeta::new(language, None, Vec::new());
    locale.gone_title().clone_into(&mut meta.title);
    let (when, reason, replaced_by) = match gone.reason {
        GoneReason::Expired(moment) => {
            (locale.expired_on(&context.date(moment, language).text), None, None)
        }
        GoneReason::Removed(removal) => (
            locale.removed_on(&context.day(removal.on, language).text),
            Some(removal.reason.get(language)),
            removal
                .replaced_by
                .as_ref()
                .and_then(|slug| context.replacement(&slug.value, language)),
        ),
    };
    let page = GonePage {
        layout: Layout::new(context, meta),
        when,
        reason,
        replaced_by,
        recovery_links: recovery_links(context, language),
    };
    let path = path(context, gone, language);
    // Its earlier texts, its data, and the files that only it referred to, were addresses too.
    let mut paths = vec![path.clone(), format!("{path}index.json")];
    paths.extend(gone_paths(context.record, gone, &path, language));
    if language.is_default() {
        paths.extend(files_beside(context, text));
    }
    paths.iter().map(|path| Output::gone(path, language, &page)).collect()
}

/// The former address of a bulletin in one language.
pub(super) fn path(context: &Context<'_>, gone: &Gone<'_>, language: Language) -> String {
    let source = gone.source;
    format!("{}{}/{}/", context.root(language), source.folder, source.slug)
}

/// The paths of the files that a former bulletin referred to and no public page refers to.
fn files_beside(context: &Context<'_>, text: &Text) -> Vec<String> {
    let files = files_of(context.record, text)
        .into_iter()
        .filter(|file| context.assets.file(file).is_none());
    files.filter_map(|file| stable_path(&file)).collect()
}
