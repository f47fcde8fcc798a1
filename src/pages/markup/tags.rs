//! Tags that depend on nothing but their own event: alerts, code, tasks, ends of elements.

use std::fmt::Write as _;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::html::escape;
use crate::content::markdown::Abbreviation;
use crate::language::{Locale, is_han};

/// Writes the start of a quotation or alert.
pub(super) fn start_quote(locale: &Locale, kind: Option<BlockQuoteKind>, out: &mut String) {
    let (class, label) = match kind {
        None => return out.push_str("<blockquote>\n"),
        Some(BlockQuoteKind::Note) => ("note", locale.alert_note()),
        Some(BlockQuoteKind::Tip) => ("tip", locale.alert_tip()),
        Some(BlockQuoteKind::Important) => ("important", locale.alert_important()),
        Some(BlockQuoteKind::Warning) => ("warning", locale.alert_warning()),
        Some(BlockQuoteKind::Caution) => ("caution", locale.alert_caution()),
    };
    let _ = write!(out, "<div class=\"alert {class}\" role=\"note\">\n<p class=\"kind\">");
    escape(label, out);
    out.push_str("</p>\n");
}

/// Writes the start of a block of code.
pub(super) fn start_code(kind: &CodeBlockKind<'_>, out: &mut String) {
    // A wide block scrolls, so the keyboard must reach it (WCAG 2.1.1).
    out.push_str("<pre tabindex=\"0\"><code");
    if let CodeBlockKind::Fenced(language) = kind
        && let Some(language) = language.split_whitespace().next()
    {
        out.push_str(" class=\"language-");
        escape(language, out);
        out.push('"');
    }
    out.push('>');
}

/// Writes words of code within a line.
pub(super) fn code(words: &str, out: &mut String) {
    out.push_str("<code>");
    escape(words, out);
    out.push_str("</code>");
}

/// Writes the start of a numbered list, with its class if it has one.
pub(super) fn start_numbered_list(first: u64, attributes: &str, out: &mut String) {
    let _ = match first {
        1 => writeln!(out, "<ol{attributes}>"),
        first => writeln!(out, "<ol{attributes} start=\"{first}\">"),
    };
}

/// Writes the box before an item of a list of tasks.
pub(super) fn task_box(locale: &Locale, is_done: bool, out: &mut String) {
    let (label, checked) =
        if is_done { (locale.task_done(), " checked") } else { (locale.task_open(), "") };
    let _ = write!(out, "<input type=\"checkbox\" disabled{checked} aria-label=\"");
    escape(label, out);
    out.push_str("\"> ");
}

/// Writes a tag of HTML that texts may have.
pub(super) fn html_tag(html: &str, out: &mut String) {
    match Abbreviation::parse(html) {
        Some(Abbreviation::Start(None)) => out.push_str("<abbr>"),
        Some(Abbreviation::Start(Some(title))) => {
            out.push_str("<abbr title=\"");
            escape(&title, out);
            out.push_str("\">");
        }
        Some(Abbreviation::End) => out.push_str("</abbr>"),
        None if html == "</details>" => out.push_str("</details>\n"),
        None => {}
    }
}

/// Writes the end of an element that is the same wherever it is.
pub(super) fn end(tag: TagEnd, out: &mut String) {
    out.push_str(match tag {
        TagEnd::Paragraph => "</p>\n",
        TagEnd::Heading(level) => {
            let _ = writeln!(out, "</{level}>");
            return;
        }
        TagEnd::BlockQuote(Some(_)) => "</div>\n",
        TagEnd::BlockQuote(None) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::DefinitionList => "</dl>\n",
        TagEnd::DefinitionListTitle => "</dt>\n",
        TagEnd::DefinitionListDefinition => "</dd>\n",
        TagEnd::Table => "</tbody>\n</table>\n</div>\n",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Superscript => "</sup>",
        TagEnd::Subscript => "</sub>",
        _ => "",
    });
}

/// Writes a telephone number as a link, behind its label.
pub(super) fn telephone(label: &str, number: &str, out: &mut String) {
    escape(label, out);
    out.push_str("<a href=\"tel:");
    out.extend(number.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
    out.push_str("\">");
    escape(number, out);
    out.push_str("</a>");
}

/// The number of events of the container at the start of events, with its start and end.
pub(super) fn container_length(events: &[Event<'_>]) -> usize {
    let mut depth = 0_usize;
    let end = events.iter().position(|event| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(events.len(), |end| end + 1)
}

/// Whether a cell, whose events these are, is one bold text.
pub(super) fn is_bold(cell: &[Event<'_>]) -> bool {
    let [Event::Start(Tag::Strong), rest @ ..] = cell else { return false };
    let end = rest.iter().position(|event| matches!(event, Event::End(TagEnd::Strong)));
    end.is_some_and(|end| matches!(rest.get(end + 1), Some(Event::End(TagEnd::TableCell))))
}

/// The longest Chinese cell that is taken for a word, in characters.
const MAX_WORD: usize = 8;

/// Whether a cell, whose events these are, is one short Chinese text. A narrow column would part it
/// between any two characters.
pub(super) fn is_short_chinese(cell: &[Event<'_>]) -> bool {
    let [Event::Text(text), Event::End(TagEnd::TableCell), ..] = cell else { return false };
    text.chars().count() <= MAX_WORD && text.contains(is_han)
}
