//! State that the connections of one worker share: buffers, the date, deadlines.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant, SystemTime};

use super::head::MAX_HEAD_BYTES;
use super::responder::Responder;
use crate::http::metrics::Counters;
use crate::http::state::State;

/// Time limits of a connection, in whole seconds. Each ends up to one second late.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// For the bytes of one request head, from its first byte (RFC 9110 §15.5.9).
    pub head: u32,
    /// Without a request.
    pub idle: u32,
    /// For a client that takes nothing of a response.
    pub write: u32,
    /// For the application, from the first byte of a request to the first of its response.
    pub handed_over: u32,
}

impl Default for Deadlines {
    /// An idle connection lasts longer than the 60 s of nginx, so that nginx never sends a request
    /// on a connection that is being closed.
    fn default() -> Self {
        Self { head: 5, idle: 75, write: 30, handed_over: 30 }
    }
}

/// The state that the connections of one worker share, all of them on its thread.
pub(in crate::http) struct Worker {
    pub(super) state: Arc<State>,
    pub(super) deadlines: Deadlines,
    pub(super) read_buffer: RefCell<Box<[u8]>>,
    /// Its `Date` is renewed each second.
    pub(super) responder: RefCell<Responder>,
    pub(super) counters: Arc<Counters>,
    pub(super) stopwatch: Stopwatch,
    /// Seconds since the worker started.
    now: Cell<u32>,
    timers: RefCell<Vec<Weak<Timer>>>,
    is_stopping: Cell<bool>,
}

impl Worker {
    /// Creates the worker's state and starts its clock, on the current thread's runtime.
    pub(super) fn start(state: Arc<State>, deadlines: Deadlines) -> Rc<Self> {
        let responder = Responder::new(now());
        let counters = Arc::clone(responder.counters());
        state.metrics().register(Arc::clone(&counters));
        let worker = Rc::new(Self {
            state,
            deadlines,
            read_buffer: RefCell::new(vec![0; MAX_HEAD_BYTES].into()),
            responder: RefCell::new(responder),
            counters,
            stopwatch: Stopwatch::default(),
            now: Cell::new(0),
            timers: RefCell::default(),
            is_stopping: Cell::new(false),
        });
        let weak = Rc::downgrade(&worker);
        actix_web::rt::spawn(async move {
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            // The first tick is immediate.
            ticks.tick().await;
            loop {
                ticks.tick().await;
                let Some(worker) = weak.upgrade() else { return };
                worker.tick();
            }
        });
        worker
    }

    /// Ends idle connections now, and busy ones after their response.
    pub(in crate::http) fn stop(&self) {
        self.is_stopping.set(true);
        for timer in self.timers.borrow().iter().filter_map(Weak::upgrade) {
            timer.wake();
        }
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.get()
    }

    /// A timer for one connection. It is forgotten with the connection.
    pub(super) fn new_timer(self: &Rc<Self>) -> Rc<Timer> {
        let timer = Rc::new(Timer {
            worker: Rc::clone(self),
            deadline: Cell::new(None),
            waker: RefCell::new(None),
        });
        self.timers.borrow_mut().push(Rc::downgrade(&timer));
        timer
    }

    fn tick(&self) {
        self.counters.count_tick();
        self.now.set(self.now.get().saturating_add(1));
        self.responder.borrow_mut().set_date(now());
        self.timers.borrow_mut().retain(|timer| {
            let Some(timer) = timer.upgrade() else { return false };
            if timer.is_expired() {
                timer.wake();
            }
            true
        });
    }
}

/// The number of reads of which one is timed.
const READS_PER_SAMPLE: u32 = 16;

/// Measures one read in [`READS_PER_SAMPLE`] for the responses to all of them: reading the clock
/// for each would cost more than counting.
#[derive(Debug, Default)]
pub(super) struct Stopwatch {
    reads: Cell<u32>,
    /// Responses since the last sample.
    responses: Cell<u64>,
}

impl Stopwatch {
    /// Begins the time of a read, if it is to be taken.
    pub(super) fn start(&self) -> Option<Instant> {
        let reads = self.reads.get();
        self.reads.set((reads + 1) % READS_PER_SAMPLE);
        (reads == 0).then(Instant::now)
    }

    /// Ends the time of a read with so many responses.
    pub(super) fn stop(&self, started: Option<Instant>, responses: usize, counters: &Counters) {
        let responses = self.responses.get() + responses as u64;
        self.responses.set(match started {
            Some(started) => {
                counters.count_time(started.elapsed(), responses);
                0
            }
            None => responses,
        });
    }
}

/// The deadline of one connection.
pub(super) struct Timer {
    worker: Rc<Worker>,
    deadline: Cell<Option<u32>>,
    waker: RefCell<Option<Waker>>,
}

impl Timer {
    /// Sets the deadline to so many seconds from now.
    pub(super) fn set(&self, seconds: u32) {
        // One more, because the current second is under way.
        self.deadline.set(Some(self.worker.now.get().saturating_add(seconds).saturating_add(1)));
    }

    /// Sets the deadline unless one is running.
    pub(super) fn set_if_unset(&self, seconds: u32) {
        if self.deadline.get().is_none() {
            self.set(seconds);
        }
    }

    pub(super) fn clear(&self) {
        self.deadline.set(None);
    }

    pub(super) fn is_expired(&self) -> bool {
        self.deadline.get().is_some_and(|deadline| self.worker.now.get() >= deadline)
    }

    /// Names the task to be woken when the deadline expires or the server stops.
    pub(super) fn register(&self, waker: &Waker) {
        let mut current = self.waker.borrow_mut();
        if !current.as_ref().is_some_and(|current| current.will_wake(waker)) {
            *current = Some(waker.clone());
        }
    }

    fn wake(&self) {
        if let Some(waker) = &*self.waker.borrow() {
            waker.wake_by_ref();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "`Date` is the time of the response")]
fn now() -> SystemTime {
    SystemTime::now()
}
