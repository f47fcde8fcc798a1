//! JSON alternate of a bulletin: dates, source, and its statements about goals.

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::Localised;
use crate::content::bulletin::{Report, ReportValue};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::bulletin_facts::{
    ChangeData, OverrideData, RevisionData, SourceData, Url, WithdrawalData,
};
use crate::pages::data::document_facts::{ConsultationData, DocumentData, EventData};
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::{BulletinLink, GoalLink, Translation};
use crate::pages::data::vocabulary;
use crate::record::{BulletinId, GoalId};

/// A bulletin in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BulletinData<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    #[serde(flatten)]
    link: BulletinLink<'r>,
    /// Section of the bulletin.
    section: &'r str,
    /// Permanent number, a year and a place in it; it answers at `/n/<year>/<place>/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    permanent_number: Option<String>,
    /// Day of the last change after publication, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    updated: Option<String>,
    /// Source of the statement, with its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, &'r str>>,
    /// Author named by the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'r str>,
    /// Names of the categories of the bulletin.
    categories: Vec<&'r str>,
    /// Goals that the bulletin sets.
    sets: Vec<GoalLink<'r>>,
    /// Reports on goals.
    reports: Vec<ReportData<'r>>,
    /// Goals whose target or end the bulletin revises.
    revises: Vec<RevisionData<'r, &'r str>>,
    /// Statuses that the bulletin gives to goals, beside the calculated ones.
    overrides: Vec<OverrideData<'r, &'r str>>,
    /// Goals that the bulletin mentions without reporting on them.
    mentions: Vec<GoalLink<'r>>,
    /// Changes after publication, oldest first.
    changes: Vec<ChangeData<&'r str>>,
    /// Withdrawal of the bulletin, if it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<WithdrawalData<&'r str, Url>>,
    /// Facts of the bulletin as an official document, and its relations to others.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentData<'r>>,
    /// Consultation, if the public may or could comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    consultation: Option<ConsultationData<'r>>,
    /// Events that the bulletin announces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<EventData<'r>>,
    /// Translations of the bulletin.
    translations: Vec<Translation<'r>>,
}

/// A report on a goal: exactly one of `value`, `at_least`, `at_most`, `milestone` and `note` is
/// present.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportData<'r> {
    /// Id of the goal.
    goal: &'r str,
    /// Day that the report is about.
    #[schemars(schema_with = "vocabulary::moment")]
    as_of: String,
    /// Figure in the goal's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    /// Lower bound, if the source gives no exact figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<f64>,
    /// Upper bound, if the source gives no exact figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<f64>,
    /// Id of a milestone that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<&'r str>,
    /// Statement in words.
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
            permanent_number: bulletin.number.map(|number| number.to_string()),
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
            document: DocumentData::new(context, id, language),
            consultation: ConsultationData::new(context, id),
            events: facts
                .events
                .iter()
                .map(|event| EventData::new(context, event, language))
                .collect(),
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
