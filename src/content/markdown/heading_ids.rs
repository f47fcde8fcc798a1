//! The ids of headings, to which the fragments of links lead.

use std::collections::BTreeMap;

/// The ids that pages use themselves; a heading of the same name gets a number behind it.
const PAGE_IDS: &[&str] = &[
    "main",
    "contents",
    "footnotes",
    "reports",
    "sets",
    "mentions",
    "changes",
    "related",
    "featured",
    "withdrawn",
    "evidence",
    "counted",
    "goals",
    "bulletins",
    "latest",
    "follow",
    "milestones",
    "ways-on",
];

/// The ids of one page, each taken once.
pub(crate) struct HeadingIds {
    /// Each id that is taken, and the number to try behind it when it is wanted again.
    taken: BTreeMap<String, usize>,
}

impl HeadingIds {
    /// Those of the page itself are taken already.
    pub(crate) fn of_pages() -> Self {
        Self { taken: PAGE_IDS.iter().map(|id| ((*id).to_owned(), 2)).collect() }
    }

    /// The id itself, or with the first number behind it that makes it new.
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        let Some(next) = self.taken.get(wanted) else {
            self.taken.insert(wanted.to_owned(), 2);
            return wanted.to_owned();
        };
        let mut number = *next;
        let id = loop {
            let id = format!("{wanted}-{number}");
            number += 1;
            if !self.taken.contains_key(&id) {
                break id;
            }
        };
        self.taken.insert(wanted.to_owned(), number);
        self.taken.insert(id.clone(), 2);
        id
    }
}

/// An id from a heading's words: letters and digits of any script, lower case, everything else a hyphen.
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
}
