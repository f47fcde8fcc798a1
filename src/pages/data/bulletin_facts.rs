//! Facts of a bulletin as data, in one language or in all.
//!
//! `T` is a text: `&str` in the data of a page, a map by language tag in `bulletins.json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::vocabulary;
use crate::content::Localised;
use crate::content::bulletin::{BulletinSource, Removal};
use crate::pages::context::Context;
use crate::record::Bulletin;

/// The source from which a bulletin reports.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SourceData")]
pub(crate) struct SourceData<'r, T> {
    /// Name of the newspaper, office or site.
    name: T,
    /// Address of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    url: Option<&'r str>,
}

/// A change after publication.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChangeData")]
pub(crate) struct ChangeData<T> {
    /// Day of the change.
    #[schemars(schema_with = "vocabulary::moment")]
    on: String,
    /// Description of the change.
    note: T,
}

/// A new target of a goal, a new end, or both.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RevisionData")]
pub(crate) struct RevisionData<'r, T> {
    /// Id of the goal.
    goal: &'r str,
    /// New target number.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// New last day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
    /// Reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<T>,
}

/// A status that the bulletin gives to a goal, beside the calculated one.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OverrideData")]
pub(crate) struct OverrideData<'r, T> {
    /// Id of the goal.
    goal: &'r str,
    /// Status of the goal according to the bulletin.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Reason.
    reason: T,
}

/// The withdrawal of a bulletin.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WithdrawalData")]
pub(crate) struct WithdrawalData<T, R> {
    /// Day of the withdrawal.
    #[schemars(schema_with = "vocabulary::moment")]
    on: String,
    /// Reason.
    reason: T,
    /// The public bulletin that replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<R>,
}

/// The absolute URL of a page.
#[derive(Serialize, JsonSchema)]
#[schemars(inline, extend("format" = "uri"))]
pub(crate) struct Url(pub(crate) String);

impl<'r, T> SourceData<'r, T> {
    pub(crate) fn new(source: &'r BulletinSource, text: impl Fn(&'r Localised) -> T) -> Self {
        Self { name: text(&source.name), url: source.url.as_deref() }
    }
}

impl<T> ChangeData<T> {
    /// Lists the changes to a bulletin, oldest first.
    pub(crate) fn list<'r>(
        context: &Context<'r>,
        bulletin: &Bulletin<'r>,
        text: impl Fn(&'r Localised) -> T,
    ) -> Vec<Self> {
        bulletin
            .changes
            .iter()
            .map(|change| Self { on: context.iso(change.on), note: text(&change.note) })
            .collect()
    }
}

impl<'r, T> RevisionData<'r, T> {
    /// Lists the goals that a bulletin revises.
    pub(crate) fn list(
        context: &Context<'r>,
        bulletin: &Bulletin<'r>,
        text: impl Fn(&'r Localised) -> T,
    ) -> Vec<Self> {
        bulletin
            .revises
            .iter()
            .map(|(goal, revision)| Self {
                goal: &context.record.goal(*goal).source.slug,
                target: revision.target.as_ref().map(|target| target.value),
                to: revision.to.as_ref().map(|to| context.iso(to.value)),
                note: revision.note.as_ref().map(&text),
            })
            .collect()
    }
}

impl<'r, T> OverrideData<'r, T> {
    /// Lists the statuses that a bulletin gives to goals.
    pub(crate) fn list(
        context: &Context<'r>,
        bulletin: &Bulletin<'r>,
        text: impl Fn(&'r Localised) -> T,
    ) -> Vec<Self> {
        bulletin
            .overrides
            .iter()
            .map(|(goal, judgement)| Self {
                goal: &context.record.goal(*goal).source.slug,
                status: judgement.status.name(),
                reason: text(&judgement.reason),
            })
            .collect()
    }
}

impl<T, R> WithdrawalData<T, R> {
    pub(crate) fn new<'r>(
        context: &Context<'_>,
        removal: &'r Removal,
        text: impl Fn(&'r Localised) -> T,
        replaced_by: Option<R>,
    ) -> Self {
        Self { on: context.iso(removal.on), reason: text(&removal.reason), replaced_by }
    }
}
