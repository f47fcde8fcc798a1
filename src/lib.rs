//! Gazette compiles a folder of Markdown into a city's public-information site and serves it from
//! one binary.
//!
//! The modules are stages, and each uses only those before it: [`source`] reads files, [`content`]
//! parses them, [`record`] computes what is public at an instant, [`search`] indexes it, [`pages`]
//! renders it, [`edition`] holds the compressed responses, [`http`] serves them, and [`cli`] is the
//! command line. Every stage may use [`diagnostic`] and [`language`]; [`editor`] has tools that
//! only the command line uses. `ARCHITECTURE.md` gives the reasons.

pub mod diagnostic;
pub mod language;

pub mod source;

pub mod content;

pub mod record;

pub mod search;

pub mod pages;

pub mod edition;

pub mod http;

pub mod editor;

pub mod cli;
