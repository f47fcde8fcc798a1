//! What all workers share: the current edition, how the last reload went, and whether the server is about to stop.
//!
//! A request loads the edition once with [`State::edition`] and waits for nobody.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, OnceLock};

use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use jiff::Timestamp;

use super::search::limiter::SearchLimiter;
use crate::edition::Edition;

/// The state of a running server. There is always an edition: without a first one, nothing is served.
#[derive(Debug)]
pub struct State {
    edition: ArcSwap<Edition>,
    failure: ArcSwapOption<FailedReload>,
    is_draining: AtomicBool,
    search_limiter: SearchLimiter,
    /// Who makes the index of a new edition; nobody where nothing is searched, as in most tests.
    indexing: OnceLock<SyncSender<()>>,
}

/// A reload that brought no new edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FailedReload {
    /// How many errors the content had; all of them are in the log.
    pub(crate) errors: usize,
    /// When the reload ended.
    pub(crate) at: Timestamp,
}

impl State {
    /// The state at the start, with the first edition.
    #[must_use]
    pub fn new(edition: Edition) -> Self {
        Self {
            edition: ArcSwap::from_pointee(edition),
            failure: ArcSwapOption::empty(),
            is_draining: AtomicBool::new(false),
            search_limiter: SearchLimiter::new(),
            indexing: OnceLock::new(),
        }
    }

    /// The current edition. Load it once a request, so that the request sees one edition.
    pub fn edition(&self) -> Guard<Arc<Edition>> {
        self.edition.load()
    }

    /// The current edition, to be kept for longer than a moment.
    pub(crate) fn load_edition(&self) -> Arc<Edition> {
        self.edition.load_full()
    }

    /// Who searches now.
    pub(crate) fn search_limiter(&self) -> &SearchLimiter {
        &self.search_limiter
    }

    /// Names whom to ask for the index of a new edition, and asks for that of the current one.
    pub(crate) fn set_indexer(&self, indexing: SyncSender<()>) {
        self.indexing.get_or_init(|| indexing);
        self.wake_indexer();
    }

    /// Puts a new edition in the place of the current one. Requests under way finish with theirs.
    pub(crate) fn publish(&self, edition: Edition) {
        self.edition.store(Arc::new(edition));
        self.failure.store(None);
        self.wake_indexer();
    }

    /// Keeps the current edition and remembers that it is not what the content says.
    pub(crate) fn record_failure(&self, failure: FailedReload) {
        self.failure.store(Some(Arc::new(failure)));
    }

    /// The last reload, if it failed.
    pub(crate) fn failure(&self) -> Option<FailedReload> {
        self.failure.load().as_deref().copied()
    }

    /// Tells those who ask for readiness that the server is about to stop.
    pub(crate) fn drain(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to stop.
    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }

    /// Wakes the indexing thread, if there is one, and returns at once.
    fn wake_indexer(&self) {
        if let Some(indexing) = self.indexing.get() {
            // Full: the thread will see this edition anyway. Disconnected: the process ends.
            let _ = indexing.try_send(());
        }
    }
}
