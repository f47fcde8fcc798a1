//! The inputs of every page: the record, the assets, the texts of a language.

use std::sync::Arc;

use jiff::{Timestamp, civil};

use super::assets::Assets;
use super::layout::look::{AlertView, LookView};
use super::per_bulletin::PerBulletin;
use crate::content::{Localised, Moment, rfc3339};
use crate::language::{Language, Locale};
use crate::record::{Address, Bulletin, BulletinId, GoalId, PageRef, Record};

pub(crate) struct Context<'r> {
    pub(super) record: &'r Record<'r>,
    pub(super) assets: &'r Assets,
    pub(super) look: &'r LookView,
    /// The public ones of the site's featured bulletins, in the site's order.
    featured: Vec<BulletinId>,
    /// Whether the site has anything that is due on a day.
    pub(super) has_calendar: bool,
    /// For each language, the alerts of this instant.
    alerts: Vec<Arc<[AlertView<'r>]>>,
    /// For each language, the suggestions of the search box.
    suggestions: Vec<Arc<[String]>>,
    /// The entry of each bulletin in Atom feeds.
    pub(super) feed_entries: PerBulletin<String>,
    /// The components of each bulletin in calendars.
    pub(super) calendar_events: PerBulletin<Vec<String>>,
}

/// Number of search suggestions. Every page carries them.
const SUGGESTIONS: usize = 40;

/// A date as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// ISO 8601.
    pub(super) iso: String,
    /// The date in the page's language.
    pub(super) text: String,
}

impl<'r> Context<'r> {
    pub(crate) fn new(record: &'r Record<'r>, assets: &'r Assets, look: &'r LookView) -> Self {
        let slugs = &record.content.site.featured;
        let featured = slugs.iter().filter_map(|slug| record.find_bulletin(&slug.value)).collect();
        let suggestions =
            record.languages().map(|language| suggestions(record, language)).collect();
        let has_calendar = record.goal_ids().any(|id| record.progress(id).last_day().is_some())
            || record.bulletins.iter().any(Bulletin::has_dates);
        let alerts = Vec::new();
        let (bulletins, languages) = (record.bulletins.len(), record.languages().count());
        Self {
            record,
            assets,
            look,
            featured,
            has_calendar,
            alerts,
            suggestions,
            feed_entries: PerBulletin::new(bulletins, languages),
            calendar_events: PerBulletin::new(bulletins, languages),
        }
    }

    /// Adds the alerts of each language, which need the rest of the context to be rendered.
    pub(super) fn with_alerts(mut self, alerts: Vec<Arc<[AlertView<'r>]>>) -> Self {
        self.alerts = alerts;
        self
    }

    /// The alerts of every page in a language.
    pub(super) fn alerts(&self, language: Language) -> Arc<[AlertView<'r>]> {
        self.alerts.get(language.index()).cloned().unwrap_or_default()
    }

    /// The bulletins at the foot of a bulletin: the site's featured ones, or else the newest other
    /// one.
    pub(super) fn featured_beside(&self, bulletin: BulletinId) -> Vec<BulletinId> {
        let record = self.record;
        let is_other =
            |id: &BulletinId| *id != bulletin && record.bulletin(*id).withdrawn.is_none();
        let chosen: Vec<BulletinId> = self.featured.iter().copied().filter(is_other).collect();
        if chosen.is_empty() {
            record.bulletin_ids().find(is_other).into_iter().collect()
        } else {
            chosen
        }
    }

    /// The path of the search page.
    pub(super) fn search_path(&self, language: Language) -> String {
        format!("{}search/", self.root(language))
    }

    /// The suggestions of the search box: titles of categories and goals.
    pub(super) fn suggestions(&self, language: Language) -> Arc<[String]> {
        self.suggestions.get(language.index()).cloned().unwrap_or_default()
    }

    pub(super) fn locale(&self, language: Language) -> &'r Locale {
        self.record.content.locale(language)
    }

    pub(super) fn language_tag(&self, language: Language) -> &'r str {
        self.record.content.site.languages.tag(language)
    }

    pub(super) fn site_name(&self, language: Language) -> &'r str {
        self.record.content.site.name(language)
    }

    /// The site's name with its tagline: `Harbin Government bulletin`.
    pub(super) fn full_site_name(&self, language: Language) -> String {
        self.record.content.site.full_name(language)
    }

    pub(super) fn root(&self, language: Language) -> String {
        self.record.content.site.languages.root(language)
    }

    pub(super) fn absolute(&self, path: &str) -> String {
        self.record.content.site.absolute(path)
    }

    /// Formats a moment in the page's language, with its time of day if one was written.
    pub(super) fn date(&self, moment: Moment, language: Language) -> Date {
        let locale = self.locale(language);
        let text = if moment.has_time {
            locale.date_time(moment.civil)
        } else {
            locale.date(moment.date())
        };
        Date { iso: moment.iso(&self.record.content.site.zone), text }
    }

    /// Formats the calendar day of a moment, for lists.
    pub(super) fn day(&self, moment: Moment, language: Language) -> Date {
        self.date_of(moment.date(), language)
    }

    /// Formats the day for which a report holds as "as of …": a source rarely says that something
    /// happened on that very day.
    pub(super) fn as_of(&self, moment: Moment, language: Language) -> Date {
        let date = self.date(moment, language);
        Date { text: self.locale(language).as_of(&date.text), ..date }
    }

    /// Formats a calendar day.
    pub(super) fn date_of(&self, date: civil::Date, language: Language) -> Date {
        Date { iso: date.to_string(), text: self.locale(language).date(date) }
    }

    /// Formats a moment as ISO 8601 in the site's time zone, with its time of day if one was
    /// written.
    pub(super) fn iso(&self, moment: Moment) -> String {
        moment.iso(&self.record.content.site.zone)
    }

    /// Formats an instant as RFC 3339 in the site's time zone.
    pub(super) fn rfc3339(&self, instant: Timestamp) -> String {
        rfc3339(instant, &self.record.content.site.zone)
    }

    /// The local time of the site at the record's instant.
    pub(super) fn now(&self) -> civil::DateTime {
        self.record.content.site.zone.to_datetime(self.record.instant)
    }

    /// The path of the page that explains how progress is computed.
    pub(super) fn method_path(&self, language: Language) -> String {
        PageRef::Method.path(self.record.content, language)
    }

    /// The path and title of the bulletin that replaces another, if it is public.
    pub(super) fn replacement(&self, slug: &str, language: Language) -> Option<(String, String)> {
        let id = self.record.find_bulletin(slug)?;
        let title = &self.record.bulletin(id).source.texts.in_language(language).title.value;
        Some((self.record.bulletin_address(id, language).path, title.clone()))
    }

    /// The `lang` attribute for a text: its language tag where that is not the page's language.
    pub(super) fn lang_if_other(&self, written: Language, page: Language) -> Option<&'r str> {
        (written != page).then(|| self.language_tag(written))
    }

    /// The `lang` attribute for Chinese words within a page of another language, on a site that
    /// also has Chinese.
    pub(super) fn chinese_within(&self, page: Language) -> Option<&'r str> {
        self.record.content.site.languages.chinese_within(page)
    }

    /// A path, and the `lang` attribute of a link to it.
    pub(super) fn link(&self, address: Address, page: Language) -> (String, Option<&'r str>) {
        let lang = self.lang_if_other(address.language, page);
        (address.path, lang)
    }

    /// The titles of the categories that a bulletin belongs to.
    pub(super) fn category_titles(&self, bulletin: BulletinId, language: Language) -> Vec<&'r str> {
        let categories = &self.record.bulletin(bulletin).categories;
        categories
            .iter()
            .map(|id| category_title(self.record.category(*id).source, language))
            .collect()
    }
}

/// The titles of categories, then of goals, the newest first, up to a maximum.
fn suggestions(record: &Record<'_>, language: Language) -> Arc<[String]> {
    let categories =
        record.categories.iter().map(|category| category.source.texts.in_language(language));
    let mut goals: Vec<GoalId> = record.goal_ids().collect();
    goals.sort_by_key(|id| std::cmp::Reverse(record.years(*id).map(|years| *years.end())));
    let goals = goals.into_iter().map(|id| record.goal(id).source.texts.in_language(language));
    categories.chain(goals).take(SUGGESTIONS).map(|text| text.title.value.clone()).collect()
}

/// A category's short title, or else its title.
pub(super) fn category_title(category: &crate::content::Category, language: Language) -> &str {
    let text = category.texts.in_language(language);
    text.short_title.as_deref().unwrap_or(&text.title.value)
}

/// A localised text in a language.
pub(super) fn localised(text: &Localised, language: Language) -> &str {
    text.get(language)
}
