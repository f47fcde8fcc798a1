//! Links to the site's own lists and pages: the masthead, the footer, the breadcrumb.

use crate::content::{GroupKind, Text};
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::discovery::calendars::calendar_path;
use crate::record::PageRef;

/// A link of the masthead or the footer.
#[derive(Debug)]
pub(crate) struct NavigationLink {
    pub(crate) title: String,
    pub(crate) href: String,
    /// The value of `aria-current`: `page` on the page itself, `true` on pages below it.
    pub(crate) current: Option<&'static str>,
}

/// A step of the breadcrumb; the current page has no `href`.
#[derive(Debug, Clone)]
pub(crate) struct Crumb {
    pub(crate) title: String,
    pub(crate) href: Option<String>,
}

/// The breadcrumb from the home page to a page.
pub(super) fn breadcrumb(
    context: &Context<'_>,
    language: Language,
    title: &str,
    above: &[Crumb],
) -> Vec<Crumb> {
    let home = Crumb {
        title: context.locale(language).home().to_owned(),
        href: Some(context.root(language)),
    };
    let here = Crumb { title: title.to_owned(), href: None };
    std::iter::once(home).chain(above.iter().cloned()).chain(std::iter::once(here)).collect()
}

pub(super) fn navigation(
    context: &Context<'_>,
    language: Language,
    here: Option<&str>,
) -> Vec<NavigationLink> {
    let content = context.record.content;
    let written = &content.site.navigation;
    let items: Vec<PageRef> = if written.is_empty() {
        let sections = (0..content.sections.len()).map(PageRef::Section);
        sections
            .chain(std::iter::once(PageRef::Goals))
            .chain(root_pages(context).map(PageRef::StaticPage))
            .collect()
    } else {
        written.iter().filter_map(|path| item_at(context, &path.value)).collect()
    };
    items.into_iter().map(|item| navigation_link(context, item, language, here)).collect()
}

/// The static pages that the masthead leaves out, the progress method, the open data, and the feed.
pub(super) fn footer(
    context: &Context<'_>,
    language: Language,
    here: Option<&str>,
    above: &[NavigationLink],
) -> Vec<NavigationLink> {
    let content = context.record.content;
    let pages = root_pages(context)
        .map(|index| navigation_link(context, PageRef::StaticPage(index), language, here));
    let mut links: Vec<NavigationLink> =
        pages.filter(|link| above.iter().all(|known| known.href != link.href)).collect();
    let locale = context.locale(language);
    let goals = PageRef::Goals.path(content, language);
    if !context.record.goals.is_empty() {
        let method = context.method_path(language);
        let current = (here == Some(method.as_str())).then_some("page");
        links.push(NavigationLink {
            title: locale.how_computed().to_owned(),
            href: method,
            current,
        });
        let title = locale.open_data().to_owned();
        links.push(NavigationLink { title, href: format!("{goals}#data"), current: None });
    }
    let feed = format!("{}feed.xml", context.root(language));
    links.push(NavigationLink { title: locale.feed().to_owned(), href: feed, current: None });
    if context.has_calendar {
        let href = calendar_path(&context.root(language));
        links.push(NavigationLink { title: locale.calendar().to_owned(), href, current: None });
    }
    links
}

/// The public static pages at the root; those below a folder are on the page of the folder.
fn root_pages(context: &Context<'_>) -> impl Iterator<Item = usize> {
    let content = context.record.content;
    context.record.static_pages().filter(|index| content.pages[*index].folder.is_empty())
}

fn item_at(context: &Context<'_>, path: &str) -> Option<PageRef> {
    let content = context.record.content;
    let sections = (0..content.sections.len()).map(PageRef::Section);
    let pages = context.record.static_pages().map(PageRef::StaticPage);
    sections
        .chain(pages)
        .chain([PageRef::Home, PageRef::Goals])
        .chain(context.record.group_lists())
        .chain(context.record.has_consultations().then_some(PageRef::Consultations))
        .find(|item| item.path(content, Language::DEFAULT) == path)
}

fn navigation_link(
    context: &Context<'_>,
    item: PageRef,
    language: Language,
    here: Option<&str>,
) -> NavigationLink {
    let href = item.address(context.record.content, language).path;
    let current = match here {
        Some(here) if here == href => Some("page"),
        Some(here) if item != PageRef::Home && here.starts_with(&href) => Some("true"),
        _ => None,
    };
    let text = item_text(context, item, language);
    let title = text.map(|text| text.short_title.as_ref().unwrap_or(&text.title.value).clone());
    NavigationLink {
        title: title.unwrap_or_else(|| item_title(context, item, language)),
        href,
        current,
    }
}

/// The breadcrumb's step for the section of a folder; none for pages at the root.
pub(crate) fn section_crumb(
    context: &Context<'_>,
    folder: &str,
    language: Language,
) -> Option<Crumb> {
    let content = context.record.content;
    let name = folder.split('/').next().unwrap_or(folder);
    let index = content.sections.iter().position(|section| section.slug == name)?;
    let item = PageRef::Section(index);
    let title = item_title(context, item, language);
    Some(Crumb { title, href: Some(item.path(content, language)) })
}

/// The title of a list or a static page.
pub(crate) fn item_title(context: &Context<'_>, item: PageRef, language: Language) -> String {
    let locale = context.locale(language);
    match item_text(context, item, language) {
        Some(text) => text.title.value.clone(),
        None if item == PageRef::Goals => locale.all_goals().to_owned(),
        None if item == PageRef::Method => locale.how_computed().to_owned(),
        None if item == PageRef::Consultations => locale.consultations().to_owned(),
        None if item == PageRef::Groups(GroupKind::Body) => locale.bodies().to_owned(),
        None if item == PageRef::Groups(GroupKind::Topic) => locale.topics().to_owned(),
        None if item == PageRef::DocumentKinds => locale.document_kinds().to_owned(),
        None => locale.home().to_owned(),
    }
}

/// The text of a list or a static page. The home page has none: it is named by the fixed word for
/// it.
fn item_text<'r>(context: &Context<'r>, item: PageRef, language: Language) -> Option<&'r Text> {
    let content = context.record.content;
    let texts = match item {
        PageRef::Section(index) => Some(&content.sections[index].texts),
        PageRef::StaticPage(index) => Some(&content.pages[index].texts),
        PageRef::Goals => content.goals_index.as_ref().map(|goals| &goals.texts),
        PageRef::Groups(kind) => content.group_index(kind).map(|index| &index.texts),
        PageRef::Group(index) => Some(&content.groups[index].1.texts),
        _ => None,
    };
    texts.map(|texts| texts.in_language(language))
}
