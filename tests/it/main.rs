//! Gazette from outside: whole folders of content through the whole program, and the program as a process.
//!
//! Enter at [`harness`], the vocabulary that every module here speaks.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests set the stage themselves, and end where it does not stand"
)]

mod data;
mod diagnostics;
mod government;
mod harness;
mod kit;
mod new;
mod pages;
mod process;
mod progress;
mod properties;
mod schedule;
mod site;
mod statements;
