//! A goal as data: what was promised, how far it is with the sum, and every bulletin that says something about it.

use serde::Serialize;

use crate::content::Moment;
use crate::content::goal::{Interval, Period};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::links::{BulletinLink, GoalLink, Translation};
use crate::pages::report::ReportData;
use crate::record::progress::{Figure, MilestoneState, Revised};
use crate::record::{Evidence, Goal, GoalId, Progress, Role};

/// A goal in a language.
#[derive(Serialize)]
pub(in crate::pages) struct GoalData<'r> {
    #[serde(flatten)]
    link: GoalLink<'r>,
    kind: &'static str,
    /// As it was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetData<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<f64>,
    /// As it was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_every: Option<&'static str>,
    /// The goal that it goes on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<&'r str>,
    progress: ProgressData<'r>,
    milestones: Vec<MilestoneData<'r>>,
    evidence: Vec<EvidenceData<'r>>,
    translations: Vec<Translation<'r>>,
}

#[derive(Serialize)]
struct TargetData<'r> {
    value: f64,
    unit: &'r str,
    /// Whether the number is not to be exceeded.
    at_most: bool,
}

#[derive(Serialize)]
struct PeriodData {
    from: String,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

/// How far a goal is, with the sum.
#[derive(Serialize)]
struct ProgressData<'r> {
    /// By the rule of `/goals/method/`.
    status: &'static str,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    next_figure: Option<DueData>,
    figures: Vec<FigureData<'r>>,
    revisions: Vec<RevisionData<'r>>,
}

#[derive(Serialize)]
struct OverrideData<'r> {
    status: &'static str,
    reason: &'r str,
    bulletin: BulletinLink<'r>,
}

#[derive(Serialize)]
struct DueData {
    /// The day for which it is expected.
    as_of: String,
    /// The last day on which it is in time.
    due: String,
}

#[derive(Serialize)]
struct FigureData<'r> {
    value: f64,
    /// `exact`, `at-least` or `at-most`.
    bound: &'static str,
    as_of: String,
    attainment: f64,
    /// `counts`, or why it does not: `superseded`, `before-period`, `ahead`, `proves-nothing`.
    standing: &'static str,
    /// Whether it is the figure that makes the status.
    latest: bool,
    bulletin: BulletinLink<'r>,
}

#[derive(Serialize)]
struct RevisionData<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    old_target: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'r str>,
    bulletin: BulletinLink<'r>,
}

#[derive(Serialize)]
struct MilestoneData<'r> {
    id: &'r str,
    title: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// The day on which it was reached, as reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<String>,
    late: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bulletin: Option<BulletinLink<'r>>,
}

#[derive(Serialize)]
struct EvidenceData<'r> {
    /// `sets`, `reports`, `revises`, `overrides` or `mentions`.
    role: &'static str,
    /// Whether the bulletin was withdrawn, and so proves nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    bulletin: BulletinLink<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<ReportData<'r>>,
}

impl<'r> GoalData<'r> {
    pub(in crate::pages) fn new(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        Maker { context, id, goal: context.record.goal(id), progress: context.record.progress(id), language }.data()
    }
}

struct Maker<'m, 'r> {
    context: &'m Context<'r>,
    id: GoalId,
    goal: &'r Goal<'r>,
    progress: &'r Progress<'r>,
    language: Language,
}

impl<'r> Maker<'_, 'r> {
    fn data(&self) -> GoalData<'r> {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let facts = &self.goal.source.facts;
        let texts = &self.goal.source.texts;
        GoalData {
            link: context.goal_link(self.id, language),
            kind: facts.kind.name(),
            target: facts.target.as_ref().map(|target| TargetData {
                value: target.value,
                unit: target.unit.name(language),
                at_most: target.at_most,
            }),
            baseline: facts.baseline,
            period: facts.period.map(|period| self.period(period)),
            report_every: facts.report_every.map(Interval::name),
            follows: facts.follows.as_ref().map(|goal| goal.value.as_str()),
            progress: self.progress(),
            milestones: self.progress.steps.iter().map(|step| self.milestone(step)).collect(),
            evidence: self.goal.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            translations: context.translations(texts, language, |language| record.goal_address(self.id, language).path),
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
                bulletin: self.context.bulletin_link(bulletin, self.language),
            }),
            target: progress.target,
            period: progress.period.map(|period| self.period(period)),
            attainment: progress.attainment,
            elapsed: progress.elapsed,
            pace: progress.pace,
            next_figure: progress.due.map(|due| DueData { as_of: due.as_of.to_string(), due: due.by.to_string() }),
            figures: figures.map(|(place, figure)| self.figure(figure, progress.latest == Some(place))).collect(),
            revisions: progress.revisions.iter().map(|revised| self.revision(revised)).collect(),
        }
    }

    fn figure(&self, figure: &Figure<'r>, latest: bool) -> FigureData<'r> {
        FigureData {
            value: figure.value,
            bound: figure.bound.name(),
            as_of: self.iso(figure.report.as_of),
            attainment: figure.attainment,
            standing: figure.standing.name(),
            latest,
            bulletin: self.context.bulletin_link(figure.bulletin, self.language),
        }
    }

    fn revision(&self, revised: &Revised<'r>) -> RevisionData<'r> {
        let revision = revised.revision;
        let (target, to) = (revision.target.as_ref(), revision.to.as_ref());
        RevisionData {
            old_target: target.and(revised.old_target),
            target: target.map(|target| target.value),
            old_to: to.and(revised.old_to).map(|to| self.iso(to)),
            to: to.map(|to| self.iso(to.value)),
            note: revision.note.as_ref().map(|note| note.get(self.language)),
            bulletin: self.context.bulletin_link(revised.bulletin, self.language),
        }
    }

    fn milestone(&self, step: &MilestoneState<'r>) -> MilestoneData<'r> {
        MilestoneData {
            id: &step.milestone.id.value,
            title: step.milestone.title.get(self.language),
            due: step.due.map(|due| self.iso(due)),
            reached: step.reached.map(|(_, report)| self.iso(report.as_of)),
            late: step.is_late,
            bulletin: step.reached.map(|(bulletin, _)| self.context.bulletin_link(bulletin, self.language)),
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
            bulletin: self.context.bulletin_link(evidence.bulletin, self.language),
            report: report.map(|report| ReportData::new(self.context, report, self.language)),
        }
    }

    fn period(&self, period: Period) -> PeriodData {
        PeriodData { from: self.iso(period.from), to: period.to.map(|to| self.iso(to)) }
    }

    fn iso(&self, moment: Moment) -> String {
        moment.iso(&self.context.record.content.site.zone)
    }
}
