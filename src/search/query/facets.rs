//! By what results can be narrowed, and how many would be left.

use std::collections::BTreeMap;

use super::matches::Matches;
use crate::language::Language;
use crate::search::index::corpus::{Corpus, Document, DocumentKind};
use crate::search::request::Filters;

/// How many results there would be with each value of each filter, the other filters kept. Values without any are left
/// out, unless they are asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By kind.
    pub kinds: Vec<(DocumentKind, usize)>,
    /// By category, in the site's order.
    pub categories: Vec<(usize, usize)>,
    /// By year, the newest first.
    pub years: Vec<(i16, usize)>,
    /// By language, in the site's order.
    pub languages: Vec<(Language, usize)>,
}

/// How many years are named, the newest first. A goal may have no end in sight.
const MAX_YEARS: usize = 40;

/// The filters, by their places in [`passes`].
const CATEGORY: usize = 0;
const YEAR: usize = 1;
const KIND: usize = 2;
const LANGUAGE: usize = 3;

/// Which filters an entry passes. `written` has a bit for each language that matches.
fn passes(entry: &Document, written: u64, filters: Filters) -> [bool; 4] {
    let is_of = |year: i16| entry.years.is_some_and(|(from, to)| (from..=to).contains(&year));
    [
        filters.category.is_none_or(|category| entry.categories.contains(&category)),
        filters.year.is_none_or(is_of),
        filters.kind.is_none_or(|kind| entry.kind == kind),
        filters.language.is_none_or(|language| written >> language.index().min(63) & 1 == 1),
    ]
}

/// The facets of what matches, and the entries that pass every filter.
pub(super) fn count(corpus: &Corpus, filters: Filters, matches: &Matches) -> (Facets, Vec<u32>) {
    let site = &corpus.content.site;
    let mut categories = vec![0; corpus.content.categories.len()];
    let mut languages = vec![0; site.languages.tags().count()];
    let mut kinds = [0; DocumentKind::ALL.len()];
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    let mut kept: Vec<u32> = Vec::new();
    for &place in &matches.entries {
        let entry = &corpus.entries[place as usize];
        let written = matches.languages[place as usize];
        let passes = passes(entry, written, filters);
        let all_but = |one: usize| {
            passes.iter().enumerate().all(|(place, is_passed)| place == one || *is_passed)
        };
        if all_but(CATEGORY) {
            entry.categories.iter().for_each(|category| categories[*category] += 1);
        }
        if let Some((from, to)) = entry.years.filter(|_| all_but(YEAR)) {
            (from..=to).for_each(|year| *years.entry(year).or_default() += 1);
        }
        if all_but(KIND) {
            kinds[entry.kind as usize] += 1;
        }
        if all_but(LANGUAGE) {
            languages
                .iter_mut()
                .enumerate()
                .for_each(|(bit, count)| *count += usize::from(written >> bit & 1 == 1));
        }
        if passes == [true; 4] {
            kept.push(place);
        }
    }
    let asked = filters.year.map(|year| (year, years.get(&year).copied().unwrap_or_default()));
    let mut years: Vec<(i16, usize)> = years.into_iter().rev().take(MAX_YEARS).collect();
    years.extend(asked.filter(|asked| !years.contains(asked)));
    let facets = Facets {
        kinds: found(DocumentKind::ALL, kinds, filters.kind.as_ref()),
        categories: found(0.., categories, filters.category.as_ref()),
        years,
        languages: found(site.languages.all(), languages, filters.language.as_ref()),
    };
    (facets, kept)
}

/// The values that some result has, and the one that is asked for.
fn found<T: PartialEq>(
    values: impl IntoIterator<Item = T>,
    counts: impl IntoIterator<Item = usize>,
    asked: Option<&T>,
) -> Vec<(T, usize)> {
    let is_shown = |(value, count): &(T, usize)| *count > 0 || asked == Some(value);
    values.into_iter().zip(counts).filter(is_shown).collect()
}
