//! Reads the pages of a snapshot, and knows those of the last one: a bulletin whose files are the
//! same is not read again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::document::{self, Document, Facts};
use super::entry::{Bulletin, Entry, Texts, Version};
use super::image::Pictures;
use super::paths::PageKind;
use super::site::Site;
use crate::diagnostic::Diagnostics;
use crate::language::{Language, Languages};
use crate::source::Snapshot;

/// The bulletins that were read last, with the files and the settings that they were read from, and
/// the pictures.
#[derive(Debug, Default)]
pub struct KnownContent {
    pub pictures: Pictures,
    /// All that reading a bulletin takes from `site.toml`.
    settings: Option<(Languages, TimeZone)>,
    /// By the path of the first file.
    by_path: HashMap<Arc<str>, KnownBulletin>,
}

#[derive(Debug)]
struct KnownBulletin {
    files: Vec<PageFile>,
    entry: Option<Arc<Bulletin>>,
    diagnostics: Diagnostics,
}

/// A file of a page.
#[derive(Debug, Clone)]
struct PageFile {
    language: Language,
    /// The day of an earlier version.
    version: Option<Date>,
    path: Arc<str>,
    /// None if its text cannot be read.
    bytes: Option<Bytes>,
}

impl PageFile {
    /// Whether it was the same file with the same text. Files that did not change share their
    /// bytes with the last snapshot.
    fn is_same(&self, other: &Self) -> bool {
        let (Some(own), Some(others)) = (&self.bytes, &other.bytes) else { return false };
        self.language == other.language
            && self.path == other.path
            && (own.as_ptr() == others.as_ptr() && own.len() == others.len() || own == others)
    }
}

/// A page that was read, with its files.
pub(super) struct ReadPage {
    files: Vec<PageFile>,
    pub(super) entry: ReadEntry,
    pub(super) diagnostics: Diagnostics,
}

pub(super) enum ReadEntry {
    /// A bulletin; none if its original could not be read.
    Bulletin(Option<Arc<Bulletin>>),
    Other(PageKind, Vec<Document>),
}

impl KnownContent {
    /// Only pictures, such as those of a cache.
    #[must_use]
    pub fn of_pictures(pictures: Pictures) -> Self {
        Self { pictures, ..Self::default() }
    }

    /// Keeps a page if it is a bulletin.
    pub(super) fn add(&mut self, page: &mut ReadPage) {
        let files = std::mem::take(&mut page.files);
        if let (ReadEntry::Bulletin(entry), Some(first)) = (&page.entry, files.first()) {
            let path = Arc::clone(&first.path);
            let (entry, diagnostics) = (entry.clone(), page.diagnostics.clone());
            self.by_path.insert(path, KnownBulletin { files, entry, diagnostics });
        }
    }
}

/// Reads the pages of one snapshot.
struct Reader<'s> {
    snapshot: &'s Snapshot,
    site: &'s Site,
    known: KnownContent,
}

/// Reads pages on all cores, in their order. What is `known` afterwards has only the settings: the
/// pages are to be added.
pub(super) fn read_pages(
    pages: BTreeMap<(PageKind, Language), Arc<str>>,
    snapshot: &Snapshot,
    site: &Site,
    known: &mut KnownContent,
) -> Vec<ReadPage> {
    let settings = Some((site.languages.clone(), site.zone.clone()));
    let mut last = std::mem::take(known);
    if last.settings != settings {
        last.by_path.clear();
    }
    let by_path = HashMap::with_capacity(pages.len());
    let pictures = std::mem::take(&mut last.pictures);
    *known = KnownContent { pictures, settings, by_path };
    let mut by_page: Vec<(PageKind, Vec<PageFile>)> = Vec::with_capacity(pages.len());
    let mut versions: BTreeMap<PageKind, Vec<PageFile>> = BTreeMap::new();
    for ((kind, language), path) in pages {
        let mut file =
            PageFile { language, version: None, bytes: snapshot.file(&path).cloned(), path };
        if let PageKind::Version(section, slug, day) = kind {
            file.version = Some(day);
            versions.entry(PageKind::Bulletin(section, slug)).or_default().push(file);
            continue;
        }
        match by_page.last_mut() {
            Some((last, files)) if *last == kind => files.push(file),
            _ => by_page.push((kind, vec![file])),
        }
    }
    for (kind, kept) in versions {
        // Pages are in the order of their kinds.
        if let Ok(index) = by_page.binary_search_by(|(known, _)| known.cmp(&kind)) {
            by_page[index].1.extend(kept);
        }
    }
    let reader = Reader { snapshot, site, known: last };
    by_page.into_par_iter().map(|(kind, files)| reader.read(kind, files)).collect()
}

impl Reader<'_> {
    /// Reads a page with its translations.
    fn read(&self, kind: PageKind, files: Vec<PageFile>) -> ReadPage {
        if let PageKind::Bulletin(..) = kind
            && let Some(known) = self.known_bulletin(&files)
        {
            let entry = ReadEntry::Bulletin(known.entry.clone());
            return ReadPage { files, entry, diagnostics: known.diagnostics.clone() };
        }
        let mut diagnostics = Diagnostics::default();
        let mut documents = Vec::with_capacity(files.len());
        let mut versions: Vec<(Date, Vec<Document>)> = Vec::new();
        for file in &files {
            let (document, found) = self.read_file(&kind, file);
            diagnostics.append(found);
            match (file.version, versions.last_mut()) {
                (None, _) => documents.push(document),
                (Some(day), Some((last, kept))) if *last == day => kept.push(document),
                (Some(day), _) => versions.push((day, vec![document])),
            }
        }
        let entry = match kind {
            PageKind::Bulletin(folder, slug) => {
                ReadEntry::Bulletin(bulletin(folder, slug, documents, versions).map(Arc::new))
            }
            kind => ReadEntry::Other(kind, documents),
        };
        ReadPage { files, entry, diagnostics }
    }

    fn read_file(&self, kind: &PageKind, file: &PageFile) -> (Document, Diagnostics) {
        let PageFile { language, version, path, .. } = file;
        let kind = match (kind, version) {
            (PageKind::Bulletin(section, slug), Some(day)) => {
                &PageKind::Version(section.clone(), slug.clone(), *day)
            }
            _ => kind,
        };
        match self.snapshot.shared_text(path) {
            Some(source) => document::read(path, &source, kind, *language, self.site),
            None => (document::unreadable(path, kind, *language), Diagnostics::default()),
        }
    }

    fn known_bulletin(&self, files: &[PageFile]) -> Option<&KnownBulletin> {
        let known = self.known.by_path.get(&files.first()?.path)?;
        let is_same = known.files.len() == files.len()
            && known.files.iter().zip(files).all(|(known, file)| known.is_same(file));
        is_same.then_some(known)
    }
}

/// The bulletin of its documents; none without a readable original, which has an error already.
fn bulletin(
    folder: String,
    slug: String,
    documents: Vec<Document>,
    versions: Vec<(Date, Vec<Document>)>,
) -> Option<Bulletin> {
    let (facts, mut texts) = document::combine(documents)?;
    let versions = versions.into_iter().filter_map(|(day, documents)| {
        let texts = Texts::new(documents.into_iter().map(|document| document.text).collect())?;
        Some(Version { day, texts })
    });
    texts.versions = versions.collect();
    match facts {
        Facts::Bulletin(facts) => Some(Entry { folder, slug, texts, facts: *facts }),
        _ => None,
    }
}
