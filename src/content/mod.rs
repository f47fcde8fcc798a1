//! The content folder as typed values that remember their place in their files.
//!
//! Enter at [`Content::read`]. Reading never fails: it returns whatever could be read, and a
//! diagnostic for every problem.

pub(crate) mod alert;
pub mod bulletin;
pub(crate) mod bulletin_group;
mod document;
mod entry;
pub(crate) mod front_matter;
pub mod goal;
pub mod image;
pub mod markdown;
mod merge_conflicts;
mod messages;
pub(crate) mod number;
mod numbers;
mod paths;
mod reader;
pub mod section;
pub mod site;
mod slug;
mod source_digest;
pub mod status;
mod syntax;
mod translation;

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::diagnostic::Diagnostics;
use crate::language::{Language, Locale};
use crate::source::Snapshot;

use document::{Document, Facts};
use image::Pictures;
use paths::PageKind;
use reader::ReadEntry;

pub use alert::AlertLevel;
pub use bulletin_group::{Contact, ContactFacts, GroupFacts};
pub use document::MAX_TITLE;
pub use entry::{
    Alert, BasicPage, Bulletin, Category, Entry, Goal, Group, OriginalChanges, Text, Texts, Version,
};
pub use front_matter::localised::Localised;
pub use front_matter::moment::{Moment, end_of_day, rfc3339};
pub(crate) use front_matter::scalar::{double_quoted, yaml_text};
pub use front_matter::tree::Located;
pub use front_matter::unit::Unit;
pub use markdown::Body;
pub use numbers::{LEDGER, Ledger, NumberEntry, PermanentNumber};
pub use paths::GroupKind;
pub use reader::KnownContent;
pub use site::{DocumentKind, Site};
pub use slug::{is_slug, slug_from};
pub use source_digest::SourceDigest;
pub use status::Status;
pub use translation::record_of;

/// A site as its content folder describes it, drafts and scheduled pages included.
#[derive(Debug)]
pub struct Content {
    pub site: Site,
    /// By language, in the site's order.
    locales: Vec<Locale>,
    pub home: Option<BasicPage>,
    /// `goals/_index.md`.
    pub goals_index: Option<BasicPage>,
    /// By `order`, then by slug.
    pub sections: Vec<BasicPage>,
    /// By `order`, then by slug.
    pub categories: Vec<Category>,
    /// By category, then by `order` and slug.
    pub goals: Vec<Goal>,
    /// By section and slug.
    pub bulletins: Vec<Arc<Bulletin>>,
    /// Static pages: those at the root first, then by folder; each by `order`, then by slug.
    pub pages: Vec<BasicPage>,
    /// Bodies and topics, each by `order`, then by slug.
    pub groups: Vec<(GroupKind, Group)>,
    /// `bodies/_index.md` and `topics/_index.md`.
    pub group_indexes: Vec<(GroupKind, BasicPage)>,
    /// By slug.
    pub alerts: Vec<Alert>,
    /// The permanent numbers of bulletins.
    pub numbers: Ledger,
    /// Images, PDF and other files, by path.
    pub files: BTreeMap<Arc<str>, Bytes>,
    /// The variants of the pictures among the files.
    pub pictures: Pictures,
    /// Whether bulletins are shown before their time: only in a preview.
    pub(crate) shows_scheduled: bool,
    /// The hash of `site.toml` and of the interface's messages.
    pub(crate) settings: SourceDigest,
}

impl Content {
    /// Reads every file of a snapshot.
    #[must_use]
    pub fn read(snapshot: &Snapshot) -> (Self, Diagnostics) {
        Self::read_after(snapshot, &mut KnownContent::default())
    }

    /// Reads as [`Content::read`] does. Bulletins whose files are the same as the last time are
    /// those of the last time; what was read now takes their place in `known`.
    #[must_use]
    pub fn read_after(snapshot: &Snapshot, known: &mut KnownContent) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let snapshot = &merge_conflicts::settle(snapshot, &mut diagnostics);
        let names = paths::languages_in_names(snapshot);
        let site = site::read(snapshot, names, &mut diagnostics);
        let locales = messages::read(snapshot, &site, &mut diagnostics);
        let classified = paths::classify_files(snapshot, &site.languages, &mut diagnostics);
        let read = reader::read_pages(classified.pages, snapshot, &site, known);
        let numbers = numbers::read(snapshot, &mut diagnostics);
        let settings = digest_of_settings(snapshot);
        known.pictures = Pictures::read(&classified.files, &known.pictures);
        let mut content = Self {
            site,
            locales,
            home: None,
            goals_index: None,
            sections: Vec::new(),
            categories: Vec::new(),
            goals: Vec::new(),
            bulletins: Vec::new(),
            pages: Vec::new(),
            groups: Vec::new(),
            group_indexes: Vec::new(),
            alerts: Vec::new(),
            numbers,
            files: classified.files,
            pictures: known.pictures.clone(),
            shows_scheduled: false,
            settings,
        };
        for mut page in read {
            known.add(&mut page);
            diagnostics.append(page.diagnostics);
            match page.entry {
                ReadEntry::Bulletin(bulletin) => content.bulletins.extend(bulletin),
                ReadEntry::Other(kind, documents) => content.add(kind, documents),
            }
        }
        content.sort();
        content.bulletins.shrink_to_fit();
        (content, diagnostics)
    }

    /// Every text of the site, public or not.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.all_texts().flat_map(Texts::all)
    }

    /// The texts of every page and alert, public or not.
    pub fn all_texts(&self) -> impl Iterator<Item = &Texts> {
        self.drafts_marked().map(|(texts, _)| texts)
    }

    /// The texts of every page and alert that is not a draft.
    pub fn finished_texts(&self) -> impl Iterator<Item = &Texts> {
        self.drafts_marked().filter(|(_, is_draft)| !is_draft).map(|(texts, _)| texts)
    }

    /// The texts of every page and alert, and whether it is a draft.
    fn drafts_marked(&self) -> impl Iterator<Item = (&Texts, bool)> {
        let basic =
            self.home.iter().chain(&self.goals_index).chain(&self.sections).chain(&self.pages);
        basic
            .map(|it| (&it.texts, it.facts.draft))
            .chain(self.categories.iter().map(|it| (&it.texts, false)))
            .chain(self.goals.iter().map(|it| (&it.texts, it.facts.draft)))
            .chain(self.bulletins.iter().map(|it| (&it.texts, it.facts.draft)))
            .chain(self.groups.iter().map(|(_, it)| (&it.texts, false)))
            .chain(self.group_indexes.iter().map(|(_, it)| (&it.texts, it.facts.draft)))
            .chain(self.alerts.iter().map(|it| (&it.texts, it.facts.draft)))
    }

    /// The texts of all earlier versions, public or not.
    pub(crate) fn version_texts(&self) -> impl Iterator<Item = &Text> {
        let versions = self.bulletins.iter().flat_map(|bulletin| &bulletin.texts.versions);
        versions.flat_map(|version| version.texts.all())
    }

    /// The page above all bodies or topics, if it is written.
    #[must_use]
    pub fn group_index(&self, kind: GroupKind) -> Option<&BasicPage> {
        self.group_indexes.iter().find(|(known, _)| *known == kind).map(|(_, index)| index)
    }

    /// The place of a body or topic by its slug.
    #[must_use]
    pub fn find_group(&self, kind: GroupKind, slug: &str) -> Option<usize> {
        self.groups.iter().position(|(known, group)| *known == kind && group.slug == slug)
    }

    /// Whether a section or a static page has an address at the root, or one below it.
    #[must_use]
    pub fn has_page_at(&self, name: &str) -> bool {
        let mut pages = self.sections.iter().chain(&self.pages);
        pages.any(|page| {
            let top = page.folder.split('/').next().filter(|folder| !folder.is_empty());
            top.unwrap_or(&page.slug) == name
        })
    }

    /// The interface's messages in a language.
    #[must_use]
    pub fn locale(&self, language: Language) -> &Locale {
        &self.locales[language.index()]
    }

    /// Adds a page that is no bulletin, with its translations. Skips a page without a readable
    /// original, which has an error already.
    fn add(&mut self, kind: PageKind, documents: Vec<Document>) {
        let Some((facts, texts)) = document::combine(documents) else { return };
        let (folder, slug) = match &kind {
            PageKind::Home | PageKind::GroupIndex(_) => (String::new(), String::new()),
            PageKind::Group(_, slug)
            | PageKind::Section(slug)
            | PageKind::Category(slug)
            | PageKind::Alert(slug) => (String::new(), slug.clone()),
            PageKind::Goal(folder, slug)
            | PageKind::Bulletin(folder, slug)
            | PageKind::Version(folder, slug, _)
            | PageKind::Page(folder, slug) => (folder.clone(), slug.clone()),
        };
        match (kind, facts) {
            (PageKind::Goal(..), Facts::Goal(facts)) => {
                self.goals.push(Entry { folder, slug, texts, facts: *facts });
            }
            (PageKind::Category(_), Facts::Category(facts)) => {
                self.categories.push(Entry { folder, slug, texts, facts });
            }
            (PageKind::Home, Facts::BasicPage(facts)) => {
                self.home = Some(Entry { folder, slug, texts, facts });
            }
            (PageKind::Section(name), Facts::BasicPage(facts)) if name == paths::GOALS => {
                self.goals_index = Some(Entry { folder, slug, texts, facts });
            }
            (PageKind::Section(_), Facts::BasicPage(facts)) => {
                self.sections.push(Entry { folder, slug, texts, facts });
            }
            (PageKind::Page(..), Facts::BasicPage(facts)) => {
                self.pages.push(Entry { folder, slug, texts, facts });
            }
            (PageKind::Group(kind, _), Facts::Group(facts)) => {
                self.groups.push((kind, Entry { folder, slug, texts, facts }));
            }
            (PageKind::Alert(_), Facts::Alert(facts)) => {
                self.alerts.push(Entry { folder, slug, texts, facts });
            }
            (PageKind::GroupIndex(kind), Facts::BasicPage(facts)) => {
                self.group_indexes.push((kind, Entry { folder, slug, texts, facts }));
            }
            _ => {}
        }
    }

    fn sort(&mut self) {
        self.sections.sort_by(|a, b| (a.facts.order, &a.slug).cmp(&(b.facts.order, &b.slug)));
        self.pages.sort_by(|a, b| {
            (&a.folder, a.facts.order, &a.slug).cmp(&(&b.folder, b.facts.order, &b.slug))
        });
        self.categories.sort_by(|a, b| (a.facts.order, &a.slug).cmp(&(b.facts.order, &b.slug)));
        self.groups.sort_by(|(a_kind, a), (b_kind, b)| {
            (a_kind, a.facts.order, &a.slug).cmp(&(b_kind, b.facts.order, &b.slug))
        });
        let categories = &self.categories;
        self.goals.sort_by_key(|goal| {
            let category = categories.iter().position(|known| known.slug == goal.folder);
            (category, goal.facts.order, goal.slug.clone())
        });
    }
}

/// The hash of all files that are neither pages nor files to publish.
fn digest_of_settings(snapshot: &Snapshot) -> SourceDigest {
    let files = snapshot.files().filter(|(path, _)| paths::is_setting(path));
    SourceDigest::new(files.flat_map(|(path, bytes)| [path.as_bytes(), bytes]))
}
