//! The public record: the public content at one instant, with the references between its parts.
//!
//! Enter at [`check()`] for problems across files, and at [`Record::at`] for the record at an
//! instant. Pure: no files, no HTML, no clock.

mod address;
mod alerts;
mod build;
mod bulletin;
mod check;
mod consultation;
mod documents;
mod goal;
mod links;
mod load;
mod numbers;
mod preview;
pub mod progress;
mod related;
mod schedule;
pub mod validity;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::Timestamp;

use crate::content::{self, Content, Text, Texts};
use crate::language::Language;

use address::canonical_alias;
pub use address::{Address, PageRef, query_parts};
pub(crate) use bulletin::BulletinState;
pub use bulletin::{Bulletin, Gone, GoneReason, Version};
pub use check::check;
pub use consultation::{Consultation, ConsultationState, last_day_for_comments};
pub(crate) use documents::group::groups_of;
pub use documents::group::{BulletinGroup, GroupSource};
pub use goal::{Evidence, Goal, Role};
pub use links::{LinkProblem, Links, Target};
pub use load::{LoadTimings, LoadedContent, load, load_after, load_preview};
pub use preview::{Upcoming, UpcomingChange, UpcomingChanges, upcoming};
pub use progress::{Progress, StatusCounts};
pub use schedule::Visibility;
pub use validity::{Validity, ValidityState};

/// A public bulletin, by its index in [`Record::bulletins`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BulletinId(pub(super) usize);

/// A public goal, by its index in [`Record::goals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalId(pub(super) usize);

/// A category, by its index in [`Record::categories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(pub(super) usize);

impl CategoryId {
    /// Its index among the content's categories, which is the same at every instant.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A section with its public bulletins.
#[derive(Debug)]
pub struct Section<'c> {
    /// The section's file.
    pub source: &'c content::BasicPage,
    /// Newest first.
    pub bulletins: Vec<BulletinId>,
}

/// A category with its public goals.
#[derive(Debug)]
pub struct Category<'c> {
    /// The category's file.
    pub source: &'c content::Category,
    /// In their order.
    pub goals: Vec<GoalId>,
    /// The bulletins of its goals and those that name the category, newest first.
    pub bulletins: Vec<BulletinId>,
}

/// The public content at one instant.
#[derive(Debug)]
pub struct Record<'c> {
    /// All content, public or not. Pages must not list from it.
    pub content: &'c Content,
    /// The instant for which this record is valid.
    pub instant: Timestamp,
    /// The instant at which the record changes next.
    pub next_instant: Option<Timestamp>,
    /// Newest first, withdrawn ones included.
    pub bulletins: Vec<Bulletin<'c>>,
    /// Bulletins that were public before.
    pub gone: Vec<Gone<'c>>,
    /// In their order.
    pub sections: Vec<Section<'c>>,
    /// In their order.
    pub categories: Vec<Category<'c>>,
    /// Bodies, then topics, in the content's order, then the kinds of documents.
    pub groups: Vec<BulletinGroup<'c>>,
    /// The alerts that every page has now, the most urgent first.
    pub alerts: Vec<&'c content::Alert>,
    /// By category, then in their order.
    pub goals: Vec<Goal<'c>>,
    /// The progress of each goal, in the order of the goals.
    pub progress: Vec<Progress<'c>>,
    /// The resolver of relative links.
    pub links: Links<'c>,
    modified: Option<Timestamp>,
    /// The years to which each goal belongs.
    years: Vec<Option<RangeInclusive<i16>>>,
    /// The public goal that each goal follows.
    follows: Vec<Option<GoalId>>,
    /// The state of each bulletin of the content.
    bulletin_states: Vec<BulletinState>,
    goals_by_index: BTreeMap<usize, GoalId>,
}

impl<'c> Record<'c> {
    /// Computes the record of an instant. The content must have passed [`check()`].
    #[must_use]
    pub fn at(content: &'c Content, instant: Timestamp) -> Self {
        build::build(content, instant)
    }

    #[must_use]
    pub fn bulletin(&self, id: BulletinId) -> &Bulletin<'c> {
        &self.bulletins[id.0]
    }

    /// Returns the bulletin at an index of the content, if it is public.
    #[must_use]
    pub fn bulletin_at(&self, index: usize) -> Option<BulletinId> {
        self.bulletin_states.get(index)?.public()
    }

    #[must_use]
    pub fn goal(&self, id: GoalId) -> &Goal<'c> {
        &self.goals[id.0]
    }

    /// Returns the progress of a public goal.
    #[must_use]
    pub fn progress(&self, id: GoalId) -> &Progress<'c> {
        &self.progress[id.0]
    }

    /// Counts goals by status.
    pub fn status_counts(&self, goals: impl IntoIterator<Item = GoalId>) -> StatusCounts {
        goals.into_iter().map(|id| self.progress(id).status).collect()
    }

    /// Returns the years to which a goal belongs: those of its period. Without an end, they run
    /// from its start or announcement to its last report.
    #[must_use]
    pub fn years(&self, id: GoalId) -> Option<RangeInclusive<i16>> {
        self.years[id.0].clone()
    }

    /// Returns a goal with its predecessors and successors, the earliest first; an empty list if it
    /// has none.
    #[must_use]
    pub fn lineage(&self, id: GoalId) -> Vec<GoalId> {
        let mut lineage = vec![id];
        while let Some(earlier) = self.follows[lineage[0].0]
            && !lineage.contains(&earlier)
        {
            lineage.insert(0, earlier);
        }
        let mut index = 0;
        while index < lineage.len() {
            for other in self.goal_ids() {
                if self.follows[other.0] == Some(lineage[index]) && !lineage.contains(&other) {
                    lineage.push(other);
                }
            }
            index += 1;
        }
        if lineage.len() == 1 {
            lineage.clear();
        }
        lineage.sort_by_key(|id| self.progress(*id).period.map(|period| period.from));
        lineage
    }

    #[must_use]
    pub fn category(&self, id: CategoryId) -> &Category<'c> {
        &self.categories[id.0]
    }

    /// Iterates over all categories in order.
    pub fn category_ids(&self) -> impl Iterator<Item = CategoryId> + use<> {
        (0..self.categories.len()).map(CategoryId)
    }

    /// Iterates over all public goals in order.
    pub fn goal_ids(&self) -> impl Iterator<Item = GoalId> + use<> {
        (0..self.goals.len()).map(GoalId)
    }

    /// Iterates over all public bulletins, newest first.
    pub fn bulletin_ids(&self) -> impl Iterator<Item = BulletinId> + use<> {
        (0..self.bulletins.len()).map(BulletinId)
    }

    /// Iterates over the indices of public static pages, in the content's order.
    pub fn static_pages(&self) -> impl Iterator<Item = usize> + use<'c> {
        let pages = self.content.pages.iter().enumerate();
        pages.filter(|(_, page)| !page.facts.draft).map(|(index, _)| index)
    }

    /// Iterates over public bulletins with their pages, in the content's order.
    pub fn bulletin_pages(&self) -> impl Iterator<Item = (PageRef, BulletinId)> {
        let states = self.bulletin_states.iter().enumerate();
        states.filter_map(|(index, state)| Some((PageRef::Bulletin(index), state.public()?)))
    }

    /// Iterates over public goals with their pages, in the content's order.
    pub fn goal_pages(&self) -> impl Iterator<Item = (PageRef, GoalId)> {
        self.goals_by_index.iter().map(|(index, id)| (PageRef::Goal(*index), *id))
    }

    /// Finds a public bulletin by its slug.
    #[must_use]
    pub fn find_bulletin(&self, slug: &str) -> Option<BulletinId> {
        self.bulletin_ids().find(|id| self.bulletin(*id).source.slug == slug)
    }

    /// Returns the last change of anything on the site, by the content's own dates.
    #[must_use]
    pub const fn modified(&self) -> Option<Timestamp> {
        self.modified
    }

    /// Returns the last change of a goal's page: that of a bulletin that concerns it.
    #[must_use]
    pub fn goal_modified(&self, id: GoalId) -> Option<Timestamp> {
        let evidence = self.goal(id).evidence.iter();
        evidence.map(|evidence| self.bulletin(evidence.bulletin).modified()).max()
    }

    /// Iterates over the texts of all public pages, in all languages.
    pub fn public_texts(&self) -> impl Iterator<Item = &'c Text> {
        let bulletins = self.bulletins.iter().flat_map(|bulletin| bulletin.source.texts.all());
        self.other_texts().chain(bulletins)
    }

    /// Iterates over the texts of all public pages that are no bulletins.
    pub(crate) fn other_texts(&self) -> impl Iterator<Item = &'c Text> {
        let content = self.content;
        let plain = content
            .home
            .iter()
            .chain(&content.goals_index)
            .chain(&content.sections)
            .chain(content.pages.iter().filter(|page| !page.facts.draft));
        plain
            .flat_map(|entry| entry.texts.all())
            .chain(content.categories.iter().flat_map(|entry| entry.texts.all()))
            .chain(self.goals.iter().flat_map(|goal| goal.source.texts.all()))
            .chain(content.groups.iter().flat_map(|(_, entry)| entry.texts.all()))
            .chain(content.group_indexes.iter().flat_map(|(_, entry)| entry.texts.all()))
            .chain(self.alerts.iter().flat_map(|alert| alert.texts.all()))
    }

    /// Returns the public bulletins with consultations: open ones first, then by the end.
    #[must_use]
    pub fn consultations(&self) -> Vec<BulletinId> {
        let mut ids: Vec<BulletinId> =
            self.bulletin_ids().filter(|id| self.bulletin(*id).consultation.is_some()).collect();
        ids.sort_by_key(|id| {
            let consultation = self.bulletin(*id).consultation.as_ref();
            consultation.map(|it| {
                let is_over = it.end <= self.instant;
                // Of those that are over, the newest comes first.
                let end = if is_over { -it.end.as_second() } else { it.end.as_second() };
                (it.state, end, *id)
            })
        });
        ids
    }

    /// Whether the site has a list of consultations. A section or page of the same name keeps its
    /// address.
    #[must_use]
    pub fn has_consultations(&self) -> bool {
        self.bulletins.iter().any(|bulletin| bulletin.consultation.is_some())
            && !self.content.has_page_at(PageRef::CONSULTATIONS)
    }

    /// Returns the pages above all bodies, all topics and all kinds of documents, if the site has
    /// them.
    #[must_use]
    pub fn group_lists(&self) -> Vec<PageRef> {
        let mut lists: Vec<PageRef> = self.groups.iter().map(|group| group.list).collect();
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    pub fn languages(&self) -> impl Iterator<Item = Language> + use<> {
        self.content.site.languages.all()
    }

    /// Returns the address of a bulletin's page for readers of a language.
    #[must_use]
    pub fn bulletin_address(&self, id: BulletinId, language: Language) -> Address {
        let source = self.bulletin(id).source;
        self.own_address(&source.texts, language, &format!("{}/{}/", source.folder, source.slug))
    }

    /// Returns the address of a goal's page for readers of a language.
    #[must_use]
    pub fn goal_address(&self, id: GoalId, language: Language) -> Address {
        let source = self.goal(id).source;
        let rest = format!("goals/{}/{}/", source.folder, source.slug);
        self.own_address(&source.texts, language, &rest)
    }

    /// Returns the path of a category's page in a language.
    #[must_use]
    pub fn category_path(&self, id: CategoryId, language: Language) -> String {
        PageRef::Category(id.0).path(self.content, language)
    }

    /// Returns the address of a page if it is public. A former bulletin keeps its address.
    #[must_use]
    pub fn public_address(&self, item: PageRef, language: Language) -> Option<Address> {
        let is_public = match item {
            PageRef::Bulletin(index) => self.bulletin_states[index] != BulletinState::Future,
            PageRef::Goal(index) => self.goals_by_index.contains_key(&index),
            PageRef::StaticPage(index) => !self.content.pages[index].facts.draft,
            PageRef::Consultations => self.has_consultations(),
            PageRef::DocumentKinds | PageRef::DocumentKind(_) => {
                self.groups.iter().any(|group| [group.list, group.page].contains(&item))
            }
            PageRef::Home
            | PageRef::Section(_)
            | PageRef::Goals
            | PageRef::Method
            | PageRef::Category(_)
            | PageRef::Groups(_)
            | PageRef::Group(_) => true,
        };
        is_public.then(|| item.address(self.content, language))
    }

    /// Returns every alias with the path of its page in the default language, and the paths of
    /// permanent numbers. Those of pages that are not public are left out; those of former
    /// bulletins lead to their 410 pages.
    #[must_use]
    pub fn aliases(&self) -> Vec<(String, String)> {
        let mut aliases = Vec::new();
        for (page, _, written) in PageRef::all(self.content) {
            if let Some(address) = self.public_address(page, Language::DEFAULT) {
                let paths = written.iter().filter_map(|alias| canonical_alias(&alias.value));
                aliases.extend(paths.map(|path| (path, address.path.clone())));
            }
        }
        aliases.extend(numbers::paths(self));
        aliases
    }

    /// Whether a content file is public. The files in the folder of a bulletin or goal that is not
    /// public are not.
    #[must_use]
    pub fn is_public_file(&self, file: &str) -> bool {
        let Some((folder, _)) = file.rsplit_once('/') else { return true };
        let owner = self.links.item_of(&format!("{folder}/index.md"));
        match owner {
            Some(PageRef::Bulletin(index)) => self.bulletin_at(index).is_some(),
            Some(PageRef::Goal(index)) => self.goals_by_index.contains_key(&index),
            Some(PageRef::StaticPage(index)) => !self.content.pages[index].facts.draft,
            _ => true,
        }
    }

    fn own_address(&self, texts: &Texts, language: Language, rest: &str) -> Address {
        let language = if texts.get(language).is_some() { language } else { Language::DEFAULT };
        Address { path: format!("{}{rest}", self.content.site.languages.root(language)), language }
    }
}
