//! Assembles an edition from rendered outputs.

use std::collections::HashMap;

use jiff::Timestamp;
use rayon::prelude::*;

use super::compress::{Compressed, CompressionLevel, Compressor};
use super::{CachePolicy, Edition, LanguageRoot, PathEntry, QueryRedirect, Resource, Summary};
use crate::language::{Language, Languages};
use crate::pages::{Output, OutputKind, PageShell, security_expires};
use crate::record::{Record, query_parts};
use crate::search::Search;

/// Compresses the outputs and puts each at its path. `None` if a language lacks an error page.
pub(super) fn assemble(
    record: &Record<'_>,
    outputs: Vec<Output>,
    search: Search,
) -> Option<Edition> {
    let bytes: usize = outputs.iter().map(|output| output.body.len()).sum();
    let level = CompressionLevel::for_site(bytes);
    let compressed: Vec<(Output, Compressed)> = outputs
        .into_par_iter()
        .map_init(
            || Compressor::new(level),
            |compressor, output| {
                let compressed = compressor.compress(&output.body, output.media_type);
                (output, compressed)
            },
        )
        .collect();
    let mut builder = EditionBuilder::new(&record.content.site.languages, compressed.len());
    for (output, compressed) in compressed {
        builder.add(output, compressed);
    }
    builder.finish(record, search, bytes)
}

struct EditionBuilder<'l> {
    languages: &'l Languages,
    entries: HashMap<Box<str>, PathEntry>,
    query_redirects: HashMap<Box<str>, Vec<QueryRedirect>>,
    /// For each language, in the order of [`ErrorPage::ALL`](super::ErrorPage::ALL).
    problems: Vec<Vec<Resource>>,
    /// For each language, in the order of [`ShellKind::ALL`](crate::pages::ShellKind::ALL).
    frames: Vec<Vec<PageShell>>,
    /// The hash of all paths and bodies in their order, which is the same on all replicas.
    hasher: blake3::Hasher,
}

impl<'l> EditionBuilder<'l> {
    fn new(languages: &'l Languages, outputs: usize) -> Self {
        Self {
            languages,
            entries: HashMap::with_capacity(outputs),
            query_redirects: HashMap::new(),
            problems: languages.all().map(|_| Vec::new()).collect(),
            frames: languages.all().map(|_| Vec::new()).collect(),
            hasher: blake3::Hasher::new(),
        }
    }

    fn add(&mut self, output: Output, compressed: Compressed) {
        let path: Box<str> = output.path.as_str().into();
        self.hasher.update(path.as_bytes()).update(&[0]).update(compressed.hash.as_bytes());
        let resource = self.new_resource(&output, compressed);
        let language = output.language.unwrap_or(Language::DEFAULT).index();
        match output.kind {
            OutputKind::Page | OutputKind::Asset | OutputKind::File => {
                self.entries.insert(path, PathEntry::Found(resource));
            }
            OutputKind::Gone => {
                self.entries.insert(path, PathEntry::Gone(resource));
            }
            OutputKind::Redirect(target) => {
                self.hasher.update(target.as_bytes());
                self.add_redirect(path, target.into());
            }
            OutputKind::PageShell(_) => {
                if let Some(frames) = self.frames.get_mut(language) {
                    frames.push(PageShell::of(&String::from_utf8_lossy(&output.body)));
                }
            }
            OutputKind::ErrorPage(_) => {
                if let Some(problems) = self.problems.get_mut(language) {
                    problems.push(resource);
                }
            }
        }
    }

    fn add_redirect(&mut self, from: Box<str>, target: Box<str>) {
        match from.split_once('?') {
            Some((path, query)) => {
                let parts = query_parts(query);
                let redirects = self.query_redirects.entry(path.into()).or_default();
                redirects.push(QueryRedirect { parts, target });
            }
            // A page takes precedence over a former path of another page.
            None => {
                self.entries.entry(from).or_insert(PathEntry::Redirect(target));
            }
        }
    }

    fn new_resource(&self, output: &Output, compressed: Compressed) -> Resource {
        let cache = match &output.kind {
            OutputKind::Page | OutputKind::File | OutputKind::Redirect(_) | OutputKind::Gone => {
                CachePolicy::Page
            }
            OutputKind::Asset => CachePolicy::Immutable,
            OutputKind::ErrorPage(_) | OutputKind::PageShell(_) => CachePolicy::Never,
        };
        Resource {
            media_type: output.media_type,
            language: output.language.map(|language| self.languages.tag(language).into()),
            cache,
            is_file: matches!(output.kind, OutputKind::Asset | OutputKind::File),
            identity: compressed.identity,
            gzip: compressed.gzip,
            brotli: compressed.brotli,
            zstd: compressed.zstd,
        }
    }

    fn finish(self, record: &Record<'_>, search: Search, bytes: usize) -> Option<Edition> {
        let summary = Summary {
            bulletins: record.bulletins.len(),
            goals: record.goals.len(),
            languages: self.problems.len(),
            urls: self.entries.len(),
            bytes,
        };
        let mut roots = Vec::with_capacity(self.problems.len());
        for ((language, problems), frames) in
            self.languages.all().zip(self.problems).zip(self.frames)
        {
            let root = self.languages.root(language).into();
            let (problems, frames) = (problems.try_into().ok()?, frames.try_into().ok()?);
            roots.push(LanguageRoot { root, language, problems, frames });
        }
        let mut roots = roots.into_iter();
        Some(Edition {
            entries: self.entries,
            query_redirects: self.query_redirects,
            search,
            default: roots.next()?,
            others: roots.collect(),
            id: self.hasher.finalize().to_hex()[..16].into(),
            instant: record.instant,
            valid_until: valid_until(record),
            summary,
        })
    }
}

/// The instant at which the edition expires: at the next change of the record, or when security.txt
/// has to be renewed.
fn valid_until(record: &Record<'_>) -> Option<Timestamp> {
    let (_, renewal) = security_expires(record.instant);
    let renewal = record.content.site.security.as_ref().map(|_| renewal);
    [record.next_instant, renewal].into_iter().flatten().min()
}
