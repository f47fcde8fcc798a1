//! Statuses, bounds, shares and paces as text.

use crate::language::Locale;
use crate::record::progress::rule::{Bound, FigureStatus, ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE};

/// An amount with its bound in words.
pub(crate) fn bounded(locale: &Locale, bound: Bound, amount: String) -> String {
    match bound {
        Bound::Exact => amount,
        Bound::AtLeast => locale.amount_at_least(&amount),
        Bound::AtMost => locale.amount_at_most(&amount),
    }
}

/// Why a figure does not count; none if it does.
pub(crate) fn figure_status_word(locale: &Locale, status: FigureStatus) -> Option<&str> {
    Some(match status {
        FigureStatus::Counts => return None,
        FigureStatus::Superseded => locale.figure_superseded(),
        FigureStatus::BeforePeriod => locale.figure_before_period(),
        FigureStatus::AfterPeriod => locale.figure_after_period(),
        FigureStatus::Ahead => locale.figure_in_future(),
        FigureStatus::ProvesNothing => locale.figure_inconclusive(),
    })
}

/// Whether a level is kept, in words.
pub(crate) fn level_word(locale: &Locale, is_kept: Option<bool>) -> &str {
    match is_kept {
        Some(true) => locale.level_kept(),
        Some(false) => locale.level_not_kept(),
        None => locale.level_unclear(),
    }
}

/// Formats a share in whole percent. A result of 100% is exact, and so is 0%.
pub(crate) fn percent(locale: &Locale, share: f64) -> String {
    let exact = share * 100.0;
    let rounded = match exact.round() {
        whole if whole >= 100.0 && exact < 100.0 - 1e-7 => 99.0,
        whole if whole == 0.0 && exact > 0.0 => (exact * 100.0).ceil() / 100.0,
        whole => whole + 0.0,
    };
    locale.percent(&locale.number(rounded))
}

/// Adds the bound of a figure to a share that was computed from it: `at least 30%`.
pub(crate) fn bounded_share(locale: &Locale, bound: Bound, share: String) -> String {
    match bound {
        Bound::Exact => share,
        Bound::AtLeast | Bound::AtMost => locale.share_at_least(&share),
    }
}

/// Formats the attainment of a figure for tables and meters, with one digit after the decimal point
/// so that two figures of one day look as different as they are.
pub(crate) fn share(locale: &Locale, bound: Bound, attainment: f64) -> String {
    let percent = (attainment * 1000.0).round() / 10.0;
    let is_lifted = percent >= 100.0 && attainment < 1.0 - 1e-9;
    let percent = if is_lifted { 99.9 } else { percent + 0.0 };
    bounded_share(locale, bound, locale.percent(&locale.number(percent)))
}

/// Formats a pace with two digits. A pace below a threshold of the rule never rounds up to it.
pub(crate) fn pace(locale: &Locale, pace: f64) -> String {
    let rounded = (pace * 100.0).round() / 100.0;
    let is_lifted = [ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE]
        .iter()
        .any(|bound| pace < bound - 1e-9 && rounded >= *bound);
    locale.number(if is_lifted { (pace * 100.0).floor() / 100.0 } else { rounded + 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentage_is_0_or_100_only_if_exact() {
        let locale = Locale::english();
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
            assert_eq!(percent(&locale, share), text, "{share}");
        }
    }

    #[test]
    fn pace_below_bound_never_reads_as_bound() {
        let locale = Locale::english();
        for (value, text) in [
            (0.9499, "0.94"),
            (0.95, "0.95"),
            (0.57 / 0.6, "0.95"),
            (1.204, "1.2"),
            (0.5999, "0.59"),
            (0.956, "0.96"),
            (0.0, "0"),
        ] {
            assert_eq!(pace(&locale, value), text, "{value}");
        }
    }
}
