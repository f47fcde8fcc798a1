//! The edition over HTTP/1.1: one module a concern, pure functions inside, actix-web only at the rim.
//!
//! [`run`] serves until it is told to stop; [`create_app`] answers without a socket. [`Reloader`] owns recompilation,
//! [`start_indexing`] the search index, and [`State`] is what all of them share.

mod app;
mod handler;
mod headers;
mod health;
mod indexing;
mod panic;
mod path;
mod reload;
mod request_body;
mod response;
mod search;
mod server;
mod state;

#[cfg(test)]
mod tests;

pub use app::create_app;
pub use indexing::start_indexing;
pub use reload::{Reloader, Trigger};
pub use server::{ServerOptions, listen_for_reloads, run};
pub use state::State;
