//! Numbers as people write them in a text: `83,000`, `8.3万`, `12.7 million`.

use std::ops::Range;

use crate::content::number::scale;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ParsedNumber {
    value: f64,
    /// How far the true value may lie from it: half of the last digit where the number is rounded, else nothing.
    tolerance: f64,
    /// Where it stands, with its multiplier.
    pub(super) range: Range<usize>,
    /// Whether it is rather a year, or a day beside its month.
    pub(super) is_date: bool,
}

/// The months as dates have them.
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
];

/// Spaces that part thousands, as in `1 200`.
const SPACES: &[char] = &[' ', '\u{A0}', '\u{2009}', '\u{202F}'];

impl ParsedNumber {
    /// Whether it may be a rounded form of this value.
    pub(super) fn is(&self, value: f64) -> bool {
        (self.value - value).abs() <= self.tolerance + value.abs() * 1e-9
    }

    /// Whether it may be a rounded form of one of these values, which stand in order.
    pub(super) fn is_among(&self, sorted: &[f64]) -> bool {
        let reach = self.tolerance + self.value.abs() * 1e-8;
        let first = sorted.partition_point(|value| *value < self.value - reach);
        sorted[first..]
            .iter()
            .take_while(|value| **value <= self.value + reach)
            .any(|value| self.is(*value))
    }
}

/// Every number of a text.
pub(super) fn find(text: &str) -> Vec<ParsedNumber> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let length = length(&text[start..]);
        let digits = text[start..start + length].trim_end_matches(['.', ',']);
        at = start + length;
        // A digit behind a letter belongs to a name: `G331`.
        let is_name = text[..start].ends_with(|c: char| c.is_ascii_alphabetic());
        let rest = &text[start + digits.len()..];
        if !is_name && let Some((value, tolerance, multiplier)) = number(digits, rest) {
            let is_date = multiplier == 0 && is_date(&text[..start], digits, rest);
            found.push(ParsedNumber {
                value,
                tolerance,
                range: start..start + digits.len() + multiplier,
                is_date,
            });
        }
    }
    found
}

/// How long the digits at the start are, with the signs between them.
fn length(text: &str) -> usize {
    let run = |text: &str| {
        text.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(text.len())
    };
    let mut end = run(text);
    if end > 3 || !text[..end].bytes().all(|byte| byte.is_ascii_digit()) {
        return end;
    }
    while let Some(space) = text[end..].chars().next().filter(|c| SPACES.contains(c)) {
        let group = &text[end + space.len_utf8()..];
        if group.bytes().take(4).take_while(u8::is_ascii_digit).count() != 3 {
            break;
        }
        end += space.len_utf8() + 3;
    }
    end
}

/// Whether digits are a year, or the day of a month that is named beside them.
fn is_date(before: &str, digits: &str, rest: &str) -> bool {
    let Ok(number) = digits.parse::<u32>() else { return false };
    let rest =
        ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let next =
        rest.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let last =
        before.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_year = digits.len() == 4 && (1900..2100).contains(&number);
    is_year || (number <= 31 && (MONTHS.contains(&next) || MONTHS.contains(&last)))
}

/// The value, how exact it is, and how many bytes of `rest` belong to it.
fn number(digits: &str, rest: &str) -> Option<(f64, f64, usize)> {
    let bare = digits.replace(',', "").replace(SPACES, "");
    let value: f64 = bare.parse().ok()?;
    let decimals = bare.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let spaces = rest.len() - rest.trim_start_matches(SPACES).len();
    let multiplier = scale(&rest[spaces..]);
    let (zeros, length) = multiplier.map_or((0, 0), |(length, zeros)| (zeros, spaces + length));
    let factor = 10_f64.powi(i32::try_from(zeros).ok()?);
    let is_rounded = decimals > 0 || multiplier.is_some();
    let last_digit = factor / 10_f64.powi(i32::try_from(decimals).ok()?);
    Some((value * factor, if is_rounded { last_digit / 2.0 } else { 0.0 }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let values = |text: &str| find(text).iter().map(|number| number.value).collect::<Vec<_>>();
        assert_eq!(values("41,200 jobs in 2022."), [41_200.0, 2022.0]);
        assert_eq!(values("新增8.3万个岗位，共150亿公斤"), [83_000.0, 15e9]);
        assert_eq!(values("12.7 million, on road G331"), [12_700_000.0]);
        assert_eq!(
            values("1 200 wells, 1\u{A0}200\u{202F}300, 5 12, 2024 120"),
            [1200.0, 1_200_300.0, 5.0, 12.0, 2024.0, 120.0]
        );
        assert_eq!(values("30 Million, 3千万口, 2 trillion, 5億"), [3e7, 3e7, 2e12, 5e8]);
        assert_eq!(values("none"), Vec::<f64>::new());
        assert_eq!(values("1.2.3"), Vec::<f64>::new());
    }

    #[test]
    fn dates_are_told_from_counts() {
        for (text, is_date) in [
            ("In 2024 new wells", true),
            ("On 5 June the wells", true),
            ("On 5th June the wells", true),
            ("On June 5 wells", true),
            ("12 wells", false),
            ("2,024 wells", false),
        ] {
            assert_eq!(find(text)[0].is_date, is_date, "{text}");
        }
    }

    #[test]
    fn a_rounded_number_may_be_the_exact_one() {
        assert!(find("4.1万")[0].is(41_200.0));
        assert!(!find("4.2万")[0].is(41_200.0));
        assert!(!find("41,000")[0].is(41_200.0));
    }
}
