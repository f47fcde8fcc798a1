//! A goal as data: what was promised, how far it is with the sum, and every bulletin that says something about it.

use schemars::JsonSchema;
use serde::Serialize;

use super::bulletin::ReportData;
use crate::content::goal::{Period, ReportingFrequency};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::bulletin_facts::SourceData;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::{BulletinLink, GoalLink, Translation, followed};
use crate::pages::data::vocabulary;
use crate::record::progress::{Figure, MilestoneState, Revised};
use crate::record::{BulletinId, Evidence, Goal, GoalId, Progress, Role};

/// A goal in a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    #[serde(flatten)]
    link: GoalLink<'r>,
    /// What kind of promise it is.
    #[schemars(extend("enum" = vocabulary::kinds()))]
    kind: &'static str,
    /// As it was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetData<'r>>,
    /// The number from which an increase counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<f64>,
    /// As it was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodData>,
    /// How often a figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::intervals()))]
    report_every: Option<&'static str>,
    /// The public goal that it goes on from, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<&'r str>,
    /// How far it is, with the sum.
    progress: ProgressData<'r>,
    /// The steps of something to be delivered, in the order of the goal.
    milestones: Vec<MilestoneData<'r>>,
    /// What public bulletins do for it, the oldest first.
    evidence: Vec<EvidenceData<'r>>,
    /// The same goal in other languages.
    translations: Vec<Translation<'r>>,
}

/// A number with what it counts.
#[derive(Serialize, JsonSchema)]
struct TargetData<'r> {
    /// The number itself.
    value: f64,
    /// What is counted.
    unit: &'r str,
    /// Whether the number is not to be exceeded.
    at_most: bool,
}

/// When a goal begins and ends.
#[derive(Serialize, JsonSchema)]
struct PeriodData {
    /// The first day.
    #[schemars(schema_with = "vocabulary::moment")]
    from: String,
    /// The last day; absent when no end was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
}

/// How far a goal is, with the sum.
#[derive(Serialize, JsonSchema)]
struct ProgressData<'r> {
    /// By the rule of `/goals/method/`.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// The judgement of the newest bulletin that gave one; it stands beside the computed status.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    overridden: Option<OverrideData<'r>>,
    /// The number as it stands now, after every revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// The period as it stands now, after every revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodData>,
    /// The share of the way from the baseline (0) to the target (1) that is done at the latest figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    attainment: Option<f64>,
    /// The share of the period that is gone at the latest figure, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    elapsed: Option<f64>,
    /// Attainment divided by the share of the period that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pace: Option<f64>,
    /// When the next figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_figure: Option<DueData>,
    /// Every figure that holds, in the order of their days.
    figures: Vec<FigureData<'r>>,
    /// What changed target or period, the oldest first.
    revisions: Vec<RevisionData<'r>>,
}

/// A status that a bulletin gives to a goal, whatever the rule computes.
#[derive(Serialize, JsonSchema)]
struct OverrideData<'r> {
    /// How far it is, in the bulletin's judgement.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Why.
    reason: &'r str,
    /// Who said so.
    bulletin: BulletinLink<'r>,
}

/// When the next figure is expected.
#[derive(Serialize, JsonSchema)]
struct DueData {
    /// The day for which it is expected.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// The last day on which it is in time.
    #[schemars(extend("format" = "date"))]
    due: String,
}

/// A reported figure.
#[derive(Serialize, JsonSchema)]
struct FigureData<'r> {
    /// The number, in the goal's unit.
    value: f64,
    /// How exact it is.
    #[schemars(extend("enum" = vocabulary::bounds()))]
    bound: &'static str,
    /// The day for which it holds.
    #[schemars(schema_with = "vocabulary::moment")]
    as_of: String,
    /// The share of the way that was done with it, measured against the target of today.
    #[serde(skip_serializing_if = "Option::is_none")]
    attainment: Option<f64>,
    /// `counts`, or why it does not: `superseded`, `before-period`, `ahead`, `proves-nothing`.
    #[schemars(extend("enum" = vocabulary::standings()))]
    standing: &'static str,
    /// Whether it reaches the target, or keeps the level; left out where its bound leaves that open.
    #[serde(skip_serializing_if = "Option::is_none")]
    met: Option<bool>,
    /// Whether it is the figure that makes the status.
    latest: bool,
    /// Who reported it.
    bulletin: BulletinLink<'r>,
    /// Who said it, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, &'r str>>,
}

/// A change of a goal's target or period.
#[derive(Serialize, JsonSchema)]
struct RevisionData<'r> {
    /// The number before.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_target: Option<f64>,
    /// The new number.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// The last day before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    old_to: Option<String>,
    /// The new last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'r str>,
    /// Who said so.
    bulletin: BulletinLink<'r>,
}

/// A step of something to be delivered.
#[derive(Serialize, JsonSchema)]
struct MilestoneData<'r> {
    /// The name by which bulletins report it.
    id: &'r str,
    /// What is to be there.
    title: &'r str,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    due: Option<String>,
    /// The day on which it was reached, as reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    reached: Option<String>,
    /// Whether it is past its day and not reached.
    late: bool,
    /// The bulletin that reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    bulletin: Option<BulletinLink<'r>>,
}

/// What one bulletin does for a goal.
#[derive(Serialize, JsonSchema)]
struct EvidenceData<'r> {
    /// What the bulletin does for the goal.
    #[schemars(extend("enum" = vocabulary::roles()))]
    role: &'static str,
    /// Whether the bulletin was withdrawn, and so proves nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    /// The bulletin.
    bulletin: BulletinLink<'r>,
    /// Who said it, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, &'r str>>,
    /// What it reports; of a withdrawn bulletin nothing is repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<ReportData<'r>>,
}

impl<'r> GoalData<'r> {
    pub(crate) fn new(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        GoalDataBuilder {
            context,
            id,
            goal: context.record.goal(id),
            progress: context.record.progress(id),
            language,
        }
        .data()
    }
}

struct GoalDataBuilder<'m, 'r> {
    context: &'m Context<'r>,
    id: GoalId,
    goal: &'r Goal<'r>,
    progress: &'r Progress<'r>,
    language: Language,
}

impl<'r> GoalDataBuilder<'_, 'r> {
    fn data(&self) -> GoalData<'r> {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let facts = &self.goal.source.facts;
        let texts = &self.goal.source.texts;
        GoalData {
            schema: FileKind::Goal.schema_url(context),
            link: GoalLink::new(context, self.id, language),
            kind: facts.kind.name(),
            target: facts.target.as_ref().map(|target| TargetData {
                value: target.value,
                unit: target.unit.name(language),
                at_most: target.at_most,
            }),
            baseline: facts.baseline,
            period: facts.period.map(|period| self.period(period)),
            report_every: facts.report_every.map(ReportingFrequency::name),
            follows: followed(context, self.id),
            progress: self.progress(),
            milestones: self.progress.steps.iter().map(|step| self.milestone(step)).collect(),
            evidence: self.goal.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            translations: Translation::list(context, texts, language, |language| {
                record.goal_address(self.id, language).path
            }),
        }
    }

    fn progress(&self) -> ProgressData<'r> {
        let progress = self.progress;
        let figures = progress.figures.iter().enumerate();
        ProgressData {
            status: progress.status.name(),
            overridden: progress.overridden.map(|(bulletin, judgement)| OverrideData {
                status: judgement.status.name(),
                reason: judgement.reason.get(self.language),
                bulletin: BulletinLink::new(self.context, bulletin, self.language),
            }),
            target: progress.target,
            period: progress.period.map(|period| self.period(period)),
            attainment: progress.attainment,
            elapsed: progress.elapsed,
            pace: progress.pace,
            next_figure: progress
                .due
                .map(|due| DueData { as_of: due.as_of.to_string(), due: due.by.to_string() }),
            figures: figures
                .map(|(place, figure)| self.figure(figure, progress.latest == Some(place)))
                .collect(),
            revisions: progress.revisions.iter().map(|revised| self.revision(revised)).collect(),
        }
    }

    fn figure(&self, figure: &Figure<'r>, latest: bool) -> FigureData<'r> {
        FigureData {
            value: figure.value,
            bound: figure.bound.name(),
            as_of: self.context.iso(figure.report.as_of),
            attainment: figure.attainment,
            standing: figure.status.name(),
            met: figure.is_met,
            latest,
            bulletin: BulletinLink::new(self.context, figure.bulletin, self.language),
            source: self.source(figure.bulletin),
        }
    }

    fn revision(&self, revised: &Revised<'r>) -> RevisionData<'r> {
        let revision = revised.revision;
        let (target, to) = (revision.target.as_ref(), revision.to.as_ref());
        RevisionData {
            old_target: target.and(revised.old_target),
            target: target.map(|target| target.value),
            old_to: to.and(revised.old_to).map(|to| self.context.iso(to)),
            to: to.map(|to| self.context.iso(to.value)),
            note: revision.note.as_ref().map(|note| note.get(self.language)),
            bulletin: BulletinLink::new(self.context, revised.bulletin, self.language),
        }
    }

    fn milestone(&self, step: &MilestoneState<'r>) -> MilestoneData<'r> {
        MilestoneData {
            id: &step.milestone.id.value,
            title: step.milestone.title.get(self.language),
            due: step.due.map(|due| self.context.iso(due)),
            reached: step.reached.map(|(_, report)| self.context.iso(report.as_of)),
            late: step.is_late,
            bulletin: step
                .reached
                .map(|(bulletin, _)| BulletinLink::new(self.context, bulletin, self.language)),
        }
    }

    fn evidence(&self, evidence: &Evidence<'r>) -> EvidenceData<'r> {
        // What a withdrawn bulletin reported no longer holds, and is not repeated.
        let report = match evidence.role {
            Role::Reports(report) if !evidence.is_withdrawn => Some(report),
            _ => None,
        };
        EvidenceData {
            role: evidence.role.name(),
            withdrawn: evidence.is_withdrawn,
            bulletin: BulletinLink::new(self.context, evidence.bulletin, self.language),
            source: self.source(evidence.bulletin),
            report: report.map(|report| ReportData::new(self.context, report, self.language)),
        }
    }

    fn period(&self, period: Period) -> PeriodData {
        PeriodData {
            from: self.context.iso(period.from),
            to: period.to.map(|to| self.context.iso(to)),
        }
    }

    fn source(&self, id: BulletinId) -> Option<SourceData<'r, &'r str>> {
        let source = self.context.record.bulletin(id).source.facts.source.as_ref()?;
        Some(SourceData::new(source, |text| text.get(self.language)))
    }
}
