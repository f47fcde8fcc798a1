//! A public bulletin with its goals, categories and neighbours.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::consultation::Consultation;
use super::goal::{Goal, Role};
use super::validity::Validity;
use super::{BulletinId, CategoryId, GoalId};
use crate::content::bulletin::{Change, Override, Relation, Removal, Report, Revision};
use crate::content::{self, Moment, PermanentNumber};

/// The state of a bulletin at the instant of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BulletinState {
    /// A draft, or scheduled.
    Future,
    Public(BulletinId),
    Gone,
}

impl BulletinState {
    pub(super) const fn public(self) -> Option<BulletinId> {
        match self {
            Self::Public(id) => Some(id),
            Self::Future | Self::Gone => None,
        }
    }
}

/// A public bulletin.
#[derive(Debug)]
pub struct Bulletin<'c> {
    /// The bulletin's file.
    pub source: &'c content::Bulletin,
    /// Its permanent number, if it has one yet.
    pub number: Option<PermanentNumber>,
    /// The withdrawal, if the bulletin is withdrawn.
    pub withdrawn: Option<&'c Removal>,
    /// The changes so far, oldest first.
    pub changes: Vec<&'c Change>,
    /// The texts that it had before, the oldest first.
    pub versions: Vec<Version<'c>>,
    /// The public goals that it announces.
    pub sets: Vec<GoalId>,
    /// Its reports on public goals.
    pub reports: Vec<(GoalId, &'c Report)>,
    /// Its new targets for public goals.
    pub revises: Vec<(GoalId, &'c Revision)>,
    /// Its statuses of public goals that replace the computed ones.
    pub overrides: Vec<(GoalId, &'c Override)>,
    /// The public goals that it mentions.
    pub mentions: Vec<GoalId>,
    /// Its own categories and those of its goals, in the site's order.
    pub categories: Vec<CategoryId>,
    /// Whether it is in force, if it is an official document.
    pub validity: Option<Validity>,
    /// The consultation on it, if the public may comment.
    pub consultation: Option<Consultation<'c>>,
    /// The instant at which its page last changed by the passing of time alone.
    pub(super) changed_by_time: Option<Timestamp>,
    /// Its relations to other public bulletins, in the order of the keys.
    pub relations: Vec<(Relation, BulletinId)>,
    /// Relations of other public bulletins to it; by relation, the earliest first.
    pub related_by: Vec<(Relation, BulletinId)>,
    /// Related bulletins, nearest first.
    pub related: Vec<BulletinId>,
    /// The next newer bulletin of its section.
    pub newer: Option<BulletinId>,
    /// The next older bulletin of its section.
    pub older: Option<BulletinId>,
}

/// The texts that a public bulletin had before a change.
#[derive(Debug, Clone, Copy)]
pub struct Version<'c> {
    /// The files of the version.
    pub source: &'c content::Version,
    /// The instant from which they were public.
    pub from: Moment,
    /// The instant at which other texts took their place.
    pub until: Moment,
}

impl<'c> Version<'c> {
    /// Returns the versions of a bulletin that others have replaced at an instant, the oldest
    /// first. A version whose change is still to come is not public: the bulletin has its text.
    #[must_use]
    pub fn replaced_at(source: &'c content::Bulletin, instant: Timestamp) -> Vec<Self> {
        let versions = source.texts.versions.iter().filter_map(|version| {
            let (from, until) = period(source, version.day)?;
            (until.instant <= instant).then_some(Self { source: version, from, until })
        });
        versions.collect()
    }
}

/// The moments at which a bulletin got the text of a day and the next one; `None` on a day without
/// a new text, and on the day of the last one.
pub(super) fn period(source: &content::Bulletin, day: Date) -> Option<(Moment, Moment)> {
    let moments: Vec<Moment> = text_moments(source).collect();
    let from = moments.iter().copied().filter(|moment| moment.date() == day).max()?;
    let until = moments.into_iter().filter(|moment| moment.date() > day).min()?;
    Some((from, until))
}

/// The moments at which a bulletin got a new text: its publication and its changes.
pub(super) fn text_moments(source: &content::Bulletin) -> impl Iterator<Item = Moment> {
    let changes = source.facts.changes.iter().map(|change| change.on);
    std::iter::once(source.facts.published.value).chain(changes)
}

/// A bulletin that was public before.
#[derive(Debug)]
pub struct Gone<'c> {
    /// The bulletin's file. Only its address may be shown.
    pub source: &'c content::Bulletin,
    pub reason: GoneReason<'c>,
    /// The public goals that it concerned.
    pub goals: Vec<GoalId>,
    /// Its categories and those of its goals.
    pub categories: Vec<CategoryId>,
    /// Its index among the content's bulletins.
    pub(super) index: usize,
}

/// The reason why a bulletin is no longer public.
#[derive(Debug, Clone, Copy)]
pub enum GoneReason<'c> {
    /// Its `expires` has passed.
    Expired(Moment),
    /// It was removed.
    Removed(&'c Removal),
}

impl<'c> Bulletin<'c> {
    pub(super) fn new(
        source: &'c content::Bulletin,
        instant: Timestamp,
        goals: &BTreeMap<&str, GoalId>,
        categories: &BTreeMap<&str, CategoryId>,
        all_goals: &[Goal<'c>],
    ) -> Self {
        let facts = &source.facts;
        let one = |name: &content::Located<String>| goals.get(name.value.as_str()).copied();
        let sets: Vec<GoalId> = facts.sets.iter().filter_map(one).collect();
        let mentions: Vec<GoalId> = facts.mentions.iter().filter_map(one).collect();
        let reports: Vec<_> = facts
            .reports
            .iter()
            .filter_map(|report| one(&report.goal).map(|goal| (goal, report)))
            .collect();
        let revises: Vec<_> = facts
            .revises
            .iter()
            .filter_map(|revision| one(&revision.goal).map(|goal| (goal, revision)))
            .collect();
        let overrides: Vec<_> = facts
            .overrides
            .iter()
            .filter_map(|judgement| one(&judgement.goal).map(|goal| (goal, judgement)))
            .collect();
        let mut all: Vec<CategoryId> = facts
            .categories
            .iter()
            .filter_map(|name| categories.get(name.value.as_str()).copied())
            .chain(sets.iter().chain(&mentions).map(|goal| all_goals[goal.0].category))
            .chain(reports.iter().map(|(goal, _)| all_goals[goal.0].category))
            .chain(revises.iter().map(|(goal, _)| all_goals[goal.0].category))
            .chain(overrides.iter().map(|(goal, _)| all_goals[goal.0].category))
            .collect();
        all.sort_unstable();
        all.dedup();
        Self {
            source,
            number: None,
            withdrawn: facts.withdrawn.as_ref().filter(|removal| removal.on.instant <= instant),
            changes: facts.changes.iter().filter(|change| change.on.instant <= instant).collect(),
            versions: Version::replaced_at(source, instant),
            sets,
            reports,
            revises,
            overrides,
            mentions,
            categories: all,
            validity: None,
            consultation: None,
            changed_by_time: None,
            relations: Vec::new(),
            related_by: Vec::new(),
            related: Vec::new(),
            newer: None,
            older: None,
        }
    }

    /// Whether it reports on a goal, changes a target, or overrides a status.
    #[must_use]
    pub fn says_something(&self) -> bool {
        !(self.reports.is_empty() && self.revises.is_empty() && self.overrides.is_empty())
    }

    /// Whether it concerns one goal and no other.
    #[must_use]
    pub fn touches_only(&self, goal: GoalId) -> bool {
        self.goals() == [goal]
    }

    /// Whether it concerns any public goal.
    #[must_use]
    pub fn touches_goals(&self) -> bool {
        self.says_something() || !(self.sets.is_empty() && self.mentions.is_empty())
    }

    /// Whether a calendar shows it: it has a consultation, events, or days in force.
    #[must_use]
    pub fn has_dates(&self) -> bool {
        let facts = &self.source.facts;
        let document = facts.document.as_ref();
        facts.consultation.is_some()
            || !facts.events.is_empty()
            || document.is_some_and(|it| it.effective.is_some() || it.until.is_some())
    }

    #[must_use]
    pub fn published(&self) -> Moment {
        self.source.facts.published.value
    }

    /// Returns the moment of the last change after publication.
    #[must_use]
    pub fn updated(&self) -> Option<Moment> {
        self.changes.last().map(|change| change.on)
    }

    /// Returns the instant at which its page last changed.
    #[must_use]
    pub fn modified(&self) -> Timestamp {
        let dates =
            [Some(self.published()), self.updated(), self.withdrawn.map(|removal| removal.on)];
        dates
            .into_iter()
            .flatten()
            .map(|moment| moment.instant)
            .chain(self.changed_by_time)
            .max()
            .unwrap_or(self.published().instant)
    }

    /// Returns the goals that it concerns, each with the role: announcements first, then reports,
    /// revisions, overrides, mentions.
    pub(super) fn roles(&self) -> Vec<(GoalId, Role<'c>)> {
        let mut roles: Vec<(GoalId, Role<'c>)> =
            self.sets.iter().map(|goal| (*goal, Role::Sets)).collect();
        roles.extend(self.reports.iter().map(|(goal, report)| (*goal, Role::Reports(report))));
        roles.extend(self.revises.iter().map(|(goal, revision)| (*goal, Role::Revises(revision))));
        roles.extend(
            self.overrides.iter().map(|(goal, judgement)| (*goal, Role::Overrides(judgement))),
        );
        roles.extend(self.mentions.iter().map(|goal| (*goal, Role::Mentions)));
        roles
    }

    /// Returns every goal that it concerns, each once.
    pub(super) fn goals(&self) -> Vec<GoalId> {
        let mut goals: Vec<GoalId> = self.roles().into_iter().map(|(goal, _)| goal).collect();
        goals.sort_unstable();
        goals.dedup();
        goals
    }
}
