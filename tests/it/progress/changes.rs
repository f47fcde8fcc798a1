//! Figures, targets and periods that later bulletins change, and statuses that they override.

use super::{figures, reports, says, status, wells};

#[test]
fn withdrawn_bulletin_figure_is_removed_with_notice() {
    let folder = says(wells(), "right", "2023-04-03", &reports(20, "2023-03-31"));
    let facts = format!(
        "{}\nwithdrawn: {{ on: 2023-07-20, reason: Counted twice. }}",
        reports(777, "2023-06-30")
    );
    let folder = says(folder, "wrong", "2023-07-03", &facts);
    assert_eq!(figures(&folder.at("2023-07-10T00:00:00Z")).len(), 2);
    let site = folder.at("2023-08-01T00:00:00Z");
    assert_eq!(figures(&site).len(), 1);
    let page = site.page("/goals/water/wells/");
    assert!(page.text(".page .body > .figure").starts_with("20"));
    let trail = page.texts(".trail > li");
    assert!(trail[0].contains("Withdrawn on 20 July 2023: Counted twice."), "{trail:?}");
    assert!(trail[0].contains("no longer counts"), "{trail:?}");
    for path in
        ["/goals/water/wells/", "/goals/water/wells/index.json", "/goals/water/wells/progress.csv"]
    {
        assert!(!site.get(path).text().contains("777"), "{path}");
    }
}

#[test]
fn corrected_bulletin_is_named_beside_its_figure() {
    let facts = format!(
        "{}\nchanges: [{{ on: 2023-07-04, note: 48 and not 84. }}]",
        reports(48, "2023-06-30")
    );
    let site = says(wells(), "half", "2023-07-03", &facts).at("2023-08-01T00:00:00Z");
    let trail = site.page("/goals/water/wells/").texts(".trail > li");
    assert!(trail[0].contains("Changed on 4 July 2023: 48 and not 84."), "{trail:?}");
}

#[test]
fn changed_target_counts_from_its_date() {
    let folder = says(wells(), "half", "2023-07-03", &reports(38, "2023-06-30"));
    let folder = says(
        folder,
        "less",
        "2023-07-20",
        "revises: [{ goal: wells, target: 80, note: Dry ground. }]",
    );
    assert_eq!(status(&folder.at("2023-07-10T00:00:00Z")), "Slightly behind");
    let site = folder.at("2023-08-01T00:00:00Z");
    assert_eq!(status(&site), "On track");
    let rows = site.page("/goals/water/wells/").texts("[aria-labelledby=revisions] tbody tr");
    assert!(
        rows[0].contains("100 wells")
            && rows[0].contains("80 wells")
            && rows[0].contains("Dry ground."),
        "{rows:?}"
    );
    assert!(
        site.page("/goals/water/wells/").text(".facts").contains("80 wells by 31 December 2023")
    );
}

#[test]
fn moved_period_end_moves_pace() {
    let folder = says(wells(), "half", "2023-07-03", &reports(30, "2023-06-30"));
    assert_eq!(status(&folder.at("2023-07-10T00:00:00Z")), "Slightly behind");
    let folder =
        says(folder, "more-time", "2023-07-04", "revises: [{ goal: wells, to: 2024-06-30 }]");
    assert_eq!(status(&folder.at("2023-07-10T00:00:00Z")), "Slightly behind");
    let folder = says(folder, "autumn", "2023-10-04", &reports(51, "2023-09-30"));
    let site = folder.at("2023-10-10T00:00:00Z");
    assert_eq!(status(&site), "On track");
    let rows = site.page("/goals/water/wells/").texts("[aria-labelledby=revisions] tbody tr");
    assert!(rows[0].contains("31 December 2023") && rows[0].contains("30 June 2024"), "{rows:?}");
}

#[test]
fn status_override_is_shown_beside_computed_status() {
    let folder = says(wells(), "half", "2023-07-03", &reports(30, "2023-06-30"));
    let judged = "overrides: [{ goal: wells, status: on-track, reason: Twenty are half dug. }]";
    let folder = says(folder, "office", "2023-07-20", judged);
    let site = folder.at("2023-08-01T00:00:00Z");
    let page = site.page("/goals/water/wells/");
    assert_eq!(status(&site), "Slightly behind");
    assert_eq!(page.text(".judgement .status"), "On track");
    assert!(
        page.text(".judgement").contains("Twenty are half dug.")
            && page.text(".judgement").contains("About office")
    );
    let state = site.get("/index.json").json()["state"].clone();
    assert_eq!(state[0]["status"], "slightly-behind");
    // A figure for a later day ends the override; one for an earlier day does not.
    let earlier = says(folder.clone(), "spring", "2023-08-02", &reports(15, "2023-03-31"));
    assert_eq!(
        earlier.at("2023-08-10T00:00:00Z").page("/goals/water/wells/").all(".judgement").len(),
        1
    );
    let later = says(folder, "autumn", "2023-10-02", &reports(50, "2023-09-30"));
    assert!(
        later.at("2023-10-10T00:00:00Z").page("/goals/water/wells/").all(".judgement").is_empty()
    );
}
