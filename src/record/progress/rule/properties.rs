//! Properties of the rule for arbitrary goals and reports.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::tests::{point, reach, status};
use super::*;

prop_compose! {
    fn any_day()(days in 0_i64..2000) -> Date {
        date(2020, 1, 1).saturating_add(jiff::Span::new().days(days))
    }
}

prop_compose! {
    fn any_point()(value in -1e6..1e6, as_of in any_day(), bound in 0..3) -> Point {
        let bound = [Bound::Exact, Bound::AtLeast, Bound::AtMost][usize::try_from(bound).unwrap()];
        Point { value, bound, as_of, end: crate::record::progress::calendar::end_of_day(as_of) }
    }
}

prop_compose! {
    fn any_measure()(
        aim in 0..3, baseline in -1e6..1e6, target in -1e6..1e6, from in any_day(),
        length in prop::option::of(0_i64..800),
        every in prop::option::of(0..4),
    ) -> Measure {
        let aims = [Aim::Reach { baseline }, Aim::KeepAtLeast, Aim::KeepAtMost];
        let aim = aims[usize::try_from(aim).unwrap()];
        let from = from.at(0, 0, 0, 0);
        let end = length.map(|days| from.saturating_add(jiff::Span::new().days(days)));
        let intervals = [
            ReportingFrequency::Month,
            ReportingFrequency::Quarter,
            ReportingFrequency::HalfYear,
            ReportingFrequency::Year,
        ];
        let report_every = every.map(|every| intervals[usize::try_from(every).unwrap()]);
        Measure { aim, target, time_span: Some(TimeSpan { from, end }), report_every }
    }
}

proptest! {
    /// Every combination of goal and reports has a status. It is "not yet reported" if and only if
    /// no figure counts.
    #[test]
    fn status_is_total(
        measure in any_measure(),
        points in prop::collection::vec(any_point(), 0..8),
        now in any_day(),
    ) {
        let now = now.at(12, 0, 0, 0);
        let assessment = assess_figures(&measure, &points, now);
        let counts = assessment.statuses.contains(&FigureStatus::Counts);
        prop_assert_eq!(assessment.status == Status::NotYetReported, !counts);
        prop_assert_eq!(assessment.latest.is_some(), counts);
        prop_assert!(assessment.elapsed.is_none_or(|elapsed| (0.0..=1.0).contains(&elapsed)));
        prop_assert!(assessment.changes_at.is_none_or(|change| change > now));
    }

    /// The status does not change before the moment that an assessment names.
    #[test]
    fn status_holds_until_named_change(
        measure in any_measure(),
        points in prop::collection::vec(any_point(), 0..8),
        now in any_day(),
        later in 1_i64..3000,
    ) {
        let now = now.at(12, 0, 0, 0);
        let assessment = assess_figures(&measure, &points, now);
        let later = now.saturating_add(jiff::Span::new().hours(later));
        let until = assessment.changes_at.map_or(later, |change| {
            later.min(change.saturating_sub(jiff::Span::new().seconds(1)))
        });
        let then = assess_figures(&measure, &points, until);
        prop_assert_eq!((then.status, then.statuses), (assessment.status, assessment.statuses));
    }

    /// A figure nearer to the target never makes a status worse.
    #[test]
    fn a_higher_figure_is_never_worse(value in -200.0..1200.0, more in 0.0..500.0) {
        let rank = |value: f64| {
            let order = [
                Status::Achieved,
                Status::OnTrack,
                Status::SlightlyBehind,
                Status::Behind,
                Status::WrongWay,
            ];
            let status = status(&reach(1000.0, 0.0), &[point(value, "2023-02-19")], "2023-02-20");
            order.iter().position(|known| *known == status).unwrap()
        };
        prop_assert!(rank(value + more) <= rank(value));
    }
}
