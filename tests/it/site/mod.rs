//! Every URL of the real site through the whole application.

mod feeds;
mod html;
mod http;

use gazette::edition::{Edition, PathEntry};

use crate::harness::{TODAY, edition_of, real_snapshot};

const BASE: &str = "https://bulletin.example";

const ANNOUNCEMENT: &str = "/bulletins/2022-development-goals/";

/// The language of a path.
fn language_of(path: &str) -> &'static str {
    if path.starts_with("/zh/") { "zh" } else { "en" }
}

/// The bytes of every response of an edition.
fn bytes_of(edition: &Edition) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (path, answer) in edition.entries() {
        match answer {
            PathEntry::Redirect(to) => all.push((path.to_owned(), to.as_bytes().to_vec())),
            PathEntry::Found(found) | PathEntry::Gone(found) => {
                for (encoding, _) in found.body.codings() {
                    let tag = found.body.entity_tag(encoding);
                    let bytes = found.body.bytes(encoding).to_vec();
                    all.push((format!("{path} {}", tag.as_str()), bytes));
                }
            }
        }
    }
    all
}

#[test]
fn compile_is_reproducible_on_any_core_count() {
    let snapshot = real_snapshot();
    let compile = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().expect("a pool");
        pool.install(|| edition_of(&snapshot, TODAY))
    };
    let (one, other) = (compile(1), compile(3));
    assert_eq!(one.id(), other.id());
    let (one, other) = (bytes_of(&one), bytes_of(&other));
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(&other) {
        assert!(one == other, "{} and {} differ", one.0, other.0);
    }
}

#[test]
fn embedded_content_equals_the_folder() {
    let (embedded, found) =
        gazette::source::Source::Embedded.snapshot().expect("the binary's own content");
    assert!(found.is_empty());
    let files = |snapshot: &gazette::source::Snapshot| {
        snapshot.files().map(|(path, bytes)| (path.to_string(), bytes.clone())).collect::<Vec<_>>()
    };
    assert!(files(&embedded) == files(&real_snapshot()));
}
