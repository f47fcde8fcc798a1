//! Tokens of a text: words, numbers and runs of Chinese characters, with their byte ranges.
//!
//! They do not depend on the language: stems and the words of Chinese runs follow in
//! [`super::analysis`].

use std::ops::Range;

use super::normalize;
use crate::language::is_han;

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
        self.digits();
        // A leading zero, as in the date 2022-05-05.
        if self.folded.len() == 2 && self.folded.starts_with('0') {
            self.folded.remove(0);
        }
        let mut is_grouped = self.folded.len() <= 3;
        while is_grouped {
            is_grouped = self.group();
        }
        let mut rest = self.rest();
        let point = rest.next().map(normalize::fold_width);
        if point == Some('.')
            && rest.next().map(normalize::fold_width).is_some_and(|next| next.is_ascii_digit())
        {
            self.at += self.rest().next().map_or(0, char::len_utf8);
            self.folded.push('.');
            self.digits();
            let kept = self.folded.trim_end_matches('0').trim_end_matches('.').len();
            self.folded.truncate(kept);
        }
        if !self.spaced() {
            self.scale();
        }
    }

    /// Reads digits that are all ordinary, or all superscript or subscript: in `83,000²` the last
    /// one is the number of a footnote.
    fn digits(&mut self) {
        let is_raised = self.rest().next().is_some_and(normalize::is_raised);
        for character in self.text[self.at..].chars() {
            let narrow = normalize::fold_width(character);
            if !narrow.is_ascii_digit() || normalize::is_raised(character) != is_raised {
                break;
            }
            self.folded.push(narrow);
            self.at += character.len_utf8();
        }
    }

    /// Reads a thousands separator and exactly three digits.
    fn group(&mut self) -> bool {
        let mut rest = self.rest();
        let Some(separator) =
            rest.next().filter(|separator| is_separator(normalize::fold_width(*separator)))
        else {
            return false;
        };
        // A Chinese comma separates numbers, unless the digits are full-width as well.
        let is_wide =
            self.text[..self.at].ends_with(|before: char| normalize::fold_width(before) != before);
        if separator == '，' && !is_wide {
            return false;
        }
        let digit = |next: char| {
            Some(normalize::fold_width(next))
                .filter(|one| one.is_ascii_digit() && !normalize::is_raised(next))
        };
        let digits = rest.take(4).map_while(digit).count();
        if digits != 3 {
            return false;
        }
        self.at += separator.len_utf8();
        self.digits();
        true
    }

    /// Tries to join groups of three digits after spaces. Each may also be a number of its own.
    fn spaced(&mut self) -> bool {
        let is_first_group =
            self.folded.len() <= 3 && self.folded.bytes().all(|byte| byte.is_ascii_digit());
        let mut rest = &self.text[self.at..];
        let mut joined = self.folded.clone();
        while let Some(group) =
            rest.strip_prefix(' ').and_then(|behind| behind.get(..3)).filter(|_| is_first_group)
        {
            if !group.bytes().all(|byte| byte.is_ascii_digit())
                || rest[4..].starts_with(|c: char| c.is_ascii_digit())
            {
                break;
            }
            joined.push_str(group);
            rest = &rest[4..];
        }
        let is_spaced = joined.len() > self.folded.len();
        if is_spaced {
            self.scaled = Some(joined);
            self.scaled_end = self.text.len() - rest.len();
        }
        is_spaced
    }

    /// A word behind the number that multiplies it.
    fn scale(&mut self) {
        let rest = &self.text[self.at..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\u{A0}']).len();
        if spaces > 2 {
            return;
        }
        let behind = &rest[spaces..];
        let known = SCALES.iter().find(|(word, _)| {
            behind.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
                && !(word.is_ascii() && behind[word.len()..].starts_with(is_letter))
        });
        if let Some((word, zeros)) = known {
            self.scaled = Some(shifted(&self.folded, *zeros));
            self.scaled_end = self.at + spaces + word.len();
        }
    }
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

/// What multiplies a number, the longest first, with its zeros.
const SCALES: [(&str, usize); 10] = [
    ("万亿", 12),
    ("千万", 7),
    ("百万", 6),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("trillion", 12),
    ("billion", 9),
    ("million", 6),
    ("thousand", 3),
];

/// A letter, or a digit that is none of ours; no ideograph.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !character.is_ascii_digit() && !is_han(character)
}

const fn is_separator(character: char) -> bool {
    matches!(character, ',' | '\'' | '\u{2019}' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// A number times a power of ten.
fn shifted(number: &str, zeros: usize) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let moved = decimals.len().min(zeros);
    let mut out = format!("{whole}{}", &decimals[..moved]);
    out.extend(std::iter::repeat_n('0', zeros - moved));
    let leading = out.len() - out.trim_start_matches('0').len();
    out.drain(..leading.min(out.len() - 1));
    if moved < decimals.len() {
        out.push('.');
        out.push_str(&decimals[moved..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        let table: [(&str, &[&str]); 23] = [
            ("New jobs: 83,000!", &["new", "jobs", "83000"]),
            ("8.3万个", &["8.3", "=83000", "万个"]),
            ("15 billion kg", &["15", "=15000000000", "billion", "kg"]),
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
