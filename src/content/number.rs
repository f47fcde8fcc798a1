//! Numbers as editors write them, and the number that was meant where it is written for readers: `8.3万`, `83,000 jobs`.

use super::front_matter::tree::{Located, NodeKind};
use super::front_matter::value_reader::{
    Field, ValueReader, remove_quotes_help, strip_curly_quotes,
};
use crate::diagnostic::{Code, Message, Phrase, message};

/// Up to here a number keeps every whole digit on its way through the program (2^53).
const MAX_NUMBER: f64 = 9_007_199_254_740_992.0;

/// The words that stand for zeros, a longer one before the one that it begins with.
const SCALES: &[(&str, usize)] = &[
    ("万亿", 12),
    ("萬億", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("千萬", 7),
    ("百万", 6),
    ("百萬", 6),
    ("十万", 5),
    ("亿", 8),
    ("億", 8),
    ("万", 4),
    ("萬", 4),
    ("千", 3),
    ("百", 2),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
];

/// The word for zeros that a text begins with, whatever its case: its length in bytes, and how many zeros.
pub(crate) fn scale(text: &str) -> Option<(usize, usize)> {
    let is_head =
        |word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    SCALES.iter().find(|(word, _)| is_head(word)).map(|(word, zeros)| (word.len(), *zeros))
}

impl ValueReader<'_> {
    /// A finite number, such as `83000` or `12.7`; forms may quote it.
    pub(super) fn number(&mut self, field: Field<'_>) -> Option<Located<f64>> {
        let (NodeKind::Number(written) | NodeKind::Text(written)) = &field.node.kind else {
            self.push(self.wrong_type(
                field,
                Phrase::new("a number, such as `83000`", "数字（例如 `83000`）"),
            ));
            return None;
        };
        let (name, written) = (field.name, written.trim());
        match written.replace('_', "").parse::<f64>() {
            Ok(value) if !value.is_finite() || is_endless(written) => {
                self.push(self.endless(field, written))
            }
            Ok(value) if value.abs() > MAX_NUMBER => {
                let message = message!(
                    "`{name}` is larger than any number that can be told exactly",
                    "`{name}` 的数值太大，无法精确表示"
                );
                let wrong = self.error(Code::BadValue, field.span(), message);
                let help = message!(
                    "use a larger unit, such as million",
                    "请改用更大的单位，例如“万”或“亿”"
                );
                self.push(wrong.help(help));
            }
            Ok(value) => return Some(Located::new(value, field.span())),
            Err(_) if is_endless(written) => self.push(self.endless(field, written)),
            Err(_) => {
                let message = message!(
                    "`{name}` must be a number, such as `83000`; found `{written}`",
                    "`{name}` 应为数字，例如 `83000`，这里却是 `{written}`"
                );
                let wrong = self.error(Code::WrongType, field.span(), message);
                self.push(match help(written) {
                    Some(help) => wrong.help(help),
                    None => wrong,
                });
            }
        }
        None
    }

    fn endless(&self, field: Field<'_>, written: &str) -> crate::diagnostic::Diagnostic {
        let name = field.name;
        let message = message!(
            "`{name}` must be a number that can be counted; `{written}` cannot",
            "`{name}` 应为可以计算的数字，`{written}` 不能用于计算"
        );
        let help =
            message!("write it in digits, or leave `{name}` out", "请用数字书写，或删去 `{name}`");
        self.error(Code::WrongType, field.span(), message).help(help)
    }

    /// A whole number from 0.
    pub(super) fn order(&mut self, field: Field<'_>) -> Option<u32> {
        let number = self.number(field)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked first"
        )]
        let order = (number.value.fract() == 0.0 && (0.0..=1e6).contains(&number.value))
            .then_some(number.value as u32);
        if order.is_none() {
            let name = field.name;
            let message = message!(
                "`{name}` must be a whole number from 0 to 1000000",
                "`{name}` 应为 0 到 1000000 之间的整数"
            );
            self.push(self.error(Code::BadValue, field.span(), message));
        }
        order
    }
}

/// Whether this is how YAML, TOML or a spreadsheet writes infinity, or what is no number.
fn is_endless(written: &str) -> bool {
    let bare = written.trim_start_matches(['+', '-']).trim_start_matches('.').to_ascii_lowercase();
    matches!(bare.as_str(), "inf" | "infinity" | "nan")
}

/// What to write instead, if a number was meant.
fn help(written: &str) -> Option<Message> {
    if let Some(bare) = strip_curly_quotes(written).filter(|bare| bare.parse::<f64>().is_ok()) {
        return Some(remove_quotes_help(bare));
    }
    let Meant { number, unit } = meant(written)?;
    let bare = written.replace([',', '，', ' ', '\u{A0}', '\u{202F}', '\''], "");
    Some(if bare == number {
        message!("write it without separators: `{number}`", "请去掉数字中的分隔符：`{number}`")
    } else if unit.is_empty() {
        message!("write it in digits alone: `{number}`", "请只用数字书写：`{number}`")
    } else {
        message!(
            "write the number alone, without `{unit}`: `{number}`",
            "请只写数字，不带 `{unit}`：`{number}`"
        )
    })
}

/// A number as it should be written, and what stood behind it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) number: String,
    pub(super) unit: String,
}

/// The number that a text for readers says: `8.3万`, `1.5 billion`, `83,000 jobs`, `12％`.
pub(super) fn meant(text: &str) -> Option<Meant> {
    let text: String = strip_curly_quotes(text).unwrap_or(text).chars().map(half_width).collect();
    let (digits, rest) = leading_number(&text)?;
    let rest = rest.trim();
    let (zeros, unit) =
        scale(rest).map_or((0, rest), |(length, zeros)| (zeros, rest[length..].trim()));
    let number = shifted(&digits, zeros);
    // What holds another number is a date or a range.
    let is_unit = !unit.contains(|c: char| c.is_numeric() || c.is_control())
        && !unit.starts_with(['-', '–', '/', '.']);
    (is_unit && number.parse::<f64>().is_ok()).then(|| Meant { number, unit: unit.to_owned() })
}

/// A full-width digit or sign as the ASCII one.
fn half_width(c: char) -> char {
    let is_full = ('\u{FF01}'..='\u{FF5E}').contains(&c);
    char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(|_| is_full).unwrap_or(c)
}

/// The digits at the start without the separators of thousands, with sign and point; and what follows.
fn leading_number(text: &str) -> Option<(String, &str)> {
    let mut digits = String::new();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let is_before_digit =
            text[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        match c {
            '0'..='9' => digits.push(c),
            '+' | '-' if at == 0 => digits.extend((c == '-').then_some('-')),
            '.' if !digits.contains('.') => digits.push('.'),
            ',' | ' ' | '\'' | '\u{A0}' | '\u{202F}' if at > 0 && is_before_digit => {}
            _ => break,
        }
        end = at + c.len_utf8();
    }
    digits.contains(|c: char| c.is_ascii_digit()).then(|| (digits, &text[end..]))
}

/// A decimal number times a power of ten, digit by digit, so that nothing is rounded.
fn shifted(digits: &str, zeros: usize) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = format!("{fraction:0<zeros$}");
    let (moved, rest) = fraction.split_at(zeros);
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let whole = format!("{whole}{moved}");
    let whole =
        Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_for_readers_is_the_one_to_write() {
        for (written, number, unit) in [
            ("83,000", "83000", ""),
            ("1 500 000", "1500000", ""),
            ("8.3万", "83000", ""),
            ("1万", "10000", ""),
            ("1.5亿", "150000000", ""),
            ("1.23456万", "12345.6", ""),
            ("2万亿元", "2000000000000", "元"),
            ("８３，０００", "83000", ""),
            ("83000 jobs", "83000", "jobs"),
            ("83,000个岗位", "83000", "个岗位"),
            ("8.3 万人", "83000", "人"),
            ("12%", "12", "%"),
            ("12.5 ％", "12.5", "%"),
            ("1.5 billion yuan", "1500000000", "yuan"),
            ("2 Trillion", "2000000000000", ""),
            ("3千万口", "30000000", "口"),
            ("-0.5万", "-5000", ""),
            ("“83000”", "83000", ""),
        ] {
            let meant = meant(written).unwrap_or_else(|| panic!("{written} is a number"));
            assert_eq!((meant.number.as_str(), meant.unit.as_str()), (number, unit), "{written}");
        }
        for written in
            ["many", "", "2022-05-05", "3 of 12", "12–15", "2022年5月5日", "%", "-", "3/4"]
        {
            assert_eq!(meant(written), None, "{written}");
        }
    }
}
