//! Limits the searches that run and wait at the same time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{sleep, timeout};

use super::threads::SearchThreads;
use crate::edition::Edition;
use crate::http::panic::payload_message;
use crate::pages::search::SearchProblem;

/// The limit of waiting searches: about as many as run within [`QUEUE_TIMEOUT`]. More are rejected.
pub(in crate::http) const MAX_WAITING: usize = 512;

/// The time that a search waits for a permit.
pub(in crate::http) const QUEUE_TIMEOUT: Duration = Duration::from_secs(2);

/// The time that a search waits for the index of a new edition: enough if few documents have
/// changed.
const INDEX_TIMEOUT: Duration = Duration::from_secs(1);

/// The time between two checks whether the index is ready.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Permits to search, the number of searches that wait for one, and the threads of those that run.
#[derive(Debug)]
pub(crate) struct SearchLimiter {
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
    threads: SearchThreads,
}

/// The reason why work off the worker threads has no result.
#[derive(Debug)]
pub(super) enum LostWork {
    /// It panicked, which is logged.
    Panicked,
    /// There is no thread for it, which is logged.
    NoThread,
}

impl SearchLimiter {
    /// Permits one search for each processor but one, which is left to pages.
    pub(crate) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let limit = processors.saturating_sub(1).max(1);
        Self {
            running: Arc::new(Semaphore::new(limit)),
            waiting: AtomicUsize::new(0),
            threads: SearchThreads::new(limit),
        }
    }

    /// Waits for the index of the edition, then for a permit.
    pub(super) async fn acquire(
        &self,
        edition: &Edition,
    ) -> Result<OwnedSemaphorePermit, SearchProblem> {
        let Some(_slot) = QueueSlot::acquire(&self.waiting) else {
            return Err(if edition.search().is_ready() {
                SearchProblem::Busy
            } else {
                SearchProblem::Preparing
            });
        };
        let ready = async {
            while !edition.search().is_ready() && !edition.search().is_failed() {
                sleep(POLL_INTERVAL).await;
            }
        };
        timeout(INDEX_TIMEOUT, ready).await.map_err(|_| SearchProblem::Preparing)?;
        let permit = timeout(QUEUE_TIMEOUT, Arc::clone(&self.running).acquire_owned()).await;
        permit.ok().and_then(Result::ok).ok_or(SearchProblem::Busy)
    }

    /// Waits for a permit for other work than a search.
    pub(super) async fn acquire_permit(&self) -> Option<OwnedSemaphorePermit> {
        let _slot = QueueSlot::acquire(&self.waiting)?;
        let permit = timeout(QUEUE_TIMEOUT, Arc::clone(&self.running).acquire_owned()).await;
        permit.ok().and_then(Result::ok)
    }

    /// A permit, if one is free now.
    pub(super) fn try_acquire(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.running).try_acquire_owned().ok()
    }

    /// Runs `work` off the worker threads, in the span with all that it logs. The permit is
    /// released when the work ends, even if the client disconnects before.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        permit: OwnedSemaphorePermit,
        span: tracing::Span,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, LostWork> {
        let (sender, result) = oneshot::channel();
        let log = span.clone();
        let started = self.threads.run(Box::new(move || {
            let outcome = span.in_scope(|| {
                catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
                    tracing::error!("panic in a search: {}", payload_message(&*panic));
                    LostWork::Panicked
                })
            });
            // First, so that it is free for the next request of the client.
            drop(permit);
            // The client may have disconnected.
            let _ = sender.send(outcome);
        }));
        if let Err(error) = started {
            log.in_scope(|| tracing::error!("there is no thread for a search: {error}"));
            return Err(LostWork::NoThread);
        }
        result.await.unwrap_or(Err(LostWork::Panicked))
    }
}

/// A slot in the queue. Dropping it frees it, also if the client disconnects.
struct QueueSlot<'w>(&'w AtomicUsize);

impl<'w> QueueSlot<'w> {
    fn acquire(waiting: &'w AtomicUsize) -> Option<Self> {
        let slot = Self(waiting);
        // Count first, then check: if the queue is full, dropping the slot subtracts it again.
        (waiting.fetch_add(1, Ordering::Relaxed) < MAX_WAITING).then_some(slot)
    }
}

impl Drop for QueueSlot<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::fixture;
    use super::*;
    use crate::edition::{Encoding, SearchFailure, SearchFormat, search_results};
    use crate::language::Language;
    use crate::search::{Indexer, SearchRequest};

    #[actix_web::test]
    async fn searches_beyond_the_queue_are_rejected() {
        let edition = Arc::new(fixture::edition());
        edition.search().build_index(&mut Indexer::default());
        let search_limiter = Arc::new(SearchLimiter::new());
        let running = search_limiter.running.available_permits();
        let permits = u32::try_from(running).unwrap_or(u32::MAX);
        let Ok(all) = search_limiter.running.acquire_many(permits).await else {
            panic!("no permits")
        };
        let waiting: Vec<_> = (0..MAX_WAITING + 10)
            .map(|_| {
                let (search_limiter, edition) = (Arc::clone(&search_limiter), Arc::clone(&edition));
                actix_web::rt::spawn(async move { search_limiter.acquire(&edition).await.err() })
            })
            .collect();
        // The last ones are rejected at once, while all permits are taken.
        let mut refused = 0;
        let mut served = 0;
        while waiting.iter().filter(|one| one.is_finished()).count() < 10 {
            tokio::task::yield_now().await;
        }
        drop(all);
        for one in waiting {
            match one.await {
                Ok(Some(SearchProblem::Busy)) => refused += 1,
                Ok(None) => served += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((refused, served), (10, MAX_WAITING));
        assert_eq!(search_limiter.waiting.load(Ordering::Relaxed), 0);
        assert_eq!(search_limiter.running.available_permits(), running);
    }

    #[actix_web::test]
    async fn search_waits_for_index_until_timeout() {
        let edition = fixture::edition();
        assert_eq!(
            SearchLimiter::new().acquire(&edition).await.err(),
            Some(SearchProblem::Preparing)
        );
        edition.search().mark_failed();
        assert!(SearchLimiter::new().acquire(&edition).await.is_ok());
        let request = SearchRequest::new("x", Language::DEFAULT);
        let failed = search_results(&edition, &request, SearchFormat::Html, Encoding::Identity);
        assert!(matches!(failed, Err(SearchFailure::Refused(SearchProblem::Preparing))));
    }
}
