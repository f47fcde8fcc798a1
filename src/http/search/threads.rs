//! The threads on which searches run.
//!
//! Not those of tokio: where the system starts no further thread, `spawn_blocking` of tokio 1.54
//! panics, and the worker that handles the request ends with all its connections.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Work that does not panic.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// Threads that start when they are first needed, and end with this handle.
#[derive(Debug)]
pub(super) struct SearchThreads {
    jobs: Sender<Job>,
    queue: Arc<Mutex<Receiver<Job>>>,
    /// How many have been started.
    started: Mutex<usize>,
    limit: usize,
}

impl SearchThreads {
    pub(super) fn new(limit: usize) -> Self {
        let (jobs, queue) = channel();
        Self { jobs, queue: Arc::new(Mutex::new(queue)), started: Mutex::new(0), limit }
    }

    /// Runs a job on one of the threads.
    ///
    /// # Errors
    /// Fails if there is no thread, and the system cannot start one.
    pub(super) fn run(&self, job: Job) -> io::Result<()> {
        self.start_thread()?;
        self.jobs.send(job).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    /// Starts one more thread, unless there are enough of them.
    fn start_thread(&self) -> io::Result<()> {
        let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
        if *started == self.limit {
            return Ok(());
        }
        let queue = Arc::clone(&self.queue);
        match thread::Builder::new().name("query".to_owned()).spawn(move || run_jobs(&queue)) {
            Ok(_) => *started += 1,
            Err(error) if *started == 0 => return Err(error),
            // The others take the job.
            Err(_) => {}
        }
        Ok(())
    }
}

fn run_jobs(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        job();
    }
}
