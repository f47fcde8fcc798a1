//! Finds the definitions of links that no link uses: `[name]: address`.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::Parser;

use super::parser::OPTIONS;

/// The definitions of a body and the names that its links use. Names ignore case.
#[derive(Default)]
pub(super) struct Definitions {
    defined: Vec<(String, Range<usize>)>,
    used: BTreeSet<String>,
}

impl Definitions {
    /// Those of a text. Definitions without an address are comments: `[//]: # (comment)`.
    pub(super) fn of(markdown: &str) -> Self {
        if !markdown.contains("]:") {
            return Self::default();
        }
        let parser = Parser::new_ext(markdown, OPTIONS);
        let definitions = parser.reference_definitions().iter();
        let addressed = definitions.filter(|(_, link)| !matches!(&*link.dest, "" | "#"));
        let mut defined: Vec<_> =
            addressed.map(|(name, link)| (name.to_lowercase(), link.span.clone())).collect();
        defined.sort_by_key(|(_, range)| range.start);
        Self { defined, used: BTreeSet::new() }
    }

    /// Notes the name that a link uses; it is empty for a link with its own address.
    pub(super) fn add_use(&mut self, name: &str) {
        if !name.is_empty() {
            self.used.insert(name.to_lowercase());
        }
    }

    /// The ranges of the definitions that no link uses.
    pub(super) fn unused(self) -> impl Iterator<Item = Range<usize>> {
        let Self { defined, used } = self;
        defined.into_iter().filter(move |(name, _)| !used.contains(name)).map(|(_, range)| range)
    }
}
