//! The public record: what the city says at one instant, and how its parts belong together.
//!
//! Enter at [`check`] for what is wrong between files, and at [`Record::at`] for what is public at
//! an instant. Pure: no files, no HTML, no clock.

mod address;
mod bulletin;
mod check;
mod consultation;
mod documents;
mod goal;
mod links;
mod load;
mod preview;
pub mod progress;
mod related;
mod schedule;
pub mod validity;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::content::{self, Content, GroupKind, Text};
use crate::language::Language;

pub use address::{Address, PageRef, query_parts};
pub use bulletin::{Bulletin, Gone, GoneReason};
pub use check::check;
pub use consultation::{Consultation, ConsultationState};
pub use goal::{Evidence, Goal, Role};
pub use links::{LinkProblem, Links, Target};
pub use load::{LoadTimings, LoadedContent, load, load_preview};
pub use preview::{Upcoming, UpcomingChange, upcoming};
pub use progress::{Progress, StatusCounts};
pub use schedule::Visibility;
pub use validity::{Validity, ValidityState};

/// A public bulletin, by its place in [`Record::bulletins`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BulletinId(pub(super) usize);

/// A public goal, by its place in [`Record::goals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalId(pub(super) usize);

/// A category, by its place in [`Record::categories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(pub(super) usize);

impl CategoryId {
    /// Its place among the content's categories, which is the same at every instant.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A section with its public bulletins.
#[derive(Debug)]
pub struct Section<'c> {
    /// As it was written.
    pub source: &'c content::BasicPage,
    /// Its bulletins, newest first.
    pub bulletins: Vec<BulletinId>,
}

/// A category with its public goals.
#[derive(Debug)]
pub struct Category<'c> {
    /// As it was written.
    pub source: &'c content::Category,
    /// Its goals in their order.
    pub goals: Vec<GoalId>,
    /// The bulletins that belong to it, newest first.
    pub bulletins: Vec<BulletinId>,
}

/// A body or topic with its public bulletins.
#[derive(Debug)]
pub struct BulletinGroup<'c> {
    pub kind: GroupKind,
    /// As it was written.
    pub source: &'c content::Group,
    /// Its bulletins, newest first.
    pub bulletins: Vec<BulletinId>,
    /// Its place in the content.
    place: usize,
}

impl BulletinGroup<'_> {
    /// Its page.
    #[must_use]
    pub const fn item(&self) -> PageRef {
        PageRef::Group(self.place)
    }
}

/// What is public at one instant.
#[derive(Debug)]
pub struct Record<'c> {
    /// As it was written, public or not; pages must not list from it.
    pub content: &'c Content,
    /// The instant for which this record is true.
    pub instant: Timestamp,
    /// When it stops being true.
    pub next_instant: Option<Timestamp>,
    /// Public bulletins, newest first, withdrawn ones included.
    pub bulletins: Vec<Bulletin<'c>>,
    /// Bulletins that were public once.
    pub gone: Vec<Gone<'c>>,
    /// Sections in their order.
    pub sections: Vec<Section<'c>>,
    /// Categories in their order.
    pub categories: Vec<Category<'c>>,
    /// Bodies, then topics, in the content's order.
    pub groups: Vec<BulletinGroup<'c>>,
    /// Public goals by category, then in their order.
    pub goals: Vec<Goal<'c>>,
    /// How far each goal is, in the order of the goals.
    pub progress: Vec<Progress<'c>>,
    /// Where relative links lead.
    pub links: Links<'c>,
    modified: Option<Timestamp>,
    /// The years that each goal is of.
    years: Vec<Option<RangeInclusive<i16>>>,
    /// The public goal that each goal follows.
    follows: Vec<Option<GoalId>>,
    bulletin_places: BTreeMap<usize, Option<BulletinId>>,
    goal_places: BTreeMap<usize, GoalId>,
}

impl<'c> Record<'c> {
    /// What is public of the content at an instant. The content must have passed [`check`].
    #[must_use]
    pub fn at(content: &'c Content, instant: Timestamp) -> Self {
        let schedule = schedule::Schedule::at(content, instant);
        let categories: Vec<Category<'c>> = content
            .categories
            .iter()
            .map(|source| Category { source, goals: Vec::new(), bulletins: Vec::new() })
            .collect();
        let mut record = Self {
            content,
            instant,
            next_instant: schedule.next_instant,
            bulletins: Vec::new(),
            gone: schedule.gone,
            sections: Vec::new(),
            categories,
            groups: Vec::new(),
            goals: Vec::new(),
            progress: Vec::new(),
            links: Links::new(content),
            modified: None,
            years: Vec::new(),
            follows: Vec::new(),
            bulletin_places: BTreeMap::new(),
            goal_places: BTreeMap::new(),
        };
        let once_public = schedule
            .public
            .iter()
            .copied()
            .chain(record.gone.iter().map(|gone| gone.place))
            .collect::<Vec<_>>();
        record.add_goals(&once_public);
        record.add_bulletins(&schedule.public);
        documents::add_documents(&mut record);
        consultation::add_consultations(&mut record);
        record.modified = record.bulletins.iter().map(Bulletin::modified).max();
        record.add_sections();
        record.add_groups();
        record.add_progress();
        related::relate(&mut record);
        record
    }

    /// A public bulletin.
    #[must_use]
    pub fn bulletin(&self, id: BulletinId) -> &Bulletin<'c> {
        &self.bulletins[id.0]
    }

    /// The bulletin at a place of the content, if it is public.
    #[must_use]
    pub fn bulletin_at(&self, place: usize) -> Option<BulletinId> {
        self.bulletin_places.get(&place).copied().flatten()
    }

    /// A public goal.
    #[must_use]
    pub fn goal(&self, id: GoalId) -> &Goal<'c> {
        &self.goals[id.0]
    }

    /// How far a public goal is.
    #[must_use]
    pub fn progress(&self, id: GoalId) -> &Progress<'c> {
        &self.progress[id.0]
    }

    /// How many of some goals have which status.
    pub fn status_counts(&self, goals: impl IntoIterator<Item = GoalId>) -> StatusCounts {
        goals.into_iter().map(|id| self.progress(id).status).collect()
    }

    /// The years that a goal is of: those of its period. One that is open, or has no period, is of
    /// the years from its start, or its announcement, to its last report.
    #[must_use]
    pub fn years(&self, id: GoalId) -> Option<RangeInclusive<i16>> {
        self.years[id.0].clone()
    }

    /// A goal with those that it follows and those that follow it, the earliest first. A goal that
    /// stands alone is none.
    #[must_use]
    pub fn lineage(&self, id: GoalId) -> Vec<GoalId> {
        let followed = |id: GoalId| self.follows[id.0];
        let mut lineage = vec![id];
        while let Some(earlier) = followed(lineage[0]).filter(|earlier| !lineage.contains(earlier))
        {
            lineage.insert(0, earlier);
        }
        let mut place = 0;
        while place < lineage.len() {
            let later = self.goal_ids().filter(|other| followed(*other) == Some(lineage[place]));
            let later: Vec<GoalId> = later.filter(|other| !lineage.contains(other)).collect();
            lineage.extend(later);
            place += 1;
        }
        if lineage.len() == 1 {
            lineage.clear();
        }
        lineage.sort_by_key(|id| self.progress(*id).period.map(|period| period.from));
        lineage
    }

    /// A category.
    #[must_use]
    pub fn category(&self, id: CategoryId) -> &Category<'c> {
        &self.categories[id.0]
    }

    /// Every category in order.
    pub fn category_ids(&self) -> impl Iterator<Item = CategoryId> + use<> {
        (0..self.categories.len()).map(CategoryId)
    }

    /// Every public goal in order.
    pub fn goal_ids(&self) -> impl Iterator<Item = GoalId> + use<> {
        (0..self.goals.len()).map(GoalId)
    }

    /// Every public bulletin, newest first.
    pub fn bulletin_ids(&self) -> impl Iterator<Item = BulletinId> + use<> {
        (0..self.bulletins.len()).map(BulletinId)
    }

    /// Every public bulletin with what it is in the content, in the content's order.
    pub fn bulletin_pages(&self) -> impl Iterator<Item = (PageRef, BulletinId)> {
        self.bulletin_places
            .iter()
            .filter_map(|(place, id)| id.map(|id| (PageRef::Bulletin(*place), id)))
    }

    /// Every public goal with what it is in the content, in the content's order.
    pub fn goal_pages(&self) -> impl Iterator<Item = (PageRef, GoalId)> {
        self.goal_places.iter().map(|(place, id)| (PageRef::Goal(*place), *id))
    }

    /// The public bulletin with a slug.
    #[must_use]
    pub fn find_bulletin(&self, slug: &str) -> Option<BulletinId> {
        self.bulletin_ids().find(|id| self.bulletin(*id).source.slug == slug)
    }

    /// When anything on the site last changed, by the content's own dates.
    #[must_use]
    pub const fn modified(&self) -> Option<Timestamp> {
        self.modified
    }

    /// When a goal's page last changed: the newest change of a bulletin about it.
    #[must_use]
    pub fn goal_modified(&self, id: GoalId) -> Option<Timestamp> {
        let evidence = self.goal(id).evidence.iter();
        evidence.map(|evidence| self.bulletin(evidence.bulletin).modified()).max()
    }

    /// The words of every public page, in every language.
    pub fn public_texts(&self) -> impl Iterator<Item = &'c Text> {
        let content = self.content;
        let plain = content
            .home
            .iter()
            .chain(&content.goals_index)
            .chain(&content.sections)
            .chain(&content.pages);
        plain
            .flat_map(|entry| entry.texts.all())
            .chain(content.categories.iter().flat_map(|entry| entry.texts.all()))
            .chain(self.goals.iter().flat_map(|goal| goal.source.texts.all()))
            .chain(self.bulletins.iter().flat_map(|bulletin| bulletin.source.texts.all()))
            .chain(content.groups.iter().flat_map(|(_, entry)| entry.texts.all()))
            .chain(content.group_indexes.iter().flat_map(|(_, entry)| entry.texts.all()))
    }

    /// The public bulletins with consultations: what is open first, then by the end of the time.
    #[must_use]
    pub fn consultations(&self) -> Vec<BulletinId> {
        let key = |id: &BulletinId| {
            let consultation = self.bulletin(*id).consultation.as_ref();
            consultation.map(|it| {
                let is_over = it.end <= self.instant;
                // Of those that are over, the newest comes first.
                let end = if is_over { -it.end.as_second() } else { it.end.as_second() };
                (it.state, end, *id)
            })
        };
        let mut ids: Vec<BulletinId> =
            self.bulletin_ids().filter(|id| self.bulletin(*id).consultation.is_some()).collect();
        ids.sort_by_key(key);
        ids
    }

    /// Whether the site has a list of consultations. A section or page of the same name keeps its
    /// address.
    #[must_use]
    pub fn has_consultations(&self) -> bool {
        let name = PageRef::CONSULTATIONS;
        let mut pages = self.content.sections.iter().chain(&self.content.pages);
        self.bulletins.iter().any(|bulletin| bulletin.consultation.is_some())
            && !pages.any(|page| page.slug == name)
    }

    /// The kinds of groups that the site has.
    pub fn group_kinds(&self) -> impl Iterator<Item = GroupKind> {
        let has = move |kind: &GroupKind| self.groups.iter().any(|group| group.kind == *kind);
        GroupKind::ALL.into_iter().filter(has)
    }

    /// The languages of the site.
    pub fn languages(&self) -> impl Iterator<Item = Language> + use<> {
        self.content.site.languages.all()
    }

    /// Goals that are no draft, and that a bulletin has announced or none announces at all.
    fn add_goals(&mut self, once_public: &[usize]) {
        let announced = schedule::announced_goals(self.content, once_public);
        for (place, source) in self.content.goals.iter().enumerate() {
            let category =
                self.categories.iter().position(|category| category.source.slug == source.folder);
            let Some(category) = category
                .filter(|_| !source.facts.draft && announced.contains(source.slug.as_str()))
            else {
                continue;
            };
            let id = GoalId(self.goals.len());
            self.goals.push(Goal { source, category: CategoryId(category), evidence: Vec::new() });
            self.categories[category].goals.push(id);
            self.goal_places.insert(place, id);
        }
        let by_slug: BTreeMap<&str, GoalId> =
            self.goal_ids().map(|id| (self.goal(id).source.slug.as_str(), id)).collect();
        let followed = |goal: &Goal<'_>| {
            by_slug.get(goal.source.facts.follows.as_ref()?.value.as_str()).copied()
        };
        self.follows = self.goals.iter().map(followed).collect();
    }

    fn add_bulletins(&mut self, public: &[usize]) {
        let goals: BTreeMap<&str, GoalId> =
            self.goal_ids().map(|id| (self.goal(id).source.slug.as_str(), id)).collect();
        let categories: BTreeMap<&str, CategoryId> =
            self.category_ids().map(|id| (self.category(id).source.slug.as_str(), id)).collect();
        for place in public {
            let id = BulletinId(self.bulletins.len());
            let source = &self.content.bulletins[*place];
            let bulletin = Bulletin::new(source, self.instant, &goals, &categories, &self.goals);
            for (goal, role) in bulletin.roles() {
                self.goals[goal.0].evidence.push(Evidence {
                    bulletin: id,
                    role,
                    is_withdrawn: bulletin.withdrawn.is_some(),
                });
            }
            for category in &bulletin.categories {
                self.categories[category.0].bulletins.push(id);
            }
            self.bulletins.push(bulletin);
            self.bulletin_places.insert(*place, Some(id));
        }
        for gone in &self.gone {
            self.bulletin_places.insert(gone.place, None);
        }
        for goal in &mut self.goals {
            // Bulletins came newest first; evidence is told in time order. What one bulletin does
            // keeps its order.
            goal.evidence.sort_by_key(|evidence| std::cmp::Reverse(evidence.bulletin));
        }
    }

    fn add_progress(&mut self) {
        let zone = &self.content.site.zone;
        let of = |goal: &Goal<'c>| Progress::of(goal, &self.bulletins, self.instant, zone);
        self.progress = self.goals.par_iter().map(of).collect();
        self.years = self.goal_ids().map(|id| self.years_of(id)).collect();
        let next = self.progress.iter().filter_map(|progress| progress.next_instant).min();
        self.next_instant = [self.next_instant, next].into_iter().flatten().min();
    }

    fn years_of(&self, id: GoalId) -> Option<RangeInclusive<i16>> {
        let goal = self.goal(id);
        let period = self.progress(id).period;
        let announced = || goal.set_by().next().map(|id| self.bulletin(id).published());
        let from = period.map(|period| period.from).or_else(announced)?;
        // What was withdrawn keeps its year: the year's page was published with it.
        let reported = || {
            let reports = goal.evidence.iter().filter_map(|evidence| match evidence.role {
                Role::Reports(report) => Some(report.as_of),
                _ => None,
            });
            reports.max()
        };
        let to = period.and_then(|period| period.to).or_else(reported).unwrap_or(from).max(from);
        Some(from.date().year()..=to.date().year())
    }

    fn add_groups(&mut self) {
        let mut by_slug: BTreeMap<(GroupKind, &str), Vec<BulletinId>> = BTreeMap::new();
        for (place, bulletin) in self.bulletins.iter().enumerate() {
            let facts = &bulletin.source.facts;
            let issuers = facts.issuers.iter().map(|name| (GroupKind::Body, name));
            let topics = facts.topics.iter().map(|name| (GroupKind::Topic, name));
            for (kind, name) in issuers.chain(topics) {
                by_slug.entry((kind, &name.value)).or_default().push(BulletinId(place));
            }
        }
        let groups = self.content.groups.iter().enumerate();
        self.groups = groups
            .map(|(place, (kind, source))| BulletinGroup {
                kind: *kind,
                source,
                bulletins: by_slug.remove(&(*kind, source.slug.as_str())).unwrap_or_default(),
                place,
            })
            .collect();
    }

    fn add_sections(&mut self) {
        let mut by_section: BTreeMap<&str, Vec<BulletinId>> = BTreeMap::new();
        for (place, bulletin) in self.bulletins.iter().enumerate() {
            by_section.entry(bulletin.source.folder.as_str()).or_default().push(BulletinId(place));
        }
        self.sections = self
            .content
            .sections
            .iter()
            .map(|source| Section {
                source,
                bulletins: by_section.remove(source.slug.as_str()).unwrap_or_default(),
            })
            .collect();
    }
}
