//! Header fields as pure functions over their values, one file a concern.

pub(crate) mod conditional;
pub(crate) mod host;
pub(crate) mod memento;
pub(crate) mod negotiate;
pub(crate) mod range;
pub(crate) mod security;
