//! Charts as SVG without scripts: horizontal positions are shares of the width, texts keep their
//! size.
//!
//! [`figures::chart`] draws goals with a number, [`milestones::chart`] goals with milestones,
//! [`meter`] one figure against its target, and [`bar`] goals by status. Each chart has a text
//! alternative and a table of the same data. [`drawing`] has the marks of the first two.

pub(crate) mod bar;
mod drawing;
pub(crate) mod figures;
mod labels;
pub(crate) mod meter;
pub(crate) mod milestones;
mod scale;

pub(crate) use drawing::ChartView;
