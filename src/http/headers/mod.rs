//! Header fields, one file a concern: pure functions over their values, with the sections of RFC 9110 that they implement.

pub(crate) mod conditional;
pub(crate) mod negotiate;
pub(crate) mod security;
