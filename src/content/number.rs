//! Numbers as editors write them, and the number that is probably meant by another form: `8.3万`,
//! `83,000 jobs`.

use super::front_matter::tree::{Located, NodeKind};
use super::front_matter::value_reader::{
    Field, ValueReader, remove_quotes_help, strip_curly_quotes,
};
use crate::diagnostic::{Code, Diagnostic, Message, Phrase, message};
use crate::language::{WrittenNumber, to_half_width};

/// The largest number that keeps every whole digit as an `f64` (2^53).
const MAX_NUMBER: f64 = 9_007_199_254_740_992.0;

/// Reads a finite number, such as `83000` or `12.7`; forms may quote it.
pub(super) fn read_number(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Located<f64>> {
    let (NodeKind::Number(written) | NodeKind::Text(written)) = &field.node.kind else {
        reader.push(
            reader.wrong_type(
                field,
                Phrase::new("a number, such as `83000`", "数字（例如 `83000`）"),
            ),
        );
        return None;
    };
    let (name, written) = (field.name, written.trim());
    match written.replace('_', "").parse::<f64>() {
        Ok(value) if !value.is_finite() || is_endless(written) => {
            reader.push(endless(reader, field, written));
        }
        Ok(value) if value.abs() > MAX_NUMBER => {
            let message = message!(
                "`{name}` is larger than any number that can be kept exactly",
                "`{name}` 的数值太大，无法精确表示"
            );
            let wrong = reader.error(Code::BadValue, field.span(), message);
            let help =
                message!("use a larger unit, such as million", "请改用更大的单位，例如“万”或“亿”");
            reader.push(wrong.help(help));
        }
        Ok(value) => return Some(Located::new(value, field.span())),
        Err(_) if is_endless(written) => reader.push(endless(reader, field, written)),
        Err(_) => {
            let message = message!(
                "`{name}` must be a number, such as `83000`; found `{written}`",
                "`{name}` 应为数字，例如 `83000`，这里却是 `{written}`"
            );
            let wrong = reader.error(Code::WrongType, field.span(), message);
            reader.push(wrong.help(help(written).unwrap_or_else(digits_help)));
        }
    }
    None
}

/// Reports an infinite number, or one that is none.
fn endless(reader: &ValueReader<'_>, field: Field<'_>, written: &str) -> Diagnostic {
    let name = field.name;
    let message = message!(
        "`{name}` must be an ordinary number; found `{written}`",
        "`{name}` 应为普通的数字，这里却是 `{written}`"
    );
    let help =
        message!("write it in digits, or leave `{name}` out", "请用数字书写，或删去 `{name}`");
    reader.error(Code::WrongType, field.span(), message).help(help)
}

/// Reads a whole number from 0, the position of a page among others.
pub(super) fn read_order(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<u32> {
    let is_number = match &field.node.kind {
        NodeKind::Number(_) => true,
        NodeKind::Text(text) => text.trim().parse::<f64>().is_ok() || help(text).is_some(),
        _ => false,
    };
    if !is_number {
        let expected = Phrase::new("a whole number, such as `1`", "整数（例如 `1`）");
        let wrong = reader.wrong_type(field, expected);
        let is_list = field.node.only_item().is_some();
        reader.push(if is_list { wrong } else { wrong.help(order_help(reader, field)) });
        return None;
    }
    let number = read_number(reader, field)?;
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
        let wrong = reader.error(Code::BadValue, field.span(), message);
        reader.push(wrong.help(order_help(reader, field)));
    }
    order
}

fn order_help(reader: &ValueReader<'_>, field: Field<'_>) -> Message {
    let [first, second] =
        ["1", "2"].map(|order| reader.key_and_value(field.name, Phrase::typed(order)));
    message!(
        "write {first} for the page that comes first, {second} for the next one, and so on",
        "排在最前的页面写{first}，下一个写{second}，依此类推"; first, second
    )
}

/// Whether a text is how YAML, TOML or a spreadsheet writes infinity or NaN.
fn is_endless(written: &str) -> bool {
    let bare = written.trim_start_matches(['+', '-']).trim_start_matches('.').to_ascii_lowercase();
    matches!(bare.as_str(), "inf" | "infinity" | "nan")
}

/// Returns the correction, if a number was meant.
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

/// The help for a text whose number is unclear: `12,5`, `1.234,5`.
fn digits_help() -> Message {
    message!(
        "write it in digits, without separators and with a point before decimals: `1234.5`",
        "请用数字书写，不加分隔符，小数点用英文句点：`1234.5`"
    )
}

/// A number in digits, and the unit that followed it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) number: String,
    pub(super) unit: String,
}

/// Reads a number that is written for readers: `8.3万`, `1.5 billion`, `83,000 jobs`, `12％`.
pub(super) fn meant(text: &str) -> Option<Meant> {
    let text: String =
        strip_curly_quotes(text).unwrap_or(text).chars().map(to_half_width).collect();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let number = WrittenNumber::read(text)?;
    let unit = text[number.full_length()..].trim();
    // A second number makes it a date, a range or a decimal comma.
    let is_unit = !unit.contains(|c: char| c.is_numeric() || c.is_control())
        && !unit.starts_with(['-', '–', '/', '.']);
    is_unit.then(|| Meant { number: format!("{sign}{}", number.value()), unit: unit.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::NUMBER_CASES;

    #[test]
    fn written_numbers_have_shared_value() {
        for (text, value) in NUMBER_CASES {
            let meant = meant(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(meant.number, value, "{text}");
        }
    }

    #[test]
    fn signs_quotes_and_units_are_read() {
        for (written, number, unit) in [
            ("83000 jobs", "83000", "jobs"),
            ("83,000个岗位", "83000", "个岗位"),
            ("8.3 万人", "83000", "人"),
            ("８３，０００", "83000", ""),
            ("83，000", "83000", ""),
            ("12%", "12", "%"),
            ("12.5 ％", "12.5", "%"),
            ("1.5 billion yuan", "1500000000", "yuan"),
            ("8 millionaires", "8", "millionaires"),
            ("12千克", "12", "千克"),
            ("-0.5万", "-5000", ""),
            ("+3 wells", "3", "wells"),
            ("“83000”", "83000", ""),
        ] {
            let meant = meant(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((meant.number.as_str(), meant.unit.as_str()), (number, unit), "{written}");
        }
    }

    #[test]
    fn dates_ranges_and_decimal_commas_are_no_number() {
        for written in
            ["many", "", "2022-05-05", "3 of 12", "12–15", "2022年5月5日", "%", "-", "3/4", "12,5"]
        {
            assert_eq!(meant(written), None, "{written}");
        }
    }
}
