//! Segmentation of Chinese text: dictionary words, bigrams, and the words of a query.

use std::ops::Range;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::stopwords;
use crate::language::{ChineseNumeral, is_han};

/// The dictionary of Chinese words: 5 MB of text, loaded with the first Chinese text.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The dictionary's segmentation of a run of simplified characters.
pub(crate) fn words(run: &str) -> impl Iterator<Item = &str> {
    DICTIONARY.cut(run, false).into_iter().map(|token| token.word)
}

/// The dictionary words of two or more characters inside a word, without the word itself.
pub(crate) fn subwords(word: &str) -> Vec<&str> {
    let parts = DICTIONARY.cut_for_search(word, false).into_iter().map(|token| token.word);
    parts.filter(|part| *part != word && has_two_characters(part)).collect()
}

/// The numbers in a run of Chinese characters, with their byte ranges: `新增八万三千个` has 83000.
pub(crate) fn numbers(run: &str) -> Vec<(String, Range<usize>)> {
    let mut numbers = Vec::new();
    let mut end = 0;
    for (at, _) in run.char_indices() {
        if at >= end
            && let Some(numeral) = ChineseNumeral::read(&run[at..])
        {
            end = at + numeral.length;
            numbers.push((numeral.value, at..end));
        } else if at >= end && is_numeral(&run[at..]) {
            // A numeral does not begin within what only looks like one: 十三五.
            end = at + run[at..].find(|c| !NUMERALS.contains(c)).unwrap_or(run.len() - at);
        }
    }
    numbers
}

/// The characters of numerals.
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿";

fn is_numeral(text: &str) -> bool {
    text.starts_with(|c| NUMERALS.contains(c)) && !text.starts_with("百分之")
}

/// Every pair of adjacent characters of a run.
pub(crate) fn bigrams(run: &str) -> impl Iterator<Item = &str> {
    let ends = run.char_indices().map(|(at, character)| at + character.len_utf8());
    run.char_indices().map(|(at, _)| at).zip(ends.skip(1)).map(|(start, end)| &run[start..end])
}

/// Segments a run of a query into the words to search for, with their ranges from `offset` on.
///
/// Adjacent characters that the dictionary leaves alone form one word: a name, or a misspelled
/// word. After a number the first one is a measure word, and not part of a name: `2024年托育`.
pub(crate) fn query_words(
    run: &str,
    offset: usize,
    follows_number: bool,
) -> Vec<(String, Range<usize>)> {
    let mut segments: Vec<(String, Range<usize>)> = Vec::new();
    let mut at = offset;
    // Whether the last segment consists of single characters, and whether it is a lone stopword.
    let (mut is_open, mut is_stopword) = (false, false);
    for word in words(run) {
        let range = at..at + word.len();
        at = range.end;
        let is_single = !has_two_characters(word);
        let is_also_stopword = stopwords::CHINESE.contains(&word);
        let is_particle = stopwords::CHINESE_PARTICLES.contains(&word);
        let continues = is_single && is_open && !is_particle && !(is_stopword && is_also_stopword);
        match segments.last_mut() {
            Some((last, last_range)) if continues => {
                last.push_str(word);
                last_range.end = range.end;
                is_stopword = false;
            }
            _ => {
                segments.push((word.to_owned(), range));
                is_stopword = is_also_stopword;
            }
        }
        is_open = is_single && !is_particle && !(follows_number && segments.len() == 1);
    }
    // A single character next to words is rarely what the visitor is searching for.
    if segments.iter().any(|(word, _)| has_two_characters(word)) {
        segments.retain(|(word, _)| has_two_characters(word));
    }
    segments
}

/// A run of at least three Chinese characters with spaces between all of them, as some input
/// methods and spaced headlines leave it: `公 租 房`.
pub(crate) struct SpacedRun {
    joined: String,
    /// The byte range of each character in the text.
    ranges: Vec<Range<usize>>,
}

impl SpacedRun {
    /// The fewest characters: `水 电` are two things.
    const MIN_LENGTH: usize = 3;

    /// Reads a run from the start of a text.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut run = Self { joined: String::new(), ranges: Vec::new() };
        let mut at = 0;
        while let Some(character) = text[at..].chars().next().filter(|next| is_han(*next)) {
            let end = at + character.len_utf8();
            let after = text[end..].trim_start();
            if after.len() == text.len() - end && !after.is_empty() {
                break;
            }
            run.joined.push(character);
            run.ranges.push(at..end);
            at = text.len() - after.len();
        }
        (run.ranges.len() >= Self::MIN_LENGTH).then_some(run)
    }

    /// The end of its last character in the text.
    pub(crate) fn end(&self) -> usize {
        self.ranges.last().map_or(0, |range| range.end)
    }

    /// The words to search for, with their ranges in the text from `offset` on.
    pub(crate) fn query_words(&self, offset: usize) -> Vec<(String, Range<usize>)> {
        let mut words = query_words(&self.joined, 0, false);
        for (_, range) in &mut words {
            let first = self.joined[..range.start].chars().count();
            let last = self.joined[..range.end].chars().count().saturating_sub(1);
            let ranges = self.ranges.get(first).zip(self.ranges.get(last));
            *range = ranges.map_or(0..0, |(first, last)| offset + first.start..offset + last.end);
        }
        words
    }
}

/// The words of two to four characters that a query would find in a run, names included.
pub(crate) fn names(run: &str) -> impl Iterator<Item = String> {
    let words = query_words(run, 0, false).into_iter().map(|(word, _)| word);
    words.filter(|word| (2..=4).contains(&word.chars().count()))
}

/// Whether a word has two characters or more.
pub(crate) fn has_two_characters(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bigrams_single_character_none() {
        assert_eq!(bigrams("养老院").collect::<Vec<_>>(), ["养老", "老院"]);
        assert_eq!(bigrams("养").count(), 0);
    }

    #[test]
    fn spaced_run_three_characters_are_words() {
        for (text, expected, end) in [
            ("养 老 院", &[("养老院", 0..11)][..], 11),
            ("低\u{3000}保\u{3000}标 准 835", &[("低保", 0..9), ("标准", 12..19)], 19),
            ("养 老 床位", &[], 0),
            ("水 电", &[], 0),
            ("公租房", &[], 0),
        ] {
            let run = SpacedRun::read(text);
            let words = run.as_ref().map_or(Vec::new(), |run| run.query_words(0));
            let words: Vec<_> =
                words.iter().map(|(w, range)| (w.as_str(), range.clone())).collect();
            assert_eq!(words, expected, "{text}");
            assert_eq!(run.map_or(0, |run| run.end()), end, "{text}");
        }
    }
}
