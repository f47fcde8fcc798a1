//! The tools of these tests: a [`Folder`] of content, the [`Site`] compiled from it at an instant,
//! the [`Reply`] to a request, and the [`Page`] in it.

mod folder;
mod page;
mod reply;
mod site;

use std::path::{Path, PathBuf};

use gazette::diagnostic::{Diagnostic, Diagnostics, MessageLanguage, render};
use gazette::edition::{self, CompileError, Edition};
use gazette::editor::lint::lint;
use gazette::record;
use gazette::source::{Snapshot, Source, assets};
use jiff::Timestamp;

pub(crate) use folder::{Folder, SITE};
pub(crate) use page::{Page, children, href, text_of};
pub(crate) use reply::Reply;
pub(crate) use site::Site;

/// The folder of this crate.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Parses an instant (RFC 3339).
#[track_caller]
pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// An instant at which all of the real content and most fixtures is public.
pub(crate) const TODAY: &str = "2026-11-01T00:00:00Z";

/// Copies a folder with everything in it.
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

/// Renders diagnostics in the one-line form.
pub(crate) fn short(found: &[Diagnostic], snapshot: &Snapshot) -> Vec<String> {
    let texts = |path: &str| snapshot.text_lossy(path);
    let options = render::RenderOptions {
        root: "content",
        language: MessageLanguage::English,
        texts: &texts,
    };
    found.iter().map(|one| render::short(one, &options)).collect()
}

/// The diagnostics of a snapshot as `check` finds them: errors and warnings, and lints where there
/// are no errors.
pub(crate) fn diagnostics(snapshot: &Snapshot, found: Diagnostics) -> Vec<Diagnostic> {
    let loaded = record::load(snapshot, found, None);
    match edition::compile(&loaded.content, loaded.diagnostics, &assets(), instant(TODAY)) {
        Ok(output) => {
            let mut all: Diagnostics = output.warnings.into_iter().collect();
            all.append(lint(&loaded.content, snapshot, instant(TODAY)));
            all.into_sorted()
        }
        Err(CompileError::Content(found)) => found,
        Err(CompileError::Page(error)) => panic!("cannot render a page: {error}"),
    }
}

/// Compiles a snapshot at an instant.
pub(crate) fn compiled(
    snapshot: &Snapshot,
    found: Diagnostics,
    at: &str,
) -> Result<Edition, Vec<Diagnostic>> {
    let loaded = record::load(snapshot, found, None);
    let outcome = edition::compile(&loaded.content, loaded.diagnostics, &assets(), instant(at));
    match outcome {
        Ok(output) => Ok(output.edition),
        Err(CompileError::Content(found)) => Err(found),
        Err(CompileError::Page(error)) => panic!("cannot render a page: {error}"),
    }
}

/// Compiles a snapshot that has no errors.
#[track_caller]
pub(crate) fn edition_of(snapshot: &Snapshot, at: &str) -> Edition {
    compiled(snapshot, Diagnostics::default(), at).unwrap_or_else(|found| {
        panic!("the content has errors:\n{}", short(&found, snapshot).join("\n"))
    })
}

/// The snapshot of the real content.
pub(crate) fn real_snapshot() -> Snapshot {
    let (snapshot, found) =
        Source::Directory(repository().join("content")).snapshot().expect("the content folder");
    assert!(found.is_empty(), "{found:?}");
    snapshot
}
