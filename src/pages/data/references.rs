//! References in data to bulletins, goals, categories and translations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::Texts;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::vocabulary;
use crate::record::{BulletinId, CategoryId, GoalId};

/// A reference to a bulletin.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BulletinLink<'r> {
    /// Absolute URL of the page.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Name, unique among bulletins.
    pub(crate) slug: &'r str,
    /// BCP 47 tag of the language of that page.
    pub(crate) language: &'r str,
    /// Title in that language.
    pub(crate) title: &'r str,
    /// Summary in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<&'r str>,
    /// Day of publication (ISO 8601), with time and offset if a time was written.
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) published: String,
}

/// A reference to a goal.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct GoalLink<'r> {
    /// Absolute URL of the page.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Name, unique among goals.
    pub(crate) id: &'r str,
    /// BCP 47 tag of the language of that page.
    pub(crate) language: &'r str,
    /// Title of the goal.
    pub(crate) title: &'r str,
    /// Name of the category of the goal.
    pub(crate) category: &'r str,
    /// Status, calculated by the rule of `/goals/method/`.
    pub(crate) status: &'static str,
}

/// A reference to a category.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CategoryLink<'r> {
    /// Absolute URL of the page.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Name, unique among categories.
    pub(crate) id: &'r str,
    /// Title.
    pub(crate) title: &'r str,
    /// Number of public goals in the category.
    pub(crate) goals: usize,
}

/// A page in another language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Translation<'r> {
    /// BCP 47 tag of the language.
    pub(crate) language: &'r str,
    /// Absolute URL of the page in that language.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
}

impl<'r> BulletinLink<'r> {
    pub(crate) fn new(context: &Context<'r>, id: BulletinId, language: Language) -> Self {
        let record = context.record;
        let bulletin = record.bulletin(id);
        let address = record.bulletin_address(id, language);
        let text = bulletin.source.texts.in_language(language);
        Self {
            url: context.absolute(&address.path),
            slug: &bulletin.source.slug,
            language: context.language_tag(address.language),
            title: &text.title.value,
            summary: text.summary.as_ref().map(|summary| summary.value.as_str()),
            published: bulletin.published().iso(&record.content.site.zone),
        }
    }
}

impl<'r> GoalLink<'r> {
    pub(crate) fn new(context: &Context<'r>, id: GoalId, language: Language) -> Self {
        let record = context.record;
        let goal = record.goal(id);
        let address = record.goal_address(id, language);
        Self {
            url: context.absolute(&address.path),
            id: &goal.source.slug,
            language: context.language_tag(address.language),
            title: &goal.source.texts.in_language(language).title.value,
            category: &goal.source.folder,
            status: record.progress(id).status.name(),
        }
    }
}

impl<'r> CategoryLink<'r> {
    pub(crate) fn new(context: &Context<'r>, id: CategoryId, language: Language) -> Self {
        let category = context.record.category(id);
        Self {
            url: context.absolute(&context.record.category_path(id, language)),
            id: &category.source.slug,
            title: &category.source.texts.in_language(language).title.value,
            goals: category.goals.len(),
        }
    }
}

impl<'r> Translation<'r> {
    /// Lists the pages in languages other than `here`.
    pub(crate) fn list(
        context: &Context<'r>,
        texts: &'r Texts,
        here: Language,
        path: impl Fn(Language) -> String,
    ) -> Vec<Self> {
        let others = texts.all().map(|text| text.language).filter(|language| *language != here);
        others
            .map(|language| Self {
                language: context.language_tag(language),
                url: context.absolute(&path(language)),
            })
            .collect()
    }
}

/// Maps language tags to a value, for the languages that have one.
pub(crate) fn by_language<'r, T>(
    context: &Context<'r>,
    text: impl Fn(Language) -> Option<T>,
) -> BTreeMap<&'r str, T> {
    let languages = context.record.languages();
    languages
        .filter_map(|language| Some((context.language_tag(language), text(language)?)))
        .collect()
}

/// Returns the id of the goal that a goal continues, if that one is public.
pub(crate) fn followed_goal<'r>(context: &Context<'r>, id: GoalId) -> Option<&'r str> {
    let record = context.record;
    let followed = record.goal(id).source.facts.follows.as_ref()?.value.as_str();
    let lineage = record.lineage(id);
    lineage
        .into_iter()
        .map(|id| record.goal(id).source.slug.as_str())
        .find(|slug| *slug == followed)
}
