//! The record as data: the twins of pages, and files for spreadsheets and catalogues.

mod goal;

pub(super) use goal::GoalData;
