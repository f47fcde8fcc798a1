//! A category: its goals and the bulletins that belong to it.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Context;
use super::data::kind::FileKind;
use super::html::Html;
use super::layout::{About, Crumb, FeedLink, Layout, item_title};
use super::links::{BulletinLink, CategoryLink, GoalLink};
use super::rows::{BulletinRow, GoalGroup};
use super::state::{StateView, StatusCount, status_counts};
use super::{Output, government};
use crate::language::Language;
use crate::record::{CategoryId, Item};

/// How many bulletins a category's page lists; its feed and the sections have the others.
const LATEST: usize = 20;

#[derive(Template)]
#[template(path = "category.html")]
struct CategoryPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    introduction: Html,
    hue: &'static str,
    state: Option<StateView<'r>>,
    group: GoalGroup<'r>,
    bulletins: Vec<BulletinRow<'r>>,
    feed: String,
}

/// A category of goals in a language.
#[derive(Serialize, JsonSchema)]
pub(super) struct CategoryData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    #[serde(flatten)]
    link: CategoryLink<'r>,
    /// The BCP 47 tag of the page's language.
    language: &'r str,
    /// How many goals have which status.
    state: Vec<StatusCount>,
    /// The goals in their order.
    #[serde(rename = "goal_list")]
    goals: Vec<GoalLink<'r>>,
    /// The newest bulletins of the category, the newest first.
    bulletins: Vec<BulletinLink<'r>>,
}

/// A category's page in a language, and its data.
pub(super) fn render(
    context: &Context<'_>,
    id: CategoryId,
    language: Language,
) -> askama::Result<Vec<Output>> {
    let record = context.record;
    let category = record.category(id);
    let text = category.source.texts.in_language(language);
    let path = record.category_path(id, language);
    let lead = text.summary.as_ref().map(|summary| summary.value.as_str());
    let mut about =
        About::everywhere(context, language, |language| record.category_path(id, language));
    about.title.clone_from(&text.title.value);
    about.description = lead.map(ToOwned::to_owned);
    about.above = vec![Crumb {
        title: item_title(context, Item::Goals, language),
        href: Some(Item::Goals.path(record.content, language)),
    }];
    about.feeds = vec![feed_link(context, id, language)];
    about.government =
        government::column_tags(&text.title.value, lead.unwrap_or_default(), &text.title.value);
    let latest = &category.bulletins[..category.bulletins.len().min(LATEST)];
    let tally = record.tally(category.goals.iter().copied());
    let page = CategoryPage {
        layout: Layout::new(context, about),
        title: &text.title.value,
        lead,
        introduction: context.prose(text, language),
        hue: category.source.facts.hue.name(),
        state: if category.goals.is_empty() {
            None
        } else {
            Some(context.state(&tally, |_| None, language)?)
        },
        group: context.goal_group(id, &category.goals, language),
        bulletins: context.bulletin_rows(latest, language),
        feed: format!("{path}feed.xml"),
    };
    let data = CategoryData {
        schema: FileKind::Category.schema_url(context),
        link: context.category_link(id, language),
        language: context.tag(language),
        state: status_counts(&tally),
        goals: category.goals.iter().map(|goal| context.goal_link(*goal, language)).collect(),
        bulletins: latest.iter().map(|id| context.bulletin_link(*id, language)).collect(),
    };
    let modified = category.bulletins.iter().map(|id| record.bulletin(*id).modified()).max();
    Output::page_with_data(&path, language, modified, &page, &data)
}

/// The feed of a category.
pub(super) fn feed_link(context: &Context<'_>, id: CategoryId, language: Language) -> FeedLink {
    FeedLink {
        title: context.record.category(id).source.texts.in_language(language).title.value.clone(),
        href: format!("{}feed.xml", context.record.category_path(id, language)),
        media_type: "application/atom+xml",
    }
}
