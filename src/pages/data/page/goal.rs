//! JSON alternate of a goal: its target, its progress with the calculation, and every bulletin
//! about it.

use schemars::JsonSchema;
use serde::Serialize;

use super::bulletin::ReportData;
use crate::content::goal::{Period, ReportingFrequency};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::bulletin_facts::SourceData;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::references::{BulletinLink, GoalLink, Translation, followed_goal};
use crate::pages::data::vocabulary;
use crate::record::progress::{Figure, MilestoneState, Revised};
use crate::record::{BulletinId, Evidence, Goal, GoalId, Progress, Role};

/// A goal in one language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct GoalData<'r> {
    /// JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    #[serde(flatten)]
    link: GoalLink<'r>,
    /// Kind of goal.
    #[schemars(extend("enum" = vocabulary::kinds()))]
    kind: &'static str,
    /// As announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetData<'r>>,
    /// Number from which an increase counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<f64>,
    /// As announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodData>,
    /// Frequency at which a figure is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = vocabulary::intervals()))]
    report_every: Option<&'static str>,
    /// Id of the public goal of an earlier period that it continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<&'r str>,
    /// Progress with its calculation.
    progress: ProgressData<'r>,
    /// Milestones in the order of the goal.
    milestones: Vec<MilestoneData<'r>>,
    /// Roles of public bulletins for the goal, oldest first.
    evidence: Vec<EvidenceData<'r>>,
    /// Translations of the goal.
    translations: Vec<Translation<'r>>,
}

/// A target number with its unit.
#[derive(Serialize, JsonSchema)]
struct TargetData<'r> {
    /// Number.
    value: f64,
    /// Unit of the number.
    unit: &'r str,
    /// Whether the number is an upper limit.
    at_most: bool,
}

/// The period of a goal.
#[derive(Serialize, JsonSchema)]
struct PeriodData {
    /// First day.
    #[schemars(schema_with = "vocabulary::moment")]
    from: String,
    /// Last day; absent if no end was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
}

/// The progress of a goal with its calculation.
#[derive(Serialize, JsonSchema)]
struct ProgressData<'r> {
    /// Status, calculated by the rule of `/goals/method/`.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Status given by the newest bulletin that gives one, beside the calculated status.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    overridden: Option<OverrideData<'r>>,
    /// Current target number, after every revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// Current period, after every revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodData>,
    /// Share of the way from the baseline (0) to the target (1) at the latest figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    attainment: Option<f64>,
    /// Share of the period that has passed at the latest figure, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    elapsed: Option<f64>,
    /// Attainment divided by the share of the period that has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pace: Option<f64>,
    /// Dates of the next expected figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_figure: Option<DueData>,
    /// Every valid figure, by day.
    figures: Vec<FigureData<'r>>,
    /// Changes of target or period, oldest first.
    revisions: Vec<RevisionData<'r>>,
}

/// A status that a bulletin gives to a goal, whatever the rule calculates.
#[derive(Serialize, JsonSchema)]
struct OverrideData<'r> {
    /// Status of the goal according to the bulletin.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    status: &'static str,
    /// Reason.
    reason: &'r str,
    /// Bulletin that says so.
    bulletin: BulletinLink<'r>,
}

/// The dates of the next expected figure.
#[derive(Serialize, JsonSchema)]
struct DueData {
    /// Day that the figure is for.
    #[schemars(extend("format" = "date"))]
    as_of: String,
    /// Last day on which the next figure is in time.
    #[schemars(extend("format" = "date"))]
    due: String,
}

/// A reported figure.
#[derive(Serialize, JsonSchema)]
struct FigureData<'r> {
    /// Number in the goal's unit.
    value: f64,
    /// Whether the number is exact or a bound.
    #[schemars(extend("enum" = vocabulary::bounds()))]
    bound: &'static str,
    /// Day that the report is about.
    #[schemars(schema_with = "vocabulary::moment")]
    as_of: String,
    /// Share of the way to the current target at this figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    attainment: Option<f64>,
    /// `counts`, or why it does not: `superseded`, `before-period`, `ahead`, `proves-nothing`.
    #[schemars(extend("enum" = vocabulary::figure_statuses()))]
    standing: &'static str,
    /// Whether the figure reaches the target or keeps the level; absent if its bound leaves that
    /// open.
    #[serde(skip_serializing_if = "Option::is_none")]
    met: Option<bool>,
    /// Whether this figure decides the status.
    latest: bool,
    /// Bulletin that reported it.
    bulletin: BulletinLink<'r>,
    /// Source of the statement, with its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, &'r str>>,
}

/// A change of a goal's target or period.
#[derive(Serialize, JsonSchema)]
struct RevisionData<'r> {
    /// Previous target number.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_target: Option<f64>,
    /// New target number.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    /// Previous last day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    old_to: Option<String>,
    /// New last day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    to: Option<String>,
    /// Reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'r str>,
    /// Bulletin that says so.
    bulletin: BulletinLink<'r>,
}

/// A milestone of a goal.
#[derive(Serialize, JsonSchema)]
struct MilestoneData<'r> {
    /// Id by which bulletins report the milestone.
    id: &'r str,
    /// Title.
    title: &'r str,
    /// Day by which it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    due: Option<String>,
    /// Reported day on which it was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::moment")]
    reached: Option<String>,
    /// Whether it is overdue and not reached.
    late: bool,
    /// Bulletin that reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    bulletin: Option<BulletinLink<'r>>,
}

/// The role of one bulletin for a goal.
#[derive(Serialize, JsonSchema)]
struct EvidenceData<'r> {
    /// Role of the bulletin for the goal.
    #[schemars(extend("enum" = vocabulary::roles()))]
    role: &'static str,
    /// Whether the bulletin was withdrawn and therefore does not count.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    /// Bulletin.
    bulletin: BulletinLink<'r>,
    /// Source of the statement, with its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceData<'r, &'r str>>,
    /// Report of the bulletin; absent if the bulletin was withdrawn.
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
            follows: followed_goal(context, self.id),
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
        // The report of a withdrawn bulletin is no longer valid and is not repeated.
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
