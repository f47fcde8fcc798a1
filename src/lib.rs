//! Gazette compiles a folder of Markdown into a city's public-information site and serves it from one binary.

pub mod content;
pub mod diagnostic;
pub mod language;
pub mod record;
pub mod source;
