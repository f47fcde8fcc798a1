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
    /// The path of its symbol around 0, 0.
    symbol: &'static str,
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
pub(crate) fn large(counts: &StatusCounts, label: &str) -> askama::Result<Html> {
    bar(counts, "", label, true)
}

/// Draws one of several small bars; `id` must be unique on the page.
pub(crate) fn small(counts: &StatusCounts, id: &str, label: &str) -> askama::Result<Html> {
    bar(counts, id, label, false)
}

fn bar(counts: &StatusCounts, id: &str, label: &str, is_large: bool) -> askama::Result<Html> {
    #[expect(clippy::cast_precision_loss, reason = "no site has 2^52 goals")]
    let shares: Vec<(Status, f64)> = counts
        .shares()
        .into_iter()
        .map(|(status, count, _)| (status, (count as f64 / counts.total() as f64).max(LEAST)))
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
                symbol: symbol_of(status),
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

/// The symbol of a status, drawn like the character that `site.css` has. It is no text, because
/// text browsers would show that.
const fn symbol_of(status: Status) -> &'static str {
    match status {
        Status::Achieved => "M-5 .5l1.8-1.8 2.2 2.2L3.2-4.5 5-2.7-1 4.5z",
        Status::Done => "M-4.5-4.5h9v9h-9z",
        Status::OnTrack => "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        Status::UnderWay => "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM0-3.5a3.5 3.5 0 0 1 0 7z",
        Status::Continuing => {
            "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
        }
        Status::SlightlyBehind => "M0-5.5l5.5 5.5-5.5 5.5-5.5-5.5zM0-3l-3 3 3 3 3-3z",
        Status::Behind => "M0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z",
        Status::Late => "M0-5l5 9h-10z",
        Status::WrongWay => "M0 5l5-9h-10z",
        Status::NotMet => "M-3-5l3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3-3-3z",
        Status::DataOverdue => {
            "M-1-6h2v2h-2zM-1 4h2v2h-2zM-6-1h2v2h-2zM4-1h2v2h-2z\
             M-4.5-4.5h2v2h-2zM2.5-4.5h2v2h-2zM-4.5 2.5h2v2h-2zM2.5 2.5h2v2h-2z"
        }
        Status::NotYetReported => "",
    }
}
