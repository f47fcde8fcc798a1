//! The page of a category: its goals and bulletins.

use askama::Template;

use super::components::list_items::{BulletinRow, GoalGroup, bulletin_rows};
use super::components::status_summary::StatusSummary;
use super::context::Context;
use super::data::file_kind::FileKind;
use super::data::page::StatusCount;
use super::data::page::category::CategoryData;
use super::data::references::{BulletinLink, CategoryLink, GoalLink};
use super::layout::description::describe_list;
use super::layout::navigation::{Crumb, item_title};
use super::layout::{FeedLink, Layout, PageMeta, cn_gov_meta};
use super::markup::html::Html;
use super::markup::markdown;
use super::output::{Output, RenderError};
use crate::language::Language;
use crate::record::{CategoryId, PageRef};

/// Number of bulletins on a category's page; the feed and the sections have the older ones.
const LATEST: usize = 20;

#[derive(Template)]
#[template(path = "pages/category.html")]
struct CategoryPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    introduction: Html,
    hue: &'static str,
    state: Option<StatusSummary<'r>>,
    group: GoalGroup<'r>,
    bulletins: Vec<BulletinRow<'r>>,
    feed: String,
}

/// Renders a category in one language: the page and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    id: CategoryId,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let record = context.record;
    let category = record.category(id);
    let text = category.source.texts.in_language(language);
    let path = record.category_path(id, language);
    let lead = text.summary.as_ref().map(|summary| summary.value.as_str());
    let mut meta =
        PageMeta::everywhere(context, language, |language| record.category_path(id, language));
    meta.title.clone_from(&text.title.value);
    let goals = category.goals.iter().map(|goal| record.goal(*goal).source);
    let titles = goals.map(|goal| &*goal.texts.in_language(language).title.value);
    meta.description = lead
        .map(ToOwned::to_owned)
        .or_else(|| describe_list(context.locale(language), &text.title.value, titles));
    meta.above = vec![Crumb {
        title: item_title(context, PageRef::Goals, language),
        href: Some(PageRef::Goals.path(record.content, language)),
    }];
    meta.feeds = vec![feed_link(context, id, language)];
    meta.government_tags =
        cn_gov_meta::column_tags(&text.title.value, lead.unwrap_or_default(), &text.title.value);
    let latest = &category.bulletins[..category.bulletins.len().min(LATEST)];
    let counts = record.status_counts(category.goals.iter().copied());
    let page = CategoryPage {
        layout: Layout::new(context, meta),
        title: &text.title.value,
        lead,
        introduction: markdown::render(context, text, language),
        hue: category.source.facts.hue.name(),
        state: if category.goals.is_empty() {
            None
        } else {
            Some(StatusSummary::new(context, &counts, |_| None, language)?)
        },
        group: GoalGroup::new(context, id, &category.goals, language),
        bulletins: bulletin_rows(context, latest, language),
        feed: format!("{path}feed.xml"),
    };
    let data = CategoryData {
        schema: FileKind::Category.schema_url(context),
        link: CategoryLink::new(context, id, language),
        language: context.language_tag(language),
        state: StatusCount::list(&counts),
        goals: category.goals.iter().map(|goal| GoalLink::new(context, *goal, language)).collect(),
        bulletins: latest.iter().map(|id| BulletinLink::new(context, *id, language)).collect(),
    };
    Output::page_with_data(&path, language, &page, &data)
}

/// Link to the feed of a category.
pub(super) fn feed_link(context: &Context<'_>, id: CategoryId, language: Language) -> FeedLink {
    FeedLink {
        title: context.record.category(id).source.texts.in_language(language).title.value.clone(),
        href: format!("{}feed.xml", context.record.category_path(id, language)),
        media_type: "application/atom+xml",
    }
}
