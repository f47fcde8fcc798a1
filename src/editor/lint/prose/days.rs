//! Finds days that are not in the calendar: `2月30日`, `2022-02-30`, `31 April 2022`.

use std::ops::Range;

use jiff::civil::Date;

use super::chinese::Finding;
use crate::diagnostic::{Code, message};
use crate::language::ENGLISH_MONTHS;

/// Words before days of the lunar calendar, each month of which may have 30 days.
const LUNAR: &[&str] = &["农历", "阴历", "旧历", "lunar"];

/// The distance in characters within which such a word counts.
const REACH: usize = 12;

/// A year in which February has 29 days, for days without a year.
const LEAP_YEAR: i16 = 2000;

/// Words after a number that is no day: `30号楼`.
const NUMBERED: &[char] = &['楼', '线', '路', '院', '门', '井', '车', '文', '令', '公'];

/// Signs between the first and the last day of a period.
pub(super) const UNTIL: &[char] = &['至', '到', '-', '–', '—', '~', '～'];

/// The digits of a year in Chinese characters.
const NUMERALS: &[char] = &['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Finds the days of a text that do not exist.
pub(super) fn find(text: &str) -> Vec<Finding> {
    let missing = read(text).into_iter().filter(|day| !day.exists);
    let findings = missing.map(|day| {
        let written = &text[day.place.clone()];
        Finding {
            code: Code::NoSuchDay,
            message: message!("`{written}` is not in the calendar", "日历上没有 `{written}`"),
            help: message!("write the day that is meant", "请核对，并写上正确的日期"),
            range: day.place,
        }
    });
    findings.collect()
}

/// Reads the days of a text, without those of the lunar calendar.
pub(super) fn read(text: &str) -> Vec<Day> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_digit).map(|next| at + next) {
        let rest = &text[start..];
        at = start + rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let Some(day) = Day::read(text, start) else { continue };
        at = at.max(day.place.end);
        if !is_lunar(&text[..start]) {
            found.push(day);
        }
    }
    found
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || NUMERALS.contains(&c)
}

fn is_lunar(before: &str) -> bool {
    let start = before.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
    LUNAR.iter().any(|word| before[start..].contains(word))
}

/// A day or a month as it is written.
pub(super) struct Day {
    pub(super) place: Range<usize>,
    exists: bool,
    /// The day in the calendar, if it is one day, has a year and can be read in one way.
    pub(super) date: Option<Date>,
}

impl Day {
    /// Reads the day whose first number begins at a position.
    fn read(text: &str, start: usize) -> Option<Self> {
        let (before, rest) = text.split_at(start);
        if before.ends_with(|c: char| c.is_ascii_alphanumeric() || "._/:+#".contains(c)) {
            return None;
        }
        let english = Self::read_english(text, start);
        if english.is_some() {
            return english;
        }
        let is_part = before
            .strip_suffix('-')
            .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()));
        let (length, exists, date) =
            if is_part { None } else { read_chinese(rest).or_else(|| read_figures(rest)) }?;
        Some(Self { place: start..start + length, exists, date })
    }

    /// Reads `31 April 2022`, `the 31st of April`, `April 31, 2022`.
    fn read_english(text: &str, start: usize) -> Option<Self> {
        let mut cursor = Cursor { rest: &text[start..] };
        let day = cursor.figure(2)?;
        let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|end| cursor.skip(end));
        if let Some((month, name)) = last_month(&text[..start]) {
            let end = text.len() - cursor.rest.len();
            let year = cursor.year_behind_comma();
            let is_day = year.is_some()
                || is_ordinal
                || !cursor.rest.starts_with(|c: char| c.is_alphanumeric() || "-–:%".contains(c))
                    && !cursor.rest.starts_with(' ');
            let end = if year.is_some() { text.len() - cursor.rest.len() } else { end };
            let exists = exists(year, month, day) || year.is_none() && day > 31;
            let date = date(year, month, day);
            return is_day.then_some(Self { place: name..end, exists, date });
        }
        let _ = cursor.skip(" of");
        let month = cursor.month()?;
        let year = cursor.year_behind_comma();
        // `the 35 May Day events`
        let exists = exists(year, month, day) || year.is_none() && day > 31;
        let date = date(year, month, day);
        Some(Self { place: start..text.len() - cursor.rest.len(), exists, date })
    }
}

/// Reads `2022年2月30日`, `4月28日至31日`, `2022年13月`: the length, whether it exists, and the
/// day.
fn read_chinese(text: &str) -> Option<(usize, bool, Option<Date>)> {
    let mut cursor = Cursor { rest: text };
    let is_in_numerals = !text.starts_with(|c: char| c.is_ascii_digit());
    let (first, digits) = cursor.number()?;
    let (year, month) =
        if cursor.sign(&['年']) { (Some(first), cursor.number()?.0) } else { (None, first) };
    // Days in Chinese characters without a year are mostly those of the lunar calendar.
    let is_date = !is_in_numerals || (year.is_some() && digits == 4);
    if !is_date || !cursor.sign(&['月']) {
        return None;
    }
    let year = year.map(|year| if digits == 2 { year + 2000 } else { year });
    let month_length = text.len() - cursor.rest.len();
    let mut days = Vec::new();
    let mut period = None;
    while let Some((day, _)) = cursor.number() {
        days.push(day);
        if cursor.sign(&['日', '号']) && !cursor.rest.starts_with(NUMBERED) {
            period = Some((text.len() - cursor.rest.len(), days.len()));
        }
        if !cursor.sign(UNTIL) {
            break;
        }
    }
    let Some((length, count)) = period else {
        let is_month = (1..=12).contains(&month);
        return (digits == 4 && year.is_some() && !is_month).then_some((month_length, false, None));
    };
    // A number that is no day may follow: `3月14日至2022年5月31日`.
    days.truncate(count);
    let only = if count == 1 { date(year, month, days[0]) } else { None };
    Some((length, days.iter().all(|day| exists(year, month, *day)), only))
}

/// Reads `2022-02-30` and `31/04/2022`.
fn read_figures(text: &str) -> Option<(usize, bool, Option<Date>)> {
    let mut cursor = Cursor { rest: text };
    let first = cursor.figure(4)?;
    let sign = cursor.rest.chars().next().filter(|c| "-/.".contains(*c))?;
    cursor.rest = &cursor.rest[1..];
    let second = cursor.figure(2)?;
    cursor.rest = cursor.rest.strip_prefix(sign)?;
    let third = cursor.figure(4)?;
    let is_time = cursor.rest.strip_prefix('T').is_some_and(|rest| rest.starts_with(is_digit));
    let goes_on = cursor.rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == sign)
        && (sign != '.' || cursor.rest[1..].starts_with(is_digit));
    if goes_on && !is_time {
        return None;
    }
    let length = text.len() - cursor.rest.len();
    if is_year(first) && third < 100 {
        // `2022-13-05` has the day before the month.
        let is_day = (1..=12).contains(&second) || sign == '-' && second < 32 && third < 13;
        let date = date(Some(first), second, third);
        return is_day.then(|| (length, exists(Some(first), second, third), date));
    }
    let is_day = is_year(third) && (1..=31).contains(&first) && (1..=31).contains(&second);
    let (british, american) = (date(Some(third), second, first), date(Some(third), first, second));
    let only = british.xor(american).or_else(|| british.filter(|day| Some(*day) == american));
    is_day.then_some((length, british.is_some() || american.is_some(), only))
}

fn is_year(number: i16) -> bool {
    (1900..2200).contains(&number)
}

fn exists(year: Option<i16>, month: i16, day: i16) -> bool {
    date(year.or(Some(LEAP_YEAR)), month, day).is_some()
}

fn date(year: Option<i16>, month: i16, day: i16) -> Option<Date> {
    Date::new(year?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The month that a text ends with, before spaces, and where its name begins.
fn last_month(before: &str) -> Option<(i16, usize)> {
    let word = before.strip_suffix(' ')?.trim_end_matches('.');
    let start = word
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + word[at..].chars().next().map_or(0, char::len_utf8));
    Some((month(&word[start..])?, start))
}

/// The number of a month from its English name or its first three letters.
fn month(word: &str) -> Option<i16> {
    let word = word.to_ascii_lowercase();
    let index = ENGLISH_MONTHS.iter().position(|name| {
        *name == word || name[..3] == word || word == "sept" && name[..4] == word
    })?;
    i16::try_from(index + 1).ok()
}

/// The rest of a text that is read from its start.
pub(super) struct Cursor<'t> {
    pub(super) rest: &'t str,
}

impl Cursor<'_> {
    fn skip(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Skips one of these signs, and spaces before it.
    pub(super) fn sign(&mut self, signs: &[char]) -> bool {
        let rest = self.rest.trim_start_matches(' ').strip_prefix(signs);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads a number of at most so many Arabic digits.
    fn figure(&mut self, digits: usize) -> Option<i16> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        if end > digits {
            return None;
        }
        let number = self.rest[..end].parse().ok()?;
        self.rest = &self.rest[end..];
        Some(number)
    }

    /// Reads a number in Arabic digits or in Chinese characters: its value and its length.
    pub(super) fn number(&mut self) -> Option<(i16, usize)> {
        self.rest = self.rest.trim_start_matches(' ');
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let before = self.rest.len();
            let number = self.figure(4)?;
            return Some((number, before - self.rest.len()));
        }
        let end = self
            .rest
            .find(|c: char| c != '十' && !NUMERALS.contains(&c))
            .unwrap_or(self.rest.len());
        let (written, rest) = self.rest.split_at(end);
        self.rest = rest;
        let length = written.chars().count();
        let value = match written.split_once('十') {
            Some((tens, ones)) => numeral(tens, 1)?.checked_mul(10)? + numeral(ones, 0)?,
            None if length > 4 => return None,
            None => numeral(written, -1).filter(|number| *number >= 0)?,
        };
        Some((value, length))
    }

    /// Reads the name of a month behind a space.
    fn month(&mut self) -> Option<i16> {
        let rest = self.rest.strip_prefix(' ')?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let month = month(&rest[..end])?;
        self.rest = &rest[end..];
        Some(month)
    }

    /// Reads a year behind a space, or behind a comma and a space.
    fn year_behind_comma(&mut self) -> Option<i16> {
        let rest = self.rest.trim_start_matches([',', '.']).strip_prefix(' ')?;
        let mut cursor = Cursor { rest };
        let year = cursor.figure(4).filter(|year| (1000..3000).contains(year))?;
        self.rest = cursor.rest;
        Some(year)
    }
}

/// The value of a number whose digits are Chinese characters; of no digits, `none`.
fn numeral(digits: &str, none: i16) -> Option<i16> {
    if digits.is_empty() {
        return Some(none);
    }
    digits.chars().try_fold(0_i16, |number, c| {
        let digit = NUMERALS.iter().position(|numeral| *numeral == c)?;
        number.checked_mul(10)?.checked_add(i16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_found() {
        for (text, day) in [
            ("于2月30日开放", "2月30日"),
            ("于2022 年 2 月 29 日开放", "2022 年 2 月 29 日"),
            ("在2022年13月", "2022年13月"),
            ("4月28—31日", "4月28—31日"),
            ("4月28日至31日", "4月28日至31日"),
            ("4月28日-4月31日", "4月31日"),
            ("6月31号", "6月31号"),
            ("二〇二二年二月三十日", "二〇二二年二月三十日"),
            ("on 2022-02-30.", "2022-02-30"),
            ("2022-02-30T10:00", "2022-02-30"),
            ("2022.2.30。", "2022.2.30"),
            ("31/04/2022", "31/04/2022"),
            ("2022-13-05", "2022-13-05"),
            ("31 April 2022", "31 April 2022"),
            ("the 31st of June.", "31st of June"),
            ("April 31, 2022", "April 31, 2022"),
            ("on Feb. 30.", "Feb. 30"),
            ("29 February 2023", "29 February 2023"),
            ("30-31 June", "31 June"),
        ] {
            let found: Vec<&str> = find(text).into_iter().map(|found| &text[found.range]).collect();
            assert_eq!(found, [day], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_days() {
        for text in [
            "2月29日、2024年2月29日、12月31日",
            "2022年13个月、2年6月",
            "2022年3月14日至2022年5月31日、3月14日—40天内",
            "农历2月30日、农历壬寅年二月三十日",
            "二月三十日",
            "2月30号楼、2月30个项目",
            "2022-02-28, 2022/12/31, 30/11/2022, 11/30/2022",
            "GB/T 2022-13-40, 192.168.2.30, 1.2.30, 0451-8466-2022",
            "30 April 2022, 31 May, March 31, 29 February 2024",
            "In April 31 wells were dug, the 35 May Day events",
            "三十一日、二〇二二年",
            "",
        ] {
            assert_eq!(find(text), Vec::new(), "{text}");
        }
    }
}
