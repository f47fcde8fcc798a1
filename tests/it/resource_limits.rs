//! Files of the largest accepted size that are as costly as possible: `check` ends in time for
//! each.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gazette::diagnostic::{Diagnostics, MessageLanguage, render};
use gazette::editor::lint::lint;
use gazette::record;
use gazette::source::{MAX_TEXT_BYTES, Snapshot};
use jiff::ToSpan as _;
use jiff::civil::date;

use crate::harness::{Folder, TODAY, instant};

/// The time limit for one file in a build without optimisation on a busy machine: most take a
/// second, and quadratic work takes many minutes.
const LIMIT: Duration = Duration::from_mins(1);

/// A goal with a number.
const JOBS: &str = "kind: increase\ntarget: { value: 83000, unit: jobs }\n\
    period: { from: 2022-01-01, to: 2022-12-31 }";

/// A pattern repeated until the file is full; `{n}` is the number of the repetition.
fn much(head: &str, pattern: &str, foot: &str) -> String {
    let room = usize::try_from(MAX_TEXT_BYTES).unwrap() - foot.len();
    let mut text = head.to_owned();
    for number in 0.. {
        let next = pattern.replace("{n}", &number.to_string());
        if text.len() + next.len() > room {
            break;
        }
        text.push_str(&next);
    }
    text + foot
}

/// Does everything that `check` does with a folder, and returns whether there are no errors.
fn judge(snapshot: &Snapshot) -> bool {
    let loaded = record::load(snapshot, Diagnostics::default(), None);
    let mut found = loaded.diagnostics;
    let is_advised = !found.has_errors();
    if is_advised {
        found.append(lint(&loaded.content, snapshot, instant(TODAY)));
    }
    let found = found.into_sorted();
    let texts = |path: &str| snapshot.text_lossy(path);
    let options = render::RenderOptions {
        root: "content",
        language: MessageLanguage::English,
        texts: &texts,
    };
    assert!(found.iter().all(|one| !render::short(one, &options).is_empty()));
    // A line of a mebibyte with carets costs the same each time, so that a few are enough.
    assert!(found.iter().take(3).all(|one| !render::human(one, &options, false).is_empty()));
    is_advised
}

/// Asserts that no pattern takes too long, and returns the number of patterns without errors, which
/// are linted too.
fn judged_in_time(path: &str, patterns: &[(&str, &str, &str)]) -> usize {
    let (mut late, mut advised) = (Vec::new(), 0);
    for (head, pattern, foot) in patterns {
        let folder = Folder::city().goal("wells", "kind: continue").goal("jobs", JOBS);
        let snapshot = folder.with(path, much(head, pattern, foot)).snapshot();
        let begun = Instant::now();
        advised += usize::from(judge(&snapshot));
        if begun.elapsed() > LIMIT {
            late.push(format!("{pattern:?} took {:?}", begun.elapsed()));
        }
    }
    assert!(late.is_empty(), "{path}: {late:#?}");
    advised
}

#[test]
fn hostile_front_matter_is_read_in_time() {
    let head = "---\ntitle: A\nsummary: B\npublished: 2022-05-05\n";
    judged_in_time(
        "bulletins/lake.md",
        &[
            (head, "a{n}: 1\n", "---\n"),
            (head, "title: A\n", "---\n"),
            (&format!("{head}mentions: ["), "g{n},", "]\n---\n"),
            (&format!("{head}mentions: ["), "wells,", "]\n---\n"),
            (
                &format!("{head}reports:\n"),
                "  - { goal: wells, note: n, as_of: 2022-05-05 }\n",
                "---\n",
            ),
            (
                &format!("{head}reports:\n"),
                "  - { goal: wells, value: {n}, as_of: 2022-05-05 }\n",
                "---\n",
            ),
            (&format!("{head}aliases: ["), "/a{n}/,", "]\n---\n"),
            (&format!("{head}byline: \""), "水,", "\"\n---\n"),
            (&format!("{head}k"), "e", ": 1\n---\n"),
            (&format!("{head}byline: "), "[", "\n---\n"),
            (&format!("{head}byline: "), "{a: ", "\n---\n"),
            (&format!("{head}byline:\n  "), "- ", "\n---\n"),
            (&format!("{head}byline: &a 水\nk: ["), "*a,", "]\n---\n"),
        ],
    );
}

#[test]
fn hostile_figures_are_linted_in_time() {
    let mut head = "---\ntitle: A\nsummary: B\npublished: 2022-05-05\nreports:\n".to_owned();
    for (jobs, day) in date(1980, 1, 1).series(1.day()).take(15_000).enumerate() {
        writeln!(head, "  - {{ goal: jobs, value: 0.{jobs:05}, as_of: {day} }}").unwrap();
    }
    head.push_str("---\n");
    for pattern in ["{n}7 new jobs and ", "{n}7 jobs\n\n"] {
        assert_eq!(
            judged_in_time("bulletins/lake.md", &[(&head, pattern, "\n")]),
            1,
            "advice is given"
        );
    }
}

#[test]
fn hostile_bodies_are_read_in_time() {
    let head = "---\ntitle: A\nsummary: B\npublished: 2022-05-05\nmentions: [wells]\n---\n";
    let patterns = [
        "<b>",
        "**",
        "*a ",
        "[",
        "[a](b.md) ",
        "[[a](b.md)",
        "[a](b.md)) ",
        "1.甲\n",
        "\\u0041",
        "=E1",
        "[a](b.md",
        "[a]（b.md） ",
        "![](b.png)\n",
        "## A\n\n",
        "#### A\n\n",
        "# \n",
        "[^a{n}] ",
        "[^a{n}]: b\n\n",
        "[a][b{n}] ",
        "> ",
        "- ",
        "1. ",
        "1. **a** b\n",
        "> **1**\n>\n> a\n\n",
        "<details>\n<summary>a</summary>\n\n",
        "| a ",
        "| |\n|-|\n\n",
        "word ",
        "`",
        "&amp; ",
        "a，b ",
        "12 wells ",
        "[here](/) ",
        "**A**\n\nB\n\n",
        "\\",
    ];
    let patterns: Vec<(&str, &str, &str)> =
        patterns.iter().map(|pattern| (head, *pattern, "\n")).collect();
    judged_in_time("bulletins/lake.md", &patterns);
}

#[test]
fn hostile_chinese_bodies_are_linted_in_time() {
    let patterns = ["水 水", "水,", "水a", "１", "水 a", "《水", "水）", "“水\n\n"];
    let patterns: Vec<(&str, &str, &str)> =
        patterns.iter().map(|pattern| ("---\ntitle: 公报\n---\n", *pattern, "\n")).collect();
    judged_in_time("bulletins/_index.zh.md", &patterns);
}
