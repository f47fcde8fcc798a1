//! Dates in a query: `2022-05-05`, `2022/5/5`, `5 May 2022`, `May 2022`, `2022年5月5日`, `五月五日`.

use std::ops::Range;

use jiff::civil::Date;

use crate::language::ENGLISH_MONTHS;
use crate::search::text::normalize;

/// The characters of Chinese numerals in dates, by value from 0 to 10.
const NUMERALS: [char; 11] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// A date, of which the year or the day may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryDate {
    /// Its byte range in the query.
    pub(crate) range: Range<usize>,
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: Option<i8>,
}

impl QueryDate {
    /// Finds the dates in a query.
    pub(crate) fn find(query: &str) -> Vec<Self> {
        let text = Scanner::new(query);
        let mut dates = Vec::new();
        let mut at = 0;
        while at < text.characters.len() {
            match text.date(at) {
                Some((date, end)) => {
                    dates.push(date);
                    at = end;
                }
                None => at += 1,
            }
        }
        dates
    }

    /// Whether a day is within the date.
    pub(crate) fn includes(&self, day: Date) -> bool {
        self.month == day.month()
            && self.year.is_none_or(|year| year == day.year())
            && self.day.is_none_or(|of_month| of_month == day.day())
    }

    /// The name of the month in English.
    pub(crate) fn month_name(&self) -> &'static str {
        let index = usize::try_from(self.month - 1).unwrap_or_default();
        ENGLISH_MONTHS.get(index).copied().unwrap_or_default()
    }
}

/// The characters of a query in lower case and half width, with their positions.
struct Scanner {
    characters: Vec<(usize, char)>,
    length: usize,
}

impl Scanner {
    fn new(query: &str) -> Self {
        let simplified = normalize::simplify(query);
        let characters = simplified
            .char_indices()
            .map(|(at, c)| (at, normalize::fold_width(c).to_ascii_lowercase()));
        Self { characters: characters.collect(), length: query.len() }
    }

    fn get(&self, at: usize) -> Option<char> {
        self.characters.get(at).map(|(_, c)| *c)
    }

    /// The date that begins at a character, and the index behind it.
    fn date(&self, at: usize) -> Option<(QueryDate, usize)> {
        if at > 0 && self.get(at - 1).is_some_and(|c| c.is_alphanumeric() && c.is_ascii()) {
            return None;
        }
        let ((year, month, day), end) = self
            .year_first(at)
            .or_else(|| self.chinese_day(at))
            .or_else(|| self.english(at))
            .or_else(|| self.year_last(at))?;
        if self.get(end).is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        // A date without a year is checked in a leap year.
        let valid = Date::new(year.unwrap_or(2000), month, day.unwrap_or(1));
        if valid.is_err() || year.is_some_and(|year| !(1800..=2200).contains(&year)) {
            return None;
        }
        let byte = |at: usize| self.characters.get(at).map_or(self.length, |(byte, _)| *byte);
        Some((QueryDate { range: byte(at)..byte(end), year, month, day }, end))
    }

    /// `2022-05-05`, `2022/5/5`, `2022.5.5`, `2022年5月5日`, `2022-05`, `2022年5月`, `20220505`.
    fn year_first(&self, at: usize) -> Option<(Parts, usize)> {
        if let Some((digits, end)) = self.digits(at, 8).filter(|(digits, _)| digits.len() == 8) {
            let part = |range: Range<usize>| digits.get(range)?.parse::<i16>().ok();
            let (month, day) = (i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?);
            return Some(((part(0..4), month, Some(day)), end));
        }
        let (year, end) = self.year(at)?;
        let behind = self.skip_spaces(end);
        let end = if self.get(behind) == Some('年') { behind } else { end };
        let separator = self.get(end)?;
        if !matches!(separator, '-' | '/' | '.' | '年') {
            return None;
        }
        let (month, end) = self.number(self.skip_spaces_if(separator == '年', end + 1))?;
        if separator == '年' {
            let end = self.expect(end, '月')?;
            return Some(match self.day(end) {
                Some((day, end)) => ((Some(year), month, Some(day)), end),
                None => ((Some(year), month, None), end),
            });
        }
        match self.expect(end, separator).and_then(|end| self.number(end)) {
            Some((day, end)) => Some(((Some(year), month, Some(day)), end)),
            // `2022.5` is a number, and 2021/22 a school year.
            None if separator == '-' && self.get(end) != Some('-') => {
                Some(((Some(year), month, None), end))
            }
            None => None,
        }
    }

    /// `5月5日`, `五月五号`.
    fn chinese_day(&self, at: usize) -> Option<(Parts, usize)> {
        let (month, end) = self.number(at)?;
        let (day, end) = self.day(self.expect(end, '月')?)?;
        Some(((None, month, Some(day)), end))
    }

    /// `5 May 2022`, `5th of May`, `May 5, 2022`, `May 2022`.
    fn english(&self, at: usize) -> Option<(Parts, usize)> {
        if let Some((day, end)) = self.ordinal(at) {
            let mut next = self.skip_spaces(end);
            if let Some(behind) = self.word(next, "of") {
                next = self.skip_spaces(behind);
            }
            let (month, end) = self.month(next)?;
            return Some(match self.year_behind(end) {
                Some((year, end)) => ((Some(year), month, Some(day)), end),
                None => ((None, month, Some(day)), end),
            });
        }
        let (month, end) = self.month(at)?;
        if let Some((year, end)) = self.year_behind(end) {
            return Some(((Some(year), month, None), end));
        }
        let (day, end) = self.ordinal(self.skip_spaces(end))?;
        Some(match self.year_behind(end) {
            Some((year, end)) => ((Some(year), month, Some(day)), end),
            None => ((None, month, Some(day)), end),
        })
    }

    /// `5/5/2022`, `5.5.2022`: the day comes first, unless only the other order is a date.
    fn year_last(&self, at: usize) -> Option<(Parts, usize)> {
        let (first, end) = self.number(at)?;
        let separator = self.get(end).filter(|c| matches!(c, '/' | '.' | '-'))?;
        let (second, end) = self.number(end + 1)?;
        let (year, end) = self.year(self.expect(end, separator)?)?;
        let (day, month) = if second > 12 { (second, first) } else { (first, second) };
        Some(((Some(year), month, Some(day)), end))
    }

    /// Up to `most` ASCII digits.
    fn digits(&self, at: usize, most: usize) -> Option<(String, usize)> {
        let digits = self.characters[at.min(self.characters.len())..].iter();
        let digits: String =
            digits.map(|(_, c)| *c).take_while(char::is_ascii_digit).take(most).collect();
        let end = at + digits.len();
        (!digits.is_empty()).then_some((digits, end))
    }

    /// Four digits, or four Chinese ones.
    fn year(&self, at: usize) -> Option<(i16, usize)> {
        if let Some((digits, end)) = self.digits(at, 4) {
            return (digits.len() == 4).then_some((digits.parse().ok()?, end));
        }
        let mut year = 0;
        for index in at..at + 4 {
            let value = self.get(index).map(|c| if c == '零' { '〇' } else { c })?;
            let value = NUMERALS[..10].iter().position(|numeral| *numeral == value)?;
            year = year * 10 + i16::try_from(value).ok()?;
        }
        Some((year, at + 4))
    }

    /// One or two digits, or a Chinese number up to 31.
    fn number(&self, at: usize) -> Option<(i8, usize)> {
        if let Some((digits, end)) = self.digits(at, 3) {
            return (digits.len() <= 2).then_some((digits.parse().ok()?, end));
        }
        let numeral = |at: usize| {
            let c = self.get(at)?;
            i8::try_from(NUMERALS[1..].iter().position(|numeral| *numeral == c)? + 1).ok()
        };
        let mut value = numeral(at)?;
        let mut end = at + 1;
        if value < 10 && numeral(end) == Some(10) {
            value *= 10;
            end += 1;
        }
        if value % 10 == 0
            && let Some(ones) = numeral(end).filter(|ones| *ones < 10)
        {
            value += ones;
            end += 1;
        }
        Some((value, end))
    }

    /// A day of the month, with `日` or `号` or at the end.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        let (day, end) = self.number(self.skip_spaces(at))?;
        let end = self.skip_spaces(end);
        match self.get(end) {
            Some('日' | '号') => Some((day, end + 1)),
            _ => None,
        }
    }

    /// A day in English: `5`, `5th`.
    fn ordinal(&self, at: usize) -> Option<(i8, usize)> {
        self.get(at).filter(char::is_ascii_digit)?;
        let (day, end) = self.number(at)?;
        let mut suffixes = ["st", "nd", "rd", "th"].into_iter();
        let end = suffixes.find_map(|suffix| self.word(end, suffix)).unwrap_or(end);
        Some((day, end))
    }

    /// A month in English, in full or by its first three letters.
    fn month(&self, at: usize) -> Option<(i8, usize)> {
        for (month, name) in (1..).zip(ENGLISH_MONTHS) {
            for form in [name, &name[..3], if name == "september" { "sept" } else { name }] {
                if let Some(end) = self.word(at, form) {
                    return Some((month, if self.get(end) == Some('.') { end + 1 } else { end }));
                }
            }
        }
        None
    }

    /// A year behind spaces or a comma.
    fn year_behind(&self, at: usize) -> Option<(i16, usize)> {
        let at = if self.get(at) == Some(',') { at + 1 } else { at };
        self.get(at).filter(|c| c.is_whitespace())?;
        self.year(self.skip_spaces(at))
    }

    /// The end of a word at a place.
    fn word(&self, at: usize, word: &str) -> Option<usize> {
        let mut end = at;
        for c in word.chars() {
            end = self.expect(end, c)?;
        }
        (!self.get(end).is_some_and(char::is_alphanumeric)).then_some(end)
    }

    /// The index behind a character, after spaces if it is Chinese.
    fn expect(&self, at: usize, expected: char) -> Option<usize> {
        let at = self.skip_spaces_if(!expected.is_ascii(), at);
        (self.get(at) == Some(expected)).then_some(at + 1)
    }

    fn skip_spaces(&self, at: usize) -> usize {
        let rest = self.characters.get(at..).unwrap_or_default().iter();
        at + rest.take_while(|(_, c)| c.is_whitespace()).count()
    }

    fn skip_spaces_if(&self, condition: bool, at: usize) -> usize {
        if condition { self.skip_spaces(at) } else { at }
    }
}

/// Year, month and day.
type Parts = (Option<i16>, i8, Option<i8>);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(query: &str) -> Vec<(&str, Option<i16>, i8, Option<i8>)> {
        let dates = QueryDate::find(query).into_iter();
        dates.map(|date| (&query[date.range], date.year, date.month, date.day)).collect()
    }

    #[test]
    fn find_dates_in_any_notation_returns_day() {
        for written in [
            "2022-05-06",
            "2022/5/6",
            "2022.5.6",
            "2022年5月6日",
            "2022年05月06号",
            "２０２２年５月６日",
            "二〇二二年五月六日",
            "6 May 2022",
            "6th of May, 2022",
            "May 6, 2022",
            "may 6 2022",
            "MAY 6TH 2022",
            "2022-5-6",
            "20220506",
            "6/5/2022",
            "6.5.2022",
            "2022 年 5 月 6 日",
        ] {
            let query = format!("ice {written} ice");
            assert_eq!(found(&query), [(written, Some(2022), 5, Some(6))], "{written}");
        }
        for written in ["6 May", "May 6", "5月6日", "五月六号", "5月6號"] {
            assert_eq!(found(written), [(written, None, 5, Some(6))], "{written}");
        }
        for written in ["May 2022", "2022-05", "2022年5月", "二〇二二年五月"] {
            assert_eq!(found(written), [(written, Some(2022), 5, None)], "{written}");
        }
        assert_eq!(found("十二月三十一日"), [("十二月三十一日", None, 12, Some(31))]);
    }

    #[test]
    fn find_other_numbers_returns_nothing() {
        for query in [
            "2022",
            "2022.5",
            "2021/22",
            "2022-13-01",
            "2022-02-30",
            "5月",
            "may",
            "8.3万",
            "5 mayors",
            "83,000",
            "12345",
            "x2022-05-05",
            "1.2.3",
            "1.2.3456789",
            "2022年",
            "一个月",
            "",
        ] {
            assert_eq!(found(query), [], "{query}");
        }
    }

    proptest! {
        #[test]
        fn find_any_text_returns_valid_ranges(query in "(\\PC|[0-9年月日五十./ -]|May ){0,30}") {
            for date in QueryDate::find(&query) {
                prop_assert!(query.get(date.range).is_some());
            }
        }
    }
}
