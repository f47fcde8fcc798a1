//! Days and periods on the wall clock of the site's zone.
//!
//! A day counts as a whole: a period that ends on 31 December ends at midnight after it. Shares of
//! time are computed between civil times, so that a day on which clocks change is as long as any
//! other.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

use crate::content::Moment;
pub use crate::content::end_of_day;
use crate::content::goal::{Period, ReportingFrequency};

/// Returns the moment at which a day, or a time of day, is over.
#[must_use]
pub fn end_of(moment: Moment) -> DateTime {
    moment.end()
}

/// A period between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    pub from: DateTime,
    /// The first moment after it; `None` for an open period.
    pub end: Option<DateTime>,
}

impl TimeSpan {
    #[must_use]
    pub fn of(period: Period) -> Self {
        Self { from: period.from.civil, end: period.to.map(end_of) }
    }

    /// Whether a moment lies within it. An open period contains none.
    #[must_use]
    pub fn contains(&self, now: DateTime) -> bool {
        self.from <= now && self.end.is_some_and(|end| now < end)
    }

    /// Returns its last day: the one that is over at its end, or that contains its end.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        let end = self.end?;
        let is_whole = end.time() == Time::midnight();
        Some(if is_whole { end.date().yesterday().unwrap_or(Date::MIN) } else { end.date() })
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_over(&self, now: DateTime) -> bool {
        self.end.is_some_and(|end| end <= now)
    }

    /// Returns the elapsed share at a moment, from 0 to 1; `None` without an end. A period without
    /// length has elapsed as soon as it begins.
    #[must_use]
    pub fn share_gone(&self, at: DateTime) -> Option<f64> {
        let end = self.end?;
        let whole = seconds(self.from, end);
        if whole <= 0.0 {
            return Some(if at >= self.from { 1.0 } else { 0.0 });
        }
        Some((seconds(self.from, at) / whole).clamp(0.0, 1.0))
    }
}

fn seconds(from: DateTime, to: DateTime) -> f64 {
    to.duration_since(from).as_secs_f64()
}

/// Returns the day for which the next figure is expected after one for `last`. The last day of a
/// month is followed by the last day of another.
#[must_use]
pub fn next_expected(last: Date, every: ReportingFrequency) -> Date {
    let next = last.saturating_add(span(every));
    if last == last.last_of_month() { next.last_of_month() } else { next }
}

/// Returns the day a number of months later. The last day of a month is followed by the last day of
/// another.
#[must_use]
pub fn months_later(date: Date, months: i32) -> Date {
    let later = date.saturating_add(months.months());
    if date == date.last_of_month() { later.last_of_month() } else { later }
}

fn span(every: ReportingFrequency) -> Span {
    match every {
        ReportingFrequency::Month => 1.month(),
        ReportingFrequency::Quarter => 3.months(),
        ReportingFrequency::HalfYear => 6.months(),
        ReportingFrequency::Year => 1.year(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn share_gone_of_year_counts_whole_days() {
        let year = TimeSpan {
            from: date(2022, 1, 1).at(0, 0, 0, 0),
            end: Some(date(2023, 1, 1).at(0, 0, 0, 0)),
        };
        let share = |date: Date| year.share_gone(end_of_day(date)).unwrap();
        assert!((share(date(2022, 1, 1)) - 1.0 / 365.0).abs() < 1e-12);
        assert!((share(date(2022, 6, 30)) - 181.0 / 365.0).abs() < 1e-12);
        assert!((share(date(2022, 12, 31)) - 1.0).abs() < 1e-12);
        assert!((share(date(2025, 1, 1)) - 1.0).abs() < 1e-12);
        assert!(share(date(2021, 6, 1)).abs() < 1e-12);
    }

    #[test]
    fn share_gone_of_empty_or_open_period() {
        let noon = date(2022, 1, 1).at(12, 0, 0, 0);
        let point = TimeSpan { from: noon, end: Some(noon) };
        assert_eq!(point.share_gone(noon), Some(1.0));
        assert_eq!(point.share_gone(date(2022, 1, 1).at(11, 0, 0, 0)), Some(0.0));
        assert_eq!(TimeSpan { from: noon, end: None }.share_gone(noon), None);
    }

    #[test]
    fn last_day_of_month_leads_to_last_day() {
        for (last, every, next) in [
            (date(2022, 9, 30), ReportingFrequency::Quarter, date(2022, 12, 31)),
            (date(2022, 1, 31), ReportingFrequency::Month, date(2022, 2, 28)),
            (date(2022, 2, 28), ReportingFrequency::Month, date(2022, 3, 31)),
            (date(2022, 6, 15), ReportingFrequency::HalfYear, date(2022, 12, 15)),
            (date(2024, 2, 29), ReportingFrequency::Year, date(2025, 2, 28)),
        ] {
            assert_eq!(next_expected(last, every), next, "{last}");
        }
        assert_eq!(months_later(date(2022, 12, 31), 1), date(2023, 1, 31));
        assert_eq!(months_later(date(2022, 12, 30), 1), date(2023, 1, 30));
    }
}
