//! A bulletin as data: when, by whom, and what it says about which goals.

use schemars::JsonSchema;
use serde::Serialize;

use super::kind::FileKind;
use super::source::SourceData;
use super::vocabulary;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::links::{BulletinLink, GoalLink, Translation};
use crate::pages::report::ReportData;
use crate::record::{BulletinId, GoalId};

/// A bulletin in a language.
#[derive(Serialize, JsonSchema)]
pub(in crate::pages) struct BulletinData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    #[serde(flatten)]
    link: BulletinLink<'r>,
    /// The section that it stands in.
    section: &'r str,
    /// When it was last changed after it was published, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    updated: Option<String>,
    /// Who said it, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r>>,
    /// Who wrote it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'r str>,
    /// Its categories, by name.
    categories: Vec<&'r str>,
    /// The goals that it announces.
    sets: Vec<GoalLink<'r>>,
    /// What it says about goals.
    reports: Vec<ReportData<'r>>,
    /// The new targets that it gives to goals.
    revises: Vec<RevisedData<'r>>,
    /// The statuses that it gives to goals, beside the computed ones.
    overrides: Vec<JudgedData<'r>>,
    /// The goals that it is related to, without a figure for them.
    mentions: Vec<GoalLink<'r>>,
    /// What was changed after it was published, the oldest first.
    changes: Vec<ChangeData<'r>>,
    /// Since when and why it no longer holds, if it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<WithdrawnData<'r>>,
    /// The same bulletin in other languages.
    translations: Vec<Translation<'r>>,
}

/// A change after publication.
#[derive(Serialize, JsonSchema)]
struct ChangeData<'r> {
    /// When.
    #[schemars(schema_with = "vocabulary::moment")]
    on: String,
    /// What.
    note: &'r str,
}

/// Since when and why a bulletin no longer holds.
#[derive(Serialize, JsonSchema)]
struct WithdrawnData<'r> {
    /// When it was withdrawn.
    #[schemars(schema_with = "vocabulary::moment")]
    on: String,
    /// Why.
    reason: &'r str,
    /// The bulletin that takes its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    replaced_by: Option<String>,
}

/// A new target for a goal, a new end, or both.
#[derive(Serialize, JsonSchema)]
struct RevisedData<'r> {
    /// The goal's id.
    goal: &'r str,
    /// The new number.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// The new last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'r str>,
}

/// A status that the bulletin gives to a goal.
#[derive(Serialize, JsonSchema)]
struct JudgedData<'r> {
    /// The goal's id.
    goal: &'r str,
    /// How far it is, in the bulletin's judgement.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Why.
    reason: &'r str,
}

impl<'r> BulletinData<'r> {
    pub(in crate::pages) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Self {
        let bulletin = context.record.bulletin(id);
        let zone = &context.record.content.site.zone;
        let facts = &bulletin.source.facts;
        let goals =
            |ids: &[GoalId]| ids.iter().map(|id| context.goal_link(*id, language)).collect();
        Self {
            schema: FileKind::Bulletin.schema_url(context),
            link: context.bulletin_link(id, language),
            section: &bulletin.source.folder,
            updated: bulletin.updated().map(|updated| updated.iso(zone)),
            source: SourceData::of(context, id, language),
            byline: facts.byline.as_ref().map(|byline| byline.get(language)),
            categories: bulletin
                .categories
                .iter()
                .map(|id| context.record.category(*id).source.slug.as_str())
                .collect(),
            sets: goals(&bulletin.sets),
            reports: bulletin
                .reports
                .iter()
                .map(|(_, report)| ReportData::new(context, report, language))
                .collect(),
            revises: bulletin
                .revises
                .iter()
                .map(|(goal, revision)| RevisedData {
                    goal: &context.record.goal(*goal).source.slug,
                    target: revision.target.as_ref().map(|target| target.value),
                    to: revision.to.as_ref().map(|to| to.value.iso(zone)),
                    note: revision.note.as_ref().map(|note| note.get(language)),
                })
                .collect(),
            overrides: bulletin
                .overrides
                .iter()
                .map(|(goal, judgement)| JudgedData {
                    goal: &context.record.goal(*goal).source.slug,
                    status: judgement.status.name(),
                    reason: judgement.reason.get(language),
                })
                .collect(),
            mentions: goals(&bulletin.mentions),
            changes: bulletin
                .changes
                .iter()
                .map(|change| ChangeData {
                    on: change.on.iso(zone),
                    note: change.note.get(language),
                })
                .collect(),
            withdrawn: bulletin.withdrawn.map(|removal| WithdrawnData {
                on: removal.on.iso(zone),
                reason: removal.reason.get(language),
                replaced_by: removal
                    .replaced_by
                    .as_ref()
                    .and_then(|slug| {
                        crate::pages::gone::replacement(context, &slug.value, language)
                    })
                    .map(|(href, _)| context.absolute(&href)),
            }),
            translations: context.translations(&bulletin.source.texts, language, |language| {
                context.record.bulletin_address(id, language).path
            }),
        }
    }
}
