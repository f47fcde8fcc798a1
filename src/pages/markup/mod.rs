//! HTML: escaped text, Markdown as HTML, and pages with slots that a request fills.

pub(crate) mod addresses;
pub(crate) mod figures;
mod footnotes;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod page_shell;
mod paragraphs;
pub(crate) mod path_prefix;
mod tags;
