//! Lists of goals by category: all of them, or those of a year, of a status, or of both.

use std::borrow::Cow;
use std::fmt::Write as _;

use askama::Template;

use super::components::list_items::GoalGroup;
use super::components::quantity::HighlightedText;
use super::components::status_summary::{
    CompactStatusSummary, StatusSummary, goal_count_by_category, status_counts_text,
};
use super::context::Context;
use super::data::file_kind::FileKind;
use super::data::page::goal_list::GoalListData;
use super::data::page::{Head, StatusCount};
use super::data::references::{CategoryLink, GoalLink};
use super::layout::navigation::{Crumb, item_title};
use super::layout::{Layout, PageMeta, cn_gov_meta, schema_org};
use super::markup::html::Html;
use super::markup::markdown;
use super::output::{Output, RenderError};
use super::progress_method;
use crate::content::Status;
use crate::language::{Language, Locale};
use crate::record::{GoalId, PageRef, Record, StatusCounts};

/// Number of years of one goal that get pages: a typo in its end must not produce thousands of
/// them.
const MOST_YEARS: usize = 40;

/// The year and status of the goals on a page; none for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Selection {
    year: Option<i16>,
    status: Option<Status>,
}

#[derive(Template)]
#[template(path = "pages/goal_list.html")]
struct GoalsPage<'r> {
    layout: Layout<'r>,
    count: HighlightedText,
    lead: Option<Cow<'r, str>>,
    introduction: Html,
    method: String,
    state: Option<StatusSummary<'r>>,
    statuses: Vec<Filter>,
    years: Vec<Filter>,
    groups: Vec<(GoalGroup<'r>, Option<CompactStatusSummary<'r>>)>,
}

/// A link to the goals of one year or status.
struct Filter {
    title: String,
    count: String,
    /// None where it would lead to an empty list.
    href: Option<String>,
    is_here: bool,
}

impl Selection {
    const ALL: Self = Self { year: None, status: None };

    /// The goals of a status, of all years.
    pub(super) const fn of_status(status: Status) -> Self {
        Self { year: None, status: Some(status) }
    }

    /// Every page of goals: all, those of each year, and for each of these one for every status,
    /// even without goals, so that its address never disappears.
    pub(super) fn all(record: &Record<'_>) -> Vec<Self> {
        let years = std::iter::once(None).chain(years(record).into_iter().map(Some));
        let statuses = std::iter::once(None).chain(Status::ALL.map(Some));
        years.flat_map(|year| statuses.clone().map(move |status| Self { year, status })).collect()
    }

    pub(super) fn path(self, context: &Context<'_>, language: Language) -> String {
        let mut path = PageRef::Goals.path(context.record.content, language);
        if let Some(year) = self.year {
            let _ = write!(path, "year/{year}/");
        }
        if let Some(status) = self.status {
            let _ = write!(path, "status/{}/", status.name());
        }
        path
    }

    fn goals(self, record: &Record<'_>) -> Vec<GoalId> {
        record.goal_ids().filter(|id| self.includes(record, *id)).collect()
    }

    fn includes(self, record: &Record<'_>, id: GoalId) -> bool {
        let is_of_year = self
            .year
            .is_none_or(|year| record.years(id).is_some_and(|years| years.contains(&year)));
        is_of_year && self.status.is_none_or(|status| record.progress(id).status == status)
    }

    /// Says which goals these are: when a goal has the status, or of which year they are.
    fn lead(self, locale: &Locale) -> Option<String> {
        match self.status {
            Some(status) => Some(progress_method::rule(locale, status)),
            None => self.year.map(|year| locale.goals_of_year_lead(&year.to_string())),
        }
    }

    /// The step of the breadcrumb below the list of all goals.
    fn crumb(self, locale: &Locale) -> Option<String> {
        let year = self.year.map(|year| locale.year_heading(&year.to_string()));
        match (year, self.status) {
            (Some(year), Some(status)) => Some(locale.label(&year, status.word(locale))),
            (year, status) => year.or_else(|| Some(status?.word(locale).to_owned())),
        }
    }

    fn title(self, context: &Context<'_>, language: Language) -> String {
        let locale = context.locale(language);
        let year = self.year.map(|year| locale.goals_of_year(&year.to_string()));
        let status = self.status.map(|status| status.word(locale));
        match (year, status) {
            (None, None) => item_title(context, PageRef::Goals, language),
            (None, Some(status)) => locale.goals_by_status(status),
            (Some(year), None) => year,
            (Some(year), Some(status)) => locale.label(&year, status),
        }
    }
}

/// Renders one list of goals in one language: the page and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    selection: Selection,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let record = context.record;
    let path = selection.path(context, language);
    let index = record.content.goals_index.as_ref();
    let text = index.map(|goals| goals.texts.in_language(language));
    let text = if selection == Selection::ALL { text } else { None };
    let title = selection.title(context, language);
    let summary = text.and_then(|text| text.summary.as_ref());
    let lead = summary
        .map(|summary| Cow::Borrowed(summary.value.as_str()))
        .or_else(|| selection.lead(context.locale(language)).map(Cow::Owned));
    let goals = selection.goals(record);
    let counts = record.status_counts(goals.iter().copied());
    let mut meta = meta(context, selection, language);
    meta.title.clone_from(&title);
    meta.description = Some(match &lead {
        Some(lead) if text.is_some() => lead.to_string(),
        Some(lead) => context.locale(language).label(&title, lead),
        None => status_counts_text(context, &counts, language),
    });
    meta.government_tags =
        cn_gov_meta::column_tags(&title, lead.as_deref().unwrap_or_default(), &title);
    // A bar of one status says nothing.
    let has_state = !goals.is_empty() && selection.status.is_none();
    let state = StatusSummary::new(
        context,
        &counts,
        |status| Some(Selection { status: Some(status), ..selection }.path(context, language)),
        language,
    )?;
    let groups = groups(context, selection, &goals, language)?;
    let page = GoalsPage {
        layout: Layout::new(context, meta),
        count: goal_count_by_category(context, goals.len(), groups.len(), language),
        lead,
        introduction: text
            .map_or_else(Html::default, |text| markdown::render(context, text, language)),
        method: context.method_path(language),
        state: if has_state { Some(state) } else { None },
        // Counts that lead to their goals are that filter.
        statuses: if has_state { Vec::new() } else { statuses(context, selection, language) },
        years: year_filters(context, selection, language),
        groups,
    };
    let data = GoalListData {
        head: Head::new(record.content, FileKind::GoalsPage, &path, language),
        title,
        state: StatusCount::list(&counts),
        categories: record
            .category_ids()
            .map(|id| CategoryLink::new(context, id, language))
            .collect(),
        goals: goals.iter().map(|id| GoalLink::new(context, *id, language)).collect(),
    };
    Output::page_with_data(&path, language, &page, &data)
}

/// The facts about a list of goals that do not depend on its texts.
fn meta(context: &Context<'_>, selection: Selection, language: Language) -> PageMeta {
    let mut meta =
        PageMeta::everywhere(context, language, |language| selection.path(context, language));
    meta.crumb = selection.crumb(context.locale(language));
    if selection == Selection::ALL {
        meta.entity = Some(schema_org::dataset_of_goals(context, language));
    } else {
        let href = PageRef::Goals.path(context.record.content, language);
        meta.above =
            vec![Crumb { title: item_title(context, PageRef::Goals, language), href: Some(href) }];
    }
    meta
}

/// Groups the goals by category; on pages of several statuses, each group has its bar.
fn groups<'r>(
    context: &Context<'r>,
    selection: Selection,
    goals: &[GoalId],
    language: Language,
) -> askama::Result<Vec<(GoalGroup<'r>, Option<CompactStatusSummary<'r>>)>> {
    let record = context.record;
    let mut groups = Vec::new();
    for category in record.category_ids() {
        let own: Vec<GoalId> =
            goals.iter().copied().filter(|id| record.goal(*id).category == category).collect();
        // An empty category is shown among all goals, and nowhere else.
        if own.is_empty() && selection != Selection::ALL {
            continue;
        }
        let group = GoalGroup::new(context, category, &own, language);
        let counts = if selection.status.is_some() {
            StatusCounts::default()
        } else {
            record.status_counts(own)
        };
        let state = CompactStatusSummary::new(context, &counts, group.id, language)?;
        groups.push((group, state));
    }
    Ok(groups)
}

/// Links to each status within the selected year.
fn statuses(context: &Context<'_>, selection: Selection, language: Language) -> Vec<Filter> {
    let (record, locale) = (context.record, context.locale(language));
    let counts = record.status_counts(Selection { status: None, ..selection }.goals(record));
    let filter = |status: Option<Status>, title: &str, count: usize| {
        let choice = Selection { status, ..selection };
        Filter {
            title: title.to_owned(),
            count: locale.count(count),
            href: (count > 0).then(|| choice.path(context, language)),
            is_here: choice == selection,
        }
    };
    let mut filters = vec![filter(None, locale.all_statuses(), counts.total())];
    filters.extend(
        counts
            .shares()
            .into_iter()
            .map(|(status, count, _)| filter(Some(status), status.word(locale), count)),
    );
    filters
}

/// Links to each year within the selected status.
fn year_filters(context: &Context<'_>, selection: Selection, language: Language) -> Vec<Filter> {
    let (record, locale) = (context.record, context.locale(language));
    let filter = |year: Option<i16>, title: String| {
        let choice = Selection { year, ..selection };
        let count = choice.goals(record).len();
        Filter {
            title,
            count: locale.count(count),
            href: (count > 0).then(|| choice.path(context, language)),
            is_here: choice == selection,
        }
    };
    let mut filters = vec![filter(None, locale.all_years().to_owned())];
    filters.extend(
        years(record)
            .into_iter()
            .map(|year| filter(Some(year), locale.year_heading(&year.to_string()))),
    );
    filters
}

/// The years of all goals, the newest first; of a very long goal, only the first ones.
fn years(record: &Record<'_>) -> Vec<i16> {
    let of_goals = record.goal_ids().filter_map(|id| record.years(id));
    let mut years: Vec<i16> = of_goals.flat_map(|years| years.take(MOST_YEARS)).collect();
    years.sort_unstable();
    years.dedup();
    years.reverse();
    years
}
