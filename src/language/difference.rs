//! The difference between two lists, such as the sentences of two texts, in bounded time.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// The most pairs of parts of which a difference is computed: about 5,000 parts in each text, a
/// second's work at worst. Parts of longer texts that begin and end alike are all replaced. A limit
/// of time would make the bytes of a page depend on the machine.
const MAX_PAIRS: usize = 25_000_000;

/// A run of parts that two texts share, or in which they differ.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
    pub(crate) is_same: bool,
}

/// The runs of two lists of parts, in their order.
pub(crate) fn compare<T: Hash + Eq>(old: &[T], new: &[T]) -> Vec<Run> {
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
        let changes = diff(&old[begin..old_end], &new[begin..new_end]);
        runs.extend(changes.iter().map(|change| run_of(change, begin)));
    }
    runs.push(Run { old: old_end..old.len(), new: new_end..new.len(), is_same: true });
    runs.retain(|run| !(run.old.is_empty() && run.new.is_empty()));
    runs
}

/// The changes from one list to another. `similar::capture_diff` would compile all its algorithms.
fn diff(old: &[usize], new: &[usize]) -> Vec<DiffOp> {
    let mut changes = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut changes, old, 0..old.len(), new, 0..new.len());
    changes.into_inner().into_inner().into_ops()
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
