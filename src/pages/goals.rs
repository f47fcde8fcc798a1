//! All goals, by category with counts.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Context;
use super::data::FileKind;
use super::home::goal_count;
use super::html::Html;
use super::layout::{About, Layout, item_title};
use super::links::{CategoryLink, GoalLink};
use super::rows::{Figure, GoalGroup};
use super::{Output, government};
use crate::content::Status;
use crate::language::Language;
use crate::record::Item;

#[derive(Template)]
#[template(path = "goals.html")]
struct GoalsPage<'r> {
    layout: Layout<'r>,
    title: String,
    count: Figure,
    state: String,
    lead: Option<&'r str>,
    introduction: Html,
    groups: Vec<GoalGroup<'r>>,
}

/// The page of all goals in a language.
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
    /// The categories of goals, in the site's order.
    categories: Vec<CategoryLink<'r>>,
    /// The goals by category, then in their order.
    goals: Vec<GoalLink<'r>>,
}

/// The page of all goals in a language, and its data.
pub(super) fn render(context: &Context<'_>, language: Language) -> askama::Result<Vec<Output>> {
    let record = context.record;
    let path = Item::Goals.path(record.content, language);
    let text = record.content.goals_index.as_ref().map(|goals| goals.texts.in_language(language));
    let title = item_title(context, Item::Goals, language);
    let lead = text.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str());
    let mut about = About::everywhere(context, language, |language| Item::Goals.path(record.content, language));
    about.title.clone_from(&title);
    about.description = lead.map(ToOwned::to_owned);
    about.government = government::column_tags(&title, lead.unwrap_or_default(), &title);
    let page = GoalsPage {
        layout: Layout::new(context, about),
        title: title.clone(),
        count: goal_count(context, language),
        state: reported_state(context, language),
        lead,
        introduction: text.map_or_else(Html::default, |text| context.prose(text, language)),
        groups: record.category_ids().map(|id| context.goal_group(id, &record.category(id).goals, language)).collect(),
    };
    let data = GoalsData {
        schema: FileKind::GoalsPage.schema_url(context),
        url: context.absolute(&path),
        language: context.tag(language),
        title,
        categories: record.category_ids().map(|id| context.category_link(id, language)).collect(),
        goals: record.goal_ids().map(|id| context.goal_link(id, language)).collect(),
    };
    Output::page_with_data(&path, language, record.modified(), &page, &data)
}

/// `3 have been reported on, 18 not yet reported`.
fn reported_state(context: &Context<'_>, language: Language) -> String {
    let words = context.words(language);
    let unreported = context.record.tally(context.record.goal_ids()).count(Status::NotYetReported);
    let reported = context.record.goals.len() - unreported;
    words.list(&[&words.count_reported(reported), &words.count_unreported(unreported)])
}
