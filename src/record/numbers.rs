//! Permanent numbers: the bulletins to which the numbers of the ledger lead.

use std::collections::BTreeMap;

use super::address::canonical_alias;
use super::{Links, PageRef};
use crate::content::{Content, PermanentNumber};

/// Finds the bulletin at a path, or with that path among its aliases. Returns its index in the
/// content.
pub(super) fn bulletin_at(content: &Content, links: &Links<'_>, path: &str) -> Option<usize> {
    match links.page_at(path) {
        Some(PageRef::Bulletin(index)) => Some(index),
        Some(_) => None,
        None => content.bulletins.iter().position(|bulletin| {
            let mut aliases = bulletin.facts.aliases.iter();
            aliases.any(|alias| canonical_alias(&alias.value).as_deref() == Some(path))
        }),
    }
}

/// Returns the number of each bulletin that has one, by its index in the content. A bulletin that
/// took the place of others has the number that it got itself, else the first of theirs.
pub(super) fn by_bulletin(
    content: &Content,
    links: &Links<'_>,
) -> BTreeMap<usize, PermanentNumber> {
    let mut numbers: BTreeMap<usize, (bool, PermanentNumber)> = BTreeMap::new();
    for entry in &content.numbers.entries {
        let path = &entry.page.value;
        let Some(index) = bulletin_at(content, links, path) else { continue };
        let found = (links.page_at(path).is_none(), entry.number);
        let first = numbers.entry(index).or_insert(found);
        *first = found.min(*first);
    }
    numbers.into_iter().map(|(index, (_, number))| (index, number)).collect()
}
