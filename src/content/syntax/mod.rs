//! Diagnostics for YAML, TOML and Fluent that cannot be parsed.

pub(crate) mod hints;
pub(crate) mod parser_errors;
