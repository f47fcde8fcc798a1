//! How far a goal is, in words: its target, its figure, its status, and the sum that gave it.

use jiff::civil::DateTime;

use super::amount::Amount;
use super::context::{Context, Date};
use super::figure::{Figure, MARK};
use crate::content::goal::{GoalFacts, GoalKind, Period};
use crate::content::{Status, Unit};
use crate::language::{Language, Words};
use crate::record::progress;
use crate::record::progress::calendar::end_of_day;
use crate::record::progress::rule::{Bound, ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE, Standing};
use crate::record::{BulletinId, GoalId, Progress};

/// A status: a name for style and addresses, a word for people.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatusView<'r> {
    pub(super) name: &'static str,
    pub(super) word: &'r str,
}

/// How far a goal is.
pub(super) struct ProgressView<'r> {
    /// The latest figure against the target, or what stands for it.
    pub(super) figure: Figure,
    pub(super) status: StatusView<'r>,
    /// The sum and the reason, a sentence each.
    pub(super) sum: Vec<String>,
    pub(super) judgement: Option<JudgementView<'r>>,
    /// Until when the next figure is in time, if that is not past.
    pub(super) due: Option<Date>,
}

/// A status that a bulletin gave, beside the computed one.
pub(super) struct JudgementView<'r> {
    pub(super) status: StatusView<'r>,
    pub(super) reason: &'r str,
    pub(super) bulletin: BulletinRef<'r>,
}

/// A bulletin in a sentence or a table.
pub(super) struct BulletinRef<'r> {
    pub(super) href: String,
    pub(super) title: &'r str,
    pub(super) foreign: Option<&'r str>,
    pub(super) date: Date,
}

impl<'r> Context<'r> {
    pub(super) fn status(&self, status: Status, language: Language) -> StatusView<'r> {
        StatusView { name: status.name(), word: status_word(self.words(language), status) }
    }

    pub(super) fn bulletin_ref(&self, id: BulletinId, language: Language) -> BulletinRef<'r> {
        let bulletin = self.record.bulletin(id);
        let (href, foreign) = self.link(self.record.bulletin_address(id, language), language);
        BulletinRef {
            href,
            title: &bulletin.source.texts.in_language(language).title.value,
            foreign,
            date: self.day(bulletin.published(), language),
        }
    }

    /// What is known of a goal's progress.
    pub(super) fn progress(&self, id: GoalId, language: Language) -> ProgressView<'r> {
        let teller = Teller::new(self, id, language);
        let progress = teller.progress;
        let is_to_come = |due: &progress::rule::Due| self.now() < end_of_day(due.by);
        ProgressView {
            figure: teller.figure(),
            status: self.status(progress.status, language),
            sum: teller.sum(),
            judgement: progress.overridden.map(|(bulletin, judgement)| JudgementView {
                status: self.status(judgement.status, language),
                reason: judgement.reason.get(language),
                bulletin: self.bulletin_ref(bulletin, language),
            }),
            due: progress.due.filter(is_to_come).map(|due| self.date_of(due.by, language)),
        }
    }

    /// The target of a goal as it stands now, in a sentence.
    pub(super) fn target(&self, id: GoalId, language: Language) -> Figure {
        Teller::new(self, id, language).target()
    }

    /// The target of a goal with another number in its place.
    pub(super) fn target_of(&self, id: GoalId, target: f64, language: Language) -> Figure {
        Teller::new(self, id, language).target_of(target)
    }

    /// A period in words.
    pub(super) fn period(&self, period: &Period, language: Language) -> String {
        let words = self.words(language);
        let day = |moment| self.day(moment, language).text;
        match period.to {
            Some(to) => words.period_closed(&day(period.from), &day(to)),
            None => words.period_open(&day(period.from)),
        }
    }

    /// A figure of a goal in words, with its unit: `at least 15 billion kg`.
    pub(super) fn figure_text(
        &self,
        id: GoalId,
        figure: &progress::Figure<'_>,
        language: Language,
    ) -> String {
        let teller = Teller::new(self, id, language);
        bounded(teller.words, figure.bound, teller.amount(figure.value).text)
    }

    /// The wall clock of the site's zone at the record's instant.
    pub(super) fn now(&self) -> DateTime {
        self.record.content.site.zone.to_datetime(self.record.instant)
    }
}

/// The word for a status.
pub(super) fn status_word(words: &Words, status: Status) -> &str {
    match status {
        Status::Achieved => words.status_achieved(),
        Status::Done => words.status_done(),
        Status::OnTrack => words.status_on_track(),
        Status::UnderWay => words.status_under_way(),
        Status::Continuing => words.status_continuing(),
        Status::SlightlyBehind => words.status_slightly_behind(),
        Status::Behind => words.status_behind(),
        Status::Late => words.status_late(),
        Status::WrongWay => words.status_wrong_way(),
        Status::NotMet => words.status_not_met(),
        Status::DataOverdue => words.status_data_overdue(),
        Status::NotYetReported => words.not_yet_reported(),
    }
}

/// A figure in words, with its bound.
pub(super) fn bounded(words: &Words, bound: Bound, amount: String) -> String {
    match bound {
        Bound::Exact => amount,
        Bound::AtLeast => words.said_at_least(&amount),
        Bound::AtMost => words.said_at_most(&amount),
    }
}

/// Why a figure does not count.
pub(super) fn standing_word(words: &Words, standing: Standing) -> Option<&str> {
    Some(match standing {
        Standing::Counts => return None,
        Standing::Superseded => words.standing_superseded(),
        Standing::BeforePeriod => words.standing_before_period(),
        Standing::AfterPeriod => words.standing_after_period(),
        Standing::Ahead => words.standing_ahead(),
        Standing::ProvesNothing => words.standing_proves_nothing(),
    })
}

/// Whether a level is kept.
pub(super) fn level_word(words: &Words, is_kept: Option<bool>) -> &str {
    match is_kept {
        Some(true) => words.level_kept(),
        Some(false) => words.level_broken(),
        None => words.level_open(),
    }
}

/// A share in whole percent. It says 100% only of what is whole, and 0% only of nothing.
pub(super) fn percent(words: &Words, share: f64) -> String {
    let exact = share * 100.0;
    let rounded = match exact.round() {
        whole if whole >= 100.0 && exact < 100.0 - 1e-7 => 99.0,
        whole if whole == 0.0 && exact > 0.0 => (exact * 100.0).ceil() / 100.0,
        whole => whole + 0.0,
    };
    words.percent(&words.number(rounded))
}

/// `at least 30%`: what follows from a bound is one.
pub(super) fn bounded_share(words: &Words, bound: Bound, share: String) -> String {
    match bound {
        Bound::Exact => share,
        Bound::AtLeast | Bound::AtMost => words.no_less_than(&share),
    }
}

/// A figure's share of the way, as tables and meters show it: with a digit after the point, so that two figures for one
/// day look as different as they are.
pub(super) fn share(words: &Words, bound: Bound, attainment: f64) -> String {
    let percent = (attainment * 1000.0).round() / 10.0;
    let is_lifted = percent >= 100.0 && attainment < 1.0 - 1e-9;
    let percent = if is_lifted { 99.9 } else { percent + 0.0 };
    bounded_share(words, bound, words.percent(&words.number(percent)))
}

/// A pace with two digits. One below a bound of the rule never reads as that bound.
pub(super) fn pace(words: &Words, pace: f64) -> String {
    let rounded = (pace * 100.0).round() / 100.0;
    let is_lifted = [ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE]
        .iter()
        .any(|bound| pace < bound - 1e-9 && rounded >= *bound);
    words.number(if is_lifted { (pace * 100.0).floor() / 100.0 } else { rounded + 0.0 })
}

/// What tells one goal's progress in one language.
pub(super) struct Teller<'t, 'r> {
    pub(super) context: &'t Context<'r>,
    pub(super) words: &'r Words,
    pub(super) facts: &'r GoalFacts,
    pub(super) progress: &'r Progress<'r>,
    pub(super) language: Language,
}

impl<'t, 'r> Teller<'t, 'r> {
    fn new(context: &'t Context<'r>, id: GoalId, language: Language) -> Self {
        let facts = &context.record.goal(id).source.facts;
        let (words, progress) = (context.words(language), context.record.progress(id));
        Self { context, words, facts, progress, language }
    }

    fn unit(&self) -> Option<&'r Unit> {
        self.facts.target.as_ref().map(|target| &target.unit)
    }

    pub(super) fn amount(&self, value: f64) -> Amount {
        Amount::of(self.words, value, self.unit(), self.language)
    }

    fn is_at_most(&self) -> bool {
        self.facts.target.as_ref().is_some_and(|target| target.at_most)
    }

    fn target(&self) -> Figure {
        let (words, facts) = (self.words, self.facts);
        let end = self.end();
        let Some(target) = self.progress.target else {
            return Figure::words(match (facts.kind, end) {
                (GoalKind::Deliver, Some(end)) => words.target_deliver_by(&end),
                (GoalKind::Deliver, None) => words.target_deliver().to_owned(),
                (GoalKind::Continue, Some(end)) => words.target_until(&end),
                (GoalKind::Continue, None) => words.target_continue().to_owned(),
                _ => words.target_direction().to_owned(),
            });
        };
        self.target_of(target)
    }

    fn target_of(&self, target: f64) -> Figure {
        let (words, end) = (self.words, self.end());
        self.amount(target).figure(|amount| match (self.facts.kind, &end) {
            (GoalKind::Maintain, _) if self.is_at_most() => words.target_at_most(amount),
            (GoalKind::Maintain, _) => words.target_at_least(amount),
            (_, Some(end)) => match self.facts.baseline.filter(|baseline| *baseline != 0.0) {
                Some(baseline) => words.target_from(&self.amount(baseline).text, amount, end),
                None => words.target_increase(amount, end),
            },
            (_, None) => amount.to_owned(),
        })
    }

    /// The last day of the period.
    fn end(&self) -> Option<String> {
        let to = self.progress.period?.to?;
        Some(self.context.date(to, self.language).text)
    }

    /// The loud line: the latest figure against the target, or the target while nothing was reported.
    fn figure(&self) -> Figure {
        let words = self.words;
        if self.progress.status == Status::NotYetReported {
            // A target alone could be read as a result.
            let target = self.target();
            return if target.number.is_empty() {
                target
            } else {
                target.map(|text| words.label(words.target(), text))
            };
        }
        if self.facts.kind == GoalKind::Deliver && !self.progress.steps.is_empty() {
            let (reached, all) = self.steps();
            return Figure::new(reached, |reached| words.progress_steps(reached, &all));
        }
        let (Some(figure), Some(target)) = (self.progress.latest_figure(), self.progress.target)
        else {
            return self.target();
        };
        let date = self.context.day(figure.report.as_of, self.language).text;
        let target = self.amount(target).text;
        // Some languages say "540 of 1,600 homes", some "540 homes, and the target is 1,600 homes".
        let own = self.amount(figure.value);
        let bare_unit = self.unit().filter(|unit| unit.name(self.language) == "%");
        let alone = Amount::of(words, figure.value, bare_unit, self.language).text.replacen(
            &own.number,
            MARK,
            1,
        );
        own.figure(|whole| {
            let alone = bounded(words, figure.bound, alone.clone());
            let whole = bounded(words, figure.bound, whole.to_owned());
            match self.facts.kind {
                GoalKind::Maintain if self.is_at_most() => {
                    words.progress_ceiling(&whole, &target, &date)
                }
                GoalKind::Maintain => words.progress_floor(&whole, &target, &date),
                _ if self.facts.counts_from_zero() => {
                    words.progress_of(&alone, &whole, &target, &date)
                }
                _ => words.progress_towards(&whole, &target, &date),
            }
        })
    }

    /// How many steps were reached, and how many there are.
    fn steps(&self) -> (String, String) {
        let reached = self.progress.steps.iter().filter(|step| step.reached.is_some()).count();
        (self.words.count(reached), self.words.count(self.progress.steps.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_whole_only_of_what_is_whole_and_nothing_only_of_nothing() {
        let words = Words::english();
        for (share, text) in [
            (0.0, "0%"),
            (0.00004, "0.01%"),
            (0.004, "0.4%"),
            (0.496, "50%"),
            (0.707, "71%"),
            (0.996, "99%"),
            (1.0, "100%"),
            (1.204, "120%"),
            (-0.05, "-5%"),
        ] {
            assert_eq!(percent(&words, share), text, "{share}");
        }
    }

    #[test]
    fn a_pace_below_a_bound_never_reads_as_the_bound() {
        let words = Words::english();
        for (value, text) in [
            (0.9499, "0.94"),
            (0.95, "0.95"),
            (0.57 / 0.6, "0.95"),
            (1.204, "1.2"),
            (0.5999, "0.59"),
            (0.956, "0.96"),
            (0.0, "0"),
        ] {
            assert_eq!(pace(&words, value), text, "{value}");
        }
    }
}
