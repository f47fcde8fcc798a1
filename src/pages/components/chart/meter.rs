//! A meter: a bar that is filled according to the attainment of one figure.

use askama::Template;

use super::drawing::Share;
use crate::pages::markup::html::Html;
use crate::record::progress::rule::Measure;

/// Position of the target of a level, as a share of the width: there must be room above it.
const BOUND_AT: f64 = 0.8;

#[derive(Template)]
#[template(path = "charts/meter.svg")]
struct Meter<'m> {
    label: &'m str,
    filled: Share,
    mark: Option<Share>,
}

/// Draws a meter. For a number to reach, the full width is the target; a level to keep is a line.
pub(crate) fn meter(measure: &Measure, value: f64, label: &str) -> askama::Result<Html> {
    let meter = match (measure.attainment(value), measure.target > 0.0) {
        (Some(attainment), _) => {
            Meter { label, filled: Share(attainment.clamp(0.0, 1.0)), mark: None }
        }
        (None, true) => {
            let filled = Share((value / measure.target * BOUND_AT).clamp(0.0, 1.0));
            Meter { label, filled, mark: Some(Share(BOUND_AT)) }
        }
        // A level of 0 has no scale to fill.
        (None, false) => return Ok(Html::default()),
    };
    Ok(Html::new(meter.render()?))
}
