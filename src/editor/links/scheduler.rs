//! The order of requests: hosts in parallel, the addresses of a host one after the other, and a
//! second attempt for those that failed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use url::Url;

use super::client::Method;
use super::follow::LinkFollower;
use super::outcome::{FailureKind, LinkFailure, LinkStatus};

/// The methods of the two attempts. The second uses GET, because some servers never answer a HEAD.
const ATTEMPTS: [Method; 2] = [Method::Head, Method::Get];

/// The progress of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkProgress {
    /// Addresses checked so far.
    pub done: usize,
    /// Addresses to check in all.
    pub links: usize,
    /// Hosts of these addresses.
    pub hosts: usize,
}

/// An address with its index in the caller's list.
type Job<'u> = (usize, &'u Url);

/// Checks every address. `report_progress` is called from several threads.
pub(super) fn check_all(
    jobs: &[Job<'_>],
    follower: &LinkFollower,
    report_progress: &(dyn Fn(LinkProgress) + Sync),
) -> Vec<(usize, LinkStatus)> {
    let queues = group_by_host(jobs);
    let progress = |done| LinkProgress { done, links: jobs.len(), hosts: queues.len() };
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(jobs.len())));
    let record = |index: usize, status: LinkStatus| {
        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
        results.push((index, status));
        report_progress(progress(results.len()));
    };
    report_progress(progress(0));
    // Each thread takes a whole host, so that a host with many links does not delay the others.
    thread::scope(|scope| {
        for _ in 0..follower.policy.max_concurrent.clamp(1, queues.len().max(1)) {
            scope.spawn(|| {
                while let Some(queue) = queues.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check_host(queue, follower, &record);
                }
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Groups addresses by host, the longest list first because it takes longest.
fn group_by_host<'u>(jobs: &[Job<'u>]) -> Vec<Vec<Job<'u>>> {
    let mut hosts: BTreeMap<&str, Vec<Job<'_>>> = BTreeMap::new();
    for (index, url) in jobs {
        hosts.entry(url.host_str().unwrap_or_default()).or_default().push((*index, url));
    }
    let mut queues: Vec<_> = hosts.into_values().collect();
    queues.sort_by_key(|queue| std::cmp::Reverse(queue.len()));
    queues
}

fn check_host(queue: &[Job<'_>], follower: &LinkFollower, record: &dyn Fn(usize, LinkStatus)) {
    let mut open = queue.to_vec();
    for (attempt, method) in ATTEMPTS.into_iter().enumerate() {
        let is_last = attempt + 1 == ATTEMPTS.len();
        let mut failures = OriginFailures::default();
        let mut retries = Vec::new();
        for (index, url) in open {
            let status = failures.get(url).unwrap_or_else(|| follower.follow(url, method));
            if let LinkStatus::Failed(failure) = &status {
                failures.record(url, failure);
                if failure.kind.is_transient() && !is_last {
                    let host = failure.redirect_target.as_ref().unwrap_or(url).host_str();
                    let delay = follower.policy.retry_delay;
                    follower.limiter.back_off(host.unwrap_or_default(), delay);
                    retries.push((index, url));
                    continue;
                }
            }
            record(index, status);
        }
        open = retries;
    }
}

/// The failures that affect every address of an origin, in one attempt.
#[derive(Default)]
struct OriginFailures {
    known: BTreeMap<Origin, LinkFailure>,
    /// Origins with one timeout so far. A first timeout may be a slow page; after a second the
    /// whole origin counts as unreachable.
    timeouts: BTreeSet<Origin>,
}

/// Scheme, host and port.
type Origin = String;

impl OriginFailures {
    fn get(&self, url: &Url) -> Option<LinkStatus> {
        self.known.get(&origin(url)).cloned().map(LinkStatus::Failed)
    }

    fn record(&mut self, url: &Url, failure: &LinkFailure) {
        if failure.redirect_target.is_some() {
            return;
        }
        let affects_origin = match failure.kind {
            FailureKind::Timeout(_) => !self.timeouts.insert(origin(url)),
            ref kind => kind.affects_host(),
        };
        if affects_origin {
            self.known.insert(origin(url), failure.clone());
        }
    }
}

fn origin(url: &Url) -> Origin {
    url.origin().ascii_serialization()
}
