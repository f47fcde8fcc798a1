//! The list of what will change by itself.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::Timestamp;

use crate::content::{Bulletin, Content, Moment, Status};
use crate::record::{ConsultationState, Record, ValidityState};

/// A change that comes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upcoming {
    pub at: Timestamp,
    pub change: UpcomingChange,
    /// The title of the page in the default language.
    pub title: String,
    pub path: Arc<str>,
}

/// A change of the site at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpcomingChange {
    /// A bulletin is published.
    Appears,
    /// A bulletin expires.
    Expires,
    /// A bulletin is removed.
    Removed,
    /// A bulletin is withdrawn.
    Withdrawn,
    /// A bulletin shows a further change note.
    Changes,
    /// A goal gets another status.
    Status(Status, Status),
    /// A document takes effect, lapses, or is changed or repealed by another one.
    Validity(ValidityState, ValidityState),
    /// A consultation opens, closes within a week, closes, or shows its outcome.
    Consultation(ConsultationState, ConsultationState),
    /// A consultation has another last day.
    LastDay(Moment),
    /// An alert is on every page from now on.
    AlertBegins,
    /// An alert is no longer on any page.
    AlertEnds,
}

/// The changes after an instant that need no edit.
#[derive(Debug, Clone, Default)]
pub struct UpcomingChanges {
    /// The next change first.
    pub changes: Vec<Upcoming>,
    /// The last instant at which states were computed, if later ones were not. Dates in front
    /// matter are listed beyond it, changes of states are not.
    pub states_until: Option<Timestamp>,
}

/// The most bulletins whose states are computed, over all instants: in a large site, the list has
/// the states of fewer instants.
const MAX_BULLETINS: usize = 50_000;

/// The bounds of the number of instants at which states are computed.
const INSTANTS: RangeInclusive<usize> = 12..=500;

/// Lists what will change after an instant.
#[must_use]
pub fn upcoming(content: &Content, instant: Timestamp) -> UpcomingChanges {
    let mut changes: Vec<Upcoming> = content
        .bulletins
        .iter()
        .filter(|bulletin| !bulletin.facts.draft)
        .flat_map(|bulletin| dated_changes(bulletin))
        .filter(|change| change.at > instant)
        .collect();
    let (of_states, states_until) = state_changes(content, instant);
    changes.extend(of_states);
    changes.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    UpcomingChanges { changes, states_until }
}

/// The changes whose instants are in the front matter of a bulletin.
fn dated_changes(bulletin: &Bulletin) -> impl Iterator<Item = Upcoming> {
    let facts = &bulletin.facts;
    let expires = facts.expires.as_ref().map(|expires| (expires.value, UpcomingChange::Expires));
    let gone = facts.gone.as_ref().map(|removal| (removal.on, UpcomingChange::Removed));
    let withdrawn = facts.withdrawn.as_ref().map(|removal| (removal.on, UpcomingChange::Withdrawn));
    let notes = facts.changes.iter().map(|change| (change.on, UpcomingChange::Changes));
    [Some((facts.published.value, UpcomingChange::Appears)), expires, gone, withdrawn]
        .into_iter()
        .flatten()
        .chain(notes)
        .map(|(moment, change)| Upcoming {
            at: moment.instant,
            change,
            title: bulletin.texts.original().title.value.clone(),
            path: Arc::clone(bulletin.path()),
        })
}

/// The next changes of states, from one instant at which the record changes to the next, up to the
/// bound of instants. Both the instants and the states are those of the record. Also returns the
/// last instant, if there are later ones.
fn state_changes(content: &Content, instant: Timestamp) -> (Vec<Upcoming>, Option<Timestamp>) {
    let most = MAX_BULLETINS / content.bulletins.len().max(1);
    let mut found = Vec::new();
    let record = Record::at(content, instant);
    let (mut before, mut next) = (states(&record), record.next_instant);
    let mut last = instant;
    for _ in 0..most.clamp(*INSTANTS.start(), *INSTANTS.end()) {
        let Some(at) = next else { break };
        let record = Record::at(content, at);
        let after = states(&record);
        let new = after.iter().map(|(key, state)| (key, state, before.get(key), Some(state)));
        let old = before.iter().filter(|(key, _)| !after.contains_key(*key));
        let old = old.map(|(key, state)| (key, state, Some(state), None));
        for ((_, path), state, earlier, later) in new.chain(old) {
            let change = change_between(earlier.map(|it| it.kind), later.map(|it| it.kind));
            found.extend(change.map(|change| Upcoming {
                at,
                change,
                title: state.title.to_owned(),
                path: Arc::clone(path),
            }));
        }
        (before, next, last) = (after, record.next_instant, at);
    }
    (found, next.map(|_| last))
}

/// The aspect of a page that a state describes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Aspect {
    Status,
    Validity,
    Consultation,
    Alert,
}

/// A state of a page, with its title in the default language.
struct State<'c> {
    kind: StateKind,
    title: &'c str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StateKind {
    Status(Status),
    /// With the index of the document that caused it.
    Validity(ValidityState, Option<usize>),
    /// With the last day for comments.
    Consultation(ConsultationState, Moment),
    Alert,
}

/// The states of the public pages of a record, by aspect and the path of the page's file.
fn states<'c>(record: &Record<'c>) -> BTreeMap<(Aspect, Arc<str>), State<'c>> {
    let mut states = BTreeMap::new();
    for (index, goal) in record.goals.iter().enumerate() {
        let kind = StateKind::Status(record.progress[index].status);
        let title = &goal.source.texts.original().title.value;
        states.insert((Aspect::Status, Arc::clone(goal.source.path())), State { kind, title });
    }
    for bulletin in &record.bulletins {
        let path = bulletin.source.path();
        let title = &bulletin.source.texts.original().title.value;
        if let Some(validity) = &bulletin.validity {
            let kind = StateKind::Validity(validity.state, validity.by);
            states.insert((Aspect::Validity, Arc::clone(path)), State { kind, title });
        }
        if let Some(consultation) = &bulletin.consultation {
            let kind = StateKind::Consultation(consultation.state, consultation.closes);
            states.insert((Aspect::Consultation, Arc::clone(path)), State { kind, title });
        }
    }
    for alert in &record.alerts {
        let title = &alert.texts.original().title.value;
        states.insert(
            (Aspect::Alert, Arc::clone(alert.path())),
            State { kind: StateKind::Alert, title },
        );
    }
    states
}

/// The change from one state of an aspect to the next. A page that appears or goes is listed as
/// such, without its states.
fn change_between(earlier: Option<StateKind>, later: Option<StateKind>) -> Option<UpcomingChange> {
    use StateKind::{Alert, Consultation, Status, Validity};
    if earlier == later {
        return None;
    }
    match (earlier, later) {
        (None, Some(Alert)) => Some(UpcomingChange::AlertBegins),
        (Some(Alert), None) => Some(UpcomingChange::AlertEnds),
        (Some(Status(from)), Some(Status(to))) => Some(UpcomingChange::Status(from, to)),
        (Some(Validity(from, _)), Some(Validity(to, _))) => {
            Some(UpcomingChange::Validity(from, to))
        }
        (Some(Consultation(_, from)), Some(Consultation(state, to)))
            if from != to && state.is_open() =>
        {
            Some(UpcomingChange::LastDay(to))
        }
        (Some(Consultation(from, _)), Some(Consultation(to, _))) => {
            (from != to).then_some(UpcomingChange::Consultation(from, to))
        }
        _ => None,
    }
}
