//! How many searches run at once, and how many may wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use crate::edition::Edition;
use crate::pages::search::Refusal;

/// How many searches may wait for their turn, or for the index: about as many as are answered within [`QUEUE_TIMEOUT`]. More are
/// told to come back.
const MAX_WAITING: usize = 512;

/// How long a search waits for its turn.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a search waits for the index of a new edition: it is there within this time where little has changed.
const INDEX_TIMEOUT: Duration = Duration::from_secs(1);

/// How often a waiting search looks.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Who searches.
#[derive(Debug)]
pub(crate) struct SearchLimiter {
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl SearchLimiter {
    /// As many at once as there are processors but one, so that pages always have one.
    pub(crate) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            running: Arc::new(Semaphore::new(processors.saturating_sub(1).max(1))),
            waiting: AtomicUsize::new(0),
        }
    }

    /// A turn, once there is one and the edition has its index.
    pub(super) async fn acquire(&self, edition: &Edition) -> Result<OwnedSemaphorePermit, Refusal> {
        let Some(_slot) = QueueSlot::take(&self.waiting) else {
            return Err(if edition.search().is_ready() {
                Refusal::Busy
            } else {
                Refusal::Preparing
            });
        };
        let ready = async {
            while !edition.search().is_ready() {
                sleep(POLL_INTERVAL).await;
            }
        };
        timeout(INDEX_TIMEOUT, ready).await.map_err(|_| Refusal::Preparing)?;
        let turn = timeout(QUEUE_TIMEOUT, Arc::clone(&self.running).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(Refusal::Busy)
    }

    /// A turn, if one is free now.
    pub(super) fn try_acquire(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.running).try_acquire_owned().ok()
    }
}

/// A place among those who wait, given back when it is dropped: a client that goes away waits no longer.
struct QueueSlot<'w>(&'w AtomicUsize);

impl<'w> QueueSlot<'w> {
    fn take(waiting: &'w AtomicUsize) -> Option<Self> {
        let slot = Self(waiting);
        // The place is counted before it is judged; dropping it takes the count back.
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
    use crate::search::Indexer;

    #[actix_web::test]
    async fn a_flood_of_searches_is_sent_away_and_leaves_no_place_taken() {
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
        // The last ones are refused at once, while nobody else has a turn.
        let mut refused = 0;
        let mut served = 0;
        while waiting.iter().filter(|one| one.is_finished()).count() < 10 {
            tokio::task::yield_now().await;
        }
        drop(all);
        for one in waiting {
            match one.await {
                Ok(Some(Refusal::Busy)) => refused += 1,
                Ok(None) => served += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((refused, served), (10, MAX_WAITING));
        assert_eq!(search_limiter.waiting.load(Ordering::Relaxed), 0);
        assert_eq!(search_limiter.running.available_permits(), running);
    }
}
