//! The rows of all lists of bulletins and goals.

use super::document::facts::validity_word;
use super::progress::{BulletinRef, ProgressPresenter, ProgressView, StatusView};
use crate::content::Status;
use crate::content::bulletin::ReportValue;
use crate::language::Language;
use crate::pages::context::{Context, Date};
use crate::record::{BulletinId, CategoryId, GoalId};

#[derive(Debug)]
pub(crate) struct BulletinRow<'r> {
    pub(crate) date: Date,
    pub(crate) href: String,
    pub(crate) title: &'r str,
    pub(crate) summary: &'r str,
    /// The `lang` attribute, where the language is not the page's.
    pub(crate) lang: Option<&'r str>,
    /// Its categories and effects: `Economic development`, `Reports on 1 goal`.
    pub(crate) labels: Vec<String>,
}

pub(crate) struct GoalRow<'r> {
    pub(crate) href: String,
    pub(crate) title: &'r str,
    pub(crate) lang: Option<&'r str>,
    pub(crate) status: StatusView<'r>,
    /// None in lists that only name goals.
    pub(crate) details: Option<GoalDetails<'r>>,
}

/// A goal's target and latest figure.
pub(crate) struct GoalDetails<'r> {
    pub(crate) target: String,
    /// The last report: its text, the day for which it holds, and the bulletin.
    pub(crate) latest: Option<(String, Date, BulletinRef<'r>)>,
    /// The status that a bulletin gave, if it differs from the computed one.
    pub(crate) judgement: Option<&'r str>,
}

/// The goals of one category.
pub(crate) struct GoalGroup<'r> {
    pub(crate) id: &'r str,
    pub(crate) hue: &'static str,
    pub(crate) title: &'r str,
    pub(crate) href: String,
    pub(crate) count: String,
    /// The goals with a report.
    pub(crate) goals: Vec<GoalRow<'r>>,
    /// The goals not yet reported, which are listed under one status.
    pub(crate) unreported: Vec<GoalRow<'r>>,
    pub(crate) unreported_count: String,
}

pub(crate) fn bulletin_rows<'r>(
    context: &Context<'r>,
    ids: &[BulletinId],
    language: Language,
) -> Vec<BulletinRow<'r>> {
    ids.iter().map(|id| BulletinRow::new(context, *id, language)).collect()
}

/// Groups goals under the headings of their categories, in the site's order.
pub(crate) fn goal_groups<'r>(
    context: &Context<'r>,
    goals: &[GoalId],
    language: Language,
) -> Vec<GoalGroup<'r>> {
    let record = context.record;
    let mut groups: Vec<(CategoryId, Vec<GoalRow<'r>>)> = Vec::new();
    let mut sorted = goals.to_vec();
    sorted.sort_unstable();
    for goal in sorted {
        let category = record.goal(goal).category;
        let row = GoalRow::new(context, goal, language);
        match groups.last_mut() {
            Some((last, rows)) if *last == category => rows.push(row),
            _ => groups.push((category, vec![row])),
        }
    }
    groups
        .into_iter()
        .map(|(category, rows)| GoalGroup::with_rows(context, category, rows, language))
        .collect()
}

impl<'r> BulletinRow<'r> {
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Self {
        let record = context.record;
        let bulletin = record.bulletin(id);
        let text = bulletin.source.texts.in_language(language);
        let (href, lang) = context.link(record.bulletin_address(id, language), language);
        Self {
            date: context.day(bulletin.published(), language),
            href,
            title: &text.title.value,
            summary: text.summary.as_ref().map_or("", |summary| &summary.value),
            lang,
            labels: bulletin_labels(context, id, language),
        }
    }
}

fn bulletin_labels(context: &Context<'_>, id: BulletinId, language: Language) -> Vec<String> {
    let locale = context.locale(language);
    let bulletin = context.record.bulletin(id);
    let mut parts: Vec<String> = Vec::new();
    if bulletin.withdrawn.is_some() {
        parts.push(locale.withdrawn().to_owned());
    }
    // A document that is in force needs no mark.
    let state = bulletin.validity.map(|validity| validity.state);
    let ended = state.filter(|state| state.is_in_force() == Some(false));
    parts.extend(ended.map(|state| validity_word(locale, state).to_owned()));
    // More than two categories say nothing in a list.
    let categories = context.category_titles(id, language);
    if categories.len() <= 2 {
        parts.extend(categories.into_iter().map(ToOwned::to_owned));
    }
    if !bulletin.sets.is_empty() {
        parts.push(locale.sets_goals(bulletin.sets.len()));
    }
    let mut reported: Vec<GoalId> = bulletin.reports.iter().map(|(goal, _)| *goal).collect();
    reported.dedup();
    if !reported.is_empty() {
        parts.push(locale.reports_goals(reported.len()));
    }
    if !bulletin.revises.is_empty() {
        parts.push(locale.role_revises().to_owned());
    }
    if !bulletin.overrides.is_empty() {
        parts.push(locale.role_overrides().to_owned());
    }
    parts
}

impl<'r> GoalRow<'r> {
    /// A goal with its status, for bulletins.
    fn new(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        let record = context.record;
        let text = record.goal(id).source.texts.in_language(language);
        let (href, lang) = context.link(record.goal_address(id, language), language);
        let status = StatusView::new(context, record.progress(id).status, language);
        Self { href, title: &text.title.value, lang, status, details: None }
    }

    /// A goal with its target and latest figure, for lists of goals.
    fn with_details(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        let details = Some(GoalDetails::new(context, id, language));
        Self { details, ..Self::new(context, id, language) }
    }
}

impl<'r> GoalDetails<'r> {
    fn new(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        let judgement = context.record.progress(id).overridden;
        Self {
            target: ProgressPresenter::new(context, id, language).target().text(),
            latest: latest(context, id, language),
            judgement: judgement
                .map(|(_, judgement)| judgement.status.word(context.locale(language))),
        }
    }
}

/// The figure that determines the status, or else the last report in words.
fn latest<'r>(
    context: &Context<'r>,
    id: GoalId,
    language: Language,
) -> Option<(String, Date, BulletinRef<'r>)> {
    let progress = context.record.progress(id);
    if let Some(figure) = progress.latest_figure() {
        let figure_text = ProgressPresenter::new(context, id, language).figure_text(figure);
        let locale = context.locale(language);
        // Beside the target, which may be the same number.
        let text = locale.label(locale.latest_figure(), &figure_text);
        let day = context.as_of(figure.report.as_of, language);
        return Some((text, day, BulletinRef::new(context, figure.bulletin, language)));
    }
    let now = context.now().date();
    let goal = context.record.goal(id);
    let spoken = goal
        .reports()
        .filter(|(_, report)| report.value.figure().is_none() && report.as_of.date() <= now);
    let (bulletin, report) = spoken.max_by_key(|(_, report)| report.as_of)?;
    let text = match report.value {
        ReportValue::Milestone(_) => ProgressView::new(context, id, language).figure.text(),
        _ => context.locale(language).reported_in_words().to_owned(),
    };
    let day = context.as_of(report.as_of, language);
    Some((text, day, BulletinRef::new(context, bulletin, language)))
}

impl<'r> GoalGroup<'r> {
    /// The goals of one category with their targets and latest figures.
    pub(crate) fn new(
        context: &Context<'r>,
        category: CategoryId,
        goals: &[GoalId],
        language: Language,
    ) -> Self {
        let rows =
            goals.iter().map(|goal| GoalRow::with_details(context, *goal, language)).collect();
        Self::with_rows(context, category, rows, language)
    }

    fn with_rows(
        context: &Context<'r>,
        category: CategoryId,
        goals: Vec<GoalRow<'r>>,
        language: Language,
    ) -> Self {
        let source = context.record.category(category).source;
        let locale = context.locale(language);
        let count = locale.count_goals(goals.len());
        let unknown = Status::NotYetReported.name();
        let (unreported, goals): (Vec<_>, Vec<_>) =
            goals.into_iter().partition(|goal| goal.status.name == unknown);
        Self {
            id: &source.slug,
            hue: source.facts.hue.name(),
            title: &source.texts.in_language(language).title.value,
            href: context.record.category_path(category, language),
            count,
            goals,
            unreported_count: locale.count(unreported.len()),
            unreported,
        }
    }
}
