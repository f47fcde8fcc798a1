//! Who said what a bulletin tells, as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::language::Language;
use crate::pages::context::Context;
use crate::record::BulletinId;

/// Who said what a bulletin tells.
#[derive(Serialize, JsonSchema)]
pub(super) struct SourceData<'r> {
    /// The paper, office or site.
    name: &'r str,
    /// The original.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    url: Option<&'r str>,
}

impl<'r> SourceData<'r> {
    /// The source of a bulletin, if it names one.
    pub(super) fn of(context: &Context<'r>, id: BulletinId, language: Language) -> Option<Self> {
        let source = context.record.bulletin(id).source.facts.source.as_ref()?;
        Some(Self { name: source.name.get(language), url: source.url.as_deref() })
    }
}
