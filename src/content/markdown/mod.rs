//! Markdown as Gazette reads it: the parser's options, and a body with its headings, links and mistakes.

pub mod body;
pub(crate) mod emphasis;
mod heading_ids;
mod malformed_links;
mod parser;

pub use body::{Body, Heading};
pub use parser::{OPTIONS, events};
