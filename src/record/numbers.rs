//! Permanent numbers: the bulletins to which the numbers of the ledger lead.

use std::collections::BTreeMap;

use super::{Links, PageRef, Record};
use crate::content::{Content, PermanentNumber};

/// Returns the number of each bulletin that has one, by its index in the content. A bulletin that
/// took the place of others has the number that it got itself, else the first of theirs.
pub(super) fn by_bulletin(
    content: &Content,
    links: &Links<'_>,
) -> BTreeMap<usize, PermanentNumber> {
    let mut numbers: BTreeMap<usize, (bool, PermanentNumber)> = BTreeMap::new();
    for entry in &content.numbers.entries {
        let path = &entry.page.value;
        let Some(index) = links.bulletin_at(path) else { continue };
        let found = (links.page_at(path).is_none(), entry.number);
        let first = numbers.entry(index).or_insert(found);
        *first = found.min(*first);
    }
    numbers.into_iter().map(|(index, (_, number))| (index, number)).collect()
}

/// Iterates over the paths of all numbers in every language, with the paths of their bulletins.
/// Those of bulletins that are not public are left out.
pub(super) fn paths(record: &Record<'_>) -> impl Iterator<Item = (String, String)> {
    let entries = record.content.numbers.entries.iter();
    let pages = entries.filter_map(|entry| {
        let index = record.links.bulletin_at(&entry.page.value)?;
        Some((entry.number, PageRef::Bulletin(index)))
    });
    pages.flat_map(move |(number, page)| {
        record.languages().filter_map(move |language| {
            let address = record.public_address(page, language)?;
            let root = record.content.site.languages.root(language);
            Some((format!("{root}{}", number.path()), address.path))
        })
    })
}
