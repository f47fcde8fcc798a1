//! What is around every page: head, masthead, breadcrumb, foot.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::context::Context;
use super::html::Html;
use super::{government, structured_data};
use crate::content::Text;
use crate::content::site::Profile;
use crate::language::{Language, Words};
use crate::record::Item;
use crate::search::MAX_QUERY;

/// What is around a page.
#[derive(Debug)]
pub(super) struct Layout<'r> {
    pub(super) words: &'r Words,
    pub(super) tag: &'r str,
    pub(super) site_name: &'r str,
    pub(super) tagline: &'r str,
    pub(super) home: String,
    pub(super) style: &'r str,
    pub(super) icon: &'r str,
    /// The document's title, the site's name included.
    pub(super) document_title: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// The page's own absolute address; none for problems, which have none.
    pub(super) canonical: Option<String>,
    pub(super) alternates: Vec<Alternate<'r>>,
    pub(super) switches: Vec<Switch<'r>>,
    pub(super) search: SearchBox,
    pub(super) navigation: Vec<NavigationLink>,
    pub(super) footer: Vec<NavigationLink>,
    pub(super) breadcrumb: Vec<Crumb>,
    pub(super) feeds: Vec<FeedLink>,
    pub(super) metas: Vec<(&'static str, String)>,
    pub(super) article: Option<ArticleDates>,
    pub(super) structured_data: Html,
    pub(super) json: Option<String>,
}

/// The search of the masthead.
#[derive(Debug)]
pub(super) struct SearchBox {
    pub(super) action: String,
    /// Where its description for browsers stands.
    pub(super) description: String,
    /// What stands in it.
    pub(super) query: &'static str,
    /// What browsers propose.
    pub(super) suggestions: Arc<[String]>,
    /// How many characters it takes.
    pub(super) longest: usize,
}

/// The same page in a language, for search engines.
#[derive(Debug)]
pub(super) struct Alternate<'r> {
    pub(super) tag: &'r str,
    pub(super) href: String,
}

/// The way to another language.
#[derive(Debug)]
pub(super) struct Switch<'r> {
    pub(super) tag: &'r str,
    pub(super) name: &'r str,
    pub(super) href: String,
}

/// A link of the masthead or the foot.
#[derive(Debug)]
pub(super) struct NavigationLink {
    pub(super) title: String,
    pub(super) href: String,
    /// The value of `aria-current`: `page` here, `true` within.
    pub(super) current: Option<&'static str>,
}

/// A step of the breadcrumb; the page itself has no address.
#[derive(Debug, Clone)]
pub(super) struct Crumb {
    pub(super) title: String,
    pub(super) href: Option<String>,
}

/// A feed that a reader may subscribe to.
#[derive(Debug, Clone)]
pub(super) struct FeedLink {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) media_type: &'static str,
}

/// When an article was published and changed, for Open Graph.
#[derive(Debug)]
pub(super) struct ArticleDates {
    pub(super) published: String,
    pub(super) modified: String,
}

/// What a page tells about itself, for its layout.
pub(super) struct About {
    pub(super) language: Language,
    /// Its path; none for problems.
    pub(super) path: Option<String>,
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// The languages in which the page exists, with their paths.
    pub(super) versions: Vec<(Language, String)>,
    /// The steps from the home page to this one, both left out.
    pub(super) above: Vec<Crumb>,
    pub(super) feeds: Vec<FeedLink>,
    pub(super) article: Option<(Timestamp, Timestamp)>,
    /// What the page is, as schema.org says it.
    pub(super) entity: Option<Value>,
    /// The tags that the `cn-gov` profile adds for this kind of page.
    pub(super) government: Vec<(&'static str, String)>,
}

impl About {
    /// A page of an item that exists in every language.
    pub(super) fn everywhere(
        context: &Context<'_>,
        language: Language,
        path: impl Fn(Language) -> String,
    ) -> Self {
        let versions =
            context.record.languages().map(|language| (language, path(language))).collect();
        Self::new(language, Some(path(language)), versions)
    }

    /// A page that exists in some languages.
    pub(super) fn new(
        language: Language,
        path: Option<String>,
        versions: Vec<(Language, String)>,
    ) -> Self {
        Self {
            language,
            path,
            title: String::new(),
            description: None,
            versions,
            above: Vec::new(),
            feeds: Vec::new(),
            article: None,
            entity: None,
            government: Vec::new(),
        }
    }
}

impl<'r> Layout<'r> {
    pub(super) fn new(context: &Context<'r>, about: About) -> Self {
        let language = about.language;
        let words = context.words(language);
        let site = &context.record.content.site;
        let site_name = context.site_name(language);
        let tagline = site.tagline.as_ref().map_or("", |tagline| tagline.get(language));
        let home = context.root(language);
        let is_home = about.path.as_deref() == Some(home.as_str());
        let whole_name = context.whole_name(language);
        let document_title = if is_home {
            words.label(&whole_name, &about.title)
        } else {
            words.title_on_site(&about.title, &whole_name)
        };
        let navigation = navigation(context, language, about.path.as_deref());
        let breadcrumb = breadcrumb(context, &about, is_home);
        let mut metas = Vec::new();
        if let Some(Profile::CnGov { site_id_code }) = &site.profile {
            metas = government::site_tags(&whole_name, &site.base_url, site_id_code);
            metas.extend(about.government.iter().cloned());
        }
        let canonical = about.path.as_deref().map(|path| site.absolute(path));
        let structured_data = structured_data::graph(
            context,
            language,
            canonical.as_deref(),
            &breadcrumb,
            about.entity,
        );
        Self {
            words,
            tag: context.tag(language),
            site_name,
            tagline,
            style: context.assets.own("site.css"),
            icon: context.assets.own("icon.svg"),
            document_title,
            description: about.description,
            alternates: alternates(context, &about.versions),
            switches: switches(context, language, &about.versions),
            search: SearchBox {
                action: context.search_path(language),
                description: format!("{home}opensearch.xml"),
                query: "",
                suggestions: context.suggestions(language),
                longest: MAX_QUERY,
            },
            footer: footer(context, language, about.path.as_deref(), &navigation),
            navigation,
            breadcrumb,
            feeds: feeds(context, language, about.feeds),
            metas,
            article: about.article.map(|(published, modified)| ArticleDates {
                published: context.rfc3339(published),
                modified: context.rfc3339(modified),
            }),
            structured_data,
            json: about.path.as_deref().map(|path| format!("{path}index.json")),
            canonical,
            title: about.title,
            home,
        }
    }

    /// Whether a visitor's search engine may keep the page; problems are not pages to be found.
    pub(super) fn is_indexed(&self) -> bool {
        self.canonical.is_some()
    }

    /// The locale as Open Graph writes it.
    pub(super) fn locale(&self) -> String {
        self.tag.replace('-', "_")
    }
}

fn breadcrumb(context: &Context<'_>, about: &About, is_home: bool) -> Vec<Crumb> {
    if is_home {
        return Vec::new();
    }
    let home = Crumb {
        title: context.words(about.language).home().to_owned(),
        href: Some(context.root(about.language)),
    };
    let here = Crumb { title: about.title.clone(), href: None };
    std::iter::once(home).chain(about.above.iter().cloned()).chain(std::iter::once(here)).collect()
}

fn alternates<'r>(context: &Context<'r>, versions: &[(Language, String)]) -> Vec<Alternate<'r>> {
    if versions.len() < 2 {
        return Vec::new();
    }
    let all = versions.iter().map(|(language, path)| Alternate {
        tag: context.tag(*language),
        href: context.absolute(path),
    });
    let default = versions.iter().find(|(language, _)| language.is_default());
    let default =
        default.map(|(_, path)| Alternate { tag: "x-default", href: context.absolute(path) });
    all.chain(default).collect()
}

/// The way to every other language: to the same page, or to that language's home page where there is none.
fn switches<'r>(
    context: &Context<'r>,
    here: Language,
    versions: &[(Language, String)],
) -> Vec<Switch<'r>> {
    context
        .record
        .languages()
        .filter(|language| *language != here)
        .map(|language| Switch {
            tag: context.tag(language),
            name: context.words(language).language_name(),
            href: versions
                .iter()
                .find(|(version, _)| *version == language)
                .map_or_else(|| context.root(language), |(_, path)| path.clone()),
        })
        .collect()
}

fn navigation(
    context: &Context<'_>,
    language: Language,
    here: Option<&str>,
) -> Vec<NavigationLink> {
    let content = context.record.content;
    let written = &content.site.navigation;
    let items: Vec<Item> = if written.is_empty() {
        let sections = (0..content.sections.len()).map(Item::Section);
        sections
            .chain(std::iter::once(Item::Goals))
            .chain((0..content.pages.len()).map(Item::Page))
            .collect()
    } else {
        written.iter().filter_map(|path| item_at(context, &path.value)).collect()
    };
    items.into_iter().map(|item| navigation_link(context, item, language, here)).collect()
}

/// Plain pages that the masthead does not name, how progress is computed, the data, the feed.
fn footer(
    context: &Context<'_>,
    language: Language,
    here: Option<&str>,
    above: &[NavigationLink],
) -> Vec<NavigationLink> {
    let content = context.record.content;
    let pages = (0..content.pages.len())
        .map(|place| navigation_link(context, Item::Page(place), language, here));
    let mut links: Vec<NavigationLink> =
        pages.filter(|link| above.iter().all(|known| known.href != link.href)).collect();
    let words = context.words(language);
    let goals = Item::Goals.path(content, language);
    if !context.record.goals.is_empty() {
        let method = context.method_path(language);
        let current = (here == Some(method.as_str())).then_some("page");
        links.push(NavigationLink {
            title: words.how_computed().to_owned(),
            href: method,
            current,
        });
        let title = words.open_data().to_owned();
        links.push(NavigationLink { title, href: format!("{goals}#data"), current: None });
    }
    let feed = format!("{}feed.xml", context.root(language));
    links.push(NavigationLink { title: words.feed().to_owned(), href: feed, current: None });
    links
}

fn item_at(context: &Context<'_>, path: &str) -> Option<Item> {
    let content = context.record.content;
    let sections = (0..content.sections.len()).map(Item::Section);
    let pages = (0..content.pages.len()).map(Item::Page);
    sections
        .chain(pages)
        .chain([Item::Home, Item::Goals])
        .find(|item| item.path(content, Language::DEFAULT) == path)
}

fn navigation_link(
    context: &Context<'_>,
    item: Item,
    language: Language,
    here: Option<&str>,
) -> NavigationLink {
    let href = item.address(context.record.content, language).path;
    let current = match here {
        Some(here) if here == href => Some("page"),
        Some(here) if item != Item::Home && here.starts_with(&href) => Some("true"),
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

/// The title of a list or a plain page.
pub(super) fn item_title(context: &Context<'_>, item: Item, language: Language) -> String {
    let words = context.words(language);
    match item_text(context, item, language) {
        Some(text) => text.title.value.clone(),
        None if item == Item::Goals => words.all_goals().to_owned(),
        None => words.home().to_owned(),
    }
}

/// The words of a list or a plain page; the home page is called by its place, not by its title.
fn item_text<'r>(context: &Context<'r>, item: Item, language: Language) -> Option<&'r Text> {
    let content = context.record.content;
    let texts = match item {
        Item::Section(place) => Some(&content.sections[place].texts),
        Item::Page(place) => Some(&content.pages[place].texts),
        Item::Goals => content.goals_index.as_ref().map(|goals| &goals.texts),
        _ => None,
    };
    texts.map(|texts| texts.in_language(language))
}

fn feeds(context: &Context<'_>, language: Language, own: Vec<FeedLink>) -> Vec<FeedLink> {
    let root = context.root(language);
    let title = context.whole_name(language);
    let mut feeds = own;
    feeds.push(FeedLink {
        title: title.clone(),
        href: format!("{root}feed.xml"),
        media_type: "application/atom+xml",
    });
    feeds.push(FeedLink {
        title,
        href: format!("{root}feed.json"),
        media_type: "application/feed+json",
    });
    feeds
}
