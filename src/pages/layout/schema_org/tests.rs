//! Tests of the descriptions of a small site.

use serde_json::json;

use super::dataset::{dataset_of_goal, dataset_of_goals};
use super::news_article;
use crate::content::Content;
use crate::language::Language;
use crate::pages::assets::Assets;
use crate::pages::context::Context;
use crate::pages::layout::look::LookView;
use crate::record::Record;
use crate::source::Snapshot;

const SITE: &str = r#"
name = "Lakeside"
base_url = "https://lakeside.example/"
time_zone = "Asia/Shanghai"
languages = ["en"]
[publisher]
name = "Lakeside"
license = "https://lakeside.example/terms"
"#;

const GOAL: &str = "---
title: Clean wells
summary: Wells that are clean.
kind: increase
target: { value: 12, unit: wells }
period: { from: 2022-01-01, to: 2022-12-31 }
---
";

const BULLETIN: &str = "---
title: Four wells
summary: There are four.
published: 2022-07-01
source: { name: Lake News }
byline: Lin Hua
reports: [{ goal: wells, value: 4, as_of: 2022-06-30 }]
---
![A well](well.svg)
";

fn snapshot() -> Snapshot {
    [
        ("site.toml", SITE),
        ("bulletins/_index.md", "---\ntitle: Bulletins\n---\n"),
        ("goals/water/_index.md", "---\ntitle: Water\n---\n"),
        ("goals/water/wells.md", GOAL),
        (
            "goals/water/lake.md",
            "---\ntitle: A clean lake\nkind: direction\nperiod: { from: 2021-01-01 }\n---\n",
        ),
        ("bulletins/four.md", BULLETIN),
        (
            "bulletins/five.md",
            "---\ntitle: Five\nsummary: Five.\npublished: 2022-08-01\n\
             source: { name: Lake News }\nbyline: Lake News desk\n---\n",
        ),
        ("bulletins/six.md", "---\ntitle: Six\nsummary: Six.\npublished: 2022-09-01\n---\n"),
        ("bulletins/well.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn with_context(check: impl FnOnce(&Context<'_>)) {
    let (content, diagnostics) = Content::read(&snapshot());
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let record = Record::at(&content, "2026-11-01T00:00:00Z".parse().unwrap());
    let assets = Assets::new(&record, &[]);
    let look = LookView::new(&record, &assets);
    check(&Context::new(&record, &assets, &look));
}

#[test]
fn goal_is_dataset_with_files_time_and_sources() {
    with_context(|context| {
        let id = context
            .record
            .goal_ids()
            .find(|id| context.record.goal(*id).source.slug == "wells")
            .unwrap();
        let dataset = dataset_of_goal(context, id, Language::DEFAULT);
        let page = "https://lakeside.example/goals/water/wells/";
        assert_eq!(dataset["url"], page);
        let description = dataset["description"].as_str().unwrap();
        assert!(description.starts_with("Clean wells. Wells that are clean. Each record"));
        assert!((50..=5_000).contains(&description.chars().count()));
        assert_eq!(dataset["temporalCoverage"], "2022-01-01/2022-12-31");
        assert_eq!(dataset["variableMeasured"]["unitText"], "wells");
        assert_eq!(dataset["license"], "https://lakeside.example/terms");
        assert_eq!(dataset["distribution"][0]["contentUrl"], format!("{page}progress.csv"));
        assert_eq!(dataset["distribution"][1]["contentUrl"], format!("{page}index.json"));
        assert_eq!(dataset["isBasedOn"][0]["headline"], "Four wells");
        assert_eq!(dataset["dateModified"], "2022-07-01T00:00:00+08:00");
    });
}

#[test]
fn a_bulletin_names_its_author_and_its_images() {
    with_context(|context| {
        let article = |title: &str| {
            let mut ids = context.record.bulletin_ids();
            let id = ids.find(|id| {
                let texts = &context.record.bulletin(*id).source.texts;
                texts.in_language(Language::DEFAULT).title.value == title
            });
            let id = id.unwrap();
            news_article(context, id, Language::DEFAULT, "https://lakeside.example/x/")
        };
        let four = article("Four wells");
        assert_eq!(four["author"], json!({ "@type": "Person", "name": "Lin Hua" }));
        let image = four["image"][0].as_str().unwrap();
        assert!(image.starts_with("https://lakeside.example/"), "{image}");
        let desk = json!({ "@type": "Organization", "name": "Lake News desk" });
        assert_eq!(article("Five")["author"], desk);
        let publisher = json!({ "@id": "https://lakeside.example/#publisher" });
        assert_eq!(article("Six")["author"], publisher);
        assert_eq!(article("Six").get("image"), None);
    });
}

#[test]
fn all_goals_dataset_is_open_if_one_is() {
    with_context(|context| {
        let dataset = dataset_of_goals(context, Language::DEFAULT);
        assert_eq!(dataset["temporalCoverage"], "2021-01-01/..");
        let files = dataset["distribution"].as_array().unwrap();
        let names: Vec<&str> =
            files.iter().filter_map(|file| file["contentUrl"].as_str()).collect();
        assert_eq!(names.len(), 3);
        assert!(
            names.iter().all(|name| name.starts_with("https://lakeside.example/data/")),
            "{names:?}"
        );
    });
}
