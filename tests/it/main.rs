//! Integration tests: content folders through the whole program, and the program as a process.
//!
//! Start with [`harness`], which all modules use.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests prepare files themselves, and fail where that fails"
)]

mod architecture;
mod audit;
mod calendars;
mod check;
mod citations;
mod cli;
mod cross_references;
mod data;
mod dependencies;
mod diagnostics;
mod documents;
mod explanations;
mod fake_server;
mod frame;
mod government;
mod harness;
mod incremental;
mod init;
mod injected_keys;
mod injected_texts;
mod injection;
mod kit;
mod links;
mod manuals;
mod mutations;
mod new;
mod numbers;
mod pages;
mod pasted;
mod pictures;
mod progress;
mod properties;
mod resource_limits;
mod schedule;
mod search;
mod sections;
mod server;
mod site;
mod static_pages;
mod translations;
mod versions;
