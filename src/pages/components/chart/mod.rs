//! Charts as SVG that needs no script: every position along the width is a share, every text keeps its size.
//!
//! Enter at [`figures::chart`] for goals with a number, [`milestones::chart`] for what is to be delivered, [`meter`] for
//! one figure against its target, and [`bar`] for goals by status. Each chart has a text for those who do not see it,
//! and stands beside a table of the same data.

pub(crate) mod bar;
mod drawing;
pub(crate) mod figures;
mod labels;
pub(crate) mod meter;
pub(crate) mod milestones;
mod scale;

pub(crate) use drawing::ChartView;
