//! Computes the record of an instant.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use rayon::prelude::*;

use super::schedule::{Schedule, announced_goals};
use super::{
    Bulletin, BulletinId, BulletinState, Category, CategoryId, Evidence, Goal, GoalId, Links,
    Progress, Record, Role, Section, alerts, consultation, documents, numbers, related,
};
use crate::content::Content;

/// Computes the record of an instant, one kind of page after the other.
pub(super) fn build(content: &Content, instant: Timestamp) -> Record<'_> {
    let (schedule, links) = rayon::join(|| Schedule::at(content, instant), || Links::new(content));
    let categories = content.categories.iter().map(|source| Category {
        source,
        goals: Vec::new(),
        bulletins: Vec::new(),
    });
    let mut record = Record {
        content,
        instant,
        next_instant: schedule.next_instant,
        bulletins: Vec::new(),
        gone: schedule.gone,
        sections: Vec::new(),
        categories: categories.collect(),
        groups: Vec::new(),
        alerts: Vec::new(),
        goals: Vec::new(),
        progress: Vec::new(),
        links,
        modified: None,
        years: Vec::new(),
        follows: Vec::new(),
        bulletin_states: vec![BulletinState::Future; content.bulletins.len()],
        goals_by_index: BTreeMap::new(),
    };
    let gone = record.gone.iter().map(|gone| gone.index);
    let once_public: Vec<usize> = schedule.public.iter().copied().chain(gone).collect();
    add_goals(&mut record, &once_public);
    add_bulletins(&mut record, &schedule.public);
    documents::add_documents(&mut record);
    consultation::add_consultations(&mut record);
    record.modified = record.bulletins.iter().map(Bulletin::modified).max();
    add_sections(&mut record);
    documents::group::add_groups(&mut record);
    add_progress(&mut record);
    related::relate(&mut record);
    alerts::add_alerts(&mut record);
    record
}

/// Adds the goals that are no drafts, and that a public or former bulletin announces or none does.
fn add_goals(record: &mut Record<'_>, once_public: &[usize]) {
    let announced = announced_goals(record.content, once_public);
    for (index, source) in record.content.goals.iter().enumerate() {
        if source.facts.draft || !announced.contains(source.slug.as_str()) {
            continue;
        }
        let category =
            record.categories.iter().position(|category| category.source.slug == source.folder);
        let Some(category) = category else { continue };
        let id = GoalId(record.goals.len());
        record.goals.push(Goal { source, category: CategoryId(category), evidence: Vec::new() });
        record.categories[category].goals.push(id);
        record.goals_by_index.insert(index, id);
    }
    let by_slug = goals_by_slug(record);
    record.follows = record
        .goals
        .iter()
        .map(|goal| {
            let followed = goal.source.facts.follows.as_ref()?;
            by_slug.get(followed.value.as_str()).copied()
        })
        .collect();
}

fn goals_by_slug<'c>(record: &Record<'c>) -> BTreeMap<&'c str, GoalId> {
    record.goal_ids().map(|id| (record.goal(id).source.slug.as_str(), id)).collect()
}

fn add_bulletins(record: &mut Record<'_>, public: &[usize]) {
    let goals = goals_by_slug(record);
    let numbers = numbers::by_bulletin(record.content, &record.links);
    let categories: BTreeMap<&str, CategoryId> =
        record.category_ids().map(|id| (record.category(id).source.slug.as_str(), id)).collect();
    for index in public {
        let id = BulletinId(record.bulletins.len());
        let source = &record.content.bulletins[*index];
        let mut bulletin =
            Bulletin::new(source, record.instant, &goals, &categories, &record.goals);
        bulletin.number = numbers.get(index).copied();
        for (goal, role) in bulletin.roles() {
            record.goals[goal.0].evidence.push(Evidence {
                bulletin: id,
                role,
                is_withdrawn: bulletin.withdrawn.is_some(),
            });
        }
        for category in &bulletin.categories {
            record.categories[category.0].bulletins.push(id);
        }
        record.bulletins.push(bulletin);
        record.bulletin_states[*index] = BulletinState::Public(id);
    }
    for gone in &mut record.gone {
        record.bulletin_states[gone.index] = BulletinState::Gone;
        let former = Bulletin::new(gone.source, record.instant, &goals, &categories, &record.goals);
        gone.goals = former.goals();
        gone.categories = former.categories;
    }
    for goal in &mut record.goals {
        // Bulletins are added newest first, and evidence is in time order. The sort is stable, so
        // that the roles of one bulletin keep their order.
        goal.evidence.sort_by_key(|evidence| Reverse(evidence.bulletin));
    }
}

fn add_sections(record: &mut Record<'_>) {
    let mut by_section: BTreeMap<&str, Vec<BulletinId>> = BTreeMap::new();
    for id in record.bulletin_ids() {
        by_section.entry(record.bulletin(id).source.folder.as_str()).or_default().push(id);
    }
    let sections = record.content.sections.iter().map(|source| Section {
        source,
        bulletins: by_section.remove(source.slug.as_str()).unwrap_or_default(),
    });
    record.sections = sections.collect();
}

fn add_progress(record: &mut Record<'_>) {
    let zone = &record.content.site.zone;
    record.progress = record
        .goals
        .par_iter()
        .map(|goal| Progress::of(goal, &record.bulletins, record.instant, zone))
        .collect();
    record.years = record.goal_ids().map(|id| years(record, id)).collect();
    let next = record.progress.iter().filter_map(|progress| progress.next_instant).min();
    record.next_instant = [record.next_instant, next].into_iter().flatten().min();
}

/// Returns the years to which a goal belongs; see [`Record::years`].
fn years(record: &Record<'_>, id: GoalId) -> Option<RangeInclusive<i16>> {
    let goal = record.goal(id);
    let period = record.progress(id).period;
    let from = match period {
        Some(period) => period.from,
        None => record.bulletin(goal.set_by().next()?).published(),
    };
    // A withdrawn report keeps its year, because the page of the year was published with it.
    let reports = goal.evidence.iter().filter_map(|evidence| match evidence.role {
        Role::Reports(report) => Some(report.as_of),
        _ => None,
    });
    let to = period.and_then(|period| period.to).or(reports.max()).unwrap_or(from).max(from);
    Some(from.date().year()..=to.date().year())
}
