//! From content to an edition, all or nothing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;

use super::Edition;
use super::assemble::assemble;
use crate::content::{Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};
use crate::pages::{self, Output, OutputKind};
use crate::record::{Record, Target};
use crate::search::{Corpus, Search};

/// How long each stage of a compile took.
#[derive(Debug, Default, Clone, Copy)]
pub struct Timings {
    /// What is public at the instant.
    pub record: Duration,
    /// The record into bytes.
    pub pages: Duration,
    /// Bytes into encodings.
    pub pack: Duration,
}

impl Timings {
    /// All stages together.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.record + self.pages + self.pack
    }
}

/// Why there is no edition.
#[derive(Debug)]
pub enum CompileError {
    /// The content has errors; these are all of them, with the warnings.
    Content(Vec<Diagnostic>),
    /// A page could not be made, which content cannot cause.
    Page(askama::Error),
}

/// Makes the edition of some content at an instant. `assets` are the program's own files, by name.
///
/// # Errors
/// Gives every diagnostic when one of them is an error.
pub fn compile(
    content: &Arc<Content>,
    diagnostics: Diagnostics,
    assets: &[(String, Bytes)],
    instant: Timestamp,
    timings: &mut Timings,
) -> Result<(Edition, Vec<Diagnostic>), CompileError> {
    if diagnostics.has_errors() {
        return Err(CompileError::Content(diagnostics.into_sorted()));
    }
    let record = timed(&mut timings.record, || Record::at(content, instant));
    let outputs =
        timed(&mut timings.pages, || pages::render(&record, assets)).map_err(CompileError::Page)?;
    let mut diagnostics = diagnostics;
    check_paths(&record, &outputs, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(CompileError::Content(diagnostics.into_sorted()));
    }
    let search = timed(&mut timings.record, || Search::new(Corpus::of(content, &record)));
    let edition = timed(&mut timings.pack, || assemble(&record, outputs, search));
    let edition = edition.ok_or_else(|| {
        CompileError::Page(askama::Error::custom("a language lacks a page for a problem"))
    })?;
    Ok((edition, diagnostics.into_sorted()))
}

fn timed<T>(duration: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let outcome = work();
    *duration += start.elapsed();
    outcome
}

/// Links that are written from the root to what is no item's page (a feed, data, a further page of a list) are checked
/// against everything that the site answers. So are those of texts that are not public yet: a scheduled bulletin cannot
/// break the site on its day.
fn check_paths(record: &Record<'_>, outputs: &[Output], diagnostics: &mut Diagnostics) {
    let mut written: Vec<(&Text, &Located<String>, String)> = Vec::new();
    for text in record.content.texts() {
        for link in &text.body.links {
            if let Ok(Target::Path(path)) = record.links.resolve(text, &link.value) {
                let path = path.split(['#', '?']).next().unwrap_or_default();
                let path =
                    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
                written.push((text, link, path));
            }
        }
    }
    if written.is_empty() {
        return;
    }
    let mut known: Vec<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    known.sort_unstable();
    // What is not public yet may lead to the data of what will be public with it.
    let public: BTreeSet<&str> = record.public_texts().map(|text| &*text.path).collect();
    let is_beside_a_page = |path: &str| {
        path.rsplit_once('/').is_some_and(|(page, _)| record.links.has_address(&format!("{page}/")))
    };
    for (text, link, path) in written {
        let is_later = !public.contains(&*text.path) && is_beside_a_page(&path);
        if !is_later && known.binary_search(&path.as_str()).is_err() {
            let message = message!(
                "nothing stands at `{path}` on this site",
                "本站的 `{path}` 处没有任何内容"
            );
            let wrong = Diagnostic::error(Code::BrokenLink, &text.path, link.span.clone(), message);
            let pages = outputs
                .iter()
                .filter(|output| output.kind == OutputKind::Page && output.path.ends_with('/'));
            diagnostics.push(wrong.did_you_mean(&path, pages.map(|output| output.path.as_str())));
        }
    }
}
