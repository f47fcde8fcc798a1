//! Dependencies: each is used, from crates.io, under a known licence, and in one version unless a
//! reason is given.
//!
//! The resolved crates of this machine's platform are read from `cargo metadata`, without network.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::harness::repository;

/// Licences that may be combined with this program's own (SPDX identifiers).
const LICENCES: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Crates that occur in several versions, and why.
const DUPLICATES: [(&str, &str); 11] = [
    ("ahash", "fast2s uses 0.7, jsonschema 0.8"),
    ("bit-vec", "fancy-regex uses 0.8, proptest 0.9"),
    ("getrandom", "ahash 0.7 uses 0.2, ahash 0.8 uses 0.3, tempfile 0.4"),
    ("hashbrown", "fast2s uses 0.12, jieba-rs 0.16, jsonschema 0.17"),
    ("http", "actix-web uses 0.2, ureq 1"),
    ("miniz_oxide", "png uses 0.8, flate2 0.9"),
    ("nom", "tantivy uses 7, icalendar 8"),
    ("rand", "tantivy uses 0.9, proptest 0.10"),
    ("rand_core", "follows rand"),
    ("syn", "jieba-rs uses 3, the other derive macros 2"),
    ("synstructure", "follows syn"),
];

/// Crates that are named only to switch on a feature of a crate that others use.
const FEATURES_ONLY: [&str; 1] = ["icu_provider"];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn dependencies_all_come_from_crates_io() {
    for package in resolved_packages() {
        let (name, source) = (&package["name"], &package["source"]);
        assert!(
            name == "gazette" || source == CRATES_IO,
            "{name} comes from {source}, not from crates.io"
        );
    }
}

#[test]
fn dependencies_have_known_licences() {
    for package in resolved_packages() {
        let expression = package["license"].as_str().unwrap_or_default();
        assert!(
            is_licence_accepted(expression),
            "{} has the licence {expression:?}: add it to LICENCES if it fits",
            package["name"]
        );
    }
}

#[test]
fn dependencies_in_two_versions_have_reasons() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in resolved_packages() {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        versions.entry(text("name")).or_default().insert(text("version"));
    }
    let found: BTreeSet<&str> =
        versions.iter().filter(|(_, all)| all.len() > 1).map(|(name, _)| name.as_str()).collect();
    let listed: BTreeSet<&str> = DUPLICATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, listed, "crates in several versions, and those that DUPLICATES explains");
}

#[test]
fn dependencies_named_in_manifest_are_used() {
    let manifest: toml::Table =
        std::fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    let program = sources_below(&["src"]);
    let everything = sources_below(&["src", "tests", "benches"]);
    for (table, text) in [("dependencies", &program), ("dev-dependencies", &everything)] {
        for name in manifest[table].as_table().unwrap().keys() {
            let is_used = is_crate_used(name, text) || FEATURES_ONLY.contains(&name.as_str());
            assert!(is_used, "{name} is in [{table}] and used nowhere");
        }
    }
}

#[test]
fn dependency_checks_reject_bad_input() {
    assert!(is_licence_accepted("MIT/Apache-2.0"));
    assert!(is_licence_accepted("GPL-3.0-only OR MIT"));
    assert!(is_licence_accepted("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_licence_accepted("GPL-3.0-only"));
    assert!(!is_licence_accepted("MIT AND GPL-3.0-only"));
    assert!(!is_licence_accepted(""));
    assert!(is_crate_used("serde-json", "use serde_json::Value;"));
    assert!(!is_crate_used("serde", "use serde_json::Value;"));
    assert!(!is_crate_used("tree", "let tree = my_tree::new();"));
}

/// The packages that are built on this platform, from `cargo metadata`.
fn resolved_packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform"])
        .arg(host)
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let used: BTreeSet<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.filter(|package| used.contains(package["id"].as_str().unwrap())).cloned().collect()
}

/// Whether an SPDX expression can be met with [`LICENCES`]; `/` is an old spelling of `OR`.
fn is_licence_accepted(expression: &str) -> bool {
    let mut depth = 0_i32;
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    for operator in ["AND", "OR"] {
        for (index, word) in words.iter().enumerate() {
            match *word {
                "(" => depth += 1,
                ")" => depth -= 1,
                word if word == operator && depth == 0 => {
                    let left = is_licence_accepted(&words[..index].join(" "));
                    let right = is_licence_accepted(&words[index + 1..].join(" "));
                    return if operator == "AND" { left && right } else { left || right };
                }
                _ => {}
            }
        }
    }
    match words.as_slice() {
        ["(", inner @ .., ")"] => is_licence_accepted(&inner.join(" ")),
        [licence] | [licence, "WITH", _] => LICENCES.contains(licence),
        _ => false,
    }
}

/// Whether the text names the crate in a path or an attribute.
fn is_crate_used(name: &str, text: &str) -> bool {
    let name = name.replace('-', "_");
    text.match_indices(&name).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = &text[start + name.len()..];
        !before.is_some_and(|char| char.is_alphanumeric() || char == '_')
            && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

/// The text of all Rust files below the folders.
fn sources_below(folders: &[&str]) -> String {
    let mut text = String::new();
    for folder in folders {
        append_sources(&repository().join(folder), &mut text);
    }
    text
}

fn append_sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            append_sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
