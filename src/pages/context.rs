//! What every page is made from: the record, the assets, the words of a language.

use std::sync::Arc;

use jiff::{Timestamp, civil};

use super::assets::Assets;
use crate::content::{Localised, Moment, rfc3339};
use crate::language::{Language, Locale};
use crate::record::{Address, BulletinId, GoalId, Record};

/// What pages are made from.
pub(crate) struct Context<'r> {
    pub(super) record: &'r Record<'r>,
    pub(super) assets: &'r Assets,
    /// The notices at the foot of bulletins, in the site's order; those that are public.
    pub(super) featured: Vec<BulletinId>,
    /// For each language, what the search proposes.
    suggestions: Vec<Arc<[String]>>,
}

/// How much the search proposes. Every page carries it.
const SUGGESTIONS: usize = 40;

/// A date as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// For machines: ISO 8601.
    pub(super) iso: String,
    /// For people, in the page's language.
    pub(super) text: String,
}

impl<'r> Context<'r> {
    pub(crate) fn new(record: &'r Record<'r>, assets: &'r Assets) -> Self {
        let slugs = &record.content.site.featured;
        let featured = slugs.iter().filter_map(|slug| record.find_bulletin(&slug.value)).collect();
        let suggestions =
            record.languages().map(|language| suggestions(record, language)).collect();
        Self { record, assets, featured, suggestions }
    }

    /// Where the search of a language stands.
    pub(super) fn search_path(&self, language: Language) -> String {
        format!("{}search/", self.root(language))
    }

    /// What the search proposes: categories and goals.
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

    /// The site's name with the line under it: `Harbin Government bulletin`.
    pub(super) fn full_site_name(&self, language: Language) -> String {
        self.record.content.site.full_name(language)
    }

    pub(super) fn root(&self, language: Language) -> String {
        self.record.content.site.languages.root(language)
    }

    pub(super) fn absolute(&self, path: &str) -> String {
        self.record.content.site.absolute(path)
    }

    /// A moment as the page's language shows it: with its time of day if one was written.
    pub(super) fn date(&self, moment: Moment, language: Language) -> Date {
        let locale = self.locale(language);
        let text = if moment.has_time {
            locale.date_time(moment.civil)
        } else {
            locale.date(moment.date())
        };
        Date { iso: moment.iso(&self.record.content.site.zone), text }
    }

    /// The calendar day of a moment, for lists.
    pub(super) fn day(&self, moment: Moment, language: Language) -> Date {
        self.date_of(moment.date(), language)
    }

    /// The day for which a report holds: a source seldom says that something happened on that very day.
    pub(super) fn as_of(&self, moment: Moment, language: Language) -> Date {
        let date = self.date(moment, language);
        Date { text: self.locale(language).as_of(&date.text), ..date }
    }

    /// A calendar day.
    pub(super) fn date_of(&self, date: civil::Date, language: Language) -> Date {
        Date { iso: date.to_string(), text: self.locale(language).date(date) }
    }

    /// A moment as ISO 8601 writes it, in the site's zone: with its time of day if one was written.
    pub(super) fn iso(&self, moment: Moment) -> String {
        moment.iso(&self.record.content.site.zone)
    }

    /// An instant as RFC 3339 writes it, in the site's zone.
    pub(super) fn rfc3339(&self, instant: Timestamp) -> String {
        rfc3339(instant, &self.record.content.site.zone)
    }

    /// The wall clock of the site's zone at the record's instant.
    pub(super) fn now(&self) -> civil::DateTime {
        self.record.content.site.zone.to_datetime(self.record.instant)
    }

    /// The page that explains how progress is computed.
    pub(super) fn method_path(&self, language: Language) -> String {
        format!("{}goals/method/", self.root(language))
    }

    /// The address and title of the bulletin that takes another's place, if it is public.
    pub(super) fn replacement(&self, slug: &str, language: Language) -> Option<(String, String)> {
        let id = self.record.find_bulletin(slug)?;
        let title = &self.record.bulletin(id).source.texts.in_language(language).title.value;
        Some((self.record.bulletin_address(id, language).path, title.clone()))
    }

    /// The tag of a text's language where it is not the page's, to be marked in HTML.
    pub(super) fn lang_if_other(&self, written: Language, page: Language) -> Option<&'r str> {
        (written != page).then(|| self.language_tag(written))
    }

    /// The tag with which Chinese words are marked in a page of another language, on a site that has Chinese too.
    pub(super) fn chinese_within(&self, page: Language) -> Option<&'r str> {
        self.record.content.site.languages.chinese_within(page)
    }

    /// An address, and the tag of its language where it is not the page's.
    pub(super) fn link(&self, address: Address, page: Language) -> (String, Option<&'r str>) {
        let lang = self.lang_if_other(address.language, page);
        (address.path, lang)
    }

    /// The categories that a bulletin belongs to, by their titles.
    pub(super) fn category_titles(&self, bulletin: BulletinId, language: Language) -> Vec<&'r str> {
        let categories = &self.record.bulletin(bulletin).categories;
        categories
            .iter()
            .map(|id| category_title(self.record.category(*id).source, language))
            .collect()
    }
}

/// The titles of categories and then of goals, the newest first: not all of them where a site has many.
fn suggestions(record: &Record<'_>, language: Language) -> Arc<[String]> {
    let categories =
        record.categories.iter().map(|category| category.source.texts.in_language(language));
    let mut goals: Vec<GoalId> = record.goal_ids().collect();
    goals.sort_by_key(|id| std::cmp::Reverse(record.years(*id).map(|years| *years.end())));
    let goals = goals.into_iter().map(|id| record.goal(id).source.texts.in_language(language));
    categories.chain(goals).take(SUGGESTIONS).map(|text| text.title.value.clone()).collect()
}

/// A category's title for tight places.
pub(super) fn category_title(category: &crate::content::Category, language: Language) -> &str {
    let text = category.texts.in_language(language);
    text.short_title.as_deref().unwrap_or(&text.title.value)
}

/// The words of a fact for a language.
pub(super) fn localised(text: &Localised, language: Language) -> &str {
    text.get(language)
}
