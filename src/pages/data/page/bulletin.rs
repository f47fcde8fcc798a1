//! A bulletin as data: when, by whom, and what it says about which goals.

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::Localised;
use crate::content::bulletin::{Report, ReportValue};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::bulletin_facts::{
    ChangeData, OverrideData, RevisionData, SourceData, Url, WithdrawalData,
};
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::{BulletinLink, GoalLink, Translation};
use crate::pages::data::vocabulary;
use crate::record::{BulletinId, GoalId};

/// A bulletin in a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BulletinData<'r> {
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
    source: Option<SourceData<'r, &'r str>>,
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
    revises: Vec<RevisionData<'r, &'r str>>,
    /// The statuses that it gives to goals, beside the computed ones.
    overrides: Vec<OverrideData<'r, &'r str>>,
    /// The goals that it is related to, without a figure for them.
    mentions: Vec<GoalLink<'r>>,
    /// What was changed after it was published, the oldest first.
    changes: Vec<ChangeData<&'r str>>,
    /// Since when and why it no longer holds, if it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<WithdrawalData<&'r str, Url>>,
    /// The same bulletin in other languages.
    translations: Vec<Translation<'r>>,
}

/// What is reported: exactly one of the five is there.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportData<'r> {
    /// The goal, by its id.
    goal: &'r str,
    /// The day for which it holds.
    #[schemars(schema_with = "vocabulary::moment")]
    as_of: String,
    /// A figure, in the goal's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    /// A bound from below, where the source gives no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<f64>,
    /// A bound from above, where the source gives no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<f64>,
    /// A milestone that was reached, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<&'r str>,
    /// A statement in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'r str>,
}

impl<'r> BulletinData<'r> {
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Self {
        let record = context.record;
        let bulletin = record.bulletin(id);
        let facts = &bulletin.source.facts;
        let goals = |ids: &[GoalId]| {
            ids.iter().map(|id| GoalLink::new(context, *id, language)).collect::<Vec<_>>()
        };
        let text = |text: &'r Localised| text.get(language);
        Self {
            schema: FileKind::Bulletin.schema_url(context),
            link: BulletinLink::new(context, id, language),
            section: &bulletin.source.folder,
            updated: bulletin.updated().map(|updated| context.iso(updated)),
            source: facts.source.as_ref().map(|source| SourceData::new(source, text)),
            byline: facts.byline.as_ref().map(text),
            categories: bulletin
                .categories
                .iter()
                .map(|id| record.category(*id).source.slug.as_str())
                .collect(),
            sets: goals(&bulletin.sets),
            reports: bulletin
                .reports
                .iter()
                .map(|(_, report)| ReportData::new(context, report, language))
                .collect(),
            revises: RevisionData::list(context, bulletin, text),
            overrides: OverrideData::list(context, bulletin, text),
            mentions: goals(&bulletin.mentions),
            changes: ChangeData::list(context, bulletin, text),
            withdrawn: bulletin.withdrawn.map(|removal| {
                let slug = removal.replaced_by.as_ref();
                let replacement = slug.and_then(|slug| context.replacement(&slug.value, language));
                let replaced_by = replacement.map(|(path, _)| Url(context.absolute(&path)));
                WithdrawalData::new(context, removal, text, replaced_by)
            }),
            translations: Translation::list(
                context,
                &bulletin.source.texts,
                language,
                |language| record.bulletin_address(id, language).path,
            ),
        }
    }
}

impl<'r> ReportData<'r> {
    pub(crate) fn new(context: &Context<'r>, report: &'r Report, language: Language) -> Self {
        let mut data = Self {
            goal: &report.goal.value,
            as_of: context.iso(report.as_of),
            value: None,
            at_least: None,
            at_most: None,
            milestone: None,
            note: None,
        };
        match &report.value {
            ReportValue::Exact(value) => data.value = Some(*value),
            ReportValue::AtLeast(value) => data.at_least = Some(*value),
            ReportValue::AtMost(value) => data.at_most = Some(*value),
            ReportValue::Milestone(id) => data.milestone = Some(&id.value),
            ReportValue::Note(note) => data.note = Some(note.get(language)),
        }
        data
    }
}
