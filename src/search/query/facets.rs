//! Facets: the number of results for each value of each filter.

use std::collections::BTreeMap;

use super::matches::MatchSet;
use crate::content::GroupKind;
use crate::language::Language;
use crate::record::{PageRef, ValidityState};
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
    /// The pages of bodies, in the site's order.
    pub bodies: Vec<(PageRef, usize)>,
    /// The pages of topics, in the site's order.
    pub topics: Vec<(PageRef, usize)>,
    /// The pages of kinds of official documents, in the site's order.
    pub document_kinds: Vec<(PageRef, usize)>,
    /// The states of official documents.
    pub validities: Vec<(ValidityState, usize)>,
    /// Years, the latest first.
    pub years: Vec<(i16, usize)>,
    /// Languages, in the site's order.
    pub languages: Vec<(Language, usize)>,
}

/// The filters, by the bit of each in [`failed_filters`].
#[derive(Clone, Copy)]
enum Filter {
    Kind,
    Category,
    Body,
    Topic,
    DocumentKind,
    Year,
    Language,
    Validity,
}

impl Filter {
    /// Whether a document that failed these filters is counted in the facet of this one.
    const fn counts(self, failed: u8) -> bool {
        failed & !(1 << self as u8) == 0
    }
}

/// Counts the facets of the matches, and returns the documents that pass every filter.
pub(super) fn count(corpus: &Corpus, filters: Filters, matches: &MatchSet) -> (Facets, Vec<u32>) {
    let content = &corpus.content;
    let mut kinds = [0; DocumentKind::ALL.len()];
    let mut validities = [0; ValidityState::ALL.len()];
    let mut categories = vec![0; content.categories.len()];
    let mut groups: BTreeMap<PageRef, usize> = BTreeMap::new();
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    let mut languages = vec![0; content.site.languages.tags().count()];
    let mut results: Vec<u32> = Vec::new();
    for &index in &matches.documents {
        let document = &corpus.documents[index as usize];
        let matching = matches.languages[index as usize];
        let failed = failed_filters(document, matching, filters);
        if Filter::Kind.counts(failed) {
            kinds[document.kind as usize] += 1;
        }
        if Filter::Category.counts(failed) {
            document.categories.iter().for_each(|category| categories[*category] += 1);
        }
        for page in &document.groups {
            if filter_of(corpus, *page).counts(failed) {
                *groups.entry(*page).or_default() += 1;
            }
        }
        if Filter::Validity.counts(failed)
            && let Some(state) = document.validity
        {
            let place = ValidityState::ALL.iter().position(|known| *known == state);
            validities[place.unwrap_or_default()] += 1;
        }
        if Filter::Year.counts(failed)
            && let Some((first, last)) = document.years
        {
            (first..=last).for_each(|year| *years.entry(year).or_default() += 1);
        }
        if Filter::Language.counts(failed) {
            for (bit, count) in languages.iter_mut().enumerate() {
                *count += usize::from(matching >> bit & 1 == 1);
            }
        }
        if failed == 0 {
            results.push(index);
        }
    }
    let mut facets = Facets {
        kinds: list_counts(DocumentKind::ALL, kinds, filters.kind.as_ref()),
        validities: list_counts(ValidityState::ALL, validities, filters.validity.as_ref()),
        categories: list_counts(0.., categories, filters.category.as_ref()),
        years: list_years(&years, filters.year),
        languages: list_counts(content.site.languages.all(), languages, filters.language.as_ref()),
        ..Facets::default()
    };
    add_groups(&mut facets, corpus, groups, filters);
    (facets, results)
}

/// Adds the counts of bodies, topics and kinds of documents, the selected ones included.
fn add_groups(
    facets: &mut Facets,
    corpus: &Corpus,
    mut counts: BTreeMap<PageRef, usize>,
    filters: Filters,
) {
    for selected in [filters.body, filters.topic, filters.document_kind].into_iter().flatten() {
        counts.entry(selected).or_default();
    }
    for (page, count) in counts {
        let values = match filter_of(corpus, page) {
            Filter::Body => &mut facets.bodies,
            Filter::Topic => &mut facets.topics,
            _ => &mut facets.document_kinds,
        };
        values.push((page, count));
    }
}

/// The filter that selects a body, a topic or a kind of document.
fn filter_of(corpus: &Corpus, page: PageRef) -> Filter {
    match page {
        PageRef::Group(index) => match corpus.content.groups[index].0 {
            GroupKind::Body => Filter::Body,
            GroupKind::Topic => Filter::Topic,
        },
        _ => Filter::DocumentKind,
    }
}

/// The filters that a document fails, a bit each. `languages` has a bit for each language in which
/// it matches.
fn failed_filters(document: &Document, languages: u64, filters: Filters) -> u8 {
    let years = document.years.map(|(first, last)| first..=last);
    let passed = [
        (Filter::Kind, filters.kind.is_none_or(|kind| document.kind == kind)),
        (Filter::Category, filters.category.is_none_or(|it| document.categories.contains(&it))),
        (Filter::Body, filters.body.is_none_or(|body| document.groups.contains(&body))),
        (Filter::Topic, filters.topic.is_none_or(|topic| document.groups.contains(&topic))),
        (
            Filter::DocumentKind,
            filters.document_kind.is_none_or(|kind| document.groups.contains(&kind)),
        ),
        (
            Filter::Year,
            filters.year.is_none_or(|year| years.is_some_and(|years| years.contains(&year))),
        ),
        (
            Filter::Language,
            filters.language.is_none_or(|one| languages >> one.index().min(63) & 1 == 1),
        ),
        (Filter::Validity, filters.validity.is_none_or(|state| document.validity == Some(state))),
    ];
    passed
        .into_iter()
        .fold(0, |failed, (filter, is_passed)| failed | u8::from(!is_passed) << filter as u8)
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
