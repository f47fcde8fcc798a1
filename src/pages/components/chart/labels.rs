//! Placement of the labels of a chart, at the width of a phone and of a wide screen.
//!
//! A chart scales with its column, its text does not. So each label is tried at two widths: one
//! that fits at the narrow width is always shown, one that fits only at the wide width is shown
//! there.

/// Width on a phone, in pixels: 320 less the margins of the page.
pub(super) const NARROW: f64 = 280.0;

/// Width on a tablet, in pixels.
const WIDE: f64 = 600.0;

/// Height of a line of text, in pixels.
const LINE: f64 = 15.0;

/// A label that is drawn if there is room.
#[derive(Debug, Clone)]
pub(crate) struct LabelCandidate {
    /// Horizontal position, as a share of the width.
    pub(crate) x: f64,
    /// Baseline, in pixels from the top.
    pub(crate) y: f64,
    pub(crate) text: String,
}

/// The value of `text-anchor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// Labels near an edge extend inwards.
    pub(crate) fn at(x: f64) -> Self {
        match x {
            x if x < 0.14 => Self::Start,
            x if x > 0.86 => Self::End,
            _ => Self::Middle,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// The widths at which a label is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Always,
    Wide,
    Never,
}

/// Decides which labels are shown, the first ones with priority. `taken` are already drawn.
pub(crate) fn place(candidates: &[LabelCandidate], taken: &[LabelCandidate]) -> Vec<Visibility> {
    let narrow = fitting(candidates, taken, NARROW, &vec![false; candidates.len()]);
    let wide = fitting(candidates, taken, WIDE, &narrow);
    let shown = narrow.into_iter().zip(wide);
    shown
        .map(|(narrow, wide)| match (narrow, wide) {
            (true, _) => Visibility::Always,
            (false, true) => Visibility::Wide,
            (false, false) => Visibility::Never,
        })
        .collect()
}

/// Which labels fit at a width. Settled ones are already drawn.
fn fitting(
    candidates: &[LabelCandidate],
    taken: &[LabelCandidate],
    width: f64,
    settled: &[bool],
) -> Vec<bool> {
    let mut boxes: Vec<[f64; 4]> = taken.iter().map(|candidate| candidate.area(width)).collect();
    boxes.extend(
        candidates
            .iter()
            .zip(settled)
            .filter(|(_, settled)| **settled)
            .map(|(candidate, _)| candidate.area(width)),
    );
    let mut fitting = Vec::with_capacity(candidates.len());
    for (candidate, settled) in candidates.iter().zip(settled) {
        let area = candidate.area(width);
        let fits = *settled || !boxes.iter().any(|other| overlap(area, *other));
        if fits {
            boxes.push(area);
        }
        fitting.push(fits);
    }
    fitting
}

impl LabelCandidate {
    /// Left, right, top and bottom, in pixels.
    fn area(&self, width: f64) -> [f64; 4] {
        let length = text_width(&self.text);
        let x = self.x * width;
        let left = match Anchor::at(self.x) {
            Anchor::Start => x,
            Anchor::Middle => x - length / 2.0,
            Anchor::End => x - length,
        };
        [left - 4.0, left + length + 4.0, self.y - LINE, self.y + 3.0]
    }
}

/// Approximate width of a text at 13 px.
pub(crate) fn text_width(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

/// Approximate width of a character at 13 px.
fn advance(character: char) -> f64 {
    if character < '\u{2E80}' { 7.4 } else { 13.5 }
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(x: f64, y: f64, text: &str) -> LabelCandidate {
        LabelCandidate { x, y, text: text.to_owned() }
    }

    #[test]
    fn labels_with_room_are_shown_in_order() {
        let candidates = [
            candidate(0.5, 50.0, "41,200"),
            candidate(0.6, 52.0, "47,000"),
            candidate(0.52, 51.0, "41,900"),
        ];
        assert_eq!(
            place(&candidates, &[]),
            [Visibility::Always, Visibility::Wide, Visibility::Never]
        );
        assert_eq!(place(&candidates[1..2], &candidates[..1]), [Visibility::Wide]);
        assert_eq!(
            place(&[candidate(0.5, 50.0, "a"), candidate(0.5, 90.0, "b")], &[]),
            [Visibility::Always, Visibility::Always]
        );
    }

    #[test]
    fn labels_lean_inwards_at_the_edges() {
        assert_eq!([0.02, 0.5, 0.98].map(|x| Anchor::at(x).name()), ["start", "middle", "end"]);
    }
}
