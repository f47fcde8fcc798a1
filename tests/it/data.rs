//! The open data: tables, their descriptions, and every JSON file against the schema that it names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::{Folder, Reply, SITE, Site};

const REAL: &str = "https://bulletin.example";
const LAKESIDE: &str = "https://lakeside.example";

const DESCRIPTIONS: [&str; 4] =
    ["/data/datapackage.json", "/data/csv-metadata.json", "/data/catalog.jsonld", "/data/openapi.json"];

/// A city whose goals are of every kind, with reports of every sort.
fn city() -> Folder {
    Folder::city()
        .goal(
            "wells",
            "kind: increase\ntarget: { value: 12.5, unit: { en: { one: well, other: wells }, zh: 口井 } }\nbaseline: 0.5\n\
             period: { from: 2022-01-01, to: 2022-12-31 }\nreport_every: quarter\nfollows: wells-2021",
        )
        .with("goals/water/wells.zh.md", "---\ntitle: 水井\n---\n")
        .goal("wells-2021", "kind: increase\ntarget: { value: 4, unit: wells }\nperiod: { from: 2021-01-01, to: 2021-12-31 }")
        .goal("ponds", "kind: maintain\ntarget: { value: 7, unit: ponds, at_most: true }\nfollows: secret")
        .goal("secret", "kind: direction\ndraft: true")
        .goal("pumps", "kind: deliver\nmilestones: [{ id: plan, title: A plan }, { id: built, title: Built, due: 2023-01-01 }]")
        .goal("care", "kind: continue")
        .bulletin("promise", "published: 2022-01-05 09:30\nsets: [wells, ponds, pumps, care]", "A promise.")
        .bulletin(
            "spring",
            "published: 2022-04-05\nsource: { name: \"=HYPERLINK(1)\", url: \"https://paper.example/a?b=c,d\" }\n\
             reports:\n  - { goal: wells, value: 3, as_of: 2022-03-31 }\n  - { goal: ponds, at_most: 6, as_of: 2022-03-31 }\n  \
             - { goal: pumps, milestone: plan, as_of: 2022-03-30 }\n  \
             - { goal: care, note: { en: \"-1+1 \\\"quoted\\\", twice\", zh: \"＝一\" }, as_of: 2022-03-31 }",
            "Spring.",
        )
        .bulletin("correction", "published: 2022-04-09\nreports: [{ goal: wells, value: 3.25, as_of: 2022-03-31 }]", "More.")
        .bulletin(
            "wrong",
            "published: 2022-06-05\nreports: [{ goal: wells, value: 999, as_of: 2022-06-01 }]\n\
             withdrawn: { on: 2022-06-06, reason: It was wrong., replaced_by: summer }",
            "Wrong.",
        )
        .bulletin(
            "summer",
            "published: 2022-07-05\nreports: [{ goal: wells, at_least: 5, as_of: 2022-06-30 }]\n\
             revises: [{ goal: wells, target: 10.5, to: 2023-06-30 }]",
            "Summer.",
        )
        .bulletin("judgement", "published: 2022-07-06\noverrides: [{ goal: wells, status: on-track, reason: Rain. }]", "Rain.")
}

/// A table as a spreadsheet reads it: each row by the names of its columns.
struct Table {
    head: Vec<String>,
    rows: Vec<BTreeMap<String, String>>,
}

impl Table {
    #[track_caller]
    fn of(reply: &Reply) -> Self {
        reply.is(200).has("content-type", "text/csv; charset=utf-8; header=present");
        let text = reply.text().strip_prefix('\u{feff}').expect("a byte order mark");
        let lines = text.matches('\n').count();
        assert_eq!(text.matches("\r\n").count(), lines, "a line of {reply:?} does not end with CRLF");
        assert!(text.ends_with("\r\n"), "{reply:?}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader.headers().expect("a head").iter().map(ToOwned::to_owned).collect();
        let rows = reader.records().map(|row| row.expect("a row"));
        let rows = rows.map(|row| head.iter().cloned().zip(row.iter().map(ToOwned::to_owned)).collect()).collect();
        Self { head, rows }
    }

    fn column(&self, name: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row[name].as_str()).collect()
    }

    /// The one row with a value in a column.
    #[track_caller]
    fn row(&self, column: &str, value: &str) -> &BTreeMap<String, String> {
        let found: Vec<_> = self.rows.iter().filter(|row| row[column] == value).collect();
        assert_eq!(found.len(), 1, "{column} {value}");
        found[0]
    }
}

#[track_caller]
fn table(site: &Site, path: &str) -> Table {
    Table::of(&site.get(path))
}

/// A value of JSON as a cell writes it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().expect("a number").to_string(),
        other => other.to_string(),
    }
}

#[test]
fn tables_have_the_columns_that_they_promise_in_every_language() {
    let site = Site::real();
    let goals = table(&site, "/data/goals.csv");
    let expected = "id category kind title_en title_zh target at_most unit_en unit_zh baseline period_from period_to \
                    report_every follows status override latest_value latest_bound latest_as_of latest_bulletin \
                    attainment elapsed pace next_figure_as_of next_figure_due milestones milestones_reached set_by url";
    assert_eq!(goals.head, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(goals.rows.len(), site.edition().summary().goals);
    assert!(goals.column("title_zh").iter().all(|title| !title.is_empty()));
    let progress = table(&site, "/data/progress.csv");
    let expected = "goal as_of said value unit milestone note_en note_zh standing attainment bulletin bulletin_url \
                    published source_name source_url";
    assert_eq!(progress.head, expected.split_whitespace().collect::<Vec<_>>());
    assert!(!progress.rows.is_empty());
    let known = goals.column("id");
    assert!(progress.column("goal").iter().all(|goal| known.contains(goal)));
}

/// What is in `goals.csv` and in the twin of the goal's page.
#[track_caller]
fn is_as_its_page_says(site: &Site, base: &str, row: &BTreeMap<String, String>) {
    let page = row["url"].strip_prefix(base).expect("an address of this site");
    let twin = site.get(&format!("{page}index.json")).is(200).json();
    let progress = &twin["progress"];
    let none = Value::Null;
    let latest =
        progress["figures"].as_array().unwrap().iter().find(|figure| figure["latest"] == true).unwrap_or(&none);
    let is_delivered = twin["kind"] == "deliver";
    let milestones = twin["milestones"].as_array().unwrap();
    let counted = |count: usize| if is_delivered { count.to_string() } else { String::new() };
    let setting = twin["evidence"].as_array().unwrap().iter().filter(|evidence| evidence["role"] == "sets");
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
        ("milestones_reached", counted(milestones.iter().filter(|one| one["reached"].is_string()).count())),
        ("set_by", set_by.join(" ")),
        ("url", cell(&twin["url"])),
    ];
    for (name, value) in expected {
        assert_eq!(row[name], value, "{name} of {}", row["id"]);
    }
}

#[test]
fn the_table_of_goals_says_what_each_goals_page_says() {
    for (site, base) in [(Site::real(), REAL), (city().today(), LAKESIDE)] {
        let goals = table(&site, "/data/goals.csv");
        assert!(goals.rows.len() >= 5);
        for row in &goals.rows {
            is_as_its_page_says(&site, base, row);
        }
        let listed = site.get("/goals/index.json").json();
        let listed: Vec<String> = listed["goals"].as_array().unwrap().iter().map(|goal| cell(&goal["id"])).collect();
        assert_eq!(goals.column("id"), listed, "not in the site's order");
    }
}

#[test]
fn the_goals_as_json_are_the_goals_as_a_table() {
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
fn each_goals_own_table_is_its_part_of_the_whole_in_every_language() {
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
fn the_table_of_reports_has_one_row_for_each_that_holds() {
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
    // What was withdrawn is not there; of one day, the later bulletin counts.
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
    let facts = ["target", "period_to", "override", "unit_zh", "title_zh", "latest_bound", "follows"];
    let expected = ["10.5", "2023-06-30", "on-track", "口井", "水井", "at-least", "wells-2021"];
    assert_eq!(facts.map(|name| wells[name].as_str()), expected);
    // What follows a draft follows nothing that anyone may know of.
    assert_eq!(table(&site, "/data/goals.csv").row("id", "ponds")["follows"], "");
    assert!(site.get("/goals/water/ponds/index.json").json()["follows"].is_null());
}

#[test]
fn no_cell_starts_a_formula() {
    let site = city().with("goals/water/pumps.md", "---\ntitle: \"+SUM(A1), pumps\"\nkind: deliver\n---\n");
    let site = site.bulletin("spring", "published: 2022-04-05\nsource: { name: \"@cmd\" }\nreports: [{ goal: care, note: { en: \"-1+1 \\\"quoted\\\", twice\", zh: \"＝一\" }, as_of: 2022-03-31 }]", "").today();
    assert_eq!(table(&site, "/data/goals.csv").row("id", "pumps")["title_en"], "'+SUM(A1), pumps");
    let care = table(&site, "/data/progress.csv").row("goal", "care").clone();
    assert_eq!(care["note_en"], "'-1+1 \"quoted\", twice");
    assert_eq!((care["note_zh"].as_str(), care["source_name"].as_str()), ("'＝一", "'@cmd"));
    // JSON is read by programs, and says it as it is.
    let file = site.get("/data/bulletins.json").json();
    let spring = file["bulletins"].as_array().unwrap().iter().find(|one| one["slug"] == "spring").unwrap();
    assert_eq!(spring["reports"][0]["note"]["en"], "-1+1 \"quoted\", twice");

    let mut numbers = 0;
    for site in [Site::real(), city().today()] {
        for path in site.paths().into_iter().filter(|path| path.ends_with(".csv")) {
            for (name, value) in table(&site, &path).rows.iter().flatten() {
                let first = value.chars().next().unwrap_or('x');
                let is_number = value.parse::<f64>().is_ok();
                numbers += usize::from(is_number);
                assert!(is_number || !"=+-@\t\r\n＝＋－＠".contains(first), "{path}: {name} is `{value}`");
            }
        }
    }
    assert!(numbers > 20, "{numbers}");
}

#[test]
fn the_file_of_bulletins_has_every_bulletin_in_every_language() {
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
                let ids: Vec<&Value> = twin["sets"].as_array().unwrap().iter().map(|goal| &goal["id"]).collect();
                assert_eq!(ids, bulletin["sets"].as_array().unwrap().iter().collect::<Vec<_>>());
            }
        }
    }
    let file = city().today().get("/data/bulletins.json").json();
    let wrong = file["bulletins"].as_array().unwrap().iter().find(|one| one["slug"] == "wrong").unwrap();
    assert_eq!(wrong["withdrawn"]["replaced_by"], "summer");
    assert_eq!(wrong["title"].as_object().unwrap().len(), 1, "it is not translated");
}

/// The paths of a site that are data for programs: JSON, tables, feeds.
fn data_paths(site: &Site) -> Vec<String> {
    let is_data = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.ends_with(".json") || name.ends_with(".jsonld") || name.ends_with(".csv") || name == "feed.xml"
    };
    site.paths().into_iter().filter(is_data).collect()
}

#[test]
fn data_may_be_read_from_anywhere_and_is_asked_for_only_when_it_changed() {
    let site = Site::real();
    let paths = data_paths(&site);
    assert!(paths.len() > 200, "{}", paths.len());
    for path in paths {
        let reply = site.ask("GET", &path, &[("origin", "https://elsewhere.example")]);
        reply.is(200).has("access-control-allow-origin", "*").has("cross-origin-resource-policy", "cross-origin");
        let again = site.ask("GET", &path, &[("if-none-match", reply.must("etag"))]);
        again.is(304).has("access-control-allow-origin", "*");
        if path.starts_with("/data/") || path.ends_with(".csv") {
            // Statuses change by time alone, when no date of the content does.
            reply.lacks("last-modified");
        }
    }
}

/// The schema that describes a file which does not name one of this site.
fn schema_of_foreign(path: &str) -> &'static str {
    match path.rsplit('/').next().unwrap_or_default() {
        "feed.json" => "feed",
        "catalog.jsonld" => "catalog",
        "csv-metadata.json" => "csv-metadata",
        "datapackage.json" => "datapackage",
        "openapi.json" => "openapi",
        _ => panic!("{path} names no schema"),
    }
}

/// What is wrong with a file by a schema.
fn problems(validator: &jsonschema::Validator, file: &Value) -> Vec<String> {
    validator.iter_errors(file).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[track_caller]
fn validator(site: &Site, path: &str) -> jsonschema::Validator {
    let schema = site.get(path).is(200).json();
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

#[test]
fn every_json_file_is_what_its_schema_says() {
    let real: (Site, &str) = (Site::real(), REAL);
    for (site, base) in [real, (city().today(), LAKESIDE), (Folder::city().today(), LAKESIDE)] {
        let mut validators: BTreeMap<String, jsonschema::Validator> = BTreeMap::new();
        for path in data_paths(&site).into_iter().filter(|path| path.contains(".json")) {
            let file = site.get(&path).is(200).json();
            if path.starts_with("/data/schemas/") {
                jsonschema::meta::validate(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
                assert_eq!(file["$id"], format!("{base}{path}"));
                assert_eq!(file["$schema"], "https://json-schema.org/draft/2020-12/schema");
                continue;
            }
            let named = file["$schema"].as_str().and_then(|url| url.strip_prefix(base)).map(ToOwned::to_owned);
            let schema = named.unwrap_or_else(|| format!("/data/schemas/{}.json", schema_of_foreign(&path)));
            let validator = validators.entry(schema.clone()).or_insert_with(|| validator(&site, &schema));
            assert_eq!(problems(validator, &file), Vec::<String>::new(), "{path} by {schema}");
        }
        assert!(validators.len() >= 11, "{:?}", validators.keys());
    }
}

#[test]
fn every_schema_is_of_some_file() {
    let site = Site::real();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for path in data_paths(&site).into_iter().filter(|path| path.contains(".json") && !path.contains("/schemas/")) {
        let file = site.get(&path).json();
        let named = file["$schema"].as_str().and_then(|url| url.strip_prefix(REAL)).map(ToOwned::to_owned);
        used.insert(named.unwrap_or_else(|| format!("/data/schemas/{}.json", schema_of_foreign(&path))));
    }
    let published = site.paths().into_iter().filter(|path| path.starts_with("/data/schemas/"));
    assert_eq!(used, published.collect());
}

#[test]
fn schemas_refuse_what_the_site_does_not_write() {
    let site = city().today();
    let change = |schema: &str, path: &str, pointer: &str, value: Value| {
        let mut file = site.get(path).json();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        file.pointer_mut(parent).unwrap()[name] = value;
        problems(&validator(&site, &format!("/data/schemas/{schema}.json")), &file)
    };
    let goal = "/goals/water/wells/index.json";
    assert_eq!(change("goal", goal, "/title", "Other".into()), Vec::<String>::new());
    for (schema, path, pointer, value) in [
        ("goal", goal, "/colour", Value::from("blue")),
        ("goal", goal, "/progress/status", Value::from("splendid")),
        ("goal", goal, "/progress/target", Value::Null),
        ("goal", goal, "/progress/figures/0/as_of", Value::from("31 March")),
        ("goal", goal, "/$schema", Value::from("https://elsewhere.example/")),
        ("goal", goal, "/url", Value::from("no address")),
        ("goals", "/data/goals.json", "/goals/0/period_from", Value::from("2022-13-01")),
        ("bulletins", "/data/bulletins.json", "/bulletins/0/slug", Value::from(5)),
        ("home", "/index.json", "/latest", Value::from("none")),
        ("feed", "/feed.json", "/version", Value::from("1.0")),
    ] {
        assert!(!change(schema, path, pointer, value).is_empty(), "{schema} allows another {pointer}");
    }
}

#[test]
fn the_descriptions_of_the_tables_are_of_these_tables() {
    for site in [Site::real(), city().today()] {
        let package = site.get("/data/datapackage.json").is(200).json();
        let metadata = site.get("/data/csv-metadata.json").is(200).json();
        let resources = package["resources"].as_array().unwrap();
        let tables = metadata["tables"].as_array().unwrap();
        assert_eq!((resources.len(), tables.len()), (2, 2));
        for (resource, described) in resources.iter().zip(tables) {
            let name = resource["path"].as_str().unwrap();
            assert_eq!(described["url"], name);
            let reply = site.get(&format!("/data/{name}"));
            let table = Table::of(&reply);
            assert_eq!(resource["bytes"], reply.body.len());
            let names =
                |list: &Value| list.as_array().unwrap().iter().map(|one| cell(&one["name"])).collect::<Vec<_>>();
            assert_eq!(names(&resource["schema"]["fields"]), table.head);
            assert_eq!(names(&described["tableSchema"]["columns"]), table.head);
            for field in resource["schema"]["fields"].as_array().unwrap() {
                let allowed = field["constraints"]["enum"].as_array();
                for value in table.column(field["name"].as_str().unwrap()) {
                    assert!(!value.is_empty() || field["constraints"]["required"].is_null(), "{field}");
                    let is_known =
                        allowed.is_none_or(|allowed| value.is_empty() || allowed.iter().any(|one| one == value));
                    assert!(is_known, "{value} in {field}");
                }
            }
        }
        let key = &resources[1]["schema"]["foreignKeys"][0];
        assert_eq!((&key["fields"][0], &key["reference"]["resource"]), (&Value::from("goal"), &Value::from("goals")));
        assert_eq!(tables[0]["tableSchema"]["primaryKey"], "id");
        assert_eq!(tables[0]["tableSchema"]["columns"][0]["titles"]["zh"], "目标");
    }
}

#[test]
fn the_catalogue_leads_to_every_file_with_its_size() {
    let site = Site::real();
    let catalog = site.get("/data/catalog.jsonld").is(200).has("content-type", "application/ld+json").json();
    let mut files = Vec::new();
    for dataset in catalog["dcat:dataset"].as_array().unwrap() {
        assert!(dataset["dct:temporal"]["dcat:startDate"]["@value"].as_str() >= Some("2020"), "{dataset}");
        for distribution in dataset["dcat:distribution"].as_array().unwrap() {
            let path = distribution["dcat:downloadURL"]["@id"].as_str().unwrap().strip_prefix(REAL).unwrap();
            let reply = site.get(path);
            assert_eq!(distribution["dcat:byteSize"]["@value"], reply.is(200).body.len().to_string());
            let media_type = reply.must("content-type").split(';').next().unwrap();
            assert!(distribution["dcat:mediaType"]["@id"].as_str().unwrap().ends_with(media_type));
            files.push(path.to_owned());
        }
    }
    assert_eq!(files, ["/data/goals.csv", "/data/goals.json", "/data/progress.csv", "/data/bulletins.json"]);
    assert_eq!(catalog["dct:title"][1]["@value"], "哈尔滨 政府公报");
    assert_eq!(catalog["dcat:service"][0]["dcat:endpointDescription"]["@id"], format!("{REAL}/data/openapi.json"));
}

/// Whether a path is of a template's shape.
fn is_of(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let fits = |(template, part): (&&str, &&str)| match template.split_once('{') {
        Some((before, rest)) => part.starts_with(before) && part.ends_with(rest.split_once('}').unwrap().1),
        None => template == part,
    };
    template.len() == path.len() && template.iter().zip(&path).all(fits)
}

#[test]
fn the_api_description_describes_every_file_with_its_type_and_schema() {
    for (site, base) in [(Site::real(), REAL), (city().today(), LAKESIDE)] {
        let api = site.get("/data/openapi.json").is(200).json();
        let paths = api["paths"].as_object().unwrap();
        for path in data_paths(&site) {
            let (prefix, bare) =
                path.strip_prefix("/zh/").map_or(("", path.clone()), |rest| ("/zh", format!("/{rest}")));
            // What is written out goes before what has places to fill.
            let mut fitting: Vec<&String> = paths.keys().filter(|template| is_of(template, &bare)).collect();
            fitting.sort_by_key(|template| template.matches('{').count());
            let template = fitting.first().unwrap_or_else(|| panic!("{path} is not described"));
            let item = &paths[*template];
            let server = format!("{base}{prefix}");
            let servers = if item["servers"].is_null() { &api["servers"] } else { &item["servers"] };
            assert!(servers.as_array().unwrap().iter().any(|one| one["url"] == server), "{path}: {servers}");
            let reply = site.get(&path);
            let content = item["get"]["responses"]["200"]["content"].as_object().unwrap();
            let (media_type, media) = content.iter().next().unwrap();
            assert_eq!(reply.must("content-type"), media_type, "{path}");
            if path.contains(".json") && !path.starts_with("/data/schemas/") {
                let file = reply.json();
                let named = file["$schema"].as_str().and_then(|url| url.strip_prefix(base)).map(ToOwned::to_owned);
                let schema = named.unwrap_or_else(|| format!("/data/schemas/{}.json", schema_of_foreign(&path)));
                let reference = Value::from(schema.strip_prefix("/data/").unwrap());
                let choices =
                    media["schema"]["oneOf"].as_array().cloned().unwrap_or_else(|| vec![media["schema"].clone()]);
                assert!(choices.iter().any(|choice| choice["$ref"] == reference), "{path}: {media}");
            }
        }
        let ids: BTreeSet<&str> = paths.values().filter_map(|item| item["get"]["operationId"].as_str()).collect();
        assert_eq!(ids.len(), paths.len(), "two operations have one name");
    }
}

#[test]
fn data_follows_a_bulletin_from_its_moment_on_and_not_before() {
    let folder = city().bulletin(
        "quokka",
        "published: 2030-01-01T09:00:00\nsets: [lake]\nreports: [{ goal: care, note: Seen., as_of: 2029-12-31 }]",
        "Seen.",
    );
    let folder = folder.goal("lake", "kind: direction");
    let (before, after) = (folder.at("2030-01-01T00:59:59Z"), folder.at("2030-01-01T01:00:00Z"));
    let counts = |site: &Site| {
        let bulletins = site.get("/data/bulletins.json").json()["bulletins"].as_array().unwrap().len();
        (table(site, "/data/goals.csv").rows.len(), table(site, "/data/progress.csv").rows.len(), bulletins)
    };
    assert_eq!(counts(&before), (5, 6, 6));
    assert_eq!(counts(&after), (6, 7, 7));
    let own = |site: &Site| table(site, "/goals/water/care/progress.csv").rows.len();
    assert_eq!((own(&before), own(&after)), (1, 2));
    for path in
        ["/data/goals.csv", "/data/goals.json", "/data/progress.csv", "/data/bulletins.json", "/data/catalog.jsonld"]
    {
        let (old, new) = (before.get(path), after.get(path));
        assert_ne!(old.must("etag"), new.must("etag"), "{path}");
        assert!(!old.text().contains("quokka"), "{path}");
    }
    after.ask("GET", "/data/goals.csv", &[("if-none-match", before.get("/data/goals.csv").must("etag"))]).is(200);
    // Figures fall due by time alone.
    let status = |at: &str| table(&city().at(at), "/data/goals.csv").row("id", "wells")["status"].clone();
    assert_ne!(status("2022-07-07T00:00:00Z"), status("2022-12-07T00:00:00Z"));
}

#[test]
fn the_terms_of_use_stand_in_every_description_where_the_site_names_them() {
    let terms = "https://lakeside.example/terms";
    let publisher = "[publisher]\nname = \"Lakeside\"\n";
    let without = city().with("site.toml", format!("{SITE}{publisher}")).today();
    let with = city().with("site.toml", format!("{SITE}{publisher}license = \"{terms}\"\n")).today();
    for path in DESCRIPTIONS {
        assert!(with.get(path).text().contains(terms), "{path}");
        assert!(!without.get(path).text().contains("license"), "{path}");
    }
    assert_eq!(with.get("/data/datapackage.json").json()["licenses"][0]["path"], terms);
    assert_eq!(with.get("/data/catalog.jsonld").json()["dct:license"]["@id"], terms);
    let folder = city().with("site.toml", format!("{SITE}{publisher}license = \"free\"\n"));
    assert_eq!(folder.problems().len(), 1, "{:?}", folder.problems());
}

#[test]
fn a_city_without_goals_or_bulletins_has_empty_tables_that_are_described() {
    let site = Folder::city().today();
    assert_eq!(table(&site, "/data/goals.csv").rows.len(), 0);
    assert_eq!(table(&site, "/data/progress.csv").head.len(), 15);
    assert_eq!(site.get("/data/bulletins.json").json()["bulletins"], Value::Array(Vec::new()));
    for path in DESCRIPTIONS {
        site.get(path).is(200);
    }
}
