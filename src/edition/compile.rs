//! From content to an edition, all or nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use rayon::prelude::*;

use super::compress::{Compressed, CompressionLevel, Compressor};
use super::{CachePolicy, Edition, LanguageRoot, PathEntry, Resource, Summary};
use crate::content::{Content, Located, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};
use crate::language::{Language, Languages};
use crate::pages::{self, Frame, Output, OutputKind, security_expires};
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

/// Packs every output and puts it where it answers. `None` when a language lacks the page for a problem.
fn assemble(record: &Record<'_>, outputs: Vec<Output>, search: Search) -> Option<Edition> {
    let bytes: usize = outputs.iter().map(|output| output.body.len()).sum();
    let effort = CompressionLevel::for_site(bytes);
    let packed: Vec<(Output, Compressed)> = outputs
        .into_par_iter()
        .map_init(
            || Compressor::new(effort),
            |packer, output| {
                let packed = packer.compress(&output.body, output.media_type);
                (output, packed)
            },
        )
        .collect();
    let languages = &record.content.site.languages;
    let mut assembly = Assembly {
        languages,
        answers: HashMap::with_capacity(packed.len()),
        problems: languages.all().map(|_| Vec::new()).collect(),
        frames: languages.all().map(|_| Vec::new()).collect(),
        identity: blake3::Hasher::new(),
    };
    for (output, packed) in packed {
        assembly.add(output, packed);
    }
    let (_, renewal) = security_expires(record.instant);
    let renewal = record.content.site.security.as_ref().map(|_| renewal);
    let summary = Summary {
        bulletins: record.bulletins.len(),
        goals: record.goals.len(),
        languages: languages.all().count(),
        urls: assembly.answers.len(),
        bytes,
    };
    assembly.finish(
        search,
        summary,
        record.instant,
        [record.next_instant, renewal].into_iter().flatten().min(),
    )
}

/// An edition in the making.
struct Assembly<'l> {
    languages: &'l Languages,
    answers: HashMap<Box<str>, PathEntry>,
    /// For each language, in the order of [`Problem::ALL`](super::Problem::ALL).
    problems: Vec<Vec<Resource>>,
    /// For each language, in the order of [`FrameKind::ALL`](crate::pages::FrameKind::ALL).
    frames: Vec<Vec<Frame>>,
    /// Of every path and body in their one order: what all replicas agree on.
    identity: blake3::Hasher,
}

impl Assembly<'_> {
    fn add(&mut self, output: Output, packed: Compressed) {
        self.identity.update(output.path.as_bytes()).update(&[0]).update(packed.hash.as_bytes());
        let path: Box<str> = output.path.as_str().into();
        let resource = self.resource(&output, packed);
        match output.kind {
            OutputKind::Page | OutputKind::Asset => {
                self.answers.insert(path, PathEntry::Found(resource));
            }
            OutputKind::Gone => {
                self.answers.insert(path, PathEntry::Gone(resource));
            }
            // A page always goes before an old address of another.
            OutputKind::Redirect(to) => {
                self.identity.update(to.as_bytes());
                self.answers.entry(path).or_insert(PathEntry::Redirect(to.into()));
            }
            OutputKind::Frame(_) => {
                let language = output.language.unwrap_or(Language::DEFAULT);
                if let Some(frames) = self.frames.get_mut(language.index()) {
                    frames.push(Frame::of(&String::from_utf8_lossy(&output.body)));
                }
            }
            OutputKind::Problem(_) => {
                let language = output.language.unwrap_or(Language::DEFAULT);
                if let Some(problems) = self.problems.get_mut(language.index()) {
                    problems.push(resource);
                }
            }
        }
    }

    fn resource(&self, output: &Output, packed: Compressed) -> Resource {
        let cache = match &output.kind {
            OutputKind::Page | OutputKind::Redirect(_) | OutputKind::Gone => CachePolicy::Page,
            OutputKind::Asset => CachePolicy::Immutable,
            OutputKind::Problem(_) | OutputKind::Frame(_) => CachePolicy::Never,
        };
        Resource {
            media_type: output.media_type,
            language: output.language.map(|language| self.languages.tag(language).into()),
            cache,
            modified: output.modified,
            identity: packed.identity,
            gzip: packed.gzip,
            brotli: packed.brotli,
            zstd: packed.zstd,
        }
    }

    fn finish(
        self,
        search: Search,
        summary: Summary,
        instant: Timestamp,
        valid_until: Option<Timestamp>,
    ) -> Option<Edition> {
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
            answers: self.answers,
            search,
            default: roots.next()?,
            others: roots.collect(),
            id: self.identity.finalize().to_hex()[..16].into(),
            instant,
            valid_until,
            summary,
        })
    }
}
