//! The pages of bodies, topics and kinds of documents, and the lists of all of them.

use askama::Template;

use crate::content::GroupFacts;
use crate::language::Language;
use crate::pages::components::document::contact::{ContactRow, contact_rows};
use crate::pages::components::list_items::{BulletinRow, bulletin_rows};
use crate::pages::context::Context;
use crate::pages::data::file_kind::FileKind;
use crate::pages::data::page::Head;
use crate::pages::data::page::section::SectionData;
use crate::pages::data::page::static_page::StaticPageData;
use crate::pages::data::references::BulletinLink;
use crate::pages::discovery::calendars::{CalendarFile, calendar_path, has_bulletin_entries};
use crate::pages::layout::description::{describe_bulletins, describe_list};
use crate::pages::layout::navigation::{Crumb, item_title};
use crate::pages::layout::{FeedLink, Layout, PageMeta, cn_gov_meta};
use crate::pages::markup::html::Html;
use crate::pages::markup::markdown;
use crate::pages::output::{Output, RenderError};
use crate::record::{BulletinGroup, GroupSource, PageRef};

/// Number of bulletins on the page; the sections have the older ones.
const LATEST: usize = 50;

#[derive(Template)]
#[template(path = "pages/bulletin_group.html")]
struct BulletinGroupPage<'r> {
    layout: Layout<'r>,
    title: &'r str,
    lead: Option<&'r str>,
    contact: Vec<ContactRow<'r>>,
    former_names: Vec<String>,
    introduction: Html,
    /// The heading of the bulletins.
    heading: &'r str,
    count: String,
    bulletins: Vec<BulletinRow<'r>>,
    feed: String,
    calendar: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/group_list.html")]
struct GroupListPage<'r> {
    layout: Layout<'r>,
    title: String,
    lead: Option<&'r str>,
    introduction: Html,
    rows: Vec<GroupRow<'r>>,
}

/// A group in the list of all of its kind.
struct GroupRow<'r> {
    href: String,
    title: &'r str,
    summary: &'r str,
    count: String,
}

/// Renders a group in one language: the page and its JSON alternate.
pub(in crate::pages) fn render(
    context: &Context<'_>,
    group: &BulletinGroup<'_>,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let (record, locale) = (context.record, context.locale(language));
    let path_in = |language| group.page.path(record.content, language);
    let path = path_in(language);
    let (title, lead) = (group.title(language), group.summary(language));
    let mut meta = PageMeta::everywhere(context, language, path_in);
    title.clone_into(&mut meta.title);
    meta.description = match lead {
        Some(lead) => Some(lead.to_owned()),
        None => describe_bulletins(context, title, &group.bulletins, language),
    };
    meta.above = vec![Crumb {
        title: item_title(context, group.list, language),
        href: Some(group.list.path(record.content, language)),
    }];
    let feed = format!("{path}feed.xml");
    meta.feeds = vec![FeedLink {
        title: title.to_owned(),
        href: feed.clone(),
        media_type: "application/atom+xml",
    }];
    meta.government_tags = cn_gov_meta::column_tags(title, lead.unwrap_or_default(), title);
    let calendar = has_bulletin_entries(record, &group.bulletins).then(|| calendar_path(&path));
    meta.feeds.extend(calendar.clone().map(|href| FeedLink::calendar(title, href)));
    let latest = &group.bulletins[..group.bulletins.len().min(LATEST)];
    let has_older = latest.len() < group.bulletins.len();
    let (contact, former_names) = match group.source {
        GroupSource::File(file) => facts(context, &file.facts, language),
        GroupSource::Kind(_) => Default::default(),
    };
    let page = BulletinGroupPage {
        layout: Layout::new(context, meta),
        title,
        lead,
        contact,
        former_names,
        introduction: group
            .text(language)
            .map_or_else(Html::default, |text| markdown::render(context, text, language)),
        heading: if has_older { locale.latest_bulletins() } else { locale.all_bulletins() },
        count: locale.count(group.bulletins.len()),
        bulletins: bulletin_rows(context, latest, language),
        feed,
        calendar,
    };
    let data = SectionData {
        head: Head::new(record.content, FileKind::Section, &path, language),
        title,
        year: None,
        page: 1,
        pages: 1,
        total: group.bulletins.len(),
        bulletins: latest.iter().map(|id| BulletinLink::new(context, *id, language)).collect(),
    };
    Output::page_with_data(&path, language, &page, &data)
}

/// The contact of a body and its former names, the latest first.
fn facts<'r>(
    context: &Context<'r>,
    facts: &'r GroupFacts,
    language: Language,
) -> (Vec<ContactRow<'r>>, Vec<String>) {
    let contact = facts.contact.as_ref();
    let contact = contact.map(|contact| contact_rows(context, contact, language));
    let former = facts.formerly.iter().rev().map(|name| {
        let until = context.day(name.until.value, language).text;
        context.locale(language).name_until(name.title.get(language), &until)
    });
    (contact.unwrap_or_default(), former.collect())
}

/// The calendar of the bulletins of a group.
pub(in crate::pages) fn calendar<'m, 'r>(
    context: &'m Context<'r>,
    group: &BulletinGroup<'_>,
    language: Language,
) -> CalendarFile<'m, 'r> {
    let path = group.page.path(context.record.content, language);
    let title = group.title(language).to_owned();
    CalendarFile::new(context, language, path, title).bulletins(&group.bulletins)
}

/// Renders the list of all groups of a kind in one language: the page and its JSON alternate.
pub(in crate::pages) fn render_list(
    context: &Context<'_>,
    item: PageRef,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let (record, locale) = (context.record, context.locale(language));
    let path = item.path(record.content, language);
    let text = item.texts(record.content).map(|texts| texts.in_language(language));
    let title = item_title(context, item, language);
    let lead = text.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str());
    let mut meta =
        PageMeta::everywhere(context, language, |language| item.path(record.content, language));
    meta.title.clone_from(&title);
    let groups: Vec<&BulletinGroup<'_>> =
        record.groups.iter().filter(|group| group.list == item).collect();
    let names = groups.iter().map(|group| group.title(language));
    meta.description = lead.map(ToOwned::to_owned).or_else(|| describe_list(locale, &title, names));
    meta.government_tags = cn_gov_meta::column_tags(&title, lead.unwrap_or_default(), &title);
    let rows = groups.iter().map(|group| GroupRow {
        href: group.page.path(record.content, language),
        title: group.title(language),
        summary: group.summary(language).unwrap_or_default(),
        count: locale.count_bulletins(group.bulletins.len()),
    });
    let data = StaticPageData {
        head: Head::new(record.content, FileKind::StaticPage, &path, language),
        title: &title,
        summary: lead,
    };
    let page = GroupListPage {
        layout: Layout::new(context, meta),
        title: title.clone(),
        lead,
        introduction: text
            .map_or_else(Html::default, |text| markdown::render(context, text, language)),
        rows: rows.collect(),
    };
    Output::page_with_data(&path, language, &page, &data)
}
