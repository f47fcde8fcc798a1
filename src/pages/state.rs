//! The state of many goals at a glance: a bar by status, the counts in words, each the way to its goals.

use schemars::JsonSchema;
use serde::Serialize;

use super::chart;
use super::context::Context;
use super::data::vocabulary;
use super::html::Html;
use super::progress::{StatusView, percent, status_word};
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
    /// The way to them, where the state is that of all goals.
    pub(super) href: Option<String>,
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
    /// The state of some goals; `id` tells the bars of a page apart.
    pub(super) fn state(&self, tally: &Tally, id: &str, language: Language) -> askama::Result<StateView<'r>> {
        let words = self.words(language);
        let is_all = tally.total() == self.record.goals.len();
        let parts: Vec<StatePart<'r>> = tally
            .shares()
            .into_iter()
            .map(|(status, count, share)| StatePart {
                status: self.status(status, language),
                count: words.count(count),
                percent: percent(words, f64::from(share) / 100.0),
                href: is_all.then(|| self.status_path(status, language)),
            })
            .collect();
        let told: Vec<String> = parts.iter().map(|part| words.label(part.status.word, &part.count)).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let label = words.label(&words.count_goals(tally.total()), &words.list(&told));
        Ok(StateView { bar: chart::bar::bar(tally, id, &label, id == "all")?, parts })
    }

    /// The page of all goals with a status. It exists whether or not there are any.
    pub(super) fn status_path(&self, status: Status, language: Language) -> String {
        format!("{}goals/status/{}/", self.root(language), status.name())
    }

    /// The page of all goals of a year.
    pub(super) fn goal_year_path(&self, year: i16, language: Language) -> String {
        format!("{}goals/year/{year}/", self.root(language))
    }

    /// The page of the goals of a year that have a status.
    pub(super) fn goal_year_status_path(&self, year: i16, status: Status, language: Language) -> String {
        format!("{}status/{}/", self.goal_year_path(year, language), status.name())
    }

    /// The page that explains how progress is computed.
    pub(super) fn method_path(&self, language: Language) -> String {
        format!("{}goals/method/", self.root(language))
    }
}

/// The state of one category: a small bar, and the counts in words.
pub(super) struct SmallState {
    pub(super) bar: Html,
    pub(super) said: String,
}

impl Context<'_> {
    /// The state of a category's goals; none where it has none.
    pub(super) fn small_state(
        &self,
        tally: &Tally,
        id: &str,
        language: Language,
    ) -> askama::Result<Option<SmallState>> {
        if tally.total() == 0 {
            return Ok(None);
        }
        let bar = self.state(tally, id, language)?.bar;
        Ok(Some(SmallState { bar, said: told(self, tally, language) }))
    }
}

/// Counts by status for data.
pub(super) fn status_counts(tally: &Tally) -> Vec<StatusCount> {
    let shares = tally.shares().into_iter();
    shares.map(|(status, goals, percent)| StatusCount { status: status.name(), goals, percent }).collect()
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
