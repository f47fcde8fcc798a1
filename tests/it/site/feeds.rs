//! Feeds, sitemap and `security.txt`.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use super::{BASE, language_of};
use crate::harness::{Site, text_of};

#[test]
fn atom_feeds_agree_with_pages() {
    let site = Site::real();
    let feeds: Vec<String> =
        site.paths().into_iter().filter(|path| path.ends_with("/feed.xml")).collect();
    assert!(feeds.len() >= 2 * (1 + 4 + 21), "{feeds:?}");
    for path in feeds {
        let feed = atom_syndication::Feed::read_from(site.get(&path).text().as_bytes())
            .expect("an Atom feed");
        let page = path.trim_end_matches("feed.xml");
        assert_eq!(feed.id, format!("{BASE}{page}"));
        assert_eq!(feed.lang.as_deref(), Some(language_of(&path)));
        assert!(!feed.title.value.is_empty() && !feed.authors.is_empty(), "{path}");
        let by_rel = |rel: &str| {
            feed.links.iter().find(|link| link.rel == rel).map(|link| link.href.clone())
        };
        assert_eq!(by_rel("self"), Some(format!("{BASE}{path}")));
        assert_eq!(by_rel("alternate"), Some(format!("{BASE}{page}")));
        assert!(feed.entries.len() <= 20, "{path}");
        let mut ids = BTreeSet::new();
        for entry in &feed.entries {
            assert!(ids.insert(entry.id.clone()), "{path}: {} stands twice", entry.id);
            let bulletin =
                site.page(entry.links[0].href.strip_prefix(BASE).expect("an address of this site"));
            assert_eq!(bulletin.text("h1"), entry.title.value);
            assert!(
                entry.published.expect("a date") <= entry.updated && entry.updated <= feed.updated,
                "{path}"
            );
            let html = entry
                .content
                .as_ref()
                .and_then(|content| content.value.as_deref())
                .expect("the whole text");
            assert!(
                !html.contains("href=\"/") && !html.contains("src=\"/"),
                "{path}: a relative address in a feed"
            );
        }
        let dates: Vec<_> = feed.entries.iter().map(|entry| entry.published).collect();
        assert!(dates.is_sorted_by(|a, b| a >= b), "{path}: not newest first");
    }
}

#[test]
fn json_feed_follows_version_1_1() {
    let site = Site::real();
    for root in ["/", "/zh/"] {
        let path = format!("{root}feed.json");
        let feed = site.get(&path).is(200).json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("{BASE}{path}"));
        // atoma 0.0.17 reads `author` alone, which version 1 had (`findings/`).
        for named in std::iter::once(&feed).chain(feed["items"].as_array().expect("items")) {
            assert_eq!(named["author"], named["authors"][0]);
            assert!(named["author"]["name"].is_string(), "{named}");
        }
        assert_eq!(feed["home_page_url"], format!("{BASE}{root}"));
        assert_eq!(feed["language"], language_of(root));
        assert!(feed["title"].as_str().is_some_and(|title| !title.is_empty()));
        let items = feed["items"].as_array().expect("items");
        assert!(!items.is_empty());
        for item in items {
            assert_eq!(item["id"], item["url"]);
            let page = item["url"]
                .as_str()
                .and_then(|url| url.strip_prefix(BASE))
                .expect("an address of this site");
            assert_eq!(item["title"], site.page(page).text("h1"));
            assert!(item["content_html"].as_str().is_some_and(|html| !html.is_empty()), "{item}");
            assert!(
                jiff::Timestamp::from_str(item["date_published"].as_str().unwrap()).is_ok(),
                "{item}"
            );
        }
    }
}

#[test]
fn sitemap_lists_exactly_the_pages() {
    let site = Site::real();
    let text = site.get("/sitemap.xml").is(200).text().to_owned();
    let sitemap = scraper::Html::parse_fragment(&text);
    let select = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let listed: Vec<String> = sitemap.select(&select("url > loc")).map(text_of).collect();
    let unique: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), unique.len());
    let pages: BTreeSet<String> =
        site.html_paths().iter().map(|path| format!("{BASE}{path}")).collect();
    assert_eq!(unique, pages);
    // Each is listed with both of its languages.
    assert_eq!(text.matches("hreflang=\"zh\"").count(), listed.len());
    assert_eq!(text.matches("hreflang=\"en\"").count(), listed.len());
    assert!(site.get("/robots.txt").text().contains(&format!("Sitemap: {BASE}/sitemap.xml")));
}

#[test]
fn security_txt_outlives_the_next_edition() {
    let site = Site::real();
    let text = site.get("/.well-known/security.txt").is(200).text().to_owned();
    let value = |name: &str| {
        text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).expect("a field")
    };
    let expires = jiff::Timestamp::from_str(value("Expires:")).expect("a date");
    let next = site.edition().valid_until().expect("an edition that is renewed");
    assert!(expires > next, "{expires} is before {next}");
    assert!(value("Contact:").starts_with("https://"));
    assert_eq!(value("Canonical:"), format!("{BASE}/.well-known/security.txt"));
}
