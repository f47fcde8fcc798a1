//! Statuses, bounds, shares and paces as text.

use crate::content::Status;
use crate::language::Words;
use crate::record::progress::rule::{Bound, ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE, Standing};

/// The word for a status.
pub(crate) fn status_word(words: &Words, status: Status) -> &str {
    match status {
        Status::Achieved => words.status_achieved(),
        Status::Done => words.status_done(),
        Status::OnTrack => words.status_on_track(),
        Status::UnderWay => words.status_under_way(),
        Status::Continuing => words.status_continuing(),
        Status::SlightlyBehind => words.status_slightly_behind(),
        Status::Behind => words.status_behind(),
        Status::Late => words.status_late(),
        Status::WrongWay => words.status_wrong_way(),
        Status::NotMet => words.status_not_met(),
        Status::DataOverdue => words.status_data_overdue(),
        Status::NotYetReported => words.not_yet_reported(),
    }
}

/// A figure in words, with its bound.
pub(crate) fn bounded(words: &Words, bound: Bound, amount: String) -> String {
    match bound {
        Bound::Exact => amount,
        Bound::AtLeast => words.said_at_least(&amount),
        Bound::AtMost => words.said_at_most(&amount),
    }
}

/// Why a figure does not count.
pub(crate) fn standing_word(words: &Words, standing: Standing) -> Option<&str> {
    Some(match standing {
        Standing::Counts => return None,
        Standing::Superseded => words.standing_superseded(),
        Standing::BeforePeriod => words.standing_before_period(),
        Standing::AfterPeriod => words.standing_after_period(),
        Standing::Ahead => words.standing_ahead(),
        Standing::ProvesNothing => words.standing_proves_nothing(),
    })
}

/// Whether a level is kept.
pub(crate) fn level_word(words: &Words, is_kept: Option<bool>) -> &str {
    match is_kept {
        Some(true) => words.level_kept(),
        Some(false) => words.level_broken(),
        None => words.level_open(),
    }
}

/// A share in whole percent. It says 100% only of what is whole, and 0% only of nothing.
pub(crate) fn percent(words: &Words, share: f64) -> String {
    let exact = share * 100.0;
    let rounded = match exact.round() {
        whole if whole >= 100.0 && exact < 100.0 - 1e-7 => 99.0,
        whole if whole == 0.0 && exact > 0.0 => (exact * 100.0).ceil() / 100.0,
        whole => whole + 0.0,
    };
    words.percent(&words.number(rounded))
}

/// `at least 30%`: what follows from a bound is one.
pub(crate) fn bounded_share(words: &Words, bound: Bound, share: String) -> String {
    match bound {
        Bound::Exact => share,
        Bound::AtLeast | Bound::AtMost => words.no_less_than(&share),
    }
}

/// A figure's share of the way, as tables and meters show it: with a digit after the point, so that two figures for one
/// day look as different as they are.
pub(crate) fn share(words: &Words, bound: Bound, attainment: f64) -> String {
    let percent = (attainment * 1000.0).round() / 10.0;
    let is_lifted = percent >= 100.0 && attainment < 1.0 - 1e-9;
    let percent = if is_lifted { 99.9 } else { percent + 0.0 };
    bounded_share(words, bound, words.percent(&words.number(percent)))
}

/// A pace with two digits. One below a bound of the rule never reads as that bound.
pub(crate) fn pace(words: &Words, pace: f64) -> String {
    let rounded = (pace * 100.0).round() / 100.0;
    let is_lifted = [ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE]
        .iter()
        .any(|bound| pace < bound - 1e-9 && rounded >= *bound);
    words.number(if is_lifted { (pace * 100.0).floor() / 100.0 } else { rounded + 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_whole_only_of_what_is_whole_and_nothing_only_of_nothing() {
        let words = Words::english();
        for (share, text) in [
            (0.0, "0%"),
            (0.00004, "0.01%"),
            (0.004, "0.4%"),
            (0.496, "50%"),
            (0.707, "71%"),
            (0.996, "99%"),
            (1.0, "100%"),
            (1.204, "120%"),
            (-0.05, "-5%"),
        ] {
            assert_eq!(percent(&words, share), text, "{share}");
        }
    }

    #[test]
    fn a_pace_below_a_bound_never_reads_as_the_bound() {
        let words = Words::english();
        for (value, text) in [
            (0.9499, "0.94"),
            (0.95, "0.95"),
            (0.57 / 0.6, "0.95"),
            (1.204, "1.2"),
            (0.5999, "0.59"),
            (0.956, "0.96"),
            (0.0, "0"),
        ] {
            assert_eq!(pace(&words, value), text, "{value}");
        }
    }
}
