//! Guesses the date that is meant by another way of writing: `5 May 2022`, `2022年5月5日 下午3:30`.
//!
//! A guess keeps everything that was written. A text with a part that is not understood has none.

mod time;
mod tokenize;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::language::english_month;
use time::{Unreadable, take_time};
use tokenize::{Token, tokenize};

/// The date that is meant, with its time if one was written, in the site's zone.
pub(super) fn suggest(text: &str, zone: &TimeZone) -> Option<String> {
    let mut tokens = tokenize(text);
    let time = match take_time(&mut tokens) {
        Ok(time) => time,
        Err(Unreadable) => return None,
    };
    let date = read_date(&tokens)?;
    let written = match time {
        None => date.to_string(),
        Some((time, None)) => format_date_time(date, time),
        Some((time, Some(offset))) => {
            let instant = offset.to_timestamp(date.to_datetime(time)).ok()?;
            let local = zone.to_datetime(instant);
            format_date_time(local.date(), local.time())
        }
    };
    (written != text).then_some(written)
}

fn format_date_time(date: Date, time: Time) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    format!("{date} {hour:02}:{minute:02}{seconds}")
}

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// English words that say nothing about the date.
const FILLERS: &[&str] = &["of", "the", "at", "on", "t"];

/// The date of the tokens that are left, if every one of them is understood.
fn read_date(tokens: &[Token]) -> Option<Date> {
    let mut numbers: Vec<&str> = Vec::new();
    let mut month = None;
    let mut before = "";
    for token in tokens {
        let word = match token {
            Token::Number(digits) => {
                if !matches!(before, "星期" | "礼拜" | "周") {
                    numbers.push(digits);
                }
                before = "";
                continue;
            }
            Token::Sign(_) => continue,
            Token::Word(word) => word.as_str(),
        };
        if let Some(found) = month_number(word) {
            month = month.xor(Some(found));
            month?;
        } else if !is_filler(word, before) {
            return None;
        }
        before = word;
    }
    match month {
        Some(month) => named_month(&numbers, month),
        None => numeric(&numbers),
    }
}

/// Whether a word says nothing about the date: `年`, `Thursday`, `th`.
fn is_filler(word: &str, before: &str) -> bool {
    let is_weekday = word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word));
    let is_mark = matches!(word, "年" | "月" | "号" | "號" | "星期" | "礼拜" | "周" | "日");
    let is_ordinal = matches!(word, "st" | "nd" | "rd" | "th");
    is_weekday || is_mark || is_ordinal && before.is_empty() || FILLERS.contains(&word)
}

fn month_number(word: &str) -> Option<i8> {
    i8::try_from(english_month(word)? + 1).ok()
}

/// `2022-05-05` for `5 May 2022`, `Thursday, May 5th, 2022`, `5-Sept-2022`.
fn named_month(numbers: &[&str], month: i8) -> Option<Date> {
    let [first, second] = numbers else { return None };
    let (day, year) = match (first.len(), second.len()) {
        (4, 1 | 2) => (second, first),
        (1 | 2, 4) => (first, second),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// `2022-05-05` for `5/5/2022`, `2022年5月5日`, `20220505`: a year and two other numbers.
fn numeric(numbers: &[&str]) -> Option<Date> {
    if let [whole] = *numbers
        && whole.len() == 8
    {
        let (year, month, day) = (&whole[..4], &whole[4..6], &whole[6..]);
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let [first, second, third] = *numbers else { return None };
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 1 | 2) => (first, second, third),
        // Which of two small numbers is the month differs by country; only a day above 12 tells.
        (_, 4) if first.parse::<u8>().ok()? > 12 || first == second => (third, second, first),
        (_, 4) if second.parse::<u8>().ok()? > 12 => (third, first, second),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, Option<&str>)]) {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        for (text, meant) in cases {
            assert_eq!(suggest(text, &zone).as_deref(), *meant, "{text}");
        }
    }

    #[test]
    fn date_in_another_form_is_suggested() {
        check(&[
            ("2022-5-5", Some("2022-05-05")),
            ("2022.5.5", Some("2022-05-05")),
            ("2022/05/05", Some("2022-05-05")),
            ("2022年5月5日", Some("2022-05-05")),
            ("2022年5月5日（星期四）", Some("2022-05-05")),
            ("二〇二二年五月三十一日", Some("2022-05-31")),
            ("31/12/2022", Some("2022-12-31")),
            ("12/31/2022", Some("2022-12-31")),
            ("5 May 2022", Some("2022-05-05")),
            ("May 5, 2022", Some("2022-05-05")),
            ("Thursday, 5th of May 2022", Some("2022-05-05")),
            ("22-Sept-2022", Some("2022-09-22")),
            ("2022 Dec 31", Some("2022-12-31")),
            ("“2022-05-05”", Some("2022-05-05")),
            ("２０２２-12-20", Some("2022-12-20")),
            ("20221220", Some("2022-12-20")),
        ]);
    }

    #[test]
    fn unclear_date_has_no_suggestion() {
        check(&[
            ("31 June 2022", None),
            ("May 2022", None),
            ("2022年5月", None),
            ("3/4/2022", None),
            ("5/6/22", None),
            ("2022-02-30", None),
            ("soon", None),
            ("20221320", None),
            ("2022-05-05 25:00", None),
            ("2022-05-05 上午", None),
            ("2022-05-05 to 2022-05-06", None),
            ("5 May 2022 or June", None),
            ("2022年5月上旬", None),
        ]);
    }

    #[test]
    fn time_of_day_is_kept() {
        check(&[
            ("2022-12-20 9:00", Some("2022-12-20 09:00")),
            ("2022年5月5日 9:30", Some("2022-05-05 09:30")),
            ("2024年5月6日 9时30分", Some("2024-05-06 09:30")),
            ("2024年5月6日9点半", Some("2024-05-06 09:30")),
            ("2024年5月6日上午9时", Some("2024-05-06 09:00")),
            ("2024年5月6日 下午3:30", Some("2024-05-06 15:30")),
            ("2024-05-06 下午15:30", Some("2024-05-06 15:30")),
            ("2024-05-06 中午11:30", Some("2024-05-06 11:30")),
            ("2024-05-06 中午12点", Some("2024-05-06 12:00")),
            ("2024-05-06 晚上8点10分", Some("2024-05-06 20:10")),
            ("2024-05-06 3:30 PM", Some("2024-05-06 15:30")),
            ("May 6, 2024 at 3:30 p.m.", Some("2024-05-06 15:30")),
            ("6 May 2024, 3pm", Some("2024-05-06 15:00")),
            ("2024-05-06 12:15 am", Some("2024-05-06 00:15")),
            ("3:30 PM, May 6, 2024", Some("2024-05-06 15:30")),
            ("2022-05-05 noon", Some("2022-05-05 12:00")),
            ("2024/05/06 09:30:15", Some("2024-05-06 09:30:15")),
            ("2024-05-06 15：30", Some("2024-05-06 15:30")),
        ]);
    }

    #[test]
    fn offset_is_turned_into_the_zone() {
        check(&[
            ("2024/05/06 09:30:00 +0800", Some("2024-05-06 09:30")),
            ("2024-05-06 9:30 +8", Some("2024-05-06 09:30")),
            ("Mon, 06 May 2024 01:30:00 GMT", Some("2024-05-06 09:30")),
            ("Mon, 06 May 2024 20:30:00 -0400", Some("2024-05-07 08:30")),
            ("Mon May 06 2024 09:30:00 GMT+0800", Some("2024-05-06 09:30")),
            ("2024/05/06 01:30 UTC", Some("2024-05-06 09:30")),
            ("2024/05/06 01:30 EST", None),
        ]);
    }
}
