//! Tells systemd the state of the server (`sd_notify(3)`). Elsewhere all of this does nothing.

use std::sync::Arc;

use sd_notify::NotifyState;

use super::super::state::State;

/// The number of keep-alive messages in each interval of the watchdog, so that a late one does no
/// harm.
const KEEP_ALIVES: u32 = 3;

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

/// Sends keep-alive messages to the watchdog, if there is one, as long as all workers run.
pub(in crate::http) async fn feed_watchdog(state: Arc<State>) {
    let Some(limit) = sd_notify::watchdog_enabled() else { return };
    let mut pauses = tokio::time::interval(limit / KEEP_ALIVES);
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
