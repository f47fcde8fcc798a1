//! The thread that builds the search index of each edition, after its pages are served.
//!
//! The index is updated from edition to edition, so that only changed documents are read. An
//! edition that is replaced before its index is built gets none.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Instant;

use super::panic;
use super::state::State;
use crate::search::Indexer;

/// Starts the thread. It ends with the last handle of the state.
///
/// # Errors
/// Fails if the system cannot start a thread.
pub fn start_indexing(state: &Arc<State>) -> io::Result<()> {
    // Capacity 1: a wake-up during a build makes the thread load the edition once more.
    let (sender, wakeups) = sync_channel(1);
    let weak = Arc::downgrade(state);
    thread::Builder::new()
        .name("search".to_owned())
        .spawn(move || keep_indexed(&weak, &wakeups))?;
    state.set_indexer(sender);
    Ok(())
}

fn keep_indexed(state: &Weak<State>, wakeups: &Receiver<()>) {
    let mut indexer = Indexer::default();
    while wakeups.recv().is_ok() {
        let Some(edition) = state.upgrade().map(|state| state.load_edition()) else { return };
        let search = edition.search();
        if search.is_ready() {
            continue;
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| search.build_index(&mut indexer)));
        if let Err(panic) = outcome {
            tracing::error!(
                "panic while building the search index: {}",
                panic::payload_message(&*panic)
            );
            indexer = Indexer::default();
            search.mark_failed();
        }
        if let Some(bytes) = search.index_bytes() {
            let millis = started.elapsed().as_millis();
            tracing::info!(millis, bytes, edition = edition.id(), "the search index is ready");
        }
    }
}
