//! The table of results.

use crate::case::Case;

/// The columns: each server, then ratios of ours to another.
pub(crate) fn header() -> String {
    "page      answer        ours  nginx+h    nginx    actix     bare  /nginx+h   /nginx   \
     /actix    /bare"
        .to_owned()
}

/// A row, with the rates in the order of the columns.
pub(crate) fn row(case: &Case, rates: &[f64]) -> String {
    let ours = rates.first().copied().unwrap_or_default();
    let thousands: String = rates.iter().map(|rate| format!(" {:>8.1}", rate / 1e3)).collect();
    let ratios: String =
        rates.iter().skip(1).map(|rate| format!(" {:>8.2}", ours / rate)).collect();
    format!("{:<9} {:<8}{thousands} {ratios}", case.page, case.answer.name())
}
