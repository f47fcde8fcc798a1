//! All goals, those of one status, those of one year: by category, a row a goal.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Context;
use super::data::kind::FileKind;
use super::figure::Figure;
use super::home::goal_count;
use super::html::Html;
use super::layout::{About, Crumb, Layout, item_title};
use super::links::{CategoryLink, GoalLink};
use super::progress::status_word;
use super::rows::GoalGroup;
use super::state::{StateView, StatusCount, status_counts, told};
use super::{Output, government, structured_data};
use crate::content::Status;
use crate::language::Language;
use crate::record::{GoalId, Item, Record};

/// Which goals a page lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Selection {
    All,
    Status(Status),
    /// Those whose period has days in this year.
    Year(i16),
}

#[derive(Template)]
#[template(path = "goals.html")]
struct GoalsPage<'r> {
    layout: Layout<'r>,
    count: Figure,
    lead: Option<&'r str>,
    introduction: Html,
    method: String,
    state: Option<StateView<'r>>,
    statuses: Vec<Filter>,
    years: Vec<Filter>,
    groups: Vec<(GoalGroup<'r>, Option<Html>)>,
}

/// A link to some of the goals.
struct Filter {
    title: String,
    count: String,
    href: String,
    is_here: bool,
}

/// A page of goals in a language: all of them, or those of one status or year.
#[derive(Serialize, JsonSchema)]
pub(super) struct GoalsData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tag of the page's language.
    language: &'r str,
    /// What the page is called.
    title: String,
    /// How many goals have which status.
    state: Vec<StatusCount>,
    /// The categories of goals, in the site's order.
    categories: Vec<CategoryLink<'r>>,
    /// The goals by category, then in their order.
    goals: Vec<GoalLink<'r>>,
}

impl Selection {
    /// Every page of goals: one for each status, whether or not it has goals, so that its address always answers; one
    /// for each year that has.
    pub(super) fn all(record: &Record<'_>) -> Vec<Self> {
        let mut all = vec![Self::All];
        all.extend(Status::ALL.map(Self::Status));
        all.extend(years(record).into_iter().map(Self::Year));
        all
    }

    pub(super) fn path(self, context: &Context<'_>, language: Language) -> String {
        match self {
            Self::All => Item::Goals.path(context.record.content, language),
            Self::Status(status) => context.status_path(status, language),
            Self::Year(year) => context.goal_year_path(year, language),
        }
    }

    fn goals(self, record: &Record<'_>) -> Vec<GoalId> {
        let is_chosen = |id: &GoalId| match self {
            Self::All => true,
            Self::Status(status) => record.progress(*id).status == status,
            Self::Year(year) => record.years(*id).is_some_and(|years| years.contains(&year)),
        };
        record.goal_ids().filter(is_chosen).collect()
    }

    fn title(self, context: &Context<'_>, language: Language) -> String {
        let words = context.words(language);
        match self {
            Self::All => item_title(context, Item::Goals, language),
            Self::Status(status) => words.goals_by_status(status_word(words, status)),
            Self::Year(year) => words.goals_of_year(&year.to_string()),
        }
    }
}

/// The page of a selection of goals in a language, and its data.
pub(super) fn render(context: &Context<'_>, selection: Selection, language: Language) -> askama::Result<Vec<Output>> {
    let record = context.record;
    let path = selection.path(context, language);
    let is_all = selection == Selection::All;
    let text = record.content.goals_index.as_ref().filter(|_| is_all).map(|goals| goals.texts.in_language(language));
    let title = selection.title(context, language);
    let lead = text.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str());
    let goals = selection.goals(record);
    let tally = record.tally(goals.iter().copied());
    let mut about = About::everywhere(context, language, |language| selection.path(context, language));
    about.title.clone_from(&title);
    about.description = Some(lead.map_or_else(|| told(context, &tally, language), ToOwned::to_owned));
    about.government = government::column_tags(&title, lead.unwrap_or_default(), &title);
    if is_all {
        about.entity = Some(structured_data::dataset_of_goals(context, language));
    } else {
        let href = Item::Goals.path(record.content, language);
        about.above = vec![Crumb { title: item_title(context, Item::Goals, language), href: Some(href) }];
    }
    // A bar of one status says nothing.
    let has_state = !goals.is_empty() && !matches!(selection, Selection::Status(_));
    let page = GoalsPage {
        layout: Layout::new(context, about),
        count: goal_count(context, &goals, language),
        lead,
        introduction: text.map_or_else(Html::default, |text| context.prose(text, language)),
        method: context.method_path(language),
        state: if has_state { Some(context.state(&tally, "all", language)?) } else { None },
        // The counts of all goals are that filter.
        statuses: if is_all { Vec::new() } else { statuses(context, selection, language) },
        years: year_filters(context, selection, language),
        groups: groups(context, selection, &goals, language)?,
    };
    let data = GoalsData {
        schema: FileKind::GoalsPage.schema_url(context),
        url: context.absolute(&path),
        language: context.tag(language),
        title,
        state: status_counts(&tally),
        categories: record.category_ids().map(|id| context.category_link(id, language)).collect(),
        goals: goals.iter().map(|id| context.goal_link(*id, language)).collect(),
    };
    Output::page_with_data(&path, language, record.modified(), &page, &data)
}

/// The goals by category; on pages of several statuses, each with its bar.
fn groups<'r>(
    context: &Context<'r>,
    selection: Selection,
    goals: &[GoalId],
    language: Language,
) -> askama::Result<Vec<(GoalGroup<'r>, Option<Html>)>> {
    let record = context.record;
    let mut groups = Vec::new();
    for category in record.category_ids() {
        let own: Vec<GoalId> = goals.iter().copied().filter(|id| record.goal(*id).category == category).collect();
        // An empty category is shown among all goals, and nowhere else.
        if own.is_empty() && selection != Selection::All {
            continue;
        }
        let group = context.goal_group(category, &own, language);
        let has_bar = !own.is_empty() && !matches!(selection, Selection::Status(_));
        let bar = if has_bar { Some(context.state(&record.tally(own), group.id, language)?.bar) } else { None };
        groups.push((group, bar));
    }
    Ok(groups)
}

fn statuses(context: &Context<'_>, selection: Selection, language: Language) -> Vec<Filter> {
    let (record, words) = (context.record, context.words(language));
    let tally = record.tally(record.goal_ids());
    let mut filters = vec![Filter {
        title: words.all_statuses().to_owned(),
        count: words.count(tally.total()),
        href: Selection::All.path(context, language),
        is_here: selection == Selection::All,
    }];
    filters.extend(tally.shares().into_iter().map(|(status, count, _)| Filter {
        title: status_word(words, status).to_owned(),
        count: words.count(count),
        href: context.status_path(status, language),
        is_here: selection == Selection::Status(status),
    }));
    filters
}

fn year_filters(context: &Context<'_>, selection: Selection, language: Language) -> Vec<Filter> {
    let (record, words) = (context.record, context.words(language));
    let filter = |year: i16| Filter {
        title: words.year_heading(&year.to_string()),
        count: words.count(Selection::Year(year).goals(record).len()),
        href: context.goal_year_path(year, language),
        is_here: selection == Selection::Year(year),
    };
    years(record).into_iter().map(filter).collect()
}

/// The years of all goals, the newest first.
fn years(record: &Record<'_>) -> Vec<i16> {
    let mut years: Vec<i16> = record.goal_ids().filter_map(|id| record.years(id)).flatten().collect();
    years.sort_unstable();
    years.dedup();
    years.reverse();
    years
}
