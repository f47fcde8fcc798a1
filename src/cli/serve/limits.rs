//! The limits of connections, and the files that the process may open for them.

use clap::Args;
use clap::builder::RangedU64ValueParser;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::http::{Deadlines, MAX_CONNECTIONS};

/// Files that are open beside those of connections: sockets, the log, content during a reload.
const OTHER_FILES: u64 = 256;

#[derive(Debug, Clone, Args)]
pub(super) struct LimitArguments {
    /// The number of connections that may be open; more wait until others are closed. Each needs
    /// an open file (`ulimit -n`, `LimitNOFILE=`).
    #[arg(long, env = "GAZETTE_MAX_CONNECTIONS", value_name = "N",
          default_value_t = MAX_CONNECTIONS,
          value_parser = RangedU64ValueParser::<u32>::new().range(1..=1_000_000))]
    pub(super) max_connections: u32,
    /// The time in seconds for a request head, from its first byte; of the first one, from the
    /// connection.
    #[arg(long, env = "GAZETTE_HEAD_TIMEOUT", value_name = "SECONDS",
          default_value_t = Deadlines::default().head, value_parser = seconds())]
    head_timeout: u32,
    /// The time in seconds after which a connection without a request is closed.
    #[arg(long, env = "GAZETTE_IDLE_TIMEOUT", value_name = "SECONDS",
          default_value_t = Deadlines::default().idle, value_parser = seconds())]
    idle_timeout: u32,
    /// The time in seconds after which the connection of a client that takes nothing of a response
    /// is closed.
    #[arg(long, env = "GAZETTE_WRITE_TIMEOUT", value_name = "SECONDS",
          default_value_t = Deadlines::default().write, value_parser = seconds())]
    write_timeout: u32,
}

/// Parses a time limit: at most a day.
fn seconds() -> RangedU64ValueParser<u32> {
    RangedU64ValueParser::new().range(1..=86_400)
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
    pub(super) fn raise_file_limit(&self) {
        let needed = u64::from(self.max_connections) + OTHER_FILES;
        let limit = getrlimit(Resource::Nofile);
        if limit.current.is_none_or(|current| current >= needed) {
            return;
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
    }
}
