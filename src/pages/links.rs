//! How data refers to things: by address, name and title.

use schemars::JsonSchema;
use serde::Serialize;

use super::context::Context;
use super::data::vocabulary;
use crate::content::Texts;
use crate::language::Language;
use crate::record::{BulletinId, CategoryId, GoalId};

/// A bulletin in data.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BulletinLink<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    pub(super) url: String,
    /// Its name, unique among bulletins.
    pub(super) slug: &'r str,
    /// The BCP 47 tag of the language of that page.
    pub(super) language: &'r str,
    /// What it is called there.
    pub(super) title: &'r str,
    /// What it says, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<&'r str>,
    /// ISO 8601, with time and offset where a time was written.
    #[schemars(schema_with = "vocabulary::moment")]
    pub(super) published: String,
}

/// A goal in data.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GoalLink<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    pub(super) url: String,
    /// Its name, unique among goals.
    pub(super) id: &'r str,
    /// The BCP 47 tag of the language of that page.
    pub(super) language: &'r str,
    /// What is promised.
    pub(super) title: &'r str,
    /// The category that it belongs to, by name.
    pub(super) category: &'r str,
    /// How far it is, by the rule of `/goals/method/`.
    pub(super) status: &'static str,
}

/// A category in data.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CategoryLink<'r> {
    /// Its page.
    #[schemars(extend("format" = "uri"))]
    pub(super) url: String,
    /// Its name, unique among categories.
    pub(super) id: &'r str,
    /// What it is called.
    pub(super) title: &'r str,
    /// How many public goals it has.
    pub(super) goals: usize,
}

/// The same thing in a language.
#[derive(Serialize, JsonSchema)]
pub(super) struct Translation<'r> {
    /// The BCP 47 tag of the language.
    pub(super) language: &'r str,
    /// The page in that language.
    #[schemars(extend("format" = "uri"))]
    pub(super) url: String,
}

impl<'r> Context<'r> {
    /// The other languages of something that is written in several.
    pub(super) fn translations(
        &self,
        texts: &'r Texts,
        here: Language,
        path: impl Fn(Language) -> String,
    ) -> Vec<Translation<'r>> {
        let others = texts.all().map(|text| text.language).filter(|language| *language != here);
        others
            .map(|language| Translation {
                language: self.tag(language),
                url: self.absolute(&path(language)),
            })
            .collect()
    }

    pub(super) fn bulletin_link(&self, id: BulletinId, language: Language) -> BulletinLink<'r> {
        let record = self.record;
        let bulletin = record.bulletin(id);
        let address = record.bulletin_address(id, language);
        let text = bulletin.source.texts.in_language(language);
        BulletinLink {
            url: self.absolute(&address.path),
            slug: &bulletin.source.slug,
            language: self.tag(address.language),
            title: &text.title.value,
            summary: text.summary.as_ref().map(|summary| summary.value.as_str()),
            published: bulletin.published().iso(&record.content.site.zone),
        }
    }

    pub(super) fn goal_link(&self, id: GoalId, language: Language) -> GoalLink<'r> {
        let record = self.record;
        let goal = record.goal(id);
        let address = record.goal_address(id, language);
        GoalLink {
            url: self.absolute(&address.path),
            id: &goal.source.slug,
            language: self.tag(address.language),
            title: &goal.source.texts.in_language(language).title.value,
            category: &goal.source.folder,
            status: record.progress(id).status.name(),
        }
    }

    pub(super) fn category_link(&self, id: CategoryId, language: Language) -> CategoryLink<'r> {
        let category = self.record.category(id);
        CategoryLink {
            url: self.absolute(&self.record.category_path(id, language)),
            id: &category.source.slug,
            title: &category.source.texts.in_language(language).title.value,
            goals: category.goals.len(),
        }
    }
}
