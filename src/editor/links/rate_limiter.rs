//! One request at a time for each host, and a pause between two.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The order in which hosts are asked. Threads wait here until it is their turn.
#[derive(Debug)]
pub(super) struct HostLimiter {
    hosts: Mutex<BTreeMap<String, Host>>,
    changed: Condvar,
    min_interval: Duration,
    max_retry_after: Duration,
}

#[derive(Debug)]
struct Host {
    is_busy: bool,
    /// When it may be asked next.
    next: Instant,
    /// Whether it asked to be left alone for longer than is waited.
    is_resting: bool,
}

/// The right to ask a host, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit<'t> {
    limiter: &'t HostLimiter,
    host: String,
}

impl HostLimiter {
    pub(super) fn new(min_interval: Duration, max_retry_after: Duration) -> Self {
        Self { hosts: Mutex::default(), changed: Condvar::new(), min_interval, max_retry_after }
    }

    /// Waits until a host may be asked. `None` if it asked not to be, for longer than is waited.
    pub(super) fn take(&self, host: &str) -> Option<Permit<'_>> {
        let mut hosts = self.hosts();
        loop {
            let now = Instant::now();
            let state = hosts.entry(host.to_owned()).or_insert_with(|| Host::new(now));
            if state.is_resting {
                return None;
            }
            hosts = if state.is_busy {
                self.changed.wait(hosts).unwrap_or_else(PoisonError::into_inner)
            } else if state.next > now {
                let pause = state.next - now;
                self.changed.wait_timeout(hosts, pause).unwrap_or_else(PoisonError::into_inner).0
            } else {
                state.is_busy = true;
                return Some(Permit { limiter: self, host: host.to_owned() });
            };
        }
    }

    /// Leaves a host alone for a while; for the rest of the run, if that is longer than is waited.
    pub(super) fn rest(&self, host: &str, pause: Duration) {
        let now = Instant::now();
        let mut hosts = self.hosts();
        let state = hosts.entry(host.to_owned()).or_insert_with(|| Host::new(now));
        if pause > self.max_retry_after {
            state.is_resting = true;
        } else {
            state.next = state.next.max(now + pause);
        }
        drop(hosts);
        self.changed.notify_all();
    }

    fn hosts(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        // Every change of the map is whole, so that a panic elsewhere leaves it as it should be.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    const fn new(now: Instant) -> Self {
        Self { is_busy: false, next: now, is_resting: false }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(state) = self.limiter.hosts().get_mut(&self.host) {
            state.is_busy = false;
            state.next = state.next.max(Instant::now() + self.limiter.min_interval);
        }
        self.limiter.changed.notify_all();
    }
}
