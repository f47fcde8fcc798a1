//! The open data through the whole application: [`tables`], and the JSON [`files`] that describe
//! them.
//!
//! Both use a city with goals of every kind, and a table as a spreadsheet reads it.

mod files;
mod tables;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Folder, Reply, Site};

const REAL: &str = "https://bulletin.example";
const LAKESIDE: &str = "https://lakeside.example";

/// A city whose goals are of every kind, with reports of every sort.
fn city() -> Folder {
    Folder::city()
        .goal(
            "wells",
            "kind: increase\n\
             target: { value: 12.5, unit: { en: { one: well, other: wells }, zh: 口井 } }\n\
             baseline: 0.5\n\
             period: { from: 2022-01-01, to: 2022-12-31 }\nreport_every: quarter\n\
             follows: wells-2021",
        )
        .with("goals/water/wells.zh.md", "---\ntitle: 水井\n---\n")
        .goal(
            "wells-2021",
            "kind: increase\ntarget: { value: 4, unit: wells }\n\
            period: { from: 2021-01-01, to: 2021-12-31 }",
        )
        .goal(
            "ponds",
            "kind: maintain\ntarget: { value: 7, unit: ponds, at_most: true }\n\
            follows: secret",
        )
        .goal("secret", "kind: direction\ndraft: true")
        .goal(
            "pumps",
            "kind: deliver\n\
            milestones: [{ id: plan, title: A plan }, { id: built, title: Built, due: 2023-01-01 \
            }]",
        )
        .goal("care", "kind: continue")
        .bulletin(
            "promise",
            "published: 2022-01-05 09:30\n\
            sets: [wells, ponds, pumps, care]",
            "A promise.",
        )
        .bulletin(
            "spring",
            "published: 2022-04-05\n\
             source: { name: \"=HYPERLINK(1)\", url: \"https://paper.example/a?b=c,d\" }\n\
             reports:\n  - { goal: wells, value: 3, as_of: 2022-03-31 }\n  - { goal: ponds, \
             at_most: 6, as_of: 2022-03-31 }\n  \
             - { goal: pumps, milestone: plan, as_of: 2022-03-30 }\n  \
             - { goal: care, note: { en: \"-1+1 \\\"quoted\\\", twice\", zh: \"＝一\" }, as_of: \
             2022-03-31 }",
            "Spring.",
        )
        .bulletin(
            "correction",
            "published: 2022-04-09\n\
            reports: [{ goal: wells, value: 3.25, as_of: 2022-03-31 }]",
            "More.",
        )
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
        .bulletin(
            "judgement",
            "published: 2022-07-06\n\
            overrides: [{ goal: wells, status: on-track, reason: Rain. }]",
            "Rain.",
        )
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
        assert_eq!(
            text.matches("\r\n").count(),
            lines,
            "a line of {reply:?} does not end with CRLF"
        );
        assert!(text.ends_with("\r\n"), "{reply:?}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> =
            reader.headers().expect("a head").iter().map(ToOwned::to_owned).collect();
        let rows = reader.records().map(|row| row.expect("a row"));
        let rows = rows
            .map(|row| head.iter().cloned().zip(row.iter().map(ToOwned::to_owned)).collect())
            .collect();
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

/// The text of a JSON value in a table cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().expect("a number").to_string(),
        other => other.to_string(),
    }
}

/// The paths of a site that are data for programs: JSON, tables, feeds.
fn data_paths(site: &Site) -> Vec<String> {
    let is_data = |path: &String| {
        matches!(extension(path), "json" | "jsonld" | "csv") || path.ends_with("/feed.xml")
    };
    site.paths().into_iter().filter(is_data).collect()
}

/// The extension of a file name.
fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}
