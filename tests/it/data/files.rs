//! JSON files against their schemas, and descriptions of data against the data.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{LAKESIDE, REAL, Table, cell, city, data_paths, table};
use crate::harness::{Folder, SITE, Site};

const DESCRIPTIONS: [&str; 4] = [
    "/data/datapackage.json",
    "/data/csv-metadata.json",
    "/data/catalog.jsonld",
    "/data/openapi.json",
];

#[test]
fn data_allows_cross_origin_and_conditional_requests() {
    let site = Site::real();
    let paths = data_paths(&site);
    assert!(paths.len() > 200, "{}", paths.len());
    for path in paths {
        let reply = site.ask("GET", &path, &[("origin", "https://elsewhere.example")]);
        reply
            .is(200)
            .has("access-control-allow-origin", "*")
            .has("cross-origin-resource-policy", "cross-origin");
        let again = site.ask("GET", &path, &[("if-none-match", reply.must("etag"))]);
        again.is(304).has("access-control-allow-origin", "*");
        // Statuses change by time alone, without a date in the content.
        reply.lacks("last-modified");
    }
}

/// The schema of a file that does not name one of this site.
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

/// The errors of a file according to a schema.
fn problems(validator: &jsonschema::Validator, file: &Value) -> Vec<String> {
    validator.iter_errors(file).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[track_caller]
fn validator(site: &Site, path: &str) -> jsonschema::Validator {
    let schema = site.get(path).is(200).json();
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

#[test]
fn json_files_validate_against_their_schemas() {
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
            let named = file["$schema"]
                .as_str()
                .and_then(|url| url.strip_prefix(base))
                .map(ToOwned::to_owned);
            let schema =
                named.unwrap_or_else(|| format!("/data/schemas/{}.json", schema_of_foreign(&path)));
            let validator =
                validators.entry(schema.clone()).or_insert_with(|| validator(&site, &schema));
            assert_eq!(problems(validator, &file), Vec::<String>::new(), "{path} by {schema}");
        }
        assert!(validators.len() >= 11, "{:?}", validators.keys());
    }
}

#[test]
fn schemas_all_belong_to_a_file() {
    let site = Site::real();
    // No bulletin of the real content has an earlier text.
    let changed = Folder::city()
        .bulletin("x", "published: 2022-05-05\nchanges: [{ on: 2022-06-01, note: N. }]", "New.")
        .with("bulletins/x.2022-05-05.md", "---\ntitle: T\nsummary: S.\n---\nOld.\n")
        .today();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (site, root) in [(&site, REAL), (&changed, "https://lakeside.example")] {
        let paths = data_paths(site).into_iter();
        for path in paths.filter(|path| path.contains(".json") && !path.contains("/schemas/")) {
            let file = site.get(&path).json();
            let named = file["$schema"].as_str().and_then(|url| url.strip_prefix(root));
            used.insert(named.map_or_else(
                || format!("/data/schemas/{}.json", schema_of_foreign(&path)),
                ToOwned::to_owned,
            ));
        }
    }
    let published = site.paths().into_iter().filter(|path| path.starts_with("/data/schemas/"));
    assert_eq!(used, published.collect());
}

#[test]
fn schemas_reject_changed_files() {
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
        assert!(
            !change(schema, path, pointer, value).is_empty(),
            "{schema} allows another {pointer}"
        );
    }
}

#[test]
fn csvw_metadata_matches_the_tables() {
    // A site without official documents has no table of them.
    for (site, count) in [(Site::real(), 3), (city().today(), 2)] {
        let package = site.get("/data/datapackage.json").is(200).json();
        let metadata = site.get("/data/csv-metadata.json").is(200).json();
        let resources = package["resources"].as_array().unwrap();
        let tables = metadata["tables"].as_array().unwrap();
        assert_eq!((resources.len(), tables.len()), (count, count));
        for (resource, described) in resources.iter().zip(tables) {
            let name = resource["path"].as_str().unwrap();
            assert_eq!(described["url"], name);
            let reply = site.get(&format!("/data/{name}"));
            let table = Table::of(&reply);
            assert_eq!(resource["bytes"], reply.body.len());
            let names = |list: &Value| {
                list.as_array().unwrap().iter().map(|one| cell(&one["name"])).collect::<Vec<_>>()
            };
            assert_eq!(names(&resource["schema"]["fields"]), table.head);
            assert_eq!(names(&described["tableSchema"]["columns"]), table.head);
            for field in resource["schema"]["fields"].as_array().unwrap() {
                let allowed = field["constraints"]["enum"].as_array();
                for value in table.column(field["name"].as_str().unwrap()) {
                    assert!(
                        !value.is_empty() || field["constraints"]["required"].is_null(),
                        "{field}"
                    );
                    let is_known = allowed.is_none_or(|allowed| {
                        value.is_empty() || allowed.iter().any(|one| one == value)
                    });
                    assert!(is_known, "{value} in {field}");
                }
            }
        }
        let key = &resources[1]["schema"]["foreignKeys"][0];
        assert_eq!(
            (&key["fields"][0], &key["reference"]["resource"]),
            (&Value::from("goal"), &Value::from("goals"))
        );
        assert_eq!(tables[0]["tableSchema"]["primaryKey"], "id");
        assert_eq!(tables[0]["tableSchema"]["columns"][0]["titles"]["zh"], "目标");
    }
}

#[test]
fn catalog_links_every_file_with_its_size() {
    let site = Site::real();
    let catalog =
        site.get("/data/catalog.jsonld").is(200).has("content-type", "application/ld+json").json();
    let mut files = Vec::new();
    for dataset in catalog["dcat:dataset"].as_array().unwrap() {
        assert!(
            dataset["dct:temporal"]["dcat:startDate"]["@value"].as_str() >= Some("2020"),
            "{dataset}"
        );
        for distribution in dataset["dcat:distribution"].as_array().unwrap() {
            let path = distribution["dcat:downloadURL"]["@id"]
                .as_str()
                .unwrap()
                .strip_prefix(REAL)
                .unwrap();
            let reply = site.get(path);
            assert_eq!(
                distribution["dcat:byteSize"]["@value"],
                reply.is(200).body.len().to_string()
            );
            let media_type = reply.must("content-type").split(';').next().unwrap();
            assert!(distribution["dcat:mediaType"]["@id"].as_str().unwrap().ends_with(media_type));
            files.push(path.to_owned());
        }
    }
    assert_eq!(
        files,
        [
            "/data/goals.csv",
            "/data/goals.json",
            "/data/progress.csv",
            "/data/bulletins.json",
            "/data/documents.csv",
            "/data/documents.json",
        ]
    );
    assert_eq!(catalog["dct:title"][1]["@value"], "哈尔滨");
    assert_eq!(
        catalog["dcat:service"][0]["dcat:endpointDescription"]["@id"],
        format!("{REAL}/data/openapi.json")
    );
}

/// Whether a path is of a template's shape.
fn is_of(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    let fits = |(template, part): (&&str, &&str)| match template.split_once('{') {
        Some((before, rest)) => {
            part.starts_with(before) && part.ends_with(rest.split_once('}').unwrap().1)
        }
        None => template == part,
    };
    template.len() == path.len() && template.iter().zip(&path).all(fits)
}

#[test]
fn openapi_describes_every_file_with_type_and_schema() {
    for (site, base) in [(Site::real(), REAL), (city().today(), LAKESIDE)] {
        let api = site.get("/data/openapi.json").is(200).json();
        let paths = api["paths"].as_object().unwrap();
        for path in data_paths(&site) {
            let (prefix, bare) = path
                .strip_prefix("/zh/")
                .map_or(("", path.clone()), |rest| ("/zh", format!("/{rest}")));
            // Literal paths go before templates.
            let mut fitting: Vec<&String> =
                paths.keys().filter(|template| is_of(template, &bare)).collect();
            fitting.sort_by_key(|template| template.matches('{').count());
            let template = fitting.first().unwrap_or_else(|| panic!("{path} is not described"));
            let item = &paths[*template];
            let server = format!("{base}{prefix}");
            let servers =
                if item["servers"].is_null() { &api["servers"] } else { &item["servers"] };
            assert!(
                servers.as_array().unwrap().iter().any(|one| one["url"] == server),
                "{path}: {servers}"
            );
            let reply = site.get(&path);
            let content = item["get"]["responses"]["200"]["content"].as_object().unwrap();
            let (media_type, media) = content.iter().next().unwrap();
            assert_eq!(reply.must("content-type"), media_type, "{path}");
            if path.contains(".json") && !path.starts_with("/data/schemas/") {
                let file = reply.json();
                let named = file["$schema"]
                    .as_str()
                    .and_then(|url| url.strip_prefix(base))
                    .map(ToOwned::to_owned);
                let schema = named
                    .unwrap_or_else(|| format!("/data/schemas/{}.json", schema_of_foreign(&path)));
                let reference = Value::from(schema.strip_prefix("/data/").unwrap());
                let choices = media["schema"]["oneOf"]
                    .as_array()
                    .cloned()
                    .unwrap_or_else(|| vec![media["schema"].clone()]);
                assert!(
                    choices.iter().any(|choice| choice["$ref"] == reference),
                    "{path}: {media}"
                );
            }
        }
        let ids: BTreeSet<&str> =
            paths.values().filter_map(|item| item["get"]["operationId"].as_str()).collect();
        assert_eq!(ids.len(), paths.len(), "two operations have one name");
    }
}

#[test]
fn licence_of_site_is_in_every_description() {
    let terms = "https://lakeside.example/terms";
    let publisher = "[publisher]\nname = \"Lakeside\"\n";
    let without = city().with("site.toml", format!("{SITE}{publisher}")).today();
    let with =
        city().with("site.toml", format!("{SITE}{publisher}license = \"{terms}\"\n")).today();
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
fn empty_city_has_empty_described_tables() {
    let site = Folder::city().today();
    assert_eq!(table(&site, "/data/goals.csv").rows.len(), 0);
    assert_eq!(table(&site, "/data/progress.csv").head.len(), 15);
    assert_eq!(site.get("/data/bulletins.json").json()["bulletins"], Value::Array(Vec::new()));
    for path in DESCRIPTIONS {
        site.get(path).is(200);
    }
}
