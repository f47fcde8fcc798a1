//! Figures and dates in prose that stay on one line: `7.0 MW`, `2.4万个`, `30 June 2024`,
//! `6月30日`. A Chinese measure behind digits alone may begin a line, as everywhere in Chinese.
//!
//! At the end of a line a lone “1.83” would be read without its `万`, and a lone “30” without its
//! month. A span keeps them together: a no-break space would change the text that readers copy and
//! programs compare.

use crate::language::{ENGLISH_MONTHS, WrittenNumber, is_han};
use crate::pages::markup::html::{Html, escape_in_its_language};

/// Units that are written behind a space. Longer ones are before those that they begin with.
const UNITS: [&str; 24] = [
    "km²", "km", "kg", "kWh", "kW", "m²", "m³", "mm", "m", "cm", "MWh", "MW", "GWh", "GW", "ha",
    "hectares", "mg", "°C", "g", "t", "%", "‰", "yuan", "mu",
];

/// The Chinese measures of more than one character that follow a number without a space.
const LONG_MEASURES: [&str; 9] =
    ["平方公里", "平方米", "立方米", "公里", "公斤", "公顷", "千瓦", "兆瓦", "小时"];

/// Those of one character.
const MEASURES: &str =
    "年月日天周号点时分秒个项件张套家名位人户亩元斤吨米届次期批座栋间所处辆条份类岁倍";

/// A title or a sentence for templates, with each figure and its unit in a span that is not broken.
pub(crate) fn whole_figures(text: &str) -> Html {
    let mut markup = String::with_capacity(text.len());
    escape_with_figures(None, text, &mut markup);
    Html::new(markup)
}

/// Escapes a text, with each figure and its unit in a span that is not broken. `chinese` is as in
/// [`escape_in_its_language`].
pub(crate) fn escape_with_figures(chinese: Option<&str>, text: &str, out: &mut String) {
    let (mut written, mut at) = (0, 0);
    while let Some(distance) = text.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
        let start = at + distance;
        let is_inside = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        let length = if is_inside {
            None
        } else {
            date_length(&text[start..]).or_else(|| figure_length(&text[start..]))
        };
        let Some(length) = length else {
            let rest = &text[start..];
            at = start + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            continue;
        };
        let figure = &text[start..start + length];
        // Chinese within English has a span of its own, with the digits in it.
        if chinese.is_none() || !figure.contains(is_han) {
            escape_in_its_language(chinese, &text[written..start], out);
            out.push_str("<span class=\"whole\">");
            escape_in_its_language(chinese, figure, out);
            out.push_str("</span>");
            written = start + length;
        }
        at = start + length;
    }
    escape_in_its_language(chinese, &text[written..], out);
}

/// The length of the figure and the unit that a text begins with, if a line could end between them.
fn figure_length(text: &str) -> Option<usize> {
    let number = WrittenNumber::read_unspaced(text)?;
    if number.multiplier.is_some() {
        let length = number.full_length();
        return Some(length + measure_length(&text[length..]));
    }
    let rest = text[number.length..].strip_prefix(' ')?;
    let unit = UNITS.iter().find(|unit| {
        let after = rest.strip_prefix(**unit).map(|after| after.chars().next());
        after.is_some_and(|next| next.is_none_or(|next| !next.is_alphanumeric()))
    })?;
    Some(number.length + 1 + unit.len())
}

/// The length of the Chinese measure that a text begins with; 0 without one.
fn measure_length(text: &str) -> usize {
    if let Some(measure) = LONG_MEASURES.iter().find(|measure| text.starts_with(**measure)) {
        return measure.len();
    }
    let sign = text.chars().next().filter(|sign| MEASURES.contains(*sign));
    sign.map_or(0, char::len_utf8)
}

/// The length of the date that a text begins with: `30 June 2024`, `30 June`, `2024年6月30日`,
/// `6月30日`.
fn date_length(text: &str) -> Option<usize> {
    english_date_length(text).or_else(|| chinese_date_length(text))
}

fn english_date_length(text: &str) -> Option<usize> {
    let day = count_digits(text);
    if day > 2 {
        return None;
    }
    let rest = text[day..].strip_prefix(' ')?;
    let word = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    // In small letters it may be another word: 8 may come.
    let is_month = word.starts_with(|c: char| c.is_ascii_uppercase())
        && ENGLISH_MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
    if !is_month {
        return None;
    }
    let length = day + 1 + word.len();
    let year = text[length..].strip_prefix(' ').map(count_digits);
    Some(if year == Some(4) { length + 5 } else { length })
}

fn chinese_date_length(text: &str) -> Option<usize> {
    let (mut length, mut parts) = (0, 0);
    for sign in ['年', '月', '日'] {
        let digits = count_digits(&text[length..]);
        if digits > 0 && text[length + digits..].starts_with(sign) {
            length += digits + sign.len_utf8();
            parts += 1;
        } else if parts > 0 {
            break;
        }
    }
    (parts > 1).then_some(length)
}

/// The number of digits that a text begins with.
fn count_digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(chinese: Option<&str>, text: &str) -> String {
        let mut out = String::new();
        escape_with_figures(chinese, text, &mut out);
        out.replace("<span class=\"whole\">", "[").replace("</span>", "]")
    }

    #[test]
    fn escape_with_figures_keeps_units_and_dates_whole() {
        for (text, expected) in [
            ("A plant of 7.0 MW & more", "A plant of [7.0 MW] &amp; more"),
            ("12.5 % of $3 billion", "[12.5 %] of $[3 billion]"),
            ("1,250,000 yuan in 2024", "[1,250,000 yuan] in 2024"),
            ("新增岗位1.83万个，2.5亿元", "新增岗位[1.83万个]，[2.5亿元]"),
            ("5 millionaires on 3 mats", "5 millionaires on 3 mats"),
            ("PM2.5 t, 24,000 jobs", "PM2.5 t, 24,000 jobs"),
            ("as of 30 June 2024, not 5 May", "as of [30 June 2024], not [5 May]"),
            ("8 may, 8 Mayors, 30 June 12345", "8 may, 8 Mayors, [30 June] 12345"),
            (
                "截至2024年9月30日，2022年5月起，6月1日",
                "截至[2024年9月30日]，[2022年5月]起，[6月1日]",
            ),
            ("2022年，8月", "2022年，8月"),
            ("2022—2026年的163个村", "2022—2026年的163个村"),
            ("长5*宽3*高2米，1055万平方米", "长5*宽3*高2米，[1055万平方米]"),
            ("no figure", "no figure"),
        ] {
            assert_eq!(figures(None, text), expected, "{text}");
        }
        assert_eq!(figures(Some("zh"), "8 kg, 24万"), "[8 kg], <span lang=\"zh\">24万]");
    }
}
