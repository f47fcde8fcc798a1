//! What can be found: every public bulletin, goal and page at one instant, with the facts by which results are narrowed.
//!
//! Enter at [`Corpus::of`]. It holds no words of its own: they stay where the content has them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use crate::content::{Content, Moment, Status, Text, Texts};
use crate::language::Language;
use crate::record::{Bulletin, PageRef, Record};
use crate::search::text::plain_text;

/// How many years ahead goals are listed by year.
const FAR_YEARS: i16 = 10;

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// A bulletin.
    Bulletin,
    /// A goal.
    Goal,
    /// Any other page: a plain one, a section's, a category's.
    Page,
}

impl DocumentKind {
    /// All of them, in the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::Bulletin, Self::Goal, Self::Page];

    /// The name in addresses and data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Goal => "goal",
            Self::Page => "page",
        }
    }
}

/// Something that can be found, in whatever languages it is written.
#[derive(Debug)]
pub struct Document {
    /// What it is.
    pub item: PageRef,
    /// What kind of thing it is.
    pub kind: DocumentKind,
    /// When a bulletin was published; for a goal, when a bulletin last spoke of it.
    pub date: Option<Moment>,
    /// When a bulletin last changed; for a goal, the bulletin that last spoke of it.
    pub modified: Option<Timestamp>,
    /// The first and the last year that it is of.
    pub years: Option<(i16, i16)>,
    /// The categories that it belongs to, by their places in the content.
    pub categories: Vec<usize>,
    /// How far a goal is.
    pub status: Option<Status>,
    /// Whether it is a bulletin that was withdrawn.
    pub is_withdrawn: bool,
}

impl Document {
    /// Whether it only lists others.
    pub(crate) const fn is_list(&self) -> bool {
        matches!(
            self.item,
            PageRef::Home | PageRef::Goals | PageRef::Section(_) | PageRef::Category(_)
        )
    }
}

/// One text of an entry: the entry in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Translation {
    pub(crate) entry: u32,
    pub(crate) language: Language,
}

/// Everything that can be found at one instant.
#[derive(Debug)]
pub struct Corpus {
    pub(crate) content: Arc<Content>,
    /// The newest first; what has no date last.
    pub(crate) entries: Vec<Document>,
    pub(crate) versions: Vec<Translation>,
}

impl Corpus {
    /// What is public in a record of `content`.
    #[must_use]
    pub fn of(content: &Arc<Content>, record: &Record<'_>) -> Self {
        let mut entries = bulletins(record);
        entries.extend(goals(record));
        entries.extend(pages(content));
        entries.sort_by_key(|entry| {
            (Reverse(entry.date.map(|date| date.instant)), entry.kind, entry.item)
        });
        let mut versions = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            let texts = texts(content, entry.item).into_iter().flat_map(Texts::all);
            versions
                .extend(texts.map(|text| Translation { entry: place, language: text.language }));
        }
        Self { content: Arc::clone(content), entries, versions }
    }

    /// The content whose words these are.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// When anything of it last changed.
    #[must_use]
    pub fn modified(&self) -> Option<Timestamp> {
        self.entries.iter().filter_map(|entry| entry.modified).max()
    }

    /// The words of an entry in a language.
    #[must_use]
    pub fn text(&self, entry: &Document, language: Language) -> Option<&Text> {
        texts(&self.content, entry.item)?.get(language)
    }

    /// The words of one version.
    pub(crate) fn text_of(&self, version: Translation) -> Option<&Text> {
        self.text(self.entries.get(version.entry as usize)?, version.language)
    }

    /// Words that a version is also found by: its date, its categories, its source, a goal's target.
    pub(crate) fn keywords(&self, version: Translation) -> String {
        let Some(entry) = self.entries.get(version.entry as usize) else { return String::new() };
        let language = version.language;
        let mut words: Vec<Cow<'_, str>> = Vec::new();
        for place in &entry.categories {
            words.push(Cow::Borrowed(
                &self.content.categories[*place].texts.in_language(language).title.value,
            ));
        }
        match entry.item {
            PageRef::Bulletin(place) => {
                let words_of = self.content.locale(language);
                words.extend(entry.date.map(|date| Cow::Owned(words_of.date(date.date()))));
                let source = self.content.bulletins[place].facts.source.as_ref();
                words.extend(source.map(|source| Cow::Borrowed(source.name.get(language))));
            }
            PageRef::Goal(place) => {
                let target = self.content.goals[place].facts.target.as_ref();
                words.extend(target.map(|target| Cow::Owned(target.value.to_string())));
            }
            _ => {}
        }
        words.join("\n")
    }

    /// What a version says below its title and summary.
    pub(crate) fn body(&self, version: Translation) -> String {
        self.text_of(version)
            .map_or_else(String::new, |text| plain_text::words(&text.body.markdown))
    }
}

fn texts(content: &Content, item: PageRef) -> Option<&Texts> {
    match item {
        PageRef::Home => content.home.as_ref().map(|home| &home.texts),
        PageRef::Goals => content.goals_index.as_ref().map(|goals| &goals.texts),
        PageRef::Section(place) => Some(&content.sections[place].texts),
        PageRef::Category(place) => Some(&content.categories[place].texts),
        PageRef::Goal(place) => Some(&content.goals[place].texts),
        PageRef::Bulletin(place) => Some(&content.bulletins[place].texts),
        PageRef::StaticPage(place) => Some(&content.pages[place].texts),
    }
}

fn bulletins(record: &Record<'_>) -> Vec<Document> {
    let entry = |(item, id)| {
        let bulletin = record.bulletin(id);
        let published = bulletin.published();
        let year = published.date().year();
        Document {
            item,
            kind: DocumentKind::Bulletin,
            date: Some(published),
            modified: Some(bulletin.modified()),
            years: Some((year, year)),
            categories: bulletin.categories.iter().map(|category| category.index()).collect(),
            status: None,
            is_withdrawn: bulletin.withdrawn.is_some(),
        }
    };
    record.bulletin_pages().map(entry).collect()
}

fn goals(record: &Record<'_>) -> Vec<Document> {
    // A goal may have no end in sight; nobody narrows results to a year beyond this.
    let last = record
        .content
        .site
        .zone
        .to_datetime(record.instant)
        .date()
        .year()
        .saturating_add(FAR_YEARS);
    let entry = |(item, id)| {
        let goal = record.goal(id);
        let spoken = goal.evidence.iter().map(|evidence| record.bulletin(evidence.bulletin));
        let latest = spoken.max_by_key(|bulletin| bulletin.published().instant);
        Document {
            item,
            kind: DocumentKind::Goal,
            date: latest.map(Bulletin::published),
            modified: latest.map(Bulletin::modified),
            years: record
                .years(id)
                .map(|years| (*years.start(), (*years.end()).min(last).max(*years.start()))),
            categories: vec![goal.category.index()],
            status: Some(record.progress(id).status),
            is_withdrawn: false,
        }
    };
    record.goal_pages().map(entry).collect()
}

fn pages(content: &Content) -> Vec<Document> {
    let plain = (0..content.pages.len()).map(PageRef::StaticPage);
    let lists = (0..content.sections.len())
        .map(PageRef::Section)
        .chain(content.goals_index.is_some().then_some(PageRef::Goals));
    let categories = (0..content.categories.len()).map(PageRef::Category);
    let entry = |item| Document {
        item,
        kind: DocumentKind::Page,
        date: None,
        modified: None,
        years: None,
        categories: if let PageRef::Category(place) = item { vec![place] } else { Vec::new() },
        status: None,
        is_withdrawn: false,
    };
    plain.chain(lists).chain(categories).map(entry).collect()
}
