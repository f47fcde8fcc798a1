//! `goals.json`: every goal with its progress. The columns of `goals.csv` have the names of the
//! fields.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::progress::{self, ReportEntry};
use crate::content::goal::{GoalKind, ReportingFrequency};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::{BulletinLink, GoalLink, by_language, followed_goal};
use crate::pages::data::vocabulary;
use crate::record::{GoalId, PageRef};

/// All goals of the site.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalsFile<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// Absolute URL of the page of all goals.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// BCP 47 tags of the site's languages, in the site's order.
    languages: Vec<&'r str>,
    /// Goals by category, then in their order.
    goals: Vec<GoalEntry<'r>>,
}

/// A goal with its progress.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalEntry<'r> {
    /// Name, unique among goals.
    pub(crate) id: &'r str,
    /// Name of the category of the goal.
    pub(crate) category: &'r str,
    /// Kind of goal.
    #[schemars(extend("enum" = vocabulary::kinds()))]
    pub(crate) kind: &'static str,
    /// Title of the goal, by language tag.
    pub(crate) title: BTreeMap<&'r str, &'r str>,
    /// Current number to reach or to keep, after every revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<f64>,
    /// Whether the target is an upper limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_most: Option<bool>,
    /// Unit of the number, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<BTreeMap<&'r str, &'r str>>,
    /// Number from which an increase counts, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) baseline: Option<f64>,
    /// First day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) period_from: Option<String>,
    /// Last day of the current period; absent if no end was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) period_to: Option<String>,
    /// Frequency at which a figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::intervals()))]
    pub(crate) report_every: Option<&'static str>,
    /// Id of the public goal of an earlier period that it continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) follows: Option<&'r str>,
    /// Status, calculated by the rule of `/goals/method/`.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(crate) status: &'static str,
    /// Status given by the newest bulletin that gives one, beside the calculated status.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(crate) overridden: Option<&'static str>,
    /// Figure that decides the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) latest_value: Option<f64>,
    /// Whether that figure is exact or a bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::bounds()))]
    pub(crate) latest_bound: Option<&'static str>,
    /// Day that the report is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) latest_as_of: Option<String>,
    /// Page of the bulletin that reported the latest figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    pub(crate) latest_bulletin: Option<String>,
    /// Share of the way from the baseline (0) to the target (1) at the latest figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attainment: Option<f64>,
    /// Share of the period that has passed at the latest figure, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) elapsed: Option<f64>,
    /// Attainment divided by the share of the period that has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pace: Option<f64>,
    /// Day for which the next figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) next_figure_as_of: Option<String>,
    /// Last day on which the next figure is in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) next_figure_due: Option<String>,
    /// Number of milestones, for goals of kind `deliver`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) milestones: Option<usize>,
    /// Number of milestones reached, for goals of kind `deliver`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) milestones_reached: Option<usize>,
    /// Pages of the bulletins that set the goal, oldest first.
    pub(crate) set_by: Vec<String>,
    /// Page of the goal in the site's first language; its data is at `index.json` there.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Valid reports on the goal, by day.
    pub(crate) reports: Vec<ReportEntry<'r>>,
}

impl<'r> GoalsFile<'r> {
    pub(crate) fn new(context: &Context<'r>, goals: Vec<GoalEntry<'r>>) -> Self {
        let content = context.record.content;
        Self {
            schema: FileKind::Goals.schema_url(context),
            url: context.absolute(&PageRef::Goals.path(content, Language::DEFAULT)),
            languages: content.site.languages.tags().collect(),
            goals,
        }
    }
}

impl<'r> GoalEntry<'r> {
    /// Lists every public goal in the site's order.
    pub(crate) fn all(context: &Context<'r>) -> Vec<Self> {
        context.record.goal_ids().map(|id| Self::new(context, id)).collect()
    }

    fn new(context: &Context<'r>, id: GoalId) -> Self {
        let (goal, progress) = (context.record.goal(id), context.record.progress(id));
        let (texts, facts) = (&goal.source.texts, &goal.source.facts);
        let link = GoalLink::new(context, id, Language::DEFAULT);
        let latest = progress.latest_figure();
        let is_delivered = facts.kind == GoalKind::Deliver;
        let reached = progress.steps.iter().filter(|step| step.reached.is_some()).count();
        let bulletin_url = |id| BulletinLink::new(context, id, Language::DEFAULT).url;
        Self {
            id: link.id,
            category: link.category,
            kind: facts.kind.name(),
            title: by_language(context, |language| {
                texts.get(language).map(|text| text.title.value.as_str())
            }),
            target: progress.target,
            at_most: facts.target.as_ref().map(|target| target.at_most),
            unit: facts
                .target
                .as_ref()
                .map(|target| by_language(context, |language| Some(target.unit.name(language)))),
            baseline: facts.baseline,
            period_from: progress.period.map(|period| period.from.date().to_string()),
            period_to: progress.period.and_then(|period| period.to).map(|to| to.date().to_string()),
            report_every: facts.report_every.map(ReportingFrequency::name),
            follows: followed_goal(context, id),
            status: progress.status.name(),
            overridden: progress.overridden.map(|(_, judgement)| judgement.status.name()),
            latest_value: latest.map(|figure| figure.value),
            latest_bound: latest.map(|figure| figure.bound.name()),
            latest_as_of: latest.map(|figure| figure.report.as_of.date().to_string()),
            latest_bulletin: latest.map(|figure| bulletin_url(figure.bulletin)),
            attainment: progress.attainment,
            elapsed: progress.elapsed,
            pace: progress.pace,
            next_figure_as_of: progress.due.map(|due| due.as_of.to_string()),
            next_figure_due: progress.due.map(|due| due.by.to_string()),
            milestones: is_delivered.then_some(progress.steps.len()),
            milestones_reached: is_delivered.then_some(reached),
            set_by: goal.set_by().map(bulletin_url).collect(),
            url: link.url,
            reports: progress::goal_reports(context, id),
        }
    }
}
