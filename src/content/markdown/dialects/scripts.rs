//! Superscripts and subscripts as pandoc writes them: `m^2^`, `CO~2~`.

use std::ops::Range;

use memchr::{memchr2_iter, memchr3_iter};

use super::{LiteralMark, is_escaped};
use crate::diagnostic::{Severity, message};
use crate::language::{is_han, to_subscript, to_superscript};

/// The longest superscript or subscript, in bytes.
const MAX_LENGTH: usize = 12;

/// Units of length, whose square and cube are areas and volumes. All end with `m`, which is the
/// last.
const UNITS: &[&str] = &["km", "cm", "mm", "dm", "m"];

/// Chemical formulas whose digit is often left on the line.
const FORMULAS: &[(&str, &str)] = &[
    ("CO2", "CO₂"),
    ("SO2", "SO₂"),
    ("NO2", "NO₂"),
    ("N2O", "N₂O"),
    ("H2O", "H₂O"),
    ("CH4", "CH₄"),
    ("NH3", "NH₃"),
    ("H2S", "H₂S"),
];

/// Converts a text to raised or lowered characters, if there are any for it.
pub(super) type Convert = fn(&str) -> Option<String>;

/// Finds the superscripts and subscripts of a text.
pub(super) fn find(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let mut found = find_sign(markdown, range, '^', to_superscript, "sup");
    found.extend(find_sign(markdown, range, '~', to_subscript, "sub"));
    found
}

/// Finds units whose raised digit a converter has lowered: `100m2`, `面积（m2）`.
pub(super) fn find_units(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let source = &markdown[range.clone()];
    let units = memchr2_iter(b'2', b'3', source.as_bytes()).filter_map(|at| {
        let digit = &source[at..=at];
        let before = source[..at].ends_with('m').then(|| &source[..at])?;
        let unit = UNITS.iter().find(|unit| before.ends_with(**unit))?;
        let start = at - unit.len();
        let is_number_before =
            source[..start].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | ' '));
        let is_word_end = !source[at + 1..]
            .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        let number = source[..start].trim_end_matches([' ', '/']);
        let has_number = number.ends_with(|c: char| c.is_ascii_digit() || is_han(c));
        let is_in_brackets = source[..start].ends_with(['（', '(', '：', '/'])
            && source[at + 1..].starts_with(['）', ')', '，', '/']);
        let is_unit = is_number_before && has_number || is_in_brackets;
        (is_unit && is_word_end).then_some((start, unit, digit))
    });
    units
        .map(|(start, unit, digit)| {
            let raised = if digit == "2" { '²' } else { '³' };
            let place = range.start + start..range.start + start + unit.len() + 1;
            let message = message!(
                "the `{digit}` of `{unit}{digit}` is not raised",
                "`{unit}{digit}` 中的 `{digit}` 不是上标"
            );
            let help = message!("write `{unit}{raised}`", "请写成 `{unit}{raised}`");
            let mark = LiteralMark::new(Severity::Note, markdown, place, help);
            LiteralMark { message, ..mark }
        })
        .collect()
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./@".contains(c)
}

/// Finds chemical formulas whose digit is not lowered: `CO2`.
pub(super) fn find_formulas(markdown: &str, range: &Range<usize>) -> Option<LiteralMark> {
    let source = &markdown[range.clone()];
    memchr3_iter(b'2', b'3', b'4', source.as_bytes()).find_map(|digit| {
        let is_after_element = digit > 0 && source.as_bytes()[digit - 1].is_ascii_uppercase();
        let (start, written, meant) =
            is_after_element.then(|| formula_around(source, digit)).flatten()?;
        let after = &source[start + written.len()..];
        if source[..start].ends_with(is_name_char) || after.starts_with(is_name_char) {
            return None;
        }
        let place = range.start + start..range.start + start + written.len();
        let message =
            message!("the digit of `{written}` is not lowered", "`{written}` 中的数字不是下标");
        let help = message!("write `{meant}`", "请写成 `{meant}`");
        let mark = LiteralMark::new(Severity::Note, markdown, place, help);
        Some(LiteralMark { message, ..mark })
    })
}

/// The start of the formula that has its digit at a position, as it is written and as it is meant.
fn formula_around(source: &str, digit: usize) -> Option<(usize, &'static str, &'static str)> {
    FORMULAS.iter().find_map(|(written, meant)| {
        let start = digit.checked_sub(written.find(|c: char| c.is_ascii_digit())?)?;
        source.get(start..)?.starts_with(written).then_some((start, *written, *meant))
    })
}

fn find_sign(
    markdown: &str,
    range: &Range<usize>,
    sign: char,
    convert: Convert,
    tag: &str,
) -> Vec<LiteralMark> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(open) = markdown[at..range.end].find(sign).map(|next| at + next) {
        at = open + 1;
        let rest = &markdown[at..range.end];
        let Some(length) = rest.find(sign).filter(|length| *length <= MAX_LENGTH) else { continue };
        let before = markdown[range.start..open].chars().next_back();
        let inner = &rest[..length];
        if !is_script(sign, before, inner) || is_escaped(markdown, open) {
            continue;
        }
        at += length + 1;
        let base = before.filter(|c| *c != ' ').map_or_else(String::new, String::from);
        let help = match convert(inner) {
            Some(script) => message!("write `{base}{script}`", "请写成 `{base}{script}`"),
            None => message!(
                "write `{base}<{tag}>{inner}</{tag}>`",
                "请写成 `{base}<{tag}>{inner}</{tag}>`"
            ),
        };
        found.push(LiteralMark::new(Severity::Error, markdown, open..at, help));
    }
    found
}

fn is_script(sign: char, before: Option<char>, inner: &str) -> bool {
    let is_word = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric());
    let is_base = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, ')' | '）' | ']'));
    match (sign, before) {
        ('^', Some(' ')) => inner.bytes().all(|c| c.is_ascii_digit()) && !inner.is_empty(),
        ('^', Some(c)) if is_han(c) => is_number(inner),
        ('^', Some(c)) => (is_base || c.is_ascii_digit()) && (is_number(inner) || is_word),
        (_, Some(_)) => is_base && (is_number(inner) || is_word),
        (_, None) => false,
    }
}

fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−'))
}
