//! The state that all workers share: the current edition, the last failed reload, and whether the
//! server is about to stop. Reading it never blocks.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, OnceLock};

use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use jiff::Timestamp;
use tokio::sync::watch;

use super::access_log::AccessLog;
use super::metrics::Metrics;
use super::search::SearchLimiter;
use crate::edition::{Edition, FormerAssets, Resource};

/// The state of a running server. It always has an edition: without a first one, nothing is served.
#[derive(Debug)]
pub struct State {
    edition: ArcSwap<Edition>,
    former_assets: ArcSwap<FormerAssets>,
    failure: ArcSwapOption<FailedReload>,
    is_draining: AtomicBool,
    is_finishing: AtomicBool,
    search_limiter: SearchLimiter,
    /// Wakes the indexing thread. Unset if there is none, as in most tests.
    indexer: OnceLock<SyncSender<()>>,
    /// The number of reloads that have begun.
    begun_reloads: AtomicU64,
    /// The start of the reload that is running, if one is.
    reload_start: ArcSwapOption<Timestamp>,
    /// The number of reloads that have ended, successful or not.
    reloads: watch::Sender<u64>,
    metrics: Metrics,
    access_log: Option<AccessLog>,
}

/// The reason why a compile made no edition. All its errors are in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompileFailure {
    pub errors: usize,
    /// The code of the first error, or a word for a failure without one.
    pub reason: &'static str,
}

/// A reload that failed, so that the edition before it is still served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FailedReload {
    pub(crate) failure: CompileFailure,
    /// The time at which the reload ended.
    pub(crate) at: Timestamp,
    /// The time since which no reload has succeeded.
    pub(crate) since: Timestamp,
}

impl State {
    /// Creates the state with the first edition.
    #[must_use]
    pub fn new(edition: Edition) -> Self {
        Self {
            edition: ArcSwap::from_pointee(edition),
            former_assets: ArcSwap::default(),
            failure: ArcSwapOption::empty(),
            is_draining: AtomicBool::new(false),
            is_finishing: AtomicBool::new(false),
            search_limiter: SearchLimiter::new(),
            indexer: OnceLock::new(),
            begun_reloads: AtomicU64::new(0),
            reload_start: ArcSwapOption::empty(),
            reloads: watch::Sender::new(0),
            metrics: Metrics::default(),
            access_log: None,
        }
    }

    /// The same state with an access log.
    #[must_use]
    pub fn with_access_log(self, access_log: Option<AccessLog>) -> Self {
        Self { access_log, ..self }
    }

    pub(crate) fn access_log(&self) -> Option<&AccessLog> {
        self.access_log.as_ref()
    }

    /// The current edition. A request loads it once, so that it sees only one edition.
    pub fn edition(&self) -> Guard<Arc<Edition>> {
        self.edition.load()
    }

    /// An asset that the current edition has in another form.
    #[expect(clippy::disallowed_methods, reason = "assets of an earlier edition answer for a time")]
    pub(crate) fn former_asset(&self, path: &str) -> Option<Resource> {
        let former = self.former_assets.load();
        if former.is_empty() { None } else { former.find(path, Timestamp::now()).cloned() }
    }

    /// The current edition, for use over a longer time.
    pub(crate) fn load_edition(&self) -> Arc<Edition> {
        self.edition.load_full()
    }

    pub(crate) fn search_limiter(&self) -> &SearchLimiter {
        &self.search_limiter
    }

    /// Sets the indexing thread, and wakes it for the current edition.
    pub(crate) fn set_indexer(&self, indexer: SyncSender<()>) {
        self.indexer.get_or_init(|| indexer);
        self.wake_indexer();
    }

    /// Replaces the current edition. Requests in progress finish with the edition that they loaded.
    #[expect(clippy::disallowed_methods, reason = "assets of an earlier edition answer for a time")]
    pub(crate) fn publish(&self, edition: Edition) {
        let (former, now) = (self.former_assets.load(), Timestamp::now());
        let former = former.after(&self.edition.load(), &edition, now);
        // First, so that no asset of a page in use is missing in between.
        self.former_assets.store(Arc::new(former));
        self.edition.store(Arc::new(edition));
        self.failure.store(None);
        self.wake_indexer();
        self.end_reload();
    }

    /// Keeps the current edition and records that it is older than the content. Returns the time
    /// since which that is so.
    pub(crate) fn record_failure(&self, failure: CompileFailure, at: Timestamp) -> Timestamp {
        let since = self.failure().map_or(at, |earlier| earlier.since);
        self.failure.store(Some(Arc::new(FailedReload { failure, at, since })));
        self.end_reload();
        since
    }

    /// Counts a reload that begins.
    pub(crate) fn begin_reload(&self, at: Timestamp) {
        self.begun_reloads.fetch_add(1, Ordering::SeqCst);
        self.reload_start.store(Some(Arc::new(at)));
    }

    fn end_reload(&self) {
        self.reload_start.store(None);
        self.reloads.send_modify(|count| *count += 1);
    }

    /// The start of the reload that is running, if one is.
    pub(crate) fn reload_start(&self) -> Option<Timestamp> {
        self.reload_start.load().as_deref().copied()
    }

    pub(crate) fn begun_reloads(&self) -> u64 {
        self.begun_reloads.load(Ordering::SeqCst)
    }

    /// Follows the number of reloads that have ended.
    pub(crate) fn reloads(&self) -> watch::Receiver<u64> {
        self.reloads.subscribe()
    }

    /// Records that the first edition is from the cache, because the content has errors.
    #[expect(clippy::disallowed_methods, reason = "operators see since when an edition is stale")]
    pub fn record_start_failure(&self, failure: CompileFailure) {
        let now = Timestamp::now();
        self.begin_reload(now);
        self.record_failure(failure, now);
    }

    /// The last reload, if it failed.
    pub(crate) fn failure(&self) -> Option<FailedReload> {
        self.failure.load().as_deref().copied()
    }

    /// The counts for the operator.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Makes readiness checks fail from now on, because the server is about to stop.
    pub(crate) fn drain(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }

    /// Ends each connection with its next response from now on.
    pub(crate) fn finish(&self) {
        self.is_finishing.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_finishing(&self) -> bool {
        self.is_finishing.load(Ordering::Relaxed)
    }

    /// Wakes the indexing thread, if there is one, and returns at once.
    fn wake_indexer(&self) {
        if let Some(indexer) = self.indexer.get() {
            // Full: the thread will load this edition anyway. Disconnected: the process ends.
            let _ = indexer.try_send(());
        }
    }
}
