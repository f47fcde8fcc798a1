//! The home page: goals by category, and the newest bulletins.

use askama::Template;

use super::components::list_items::{BulletinRow, bulletin_rows};
use super::components::quantity::HighlightedText;
use super::components::status_summary::{
    CompactStatusSummary, StatusSummary, goal_count, goal_count_by_category,
};
use super::context::{Context, category_title};
use super::data::file_kind::FileKind;
use super::data::page::home::HomeData;
use super::data::page::{Head, StatusCount};
use super::data::references::{BulletinLink, CategoryLink};
use super::goal_list::Selection;
use super::layout::description::describe_bulletins;
use super::layout::navigation::item_title;
use super::layout::{Layout, PageMeta, cn_gov_meta};
use super::output::{Output, RenderError};
use crate::content::Text;
use crate::language::Language;
use crate::record::{BulletinId, CategoryId, GoalId, PageRef};

/// Number of bulletins on the home page.
const LATEST: usize = 6;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'r> {
    layout: Layout<'r>,
    lead: Option<&'r str>,
    goals: HighlightedText,
    goals_href: String,
    method: String,
    state: Option<StatusSummary<'r>>,
    cards: Vec<Card<'r>>,
    latest: Vec<BulletinRow<'r>>,
    sections: Vec<(String, String)>,
    feed: String,
    json_feed: String,
}

/// A category with its number of goals and their statuses.
struct Card<'r> {
    hue: &'static str,
    title: &'r str,
    href: String,
    summary: &'r str,
    count: HighlightedText,
    state: Option<CompactStatusSummary<'r>>,
}

/// Renders the home page in one language: the page and its JSON alternate.
pub(super) fn render(
    context: &Context<'_>,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let record = context.record;
    let text = record.content.home.as_ref().map(|home| home.texts.in_language(language));
    let lead = text.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str());
    let path = context.root(language);
    // A withdrawn bulletin is listed in its section only.
    let current: Vec<BulletinId> = record
        .bulletin_ids()
        .filter(|id| record.bulletin(*id).withdrawn.is_none())
        .take(LATEST)
        .collect();
    let goals: Vec<GoalId> = record.goal_ids().collect();
    let counts = record.status_counts(goals.iter().copied());
    let page = HomePage {
        layout: Layout::new(context, meta(context, text, lead, &current, language)),
        lead,
        goals: goal_count_by_category(context, goals.len(), record.categories.len(), language),
        goals_href: PageRef::Goals.path(record.content, language),
        method: context.method_path(language),
        state: if goals.is_empty() {
            None
        } else {
            Some(StatusSummary::new(
                context,
                &counts,
                |status| Some(Selection::of_status(status).path(context, language)),
                language,
            )?)
        },
        cards: record
            .category_ids()
            .map(|id| card(context, id, language))
            .collect::<askama::Result<_>>()?,
        latest: bulletin_rows(context, &current, language),
        sections: section_links(context, language),
        feed: format!("{path}feed.xml"),
        json_feed: format!("{path}feed.json"),
    };
    let data = HomeData {
        head: Head::new(record.content, FileKind::Home, &path, language),
        name: context.site_name(language),
        state: StatusCount::list(&counts),
        categories: record
            .category_ids()
            .map(|id| CategoryLink::new(context, id, language))
            .collect(),
        latest: current.iter().map(|id| BulletinLink::new(context, *id, language)).collect(),
    };
    Output::page_with_data(&path, language, &page, &data)
}

fn meta(
    context: &Context<'_>,
    text: Option<&Text>,
    lead: Option<&str>,
    latest: &[BulletinId],
    language: Language,
) -> PageMeta {
    let name = context.locale(language).home();
    let mut meta = PageMeta::everywhere(context, language, |language| context.root(language));
    meta.title = text
        .map_or_else(|| context.site_name(language).to_owned(), |text| text.title.value.clone());
    meta.description = lead
        .map(ToOwned::to_owned)
        .or_else(|| describe_bulletins(context, &meta.title, latest, language));
    meta.government_tags = cn_gov_meta::column_tags(name, lead.unwrap_or_default(), name);
    meta
}

fn section_links(context: &Context<'_>, language: Language) -> Vec<(String, String)> {
    let (record, content) = (context.record, context.record.content);
    let sections = (0..content.sections.len()).map(PageRef::Section);
    sections
        .chain(record.group_lists())
        .chain(record.has_consultations().then_some(PageRef::Consultations))
        .map(|item| (item.path(content, language), item_title(context, item, language)))
        .collect()
}

fn card<'r>(context: &Context<'r>, id: CategoryId, language: Language) -> askama::Result<Card<'r>> {
    let category = context.record.category(id);
    let text = category.source.texts.in_language(language);
    let counts = context.record.status_counts(category.goals.iter().copied());
    let state = CompactStatusSummary::new(context, &counts, &category.source.slug, language)?;
    Ok(Card {
        hue: category.source.facts.hue.name(),
        title: category_title(category.source, language),
        href: context.record.category_path(id, language),
        summary: text.summary.as_ref().map_or("", |summary| &summary.value),
        count: goal_count(context, category.goals.len(), language),
        state,
    })
}
