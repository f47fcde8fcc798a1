//! Assembles an edition from compressed outputs.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};
use jiff::Timestamp;

use super::body::Digest;
use super::compress::{Compression, Compressor};
use super::compressed_file::{CompressedFile, PagesByInputs};
use super::{CachePolicy, Edition, LanguageRoot, PathEntry, QueryRedirect, Resource, Summary};
use crate::language::{Language, Languages};
use crate::pages::{JobOutputs, Output, OutputBody, OutputKind, PageShell, security_expires};
use crate::record::{Record, query_parts};
use crate::search::Search;

/// A rendered file whose body is compressed.
pub(super) struct CompressedOutput {
    pub(super) file: CompressedFile,
    pub(super) kind: OutputKind,
    /// The page with its slots, of an output that has some.
    shell: Option<PageShell>,
}

impl CompressedOutput {
    /// Compresses an output. Its body is that of the previous edition if the bytes are the same.
    pub(super) fn new(
        compressor: &mut Compressor,
        output: Output,
        previous: Option<&Edition>,
    ) -> Self {
        let Output { path, kind, media_type, language, body, memento } = output;
        let known = previous.and_then(|edition| edition.body(&path));
        let mut shell = None;
        let body = match body {
            OutputBody::Rendered(body) => {
                if matches!(kind, OutputKind::PageShell(_)) {
                    shell = Some(PageShell::of(&String::from_utf8_lossy(&body)));
                }
                let digest = Digest::of(&body);
                match known {
                    Some(known) if *known.digest() == digest => Arc::clone(known),
                    _ => Arc::new(compressor.compress(digest, body, media_type, language)),
                }
            }
            OutputBody::OnRequest(file) => match known {
                Some(known) if known.is_of(&file) => Arc::clone(known),
                _ => Arc::new(compressor.on_request(file)),
            },
        };
        let file = CompressedFile { path: path.into(), media_type, language, body, memento };
        Self { file, kind, shell }
    }

    /// The output of a page that the previous edition has.
    pub(super) fn reused(file: &CompressedFile) -> Self {
        Self { file: file.clone(), kind: OutputKind::Page, shell: None }
    }
}

/// The pages that the next edition may use again.
fn pages_by_inputs(made: &[JobOutputs<CompressedOutput>]) -> PagesByInputs {
    let reusable = made.iter().filter_map(|made| Some((made.inputs?, &made.outputs)));
    reusable
        .filter(|(_, outputs)| outputs.iter().all(|output| output.kind == OutputKind::Page))
        .map(|(inputs, outputs)| (inputs, outputs.iter().map(|it| it.file.clone()).collect()))
        .collect()
}

/// The hash of all paths and bodies in their order, which is the same on all replicas, and the size
/// of all rendered bodies before compression. A body that is rendered on request counts by its
/// inputs.
fn digest(made: &[JobOutputs<CompressedOutput>]) -> (Box<str>, usize) {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = 0;
    for output in made.iter().flat_map(|made| &made.outputs) {
        let CompressedFile { path, body, .. } = &output.file;
        hasher.update(path.as_bytes()).update(&[0]);
        bytes += body.add_to(&mut hasher);
        if let OutputKind::Redirect(target) = &output.kind {
            hasher.update(target.as_bytes());
        }
    }
    (hasher.finalize().to_hex()[..16].into(), bytes)
}

/// Puts each output at its path. `None` if a language lacks an error page.
pub(super) fn assemble(
    record: &Record<'_>,
    made: Vec<JobOutputs<CompressedOutput>>,
    compression: Compression,
    search: impl FnOnce() -> Search + Send,
) -> Option<Edition> {
    let count = made.iter().map(|made| made.outputs.len()).sum();
    let mut builder = EditionBuilder::new(&record.content.site.languages, count);
    let (search, ((id, bytes), pages)) =
        rayon::join(search, || rayon::join(|| digest(&made), || pages_by_inputs(&made)));
    (builder.id, builder.bytes, builder.pages) = (id, bytes, pages);
    for output in made.into_iter().flat_map(|made| made.outputs) {
        builder.add(output);
    }
    builder.finish(record, compression, search)
}

struct EditionBuilder<'l> {
    languages: &'l Languages,
    /// The tag of each language, in their order.
    tags: Vec<Arc<str>>,
    entries: HashMap<Arc<str>, PathEntry>,
    query_redirects: HashMap<Box<str>, Vec<QueryRedirect>>,
    /// For each language, in the order of [`ErrorPage::ALL`](super::ErrorPage::ALL).
    error_pages: Vec<Vec<Resource>>,
    /// For each language, in the order of [`ShellKind::ALL`](crate::pages::ShellKind::ALL).
    shells: Vec<Vec<PageShell>>,
    pages: PagesByInputs,
    id: Box<str>,
    /// The size of all rendered bodies before compression.
    bytes: usize,
}

impl<'l> EditionBuilder<'l> {
    fn new(languages: &'l Languages, outputs: usize) -> Self {
        Self {
            languages,
            tags: languages.tags().map(Arc::from).collect(),
            entries: HashMap::with_capacity(outputs),
            query_redirects: HashMap::new(),
            pages: HashMap::new(),
            id: Box::default(),
            bytes: 0,
            error_pages: languages.all().map(|_| Vec::new()).collect(),
            shells: languages.all().map(|_| Vec::new()).collect(),
        }
    }

    fn add(&mut self, output: CompressedOutput) {
        let CompressedFile { path, language, .. } = &output.file;
        let (path, language) = (Arc::clone(path), *language);
        let resource = self.new_resource(&output);
        let language = language.unwrap_or(Language::DEFAULT).index();
        match output.kind {
            OutputKind::Page | OutputKind::Asset | OutputKind::File => {
                self.entries.insert(path, PathEntry::Found(resource));
            }
            OutputKind::Gone => {
                self.entries.insert(path, PathEntry::Gone(resource));
            }
            OutputKind::Redirect(target) => {
                self.add_redirect(path, target.into());
            }
            OutputKind::PageShell(_) => {
                if let Some(shells) = self.shells.get_mut(language) {
                    shells.extend(output.shell);
                }
            }
            OutputKind::ErrorPage(_) => {
                if let Some(error_pages) = self.error_pages.get_mut(language) {
                    error_pages.push(resource);
                }
            }
        }
    }

    fn add_redirect(&mut self, from: Arc<str>, target: Box<str>) {
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

    fn new_resource(&self, output: &CompressedOutput) -> Resource {
        let cache = match &output.kind {
            OutputKind::Page | OutputKind::File | OutputKind::Redirect(_) | OutputKind::Gone => {
                CachePolicy::Page
            }
            OutputKind::Asset => CachePolicy::Immutable,
            OutputKind::ErrorPage(_) | OutputKind::PageShell(_) => CachePolicy::Never,
        };
        Resource {
            media_type: output.file.media_type,
            language: output
                .file
                .language
                .and_then(|language| self.tags.get(language.index()).map(Arc::clone)),
            cache,
            is_file: matches!(output.kind, OutputKind::Asset | OutputKind::File),
            body: Arc::clone(&output.file.body),
            memento: output.file.memento.clone(),
        }
    }

    fn finish(
        self,
        record: &Record<'_>,
        compression: Compression,
        search: Search,
    ) -> Option<Edition> {
        let summary = Summary {
            bulletins: record.bulletins.len(),
            goals: record.goals.len(),
            languages: self.error_pages.len(),
            urls: self.entries.len(),
            bytes: self.bytes,
        };
        let mut roots = Vec::with_capacity(self.error_pages.len());
        for ((language, error_pages), shells) in
            self.languages.all().zip(self.error_pages).zip(self.shells)
        {
            let root = self.languages.root(language).into();
            let (error_pages, shells) = (error_pages.try_into().ok()?, shells.try_into().ok()?);
            roots.push(LanguageRoot { root, language, error_pages, shells });
        }
        let mut roots = roots.into_iter();
        Some(Edition {
            path_prefix: record.content.site.path_prefix().into(),
            entries: self.entries,
            pages: self.pages,
            compression,
            query_redirects: self.query_redirects,
            search,
            default: roots.next()?,
            others: roots.collect(),
            id: self.id,
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
