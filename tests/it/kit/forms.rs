//! Content as forms save it: quoted dates, empty values, any order of keys, other line ends.

use gazette::content::Content;
use gazette::record::{Record, check};
use proptest::prelude::*;

use crate::harness::{Folder, TODAY, instant};

fn city() -> Folder {
    Folder::city()
        .goal("wells", "kind: increase\ntarget: { value: 12, unit: wells }")
        .goal("works", "kind: deliver\nmilestones: [{ id: opened, title: Opened }]")
}

/// The JSON of a page, in a folder without problems.
#[track_caller]
fn data(folder: &Folder, path: &str) -> serde_json::Value {
    let (content, mut found) = Content::read(&folder.snapshot());
    found.append(check(&content));
    assert!(found.is_empty(), "{found:#?}");
    let outputs =
        gazette::pages::render(&Record::at(&content, instant(TODAY)), &[]).expect("pages");
    let output =
        outputs.iter().find(|output| output.path == path).unwrap_or_else(|| panic!("no {path}"));
    serde_json::from_slice(&output.body.bytes()).expect("JSON")
}

/// The JSON of a bulletin.
#[track_caller]
fn data_of(text: impl Into<Vec<u8>>) -> serde_json::Value {
    data(&city().with("bulletins/x.md", text), "/bulletins/x/index.json")
}

#[test]
fn form_dates_are_read_alike() {
    let with = |published: &str| {
        data_of(format!("---\ntitle: T\nsummary: S.\npublished: {published}\n---\n"))["published"]
            .clone()
    };
    for published in [
        "2022-05-05",
        "\"2022-05-05\"",
        "'2022-05-05'",
        "2022-05-05   ",
        "2022-05-05 # on a Thursday",
    ] {
        assert_eq!(with(published), "2022-05-05", "{published}");
    }
    for published in [
        "2022-05-05T08:30",
        "2022-05-05 08:30",
        "'2022-05-05T08:30'",
        "2022-05-05T08:30:00",
        "2022-05-05T08:30:00.000+08:00",
    ] {
        assert_eq!(with(published), "2022-05-05T08:30:00+08:00", "{published}");
    }
    for published in
        ["2022-05-05T00:00:00.000Z", "'2022-05-05T00:00:00.000Z'", "2022-05-05T00:00:00Z"]
    {
        assert_eq!(with(published), "2022-05-05T08:00:00+08:00", "{published}");
    }
}

#[test]
fn form_with_every_field_passes_check() {
    let bare = data_of("---\ntitle: T\nsummary: S.\npublished: 2022-05-05\n---\nText.\n");
    let full = "\
---
title: T
summary: S.
published: '2022-05-05'
draft: false
source:
  name: ''
  url: ''
byline:
  en: ''
  zh: ''
sets: []
reports: []
revises: []
overrides:
mentions: ['']
categories: []
changes: []
expires: ''
withdrawn:
  on: ''
  reason:
    en: ''
  replaced_by: null
gone: {}
aliases: ''
---

Text.
";
    assert_eq!(data_of(full), bare);
    assert_eq!(data_of(full.replace('\n', "\r\n")), bare);
    assert_eq!(data_of(format!("\u{feff}{full}")), bare);
    assert_eq!(data_of(full.replace(":\n", ":   \n").replace("---\n", "---  \n")), bare);
}

#[test]
fn form_report_with_empty_fields_passes_check() {
    let reports = |item: &str| {
        data_of(format!(
            "---\ntitle: T\nsummary: S.\npublished: 2022-05-05\nreports:\n  - {item}\n---\n"
        ))["reports"]
            .clone()
    };
    let bare = reports("{ goal: wells, value: 3, as_of: 2022-05-05 }");
    for item in [
        "{ as_of: '2022-05-05', value: '3', goal: 'wells' }",
        "{ goal: wells, as_of: 2022-05-05, value: 3.0, at_least: '', at_most: null, milestone: \
         '', note: { en: '', zh: '' }, unit: '' }",
    ] {
        assert_eq!(reports(item), bare, "{item}");
    }
}

#[test]
fn form_goal_with_empty_fields_passes_check() {
    let folder = city().with(
        "goals/water/lake.md",
        "---\ntitle: A cleaner lake\nshort_title: ''\nsummary: ''\ndraft: false\nkind: direction\n\
         target:\n  value: ''\n  \
         at_most: false\n  unit:\n    en: ''\n    zh: ''\nbaseline: ''\n\
         period:\n  from: ''\n  to: ''\nreport_every: ''\n\
         milestones: []\nfollows: ''\norder: '3'\naliases: []\n---\n",
    );
    assert_eq!(folder.problems(), Vec::<String>::new());
}

#[test]
fn form_translation_with_empty_facts_passes_check() {
    let original = "---\ntitle: T\nsummary: S.\npublished: 2022-05-05\n---\nText.\n";
    let translation = "---\ntitle: 题\nsummary: 摘。\npublished: ''\ndraft: false\nsets: []\n\
        source:\n  name: ''\n---\n文。\n";
    let folder = city().with("bulletins/x.md", original).with("bulletins/x.zh.md", translation);
    assert_eq!(folder.problems(), Vec::<String>::new());
    let repeating = folder
        .with("bulletins/x.zh.md", translation.replace("published: ''", "published: 2022-05-05"));
    assert_eq!(repeating.problems().len(), 1, "{:#?}", repeating.problems());
}

#[test]
fn form_empty_localised_text_falls_back() {
    let folder = city().with(
        "bulletins/x.md",
        "---\ntitle: T\nsummary: S.\npublished: 2022-05-05\n\
         source: { name: { en: Daily, zh: '' } }\n---\n",
    );
    let folder = folder.with("bulletins/x.zh.md", "---\ntitle: 题\nsummary: 摘。\n---\n");
    assert_eq!(data(&folder, "/zh/bulletins/x/index.json")["source"]["name"], "Daily");
}

/// The keys of a bulletin, each in the ways in which it can be written.
const KEYS: [[&str; 3]; 8] = [
    ["title: Wells", "title: 'Wells'", "title: \"Wells\""],
    ["summary: About wells.", "summary: >-\n  About\n  wells.", "summary: 'About wells.'"],
    ["published: 2022-05-05", "published: '2022-05-05'", "published: \"2022-05-05\""],
    ["sets: [wells]", "sets:\n  - wells", "sets: wells"],
    [
        "reports: [{ goal: wells, value: 3, as_of: 2022-05-05 }]",
        "reports:\n  - as_of: '2022-05-05'\n    value: '3'\n    goal: wells\n    note: ''",
        "reports:\n- {value: 3.0, goal: \"wells\", as_of: 2022-05-05}",
    ],
    [
        "source: { name: Daily, url: 'https://daily.example/' }",
        "source:\n  url: https://daily.example/\n  name: Daily",
        "source: {name: {en: Daily}, url: \"https://daily.example/\"}",
    ],
    ["mentions: [works]", "mentions: ['works']", "mentions:\n  - \"works\""],
    ["draft: false", "draft: 'false'", "expires: ''"],
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn form_key_order_and_quotes_do_not_matter(
        order in Just((0..KEYS.len()).collect::<Vec<_>>()).prop_shuffle(),
        ways in prop::collection::vec(0_usize..3, KEYS.len()),
        line_end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let write = |order: &[usize], ways: &[usize]| {
            let lines: Vec<&str> = order.iter().map(|key| KEYS[*key][ways[*key]]).collect();
            format!("---\n{}\n---\nText.\n", lines.join("\n"))
        };
        let first = write(&(0..KEYS.len()).collect::<Vec<_>>(), &[0; KEYS.len()]);
        prop_assert_eq!(data_of(write(&order, &ways).replace('\n', line_end)), data_of(first));
    }
}
