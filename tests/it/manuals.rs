//! Documents that promise something about the program: what they name exists, and their flags,
//! variables and defaults are those of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::cli::{run, text};
use crate::harness::repository;

fn document(name: &str) -> String {
    fs::read_to_string(repository().join("docs").join(name)).expect("a document")
}

/// The texts between backticks.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names of all tests in Rust.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["tests/it", "src"] {
        add_tests(&repository().join(folder), &mut names);
    }
    names
}

fn add_tests(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            add_tests(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(path).expect("source");
            for (_, rest) in
                source.match_indices("#[test]").map(|(at, mark)| source.split_at(at + mark.len()))
            {
                let name = rest.split("fn ").nth(1).and_then(|rest| rest.split('(').next());
                names.extend(name.map(str::to_owned));
            }
        }
    }
}

/// Whether a code span has the form of a test's name: at least three words in small letters. Those
/// of metrics have it too.
fn is_test_name(span: &str) -> bool {
    !["_", "gazette_", "process_"].iter().any(|metric| span.starts_with(metric))
        && span.matches('_').count() >= 2
        && span
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The names of tests, steps of `.ci/run` and cases of diagnostics in a text that do not exist.
fn missing_evidence(text: &str, tests: &BTreeSet<String>) -> Vec<String> {
    let steps = fs::read_to_string(repository().join(".ci/run")).expect("the steps");
    let cases = repository().join("tests/fixtures/diagnostics");
    let is_missing = |span: &&str| {
        if let Some(named) = span.strip_prefix("bash .ci/run ") {
            let mut named = named.split_whitespace();
            named.any(|step| !steps.contains(&format!("\n  '{step}|")))
        } else if is_test_name(span) {
            !tests.contains(*span)
        } else {
            text.contains(&format!("case `{span}`")) && !cases.join(format!("{span}.md")).exists()
        }
    };
    code_spans(text).filter(is_missing).map(str::to_owned).collect()
}

#[test]
fn documents_name_tests_and_steps_that_exist() {
    let tests = tests();
    assert!(tests.len() > 500, "{}", tests.len());
    for name in ["security.md", "operating.md"] {
        let missing = missing_evidence(&document(name), &tests);
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }
    let wrong = "`no_such_test_exists`, `bash .ci/run nothing` and the case `none-such`";
    assert_eq!(
        missing_evidence(wrong, &tests),
        ["no_such_test_exists", "bash .ci/run nothing", "none-such"]
    );
}

#[test]
fn every_threat_names_what_shows_its_end() {
    let security = document("security.md");
    // The table below has the fuzz targets.
    let (tables, _) = security.split_once("\n## Fuzzing\n").expect("the heading");
    let rows = tables.lines().filter(|line| line.starts_with("| "));
    let mut threats = 0;
    for row in rows.filter(|row| !row.starts_with("| Attempt") && !row.starts_with("| ---")) {
        let shown = row.trim_end_matches(" |").rsplit(" | ").next().expect("a cell");
        let is_shown = code_spans(shown)
            .any(|span| is_test_name(span) || span.starts_with("bash .ci/run "))
            || shown.contains("case");
        assert!(is_shown, "{row}");
        threats += 1;
    }
    assert!(threats > 14, "{threats}");
}

/// A flag in a table or in `--help`.
#[derive(Debug, PartialEq, Eq)]
struct Flag {
    variable: Option<String>,
    /// The value that the program says it takes without the flag.
    default: Option<String>,
}

/// The text between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

/// The flags that `gazette serve --help` lists.
fn flags_of_program() -> BTreeMap<String, Flag> {
    let output = run(&["serve", "--help"]);
    let help = text(&output.stdout);
    let options = help.split_once("Options:\n").expect("options").1;
    let mut flags = BTreeMap::new();
    for entry in options.split("\n      --") {
        let entry = entry.split_whitespace().collect::<Vec<_>>().join(" ");
        let entry = entry.trim_start_matches("--");
        let name = entry.split([' ', '[', '=']).next().expect("a name");
        let flag = Flag {
            variable: between(entry, "[env: ", "=]").map(str::to_owned),
            default: between(entry, "[default: ", "]").map(str::to_owned),
        };
        flags.insert(format!("--{name}"), flag);
    }
    flags
}

#[test]
fn operating_table_has_every_flag_with_its_default() {
    let operating = document("operating.md");
    let mut documented = BTreeMap::new();
    for row in operating.lines().filter(|row| row.starts_with("| `--")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [flag, variable, meaning] = cells[..] else { panic!("three cells: {row}") };
        let flag = flag.trim_matches('`').split([' ', '[']).next().expect("a flag");
        documented.insert(flag.to_owned(), (variable.trim_matches('`'), meaning));
    }
    let flags = flags_of_program();
    assert!(flags.len() > 15, "{flags:?}");
    let names: Vec<&String> = documented.keys().collect();
    assert_eq!(names, flags.keys().collect::<Vec<_>>());
    for (name, flag) in &flags {
        let (variable, meaning) = documented[name];
        assert_eq!(variable, flag.variable.as_deref().unwrap_or_default(), "{name}");
        if let Some(default) = &flag.default {
            let is_said = [format!("`{default}` by default"), format!("{default} by default")];
            assert!(is_said.iter().any(|said| meaning.contains(said)), "{name}: {meaning}");
        }
    }
}
