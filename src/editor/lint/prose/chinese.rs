//! Checks of spaces and punctuation beside Chinese characters.
//!
//! Chinese has full-width punctuation (GB/T 15834—2011) and no spaces between words. Whether there
//! is a space between Chinese and Latin is a matter of house style, but one text should not mix
//! both.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Message, message};
use crate::language::{is_full_width, is_han, is_shared_punctuation, to_half_width};

/// A problem with its range in the text and the remedy.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: Code,
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) help: Message,
}

/// Half-width punctuation with its full-width equivalent.
const FULL_WIDTH: &[(char, char)] =
    &[(',', '，'), ('.', '。'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

/// The numerals before the items of an official document: `一、`.
const NUMERALS: &str = "一二三四五六七八九十";

/// Opening brackets and quotation marks, which have no space after them.
const OPENING: &[char] = &['（', '《', '【', '〔', '「', '“'];
const CLOSING: &[char] = &['）', '》', '】', '〕', '」', '”'];
const BETWEEN: &[char] = &['，', '。', '；', '：', '？', '！', '、'];

/// Marks that end a clause with a verb. Lists of names rarely contain one.
const ENDS: &[char] = &['，', '。', '；', '？', '！'];

/// Words that begin a sentence but not a list.
const TIMES: &[&str] =
    &["今年", "去年", "明年", "近年来", "近日", "日前", "目前", "昨日", "今日", "截至目前"];

/// Last characters of a label before a sentence: `第二十二条`, `哈尔滨讯`, `本报记者`.
const LABELS: &[char] =
    &['条', '章', '节', '款', '项', '编', '讯', '电', '者', '员', '长', '人', '位', '示'];

/// A boundary between Chinese and Latin letters or digits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ScriptBoundary {
    pub(super) range: Range<usize>,
    pub(super) is_spaced: bool,
}

/// Each character with its position and its neighbours on both sides.
fn windows(text: &str) -> impl Iterator<Item = (usize, Option<char>, char, Option<char>)> {
    let mut before = None;
    text.char_indices().map(move |(at, c)| {
        let earlier = before.replace(c);
        (at, earlier, c, text[at + c.len_utf8()..].chars().next())
    })
}

/// Finds problems in a Chinese text.
pub(super) fn find_in_chinese_text(text: &str) -> Vec<Finding> {
    let place = ChinesePlaces::of(text);
    let brackets = pairs(text, '(', ')').into_iter().filter(|pair| place.is_chinese(text, *pair));
    let brackets = brackets.flat_map(|(open, close)| [(open, '(', '（'), (close, ')', '）')]);
    let quotes = pairs(text, '"', '"').into_iter().filter(|pair| place.is_chinese(text, *pair));
    let quotes = quotes.flat_map(|(open, close)| [(open, '"', '“'), (close, '"', '”')]);
    let paired: Vec<(usize, char, char)> = brackets.chain(quotes).collect();
    let behind: BTreeSet<usize> = paired.iter().map(|(at, ..)| at + 1).collect();
    let single = windows(text).filter_map(|(at, before, c, after)| {
        let is_behind = before.is_some_and(is_han) || behind.contains(&at);
        full_width_for_single(text, at, (is_behind, before), c, after)
    });
    let marks = paired.iter().copied().chain(single).map(|(at, c, full_width_mark)| Finding {
        code: Code::ChinesePunctuation,
        range: at..at + c.len_utf8(),
        message: message!(
            "`{c}` is half-width beside Chinese characters",
            "汉字旁边用了半角标点 `{c}`"
        ),
        help: message!("write `{full_width_mark}`", "请写成 `{full_width_mark}`"),
    });
    marks.chain(full_width(text)).chain(spaces(text)).collect()
}

/// The positions of the Chinese characters of a text.
struct ChinesePlaces(Vec<usize>);

impl ChinesePlaces {
    fn of(text: &str) -> Self {
        Self(text.char_indices().filter(|(_, c)| is_han(*c)).map(|(at, _)| at).collect())
    }

    /// Whether a pair of marks encloses Chinese or touches it.
    fn is_chinese(&self, text: &str, (open, close): (usize, usize)) -> bool {
        let first = self.0.partition_point(|at| *at < open);
        let is_within = self.0.get(first).is_some_and(|at| *at < close);
        let length = text[close..].chars().next().map_or(0, char::len_utf8);
        is_within || text[..open].ends_with(is_han) || text[close + length..].starts_with(is_han)
    }
}

/// Pairs of marks. Straight quotes have no direction, so an odd number of them gives no pairs.
fn pairs(text: &str, opening: char, closing: char) -> Vec<(usize, usize)> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        if c == closing
            && let Some(start) = open.pop()
        {
            found.push((start, at));
        } else if c == opening {
            open.push(at);
        }
    }
    if opening == closing && !open.is_empty() { Vec::new() } else { found }
}

/// A half-width mark in a Chinese sentence, with its full-width equivalent.
fn full_width_for_single(
    text: &str,
    at: usize,
    (is_behind, before): (bool, Option<char>),
    c: char,
    after: Option<char>,
) -> Option<(usize, char, char)> {
    let full_width_mark = FULL_WIDTH
        .iter()
        .find(|(half, _)| *half == c)
        .map(|(_, full_width_mark)| *full_width_mark)?;
    if c == '?' && (before == Some('?') || after == Some('?')) {
        // These are characters that were lost, or a question with emphasis.
        return None;
    }
    let is_before = after.is_some_and(is_han);
    let is_mistake = if c == '.' {
        // A list's number (`1.`), a decimal point and a file's ending are not the end of a
        // sentence.
        is_behind && after.is_none_or(|after| after.is_whitespace() || is_han(after))
    } else {
        is_behind
            || (is_before && before.is_some_and(is_latin_or_mark) && !is_in_address(&text[..at]))
    };
    let is_item = c == '.' && text[..at].trim_start().chars().all(|c| NUMERALS.contains(c));
    is_mistake.then_some((at, c, if is_item { '、' } else { full_width_mark }))
}

fn is_latin_or_mark(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '%'
        || c == ')'
        || is_full_width(c)
        || is_shared_punctuation(c)
}

/// Whether a text ends inside a web address.
fn is_in_address(text: &str) -> bool {
    let word = text.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
    word.contains("://")
}

/// Finds full-width letters and digits, which look wrong and which a search does not find.
fn full_width(text: &str) -> impl Iterator<Item = Finding> {
    let starts = windows(text).filter(move |(_, before, c, _)| {
        is_wide_alphanumeric(*c) && !before.is_some_and(is_wide_alphanumeric)
    });
    starts.map(move |(at, ..)| {
        let length = text[at..].find(|c| !is_wide_alphanumeric(c)).unwrap_or(text.len() - at);
        let run = &text[at..at + length];
        let plain: String = run.chars().map(to_half_width).collect();
        Finding {
            code: Code::ChinesePunctuation,
            range: at..at + length,
            message: message!(
                "`{run}` is written with full-width letters or digits",
                "`{run}` 用了全角字母或数字"
            ),
            help: message!("write `{plain}`", "请写成半角 `{plain}`"),
        }
    })
}

/// Whether a character is a full-width letter or digit.
fn is_wide_alphanumeric(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Finds spaces inside a Chinese sentence or beside full-width punctuation. Spaces correctly
/// separate names, labels and articles, so only those that are certainly inside a sentence are
/// reported.
fn spaces(text: &str) -> impl Iterator<Item = Finding> {
    runs_of_spaces(text)
        .filter(|(range, before, after)| is_stray(text, range, *before, *after))
        .map(|(range, ..)| Finding {
            code: Code::ChineseSpacing,
            range,
            message: message!("Chinese has no space here", "这里不应有空格"),
            help: message!(
                "remove the space, or write a punctuation mark in its place",
                "请删除空格；如果它代替了标点，请改成标点"
            ),
        })
}

fn is_stray(text: &str, range: &Range<usize>, before: char, after: char) -> bool {
    let (left, right) = (&text[..range.start], &text[range.end..]);
    if is_han(before) && is_han(after) {
        return is_in_sentence(left, right);
    }
    // `（ ）` and `姓名： 电话：` are to be filled in.
    let is_blank = OPENING.contains(&before) && CLOSING.contains(&after);
    let is_form = before == '：' && right.split(' ').next().is_some_and(|word| word.contains('：'));
    let is_inside = OPENING.contains(&before) || BETWEEN.contains(&before);
    !is_blank && !is_form && (is_inside || CLOSING.contains(&after) || BETWEEN.contains(&after))
}

/// Whether the words on both sides of a space belong to one sentence: `哈尔滨市 人民政府发布了公告。`
fn is_in_sentence(left: &str, right: &str) -> bool {
    let last = &left[left.trim_end_matches(is_han).len()..];
    let ahead = left[..left.len() - last.len()].chars().next_back();
    let end = right
        .find(|c: char| c == ' ' || ENDS.contains(&c))
        .filter(|end| !right[*end..].starts_with(' '));
    let is_alone = end.is_some() && ahead.is_none_or(|c| ENDS.contains(&c));
    let next = &right[..right.find(|c: char| !is_han(c)).unwrap_or(right.len())];
    let is_clause = next.chars().count() >= 5 && next.contains(['了', '的']);
    let is_long = last.chars().count() >= 4 && !last.ends_with(LABELS) && is_clause;
    is_alone && (TIMES.contains(&last) || is_long)
}

/// Runs of spaces with the characters on both sides.
fn runs_of_spaces(text: &str) -> impl Iterator<Item = (Range<usize>, char, char)> {
    windows(text).filter_map(|(at, before, c, _)| {
        let before = before.filter(|before| c == ' ' && *before != ' ')?;
        let end = at + text[at..].len() - text[at..].trim_start_matches(' ').len();
        let after = text[end..].chars().next()?;
        Some((at..end, before, after))
    })
}

/// Finds the boundaries between Chinese and Latin.
pub(super) fn boundaries(text: &str) -> Vec<ScriptBoundary> {
    let spaced = runs_of_spaces(text)
        .filter(|(_, before, after)| meets(*before, *after))
        .map(|(range, ..)| ScriptBoundary { range, is_spaced: true });
    let close = windows(text)
        .filter(|(_, before, c, _)| before.is_some_and(|before| meets(before, *c)))
        .map(|(at, before, c, _)| ScriptBoundary {
            range: at - before.map_or(0, char::len_utf8)..at + c.len_utf8(),
            is_spaced: false,
        });
    let mut boundaries: Vec<ScriptBoundary> = spaced.chain(close).collect();
    boundaries.sort_by_key(|boundary| boundary.range.start);
    boundaries
}

fn meets(a: char, b: char) -> bool {
    (is_han(a) && b.is_ascii_alphanumeric()) || (a.is_ascii_alphanumeric() && is_han(b))
}

/// Finds full-width punctuation, letters and digits in a text that is not Chinese.
pub(super) fn find_in_other_text(text: &str) -> Vec<Finding> {
    let place = ChinesePlaces::of(text);
    let brackets =
        pairs(text, '（', '）').into_iter().filter(|pair| !place.is_chinese(text, *pair));
    let brackets = brackets.flat_map(|(open, close)| [(open, '（', '('), (close, '）', ')')]);
    let single = windows(text)
        .filter(|(_, before, _, after)| before.is_some_and(is_latin) && !after.is_some_and(is_han))
        .filter_map(|(at, _, c, _)| {
            let half = FULL_WIDTH
                .iter()
                .chain(&[('%', '％')])
                .find(|(_, full_width_mark)| *full_width_mark == c)
                .map(|(half, _)| *half)?;
            Some((at, c, half))
        });
    let marks = brackets.chain(single).map(|(at, c, half)| Finding {
        code: Code::ChinesePunctuation,
        range: at..at + c.len_utf8(),
        message: message!("`{c}` is full-width in Latin text", "西文里用了全角标点 `{c}`"),
        help: message!("write `{half}`", "请写成 `{half}`"),
    });
    let letters = full_width(text).filter(|Finding { range, .. }| {
        !text[..range.start].ends_with(is_han) && !text[range.end..].starts_with(is_han)
    });
    marks.chain(letters).collect()
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == ')' || c == '%' || is_wide_alphanumeric(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut findings = find_in_chinese_text(text);
        findings.sort_by_key(|finding| finding.range.start);
        findings.into_iter().map(|finding| &text[finding.range]).collect()
    }

    fn found_foreign(text: &str) -> Vec<&str> {
        let mut findings = find_in_other_text(text);
        findings.sort_by_key(|finding| finding.range.start);
        findings.into_iter().map(|finding| &text[finding.range]).collect()
    }

    #[test]
    fn half_width_marks_beside_chinese_are_found() {
        for (text, marks) in [
            ("今年,全市(新建)水井.", vec![",", "(", ")", "."]),
            ("共83,000个,其中", vec![","]),
            ("时间：8:30；见 example.org。", vec![]),
            ("２０２２年", vec!["２０２２"]),
            ("增长5%,其中", vec![","]),
            ("时间17:00,地点", vec![","]),
            ("8:30-11:30,下午", vec![","]),
            ("约3:1;见", vec![";"]),
            ("a.b/c,或者", vec![","]),
            ("和(甲).他", vec!["(", ")", "."]),
            ("(甲),乙", vec!["(", ")", ","]),
            ("见https://example.org/s?公报", vec![]),
            ("第1.2节，1.新建，a.md", vec![]),
        ] {
            assert_eq!(found(text), marks, "{text}");
        }
    }

    #[test]
    fn brackets_and_quotes_are_told_as_pairs() {
        for (text, marks) in [
            ("哈尔滨(Harbin)是冰城", vec!["(", ")"]),
            ("或者(a)和", vec!["(", ")"]),
            ("用 f(x) 表示", vec![]),
            ("1)新建水井", vec![]),
            ("他说：\"好\"", vec!["\"", "\""]),
            ("如\"十四五\"规划", vec!["\"", "\""]),
            ("管径5\"的水管", vec![]),
        ] {
            assert_eq!(found(text), marks, "{text}");
        }
    }

    #[test]
    fn spaces_that_are_certainly_wrong_are_found() {
        for text in [
            "哈尔滨市 人民政府发布了公告。",
            "今年 全市。",
            "据介绍，今年 全市新建水井12口，其中",
            "新建水井， 十二口",
            "新建水井 ，十二口",
            "（ 全部）",
        ] {
            assert_eq!(found(text), [" "], "{text}");
        }
        for text in [
            "第二条 本办法自发布之日起施行",
            "第二十二条 本办法所称水井的管理，按照规定执行。",
            "（记者 李明）",
            "（通讯员 王五 记者 张三）",
            "张三 李四 王五",
            "王小明（男） 李小红（女）",
            "地址：黑龙江省哈尔滨市道里区 中央大街1号 邮编：150010",
            "联 系 人：",
            "中共哈尔滨市委员会 哈尔滨市人民政府关于水井的通知",
            "姓名： 电话：",
            "（ ）",
            "新建 12 口",
            "去年 今年 同比",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn chinese_and_latin_meet_with_and_without_space() {
        let boundaries = boundaries("共12 口AI井");
        let spaced: Vec<bool> = boundaries.iter().map(|boundary| boundary.is_spaced).collect();
        assert_eq!(spaced, [false, true, false, false]);
    }

    #[test]
    fn full_width_marks_in_latin_text_are_found() {
        for (text, marks) in [
            ("Harbin，a city", vec!["，"]),
            ("Harbin (哈尔滨：冰城)", vec![]),
            ("It is （really） so", vec!["（", "）"]),
            ("Harbin（冰城）and 哈尔滨（Harbin）", vec![]),
            ("５０ wells, 100％", vec!["５０", "％"]),
        ] {
            assert_eq!(found_foreign(text), marks, "{text}");
        }
    }
}
