//! Character classes and line joining for text that mixes Han with other scripts.

/// Whether a character is a Han ideograph.
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{3005}'
            | '\u{3007}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Whether a character is CJK punctuation or a full-width form, each as wide as a Han ideograph
/// (the Unicode blocks "CJK Symbols and Punctuation" and "Halfwidth and Fullwidth Forms").
#[must_use]
pub const fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}')
}

/// Whether a character is a quotation mark, dash or ellipsis, which Chinese shares with Latin
/// scripts: only its neighbours tell how wide it is.
#[must_use]
pub const fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '\u{2014}' | '\u{2018}'..='\u{201D}' | '\u{2026}')
}

/// Converts a full-width form, or the ideographic space, to the ordinary character.
#[must_use]
pub fn to_half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Converts a superscript or subscript digit to the ordinary one.
#[must_use]
pub fn raised_digit(c: char) -> Option<char> {
    let value = match c {
        '\u{B9}' => 1,
        '\u{B2}' => 2,
        '\u{B3}' => 3,
        '\u{2070}' | '\u{2074}'..='\u{2079}' => u32::from(c) - 0x2070,
        '\u{2080}'..='\u{2089}' => u32::from(c) - 0x2080,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Raises a text with the superscripts of Unicode: `2` is `²`. `None` if one is missing.
#[must_use]
pub fn to_superscript(text: &str) -> Option<String> {
    convert(text, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
}

/// Lowers a text with the subscripts of Unicode: `2` is `₂`. `None` if one is missing.
#[must_use]
pub fn to_subscript(text: &str) -> Option<String> {
    convert(text, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ")
}

/// Replaces each of the sixteen characters by the one at its index in `scripts`.
fn convert(text: &str, scripts: &str) -> Option<String> {
    let converted = text.chars().map(|c| {
        let c = if c == '−' { '-' } else { c };
        let index = "0123456789+-=()n".chars().position(|known| known == c)?;
        scripts.chars().nth(index)
    });
    converted.collect()
}

/// Whether a line break between two characters prints nothing, because Chinese has no spaces
/// between words. `after` is `None` at the end of a text.
#[must_use]
pub fn joins_lines(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_tight) && after.is_none_or(is_tight)
}

/// Whether Chinese sets a character without spaces around it.
fn is_tight(c: char) -> bool {
    is_han(c) || is_full_width(c) || matches!(c, '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}')
}

/// Whether pages and feeds may contain a character: neither controls nor noncharacters (XML 1.0
/// §2.2; Unicode §23.7). Callers decide about tabs and line breaks.
#[must_use]
pub fn is_printable(c: char) -> bool {
    let code = u32::from(c);
    !c.is_control() && code & 0xFFFE != 0xFFFE && !(0xFDD0..=0xFDEF).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_half_width_converts_forms_and_space() {
        let folded: String = "Ａ１（，　汉。".chars().map(to_half_width).collect();
        assert_eq!(folded, "A1(, 汉。");
    }

    #[test]
    fn raised_digits_have_ordinary_ones() {
        let digits: String = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₉".chars().filter_map(raised_digit).collect();
        assert_eq!(digits, "01234567890129");
        assert_eq!(raised_digit('1'), None);
    }

    #[test]
    fn lines_join_only_between_chinese() {
        for (before, after, joins) in [
            ("汉", "字", true),
            ("。", "字", true),
            ("汉", "“", true),
            ("汉", "", true),
            ("汉", "a", false),
            ("a", "字", false),
            ("a", "b", false),
            ("", "字", false),
        ] {
            let found = joins_lines(before.chars().next(), after.chars().next());
            assert_eq!(found, joins, "{before} {after}");
        }
    }
}
