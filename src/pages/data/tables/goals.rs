//! Every goal with the state of its progress, as `goals.json` has it; the columns of `goals.csv` carry the names of
//! the fields.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::progress::{self, ReportEntry};
use crate::content::goal::{GoalKind, ReportingFrequency};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::{BulletinLink, GoalLink, by_language, followed};
use crate::pages::data::vocabulary;
use crate::record::{GoalId, PageRef};

/// Every goal.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalsFile<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The page of all goals.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tags of the site's languages, the first one first.
    languages: Vec<&'r str>,
    /// The goals by category, then in their order.
    goals: Vec<GoalEntry<'r>>,
}

/// A goal with the state of its progress.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalEntry<'r> {
    /// Its name, unique among goals.
    pub(crate) id: &'r str,
    /// The category that it belongs to, by name.
    pub(crate) category: &'r str,
    /// What kind of promise it is.
    #[schemars(extend("enum" = vocabulary::kinds()))]
    pub(crate) kind: &'static str,
    /// What is promised, by language tag.
    pub(crate) title: BTreeMap<&'r str, &'r str>,
    /// The number to reach or to keep, as it stands now, after every revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<f64>,
    /// Whether that number is not to be exceeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at_most: Option<bool>,
    /// What is counted, by language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<BTreeMap<&'r str, &'r str>>,
    /// The number from which an increase counts, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) baseline: Option<f64>,
    /// The first day of its period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) period_from: Option<String>,
    /// The last day of its period, as it stands now; absent when no end was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) period_to: Option<String>,
    /// How often a figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::intervals()))]
    pub(crate) report_every: Option<&'static str>,
    /// The public goal that it goes on from, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) follows: Option<&'r str>,
    /// How far it is, by the rule of `/goals/method/`.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(crate) status: &'static str,
    /// How far it is in the judgement of the newest bulletin that gave one; it stands beside the computed status.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(crate) overridden: Option<&'static str>,
    /// The figure that makes the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) latest_value: Option<f64>,
    /// How exact that figure is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::bounds()))]
    pub(crate) latest_bound: Option<&'static str>,
    /// The day for which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) latest_as_of: Option<String>,
    /// The page of the bulletin that reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "uri"))]
    pub(crate) latest_bulletin: Option<String>,
    /// The share of the way from the baseline (0) to the target (1) that is done at the latest figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attainment: Option<f64>,
    /// The share of the period that is gone at the latest figure, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) elapsed: Option<f64>,
    /// Attainment divided by the share of the period that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pace: Option<f64>,
    /// The day for which the next figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) next_figure_as_of: Option<String>,
    /// The last day on which it is in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) next_figure_due: Option<String>,
    /// How many milestones it has, if it is something to be delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) milestones: Option<usize>,
    /// How many of them were reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) milestones_reached: Option<usize>,
    /// The pages of the bulletins that announced it, the oldest first.
    pub(crate) set_by: Vec<String>,
    /// Its page, in the site's first language; its data is at `index.json` there.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// What bulletins reported and still holds, in the order of the days.
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
    /// Every public goal, in the site's order.
    pub(crate) fn all(context: &Context<'r>) -> Vec<Self> {
        context.record.goal_ids().map(|id| Self::new(context, id)).collect()
    }

    fn new(context: &Context<'r>, id: GoalId) -> Self {
        let (goal, progress) = (context.record.goal(id), context.record.progress(id));
        let (texts, facts) = (&goal.source.texts, &goal.source.facts);
        let link = GoalLink::new(context, id, Language::DEFAULT);
        let latest = progress.latest_figure();
        let is_delivered = facts.kind == GoalKind::Deliver;
        let reached = || progress.steps.iter().filter(|step| step.reached.is_some()).count();
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
            follows: followed(context, id),
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
            milestones_reached: is_delivered.then(reached),
            set_by: goal.set_by().map(bulletin_url).collect(),
            url: link.url,
            reports: progress::entries(context, id),
        }
    }
}
