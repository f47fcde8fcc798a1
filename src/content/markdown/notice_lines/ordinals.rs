//! Lines that continue an enumeration (`首先，…`, `其次，…`, `1.1 …`), an interview (`问：…`) or a
//! programme (`8:30 签到`, `5月1日 开幕`), and lines that end a letter.

use crate::language::is_han;

/// Words that begin the parts of an enumeration.
const ORDINALS: &[&str] = &[
    "首先",
    "其次",
    "再次",
    "然后",
    "最后",
    "其一",
    "其二",
    "其三",
    "其四",
    "其五",
    "一方面",
    "另一方面",
];

/// The parts of a day before a time: `上午8:30`.
const DAY_PARTS: &[&str] = &["上午", "中午", "下午", "晚上", "晚", "早上", "凌晨", "夜间"];

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Words that end a letter, before its signature.
const CLOSINGS: &[&str] = &[
    "Yours",
    "Best",
    "Best wishes",
    "With best",
    "Warm regards",
    "Cordially",
    "Sincerely",
    "Regards",
    "Kind regards",
    "Best regards",
    "Respectfully",
    "Faithfully",
];

/// Whether a line begins a part of an enumeration in words: `首先，检修管网。`
pub(super) fn begins_ordinal(line: &str) -> bool {
    let line = plain(line);
    ORDINALS.iter().any(|word| line.starts_with(word))
}

/// Whether a line begins a question or an answer: `问：`, `A：`.
pub(super) fn begins_speech(line: &str) -> bool {
    let rest = plain(line).strip_prefix(['问', '答', 'Q', 'A']);
    let rest = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*'));
    rest.is_some_and(|rest| rest.starts_with(['：', ':']))
}

/// Whether a line begins with the number of a section below another: `1.1 检修`, `2.3.1 登记`.
pub(super) fn has_section_number(line: &str) -> bool {
    let line = plain(line);
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = line[..line.len() - rest.len()].trim_end_matches('.');
    let parts: Vec<&str> = number.split('.').collect();
    let is_parted = rest.starts_with([' ', '\u{3000}', '\t']);
    (2..=4).contains(&parts.len())
        && parts.iter().all(|part| is_number(part, 2))
        && (is_parted || parts.len() > 2 && rest.starts_with(is_han))
}

/// Whether a line begins with a time, a day or a weekday, and goes on with what happens then, as
/// the lines of a programme do.
pub(super) fn begins_time(line: &str) -> bool {
    let line = plain(line);
    let Some(rest) = strip_time(line) else { return false };
    let dashes = ['-', '–', '—', '－', '~', '～', '至'];
    let further = rest.trim_start_matches(' ').trim_start_matches(dashes);
    let further = further.trim_start_matches(' ');
    let last_day = split_number(further).and_then(|(_, rest)| rest.strip_prefix('日'));
    let rest = strip_time(further).or(last_day).unwrap_or(rest);
    let words = rest.trim_start_matches([' ', '\u{3000}', '\t', ':', '：', '，', '-', '–', '—']);
    let is_parted = words.len() < rest.len();
    let is_weekday = WEEKDAYS.iter().any(|day| line.starts_with(day));
    let is_upper = words.starts_with(char::is_uppercase) || is_weekday;
    is_parted && (is_upper || words.starts_with(|c: char| is_han(c) || "（《“【".contains(c)))
}

/// Whether a line ends a letter: the name of its writer follows.
pub(super) fn is_closing(line: &str) -> bool {
    if matches!(line.trim_end_matches(['！', '!', '。']), "此致" | "敬礼" | "此致敬礼" | "顺祝商祺")
    {
        return true;
    }
    let words = line.strip_suffix([',', '，']);
    words.is_some_and(|words| {
        words.split(' ').count() <= 3 && CLOSINGS.iter().any(|closing| words.starts_with(closing))
    })
}

/// Whether a line is a date alone, in digits: `2022-04-20`, `2022.4.20`, `2022/4/20`.
pub(super) fn is_date_in_digits(line: &str) -> bool {
    ['-', '.', '/'].into_iter().any(|sign| {
        let parts: Vec<&str> = line.split(sign).collect();
        matches!(parts.as_slice(), [year, month, day]
            if year.len() == 4 && is_number(year, 4) && is_number(month, 2) && is_number(day, 2))
    })
}

/// Whether a line is a date alone, in English: `20 April 2022`, `April 20, 2022`.
pub(super) fn is_english_date(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let [first, second, year] = words.as_slice() else { return false };
    let is_year = year.len() == 4 && is_number(year, 4);
    let (day, month) = if is_number(first, 2) { (first, second) } else { (second, first) };
    is_year && is_number(day.trim_end_matches(','), 2) && MONTHS.contains(month)
}

/// Strips a time, a day of the year or a weekday from the start of a line.
fn strip_time(line: &str) -> Option<&str> {
    if let Some(rest) = ["星期", "周"].iter().find_map(|name| line.strip_prefix(name)) {
        return rest.strip_prefix(|c| "一二三四五六日天".contains(c));
    }
    if let Some(rest) = WEEKDAYS.iter().find_map(|day| line.strip_prefix(day)) {
        return Some(rest);
    }
    let part = DAY_PARTS.iter().find_map(|part| line.strip_prefix(part));
    let line = part.unwrap_or(line).trim_start_matches(' ');
    let (number, rest) = split_number(line)?;
    if number == 4
        && let Some(rest) = rest.strip_prefix('年')
    {
        let (_, rest) = split_number(rest)?;
        return strip_day(rest);
    }
    if let Some(day) = strip_day(rest) {
        return Some(day);
    }
    if let Some(rest) = rest.strip_prefix(['时', '点']) {
        let minutes = split_number(rest).and_then(|(_, rest)| rest.strip_prefix('分'));
        return Some(minutes.or_else(|| rest.strip_prefix('半')).unwrap_or(rest));
    }
    let minutes = rest.strip_prefix([':', '：'])?;
    let (length, rest) = split_number(minutes)?;
    let half = [" a.m.", " p.m.", " am", " pm"].iter().find_map(|half| rest.strip_prefix(half));
    (number <= 2 && length == 2).then_some(half.unwrap_or(rest))
}

/// Strips `月5日` behind the number of a month.
fn strip_day(rest: &str) -> Option<&str> {
    let (_, rest) = split_number(rest.strip_prefix('月')?)?;
    rest.strip_prefix('日')
}

/// Splits the digits from the start of a text: how many there are, at most four, and the rest.
fn split_number(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let length = text.len() - rest.len();
    (1..=4).contains(&length).then_some((length, rest))
}

fn is_number(text: &str, length: usize) -> bool {
    (1..=length).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit())
}

fn plain(line: &str) -> &str {
    line.trim_start_matches(['*', '\u{3000}', '\u{a0}'])
}
