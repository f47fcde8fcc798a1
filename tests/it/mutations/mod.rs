//! The real content with one mistake at a time, for every rule and in several files: the only
//! diagnostic is at the place of the mistake.
//!
//! A mutation is written as an edit whose text has a mark, `‸`, where the diagnostic must point.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use gazette::diagnostic::render::position;
use gazette::diagnostic::{Code, Diagnostics};
use gazette::editor::lint::lint;
use gazette::record;
use gazette::source::Snapshot;
use rayon::prelude::*;

use self::table::{Edit, In, MUTATIONS};
use crate::harness::{TODAY, instant, real_snapshot};
use crate::links::LINK_CODES;

mod manual_cases;
mod table;

type Files = BTreeMap<String, Vec<u8>>;

/// A place: file, line, column.
type Place = (String, usize, usize);

const MARK: char = '‸';

/// The number of files in which each mutation is tried, where it fits so many.
const FILES_EACH: usize = 4;

static REAL: LazyLock<Files> = LazyLock::new(|| {
    real_snapshot().files().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect()
});

/// Codes that no edit of one text of the real content can show; each has a test of its own.
const MANUAL_CASES: &[Code] = &[
    Code::NotUtf8,
    Code::TooLarge,
    Code::SymlinkEscape,
    Code::UnreadFolder,
    Code::ShrinkingFigure,
    Code::NoAlt,
    Code::HeavyImage,
    Code::BadTable,
    Code::WrongKind,
    Code::NamesAuthor,
    Code::HasComments,
    Code::LongSummary,
    Code::LongAlert,
    Code::NoSource,
    Code::NoGoal,
    Code::NoWayToComment,
    Code::ContradictedReport,
    Code::NotCounted,
    Code::NotPublic,
    Code::DuplicateNumber,
    Code::DocumentCircle,
    Code::HeadingInAlert,
    Code::FootnoteInAlert,
    Code::ChangedNumber,
    Code::RemovedNumber,
    Code::RepeatedNumber,
    Code::NoBulletin,
    Code::WrongDay,
    Code::MissingMessage,
    Code::BadMessage,
];

/// The content after an edit, and the place of the mark.
fn broken(path: &str, edit: Edit) -> Option<(Files, Place)> {
    let mut files = REAL.clone();
    let text = String::from_utf8(files.get(path)?.clone()).expect("UTF-8");
    let (path, marked) = match edit {
        Edit::Line(start, becomes) => {
            let line = text.lines().find(|line| line.starts_with(start))?;
            let title = text
                .lines()
                .find_map(|line| line.strip_prefix("title: "))
                .unwrap_or_default()
                .trim_matches('"');
            (path, text.replacen(line, &becomes.replace("{title}", title), 1))
        }
        Edit::Text(words, becomes) => {
            text.contains(words).then_some(())?;
            (path, text.replacen(words, becomes, 1))
        }
        Edit::Key(line) => {
            let key = line.trim_start_matches(MARK).split([':', '：']).next()?.trim();
            let end = text[4..].find("\n---\n")? + 5;
            let is_taken = key != "title" && text[..end].lines().any(|line| line.starts_with(key));
            (!is_taken).then_some(())?;
            (path, format!("{}{line}\n{}", &text[..end], &text[end..]))
        }
        Edit::Body(block) => (path, format!("{}\n\n{block}\n", text.trim_end())),
        Edit::File(path, text) => (path, text.to_owned()),
        Edit::Without(gone, path, mark) => {
            files.remove(gone);
            let text = REAL.get(path).map(|text| String::from_utf8_lossy(text).into_owned())?;
            (path, text.replacen(mark.trim_end_matches(MARK), mark, 1))
        }
    };
    let at = marked.find(MARK);
    let text = marked.replace(MARK, "");
    // Without a mark, the diagnostic is about the file, or about its front matter as a whole.
    let at = at.unwrap_or(if text.starts_with("---\n") && text.matches("\n---\n").count() > 0 {
        4
    } else {
        0
    });
    let place = position(&text, at);
    if !matches!(edit, Edit::Without(..)) {
        files.insert(path.to_owned(), text.into_bytes());
    }
    Some((files, (path.to_owned(), place.line, place.column)))
}

/// The diagnostics of a content that the real one does not have: code and place.
fn said(files: &Files) -> Vec<(Code, Place)> {
    static BEFORE: LazyLock<BTreeSet<(Code, Place)>> =
        LazyLock::new(|| judged(&REAL).into_iter().collect());
    let mut said = judged(files);
    said.retain(|one| !BEFORE.contains(one));
    said
}

fn judged(files: &Files) -> Vec<(Code, Place)> {
    let snapshot: Snapshot =
        files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    places(&snapshot, Diagnostics::default())
}

fn places(snapshot: &Snapshot, found: Diagnostics) -> Vec<(Code, Place)> {
    let loaded = record::load(snapshot, found, None);
    let mut found = loaded.diagnostics;
    if !found.has_errors() {
        found.append(lint(&loaded.content, snapshot, instant(TODAY)));
    }
    let place = |path: &str, at: usize| {
        let place = position(snapshot.text_lossy(path).unwrap_or_default(), at);
        (path.to_owned(), place.line, place.column)
    };
    found.into_sorted().iter().map(|one| (one.code, place(&one.path, one.span.start))).collect()
}

/// The files in which an edit is tried: of those that it fits the first, the last and some between.
fn candidates(files: In, edit: Edit) -> Vec<(Files, Place)> {
    let fitting: Vec<(Files, Place)> = REAL
        .iter()
        .filter(|(path, text)| files.has(path, &String::from_utf8_lossy(text)))
        .filter_map(|(path, _)| broken(path, edit))
        .collect();
    let step = fitting.len().div_ceil(FILES_EACH).max(1);
    fitting.into_iter().step_by(step).collect()
}

#[test]
fn mutation_gives_one_diagnostic_at_its_place() {
    let wrong: Vec<String> = MUTATIONS
        .par_iter()
        .flat_map(|(code, files, edit)| {
            let tried = candidates(*files, *edit);
            assert!(!tried.is_empty(), "{code} is tried nowhere");
            tried
                .into_iter()
                .filter_map(move |(files, place)| {
                    let said = said(&files);
                    (said != [(*code, place.clone())])
                        .then(|| format!("{code} at {place:?}: {said:?}"))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} mutations are not named alone:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Codes that can occur in one place only: the site's settings.
const IN_ONE_PLACE: &[Code] = &[Code::MissingSite];

#[test]
fn mutations_break_every_rule_in_several_places() {
    let mut places: BTreeMap<Code, BTreeSet<Place>> = BTreeMap::new();
    for (code, files, edit) in MUTATIONS {
        places
            .entry(*code)
            .or_default()
            .extend(candidates(*files, *edit).into_iter().map(|(_, place)| place));
    }
    let alone: Vec<Code> = places
        .iter()
        .filter(|(code, places)| places.len() < 2 && !IN_ONE_PLACE.contains(code))
        .map(|(code, _)| *code)
        .collect();
    assert!(alone.is_empty(), "tried in one place only: {alone:?}");
}

#[test]
fn mutations_cover_every_code() {
    let tried = MUTATIONS.iter().map(|(code, ..)| code).chain(MANUAL_CASES).chain(&LINK_CODES);
    let tried: BTreeSet<&Code> = tried.collect();
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !tried.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The real content with files added or replaced.
fn with(changes: &[(&str, &[u8])]) -> Files {
    let mut files = REAL.clone();
    files.extend(changes.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
    files
}

fn text(path: &str) -> String {
    String::from_utf8(REAL[path].clone()).expect("UTF-8")
}

fn at(path: &str, line: usize, column: usize) -> Place {
    (path.to_owned(), line, column)
}
