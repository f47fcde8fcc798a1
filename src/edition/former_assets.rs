//! Assets of earlier editions, for pages that caches and open tabs still have.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Edition;
use super::resource::{CachePolicy, PathEntry, Resource};

/// How long an asset answers after the last edition that had it. Caches keep pages for less.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// Assets of earlier editions, each with the instant until which it answers.
#[derive(Debug, Default)]
pub(crate) struct FormerAssets(HashMap<Arc<str>, (Resource, Timestamp)>);

impl FormerAssets {
    /// The assets that answer beside a new edition: those that it has in another form. One that is
    /// gone without a successor may have gone with its bulletin, and answers no longer.
    pub(crate) fn after(&self, previous: &Edition, next: &Edition, now: Timestamp) -> Self {
        let (before, after) = (count_names(previous), count_names(next));
        let until = now.saturating_add(KEPT).unwrap_or(Timestamp::MAX);
        let earlier = self.0.iter().filter(|(_, (_, until))| *until > now);
        let earlier = earlier.map(|(path, (asset, until))| (path, asset, *until));
        let all = earlier.chain(assets(previous).map(|(path, asset)| (path, asset, until)));
        let replaced = all.filter(|(path, ..)| {
            let name = name_without_hash(path);
            let (had, has) = (before.get(&name), after.get(&name));
            next.entry(path).is_none() && has.is_some() && has >= had
        });
        Self(
            replaced
                .map(|(path, asset, until)| (Arc::clone(path), (asset.clone(), until)))
                .collect(),
        )
    }

    /// The asset at a path, if it still answers.
    pub(crate) fn find(&self, path: &str, now: Timestamp) -> Option<&Resource> {
        self.0.get(path).filter(|(_, until)| *until > now).map(|(asset, _)| asset)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn assets(edition: &Edition) -> impl Iterator<Item = (&Arc<str>, &Resource)> {
    edition.entries.iter().filter_map(|(path, entry)| match entry {
        PathEntry::Found(asset) if asset.cache == CachePolicy::Immutable => Some((path, asset)),
        _ => None,
    })
}

fn count_names(edition: &Edition) -> HashMap<(&str, &str), usize> {
    let mut counts = HashMap::new();
    for (path, _) in assets(edition) {
        *counts.entry(name_without_hash(path)).or_default() += 1;
    }
    counts
}

/// The parts of a path before and after its hash: `/static/site` and `css`.
fn name_without_hash(path: &str) -> (&str, &str) {
    let (rest, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    (rest.rsplit_once('.').map_or(rest, |(name, _)| name), extension)
}
