//! Searches over HTTP: results, and suggestions on the page for a path that does not exist.
//!
//! A search takes processor time, so it runs off the worker threads, and only a few run at once:
//! during a flood of searches, searches wait for each other, and pages do not.

mod comparison;
mod limiter;
mod params;
mod results;
mod suggestions;
mod threads;

pub(crate) use comparison::ComparisonRequest;
pub(crate) use limiter::SearchLimiter;
#[cfg(test)]
pub(super) use limiter::{MAX_WAITING, QUEUE_TIMEOUT};
pub(crate) use results::ResultsRequest;
pub(crate) use suggestions::SuggestionsRequest;
