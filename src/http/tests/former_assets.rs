//! Assets that answer after the edition that had them.

use jiff::{SignedDuration, Timestamp};

use super::fixture::edition;
use crate::edition::{Edition, FormerAssets};

const OLD: &str = "/static/site.0123.css";
const NEW: &str = "/static/site.4567.css";

/// The fixture with its asset at another path, or without it.
fn with_asset(path: Option<&str>) -> Edition {
    let mut edition = edition();
    let asset = edition.entries.remove(OLD);
    if let (Some(path), Some(asset)) = (path, asset) {
        edition.entries.insert(path.into(), asset);
    }
    edition
}

#[test]
fn replaced_asset_answers_for_an_hour() {
    let now = Timestamp::UNIX_EPOCH;
    let [last, over] = [3_599, 3_600].map(|second| now + SignedDuration::from_secs(second));
    let (first, second) = (with_asset(Some(OLD)), with_asset(Some(NEW)));
    let former = FormerAssets::default().after(&first, &second, now);
    assert!(former.find(OLD, last).is_some() && former.find(OLD, over).is_none());
    assert!(former.find(NEW, now).is_none() && former.find("/goals/", now).is_none());
    // Another reload neither renews it nor ends it.
    let former = former.after(&second, &with_asset(Some(NEW)), last);
    assert!(former.find(OLD, last).is_some() && former.find(OLD, over).is_none());
    // With its successor it goes at once.
    assert!(former.after(&second, &with_asset(None), last).is_empty());
}
