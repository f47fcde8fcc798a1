//! Compiles loaded content into an edition.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;

use super::Edition;
use super::assemble::{CompressedOutput, assemble};
use super::compress::{Compression, CompressionLevel, Compressor};
use crate::content::{Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};
use crate::pages::{self, InputHash, Output, OutputKind, OutputSink, RenderError};
use crate::record::{Record, Target};
use crate::search::{Corpus, Search};

/// A new edition.
#[derive(Debug)]
pub struct CompileOutput {
    pub edition: Edition,
    /// The warnings about its content, sorted.
    pub warnings: Vec<Diagnostic>,
    pub timings: CompileTimings,
}

/// How long each stage of a compile took.
#[derive(Debug, Default, Clone, Copy)]
pub struct CompileTimings {
    pub record: Duration,
    /// The pages, each compressed as soon as it is rendered.
    pub pages: Duration,
    /// Checks of links to pages, the table of all paths, and the list of documents that can be
    /// searched.
    pub assemble: Duration,
}

impl CompileTimings {
    #[must_use]
    pub fn total(&self) -> Duration {
        self.record + self.pages + self.assemble
    }
}

/// The reason why there is no edition.
#[derive(Debug)]
pub enum CompileError {
    /// The content has errors. These are all diagnostics, including warnings.
    Content(Vec<Diagnostic>),
    /// A page could not be rendered, which content cannot cause.
    Page(RenderError),
}

/// Compiles content into its edition at an instant. `diagnostics` are those of loading it, `assets`
/// the program's own files with their names.
///
/// # Errors
/// Fails with all diagnostics if one of them is an error.
pub fn compile(
    content: &Arc<Content>,
    diagnostics: Diagnostics,
    assets: &[(String, Bytes)],
    instant: Timestamp,
) -> Result<CompileOutput, CompileError> {
    compile_after(None, content, diagnostics, assets, instant)
}

/// Compiles as [`compile`] does. Pages with the same inputs, and bodies with the same bytes, are
/// shared with the previous edition; no byte of the new one depends on it.
///
/// # Errors
/// Fails as [`compile`] does.
pub fn compile_after(
    previous: Option<&Edition>,
    content: &Arc<Content>,
    mut diagnostics: Diagnostics,
    assets: &[(String, Bytes)],
    instant: Timestamp,
) -> Result<CompileOutput, CompileError> {
    if diagnostics.has_errors() {
        return Err(CompileError::Content(diagnostics.into_sorted()));
    }
    let (record, record_time) = timed(|| Record::at(content, instant));
    let level = CompressionLevel::for_site(&record);
    let previous = previous.filter(|edition| edition.compression.level() == level);
    let mut compression = Compression::default();
    let (outputs, pages_time) = timed(|| {
        pages::render_each(&record, assets, |typical| {
            compression = Compression::new(level, previous, record.languages(), typical)?;
            Ok(CompressingSink { compression: compression.clone(), previous })
        })
    });
    let outputs = outputs.map_err(CompileError::Page)?;
    let ((), check_time) = timed(|| {
        let outputs = outputs.iter().flat_map(|made| &made.outputs);
        let paths = outputs.map(|output| (&*output.file.path, &output.kind)).collect();
        check_paths(&record, paths, &mut diagnostics);
    });
    if diagnostics.has_errors() {
        return Err(CompileError::Content(diagnostics.into_sorted()));
    }
    let (edition, assemble_time) = timed(|| {
        assemble(&record, outputs, compression, || Search::new(Corpus::of(content, &record)))
    });
    Ok(CompileOutput {
        edition: edition.ok_or(CompileError::Page(RenderError::MissingErrorPage))?,
        warnings: diagnostics.into_sorted(),
        timings: CompileTimings {
            record: record_time,
            pages: pages_time,
            assemble: check_time + assemble_time,
        },
    })
}

/// Compresses outputs, and uses those of the previous edition again.
struct CompressingSink<'p> {
    compression: Compression,
    previous: Option<&'p Edition>,
}

impl OutputSink for CompressingSink<'_> {
    type Worker = Compressor;
    type Made = CompressedOutput;

    fn new_worker(&self) -> Compressor {
        Compressor::new(&self.compression)
    }

    fn take(&self, compressor: &mut Compressor, output: Output) -> CompressedOutput {
        CompressedOutput::new(compressor, output, self.previous)
    }

    fn reuse(&self, inputs: InputHash) -> Option<Vec<CompressedOutput>> {
        let pages = self.previous?.pages.get(&inputs)?;
        Some(pages.iter().map(CompressedOutput::reused).collect())
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = work();
    (result, started.elapsed())
}

/// Checks links from the root (`/feed.xml`) to paths that are not the page of an item: feeds, data,
/// further pages of a list. Links of texts that are not public yet are checked too, so that a
/// scheduled bulletin cannot break the site on its day.
pub(super) fn check_paths(
    record: &Record<'_>,
    mut outputs: Vec<(&str, &OutputKind)>,
    diagnostics: &mut Diagnostics,
) {
    let links = links_to_paths(record);
    if links.is_empty() {
        return;
    }
    outputs.sort_unstable_by_key(|(path, _)| *path);
    let public: BTreeSet<&str> = record.public_texts().map(|text| &*text.path).collect();
    for (text, link, path) in links {
        // A scheduled page may link to data that will be published together with it.
        let may_come_later = !public.contains(&*text.path) && is_below_future_page(record, &path);
        if may_come_later || outputs.binary_search_by_key(&&*path, |(path, _)| *path).is_ok() {
            continue;
        }
        let message =
            message!("there is no page at `{path}` on this site", "本站没有地址为 `{path}` 的网页");
        let broken = Diagnostic::error(Code::BrokenLink, &text.path, link.span.clone(), message);
        let pages = outputs
            .iter()
            .filter(|(path, kind)| **kind == OutputKind::Page && path.ends_with('/'))
            .map(|(path, _)| *path);
        diagnostics.push(broken.did_you_mean(&path, pages));
    }
}

/// The links of all texts to paths, each with its decoded path, without query and fragment.
fn links_to_paths<'c>(record: &Record<'c>) -> Vec<(&'c Text, &'c Located<String>, String)> {
    let mut links = Vec::new();
    let base_url = record.content.site.base_url.trim_end_matches('/');
    for text in record.content.texts() {
        for link in &text.body.links {
            // Most links are relative: they lead to a page or a file of the content.
            let is_from_root = link.value.starts_with('/') || link.value.starts_with(base_url);
            if is_from_root && let Ok(Target::Path(path)) = record.links.resolve(text, &link.value)
            {
                let path = path.split(['#', '?']).next().unwrap_or_default();
                let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
                links.push((text, link, path.into_owned()));
            }
        }
    }
    links
}

/// Whether a path is that of a file beside a page that is public or will be.
fn is_below_future_page(record: &Record<'_>, path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folder, _)| record.links.has_address(&format!("{folder}/")))
}
