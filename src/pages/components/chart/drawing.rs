//! The elements of a chart, positioned in shares of the width and pixels of the height.

use std::fmt;

use askama::Template;

use super::labels::{self, Anchor, LabelCandidate, Visibility};
use super::scale::TimeScale;
use crate::pages::markup::html::Html;

/// Vertical positions in pixels: the label of today, the plot area, the axis labels.
const TODAY_LINE: f64 = 12.0;
pub(super) const TOP: f64 = 38.0;
pub(super) const BOTTOM: f64 = 228.0;
const DAYS_LINE: f64 = 248.0;
const HEIGHT: f64 = 256.0;

/// A chart with its legend.
pub(crate) struct ChartView<'r> {
    pub(crate) svg: Html,
    pub(crate) key: Vec<(&'static str, &'r str)>,
}

#[derive(Template)]
#[template(path = "charts/chart.svg")]
pub(super) struct Drawing<'d> {
    pub(super) title: &'d str,
    pub(super) description: String,
    bands: Vec<Band>,
    lines: Vec<Line>,
    pub(super) bars: Vec<Bar>,
    marks: Vec<Mark>,
    texts: Vec<Label>,
}

/// A period with a background of its own.
struct Band {
    x: Share,
    width: Share,
}

struct Line {
    class: &'static str,
    from: (Share, Pixels),
    to: (Share, Pixels),
}

/// A bar for one value, with a width in pixels.
pub(super) struct Bar {
    pub(super) class: &'static str,
    pub(super) x: Share,
    pub(super) y: Pixels,
    pub(super) width: Pixels,
    pub(super) height: Pixels,
}

impl Bar {
    /// The left edge, relative to the middle.
    fn left(&self) -> Pixels {
        Pixels(self.width.0 / -2.0)
    }
}

/// A point symbol.
struct Mark {
    class: &'static str,
    x: Share,
    y: Pixels,
    /// The direction of the arrow of a bound: `true` is up.
    arrow: Option<bool>,
}

struct Label {
    class: &'static str,
    x: Share,
    y: Pixels,
    anchor: Anchor,
    text: Html,
}

/// A share of the width, written in SVG as `41.5%`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share(pub(super) f64);

/// A length in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pixels(pub(super) f64);

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}%", Pixels(self.0 * 100.0))
    }
}

impl fmt::Display for Pixels {
    /// At most two decimals, and no `-0`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", (self.0 * 100.0).round() / 100.0 + 0.0)
    }
}

impl<'d> Drawing<'d> {
    pub(super) fn new(title: &'d str) -> Self {
        Self {
            title,
            description: String::new(),
            bands: Vec::new(),
            lines: Vec::new(),
            bars: Vec::new(),
            marks: Vec::new(),
            texts: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, class: &'static str, from: (f64, f64), to: (f64, f64)) {
        let [from, to] = [from, to].map(|(x, y)| (Share(x), Pixels(y)));
        self.lines.push(Line { class, from, to });
    }

    pub(super) fn text(&mut self, class: &'static str, candidate: LabelCandidate) {
        let LabelCandidate { x, y, text } = candidate;
        let text = Html::svg_label(&text);
        self.texts.push(Label { class, x: Share(x), y: Pixels(y), anchor: Anchor::at(x), text });
    }

    pub(super) fn mark(&mut self, class: &'static str, (x, y): (f64, f64), arrow: Option<bool>) {
        self.marks.push(Mark { class, x: Share(x), y: Pixels(y), arrow });
    }

    pub(super) fn band(&mut self, from: f64, to: f64) {
        self.bands.push(Band { x: Share(from), width: Share(to - from) });
    }

    /// Draws the labels and ticks of the time axis; where room is short, those at the ends have
    /// priority.
    pub(super) fn days(&mut self, time: &TimeScale, locale: &crate::language::Locale) {
        let mut ticks = time.ticks(locale);
        for tick in &ticks {
            self.line("tick", (tick.at, BOTTOM), (tick.at, BOTTOM + 5.0));
        }
        if ticks.len() > 2 {
            let last = ticks.pop();
            ticks.splice(1..1, last);
        }
        let candidates = ticks.into_iter().map(|tick| LabelCandidate {
            x: tick.at,
            y: DAYS_LINE,
            text: tick.label,
        });
        self.labels(candidates.map(|candidate| (["day", "day wide"], candidate)).collect(), &[]);
    }

    /// Draws the line of today with its label.
    pub(super) fn today(&mut self, x: f64, name: &str) -> LabelCandidate {
        self.line("today", (x, TODAY_LINE + 4.0), (x, BOTTOM));
        let candidate = LabelCandidate { x, y: TODAY_LINE, text: name.to_owned() };
        self.text("day", candidate.clone());
        candidate
    }

    /// Draws the labels that have room, the first ones with priority. Each has one class for all
    /// widths and one for wide screens only.
    pub(super) fn labels(
        &mut self,
        candidates: Vec<([&'static str; 2], LabelCandidate)>,
        taken: &[LabelCandidate],
    ) {
        let (classes, candidates): (Vec<_>, Vec<LabelCandidate>) = candidates.into_iter().unzip();
        let shown = labels::place(&candidates, taken);
        for (([always, wide], candidate), shown) in classes.into_iter().zip(candidates).zip(shown) {
            match shown {
                Visibility::Always => self.text(always, candidate),
                Visibility::Wide => self.text(wide, candidate),
                Visibility::Never => {}
            }
        }
    }

    pub(super) fn html(&self) -> askama::Result<Html> {
        Ok(Html::new(self.render()?))
    }
}
