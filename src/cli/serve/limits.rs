//! The limits of connections, and the files that the process may open for them.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;

use clap::Args;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::cli::output::Failure;
use crate::http::{Deadlines, MAX_CONNECTIONS};

/// Files that are open beside those of connections: sockets, the log, content during a reload.
const OTHER_FILES: u64 = 256;

/// Files without which no server starts, and those of each of its workers.
const LEAST_FILES: u64 = 24;
const FILES_OF_WORKER: u64 = 4;

#[derive(Debug, Clone, Args)]
pub(super) struct LimitArguments {
    /// The number of connections that may be open; more wait until others are closed. Each needs
    /// an open file (`ulimit -n`, `LimitNOFILE=`).
    #[arg(long, env = "GAZETTE_MAX_CONNECTIONS", value_name = "N",
          default_value_t = MAX_CONNECTIONS,
          value_parser = parse_connections, allow_negative_numbers = true)]
    pub(super) max_connections: u32,
    /// The time in seconds for a request head, from its first byte; of the first one, from the
    /// connection.
    #[arg(long, env = "GAZETTE_HEAD_TIMEOUT", value_name = "SECONDS",
          default_value_t = Deadlines::default().head, value_parser = parse_seconds,
          allow_negative_numbers = true)]
    head_timeout: u32,
    /// The time in seconds after which a connection without a request is closed.
    #[arg(long, env = "GAZETTE_IDLE_TIMEOUT", value_name = "SECONDS",
          default_value_t = Deadlines::default().idle, value_parser = parse_seconds,
          allow_negative_numbers = true)]
    idle_timeout: u32,
    /// The time in seconds after which the connection of a client that takes nothing of a response
    /// is closed.
    #[arg(long, env = "GAZETTE_WRITE_TIMEOUT", value_name = "SECONDS",
          default_value_t = Deadlines::default().write, value_parser = parse_seconds,
          allow_negative_numbers = true)]
    write_timeout: u32,
}

/// Parses a number of connections.
fn parse_connections(text: &str) -> Result<u32, String> {
    parse_whole(text, 1..=1_000_000)
}

/// Parses a time limit: at most a day.
fn parse_seconds(text: &str) -> Result<u32, String> {
    parse_whole(text, 1..=86_400).map_err(|help| format!("{help}, of seconds"))
}

/// Parses a whole number in a range.
pub(super) fn parse_whole(text: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let (from, to) = (*range.start(), *range.end());
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("give a whole number from {from} to {to}"))
}

impl LimitArguments {
    pub(super) fn deadlines(&self) -> Deadlines {
        Deadlines {
            head: self.head_timeout,
            idle: self.idle_timeout,
            write: self.write_timeout,
            handed_over: self.write_timeout,
        }
    }

    /// Lets the process open as many files as there may be connections, as far as the hard limit
    /// allows. Shells and systemd give 1,024 for the sake of `select(2)`, which is not used here.
    ///
    /// Fails if the limit is too low for any connection.
    pub(super) fn raise_file_limit(&self, workers: NonZeroUsize) -> Result<(), Failure> {
        let needed = u64::from(self.max_connections) + OTHER_FILES;
        let limit = getrlimit(Resource::Nofile);
        if limit.current.is_none_or(|current| current >= needed) {
            return Ok(());
        }
        let least = LEAST_FILES + FILES_OF_WORKER * workers.get() as u64;
        if let Some(maximum) = limit.maximum.filter(|maximum| *maximum < least) {
            return Err(Failure::Message(format!(
                "only {maximum} files may be open, and {workers} workers need at least {least}; \
                 raise the limit (`ulimit -n`, `LimitNOFILE=`)"
            )));
        }
        let current = limit.maximum.map_or(needed, |maximum| maximum.min(needed));
        let raised = Rlimit { current: Some(current), maximum: limit.maximum };
        let is_raised = setrlimit(Resource::Nofile, raised).is_ok();
        if !is_raised || current < needed {
            tracing::warn!(
                limit = if is_raised { Some(current) } else { limit.current },
                needed,
                "fewer files may be open than `--max-connections` needs; raise the limit \
                 (`LimitNOFILE=`), or lower `--max-connections`"
            );
        }
        Ok(())
    }
}
