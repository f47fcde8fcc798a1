//! Summaries of the statuses of several goals: a bar, counts in words, and links to the goals of
//! each status.

use super::chart;
use super::progress::StatusView;
use super::quantity::HighlightedText;
use crate::content::Status;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::markup::html::Html;
use crate::record::StatusCounts;

/// The summary of a page's goals.
pub(crate) struct StatusSummary<'r> {
    pub(crate) bar: Html,
    pub(crate) parts: Vec<StatusPart<'r>>,
}

/// The goals of one status.
pub(crate) struct StatusPart<'r> {
    pub(crate) status: StatusView<'r>,
    pub(crate) count: String,
    pub(crate) percent: String,
    /// The page that lists them, if there is one.
    pub(crate) href: Option<String>,
}

/// The summary of one category's goals: a small bar and the count of each status.
pub(crate) struct CompactStatusSummary<'r> {
    pub(crate) bar: Html,
    pub(crate) counts: Vec<(StatusView<'r>, String)>,
}

impl<'r> StatusSummary<'r> {
    /// Summarises a page's goals. `link_to_status` gives the page of a status, where there is one.
    pub(crate) fn new(
        context: &Context<'r>,
        counts: &StatusCounts,
        link_to_status: impl Fn(Status) -> Option<String>,
        language: Language,
    ) -> askama::Result<Self> {
        let locale = context.locale(language);
        let parts = counts
            .shares()
            .into_iter()
            .map(|(status, count, percent)| StatusPart {
                status: StatusView::new(context, status, language),
                count: locale.count(count),
                percent: locale.percent(&percent.to_string()),
                href: link_to_status(status),
            })
            .collect();
        let bar = chart::bar::large(counts, &bar_label(context, counts, language))?;
        Ok(Self { bar, parts })
    }
}

impl<'r> CompactStatusSummary<'r> {
    /// Summarises a category's goals, if it has any. `id` keeps the bars of a page apart.
    pub(crate) fn new(
        context: &Context<'r>,
        counts: &StatusCounts,
        id: &str,
        language: Language,
    ) -> askama::Result<Option<Self>> {
        if counts.total() == 0 {
            return Ok(None);
        }
        let bar = chart::bar::small(counts, id, &bar_label(context, counts, language))?;
        let locale = context.locale(language);
        let counts = counts.shares().into_iter().map(|(status, count, _)| {
            (StatusView::new(context, status, language), locale.count(count))
        });
        Ok(Some(Self { bar, counts: counts.collect() }))
    }
}

/// Describes a bar for screen readers.
fn bar_label(context: &Context<'_>, counts: &StatusCounts, language: Language) -> String {
    let locale = context.locale(language);
    locale
        .label(&locale.count_goals(counts.total()), &status_counts_text(context, counts, language))
}

/// The number of goals with each status: `1 achieved, 3 under way, 17 not yet reported`.
pub(crate) fn status_counts_text(
    context: &Context<'_>,
    counts: &StatusCounts,
    language: Language,
) -> String {
    let locale = context.locale(language);
    let parts: Vec<String> = counts
        .shares()
        .into_iter()
        .map(|(status, count, _)| locale.label(status.word(locale), &locale.count(count)))
        .collect();
    locale.list(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// `21 goals in 4 categories`.
pub(crate) fn goal_count_by_category(
    context: &Context<'_>,
    goals: usize,
    categories: usize,
    language: Language,
) -> HighlightedText {
    let locale = context.locale(language);
    if categories == 0 {
        return goal_count(context, goals, language);
    }
    let categories = locale.count_categories(categories);
    highlighted_count(context, goals, language, |goals| {
        locale.goals_in_categories(goals, &categories)
    })
}

/// `21 goals`.
pub(crate) fn goal_count(
    context: &Context<'_>,
    goals: usize,
    language: Language,
) -> HighlightedText {
    highlighted_count(context, goals, language, ToOwned::to_owned)
}

/// Puts a count of goals into a sentence and highlights the number.
fn highlighted_count(
    context: &Context<'_>,
    count: usize,
    language: Language,
    sentence: impl Fn(&str) -> String,
) -> HighlightedText {
    let locale = context.locale(language);
    let number = locale.count(count);
    let goals = locale.count_goals(count);
    HighlightedText::new(number.clone(), |mark| sentence(&goals.replacen(&number, mark, 1)))
}
