//! Fixture folders and what is said about them, as literal text.
//!
//! `tests/fixtures/diagnostics/<case>/content/` is compiled; `expected.en.txt` and `expected.zh.txt` beside it are every
//! diagnostic as a person reads it. `UPDATE_EXPECTED=1 cargo test --test it diagnostics` writes them anew, to be read before they are kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gazette::diagnostic::{Code, Diagnostic, Tongue, render};
use gazette::language::is_han;
use gazette::source::{MAX_TEXT_BYTES, Snapshot, Source};
use tempfile::TempDir;

use crate::harness::{TODAY, compiled, diagnostics, repository, short};
use crate::outbound::OF_THE_WEB;

fn fixtures() -> PathBuf {
    repository().join("tests/fixtures/diagnostics")
}

/// The cases in the order of their names.
fn cases() -> Vec<String> {
    let folders = std::fs::read_dir(fixtures()).expect("the fixtures");
    let mut cases: Vec<String> = folders
        .map(|entry| entry.unwrap().file_name().into_string().expect("a plain name"))
        .collect();
    cases.sort();
    cases
}

/// Adds what cannot stand in a repository: bytes that are no text, very long files, links to elsewhere.
fn add_by_hand(case: &str, content: &Path, outside: &Path) {
    let put =
        |path: &str, bytes: &[u8]| std::fs::write(content.join(path), bytes).expect("a new file");
    let head = "---\ntitle: A bulletin\nsummary: What it says in one sentence.\npublished: 2022-05-05\n---\n";
    match case {
        "file-not-utf8" => {
            put(
                "bulletins/latin.md",
                b"---\ntitle: A bulletin\nsummary: The caf\xe9 by the lake.\n---\n",
            );
            put("about.md", b"\xff\xfe-\0-\0-\0");
        }
        "file-too-large" => {
            let length = usize::try_from(MAX_TEXT_BYTES).unwrap() + 1 - head.len();
            put("bulletins/long.md", format!("{head}{}", "a".repeat(length)).as_bytes());
        }
        "file-symlink-escape" => {
            let secret = outside.join("secret.md");
            std::fs::write(&secret, head).expect("a new file");
            std::os::unix::fs::symlink(&secret, content.join("bulletins/outside.md"))
                .expect("a link");
            std::os::unix::fs::symlink("nowhere.md", content.join("bulletins/dangling.md"))
                .expect("a link");
            put("bulletins/lake.md", head.as_bytes());
            std::os::unix::fs::symlink("lake.md", content.join("bulletins/same.md"))
                .expect("a link");
        }
        "image-heavy" => {
            // A picture of 1200 by 800, as far as its head says.
            let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\xb0\0\0\x03\x20\x08\x02\0\0\0";
            put("bulletins/lake/lake.png", &[head.as_slice(), &vec![0; 620_000]].concat());
        }
        _ => {}
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a new folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// Everything that is found in a case, and the files that it is found in.
fn found(case: &str) -> (Snapshot, Vec<Diagnostic>) {
    let folder = TempDir::new().expect("a new folder");
    let (content, outside) = (folder.path().join("content"), folder.path().join("outside"));
    copy(&fixtures().join(case).join("content"), &content);
    std::fs::create_dir_all(&outside).expect("a new folder");
    add_by_hand(case, &content, &outside);
    let (snapshot, found) =
        Source::Directory(content).snapshot().expect("a folder that can be read");
    let found = diagnostics(&snapshot, found);
    assert!(!found.is_empty(), "{case} shows nothing");
    (snapshot, found)
}

/// Everything that is said about a case, in each language of messages.
fn said(case: &str) -> [String; 2] {
    let (snapshot, found) = found(case);
    let texts = |path: &str| snapshot.shown(path);
    Tongue::ALL.map(|tongue| {
        let audience = render::Audience { root: "content", tongue, texts: &texts };
        let mut text = String::new();
        for one in &found {
            text.push_str(&render::human(one, &audience, false));
            text.push_str("\n\n");
        }
        text + &render::count(&found, tongue) + "\n"
    })
}

#[test]
fn every_fixture_is_described_word_for_word() {
    let is_update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut differing = Vec::new();
    for case in cases() {
        for (tongue, said) in Tongue::ALL.into_iter().zip(said(&case)) {
            let path = fixtures().join(&case).join(format!("expected.{}.txt", tongue.tag()));
            if is_update {
                std::fs::write(&path, &said).expect("a written file");
            } else if std::fs::read_to_string(&path).ok().as_ref() != Some(&said) {
                differing.push(format!("=== {case}\n{said}"));
            }
        }
    }
    assert!(
        differing.is_empty(),
        "these are described in another way now:\n{}",
        differing.join("\n")
    );
}

/// Whether Chinese stands directly beside a name in backticks, or away from one that punctuation separates already.
fn is_spaced_wrongly(text: &str) -> bool {
    let is_wide = |c: char| "，。、；：？！（）“”".contains(c);
    // Names are the parts between an odd and an even backtick.
    let parts: Vec<&str> = text.split('`').collect();
    parts.iter().step_by(2).enumerate().any(|(place, words)| {
        let (first, last) = (words.chars().next(), words.chars().next_back());
        let (is_behind, is_before) = (place > 0, 2 * place + 1 < parts.len());
        let mut inner = words.trim().chars();
        let (start, end) = (inner.next(), inner.next_back());
        (is_behind && first.is_some_and(is_han))
            || (is_before && last.is_some_and(is_han))
            || (is_behind && first == Some(' ') && start.is_some_and(is_wide))
            || (is_before && last == Some(' ') && end.or(start).is_some_and(is_wide))
    })
}

#[test]
fn everything_is_said_in_chinese_too() {
    for case in cases() {
        for one in found(&case).1 {
            let related = one.related.iter().map(|related| &related.message);
            for said in [&one.message].into_iter().chain(&one.help).chain(related) {
                assert_ne!(said.en(), said.zh(), "{case}");
                assert!(said.zh().contains(is_han), "{case}: {}", said.zh());
                assert!(!said.zh().ends_with(['。', '.', ' ']), "{case}: {}", said.zh());
                assert!(!is_spaced_wrongly(said.zh()), "{case}: {}", said.zh());
                let words: String = said.en().split('`').step_by(2).collect();
                assert!(!words.contains(is_han), "{case}: {}", said.en());
            }
        }
    }
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_is_named_after_what_it_shows() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        let expected = std::fs::read_to_string(fixtures().join(&case).join("expected.en.txt"))
            .expect("an expected text");
        let codes: BTreeSet<&str> = Code::ALL
            .iter()
            .map(|code| code.name())
            .filter(|name| {
                ["error", "warning", "note"]
                    .iter()
                    .any(|level| expected.contains(&format!("{level}[{name}]")))
            })
            .collect();
        if let Some(named) = Code::ALL.iter().find(|code| code.name().replace('/', "-") == case) {
            assert!(codes.contains(named.name()), "{case} does not show {named}");
        }
        seen.extend(codes.into_iter().map(ToOwned::to_owned));
    }
    let shown = Code::ALL.iter().filter(|code| !OF_THE_WEB.contains(code));
    let all: BTreeSet<String> = shown.map(|code| code.name().to_owned()).collect();
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_one_line_form_says_where_what_and_how_to_mend_it() {
    let (snapshot, found) = Source::Directory(fixtures().join("front-matter-unknown-key/content"))
        .snapshot()
        .expect("a folder");
    let found = compiled(&snapshot, found, TODAY).expect_err("a fixture has errors");
    let lines = short(&found, &snapshot);
    let expected = "content/bulletins/near.md:5:1: error[front-matter/unknown-key]: `catgories` is not a key of a \
                    bulletin; help: did you mean `categories`?";
    assert!(lines.iter().any(|line| line == expected), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.contains('\n')), "{lines:#?}");
}
