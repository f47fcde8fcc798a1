//! The rule, by tables: each status from both sides of each bound, and every case at an edge.

use jiff::civil::{Date, DateTime, date};
use proptest::prelude::*;

use super::*;
use crate::content::Moment;
use crate::record::progress::calendar::end_of;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime {
    if text.len() == 10 { day(text).at(0, 0, 0, 0) } else { text.parse().unwrap() }
}

/// A day, or a time of day, as front matter gives it.
fn moment(text: &str) -> Moment {
    Moment::parse(text, &jiff::tz::TimeZone::UTC).unwrap()
}

fn point(value: f64, as_of: &str) -> Point {
    let moment = moment(as_of);
    Point { value, bound: Bound::Exact, as_of: moment.date(), end: end_of(moment) }
}

fn bounded(bound: Bound, value: f64, as_of: &str) -> Point {
    Point { bound, ..point(value, as_of) }
}

/// 100 things from 1 to 100 days: a figure of one day is its pace in percent.
fn hundred_days() -> TimeSpan {
    TimeSpan { from: at("2023-01-01"), end: Some(at("2023-04-11")) }
}

fn reach(target: f64, baseline: f64) -> Measure {
    Measure {
        aim: Aim::Reach { baseline },
        target,
        time_span: Some(hundred_days()),
        report_every: None,
    }
}

fn keep(aim: Aim, target: f64) -> Measure {
    Measure { aim, target, time_span: Some(hundred_days()), report_every: None }
}

#[track_caller]
fn status(measure: &Measure, points: &[Point], now: &str) -> Status {
    assess_figures(measure, points, at(now)).status
}

#[test]
fn each_status_of_a_number_to_reach_from_both_sides_of_each_bound() {
    let measure = reach(1000.0, 0.0);
    // Half of the hundred days are gone on 19 February.
    for (value, expected) in [
        (1000.0, Status::Achieved),
        (1200.0, Status::Achieved),
        (999.9, Status::OnTrack),
        (475.0, Status::OnTrack),
        (474.9, Status::SlightlyBehind),
        (300.0, Status::SlightlyBehind),
        (299.9, Status::Behind),
        (0.0, Status::Behind),
        (-0.1, Status::WrongWay),
    ] {
        assert_eq!(
            status(&measure, &[point(value, "2023-02-19")], "2023-02-20"),
            expected,
            "{value}"
        );
    }
}

#[test]
fn the_bounds_of_pace_hold_where_binary_fractions_lose_a_little() {
    // 0.57 / 0.6 is 0.95, and 0.36 / 0.6 is 0.6; neither is exact in binary.
    for (value, expected) in [(57.0, Status::OnTrack), (36.0, Status::SlightlyBehind)] {
        assert_eq!(
            status(&reach(100.0, 0.0), &[point(value, "2023-03-01")], "2023-03-02"),
            expected,
            "{value}"
        );
    }
}

#[test]
fn the_last_figure_decides_when_the_period_is_over() {
    let measure = reach(100.0, 0.0);
    for (value, as_of, now, expected) in [
        // The last day of the period is 10 April; until midnight the pace counts.
        (99.0, "2023-04-10", "2023-04-10T23:59:59", Status::OnTrack),
        (50.0, "2023-04-10", "2023-04-10T23:59:59", Status::Behind),
        (99.0, "2023-04-10", "2023-04-11", Status::NotMet),
        (100.0, "2023-04-10", "2023-04-11", Status::Achieved),
        // A figure of after the period is one of its end.
        (99.0, "2023-06-01", "2023-06-02", Status::NotMet),
        (100.0, "2023-06-01", "2023-06-02", Status::Achieved),
        (-5.0, "2023-06-01", "2023-06-02", Status::NotMet),
        // Until a month after the period its last figure may still come.
        (98.0, "2023-04-09", "2023-04-11", Status::OnTrack),
        (98.0, "2023-04-09", "2023-05-10T23:59:59", Status::OnTrack),
        (98.0, "2023-04-09", "2023-05-11", Status::DataOverdue),
        (-1.0, "2023-04-09", "2023-05-11", Status::DataOverdue),
        // What is reached stays reached.
        (100.0, "2023-04-09", "2023-05-11", Status::Achieved),
    ] {
        assert_eq!(
            status(&measure, &[point(value, as_of)], now),
            expected,
            "{value} as of {as_of} at {now}"
        );
    }
}

#[test]
fn nothing_reported_is_never_zero_and_never_overdue() {
    for measure in [reach(100.0, 0.0), keep(Aim::KeepAtLeast, 100.0)] {
        for now in ["2022-01-01", "2023-02-01", "2030-01-01"] {
            let assessment = assess_figures(&measure, &[], at(now));
            assert_eq!(assessment.status, Status::NotYetReported);
            assert_eq!(
                (assessment.attainment, assessment.pace, assessment.latest),
                (None, None, None)
            );
        }
    }
}

#[test]
fn a_figure_from_before_the_period_is_not_of_it() {
    let measure = reach(100.0, 0.0);
    for (as_of, expected) in
        [("2022-12-31", FigureStatus::BeforePeriod), ("2023-01-01", FigureStatus::Counts)]
    {
        let assessment = assess_figures(&measure, &[point(1.0, as_of)], at("2023-01-02"));
        assert_eq!(assessment.statuses, [expected], "{as_of}");
    }
    assert_eq!(
        status(&measure, &[point(90.0, "2022-12-31")], "2023-01-02"),
        Status::NotYetReported
    );
}

#[test]
fn a_figure_counts_from_its_own_day_on() {
    let measure = reach(100.0, 0.0);
    let points = [point(90.0, "2023-03-01")];
    let before = assess_figures(&measure, &points, at("2023-02-28T23:59:59"));
    assert_eq!((before.status, before.statuses[0]), (Status::NotYetReported, FigureStatus::Ahead));
    assert_eq!(before.changes_at, Some(at("2023-03-01")));
    assert_eq!(status(&measure, &points, "2023-03-01"), Status::OnTrack);
}

#[test]
fn of_one_day_the_later_bulletin_counts() {
    let assessment = assess_figures(
        &reach(100.0, 0.0),
        &[point(20.0, "2023-02-19"), point(49.0, "2023-02-19"), point(10.0, "2023-01-10")],
        at("2023-02-20"),
    );
    assert_eq!(
        assessment.statuses,
        [FigureStatus::Superseded, FigureStatus::Counts, FigureStatus::Counts]
    );
    assert_eq!((assessment.status, assessment.latest), (Status::OnTrack, Some(1)));
}

#[test]
fn a_target_below_its_baseline_is_reached_downwards() {
    let measure = reach(40.0, 80.0);
    for (value, expected) in [
        (40.0, Status::Achieved),
        (35.0, Status::Achieved),
        (60.0, Status::OnTrack),
        (62.0, Status::SlightlyBehind),
        (75.0, Status::Behind),
        (80.0, Status::Behind),
        (80.5, Status::WrongWay),
    ] {
        assert_eq!(
            status(&measure, &[point(value, "2023-02-19")], "2023-02-20"),
            expected,
            "{value}"
        );
    }
}

#[test]
fn a_bound_counts_only_on_the_side_that_proves_something() {
    let up = reach(100.0, 0.0);
    let assessment = assess_figures(
        &up,
        &[bounded(Bound::AtLeast, 49.0, "2023-02-19"), bounded(Bound::AtMost, 10.0, "2023-02-25")],
        at("2023-03-01"),
    );
    assert_eq!(assessment.statuses, [FigureStatus::Counts, FigureStatus::ProvesNothing]);
    assert_eq!(assessment.status, Status::OnTrack);
    let down = reach(0.0, 100.0);
    assert!(down.proves(Bound::AtMost) && !down.proves(Bound::AtLeast));
}

#[test]
fn a_lower_bound_never_makes_a_goal_look_worse_than_it_may_be() {
    let measure = reach(1000.0, 500.0);
    for (value, as_of, now, expected) in [
        (1000.0, "2023-02-19", "2023-02-20", Status::Achieved),
        (990.0, "2023-02-19", "2023-02-20", Status::OnTrack),
        (600.0, "2023-02-19", "2023-02-20", Status::UnderWay),
        (400.0, "2023-02-19", "2023-02-20", Status::UnderWay),
        (900.0, "2023-04-10", "2023-04-11", Status::UnderWay),
        (900.0, "2023-04-10", "2023-05-11", Status::DataOverdue),
    ] {
        let points = [bounded(Bound::AtLeast, value, as_of)];
        assert_eq!(status(&measure, &points, now), expected, "{value} as of {as_of} at {now}");
    }
}

#[test]
fn of_one_day_a_later_bound_counts_too() {
    let points = [point(540.0, "2023-02-19"), bounded(Bound::AtLeast, 500.0, "2023-02-19")];
    let assessment = assess_figures(&reach(1000.0, 0.0), &points, at("2023-02-20"));
    assert_eq!(assessment.statuses, [FigureStatus::Superseded, FigureStatus::Counts]);
    // One that proves nothing takes nobody's place.
    let points = [point(540.0, "2023-02-19"), bounded(Bound::AtMost, 600.0, "2023-02-19")];
    let assessment = assess_figures(&reach(1000.0, 0.0), &points, at("2023-02-20"));
    assert_eq!(assessment.statuses, [FigureStatus::Counts, FigureStatus::ProvesNothing]);
}

#[test]
fn the_first_figure_of_the_end_settles_a_goal() {
    for (measure, first, later, expected) in [
        (reach(100.0, 0.0), 90.0, 100.0, Status::NotMet),
        (reach(100.0, 0.0), 100.0, 90.0, Status::Achieved),
        (keep(Aim::KeepAtLeast, 20.0), 15.0, 30.0, Status::NotMet),
        (keep(Aim::KeepAtLeast, 20.0), 25.0, 10.0, Status::Achieved),
    ] {
        let points = [point(first, "2023-04-10"), point(later, "2023-09-30")];
        let assessment = assess_figures(&measure, &points, at("2024-01-01"));
        assert_eq!(
            (assessment.status, assessment.latest),
            (expected, Some(0)),
            "{first} then {later}"
        );
        assert_eq!(assessment.statuses[1], FigureStatus::AfterPeriod);
    }
    // The same day again is a correction, and a bound that settles nothing leaves the next one its
    // place.
    let again = [point(90.0, "2023-04-10"), point(100.0, "2023-04-10")];
    assert_eq!(status(&reach(100.0, 0.0), &again, "2024-01-01"), Status::Achieved);
    let open = [bounded(Bound::AtLeast, 90.0, "2023-04-10"), point(95.0, "2023-05-01")];
    assert_eq!(status(&reach(100.0, 0.0), &open, "2024-01-01"), Status::NotMet);
}

#[test]
fn what_is_reached_needs_no_further_figure() {
    let measure = Measure { report_every: Some(ReportingFrequency::Month), ..reach(100.0, 0.0) };
    assert_eq!(assess_figures(&measure, &[point(100.0, "2023-02-19")], at("2023-02-20")).due, None);
}

#[test]
fn a_bound_to_keep_is_kept_broken_or_open() {
    for (aim, point, now, expected) in [
        (Aim::KeepAtLeast, point(15.0, "2023-02-19"), "2023-02-20", Status::OnTrack),
        (Aim::KeepAtLeast, point(14.9, "2023-02-19"), "2023-02-20", Status::Behind),
        (Aim::KeepAtLeast, point(15.0, "2023-04-10"), "2023-04-11", Status::Achieved),
        (Aim::KeepAtLeast, point(14.9, "2023-04-10"), "2023-04-11", Status::NotMet),
        (Aim::KeepAtLeast, point(15.0, "2023-04-09"), "2023-05-11", Status::DataOverdue),
        (
            Aim::KeepAtLeast,
            bounded(Bound::AtLeast, 15.0, "2023-11-14"),
            "2024-01-01",
            Status::Achieved,
        ),
        (
            Aim::KeepAtLeast,
            bounded(Bound::AtLeast, 12.0, "2023-02-19"),
            "2023-02-20",
            Status::UnderWay,
        ),
        (
            Aim::KeepAtLeast,
            bounded(Bound::AtLeast, 12.0, "2023-02-19"),
            "2023-05-11",
            Status::DataOverdue,
        ),
        (Aim::KeepAtMost, point(15.0, "2023-02-19"), "2023-02-20", Status::OnTrack),
        (Aim::KeepAtMost, point(15.1, "2023-02-19"), "2023-02-20", Status::Behind),
        (
            Aim::KeepAtMost,
            bounded(Bound::AtMost, 15.0, "2023-04-10"),
            "2023-04-11",
            Status::Achieved,
        ),
    ] {
        assert_eq!(status(&keep(aim, 15.0), &[point], now), expected, "{aim:?} {point:?} at {now}");
    }
}

#[test]
fn without_an_end_there_is_no_pace() {
    let open = Measure {
        time_span: Some(TimeSpan { from: at("2023-01-01"), end: None }),
        ..reach(100.0, 0.0)
    };
    let timeless = Measure { time_span: None, ..reach(100.0, 0.0) };
    for measure in [open, timeless] {
        for (value, expected) in
            [(100.0, Status::Achieved), (1.0, Status::UnderWay), (-1.0, Status::WrongWay)]
        {
            let assessment =
                assess_figures(&measure, &[point(value, "2023-02-19")], at("2033-01-01"));
            assert_eq!((assessment.status, assessment.pace), (expected, None), "{value}");
            assert_eq!(assessment.changes_at, None);
        }
    }
}

#[test]
fn a_period_without_length_is_gone_with_its_first_figure() {
    let noon = at("2023-01-01T12:00:00");
    let instant =
        Measure { time_span: Some(TimeSpan { from: noon, end: Some(noon) }), ..reach(100.0, 0.0) };
    let assessment = assess_figures(&instant, &[point(50.0, "2023-01-01")], at("2023-01-02"));
    assert_eq!((assessment.status, assessment.elapsed), (Status::NotMet, Some(1.0)));
    // One day is a period too.
    let one_day = TimeSpan { from: at("2023-01-01"), end: Some(at("2023-01-02")) };
    let measure = Measure { time_span: Some(one_day), ..reach(100.0, 0.0) };
    assert_eq!(
        status(&measure, &[point(50.0, "2023-01-01")], "2023-01-01T18:00:00"),
        Status::Behind
    );
    assert_eq!(status(&measure, &[point(50.0, "2023-01-01")], "2023-01-02"), Status::NotMet);
}

#[test]
fn a_figure_of_the_very_first_moment_has_no_pace() {
    let measure = reach(100.0, 0.0);
    assert_eq!(
        status(&measure, &[point(0.0, "2023-01-01 00:00")], "2023-01-01T06:00:00"),
        Status::UnderWay
    );
}

#[test]
fn a_figure_is_overdue_a_month_after_the_day_for_which_it_was_expected() {
    let year = TimeSpan { from: at("2022-01-01"), end: Some(at("2023-01-01")) };
    let measure = Measure {
        time_span: Some(year),
        report_every: Some(ReportingFrequency::Quarter),
        ..reach(83_000.0, 0.0)
    };
    let due = |points: &[Point], now: &str| {
        assess_figures(&measure, points, at(now)).due.map(|due| due.by)
    };
    // The last day before the period starts the count.
    assert_eq!(due(&[], "2022-02-01"), Some(date(2022, 4, 30)));
    let first = [point(19_100.0, "2022-03-31")];
    assert_eq!(due(&first, "2022-05-01"), Some(date(2022, 7, 31)));
    assert_eq!(status(&measure, &first, "2022-07-31T23:59:59"), Status::SlightlyBehind);
    assert_eq!(status(&measure, &first, "2022-08-01"), Status::DataOverdue);
    let third = [first[0], point(41_200.0, "2022-06-30"), point(58_700.0, "2022-09-30")];
    assert_eq!(due(&third, "2022-11-01"), Some(date(2023, 1, 31)));
    assert_eq!(status(&measure, &third, "2023-01-31T23:59:59"), Status::SlightlyBehind);
    assert_eq!(status(&measure, &third, "2023-02-01"), Status::DataOverdue);
    // The last one is the last.
    let last = [third[2], point(83_100.0, "2022-12-31")];
    assert_eq!(due(&last, "2023-01-10"), None);
    // Nothing is expected for a day after the period.
    assert_eq!(due(&[point(70_000.0, "2022-11-30")], "2022-12-01"), Some(date(2023, 1, 31)));
}

#[test]
fn a_judgement_says_when_it_may_change() {
    let measure = reach(100.0, 0.0);
    let changes =
        |points: &[Point], now: &str| assess_figures(&measure, points, at(now)).changes_at;
    let points = [point(49.0, "2023-02-19")];
    assert_eq!(changes(&points, "2023-02-20"), Some(at("2023-04-11")));
    assert_eq!(changes(&points, "2023-04-11"), Some(at("2023-05-11")));
    assert_eq!(changes(&points, "2023-05-11"), None);
    assert_eq!(changes(&[point(100.0, "2023-04-10")], "2023-04-11"), None);
}

#[test]
fn what_is_to_be_delivered_is_under_way_done_or_late() {
    let due = |text: &str| Some(end_of(moment(text)));
    let step = |due, is_reached| Step { due, is_reached };
    for (steps, is_reported, now, expected) in [
        (vec![], false, "2023-01-01", Status::NotYetReported),
        (vec![], true, "2023-01-01", Status::UnderWay),
        (vec![step(due("2022-12-31"), false)], false, "2024-01-01", Status::NotYetReported),
        (vec![step(due("2022-12-31"), false)], true, "2022-12-31T23:59:59", Status::UnderWay),
        (vec![step(due("2022-12-31"), false)], true, "2023-01-01", Status::Late),
        (
            vec![step(due("2022-12-31"), true), step(due("2023-06-30"), false)],
            true,
            "2023-01-01",
            Status::UnderWay,
        ),
        (
            vec![step(due("2022-12-31"), true), step(None, false)],
            true,
            "2030-01-01",
            Status::UnderWay,
        ),
        (vec![step(due("2022-12-31"), true), step(None, true)], true, "2022-01-01", Status::Done),
    ] {
        assert_eq!(
            assess_milestones(&steps, is_reported, at(now)).0,
            expected,
            "{steps:?} at {now}"
        );
    }
    let steps = [step(due("2022-12-31"), false), step(due("2023-06-30"), true)];
    assert_eq!(assess_milestones(&steps, true, at("2022-06-01")).1, Some(at("2023-01-01")));
    assert_eq!(assess_milestones(&steps, true, at("2023-01-01")).1, None);
}

#[test]
fn a_direction_goes_on_as_far_as_bulletins_say_so() {
    assert_eq!(assess_statements(true), Status::Continuing);
    assert_eq!(assess_statements(false), Status::NotYetReported);
}

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
    /// Whatever was promised and reported, there is a status; without a figure that counts it is
    /// "not yet reported", and with one it is not.
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

    /// Between now and the moment that a judgement names, nothing changes.
    #[test]
    fn a_judgement_holds_until_it_changes(
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

    /// More of what is wanted never makes a status worse.
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
