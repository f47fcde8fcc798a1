//! The ids of headings, to which the fragments of links lead.

use std::collections::BTreeMap;

/// The ids that pages use themselves, one a line, as `build.rs` finds them in the templates. `#`
/// replaces a number.
const PAGE_IDS: &str = include_str!(concat!(env!("OUT_DIR"), "/page_ids.txt"));

/// The ids of one page, each taken once.
pub(crate) struct HeadingIds {
    /// Each id that is taken, and the number to try behind it when it is wanted again.
    taken: BTreeMap<String, usize>,
}

impl HeadingIds {
    /// The ids of pages are taken already.
    pub(crate) fn of_pages() -> Self {
        Self { taken: PAGE_IDS.lines().map(|id| (id.to_owned(), 2)).collect() }
    }

    /// The id itself, or with the first number behind it that makes it new.
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        if !self.is_taken(wanted) {
            self.taken.insert(wanted.to_owned(), 2);
            return wanted.to_owned();
        }
        let mut number = self.taken.get(wanted).copied().unwrap_or(2);
        // Where the page itself numbers this id, no number behind it is free.
        let is_numbered = self.taken.contains_key(&format!("{wanted}-#"));
        let start = if is_numbered { format!("{wanted}-section") } else { wanted.to_owned() };
        let id = loop {
            let id = format!("{start}-{number}");
            number += 1;
            if !self.is_taken(&id) {
                break id;
            }
        };
        self.taken.insert(wanted.to_owned(), number);
        self.taken.insert(id.clone(), 2);
        id
    }

    fn is_taken(&self, id: &str) -> bool {
        let start = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_numbered = start.len() < id.len() && self.taken.contains_key(&format!("{start}#"));
        is_numbered || self.taken.contains_key(id)
    }
}

/// Makes an id from a heading's words: letters and digits of any script in lower case, and hyphens
/// for everything else.
pub(crate) fn from_words(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "section".to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_chinese_and_are_taken_once() {
        let mut anchors = HeadingIds::of_pages();
        let ids = ["粮食 产能", "Main", "Main", "A", "A 2", "A", "…"]
            .map(|words| anchors.take(&from_words(words)));
        assert_eq!(ids, ["粮食-产能", "main-2", "main-3", "a", "a-2", "a-3", "section"]);
    }

    #[test]
    fn ids_of_templates_are_taken() {
        let mut ids = HeadingIds::of_pages();
        for id in ["main", "contents", "footnotes", "chart-title", "evidence", "footnote-1"] {
            let taken = ids.take(id);
            assert_eq!(taken, format!("{id}-2"), "{id}");
        }
        assert_eq!(ids.take("footnote-mark-12"), "footnote-mark-12-2");
        assert_eq!(ids.take("footnote"), "footnote");
        assert_eq!(ids.take("footnote"), "footnote-section-2");
        assert_eq!(ids.take("footnote-text"), "footnote-text");
    }
}
