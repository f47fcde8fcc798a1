//! The explanation of a status: the calculation, the reason, and remarks.

use super::quantity::Amount;
use super::status_text::{bounded_share, pace, percent};
use crate::content::Status;
use crate::content::goal::{GoalFacts, GoalKind};
use crate::language::{Language, Locale};
use crate::pages::context::Context;
use crate::record::progress::MilestoneState;
use crate::record::progress::calendar::{TimeSpan, end_of_day};
use crate::record::progress::rule::{Bound, FigureStatus, ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE};
use crate::record::{GoalId, Progress};

/// Explains a goal's status in sentences: the calculation, the reason, and remarks.
pub(super) fn explain_status(context: &Context<'_>, id: GoalId, language: Language) -> Vec<String> {
    let explainer = StatusExplainer {
        context,
        locale: context.locale(language),
        facts: &context.record.goal(id).source.facts,
        progress: context.record.progress(id),
        language,
    };
    let mut sentences: Vec<String> = explainer.arithmetic().map(capitalised).into_iter().collect();
    sentences.push(explainer.reason());
    sentences.extend(explainer.remarks());
    sentences
}

/// Explains one goal's status in one language.
struct StatusExplainer<'t, 'r> {
    context: &'t Context<'r>,
    locale: &'r Locale,
    facts: &'r GoalFacts,
    progress: &'r Progress<'r>,
    language: Language,
}

impl<'r> StatusExplainer<'_, 'r> {
    /// Remarks on the latest figure and the period.
    fn remarks(&self) -> Vec<String> {
        let (locale, progress) = (self.locale, self.progress);
        let mut remarks = Vec::new();
        let last_day = progress.time_span().and_then(|period| period.last_day());
        let latest = progress.latest_figure();
        let is_settled_by_bound = progress.status != Status::UnderWay || progress.elapsed.is_none();
        if self.is_bounded() && is_settled_by_bound {
            remarks.push(locale.reason_limit_used().to_owned());
        }
        if let (Some(figure), Some(day)) = (latest, last_day)
            && figure.report.as_of.date() > day
        {
            remarks.push(locale.reason_figure_after_period(&locale.date(day)));
        }
        let broken = progress.figures.iter().find(|figure| {
            figure.status == FigureStatus::Counts
                && figure.attainment.is_none()
                && figure.is_met == Some(false)
        });
        if let (Some(figure), Status::Achieved | Status::OnTrack) = (broken, progress.status) {
            remarks.push(locale.reason_level_once_not_kept(
                &self.context.day(figure.report.as_of, self.language).text,
            ));
        }
        let is_unreported = progress.status == Status::NotYetReported;
        let is_past = progress.due.is_some_and(|due| end_of_day(due.by) <= self.context.now());
        if is_unreported && is_past && self.facts.report_every.is_some() {
            remarks.push(self.overdue());
        }
        let is_open = is_unreported
            || matches!(progress.status, Status::UnderWay | Status::Continuing | Status::Late);
        if let (true, true, Some(day)) = (is_open, self.is_over(), last_day) {
            remarks.push(locale.reason_period_over(&locale.date(day)));
        }
        remarks
    }

    /// The calculation: `50% done with 50% of the year gone: pace 0.99.`
    fn arithmetic(&self) -> Option<String> {
        let (locale, progress) = (self.locale, self.progress);
        if progress.status == Status::WrongWay {
            return None;
        }
        let bound = progress.latest_figure()?.bound;
        let done = bounded_share(locale, bound, percent(locale, progress.attainment?));
        let (Some(elapsed), Some(speed)) = (progress.elapsed, progress.pace) else {
            return Some(locale.share_done(&done));
        };
        let gone = percent(locale, elapsed);
        let speed = bounded_share(locale, bound, pace(locale, speed));
        Some(if progress.time_span().is_some_and(is_calendar_year) {
            locale.pace_of_year(&done, &gone, &speed)
        } else {
            locale.pace_of_period(&done, &gone, &speed)
        })
    }

    fn reason(&self) -> String {
        let locale = self.locale;
        let is_reach = self.facts.kind == GoalKind::Increase;
        let text = match self.progress.status {
            Status::Achieved if is_reach => locale.reason_achieved(),
            Status::Achieved if self.is_late_figure() => locale.reason_level_kept_after(),
            Status::Achieved => locale.reason_level_kept_to_end(),
            Status::OnTrack if is_reach => {
                return locale.reason_on_track(&locale.number(ON_TRACK_PACE));
            }
            Status::OnTrack => locale.reason_level_kept(),
            Status::SlightlyBehind => {
                return locale.reason_slightly_behind(
                    &locale.number(SLIGHTLY_BEHIND_PACE),
                    &locale.number(ON_TRACK_PACE),
                );
            }
            Status::Behind if is_reach => {
                return locale.reason_behind(&locale.number(SLIGHTLY_BEHIND_PACE));
            }
            Status::Behind => locale.reason_level_not_kept(),
            Status::WrongWay => return self.wrong_way(),
            Status::NotMet if self.is_late_figure() => locale.reason_not_met_after(),
            Status::NotMet => locale.reason_not_met(),
            Status::DataOverdue => return self.overdue(),
            Status::NotYetReported if !self.progress.figures.is_empty() => {
                locale.reason_no_figure_counts()
            }
            Status::NotYetReported if self.facts.kind.has_target() => locale.reason_no_figure(),
            Status::NotYetReported => locale.reason_no_report(),
            Status::UnderWay if is_reach && self.progress.elapsed.is_none() => {
                locale.reason_no_pace()
            }
            Status::UnderWay if is_reach && self.is_bounded() => locale.reason_pace_unclear(),
            Status::UnderWay if is_reach => locale.reason_period_just_begun(),
            Status::UnderWay if self.facts.kind == GoalKind::Maintain => {
                locale.reason_level_unclear()
            }
            Status::UnderWay if self.progress.steps.is_empty() => locale.reason_no_milestones(),
            Status::UnderWay => locale.reason_milestones_on_time(),
            Status::Done => locale.reason_done(),
            Status::Late => return self.late(),
            Status::Continuing if self.is_over() => locale.reason_continuing_past(),
            Status::Continuing => locale.reason_continuing(),
        };
        text.to_owned()
    }

    /// Whether the source gives a bound instead of a figure.
    fn is_bounded(&self) -> bool {
        self.progress.latest_figure().is_some_and(|figure| figure.bound != Bound::Exact)
    }

    fn is_over(&self) -> bool {
        self.progress.time_span().is_some_and(|period| period.is_over(self.context.now()))
    }

    /// Whether the latest figure is of a day after the period.
    fn is_late_figure(&self) -> bool {
        let last_day = self.progress.time_span().and_then(|period| period.last_day());
        let latest = self.progress.latest_figure().map(|figure| figure.report.as_of.date());
        latest.zip(last_day).is_some_and(|(latest, last_day)| latest > last_day)
    }

    fn wrong_way(&self) -> String {
        let value = self.progress.latest_figure().map_or(0.0, |figure| figure.value);
        self.locale.reason_wrong_way(
            &self.amount(self.facts.baseline.unwrap_or_default()),
            &self.amount(value),
        )
    }

    fn amount(&self, value: f64) -> String {
        let unit = self.facts.target.as_ref().map(|target| &target.unit);
        Amount::of(self.locale, value, unit, self.language).text
    }

    fn overdue(&self) -> String {
        let Some(due) = self.progress.due else { return String::new() };
        self.locale.reason_data_overdue(&self.locale.date(due.as_of), &self.locale.date(due.by))
    }

    /// Names the milestones that are past their day.
    fn late(&self) -> String {
        let late = self.progress.steps.iter().filter(|step| step.is_late && step.reached.is_none());
        let sentences: Vec<String> = late.map(|step| self.late_milestone(step)).collect();
        sentences.join(self.locale.sentence_space())
    }

    fn late_milestone(&self, step: &MilestoneState<'r>) -> String {
        let day = step.due.map(|due| self.context.day(due, self.language).text).unwrap_or_default();
        self.locale.reason_milestone_late(step.milestone.title.get(self.language), &day)
    }
}

/// Capitalises the first letter, in scripts that have capitals.
fn capitalised(sentence: String) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => sentence,
    }
}

fn is_calendar_year(period: TimeSpan) -> bool {
    let starts = period.from.date();
    starts == starts.first_of_year() && period.last_day() == Some(starts.last_of_year())
}
