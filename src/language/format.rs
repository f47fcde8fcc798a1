//! Numbers and dates as each language writes them, by ICU.

use std::fmt;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use jiff::civil;

/// The formatters of one language.
pub(super) struct Formats {
    decimal: DecimalFormatter,
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    date_time: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
}

impl fmt::Debug for Formats {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Formats")
    }
}

impl Formats {
    /// The formatters for a BCP 47 tag; `None` when it is none, or ICU has no data for it.
    pub(super) fn new(tag: &str) -> Option<Self> {
        // Plain English means the world's, `5 May 2022`, not the United States' `May 5, 2022`.
        let tag = if tag == "en" { "en-GB" } else { tag };
        let locale: Locale = tag.parse().ok()?;
        Some(Self {
            decimal: DecimalFormatter::try_new(
                (&locale).into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok()?,
            date: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).ok()?,
            date_time: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long().with_time_hm()).ok()?,
        })
    }

    /// `83,000`; a fraction keeps the digits that it has.
    pub(super) fn number(&self, value: f64) -> String {
        // Rust prints a float in its shortest exact decimal form and never with an exponent, which is what ICU reads.
        match Decimal::try_from_str(&value.to_string()) {
            Ok(decimal) => self.decimal.format(&decimal).to_string(),
            Err(_) => value.to_string(),
        }
    }

    /// `5 May 2022`.
    pub(super) fn date(&self, date: civil::Date) -> String {
        match gregorian(date) {
            Some(gregorian) => self.date.format(&gregorian).to_string(),
            None => date.to_string(),
        }
    }

    /// `5 May 2022, 09:30`.
    pub(super) fn date_time(&self, moment: civil::DateTime) -> String {
        let time = icu_datetime::input::Time::try_new(
            moment.hour().unsigned_abs(),
            moment.minute().unsigned_abs(),
            moment.second().unsigned_abs(),
            0,
        );
        match (gregorian(moment.date()), time) {
            (Some(date), Ok(time)) => self.date_time.format(&icu_datetime::input::DateTime { date, time }).to_string(),
            _ => moment.to_string(),
        }
    }
}

fn gregorian(date: civil::Date) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_way() {
        let (english, chinese) = (Formats::new("en").unwrap(), Formats::new("zh").unwrap());
        let date = civil::date(2022, 5, 5);
        assert_eq!(english.date(date), "5 May 2022");
        assert_eq!(chinese.date(date), "2022年5月5日");
        assert_eq!(english.number(83_000.0), "83,000");
        assert_eq!(chinese.number(12.715), "12.715");
        assert_eq!(english.date_time(date.at(9, 30, 0, 0)), "5 May 2022 at 09:30");
        assert_eq!(chinese.date_time(date.at(9, 30, 0, 0)), "2022年5月5日 09:30");
        assert!(Formats::new("not a tag").is_none());
    }
}
