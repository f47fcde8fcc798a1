//! The lists of a section: newest first, by page and by year.

use std::collections::BTreeMap;

use askama::Template;

use super::components::list_items::{BulletinRow, bulletin_rows};
use super::context::Context;
use super::data::file_kind::FileKind;
use super::data::page::Head;
use super::data::page::section::SectionData;
use super::data::references::BulletinLink;
use super::discovery::calendars::{CalendarFile, calendar_path, has_bulletin_entries};
use super::layout::description::describe_bulletins;
use super::layout::navigation::Crumb;
use super::layout::{FeedLink, Layout, PageMeta, cn_gov_meta};
use super::markup::html::Html;
use super::markup::markdown;
use super::output::{Output, RenderError};
use crate::language::Language;
use crate::record::{BulletinId, PageRef, Section};

/// Number of bulletins on one page of a list.
pub const PER_PAGE: usize = 20;

#[derive(Template)]
#[template(path = "pages/section.html")]
struct SectionPage<'r> {
    layout: Layout<'r>,
    lead: Option<&'r str>,
    introduction: Html,
    years: Vec<ListLink>,
    rows: Vec<BulletinRow<'r>>,
    /// The static pages below the section: path, title and summary.
    static_pages: Vec<(String, &'r str, Option<&'r str>)>,
    pages: Vec<ListLink>,
    newer: Option<String>,
    older: Option<String>,
    feed: String,
    calendar: Option<String>,
}

/// A link to a year or to a page of a list.
struct ListLink {
    title: String,
    label: String,
    href: String,
    is_here: bool,
}

/// A list of a section: all of its bulletins, or those of one year.
pub(super) struct List {
    /// The index of the section in the record.
    section_index: usize,
    year: Option<i16>,
    bulletins: Vec<BulletinId>,
    /// Whether the section has a calendar: known once, as every page of its lists asks.
    has_calendar: bool,
}

impl List {
    /// The lists of a section: all bulletins first, then each year, the newest first.
    pub(super) fn of(context: &Context<'_>, index: usize, section: &Section<'_>) -> Vec<Self> {
        let mut years: BTreeMap<i16, Vec<BulletinId>> = BTreeMap::new();
        for id in &section.bulletins {
            years
                .entry(context.record.bulletin(*id).published().date().year())
                .or_default()
                .push(*id);
        }
        let has_calendar = has_bulletin_entries(context.record, &section.bulletins);
        let all = Self {
            section_index: index,
            year: None,
            bulletins: section.bulletins.clone(),
            has_calendar,
        };
        let years = years.into_iter().rev().map(|(year, bulletins)| Self {
            section_index: index,
            year: Some(year),
            bulletins,
            has_calendar,
        });
        std::iter::once(all).chain(years).collect()
    }

    /// The year of the list; none if it has all bulletins.
    pub(super) const fn year(&self) -> Option<i16> {
        self.year
    }

    /// Number of pages; an empty list has one.
    pub(super) fn pages(&self) -> usize {
        self.bulletins.len().div_ceil(PER_PAGE).max(1)
    }

    /// Number of its bulletins.
    pub(super) const fn len(&self) -> usize {
        self.bulletins.len()
    }

    /// The bulletins of a page, from 1.
    pub(super) fn shown(&self, page: usize) -> &[BulletinId] {
        self.bulletins.chunks(PER_PAGE).nth(page - 1).unwrap_or_default()
    }

    /// Whether a page, from 1, is that of the section itself, with its introduction and calendar.
    pub(super) const fn is_section_page(&self, page: usize) -> bool {
        self.year.is_none() && page == 1
    }

    /// The path of a page, from 1.
    pub(super) fn path(&self, context: &Context<'_>, language: Language, page: usize) -> String {
        let mut path = PageRef::Section(self.section_index).path(context.record.content, language);
        if let Some(year) = self.year {
            path = format!("{path}{year}/");
        }
        if page > 1 { format!("{path}page/{page}/") } else { path }
    }

    /// Renders one page of the list, from 1, and its JSON alternate. `years` are those of the whole
    /// section.
    pub(super) fn render(
        &self,
        context: &Context<'_>,
        language: Language,
        page: usize,
        years: &[i16],
    ) -> Result<Vec<Output>, RenderError> {
        let record = context.record;
        let text = record.sections[self.section_index].source.texts.in_language(language);
        let (shown, pages) = (self.shown(page), self.pages());
        let locale = context.locale(language);
        let name = &text.title.value;
        let heading = match self.year {
            Some(year) => locale.by_year_title(name, &year.to_string()),
            None => name.clone(),
        };
        let path = self.path(context, language, page);
        let mut meta =
            PageMeta::everywhere(context, language, |language| self.path(context, language, page));
        meta.modified = shown.iter().map(|id| record.bulletin(*id).modified()).max();
        meta.title = if page > 1 {
            locale.page_title(&heading, &page.to_string(), &pages.to_string())
        } else {
            heading
        };
        meta.crumb = self.crumb(context, language, page);
        let summary = text.summary.as_ref().map(|summary| summary.value.as_str());
        let (lead, introduction) = if self.is_section_page(page) {
            (summary, markdown::render(context, text, language))
        } else {
            (None, Html::default())
        };
        meta.description = lead
            .map(str::to_owned)
            .or_else(|| Some(locale.label(&meta.title, summary?)))
            .or_else(|| describe_bulletins(context, &meta.title, shown, language));
        let calendar = self.calendar_path(context, language);
        meta.feeds.extend(calendar.clone().map(|href| FeedLink::calendar(name, href)));
        meta.above = self.crumbs(context, language, page, name);
        meta.government_tags = cn_gov_meta::column_tags(name, lead.unwrap_or_default(), name);
        let view = SectionPage {
            layout: Layout::new(context, meta),
            lead,
            introduction,
            years: self.years(context, language, years),
            rows: bulletin_rows(context, shown, language),
            static_pages: static_pages(context, self, page, language),
            pages: self.page_links(context, language, page),
            newer: (page > 1).then(|| self.path(context, language, page - 1)),
            older: (page < pages).then(|| self.path(context, language, page + 1)),
            feed: format!("{}feed.xml", context.root(language)),
            calendar,
        };
        let data = self.data(context, language, page, shown);
        let mut outputs = Output::page_with_data(&path, language, &view, &data)?;
        if self.is_section_page(page) {
            outputs.extend(self.calendar(context, language).render());
        }
        Ok(outputs)
    }

    fn data<'r>(
        &self,
        context: &Context<'r>,
        language: Language,
        page: usize,
        shown: &[BulletinId],
    ) -> SectionData<'r> {
        let record = context.record;
        let path = self.path(context, language, page);
        let text = record.sections[self.section_index].source.texts.in_language(language);
        SectionData {
            head: Head::new(record.content, FileKind::Section, &path, language),
            title: &text.title.value,
            year: self.year,
            page,
            pages: self.pages(),
            total: self.bulletins.len(),
            bulletins: shown.iter().map(|id| BulletinLink::new(context, *id, language)).collect(),
        }
    }

    fn calendar<'m, 'r>(
        &self,
        context: &'m Context<'r>,
        language: Language,
    ) -> CalendarFile<'m, 'r> {
        let section = &context.record.sections[self.section_index];
        let path = PageRef::Section(self.section_index).path(context.record.content, language);
        let title = section.source.texts.in_language(language).title.value.clone();
        CalendarFile::new(context, language, path, title).bulletins(&section.bulletins)
    }

    /// The path of the calendar of the section, if it has one.
    pub(super) fn calendar_path(
        &self,
        context: &Context<'_>,
        language: Language,
    ) -> Option<String> {
        self.has_calendar.then(|| {
            calendar_path(
                &PageRef::Section(self.section_index).path(context.record.content, language),
            )
        })
    }

    /// The step of the breadcrumb of a page below that of the section.
    fn crumb(&self, context: &Context<'_>, language: Language, page: usize) -> Option<String> {
        let locale = context.locale(language);
        match self.year {
            _ if page > 1 => Some(locale.page_link(&page.to_string())),
            Some(year) => Some(locale.year_heading(&year.to_string())),
            None => None,
        }
    }

    fn crumbs(
        &self,
        context: &Context<'_>,
        language: Language,
        page: usize,
        section: &str,
    ) -> Vec<Crumb> {
        let mut crumbs = Vec::new();
        if self.year.is_some() {
            let href = PageRef::Section(self.section_index).path(context.record.content, language);
            crumbs.push(Crumb { title: section.to_owned(), href: Some(href) });
        }
        if page > 1 {
            let title = self.crumb(context, language, 1).unwrap_or_else(|| section.to_owned());
            crumbs.push(Crumb { title, href: Some(self.path(context, language, 1)) });
        }
        crumbs
    }

    fn years(&self, context: &Context<'_>, language: Language, years: &[i16]) -> Vec<ListLink> {
        let locale = context.locale(language);
        let section = PageRef::Section(self.section_index).path(context.record.content, language);
        let all = ListLink {
            title: locale.all_years().to_owned(),
            label: String::new(),
            href: section.clone(),
            is_here: self.year.is_none(),
        };
        let each = years.iter().map(|year| ListLink {
            title: locale.year_heading(&year.to_string()),
            label: String::new(),
            href: format!("{section}{year}/"),
            is_here: self.year == Some(*year),
        });
        std::iter::once(all).chain(each).collect()
    }

    /// Links to the first and last pages, and to those around this one.
    fn page_links(&self, context: &Context<'_>, language: Language, page: usize) -> Vec<ListLink> {
        let pages = self.pages();
        if pages < 2 {
            return Vec::new();
        }
        let locale = context.locale(language);
        (1..=pages)
            .filter(|number| *number == 1 || *number == pages || number.abs_diff(page) <= 2)
            .map(|number| ListLink {
                title: locale.count(number),
                label: locale.page_link(&number.to_string()),
                href: self.path(context, language, number),
                is_here: number == page,
            })
            .collect()
    }
}

/// The static pages below a section, in their order, for the first page of its list.
fn static_pages<'r>(
    context: &Context<'r>,
    list: &List,
    page: usize,
    language: Language,
) -> Vec<(String, &'r str, Option<&'r str>)> {
    if !list.is_section_page(page) {
        return Vec::new();
    }
    let (record, pages) = (context.record, &context.record.content.pages);
    let section = record.sections[list.section_index].source.slug.as_str();
    let below = record
        .static_pages()
        .filter(|index| pages[*index].folder.split('/').next() == Some(section));
    let rows = below.map(|index| {
        let text = pages[index].texts.in_language(language);
        let path = PageRef::StaticPage(index).address(record.content, language).path;
        let summary = text.summary.as_ref().map(|summary| summary.value.as_str());
        (path, text.title.value.as_str(), summary)
    });
    rows.collect()
}
