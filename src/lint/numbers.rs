//! Numbers as people write them in a text: `83,000`, `8.3万`, `12.7 million`.

use std::ops::Range;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    value: f64,
    /// How far the true value may lie from it: half of the last digit where the number is rounded, else nothing.
    tolerance: f64,
    /// Where it stands, with its multiplier.
    pub(super) range: Range<usize>,
}

const MULTIPLIERS: &[(&str, f64)] = &[
    ("万亿", 1e12),
    ("亿", 1e8),
    ("百万", 1e6),
    ("万", 1e4),
    ("千", 1e3),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
];

impl Written {
    /// Whether it may be a rounded form of this value.
    pub(super) fn is(&self, value: f64) -> bool {
        (self.value - value).abs() <= self.tolerance + value.abs() * 1e-9
    }

    /// Whether it may be a rounded form of one of these values, which stand in order.
    pub(super) fn is_among(&self, sorted: &[f64]) -> bool {
        let reach = self.tolerance + self.value.abs() * 1e-8;
        let first = sorted.partition_point(|value| *value < self.value - reach);
        sorted[first..].iter().take_while(|value| **value <= self.value + reach).any(|value| self.is(*value))
    }
}

/// Every number of a text.
pub(super) fn find(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let length =
            text[start..].find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(text.len() - start);
        let digits = text[start..start + length].trim_end_matches(['.', ',']);
        at = start + length;
        // A digit behind a letter belongs to a name: `G331`.
        let is_name = text[..start].ends_with(|c: char| c.is_ascii_alphabetic());
        if !is_name && let Some(number) = number(digits, &text[start + digits.len()..]) {
            let (value, tolerance, multiplier) = number;
            found.push(Written { value, tolerance, range: start..start + digits.len() + multiplier });
        }
    }
    found
}

/// The value, how exact it is, and how many bytes of `rest` belong to it.
fn number(digits: &str, rest: &str) -> Option<(f64, f64, usize)> {
    let bare = digits.replace(',', "");
    let value: f64 = bare.parse().ok()?;
    let decimals = bare.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let multiplier = MULTIPLIERS.iter().find(|(word, _)| rest[spaces..].starts_with(word));
    let (factor, length) = multiplier.map_or((1.0, 0), |(word, factor)| (*factor, spaces + word.len()));
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
        assert_eq!(values("none"), Vec::<f64>::new());
        assert_eq!(values("1.2.3"), Vec::<f64>::new());
    }

    #[test]
    fn a_rounded_number_may_be_the_exact_one() {
        assert!(find("4.1万")[0].is(41_200.0));
        assert!(!find("4.2万")[0].is(41_200.0));
        assert!(!find("41,000")[0].is(41_200.0));
    }
}
