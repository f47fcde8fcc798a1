//! A bar of goals by status, with one segment for each status, as wide as its share.

use askama::Template;

use super::drawing::Share;
use crate::content::Status;
use crate::pages::markup::html::Html;
use crate::record::StatusCounts;

/// Minimum share of the width of a segment, so that one goal among hundreds is visible.
const LEAST: f64 = 0.015;

#[derive(Template)]
#[template(path = "charts/bar.svg")]
struct Bar<'b> {
    label: &'b str,
    /// Unique among the bars of a page.
    id: &'b str,
    parts: Vec<Part>,
}

struct Part {
    class: &'static str,
    symbol: Html,
    is_unknown: bool,
    x: Share,
    width: Share,
    /// The position of its symbol, if there is room, and whether only a wide screen has room.
    sign: Option<(Share, bool)>,
}

/// Minimum share of the width of a large bar for a segment to have room for its symbol: on a phone,
/// and on a wide screen.
const ROOM: [f64; 2] = [0.045, 0.015];

/// The same for a small bar, which is about as wide everywhere.
const SMALL_ROOM: [f64; 2] = [0.1, 0.1];

/// Draws the large bar of a page, with the symbols of the statuses in it.
pub(crate) fn large(tally: &StatusCounts, label: &str) -> askama::Result<Html> {
    bar(tally, "", label, true)
}

/// Draws one of several small bars; `id` must be unique on the page.
pub(crate) fn small(tally: &StatusCounts, id: &str, label: &str) -> askama::Result<Html> {
    bar(tally, id, label, false)
}

fn bar(tally: &StatusCounts, id: &str, label: &str, is_large: bool) -> askama::Result<Html> {
    #[expect(clippy::cast_precision_loss, reason = "no site has 2^52 goals")]
    let shares: Vec<(Status, f64)> = tally
        .shares()
        .into_iter()
        .map(|(status, count, _)| (status, (count as f64 / tally.total() as f64).max(LEAST)))
        .collect();
    let whole: f64 = shares.iter().map(|(_, share)| share).sum();
    let [phone, wide] = if is_large { ROOM } else { SMALL_ROOM };
    let mut x = 0.0;
    let parts = shares
        .into_iter()
        .map(|(status, share)| {
            let width = share / whole;
            let has_sign = width >= wide && status != Status::NotYetReported;
            let sign = has_sign.then_some((Share(x + width / 2.0), width < phone));
            let is_unknown = status == Status::NotYetReported;
            let part = Part {
                class: status.name(),
                symbol: Html::svg_label(sign_of(status)),
                is_unknown,
                x: Share(x),
                width: Share(width),
                sign,
            };
            x += width;
            part
        })
        .collect();
    Ok(Html::new(Bar { label, id, parts }.render()?))
}

/// The symbol of a status; `site.css` has the same ones.
const fn sign_of(status: Status) -> &'static str {
    match status {
        Status::Achieved => "✓",
        Status::Done => "■",
        Status::OnTrack => "●",
        Status::UnderWay => "◐",
        Status::Continuing => "○",
        Status::SlightlyBehind => "◇",
        Status::Behind => "◆",
        Status::Late => "▲",
        Status::WrongWay => "▼",
        Status::NotMet => "✕",
        Status::DataOverdue => "◌",
        Status::NotYetReported => "",
    }
}
