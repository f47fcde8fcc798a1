//! Related bulletins: those that share goals, then categories, then those near in time.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{BulletinId, Goal, Record};

/// The number of related bulletins of a page.
const RELATED: usize = 4;

/// The number of bulletins of one goal or category that are considered on either side in time. It
/// keeps the work in proportion to the number of bulletins; further ones would rank lower for their
/// distance anyway.
const WINDOW: usize = 32;

/// Sets the related bulletins and neighbours of all bulletins.
pub(super) fn relate(record: &mut Record<'_>) {
    let ids: Vec<BulletinId> = record.bulletin_ids().collect();
    let bulletins_by_goal: Vec<Vec<BulletinId>> =
        record.goals.iter().map(bulletins_about).collect();
    let related: Vec<Vec<BulletinId>> =
        ids.par_iter().map(|id| related_to(record, &bulletins_by_goal, *id)).collect();
    for (bulletin, related) in record.bulletins.iter_mut().zip(related) {
        bulletin.related = related;
    }
    let neighbours: Vec<(BulletinId, BulletinId)> = record
        .sections
        .iter()
        .flat_map(|section| {
            let current: Vec<BulletinId> = section
                .bulletins
                .iter()
                .copied()
                .filter(|id| record.bulletin(*id).withdrawn.is_none())
                .collect();
            current.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
        })
        .collect();
    for (newer, older) in neighbours {
        record.bulletins[newer.0].older = Some(older);
        record.bulletins[older.0].newer = Some(newer);
    }
}

/// Returns the bulletins that concern a goal, newest first, each once.
fn bulletins_about(goal: &Goal<'_>) -> Vec<BulletinId> {
    let mut bulletins: Vec<BulletinId> =
        goal.evidence.iter().rev().map(|evidence| evidence.bulletin).collect();
    bulletins.dedup();
    bulletins
}

fn related_to(
    record: &Record<'_>,
    bulletins_by_goal: &[Vec<BulletinId>],
    id: BulletinId,
) -> Vec<BulletinId> {
    let bulletin = record.bulletin(id);
    // The number of shared goals by candidate.
    let mut shared: BTreeMap<BulletinId, usize> = BTreeMap::new();
    for goal in bulletin.goals() {
        for other in window(&bulletins_by_goal[goal.0], id) {
            *shared.entry(*other).or_default() += 1;
        }
    }
    for category in &bulletin.categories {
        for other in window(&record.category(*category).bulletins, id) {
            shared.entry(*other).or_default();
        }
    }
    let mut candidates: Vec<(usize, u64, BulletinId)> = shared
        .into_iter()
        .filter(|(other, _)| *other != id && record.bulletin(*other).withdrawn.is_none())
        .map(|(other, goals)| (usize::MAX - goals, distance(record, id, other), other))
        .collect();
    candidates.sort_unstable();
    candidates.into_iter().take(RELATED).map(|(_, _, other)| other).collect()
}

/// Returns the part of a list, ordered as bulletins are, around one bulletin.
fn window(list: &[BulletinId], id: BulletinId) -> &[BulletinId] {
    let index = list.partition_point(|other| *other < id);
    &list[index.saturating_sub(WINDOW)..(index + WINDOW + 1).min(list.len())]
}

/// Returns the seconds between two bulletins.
fn distance(record: &Record<'_>, a: BulletinId, b: BulletinId) -> u64 {
    let second = |id: BulletinId| record.bulletin(id).published().instant.as_second();
    second(a).abs_diff(second(b))
}
