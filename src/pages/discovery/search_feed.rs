//! A search as a feed (Atom, RFC 4287): its newest results.

use atom_syndication as atom;
use jiff::Timestamp;

use super::feeds::{link, serialize};
use crate::content::site::Site;
use crate::content::{Content, Text, rfc3339};
use crate::language::Locale;
use crate::pages::data::search_url::{self, query_of};
use crate::pages::output::RenderError;
use crate::search::{Document, Search, SearchRequest, SearchResults};

/// Renders the results of a search as a feed. `results` is sorted by date, whatever order `request`
/// names, because the URL of a feed must stay the one that was subscribed to.
///
/// # Errors
/// Fails if the feed cannot be serialized, which no input can cause.
pub(crate) fn results(
    search: &Search,
    request: &SearchRequest,
    results: &SearchResults,
) -> Result<Vec<u8>, RenderError> {
    let content = search.corpus().content();
    let site = &content.site;
    let locale = content.locale(request.language);
    let query = query_of(content, request);
    let page = site.absolute(&format!("{}{query}", search_url::path(content, request.language)));
    let own =
        site.absolute(&format!("{}feed.xml{query}", search_url::path(content, request.language)));
    let mut entries = Vec::new();
    let mut updated = None;
    for hit in &results.hits {
        // Results without a date are never news.
        let Some((document, text)) = search.document(*hit) else { continue };
        let (Some(published), Some(modified)) = (document.date, document.modified) else {
            continue;
        };
        updated = updated.max(Some(modified));
        entries.push(atom::Entry {
            updated: date(modified, site)?,
            published: Some(date(published.instant, site)?),
            ..entry(content, document, text, locale)
        });
    }
    // An empty feed changed when the site last changed.
    let updated = updated.or(search.corpus().modified()).unwrap_or(Timestamp::UNIX_EPOCH);
    let subject = if request.query.trim().is_empty() {
        locale.search_everything()
    } else {
        request.query.trim()
    };
    let author = site
        .publisher
        .as_ref()
        .map_or_else(|| site.name(request.language), |one| one.name.get(request.language));
    let feed = atom::Feed {
        title: atom::Text::plain(locale.label(&site.full_name(request.language), subject)),
        id: page.clone(),
        updated: date(updated, site)?,
        lang: Some(site.languages.tag(request.language).to_owned()),
        links: vec![
            link(own, "self", "application/atom+xml"),
            link(page, "alternate", "text/html"),
        ],
        authors: vec![atom::Person { name: author.to_owned(), ..atom::Person::default() }],
        entries,
        ..atom::Feed::default()
    };
    serialize(&feed)
}

fn entry(content: &Content, document: &Document, text: &Text, locale: &Locale) -> atom::Entry {
    let site = &content.site;
    let url = site.absolute(&document.item.path(content, text.language));
    let status = document.status.map(|status| atom::Category {
        term: status.name().to_owned(),
        scheme: None,
        label: Some(status.word(locale).to_owned()),
    });
    atom::Entry {
        title: atom::Text::plain(text.title.value.clone()),
        id: url.clone(),
        summary: text.summary.as_ref().map(|summary| atom::Text::plain(summary.value.clone())),
        categories: status.into_iter().collect(),
        links: vec![atom::Link {
            hreflang: Some(site.languages.tag(text.language).to_owned()),
            ..link(url, "alternate", "text/html")
        }],
        ..atom::Entry::default()
    }
}

fn date(instant: Timestamp, site: &Site) -> Result<atom::FixedDateTime, RenderError> {
    rfc3339(instant, &site.zone).parse().map_err(RenderError::feed)
}
