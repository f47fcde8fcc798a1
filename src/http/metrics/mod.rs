//! Counts for the operator: responses, closed connections, reloads, the last compile.
//!
//! A response is counted with one relaxed addition to a counter of its worker. Only a reader of the
//! counts adds up those of all workers.

mod route;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::StatusCode;

use crate::diagnostic::Diagnostic;

pub(crate) use route::Route;

/// The statuses of all responses.
const STATUSES: [u16; 15] =
    [200, 204, 206, 302, 304, 308, 400, 404, 405, 406, 410, 412, 416, 500, 503];

/// The upper bounds of the buckets of response times, in microseconds.
const BOUNDS: [u64; 12] =
    [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000];

/// The limit by which the server closed a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ConnectionLimit {
    Head,
    Idle,
    Write,
    /// The time for a request that actix-http reads and answers.
    Application,
}

impl ConnectionLimit {
    const ALL: [Self; 4] = [Self::Head, Self::Idle, Self::Write, Self::Application];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Idle => "idle",
            Self::Write => "write",
            Self::Application => "application",
        }
    }
}

/// The counter of the responses of a route with a status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseCounter(usize);

impl ResponseCounter {
    pub(crate) fn new(route: Route, status: StatusCode) -> Self {
        let status = STATUSES.iter().position(|known| *known == status.as_u16());
        // Another status is an error of this program, and counted as one.
        let internal = STATUSES.iter().position(|known| *known == 500);
        Self(route as usize * STATUSES.len() + status.or(internal).unwrap_or_default())
    }
}

/// The counters of a worker's fast lane, or of the application.
#[derive(Debug)]
pub(crate) struct Counters {
    responses: [AtomicU64; Route::ALL.len() * STATUSES.len()],
    /// The number of responses by time. The last one is of all longer times.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
    closed: [AtomicU64; ConnectionLimit::ALL.len()],
    /// Seconds for which the worker has run since they were last read.
    ticks: AtomicU64,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            responses: [const { AtomicU64::new(0) }; _],
            buckets: [const { AtomicU64::new(0) }; _],
            nanoseconds: AtomicU64::new(0),
            closed: [const { AtomicU64::new(0) }; _],
            ticks: AtomicU64::new(1),
        }
    }
}

impl Counters {
    pub(crate) fn count_response(&self, counter: ResponseCounter) {
        self.responses[counter.0].fetch_add(1, Ordering::Relaxed);
    }

    /// Counts the time that each of so many responses took.
    pub(crate) fn count_time(&self, elapsed: Duration, responses: u64) {
        let bucket = BOUNDS.partition_point(|bound| u128::from(*bound) < elapsed.as_micros());
        self.buckets[bucket].fetch_add(responses, Ordering::Relaxed);
        let nanoseconds = u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds.saturating_mul(responses), Ordering::Relaxed);
    }

    pub(crate) fn count_tick(&self) {
        self.ticks.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_closed(&self, limit: ConnectionLimit) {
        self.closed[limit as usize].fetch_add(1, Ordering::Relaxed);
    }
}

/// The last compile of the content, successful or not.
#[derive(Debug, Default, Clone)]
pub struct CompileReport {
    /// The time of each stage that was reached.
    pub(crate) stages: Vec<(&'static str, Duration)>,
    /// The number of diagnostics by severity and code.
    pub(crate) diagnostics: BTreeMap<(&'static str, &'static str), u64>,
}

impl CompileReport {
    /// The report of a compile with these stages and diagnostics.
    #[must_use]
    pub fn new(stages: Vec<(&'static str, Duration)>, diagnostics: &[Diagnostic]) -> Self {
        let mut counts = BTreeMap::new();
        for diagnostic in diagnostics {
            let key = (diagnostic.severity.name(), diagnostic.code.name());
            *counts.entry(key).or_default() += 1;
        }
        Self { stages, diagnostics: counts }
    }
}

/// The counts of a server.
#[derive(Debug)]
pub struct Metrics {
    application: Arc<Counters>,
    /// All counters, those of the application first.
    counters: Mutex<Vec<Arc<Counters>>>,
    succeeded: AtomicU64,
    failed: AtomicU64,
    last_compile: Mutex<CompileReport>,
}

impl Default for Metrics {
    fn default() -> Self {
        let application = Arc::<Counters>::default();
        Self {
            counters: Mutex::new(vec![Arc::clone(&application)]),
            application,
            succeeded: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            last_compile: Mutex::default(),
        }
    }
}

impl Metrics {
    pub(crate) fn application(&self) -> &Counters {
        &self.application
    }

    /// Adds the counters of a worker.
    pub(crate) fn register(&self, counters: Arc<Counters>) {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner).push(counters);
    }

    /// Whether all workers have run since the last call.
    pub(crate) fn have_workers_ticked(&self) -> bool {
        let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        // A worker that has ended has left its counters to this list alone. The first counters are
        // those of the application, which is no worker.
        let mut workers = counters.iter().skip(1).filter(|one| Arc::strong_count(one) > 1);
        workers.all(|worker| worker.ticks.swap(0, Ordering::Relaxed) > 0)
    }

    pub(crate) fn count_reload(&self, is_successful: bool) {
        let counter = if is_successful { &self.succeeded } else { &self.failed };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Replaces the report of the last compile.
    pub fn set_last_compile(&self, report: CompileReport) {
        *self.last_compile.lock().unwrap_or_else(PoisonError::into_inner) = report;
    }

    pub(crate) fn last_compile(&self) -> CompileReport {
        self.last_compile.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The number of reloads by outcome.
    pub(crate) fn reloads(&self) -> [(&'static str, u64); 2] {
        [("success", &self.succeeded), ("failure", &self.failed)]
            .map(|(outcome, count)| (outcome, count.load(Ordering::Relaxed)))
    }

    /// The number of responses by route and status, without those of which there were none.
    pub(crate) fn responses(&self) -> Vec<(Route, u16, u64)> {
        let pairs = Route::ALL.into_iter().flat_map(|route| STATUSES.map(|status| (route, status)));
        pairs
            .enumerate()
            .map(|(index, (route, status))| (route, status, self.sum(|of| &of.responses[index])))
            .filter(|(_, _, count)| *count > 0)
            .collect()
    }

    /// The number of connections that were closed by each limit.
    pub(crate) fn closed(&self) -> [(ConnectionLimit, u64); ConnectionLimit::ALL.len()] {
        ConnectionLimit::ALL.map(|limit| (limit, self.sum(|of| &of.closed[limit as usize])))
    }

    /// The upper bound of each bucket of response times in seconds, with its count.
    pub(crate) fn response_times(&self) -> Vec<(f64, u64)> {
        let bounds = BOUNDS.map(|micros| Duration::from_micros(micros).as_secs_f64());
        let bounds = bounds.into_iter().chain([f64::INFINITY]).enumerate();
        bounds.map(|(index, bound)| (bound, self.sum(|of| &of.buckets[index]))).collect()
    }

    /// The sum of all response times.
    pub(crate) fn total_time(&self) -> Duration {
        Duration::from_nanos(self.sum(|of| &of.nanoseconds))
    }

    fn sum(&self, counter: impl Fn(&Counters) -> &AtomicU64) -> u64 {
        let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        counters.iter().map(|counters| counter(counters).load(Ordering::Relaxed)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirect_to_earlier_text_is_no_error() {
        let metrics = Metrics::default();
        let found = ResponseCounter::new(Route::Page, StatusCode::FOUND);
        metrics.application().count_response(found);
        assert_eq!(metrics.responses(), [(Route::Page, 302, 1)]);
    }

    #[test]
    fn counts_of_all_workers_are_added_up() {
        let metrics = Metrics::default();
        let worker = Arc::new(Counters::default());
        metrics.register(Arc::clone(&worker));
        let page = ResponseCounter::new(Route::Page, StatusCode::OK);
        worker.count_response(page);
        metrics.application().count_response(page);
        let busy = ResponseCounter::new(Route::Search, StatusCode::SERVICE_UNAVAILABLE);
        metrics.application().count_response(busy);
        let responses = metrics.responses();
        assert_eq!(responses, [(Route::Page, 200, 2), (Route::Search, 503, 1)]);

        worker.count_time(Duration::from_micros(100), 3);
        metrics.application().count_time(Duration::from_secs(2), 1);
        let filled: Vec<_> =
            metrics.response_times().into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(filled, [(0.0001, 3), (f64::INFINITY, 1)]);
        assert_eq!(metrics.total_time(), Duration::from_micros(2_000_300));
    }
}
