//! The rate limiter: one request at a time for each host, and a pause between two.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Blocks threads until they may send a request to a host.
#[derive(Debug)]
pub(super) struct HostLimiter {
    hosts: Mutex<BTreeMap<String, Host>>,
    changed: Condvar,
    min_interval: Duration,
    max_retry_after: Duration,
}

/// The right to send a request to a host, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit<'l> {
    limiter: &'l HostLimiter,
    host: String,
}

#[derive(Debug)]
struct Host {
    is_busy: bool,
    /// The earliest time of the next request.
    next: Instant,
    /// Whether the host asked for a pause longer than `max_retry_after`.
    is_blocked: bool,
}

impl HostLimiter {
    pub(super) fn new(min_interval: Duration, max_retry_after: Duration) -> Self {
        Self { hosts: Mutex::default(), changed: Condvar::new(), min_interval, max_retry_after }
    }

    /// Waits until a request to a host is allowed. `None` if the host asked for a pause longer
    /// than `max_retry_after`.
    pub(super) fn acquire(&self, host: &str) -> Option<Permit<'_>> {
        let mut hosts = self.hosts();
        loop {
            let now = Instant::now();
            let state = hosts.entry(host.to_owned()).or_insert_with(|| Host::new(now));
            if state.is_blocked {
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

    /// Sends no request to a host for a while, or none for the rest of the check if the pause is
    /// longer than `max_retry_after`.
    pub(super) fn back_off(&self, host: &str, pause: Duration) {
        let now = Instant::now();
        let mut hosts = self.hosts();
        let state = hosts.entry(host.to_owned()).or_insert_with(|| Host::new(now));
        if pause > self.max_retry_after {
            state.is_blocked = true;
        } else {
            state.next = state.next.max(now + pause);
        }
        drop(hosts);
        self.changed.notify_all();
    }

    fn hosts(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        // Each change of the map is complete in itself, so a poisoned map is still valid.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    const fn new(now: Instant) -> Self {
        Self { is_busy: false, next: now, is_blocked: false }
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
