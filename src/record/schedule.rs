//! The visibility of bulletins at an instant: drafts are never public, scheduled bulletins from
//! their date, expired ones until theirs.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::bulletin::{Gone, GoneReason};
use super::{consultation, documents};
use crate::content::{Bulletin, Content};

/// The visibility of a bulletin at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Not public until its editor removes `draft`.
    Draft,
    /// Not public until its date.
    Scheduled,
    Public,
    /// Public before; its address answers 410.
    Gone,
}

impl Visibility {
    /// Returns the visibility at an instant. Both bounds belong to the later state: a bulletin is
    /// public from `published` on and gone from `expires` on.
    #[must_use]
    pub fn of(bulletin: &Bulletin, instant: Timestamp) -> Self {
        let facts = &bulletin.facts;
        if facts.draft {
            Self::Draft
        } else if facts.published.value.instant > instant {
            Self::Scheduled
        } else if gone_reason(bulletin, instant).is_some() {
            Self::Gone
        } else {
            Self::Public
        }
    }
}

/// The bulletins that are public at an instant, and the instant at which that changes.
pub(super) struct Schedule<'c> {
    /// Indices of the content's bulletins, newest first; of one instant, by slug.
    pub(super) public: Vec<usize>,
    pub(super) gone: Vec<Gone<'c>>,
    pub(super) next_instant: Option<Timestamp>,
}

impl<'c> Schedule<'c> {
    pub(super) fn at(content: &'c Content, instant: Timestamp) -> Self {
        let mut schedule = Self { public: Vec::new(), gone: Vec::new(), next_instant: None };
        for (index, bulletin) in content.bulletins.iter().enumerate() {
            match Visibility::of(bulletin, instant) {
                Visibility::Public => schedule.public.push(index),
                Visibility::Scheduled if content.shows_scheduled => schedule.public.push(index),
                Visibility::Gone => {
                    let reason = gone_reason(bulletin, instant);
                    schedule.gone.extend(reason.map(|reason| Gone {
                        source: bulletin,
                        reason,
                        goals: Vec::new(),
                        categories: Vec::new(),
                        index,
                    }));
                }
                Visibility::Draft => continue,
                Visibility::Scheduled => {}
            }
            let next = instants(content, bulletin).filter(|change| *change > instant).min();
            schedule.next_instant = [schedule.next_instant, next].into_iter().flatten().min();
        }
        schedule.public.sort_by(|a, b| {
            let (a, b) = (&content.bulletins[*a], &content.bulletins[*b]);
            let newest = b.facts.published.value.instant.cmp(&a.facts.published.value.instant);
            newest.then_with(|| a.slug.cmp(&b.slug))
        });
        schedule
    }
}

/// Returns the slugs of the goals that may be shown: those that a public or former bulletin
/// announces, and those that none announces. A goal whose only announcement is not public yet would
/// otherwise be public before it.
pub(super) fn announced_goals<'c>(
    content: &'c Content,
    once_public: &[usize],
) -> BTreeSet<&'c str> {
    let sets = |bulletin: &'c Bulletin| bulletin.facts.sets.iter().map(|goal| goal.value.as_str());
    let announced: BTreeSet<&str> =
        once_public.iter().flat_map(|index| sets(&content.bulletins[*index])).collect();
    let claimed: BTreeSet<&str> = content.bulletins.iter().flat_map(|it| sets(it)).collect();
    let all = content.goals.iter().map(|goal| goal.slug.as_str());
    all.filter(|slug| announced.contains(slug) || !claimed.contains(slug)).collect()
}

/// Returns the instants at which a bulletin's page, or its position in lists, changes by itself.
fn instants(content: &Content, bulletin: &Bulletin) -> impl Iterator<Item = Timestamp> {
    let facts = &bulletin.facts;
    facts
        .appearances()
        .chain(facts.changes.iter().map(|change| change.on.instant))
        .chain(documents::instants(content, facts).into_iter().flatten())
        .chain(consultation::instants(content, facts))
}

fn gone_reason(bulletin: &Bulletin, instant: Timestamp) -> Option<GoneReason<'_>> {
    let facts = &bulletin.facts;
    if let Some(removal) = facts.gone.as_ref().filter(|removal| removal.on.instant <= instant) {
        return Some(GoneReason::Removed(removal));
    }
    let expires = facts.expires.as_ref().map(|expires| expires.value);
    expires.filter(|expires| expires.instant <= instant).map(GoneReason::Expired)
}
