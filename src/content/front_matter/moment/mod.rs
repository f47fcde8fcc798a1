//! Dates as editors write them, in the site's zone.

mod suggest;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use crate::diagnostic::{Message, message};
use suggest::suggest;

/// A date, or a date and time, of the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The instant; for a date alone, its first one.
    pub instant: Timestamp,
    /// The wall clock of the site's zone at that instant.
    pub civil: civil::DateTime,
    /// Whether a time of day was written.
    pub has_time: bool,
}

/// The reason why a text is not a date, and the date that may be meant.
#[derive(Debug, PartialEq, Eq)]
pub struct MomentError {
    /// In words, to follow a semicolon.
    pub reason: Message,
    /// The same date as it should be written.
    pub suggestion: Option<String>,
}

impl Moment {
    /// Replaces a date that could not be read; its content is never compiled.
    pub(crate) const PLACEHOLDER: Self = Self {
        instant: Timestamp::UNIX_EPOCH,
        civil: civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
        has_time: false,
    };

    /// Reads `2022-05-05`, `2022-05-05 09:30`, `2022-05-05T09:30:00`, or a date and time with an
    /// offset from UTC: `2022-05-05 09:30:00 +0800`.
    ///
    /// # Errors
    /// Says why the text is not a date. A time that the zone skips, when clocks go forward, becomes
    /// the instant after the gap.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, MomentError> {
        let wrong = |reason: Message| MomentError { reason, suggestion: suggest(text, zone) };
        let found = || wrong(message!("found `{text}`", "这里却是 `{text}`"));
        let Some((date, rest)) = text.split_at_checked(10).filter(|(date, _)| has_iso_shape(date))
        else {
            return Err(found());
        };
        let date: civil::Date = date
            .parse()
            .map_err(|_| wrong(message!("there is no day `{date}`", "`{date}` 这一天并不存在")))?;
        if rest.is_empty() {
            return Self::at(date.at(0, 0, 0, 0), zone, false).ok_or_else(found);
        }
        let bad_time = message!("the time in `{text}` cannot be read", "`{text}` 中的时间无法识别");
        Self::at_time(date, rest, zone).ok_or_else(|| wrong(bad_time))
    }

    /// The moment of a day and the text behind it: `T09:30`, ` 09:30:00 +0800`.
    fn at_time(date: civil::Date, text: &str, zone: &TimeZone) -> Option<Self> {
        let time = text.strip_prefix(['T', 't', ' ']).unwrap_or(text).trim();
        // YAML allows a space before the offset (<https://yaml.org/type/timestamp.html>).
        let time: String = time.split_whitespace().collect();
        let written = format!("{date}T{time}");
        if let Ok(instant) = written.parse::<Timestamp>() {
            return Some(Self { instant, civil: zone.to_datetime(instant), has_time: true });
        }
        let is_time = time.as_bytes().get(2) == Some(&b':')
            && time.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
        if !is_time {
            return None;
        }
        Self::at(written.parse().ok()?, zone, true)
    }

    /// The calendar day in the site's zone.
    #[must_use]
    pub fn date(&self) -> civil::Date {
        self.civil.date()
    }

    /// The first moment after it: a date alone is a whole day.
    #[must_use]
    pub fn end(&self) -> civil::DateTime {
        if self.has_time { self.civil } else { end_of_day(self.date()) }
    }

    /// Whether it is over before another begins: a date alone is a whole day.
    #[must_use]
    pub fn ends_before(&self, other: Self) -> bool {
        if self.has_time { self.civil < other.civil } else { self.date() < other.date() }
    }

    /// In the form of ISO 8601 and of HTML's `datetime`: the date, with time and offset if a time
    /// was written.
    #[must_use]
    pub fn iso(&self, zone: &TimeZone) -> String {
        if self.has_time { rfc3339(self.instant, zone) } else { self.date().to_string() }
    }

    fn at(civil: civil::DateTime, zone: &TimeZone, has_time: bool) -> Option<Self> {
        let instant = zone.to_timestamp(civil).ok()?;
        Some(Self { instant, civil, has_time })
    }
}

/// The first moment of the next day.
#[must_use]
pub fn end_of_day(date: civil::Date) -> civil::DateTime {
    date.tomorrow().unwrap_or(civil::Date::MAX).at(0, 0, 0, 0)
}

/// An instant with the zone's offset: `2022-05-05T00:00:00+08:00` (RFC 3339).
#[must_use]
pub fn rfc3339(instant: Timestamp, zone: &TimeZone) -> String {
    let offset = zone.to_offset(instant);
    instant.display_with_offset(offset).to_string()
}

/// Whether a text has the form `2022-05-05`.
pub(crate) fn is_iso(text: &str) -> bool {
    text.len() == 10 && has_iso_shape(text)
}

fn has_iso_shape(date: &str) -> bool {
    date.bytes()
        .enumerate()
        .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

/// A moment in the form of front matter.
pub(crate) fn written(moment: Moment) -> String {
    let form = if moment.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
    moment.civil.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    #[test]
    fn date_without_zone_is_in_the_sites() {
        for (text, instant, has_time) in [
            ("2022-05-05", "2022-05-04T16:00:00Z", false),
            ("2022-05-05 09:30", "2022-05-05T01:30:00Z", true),
            ("2022-05-05T09:30", "2022-05-05T01:30:00Z", true),
            ("2022-05-05T09:30:15", "2022-05-05T01:30:15Z", true),
            ("2022-05-05T09:30:00Z", "2022-05-05T09:30:00Z", true),
            ("2022-05-05T09:30:00+02:00", "2022-05-05T07:30:00Z", true),
            ("2022-05-05 09:30:00 +0800", "2022-05-05T01:30:00Z", true),
            ("2022-05-05 09:30:00 +08:00", "2022-05-05T01:30:00Z", true),
            ("2022-05-05T09:30:00.250 Z", "2022-05-05T09:30:00.25Z", true),
            ("2022-05-05t09:30:00z", "2022-05-05T09:30:00Z", true),
            ("2022-05-05T09:30+08", "2022-05-05T01:30:00Z", true),
        ] {
            let moment = Moment::parse(text, &shanghai()).unwrap();
            assert_eq!(moment.instant.to_string(), instant, "{text}");
            assert_eq!(moment.has_time, has_time, "{text}");
        }
    }
}
