//! Queries: parsing what was typed, compiling it for the index, matching, scoring, counting facets.

mod build;
pub(super) mod execute;
pub(super) mod facets;
mod matches;
pub(super) mod parse;
mod phrase;
mod quantized_score;
mod score;
