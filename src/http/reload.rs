//! Recompilation: when it happens, that there is never more than one, and what becomes of its outcome.
//!
//! Enter at [`Reloader::start`]. One thread owns the compiler, so two compiles cannot run at once, and a compile never
//! slows an answer's thread down. It compiles when it is asked to, when the edition's next instant has come, and when
//! the clock was set back to before the edition's instant: what that edition shows may not be public yet.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::panic;
use super::state::{FailedReload, State};
use crate::edition::Edition;

/// How often the clock is looked at while nothing is due: a sleep does not notice that the clock was set, or that the
/// machine slept.
const RECHECK: Duration = Duration::from_mins(1);

/// How long a compile that was due, but did not bring an edition that is true now, waits before it is tried again.
const RETRY: Duration = Duration::from_mins(1);

/// Why the site is compiled again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// Someone asked for it.
    Requested,
    /// The current edition is no longer true.
    Expired,
}

/// A handle to the thread that recompiles. The thread ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Reloader {
    asked: SyncSender<()>,
}

impl Reloader {
    /// Starts the thread.
    ///
    /// `recompile` gives the new edition, or the number of errors that kept it from one; it logs them itself. A panic
    /// in it counts as one error. Only an edition replaces the one that `state` holds.
    ///
    /// # Errors
    /// Fails when the system gives no thread.
    pub fn start<C>(state: Arc<State>, recompile: C) -> io::Result<Self>
    where
        C: FnMut(Trigger) -> Result<Edition, usize> + Send + 'static,
    {
        // One place: while a compile runs, any number of requests for another one become one.
        let (sender, asked) = sync_channel(1);
        thread::Builder::new()
            .name("reload".to_owned())
            .spawn(move || keep_current(&state, &asked, recompile))?;
        Ok(Self { asked: sender })
    }

    /// Asks for a compile and returns at once.
    pub fn ask(&self) {
        // Full: one is already asked for. Disconnected: the thread is gone, and the process with it soon.
        let _ = self.asked.try_send(());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "whether the edition is over is asked of the clock here, and nowhere else"
)]
fn keep_current(
    state: &State,
    asked: &Receiver<()>,
    mut recompile: impl FnMut(Trigger) -> Result<Edition, usize>,
) {
    let mut backoff_until = Instant::now();
    loop {
        let held = backoff_until.saturating_duration_since(Instant::now());
        let reason = match asked
            .recv_timeout(ValidityWindow::of(&state.edition()).pause(Timestamp::now(), held))
        {
            Ok(()) => Trigger::Requested,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) if backoff_until > Instant::now() => continue,
            Err(RecvTimeoutError::Timeout)
                if !ValidityWindow::of(&state.edition()).is_over(Timestamp::now()) =>
            {
                continue;
            }
            Err(RecvTimeoutError::Timeout) => Trigger::Expired,
        };
        attempt(state, reason, &mut recompile);
        backoff_until = Instant::now();
        // Whatever the cause (errors in the content, a clock that stands still), it is not cured by haste.
        if ValidityWindow::of(&state.edition()).is_over(Timestamp::now()) {
            backoff_until += RETRY;
        }
    }
}

/// One compile, and what becomes of it.
#[expect(clippy::disallowed_methods, reason = "when a reload failed is told to operators")]
fn attempt(
    state: &State,
    trigger: Trigger,
    recompile: &mut impl FnMut(Trigger) -> Result<Edition, usize>,
) {
    let started = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| recompile(trigger))).unwrap_or_else(|panic| {
        tracing::error!("panic while compiling: {}", panic::payload_message(&*panic));
        Err(1)
    });
    let millis = started.elapsed().as_millis();
    match outcome {
        Ok(edition) => {
            let id = edition.id().to_owned();
            state.publish(edition);
            tracing::info!(?trigger, millis, edition = id, "serving a new edition");
        }
        Err(errors) => {
            state.record_failure(FailedReload { errors, at: Timestamp::now() });
            tracing::warn!(?trigger, millis, errors, "the last good edition stays");
        }
    }
}

/// From when to when an edition is true.
#[derive(Debug, Clone, Copy)]
struct ValidityWindow {
    from: Timestamp,
    until: Option<Timestamp>,
}

impl ValidityWindow {
    fn of(edition: &Edition) -> Self {
        Self { from: edition.instant(), until: edition.valid_until() }
    }

    fn is_over(self, now: Timestamp) -> bool {
        now < self.from || self.until.is_some_and(|until| until <= now)
    }

    /// How long to wait before the clock is looked at again; `held` is how long nothing may be done of its own accord.
    fn pause(self, now: Timestamp, held: Duration) -> Duration {
        let left = match self.until {
            _ if self.is_over(now) => Duration::ZERO,
            Some(until) => Duration::try_from(now.duration_until(until)).unwrap_or(RECHECK),
            None => RECHECK,
        };
        left.max(held).min(RECHECK)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::super::tests::fixture;
    use super::*;

    /// Far more than a test takes; a test that reaches it has failed.
    const PATIENCE: Duration = Duration::from_secs(30);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
    }

    fn edition(id: &str, valid_until: Option<Timestamp>) -> Edition {
        Edition { id: id.into(), valid_until, ..fixture::edition() }
    }

    /// A compiler that a test steps through: it says why it runs, and waits for what it shall bring.
    struct Steps {
        reasons: Receiver<Trigger>,
        outcomes: Sender<Result<Edition, usize>>,
    }

    fn started(state: &Arc<State>) -> (Reloader, Steps) {
        let (reason, reasons) = channel();
        let (outcomes, outcome) = channel::<Result<Edition, usize>>();
        let reloader = Reloader::start(Arc::clone(state), move |why| {
            let _ = reason.send(why);
            let outcome = outcome.recv_timeout(PATIENCE);
            outcome.unwrap_or_else(|_| panic!("a test panics here"))
        });
        let Ok(reloader) = reloader else { panic!("no thread") };
        (reloader, Steps { reasons, outcomes })
    }

    impl Steps {
        /// Waits for a compile to begin, then lets it end.
        #[track_caller]
        fn step(&self, expected: Trigger, outcome: Result<Edition, usize>) {
            assert_eq!(self.reasons.recv_timeout(PATIENCE), Ok(expected));
            assert!(self.outcomes.send(outcome).is_ok());
        }
    }

    #[test]
    fn the_pause_ends_when_the_edition_does_and_is_never_long() {
        let life = ValidityWindow { from: at(1000), until: Some(at(1030)) };
        let forever = ValidityWindow { from: at(1000), until: None };
        let (none, second) = (Duration::ZERO, Duration::from_secs(1));
        let table = [
            (life, 1000, none, 30 * second),
            (life, 1029, none, second),
            (life, 1030, none, none),
            (life, 2000, none, none),
            (life, 2000, 40 * second, 40 * second),
            (life, 1000, 40 * second, 40 * second),
            (life, 999, none, none),
            (forever, 1000, none, RECHECK),
            (forever, 9_999_999, none, RECHECK),
            (ValidityWindow { from: at(0), until: Some(at(1_000_000)) }, 0, none, RECHECK),
            (
                ValidityWindow { from: Timestamp::MIN, until: Some(Timestamp::MAX) },
                0,
                none,
                RECHECK,
            ),
        ];
        for (life, now, held, expected) in table {
            assert_eq!(life.pause(at(now), held), expected, "{life:?} at {now}, held {held:?}");
        }
    }

    #[test]
    fn a_reload_with_errors_keeps_the_last_edition_and_a_good_one_replaces_it() {
        let state = Arc::new(State::new(edition("first", None)));
        let (reloader, steps) = started(&state);
        reloader.ask();
        steps.step(Trigger::Requested, Err(3));
        reloader.ask();
        // The second compile has begun, so the first one's outcome stands.
        assert_eq!(steps.reasons.recv_timeout(PATIENCE), Ok(Trigger::Requested));
        assert_eq!(state.edition().id(), "first");
        assert_eq!(state.failure().map(|failure| failure.errors), Some(3));
        assert!(steps.outcomes.send(Ok(edition("second", None))).is_ok());
        reloader.ask();
        steps.step(Trigger::Requested, Err(1));
        assert_eq!(state.edition().id(), "second");
    }

    #[test]
    fn a_compile_that_panics_is_a_failed_reload() {
        let state = Arc::new(State::new(edition("first", None)));
        let (again, begun) = channel();
        let reloader = Reloader::start(Arc::clone(&state), move |_| {
            let _ = again.send(());
            panic!("a test panics here")
        });
        let Ok(reloader) = reloader else { panic!("no thread") };
        for _ in 0..2 {
            reloader.ask();
            assert_eq!(begun.recv_timeout(PATIENCE), Ok(()));
        }
        assert_eq!(state.failure().map(|failure| failure.errors), Some(1));
        assert_eq!(state.edition().id(), "first");
    }

    #[test]
    fn requests_during_a_compile_become_one() {
        let state = Arc::new(State::new(edition("first", None)));
        let (reloader, steps) = started(&state);
        reloader.ask();
        assert_eq!(steps.reasons.recv_timeout(PATIENCE), Ok(Trigger::Requested));
        for _ in 0..10 {
            reloader.ask();
        }
        assert!(steps.outcomes.send(Err(1)).is_ok());
        steps.step(Trigger::Requested, Err(2));
        // The thread ends with its last handle, and the compiler with it: nothing else was waiting.
        drop(reloader);
        assert_eq!(steps.reasons.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
        assert_eq!(state.failure().map(|failure| failure.errors), Some(2));
    }

    #[test]
    fn an_edition_that_is_over_is_compiled_again_at_once_and_after_errors_not_in_a_hurry() {
        let state = Arc::new(State::new(edition("first", Some(at(0)))));
        let (reloader, steps) = started(&state);
        steps.step(Trigger::Expired, Ok(edition("second", Some(at(0)))));
        // The second is over as well. A loop without the pause would be compiling again long before this.
        assert_eq!(
            steps.reasons.recv_timeout(Duration::from_millis(100)),
            Err(RecvTimeoutError::Timeout)
        );
        reloader.ask();
        steps.step(Trigger::Requested, Err(1));
        reloader.ask();
        steps.step(Trigger::Requested, Ok(edition("third", None)));
        drop(reloader);
        assert_eq!(steps.reasons.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
        assert_eq!(state.edition().id(), "third");
    }
}
