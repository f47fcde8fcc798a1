//! A text into words, numbers and runs of Chinese characters, each with its place.
//!
//! Enter at [`Scanner::next`]. It knows no language: which words are one word, and where Chinese words end, is for
//! [`crate::search::text::analysis`].

use std::ops::Range;

use crate::search::text::normalize;

/// What stands at a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// Letters; the word is folded.
    Word,
    /// Digits; the number is as it was written, without separators.
    Number,
    /// Chinese characters.
    Han,
}

/// Reads a text, whose traditional characters are simplified, from one end to the other.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// The piece that was read last, folded.
    pub(crate) folded: String,
    /// For a number: what it comes to with what stands behind it (8.3万 and 83 000 are 83000), if anything does.
    pub(crate) scaled: Option<String>,
    /// Where the piece ends that `scaled` has taken in.
    pub(crate) scaled_end: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, folded: String::new(), scaled: None, scaled_end: 0 }
    }

    /// The next piece and its place in the text.
    pub(crate) fn next(&mut self) -> Option<(Piece, Range<usize>)> {
        loop {
            let start = self.at;
            let first = self.text[start..].chars().next()?;
            let narrow = normalize::narrow(first);
            if narrow.is_ascii_digit() {
                self.number();
                return Some((Piece::Number, start..self.at));
            }
            if normalize::is_ideograph(first) {
                self.han();
                return Some((Piece::Han, start..self.at));
            }
            if narrow.is_alphanumeric() {
                self.word();
                return Some((Piece::Word, start..self.at));
            }
            self.at += first.len_utf8();
        }
    }

    /// Goes on behind what [`Self::scaled`] has taken in.
    pub(crate) const fn skip_scale(&mut self) {
        if self.scaled_end > self.at {
            self.at = self.scaled_end;
        }
    }

    fn rest(&self) -> std::str::Chars<'t> {
        self.text[self.at..].chars()
    }

    fn han(&mut self) {
        let run = self.rest().take_while(|character| normalize::is_ideograph(*character));
        let length: usize = run.map(char::len_utf8).sum();
        self.folded.clear();
        self.folded.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    /// Letters and their marks, with apostrophes between them; `city's` is `city`.
    fn word(&mut self) {
        self.folded.clear();
        let mut possessive = None;
        let mut rest = self.rest().peekable();
        while let Some(character) = rest.next() {
            let narrow = normalize::narrow(character);
            if is_letter(narrow) {
                normalize::push_letter(narrow, &mut self.folded);
            } else if matches!(narrow, '\'' | '\u{2019}')
                && rest.peek().is_some_and(|next| is_letter(normalize::narrow(*next)))
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

    /// Digits, without the separators of their groups, and with their decimals: `83,000`, `8.3`.
    fn number(&mut self) {
        self.folded.clear();
        self.scaled = None;
        self.scaled_end = 0;
        self.digits();
        // As in dates: 2022-05-05.
        if self.folded.len() == 2 && self.folded.starts_with('0') {
            self.folded.remove(0);
        }
        let mut is_grouped = self.folded.len() <= 3;
        while is_grouped {
            is_grouped = self.group();
        }
        let mut rest = self.rest();
        let point = rest.next().map(normalize::narrow);
        if point == Some('.')
            && rest.next().map(normalize::narrow).is_some_and(|next| next.is_ascii_digit())
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

    /// Digits, all of them on the line or all of them above or below it: in `83,000²` the last is a note's number.
    fn digits(&mut self) {
        let is_raised = self.rest().next().is_some_and(normalize::is_raised);
        for character in self.text[self.at..].chars() {
            let narrow = normalize::narrow(character);
            if !narrow.is_ascii_digit() || normalize::is_raised(character) != is_raised {
                break;
            }
            self.folded.push(narrow);
            self.at += character.len_utf8();
        }
    }

    /// A separator and exactly three digits behind it.
    fn group(&mut self) -> bool {
        let mut rest = self.rest();
        let Some(separator) =
            rest.next().filter(|separator| is_separator(normalize::narrow(*separator)))
        else {
            return false;
        };
        // A Chinese comma is one, unless the digits are as wide as it is.
        let is_wide =
            self.text[..self.at].ends_with(|before: char| normalize::narrow(before) != before);
        if separator == '，' && !is_wide {
            return false;
        }
        let digit = |next: char| {
            Some(normalize::narrow(next))
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

    /// Groups of three digits behind the number, with spaces between them, which may also be numbers of their own.
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
    character.is_alphanumeric()
        && !character.is_ascii_digit()
        && !normalize::is_ideograph(character)
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

    fn pieces(text: &str) -> Vec<String> {
        let mut scanner = Scanner::new(text);
        let mut pieces = Vec::new();
        while let Some((piece, _)) = scanner.next() {
            pieces.push(scanner.folded.clone());
            if piece == Piece::Number {
                pieces.extend(scanner.scaled.iter().map(|scaled| format!("={scaled}")));
            }
        }
        pieces
    }

    #[test]
    fn words_numbers_and_chinese_are_told_apart() {
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
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_follow_each_other_and_lie_on_characters(text in "(\\PC|[0-9,.万亿a-zé'’ \u{301}]){0,80}") {
            let mut scanner = Scanner::new(&text);
            let mut end = 0;
            while let Some((_, place)) = scanner.next() {
                prop_assert!(place.start >= end && place.start < place.end);
                prop_assert!(text.get(place.clone()).is_some());
                end = place.end;
            }
        }
    }
}
