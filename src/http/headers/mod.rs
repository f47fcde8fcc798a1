//! Header fields as pure functions over their values, one file a concern.
//!
//! The fields that every response has are in [`security`]; `http/response.rs` sets all others.

pub(crate) mod conditional;
pub(crate) mod host;
pub(crate) mod memento;
pub(crate) mod negotiate;
pub(crate) mod range;
pub(crate) mod security;
