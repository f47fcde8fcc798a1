//! Diagnostics for YAML, TOML and Fluent that cannot be parsed.

mod document_number;
pub(crate) mod fluent_errors;
pub(crate) mod hints;
pub(crate) mod parser_errors;
