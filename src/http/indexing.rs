//! The thread that builds the search index of each edition, after its pages are served, and then
//! the compressed bodies that took too long to be made before. Then it gives free memory back.
//!
//! The index is updated from edition to edition, so that only changed documents are read. An
//! edition that is replaced before its index is built gets none.

use std::hint::black_box;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::panic;
use super::reload::whole_millis;
use super::state::State;
use crate::edition::Edition;
use crate::search::Indexer;

/// The pause before a failed index is built again; it doubles up to [`LAST_RETRY`].
const FIRST_RETRY: Duration = Duration::from_secs(5);
const LAST_RETRY: Duration = Duration::from_mins(5);
/// The delay after which the memory that a large index took is returned to the system, so that it
/// is kept while an editor saves one file after another.
const MEMORY_KEPT: Duration = Duration::from_secs(2);
/// The size from which an index is large, in bytes. A smaller site keeps its free memory for the
/// next reload, which then peaks at 1.1 times the memory at rest instead of 1.4 times.
const LARGE_INDEX: usize = 16 << 20;

/// Starts the thread, which ends with the last handle of the state.
///
/// Run it as a task beside the server: tasks run for the first time after the server has started
/// its workers. Where memory is short, they come first, and the search is tried again later.
pub(super) async fn start_indexing(state: Arc<State>) {
    let mut pause = FIRST_RETRY;
    while let Err(error) = start_thread(&state) {
        tracing::error!("the search index cannot be made: {error}");
        state.edition().search().mark_failed();
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LAST_RETRY);
    }
}

fn start_thread(state: &Arc<State>) -> io::Result<()> {
    // Capacity 1: a wake-up during a build makes the thread load the edition once more.
    let (sender, wakeups) = sync_channel(1);
    let weak = Arc::downgrade(state);
    thread::Builder::new()
        .name("search".to_owned())
        .spawn(move || keep_indexed(&weak, &wakeups))?;
    state.set_indexer(sender);
    Ok(())
}

/// Whether the server still runs and serves this edition.
fn is_current(state: &Weak<State>, edition: &Arc<Edition>) -> bool {
    state.upgrade().is_some_and(|state| Arc::ptr_eq(&state.edition(), edition))
}

fn keep_indexed(state: &Weak<State>, wakeups: &Receiver<()>) {
    let mut indexer = Indexer::default();
    let mut pause = FIRST_RETRY;
    let mut is_failed = false;
    let mut has_free_memory = false;
    loop {
        // A failed index is tried again after a pause, which doubles.
        let wakeup = if is_failed {
            wakeups.recv_timeout(pause)
        } else if has_free_memory {
            wakeups.recv_timeout(MEMORY_KEPT)
        } else {
            wakeups.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match wakeup {
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) if !is_failed => {
                return_free_memory();
                has_free_memory = false;
                continue;
            }
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
        }
        let Some(edition) = state.upgrade().map(|state| state.load_edition()) else { return };
        let search = edition.search();
        if search.is_ready() {
            is_failed = false;
            continue;
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            panic::panic_if_tested("indexer");
            search.build_index(&mut indexer);
        }));
        if let Err(panic) = outcome {
            tracing::error!(
                "panic while building the search index: {}",
                panic::payload_message(&*panic)
            );
            indexer = Indexer::default();
            search.mark_failed();
        }
        is_failed = search.is_failed();
        pause = if is_failed { (pause * 2).min(LAST_RETRY) } else { FIRST_RETRY };
        if let Some(bytes) = search.index_bytes() {
            let millis = whole_millis(started.elapsed());
            tracing::info!(millis, bytes, edition = edition.id(), "the search is ready");
        }
        edition.prepare_bodies(|| is_current(state, &edition));
        has_free_memory = search.index_bytes().is_some_and(|bytes| bytes >= LARGE_INDEX);
    }
}

/// Gives free memory of this thread and of those that compile back to the system.
///
/// mimalloc returns what was freed 100 ms later, but only if a thread happens to free more after
/// that: a fifth of a large site's memory would stay with its server for nothing.
fn return_free_memory() {
    rayon::broadcast(|_| fail_to_allocate());
    fail_to_allocate();
}

/// Asks for more memory than any machine has. Before an allocation fails, mimalloc 3.3 frees all
/// that its thread can give (`_mi_malloc_generic` in its `page.c`); its function for that needs
/// `unsafe` code.
fn fail_to_allocate() {
    let mut bytes: Vec<u8> = Vec::new();
    let outcome = bytes.try_reserve_exact(black_box(isize::MAX as usize / 2));
    debug_assert!(black_box(outcome).is_err());
}
