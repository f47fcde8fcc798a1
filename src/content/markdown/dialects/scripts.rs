//! Superscripts and subscripts as pandoc writes them: `m^2^`, `CO~2~`.

use std::ops::Range;

use super::{LiteralMark, is_escaped};
use crate::diagnostic::{Severity, message};
use crate::language::{is_han, to_subscript, to_superscript};

/// The longest superscript or subscript, in bytes.
const MAX_LENGTH: usize = 12;

/// Converts a text to raised or lowered characters, if there are any for it.
pub(super) type Convert = fn(&str) -> Option<String>;

/// Finds the superscripts and subscripts of a text.
pub(super) fn find(markdown: &str, range: &Range<usize>) -> Vec<LiteralMark> {
    let mut found = find_sign(markdown, range, '^', to_superscript, "sup");
    found.extend(find_sign(markdown, range, '~', to_subscript, "sub"));
    found
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
        let base = before.map_or_else(String::new, String::from);
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
