//! Consultations at an instant: their state and their last day.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::progress::calendar::end_of;
use super::{BulletinId, Record};
use crate::content::bulletin::{BulletinFacts, ConsultationFacts};
use crate::content::{Content, Moment};

/// The hours before its end during which a consultation is closing soon.
const CLOSING_HOURS: i64 = 7 * 24;

/// The state of a consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsultationState {
    /// Open, for no more than a week.
    ClosingSoon,
    Open,
    NotYetOpen,
    /// Closed without a published outcome.
    Closed,
    OutcomePublished,
}

impl ConsultationState {
    /// Every state, in the order of the list of consultations.
    pub const ALL: [Self; 5] =
        [Self::ClosingSoon, Self::Open, Self::NotYetOpen, Self::Closed, Self::OutcomePublished];

    /// The name in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClosingSoon => "closing-soon",
            Self::Open => "open",
            Self::NotYetOpen => "not-yet-open",
            Self::Closed => "closed",
            Self::OutcomePublished => "outcome-published",
        }
    }

    /// Whether comments are accepted.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::ClosingSoon | Self::Open)
    }

    /// The state at an instant. `end` is the first instant after the last day.
    #[must_use]
    pub fn at(opens: Timestamp, end: Timestamp, has_outcome: bool, instant: Timestamp) -> Self {
        if has_outcome {
            Self::OutcomePublished
        } else if end <= instant {
            Self::Closed
        } else if opens > instant {
            Self::NotYetOpen
        } else if closing_from(end) <= instant {
            Self::ClosingSoon
        } else {
            Self::Open
        }
    }
}

/// A consultation at an instant.
#[derive(Debug, Clone, Copy)]
pub struct Consultation<'c> {
    pub facts: &'c ConsultationFacts,
    pub state: ConsultationState,
    /// The first day for comments.
    pub opens: Moment,
    /// The last day for comments.
    pub closes: Moment,
    /// The first instant after the last day.
    pub end: Timestamp,
    /// The public bulletin with the outcome, which may be withdrawn.
    pub outcome: Option<BulletinId>,
}

/// Fills in the consultations of public bulletins that are not withdrawn.
pub(super) fn add_consultations(record: &mut Record<'_>) {
    let (instant, content) = (record.instant, record.content);
    let zone = &content.site.zone;
    if record.bulletins.iter().all(|bulletin| bulletin.source.facts.consultation.is_none()) {
        return;
    }
    let sources: BTreeMap<&str, &BulletinFacts> =
        content.bulletins.iter().map(|source| (source.slug.as_str(), &source.facts)).collect();
    let by_slug: BTreeMap<&str, BulletinId> =
        record.bulletin_ids().map(|id| (record.bulletin(id).source.slug.as_str(), id)).collect();
    let all = record.bulletins.iter().enumerate().filter_map(|(index, bulletin)| {
        let source = bulletin.source;
        let facts = source.facts.consultation.as_ref()?;
        if bulletin.withdrawn.is_some() {
            return None;
        }
        let opens = opens_at(&source.facts, facts);
        let closes = last_day_for_comments(facts, instant);
        let end = end_instant(closes, zone);
        let outcome = facts.outcome.as_ref();
        let outcome = outcome.and_then(|slug| by_slug.get(slug.value.as_str()).copied());
        // An outcome that is withdrawn is none.
        let has_outcome = outcome.is_some_and(|id| record.bulletin(id).withdrawn.is_none());
        let state = ConsultationState::at(opens.instant, end, has_outcome, instant);
        Some((index, Consultation { facts, state, opens, closes, end, outcome }))
    });
    for (index, consultation) in all.collect::<Vec<_>>() {
        let bulletin = &mut record.bulletins[index];
        let outcome = consultation.facts.outcome.as_ref();
        let outcome = outcome.and_then(|slug| sources.get(slug.value.as_str()).copied());
        let outcome = outcome.filter(|outcome| !outcome.draft);
        let changed = last_change(consultation, outcome, instant);
        bulletin.changed_by_time = bulletin.changed_by_time.max(changed);
        bulletin.consultation = Some(consultation);
    }
}

/// Returns the instant at which the page of a consultation last changed by itself: it opened, was
/// closing soon, closed or was extended, or the bulletin with its outcome appeared or went.
fn last_change(
    consultation: Consultation<'_>,
    outcome: Option<&BulletinFacts>,
    instant: Timestamp,
) -> Option<Timestamp> {
    let published = outcome.map(|outcome| outcome.published.value.instant);
    let outcome: Vec<Timestamp> =
        outcome.into_iter().flat_map(BulletinFacts::appearances).collect();
    let over = published.unwrap_or(Timestamp::MAX);
    // The outcome is withdrawn, expires or is removed.
    let ends = outcome.iter().copied().filter(|change| *change > over);
    let again = ends.min().unwrap_or(Timestamp::MAX);
    let days = [consultation.opens.instant, closing_from(consultation.end), consultation.end];
    let extended = consultation.facts.extended.iter();
    let days = days.into_iter().chain(extended.map(|extension| extension.on.value.instant));
    // With an outcome, no day changes the page.
    let days = days.filter(|day| *day < over || *day >= again);
    days.chain(outcome).filter(|change| *change <= instant).max()
}

/// Returns the last day for comments, with the extensions that are announced at an instant.
#[must_use]
pub fn last_day_for_comments(facts: &ConsultationFacts, instant: Timestamp) -> Moment {
    let last = facts.extended.iter().rev().find(|extension| extension.on.value.instant <= instant);
    last.map_or(facts.closes.value, |extension| extension.closes.value)
}

/// The instants at which the state of a consultation may change.
pub(super) fn instants(content: &Content, facts: &BulletinFacts) -> Vec<Timestamp> {
    let Some(consultation) = &facts.consultation else { return Vec::new() };
    let zone = &content.site.zone;
    let mut instants = vec![opens_at(facts, consultation).instant];
    let extended = consultation.extended.iter();
    instants.extend(extended.clone().map(|extension| extension.on.value.instant));
    let ends = extended.map(|extension| &extension.closes).chain([&consultation.closes]);
    for closes in ends {
        let end = end_instant(closes.value, zone);
        instants.extend([closing_from(end), end]);
    }
    instants
}

fn opens_at(facts: &BulletinFacts, consultation: &ConsultationFacts) -> Moment {
    consultation.opens.as_ref().unwrap_or(&facts.published).value
}

fn end_instant(closes: Moment, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(end_of(closes)).unwrap_or(Timestamp::MAX)
}

fn closing_from(end: Timestamp) -> Timestamp {
    end.checked_sub(CLOSING_HOURS.hours()).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_changes_at_each_boundary_to_the_second() {
        let instant = |text: &str| -> Timestamp { text.parse().unwrap() };
        let (opens, end) = (instant("2022-07-01T00:00:00Z"), instant("2022-07-19T00:00:00Z"));
        for (at, has_outcome, state) in [
            ("2022-06-30T23:59:59Z", false, "not-yet-open"),
            ("2022-07-01T00:00:00Z", false, "open"),
            ("2022-07-11T23:59:59Z", false, "open"),
            ("2022-07-12T00:00:00Z", false, "closing-soon"),
            ("2022-07-18T23:59:59Z", false, "closing-soon"),
            ("2022-07-19T00:00:00Z", false, "closed"),
            ("2022-08-19T00:00:00Z", true, "outcome-published"),
        ] {
            let found = ConsultationState::at(opens, end, has_outcome, instant(at));
            assert_eq!(found.name(), state, "{at}");
        }
    }
}
