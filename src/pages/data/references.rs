//! How data refers to things: by address, name and title.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::content::Texts;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::vocabulary;
use crate::record::{BulletinId, CategoryId, GoalId};

/// A bulletin in data.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BulletinLink<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Its name, unique among bulletins.
    pub(crate) slug: &'r str,
    /// The BCP 47 tag of the language of that page.
    pub(crate) language: &'r str,
    /// What it is called there.
    pub(crate) title: &'r str,
    /// What it says, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<&'r str>,
    /// ISO 8601, with time and offset where a time was written.
    #[schemars(schema_with = "vocabulary::moment")]
    pub(crate) published: String,
}

/// A goal in data.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct GoalLink<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Its name, unique among goals.
    pub(crate) id: &'r str,
    /// The BCP 47 tag of the language of that page.
    pub(crate) language: &'r str,
    /// What is promised.
    pub(crate) title: &'r str,
    /// The category that it belongs to, by name.
    pub(crate) category: &'r str,
    /// How far it is, by the rule of `/goals/method/`.
    pub(crate) status: &'static str,
}

/// A category in data.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CategoryLink<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    pub(crate) url: String,
    /// Its name, unique among categories.
    pub(crate) id: &'r str,
    /// What it is called.
    pub(crate) title: &'r str,
    /// How many public goals it has.
    pub(crate) goals: usize,
}

/// The same thing in a language.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Translation<'r> {
    /// The BCP 47 tag of the language.
    pub(crate) language: &'r str,
    /// The page in that language.
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
    /// The other languages of something that is written in several.
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

/// Something in every language that has it, by tag.
pub(crate) fn by_language<'r, T>(
    context: &Context<'r>,
    text: impl Fn(Language) -> Option<T>,
) -> BTreeMap<&'r str, T> {
    let languages = context.record.languages();
    languages
        .filter_map(|language| Some((context.language_tag(language), text(language)?)))
        .collect()
}

/// The id of the goal that a goal goes on from, if that one is public.
pub(crate) fn followed<'r>(context: &Context<'r>, id: GoalId) -> Option<&'r str> {
    let record = context.record;
    let followed = record.goal(id).source.facts.follows.as_ref()?.value.as_str();
    let lineage = record.lineage(id);
    lineage
        .into_iter()
        .map(|id| record.goal(id).source.slug.as_str())
        .find(|slug| *slug == followed)
}
