//! Facets: the number of results for each value of each filter.

use std::collections::BTreeMap;

use super::matches::MatchSet;
use crate::language::Language;
use crate::record::ValidityState;
use crate::search::index::corpus::{Corpus, Document, DocumentKind};
use crate::search::request::Filters;

/// The latest years that are listed. A goal may have no end.
const MAX_YEARS: usize = 40;

/// The number of results for each value of each filter, with the other filters applied. Values
/// without results are left out unless they are selected.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facets {
    pub kinds: Vec<(DocumentKind, usize)>,
    /// Category indexes, in the site's order.
    pub categories: Vec<(usize, usize)>,
    /// The states of official documents.
    pub validities: Vec<(ValidityState, usize)>,
    /// Years, the latest first.
    pub years: Vec<(i16, usize)>,
    /// Languages, in the site's order.
    pub languages: Vec<(Language, usize)>,
}

/// Counts the facets of the matches, and returns the documents that pass every filter.
pub(super) fn count(corpus: &Corpus, filters: Filters, matches: &MatchSet) -> (Facets, Vec<u32>) {
    let site = &corpus.content.site;
    let mut kinds = [0; DocumentKind::ALL.len()];
    let mut validities = [0; ValidityState::ALL.len()];
    let mut categories = vec![0; corpus.content.categories.len()];
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    let mut languages = vec![0; site.languages.tags().count()];
    let mut results: Vec<u32> = Vec::new();
    for &index in &matches.documents {
        let document = &corpus.documents[index as usize];
        let matching = matches.languages[index as usize];
        let [kind, category, year, language, validity] =
            passed_filters(document, matching, filters);
        if kind
            && category
            && year
            && language
            && let Some(state) = document.validity
            && let Some(place) = ValidityState::ALL.iter().position(|known| *known == state)
        {
            validities[place] += 1;
        }
        // The other facets count what has the state that is asked for.
        if !validity {
            continue;
        }
        if category && year && language {
            kinds[document.kind as usize] += 1;
        }
        if year && kind && language {
            document.categories.iter().for_each(|category| categories[*category] += 1);
        }
        if category
            && kind
            && language
            && let Some((first, last)) = document.years
        {
            (first..=last).for_each(|year| *years.entry(year).or_default() += 1);
        }
        if category && year && kind {
            for (bit, count) in languages.iter_mut().enumerate() {
                *count += usize::from(matching >> bit & 1 == 1);
            }
        }
        if category && year && kind && language {
            results.push(index);
        }
    }
    let facets = Facets {
        kinds: list_counts(DocumentKind::ALL, kinds, filters.kind.as_ref()),
        validities: list_counts(ValidityState::ALL, validities, filters.validity.as_ref()),
        categories: list_counts(0.., categories, filters.category.as_ref()),
        years: list_years(&years, filters.year),
        languages: list_counts(site.languages.all(), languages, filters.language.as_ref()),
    };
    (facets, results)
}

/// Whether a document passes the filters on kind, category, year, language and validity.
/// `languages` has a bit for each language in which it matches.
fn passed_filters(document: &Document, languages: u64, filters: Filters) -> [bool; 5] {
    let years = document.years.map(|(first, last)| first..=last);
    [
        filters.kind.is_none_or(|kind| document.kind == kind),
        filters.category.is_none_or(|category| document.categories.contains(&category)),
        filters.year.is_none_or(|year| years.is_some_and(|years| years.contains(&year))),
        filters.language.is_none_or(|one| languages >> one.index().min(63) & 1 == 1),
        filters.validity.is_none_or(|state| document.validity == Some(state)),
    ]
}

/// The values that have results, and the selected one.
fn list_counts<T: PartialEq>(
    values: impl IntoIterator<Item = T>,
    counts: impl IntoIterator<Item = usize>,
    selected: Option<&T>,
) -> Vec<(T, usize)> {
    let all = values.into_iter().zip(counts);
    all.filter(|(value, count)| *count > 0 || selected == Some(value)).collect()
}

/// The latest years that have results, and the selected one.
fn list_years(counts: &BTreeMap<i16, usize>, selected: Option<i16>) -> Vec<(i16, usize)> {
    let latest = counts.iter().rev().take(MAX_YEARS);
    let mut years: Vec<(i16, usize)> = latest.map(|(year, count)| (*year, *count)).collect();
    if let Some(selected) = selected
        && years.iter().all(|(year, _)| *year != selected)
    {
        years.push((selected, counts.get(&selected).copied().unwrap_or_default()));
    }
    years
}
