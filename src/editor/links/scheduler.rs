//! All addresses, host by host, and those that failed a second time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use url::Url;

use super::LinkProgress;
use super::client::Method;
use super::follow::Web;
use super::outcome::{FailureKind, LinkFailure, LinkStatus};

/// The second round asks as browsers do: some servers let a HEAD wait for ever.
const ROUNDS: [Method; 2] = [Method::Head, Method::Get];

/// Judges every address, named by its place in the caller's list.
pub(super) fn check_all(
    open: &[(usize, &Url)],
    web: &Web,
    told: &(dyn Fn(LinkProgress) + Sync),
) -> Vec<(usize, LinkStatus)> {
    let queues = by_host(open);
    let progress = |done| told(LinkProgress { done, links: open.len(), hosts: queues.len() });
    let (next, judged) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(open.len())));
    let keep = |place: usize, verdict: LinkStatus| {
        let mut judged = judged.lock().unwrap_or_else(PoisonError::into_inner);
        judged.push((place, verdict));
        progress(judged.len());
    };
    progress(0);
    // One thread takes one host after the other, so that a host with many links holds up no other.
    thread::scope(|scope| {
        for _ in 0..web.policy.max_concurrent.clamp(1, queues.len().max(1)) {
            scope.spawn(|| {
                while let Some(queue) = queues.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check_host(queue, web, &keep);
                }
            });
        }
    });
    judged.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The addresses of each host; the longest list first, because it takes longest.
fn by_host<'u>(open: &[(usize, &'u Url)]) -> Vec<Vec<(usize, &'u Url)>> {
    let mut hosts: BTreeMap<&str, Vec<(usize, &Url)>> = BTreeMap::new();
    for (place, url) in open {
        hosts.entry(url.host_str().unwrap_or_default()).or_default().push((*place, url));
    }
    let mut queues: Vec<_> = hosts.into_values().collect();
    queues.sort_by_key(|queue| std::cmp::Reverse(queue.len()));
    queues
}

/// Judges the addresses of one host.
fn check_host(queue: &[(usize, &Url)], web: &Web, keep: &dyn Fn(usize, LinkStatus)) {
    let mut open = queue.to_vec();
    for (round, method) in ROUNDS.into_iter().enumerate() {
        let is_last = round + 1 == ROUNDS.len();
        let mut obstacles = OriginFailures::default();
        let mut again = Vec::new();
        for (place, url) in open {
            let verdict = obstacles.before(url).unwrap_or_else(|| web.visit(url, method));
            if let LinkStatus::Failed(failure) = &verdict {
                obstacles.learn(url, failure);
                if failure.cause.is_transient() && !is_last {
                    let host = failure.redirect_target.as_ref().unwrap_or(url).host_str();
                    web.limiter.rest(host.unwrap_or_default(), web.policy.retry_delay);
                    again.push((place, url));
                    continue;
                }
            }
            keep(place, verdict);
        }
        open = again;
    }
}

/// What stands in the way of every address of a scheme, host and port: it is found out once a round.
#[derive(Default)]
struct OriginFailures {
    known: BTreeMap<Origin, LinkFailure>,
    /// Those that let one request wait in vain. It may have been that one page; the second time it is taken for all.
    late: BTreeSet<Origin>,
}

/// Scheme, host and port, as text.
type Origin = String;

impl OriginFailures {
    fn before(&self, url: &Url) -> Option<LinkStatus> {
        self.known.get(&origin(url)).cloned().map(LinkStatus::Failed)
    }

    fn learn(&mut self, url: &Url, failure: &LinkFailure) {
        if failure.redirect_target.is_some() {
            return;
        }
        let is_of_all = match failure.cause {
            FailureKind::Timeout(_) => !self.late.insert(origin(url)),
            ref cause => cause.affects_host(),
        };
        if is_of_all {
            self.known.insert(origin(url), failure.clone());
        }
    }
}

fn origin(url: &Url) -> Origin {
    url.origin().ascii_serialization()
}
