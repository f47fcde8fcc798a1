//! Loads content from files and checks it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::check;
use super::preview::{UpcomingChanges, reveal, upcoming};
use crate::content::image::Pictures;
use crate::content::{Content, KnownContent};
use crate::diagnostic::Diagnostics;
use crate::source::Snapshot;

/// The content of a folder with all its problems.
#[derive(Debug)]
pub struct LoadedContent {
    /// Everything that could be parsed.
    pub content: Arc<Content>,
    pub diagnostics: Diagnostics,
    pub timings: LoadTimings,
}

/// The durations of the steps of loading.
#[derive(Debug, Default, Clone, Copy)]
pub struct LoadTimings {
    /// Parsing of front matter and Markdown.
    pub content: Duration,
    /// Checks across files.
    pub check: Duration,
}

/// Parses and checks the files of a snapshot. `found` holds the problems of the source; `base_url`
/// replaces the one of `site.toml`.
#[must_use]
pub fn load(snapshot: &Snapshot, found: Diagnostics, base_url: Option<&str>) -> LoadedContent {
    load_after(snapshot, found, base_url, &mut KnownContent::default())
}

/// Loads as [`load`] does. Bulletins whose files are the same as the last time are not read again.
#[must_use]
pub fn load_after(
    snapshot: &Snapshot,
    found: Diagnostics,
    base_url: Option<&str>,
    known: &mut KnownContent,
) -> LoadedContent {
    let mut diagnostics = found;
    let started = Instant::now();
    let (mut content, problems) = Content::read_after(snapshot, known);
    let parsed = Instant::now();
    if let Some(base_url) = base_url {
        base_url.clone_into(&mut content.site.base_url);
    }
    diagnostics.append(problems);
    diagnostics.append(check(&content));
    let timings = LoadTimings { content: parsed - started, check: parsed.elapsed() };
    LoadedContent { content: Arc::new(content), diagnostics, timings }
}

/// Loads as [`load`] does, and then shows what is not public yet, with marks. Also returns what
/// will change by itself after the instant; nothing if the content has errors. `pictures` are those
/// of the last time.
#[must_use]
pub fn load_preview(
    snapshot: &Snapshot,
    found: Diagnostics,
    base_url: Option<&str>,
    instant: Timestamp,
    pictures: &mut Pictures,
) -> (LoadedContent, UpcomingChanges) {
    // Bulletins are not known from before, because marks are written into them.
    let mut known = KnownContent::of_pictures(std::mem::take(pictures));
    let mut loaded = load_after(snapshot, found, base_url, &mut known);
    *pictures = known.pictures;
    let mut changes = UpcomingChanges::default();
    if !loaded.diagnostics.has_errors() {
        changes = upcoming(&loaded.content, instant);
        if let Some(content) = Arc::get_mut(&mut loaded.content) {
            reveal(content, instant);
        }
    }
    (loaded, changes)
}
