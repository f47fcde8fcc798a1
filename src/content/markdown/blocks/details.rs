//! Text that a reader opens: `<details>` and `<summary>`, as other programs show them too.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A block of HTML that is one end of a text to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DetailsTag {
    /// The range of the words that are always shown.
    Start(Range<usize>),
    End,
}

/// The well-formed pairs of a text, by the start of each block of HTML. They are at the outermost
/// level and not inside each other.
pub(in crate::content::markdown) fn find(
    markdown: &str,
    options: Options,
) -> BTreeMap<usize, DetailsTag> {
    let mut found = BTreeMap::new();
    if !markdown.contains("<details>") {
        return found;
    }
    let mut open: Option<(usize, Range<usize>)> = None;
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) if depth == 0 => {
                let html = markdown[range.clone()].trim_end();
                if let Some(words) = summary(html) {
                    open = Some((range.start, range.start + words.start..range.start + words.end));
                } else if html == "</details>"
                    && let Some((start, words)) = open.take()
                {
                    found.insert(start, DetailsTag::Start(words));
                    found.insert(range.start, DetailsTag::End);
                }
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The range of the words in `<details>` and `<summary>Words</summary>`, on one line or two.
fn summary(html: &str) -> Option<Range<usize>> {
    let inner = html.strip_prefix("<details>")?.trim_start();
    let words = inner.strip_prefix("<summary>")?.strip_suffix("</summary>")?;
    let start = html.len() - "</summary>".len() - words.len();
    let is_plain = !words.trim().is_empty() && !words.contains(['<', '>', '&', '\n', '\r']);
    is_plain.then_some(start..start + words.len())
}

#[cfg(test)]
mod tests {
    use super::super::super::OPTIONS;
    use super::*;

    #[test]
    fn pairs_are_found_at_the_outermost_level() {
        let right = "Before.\n\n<details>\n<summary>Who?</summary>\n\nAll.\n\n</details>\n";
        let found: Vec<_> = find(right, OPTIONS).into_values().collect();
        let start = right.find("Who").unwrap();
        assert_eq!(found, [DetailsTag::Start(start..start + 4), DetailsTag::End]);
        for wrong in [
            "<details>\n<summary>Who?</summary>\nAll.\n\n</details>\n",
            "<details>\n<summary>Who?</summary>\n\nAll.\n",
            "<details>\n\nAll.\n\n</details>\n",
            "<details open>\n<summary>Who?</summary>\n\nAll.\n\n</details>\n",
            "<details>\n<summary><b>Who?</b></summary>\n\nAll.\n\n</details>\n",
            "> <details>\n> <summary>Who?</summary>\n>\n> All.\n>\n> </details>\n",
            "```html\n<details>\n<summary>Who?</summary>\n\n</details>\n```\n",
        ] {
            assert_eq!(find(wrong, OPTIONS), BTreeMap::new(), "{wrong}");
        }
    }
}
