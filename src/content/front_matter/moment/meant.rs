//! Guesses the date that is meant by another way of writing: `5 May 2022`, `2022年5月5日 下午3:30`.
//!
//! A guess keeps everything that was written. A text with a part that is not understood has none.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::language::{ENGLISH_MONTHS, to_half_width};

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
        Some((time, None)) => shown(date, time),
        Some((time, Some(offset))) => {
            let instant = offset.to_timestamp(date.to_datetime(time)).ok()?;
            let local = zone.to_datetime(instant);
            shown(local.date(), local.time())
        }
    };
    (written != text).then_some(written)
}

fn shown(date: Date, time: Time) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    format!("{date} {hour:02}:{minute:02}{seconds}")
}

/// A time of day that is not understood.
#[derive(Debug)]
struct Unreadable;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(String),
    /// Letters in lower case, or one of [`CHINESE_WORDS`].
    Word(String),
    Sign(char),
}

/// The Chinese words of dates and times, a longer one before its beginning.
const CHINESE_WORDS: &[&str] = &[
    "北京时间",
    "星期",
    "礼拜",
    "凌晨",
    "清晨",
    "早上",
    "早晨",
    "上午",
    "中午",
    "正午",
    "下午",
    "傍晚",
    "晚上",
    "夜里",
    "年",
    "月",
    "日",
    "号",
    "號",
    "时",
    "時",
    "点",
    "點",
    "钟",
    "鐘",
    "分",
    "秒",
    "半",
    "整",
    "周",
];

/// The Chinese words before an hour, and whether the hour may be after noon.
const DAY_PARTS: &[(&str, bool)] = &[
    ("凌晨", false),
    ("清晨", false),
    ("早上", false),
    ("早晨", false),
    ("上午", false),
    ("中午", true),
    ("正午", true),
    ("下午", true),
    ("傍晚", true),
    ("晚上", true),
    ("夜里", true),
];

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// English words that say nothing about the date.
const FILLERS: &[&str] = &["of", "the", "at", "on", "t"];

fn tokenize(text: &str) -> Vec<Token> {
    let text: String = text.chars().map(to_half_width).collect::<String>().to_lowercase();
    let text = text.replace("a.m.", "am").replace("p.m.", "pm");
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if chinese_digit(first).is_some() {
            rest.find(|c: char| chinese_digit(c).is_none()).unwrap_or(rest.len())
        } else if let Some(word) = CHINESE_WORDS.iter().find(|word| rest.starts_with(**word)) {
            word.len()
        } else if first.is_ascii_alphabetic() {
            rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(length);
        rest = behind;
        if first.is_ascii_digit() {
            tokens.push(Token::Number(token.to_owned()));
        } else if chinese_digit(first).is_some() {
            tokens.push(Token::Number(chinese_number(token)));
        } else if first.is_alphabetic() {
            tokens.push(Token::Word(token.to_owned()));
        } else if !first.is_whitespace() {
            tokens.push(Token::Sign(first));
        }
    }
    tokens
}

/// The value of a Chinese digit; 10 for `十`.
fn chinese_digit(c: char) -> Option<u32> {
    const DIGITS: &str = "〇一二三四五六七八九十";
    match c {
        '零' | '○' => Some(0),
        _ => DIGITS.chars().position(|digit| digit == c).and_then(|at| u32::try_from(at).ok()),
    }
}

/// `2022` for `二〇二二`, `31` for `三十一`.
fn chinese_number(text: &str) -> String {
    let digits: Vec<u32> = text.chars().filter_map(chinese_digit).collect();
    match *digits {
        [10] => "10".to_owned(),
        [10, ones] => (10 + ones).to_string(),
        [tens, 10] => (tens * 10).to_string(),
        [tens, 10, ones] => (tens * 10 + ones).to_string(),
        _ => digits.iter().map(u32::to_string).collect(),
    }
}

/// Takes a time of day and its offset out of the tokens.
fn take_time(tokens: &mut Vec<Token>) -> Result<Option<(Time, Option<Offset>)>, Unreadable> {
    let Some(start) = time_start(tokens) else { return Ok(None) };
    let mut reader = TimeReader { tokens: &tokens[start..], read: 0 };
    let time = reader.time().ok_or(Unreadable)?;
    let offset = reader.offset();
    let end = start + reader.read;
    tokens.drain(start..end);
    Ok(Some((time, offset)))
}

/// The first token of a time: a word for a part of the day, or an hour.
fn time_start(tokens: &[Token]) -> Option<usize> {
    let is_hour_mark = |token: Option<&Token>| match token {
        Some(Token::Sign(':')) => true,
        Some(Token::Word(word)) => {
            matches!(word.as_str(), "时" | "時" | "点" | "點" | "am" | "pm")
        }
        _ => false,
    };
    (0..tokens.len()).find(|at| match &tokens[*at] {
        Token::Number(_) => is_hour_mark(tokens.get(at + 1)),
        Token::Word(word) => {
            day_part(word).is_some() || matches!(word.as_str(), "noon" | "midnight")
        }
        Token::Sign(_) => false,
    })
}

fn day_part(word: &str) -> Option<bool> {
    DAY_PARTS.iter().find(|(part, _)| *part == word).map(|(_, is_late)| *is_late)
}

/// Reads a time of day from its tokens.
struct TimeReader<'t> {
    tokens: &'t [Token],
    /// The number of tokens read.
    read: usize,
}

impl TimeReader<'_> {
    fn time(&mut self) -> Option<Time> {
        if self.take_word(&["noon", "正午"]).is_some() {
            return Time::new(12, 0, 0, 0).ok();
        }
        let part = self.take_day_part();
        if part.is_some() && !matches!(self.tokens.get(self.read), Some(Token::Number(_))) {
            // `中午` alone names an instant; `上午` does not.
            return (self.read == 1 && self.tokens[0] == Token::Word("中午".to_owned()))
                .then(|| Time::new(12, 0, 0, 0).ok())?;
        }
        let hour = self.take_number()?;
        let (minute, second) = self.minute_and_second()?;
        let is_late = match self.take_word(&["am", "pm"]) {
            Some("am") => Some(false),
            Some(_) => Some(true),
            None => part,
        };
        let hour = match (is_late, hour) {
            // Midday begins before noon: `中午11:30`.
            (Some(true), 11) if self.is_midday() => 11,
            (Some(true), 1..=11) => hour + 12,
            (Some(false), 12) => 0,
            (Some(false), 13..) => return None,
            (_, hour) => hour,
        };
        Time::new(hour, minute, second, 0).ok()
    }

    /// Whether the time begins with the word for midday.
    fn is_midday(&self) -> bool {
        matches!(&self.tokens[0], Token::Word(word) if word == "中午")
    }

    fn minute_and_second(&mut self) -> Option<(i8, i8)> {
        if self.take_sign(':') {
            let minute = self.take_number()?;
            let second = if self.take_sign(':') { self.take_number()? } else { 0 };
            if self.take_sign('.') {
                // A fraction of a second is not kept; dates are shown by the minute.
                self.take_number()?;
            }
            return Some((minute, second));
        }
        if self.take_word(&["时", "時", "点", "點"]).is_none() {
            return Some((0, 0));
        }
        if self.take_word(&["半"]).is_some() {
            return Some((30, 0));
        }
        let _ = self.take_word(&["整", "钟", "鐘"]);
        if !matches!(self.tokens.get(self.read), Some(Token::Number(_))) {
            return Some((0, 0));
        }
        let minute = self.take_number()?;
        let second =
            if self.take_word(&["分"]).is_some() { self.take_number().unwrap_or(0) } else { 0 };
        let _ = self.take_word(&["秒"]);
        Some((minute, second))
    }

    /// `Z`, `UTC`, `+0800`, `GMT+08:00`, `+8`.
    fn offset(&mut self) -> Option<Offset> {
        if self.take_word(&["北京时间"]).is_some() {
            return Some(Offset::constant(8));
        }
        let has_name = self.take_word(&["z", "utc", "gmt"]).is_some();
        let sign = match self.tokens.get(self.read) {
            Some(Token::Sign('+')) => 1,
            Some(Token::Sign('-' | '\u{2212}')) => -1,
            _ => return has_name.then_some(Offset::UTC),
        };
        let before = self.read;
        self.read += 1;
        let seconds = self.offset_seconds().map(|seconds| sign * seconds);
        let offset = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok());
        if offset.is_none() {
            self.read = before;
        }
        offset
    }

    fn offset_seconds(&mut self) -> Option<i32> {
        let Token::Number(digits) = self.tokens.get(self.read)? else { return None };
        self.read += 1;
        let (hours, minutes): (i32, i32) = match digits.len() {
            4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
            1 | 2 if self.take_sign(':') => (digits.parse().ok()?, self.take_number()?.into()),
            1 | 2 => (digits.parse().ok()?, 0),
            _ => return None,
        };
        Some(hours * 3600 + minutes * 60)
    }

    fn take_day_part(&mut self) -> Option<bool> {
        let Token::Word(word) = self.tokens.get(self.read)? else { return None };
        let part = day_part(word)?;
        self.read += 1;
        Some(part)
    }

    fn take_number(&mut self) -> Option<i8> {
        let Token::Number(digits) = self.tokens.get(self.read)? else { return None };
        self.read += 1;
        digits.get(..digits.len().min(3))?.parse().ok()
    }

    fn take_word(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let Token::Word(word) = self.tokens.get(self.read)? else { return None };
        let found = words.iter().find(|known| *known == word)?;
        self.read += 1;
        Some(found)
    }

    fn take_sign(&mut self, sign: char) -> bool {
        let is_next = self.tokens.get(self.read) == Some(&Token::Sign(sign));
        self.read += usize::from(is_next);
        is_next
    }
}

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
    let is_month = |month: &&str| word.len() >= 3 && month.starts_with(word);
    ENGLISH_MONTHS.iter().position(is_month).and_then(|at| i8::try_from(at + 1).ok())
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
