//! The documents to search: every public bulletin, goal and page at one instant, with the facts by
//! which results are filtered. Their texts stay in the content.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::Timestamp;

use crate::content::bulletin::number_key;
use crate::content::{Content, Moment, Status, Text, Texts};
use crate::language::Language;
use crate::record::{Bulletin, GoalId, PageRef, Record, ValidityState, groups_of};
use crate::search::index::method_page;
use crate::search::navigational::vocabulary::ListTitles;
use crate::search::synonyms::Synonyms;
use crate::search::text::{normalize, plain_text};

/// How many years ahead a goal is found by a filter on the year. Its period may have no end.
const MAX_YEARS_AHEAD: i16 = 10;

/// The documents to search.
#[derive(Debug)]
pub struct Corpus {
    pub(crate) content: Arc<Content>,
    /// The newest first, those without a date last.
    pub(crate) documents: Vec<Document>,
    /// In the order of their documents.
    pub(crate) translations: Vec<Translation>,
    /// The site's own.
    pub(crate) synonyms: Synonyms,
    /// The titles of pages that list others.
    pub(crate) list_titles: ListTitles,
    /// The page that explains how progress is calculated.
    method: Option<Texts>,
}

/// A page to search, in all its languages.
#[derive(Debug)]
pub struct Document {
    pub item: PageRef,
    pub kind: DocumentKind,
    /// When a bulletin was published; for a goal, its latest bulletin.
    pub date: Option<Moment>,
    /// When a bulletin was last modified; for a goal, its latest bulletin.
    pub modified: Option<Timestamp>,
    /// The first and the last year that it is about.
    pub years: Option<(i16, i16)>,
    /// Indexes of its categories in the content.
    pub categories: Vec<usize>,
    /// The pages of a bulletin's bodies, topics and kind.
    pub(crate) groups: Vec<PageRef>,
    /// The status of a goal.
    pub status: Option<Status>,
    /// The state of an official document.
    pub validity: Option<ValidityState>,
    /// The number of an official document, in the form that queries are compared with.
    pub(crate) number: Option<String>,
    /// Whether it is a withdrawn bulletin.
    pub is_withdrawn: bool,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    Bulletin,
    Goal,
    /// Any other page: a static one, or that of a section or category.
    Page,
}

/// A document in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Translation {
    /// The index of the document in the corpus.
    pub(crate) document: u32,
    pub(crate) language: Language,
}

impl DocumentKind {
    /// All kinds, in the order of the facets.
    pub const ALL: [Self; 3] = [Self::Bulletin, Self::Goal, Self::Page];

    /// The name in URLs and data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Goal => "goal",
            Self::Page => "page",
        }
    }
}

impl Document {
    /// Whether the page only lists others.
    pub(crate) const fn is_list(&self) -> bool {
        matches!(
            self.item,
            PageRef::Home
                | PageRef::Goals
                | PageRef::Section(_)
                | PageRef::Category(_)
                | PageRef::Consultations
                | PageRef::Groups(_)
                | PageRef::Group(_)
                | PageRef::DocumentKinds
                | PageRef::DocumentKind(_)
        )
    }

    fn of_bulletin(content: &Content, item: PageRef, bulletin: &Bulletin<'_>) -> Self {
        let published = bulletin.published();
        let year = published.date().year();
        let document = bulletin.source.facts.document.as_ref();
        let number = document.and_then(|document| document.number.as_ref());
        Self {
            item,
            kind: DocumentKind::Bulletin,
            date: Some(published),
            modified: Some(bulletin.modified()),
            years: Some((year, year)),
            categories: bulletin.categories.iter().map(|category| category.index()).collect(),
            groups: groups_of(content, bulletin.source).collect(),
            status: None,
            validity: bulletin.validity.map(|validity| validity.state),
            number: number.map(|number| number_key(&normalize::simplify(&number.value))),
            is_withdrawn: bulletin.withdrawn.is_some(),
        }
    }

    /// `last_year` bounds the years of a goal without end.
    fn of_goal(item: PageRef, id: GoalId, record: &Record<'_>, last_year: i16) -> Self {
        let goal = record.goal(id);
        let bulletins = goal.evidence.iter().map(|evidence| record.bulletin(evidence.bulletin));
        let latest = bulletins.max_by_key(|bulletin| bulletin.published().instant);
        let years = record.years(id).map(RangeInclusive::into_inner);
        Self {
            item,
            kind: DocumentKind::Goal,
            date: latest.map(Bulletin::published),
            modified: latest.map(Bulletin::modified),
            years: years.map(|(first, last)| (first, last.min(last_year).max(first))),
            categories: vec![goal.category.index()],
            groups: Vec::new(),
            status: Some(record.progress(id).status),
            validity: None,
            number: None,
            is_withdrawn: false,
        }
    }

    fn of_page(item: PageRef) -> Self {
        Self {
            item,
            kind: DocumentKind::Page,
            date: None,
            modified: None,
            years: None,
            categories: if let PageRef::Category(index) = item { vec![index] } else { Vec::new() },
            groups: Vec::new(),
            status: None,
            validity: None,
            number: None,
            is_withdrawn: false,
        }
    }
}

impl Corpus {
    /// The public documents of a record of `content`.
    #[must_use]
    pub fn of(content: &Arc<Content>, record: &Record<'_>) -> Self {
        let today = content.site.zone.to_datetime(record.instant).date();
        let last_year = today.year().saturating_add(MAX_YEARS_AHEAD);
        let bulletins = record
            .bulletin_pages()
            .map(|(item, id)| Document::of_bulletin(content, item, record.bulletin(id)));
        let goals =
            record.goal_pages().map(|(item, id)| Document::of_goal(item, id, record, last_year));
        let method = if record.goals.is_empty() { None } else { method_page::texts(content) };
        let items = page_items(content).chain(method.as_ref().map(|_| PageRef::Method));
        let pages = items.map(Document::of_page);
        let mut documents: Vec<Document> = bulletins.chain(goals).chain(pages).collect();
        documents.sort_by_key(|document| {
            (Reverse(document.date.map(|date| date.instant)), document.kind, document.item)
        });
        let mut translations = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let texts = match document.item {
                PageRef::Method => method.as_ref(),
                item => item.texts(content),
            };
            let texts = texts.into_iter().flat_map(Texts::all);
            let languages = texts.map(|text| text.language);
            translations
                .extend(languages.map(|language| Translation { document: index, language }));
        }
        let synonyms = Synonyms::new(content.site.synonyms.iter().cloned());
        let list_titles = list_titles(content, &documents);
        let content = Arc::clone(content);
        Self { content, documents, translations, synonyms, list_titles, method }
    }

    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// When any document was last modified.
    #[must_use]
    pub fn modified(&self) -> Option<Timestamp> {
        self.documents.iter().filter_map(|document| document.modified).max()
    }

    /// The text of a document in a language.
    #[must_use]
    pub fn text(&self, document: &Document, language: Language) -> Option<&Text> {
        let texts = match document.item {
            PageRef::Method => self.method.as_ref(),
            item => item.texts(&self.content),
        };
        texts?.get(language)
    }

    /// The text of a translation.
    pub(crate) fn text_of(&self, translation: Translation) -> Option<&Text> {
        let document = self.documents.get(translation.document as usize)?;
        self.text(document, translation.language)
    }

    /// Further words by which a translation is found, a line each: the titles of its categories,
    /// a bulletin's date and source, a goal's target and status, and where the list of goals leads.
    pub(crate) fn keywords(&self, translation: Translation) -> String {
        let Some(document) = self.documents.get(translation.document as usize) else {
            return String::new();
        };
        let language = translation.language;
        let locale = self.content.locale(language);
        let mut keywords: Vec<Cow<'_, str>> = Vec::new();
        for index in &document.categories {
            let category = self.content.categories[*index].texts.in_language(language);
            keywords.push(Cow::Borrowed(&category.title.value));
        }
        match document.item {
            PageRef::Bulletin(index) => {
                keywords.extend(document.date.map(|date| locale.date(date.date()).into()));
                let facts = &self.content.bulletins[index].facts;
                if let Some(official) = &facts.document {
                    let numbers = [&official.number, &official.index];
                    keywords.extend(numbers.into_iter().flatten().map(|it| (&*it.value).into()));
                }
                for page in &document.groups {
                    let text = page.texts(&self.content).map(|texts| texts.in_language(language));
                    keywords.extend(text.map(|text| Cow::Borrowed(text.title.value.as_str())));
                }
                if facts.consultation.is_some() {
                    keywords.push(locale.consultations().into());
                }
                let source = facts.source.as_ref();
                keywords.extend(source.map(|source| Cow::Borrowed(source.name.get(language))));
            }
            PageRef::Goal(index) => {
                let target = self.content.goals[index].facts.target.as_ref();
                keywords.extend(target.map(|target| target.value.to_string().into()));
                keywords.extend(self.status_word(translation).map(Cow::Borrowed));
            }
            PageRef::Goals => {
                keywords.extend([locale.how_computed(), locale.open_data()].map(Cow::Borrowed));
                let statuses = self.documents.iter().filter_map(|document| document.status);
                let statuses: BTreeSet<Status> = statuses.collect();
                keywords.extend(statuses.iter().map(|status| status.word(locale).into()));
            }
            _ => {}
        }
        keywords.join("\n")
    }

    /// The word for the status of a goal, which readers see beside its title.
    pub(crate) fn status_word(&self, translation: Translation) -> Option<&str> {
        let status = self.documents.get(translation.document as usize)?.status?;
        Some(status.word(self.content.locale(translation.language)))
    }

    /// The year of a goal, if it has a single one. Titles of bulletins have the years that they are
    /// about, which need not be those of their publication.
    pub(crate) fn year_of_goal(&self, translation: Translation) -> Option<i16> {
        let document = self.documents.get(translation.document as usize)?;
        let (first, last) = document.years?;
        (document.kind == DocumentKind::Goal && first == last).then_some(first)
    }

    /// The body of a translation as plain text.
    pub(crate) fn body(&self, translation: Translation) -> String {
        let text = self.text_of(translation);
        text.map_or_else(String::new, |text| plain_text::from_markdown(&text.body.markdown))
    }
}

/// The titles of the pages that list others, except those that questions name in other words.
fn list_titles(content: &Content, documents: &[Document]) -> ListTitles {
    let mut titles = ListTitles::default();
    for (index, document) in (0..).zip(documents) {
        if document.is_list() && document.item != PageRef::Goals {
            for text in document.item.texts(content).into_iter().flat_map(Texts::all) {
                titles.add(&text.title.value, index);
                text.short_title.iter().for_each(|title| titles.add(title, index));
            }
        }
    }
    titles
}

/// The pages that are neither bulletins nor goals.
fn page_items(content: &Content) -> impl Iterator<Item = PageRef> {
    let pages = (0..content.pages.len()).filter(|index| !content.pages[*index].facts.draft);
    let pages = pages.map(PageRef::StaticPage);
    let sections = (0..content.sections.len()).map(PageRef::Section);
    let goals_index = content.goals_index.is_some().then_some(PageRef::Goals);
    let categories = (0..content.categories.len()).map(PageRef::Category);
    let groups = (0..content.groups.len()).map(PageRef::Group);
    pages.chain(sections).chain(goals_index).chain(categories).chain(groups)
}
