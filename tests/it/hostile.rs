//! Files of the largest size that is read, made to cost as much as they can: `check` ends soon for each.

use std::time::{Duration, Instant};

use gazette::diagnostic::{Diagnostics, Tongue, render};
use gazette::edition;
use gazette::lint::lint;
use gazette::source::{MAX_TEXT_BYTES, Snapshot};

use crate::harness::{Folder, TODAY, instant};

/// How long one file may take in a build without optimisation, on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

/// As much of a pattern as fits into one file; `{n}` counts.
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

/// Everything that `check` does with a folder, told in one form.
fn judge(snapshot: &Snapshot) -> usize {
    let reading = edition::read(snapshot, Diagnostics::default(), None);
    let mut found = reading.diagnostics;
    if !found.has_errors() {
        found.append(lint(&reading.content, snapshot, instant(TODAY)));
    }
    let found = found.into_sorted();
    let texts = |path: &str| snapshot.shown(path);
    let audience = render::Audience { root: "content", tongue: Tongue::English, texts: &texts };
    found.iter().map(|one| render::human(one, &audience, false).len()).sum()
}

/// Names the patterns that take too long.
fn judged_in_time(path: &str, patterns: &[(&str, &str, &str)]) {
    let mut late = Vec::new();
    for (head, pattern, foot) in patterns {
        let snapshot = Folder::city().goal("wells", "kind: continue").with(path, much(head, pattern, foot)).snapshot();
        let begun = Instant::now();
        judge(&snapshot);
        if begun.elapsed() > LIMIT {
            late.push(format!("{pattern:?} took {:?}", begun.elapsed()));
        }
    }
    assert!(late.is_empty(), "{path}: {late:#?}");
}

#[test]
fn front_matter_ends_in_time() {
    let head = "---\ntitle: A\nsummary: B\npublished: 2022-05-05\n";
    judged_in_time(
        "bulletins/lake.md",
        &[
            (head, "a{n}: 1\n", "---\n"),
            (head, "title: A\n", "---\n"),
            (&format!("{head}mentions: ["), "g{n},", "]\n---\n"),
            (&format!("{head}mentions: ["), "wells,", "]\n---\n"),
            (&format!("{head}reports:\n"), "  - { goal: wells, note: n, as_of: 2022-05-05 }\n", "---\n"),
            (&format!("{head}reports:\n"), "  - { goal: wells, value: {n}, as_of: 2022-05-05 }\n", "---\n"),
            (&format!("{head}aliases: ["), "/a{n}/,", "]\n---\n"),
            (&format!("{head}byline: \""), "水,", "\"\n---\n"),
            (&format!("{head}k"), "e", ": 1\n---\n"),
            (&format!("{head}byline: "), "[", "\n---\n"),
            (&format!("{head}byline: "), "{a: ", "\n---\n"),
        ],
    );
}

#[test]
fn bodies_end_in_time() {
    let head = "---\ntitle: A\nsummary: B\npublished: 2022-05-05\nmentions: [wells]\n---\n";
    let patterns = [
        "<b>",
        "**",
        "*a ",
        "[",
        "[a](b.md) ",
        "![](b.png)\n",
        "## A\n\n",
        "#### A\n\n",
        "# \n",
        "[^a{n}] ",
        "[^a{n}]: b\n\n",
        "[a][b{n}] ",
        "> ",
        "- ",
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
    let patterns: Vec<(&str, &str, &str)> = patterns.iter().map(|pattern| (head, *pattern, "\n")).collect();
    judged_in_time("bulletins/lake.md", &patterns);
}

#[test]
fn chinese_bodies_end_in_time() {
    let patterns = ["水 水", "水,", "水a", "１", "水 a"];
    let patterns: Vec<(&str, &str, &str)> =
        patterns.iter().map(|pattern| ("---\ntitle: 公报\n---\n", *pattern, "\n")).collect();
    judged_in_time("bulletins/_index.zh.md", &patterns);
}
