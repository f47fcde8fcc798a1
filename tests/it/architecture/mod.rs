//! The shape of `src/`: no circle between files, no import from an earlier stage to a later one,
//! no methods outside the file of their type.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use crate::harness::repository;
use crate::sections::parse_sections;

mod modules;

use modules::Tree;

/// The folders of `src/` in the order of the stages: each may import only those before it.
const STAGES: [&str; 10] = [
    "language",
    "diagnostic",
    "source",
    "content",
    "record",
    "search",
    "pages",
    "edition",
    "editor",
    "http",
];

#[test]
fn source_files_follow_the_architecture() {
    let mut files = BTreeMap::new();
    read_folder(&repository().join("src"), "", &mut files);
    assert_eq!(find_breaches(&files), BTreeSet::new());
}

/// Small trees and the breach in each, if there is one.
const CASES: &[(&str, &str)] = &[
    (
        "-- lib.rs --
mod language; mod content; mod record;
-- language.rs --
pub enum Language {}
-- content/mod.rs --
mod bulletin; mod goal;
pub use bulletin::Bulletin;
pub fn read() { goal::read(); }
-- content/bulletin.rs --
use crate::language::Language;
pub struct Bulletin;
impl Bulletin {}
-- content/goal.rs --
use super::{Bulletin, read as read_all};
#[cfg(test)]
mod tests { use crate::record::Record; }
-- record.rs --
use crate::content::{self, Bulletin};
impl Into<Record> for Bulletin {}
impl<T> Deref for content::Bulletin where T: Copy { type Target = T; }
",
        "",
    ),
    (
        "-- lib.rs --
mod pages;
-- pages/mod.rs --
mod a; mod b; mod c;
pub use c::C;
-- pages/a.rs --
use super::b::{B};
pub struct A;
-- pages/b.rs --
pub struct B;
fn f() -> super::C {}
-- pages/c.rs --
use crate::pages::{a as other};
pub struct C(other::A);
",
        "circle: pages::a -> pages::b -> pages::c",
    ),
    (
        "-- lib.rs --
mod pages;
-- pages/mod.rs --
mod home;
use home::Home;
pub struct Output(Home);
-- pages/home.rs --
use super::Output;
pub struct Home;
",
        "circle: pages -> pages::home",
    ),
    (
        "-- lib.rs --
mod content; mod record;
-- content.rs --
//! As `crate::record::Nothing`, but no \"{\".
pub fn f() -> char { '}' }
pub fn g() { let _ = crate::record::Record; }
-- record.rs --
pub struct Record;
",
        "later stage: content -> record",
    ),
    (
        "-- lib.rs --
mod editor; mod http;
-- editor.rs --
pub fn lint() {}
-- http.rs --
use crate::editor::lint;
",
        "later stage: http -> editor",
    ),
    (
        "-- lib.rs --
mod cli; mod http;
-- cli.rs --
use crate::http::serve;
-- http.rs --
pub fn serve() {}
-- unrelated.rs --
use crate::cli::run;
",
        "",
    ),
    (
        "-- lib.rs --
mod pages;
-- pages/mod.rs --
mod context; mod rows;
-- pages/context.rs --
pub struct Context<'r>(&'r str);
-- pages/rows.rs --
use super::context::Context;
impl<'r> Context<'r> {}
impl From<Context<'_>> for Row {}
",
        "methods of another file: pages::context::Context in pages::rows",
    ),
];

#[test]
fn breaches_in_made_up_trees_are_found() {
    for (tree, expected) in CASES {
        let (_, sections) = parse_sections(tree);
        let files = sections.into_iter().map(|(file, text)| (file.to_owned(), text.to_owned()));
        let found: Vec<String> = find_breaches(&files.collect()).into_iter().collect();
        assert_eq!(found.join("\n"), *expected, "{tree}");
    }
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().expect("a plain name"));
        if entry.path().is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), files);
        } else if Path::new(&name).extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, std::fs::read_to_string(entry.path()).expect("a source file"));
        }
    }
}

/// The breaches of the rules in a tree of files, each as a line.
fn find_breaches(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let tree = Tree::new(files);
    let arrows = tree.arrows();
    let mut found = BTreeSet::new();
    for (from, targets) in &arrows {
        found.extend(find_circle(&arrows, from).map(|way| format!("circle: {}", way.join(" -> "))));
        let later = targets.iter().filter(|to| !may_import(from, to));
        found.extend(later.map(|to| format!("later stage: {from} -> {to}")));
        for path in &tree.0[*from].impls {
            let home = tree.resolve(from, path).map_or((*from).to_owned(), |(home, _)| home);
            if home != **from {
                found.insert(format!("methods of another file: {home}::{} in {from}", path[0]));
            }
        }
    }
    found
}

fn may_import(from: &str, to: &str) -> bool {
    let [from, to] = [from, to].map(|path| path.split("::").next().unwrap_or_default());
    let rank = |stage| STAGES.iter().position(|known| *known == stage).unwrap_or(STAGES.len());
    // `lib.rs` and `cli` may import everything; `editor` is for `cli` alone.
    from.is_empty() || from == "cli" || from == to || (rank(to) < rank(from) && to != "editor")
}

/// The shortest way along the arrows from a module back to itself, from its least name on.
fn find_circle<'a>(
    arrows: &'a BTreeMap<&str, BTreeSet<String>>,
    start: &'a str,
) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(mut way) = ways.pop_front() {
        for next in &arrows[way[way.len() - 1]] {
            if next == start {
                let least = (0..way.len()).min_by_key(|at| way[*at])?;
                way.rotate_left(least);
                return Some(way);
            }
            if seen.insert(next) {
                ways.push_back([way.as_slice(), &[next]].concat());
            }
        }
    }
    None
}
