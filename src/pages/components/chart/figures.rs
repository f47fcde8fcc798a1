//! The chart of a goal with a number: its figures over time, the target, the even pace towards it,
//! and today.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::drawing::{BOTTOM, Bar, ChartView, Drawing, Pixels, Share, TOP};
use super::labels::{Anchor, LabelCandidate, NARROW, text_width};
use super::scale::{TimeScale, ValueScale};
use crate::content::goal::{GoalFacts, GoalKind};
use crate::language::{Language, Locale};
use crate::pages::components::quantity::Amount;
use crate::pages::components::status_text::{bounded, figure_status_word};
use crate::pages::context::Context;
use crate::record::progress::Figure;
use crate::record::progress::calendar::{end_of, next_expected};
use crate::record::progress::rule::{Bound, FigureStatus};
use crate::record::{GoalId, Progress};

/// Maximum number of figures in the text alternative; the table has all of them.
const MAX_DESCRIBED: usize = 12;

/// Minimum width of a bar, in pixels.
const MIN_BAR: f64 = 4.0;
/// Maximum width of a bar without a label inside, in pixels.
const MAX_BAR: f64 = 24.0;
/// Maximum width of a bar with its label inside, in pixels.
const MAX_LABELLED_BAR: f64 = 56.0;

/// Draws the chart of a goal; none for a goal without a number or a figure.
pub(crate) fn chart<'r>(
    context: &Context<'r>,
    id: GoalId,
    language: Language,
) -> askama::Result<Option<ChartView<'r>>> {
    let progress = context.record.progress(id);
    let facts = &context.record.goal(id).source.facts;
    let (Some(target), false) = (progress.target, progress.figures.is_empty()) else {
        return Ok(None);
    };
    let locale = context.locale(language);
    let title =
        locale.chart_title(&context.record.goal(id).source.texts.in_language(language).title.value);
    let mut drawer = Drawer::new(context, facts, progress, target, language);
    drawer.drawing.title = &title;
    drawer.draw();
    let svg = drawer.drawing.html()?;
    Ok(Some(ChartView { svg, key: drawer.key }))
}

struct Drawer<'d, 'r> {
    locale: &'r Locale,
    facts: &'r GoalFacts,
    progress: &'r Progress<'r>,
    target: f64,
    /// Local time at the record's instant.
    now: DateTime,
    language: Language,
    time: TimeScale,
    values: ValueScale,
    drawing: Drawing<'d>,
    key: Vec<(&'static str, &'r str)>,
}

impl<'r> Drawer<'_, 'r> {
    fn new(
        context: &Context<'r>,
        facts: &'r GoalFacts,
        progress: &'r Progress<'r>,
        target: f64,
        language: Language,
    ) -> Self {
        let (from, end) = days_shown(progress);
        let figures = progress.figures.iter().map(|figure| figure.value);
        let targets =
            progress.revisions.iter().filter_map(|revised| revised.old_target).chain([target]);
        let baseline =
            (facts.kind == GoalKind::Increase).then_some(facts.baseline.unwrap_or_default());
        Self {
            locale: context.locale(language),
            facts,
            progress,
            target,
            now: context.record.content.site.zone.to_datetime(context.record.instant),
            language,
            time: TimeScale::new(from, end),
            values: ValueScale::new(
                figures.chain(targets).chain(baseline),
                baseline.is_none_or(|baseline| baseline == 0.0),
                TOP,
                BOTTOM,
            ),
            drawing: Drawing::new(""),
            key: Vec::new(),
        }
    }

    fn draw(&mut self) {
        self.period();
        let names = self.grid_lines();
        if self.facts.kind == GoalKind::Maintain {
            self.bars();
        } else {
            self.pace();
            self.path();
        }
        let mut taken = self.target_line();
        self.drawing.days(&self.time, self.locale);
        if self.progress.is_running(self.now) {
            let x = self.time.at(self.now.date().at(12, 0, 0, 0));
            taken.push(self.drawing.today(x, self.locale.today()));
            self.key.push(("today", self.locale.today()));
        }
        // If there is no room for both, a figure takes precedence over a label of the scale.
        let figures =
            self.labels().into_iter().map(|candidate| (["value", "value wide"], candidate));
        let names = names.into_iter().map(|candidate| (["scale", "scale wide"], candidate));
        self.drawing.labels(figures.chain(names).collect(), &taken);
        self.drawing.description = self.describe();
    }

    /// Draws the goal's period as a background, if the chart shows more than the period.
    fn period(&mut self) {
        let Some(span) = self.progress.time_span() else { return };
        let (from, end) = (span.from, span.end.unwrap_or(DateTime::MAX));
        let (shown_from, shown_end) = days_shown(self.progress);
        if shown_from < from || end < shown_end {
            let (x, to) = (self.time.at(from), self.time.at(end));
            self.drawing.band(x, to);
            self.key.push(("band", self.locale.chart_period()));
        }
    }

    /// Draws the grid lines and returns their labels, without one that the label of the target
    /// would cover.
    fn grid_lines(&mut self) -> Vec<LabelCandidate> {
        let target = self.values.at(self.target);
        let mut names = Vec::new();
        self.drawing.line("axis", (0.0, BOTTOM), (1.0, BOTTOM));
        for value in self.values.lines() {
            let y = self.values.at(value);
            self.drawing.line("across", (0.0, y), (1.0, y));
            if (y - target).abs() > 20.0 && BOTTOM - y > 8.0 {
                names.push(LabelCandidate { x: 0.0, y: y - 4.0, text: self.number(value) });
            }
        }
        names
    }

    /// Draws the line of the target, with a step at each revision, and returns its labels.
    fn target_line(&mut self) -> Vec<LabelCandidate> {
        let mut steps: Vec<(f64, f64)> = Vec::new();
        let mut x = 0.0;
        for revised in
            self.progress.revisions.iter().filter(|revised| revised.revision.target.is_some())
        {
            steps.extend(revised.old_target.map(|old| (x, old)));
            x = self.time.at(revised.since.civil);
        }
        steps.push((x, self.target));
        let mut names = Vec::new();
        for (index, (x, value)) in steps.iter().enumerate() {
            let y = self.values.at(*value);
            let end = steps.get(index + 1).map_or(1.0, |(next, _)| *next);
            self.drawing.line("target", (*x, y), (end, y));
            if let Some((_, next)) = steps.get(index + 1) {
                self.drawing.line("target", (end, y), (end, self.values.at(*next)));
            }
            // A step that is too short for its name has it in the table.
            if end - x > 0.3 || steps.len() == 1 {
                let candidate = LabelCandidate {
                    x: *x,
                    y: y - 7.0,
                    text: self.locale.chart_target(&self.number(*value)),
                };
                self.drawing.text("goal", candidate.clone());
                names.push(candidate);
            }
        }
        self.key.push(("target", self.locale.target()));
        names
    }

    /// Draws the even pace from the baseline to the target.
    fn pace(&mut self) {
        let Some((span, end)) = self.progress.time_span().and_then(|span| Some((span, span.end?)))
        else {
            return;
        };
        let baseline = self.facts.baseline.unwrap_or_default();
        let from = (self.time.at(span.from), self.values.at(baseline));
        self.drawing.line("pace", from, (self.time.at(end), self.values.at(self.target)));
        self.key.push(("pace", self.locale.chart_pace()));
    }

    /// Draws the figures that count, joined where none is missing between them, and the others as
    /// single points.
    fn path(&mut self) {
        let counted: Vec<&Figure<'_>> = self.counted().collect();
        for pair in counted.windows(2) {
            if !self.is_gap(pair[0].report.as_of.date(), pair[1].report.as_of.date()) {
                let point = |figure: &Figure<'_>| (self.x(figure), self.values.at(figure.value));
                let (from, to) = (point(pair[0]), point(pair[1]));
                self.drawing.line("path", from, to);
            }
        }
        self.marks();
        if !counted.is_empty() {
            self.key.insert(0, ("point", self.locale.chart_figure()));
        }
    }

    fn marks(&mut self) {
        for figure in &self.progress.figures {
            let class = if figure.status == FigureStatus::Counts { "point" } else { "other" };
            let arrow = match figure.bound {
                Bound::Exact => None,
                Bound::AtLeast => Some(true),
                Bound::AtMost => Some(false),
            };
            self.drawing.mark(class, (self.x(figure), self.values.at(figure.value)), arrow);
        }
        self.name_others();
    }

    fn name_others(&mut self) {
        if self.progress.figures.iter().any(|figure| figure.status != FigureStatus::Counts) {
            self.key.push(("other", self.locale.chart_other()));
        }
        if self.progress.figures.iter().any(|figure| figure.bound != Bound::Exact) {
            self.key.push(("bound", self.locale.chart_bound()));
        }
    }

    /// The width of a bar in pixels: that of the longest label, if bars do not touch then on a
    /// phone.
    fn bar_width(&self) -> f64 {
        let places: Vec<f64> = self.progress.figures.iter().map(|figure| self.x(figure)).collect();
        let nearest = places
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .filter(|gap| *gap > 0.0)
            .fold(1.0, f64::min);
        let room = nearest * NARROW;
        let labelled = self.label_width();
        if labelled <= MAX_LABELLED_BAR.min(room * 0.9) {
            return labelled;
        }
        (room * 0.7).clamp(MIN_BAR, MAX_BAR)
    }

    /// The width of the longest label, with its halo.
    fn label_width(&self) -> f64 {
        let figures = self.progress.figures.iter();
        figures.map(|figure| text_width(&self.number(figure.value)) + 10.0).fold(0.0, f64::max)
    }

    /// Draws a bar for each figure, from 0.
    fn bars(&mut self) {
        let width = self.bar_width();
        let zero = self.values.at(0.0);
        for figure in &self.progress.figures {
            let y = self.values.at(figure.value);
            let class =
                if figure.status == FigureStatus::Counts { "column" } else { "column other" };
            let (top, height) = (y.min(zero), (y - zero).abs().max(1.0));
            let (x, y_top) = (Share(self.x(figure)), Pixels(top));
            self.drawing.bars.push(Bar {
                class,
                x,
                y: y_top,
                width: Pixels(width),
                height: Pixels(height),
            });
            if figure.bound != Bound::Exact {
                let arrow = Some(figure.bound == Bound::AtLeast);
                self.drawing.mark("point", (self.x(figure), y), arrow);
            }
        }
        self.key.insert(0, ("column", self.locale.chart_figure()));
        self.name_others();
    }

    /// Labels for the figures, the latest first, each above or below its symbol.
    fn labels(&self) -> Vec<LabelCandidate> {
        let target = self.values.at(self.target);
        let is_bar = self.facts.kind == GoalKind::Maintain;
        let holds_label = is_bar && self.bar_width() >= self.label_width();
        let shown = self.progress.figures.iter().rev();
        let latest = self.progress.latest_figure();
        let all = latest.into_iter().chain(
            shown.filter(|figure| !latest.is_some_and(|latest| std::ptr::eq(latest, *figure))),
        );
        all.map(|figure| {
            let y = self.values.at(figure.value);
            // The arrow of a bound needs space.
            let lift = if figure.bound == Bound::Exact { 11.0 } else { 22.0 };
            let above = y - lift;
            let is_crossed = target < y && target > above - 16.0;
            let below = if is_bar { y + 17.0 } else { y + 22.0 };
            // A bar that is narrower than its label would lose its edges beside it.
            let is_centred = Anchor::at(self.x(figure)) == Anchor::Middle;
            let y = if is_bar && !(holds_label && is_centred) {
                if is_crossed { target - 7.0 } else { above }
            } else if (is_crossed || above < TOP - 4.0) && below < BOTTOM {
                below
            } else {
                above
            };
            LabelCandidate { x: self.x(figure), y, text: self.number(figure.value) }
        })
        .collect()
    }

    /// The text alternative of the chart.
    fn describe(&self) -> String {
        let skipped = self.progress.figures.len().saturating_sub(MAX_DESCRIBED);
        let described = self.progress.figures[skipped..].iter().map(|figure| {
            let amount = Amount::of(self.locale, figure.value, self.unit(), self.language).text;
            let amount = bounded(self.locale, figure.bound, amount);
            let point =
                self.locale.chart_point(&amount, &self.locale.date(figure.report.as_of.date()));
            match figure_status_word(self.locale, figure.status) {
                Some(word) => self.locale.with_remark(&point, word),
                None => point,
            }
        });
        let described = described.collect::<Vec<_>>().join(self.locale.sentence_separator());
        let described = match skipped {
            0 => described,
            _ => self.locale.label(
                &self.locale.chart_last_figures(
                    &self.locale.count(MAX_DESCRIBED),
                    &self.locale.count(MAX_DESCRIBED + skipped),
                ),
                &described,
            ),
        };
        let amount = Amount::of(self.locale, self.target, self.unit(), self.language).text;
        let target = match (
            self.facts.kind,
            self.facts.target.as_ref().is_some_and(|target| target.at_most),
        ) {
            (GoalKind::Maintain, true) => self.locale.target_at_most(&amount),
            (GoalKind::Maintain, false) => self.locale.target_at_least(&amount),
            _ => amount,
        };
        self.locale.chart_text(&described, &target)
    }

    fn counted(&self) -> impl Iterator<Item = &'r Figure<'r>> + use<'r> {
        self.progress.figures.iter().filter(|figure| figure.status == FigureStatus::Counts)
    }

    /// Whether an expected figure is missing between two days: the later one comes more than half
    /// an interval late.
    fn is_gap(&self, earlier: Date, later: Date) -> bool {
        let Some(every) = self.facts.report_every else { return false };
        let expected = next_expected(earlier, every);
        let slack = expected.duration_since(earlier).as_hours() / 24 / 2;
        expected.saturating_add(slack.days()) < later
    }

    fn x(&self, figure: &Figure<'_>) -> f64 {
        self.time.at(end_of(figure.report.as_of))
    }

    fn unit(&self) -> Option<&'r crate::content::Unit> {
        self.facts.target.as_ref().map(|target| &target.unit)
    }

    /// Formats a number without its unit.
    fn number(&self, value: f64) -> String {
        Amount::of(self.locale, value, self.unit(), self.language).number
    }
}

/// The first and the last moment of a chart, which includes the goal's period and every figure.
/// Whole years where figures lie outside of the period or the period has no end.
fn days_shown(progress: &Progress<'_>) -> (DateTime, DateTime) {
    let ends = progress.figures.iter().map(|figure| end_of(figure.report.as_of));
    let first = ends.clone().min().unwrap_or(DateTime::MIN);
    let last = ends.max().unwrap_or(DateTime::MAX);
    let span = progress.time_span();
    let from = match span {
        Some(span) if span.from <= first => span.from,
        _ => start_of_year(first.saturating_sub(1.day()), 0),
    };
    let end = match span.and_then(|span| span.end) {
        Some(end) if last <= end => end,
        _ => start_of_year(last.saturating_sub(1.day()), 1),
    };
    (from, end)
}

/// The start of a moment's year, or of the year that is some years later.
fn start_of_year(moment: DateTime, years_later: i16) -> DateTime {
    Date::new(moment.year().saturating_add(years_later), 1, 1)
        .map_or(moment, |day| day.at(0, 0, 0, 0))
}
