//! Queries: parsing, compilation for the index, matching, scoring and facets.

pub(super) mod build;
pub(super) mod clause;
mod date;
pub(super) mod execute;
mod expand;
pub(super) mod facets;
mod matcher;
mod matches;
pub(super) mod parse;
mod phrase;
mod plan;
mod quantized_score;
mod score;
