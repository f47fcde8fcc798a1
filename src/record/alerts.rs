//! The alerts of an instant.

use jiff::Timestamp;

use super::Record;
use super::progress::calendar::end_of;
use crate::content::{Alert, Content};

/// Adds the alerts that begin before the instant and do not end before it, and the instant at which
/// that changes.
pub(super) fn add_alerts(record: &mut Record<'_>) {
    let (content, instant) = (record.content, record.instant);
    let alerts = content.alerts.iter().filter(|alert| !alert.facts.draft);
    let mut shown: Vec<&Alert> = Vec::new();
    for alert in alerts {
        let (from, end) = span(content, alert);
        if from <= instant && end.is_none_or(|end| instant < end) {
            shown.push(alert);
        }
        let changes = [Some(from), end, record.next_instant].into_iter().flatten();
        record.next_instant = changes.filter(|change| *change > instant).min();
    }
    shown.sort_by_key(|alert| (alert.facts.level, alert.facts.from));
    record.alerts = shown;
}

/// The first instant of an alert, and the first instant after it. A last day counts as a whole.
fn span(content: &Content, alert: &Alert) -> (Timestamp, Option<Timestamp>) {
    let zone = &content.site.zone;
    let end = alert.facts.until.map(|until| zone.to_timestamp(end_of(until)));
    (alert.facts.from.instant, end.map(|end| end.unwrap_or(Timestamp::MAX)))
}
