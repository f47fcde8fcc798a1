//! Gazette compiles a folder of Markdown into a city's public-information site and serves it from one binary.

pub mod cli;
pub mod content;
pub mod diagnostic;
pub mod edition;
pub mod http;
pub mod language;
pub mod pages;
pub mod record;
pub mod source;
