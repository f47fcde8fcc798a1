//! Bulletins by body, topic and kind of document, beside their sections and categories.

use std::collections::BTreeMap;

use crate::content::{self, Content, DocumentKind, Text};
use crate::language::Language;
use crate::record::{BulletinId, PageRef, Record};

/// A body, a topic or a kind of document with its public bulletins.
#[derive(Debug)]
pub struct BulletinGroup<'c> {
    pub page: PageRef,
    /// The page above all of its kind.
    pub list: PageRef,
    pub source: GroupSource<'c>,
    /// Newest first.
    pub bulletins: Vec<BulletinId>,
}

/// The file or the setting that names a group.
#[derive(Debug, Clone, Copy)]
pub enum GroupSource<'c> {
    /// The file of a body or topic.
    File(&'c content::Group),
    /// The setting of a kind of document.
    Kind(&'c DocumentKind),
}

impl<'c> BulletinGroup<'c> {
    /// Its own text; a kind of document has none.
    #[must_use]
    pub fn text(&self, language: Language) -> Option<&'c Text> {
        match self.source {
            GroupSource::File(group) => Some(group.texts.in_language(language)),
            GroupSource::Kind(_) => None,
        }
    }

    #[must_use]
    pub fn title(&self, language: Language) -> &'c str {
        match self.source {
            GroupSource::File(group) => &group.texts.in_language(language).title.value,
            GroupSource::Kind(kind) => kind.title.get(language),
        }
    }

    #[must_use]
    pub fn summary(&self, language: Language) -> Option<&'c str> {
        let summary = self.text(language)?.summary.as_ref();
        summary.map(|summary| summary.value.as_str())
    }
}

/// The kinds of documents that have pages: all that the site lists, once any of these bulletins has
/// one. None if a section or a page of the site has the address of their list.
pub(in crate::record) fn document_kinds<'c>(
    content: &'c Content,
    mut bulletins: impl Iterator<Item = &'c content::Bulletin>,
) -> &'c [DocumentKind] {
    let is_used = bulletins.any(|bulletin| bulletin.facts.kind().is_some());
    if is_used && !content.has_page_at(PageRef::KINDS) {
        &content.site.documents.kinds
    } else {
        &[]
    }
}

/// Adds bodies and topics, and the kinds of documents once a bulletin of any kind is or was public.
pub(in crate::record) fn add_groups(record: &mut Record<'_>) {
    let content = record.content;
    let mut by_page: BTreeMap<PageRef, Vec<BulletinId>> = BTreeMap::new();
    for id in record.bulletin_ids() {
        for page in groups_of(content, record.bulletin(id).source) {
            by_page.entry(page).or_default().push(id);
        }
    }
    let files = content.groups.iter().enumerate().map(|(index, (kind, group))| {
        (PageRef::Group(index), PageRef::Groups(*kind), GroupSource::File(group))
    });
    let gone = record.gone.iter().map(|gone| gone.source);
    let known = record.bulletins.iter().map(|bulletin| bulletin.source).chain(gone);
    let kinds = document_kinds(content, known).iter().enumerate().map(|(index, kind)| {
        (PageRef::DocumentKind(index), PageRef::DocumentKinds, GroupSource::Kind(kind))
    });
    let groups = files.chain(kinds).map(|(page, list, source)| BulletinGroup {
        page,
        list,
        source,
        bulletins: by_page.remove(&page).unwrap_or_default(),
    });
    record.groups = groups.collect();
}

/// The pages of the bodies, the topics and the kind of a bulletin.
pub(crate) fn groups_of<'c>(
    content: &'c Content,
    bulletin: &'c content::Bulletin,
) -> impl Iterator<Item = PageRef> + use<'c> {
    let files = bulletin.facts.groups();
    let groups =
        files.filter_map(|(kind, name)| content.find_group(kind, &name.value)).map(PageRef::Group);
    let kind = bulletin.facts.kind().and_then(|kind| content.site.documents.find_kind(&kind.value));
    groups.chain(kind.map(PageRef::DocumentKind))
}
