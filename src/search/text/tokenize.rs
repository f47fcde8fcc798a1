//! Tokens of a text: words, numbers and runs of Chinese characters, with their byte ranges.
//!
//! They do not depend on the language: stems and the words of Chinese runs follow in
//! [`super::analysis`].

use std::ops::Range;

use super::normalize;
use crate::language::{Multiplier, WrittenNumber, is_han};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TokenKind {
    Word,
    Number,
    /// A run of Chinese characters.
    Han,
}

/// Splits a text of simplified characters into tokens.
pub(crate) struct Tokenizer<'t> {
    text: &'t str,
    at: usize,
    /// The last token: a folded word, or a number without separators.
    pub(crate) folded: String,
    /// The value of a number together with what follows it, if that belongs to it: 83000 for
    /// `8.3万` and `83 000`.
    pub(crate) scaled: Option<String>,
    /// The end of what [`Self::scaled`] includes.
    pub(crate) scaled_end: usize,
}

impl<'t> Tokenizer<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, folded: String::new(), scaled: None, scaled_end: 0 }
    }

    /// The kind and byte range of the next token.
    pub(crate) fn next(&mut self) -> Option<(TokenKind, Range<usize>)> {
        loop {
            let start = self.at;
            let first = self.text[start..].chars().next()?;
            let narrow = normalize::fold_width(first);
            if narrow.is_ascii_digit() {
                self.number();
                return Some((TokenKind::Number, start..self.at));
            }
            if is_han(first) {
                self.han();
                return Some((TokenKind::Han, start..self.at));
            }
            if narrow.is_alphanumeric() {
                self.word();
                return Some((TokenKind::Word, start..self.at));
            }
            self.at += first.len_utf8();
        }
    }

    /// Skips what [`Self::scaled`] includes.
    pub(crate) const fn skip_scale(&mut self) {
        if self.scaled_end > self.at {
            self.at = self.scaled_end;
        }
    }

    fn rest(&self) -> std::str::Chars<'t> {
        self.text[self.at..].chars()
    }

    fn han(&mut self) {
        let run = self.rest().take_while(|character| is_han(*character));
        let length: usize = run.map(char::len_utf8).sum();
        self.folded.clear();
        self.folded.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    /// Reads letters with their marks, and apostrophes between them. `city's` becomes `city`.
    fn word(&mut self) {
        self.folded.clear();
        let mut possessive = None;
        let mut rest = self.rest().peekable();
        while let Some(character) = rest.next() {
            let narrow = normalize::fold_width(character);
            if is_letter(narrow) {
                normalize::push_folded(narrow, &mut self.folded);
            } else if matches!(narrow, '\'' | '\u{2019}')
                && rest.peek().is_some_and(|next| is_letter(normalize::fold_width(*next)))
            {
                possessive = Some(self.folded.len());
            } else if !normalize::is_mark(narrow) {
                break;
            }
            self.at += character.len_utf8();
        }
        if let Some(end) = possessive.filter(|end| &self.folded[*end..] == "s") {
            self.folded.truncate(end);
        }
    }

    /// Reads digits and decimals without thousands separators: `83,000`, `8.3`.
    fn number(&mut self) {
        self.folded.clear();
        self.scaled = None;
        self.scaled_end = 0;
        let rest = &self.text[self.at..];
        let start = self.at;
        if let Some(number) = WrittenNumber::read_unspaced(rest) {
            self.at += number.length;
            self.folded = short_form(number.digits);
        }
        let Some(mut number) = WrittenNumber::read(rest) else { return };
        if number.multiplier.is_none() {
            number.multiplier = short_multiplier(&rest[number.length..]);
        }
        if number.multiplier.is_some() || start + number.length > self.at {
            self.scaled = Some(number.value());
            self.scaled_end = start + number.full_length();
        }
    }
}

/// Reads the abbreviated multiplier that the text after a number begins with, as in `24k` and
/// `1.2bn`. `m` is rather a metre.
fn short_multiplier(text: &str) -> Option<Multiplier> {
    let length = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let word = &text[..length];
    let zeros = [("k", 3), ("mn", 6), ("bn", 9)];
    let (_, zeros) = zeros.into_iter().find(|(short, _)| word.eq_ignore_ascii_case(short))?;
    Some(Multiplier { zeros, length })
}

/// Shortens digits for the index: days and months lose a leading zero (`2022-05-05`), decimals
/// trailing ones.
fn short_form(mut digits: String) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    if whole < digits.len() {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    if whole == 2 && digits.starts_with('0') {
        digits.remove(0);
    }
    digits
}

/// Joins the tokens of a text: one space between words, none next to Chinese, and a bar where
/// anything but spaces separates them.
pub(crate) fn join_tokens(text: &str) -> String {
    let mut tokenizer = Tokenizer::new(text);
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    while let Some((kind, range)) = tokenizer.next() {
        let is_next_to_han = kind == TokenKind::Han || out.ends_with(is_han);
        if !out.is_empty() {
            if !text[end..range.start].trim().is_empty() {
                out.push('|');
            } else if range.start > end && !is_next_to_han {
                out.push(' ');
            }
        }
        out.push_str(&tokenizer.folded);
        end = range.end;
    }
    out
}

/// A letter, or a digit that is none of ours; no ideograph.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !character.is_ascii_digit() && !is_han(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::NUMBER_CASES;

    fn tokens(text: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(text);
        let mut tokens = Vec::new();
        while let Some((kind, _)) = tokenizer.next() {
            tokens.push(tokenizer.folded.clone());
            if kind == TokenKind::Number {
                tokens.extend(tokenizer.scaled.iter().map(|scaled| format!("={scaled}")));
            }
        }
        tokens
    }

    #[test]
    fn next_words_numbers_and_chinese_runs_are_separate() {
        let table: [(&str, &[&str]); 25] = [
            ("New jobs: 83,000!", &["new", "jobs", "83000"]),
            ("8.3万个", &["8.3", "=83000", "万个"]),
            ("15 billion kg", &["15", "=15000000000", "billion", "kg"]),
            ("24k jobs, $1.2bn", &["24", "=24000", "k", "jobs", "1.2", "=1200000000", "bn"]),
            ("12kg of 4k0", &["12", "kg", "of", "4", "k", "0"]),
            ("1.25亿", &["1.25", "=125000000", "亿"]),
            ("0.5万", &["0.5", "=5000", "万"]),
            ("83 000 jobs", &["83", "=83000", "000", "jobs"]),
            ("1 234 567", &["1", "=1234567", "234", "=234567", "567"]),
            ("2021 300 12 3456", &["2021", "300", "12", "3456"]),
            ("CO₂ and PM₂.₅ on 60 m²", &["co", "2", "and", "pm", "2.5", "on", "60", "m", "2"]),
            ("83,000² jobs", &["83000", "2", "jobs"]),
            ("2022-05-05", &["2022", "5", "5"]),
            ("2021,2022", &["2021", "2022"]),
            ("1,234,567.50", &["1234567.5"]),
            ("12,34", &["12", "34"]),
            ("120，350，480", &["120", "350", "480"]),
            ("12,3456", &["12", "3456"]),
            ("the city’s don't", &["the", "city", "dont"]),
            ("Ｇ１公路", &["g", "1", "公路"]),
            ("2022年5月", &["2022", "年", "5", "月"]),
            ("8 millionaires", &["8", "millionaires"]),
            ("3.", &["3"]),
            ("１０，０００", &["10000"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn next_written_numbers_have_shared_value() {
        for (text, value) in NUMBER_CASES {
            let mut tokenizer = Tokenizer::new(text);
            assert_eq!(tokenizer.next().map(|(kind, _)| kind), Some(TokenKind::Number), "{text}");
            let found = tokenizer.scaled.as_ref().unwrap_or(&tokenizer.folded);
            assert_eq!(found, value, "{text}");
        }
    }

    proptest! {
        #[test]
        fn next_any_text_returns_ordered_ranges(
            text in "(\\PC|[0-9,.万亿a-zé'’ \u{301}]){0,80}",
        ) {
            let mut tokenizer = Tokenizer::new(&text);
            let mut end = 0;
            while let Some((_, range)) = tokenizer.next() {
                prop_assert!(range.start >= end && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
