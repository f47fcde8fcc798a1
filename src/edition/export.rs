//! The site as files: each is handed on as soon as it is rendered, so that not all of them are in
//! memory at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use zstd::zstd_safe::compress_bound;

use super::compile::{CompileError, check_paths};
use super::compress::{CompressionLevel, ExportLevels, is_worth_it};
use super::encoding::{Encoding, smaller_brotli};
use crate::content::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::pages::{self, ErrorPage, InputHash, Output, OutputKind, OutputSink};
use crate::record::{Record, query_parts};

/// The paths of an exported site.
#[derive(Debug)]
pub struct Export {
    pub entries: BTreeMap<String, ExportEntry>,
    /// The former addresses with a query, sorted.
    pub query_addresses: Vec<String>,
    /// The warnings about the content, sorted.
    pub warnings: Vec<Diagnostic>,
}

/// The entry of an exported site at one path.
#[derive(Debug, PartialEq, Eq)]
pub enum ExportEntry {
    /// A file, which may be in one language.
    File(Option<Language>),
    /// A page that says why the content is gone.
    Gone,
    /// A redirect to this path.
    Redirect(String),
}

/// Takes the bytes of the file at a path in one coding.
pub type TakeFile<'t> = dyn Fn(&str, Encoding, &[u8]) + Sync + 't;

/// Renders the site at an instant as [`compile`](super::compile()) does, and hands over the bytes
/// of each file: the identity, and with `is_compressed` each coding that makes it smaller. The page
/// of a language for addresses that do not exist is a file named `404.html`.
///
/// # Errors
/// Fails as [`compile`](super::compile()) does; files may have been handed over then.
pub fn export(
    content: &Arc<Content>,
    mut diagnostics: Diagnostics,
    assets: &[(String, Bytes)],
    instant: Timestamp,
    is_compressed: bool,
    take_file: &TakeFile<'_>,
) -> Result<Export, CompileError> {
    if diagnostics.has_errors() {
        return Err(CompileError::Content(diagnostics.into_sorted()));
    }
    let record = Record::at(content, instant);
    let level = is_compressed.then(|| CompressionLevel::for_site(&record));
    let sink = FileSink { content, level, take_file };
    let made = pages::render_each(&record, assets, |_| Ok(sink)).map_err(CompileError::Page)?;
    let outputs: Vec<(String, OutputKind, Option<Language>)> =
        made.into_iter().flat_map(|made| made.outputs).collect();
    let paths = outputs.iter().map(|(path, kind, _)| (&**path, kind)).collect();
    check_paths(&record, paths, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(CompileError::Content(diagnostics.into_sorted()));
    }
    let mut export =
        Export { entries: BTreeMap::new(), query_addresses: Vec::new(), warnings: Vec::new() };
    for (path, kind, language) in outputs {
        export.add(path, kind, language);
    }
    export.query_addresses.sort_unstable();
    export.warnings = diagnostics.into_sorted();
    Ok(export)
}

impl Export {
    fn add(&mut self, path: String, kind: OutputKind, language: Option<Language>) {
        match kind {
            OutputKind::Page
            | OutputKind::Asset
            | OutputKind::File
            | OutputKind::ErrorPage(ErrorPage::NotFound) => {
                self.entries.insert(path, ExportEntry::File(language));
            }
            OutputKind::Gone => {
                self.entries.insert(path, ExportEntry::Gone);
            }
            OutputKind::Redirect(target) => match path.split_once('?') {
                Some((path, query)) => {
                    self.query_addresses.push(format!("{path}?{}", query_parts(query).join("&")));
                }
                // A page takes precedence over a former path of another page.
                None => {
                    self.entries.entry(path).or_insert(ExportEntry::Redirect(target));
                }
            },
            OutputKind::ErrorPage(_) | OutputKind::PageShell(_) => {}
        }
    }
}

/// Hands over each output that is a file.
struct FileSink<'c> {
    content: &'c Content,
    /// `None` if no file is compressed.
    level: Option<CompressionLevel>,
    take_file: &'c TakeFile<'c>,
}

impl OutputSink for FileSink<'_> {
    type Worker = Option<FileCompressor>;
    type Made = (String, OutputKind, Option<Language>);

    fn new_worker(&self) -> Self::Worker {
        self.level.map(|level| FileCompressor::new(level.for_export()))
    }

    fn take(&self, compressor: &mut Self::Worker, output: Output) -> Self::Made {
        let Output { mut path, kind, language, media_type, .. } = output;
        match &kind {
            OutputKind::Page | OutputKind::Asset | OutputKind::File | OutputKind::Gone => {}
            OutputKind::ErrorPage(ErrorPage::NotFound) => {
                let root = self.content.site.languages.root(language.unwrap_or(Language::DEFAULT));
                path = format!("{root}404.html");
            }
            OutputKind::ErrorPage(_) | OutputKind::PageShell(_) | OutputKind::Redirect(_) => {
                return (path, kind, language);
            }
        }
        let body = output.body.bytes();
        (self.take_file)(&path, Encoding::Identity, &body);
        if let Some(compressor) = compressor {
            compressor.compress(&body, media_type, |encoding, bytes| {
                (self.take_file)(&path, encoding, bytes);
            });
        }
        (path, kind, language)
    }

    fn reuse(&self, _: InputHash) -> Option<Vec<Self::Made>> {
        None
    }
}

/// Compresses files one after the other, in the same memory.
struct FileCompressor {
    levels: ExportLevels,
    gzip: libdeflater::Compressor,
    gzip_buffer: Vec<u8>,
    zstd: Option<zstd::bulk::Compressor<'static>>,
    zstd_buffer: Vec<u8>,
}

impl FileCompressor {
    fn new(levels: ExportLevels) -> Self {
        let gzip = libdeflater::CompressionLvl::new(levels.gzip).unwrap_or_default();
        let gzip = libdeflater::Compressor::new(gzip);
        let zstd = levels.zstd.and_then(|level| zstd::bulk::Compressor::new(level).ok());
        Self { levels, gzip, gzip_buffer: Vec::new(), zstd, zstd_buffer: Vec::new() }
    }

    /// Hands over each coding that makes a body smaller; none if gzip does not.
    fn compress(&mut self, body: &[u8], media_type: &str, take: impl Fn(Encoding, &[u8])) {
        if !is_worth_it(body, media_type, self.levels.least) {
            return;
        }
        let Self { levels, gzip, gzip_buffer, zstd, zstd_buffer } = self;
        let bound = gzip.gzip_compress_bound(body.len());
        if gzip_buffer.len() < bound {
            gzip_buffer.resize(bound, 0);
        }
        // The buffer has as much room as the worst case needs.
        let length = gzip.gzip_compress(body, gzip_buffer).unwrap_or(body.len());
        if length >= body.len() {
            return;
        }
        take(Encoding::Gzip, &gzip_buffer[..length]);
        if let Some(brotli) = smaller_brotli(body, (levels.brotli)(media_type)) {
            take(Encoding::Brotli, &brotli);
        }
        let Some(zstd) = zstd else { return };
        zstd_buffer.clear();
        zstd_buffer.reserve(compress_bound(body.len()));
        let length = zstd.compress_to_buffer(body, zstd_buffer);
        if length.is_ok_and(|length| length < body.len()) {
            take(Encoding::Zstd, zstd_buffer);
        }
    }
}
