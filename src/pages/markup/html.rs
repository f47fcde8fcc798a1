//! HTML markup and escaping.

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;

use crate::language::{is_full_width, is_han};

/// Markup made from escaped parts. Templates print it as it is, while they escape a `String`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl Html {
    pub(crate) fn new(markup: String) -> Self {
        Self(markup)
    }

    /// Escapes a text, with its Chinese words marked by a `lang` attribute if one is given.
    pub(crate) fn in_its_language(chinese: Option<&str>, text: &str) -> Self {
        let mut markup = String::with_capacity(text.len());
        escape_in_its_language(chinese, text, &mut markup);
        Self(markup)
    }

    /// A label in SVG, as a CDATA section where it needs no escaping.
    ///
    /// Programs that know no SVG would read the labels of a chart as a run of words and figures.
    /// Outside SVG a CDATA section is a comment, so text browsers and extractors skip it.
    pub(crate) fn svg_label(text: &str) -> Self {
        let mut markup = String::with_capacity(text.len() + 12);
        if text.bytes().any(|byte| IS_SPECIAL[byte as usize]) {
            escape(text, &mut markup);
        } else {
            let _ = write!(markup, "<![CDATA[{text}]]>");
        }
        Self(markup)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl askama::FastWritable for Html {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(out.write_str(&self.0)?)
    }
}

impl HtmlSafe for Html {}

/// For each byte, whether it is one of the five special characters of HTML.
const IS_SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut at = 0;
    while at < SPECIAL.len() {
        special[SPECIAL[at] as usize] = true;
        at += 1;
    }
    special
};

const SPECIAL: &[u8; 5] = b"&<>\"'";

/// Appends text with the special characters of HTML escaped.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| IS_SPECIAL[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends escaped text with its Chinese words marked by a `lang` attribute, if one is given, so
/// that they are pronounced and drawn correctly (WCAG 3.1.2).
pub(crate) fn escape_in_its_language(chinese: Option<&str>, text: &str, out: &mut String) {
    let Some(tag) = chinese else { return escape(text, out) };
    if text.is_ascii() || !text.contains(is_han) {
        return escape(text, out);
    }
    let mut rest = text;
    while let Some(start) = rest.find(belongs_to_chinese) {
        let (before, from) = rest.split_at(start);
        let (run, after) =
            from.split_at(from.find(|c| !belongs_to_chinese(c)).unwrap_or(from.len()));
        escape(before, out);
        if run.contains(is_han) {
            let _ = write!(out, "<span lang=\"{tag}\">");
            escape(run, out);
            out.push_str("</span>");
        } else {
            escape(run, out);
        }
        rest = after;
    }
    escape(rest, out);
}

fn belongs_to_chinese(c: char) -> bool {
    is_han(c) || is_full_width(c) || c.is_ascii_digit()
}

/// The last visible character of some markup, without superscript footnote references. Text
/// contains no `<` or `>`, as they are escaped.
pub(super) fn last_shown(markup: &str) -> Option<char> {
    let mut shown = markup;
    while let Some(mark) = shown.strip_suffix("</a></sup>").and_then(|mark| mark.rfind("<sup"))
        && shown[mark..].starts_with("<sup class=\"ref\">")
    {
        shown = &shown[..mark];
    }
    while let Some(tag) = shown.strip_suffix('>').and_then(|inside| inside.rfind('<')) {
        shown = &shown[..tag];
    }
    shown.chars().next_back()
}
