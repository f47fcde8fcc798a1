//! The rows of lists: every list of bulletins, and every list of goals, reads the same.

use super::context::{Context, Date};
use super::progress::{BulletinRef, StatusView, status_word};
use crate::content::bulletin::ReportValue;
use crate::language::Language;
use crate::record::{BulletinId, CategoryId, GoalId};

/// A bulletin in a list.
#[derive(Debug)]
pub(super) struct BulletinRow<'r> {
    pub(super) date: Date,
    pub(super) href: String,
    pub(super) title: &'r str,
    pub(super) summary: &'r str,
    /// The tag of its language where it is not the page's.
    pub(super) foreign: Option<&'r str>,
    /// What it belongs to and does: `Economic development · Reports on 1 goal`.
    pub(super) tag: String,
}

/// A goal in a list.
pub(super) struct GoalRow<'r> {
    pub(super) href: String,
    pub(super) title: &'r str,
    pub(super) foreign: Option<&'r str>,
    pub(super) status: StatusView<'r>,
    /// Left out of lists that only name goals.
    pub(super) details: Option<GoalDetails<'r>>,
}

/// How far a goal in a list is.
pub(super) struct GoalDetails<'r> {
    pub(super) target: String,
    /// What was last reported: the words, the day for which they hold, and who said so.
    pub(super) latest: Option<(String, Date, BulletinRef<'r>)>,
    /// The status that a bulletin gave, where it is another.
    pub(super) judgement: Option<&'r str>,
}

/// The goals of one category in a list.
pub(super) struct GoalGroup<'r> {
    pub(super) id: &'r str,
    pub(super) hue: &'static str,
    pub(super) title: &'r str,
    pub(super) href: String,
    pub(super) count: String,
    pub(super) goals: Vec<GoalRow<'r>>,
}

impl<'r> Context<'r> {
    pub(super) fn bulletin_row(&self, id: BulletinId, language: Language) -> BulletinRow<'r> {
        let record = self.record;
        let bulletin = record.bulletin(id);
        let text = bulletin.source.texts.in_language(language);
        let (href, foreign) = self.link(record.bulletin_address(id, language), language);
        BulletinRow {
            date: self.day(bulletin.published(), language),
            href,
            title: &text.title.value,
            summary: text.summary.as_ref().map_or("", |summary| &summary.value),
            foreign,
            tag: self.bulletin_tag(id, language),
        }
    }

    pub(super) fn bulletin_rows(
        &self,
        ids: &[BulletinId],
        language: Language,
    ) -> Vec<BulletinRow<'r>> {
        ids.iter().map(|id| self.bulletin_row(*id, language)).collect()
    }

    fn bulletin_tag(&self, id: BulletinId, language: Language) -> String {
        let words = self.words(language);
        let bulletin = self.record.bulletin(id);
        let mut parts: Vec<String> = Vec::new();
        if bulletin.withdrawn.is_some() {
            parts.push(words.withdrawn().to_owned());
        }
        // More than two categories say nothing in a list.
        let categories = self.category_titles(id, language);
        if categories.len() <= 2 {
            parts.extend(categories.into_iter().map(ToOwned::to_owned));
        }
        if !bulletin.sets.is_empty() {
            parts.push(words.sets_goals(bulletin.sets.len()));
        }
        let mut reported: Vec<GoalId> = bulletin.reports.iter().map(|(goal, _)| *goal).collect();
        reported.dedup();
        if !reported.is_empty() {
            parts.push(words.reports_goals(reported.len()));
        }
        if !bulletin.revises.is_empty() {
            parts.push(words.role_revises().to_owned());
        }
        if !bulletin.overrides.is_empty() {
            parts.push(words.role_overrides().to_owned());
        }
        parts.join(" · ")
    }

    /// A goal with its status, as bulletins list it.
    fn goal_row(&self, id: GoalId, language: Language) -> GoalRow<'r> {
        let record = self.record;
        let text = record.goal(id).source.texts.in_language(language);
        let (href, foreign) = self.link(record.goal_address(id, language), language);
        let status = self.status(record.progress(id).status, language);
        GoalRow { href, title: &text.title.value, foreign, status, details: None }
    }

    /// A goal with its target and its latest figure, as lists of goals have it.
    fn full_goal_row(&self, id: GoalId, language: Language) -> GoalRow<'r> {
        let judgement = self.record.progress(id).overridden;
        let details = GoalDetails {
            target: self.target(id, language).text(),
            latest: self.latest(id, language),
            judgement: judgement
                .map(|(_, judgement)| status_word(self.words(language), judgement.status)),
        };
        GoalRow { details: Some(details), ..self.goal_row(id, language) }
    }

    /// The figure that makes a goal's status, or its last report in words.
    fn latest(&self, id: GoalId, language: Language) -> Option<(String, Date, BulletinRef<'r>)> {
        let progress = self.record.progress(id);
        if let Some(figure) = progress.latest_figure() {
            let text = self.figure_text(id, figure, language);
            let day = self.as_of(figure.report.as_of, language);
            return Some((text, day, self.bulletin_ref(figure.bulletin, language)));
        }
        let now = self.now().date();
        let goal = self.record.goal(id);
        let spoken = goal
            .reports()
            .filter(|(_, report)| report.value.figure().is_none() && report.as_of.date() <= now);
        let (bulletin, report) = spoken.max_by_key(|(_, report)| report.as_of)?;
        let text = match report.value {
            ReportValue::Milestone(_) => self.progress(id, language).figure.text(),
            _ => self.words(language).reported_in_words().to_owned(),
        };
        Some((text, self.as_of(report.as_of, language), self.bulletin_ref(bulletin, language)))
    }

    /// Goals under the headings of their categories, in the site's order.
    pub(super) fn goal_groups(&self, goals: &[GoalId], language: Language) -> Vec<GoalGroup<'r>> {
        let record = self.record;
        let mut groups: Vec<(CategoryId, Vec<GoalId>)> = Vec::new();
        let mut sorted = goals.to_vec();
        sorted.sort_unstable();
        for goal in sorted {
            let category = record.goal(goal).category;
            match groups.last_mut() {
                Some((last, goals)) if *last == category => goals.push(goal),
                _ => groups.push((category, vec![goal])),
            }
        }
        let rows =
            |goals: &[GoalId]| goals.iter().map(|goal| self.goal_row(*goal, language)).collect();
        groups
            .into_iter()
            .map(|(category, goals)| self.group(category, rows(&goals), language))
            .collect()
    }

    /// Goals of one category with their targets and latest figures.
    pub(super) fn goal_group(
        &self,
        category: CategoryId,
        goals: &[GoalId],
        language: Language,
    ) -> GoalGroup<'r> {
        let rows = goals.iter().map(|goal| self.full_goal_row(*goal, language)).collect();
        self.group(category, rows, language)
    }

    fn group(
        &self,
        category: CategoryId,
        goals: Vec<GoalRow<'r>>,
        language: Language,
    ) -> GoalGroup<'r> {
        let source = self.record.category(category).source;
        GoalGroup {
            id: &source.slug,
            hue: source.facts.hue.name(),
            title: &source.texts.in_language(language).title.value,
            href: self.record.category_path(category, language),
            count: self.words(language).count_goals(goals.len()),
            goals,
        }
    }
}
