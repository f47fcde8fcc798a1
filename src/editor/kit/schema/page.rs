//! Categories, sections, plain pages, and translations of everything but bulletins.

#![expect(dead_code, reason = "the fields are described by their schemas, not read")]

use schemars::JsonSchema;

use super::value_types::{HueName, Line, Place, Sentences, SitePath};

/// A category of goals.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Category {
    /// The category's name.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The name for tight places.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// One or two sentences, shown in lists.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// Its place among the categories, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// The hue that marks it.
    #[schemars(title = "Colour · 颜色")]
    colour: Option<HueName>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
}

/// A section, or a plain page.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Page {
    /// The page's title.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The title for tight places, such as the navigation.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// One or two sentences, shown in lists and results.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// Its place among its like, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
}

/// The home page's own words.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Home {
    /// The home page's title.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// One or two sentences.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
    /// Its place among its like, from low to high.
    #[schemars(title = "Order · 排序")]
    order: Option<Place>,
    /// Addresses at which the page stood before; they lead to it.
    #[schemars(title = "Old addresses · 旧网址")]
    aliases: Option<Vec<SitePath>>,
}

/// A goal, category, section or plain page in another language: its words only.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Translation {
    /// The title in this language.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The title for tight places, in this language.
    #[schemars(title = "Short title · 短标题")]
    short_title: Option<Line>,
    /// The summary in this language.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
}

/// The home page in another language: its words only.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct HomeTranslation {
    /// The title in this language.
    #[schemars(title = "Title · 标题")]
    title: Line,
    /// The summary in this language.
    #[schemars(title = "Summary · 摘要")]
    summary: Option<Sentences>,
}
