//! The thread that makes the index of each edition, after its pages are served.
//!
//! Enter at [`start_indexing`]. One index lives from edition to edition, so that only what has changed is read again. An
//! edition that is replaced before its turn gets none: nobody asks it any more.

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
/// Fails when the system gives no thread.
pub fn start_indexing(state: &Arc<State>) -> io::Result<()> {
    // One place: what is asked while an index is made is answered by looking at the edition again.
    let (sender, asked) = sync_channel(1);
    let known = Arc::downgrade(state);
    thread::Builder::new().name("search".to_owned()).spawn(move || keep_indexed(&known, &asked))?;
    state.set_indexer(sender);
    Ok(())
}

fn keep_indexed(state: &Weak<State>, asked: &Receiver<()>) {
    let mut indexer = Indexer::default();
    while asked.recv().is_ok() {
        let Some(edition) = state.upgrade().map(|state| state.load_edition()) else { return };
        let search = edition.search();
        if search.is_ready() {
            continue;
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| search.build_index(&mut indexer)));
        if let Err(panic) = outcome {
            tracing::error!(
                "panic while making the search index: {}",
                panic::payload_message(&*panic)
            );
            indexer = Indexer::default();
            search.mark_failed();
        }
        if let Some(bytes) = search.index_bytes() {
            let millis = started.elapsed().as_millis();
            tracing::info!(millis, bytes, edition = edition.id(), "the search is ready");
        }
    }
}
