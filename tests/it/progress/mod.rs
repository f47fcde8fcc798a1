//! Progress of goals on the pages: a city that has every status, and small cities for one case.

mod changes;

use std::collections::BTreeSet;

use gazette::content::Status;
use gazette::record::progress::rule::{ON_TRACK_PACE, SLIGHTLY_BEHIND_PACE, VERSION};
use gazette::source::Source;
use proptest::prelude::*;
use serde_json::Value;

use crate::harness::{Folder, Site, TODAY, edition_of, instant, repository};

/// The instant for which Rimewater's about page lists the status of each goal.
const CITY_INSTANT: &str = "2024-11-20T04:00:00Z";

fn city_at(at: &str) -> Site {
    let folder = repository().join("tests/fixtures/rimewater");
    let (snapshot, found) = Source::Directory(folder).snapshot().expect("the invented city");
    assert!(found.is_empty(), "{found:?}");
    Site::new(edition_of(&snapshot, at))
}

const WELLS: &str = "kind: increase\ntarget: { value: 100, unit: wells }\n\
    period: { from: 2023-01-01, to: 2023-12-31 }";

/// A city with one goal to dig a hundred wells in 2023.
fn wells() -> Folder {
    Folder::city().goal("wells", WELLS).bulletin(
        "plan",
        "published: 2023-01-05\nsets: [wells]",
        "A plan.",
    )
}

/// Adds a bulletin with statements about the wells.
fn says(folder: Folder, slug: &str, published: &str, facts: &str) -> Folder {
    folder.bulletin(slug, &format!("published: {published}\n{facts}"), "")
}

fn reports(value: u32, as_of: &str) -> String {
    format!("reports: [{{ goal: wells, value: {value}, as_of: {as_of} }}]")
}

#[track_caller]
fn status(site: &Site) -> String {
    site.page("/goals/water/wells/").text(".page .body > .figure .status")
}

fn figures(site: &Site) -> Vec<String> {
    site.page("/goals/water/wells/").texts("[aria-labelledby=figures] tbody tr")
}

#[test]
fn rimewater_goals_have_documented_statuses() {
    let site = city_at(CITY_INSTANT);
    for about in ["/about/", "/zh/about/"] {
        let page = site.page(about);
        // The first table lists goals; the second one counts them.
        let rows: Vec<_> = page
            .all("table tbody tr")
            .into_iter()
            .filter(|row| row.html().contains("href="))
            .collect();
        assert_eq!(rows.len(), 28, "{about}");
        let mut shown = BTreeSet::new();
        for row in rows {
            let cells: Vec<String> = crate::harness::children(row, "td, th");
            let goal = site.page(&crate::harness::href(row));
            // One goal has no translation; its page is in English.
            if goal.attribute("html", "lang") == page.attribute("html", "lang") {
                assert_eq!(goal.text(".page .body > .figure .status"), cells[3], "{}", cells[0]);
            }
            shown.insert(cells[3].clone());
        }
        assert_eq!(shown.len(), Status::ALL.len(), "{about} shows {shown:?}");
    }
}

#[test]
fn counts_sum_to_goals_and_percentages_are_rounded() {
    for site in [Site::real(), city_at(CITY_INSTANT)] {
        let all = site.get("/goals/index.json").json();
        let goals = all["goals"].as_array().unwrap();
        for path in site.paths().into_iter().filter(|path| path.ends_with("/index.json")) {
            let data = site.get(&path).json();
            let Some(state) = data["state"].as_array().filter(|state| !state.is_empty()) else {
                continue;
            };
            let sum = |key: &str| state.iter().map(|part| part[key].as_u64().unwrap()).sum::<u64>();
            let total = sum("goals");
            for part in state {
                let rounded = (part["goals"].as_u64().unwrap() * 200 + total) / (2 * total);
                assert_eq!(part["percent"], rounded, "{path}");
            }
            let listed =
                ["goal_list", "goals"].iter().find_map(|key| data[key].as_array()).unwrap_or(goals);
            assert_eq!(sum("goals"), listed.len() as u64, "{path}");
            let of = |status: &Value| {
                listed.iter().filter(|goal| goal["status"] == *status).count() as u64
            };
            assert!(
                state.iter().all(|part| part["goals"].as_u64() == Some(of(&part["status"]))),
                "{path}"
            );
        }
    }
}

#[test]
fn goal_lists_have_exactly_their_goals() {
    let site = city_at(CITY_INSTANT);
    let all = site.get("/goals/index.json").json();
    for status in Status::ALL {
        let name = status.name();
        let data = site.get(&format!("/goals/status/{name}/index.json")).json();
        let expected: Vec<&Value> =
            all["goals"].as_array().unwrap().iter().filter(|goal| goal["status"] == name).collect();
        assert_eq!(
            data["goals"].as_array().unwrap().iter().collect::<Vec<_>>(),
            expected,
            "{name}"
        );
        let page = site.page(&format!("/zh/goals/status/{name}/"));
        assert_eq!(page.all(".goals > li, .pending li").len(), expected.len(), "{name}");
    }
    let years = site.page("/goals/").attributes(".filters a", "href");
    let in_2023 = site.get("/goals/year/2023/status/not-met/index.json").json();
    assert_eq!(in_2023["goals"][0]["id"], "nursing-beds-2023");
    assert_eq!(
        years,
        [
            "/goals/",
            "/goals/year/2026/",
            "/goals/year/2025/",
            "/goals/year/2024/",
            "/goals/year/2023/",
            "/goals/year/2022/"
        ]
    );
    // A status that no goal has keeps its address.
    let page = wells().today().page("/goals/status/behind/");
    assert_eq!(page.text(".empty"), "No goal has this status at the moment.");
}

#[test]
fn status_changes_at_period_end_in_site_zone() {
    let folder = says(wells(), "autumn", "2023-10-09", &reports(70, "2023-09-30"));
    let folder = says(folder, "winter", "2023-12-31", &reports(90, "2023-12-31"));
    for (at, expected, next) in [
        // During the period the chart has a mark for today.
        ("2023-10-10T00:00:00Z", "Slightly behind", "2023-10-10T16:00:00Z"),
        ("2023-12-31T15:59:59Z", "Slightly behind", "2023-12-31T16:00:00Z"),
    ] {
        let site = folder.at(at);
        assert_eq!(status(&site), expected, "{at}");
        assert_eq!(site.edition().valid_until(), Some(instant(next)), "{at}");
    }
    let over = folder.at("2023-12-31T16:00:00Z");
    assert_eq!((status(&over).as_str(), over.edition().valid_until()), ("Not met", None));
}

#[test]
fn missing_figure_is_overdue_after_a_month() {
    let folder = says(wells(), "autumn", "2023-10-09", &reports(74, "2023-09-30"));
    let waiting = folder.at("2024-01-01T00:00:00Z");
    assert_eq!(status(&waiting), "On track");
    assert_eq!(waiting.edition().valid_until(), Some(instant("2024-01-31T16:00:00Z")));
    assert_eq!(status(&folder.at("2024-01-31T16:00:00Z")), "Data overdue");
}

#[test]
fn goal_without_figure_shows_no_zero() {
    let site = wells().today();
    assert_eq!(status(&site), "Not yet reported");
    let page = site.page("/goals/water/wells/");
    assert!(page.all(".graph, .chart, [aria-labelledby=figures]").is_empty());
    assert_eq!(page.text(".sum a"), "How progress is calculated");
    let sum = page.text(".sum");
    assert!(
        sum.contains("No bulletin on this site has reported a figure")
            && sum.contains("31 December 2023"),
        "{sum}"
    );
    let data = site.get("/goals/water/wells/index.json").json();
    assert_eq!(data["progress"]["attainment"], Value::Null);
    assert_eq!(data["progress"]["figures"].as_array().unwrap().len(), 0);
}

#[test]
fn later_figure_for_same_day_counts() {
    let folder = says(wells(), "first", "2023-07-03", &reports(60, "2023-06-30"));
    let folder = says(folder, "second", "2023-07-10", &reports(48, "2023-06-30"));
    let site = folder.at("2023-08-01T00:00:00Z");
    let rows = figures(&site);
    assert!(rows[0].contains("48") && rows[0].contains("About second"), "{rows:?}");
    assert!(
        rows[1].contains("60") && rows[1].contains("A later bulletin gave another figure"),
        "{rows:?}"
    );
    assert!(site.page("/goals/water/wells/").text(".page .body > .figure").starts_with("48"));
}

#[test]
fn figure_before_period_is_shown_not_counted() {
    let site =
        says(wells(), "early", "2023-01-10", &reports(9, "2022-12-31")).at("2023-02-01T00:00:00Z");
    assert_eq!(status(&site), "Not yet reported");
    assert!(figures(&site)[0].contains("does not count"));
}

#[test]
fn yearly_goals_are_compared_on_each_page() {
    let site = city_at(CITY_INSTANT);
    for year in ["2022", "2023", "2024"] {
        let page = site.page(&format!("/goals/care/nursing-beds-{year}/"));
        let rows = page.texts("[aria-labelledby=years] tbody tr");
        assert_eq!(rows.len(), 3, "{year}");
        assert!(rows[0].contains("2022") && rows[2].contains("2024"), "{rows:?}");
        let here = page.attribute("[aria-labelledby=years] a[aria-current]", "href");
        assert_eq!(here, format!("/goals/care/nursing-beds-{year}/"));
    }
}

#[test]
fn charts_have_text_alternative_and_table() {
    let mut charts = 0;
    for site in [Site::real(), city_at(CITY_INSTANT)] {
        for path in site.html_paths() {
            let page = site.page(&path);
            for svg in page.all("svg.chart") {
                charts += 1;
                let told: Vec<String> = crate::harness::children(svg, "title, desc");
                assert!(
                    told.iter().all(|text| !text.is_empty()) && told.len() == 2,
                    "{path}: {told:?}"
                );
                let points =
                    page.all("svg.chart .point, svg.chart .other, svg.chart .column").len();
                let rows = page.all(
                    "[aria-labelledby=figures] tbody tr, [aria-labelledby=milestones] tbody tr",
                );
                assert!(points > 0 && !rows.is_empty(), "{path}");
                assert!(page.all(".key li").len() >= 2, "{path}");
            }
            for bar in page.all("svg.bar, svg.meter") {
                assert!(
                    bar.value().attr("aria-label").is_some_and(|label| !label.is_empty()),
                    "{path}"
                );
            }
        }
    }
    assert!(charts >= 40, "{charts}");
}

/// Text browsers and extractors skip such sections, and would read bare labels as prose.
#[test]
fn chart_labels_are_cdata_sections() {
    let city = city_at(CITY_INSTANT);
    let path = "/goals/economy/urban-jobs-2024/";
    let shown = city.page(path).texts("svg.chart text");
    assert!(shown.contains(&"18,300".to_owned()), "{shown:?}");
    let reply = city.get(path);
    let labels: Vec<&str> =
        reply.text().split("</text>").filter(|it| it.contains("<text ")).collect();
    assert_eq!(labels.len(), shown.len());
    assert!(labels.iter().all(|label| label.ends_with("]]>")), "{labels:?}");
}

#[test]
fn large_numbers_are_worded_with_exact_figure() {
    let site = Site::real();
    for (path, short) in [
        ("/goals/agriculture/grain-capacity/", "15 billion kg"),
        ("/zh/goals/agriculture/grain-capacity/", "150亿公斤"),
    ] {
        let facts = site.page(path).text(".facts");
        assert!(facts.contains(short) && facts.contains("15,000,000,000"), "{facts}");
    }
    let jobs = site.page("/zh/goals/livelihoods/urban-jobs-2022/").text(".facts");
    assert!(jobs.contains("8.3万") && jobs.contains("83,000"), "{jobs}");
    assert!(
        site.page("/goals/livelihoods/urban-jobs-2022/").text(".facts").contains("83,000 jobs")
    );
}

#[test]
fn units_follow_the_number() {
    let unit = "target: { value: 2, unit: { en: { one: well, other: wells }, zh: 口 } }";
    let folder = Folder::city()
        .goal(
            "wells",
            &format!("kind: increase\n{unit}\nperiod: {{ from: 2023-01-01, to: 2023-12-31 }}"),
        )
        .bulletin("one", &format!("published: 2023-03-01\n{}", reports(1, "2023-02-28")), "");
    let trail = folder.at("2023-04-01T00:00:00Z").page("/goals/water/wells/").text(".trail");
    assert!(trail.contains("Reports: 1 well as of"), "{trail}");
}

#[test]
fn harbin_grain_goal_is_achieved_by_bound() {
    let page = Site::real().page("/goals/agriculture/grain-capacity/");
    assert_eq!(page.text(".page .body > .figure .status"), "Achieved");
    assert!(page.text(".page .body > .figure").contains("At least 15 billion kg"));
    assert!(page.text(".sum").contains("The source gives a limit"));
    assert_eq!(
        page.attribute("[aria-labelledby=figures] tbody a", "href"),
        "/bulletins/2023-modern-agriculture/"
    );
}

#[test]
fn progress_method_shows_the_rules_constants() {
    let site = Site::real();
    let page = site.page("/goals/method/");
    let rules = page.text(".rules");
    assert!(
        rules.contains(&ON_TRACK_PACE.to_string())
            && rules.contains(&SLIGHTLY_BEHIND_PACE.to_string()),
        "{rules}"
    );
    assert_eq!(page.all(".rules dt").len(), Status::ALL.len());
    assert!(page.text("main").contains(&format!("Version {VERSION} of the rule")));
    let data = site.get("/zh/goals/method/index.json").json();
    assert_eq!(data["on_track_pace"], ON_TRACK_PACE);
    assert_eq!(data["statuses"].as_array().unwrap().len(), Status::ALL.len());
}

#[test]
fn bulletin_shows_figures_against_targets() {
    let site = city_at(CITY_INSTANT);
    let page = site.page("/bulletins/2024-first-half/");
    let figures = page.all(".figures > li");
    let meters = page.all(".figures svg.meter");
    assert!(figures.len() >= 5 && meters.len() >= 5);
    assert!(
        page.texts(".figures > li")
            .iter()
            .any(|text| text.contains("12,050 jobs") && text.contains("50.2% of the target"))
    );
}

#[test]
fn same_instant_gives_same_bytes() {
    assert_eq!(city_at(CITY_INSTANT).edition().id(), city_at(CITY_INSTANT).edition().id());
}

#[test]
fn unpublished_figure_changes_nothing() {
    let folder = says(wells(), "half", "2023-07-03", &reports(48, "2023-06-30"));
    let with = says(folder.clone(), "secret", "2030-01-01", &reports(99, "2023-09-30"));
    let without = folder.at("2023-10-15T00:00:00Z").edition().id().to_owned();
    assert_eq!(with.at("2023-10-15T00:00:00Z").edition().id(), without);
    assert_eq!(status(&with.at(TODAY)), status(&folder.at(TODAY)));
}

/// All that the site shows of a goal on its own.
fn about(site: &Site, goal: &str) -> Vec<String> {
    ["", "index.json", "progress.csv"]
        .iter()
        .map(|file| site.get(&format!("/goals/water/{goal}/{file}")).is(200).text().to_owned())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A report on one goal changes nothing of another.
    #[test]
    fn report_never_changes_another_goal(
        value in 0_u32..200,
        month in 1_u32..13,
        note in any::<bool>(),
    ) {
        let said = if note { "note: Something." .to_owned() } else { format!("value: {value}") };
        let two = wells().goal("pumps", &WELLS.replace("wells", "pumps"));
        let two = two.bulletin("pumps-half", "published: 2023-07-01\n\
            reports: [{ goal: pumps, value: 40, as_of: 2023-06-30 }]", "");
        let more = two.clone().bulletin(
            "more",
            &format!("published: 2023-08-01\n\
                reports: [{{ goal: wells, {said}, as_of: 2023-{month:02}-01 }}]"),
            "",
        );
        let (before, after) = (two.at("2023-09-01T00:00:00Z"), more.at("2023-09-01T00:00:00Z"));
        prop_assert_eq!(about(&before, "pumps"), about(&after, "pumps"));
    }
}
