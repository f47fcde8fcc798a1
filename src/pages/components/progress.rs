//! A goal's progress in words: target, latest figure, status.

use super::quantity::{Amount, HighlightedText, MARK};
use super::status_reason::explain_status;
use super::status_text::bounded;
use crate::content::goal::{GoalFacts, GoalKind, Period};
use crate::content::{Status, Unit};
use crate::language::{Language, Locale};
use crate::pages::context::{Context, Date};
use crate::record::progress;
use crate::record::progress::calendar::end_of_day;
use crate::record::{BulletinId, GoalId, Progress};

/// A status: a name for CSS and addresses, a word for people.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatusView<'r> {
    pub(crate) name: &'static str,
    pub(crate) word: &'r str,
}

pub(crate) struct ProgressView<'r> {
    /// The latest figure in relation to the target, or a substitute where there is none.
    pub(crate) figure: HighlightedText,
    pub(crate) status: StatusView<'r>,
    /// The explanation of the status, one sentence each.
    pub(crate) explanation: Vec<String>,
    pub(crate) judgement: Option<JudgementView<'r>>,
    /// The last day on which the next figure is in time, if that is in the future.
    pub(crate) due: Option<Date>,
}

/// A status that a bulletin gave, shown beside the computed one.
pub(crate) struct JudgementView<'r> {
    pub(crate) status: StatusView<'r>,
    pub(crate) reason: &'r str,
    pub(crate) bulletin: BulletinRef<'r>,
}

/// A reference to a bulletin in a sentence or a table.
pub(crate) struct BulletinRef<'r> {
    pub(crate) href: String,
    pub(crate) title: &'r str,
    pub(crate) lang: Option<&'r str>,
    pub(crate) date: Date,
}

impl<'r> StatusView<'r> {
    pub(crate) fn new(context: &Context<'r>, status: Status, language: Language) -> Self {
        Self { name: status.name(), word: status.word(context.locale(language)) }
    }
}

impl<'r> BulletinRef<'r> {
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Self {
        let bulletin = context.record.bulletin(id);
        let (href, lang) = context.link(context.record.bulletin_address(id, language), language);
        Self {
            href,
            title: &bulletin.source.texts.in_language(language).title.value,
            lang,
            date: context.day(bulletin.published(), language),
        }
    }
}

impl<'r> ProgressView<'r> {
    pub(crate) fn new(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        let presenter = ProgressPresenter::new(context, id, language);
        let progress = presenter.progress;
        let due = progress.due.filter(|due| context.now() < end_of_day(due.by));
        Self {
            figure: presenter.figure(),
            status: StatusView::new(context, progress.status, language),
            explanation: explain_status(context, id, language),
            judgement: progress.overridden.map(|(bulletin, judgement)| JudgementView {
                status: StatusView::new(context, judgement.status, language),
                reason: judgement.reason.get(language),
                bulletin: BulletinRef::new(context, bulletin, language),
            }),
            due: due.map(|due| context.date_of(due.by, language)),
        }
    }
}

pub(crate) fn period_text(context: &Context<'_>, period: &Period, language: Language) -> String {
    let locale = context.locale(language);
    let from = context.day(period.from, language).text;
    match period.to {
        Some(to) => locale.period_closed(&from, &context.day(to, language).text),
        None => locale.period_open(&from),
    }
}

/// Describes one goal's progress in one language.
pub(crate) struct ProgressPresenter<'t, 'r> {
    context: &'t Context<'r>,
    locale: &'r Locale,
    facts: &'r GoalFacts,
    progress: &'r Progress<'r>,
    language: Language,
}

impl<'t, 'r> ProgressPresenter<'t, 'r> {
    pub(crate) fn new(context: &'t Context<'r>, id: GoalId, language: Language) -> Self {
        let facts = &context.record.goal(id).source.facts;
        let (locale, progress) = (context.locale(language), context.record.progress(id));
        Self { context, locale, facts, progress, language }
    }

    fn unit(&self) -> Option<&'r Unit> {
        self.facts.target.as_ref().map(|target| &target.unit)
    }

    fn amount(&self, value: f64) -> Amount {
        Amount::of(self.locale, value, self.unit(), self.language)
    }

    fn is_at_most(&self) -> bool {
        self.facts.target.as_ref().is_some_and(|target| target.at_most)
    }

    /// The current target, in a sentence.
    pub(crate) fn target(&self) -> HighlightedText {
        let (locale, facts) = (self.locale, self.facts);
        let end = self.end();
        let Some(target) = self.progress.target else {
            return HighlightedText::words(match (facts.kind, end) {
                (GoalKind::Deliver, Some(end)) => locale.target_deliver_by(&end),
                (GoalKind::Deliver, None) => locale.target_deliver().to_owned(),
                (GoalKind::Continue, Some(end)) => locale.target_until(&end),
                (GoalKind::Continue, None) => locale.target_continue().to_owned(),
                _ => locale.target_direction().to_owned(),
            });
        };
        self.target_of(target)
    }

    /// The target sentence with another number.
    pub(crate) fn target_of(&self, target: f64) -> HighlightedText {
        let (locale, end) = (self.locale, self.end());
        self.amount(target).highlight(|amount| match (self.facts.kind, &end) {
            (GoalKind::Maintain, _) if self.is_at_most() => locale.target_at_most(amount),
            (GoalKind::Maintain, _) => locale.target_at_least(amount),
            (_, Some(end)) => match self.facts.baseline.filter(|baseline| *baseline != 0.0) {
                Some(baseline) => locale.target_from(&self.amount(baseline).text, amount, end),
                None => locale.target_increase(amount, end),
            },
            (_, None) => amount.to_owned(),
        })
    }

    /// A figure with its bound and unit: `at least 15 billion kg`.
    pub(crate) fn figure_text(&self, figure: &progress::Figure<'_>) -> String {
        bounded(self.locale, figure.bound, self.amount(figure.value).text)
    }

    /// The last day of the period.
    fn end(&self) -> Option<String> {
        let to = self.progress.period?.to?;
        Some(self.context.date(to, self.language).text)
    }

    /// The headline: the latest figure in relation to the target, or the target alone before the
    /// first report.
    fn figure(&self) -> HighlightedText {
        let locale = self.locale;
        if self.progress.status == Status::NotYetReported {
            // A target alone could be read as a result.
            let target = self.target();
            return if target.number.is_empty() {
                target
            } else {
                target.map(|text| locale.label(locale.target(), text))
            };
        }
        if self.facts.kind == GoalKind::Deliver && !self.progress.steps.is_empty() {
            let (reached, all) = self.steps();
            return HighlightedText::new(reached, |reached| {
                locale.progress_milestones(reached, &all)
            });
        }
        let (Some(figure), Some(target)) = (self.progress.latest_figure(), self.progress.target)
        else {
            return self.target();
        };
        let date = self.context.day(figure.report.as_of, self.language).text;
        let target = self.amount(target).text;
        // Some languages say "540 of 1,600 homes", some "540 homes, and the target is 1,600 homes".
        let amount = self.amount(figure.value);
        let bare_unit = self.unit().filter(|unit| unit.name(self.language) == "%");
        let alone = Amount::of(locale, figure.value, bare_unit, self.language).text.replacen(
            &amount.number,
            MARK,
            1,
        );
        amount.highlight(|whole| {
            let alone = bounded(locale, figure.bound, alone.clone());
            let whole = bounded(locale, figure.bound, whole.to_owned());
            match self.facts.kind {
                GoalKind::Maintain if self.is_at_most() => {
                    locale.progress_ceiling(&whole, &target, &date)
                }
                GoalKind::Maintain => locale.progress_floor(&whole, &target, &date),
                _ if self.facts.counts_from_zero() => {
                    locale.progress_of(&alone, &whole, &target, &date)
                }
                _ => locale.progress_towards(&whole, &target, &date),
            }
        })
    }

    /// The number of milestones reached, and of all milestones.
    fn steps(&self) -> (String, String) {
        let reached = self.progress.steps.iter().filter(|step| step.reached.is_some()).count();
        (self.locale.count(reached), self.locale.count(self.progress.steps.len()))
    }
}
