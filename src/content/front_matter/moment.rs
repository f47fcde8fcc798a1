//! Dates as editors write them, in the site's zone.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use crate::diagnostic::{Message, message};
use crate::language::to_half_width;

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

/// Why a text is no date, and what may have been meant.
#[derive(Debug, PartialEq, Eq)]
pub struct MomentError {
    /// In words, to follow a semicolon.
    pub reason: Message,
    /// The same date as it should be written.
    pub suggestion: Option<String>,
}

impl Moment {
    /// Stands in for a date that could not be read; the content that it is of is never compiled.
    pub(crate) const PLACEHOLDER: Self = Self {
        instant: Timestamp::UNIX_EPOCH,
        civil: civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
        has_time: false,
    };

    /// Reads `2022-05-05`, `2022-05-05 09:30`, `2022-05-05T09:30:00` or any of these with an offset.
    ///
    /// # Errors
    /// Says why the text is no date. A time that a zone skips (when clocks go forward) is taken as the instant after.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, MomentError> {
        let wrong = |reason: Message| MomentError { reason, suggestion: suggestion(text) };
        let found = || wrong(message!("found `{text}`", "这里却是 `{text}`"));
        let Some((date, rest)) = text.split_at_checked(10).filter(|(date, _)| has_iso_shape(date))
        else {
            return Err(found());
        };
        let no_day = |_| wrong(message!("there is no day `{date}`", "`{date}` 这一天并不存在"));
        let date: civil::Date = date.parse().map_err(no_day)?;
        if rest.is_empty() {
            return Self::at(date.at(0, 0, 0, 0), zone, false).ok_or_else(found);
        }
        let time = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest).trim();
        let written = format!("{date}T{time}");
        if let Ok(instant) = written.parse::<Timestamp>() {
            let civil = zone.to_datetime(instant);
            return Ok(Self { instant, civil, has_time: true });
        }
        let is_time = time.as_bytes().get(2) == Some(&b':')
            && time.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
        let civil = written.parse::<civil::DateTime>().ok().filter(|_| is_time);
        civil.and_then(|civil| Self::at(civil, zone, true)).ok_or_else(|| MomentError {
            reason: message!("the time in `{text}` cannot be read", "`{text}` 中的时间无法识别"),
            suggestion: suggestion(text).or_else(|| Some(date.to_string())),
        })
    }

    /// The calendar day in the site's zone.
    #[must_use]
    pub fn date(&self) -> civil::Date {
        self.civil.date()
    }

    /// As HTML's `datetime` and ISO 8601 write it: the date, with the time and offset where one was written.
    #[must_use]
    pub fn iso(&self, zone: &TimeZone) -> String {
        if self.has_time { rfc3339(self.instant, zone) } else { self.date().to_string() }
    }

    fn at(civil: civil::DateTime, zone: &TimeZone, has_time: bool) -> Option<Self> {
        let instant = zone.to_timestamp(civil).ok()?;
        Some(Self { instant, civil, has_time })
    }
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

/// The date that was meant, where the order of its parts is plain, and its time.
fn suggestion(text: &str) -> Option<String> {
    let narrow: String = text.chars().map(to_half_width).collect();
    let date = named_month(&narrow).or_else(|| numbers(&narrow))?;
    Some(format!("{date}{}", time(&narrow).unwrap_or_default())).filter(|date| date != text)
}

/// ` 09:00` for a text that ends in `9:00`.
fn time(text: &str) -> Option<String> {
    let (_, last) = text.rsplit_once([' ', 'T'])?;
    let (hour, rest) = last.split_once(':')?;
    let minute: &str = rest.get(..2)?;
    let time = format!("{hour:0>2}:{rest}");
    let is_time = hour.parse::<u8>().ok()? < 24 && minute.parse::<u8>().ok()? < 60;
    (is_time && time.parse::<civil::Time>().is_ok()).then(|| format!(" {time}"))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `2022-05-05` for `5 May 2022`, `Thursday, May 5th, 2022`, `5-Sept-2022`.
fn named_month(text: &str) -> Option<civil::Date> {
    let text = text.to_lowercase();
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_month = |word: &str, month: &str| word.len() >= 3 && month.starts_with(word);
    let month = words().find_map(|word| MONTHS.iter().position(|month| is_month(word, month)))?;
    let ordinal = |word: &str| {
        let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
        bare.unwrap_or(word).parse::<i16>().ok()
    };
    let numbers: Vec<i16> = words().filter_map(ordinal).collect();
    let [day, year] = match *numbers {
        [year, day] if year > 31 => [day, year],
        [day, year] => [day, year],
        _ => return None,
    };
    civil::Date::new(year, i8::try_from(month + 1).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|_| year > 999)
}

/// `2022-05-05` for `5/5/2022`, `2022年5月5日`, `2022.5.5`: a year and two other numbers.
fn numbers(text: &str) -> Option<civil::Date> {
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if let [whole] = *numbers
        && whole.len() == 8
    {
        return civil::Date::new(
            whole[..4].parse().ok()?,
            whole[4..6].parse().ok()?,
            whole[6..].parse().ok()?,
        )
        .ok();
    }
    let [first, second, third] = *numbers.get(..3)?.first_chunk::<3>()?;
    let (year, month, day) = match (first.len(), third.len()) {
        (4, _) => (first, second, third),
        // Which of two small numbers is the month differs by country; only a day above 12 tells.
        (_, 4) if first.parse::<u8>().ok()? > 12 || first == second => (third, second, first),
        (_, 4) if second.parse::<u8>().ok()? > 12 => (third, first, second),
        _ => return None,
    };
    civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    #[test]
    fn dates_and_times_are_of_the_sites_zone_unless_they_name_another() {
        for (text, instant, has_time) in [
            ("2022-05-05", "2022-05-04T16:00:00Z", false),
            ("2022-05-05 09:30", "2022-05-05T01:30:00Z", true),
            ("2022-05-05T09:30", "2022-05-05T01:30:00Z", true),
            ("2022-05-05T09:30:15", "2022-05-05T01:30:15Z", true),
            ("2022-05-05T09:30:00Z", "2022-05-05T09:30:00Z", true),
            ("2022-05-05T09:30:00+02:00", "2022-05-05T07:30:00Z", true),
        ] {
            let moment = Moment::parse(text, &shanghai()).unwrap();
            assert_eq!(moment.instant.to_string(), instant, "{text}");
            assert_eq!(moment.has_time, has_time, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_answered_with_the_date_that_was_meant() {
        for (text, meant) in [
            ("2022-5-5", Some("2022-05-05")),
            ("2022年5月5日", Some("2022-05-05")),
            ("31/12/2022", Some("2022-12-31")),
            ("12/31/2022", Some("2022-12-31")),
            ("5 May 2022", Some("2022-05-05")),
            ("May 5, 2022", Some("2022-05-05")),
            ("Thursday, 5th of May 2022", Some("2022-05-05")),
            ("22-Sept-2022", Some("2022-09-22")),
            ("2022 Dec 31", Some("2022-12-31")),
            ("31 June 2022", None),
            ("May 2022", None),
            ("2022年5月", None),
            ("“2022-05-05”", Some("2022-05-05")),
            ("3/4/2022", None),
            ("2022-02-30", None),
            ("soon", None),
            ("2022-05-05 noon", Some("2022-05-05")),
            ("2022-12-20 9:00", Some("2022-12-20 09:00")),
            ("2022年5月5日 9:30", Some("2022-05-05 09:30")),
            ("２０２２-12-20", Some("2022-12-20")),
            ("20221220", Some("2022-12-20")),
            ("20221320", None),
            ("2022-05-05 25:00", Some("2022-05-05")),
        ] {
            let error = Moment::parse(text, &shanghai()).unwrap_err();
            assert_eq!(error.suggestion.as_deref(), meant, "{text}");
        }
    }
}
