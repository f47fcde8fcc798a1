//! Reads the time of day and its offset among the tokens of a date.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::tokenize::Token;

/// A time of day that is not understood.
#[derive(Debug)]
pub(super) struct Unreadable;

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

/// Takes a time of day and its offset out of the tokens.
pub(super) fn take_time(
    tokens: &mut Vec<Token>,
) -> Result<Option<(Time, Option<Offset>)>, Unreadable> {
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
    (0..tokens.len()).find(|at| match &tokens[*at] {
        Token::Number(_) => is_hour_mark(tokens.get(at + 1)),
        Token::Word(word) => {
            day_part(word).is_some() || matches!(word.as_str(), "noon" | "midnight")
        }
        Token::Sign(_) => false,
    })
}

fn is_hour_mark(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Sign(':')) => true,
        Some(Token::Word(word)) => {
            matches!(word.as_str(), "时" | "時" | "点" | "點" | "am" | "pm")
        }
        _ => false,
    }
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
