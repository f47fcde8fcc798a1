//! The links that earlier checks found good or moved, which need not be requested again.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::outcome::LinkStatus;

const MAX_AGE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The name of the file format. An incompatible format gets another name.
const FORMAT: &str = "gazette-links-1";

/// The results of earlier checks. Only good and moved addresses are kept: a dead or slow one is
/// requested in every check, because its webmaster may have fixed it.
#[derive(Debug, Default)]
pub struct LinkCache {
    entries: BTreeMap<String, CacheEntry>,
}

/// The error for a file that is not a link cache and therefore must not be overwritten.
#[derive(Debug, PartialEq, Eq)]
pub struct NotALinkCache;

#[derive(Serialize, Deserialize)]
struct CacheFile {
    format: String,
    links: BTreeMap<String, CacheEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CacheEntry {
    /// The instant of the request, in RFC 3339.
    asked: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_to: Option<String>,
}

impl LinkCache {
    /// Parses a cache file.
    ///
    /// # Errors
    /// Fails if the bytes are not a link cache.
    pub fn read(bytes: &[u8]) -> Result<Self, NotALinkCache> {
        let file: CacheFile = serde_json::from_slice(bytes).map_err(|_| NotALinkCache)?;
        if file.format != FORMAT {
            return Err(NotALinkCache);
        }
        Ok(Self { entries: file.links })
    }

    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let file = CacheFile { format: FORMAT.to_owned(), links: self.entries.clone() };
        let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    pub(super) fn get(&self, url: &Url, now: Timestamp) -> Option<LinkStatus> {
        let entry = self.entries.get(url.as_str()).filter(|entry| entry.is_fresh(now))?;
        match &entry.moved_to {
            None => Some(LinkStatus::Good),
            Some(to) => Url::parse(to).ok().map(LinkStatus::Moved),
        }
    }

    /// Stores a good or moved address, or removes an address with another status.
    pub(super) fn put(&mut self, url: &Url, status: &LinkStatus, now: Timestamp) {
        let moved_to = match status {
            LinkStatus::Good => None,
            LinkStatus::Moved(to) => Some(to.to_string()),
            LinkStatus::Slow(_) | LinkStatus::Failed(_) => {
                self.entries.remove(url.as_str());
                return;
            }
        };
        self.entries.insert(url.to_string(), CacheEntry { asked: now.to_string(), moved_to });
    }

    /// Removes expired entries. Those of other sites stay: one file serves all sites of a machine.
    pub(super) fn remove_expired(&mut self, now: Timestamp) {
        self.entries.retain(|_, entry| entry.is_fresh(now));
    }
}

impl CacheEntry {
    /// Whether the entry is younger than [`MAX_AGE`]. An entry from the future was written with a
    /// wrong clock, and is not fresh.
    fn is_fresh(&self, now: Timestamp) -> bool {
        let asked = self.asked.parse::<Timestamp>();
        asked.is_ok_and(|asked| asked <= now && now.duration_since(asked) < MAX_AGE)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::editor::links::outcome::FailureKind;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn cache_keeps_good_links_for_a_week() {
        let moved = LinkStatus::Moved(url("new"));
        let mut cache = LinkCache::default();
        let monday = at("2026-11-02T08:00:00Z");
        cache.put(&url("good"), &LinkStatus::Good, monday);
        cache.put(&url("moved"), &moved, monday);
        cache.put(&url("slow"), &LinkStatus::Slow(Duration::from_secs(9)), monday);
        cache.put(&url("dead"), &LinkStatus::Failed(FailureKind::Status(404).into()), monday);
        let cache = LinkCache::read(&cache.to_bytes()).unwrap();
        for (instant, is_known) in [
            ("2026-11-02T08:00:00Z", true),
            ("2026-11-09T07:59:59Z", true),
            ("2026-11-09T08:00:00Z", false),
            ("2026-11-02T07:59:59Z", false),
        ] {
            let now = at(instant);
            assert_eq!(
                cache.get(&url("good"), now),
                is_known.then_some(LinkStatus::Good),
                "{instant}"
            );
            assert_eq!(cache.get(&url("moved"), now), is_known.then(|| moved.clone()), "{instant}");
            assert_eq!(cache.get(&url("slow"), now), None);
            assert_eq!(cache.get(&url("dead"), now), None);
        }
    }

    fn url(path: &str) -> Url {
        Url::parse(&format!("https://a.example/{path}")).unwrap()
    }

    #[test]
    fn cache_forgets_a_link_that_fails() {
        let url = Url::parse("https://a.example/").unwrap();
        let now = at("2026-11-02T08:00:00Z");
        let mut cache = LinkCache::default();
        cache.put(&url, &LinkStatus::Good, now);
        cache.put(&url, &LinkStatus::Failed(FailureKind::ConnectionBroken.into()), now);
        assert_eq!(cache.get(&url, now), None);
    }

    #[test]
    fn cache_refuses_files_of_another_format() {
        for bytes in ["", "{", "[]", "{}", "{\"format\":\"gazette-links-2\",\"links\":{}}", "\u{0}"]
        {
            assert!(LinkCache::read(bytes.as_bytes()).is_err(), "{bytes}");
        }
        assert!(LinkCache::read(&LinkCache::default().to_bytes()).is_ok());
    }
}
