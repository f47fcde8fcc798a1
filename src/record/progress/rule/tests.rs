//! Tables of cases for the rule: each status on both sides of each bound, and every edge case.

use jiff::civil::{Date, DateTime, date};

use super::*;
use crate::content::Moment;
use crate::record::progress::calendar::end_of;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn at(text: &str) -> DateTime {
    if text.len() == 10 { day(text).at(0, 0, 0, 0) } else { text.parse().unwrap() }
}

/// Parses a day, or a time of day, as front matter does.
pub(super) fn moment(text: &str) -> Moment {
    Moment::parse(text, &jiff::tz::TimeZone::UTC).unwrap()
}

pub(super) fn point(value: f64, as_of: &str) -> Point {
    let moment = moment(as_of);
    Point { value, bound: Bound::Exact, as_of: moment.date(), end: end_of(moment) }
}

fn bounded(bound: Bound, value: f64, as_of: &str) -> Point {
    Point { bound, ..point(value, as_of) }
}

/// A period of 100 days: with a target of 100, a figure for the first day is its pace in percent.
fn hundred_days() -> TimeSpan {
    TimeSpan { from: at("2023-01-01"), end: Some(at("2023-04-11")) }
}

pub(super) fn reach(target: f64, baseline: f64) -> Measure {
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
pub(super) fn status(measure: &Measure, points: &[Point], now: &str) -> Status {
    assess_figures(measure, points, at(now)).status
}

#[test]
fn figure_on_each_side_of_bound_has_status() {
    let measure = reach(1000.0, 0.0);
    // Half of the hundred days have elapsed on 19 February.
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
fn pace_bounds_hold_despite_binary_fractions() {
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
fn last_figure_decides_after_the_period() {
    let measure = reach(100.0, 0.0);
    for (value, as_of, now, expected) in [
        // The last day of the period is 10 April; until midnight the pace counts.
        (99.0, "2023-04-10", "2023-04-10T23:59:59", Status::OnTrack),
        (50.0, "2023-04-10", "2023-04-10T23:59:59", Status::Behind),
        (99.0, "2023-04-10", "2023-04-11", Status::NotMet),
        (100.0, "2023-04-10", "2023-04-11", Status::Achieved),
        // A figure for a later day counts as one for the end.
        (99.0, "2023-06-01", "2023-06-02", Status::NotMet),
        (100.0, "2023-06-01", "2023-06-02", Status::Achieved),
        (-5.0, "2023-06-01", "2023-06-02", Status::NotMet),
        // For a month after the period, its last figure is not overdue.
        (98.0, "2023-04-09", "2023-04-11", Status::OnTrack),
        (98.0, "2023-04-09", "2023-05-10T23:59:59", Status::OnTrack),
        (98.0, "2023-04-09", "2023-05-11", Status::DataOverdue),
        (-1.0, "2023-04-09", "2023-05-11", Status::DataOverdue),
        // A target that was reached stays reached.
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
fn goal_without_report_is_never_overdue() {
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
fn figure_before_the_period_does_not_count() {
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
fn later_bulletin_of_same_day_counts() {
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
fn bound_on_the_wrong_side_proves_nothing() {
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
fn lower_bound_never_makes_status_worse() {
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
fn later_bound_of_same_day_counts() {
    let points = [point(540.0, "2023-02-19"), bounded(Bound::AtLeast, 500.0, "2023-02-19")];
    let assessment = assess_figures(&reach(1000.0, 0.0), &points, at("2023-02-20"));
    assert_eq!(assessment.statuses, [FigureStatus::Superseded, FigureStatus::Counts]);
    // A figure that proves nothing supersedes none.
    let points = [point(540.0, "2023-02-19"), bounded(Bound::AtMost, 600.0, "2023-02-19")];
    let assessment = assess_figures(&reach(1000.0, 0.0), &points, at("2023-02-20"));
    assert_eq!(assessment.statuses, [FigureStatus::Counts, FigureStatus::ProvesNothing]);
}

#[test]
fn first_figure_of_the_end_is_final() {
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
    // A second figure for the same day is a correction. A bound that leaves the result open is not
    // final.
    let again = [point(90.0, "2023-04-10"), point(100.0, "2023-04-10")];
    assert_eq!(status(&reach(100.0, 0.0), &again, "2024-01-01"), Status::Achieved);
    let open = [bounded(Bound::AtLeast, 90.0, "2023-04-10"), point(95.0, "2023-05-01")];
    assert_eq!(status(&reach(100.0, 0.0), &open, "2024-01-01"), Status::NotMet);
}

#[test]
fn reached_target_needs_no_further_figure() {
    let measure = Measure { report_every: Some(ReportingFrequency::Month), ..reach(100.0, 0.0) };
    assert_eq!(assess_figures(&measure, &[point(100.0, "2023-02-19")], at("2023-02-20")).due, None);
}

#[test]
fn bound_to_keep_has_expected_status() {
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
fn open_period_has_no_pace() {
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
fn period_without_length_ends_with_first_figure() {
    let noon = at("2023-01-01T12:00:00");
    let instant =
        Measure { time_span: Some(TimeSpan { from: noon, end: Some(noon) }), ..reach(100.0, 0.0) };
    let assessment = assess_figures(&instant, &[point(50.0, "2023-01-01")], at("2023-01-02"));
    assert_eq!((assessment.status, assessment.elapsed), (Status::NotMet, Some(1.0)));
    // A period can be one day.
    let one_day = TimeSpan { from: at("2023-01-01"), end: Some(at("2023-01-02")) };
    let measure = Measure { time_span: Some(one_day), ..reach(100.0, 0.0) };
    assert_eq!(
        status(&measure, &[point(50.0, "2023-01-01")], "2023-01-01T18:00:00"),
        Status::Behind
    );
    assert_eq!(status(&measure, &[point(50.0, "2023-01-01")], "2023-01-02"), Status::NotMet);
}

#[test]
fn figure_of_first_moment_has_no_pace() {
    let measure = reach(100.0, 0.0);
    assert_eq!(
        status(&measure, &[point(0.0, "2023-01-01 00:00")], "2023-01-01T06:00:00"),
        Status::UnderWay
    );
}

#[test]
fn figure_is_overdue_after_a_month() {
    let year = TimeSpan { from: at("2022-01-01"), end: Some(at("2023-01-01")) };
    let measure = Measure {
        time_span: Some(year),
        report_every: Some(ReportingFrequency::Quarter),
        ..reach(83_000.0, 0.0)
    };
    let due = |points: &[Point], now: &str| {
        assess_figures(&measure, points, at(now)).due.map(|due| due.by)
    };
    // The first interval is counted from the last day before the period.
    assert_eq!(due(&[], "2022-02-01"), Some(date(2022, 4, 30)));
    let first = [point(19_100.0, "2022-03-31")];
    assert_eq!(due(&first, "2022-05-01"), Some(date(2022, 7, 31)));
    assert_eq!(status(&measure, &first, "2022-07-31T23:59:59"), Status::SlightlyBehind);
    assert_eq!(status(&measure, &first, "2022-08-01"), Status::DataOverdue);
    let third = [first[0], point(41_200.0, "2022-06-30"), point(58_700.0, "2022-09-30")];
    assert_eq!(due(&third, "2022-11-01"), Some(date(2023, 1, 31)));
    assert_eq!(status(&measure, &third, "2023-01-31T23:59:59"), Status::SlightlyBehind);
    assert_eq!(status(&measure, &third, "2023-02-01"), Status::DataOverdue);
    // After the last figure, none is due.
    let last = [third[2], point(83_100.0, "2022-12-31")];
    assert_eq!(due(&last, "2023-01-10"), None);
    // Nothing is expected for a day after the period.
    assert_eq!(due(&[point(70_000.0, "2022-11-30")], "2022-12-01"), Some(date(2023, 1, 31)));
}

#[test]
fn assessment_names_next_change() {
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
fn direction_continues_once_reported() {
    assert_eq!(assess_statements(true), Status::Continuing);
    assert_eq!(assess_statements(false), Status::NotYetReported);
}
