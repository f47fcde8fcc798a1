//! Splits a text into the numbers, words and signs of a date.

use crate::language::to_half_width;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
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

pub(super) fn tokenize(text: &str) -> Vec<Token> {
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
