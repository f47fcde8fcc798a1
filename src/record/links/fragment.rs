//! Checks the fragments of links: headings, and the numbers of paragraphs.

use super::problem::LinkProblem;
use crate::content::Text;
use crate::content::markdown::count_paragraphs;
use crate::diagnostic::closest;

/// A page of a bulletin's earlier texts.
pub(super) enum VersionPage<'c> {
    /// The page of one text.
    Text(&'c Text),
    /// Their list, or a comparison.
    Other,
}

/// Checks that a text has a heading for a fragment, or a paragraph if these have numbers.
pub(super) fn check_fragment(
    text: &Text,
    fragment: &str,
    has_numbers: bool,
) -> Result<(), LinkProblem> {
    if text.body.has_fragment(fragment) {
        return Ok(());
    }
    if has_numbers && let Some(number) = paragraph_number(fragment) {
        let count = count_paragraphs(&text.body.markdown);
        return if number <= count {
            Ok(())
        } else {
            Err(LinkProblem::NoParagraph { number, count })
        };
    }
    let known: Vec<String> = text.body.headings.iter().map(|heading| heading.id.clone()).collect();
    let meant = closest(fragment, known.iter().map(String::as_str)).map(ToOwned::to_owned);
    Err(LinkProblem::NoFragment { fragment: fragment.to_owned(), meant, known })
}

/// The number in `p12`, as pages write it.
fn paragraph_number(fragment: &str) -> Option<usize> {
    let number: usize = fragment.strip_prefix('p')?.parse().ok()?;
    (number > 0 && fragment == format!("p{number}")).then_some(number)
}
