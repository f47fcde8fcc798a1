//! Numbers as people write them: `83,000`, `1.5千亿`, `12.7 million`, `１０，０００`.
//!
//! Content, search and lint all read numbers with [`WrittenNumber::read`], so that a figure has the
//! same value in front matter, in a query and in a text.

use super::text::{is_han, raised_digit, to_half_width};

/// Spaces that separate groups of digits, or a number from its multiplier.
const SPACES: [char; 5] = [' ', '\u{A0}', '\u{2009}', '\u{202F}', '\u{3000}'];

/// The largest number of spaces before a multiplier.
const MAX_SPACES: usize = 2;

/// English multipliers with their zeros; each may have a plural `s`.
const ENGLISH: [(&str, usize); 4] =
    [("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

/// Chinese multipliers with their zeros, longer ones before those that they begin with.
const CHINESE: [(&str, usize); 6] =
    [("万亿", 12), ("萬億", 12), ("万", 4), ("萬", 4), ("亿", 8), ("億", 8)];

/// Factors that may precede a Chinese multiplier, as in `千亿`, or replace it, as in `3千`.
const FACTORS: [(&str, usize); 3] = [("千", 3), ("百", 2), ("十", 1)];

/// Units that begin with `千` as a prefix: `12千克` is 12 kg.
const PREFIXED_UNITS: [char; 8] = ['克', '米', '瓦', '卡', '帕', '伏', '赫', '焦'];

/// A number at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenNumber {
    /// ASCII digits with at most one decimal point, without separators.
    pub digits: String,
    /// The length in bytes of the digits with their separators.
    pub length: usize,
    pub multiplier: Option<Multiplier>,
}

/// A word that multiplies the number before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multiplier {
    /// The power of ten.
    pub zeros: usize,
    /// The length in bytes, with the spaces before the word.
    pub length: usize,
}

impl WrittenNumber {
    /// Reads the number that a text begins with, in ASCII, full-width or raised digits, without a
    /// sign. Commas, apostrophes or spaces may separate groups of exactly three digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::read_grouped(text, true)
    }

    /// As [`Self::read`], but a plain space ends the number: `83 000` may be two numbers.
    #[must_use]
    pub fn read_unspaced(text: &str) -> Option<Self> {
        Self::read_grouped(text, false)
    }

    /// The decimal number in its shortest form. It is computed digit by digit, so that nothing is
    /// rounded.
    #[must_use]
    pub fn value(&self) -> String {
        shift(&self.digits, self.multiplier.map_or(0, |multiplier| multiplier.zeros))
    }

    /// The number of digits after the decimal point.
    #[must_use]
    pub fn decimals(&self) -> usize {
        self.digits.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }

    /// The length in bytes of the number with its multiplier.
    #[must_use]
    pub fn full_length(&self) -> usize {
        self.length + self.multiplier.map_or(0, |multiplier| multiplier.length)
    }

    fn read_grouped(text: &str, may_have_spaces: bool) -> Option<Self> {
        let style = DigitStyle::of(text.chars().next()?);
        let (mut digits, mut length) = style.read(text);
        if digits.is_empty() {
            return None;
        }
        let mut is_grouped = digits.len() <= 3;
        while is_grouped {
            is_grouped = match style.read_group(&text[..length], &text[length..], may_have_spaces) {
                Some((group, group_length)) => {
                    digits.push_str(&group);
                    length += group_length;
                    true
                }
                None => false,
            };
        }
        if let Some(point) = text[length..].chars().next().filter(|c| to_half_width(*c) == '.') {
            let (decimals, decimals_length) = style.read(&text[length + point.len_utf8()..]);
            if !decimals.is_empty() {
                digits.push('.');
                digits.push_str(&decimals);
                length += point.len_utf8() + decimals_length;
            }
        }
        let multiplier = Multiplier::read(&text[length..]);
        Some(Self { digits, length, multiplier })
    }
}

impl Multiplier {
    /// Reads the multiplier that a text begins with, after spaces and whatever its case.
    fn read(text: &str) -> Option<Self> {
        let spaces =
            text.chars().take_while(|c| SPACES.contains(c)).take(MAX_SPACES).map(char::len_utf8);
        let spaces: usize = spaces.sum();
        let word = &text[spaces..];
        let (zeros, length) = english_multiplier(word).or_else(|| chinese_multiplier(word))?;
        Some(Self { zeros, length: spaces + length })
    }
}

/// Zeros and length of an English multiplier; `millionaires` begins with none.
fn english_multiplier(text: &str) -> Option<(usize, usize)> {
    ENGLISH.iter().find_map(|(word, zeros)| {
        text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        let rest = &text[word.len()..];
        let plural = rest.strip_prefix(['s', 'S']);
        match plural.filter(|rest| is_word_end(rest)) {
            Some(_) => Some((*zeros, word.len() + 1)),
            None => is_word_end(rest).then_some((*zeros, word.len())),
        }
    })
}

/// Zeros and length of a Chinese multiplier: a factor, a multiplier or both.
fn chinese_multiplier(text: &str) -> Option<(usize, usize)> {
    let (factor, factor_length) = find_start(text, &FACTORS);
    let rest = &text[factor_length..];
    let (zeros, length) = find_start(rest, &CHINESE);
    if zeros > 0 {
        return Some((factor + zeros, factor_length + length));
    }
    let is_prefix = factor == 3 && rest.starts_with(PREFIXED_UNITS);
    (factor > 1 && !is_prefix).then_some((factor, factor_length))
}

/// Zeros and length of the word of a table that a text starts with.
fn find_start(text: &str, table: &[(&'static str, usize)]) -> (usize, usize) {
    let found = table.iter().find(|(word, _)| text.starts_with(word));
    found.map_or((0, 0), |(word, zeros)| (*zeros, word.len()))
}

/// Whether an English word ends before a text.
fn is_word_end(rest: &str) -> bool {
    !rest.starts_with(is_letter)
}

/// Whether a character continues an English word.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii_digit() && !is_han(c)
}

/// How the digits of a number are written. A number ends where the style changes: in `83,000²` the
/// raised digit is a footnote's.
#[derive(Clone, Copy)]
enum DigitStyle {
    Level,
    Raised,
}

impl DigitStyle {
    fn of(first: char) -> Self {
        if raised_digit(first).is_some() { Self::Raised } else { Self::Level }
    }

    fn digit(self, c: char) -> Option<char> {
        match self {
            Self::Level => Some(to_half_width(c)).filter(char::is_ascii_digit),
            Self::Raised => raised_digit(c),
        }
    }

    /// The digits at the start of a text, and their length in bytes.
    fn read(self, text: &str) -> (String, usize) {
        let written = text.chars().map_while(|c| Some((self.digit(c)?, c.len_utf8())));
        written.fold((String::new(), 0), |(mut digits, length), (digit, bytes)| {
            digits.push(digit);
            (digits, length + bytes)
        })
    }

    /// A separator and exactly three digits: the digits, and the length in bytes of all.
    fn read_group(
        self,
        before: &str,
        text: &str,
        may_have_spaces: bool,
    ) -> Option<(String, usize)> {
        let separator = text.chars().next()?;
        let is_separator = match separator {
            ' ' => may_have_spaces,
            // Between half-width digits, a full-width comma separates two numbers.
            '，' => before.ends_with(|c: char| to_half_width(c) != c),
            ',' | '\'' | '\u{2019}' => true,
            _ => SPACES.contains(&separator),
        };
        if !is_separator {
            return None;
        }
        let (digits, length) = self.read(&text[separator.len_utf8()..]);
        (digits.len() == 3).then(|| (digits, separator.len_utf8() + length))
    }
}

/// A decimal number times a power of ten.
fn shift(digits: &str, zeros: usize) -> String {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = format!("{decimals:0<zeros$}");
    let (moved, decimals) = decimals.split_at(zeros);
    let whole = format!("{whole}{moved}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

/// Errors that a sheet shows in a cell whose formula is broken.
const SHEET_ERRORS: &[&str] =
    &["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!"];

/// Whether a cell shows an error of a sheet, or a number that was cut: `2.30103E+17`, `########`.
#[must_use]
pub fn is_lost_in_sheet(cell: &str) -> bool {
    let is_cut = cell.split_once("E+").is_some_and(|(digits, power)| {
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|c| c.is_ascii_digit() || c == b'.')
            && power.parse::<u8>().is_ok_and(|power| power >= 10)
    });
    let is_narrow = cell.len() >= 3 && cell.bytes().all(|c| c == b'#');
    is_cut || is_narrow || SHEET_ERRORS.contains(&cell)
}

/// Texts that begin with a number, and its value; every caller is tested with them.
#[cfg(test)]
pub(crate) const CASES: [(&str, &str); 32] = [
    ("83,000", "83000"),
    ("83000 jobs", "83000"),
    ("83,000个岗位", "83000"),
    ("83 000 jobs", "83000"),
    ("1 500 000", "1500000"),
    ("1\u{A0}200\u{202F}300 wells", "1200300"),
    ("1’234’567", "1234567"),
    ("1,234,567.50", "1234567.5"),
    ("１０，０００", "10000"),
    ("８．３万", "83000"),
    ("0.5万", "5000"),
    ("8.3万", "83000"),
    ("8.3 万人", "83000"),
    ("1.23456万", "12345.6"),
    ("1 500万", "15000000"),
    ("3百亿", "30000000000"),
    ("2十亿", "2000000000"),
    ("1.5千亿", "150000000000"),
    ("1.25亿", "125000000"),
    ("5億", "500000000"),
    ("2万亿元", "2000000000000"),
    ("3千万口", "30000000"),
    ("3千", "3000"),
    ("12千克", "12"),
    ("300万千瓦", "3000000"),
    ("12.7 million yuan", "12700000"),
    ("15 billion kg", "15000000000"),
    ("30 Million", "30000000"),
    ("2 trillion", "2000000000000"),
    ("3 millions of yuan", "3000000"),
    ("5 million元", "5000000"),
    ("8 millionaires", "8"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_numbers_have_one_value() {
        for (text, value) in CASES {
            let number = WrittenNumber::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(number.value(), value, "{text}");
        }
    }

    #[test]
    fn separators_without_three_digits_end_number() {
        for (text, digits) in [
            ("12,34", "12"),
            ("12,3456", "12"),
            ("12,5", "12"),
            ("12 3456", "12"),
            ("2021,2022", "2021"),
            ("2021 300", "2021"),
            ("120，350", "120"),
            ("83,000²", "83000"),
            ("₂.₅", "2.5"),
            ("3.", "3"),
            ("1.2.3", "1.2"),
        ] {
            let number = WrittenNumber::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(number.digits, digits, "{text}");
        }
        for text in ["", "many", ".5", "-1", "万"] {
            assert_eq!(WrittenNumber::read(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_cover_digits_and_multiplier() {
        let number = WrittenNumber::read("1 200  million wells").unwrap();
        assert_eq!((number.length, number.full_length()), (5, 14));
        assert_eq!(WrittenNumber::read_unspaced("1 200").unwrap().length, 1);
    }
}
