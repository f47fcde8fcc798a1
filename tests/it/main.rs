//! Gazette from outside: whole folders of content through the whole program, and the program as a process.
//!
//! Enter at [`harness`], the vocabulary that every module here speaks.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests set the stage themselves, and end where it does not stand"
)]

mod architecture;
mod audit;
mod check;
mod cli;
mod cross_references;
mod data;
mod dependencies;
mod diagnostics;
mod explanations;
mod fake_server;
mod government;
mod harness;
mod kit;
mod links;
mod mutations;
mod new;
mod pages;
mod progress;
mod properties;
mod resource_limits;
mod schedule;
mod search;
mod sections;
mod server;
mod site;
