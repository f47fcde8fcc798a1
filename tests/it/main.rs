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
mod check;
mod data;
mod dependencies;
mod diagnostics;
mod explanations;
mod government;
mod harness;
mod hostile;
mod kit;
mod mutations;
mod new;
mod outbound;
mod pages;
mod process;
mod program;
mod progress;
mod properties;
mod publishing;
mod schedule;
mod search;
mod sections;
mod site;
mod statements;
mod web;
