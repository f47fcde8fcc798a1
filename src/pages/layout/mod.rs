//! The layout around every page: head, masthead, breadcrumb, footer.

pub(crate) mod alerts;
pub(crate) mod cn_gov_meta;
pub(crate) mod description;
pub(crate) mod legislation;
pub(crate) mod look;
pub(crate) mod navigation;
pub(crate) mod schema_org;

use std::sync::Arc;

use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use self::description::description_or;
use self::look::{AlertView, FooterLineView, LookView};
use self::navigation::{Crumb, NavigationLink, breadcrumb, footer, navigation};
use crate::content::site::{Profile, Site};
use crate::language::{Language, Locale};
use crate::pages::context::Context;
use crate::pages::discovery::calendars::calendar_path;
use crate::pages::markup::addresses::SharedPicture;
use crate::pages::markup::html::Html;

/// The most characters that the search box takes. A Chinese one has nine bytes in a URL, of which
/// proxies accept 8 KiB by default; a longer query can be sent without the box.
const LONGEST_TYPED: usize = 800;

/// The values of `base.html`.
#[derive(Debug)]
pub(crate) struct Layout<'r> {
    pub(crate) locale: &'r Locale,
    pub(crate) tag: &'r str,
    pub(crate) site_name: &'r str,
    pub(crate) tagline: &'r str,
    pub(crate) tagline_space: &'static str,
    pub(crate) home: String,
    pub(crate) style: &'r str,
    pub(crate) look: &'r LookView,
    pub(crate) lines: &'r [FooterLineView],
    /// Words at the very top, with the tag of their language if it is not the page's.
    pub(crate) strip: Option<(&'r str, Option<&'r str>)>,
    pub(crate) alerts: Arc<[AlertView<'r>]>,
    /// The path and the language of the original, if it has changed since it was translated.
    pub(crate) original: Option<(String, &'r str)>,
    /// The link by which readers report a mistake on the page.
    pub(crate) mistakes: Option<String>,
    /// The document's title, including the site's name.
    pub(crate) document_title: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// The absolute address; error pages have none.
    pub(crate) canonical: Option<String>,
    pub(crate) alternates: Vec<Alternate<'r>>,
    pub(crate) switches: Vec<Switch<'r>>,
    pub(crate) search: SearchBox,
    pub(crate) navigation: Vec<NavigationLink>,
    pub(crate) footer: Vec<NavigationLink>,
    pub(crate) breadcrumb: Vec<Crumb>,
    pub(crate) feeds: Vec<FeedLink>,
    pub(crate) metas: Vec<(&'static str, String)>,
    pub(crate) article: Option<ArticleDates>,
    /// The picture that other programs show with a link to the page.
    pub(crate) picture: Option<SharedPicture>,
    pub(crate) structured_data: Html,
    pub(crate) json: Option<String>,
    /// Whether search engines may index the page; neither error pages nor earlier texts are.
    pub(crate) is_indexed: bool,
}

/// The search box of the masthead.
#[derive(Debug)]
pub(crate) struct SearchBox {
    pub(crate) action: String,
    /// The path of its `OpenSearch` description.
    pub(crate) description: String,
    /// The value of the field.
    pub(crate) query: &'static str,
    /// Suggestions for the browser to offer.
    pub(crate) suggestions: Arc<[String]>,
    /// Maximum length of a query, in characters.
    pub(crate) longest: usize,
}

/// The same page in another language, for search engines.
#[derive(Debug)]
pub(crate) struct Alternate<'r> {
    pub(crate) tag: &'r str,
    pub(crate) href: String,
}

/// A link to the page in another language, for readers.
#[derive(Debug)]
pub(crate) struct Switch<'r> {
    pub(crate) tag: &'r str,
    pub(crate) name: &'r str,
    pub(crate) href: String,
}

/// A feed named in the head.
#[derive(Debug, Clone)]
pub(crate) struct FeedLink {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) media_type: &'static str,
}

impl FeedLink {
    pub(crate) fn calendar(title: &str, href: String) -> Self {
        Self { title: title.to_owned(), href, media_type: "text/calendar" }
    }
}

/// Publication and modification times, for Open Graph.
#[derive(Debug)]
pub(crate) struct ArticleDates {
    pub(crate) published: String,
    pub(crate) modified: String,
}

impl ArticleDates {
    fn new(context: &Context<'_>, (published, modified): (Timestamp, Timestamp)) -> Self {
        Self { published: context.rfc3339(published), modified: context.rfc3339(modified) }
    }
}

/// The facts about a page that its layout needs.
pub(crate) struct PageMeta {
    pub(crate) language: Language,
    /// The path; error pages have none.
    pub(crate) path: Option<String>,
    pub(crate) title: String,
    /// Its step of the breadcrumb, where the title repeats the steps above.
    pub(crate) crumb: Option<String>,
    pub(crate) description: Option<String>,
    /// The languages of the page, with their paths.
    pub(crate) versions: Vec<(Language, String)>,
    /// The breadcrumb between the home page and this page.
    pub(crate) above: Vec<Crumb>,
    pub(crate) feeds: Vec<FeedLink>,
    pub(crate) article: Option<(Timestamp, Timestamp)>,
    pub(crate) picture: Option<SharedPicture>,
    /// The last change of what the page shows; without it that of the site.
    pub(crate) modified: Option<Timestamp>,
    /// The schema.org description of the page.
    pub(crate) entity: Option<Value>,
    /// The tags that the `cn-gov` profile adds for this kind of page.
    pub(crate) government_tags: Vec<(&'static str, String)>,
    /// Whether search engines may index the page, if it has a path.
    pub(crate) is_indexed: bool,
}

impl PageMeta {
    /// The facts about a page that exists in every language.
    pub(crate) fn everywhere(
        context: &Context<'_>,
        language: Language,
        path: impl Fn(Language) -> String,
    ) -> Self {
        let versions =
            context.record.languages().map(|language| (language, path(language))).collect();
        Self::new(language, Some(path(language)), versions)
    }

    /// The facts about a page that exists in some languages.
    pub(crate) fn new(
        language: Language,
        path: Option<String>,
        versions: Vec<(Language, String)>,
    ) -> Self {
        Self {
            language,
            path,
            title: String::new(),
            crumb: None,
            description: None,
            versions,
            above: Vec::new(),
            feeds: Vec::new(),
            article: None,
            picture: None,
            modified: None,
            entity: None,
            government_tags: Vec::new(),
            is_indexed: true,
        }
    }
}

impl<'r> Layout<'r> {
    pub(crate) fn new(context: &Context<'r>, meta: PageMeta) -> Self {
        let language = meta.language;
        let locale = context.locale(language);
        let site = &context.record.content.site;
        let site_name = context.site_name(language);
        let tagline = site.tagline.as_ref().map_or("", |tagline| tagline.get(language));
        let home = context.root(language);
        let is_home = meta.path.as_deref() == Some(home.as_str());
        let full_site_name = context.full_site_name(language);
        let document_title = if is_home {
            locale.label(&full_site_name, &meta.title)
        } else {
            locale.title_on_site(&meta.title, &full_site_name)
        };
        let navigation = navigation(context, language, meta.path.as_deref());
        let breadcrumb = if is_home {
            Vec::new()
        } else {
            let here = meta.crumb.as_ref().unwrap_or(&meta.title);
            breadcrumb(context, language, here, &meta.above)
        };
        let canonical = meta.path.as_deref().map(|path| site.absolute(path));
        let mistakes =
            canonical.as_deref().and_then(|page| mistake_link(context, language, page, &meta));
        let structured_data =
            schema_org::graph(context, language, canonical.as_deref(), &breadcrumb, meta.entity);
        Self {
            locale,
            tag: context.language_tag(language),
            site_name,
            tagline,
            tagline_space: site.tagline_space(language),
            style: context.assets.builtin("site.css"),
            look: context.look,
            lines: context.look.lines(language),
            strip: strip(context, language),
            alerts: context.alerts(language),
            original: changed_original(context, language, meta.path.as_deref()),
            mistakes,
            description: description_or(meta.description, &document_title, meta.is_indexed),
            document_title,
            alternates: alternates(context, &meta.versions),
            switches: switches(context, language, &meta.versions),
            search: SearchBox::new(context, language),
            footer: footer(context, language, meta.path.as_deref(), &navigation),
            navigation,
            breadcrumb,
            feeds: feeds(context, language, meta.feeds),
            metas: government_metas(site, &full_site_name, meta.government_tags),
            article: meta.article.map(|dates| ArticleDates::new(context, dates)),
            picture: meta.picture,
            structured_data,
            json: meta.path.as_deref().map(|path| format!("{path}index.json")),
            is_indexed: canonical.is_some() && meta.is_indexed,
            canonical,
            title: meta.title,
            home,
        }
    }

    /// The locale for Open Graph.
    pub(crate) fn locale(&self) -> String {
        self.tag.replace('-', "_")
    }
}

impl SearchBox {
    fn new(context: &Context<'_>, language: Language) -> Self {
        Self {
            action: context.search_path(language),
            description: format!("{}opensearch.xml", context.root(language)),
            query: "",
            suggestions: context.suggestions(language),
            longest: LONGEST_TYPED,
        }
    }
}

/// The words at the very top, with the tag of their language if it is not the page's.
fn strip<'r>(context: &Context<'r>, language: Language) -> Option<(&'r str, Option<&'r str>)> {
    let strip = context.record.content.site.strip.as_ref()?;
    let other = strip.fallback(language).map(|other| context.language_tag(other));
    Some((strip.get(language), other))
}

/// The path and the language of a page's original, if it has changed since it was translated.
fn changed_original<'r>(
    context: &Context<'r>,
    language: Language,
    path: Option<&str>,
) -> Option<(String, &'r str)> {
    let content = context.record.content;
    let page = context.record.links.page_at(path?)?;
    let texts = page.texts(content)?;
    texts.get(language)?.original_changes.as_ref()?;
    let original = texts.original().language;
    Some((page.path(content, original), context.language_tag(original)))
}

/// The link to report a mistake: a mail, or a form, with the page and its last change filled in. A
/// telephone number stays as it is.
fn mistake_link(
    context: &Context<'_>,
    language: Language,
    page: &str,
    meta: &PageMeta,
) -> Option<String> {
    let contact = context.record.content.site.mistakes.as_ref()?;
    let of_article = meta.article.map(|(_, modified)| modified);
    let modified = of_article.or(meta.modified).or(context.record.modified());
    let version = modified.map(|modified| context.rfc3339(modified));
    let joined = if contact.contains('?') { '&' } else { '?' };
    if contact.starts_with("mailto:") {
        let subject = encoded(context.locale(language).report_mistake());
        let body: Vec<&str> = std::iter::once(page).chain(version.as_deref()).collect();
        let body = encoded(&body.join("\r\n"));
        return Some(format!("{contact}{joined}subject={subject}&body={body}"));
    }
    if contact.starts_with("tel:") {
        return Some(contact.clone());
    }
    let version = version.map_or_else(String::new, |it| format!("&version={}", encoded(&it)));
    Some(format!("{contact}{joined}page={}{version}", encoded(page)))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The tags of the `cn-gov` profile, if the site has it: those of the site and those of the page.
fn government_metas(
    site: &Site,
    full_site_name: &str,
    of_page: Vec<(&'static str, String)>,
) -> Vec<(&'static str, String)> {
    let Some(Profile::CnGov { site_id_code }) = &site.profile else { return Vec::new() };
    let mut metas = cn_gov_meta::site_tags(full_site_name, &site.base_url, site_id_code);
    metas.extend(of_page);
    metas
}

fn alternates<'r>(context: &Context<'r>, versions: &[(Language, String)]) -> Vec<Alternate<'r>> {
    if versions.len() < 2 {
        return Vec::new();
    }
    let all = versions.iter().map(|(language, path)| Alternate {
        tag: context.language_tag(*language),
        href: context.absolute(path),
    });
    let default = versions.iter().find(|(language, _)| language.is_default());
    let default =
        default.map(|(_, path)| Alternate { tag: "x-default", href: context.absolute(path) });
    all.chain(default).collect()
}

/// Links to every other language: to the same page, or to that language's home page if there is
/// none.
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
            tag: context.language_tag(language),
            name: context.locale(language).language_name(),
            href: versions
                .iter()
                .find(|(version, _)| *version == language)
                .map_or_else(|| context.root(language), |(_, path)| path.clone()),
        })
        .collect()
}

fn feeds(context: &Context<'_>, language: Language, own: Vec<FeedLink>) -> Vec<FeedLink> {
    let root = context.root(language);
    let title = context.full_site_name(language);
    let mut feeds = own;
    feeds.push(FeedLink {
        title: title.clone(),
        href: format!("{root}feed.xml"),
        media_type: "application/atom+xml",
    });
    feeds.push(FeedLink {
        title: title.clone(),
        href: format!("{root}feed.json"),
        media_type: "application/feed+json",
    });
    if context.has_calendar {
        feeds.push(FeedLink::calendar(&title, calendar_path(&root)));
    }
    feeds
}
