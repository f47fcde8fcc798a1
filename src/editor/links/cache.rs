//! What was well in earlier runs, so that it need not be asked again.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::outcome::LinkStatus;

/// How long an answer is trusted.
const TRUSTED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The name of the file's form. Another form gets another name.
const FORMAT: &str = "gazette-links-1";

/// The answers of earlier runs. Good and moved addresses are kept; what failed or was slow is asked again each time,
/// because its webmaster may have mended it.
#[derive(Debug, Default)]
pub struct LinkCache {
    answers: BTreeMap<String, Answer>,
}

/// The bytes are not those of a cache; who wrote them may need them.
#[derive(Debug, PartialEq, Eq)]
pub struct NotALinkCache;

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    links: BTreeMap<String, Answer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// When it was given, in RFC 3339.
    asked: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_to: Option<String>,
}

impl LinkCache {
    /// Reads a cache.
    ///
    /// # Errors
    /// Fails when the bytes are something else.
    pub fn read(bytes: &[u8]) -> Result<Self, NotALinkCache> {
        let file: File = serde_json::from_slice(bytes).map_err(|_| NotALinkCache)?;
        if file.format != FORMAT {
            return Err(NotALinkCache);
        }
        Ok(Self { answers: file.links })
    }

    /// The cache as it is kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let file = File { format: FORMAT.to_owned(), links: self.answers.clone() };
        let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// What is known of an address at an instant.
    pub(super) fn get(&self, url: &Url, now: Timestamp) -> Option<LinkStatus> {
        let answer = self.answers.get(url.as_str()).filter(|answer| answer.is_trusted(now))?;
        match &answer.moved_to {
            None => Some(LinkStatus::Good),
            Some(to) => Url::parse(to).ok().map(LinkStatus::Moved),
        }
    }

    /// Keeps what was found out about an address, or forgets what was known of it.
    pub(super) fn keep(&mut self, url: &Url, verdict: &LinkStatus, now: Timestamp) {
        let moved_to = match verdict {
            LinkStatus::Good => None,
            LinkStatus::Moved(to) => Some(to.to_string()),
            LinkStatus::Slow(_) | LinkStatus::Failed(_) => {
                self.answers.remove(url.as_str());
                return;
            }
        };
        self.answers.insert(url.to_string(), Answer { asked: now.to_string(), moved_to });
    }

    /// Forgets what is not trusted any more. Other sites' answers stay: one file serves all sites of a machine.
    pub(super) fn forget_old(&mut self, now: Timestamp) {
        self.answers.retain(|_, answer| answer.is_trusted(now));
    }
}

impl Answer {
    /// Whether it is young enough. An answer from the future comes of a clock that was wrong.
    fn is_trusted(&self, now: Timestamp) -> bool {
        let asked = self.asked.parse::<Timestamp>();
        asked.is_ok_and(|asked| asked <= now && now.duration_since(asked) < TRUSTED)
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
    fn good_and_moved_answers_are_trusted_for_a_week_and_others_never() {
        let url = |path: &str| Url::parse(&format!("https://a.example/{path}")).unwrap();
        let moved = LinkStatus::Moved(url("new"));
        let mut cache = LinkCache::default();
        let monday = at("2026-11-02T08:00:00Z");
        cache.keep(&url("good"), &LinkStatus::Good, monday);
        cache.keep(&url("moved"), &moved, monday);
        cache.keep(&url("slow"), &LinkStatus::Slow(Duration::from_secs(9)), monday);
        cache.keep(&url("dead"), &LinkStatus::Failed(FailureKind::Status(404).into()), monday);
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

    #[test]
    fn what_fails_now_is_not_remembered_as_good() {
        let url = Url::parse("https://a.example/").unwrap();
        let now = at("2026-11-02T08:00:00Z");
        let mut cache = LinkCache::default();
        cache.keep(&url, &LinkStatus::Good, now);
        cache.keep(&url, &LinkStatus::Failed(FailureKind::ConnectionBroken.into()), now);
        assert_eq!(cache.get(&url, now), None);
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        for bytes in ["", "{", "[]", "{}", "{\"format\":\"gazette-links-2\",\"links\":{}}", "\u{0}"]
        {
            assert!(LinkCache::read(bytes.as_bytes()).is_err(), "{bytes}");
        }
        assert!(LinkCache::read(&LinkCache::default().to_bytes()).is_ok());
    }
}
