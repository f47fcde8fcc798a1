//! Feeds: Atom (RFC 4287) and JSON Feed 1.1.

use atom_syndication as atom;
use jiff::Timestamp;
use serde::Serialize;

use super::tombstones::Tombstones;
use crate::content::Text;
use crate::language::{Language, is_printable};
use crate::pages::components::document::facts::validity_sentence;
use crate::pages::context::Context;
use crate::pages::markup::markdown;
use crate::pages::output::{Output, RenderError};
use crate::record::{BulletinGroup, BulletinId, CategoryId, GoalId, ValidityState, groups_of};

/// Maximum number of bulletins in a feed.
const MAX_ENTRIES: usize = 20;

/// A feed before serialization.
struct Feed<'r> {
    language: Language,
    /// Path of the page with the same bulletins.
    page: String,
    title: String,
    subtitle: Option<&'r str>,
    entries: Vec<BulletinId>,
    /// Its former entries.
    tombstones: Tombstones,
}

#[derive(Serialize)]
struct JsonFeed<'r> {
    version: &'static str,
    title: &'r str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'r str>,
    language: &'r str,
    authors: [JsonAuthor<'r>; 1],
    /// The same for readers of version 1, such as atoma, which know no `authors`.
    author: JsonAuthor<'r>,
    items: Vec<JsonItem<'r>>,
}

#[derive(Clone, Copy, Serialize)]
struct JsonAuthor<'r> {
    name: &'r str,
}

#[derive(Serialize)]
struct JsonItem<'r> {
    id: String,
    url: String,
    title: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    authors: [JsonAuthor<'r>; 1],
    author: JsonAuthor<'r>,
    content_html: String,
    date_published: String,
    date_modified: String,
    language: &'r str,
    tags: Vec<&'r str>,
}

/// Renders the feeds of the site, in both formats.
pub(crate) fn of_site(
    context: &Context<'_>,
    language: Language,
) -> Result<Vec<Output>, RenderError> {
    let home = context.record.content.home.as_ref().map(|home| home.texts.in_language(language));
    let feed = Feed {
        language,
        page: context.root(language),
        title: context.full_site_name(language),
        subtitle: home.and_then(|text| text.summary.as_ref()).map(|summary| summary.value.as_str()),
        entries: context.record.bulletin_ids().take(MAX_ENTRIES).collect(),
        tombstones: Tombstones::new(context, language, |_| true),
    };
    Ok(vec![feed.atom(context)?, feed.json(context)?])
}

/// Renders the feed of a category's bulletins.
pub(crate) fn of_category(
    context: &Context<'_>,
    id: CategoryId,
    language: Language,
) -> Result<Output, RenderError> {
    let category = context.record.category(id);
    let text = category.source.texts.in_language(language);
    let feed = Feed {
        language,
        page: context.record.category_path(id, language),
        title: feed_title(context, &text.title.value, language),
        subtitle: text.summary.as_ref().map(|summary| summary.value.as_str()),
        entries: category.bulletins.iter().copied().take(MAX_ENTRIES).collect(),
        tombstones: Tombstones::new(context, language, |gone| gone.categories.contains(&id)),
    };
    feed.atom(context)
}

/// Renders the feed of the bulletins of a body, a topic or a kind of document.
pub(crate) fn of_group(
    context: &Context<'_>,
    group: &BulletinGroup<'_>,
    language: Language,
) -> Result<Output, RenderError> {
    let feed = Feed {
        language,
        page: group.page.path(context.record.content, language),
        title: feed_title(context, group.title(language), language),
        subtitle: group.summary(language),
        entries: group.bulletins.iter().copied().take(MAX_ENTRIES).collect(),
        tombstones: Tombstones::new(context, language, |gone| {
            groups_of(context.record.content, gone.source).any(|page| page == group.page)
        }),
    };
    feed.atom(context)
}

/// Renders the feed of the bulletins about a goal.
pub(crate) fn of_goal(
    context: &Context<'_>,
    id: GoalId,
    text: &Text,
) -> Result<Output, RenderError> {
    let goal = context.record.goal(id);
    let mut entries: Vec<BulletinId> =
        goal.evidence.iter().rev().map(|evidence| evidence.bulletin).collect();
    entries.dedup();
    entries.truncate(MAX_ENTRIES);
    let feed = Feed {
        language: text.language,
        page: context.record.goal_address(id, text.language).path,
        title: feed_title(context, &text.title.value, text.language),
        subtitle: text.summary.as_ref().map(|summary| summary.value.as_str()),
        entries,
        tombstones: Tombstones::new(context, text.language, |gone| gone.goals.contains(&id)),
    };
    feed.atom(context)
}

/// Serializes an Atom feed. Characters that XML does not allow are left out.
///
/// # Errors
/// Fails if the feed cannot be serialized, which no input can cause.
pub(crate) fn serialize(feed: &atom::Feed) -> Result<Vec<u8>, RenderError> {
    let body = feed.write_to(Vec::new()).map_err(RenderError::feed)?;
    let mut text = String::from_utf8(body).map_err(RenderError::feed)?;
    if text.contains(|one| !is_allowed(one)) {
        text.retain(is_allowed);
    }
    text.push('\n');
    Ok(text.into_bytes())
}

fn is_allowed(one: char) -> bool {
    is_printable(one) || matches!(one, '\n' | '\r' | '\t')
}

/// A feed with one entry in three parts: before it, the entry, and after it. Texts in a feed are
/// escaped, so that a tag is one.
fn cut_out_entry(feed: &str) -> Result<(&str, &str, &str), RenderError> {
    let end = feed.find("</entry>").map(|end| end + "</entry>".len());
    match (feed.find("<entry>"), end) {
        (Some(begin), Some(end)) => Ok((&feed[..begin], &feed[begin..end], &feed[end..])),
        _ => Err(RenderError::feed("it has no entry")),
    }
}

/// A link of an Atom feed.
pub(crate) fn link(href: String, rel: &str, media_type: &str) -> atom::Link {
    atom::Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..atom::Link::default()
    }
}

impl Feed<'_> {
    /// Returns the time of the last change in the feed. An empty feed has the Unix epoch, because
    /// Atom requires a date and the same content must always give the same bytes.
    fn updated(&self, context: &Context<'_>) -> Timestamp {
        self.entries
            .iter()
            .map(|id| context.record.bulletin(*id).modified())
            .chain(self.tombstones.last_removal())
            .max()
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn atom(&self, context: &Context<'_>) -> Result<Output, RenderError> {
        let path = format!("{}feed.xml", self.page);
        let updated = self.updated(context);
        let feed = atom::Feed {
            title: atom::Text::plain(self.title.clone()),
            subtitle: self.subtitle.map(atom::Text::plain),
            id: context.absolute(&self.page),
            updated: date(context, updated)?,
            lang: Some(context.language_tag(self.language).to_owned()),
            links: vec![
                link(context.absolute(&path), "self", "application/atom+xml"),
                link(context.absolute(&self.page), "alternate", "text/html"),
            ],
            authors: vec![atom::Person {
                name: author(context, self.language).to_owned(),
                ..atom::Person::default()
            }],
            // Stands for all entries, which follow below.
            entries: vec![atom::Entry::default()],
            namespaces: self.tombstones.namespaces(),
            extensions: self.tombstones.extensions(context),
            ..atom::Feed::default()
        };
        let frame = String::from_utf8(serialize(&feed)?).map_err(RenderError::feed)?;
        let (before, _, after) = cut_out_entry(&frame)?;
        let mut body = before.to_owned();
        for id in &self.entries {
            body.push_str(self.entry_markup(context, *id)?);
        }
        body.push_str(after);
        let body = body.into();
        Ok(Output::file(path, "application/atom+xml; charset=utf-8", Some(self.language), body))
    }

    /// The markup of an entry, which the feeds of a section, a body and a goal share.
    fn entry_markup<'c>(
        &self,
        context: &'c Context<'_>,
        id: BulletinId,
    ) -> Result<&'c str, RenderError> {
        let markup = context.feed_entries.get(id, self.language, || {
            let entries = vec![self.entry(context, id)?];
            let feed = serialize(&atom::Feed { entries, ..atom::Feed::default() })?;
            let feed = String::from_utf8(feed).map_err(RenderError::feed)?;
            cut_out_entry(&feed).map(|(_, entry, _)| entry.to_owned())
        });
        markup.map(String::as_str)
    }

    fn entry(&self, context: &Context<'_>, id: BulletinId) -> Result<atom::Entry, RenderError> {
        let bulletin = context.record.bulletin(id);
        let address = context.record.bulletin_address(id, self.language);
        let text = bulletin.source.texts.in_language(self.language);
        let url = context.absolute(&address.path);
        let categories = bulletin.categories.iter().map(|category| {
            let source = context.record.category(*category).source;
            atom::Category {
                term: source.slug.clone(),
                scheme: None,
                label: Some(source.texts.in_language(self.language).title.value.clone()),
            }
        });
        Ok(atom::Entry {
            title: atom::Text::plain(text.title.value.clone()),
            id: url.clone(),
            updated: date(context, bulletin.modified())?,
            published: Some(date(context, bulletin.published().instant)?),
            summary: self.summary(context, id).map(atom::Text::plain),
            categories: categories.collect(),
            authors: vec![atom::Person {
                name: entry_author(context, id, self.language).to_owned(),
                ..atom::Person::default()
            }],
            links: vec![atom::Link {
                hreflang: Some(context.language_tag(address.language).to_owned()),
                ..link(url.clone(), "alternate", "text/html")
            }],
            content: Some(atom::Content {
                value: Some(
                    markdown::render_absolute(context, text, self.language, &url)
                        .as_str()
                        .to_owned(),
                ),
                content_type: Some("html".to_owned()),
                lang: Some(context.language_tag(address.language).to_owned()),
                ..atom::Content::default()
            }),
            ..atom::Entry::default()
        })
    }

    fn json(&self, context: &Context<'_>) -> Result<Output, RenderError> {
        let path = format!("{}feed.json", self.page);
        let author = JsonAuthor { name: author(context, self.language) };
        let feed = JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            home_page_url: context.absolute(&self.page),
            feed_url: context.absolute(&path),
            description: self.subtitle,
            language: context.language_tag(self.language),
            authors: [author],
            author,
            items: self.entries.iter().map(|id| self.item(context, *id)).collect(),
        };
        Output::json(path, "application/feed+json", self.language, &feed)
    }

    /// Returns the summary of an entry; for a withdrawn bulletin, the date of and reason for the
    /// withdrawal. A document that is not in force, or not as it was, says so first.
    fn summary(&self, context: &Context<'_>, id: BulletinId) -> Option<String> {
        let bulletin = context.record.bulletin(id);
        if let Some(removal) = bulletin.withdrawn {
            let locale = context.locale(self.language);
            let when = locale.withdrawn_on(&context.day(removal.on, self.language).text);
            return Some(locale.label(&when, removal.reason.get(self.language)));
        }
        let text = bulletin.source.texts.in_language(self.language);
        let summary = text.summary.as_ref().map(|summary| summary.value.clone());
        let changed = bulletin.validity.filter(|validity| {
            !matches!(validity.state, ValidityState::InForce | ValidityState::Unknown)
        });
        let Some(validity) = changed else { return summary };
        let state = validity_sentence(context, validity, self.language);
        Some(match summary {
            Some(summary) => context.locale(self.language).label(&state, &summary),
            None => state,
        })
    }

    fn item<'r>(&self, context: &Context<'r>, id: BulletinId) -> JsonItem<'r> {
        let bulletin = context.record.bulletin(id);
        let address = context.record.bulletin_address(id, self.language);
        let text = bulletin.source.texts.in_language(self.language);
        let url = context.absolute(&address.path);
        let author = JsonAuthor { name: entry_author(context, id, self.language) };
        JsonItem {
            id: url.clone(),
            url: url.clone(),
            title: &text.title.value,
            summary: self.summary(context, id),
            authors: [author],
            author,
            content_html: markdown::render_absolute(context, text, self.language, &url)
                .as_str()
                .to_owned(),
            date_published: context.rfc3339(bulletin.published().instant),
            date_modified: context.rfc3339(bulletin.modified()),
            language: context.language_tag(address.language),
            tags: context.category_titles(id, self.language),
        }
    }
}

/// Returns the title of a feed with the name of the site: `Harbin Government bulletin:
/// Livelihoods`.
fn feed_title(context: &Context<'_>, title: &str, language: Language) -> String {
    context.locale(language).label(&context.full_site_name(language), title)
}

/// Returns the name of the publisher, or of the site if it names none.
fn author<'r>(context: &Context<'r>, language: Language) -> &'r str {
    let site = &context.record.content.site;
    site.publisher
        .as_ref()
        .map_or_else(|| site.name(language), |publisher| publisher.name.get(language))
}

/// Returns who wrote an entry: its byline, else its source, else the publisher.
fn entry_author<'r>(context: &Context<'r>, id: BulletinId, language: Language) -> &'r str {
    let facts = &context.record.bulletin(id).source.facts;
    match (&facts.byline, &facts.source) {
        (Some(byline), _) => byline.get(language),
        (None, Some(source)) => source.name.get(language),
        (None, None) => author(context, language),
    }
}

fn date(context: &Context<'_>, instant: Timestamp) -> Result<atom::FixedDateTime, RenderError> {
    context.rfc3339(instant).parse().map_err(RenderError::feed)
}
