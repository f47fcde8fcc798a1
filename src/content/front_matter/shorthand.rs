//! How a text that stands where keys are meant is written as keys: `source: Harbin Daily` as `name: Harbin Daily`.

use super::moment;
use super::value_reader::ELLIPSIS;
use crate::content::number;
use crate::content::paths::is_slug;

/// Gives the keys and values that say what a text says.
pub(crate) type ExpandShorthand = fn(&str) -> Vec<(&'static str, String)>;

/// A source or a publisher, by its name.
pub(crate) fn name(text: &str) -> Vec<(&'static str, String)> {
    vec![("name", text.to_owned())]
}

/// `83000 jobs` as the value and the unit of a target.
pub(crate) fn target(text: &str) -> Vec<(&'static str, String)> {
    let meant = number::meant(text);
    let value = meant.as_ref().map(|meant| meant.number.clone());
    let unit = meant.map(|meant| meant.unit).filter(|unit| !unit.is_empty());
    vec![
        ("value", value.unwrap_or_else(|| ELLIPSIS.to_owned())),
        ("unit", unit.unwrap_or_else(|| ELLIPSIS.to_owned())),
    ]
}

/// `2022` as the first and the last day of the year, `2021-2025` as those of the years, and dates as they are.
pub(crate) fn period(text: &str) -> Vec<(&'static str, String)> {
    let parts = |is_part: fn(char) -> bool| {
        text.split(move |c: char| !is_part(c)).filter(|part| !part.is_empty())
    };
    let dates: Vec<&str> =
        parts(|c| c.is_ascii_digit() || c == '-').filter(|part| moment::is_iso(part)).collect();
    let numbers: Vec<&str> = parts(|c| c.is_ascii_digit()).collect();
    let is_year = |number: &str| number.len() == 4;
    let (from, to) = match (dates.as_slice(), numbers.as_slice()) {
        ([from, to], _) => ((*from).to_owned(), (*to).to_owned()),
        ([from], _) => ((*from).to_owned(), ELLIPSIS.to_owned()),
        (_, [year]) if is_year(year) => (format!("{year}-01-01"), format!("{year}-12-31")),
        (_, [from, to]) if is_year(from) && is_year(to) => {
            (format!("{from}-01-01"), format!("{to}-12-31"))
        }
        _ => (ELLIPSIS.to_owned(), ELLIPSIS.to_owned()),
    };
    vec![("from", from), ("to", to)]
}

/// A word as the milestone's id, anything longer as its title.
pub(crate) fn milestone(text: &str) -> Vec<(&'static str, String)> {
    let (id, title) = if is_slug(text) { (text, ELLIPSIS) } else { (ELLIPSIS, text) };
    vec![("id", id.to_owned()), ("title", title.to_owned())]
}

/// A report on the goal that was named.
pub(crate) fn report(text: &str) -> Vec<(&'static str, String)> {
    vec![("goal", text.to_owned()), ("value", ELLIPSIS.to_owned()), ("as_of", ELLIPSIS.to_owned())]
}

/// A revision of the goal that was named.
pub(crate) fn revision(text: &str) -> Vec<(&'static str, String)> {
    vec![("goal", text.to_owned()), ("target", ELLIPSIS.to_owned())]
}

/// A judgement on the goal that was named.
pub(crate) fn judgement(text: &str) -> Vec<(&'static str, String)> {
    vec![
        ("goal", text.to_owned()),
        ("status", ELLIPSIS.to_owned()),
        ("reason", ELLIPSIS.to_owned()),
    ]
}

/// A change, by its date or by what was changed.
pub(crate) fn change(text: &str) -> Vec<(&'static str, String)> {
    dated("note", text)
}

/// A removal, by its date or by its reason.
pub(crate) fn removal(text: &str) -> Vec<(&'static str, String)> {
    dated("reason", text)
}

/// A date with the words still to come, or words whose date is to come; `true` is neither.
fn dated(words: &'static str, text: &str) -> Vec<(&'static str, String)> {
    let is_flag = ["true", "false"].contains(&text);
    let (on, said) = if moment::is_iso(text) {
        (text, ELLIPSIS)
    } else {
        (ELLIPSIS, if is_flag { ELLIPSIS } else { text })
    };
    vec![("on", on.to_owned()), (words, said.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_in_one_text_has_its_days() {
        for (text, from, to) in [
            ("2022", "2022-01-01", "2022-12-31"),
            ("2021–2025年", "2021-01-01", "2025-12-31"),
            ("2021-2025", "2021-01-01", "2025-12-31"),
            ("2022-03-01 to 2022-06-30", "2022-03-01", "2022-06-30"),
            ("2022-03-01", "2022-03-01", ELLIPSIS),
            ("2022-03", ELLIPSIS, ELLIPSIS),
            ("soon", ELLIPSIS, ELLIPSIS),
        ] {
            assert_eq!(period(text), [("from", from.to_owned()), ("to", to.to_owned())], "{text}");
        }
    }
}
