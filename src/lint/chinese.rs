//! Spaces and punctuation beside Chinese characters.
//!
//! Chinese has its own, full-width punctuation (GB/T 15834—2011) and no spaces between words. Whether a thin space
//! stands between Chinese and Latin is a matter of house style; a text that does both is a slip.

use std::ops::Range;

use crate::diagnostic::{Code, Wording, say};
use crate::language::is_han;

/// A slip, where it stands in the text, and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) code: Code,
    pub(super) range: Range<usize>,
    pub(super) message: Wording,
    pub(super) help: Wording,
}

/// Half-width punctuation and its full-width twin.
const TWINS: &[(char, char)] =
    &[(',', '，'), ('.', '。'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）')];

const fn is_wide_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '？' | '！' | '（' | '）' | '、' | '《' | '》' | '“' | '”')
}

/// Where Chinese and Latin letters or digits meet, with a space between them or without.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) range: Range<usize>,
    pub(super) is_spaced: bool,
}

/// The character before each character, the character, and the one behind it.
fn windows(text: &str) -> impl Iterator<Item = (usize, Option<char>, char, Option<char>)> {
    let mut before = None;
    text.char_indices().map(move |(at, c)| {
        let earlier = before.replace(c);
        (at, earlier, c, text[at + c.len_utf8()..].chars().next())
    })
}

/// What is wrong with a stretch of Chinese text.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let marks = windows(text).filter_map(|(at, before, c, after)| half_width(before, c, after, at));
    let mut slips: Vec<Slip> = marks.chain(full_width(text)).collect();
    slips.extend(spaces(text));
    slips
}

/// Half-width punctuation beside a Chinese character.
fn half_width(before: Option<char>, c: char, after: Option<char>, at: usize) -> Option<Slip> {
    let twin = TWINS.iter().find(|(half, _)| *half == c).map(|(_, twin)| *twin)?;
    let (is_after, is_before) = (before.is_some_and(is_han), after.is_some_and(is_han));
    let is_slip = match c {
        '(' => is_after || is_before,
        // A list's number (`1.`), a decimal point and a file's ending are not the end of a sentence.
        '.' => is_after && after.is_none_or(|after| after.is_whitespace() || is_han(after)),
        _ => is_after || (is_before && before.is_some_and(is_wide_mark)),
    };
    is_slip.then(|| Slip {
        code: Code::ChinesePunctuation,
        range: at..at + c.len_utf8(),
        message: say!("`{c}` is half-width beside Chinese characters", "汉字旁边用了半角标点 `{c}`"),
        help: say!("write `{twin}`", "请写成 `{twin}`"),
    })
}

/// Runs of full-width letters and digits, which stand apart and are not found by a search.
fn full_width(text: &str) -> impl Iterator<Item = Slip> {
    let is_full = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let starts = windows(text).filter(move |(_, before, c, _)| is_full(*c) && !before.is_some_and(is_full));
    starts.map(move |(at, ..)| {
        let length = text[at..].find(|c| !is_full(c)).unwrap_or(text.len() - at);
        let run = &text[at..at + length];
        let plain: String = run.chars().filter_map(|c| char::from_u32(u32::from(c).checked_sub(0xFEE0)?)).collect();
        Slip {
            code: Code::ChinesePunctuation,
            range: at..at + length,
            message: say!("`{run}` is written with full-width letters or digits", "`{run}` 用了全角字母或数字"),
            help: say!("write `{plain}`", "请写成半角 `{plain}`"),
        }
    })
}

/// Spaces between two Chinese characters, or beside full-width punctuation.
fn spaces(text: &str) -> Vec<Slip> {
    runs_of_spaces(text)
        .filter(|(_, before, after)| {
            (is_han(*before) && is_han(*after)) || is_wide_mark(*before) || is_wide_mark(*after)
        })
        .map(|(range, ..)| Slip {
            code: Code::ChineseSpacing,
            range,
            message: say!("Chinese has no space here", "这里不应有空格"),
            help: say!("remove the space", "请删除空格"),
        })
        .collect()
}

/// The spaces inside a text, with what stands on either side.
fn runs_of_spaces(text: &str) -> impl Iterator<Item = (Range<usize>, char, char)> {
    windows(text).filter_map(|(at, before, c, _)| {
        let before = before.filter(|before| c == ' ' && *before != ' ')?;
        let end = at + text[at..].len() - text[at..].trim_start_matches(' ').len();
        let after = text[end..].chars().next()?;
        Some((at..end, before, after))
    })
}

/// Every place where Chinese and Latin meet.
pub(super) fn meetings(text: &str) -> Vec<Meeting> {
    let meets = |a: char, b: char| (is_han(a) && b.is_ascii_alphanumeric()) || (a.is_ascii_alphanumeric() && is_han(b));
    let spaced = runs_of_spaces(text)
        .filter(|(_, before, after)| meets(*before, *after))
        .map(|(range, ..)| Meeting { range, is_spaced: true });
    let close = windows(text).filter(|(_, before, c, _)| before.is_some_and(|before| meets(before, *c))).map(
        |(at, before, c, _)| Meeting {
            range: at - before.map_or(0, char::len_utf8)..at + c.len_utf8(),
            is_spaced: false,
        },
    );
    let mut meetings: Vec<Meeting> = spaced.chain(close).collect();
    meetings.sort_by_key(|meeting| meeting.range.start);
    meetings
}

/// What is wrong with a stretch of text in another language: full-width punctuation behind a Latin letter.
pub(super) fn foreign_slips(text: &str) -> Vec<Slip> {
    windows(text)
        .filter(|(_, before, _, after)| {
            before.is_some_and(|before| before.is_ascii_alphanumeric()) && !after.is_some_and(is_han)
        })
        .filter_map(|(at, _, c, _)| {
            let (half, _) = TWINS.iter().find(|(_, twin)| *twin == c)?;
            Some(Slip {
                code: Code::ChinesePunctuation,
                range: at..at + c.len_utf8(),
                message: say!("`{c}` is full-width in Latin text", "西文里用了全角标点 `{c}`"),
                help: say!("write `{half}`", "请写成 `{half}`"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        slips(text).into_iter().map(|slip| &text[slip.range]).collect()
    }

    #[test]
    fn half_width_marks_beside_chinese_are_found() {
        assert_eq!(found("今年,全市(新建)水井."), [",", "(", ")", "."]);
        assert_eq!(found("共83,000个,其中"), [","]);
        assert_eq!(found("时间：8:30；见 example.org。"), Vec::<&str>::new());
        assert_eq!(found("２０２２年"), ["２０２２"]);
    }

    #[test]
    fn spaces_between_chinese_are_found() {
        assert_eq!(found("新建 水井， 十二口"), [" ", " "]);
        assert_eq!(found("新建 12 口"), Vec::<&str>::new());
    }

    #[test]
    fn chinese_and_latin_meet_with_and_without_space() {
        let meetings = meetings("共12 口AI井");
        let spaced: Vec<bool> = meetings.iter().map(|meeting| meeting.is_spaced).collect();
        assert_eq!(spaced, [false, true, false, false]);
    }

    #[test]
    fn full_width_marks_in_latin_text_are_found() {
        assert_eq!(foreign_slips("Harbin，a city").len(), 1);
        assert_eq!(foreign_slips("Harbin (哈尔滨：冰城)").len(), 0);
    }
}
