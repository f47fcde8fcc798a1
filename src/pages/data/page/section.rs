//! JSON alternate of a list of bulletins.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use crate::pages::data::references::BulletinLink;

/// A page of the list of a section, or of one of its years.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SectionData<'r> {
    #[serde(flatten)]
    pub(crate) head: Head<'r>,
    /// Title of the section.
    pub(crate) title: &'r str,
    /// Year of the list, if it is limited to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) year: Option<i16>,
    /// Number of this page of the list, from 1.
    pub(crate) page: usize,
    /// Number of pages of the list.
    pub(crate) pages: usize,
    /// Number of bulletins in the whole list.
    pub(crate) total: usize,
    /// Bulletins on this page, newest first.
    pub(crate) bulletins: Vec<BulletinLink<'r>>,
}
