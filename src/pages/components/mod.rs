//! Parts that several pages share: rows of lists, a goal's progress, charts.

pub(crate) mod chart;
pub(crate) mod document;
pub(crate) mod list_items;
pub(crate) mod progress;
pub(crate) mod quantity;
pub(crate) mod report_text;
mod status_reason;
pub(crate) mod status_summary;
pub(crate) mod status_text;
pub(crate) mod timeline;
