//! Every bulletin with its facts: `bulletins.json`. The words are in the feeds and on the pages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::progress::SaidEntry;
use crate::content::Localised;
use crate::content::bulletin::Removal;
use crate::pages::context::Context;
use crate::pages::data::bulletin_facts::{
    ChangeData, OverrideData, RevisionData, SourceData, WithdrawalData,
};
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::by_language;
use crate::pages::data::vocabulary;
use crate::record::{BulletinId, GoalId};

/// A text in each of the site's languages, by language tag.
type ByLanguage<'r> = BTreeMap<&'r str, &'r str>;

/// Every bulletin.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BulletinsFile<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The site.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tags of the site's languages, the first one first.
    languages: Vec<&'r str>,
    /// The bulletins, the newest first.
    bulletins: Vec<BulletinEntry<'r>>,
}

/// A bulletin, without its words.
#[derive(Serialize, JsonSchema)]
struct BulletinEntry<'r> {
    /// Its name, unique among bulletins.
    slug: &'r str,
    /// The section that it stands in.
    section: &'r str,
    /// What it is called, by language tag.
    title: ByLanguage<'r>,
    /// What it says in a sentence or two, by language tag.
    summary: ByLanguage<'r>,
    /// Its pages, by language tag.
    urls: BTreeMap<&'r str, String>,
    /// When it was published.
    #[schemars(schema_with = "vocabulary::moment")]
    published: String,
    /// When it was last changed after it was published, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    updated: Option<String>,
    /// Who said it, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, ByLanguage<'r>>>,
    /// Who wrote it there, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<ByLanguage<'r>>,
    /// Its categories, by name.
    categories: Vec<&'r str>,
    /// The goals that it announces, by id.
    sets: Vec<&'r str>,
    /// What it says about goals.
    reports: Vec<SaidEntry<'r>>,
    /// The goals to which it gives another target or end.
    revises: Vec<RevisionData<'r, ByLanguage<'r>>>,
    /// The goals that it judges itself.
    overrides: Vec<OverrideData<'r, ByLanguage<'r>>>,
    /// The goals that it is related to, by id, without a figure for them.
    mentions: Vec<&'r str>,
    /// What was changed after it was published, the oldest first.
    changes: Vec<ChangeData<ByLanguage<'r>>>,
    /// Since when and why it no longer holds, if it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<WithdrawalData<ByLanguage<'r>, &'r str>>,
}

impl<'r> BulletinsFile<'r> {
    pub(crate) fn new(context: &Context<'r>) -> Self {
        Self {
            schema: FileKind::Bulletins.schema_url(context),
            url: context.absolute("/"),
            languages: context.record.content.site.languages.tags().collect(),
            bulletins: context
                .record
                .bulletin_ids()
                .map(|id| BulletinEntry::new(context, id))
                .collect(),
        }
    }
}

impl<'r> BulletinEntry<'r> {
    fn new(context: &Context<'r>, id: BulletinId) -> Self {
        let record = context.record;
        let bulletin = record.bulletin(id);
        let (texts, facts) = (&bulletin.source.texts, &bulletin.source.facts);
        let text = |text: &'r Localised| by_language(context, |language| Some(text.get(language)));
        let goal = |id: GoalId| record.goal(id).source.slug.as_str();
        Self {
            slug: &bulletin.source.slug,
            section: &bulletin.source.folder,
            title: by_language(context, |language| {
                texts.get(language).map(|text| text.title.value.as_str())
            }),
            summary: by_language(context, |language| {
                texts.get(language)?.summary.as_ref().map(|summary| summary.value.as_str())
            }),
            urls: by_language(context, |language| {
                texts.get(language)?;
                Some(context.absolute(&record.bulletin_address(id, language).path))
            }),
            published: context.iso(bulletin.published()),
            updated: bulletin.updated().map(|updated| context.iso(updated)),
            source: facts.source.as_ref().map(|source| SourceData::new(source, text)),
            byline: facts.byline.as_ref().map(text),
            categories: bulletin
                .categories
                .iter()
                .map(|id| record.category(*id).source.slug.as_str())
                .collect(),
            sets: bulletin.sets.iter().copied().map(goal).collect(),
            reports: bulletin
                .reports
                .iter()
                .map(|(_, report)| SaidEntry::new(context, report))
                .collect(),
            revises: RevisionData::list(context, bulletin, text),
            overrides: OverrideData::list(context, bulletin, text),
            mentions: bulletin.mentions.iter().copied().map(goal).collect(),
            changes: ChangeData::list(context, bulletin, text),
            withdrawn: bulletin.withdrawn.map(|removal| {
                WithdrawalData::new(context, removal, text, replacement(context, removal))
            }),
        }
    }
}

/// The bulletin that takes another's place, if it is public.
fn replacement<'r>(context: &Context<'r>, removal: &'r Removal) -> Option<&'r str> {
    let slug = removal.replaced_by.as_ref()?.value.as_str();
    context.record.find_bulletin(slug).map(|_| slug)
}
