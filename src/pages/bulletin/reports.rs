//! The statements of a bulletin about goals: reports, revised targets and status overrides.

use crate::content::bulletin::Report;
use crate::language::{Language, Locale};
use crate::pages::components::chart;
use crate::pages::components::progress::{ProgressPresenter, StatusView};
use crate::pages::components::quantity::HighlightedText;
use crate::pages::components::report_text::{report_text, revision_text};
use crate::pages::components::status_text::{figure_status_word, level_word, share};
use crate::pages::context::{Context, Date};
use crate::pages::markup::html::Html;
use crate::record::progress::rule::{Bound, Measure};
use crate::record::{Bulletin, GoalId};

/// A statement of the bulletin about one goal.
pub(super) struct ReportView<'r> {
    pub(super) hue: &'static str,
    pub(super) figure: HighlightedText,
    pub(super) goal: &'r str,
    pub(super) href: String,
    pub(super) lang: Option<&'r str>,
    /// The day for which the reported value holds.
    pub(super) as_of: Option<Date>,
    /// The goal's target on the day of publication, if it has a number.
    pub(super) target: Option<String>,
    /// Why the report does not count, if it does not.
    pub(super) remark: Option<String>,
    /// A meter of the figure against the target, and its label.
    pub(super) meter: Option<(Html, String)>,
    pub(super) status: StatusView<'r>,
}

/// Builds the statements of one bulletin.
pub(super) struct ReportBuilder<'m, 'r> {
    pub(super) context: &'m Context<'r>,
    pub(super) bulletin: &'r Bulletin<'r>,
    pub(super) language: Language,
}

impl<'r> ReportBuilder<'_, 'r> {
    /// Reports, revised targets and status overrides, in this order.
    pub(super) fn reports(&self) -> askama::Result<Vec<ReportView<'r>>> {
        let locale = self.context.locale(self.language);
        let mut reports = Vec::new();
        for (goal, report) in &self.bulletin.reports {
            reports.push(self.report(*goal, report)?);
        }
        for (goal, revision) in &self.bulletin.revises {
            let text = revision_text(self.context, *goal, revision, self.language);
            let text = HighlightedText::words(locale.label(locale.role_revises(), &text));
            reports.push(self.about_goal(*goal, text));
        }
        for (goal, judgement) in &self.bulletin.overrides {
            let status = judgement.status.word(locale);
            let text = locale.label(status, judgement.reason.get(self.language));
            let text = HighlightedText::words(locale.label(locale.role_overrides(), &text));
            reports.push(self.about_goal(*goal, text));
        }
        Ok(reports)
    }

    fn report(&self, goal: GoalId, report: &'r Report) -> askama::Result<ReportView<'r>> {
        let (context, language) = (self.context, self.language);
        let locale = context.locale(language);
        let source = context.record.goal(goal).source;
        let progress = context.record.progress(goal);
        let figure = progress.figure_of(report);
        let target = progress.target_at(self.bulletin.published().instant);
        let measure = progress
            .measure(&source.facts)
            .zip(target)
            .map(|(measure, target)| Measure { target, ..measure });
        let bound = figure.map_or(Bound::Exact, |figure| figure.bound);
        let view = self.about_goal(goal, report_text(context, source, report, language));
        let remark = figure
            .and_then(|figure| figure_status_word(locale, figure.status))
            .map(ToOwned::to_owned);
        let target = target
            .map(|target| ProgressPresenter::new(context, goal, language).target_of(target).text());
        Ok(ReportView {
            as_of: Some(context.as_of(report.as_of, language)),
            meter: self.meter(measure.as_ref(), report.value.figure(), bound)?,
            remark: view.remark.or(remark),
            target: target.map(|target| locale.label(locale.target(), &target)),
            ..view
        })
    }

    /// The meter of a figure against the target, and its label. A withdrawn bulletin has none.
    fn meter(
        &self,
        measure: Option<&Measure>,
        value: Option<f64>,
        bound: Bound,
    ) -> askama::Result<Option<(Html, String)>> {
        let (Some(measure), Some(value)) = (measure, value) else { return Ok(None) };
        if self.bulletin.withdrawn.is_some() {
            return Ok(None);
        }
        let label = verdict(self.context.locale(self.language), measure, value, bound);
        Ok(Some((chart::meter::meter(measure, value, &label)?, label)))
    }

    /// A goal with the statement of the bulletin about it.
    fn about_goal(&self, goal: GoalId, figure: HighlightedText) -> ReportView<'r> {
        let (context, record, language) = (self.context, self.context.record, self.language);
        let locale = context.locale(language);
        let (href, lang) = context.link(record.goal_address(goal, language), language);
        let (progress, is_withdrawn) = (record.progress(goal), self.bulletin.withdrawn.is_some());
        ReportView {
            hue: record.category(record.goal(goal).category).source.facts.hue.name(),
            figure,
            goal: &record.goal(goal).source.texts.in_language(language).title.value,
            href,
            lang,
            as_of: None,
            target: None,
            meter: None,
            remark: is_withdrawn.then(|| locale.no_longer_counts().to_owned()),
            status: StatusView::new(context, progress.status, language),
        }
    }
}

/// A figure in relation to the target: the share reached, or whether a level is kept.
fn verdict(locale: &Locale, measure: &Measure, value: f64, bound: Bound) -> String {
    match measure.attainment(value) {
        Some(attainment) if attainment < 0.0 => locale.further_from_target().to_owned(),
        Some(attainment) if measure.is_sum() => {
            locale.share_of_target(&share(locale, bound, attainment))
        }
        Some(attainment) => locale.share_of_way(&share(locale, bound, attainment)),
        None => level_word(locale, measure.verdict(value, bound)).to_owned(),
    }
}
