//! Circles of documents that act on each other.

use std::collections::BTreeSet;

/// The acts that lead from a document back to itself, each from one document to another.
///
/// Documents that nothing acts on, and those that act on nothing, are taken away until none is
/// left; what remains is on a circle or between two.
pub(super) fn find_circles(mut acts: BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    loop {
        let before = acts.len();
        let from: BTreeSet<usize> = acts.iter().map(|(by, _)| *by).collect();
        let to: BTreeSet<usize> = acts.iter().map(|(_, on)| *on).collect();
        acts.retain(|(by, on)| from.contains(on) && to.contains(by));
        if acts.len() == before {
            return acts;
        }
    }
}
