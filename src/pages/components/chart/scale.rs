//! The two scales of a chart: time to shares of the width, values to pixels of the height.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::language::{Locale, Tick};

/// Margin on each side as a share of the width, so that symbols at the edge are drawn whole.
const MARGIN: f64 = 0.02;

/// The scale of the time axis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeScale {
    from: DateTime,
    /// The first moment after the end.
    end: DateTime,
}

/// A label of the time axis.
#[derive(Debug, PartialEq)]
pub(crate) struct DateTick {
    /// Position, as a share of the width.
    pub(crate) at: f64,
    pub(crate) label: String,
}

impl TimeScale {
    pub(crate) fn new(from: DateTime, end: DateTime) -> Self {
        let end = if end > from { end } else { from.saturating_add(1.day()) };
        Self { from, end }
    }

    /// The position of a moment as a share of the width, clamped to the edges.
    pub(crate) fn at(&self, moment: DateTime) -> f64 {
        let share = seconds(self.from, moment) / seconds(self.from, self.end);
        MARGIN + share.clamp(0.0, 1.0) * (1.0 - 2.0 * MARGIN)
    }

    pub(crate) fn contains(&self, moment: DateTime) -> bool {
        self.from <= moment && moment <= self.end
    }

    /// The labels of the axis: at most five, so that they do not touch on a phone. Steps are whole
    /// years, or whole months that divide a year; within two months, the first and the last day.
    pub(crate) fn ticks(&self, locale: &Locale) -> Vec<DateTick> {
        let (first, last) = (self.from.date(), self.end.date());
        let months =
            i32::from(last.year() - first.year()) * 12 + i32::from(last.month() - first.month());
        if months < 2 {
            let days = [first, last.yesterday().unwrap_or(last)];
            return days
                .map(|day| DateTick {
                    at: self.at(day.at(0, 0, 0, 0)),
                    label: locale.tick(day, Tick::MonthDay),
                })
                .into();
        }
        let decades = std::iter::successors(Some(120), |step| Some(step * 2));
        let mut steps = [1, 2, 3, 6, 12, 24, 60].into_iter().chain(decades);
        let step = steps.find(|step| months / step < 5).unwrap_or(months);
        let mut ticks = Vec::new();
        let mut day = Date::new(first.year(), 1, 1).unwrap_or(first);
        while day <= last {
            if self.contains(day.at(0, 0, 0, 0)) {
                // The first one and every January name their year.
                let tick = match step {
                    12.. => Tick::Year,
                    _ if day.month() == 1 || ticks.is_empty() => Tick::YearMonth,
                    _ => Tick::Month,
                };
                ticks.push(DateTick {
                    at: self.at(day.at(0, 0, 0, 0)),
                    label: locale.tick(day, tick),
                });
            }
            let next = day.saturating_add(step.months());
            if next <= day {
                break;
            }
            day = next;
        }
        ticks
    }
}

/// The scale of the value axis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueScale {
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl ValueScale {
    /// A scale that includes all values, between two heights. Totals and levels start at 0; a scale
    /// between two other numbers is cropped to them.
    pub(crate) fn new(
        values: impl IntoIterator<Item = f64>,
        is_from_zero: bool,
        top: f64,
        bottom: f64,
    ) -> Self {
        let (low, high) =
            values.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = if is_from_zero {
            (low.min(0.0), high.max(0.0))
        } else {
            (low - (high - low) / 6.0, high)
        };
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, top, bottom }
    }

    /// The height of a value, in pixels from the top.
    pub(crate) fn at(&self, value: f64) -> f64 {
        self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }

    /// At most five round values for grid lines, in steps of 1, 2, 2.5 or 5 times a power of ten.
    pub(crate) fn lines(&self) -> Vec<f64> {
        let rough = (self.high - self.low) / 4.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .map(|digit| digit * power)
            .into_iter()
            .find(|step| *step >= rough * 0.999);
        let step = step.unwrap_or(rough);
        let first = (self.low / step).ceil();
        let lines = std::iter::successors(Some(first), |line| Some(line + 1.0))
            .map(|line| rounded(line * step, power));
        lines.take_while(|line| *line <= self.high * 1.000_001).take(8).collect()
    }
}

/// Removes the error of binary fractions, as in 0.1 + 0.2.
fn rounded(value: f64, power: f64) -> f64 {
    let unit = power / 10.0;
    let whole = (value / unit).round();
    if unit < 1.0 { whole / (1.0 / unit).round() } else { whole * unit }
}

fn seconds(from: DateTime, to: DateTime) -> f64 {
    to.duration_since(from).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn labels(from: Date, end: Date) -> Vec<String> {
        let locale = Locale::english();
        let scale = TimeScale::new(from.at(0, 0, 0, 0), end.at(0, 0, 0, 0));
        scale.ticks(&locale).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn day_labels_fit_a_phone() {
        assert_eq!(
            labels(date(2022, 1, 1), date(2023, 1, 1)),
            ["Jan 2022", "Apr", "Jul", "Oct", "Jan 2023"]
        );
        assert_eq!(
            labels(date(2022, 1, 1), date(2024, 1, 1)),
            ["Jan 2022", "Jul", "Jan 2023", "Jul", "Jan 2024"]
        );
        assert_eq!(labels(date(2021, 1, 1), date(2026, 1, 1)), ["2021", "2023", "2025"]);
        assert!(labels(date(2022, 1, 1), date(9999, 1, 1)).len() <= 5);
        assert_eq!(labels(date(2022, 5, 1), date(2022, 6, 1)), ["1 May", "31 May"]);
        assert_eq!(labels(date(2022, 5, 5), date(2022, 5, 6)), ["5 May", "5 May"]);
    }

    fn lines(low: f64, high: f64) -> Vec<f64> {
        ValueScale::new([low, high], true, 0.0, 100.0).lines()
    }

    #[test]
    fn values_are_named_in_round_steps() {
        assert_eq!(lines(0.0, 83_000.0), [0.0, 25_000.0, 50_000.0, 75_000.0]);
        assert_eq!(lines(0.0, 1.2), [0.0, 0.5, 1.0]);
        assert_eq!(lines(-20.0, 80.0), [0.0, 25.0, 50.0, 75.0]);
        assert_eq!(lines(0.0, 0.3), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(lines(0.0, 15e9), [0.0, 5e9, 10e9, 15e9]);
        assert_eq!(lines(5.0, 5.0), [0.0, 2.0, 4.0]);
        let near = ValueScale::new([1840.0, 2000.0], false, 0.0, 100.0);
        assert_eq!(near.lines(), [1850.0, 1900.0, 1950.0, 2000.0]);
    }

    #[test]
    fn a_scale_without_height_still_has_one() {
        let scale = ValueScale::new([0.0], true, 10.0, 110.0);
        assert!((scale.at(0.0) - 110.0).abs() < 1e-9);
        assert!(scale.lines().len() > 1);
    }
}
