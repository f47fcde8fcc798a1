//! Numbers as people write them in a text: `83,000`, `8.3万`, `12.7 million`.

use std::ops::Range;

use crate::language::{WrittenNumber, english_month, to_half_width};

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ParsedNumber {
    value: f64,
    /// The maximum difference from the true value: half of the last digit where the number is
    /// rounded, else 0.
    tolerance: f64,
    /// The range in the text, with its multiplier.
    pub(super) range: Range<usize>,
    /// Whether it is probably a year, or the day of a month that is named beside it.
    pub(super) is_date: bool,
}

impl ParsedNumber {
    /// The number that begins at `start`; `None` if it is too long for a float.
    fn new(text: &str, start: usize, number: &WrittenNumber) -> Option<Self> {
        let end = start + number.length;
        let zeros = number.multiplier.map_or(0, |multiplier| multiplier.zeros);
        let is_rounded = number.decimals() > 0 || number.multiplier.is_some();
        let exponent = i32::try_from(zeros).ok()? - i32::try_from(number.decimals()).ok()?;
        let last_digit = 10_f64.powi(exponent);
        Some(Self {
            value: number.value().parse().ok()?,
            tolerance: if is_rounded { last_digit / 2.0 } else { 0.0 },
            range: start..start + number.full_length(),
            is_date: number.multiplier.is_none()
                && is_date(&text[..start], &text[start..end], &text[end..]),
        })
    }

    /// Whether it may be a rounded form of this value.
    pub(super) fn may_equal(&self, value: f64) -> bool {
        (self.value - value).abs() <= self.tolerance + value.abs() * 1e-9
    }

    /// Whether it may be a rounded form of one of these sorted values.
    pub(super) fn may_equal_any(&self, sorted: &[f64]) -> bool {
        let reach = self.tolerance + self.value.abs() * 1e-8;
        let first = sorted.partition_point(|value| *value < self.value - reach);
        sorted[first..]
            .iter()
            .take_while(|value| **value <= self.value + reach)
            .any(|value| self.may_equal(*value))
    }
}

/// Finds every number of a text.
pub(super) fn find(text: &str) -> Vec<ParsedNumber> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(distance) = text[at..].find(|c: char| to_half_width(c).is_ascii_digit()) {
        let start = at + distance;
        let Some(number) = WrittenNumber::read(&text[start..]) else { break };
        let end = start + number.length;
        at = end + more_digits(&text[end..]);
        // `G331` is a name, and `1.2.3` or `12,5` has no certain value.
        let is_name = text[..start].ends_with(|c: char| c.is_ascii_alphabetic());
        if !is_name && at == end {
            found.extend(ParsedNumber::new(text, start, &number));
        }
    }
    found
}

/// The length of a decimal point or comma with the digits behind it, repeated.
fn more_digits(text: &str) -> usize {
    let mut rest = text;
    while let Some(digits) = rest.strip_prefix(['.', ',']) {
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    text.len() - rest.len()
}

/// Whether digits are a year, or the day of a month that is named beside them.
fn is_date(before: &str, digits: &str, rest: &str) -> bool {
    let digits: String = digits.chars().map(to_half_width).collect();
    let Ok(number) = digits.parse::<u32>() else { return false };
    let rest =
        ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let next =
        rest.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let last =
        before.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_year = digits.len() == 4 && (1900..2100).contains(&number);
    is_year || (number <= 31 && (is_month(next) || is_month(last)))
}

/// Whether a word is the name of a month, which has a capital letter: `12 may` is none.
fn is_month(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && english_month(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::NUMBER_CASES;

    #[test]
    fn written_numbers_have_shared_value() {
        for (text, value) in NUMBER_CASES {
            assert_eq!(find(text)[0].value.to_string(), value, "{text}");
        }
    }

    #[test]
    fn numbers_within_text_are_found() {
        assert_eq!(values("41,200 jobs in 2022."), [41_200.0, 2022.0]);
        assert_eq!(values("新增8.3万个岗位，共150亿公斤"), [83_000.0, 15e9]);
        assert_eq!(values("12.7 million, on road G331"), [12_700_000.0]);
        assert_eq!(
            values("1 200 wells, 1\u{A0}200\u{202F}300, 5 12, 2024 120"),
            [1200.0, 1_200_300.0, 5.0, 12.0, 2024.0, 120.0]
        );
        assert_eq!(values("30 Million, 3千万口, 2 trillion, 5億"), [3e7, 3e7, 2e12, 5e8]);
        assert_eq!(values("12,5 or 3.4.5, then 8"), [8.0]);
        assert_eq!(values("none"), Vec::<f64>::new());
        assert_eq!(values("1.2.3"), Vec::<f64>::new());
    }

    fn values(text: &str) -> Vec<f64> {
        find(text).iter().map(|number| number.value).collect::<Vec<_>>()
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
        assert!(find("4.1万")[0].may_equal(41_200.0));
        assert!(!find("4.2万")[0].may_equal(41_200.0));
        assert!(!find("41,000")[0].may_equal(41_200.0));
    }
}
