//! How far a goal is, in words: its target, its figure, its status, and the sum that gave it.

use jiff::civil::DateTime;

use super::amount::Amount;
use super::context::{Context, Date};
use super::figure::{Figure, MARK};
use crate::content::goal::{GoalFacts, GoalKind, Period};
use crate::content::{Status, Unit};
use crate::language::{Language, Words};
use crate::record::progress::calendar::{Stretch, end_of_day};
use crate::record::progress::rule::{Bound, ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE, Standing};
use crate::record::progress::{self, MilestoneState};
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
    pub(super) fn figure_text(&self, id: GoalId, figure: &progress::Figure<'_>, language: Language) -> String {
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

/// A pace with two digits. One below a bound of the rule never reads as that bound.
pub(super) fn pace(words: &Words, pace: f64) -> String {
    let rounded = (pace * 100.0).round() / 100.0;
    let is_lifted = [ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE].iter().any(|bound| pace < bound - 1e-9 && rounded >= *bound);
    words.number(if is_lifted { (pace * 100.0).floor() / 100.0 } else { rounded + 0.0 })
}

/// `at least 30%`: what follows from a bound is one.
fn bounded_share(words: &Words, bound: Bound, share: String) -> String {
    match bound {
        Bound::Exact => share,
        Bound::AtLeast | Bound::AtMost => words.no_less_than(&share),
    }
}

struct Teller<'t, 'r> {
    context: &'t Context<'r>,
    words: &'r Words,
    facts: &'r GoalFacts,
    progress: &'r Progress<'r>,
    language: Language,
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

    fn amount(&self, value: f64) -> Amount {
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
            (_, Some(end)) => words.target_increase(amount, end),
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
        let (Some(figure), Some(target)) = (self.progress.latest_figure(), self.progress.target) else {
            return self.target();
        };
        let date = self.context.day(figure.report.as_of, self.language).text;
        let target = self.amount(target).text;
        // Some languages say "540 of 1,600 homes", some "540 homes, and the target is 1,600 homes".
        let own = self.amount(figure.value);
        let bare_unit = self.unit().filter(|unit| unit.name(self.language) == "%");
        let alone = Amount::of(words, figure.value, bare_unit, self.language).text.replacen(&own.number, MARK, 1);
        own.figure(|whole| {
            let alone = bounded(words, figure.bound, alone.clone());
            let whole = bounded(words, figure.bound, whole.to_owned());
            match self.facts.kind {
                GoalKind::Maintain if self.is_at_most() => words.progress_ceiling(&whole, &target, &date),
                GoalKind::Maintain => words.progress_floor(&whole, &target, &date),
                _ if self.facts.counts_from_zero() => words.progress_of(&alone, &whole, &target, &date),
                _ => words.progress_towards(&whole, &target, &date),
            }
        })
    }

    /// How many steps were reached, and how many there are.
    fn steps(&self) -> (String, String) {
        let reached = self.progress.steps.iter().filter(|step| step.reached.is_some()).count();
        (self.words.count(reached), self.words.count(self.progress.steps.len()))
    }

    /// The sum and the reason for the status.
    fn sum(&self) -> Vec<String> {
        let mut sentences: Vec<String> = self.arithmetic().into_iter().collect();
        sentences.push(self.reason());
        sentences.extend(self.remarks());
        sentences
    }

    /// What else a reader must know of the figure and the period.
    fn remarks(&self) -> Vec<String> {
        let (words, progress) = (self.words, self.progress);
        let mut remarks = Vec::new();
        let last_day = progress.stretch().and_then(|stretch| stretch.last_day());
        let latest = progress.latest_figure();
        if latest.is_some_and(|figure| figure.bound != Bound::Exact) && progress.status != Status::UnderWay {
            remarks.push(words.why_bound().to_owned());
        }
        if let (Some(figure), Some(day)) = (latest, last_day)
            && figure.report.as_of.date() > day
        {
            remarks.push(words.why_after_period(&words.date(day)));
        }
        let broken = progress.figures.iter().find(|figure| {
            figure.standing == Standing::Counts && figure.attainment.is_none() && figure.is_met == Some(false)
        });
        if let (Some(figure), Status::Achieved | Status::OnTrack) = (broken, progress.status) {
            remarks.push(words.why_broken_once(&self.context.day(figure.report.as_of, self.language).text));
        }
        let is_unreported = progress.status == Status::NotYetReported;
        let is_past = progress.due.is_some_and(|due| end_of_day(due.by) <= self.context.now());
        if is_unreported && is_past && self.facts.report_every.is_some() {
            remarks.push(self.overdue());
        }
        let is_open = is_unreported || matches!(progress.status, Status::UnderWay | Status::Continuing | Status::Late);
        let is_over = progress.stretch().is_some_and(|stretch| stretch.is_over(self.context.now()));
        if let (true, true, Some(day)) = (is_open, is_over, last_day) {
            remarks.push(words.why_period_over(&words.date(day)));
        }
        remarks
    }

    /// `50% done with 50% of the year gone: pace 0.99.`
    fn arithmetic(&self) -> Option<String> {
        let (words, progress) = (self.words, self.progress);
        if progress.status == Status::WrongWay {
            return None;
        }
        let bound = progress.latest_figure()?.bound;
        let done = bounded_share(words, bound, percent(words, progress.attainment?));
        let (Some(elapsed), Some(speed)) = (progress.elapsed, progress.pace) else {
            return Some(words.sum_open(&done));
        };
        let gone = percent(words, elapsed);
        let speed = bounded_share(words, bound, pace(words, speed));
        Some(if progress.stretch().is_some_and(is_calendar_year) {
            words.sum_of_year(&done, &gone, &speed)
        } else {
            words.sum_of_time(&done, &gone, &speed)
        })
    }

    fn reason(&self) -> String {
        let words = self.words;
        let is_reach = self.facts.kind == GoalKind::Increase;
        let bound = |value: f64| words.number(value);
        let text = match self.progress.status {
            Status::Achieved if is_reach => words.why_achieved(),
            Status::Achieved => words.why_kept_to_the_end(),
            Status::OnTrack if is_reach => return words.why_on_track(&bound(ON_TRACK_PACE)),
            Status::OnTrack => words.why_kept(),
            Status::SlightlyBehind => {
                return words.why_slightly_behind(&bound(SLIGHTLY_BEHIND_PACE), &bound(ON_TRACK_PACE));
            }
            Status::Behind if is_reach => return words.why_behind(&bound(SLIGHTLY_BEHIND_PACE)),
            Status::Behind => words.why_broken(),
            Status::WrongWay => {
                return words.why_wrong_way(&self.amount(self.facts.baseline.unwrap_or_default()).text);
            }
            Status::NotMet => words.why_not_met(),
            Status::DataOverdue => return self.overdue(),
            Status::NotYetReported if !self.progress.figures.is_empty() => words.why_none_counts(),
            Status::NotYetReported if self.facts.kind.has_target() => words.why_no_figure(),
            Status::NotYetReported => words.why_no_report(),
            Status::UnderWay if is_reach && self.is_bounded() => words.why_bound_open(),
            Status::UnderWay if is_reach && self.progress.elapsed.is_none() => words.why_no_pace(),
            Status::UnderWay if is_reach => words.why_just_begun(),
            Status::UnderWay if self.facts.kind == GoalKind::Maintain => words.why_undecided(),
            Status::UnderWay if self.progress.steps.is_empty() => words.why_no_steps(),
            Status::UnderWay => words.why_steps_in_time(),
            Status::Done => words.why_done(),
            Status::Late => return self.late(),
            Status::Continuing => words.why_continuing(),
        };
        text.to_owned()
    }

    /// Whether the source gives a bound and no figure.
    fn is_bounded(&self) -> bool {
        self.progress.latest_figure().is_some_and(|figure| figure.bound != Bound::Exact)
    }

    fn overdue(&self) -> String {
        let Some(due) = self.progress.due else { return String::new() };
        self.words.why_overdue(&self.words.date(due.as_of), &self.words.date(due.by))
    }

    /// The steps that are past their day.
    fn late(&self) -> String {
        let name = |step: &MilestoneState<'r>| {
            let day = step.due.map(|due| self.context.day(due, self.language).text).unwrap_or_default();
            self.words.why_late(step.milestone.title.get(self.language), &day)
        };
        let late: Vec<String> =
            self.progress.steps.iter().filter(|step| step.is_late && step.reached.is_none()).map(name).collect();
        late.join(self.words.sentence_space())
    }
}

fn is_calendar_year(stretch: Stretch) -> bool {
    let starts = stretch.from.date();
    starts == starts.first_of_year() && stretch.last_day() == Some(starts.last_of_year())
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
