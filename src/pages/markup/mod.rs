//! HTML: escaped text, Markdown as HTML, and pages with slots that a request fills.

mod addresses;
mod captions;
mod footnotes;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod page_shell;
pub(crate) mod path_prefix;
mod tags;
