//! The validity of an official document at an instant, computed from its own dates and from the
//! acts of other documents on it. Pure: the same dates, acts and instant give the same state.

use jiff::Timestamp;

use crate::content::Moment;
use crate::content::bulletin::Relation;

/// Whether a document is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValidityState {
    /// Its first day is still to come.
    NotYetInForce,
    InForce,
    /// In force, with a correction of its text.
    Corrected,
    /// In force, with changes that another document made.
    Amended,
    /// Another document ended it.
    Repealed,
    /// Its last day is over.
    Lapsed,
    /// Its dates do not say.
    Unknown,
}

impl ValidityState {
    /// Every state, in the order of facets.
    pub const ALL: [Self; 7] = [
        Self::InForce,
        Self::Amended,
        Self::Corrected,
        Self::NotYetInForce,
        Self::Repealed,
        Self::Lapsed,
        Self::Unknown,
    ];

    /// The name in URLs and data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotYetInForce => "not-yet-in-force",
            Self::InForce => "in-force",
            Self::Corrected => "corrected",
            Self::Amended => "amended",
            Self::Repealed => "repealed",
            Self::Lapsed => "lapsed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is in force, as far as is known.
    #[must_use]
    pub const fn is_in_force(self) -> Option<bool> {
        match self {
            Self::InForce | Self::Corrected | Self::Amended => Some(true),
            Self::NotYetInForce | Self::Repealed | Self::Lapsed => Some(false),
            Self::Unknown => None,
        }
    }
}

/// The dates that a document gives for itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    /// The beginning of its first day in force.
    pub from: Option<Moment>,
    /// Its last day as it is written, and the instant at which that day is over.
    pub until: Option<(Moment, Timestamp)>,
}

/// An amendment, repeal or correction by another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// [`Relation::Amends`], [`Relation::Repeals`] or [`Relation::Corrects`].
    pub relation: Relation,
    /// When it takes effect.
    pub from: Moment,
    /// The index of the acting bulletin in the content.
    pub by: usize,
}

/// The state of a document at an instant, and its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    pub state: ValidityState,
    /// When the state began; for a document that is not yet in force, when it will be.
    pub since: Option<Moment>,
    /// The index in the content of the bulletin that caused it.
    pub by: Option<usize>,
}

impl Validity {
    /// The state at an instant.
    ///
    /// Of a repeal and the end of the last day, the earlier counts, because what has ended cannot
    /// be ended again. Of two repeals the first counts, of two amendments or corrections the last.
    /// An amendment outranks a correction. Acts that take effect later do not count yet.
    #[must_use]
    pub fn at(term: Term, acts: &[Act], instant: Timestamp) -> Self {
        let in_effect = |relation: Relation| {
            acts.iter().filter(move |act| act.relation == relation && act.from.instant <= instant)
        };
        let repeal = in_effect(Relation::Repeals).min_by_key(|act| (act.from.instant, act.by));
        let lapse = term.until.filter(|(_, end)| *end <= instant);
        match (repeal, lapse) {
            (Some(act), Some((_, end))) if act.from.instant <= end => {
                return Self::caused_by(ValidityState::Repealed, act);
            }
            (_, Some((last, _))) => {
                return Self { state: ValidityState::Lapsed, since: Some(last), by: None };
            }
            (Some(act), None) => return Self::caused_by(ValidityState::Repealed, act),
            (None, None) => {}
        }
        if let Some(from) = term.from.filter(|from| from.instant > instant) {
            return Self { state: ValidityState::NotYetInForce, since: Some(from), by: None };
        }
        let last = |relation| in_effect(relation).max_by_key(|act| (act.from.instant, act.by));
        if let Some(act) = last(Relation::Amends) {
            Self::caused_by(ValidityState::Amended, act)
        } else if let Some(act) = last(Relation::Corrects) {
            Self::caused_by(ValidityState::Corrected, act)
        } else if term.from.is_some() {
            Self { state: ValidityState::InForce, since: term.from, by: None }
        } else {
            Self { state: ValidityState::Unknown, since: None, by: None }
        }
    }

    const fn caused_by(state: ValidityState, act: &Act) -> Self {
        Self { state, since: Some(act.from), by: Some(act.by) }
    }

    /// The instant at which the state began, unless that is still to come.
    #[must_use]
    pub fn changed(&self, term: Term) -> Option<Timestamp> {
        match self.state {
            ValidityState::NotYetInForce | ValidityState::Unknown => None,
            ValidityState::Lapsed => term.until.map(|(_, end)| end),
            _ => self.since.map(|since| since.instant),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text, &TimeZone::get("Asia/Shanghai").unwrap()).unwrap()
    }

    fn term(from: Option<&str>, until: Option<&str>) -> Term {
        Term {
            from: from.map(moment),
            until: until.map(|until| (moment(until), moment(until).instant + 24.hours())),
        }
    }

    fn act(relation: Relation, from: &str, by: usize) -> Act {
        Act { relation, from: moment(from), by }
    }

    fn state(term: Term, acts: &[Act], instant: &str) -> (&'static str, Option<usize>) {
        let validity = Validity::at(term, acts, moment(instant).instant);
        (validity.state.name(), validity.by)
    }

    /// A document's days, what others do to it, an instant, the expected state and its cause.
    type Case<'a> = (Term, &'a [Act], &'a str, &'a str, Option<usize>);

    #[test]
    fn state_changes_at_each_boundary_to_the_second() {
        use Relation::{Amends, Corrects, Repeals};
        let whole = term(Some("2022-05-01"), Some("2027-04-30"));
        let open = term(Some("2022-05-01"), None);
        let none = term(None, None);
        let repeal = [act(Repeals, "2023-03-01", 7)];
        let late_repeal = [act(Repeals, "2028-01-01", 7)];
        let two = [act(Repeals, "2023-03-01", 7), act(Repeals, "2022-12-01", 3)];
        let changed = [
            act(Corrects, "2022-06-01", 4),
            act(Amends, "2022-09-01", 5),
            act(Amends, "2022-10-01", 6),
        ];
        let early_repeal = [act(Repeals, "2022-04-01", 7)];
        let cases: &[Case<'_>] = &[
            (whole, &[], "2022-04-30 23:59:59", "not-yet-in-force", None),
            (whole, &[], "2022-05-01 00:00:00", "in-force", None),
            (whole, &[], "2027-04-30 23:59:59", "in-force", None),
            (whole, &[], "2027-05-01 00:00:00", "lapsed", None),
            (open, &[], "2099-01-01", "in-force", None),
            (none, &[], "2022-05-01", "unknown", None),
            (open, &repeal, "2023-02-28 23:59:59", "in-force", None),
            (open, &repeal, "2023-03-01 00:00:00", "repealed", Some(7)),
            (none, &repeal, "2023-02-28 23:59:59", "unknown", None),
            (none, &repeal, "2023-03-01 00:00:00", "repealed", Some(7)),
            // A repealed document does not lapse; a lapsed one cannot be repealed.
            (whole, &repeal, "2027-05-01", "repealed", Some(7)),
            (whole, &late_repeal, "2028-02-01", "lapsed", None),
            // The first of two repeals counts.
            (open, &two, "2022-11-30 23:59:59", "in-force", None),
            (open, &two, "2022-12-01", "repealed", Some(3)),
            (open, &two, "2024-01-01", "repealed", Some(3)),
            (open, &changed, "2022-05-31 23:59:59", "in-force", None),
            (open, &changed, "2022-06-01", "corrected", Some(4)),
            (open, &changed, "2022-09-01", "amended", Some(5)),
            (open, &changed, "2022-10-01", "amended", Some(6)),
            // A document may be repealed before its first day.
            (open, &early_repeal, "2022-03-31 23:59:59", "not-yet-in-force", None),
            (open, &early_repeal, "2022-04-01", "repealed", Some(7)),
        ];
        for (term, acts, instant, expected, by) in cases {
            assert_eq!(state(*term, acts, instant), (*expected, *by), "{instant}: {acts:?}");
        }
    }

    #[test]
    fn every_state_has_its_own_name() {
        let mut names: Vec<&str> = ValidityState::ALL.iter().map(|state| state.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 7);
    }

    fn any_moment() -> impl Strategy<Value = Moment> {
        (1..=28_i8, 1..=12_i8, 2020..=2025_i16)
            .prop_map(|(day, month, year)| moment(&format!("{year}-{month:02}-{day:02}")))
    }

    fn any_act() -> impl Strategy<Value = Act> {
        let relation =
            prop_oneof![Just(Relation::Amends), Just(Relation::Repeals), Just(Relation::Corrects),];
        (relation, any_moment(), 0..9_usize).prop_map(|(relation, from, by)| Act {
            relation,
            from,
            by,
        })
    }

    proptest! {
        #[test]
        fn state_is_independent_of_the_order_of_acts(
            from in proptest::option::of(any_moment()),
            until in proptest::option::of(any_moment()),
            mut acts in proptest::collection::vec(any_act(), 0..6),
            at in any_moment(),
        ) {
            let term = Term { from, until: until.map(|last| (last, last.instant + 24.hours())) };
            let before = Validity::at(term, &acts, at.instant);
            acts.reverse();
            let after = Validity::at(term, &acts, at.instant);
            prop_assert_eq!(before.state, after.state);
            prop_assert_eq!(before.by, after.by);
            // Acts that take effect later change nothing yet.
            acts.retain(|act| act.from.instant <= at.instant);
            prop_assert_eq!(Validity::at(term, &acts, at.instant).state, before.state);
        }

        #[test]
        fn ended_document_stays_ended(
            from in proptest::option::of(any_moment()),
            acts in proptest::collection::vec(any_act(), 0..6),
            at in any_moment(),
            later in 0..3000_i64,
        ) {
            let term = Term { from, until: None };
            let then = at.instant + (later * 24).hours();
            if Validity::at(term, &acts, at.instant).state == ValidityState::Repealed {
                let state = Validity::at(term, &acts, then).state;
                prop_assert_eq!(state, ValidityState::Repealed);
            }
        }
    }
}
