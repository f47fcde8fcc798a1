//! Writes texts as scalars of YAML and TOML.

use std::fmt::Write as _;

use super::moment;

/// Replaces, in an example, a value that only the editor knows.
pub(crate) const ELLIPSIS: &str = "…";

/// The plain words that YAML 1.1 or 1.2 does not read as texts.
const RESERVED: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/// The characters that mean something to YAML in or beside a plain scalar.
const INDICATORS: &str = ":#\"'\\{}[],&*!|>%@`";

/// A text as a YAML scalar on one line, also within `[…]` and `{…}`: plain if YAML 1.1 and 1.2 both
/// read it as the same text, and quoted otherwise.
#[must_use]
pub(crate) fn yaml_text(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { yaml_quoted(text) }
}

/// A value for an example: numbers, dates and the ellipsis are plain, texts as in [`yaml_text`].
pub(crate) fn yaml_example(value: &str) -> String {
    let is_literal = value == ELLIPSIS || moment::is_iso(value) || value.parse::<f64>().is_ok();
    if is_literal { value.to_owned() } else { yaml_text(value) }
}

/// A text in the quotes of YAML that need the fewest escapes.
pub(crate) fn yaml_quoted(text: &str) -> String {
    let is_clearer_single = text.contains(['"', '\\']) && !text.contains('\'');
    if is_clearer_single && text.chars().all(is_printable) {
        format!("'{text}'")
    } else {
        double_quoted(text)
    }
}

/// A text in double quotes, with the escapes that YAML and TOML share.
pub(crate) fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if is_printable(c) => quoted.push(c),
            _ if code > 0xFFFF => {
                let _ = write!(quoted, "\\U{code:08X}");
            }
            _ => {
                let _ = write!(quoted, "\\u{code:04X}");
            }
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && !text.ends_with([':', ' '])
        && !text.contains(|c: char| INDICATORS.contains(c))
        && text.chars().all(is_printable)
        && !RESERVED.contains(&text.to_lowercase().as_str())
}

/// Whether YAML allows a character without an escape: no control, no further line break, no byte
/// order mark.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn example_number_or_date_stays_plain() {
        for (value, written) in [
            ("83000", "83000"),
            ("2022-01-01", "2022-01-01"),
            (ELLIPSIS, ELLIPSIS),
            ("Harbin Daily", "Harbin Daily"),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("the \"new\" one", "'the \"new\" one'"),
        ] {
            assert_eq!(yaml_example(value), written, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_text_reads_back_unchanged(text in any::<String>()) {
            let scalar = yaml_text(&text);
            for document in [format!("key: {scalar}\n"), format!("key: [{scalar}]\n")] {
                let read: serde_json::Value = serde_saphyr::from_str(&document).unwrap();
                let found = read["key"].as_str().or_else(|| read["key"][0].as_str());
                prop_assert_eq!(found, Some(text.as_str()), "{}", document);
            }
        }
    }
}
