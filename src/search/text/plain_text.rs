//! The plain text of a Markdown body, without its markup and URLs.

use pulldown_cmark::{Event, Tag};

use crate::content::markdown::{self, PlainScripts, emphasis, is_title_mark};
use crate::language::joins_lines;

/// The bytes of a body that a search may read: ten times a usual bulletin. A body may have a MiB.
const MAX_BEGINNING: usize = 32 << 10;

/// The beginning of a Markdown body, as far as a search may read it.
pub(crate) fn beginning(markdown: &str) -> &str {
    &markdown[..markdown.floor_char_boundary(MAX_BEGINNING)]
}

/// The text of a Markdown body: a line for each paragraph, heading, table cell and list item.
pub(crate) fn from_markdown(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let (mut is_broken, mut is_link_start) = (false, false);
    let mut scripts = PlainScripts::default();
    for (event, _) in markdown::events(markdown) {
        scripts.take(&event);
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => is_link_start = !dest_url.contains(':'),
            Event::Text(text) | Event::Code(text) => {
                let text = scripts.plain(&text);
                // The page shows a title in place of `@` and the id of its page.
                let skipped = usize::from(is_link_start && is_title_mark(&text));
                let text = &text[skipped..];
                is_link_start = false;
                let (before, after) = (out.chars().next_back(), text.chars().next());
                if is_broken && !joins_lines(before, after) {
                    out.push(' ');
                }
                is_broken = false;
                out.push_str(text);
            }
            Event::SoftBreak => is_broken = true,
            Event::HardBreak | Event::Rule => end_line(&mut out, &mut is_broken),
            Event::End(end) if !emphasis::is_inline(end) => end_line(&mut out, &mut is_broken),
            _ => {}
        }
    }
    out
}

fn end_line(out: &mut String, is_broken: &mut bool) {
    *is_broken = false;
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_html_are_plain_text() {
        let markdown = "m<sup>2</sup>、CO<sub>2</sub>，4<sup>th</sup><!-- secret -->\n\n\
                        | a<br>b |\n| - |\n| <abbr title=\"x\">WHO</abbr> |\n\n\
                        <!-- hidden -->\n\n一、甲\n二、乙\n\n\
                        <details>\n<summary>Who?</summary>\n\nAll.\n\n</details>\n";
        assert_eq!(
            from_markdown(markdown),
            "m²、CO₂，4th\na\nb\nWHO\n一、甲\n二、乙\nWho?\nAll.\n"
        );
    }

    #[test]
    fn plain_text_omits_marks_and_separates_blocks() {
        let markdown = "## A *head*\n\nOne [link](https://x.example/y) and\n`code` 汉\n字。\n又\nx.\n\n\
                        | a | b |\n| - | - |\n| 1 | 2 |\n\n- x\n- ![alt](i.png)\n";
        assert_eq!(
            from_markdown(markdown),
            "A head\nOne link and code 汉字。又 x.\na\nb\n1\n2\nx\nalt\n"
        );
    }
}
