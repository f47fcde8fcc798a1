//! Chinese words of titles by what is typed for them on a Latin keyboard: their pinyin
//! (`gongzufang`) or the initials of its syllables (`gzf`).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use pinyin::ToPinyin as _;

use crate::language::is_han;
use crate::search::index::corpus::Corpus;
use crate::search::text::{chinese, normalize};

/// The fewest characters of a result: one syllable is too often an English word.
const MIN_CHARACTERS: usize = 2;

/// The fewest and the most initials: fewer begin too many words, and more are rarely typed.
const MIN_INITIALS: usize = 3;
const MAX_INITIALS: usize = 8;

/// The part of a syllable that was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Syllables,
    Initials,
}

/// Finds the words with a pronunciation in the most titles. Titles are read again for each query,
/// which takes a few milliseconds for thousands of them, rather than kept in a second index.
pub(super) fn find_in_titles(corpus: &Corpus, letters: &str, typed: Typed) -> Option<String> {
    if typed == Typed::Initials && !(MIN_INITIALS..=MAX_INITIALS).contains(&letters.len()) {
        return None;
    }
    // No key of a keyboard has ü.
    let letters = letters.replace("lv", "lü").replace("nv", "nü");
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for text in corpus.translations.iter().filter_map(|one| corpus.text_of(*one)) {
        for title in [Some(&text.title.value), text.short_title.as_ref()].into_iter().flatten() {
            if title.is_ascii() {
                continue;
            }
            for run in normalize::simplify(title).split(|one| !is_han(one)) {
                if let Some(words) = find_in_run(run, &letters, typed) {
                    *found.entry(words.to_owned()).or_default() += 1;
                }
            }
        }
    }
    let most = found.into_iter().min_by_key(|(_, count)| Reverse(*count));
    most.map(|(words, _)| words)
}

/// Finds whole words with a pronunciation in a run of Chinese characters.
fn find_in_run<'r>(run: &'r str, letters: &str, typed: Typed) -> Option<&'r str> {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    let syllables: Vec<&str> =
        run.chars().map(|one| one.to_pinyin().map_or("", |syllable| syllable.plain())).collect();
    (0..syllables.len()).find_map(|first| {
        let length = count_typed(&syllables[first..], letters, typed)?;
        let (start, end) = (starts[first], starts[first + length]);
        let is_found = length >= MIN_CHARACTERS && has_word_edges(run, start, end);
        is_found.then(|| &run[start..end])
    })
}

/// How many syllables the letters are; `None` if they are not the beginning of these syllables.
fn count_typed(syllables: &[&str], letters: &str, typed: Typed) -> Option<usize> {
    let mut rest = letters;
    for (index, syllable) in syllables.iter().enumerate() {
        let part = match typed {
            Typed::Syllables => *syllable,
            Typed::Initials => syllable.get(..1)?,
        };
        if part.is_empty() {
            return None;
        }
        rest = rest.strip_prefix(part)?;
        if rest.is_empty() {
            return Some(index + 1);
        }
    }
    None
}

/// Whether a part of a run begins and ends where words do.
fn has_word_edges(run: &str, start: usize, end: usize) -> bool {
    let mut at = 0;
    let mut edges = vec![0];
    edges.extend(chinese::words(run).map(|word| {
        at += word.len();
        at
    }));
    edges.contains(&start) && edges.contains(&end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_in_run_returns_whole_words() {
        let table = [
            ("公租房申请", "gongzufang", Typed::Syllables, Some("公租房")),
            ("公租房申请", "gzf", Typed::Initials, Some("公租房")),
            ("公租房申请", "zfs", Typed::Initials, None),
            ("绿色村庄", "lüsecunzhuang", Typed::Syllables, Some("绿色村庄")),
            ("公租房申请", "gong", Typed::Syllables, None),
            ("公租房申请", "housing", Typed::Syllables, None),
        ];
        for (run, letters, typed, expected) in table {
            assert_eq!(find_in_run(run, letters, typed), expected, "{letters}");
        }
    }
}
