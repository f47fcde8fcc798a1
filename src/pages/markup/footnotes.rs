//! The footnotes of a text: their numbers, their marks, and the list after the text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::language::Locale;
use crate::pages::markup::addresses::Addresses;
use crate::pages::markup::html::escape;

/// Footnotes, in the order of their first references.
#[derive(Default)]
pub(super) struct Footnotes {
    numbers: BTreeMap<String, usize>,
    marks: BTreeMap<String, usize>,
    texts: BTreeMap<usize, String>,
    /// The output before the text of each open footnote, and its number.
    outer: Vec<(String, usize)>,
}

impl Footnotes {
    /// Writes a reference to a footnote.
    pub(super) fn mark(
        &mut self,
        label: &str,
        addresses: &Addresses<'_>,
        locale: &Locale,
        out: &mut String,
    ) {
        let number = self.number(label);
        let marks = self.marks.entry(label.to_owned()).or_default();
        *marks += 1;
        // The link back from the footnote leads to its first mark.
        let id =
            if *marks == 1 { format!(" id=\"footnote-mark-{number}\"") } else { String::new() };
        let name = locale.note_number(&number.to_string());
        let href = addresses.on_this_page(&format!("footnote-{number}"));
        let _ = write!(out, "<sup class=\"ref\"><a{id} href=\"{href}\" aria-label=\"");
        escape(&name, out);
        // In brackets, for readers of the plain text: "1,000¹" would become the figure 10001.
        let _ = write!(out, "\">[{number}]</a></sup>");
    }

    /// Begins the text of a footnote: the output before it is kept until the text ends.
    pub(super) fn open(&mut self, label: &str, out: &mut String) {
        let number = self.number(label);
        self.outer.push((std::mem::take(out), number));
    }

    /// Ends the text of a footnote.
    pub(super) fn close(&mut self, out: &mut String) {
        if let Some((outer, number)) = self.outer.pop() {
            let note = std::mem::replace(out, outer);
            self.texts.insert(number, note);
        }
    }

    /// Whether the text of a footnote is being written.
    pub(super) const fn is_open(&self) -> bool {
        !self.outer.is_empty()
    }

    /// Writes the list of all footnotes, if there are any.
    pub(super) fn list(self, addresses: &Addresses<'_>, locale: &Locale, out: &mut String) {
        if self.texts.is_empty() {
            return;
        }
        out.push_str(
            "<section class=\"notes\" aria-labelledby=\"footnotes\">\n<h2 id=\"footnotes\">",
        );
        escape(locale.footnotes(), out);
        out.push_str("</h2>\n<ol>\n");
        for (number, note) in self.texts {
            let href = addresses.on_this_page(&format!("footnote-mark-{number}"));
            let _ = write!(
                out,
                "<li id=\"footnote-{number}\">{} <a href=\"{href}\" aria-label=\"",
                note.trim_end()
            );
            escape(locale.footnote_back(), out);
            out.push_str("\">↩</a></li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }

    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_owned()).or_insert(next)
    }
}
