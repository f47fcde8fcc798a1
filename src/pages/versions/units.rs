//! Sentences and clauses, and the difference between two lists of parts in bounded time.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// The most pairs of parts of which a difference is computed: about 5,000 parts in each text, a
/// second's work at worst. Parts of longer texts that begin and end alike are all replaced. A limit
/// of time would make the bytes of a page depend on the machine.
const MAX_PAIRS: usize = 25_000_000;

/// The marks after which a Chinese clause ends.
const CLAUSE_MARKS: [char; 6] = ['，', '；', '：', '。', '！', '？'];

/// A run of parts that two texts share, or in which they differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) is_same: bool,
}

/// Splits words into sentences (Unicode Standard Annex 29), and these after the marks of Chinese
/// clauses. The parts together are the words.
pub(super) fn split(words: &str) -> Vec<&str> {
    let mut units: Vec<&str> = Vec::new();
    for sentence in words.split_sentence_bounds() {
        let mut start = 0;
        for (index, mark) in sentence.match_indices(CLAUSE_MARKS) {
            let end = index + mark.len();
            // Closing quotes belong to the clause.
            let rest = &sentence[end..];
            let end = end
                + (rest.len() - rest.trim_start_matches(['”', '’', '」', '』', '）', '》']).len());
            if end > start {
                units.push(&sentence[start..end]);
                start = end;
            }
        }
        if start < sentence.len() {
            units.push(&sentence[start..]);
        }
    }
    units
}

/// Counts words; in Chinese, characters.
pub(super) fn count_words(words: &str) -> usize {
    words.unicode_words().count()
}

/// The share of words that two texts have in common, from 0 to 1.
pub(super) fn likeness(old: &str, new: &str) -> f64 {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in old.unicode_words() {
        *counts.entry(word).or_default() += 1;
    }
    let all = count_words(old) + count_words(new);
    let shared = new.unicode_words().filter(|word| match counts.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    });
    let shared = u32::try_from(2 * shared.count()).unwrap_or(u32::MAX);
    f64::from(shared) / f64::from(u32::try_from(all.max(1)).unwrap_or(u32::MAX))
}

/// The runs of two lists of parts, in their order.
pub(super) fn compare<T: Hash + Eq>(old: &[T], new: &[T]) -> Vec<Run> {
    let mut numbers = HashMap::new();
    let (old, new) = (number(old, &mut numbers), number(new, &mut numbers));
    let begin = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let ends = old[begin..].iter().rev().zip(new[begin..].iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let mut runs = vec![Run { old: 0..begin, new: 0..begin, is_same: true }];
    if (old_end - begin).saturating_mul(new_end - begin) > MAX_PAIRS {
        runs.push(Run { old: begin..old_end, new: begin..new_end, is_same: false });
    } else {
        let changes =
            capture_diff_slices(Algorithm::Myers, &old[begin..old_end], &new[begin..new_end]);
        runs.extend(changes.into_iter().map(|change| run_of(&change, begin)));
    }
    runs.push(Run { old: old_end..old.len(), new: new_end..new.len(), is_same: true });
    runs.retain(|run| !(run.old.is_empty() && run.new.is_empty()));
    runs
}

/// Replaces parts by numbers, which are compared faster.
fn number<'p, T: Hash + Eq>(parts: &'p [T], numbers: &mut HashMap<&'p T, usize>) -> Vec<usize> {
    let parts = parts.iter().map(|part| {
        let next = numbers.len();
        *numbers.entry(part).or_insert(next)
    });
    parts.collect()
}

fn run_of(change: &DiffOp, begin: usize) -> Run {
    let (old, new) = (change.old_range(), change.new_range());
    Run {
        old: old.start + begin..old.end + begin,
        new: new.start + begin..new.end + begin,
        is_same: matches!(change, DiffOp::Equal { .. }),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_split_into_sentences_and_clauses() {
        for (words, units) in [
            ("One. Two? Three", vec!["One. ", "Two? ", "Three"]),
            (
                "It costs 2.5 yuan. See no. 5 there.",
                vec!["It costs 2.5 yuan. ", "See no. 5 there."],
            ),
            ("泳池有两条泳道，免费。", vec!["泳池有两条泳道，", "免费。"]),
            ("他说：“好。”走了。", vec!["他说：", "“好。”", "走了。"]),
            ("", vec![]),
        ] {
            assert_eq!(split(words), units, "{words}");
        }
    }

    #[test]
    fn runs_are_those_of_the_shortest_difference() {
        let runs = compare(&["a", "b", "c"], &["a", "x", "c", "d"]);
        let found: Vec<_> = runs.into_iter().map(|run| (run.old, run.new, run.is_same)).collect();
        assert_eq!(
            found,
            [(0..1, 0..1, true), (1..2, 1..2, false), (2..3, 2..3, true), (3..3, 3..4, false)]
        );
    }

    #[test]
    fn long_texts_are_compared_in_bounded_time() {
        let old: Vec<usize> = (0..30_000).map(|number| number * 7 % 101).collect();
        let new: Vec<usize> = (0..30_000).map(|number| number * 13 % 103).collect();
        let begun = Instant::now();
        assert!(!compare(&old, &new).is_empty());
        let middle = compare(&old[..4_900], &new[..4_900]);
        assert!(middle.iter().any(|run| run.is_same));
        assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    }

    proptest! {
        #[test]
        fn units_are_the_words(words in "[a。，. A\"”！\n]{0,40}") {
            prop_assert_eq!(split(&words).concat(), words);
        }

        #[test]
        fn runs_cover_both_texts(
            old in prop::collection::vec(0..4_u8, 0..30),
            new in prop::collection::vec(0..4_u8, 0..30),
        ) {
            let (mut old_end, mut new_end) = (0, 0);
            for run in compare(&old, &new) {
                prop_assert_eq!((run.old.start, run.new.start), (old_end, new_end));
                prop_assert_eq!(run.is_same, old[run.old.clone()] == new[run.new.clone()]);
                (old_end, new_end) = (run.old.end, run.new.end);
            }
            prop_assert_eq!((old_end, new_end), (old.len(), new.len()));
        }
    }
}
