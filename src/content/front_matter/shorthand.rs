//! Guesses the keys that are meant where one text is written instead of a mapping:
//! `source: Harbin Daily` for `source: { name: Harbin Daily }`.

use super::moment;
use super::scalar::ELLIPSIS;
use crate::content::number;
use crate::content::slug::is_slug;

/// Returns keys and values for a text. [`ELLIPSIS`] replaces a value that the text does not give.
pub(crate) type ExpandShorthand = fn(&str) -> Vec<(&'static str, String)>;

/// A source or a publisher by its name.
pub(crate) fn name(text: &str) -> Vec<(&'static str, String)> {
    pairs([("name", text)])
}

/// A text as the key `contact`.
pub(crate) fn contact(text: &str) -> Vec<(&'static str, String)> {
    pairs([("contact", text)])
}

/// A text as the key `site_id_code`.
pub(crate) fn site_id_code(text: &str) -> Vec<(&'static str, String)> {
    pairs([("site_id_code", text)])
}

/// A last day.
pub(crate) fn closes(text: &str) -> Vec<(&'static str, String)> {
    pairs([("closes", text)])
}

/// A contact by its telephone number.
pub(crate) fn phone(text: &str) -> Vec<(&'static str, String)> {
    pairs([("phone", text)])
}

/// A former name, whose last day is still to be written.
pub(crate) fn title(text: &str) -> Vec<(&'static str, String)> {
    pairs([("title", text), ("until", ELLIPSIS)])
}

/// An event by its title, whose time is still to be written.
pub(crate) fn event(text: &str) -> Vec<(&'static str, String)> {
    pairs([("title", text), ("from", ELLIPSIS)])
}

/// A document by its number; by its kind if the text has no number.
pub(crate) fn document(text: &str) -> Vec<(&'static str, String)> {
    let is_number = text.contains(|c: char| c.is_numeric() || c == '号');
    pairs([(if is_number { "number" } else { "kind" }, text)])
}

/// The name of a kind of document, whose title is still to be written.
pub(crate) fn document_kind(text: &str) -> Vec<(&'static str, String)> {
    let (name, title) = if is_slug(text) { (text, ELLIPSIS) } else { (ELLIPSIS, text) };
    pairs([("name", name), ("title", title)])
}

/// `83000 jobs` as the value and the unit of a target.
pub(crate) fn target(text: &str) -> Vec<(&'static str, String)> {
    let (value, unit) = number::meant(text)
        .map_or_else(|| (ELLIPSIS.to_owned(), String::new()), |meant| (meant.number, meant.unit));
    pairs([("value", value.as_str()), ("unit", if unit.is_empty() { ELLIPSIS } else { &unit })])
}

/// `2022` as the first and the last day of the year, `2021-2025` as those of the years, and dates
/// as they are.
pub(crate) fn period(text: &str) -> Vec<(&'static str, String)> {
    let dates: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter(|part| moment::is_iso(part))
        .collect();
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (from, to) = match (dates.as_slice(), numbers.as_slice()) {
        ([from, to], _) => ((*from).to_owned(), (*to).to_owned()),
        ([from], _) => ((*from).to_owned(), ELLIPSIS.to_owned()),
        (_, [year]) if year.len() == 4 => (format!("{year}-01-01"), format!("{year}-12-31")),
        (_, [from, to]) if from.len() == 4 && to.len() == 4 => {
            (format!("{from}-01-01"), format!("{to}-12-31"))
        }
        _ => (ELLIPSIS.to_owned(), ELLIPSIS.to_owned()),
    };
    pairs([("from", from.as_str()), ("to", to.as_str())])
}

/// A slug as the milestone's id, any other text as its title.
pub(crate) fn milestone(text: &str) -> Vec<(&'static str, String)> {
    let (id, title) = if is_slug(text) { (text, ELLIPSIS) } else { (ELLIPSIS, text) };
    pairs([("id", id), ("title", title)])
}

/// A report on the goal of this name.
pub(crate) fn report(text: &str) -> Vec<(&'static str, String)> {
    pairs([("goal", text), ("value", ELLIPSIS), ("as_of", ELLIPSIS)])
}

/// A revision of the goal of this name.
pub(crate) fn revision(text: &str) -> Vec<(&'static str, String)> {
    pairs([("goal", text), ("target", ELLIPSIS)])
}

/// A status for the goal of this name.
pub(crate) fn status_override(text: &str) -> Vec<(&'static str, String)> {
    pairs([("goal", text), ("status", ELLIPSIS), ("reason", ELLIPSIS)])
}

/// A change by its date or by its note.
pub(crate) fn change(text: &str) -> Vec<(&'static str, String)> {
    date_or_text("note", text)
}

/// A removal by its date or by its reason.
pub(crate) fn removal(text: &str) -> Vec<(&'static str, String)> {
    date_or_text("reason", text)
}

/// A date as the key `on`, any other text as `text_key`; `true` and `false` as neither.
fn date_or_text(text_key: &'static str, text: &str) -> Vec<(&'static str, String)> {
    let (on, words) = match text {
        "true" | "false" => (ELLIPSIS, ELLIPSIS),
        date if moment::is_iso(date) => (date, ELLIPSIS),
        words => (ELLIPSIS, words),
    };
    pairs([("on", on), (text_key, words)])
}

fn pairs<const N: usize>(pairs: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
    pairs.into_iter().map(|(key, value)| (key, value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn period_as_one_text_becomes_days() {
        for (text, from, to) in [
            ("2022", "2022-01-01", "2022-12-31"),
            ("2021–2025年", "2021-01-01", "2025-12-31"),
            ("2021-2025", "2021-01-01", "2025-12-31"),
            ("2022-03-01 to 2022-06-30", "2022-03-01", "2022-06-30"),
            ("2022-03-01", "2022-03-01", ELLIPSIS),
            ("2022-03", ELLIPSIS, ELLIPSIS),
            ("soon", ELLIPSIS, ELLIPSIS),
        ] {
            assert_eq!(period(text), pairs([("from", from), ("to", to)]), "{text}");
        }
    }
}
