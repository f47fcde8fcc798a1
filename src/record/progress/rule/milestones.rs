//! The rule for goals to deliver, which have milestones.

use jiff::civil::DateTime;

use crate::content::Status;

/// A milestone of a goal to deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The moment at which its last day is over, if it has one.
    pub due: Option<DateTime>,
    /// Whether a bulletin has reported it as reached.
    pub is_reached: bool,
}

impl Step {
    /// Whether its day has passed and it is not reached.
    #[must_use]
    pub fn is_late(&self, now: DateTime) -> bool {
        !self.is_reached && self.due.is_some_and(|due| due <= now)
    }
}

/// Assesses a goal to deliver, and returns when its status changes by itself. `is_reported` is
/// whether any bulletin has reported on it.
#[must_use]
pub fn assess_milestones(
    steps: &[Step],
    is_reported: bool,
    now: DateTime,
) -> (Status, Option<DateTime>) {
    let changes_at = steps.iter().filter(|step| !step.is_reached).filter_map(|step| step.due);
    let changes_at = changes_at.filter(|due| *due > now).min();
    let status = if !is_reported {
        Status::NotYetReported
    } else if !steps.is_empty() && steps.iter().all(|step| step.is_reached) {
        Status::Done
    } else if steps.iter().any(|step| step.is_late(now)) {
        Status::Late
    } else {
        Status::UnderWay
    };
    (status, changes_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::progress::calendar::end_of;
    use crate::record::progress::rule::tests::{at, moment};

    #[test]
    fn goal_to_deliver_has_expected_status() {
        for (steps, is_reported, now, expected) in [
            (vec![], false, "2023-01-01", Status::NotYetReported),
            (vec![], true, "2023-01-01", Status::UnderWay),
            (vec![step(Some("2022-12-31"), false)], false, "2024-01-01", Status::NotYetReported),
            (vec![step(Some("2022-12-31"), false)], true, "2022-12-31T23:59:59", Status::UnderWay),
            (vec![step(Some("2022-12-31"), false)], true, "2023-01-01", Status::Late),
            (
                vec![step(Some("2022-12-31"), true), step(Some("2023-06-30"), false)],
                true,
                "2023-01-01",
                Status::UnderWay,
            ),
            (
                vec![step(Some("2022-12-31"), true), step(None, false)],
                true,
                "2030-01-01",
                Status::UnderWay,
            ),
            (
                vec![step(Some("2022-12-31"), true), step(None, true)],
                true,
                "2022-01-01",
                Status::Done,
            ),
        ] {
            assert_eq!(
                assess_milestones(&steps, is_reported, at(now)).0,
                expected,
                "{steps:?} at {now}"
            );
        }
        let steps = [step(Some("2022-12-31"), false), step(Some("2023-06-30"), true)];
        assert_eq!(assess_milestones(&steps, true, at("2022-06-01")).1, Some(at("2023-01-01")));
        assert_eq!(assess_milestones(&steps, true, at("2023-01-01")).1, None);
    }

    /// A milestone with its last day.
    fn step(day: Option<&str>, is_reached: bool) -> Step {
        Step { due: day.map(|day| end_of(moment(day))), is_reached }
    }
}
