//! `bulletins.json`: every bulletin with its facts. The texts are in the feeds and on the pages.

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::progress::StatementEntry;
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

/// All bulletins of the site.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BulletinsFile<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// Absolute URL of the site.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// BCP 47 tags of the site's languages, in the site's order.
    languages: Vec<&'r str>,
    /// Bulletins, newest first.
    bulletins: Vec<BulletinEntry<'r>>,
}

/// A bulletin without its text.
#[derive(Serialize, JsonSchema)]
struct BulletinEntry<'r> {
    /// Name, unique among bulletins.
    slug: &'r str,
    /// Section of the bulletin.
    section: &'r str,
    /// Permanent number, a year and a place in it; it answers at `/n/<year>/<place>/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    permanent_number: Option<String>,
    /// Title by language tag.
    title: ByLanguage<'r>,
    /// Summary in a sentence or two, by language tag.
    summary: ByLanguage<'r>,
    /// Absolute URLs of its pages, by language tag.
    urls: BTreeMap<&'r str, String>,
    /// Day of publication.
    #[schemars(schema_with = "vocabulary::moment")]
    published: String,
    /// Day of the last change after publication, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    updated: Option<String>,
    /// Source of the statement, with its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, ByLanguage<'r>>>,
    /// Author named by the source, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<ByLanguage<'r>>,
    /// Names of the categories of the bulletin.
    categories: Vec<&'r str>,
    /// Ids of the goals that the bulletin sets.
    sets: Vec<&'r str>,
    /// Reports on goals.
    reports: Vec<StatementEntry<'r>>,
    /// Goals whose target or end the bulletin revises.
    revises: Vec<RevisionData<'r, ByLanguage<'r>>>,
    /// Statuses that the bulletin gives to goals, beside the calculated ones.
    overrides: Vec<OverrideData<'r, ByLanguage<'r>>>,
    /// Ids of the goals that the bulletin mentions without reporting on them.
    mentions: Vec<&'r str>,
    /// Changes after publication, oldest first.
    changes: Vec<ChangeData<ByLanguage<'r>>>,
    /// Withdrawal of the bulletin, if it was withdrawn.
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
                .collect::<Vec<_>>()
                .into_par_iter()
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
            permanent_number: bulletin.number.map(|number| number.to_string()),
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
                .map(|(_, report)| StatementEntry::new(context, report))
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

/// Returns the bulletin that replaces a withdrawn one, if it is public.
fn replacement<'r>(context: &Context<'r>, removal: &'r Removal) -> Option<&'r str> {
    let slug = removal.replaced_by.as_ref()?.value.as_str();
    context.record.find_bulletin(slug).map(|_| slug)
}
