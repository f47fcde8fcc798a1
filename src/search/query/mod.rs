//! Queries: parsing, compilation for the index, matching, scoring and facets.

pub(super) mod build;
pub(super) mod execute;
pub(super) mod facets;
mod matches;
pub(super) mod parse;
mod phrase;
mod quantized_score;
mod score;
