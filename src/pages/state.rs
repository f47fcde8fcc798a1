//! The state of many goals at a glance: a bar by status, the counts in words, each the way to its goals.

use schemars::JsonSchema;
use serde::Serialize;

use super::chart;
use super::context::Context;
use super::data::vocabulary;
use super::html::Html;
use super::progress::{StatusView, status_word};
use crate::content::Status;
use crate::language::Language;
use crate::record::Tally;

/// The state of some goals.
pub(super) struct StateView<'r> {
    pub(super) bar: Html,
    pub(super) parts: Vec<StatePart<'r>>,
}

/// The goals of one status.
pub(super) struct StatePart<'r> {
    pub(super) status: StatusView<'r>,
    pub(super) count: String,
    pub(super) percent: String,
    /// The way to them, where they have a page.
    pub(super) href: Option<String>,
}

/// The state of one category: a small bar, and the counts in words.
pub(super) struct SmallState {
    pub(super) bar: Html,
    pub(super) said: String,
}

/// The goals of one status in data.
#[derive(Serialize, JsonSchema)]
pub(super) struct StatusCount {
    /// The status.
    #[schemars(extend("enum" = vocabulary::statuses()))]
    pub(super) status: &'static str,
    /// How many goals have it.
    pub(super) goals: usize,
    /// Whole percent; those of all statuses sum to 100.
    pub(super) percent: u32,
}

impl<'r> Context<'r> {
    /// The state of a page's goals. `way` leads to those of a status, where there is such a page.
    pub(super) fn state(
        &self,
        tally: &Tally,
        way: impl Fn(Status) -> Option<String>,
        language: Language,
    ) -> askama::Result<StateView<'r>> {
        let words = self.words(language);
        let part = |(status, count, percent): (Status, usize, u32)| StatePart {
            status: self.status(status, language),
            count: words.count(count),
            percent: words.percent(&percent.to_string()),
            href: way(status),
        };
        let parts = tally.shares().into_iter().map(part).collect();
        Ok(StateView { bar: chart::bar::large(tally, &self.label(tally, language))?, parts })
    }

    /// The state of a category's goals; none where it has none. `id` tells the bars of a page apart.
    pub(super) fn small_state(
        &self,
        tally: &Tally,
        id: &str,
        language: Language,
    ) -> askama::Result<Option<SmallState>> {
        if tally.total() == 0 {
            return Ok(None);
        }
        let bar = chart::bar::small(tally, id, &self.label(tally, language))?;
        Ok(Some(SmallState { bar, said: told(self, tally, language) }))
    }

    /// A bar in words.
    fn label(&self, tally: &Tally, language: Language) -> String {
        let words = self.words(language);
        words.label(&words.count_goals(tally.total()), &told(self, tally, language))
    }

    /// The page that explains how progress is computed.
    pub(super) fn method_path(&self, language: Language) -> String {
        format!("{}goals/method/", self.root(language))
    }
}

/// Counts by status for data.
pub(super) fn status_counts(tally: &Tally) -> Vec<StatusCount> {
    let shares = tally.shares().into_iter();
    shares
        .map(|(status, goals, percent)| StatusCount { status: status.name(), goals, percent })
        .collect()
}

/// `1 achieved, 3 under way, 17 not yet reported` as one text.
pub(super) fn told(context: &Context<'_>, tally: &Tally, language: Language) -> String {
    let words = context.words(language);
    let parts: Vec<String> = tally
        .shares()
        .into_iter()
        .map(|(status, count, _)| words.label(status_word(words, status), &words.count(count)))
        .collect();
    words.list(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}
