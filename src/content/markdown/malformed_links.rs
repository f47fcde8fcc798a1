//! What is nearly a link: `[text]（address）`, `[text] (address)`, `[text](address` without an end.

use std::ops::Range;

/// The longest address that is looked at, in bytes.
const MAX_ADDRESS: usize = 500;

/// Every place in Markdown source where a link is meant and none is read, with the link that is meant.
pub(crate) fn find(source: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (close, _) in source.match_indices(']') {
        let Some(open) =
            source[..close].rfind(['[', ']']).filter(|at| source[*at..].starts_with('['))
        else {
            continue;
        };
        let behind = &source[close + 1..];
        let inner = behind.trim_start_matches([' ', '\u{3000}']);
        let Some(rest) = inner.strip_prefix(['(', '（']) else { continue };
        let line = rest[..rest.floor_char_boundary(MAX_ADDRESS)].lines().next().unwrap_or_default();
        let end = line.find([')', '）']);
        let address = line[..end.unwrap_or(line.len())].trim();
        let is_link = behind.starts_with('(') && line[end.unwrap_or(line.len())..].starts_with(')');
        if is_link || source[..open].ends_with('\\') || !is_address(address) {
            continue;
        }
        let mark = end.and_then(|end| line[end..].chars().next()).map_or(0, char::len_utf8);
        let length = source.len() - rest.len() + end.unwrap_or(address.len()) + mark;
        found.push((open..length, format!("{}({address})", &source[open..=close])));
    }
    found
}

/// Whether a text in brackets is surely an address, and no remark.
fn is_address(text: &str) -> bool {
    let is_page = text.strip_suffix(".md").is_some() || text.contains(".md#");
    let is_path = is_page || text.starts_with('/') || text.starts_with("../");
    !text.contains(char::is_whitespace)
        && (is_path || text.contains("://") || text.starts_with("mailto:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_link_is_found_with_the_link() {
        for (source, near, meant) in [
            ("见[公告]（childcare.md）。", "[公告]（childcare.md）", "[公告](childcare.md)"),
            ("See [it] (../a/b.md).", "[it] (../a/b.md)", "[it](../a/b.md)"),
            ("See [it](a.md", "[it](a.md", "[it](a.md)"),
            ("见[它](a.md）。", "[它](a.md）", "[它](a.md)"),
            ("[a]（https://x.example/）", "[a]（https://x.example/）", "[a](https://x.example/)"),
        ] {
            let found: Vec<_> =
                find(source).into_iter().map(|(range, meant)| (&source[range], meant)).collect();
            assert_eq!(found, [(near, meant.to_owned())], "{source}");
        }
        for source in [
            "[2022]（全年）",
            "a [1] (see below)",
            "\\[a](b.md)",
            "[a](b.md)",
            "](a.md",
            "[a]",
            "（a.md）",
        ] {
            assert_eq!(find(source), [], "{source}");
        }
    }
}
