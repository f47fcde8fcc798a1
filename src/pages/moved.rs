//! The page at a former address for hosts that serve files only: it leads to the new address.

use askama::Template;

use super::assets::encoded;
use super::output::RenderError;
use crate::content::Content;
use crate::language::Language;

#[derive(Template)]
#[template(path = "pages/moved.html")]
struct MovedPage<'c> {
    language: &'c str,
    title: &'c str,
    target: &'c str,
    address: &'c str,
}

/// Renders the page that leads to a path of the site, in the language of that path.
///
/// # Errors
/// Fails if the template fails.
pub fn moved_page(
    content: &Content,
    target: &str,
    language: Language,
) -> Result<String, RenderError> {
    let path = encoded(target);
    let page = MovedPage {
        language: content.site.languages.tag(language),
        title: content.locale(language).moved_title(),
        target: &format!("{}{path}", content.site.path_prefix()),
        address: &content.site.absolute(&path),
    };
    Ok(page.render()?)
}
