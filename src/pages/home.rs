//! The home page: what this site is, the goals by category, what is new.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::{Context, category_title};
use super::data::kind::FileKind;
use super::figure::Figure;
use super::goals::Selection;
use super::layout::{About, Layout};
use super::links::{BulletinLink, CategoryLink};
use super::rows::BulletinRow;
use super::state::{SmallState, StateView, StatusCount, status_counts};
use super::{Output, government};
use crate::language::Language;
use crate::record::{BulletinId, CategoryId, GoalId, Item};

/// How many bulletins the home page lists.
const LATEST: usize = 6;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'r> {
    layout: Layout<'r>,
    lead: Option<&'r str>,
    goals: Figure,
    goals_href: String,
    method: String,
    state: Option<StateView<'r>>,
    cards: Vec<Card<'r>>,
    latest: Vec<BulletinRow<'r>>,
    sections: Vec<(String, String)>,
    feed: String,
    json_feed: String,
}

/// A category with its goals' count.
struct Card<'r> {
    hue: &'static str,
    title: &'r str,
    href: String,
    summary: &'r str,
    count: Figure,
    state: Option<SmallState>,
}

/// The home page of a language.
#[derive(Serialize, JsonSchema)]
pub(super) struct HomeData<'r> {
    /// The JSON Schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The page.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// The BCP 47 tag of the page's language.
    language: &'r str,
    /// What the site is called.
    name: &'r str,
    /// How many goals have which status.
    state: Vec<StatusCount>,
    /// The categories of goals, in the site's order.
    categories: Vec<CategoryLink<'r>>,
    /// The newest bulletins that still hold, the newest first.
    latest: Vec<BulletinLink<'r>>,
}

/// The home page of a language, and its data.
pub(super) fn render(context: &Context<'_>, language: Language) -> askama::Result<Vec<Output>> {
    let record = context.record;
    let words = context.words(language);
    let text = record.content.home.as_ref().map(|home| home.texts.in_language(language));
    let mut about = About::everywhere(context, language, |language| context.root(language));
    about.title = text
        .map_or_else(|| context.site_name(language).to_owned(), |text| text.title.value.clone());
    let lead = text.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str());
    about.description = lead.map(ToOwned::to_owned);
    about.government =
        government::column_tags(words.home(), lead.unwrap_or_default(), words.home());
    let path = context.root(language);
    // A withdrawn bulletin stays in its section's list; it is no news.
    let standing: Vec<BulletinId> = record
        .bulletin_ids()
        .filter(|id| record.bulletin(*id).withdrawn.is_none())
        .take(LATEST)
        .collect();
    let goals: Vec<GoalId> = record.goal_ids().collect();
    let tally = record.tally(goals.iter().copied());
    let page = HomePage {
        layout: Layout::new(context, about),
        lead,
        goals: goal_count(context, goals.len(), record.categories.len(), language),
        goals_href: Item::Goals.path(record.content, language),
        method: context.method_path(language),
        state: if goals.is_empty() {
            None
        } else {
            Some(context.state(
                &tally,
                |status| Some(Selection::of_status(status).path(context, language)),
                language,
            )?)
        },
        cards: record
            .category_ids()
            .map(|id| card(context, id, language))
            .collect::<askama::Result<_>>()?,
        latest: context.bulletin_rows(&standing, language),
        sections: (0..record.content.sections.len())
            .map(|place| {
                let item = Item::Section(place);
                (
                    item.path(record.content, language),
                    super::layout::item_title(context, item, language),
                )
            })
            .collect(),
        feed: format!("{path}feed.xml"),
        json_feed: format!("{path}feed.json"),
    };
    let data = HomeData {
        schema: FileKind::Home.schema_url(context),
        url: context.absolute(&path),
        language: context.tag(language),
        name: context.site_name(language),
        state: status_counts(&tally),
        categories: record.category_ids().map(|id| context.category_link(id, language)).collect(),
        latest: standing.iter().map(|id| context.bulletin_link(*id, language)).collect(),
    };
    Output::page_with_data(&path, language, record.modified(), &page, &data)
}

/// `21 goals in 4 categories`.
pub(super) fn goal_count(
    context: &Context<'_>,
    goals: usize,
    categories: usize,
    language: Language,
) -> Figure {
    let words = context.words(language);
    if categories == 0 {
        return counted(context, goals, language, ToOwned::to_owned);
    }
    let categories = words.count_categories(categories);
    counted(context, goals, language, |goals| words.goals_in_categories(goals, &categories))
}

/// A count of goals in a sentence, its number set off.
fn counted(
    context: &Context<'_>,
    count: usize,
    language: Language,
    sentence: impl Fn(&str) -> String,
) -> Figure {
    let words = context.words(language);
    let number = words.count(count);
    let goals = words.count_goals(count);
    Figure::new(number.clone(), |mark| sentence(&goals.replacen(&number, mark, 1)))
}

fn card<'r>(context: &Context<'r>, id: CategoryId, language: Language) -> askama::Result<Card<'r>> {
    let category = context.record.category(id);
    let text = category.source.texts.in_language(language);
    let tally = context.record.tally(category.goals.iter().copied());
    let state = context.small_state(&tally, &category.source.slug, language)?;
    Ok(Card {
        hue: category.source.facts.hue.name(),
        title: category_title(category.source, language),
        href: context.record.category_path(id, language),
        summary: text.summary.as_ref().map_or("", |summary| &summary.value),
        count: counted(context, category.goals.len(), language, ToOwned::to_owned),
        state,
    })
}
