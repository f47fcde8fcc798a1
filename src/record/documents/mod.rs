//! Official documents at an instant: their relations, and whether each one is in force.

pub(super) mod group;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::content::bulletin::{BulletinFacts, DocumentFacts};
use crate::content::{Content, Moment};
use crate::record::progress::calendar::end_of;
use crate::record::validity::{Act, Term, Validity};
use crate::record::{BulletinState, Record};

/// Fills in the relations between public bulletins, and the validity of documents.
///
/// The acts of a withdrawn bulletin no longer count. Those of one that expired or was removed do,
/// because it was public when they took effect.
pub(super) fn add_documents(record: &mut Record<'_>) {
    let content = record.content;
    if content.bulletins.iter().all(|bulletin| !is_document(&bulletin.facts)) {
        return;
    }
    let states = record.bulletin_states.clone();
    // Those that are or were public.
    let known: Vec<usize> =
        (0..states.len()).filter(|index| states[*index] != BulletinState::Future).collect();
    let by_slug: BTreeMap<&str, usize> =
        known.iter().map(|index| (content.bulletins[*index].slug.as_str(), *index)).collect();
    let mut acts: BTreeMap<usize, Vec<Act>> = BTreeMap::new();
    let mut changes: BTreeMap<usize, Timestamp> = BTreeMap::new();
    for index in known.iter().copied() {
        let facts = &content.bulletins[index].facts;
        let is_withdrawn = is_withdrawn(facts, record.instant);
        let appeared = facts.appearances().filter(|change| *change <= record.instant).max();
        for related in &facts.relations {
            let Some(target) = by_slug.get(related.slug.value.as_str()).copied() else { continue };
            if let (true, Some(change)) = (related.relation.is_act(), appeared) {
                let last = changes.entry(target).or_insert(change);
                *last = change.max(*last);
            }
            if is_withdrawn {
                continue;
            }
            if related.relation.is_act() {
                let act = Act { relation: related.relation, from: start_of_acts(facts), by: index };
                acts.entry(target).or_default().push(act);
            }
            if let (Some(id), Some(target)) = (states[index].public(), states[target].public()) {
                record.bulletins[id.0].relations.push((related.relation, target));
                record.bulletins[target.0].related_by.push((related.relation, id));
            }
        }
    }
    for index in known {
        let facts = &content.bulletins[index].facts;
        let acts = acts.remove(&index).unwrap_or_default();
        let Some(id) = states[index].public() else { continue };
        if facts.document.is_none() && acts.is_empty() {
            continue;
        }
        if is_withdrawn(facts, record.instant) {
            continue;
        }
        let term = term_of(facts.document.as_ref(), &content.site.zone);
        let validity = Validity::at(term, &acts, record.instant);
        let changed = validity.changed(term).max(changes.get(&index).copied());
        record.bulletins[id.0].changed_by_time = changed;
        record.bulletins[id.0].validity = Some(validity);
    }
    for bulletin in &mut record.bulletins {
        // The ids count from the newest bulletin on.
        bulletin.related_by.sort_by_key(|(relation, id)| (*relation, std::cmp::Reverse(*id)));
    }
}

/// The instants at which the validity of a document, or of one that it acts on, may change.
pub(super) fn instants(content: &Content, facts: &BulletinFacts) -> [Option<Timestamp>; 2] {
    let Some(document) = &facts.document else { return [None, None] };
    let term = term_of(Some(document), &content.site.zone);
    [term.from.map(|from| from.instant), term.until.map(|(_, end)| end)]
}

/// The day from which the acts of a bulletin on other documents take effect.
pub(super) fn start_of_acts(facts: &BulletinFacts) -> Moment {
    let document = facts.document.as_ref();
    let effective = document.and_then(|document| document.effective.as_ref());
    effective.unwrap_or(&facts.published).value
}

/// The term of a document, by the dates that it gives for itself.
pub(super) fn term_of(document: Option<&DocumentFacts>, zone: &TimeZone) -> Term {
    let Some(document) = document else { return Term::default() };
    let until = document.until.as_ref().map(|until| until.value);
    Term {
        from: document.effective.as_ref().map(|effective| effective.value),
        until: until.map(|last| (last, zone.to_timestamp(end_of(last)).unwrap_or(Timestamp::MAX))),
    }
}

const fn is_document(facts: &BulletinFacts) -> bool {
    facts.document.is_some() || !facts.relations.is_empty()
}

fn is_withdrawn(facts: &BulletinFacts, instant: Timestamp) -> bool {
    facts.withdrawn.as_ref().is_some_and(|removal| removal.on.instant <= instant)
}
