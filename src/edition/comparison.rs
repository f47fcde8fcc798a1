//! Compares two texts of a bulletin for one request.

use bytes::Bytes;

use super::Edition;
use super::compress::compress_dynamic;
use super::encoding::Encoding;
use super::resource::{PathEntry, Resource};
use crate::pages::versions::{ComparisonProblem, compared};

/// Renders the page at `path`, on which texts are chosen, with the changes between two of them.
pub(crate) fn comparison(
    edition: &Edition,
    path: &str,
    query: &str,
    encoding: Encoding,
) -> Result<Resource, ComparisonProblem> {
    let Some(PathEntry::Found(choice)) = edition.entry(path) else {
        return Err(ComparisonProblem::NoText);
    };
    let choice = choice.body.identity();
    let page = std::str::from_utf8(&choice).map_err(|_| ComparisonProblem::Internal)?;
    let (content, language) = (edition.search().corpus().content(), edition.language(path));
    let page = compared(content, edition.instant(), path, language, query, page)?;
    let tag = content.site.languages.tag(language);
    let media_type = "text/html; charset=utf-8";
    Ok(compress_dynamic(&Bytes::from(page), media_type, tag, encoding))
}
