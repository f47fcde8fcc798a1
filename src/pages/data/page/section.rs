//! A page of a list of bulletins as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::pages::data::references::BulletinLink;

/// A page of the list of a section, or of one of its years.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SectionData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// What the section is called.
    pub(crate) title: &'r str,
    /// The year that the list is of, if it is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) year: Option<i16>,
    /// Which page of the list this is, from 1.
    pub(crate) page: usize,
    /// How many pages the list has.
    pub(crate) pages: usize,
    /// How many bulletins the whole list has.
    pub(crate) total: usize,
    /// The bulletins of this page, the newest first.
    pub(crate) bulletins: Vec<BulletinLink<'r>>,
}
