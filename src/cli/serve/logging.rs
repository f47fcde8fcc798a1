//! The log: lines for people on a terminal, JSON for programs otherwise.

use std::env;
use std::io::{self, IsTerminal as _};

use clap::{Args, ValueEnum};
use tracing::{Level, warn};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::cli::output::is_coloured;
use crate::http::{AccessLog, LoggedAddress, TrustedProxy};

#[derive(Debug, Clone, Args)]
pub(super) struct LogArguments {
    /// The format of the log on standard error (default: `human` on a terminal, else `json`).
    #[arg(long, env = "GAZETTE_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    /// Log each request with its kind, status, size and time, and with the network of the client
    /// (`truncated`), its `whole` address, or `none`.
    #[arg(long, env = "GAZETTE_ACCESS_LOG", value_name = "ADDRESSES", num_args = 0..=1,
          require_equals = true, default_missing_value = "truncated")]
    access_log: Option<Addresses>,
    /// An address or network, or `unix`, from which `X-Forwarded-For` and `Forwarded` are believed
    /// in the access log; may be repeated.
    #[arg(long, env = "GAZETTE_TRUSTED_PROXY", value_name = "PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<TrustedProxy>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Addresses {
    Truncated,
    Whole,
    None,
}

impl LogArguments {
    /// Starts the log of this process.
    pub(super) fn start(&self) {
        // Text that is no UTF-8 is no list of levels either, and gets the same warning.
        let levels = env::var_os("RUST_LOG").filter(|levels| !levels.is_empty());
        let levels = levels.map(|levels| levels.to_string_lossy().into_owned());
        let filter = levels.map(|levels| levels.parse::<Targets>());
        let (filter, wrong) = match filter {
            Some(Ok(filter)) => (filter, None),
            Some(Err(error)) => (default_filter(), Some(error)),
            None => (default_filter(), None),
        };
        // A log that cannot be written is no reason to stop; reporting that on standard error,
        // which is the log, would panic.
        let lines =
            fmt::layer().with_writer(io::stderr).log_internal_errors(false).with_target(false);
        let log = tracing_subscriber::registry().with(filter);
        if self.is_human() {
            log.with(lines.with_ansi(is_coloured())).init();
        } else {
            log.with(lines.json().flatten_event(true)).init();
        }
        if let Some(error) = wrong {
            warn!("RUST_LOG is not a list of levels, such as `info,gazette=debug`: {error}");
        }
        if !self.trusted_proxy.is_empty() && self.access_log.is_none() {
            warn!("`--trusted-proxy` has no effect without `--access-log`");
        }
    }

    fn is_human(&self) -> bool {
        match self.log_format {
            Some(format) => format == LogFormat::Human,
            None => io::stderr().is_terminal(),
        }
    }

    /// The access log, if it is switched on.
    pub(super) fn access_log(&self) -> Option<AccessLog> {
        let address = match self.access_log? {
            Addresses::Truncated => LoggedAddress::Truncated,
            Addresses::Whole => LoggedAddress::Whole,
            Addresses::None => LoggedAddress::None,
        };
        Some(AccessLog { address, trusted_proxies: self.trusted_proxy.clone() })
    }
}

/// The levels without `RUST_LOG`.
fn default_filter() -> Targets {
    Targets::new().with_default(Level::INFO).with_target("actix_server", Level::WARN)
}
