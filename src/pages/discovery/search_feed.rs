//! A search as a feed (Atom, RFC 4287): its newest results.

use atom_syndication as atom;
use jiff::Timestamp;

use super::feeds::serialize;
use crate::content::{Status, rfc3339};
use crate::pages::components::status_text::status_word;
use crate::pages::data::search_url::{self, query_of};
use crate::search::{Search, SearchRequest, SearchResults};

/// Renders the results of a search as a feed. `found` is sorted by date, whatever order `ask`
/// names, because the URL of a feed must stay the one that was subscribed to.
///
/// # Errors
/// Fails if the feed cannot be serialized, which no input can cause.
pub(crate) fn results(
    search: &Search,
    ask: &SearchRequest,
    found: &SearchResults,
) -> askama::Result<Vec<u8>> {
    let content = search.corpus().content();
    let site = &content.site;
    let locale = content.locale(ask.language);
    let query = query_of(content, ask);
    let page = site.absolute(&format!("{}{query}", search_url::path(content, ask.language)));
    let own = site.absolute(&format!("{}feed.xml{query}", search_url::path(content, ask.language)));
    let date =
        |instant: Timestamp| rfc3339(instant, &site.zone).parse().map_err(|_| askama::Error::Fmt);
    let link = |href: String, rel: &str, media_type: &str, language: Option<&str>| atom::Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        hreflang: language.map(ToOwned::to_owned),
        ..atom::Link::default()
    };
    let mut entries = Vec::new();
    // An empty feed changed when the site last changed.
    let of_site = search.corpus().modified();
    let mut updated = None;
    for hit in &found.hits {
        let Some((entry, text)) = search.document(*hit) else { continue };
        // Results without a date are never news.
        let (Some(published), Some(modified)) = (entry.date, entry.modified) else { continue };
        updated = updated.max(Some(modified));
        let url = site.absolute(&entry.item.path(content, text.language));
        let label = |status: Status| status_word(locale, status).to_owned();
        entries.push(atom::Entry {
            title: atom::Text::plain(text.title.value.clone()),
            id: url.clone(),
            updated: date(modified)?,
            published: Some(date(published.instant)?),
            summary: text.summary.as_ref().map(|summary| atom::Text::plain(summary.value.clone())),
            categories: entry
                .status
                .map(|status| atom::Category {
                    term: status.name().to_owned(),
                    scheme: None,
                    label: Some(label(status)),
                })
                .into_iter()
                .collect(),
            links: vec![link(
                url,
                "alternate",
                "text/html",
                Some(site.languages.tag(text.language)),
            )],
            ..atom::Entry::default()
        });
    }
    let asked =
        if ask.query.trim().is_empty() { locale.search_everything() } else { ask.query.trim() };
    let author = site
        .publisher
        .as_ref()
        .map_or_else(|| site.name(ask.language), |one| one.name.get(ask.language));
    let feed = atom::Feed {
        title: atom::Text::plain(locale.label(&site.full_name(ask.language), asked)),
        id: page.clone(),
        updated: date(updated.or(of_site).unwrap_or(Timestamp::UNIX_EPOCH))?,
        lang: Some(site.languages.tag(ask.language).to_owned()),
        links: vec![
            link(own, "self", "application/atom+xml", None),
            link(page, "alternate", "text/html", None),
        ],
        authors: vec![atom::Person { name: author.to_owned(), ..atom::Person::default() }],
        entries,
        ..atom::Feed::default()
    };
    serialize(&feed)
}
