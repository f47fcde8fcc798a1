//! Serves editions over HTTP/1.1, one module a concern.
//!
//! [`run`] serves on a socket until a signal stops it, and builds the search index meanwhile;
//! [`create_app`] is the application without a socket. [`Reloader`] recompiles the site, and
//! [`State`] is shared by all of them.

mod access_log;
mod admin;
mod app;
mod handler;
mod headers;
mod health;
mod indexing;
mod lane;
mod listener;
mod metrics;
mod panic;
mod path;
mod preview;
mod reload;
mod request_body;
mod response;
mod search;
mod server;
mod shared_body;
mod state;

#[cfg(test)]
mod tests;

pub use access_log::{AccessLog, LoggedAddress, TrustedProxy};
pub use app::create_app;
pub use lane::{Deadlines, Progress, Responder};
pub use listener::Listener;
pub use metrics::{CompileReport, Metrics};
pub use panic::panic_if_tested;
pub use preview::{
    Panel, PanelChange, PanelContent, PanelDiagnostic, PanelInstant, PreviewOptions, run_preview,
};
pub use reload::{Reloader, Trigger};
pub use server::{MAX_CONNECTIONS, ServerOptions, end_at_signals, listen_for_reloads, run};
pub use state::{CompileFailure, State};
