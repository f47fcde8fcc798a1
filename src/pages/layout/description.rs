//! The description of a page for search engines and link previews, where it has no summary.

use crate::content::Text;
use crate::language::{Language, Locale};
use crate::pages::context::Context;
use crate::record::BulletinId;
use crate::search::plain_text;

/// Number of names that describe a list.
const NAMES: usize = 3;

/// The longest description taken from a text, in characters: search engines show about as many.
const MAX_OPENING: usize = 160;

/// The summary of a text or, without one, its opening words.
pub(crate) fn describe_text(text: &Text) -> Option<String> {
    let summary = text.summary.as_ref().map(|summary| summary.value.clone());
    summary.or_else(|| opening(&plain_text(&text.body.markdown)))
}

/// The title of a list, and the first names in it.
pub(crate) fn describe_list<'n>(
    locale: &Locale,
    title: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<String> {
    let names: Vec<&str> = names.into_iter().take(NAMES).collect();
    (!names.is_empty()).then(|| locale.label(title, &names.join(locale.sentence_separator())))
}

/// The title of a list of bulletins, and the first of them.
pub(crate) fn describe_bulletins(
    context: &Context<'_>,
    title: &str,
    bulletins: &[BulletinId],
    language: Language,
) -> Option<String> {
    let names = bulletins
        .iter()
        .map(|id| &*context.record.bulletin(*id).source.texts.in_language(language).title.value);
    describe_list(context.locale(language), title, names)
}

/// A description, or the title of a page that search engines may index: a list with nothing in it
/// yet has nothing else.
pub(super) fn description_or(
    description: Option<String>,
    title: &str,
    is_indexed: bool,
) -> Option<String> {
    let description = description.filter(|description| !description.is_empty());
    description.or_else(|| is_indexed.then(|| title.to_owned()))
}

/// The first line of a text, up to its last sentence or word that fits.
fn opening(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let Some((end, _)) = line.char_indices().nth(MAX_OPENING) else { return Some(line.to_owned()) };
    let whole = &line[..end];
    let cut = whole.rfind(['。', '；', '，']).map(|at| at + '。'.len_utf8());
    let cut = cut.or_else(|| whole.rfind(' ')).unwrap_or(end);
    let kept = whole[..cut].trim_end_matches(['，', '；', ',', ';', ' ']);
    Some(if kept.ends_with('。') { kept.to_owned() } else { format!("{kept}…") })
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn opening_ends_between_words_or_clauses() {
        let (english, chinese) = ("word ".repeat(60), "供热于十月开始，".repeat(40));
        for (text, expected) in [
            ("\n\nThe lake.\nMore.", Some("The lake.".to_owned())),
            ("", None),
            (&english, Some(format!("{}…", "word ".repeat(32).trim_end()))),
            (&chinese, Some(format!("{}…", "供热于十月开始，".repeat(20).trim_end_matches('，')))),
        ] {
            assert_eq!(opening(text), expected);
        }
    }
}
