//! Fixtures of content mistakes with their diagnostics as literal text.
//!
//! `tests/fixtures/diagnostics/<case>.md` has files that are laid over `tests/fixtures/base/`, and
//! every diagnostic of the result in English and Chinese. `-- path (removed) --` removes a file of
//! the base, `-- path (copy of other) --` copies a file of `tests/fixtures/`.
//! `UPDATE_EXPECTED=1 cargo test --test it diagnostics` writes the expected texts.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use gazette::diagnostic::{Code, Diagnostic, Diagnostics, MessageLanguage, render};
use gazette::language::is_han;
use gazette::source::{MAX_TEXT_BYTES, Snapshot, Source};
use tempfile::TempDir;

use crate::harness::{TODAY, compiled, copy, diagnostics, repository, short};
use crate::links::LINK_CODES;
use crate::sections::parse_sections;

fn fixtures() -> PathBuf {
    repository().join("tests/fixtures")
}

/// A fixture: its name and its text.
struct Case {
    name: String,
    text: String,
}

impl Case {
    fn read(name: &str) -> Self {
        let path = fixtures().join("diagnostics").join(name).with_extension("md");
        let text = std::fs::read_to_string(path).expect("a fixture");
        Self { name: name.to_owned(), text }
    }

    /// All cases in the order of their names.
    fn all() -> Vec<Self> {
        let files = std::fs::read_dir(fixtures().join("diagnostics")).expect("the fixtures");
        let mut names: Vec<String> = files
            .map(|entry| entry.unwrap().file_name().into_string().expect("a plain name"))
            .map(|file| file.strip_suffix(".md").expect("a Markdown file").to_owned())
            .collect();
        names.sort();
        names.iter().map(|name| Self::read(name)).collect()
    }

    /// The text before the expected diagnostics, and these in each language.
    fn parts(&self) -> (&str, Vec<&str>) {
        let start = self.text.find("-- expected.en --\n").unwrap_or(self.text.len());
        let (input, expected) = self.text.split_at(start);
        (input, parse_sections(expected).1.into_iter().map(|(_, text)| text).collect())
    }

    /// Writes the base and the files of the case, and reads the folder as the program does.
    fn snapshot(&self) -> (Snapshot, Diagnostics) {
        let folder = TempDir::new().expect("a new folder");
        let content = folder.path().join("content");
        copy(&fixtures().join("base"), &content);
        for (name, text) in parse_sections(self.parts().0).1 {
            write_section(name, text, &content);
        }
        add_special_files(&self.name, &content, folder.path());
        Source::Directory(content).snapshot().expect("a folder that can be read")
    }

    /// The diagnostics of the case, and the files in which they are.
    fn diagnostics(&self) -> (Snapshot, Vec<Diagnostic>) {
        let (snapshot, found) = self.snapshot();
        let found = diagnostics(&snapshot, found);
        assert!(!found.is_empty(), "{} shows nothing", self.name);
        (snapshot, found)
    }

    /// The text of the case with its present diagnostics as the expected ones.
    fn updated(&self) -> String {
        let (snapshot, found) = self.diagnostics();
        let texts = |path: &str| snapshot.text_lossy(path);
        let mut text = self.parts().0.to_owned();
        for language in MessageLanguage::ALL {
            let options = render::RenderOptions { root: "content", language, texts: &texts };
            writeln!(text, "-- expected.{} --", language.tag()).unwrap();
            for one in &found {
                writeln!(text, "{}\n", render::human(one, &options, false)).unwrap();
            }
            writeln!(text, "{}", render::count(&found, language)).unwrap();
        }
        text
    }
}

fn write_section(name: &str, text: &str, content: &Path) {
    if let Some(path) = name.strip_suffix(" (removed)") {
        return std::fs::remove_file(content.join(path)).expect("a file of the base");
    }
    let copied = name.strip_suffix(')').and_then(|name| name.split_once(" (copy of "));
    let (path, bytes) = match copied {
        Some((path, other)) => (path, std::fs::read(fixtures().join(other)).expect("a fixture")),
        None => (name, text.as_bytes().to_owned()),
    };
    let path = content.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    std::fs::write(path, bytes).expect("a new file");
}

/// Adds what a text file cannot hold: other encodings, very long files, links out of the folder.
fn add_special_files(case: &str, content: &Path, outside: &Path) {
    let write = |path: &str, bytes: &[u8]| {
        std::fs::create_dir_all(content.join(path).parent().expect("a folder")).unwrap();
        std::fs::write(content.join(path), bytes).expect("a new file");
    };
    let link = |target: &Path, path: &str| symlink(target, content.join(path)).expect("a link");
    let head = "---\ntitle: A bulletin\nsummary: What it says in one sentence.\n\
                published: 2022-05-05\n---\n";
    match case {
        "file-not-utf8" => {
            let latin = b"---\ntitle: A bulletin\nsummary: The caf\xe9 by the lake.\n---\n";
            write("bulletins/latin.md", latin);
            write("about.md", b"\xff\xfe-\0-\0-\0");
        }
        "file-too-large" => {
            let length = usize::try_from(MAX_TEXT_BYTES).unwrap() + 1 - head.len();
            write("bulletins/long.md", format!("{head}{}", "a".repeat(length)).as_bytes());
        }
        "file-symlink-escape" => {
            let secret = outside.join("secret.md");
            std::fs::write(&secret, head).expect("a new file");
            link(&secret, "bulletins/outside.md");
            link(Path::new("nowhere.md"), "bulletins/dangling.md");
            write("bulletins/lake.md", head.as_bytes());
            link(Path::new("lake.md"), "bulletins/same.md");
        }
        "file-unread-folder" => {
            write("files/1/2/3/4/5/6/7/8/deep.txt", b"deep");
            write("files/1/2/3/4/5/6/7/8/9/10/11/secret.md", head.as_bytes());
            link(Path::new("."), "files/loop");
            // Each of two links leads to the folder of the other one.
            write("files/a/note.txt", b"a");
            write("files/b/note.txt", b"b");
            link(Path::new("../b"), "files/a/other");
            link(Path::new("../a"), "files/b/other");
        }
        "image-heavy" => {
            // An image of 1200 by 800 pixels, according to its header.
            let header =
                b"RIFF\xfe\x75\x09\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xaf\x04\0\x1f\x03\0VP8 \xe0\x75\x09\0";
            write("bulletins/lake/lake.webp", &[header.as_slice(), &vec![0; 620_000]].concat());
        }
        _ => {}
    }
}

#[test]
fn fixtures_give_the_expected_diagnostics() {
    let is_update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut changed = String::new();
    for case in Case::all() {
        let updated = case.updated();
        if updated == case.text {
            continue;
        }
        if is_update {
            let path = fixtures().join("diagnostics").join(case.name + ".md");
            std::fs::write(path, updated).expect("a written file");
        } else {
            writeln!(changed, "=== {}\n{updated}", case.name).unwrap();
        }
    }
    assert!(changed.is_empty(), "UPDATE_EXPECTED=1 would change these fixtures to:\n{changed}");
}

/// Whether Chinese touches a name in backticks, or a space follows wide punctuation beside one.
fn has_wrong_spacing(text: &str) -> bool {
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
fn every_diagnostic_has_a_chinese_text() {
    for case in Case::all() {
        for one in case.diagnostics().1 {
            let related = one.related.iter().map(|related| &related.message);
            for said in [&one.message].into_iter().chain(&one.help).chain(related) {
                let place = format!("{}: {}", case.name, said.zh());
                assert_ne!(said.en(), said.zh(), "{place}");
                assert!(said.zh().contains(is_han), "{place}");
                assert!(!said.zh().ends_with(['。', '.', ' ']), "{place}");
                assert!(!has_wrong_spacing(said.zh()), "{place}");
                let words: String = said.en().split('`').step_by(2).collect();
                assert!(!words.contains(is_han), "{}: {}", case.name, said.en());
            }
        }
    }
}

#[test]
fn every_code_has_a_fixture_of_its_name() {
    let mut seen = BTreeSet::new();
    for case in Case::all() {
        let (_, expected) = case.parts();
        let is_shown = |code: &Code| {
            let levels = ["error", "warning", "note"];
            levels.iter().any(|level| expected[0].contains(&format!("{level}[{code}]")))
        };
        let codes: Vec<Code> = Code::ALL.iter().copied().filter(is_shown).collect();
        if let Some(named) =
            Code::ALL.iter().find(|code| code.name().replace('/', "-") == case.name)
        {
            assert!(codes.contains(named), "{} does not show {named}", case.name);
        }
        seen.extend(codes.iter().map(|code| code.name()));
    }
    let expected = Code::ALL.iter().filter(|code| !LINK_CODES.contains(code));
    let missing: Vec<_> = expected.filter(|code| !seen.contains(code.name())).collect();
    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}

#[test]
fn short_form_has_place_message_and_help() {
    let (snapshot, found) = Case::read("front-matter-unknown-key").snapshot();
    let found = compiled(&snapshot, found, TODAY).expect_err("a fixture has errors");
    let lines = short(&found, &snapshot);
    let expected = "content/bulletins/near.md:5:1: error[front-matter/unknown-key]: `catgories` \
        is not \
                    a key of a bulletin; help: did you mean `categories`?";
    assert!(lines.iter().any(|line| line == expected), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.contains('\n')), "{lines:#?}");
}
