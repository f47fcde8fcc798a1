//! Tells systemd the state of the server (`sd_notify(3)`). Elsewhere all of this does nothing.

use std::sync::Arc;

use sd_notify::NotifyState;

use super::super::state::State;

/// How many signs of life fall into the time of the watchdog, so that a late one does no harm.
const SIGNS_OF_LIFE: u32 = 3;

/// Tells that requests are answered, at the start and after a reload.
pub(in crate::http) fn notify_ready() {
    notify(&[NotifyState::Ready]);
}

/// Tells that a reload has begun.
pub(in crate::http) fn notify_reloading() {
    if let Ok(now) = NotifyState::monotonic_usec_now() {
        notify(&[NotifyState::Reloading, now]);
    }
}

/// Tells that the server is about to stop.
pub(in crate::http) fn notify_stopping() {
    notify(&[NotifyState::Stopping]);
}

/// Gives the watchdog signs of life, if there is one, as long as all workers run.
pub(in crate::http) async fn feed_watchdog(state: Arc<State>) {
    let Some(limit) = sd_notify::watchdog_enabled() else { return };
    let mut pauses = tokio::time::interval(limit / SIGNS_OF_LIFE);
    loop {
        pauses.tick().await;
        if state.metrics().have_workers_ticked() {
            notify(&[NotifyState::Watchdog]);
        }
    }
}

fn notify(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!("cannot tell systemd the state of the server: {error}");
    }
}
