//! Finds weekdays that do not fit the date beside them: `2022年3月14日（星期二）`, `Tuesday, 14
//! March 2022`.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::chinese::Finding;
use super::days::{self, Cursor, Day, UNTIL};
use crate::diagnostic::{Code, message};

/// The first year that is judged; some countries had another calendar until 1923.
const FIRST_YEAR: i16 = 1930;

const ENGLISH: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Beginnings of Chinese weekdays.
const CHINESE: [&str; 5] = ["星期", "礼拜", "禮拜", "周", "週"];

const NUMERALS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

const OPENING: &[char] = &['（', '(', '[', '【', '〔'];
const CLOSING: &[char] = &['）', ')', ']', '】', '〕'];

/// Marks behind a weekday that belongs to the date before it.
const ENDS: &[char] = &['，', '。', '；', '：', ',', '.', ';', ':', '！', '!', '\n'];

/// Words behind a weekday that belongs to the date before it.
const TIMES: &[&str] = &["上午", "下午", "中午", "凌晨", "早", "晚", "夜", "起", "前", "at "];

/// Signs and words between the weekdays of a list or a period.
const JOINED: &[&str] = &[
    "至", "到", "、", "和", "及", "或", "与", "-", "–", "—", "~", "～", "/", "&", ",", "to", "and",
    "or",
];

/// Words before a weekday that comes every week.
const EVERY: &[&str] = &["every", "each", "Every", "Each"];

/// A weekday as it is written.
struct Written {
    place: Range<usize>,
    weekday: Weekday,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With this beginning.
    Chinese(&'static str),
    English,
    /// The first letters of an English name.
    Short,
}

/// Finds the weekdays of a text that their dates do not have.
pub(super) fn find(text: &str) -> Vec<Finding> {
    let all = days::read(text);
    let mut found = Vec::new();
    // The end of the day before, unless that has its weekday before it.
    let mut last_end = None;
    for (index, day) in all.iter().enumerate() {
        let before = read_before(text, &day.place)
            .filter(|written| last_end.is_none_or(|end| !is_gap(&text[end..written.place.start])));
        last_end = before.is_none().then_some(day.place.end);
        let next = all.get(index + 1).map_or(text.len(), |next| next.place.start);
        let Some(written) = before.or_else(|| read_behind(text, day, next)) else { continue };
        let Some(date) = day.date.filter(|date| date.year() >= FIRST_YEAR) else { continue };
        found.extend(judge(text, &day.place, date, &written));
        if written.place.start > day.place.start {
            found.extend(judge_next(text, written.place.end, date));
        }
    }
    found
}

/// Whether nothing is between a weekday and a day that it may belong to.
fn is_gap(text: &str) -> bool {
    let text = text.trim_matches(is_end);
    text.is_empty() || text == "the" || text.trim_end_matches(is_space).ends_with(OPENING)
}

fn judge(text: &str, day: &Range<usize>, date: Date, written: &Written) -> Option<Finding> {
    if date.weekday() == written.weekday {
        return None;
    }
    let (day, weekday) = (&text[day.clone()], &text[written.place.clone()]);
    let right = name(date.weekday(), written.form);
    Some(Finding {
        code: Code::WrongWeekday,
        range: written.place.clone(),
        message: message!(
            "`{day}` is a `{right}`, not a `{weekday}`",
            "`{day}` 是 `{right}`，不是 `{weekday}`"
        ),
        help: message!(
            "write `{right}`, or correct the date",
            "请写成 `{right}`；如果是日期有误，请改正日期"
        ),
    })
}

/// Judges the last day of a period that has the month of its first: `（星期一）至16日（星期三）`.
fn judge_next(text: &str, at: usize, first: Date) -> Option<Finding> {
    let mut cursor = Cursor { rest: text[at..].trim_start_matches(CLOSING) };
    if !cursor.sign(UNTIL) && !cursor.sign(&['、', '和', '及']) {
        return None;
    }
    let start = text.len() - cursor.rest.len();
    let (day, _) = cursor.number()?;
    if !cursor.sign(&['日', '号']) {
        return None;
    }
    let place = start..text.len() - cursor.rest.len();
    let date = Date::new(first.year(), first.month(), i8::try_from(day).ok()?).ok()?;
    judge(text, &place, date, &read_enclosed(text, place.end)?)
}

fn name(weekday: Weekday, form: Form) -> String {
    let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
    match form {
        Form::Chinese(prefix) => format!("{prefix}{}", NUMERALS[index]),
        Form::English => ENGLISH[index].to_owned(),
        Form::Short => ENGLISH[index][..3].to_owned(),
    }
}

/// Reads the weekday behind a date, `（星期二）`, ` 周二`, `, Tuesday`, if it is not that of the next
/// date.
fn read_behind(text: &str, day: &Day, next: usize) -> Option<Written> {
    if ends_period(&text[..day.place.start]) {
        return None;
    }
    let written = read_enclosed(text, day.place.end).or_else(|| read_open(text, day.place.end))?;
    let is_of_next = next < text.len() && is_gap(&text[written.place.end..next]);
    (!is_of_next).then_some(written)
}

/// Whether a day before it makes a day the end of a period, which may have weekdays of its own:
/// `3月1日至5月31日（周二）`.
fn ends_period(before: &str) -> bool {
    let before = before.trim_end();
    let first = before.strip_suffix(UNTIL).or_else(|| before.strip_suffix(" to"));
    first.is_some_and(|first| {
        first.trim_end().ends_with(|c: char| c.is_ascii_alphanumeric() || "日号月".contains(c))
    })
}

/// Reads a weekday in brackets behind a date.
fn read_enclosed(text: &str, end: usize) -> Option<Written> {
    let rest = text[end..].trim_start_matches(is_space).strip_prefix(OPENING)?;
    let rest = rest.trim_start_matches(is_space);
    let (weekday, length, form) = read(rest)?;
    let after = rest[length..].trim_start_matches(is_space);
    let is_alone = after.starts_with(CLOSING) || starts_with_time(after) || is_end_of_clause(after);
    let at = text.len() - rest.len();
    is_alone.then(|| Written { place: at..at + length, weekday, form })
}

/// Reads a weekday behind a date, behind a comma, a space or nothing.
fn read_open(text: &str, end: usize) -> Option<Written> {
    let rest = text[end..].trim_start_matches(is_space);
    let rest = rest.strip_prefix(['，', ',']).unwrap_or(rest).trim_start_matches(is_space);
    let at = text.len() - rest.len();
    let (weekday, length, form) = read(rest)?;
    let after = rest[length..].trim_start_matches(is_space);
    let is_joined = JOINED.iter().any(|sign| after.starts_with(sign));
    // `星期二` without a mark before it is no name and no word.
    let is_word = at == end && matches!(form, Form::Chinese("星期" | "礼拜" | "禮拜"));
    let is_alone = after.is_empty()
        || after.starts_with(CLOSING)
        || starts_with_time(after)
        || is_end_of_clause(after)
        || is_word && !is_joined;
    is_alone.then(|| Written { place: at..at + length, weekday, form })
}

/// Whether a text goes on with a time of the day.
fn starts_with_time(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_clock = rest.len() < text.len() && rest.starts_with([':', '：', '时', '點', '点']);
    is_clock || TIMES.iter().any(|time| text.starts_with(time))
}

/// Whether a text goes on with a mark, and not with one more weekday.
fn is_end_of_clause(text: &str) -> bool {
    text.strip_prefix(ENDS).is_some_and(|rest| read(rest.trim_start_matches(is_end)).is_none())
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}')
}

fn is_end(c: char) -> bool {
    is_space(c) || ENDS.contains(&c)
}

/// Reads the weekday before a date: `Tuesday, 14 March 2022`, `星期二（2022年3月14日）`.
fn read_before(text: &str, day: &Range<usize>) -> Option<Written> {
    let before = text[..day.start].trim_end_matches(is_space);
    let before = before.strip_suffix(" the").unwrap_or(before);
    let is_closed = text[day.end..].starts_with(CLOSING);
    let outer = if is_closed { before.strip_suffix(OPENING) } else { None };
    let before = outer.unwrap_or(before).trim_end_matches(is_space);
    let before = if outer.is_none() { before.trim_end_matches(',') } else { before };
    let word = before.strip_suffix('.').unwrap_or(before);
    let (start, weekday, form) = read_last(word)?;
    let lead = word[..start].trim_end_matches(is_space);
    let is_chinese = matches!(form, Form::Chinese(_));
    let is_part = if is_chinese {
        lead.ends_with(['每', '逢']) || outer.is_none() && lead.ends_with(char::is_alphanumeric)
    } else {
        lead.rsplit(' ').take(3).any(|word| EVERY.contains(&word))
    };
    // The newspaper.
    let is_sun = form == Form::Short && lead.ends_with("he");
    let is_sentence = word.len() < before.len() && form != Form::Short;
    let is_listed = JOINED.iter().any(|sign| {
        lead.strip_suffix(sign)
            .is_some_and(|lead| read_last(lead.trim_end_matches(is_space)).is_some())
    });
    let is_other = is_part || is_sun || is_sentence || is_listed;
    (!is_other).then_some(Written { place: start..word.len(), weekday, form })
}

/// Reads a weekday at the start of a text: the day, its length and its form.
fn read(text: &str) -> Option<(Weekday, usize, Form)> {
    for prefix in CHINESE {
        let Some(rest) = text.strip_prefix(prefix) else { continue };
        let numeral = rest.chars().next()?;
        return Some((chinese(numeral)?, prefix.len() + numeral.len_utf8(), Form::Chinese(prefix)));
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (weekday, form) = english(&text[..end])?;
    Some((weekday, end, form))
}

/// Reads a weekday at the end of a text: its start, the day and its form.
fn read_last(text: &str) -> Option<(usize, Weekday, Form)> {
    let last = text.chars().next_back()?;
    if let Some(weekday) = chinese(last) {
        let before = &text[..text.len() - last.len_utf8()];
        let prefix = CHINESE.into_iter().find(|prefix| before.ends_with(prefix))?;
        return Some((before.len() - prefix.len(), weekday, Form::Chinese(prefix)));
    }
    let word = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if word.ends_with(char::is_alphanumeric) {
        return None;
    }
    let (weekday, form) = english(&text[word.len()..])?;
    Some((word.len(), weekday, form))
}

fn chinese(numeral: char) -> Option<Weekday> {
    let numeral = if numeral == '天' { '日' } else { numeral };
    from_index(NUMERALS.iter().position(|known| *known == numeral)?)
}

fn english(word: &str) -> Option<(Weekday, Form)> {
    let is_short = matches!(word.len(), 3..=5);
    let index = ENGLISH
        .iter()
        .position(|name| word.eq_ignore_ascii_case(name) || is_short && name.starts_with(word))?;
    let form = if word.eq_ignore_ascii_case(ENGLISH[index]) { Form::English } else { Form::Short };
    let is_name = word.starts_with(|c: char| c.is_ascii_uppercase());
    is_name.then_some((from_index(index)?, form))
}

fn from_index(index: usize) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekday_that_does_not_fit_is_found() {
        for (text, weekday, right) in [
            ("定于2022年3月14日（星期二）召开", "星期二", "星期一"),
            ("2022年3月14日(周二)上午", "周二", "周一"),
            ("2022 年 3 月 14 日 （ 星期二 ） 9:00", "星期二", "星期一"),
            ("2022年3月14日（星期二上午9:00）", "星期二", "星期一"),
            ("2022年3月14日（星期二，农历二月十二）", "星期二", "星期一"),
            ("2022年3月13日星期天举行", "", ""),
            ("2022年3月14日星期二举行", "星期二", "星期一"),
            ("2022年3月14日周二上午", "周二", "周一"),
            ("2022年3月14日，星期二，召开", "星期二", "星期一"),
            ("2022年3月13日礼拜六", "礼拜六", "礼拜日"),
            ("二〇二二年三月十四日（星期二）", "星期二", "星期一"),
            ("截至2022年3月14日（星期二）", "星期二", "星期一"),
            ("2022年9月10日（星期六）至12日（星期二）放假", "星期二", "星期一"),
            ("2022年9月10日（星期六）至2022年9月12日（星期二）", "星期二", "星期一"),
            ("本周二（2022年3月14日）", "周二", "周一"),
            ("2022-03-14 星期二", "星期二", "星期一"),
            ("on Tuesday, 14 March 2022.", "Tuesday", "Monday"),
            ("on Tuesday 14 March 2022 at 9", "Tuesday", "Monday"),
            ("Tuesday, March 14, 2022", "Tuesday", "Monday"),
            ("TUESDAY, the 14th of March 2022", "TUESDAY", "Monday"),
            ("Tue. 14 Mar 2022", "Tue", "Mon"),
            ("Thurs, 14 Mar 2022", "Thurs", "Mon"),
            ("postponed to Tuesday, 14 March 2022", "Tuesday", "Monday"),
            ("Tuesday (14 March 2022)", "Tuesday", "Monday"),
            ("14 March 2022 (Tuesday)", "Tuesday", "Monday"),
            ("14 March 2022, Tuesday, 9:00", "Tuesday", "Monday"),
            ("2022-03-14 (Tue)", "Tue", "Mon"),
            ("Monday 14 March 2022 Wednesday 15 March 2022", "Wednesday", "Tuesday"),
            ("Monday, 14 March 2022, and Wednesday, 15 March 2022", "Wednesday", "Tuesday"),
            ("25/12/2022 (Monday)", "Monday", "Sunday"),
        ] {
            let found = find(text);
            let words: Vec<&str> = found.iter().map(|found| &text[found.range.clone()]).collect();
            let expected: Vec<&str> = [weekday].into_iter().filter(|day| !day.is_empty()).collect();
            assert_eq!(words, expected, "{text}");
            let help = found.first().map_or("", |found| found.help.en());
            assert!(right.is_empty() || help.contains(&format!("`{right}`")), "{text}: {help}");
        }
    }

    #[test]
    fn right_or_other_weekday_is_silent() {
        for text in [
            "2022年3月14日（星期一）、3月14日（星期二）、2022年3月14日（周一）",
            "2022年3月1日至2022年5月31日（周二闭馆）、2022年3月1日至5月31日（周二）",
            "2022年3月14日（周二、周四）、2022年3月14日（星期二至星期四）",
            "自2022年3月14日起，每周二（2022年3月14日除外）休息",
            "自2022年3月14日，周二闭馆",
            "2022年3月14日，星期二、星期四限行",
            "2022年3月14日周一平同志、2022年3月14日周三丰先生、2022年3月14日周年",
            "2022年3月14日，星期二（3月15日）",
            "2022年3月14日 星期一 2022年3月15日 星期二",
            "农历2022年3月14日（星期二）",
            "每周二（2022年3月14日）",
            "周一至周五（2022年3月14日）",
            "2022年9月10日（星期六）至12日（星期一）放假",
            "1912年3月14日（星期二）",
            "Monday, 14 March 2022; Mon 14 March 2022; 14 March 2022 (Monday)",
            "Tuesday, 14 March; Tuesday, 04/03/2022",
            "Monday to Friday, 19 March 2022",
            "Monday, Tuesday, 14 March 2022",
            "every second Tuesday, 14 March 2022 to 30 May 2022",
            "1 March to 31 May 2022 (Tuesday)",
            "14 March 2022 (Tuesdays), 14 March 2022 (Tuesday to Friday)",
            "14 March 2022, Tuesday and Thursday",
            "14 March 2022, Tuesday, Thursday and Sunday are free",
            "Monday 14 March 2022, Tuesday 15 March 2022",
            "14 March 2022 Monday, 15 March 2022 Tuesday",
            "14 March 2022, Tuesday 15, Wednesday 16",
            "It is shut on Tuesday. 14 March 2022 is free",
            "The Sun, 14 March 2022; 14 March 2022, Sun Yat-sen; they wed 14 March 2022",
            "",
        ] {
            assert_eq!(find(text), Vec::new(), "{text}");
        }
    }
}
