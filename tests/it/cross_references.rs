//! Pages of bulletins and goals that refer to each other after a later change.

use crate::harness::{Folder, Site, instant};

const WELLS: &str = "kind: increase\ntarget: { value: 100, unit: wells }\n\
    period: { from: 2023-01-01, to: 2023-12-31 }";
const RESERVE: &str = "kind: maintain\ntarget: { value: 60, unit: days }\n\
    period: { from: 2023-01-01, to: 2023-12-31 }";

/// A city with one goal to increase and one to maintain.
fn city() -> Folder {
    Folder::city().goal("wells", WELLS).goal("reserve", RESERVE).bulletin(
        "plan",
        "published: 2023-01-05\nsets: [wells, reserve]",
        "A plan.",
    )
}

fn report(goal: &str, value: u32, as_of: &str) -> String {
    format!("{{ goal: {goal}, value: {value}, as_of: {as_of} }}")
}

fn sum(site: &Site, goal: &str) -> String {
    let page = site.page(&format!("/goals/water/{goal}/"));
    format!("{}: {}", page.text(".page .body > .figure .status"), page.text(".sum"))
}

/// The parts of a bulletin's page about goals.
fn about_goals(site: &Site, bulletin: &str) -> Vec<String> {
    site.page(&format!("/bulletins/{bulletin}/")).texts(".figures > li")
}

#[test]
fn level_broken_in_between_is_reported() {
    let reports = format!(
        "reports: [{}, {}]",
        report("reserve", 45, "2023-06-30"),
        report("reserve", 75, "2023-12-31")
    );
    let site = city()
        .bulletin("year", &format!("published: 2024-01-09\n{reports}"), "")
        .at("2024-02-01T00:00:00Z");
    let sum = sum(&site, "reserve");
    assert!(
        sum.starts_with(
            "Achieved: The period is over, and its last figure meets the required level."
        ),
        "{sum}"
    );
    assert!(sum.contains("The figure for 30 June 2023 did not meet it."), "{sum}");
    let rows =
        site.page("/goals/water/reserve/").texts("[aria-labelledby=figures] tbody td:last-child");
    assert_eq!(rows, ["Kept", "Not kept"]);
}

#[test]
fn later_years_figure_keeps_goal_missed() {
    let folder = city().bulletin(
        "end",
        &format!("published: 2024-01-09\nreports: [{}]", report("reserve", 45, "2023-12-31")),
        "",
    );
    let later =
        format!("published: 2025-01-09\nreports: [{}]", report("reserve", 90, "2024-12-31"));
    let site = folder.bulletin("later", &later, "").at("2025-02-01T00:00:00Z");
    assert!(sum(&site, "reserve").starts_with("Not met: "));
    let rows = site.page("/goals/water/reserve/").texts("[aria-labelledby=figures] tbody tr");
    assert!(rows[0].contains("which an earlier figure has settled"), "{rows:?}");
}

#[test]
fn figure_after_period_is_labelled() {
    let late = format!("published: 2024-06-09\nreports: [{}]", report("wells", 100, "2024-06-01"));
    let sum = sum(&city().bulletin("late", &late, "").at("2024-07-01T00:00:00Z"), "wells");
    assert!(
        sum.contains("The figure is for a day after the period, which ended on 31 December 2023."),
        "{sum}"
    );
}

#[test]
fn bulletin_separates_status_then_from_now() {
    let folder = city().bulletin(
        "half",
        &format!("published: 2023-07-05\nreports: [{}]", report("wells", 40, "2023-06-30")),
        "",
    );
    let folder = folder.bulletin(
        "less",
        "published: 2023-08-01\nrevises: [{ goal: wells, target: 50, note: Dry ground. }]",
        "",
    );
    let done = format!("published: 2023-10-05\nreports: [{}]", report("wells", 50, "2023-09-30"));
    let site = folder.bulletin("autumn", &done, "").at("2023-11-01T00:00:00Z");
    let half = &about_goals(&site, "half")[0];
    assert!(half.contains("40% of the target") && half.contains("Target: 100 wells"), "{half}");
    assert!(half.contains("Now: Achieved"), "{half}");
    assert!(about_goals(&site, "less")[0].contains("50 wells instead of 100 wells"));
    let autumn = &about_goals(&site, "autumn")[0];
    assert!(
        autumn.contains("100% of the target") && autumn.contains("Target: 50 wells"),
        "{autumn}"
    );
}

#[test]
fn bulletin_says_when_its_figure_is_superseded() {
    let folder = city().bulletin(
        "first",
        &format!("published: 2023-07-05\nreports: [{}]", report("wells", 40, "2023-06-30")),
        "",
    );
    let folder = folder.bulletin(
        "second",
        &format!("published: 2023-07-09\nreports: [{}]", report("wells", 44, "2023-06-30")),
        "",
    );
    let withdrawn = format!(
        "published: 2023-10-05\nreports: [{}]\n\
         withdrawn: {{ on: 2023-10-09, reason: Counted twice. }}",
        report("wells", 90, "2023-09-30")
    );
    let site = folder.bulletin("third", &withdrawn, "").at("2023-11-01T00:00:00Z");
    assert!(about_goals(&site, "first")[0].contains("A later bulletin gave another figure"));
    assert!(about_goals(&site, "third")[0].contains("no longer counts"));
    assert!(site.page("/bulletins/third/").all(".meter").is_empty());
}

#[test]
fn judgement_ended_by_later_report_is_past() {
    let judged = "published: 2023-07-20\n\
        overrides: [{ goal: wells, status: on-track, reason: Twenty are half dug. }]";
    let folder = city().bulletin("office", judged, "");
    let said = |site: &Site| site.page("/goals/water/wells/").texts(".trail > li.overrides");
    assert!(!said(&folder.at("2023-08-01T00:00:00Z"))[0].contains("It no longer applies"));
    let autumn = format!("published: 2023-10-05\nreports: [{}]", report("wells", 50, "2023-09-30"));
    let site = folder.clone().bulletin("autumn", &autumn, "").at("2023-11-01T00:00:00Z");
    assert!(said(&site)[0].contains("It no longer applies, because a later report followed."));
    // A note about a measured goal is no figure.
    let words = "published: 2023-10-05\n\
        reports: [{ goal: wells, note: The ground is dry., as_of: 2023-10-01 }]";
    let site = folder.bulletin("words", words, "").at("2023-11-01T00:00:00Z");
    assert_eq!(site.page("/goals/water/wells/").all(".judgement").len(), 1);
}

#[test]
fn goal_of_withdrawn_announcement_says_so() {
    let folder = Folder::city().goal("wells", WELLS);
    let withdrawn =
        "published: 2023-01-05\nsets: [wells]\nwithdrawn: { on: 2023-02-01, reason: Wrong date. }";
    let site = folder.bulletin("plan", withdrawn, "").at("2023-03-01T00:00:00Z");
    let page = site.page("/goals/water/wells/");
    assert!(page.text(".facts").contains("About plan (withdrawn)"), "{}", page.text(".facts"));
    assert!(page.text(".trail").contains("The goal itself remains"));
}

#[test]
fn correction_appears_only_at_its_goal() {
    let facts = format!(
        "published: 2023-07-05\nreports: [{}, {}]\n\
         changes: [{{ on: 2023-07-06, goal: wells, note: 40 and not 44. }}]",
        report("wells", 40, "2023-06-30"),
        report("reserve", 70, "2023-06-30")
    );
    let site = city().bulletin("half", &facts, "").at("2023-08-01T00:00:00Z");
    assert!(site.page("/goals/water/wells/").text(".trail").contains("40 and not 44."));
    assert!(!site.page("/goals/water/reserve/").text(".trail").contains("40 and not 44."));
    assert!(site.page("/bulletins/half/").text("main").contains("40 and not 44."));
}

#[test]
fn unmeasured_goals_end_exactly_with_their_period() {
    let folder = Folder::city()
        .goal("talks", "kind: direction\nperiod: { from: 2023-01-01, to: 2023-12-31 }");
    let words =
        "published: 2023-06-05\nreports: [{ goal: talks, note: They go on., as_of: 2023-06-01 }]";
    let folder = folder.bulletin("talks-go-on", words, "");
    let before = folder.at("2023-12-31T15:59:59Z");
    assert_eq!(before.edition().valid_until(), Some(instant("2023-12-31T16:00:00Z")));
    assert!(!sum(&before, "talks").contains("The period ended"));
    assert!(
        sum(&folder.at("2023-12-31T16:00:00Z"), "talks")
            .contains("The period ended on 31 December 2023.")
    );
}

#[test]
fn category_bars_have_counts_in_words() {
    let site = city().at("2023-02-01T00:00:00Z");
    for path in ["/", "/goals/"] {
        let page = site.page(path);
        assert_eq!(page.texts(".said"), ["Not yet reported: 2"], "{path}");
    }
}

#[test]
fn mistyped_period_end_adds_no_pages() {
    let folder = Folder::city().goal("wells", &WELLS.replace("2023-12-31", "9999-12-31"));
    let site = folder.at("2023-02-01T00:00:00Z");
    let years = site
        .html_paths()
        .into_iter()
        .filter(|path| path.starts_with("/goals/year/") && !path.contains("status"));
    assert_eq!(years.count(), 40);
}
