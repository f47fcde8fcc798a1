//! Charts as SVG that needs no script: every position along the width is a share, every text keeps its size.
//!
//! Enter at [`figures::chart`] for goals with a number, [`milestones::chart`] for what is to be delivered, [`meter`] for
//! one figure against its target, and [`bar`] for goals by status. Each chart has a text for those who do not see it,
//! and stands beside a table of the same data.

pub(super) mod bar;
pub(super) mod figures;
mod labels;
pub(super) mod meter;
pub(super) mod milestones;
mod scale;

use std::fmt;

use askama::Template;

use super::html::Html;
use labels::{Anchor, Shown, Wish};
use scale::TimeScale;

/// The heights at which things are drawn, in pixels: the name of today, the plot, the names of days.
const TODAY_LINE: f64 = 12.0;
const TOP: f64 = 38.0;
const BOTTOM: f64 = 228.0;
const DAYS_LINE: f64 = 248.0;
const HEIGHT: f64 = 256.0;

/// A chart with the key to its signs.
pub(super) struct ChartView<'r> {
    pub(super) svg: Html,
    pub(super) key: Vec<(&'static str, &'r str)>,
}

#[derive(Template)]
#[template(path = "chart.svg")]
struct Drawing<'d> {
    title: &'d str,
    description: String,
    bands: Vec<Band>,
    lines: Vec<Line>,
    bars: Vec<Bar>,
    marks: Vec<Mark>,
    texts: Vec<Label>,
}

/// A stretch of time with a ground of its own.
struct Band {
    x: Share,
    width: Share,
}

struct Line {
    class: &'static str,
    from: (Share, Pixels),
    to: (Share, Pixels),
}

/// A bar on its value, with a width in pixels.
struct Bar {
    class: &'static str,
    x: Share,
    y: Pixels,
    width: Pixels,
    height: Pixels,
}

impl Bar {
    /// Its left edge, from its middle.
    fn left(&self) -> Pixels {
        Pixels(self.width.0 / -2.0)
    }
}

/// A sign at a place.
struct Mark {
    class: &'static str,
    x: Share,
    y: Pixels,
    /// Where its arrow points, for a bound: up or down.
    arrow: Option<bool>,
}

struct Label {
    class: &'static str,
    x: Share,
    y: Pixels,
    anchor: Anchor,
    text: String,
}

/// A share of the width, which SVG writes as `41.5%`.
#[derive(Debug, Clone, Copy)]
struct Share(f64);

/// A length in pixels.
#[derive(Debug, Clone, Copy)]
struct Pixels(f64);

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}%", Pixels(self.0 * 100.0))
    }
}

impl fmt::Display for Pixels {
    /// At most two digits after the point, and no `-0`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", (self.0 * 100.0).round() / 100.0 + 0.0)
    }
}

impl<'d> Drawing<'d> {
    fn new(title: &'d str) -> Self {
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

    fn line(&mut self, class: &'static str, from: (f64, f64), to: (f64, f64)) {
        let place = |(x, y)| (Share(x), Pixels(y));
        self.lines.push(Line { class, from: place(from), to: place(to) });
    }

    fn text(&mut self, class: &'static str, wish: Wish) {
        let Wish { x, y, text } = wish;
        self.texts.push(Label { class, x: Share(x), y: Pixels(y), anchor: Anchor::at(x), text });
    }

    fn mark(&mut self, class: &'static str, (x, y): (f64, f64), arrow: Option<bool>) {
        self.marks.push(Mark { class, x: Share(x), y: Pixels(y), arrow });
    }

    fn band(&mut self, from: f64, to: f64) {
        self.bands.push(Band { x: Share(from), width: Share(to - from) });
    }

    /// The names of days under the plot, and a short line up from each; those at the ends go first.
    fn days(&mut self, time: &TimeScale, words: &crate::language::Words) {
        let mut ticks = time.ticks(words);
        for tick in &ticks {
            self.line("tick", (tick.at, BOTTOM), (tick.at, BOTTOM + 5.0));
        }
        if ticks.len() > 2 {
            let last = ticks.pop();
            ticks.splice(1..1, last);
        }
        let wishes =
            ticks.into_iter().map(|tick| Wish { x: tick.at, y: DAYS_LINE, text: tick.label });
        self.labels(wishes.map(|wish| (["day", "day wide"], wish)).collect(), &[]);
    }

    /// The mark of today from top to bottom, with its name.
    fn today(&mut self, x: f64, name: &str) -> Wish {
        self.line("today", (x, TODAY_LINE + 4.0), (x, BOTTOM));
        let wish = Wish { x, y: TODAY_LINE, text: name.to_owned() };
        self.text("day", wish.clone());
        wish
    }

    /// Those texts that have room, the first ones first; each with its class where it is always shown, and where it is
    /// shown on a wide screen.
    fn labels(&mut self, wishes: Vec<([&'static str; 2], Wish)>, taken: &[Wish]) {
        let (classes, wishes): (Vec<_>, Vec<Wish>) = wishes.into_iter().unzip();
        let shown = labels::place(&wishes, taken);
        for (([always, wide], wish), shown) in classes.into_iter().zip(wishes).zip(shown) {
            match shown {
                Shown::Always => self.text(always, wish),
                Shown::Wide => self.text(wide, wish),
                Shown::Never => {}
            }
        }
    }

    fn html(&self) -> askama::Result<Html> {
        Ok(Html::new(self.render()?))
    }
}
