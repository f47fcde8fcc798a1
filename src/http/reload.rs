//! Recompiles the site, and replaces the edition if that succeeds.
//!
//! One thread owns the compiler, so that compiles never overlap and never block a worker. It
//! compiles on request and when the edition expires. An edition has also expired if the clock was
//! set back to before its instant: it may show what is not public yet.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::admin::systemd::{notify_ready, notify_reloading};
use super::panic;
use super::state::{CompileFailure, State};
use crate::edition::Edition;

/// The longest time between two checks of the clock: a sleeping thread does not notice that the
/// clock was set, or that the machine was suspended.
const RECHECK: Duration = Duration::from_mins(1);

/// The time before a retry if a compile made no edition that is valid now.
const RETRY: Duration = Duration::from_mins(1);

/// The time after which a reload that has not ended is worth a warning.
const SLOW_RELOAD: Duration = Duration::from_secs(20);

/// The cause of a recompile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A request, such as SIGHUP.
    Requested,
    /// The current edition has expired.
    Expired,
}

/// A handle to the thread that recompiles. The thread ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Reloader {
    requests: SyncSender<()>,
}

impl Reloader {
    /// Starts the thread.
    ///
    /// `recompile` gets the current edition and returns the new one, or the reason why there is
    /// none, which it has logged. A panic in it counts as one error.
    ///
    /// # Errors
    /// Fails if the system cannot start a thread.
    pub fn start<C>(state: Arc<State>, recompile: C) -> io::Result<Self>
    where
        C: FnMut(Trigger, &Edition) -> Result<Edition, CompileFailure> + Send + 'static,
    {
        // Capacity 1: all requests during a compile become one.
        let (sender, requests) = sync_channel(1);
        thread::Builder::new()
            .name("reload".to_owned())
            .spawn(move || keep_current(&state, &requests, recompile))?;
        Ok(Self { requests: sender })
    }

    /// Requests a compile and returns at once.
    pub fn request_reload(&self) {
        // Full: another request is waiting. Disconnected: the process is about to end.
        let _ = self.requests.try_send(());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "only this thread compares the edition with the clock"
)]
fn keep_current(
    state: &State,
    requests: &Receiver<()>,
    mut recompile: impl FnMut(Trigger, &Edition) -> Result<Edition, CompileFailure>,
) {
    let mut backoff_until = Instant::now();
    loop {
        let backoff = backoff_until.saturating_duration_since(Instant::now());
        let pause = ValidityWindow::of(&state.edition()).pause(Timestamp::now(), backoff);
        let trigger = match requests.recv_timeout(pause) {
            Ok(()) => Trigger::Requested,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let is_due = ValidityWindow::of(&state.edition()).has_expired(Timestamp::now());
                if backoff_until > Instant::now() || !is_due {
                    continue;
                }
                Trigger::Expired
            }
        };
        compile_once(state, trigger, &mut recompile);
        backoff_until = Instant::now();
        // Whatever the cause (errors in the content, a clock that is wrong), an immediate retry
        // would not help.
        if ValidityWindow::of(&state.edition()).has_expired(Timestamp::now()) {
            backoff_until += RETRY;
        }
    }
}

/// Compiles once, and publishes the edition or records the failure.
#[expect(clippy::disallowed_methods, reason = "operators see when a reload began or failed")]
fn compile_once(
    state: &State,
    trigger: Trigger,
    recompile: &mut impl FnMut(Trigger, &Edition) -> Result<Edition, CompileFailure>,
) {
    let started = Instant::now();
    state.begin_reload(Timestamp::now());
    notify_reloading();
    let result = catch_unwind(AssertUnwindSafe(|| recompile(trigger, &state.load_edition())));
    let outcome = result.unwrap_or_else(|panic| {
        tracing::error!("panic while compiling: {}", panic::payload_message(&*panic));
        Err(CompileFailure { errors: 1, reason: "panic" })
    });
    let millis = whole_millis(started.elapsed());
    state.metrics().count_reload(outcome.is_ok());
    match outcome {
        Ok(edition) => {
            let id = edition.id().to_owned();
            state.publish(edition);
            tracing::info!(?trigger, millis, edition = id, "serving a new edition");
        }
        Err(failure) => {
            let since = state.record_failure(failure, Timestamp::now());
            tracing::warn!(
                ?trigger,
                millis,
                errors = failure.errors,
                reason = failure.reason,
                %since,
                "the reload failed; still serving the last good edition"
            );
        }
    }
    notify_ready();
}

/// Warns once of each reload that takes so long that the file system may hang.
#[expect(clippy::disallowed_methods, reason = "the time of a reload is compared with the clock")]
pub(super) async fn warn_of_slow_reloads(state: Arc<State>) {
    let mut warned = None;
    loop {
        tokio::time::sleep(SLOW_RELOAD / 4).await;
        let Some(since) = state.reload_start() else { continue };
        let is_slow = Timestamp::now().duration_since(since).unsigned_abs() >= SLOW_RELOAD;
        if is_slow && warned != Some(since) {
            warned = Some(since);
            tracing::warn!(
                %since,
                "the reload has not ended: does the file system hang? Still serving the edition \
                 before it"
            );
        }
    }
}

/// A time for the log, whose JSON has no numbers of 128 bits.
pub(super) fn whole_millis(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

/// The time in which an edition is valid.
#[derive(Debug, Clone, Copy)]
struct ValidityWindow {
    from: Timestamp,
    until: Option<Timestamp>,
}

impl ValidityWindow {
    fn of(edition: &Edition) -> Self {
        Self { from: edition.instant(), until: edition.valid_until() }
    }

    fn has_expired(self, now: Timestamp) -> bool {
        now < self.from || self.until.is_some_and(|until| until <= now)
    }

    /// The time until the next check of the clock; `backoff` is the time until the next retry.
    fn pause(self, now: Timestamp, backoff: Duration) -> Duration {
        let left = match self.until {
            _ if self.has_expired(now) => Duration::ZERO,
            Some(until) => Duration::try_from(now.duration_until(until)).unwrap_or(RECHECK),
            None => RECHECK,
        };
        left.max(backoff).min(RECHECK)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::super::tests::fixture;
    use super::*;

    /// Far more than a test takes; a test that reaches it has failed.
    const TIMEOUT: Duration = Duration::from_secs(30);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
    }

    fn failure(errors: usize) -> CompileFailure {
        CompileFailure { errors, reason: "link/broken" }
    }

    fn edition(id: &str, valid_until: Option<Timestamp>) -> Edition {
        Edition { id: id.into(), valid_until, ..fixture::edition() }
    }

    /// A compiler that a test controls: it sends its trigger, and waits for the outcome to return.
    struct Steps {
        triggers: Receiver<Trigger>,
        outcomes: Sender<Result<Edition, CompileFailure>>,
    }

    fn start(state: &Arc<State>) -> (Reloader, Steps) {
        let (sender, triggers) = channel();
        let (outcomes, outcome) = channel::<Result<Edition, CompileFailure>>();
        let reloader = Reloader::start(Arc::clone(state), move |trigger, _| {
            let _ = sender.send(trigger);
            let outcome = outcome.recv_timeout(TIMEOUT);
            outcome.unwrap_or_else(|_| panic!("a test panics here"))
        });
        let Ok(reloader) = reloader else { panic!("no thread") };
        (reloader, Steps { triggers, outcomes })
    }

    impl Steps {
        /// Waits for a compile to begin, then ends it with an outcome.
        #[track_caller]
        fn step(&self, expected: Trigger, outcome: Result<Edition, CompileFailure>) {
            assert_eq!(self.triggers.recv_timeout(TIMEOUT), Ok(expected));
            assert!(self.outcomes.send(outcome).is_ok());
        }
    }

    #[test]
    fn pause_ends_with_the_edition() {
        let limited = ValidityWindow { from: at(1000), until: Some(at(1030)) };
        let unlimited = ValidityWindow { from: at(1000), until: None };
        let (none, second) = (Duration::ZERO, Duration::from_secs(1));
        let table = [
            (limited, 1000, none, 30 * second),
            (limited, 1029, none, second),
            (limited, 1030, none, none),
            (limited, 2000, none, none),
            (limited, 2000, 40 * second, 40 * second),
            (limited, 1000, 40 * second, 40 * second),
            (limited, 999, none, none),
            (unlimited, 1000, none, RECHECK),
            (unlimited, 9_999_999, none, RECHECK),
            (ValidityWindow { from: at(0), until: Some(at(1_000_000)) }, 0, none, RECHECK),
            (
                ValidityWindow { from: Timestamp::MIN, until: Some(Timestamp::MAX) },
                0,
                none,
                RECHECK,
            ),
        ];
        for (window, now, backoff, expected) in table {
            let pause = window.pause(at(now), backoff);
            assert_eq!(pause, expected, "{window:?} at {now}, backoff {backoff:?}");
        }
    }

    #[test]
    fn failed_reload_keeps_last_good_edition() {
        let state = Arc::new(State::new(edition("first", None)));
        let (reloader, steps) = start(&state);
        reloader.request_reload();
        steps.step(Trigger::Requested, Err(failure(3)));
        reloader.request_reload();
        // The second compile has begun, so the first one has ended.
        assert_eq!(steps.triggers.recv_timeout(TIMEOUT), Ok(Trigger::Requested));
        assert_eq!(state.edition().id(), "first");
        assert_eq!(state.failure().map(|failed| failed.failure.errors), Some(3));
        assert!(steps.outcomes.send(Ok(edition("second", None))).is_ok());
        reloader.request_reload();
        steps.step(Trigger::Requested, Err(failure(1)));
        assert_eq!(state.edition().id(), "second");
    }

    #[test]
    fn panicking_compile_is_a_failed_reload() {
        let state = Arc::new(State::new(edition("first", None)));
        let (again, begun) = channel();
        let reloader = Reloader::start(Arc::clone(&state), move |_, _| {
            let _ = again.send(());
            panic!("a test panics here")
        });
        let Ok(reloader) = reloader else { panic!("no thread") };
        for _ in 0..2 {
            reloader.request_reload();
            assert_eq!(begun.recv_timeout(TIMEOUT), Ok(()));
        }
        assert_eq!(state.failure().map(|failed| failed.failure.errors), Some(1));
        assert_eq!(state.edition().id(), "first");
    }

    #[test]
    fn requests_during_a_compile_become_one() {
        let state = Arc::new(State::new(edition("first", None)));
        let (reloader, steps) = start(&state);
        reloader.request_reload();
        assert_eq!(steps.triggers.recv_timeout(TIMEOUT), Ok(Trigger::Requested));
        for _ in 0..10 {
            reloader.request_reload();
        }
        assert!(steps.outcomes.send(Err(failure(1))).is_ok());
        steps.step(Trigger::Requested, Err(failure(2)));
        // The thread ends with its last handle, and drops the compiler: no other request was
        // waiting.
        drop(reloader);
        assert_eq!(steps.triggers.recv_timeout(TIMEOUT), Err(RecvTimeoutError::Disconnected));
        assert_eq!(state.failure().map(|failed| failed.failure.errors), Some(2));
    }

    #[test]
    fn expired_edition_is_recompiled_once_before_backoff() {
        let state = Arc::new(State::new(edition("first", Some(at(0)))));
        let (reloader, steps) = start(&state);
        steps.step(Trigger::Expired, Ok(edition("second", Some(at(0)))));
        // The second edition has expired too. Without a backoff the next compile would have begun.
        assert_eq!(
            steps.triggers.recv_timeout(Duration::from_millis(100)),
            Err(RecvTimeoutError::Timeout)
        );
        reloader.request_reload();
        steps.step(Trigger::Requested, Err(failure(1)));
        reloader.request_reload();
        steps.step(Trigger::Requested, Ok(edition("third", None)));
        drop(reloader);
        assert_eq!(steps.triggers.recv_timeout(TIMEOUT), Err(RecvTimeoutError::Disconnected));
        assert_eq!(state.edition().id(), "third");
    }
}
