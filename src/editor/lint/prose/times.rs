//! Finds times of the day that do not exist: `下午25时`, `2022-03-14 9:75`, `8:30–25:00`. Numbers of
//! the same form are mostly proportions, scores or chapters, so that only those are judged beside
//! which something else says that they are times.

use std::ops::Range;

use super::chinese::Finding;
use super::days::{self, Day, UNTIL};
use crate::diagnostic::{Code, message};

/// Parts of the day, which have a time behind them.
const PARTS: &[&str] =
    &["上午", "下午", "中午", "早上", "早晨", "凌晨", "清晨", "傍晚", "晚上", "晚间", "夜间"];

/// Halves of the day, which have a time before them.
const HALVES: &[&str] = &["am", "pm", "a.m", "p.m", "AM", "PM", "A.M", "P.M"];

/// The last words before a period of opening: `开放时间8:30—25:00`.
const LEADS: &[char] = &[
    '间', '日', '号', '天', '末', '为', '于', '在', '从', '自', '午', '晚', '早', '晨', '夜', '一',
    '二', '三', '四', '五', '六',
];

/// The longest note between a date and its time: `（星期一）`.
const MAX_NOTE: usize = 30;

/// A time as it is written.
#[derive(Clone)]
struct Clock {
    place: Range<usize>,
    hour: u32,
    minute: u32,
    /// Whether it has a colon, which many other numbers have.
    has_colon: bool,
}

/// Finds the times of a text that do not exist.
pub(super) fn find(text: &str) -> Vec<Finding> {
    if !text.contains([':', '：', '时']) {
        return Vec::new();
    }
    let clocks = read_clocks(text);
    if clocks.iter().all(Clock::exists) {
        return Vec::new();
    }
    let days = days::read(text);
    let judged = clocks.iter().enumerate().filter(|(index, clock)| {
        let before = index.checked_sub(1).and_then(|index| clocks.get(index));
        !clock.exists()
            && (clock.is_named(text)
                || clock.is_behind_day(text, &days)
                || clock.is_in_period(text, before, clocks.get(index + 1)))
    });
    let findings = judged.map(|(_, clock)| {
        let written = &text[clock.place.clone()];
        Finding {
            code: Code::NoSuchTime,
            range: clock.place.clone(),
            message: message!("`{written}` is no time of the day", "没有 `{written}` 这个时刻"),
            help: message!(
                "write the time that is meant; hours go up to 24 and minutes up to 59",
                "请核对，并写上正确的时间；小时不超过24，分钟不超过59"
            ),
        }
    });
    findings.collect()
}

/// Reads `9:75`, `9：75`, `25时`, `8时75分` wherever they are.
fn read_clocks(text: &str) -> Vec<Clock> {
    let mut clocks = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = start + end;
        let is_part = text[..start]
            .ends_with(|c: char| c.is_ascii_alphabetic() && c != 'T' || ".,:：/+%$#_".contains(c));
        if is_part || end > 2 {
            continue;
        }
        if let Some(clock) = Clock::read(text, start, end) {
            at = clock.place.end;
            clocks.push(clock);
        }
    }
    clocks
}

impl Clock {
    fn read(text: &str, start: usize, digits: usize) -> Option<Self> {
        let rest = &text[start..];
        let hour = rest[..digits].parse().ok()?;
        let behind = &rest[digits..];
        let minutes = behind.strip_prefix([':', '：', '时'])?;
        let has_colon = !behind.starts_with('时');
        let digits = minutes.len() - minutes.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = &minutes[digits..];
        let minute = minutes[..digits].parse();
        let (minute, after) = if has_colon {
            let is_more = after.starts_with(|c: char| {
                c.is_ascii_alphabetic() && !"aApP".contains(c) || "：/%".contains(c)
            });
            // Seconds may follow, but no parts of an address or a version.
            let rest = after.strip_prefix([':', '.']).unwrap_or_default();
            let is_number = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            if digits != 2 || is_more || is_number && !is_seconds(rest) {
                return None;
            }
            (minute.ok()?, after)
        } else if let (1..=2, Some(after)) = (digits, after.strip_prefix('分')) {
            (minute.ok()?, after)
        } else if digits == 0 {
            (0, minutes)
        } else {
            return None;
        };
        Some(Self { place: start..text.len() - after.len(), hour, minute, has_colon })
    }

    const fn exists(&self) -> bool {
        self.minute < 60 && (self.hour < 24 || self.hour == 24 && self.minute == 0)
    }

    /// Whether a word beside the time says that it is one.
    fn is_named(&self, text: &str) -> bool {
        let before = text[..self.place.start].trim_end_matches(' ');
        let after = text[self.place.end..].trim_start_matches(' ');
        let is_half = HALVES.iter().any(|half| {
            after.strip_prefix(half).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let has_minutes = !self.has_colon && self.minute >= 60;
        is_half || has_minutes || PARTS.iter().any(|part| before.ends_with(part))
    }

    /// Whether the time is that of a date before it.
    fn is_behind_day(&self, text: &str, days: &[Day]) -> bool {
        let next = days.partition_point(|day| day.place.end <= self.place.start);
        let Some(day) = next.checked_sub(1).and_then(|index| days.get(index)) else { return false };
        let gap = text[day.place.end..self.place.start].trim();
        let note = gap.trim_start_matches(['（', '(']);
        let is_note = note.len() < gap.len() && gap.ends_with(['）', ')']) && gap.len() <= MAX_NOTE;
        (is_note || matches!(gap, "" | "," | "，" | "T" | "at" | ", at")) && self.is_rounded()
    }

    /// Whether the time begins or ends a period of which the other time is one: `8:30–25:00`.
    fn is_in_period(&self, text: &str, before: Option<&Self>, next: Option<&Self>) -> bool {
        let is_first = next.is_some_and(|next| self.is_period(text, next));
        let is_last = before.is_some_and(|before| before.is_period(text, self));
        let (first, other) = match (is_first, is_last, before, next) {
            (_, true, Some(before), _) => (before, before),
            (true, _, _, Some(next)) => (self, next),
            _ => return false,
        };
        other.exists()
            && other.minute.is_multiple_of(15)
            && (self.minute >= 60 || self.minute.is_multiple_of(15))
            && !follows_name(&text[..first.place.start])
    }

    fn is_period(&self, text: &str, last: &Self) -> bool {
        let gap = text[self.place.end..last.place.start].trim();
        let mut signs = gap.chars();
        self.has_colon
            && last.has_colon
            && (gap == "to" || signs.next().is_some_and(|c| UNTIL.contains(&c)))
            && (gap == "to" || signs.all(|c| UNTIL.contains(&c)))
    }

    /// Whether the minutes are such as people agree on, other than many scores.
    const fn is_rounded(&self) -> bool {
        self.minute >= 60 || self.minute.is_multiple_of(5)
    }
}

fn is_seconds(rest: &str) -> bool {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits == 2 && !rest[2..].starts_with(|c: char| c.is_alphanumeric() || c == ':')
}

/// Whether a name is before a period, as in `Matthew 24:30–25:15` or `马太福音24:30—25:15`.
fn follows_name(before: &str) -> bool {
    let before = before.trim_end();
    let last = before.chars().next_back();
    if last.is_some_and(|c| c.is_alphabetic() && !c.is_ascii()) {
        return !before.ends_with(LEADS);
    }
    let other = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    before[other.len()..].starts_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_does_not_exist_is_found() {
        for (text, time) in [
            ("下午25时", "25时"),
            ("上午8:60开会", "8:60"),
            ("上午 9：75", "9：75"),
            ("8时75分出发", "8时75分"),
            ("3月14日25时", "25时"),
            ("2022-03-14 25:30", "25:30"),
            ("2022-03-14T25:30:00", "25:30"),
            ("3月14日（星期一）9:75", "9:75"),
            ("14 March 2022, 24:30", "24:30"),
            ("14 March 2022 at 9:75.", "9:75"),
            ("9:75 am, 9:45 am", "9:75"),
            ("at 8:60 p.m.", "8:60"),
            ("8:30–25:00", "25:00"),
            ("开放时间8:30—25:00", "25:00"),
            ("open from 9:00 to 17:75", "17:75"),
            ("周六9:00至16:60", "16:60"),
            ("8:75-17:00", "8:75"),
        ] {
            let found = find(text);
            let found: Vec<&str> = found.into_iter().map(|found| &text[found.range]).collect();
            assert_eq!(found, [time], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_times() {
        for text in [
            "上午8:30、24:00、下午3时、0:00–24:00、23:59",
            "屏幕比例16:9、25:75、1:100、4:3—16:9",
            "以25:23、25:18战胜对手，女排3月14日以25:23获胜",
            "3月14日25:23",
            "won 25:20–18:25, 21:15–25:23",
            "Luke 1:57–1:80, Matthew 24:30–25:15, Numbers 7:15–7:89",
            "马太福音24:30—25:15",
            "2001:db8:25:75::1, 10:75:25:99, 12:99:1",
            "历时25时、用时25时30分",
            "UTC+25:30, v1.25:75, 25:30/2, 120:75 am",
            "1:57–1:80",
            "The ratio of 9:75 among them",
            "25:75 amber",
            "",
        ] {
            assert_eq!(find(text), Vec::new(), "{text}");
        }
    }
}
