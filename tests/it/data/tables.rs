//! Tables and JSON files of goals and bulletins: each agrees with the pages.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{LAKESIDE, REAL, Table, cell, city, extension, table};
use crate::harness::Site;

#[test]
fn tables_have_their_columns_in_every_language() {
    let site = Site::real();
    let goals = table(&site, "/data/goals.csv");
    let expected = "id category kind title_en title_zh target at_most unit_en unit_zh baseline \
        period_from period_to \
                    report_every follows status override latest_value latest_bound latest_as_of \
                    latest_bulletin \
                    attainment elapsed pace next_figure_as_of next_figure_due milestones \
                    milestones_reached set_by url";
    assert_eq!(goals.head, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(goals.rows.len(), site.edition().summary().goals);
    assert!(goals.column("title_zh").iter().all(|title| !title.is_empty()));
    let progress = table(&site, "/data/progress.csv");
    let expected = "goal as_of said value unit milestone note_en note_zh standing attainment \
        bulletin bulletin_url \
                    published source_name source_url";
    assert_eq!(progress.head, expected.split_whitespace().collect::<Vec<_>>());
    assert!(!progress.rows.is_empty());
    let known = goals.column("id");
    assert!(progress.column("goal").iter().all(|goal| known.contains(goal)));
}

/// The row of `goals.csv` and the JSON of the goal's page.
#[track_caller]
fn is_as_its_page_says(site: &Site, base: &str, row: &BTreeMap<String, String>) {
    let page = row["url"].strip_prefix(base).expect("an address of this site");
    let twin = site.get(&format!("{page}index.json")).is(200).json();
    let progress = &twin["progress"];
    let none = Value::Null;
    let latest = progress["figures"]
        .as_array()
        .unwrap()
        .iter()
        .find(|figure| figure["latest"] == true)
        .unwrap_or(&none);
    let is_delivered = twin["kind"] == "deliver";
    let milestones = twin["milestones"].as_array().unwrap();
    let counted = |count: usize| if is_delivered { count.to_string() } else { String::new() };
    let setting =
        twin["evidence"].as_array().unwrap().iter().filter(|evidence| evidence["role"] == "sets");
    let set_by: Vec<String> = setting.map(|evidence| cell(&evidence["bulletin"]["url"])).collect();
    let expected = [
        ("id", cell(&twin["id"])),
        ("category", cell(&twin["category"])),
        ("kind", cell(&twin["kind"])),
        ("title_en", cell(&twin["title"])),
        ("target", cell(&progress["target"])),
        ("at_most", cell(&twin["target"]["at_most"])),
        ("unit_en", cell(&twin["target"]["unit"])),
        ("baseline", cell(&twin["baseline"])),
        ("period_from", cell(&progress["period"]["from"])),
        ("period_to", cell(&progress["period"]["to"])),
        ("report_every", cell(&twin["report_every"])),
        ("follows", cell(&twin["follows"])),
        ("status", cell(&progress["status"])),
        ("override", cell(&progress["override"]["status"])),
        ("latest_value", cell(&latest["value"])),
        ("latest_bound", cell(&latest["bound"])),
        ("latest_as_of", cell(&latest["as_of"])),
        ("latest_bulletin", cell(&latest["bulletin"]["url"])),
        ("attainment", cell(&progress["attainment"])),
        ("elapsed", cell(&progress["elapsed"])),
        ("pace", cell(&progress["pace"])),
        ("next_figure_as_of", cell(&progress["next_figure"]["as_of"])),
        ("next_figure_due", cell(&progress["next_figure"]["due"])),
        ("milestones", counted(milestones.len())),
        (
            "milestones_reached",
            counted(milestones.iter().filter(|one| one["reached"].is_string()).count()),
        ),
        ("set_by", set_by.join(" ")),
        ("url", cell(&twin["url"])),
    ];
    for (name, value) in expected {
        assert_eq!(row[name], value, "{name} of {}", row["id"]);
    }
}

#[test]
fn goals_table_agrees_with_goal_pages() {
    for (site, base) in [(Site::real(), REAL), (city().today(), LAKESIDE)] {
        let goals = table(&site, "/data/goals.csv");
        assert!(goals.rows.len() >= 5);
        for row in &goals.rows {
            is_as_its_page_says(&site, base, row);
        }
        let listed = site.get("/goals/index.json").json();
        let listed: Vec<String> =
            listed["goals"].as_array().unwrap().iter().map(|goal| cell(&goal["id"])).collect();
        assert_eq!(goals.column("id"), listed, "not in the site's order");
    }
}

#[test]
fn goals_json_agrees_with_goals_table() {
    for site in [Site::real(), city().today()] {
        let goals = table(&site, "/data/goals.csv");
        let file = site.get("/data/goals.json").is(200).json();
        let entries = file["goals"].as_array().unwrap();
        assert_eq!(entries.len(), goals.rows.len());
        let mut reports = 0;
        for (entry, row) in entries.iter().zip(&goals.rows) {
            for (name, written) in row {
                let value = match name.rsplit_once('_') {
                    Some((word @ ("title" | "unit"), tag)) => &entry[word][tag],
                    _ => &entry[name],
                };
                let value = match value {
                    Value::Array(urls) => urls.iter().map(cell).collect::<Vec<_>>().join(" "),
                    value => cell(value),
                };
                assert_eq!(value, *written, "{name} of {}", row["id"]);
            }
            reports += entry["reports"].as_array().unwrap().len();
        }
        assert_eq!(reports, table(&site, "/data/progress.csv").rows.len());
    }
}

#[test]
fn goal_table_is_its_part_of_progress_table() {
    for (site, base) in [(Site::real(), REAL), (city().today(), LAKESIDE)] {
        let all = table(&site, "/data/progress.csv");
        let mut rows = Vec::new();
        for goal in table(&site, "/data/goals.csv").rows {
            let page = goal["url"].strip_prefix(base).unwrap().to_owned();
            let reply = site.get(&format!("{page}progress.csv"));
            let own = Table::of(&reply);
            assert_eq!(own.head, all.head);
            assert!(own.rows.iter().all(|row| row["goal"] == goal["id"]));
            let twin = site.get(&format!("{page}index.json")).json();
            for translation in twin["translations"].as_array().unwrap() {
                let other = translation["url"].as_str().unwrap().strip_prefix(base).unwrap();
                assert_eq!(site.get(&format!("{other}progress.csv")).is(200).body, reply.body);
            }
            rows.extend(own.rows);
        }
        assert_eq!(rows, all.rows);
    }
}

#[test]
fn progress_table_has_a_row_per_valid_report() {
    let site = city().today();
    let progress = table(&site, "/data/progress.csv");
    let said: Vec<_> = progress
        .rows
        .iter()
        .map(|row| {
            ["goal", "as_of", "said", "value", "unit", "milestone", "standing", "bulletin"]
                .map(|name| row[name].as_str())
        })
        .collect();
    // Withdrawn figures are absent; of one day, the later bulletin counts.
    let expected = [
        ["care", "2022-03-31", "note", "", "", "", "", "spring"],
        ["ponds", "2022-03-31", "at-most", "6", "ponds", "", "counts", "spring"],
        ["pumps", "2022-03-30", "milestone", "", "", "plan", "", "spring"],
        ["wells", "2022-03-31", "value", "3", "wells", "", "superseded", "spring"],
        ["wells", "2022-03-31", "value", "3.25", "wells", "", "counts", "correction"],
        ["wells", "2022-06-30", "at-least", "5", "wells", "", "counts", "summer"],
    ];
    assert_eq!(said, expected);
    let spring = progress.row("said", "milestone");
    assert_eq!(spring["bulletin_url"], format!("{LAKESIDE}/bulletins/spring/"));
    assert_eq!(
        (spring["published"].as_str(), spring["source_url"].as_str()),
        ("2022-04-05", "https://paper.example/a?b=c,d")
    );
    let latest = progress.row("value", "5");
    assert_eq!(latest["attainment"], "0.45", "measured against the target of today");
    let wells = table(&site, "/data/goals.csv").row("id", "wells").clone();
    let facts =
        ["target", "period_to", "override", "unit_zh", "title_zh", "latest_bound", "follows"];
    let expected = ["10.5", "2023-06-30", "on-track", "口井", "水井", "at-least", "wells-2021"];
    assert_eq!(facts.map(|name| wells[name].as_str()), expected);
    // A goal that follows a draft does not name it.
    assert_eq!(table(&site, "/data/goals.csv").row("id", "ponds")["follows"], "");
    assert!(site.get("/goals/water/ponds/index.json").json()["follows"].is_null());
}

#[test]
fn table_cells_never_start_a_formula() {
    let site = city()
        .with("goals/water/pumps.md", "---\ntitle: \"+SUM(A1), pumps\"\nkind: deliver\n---\n");
    let site = site
        .bulletin(
            "spring",
            "published: 2022-04-05\nsource: { name: \"@cmd\" }\n\
        reports: [{ goal: care, note: { en: \"-1+1 \\\"quoted\\\", twice\", zh: \"＝一\" }, as_of: \
        2022-03-31 }]",
            "",
        )
        .today();
    assert_eq!(table(&site, "/data/goals.csv").row("id", "pumps")["title_en"], "'+SUM(A1), pumps");
    let care = table(&site, "/data/progress.csv").row("goal", "care").clone();
    assert_eq!(care["note_en"], "'-1+1 \"quoted\", twice");
    assert_eq!((care["note_zh"].as_str(), care["source_name"].as_str()), ("'＝一", "'@cmd"));
    // JSON has the text unchanged.
    let file = site.get("/data/bulletins.json").json();
    let spring =
        file["bulletins"].as_array().unwrap().iter().find(|one| one["slug"] == "spring").unwrap();
    assert_eq!(spring["reports"][0]["note"]["en"], "-1+1 \"quoted\", twice");

    let mut numbers = 0;
    for site in [Site::real(), city().today()] {
        for path in site.paths().into_iter().filter(|path| extension(path) == "csv") {
            for (name, value) in table(&site, &path).rows.iter().flatten() {
                let first = value.chars().next().unwrap_or('x');
                let is_number = value.parse::<f64>().is_ok();
                numbers += usize::from(is_number);
                assert!(
                    is_number || !"=+-@\t\r\n＝＋－＠".contains(first),
                    "{path}: {name} is `{value}`"
                );
            }
        }
    }
    assert!(numbers > 20, "{numbers}");
}

#[test]
fn bulletins_file_has_every_bulletin_in_every_language() {
    for (site, base) in [(Site::real(), REAL), (city().today(), LAKESIDE)] {
        let file = site.get("/data/bulletins.json").is(200).json();
        let bulletins = file["bulletins"].as_array().unwrap();
        assert_eq!(bulletins.len(), site.edition().summary().bulletins);
        for bulletin in bulletins {
            for (tag, url) in bulletin["urls"].as_object().unwrap() {
                let page = url.as_str().unwrap().strip_prefix(base).unwrap();
                let twin = site.get(&format!("{page}index.json")).is(200).json();
                assert_eq!(twin["title"], bulletin["title"][tag]);
                for name in ["slug", "section", "published", "updated", "categories"] {
                    assert_eq!(twin[name], bulletin[name], "{name} of {page}");
                }
                assert_eq!(twin["source"]["url"], bulletin["source"]["url"]);
                assert_eq!(twin["withdrawn"].is_object(), bulletin["withdrawn"].is_object());
                let ids: Vec<&Value> =
                    twin["sets"].as_array().unwrap().iter().map(|goal| &goal["id"]).collect();
                assert_eq!(ids, bulletin["sets"].as_array().unwrap().iter().collect::<Vec<_>>());
            }
        }
    }
    let file = city().today().get("/data/bulletins.json").json();
    let wrong =
        file["bulletins"].as_array().unwrap().iter().find(|one| one["slug"] == "wrong").unwrap();
    assert_eq!(wrong["withdrawn"]["replaced_by"], "summer");
    assert_eq!(wrong["title"].as_object().unwrap().len(), 1, "it is not translated");
}

#[test]
fn data_has_scheduled_bulletin_only_once_public() {
    let folder = city().bulletin(
        "quokka",
        "published: 2030-01-01T09:00:00\nsets: [lake]\n\
         reports: [{ goal: care, note: Seen., as_of: 2029-12-31 }]",
        "Seen.",
    );
    let folder = folder.goal("lake", "kind: direction");
    let (before, after) = (folder.at("2030-01-01T00:59:59Z"), folder.at("2030-01-01T01:00:00Z"));
    let counts = |site: &Site| {
        let bulletins =
            site.get("/data/bulletins.json").json()["bulletins"].as_array().unwrap().len();
        (
            table(site, "/data/goals.csv").rows.len(),
            table(site, "/data/progress.csv").rows.len(),
            bulletins,
        )
    };
    assert_eq!(counts(&before), (5, 6, 6));
    assert_eq!(counts(&after), (6, 7, 7));
    let own = |site: &Site| table(site, "/goals/water/care/progress.csv").rows.len();
    assert_eq!((own(&before), own(&after)), (1, 2));
    for path in [
        "/data/goals.csv",
        "/data/goals.json",
        "/data/progress.csv",
        "/data/bulletins.json",
        "/data/catalog.jsonld",
    ] {
        let (old, new) = (before.get(path), after.get(path));
        assert_ne!(old.must("etag"), new.must("etag"), "{path}");
        assert!(!old.text().contains("quokka"), "{path}");
    }
    after
        .ask(
            "GET",
            "/data/goals.csv",
            &[("if-none-match", before.get("/data/goals.csv").must("etag"))],
        )
        .is(200);
    // Figures fall due by time alone.
    let status =
        |at: &str| table(&city().at(at), "/data/goals.csv").row("id", "wells")["status"].clone();
    assert_ne!(status("2022-07-07T00:00:00Z"), status("2022-12-07T00:00:00Z"));
}
