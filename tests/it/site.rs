//! Every URL of the real site through the whole application.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::str::FromStr as _;

use gazette::edition::{Edition, PathEntry};
use serde_json::Value;

use crate::harness::{Page, Reply, Site, TODAY, edition_of, real_snapshot, text_of};

const BASE: &str = "https://bulletin.example";
const ANNOUNCEMENT: &str = "/bulletins/2022-development-goals/";
const CODINGS: [&str; 3] = ["br", "gzip", "zstd"];

/// The language of a path.
fn language_of(path: &str) -> &'static str {
    if path.starts_with("/zh/") { "zh" } else { "en" }
}

#[test]
fn paths_answer_with_type_of_their_extension() {
    let site = Site::real();
    for path in site.paths() {
        let name = path.rsplit('/').next().unwrap_or_default();
        let expected = match name.rsplit_once('.').map(|(_, extension)| extension) {
            None => "text/html; charset=utf-8",
            Some("xml") if name == "feed.xml" => "application/atom+xml; charset=utf-8",
            Some("xml") if name == "opensearch.xml" => {
                "application/opensearchdescription+xml; charset=utf-8"
            }
            Some("xml") => "application/xml; charset=utf-8",
            Some("json") if path.ends_with("/feed.json") && !path.starts_with("/data/schemas/") => {
                "application/feed+json"
            }
            Some("json") => "application/json",
            Some("jsonld") => "application/ld+json",
            Some("csv") => "text/csv; charset=utf-8; header=present",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("txt") => "text/plain; charset=utf-8",
            Some(other) => panic!("{path}: no test knows .{other}"),
        };
        let reply = site.get(&path);
        reply.is(200).has("content-type", expected);
        assert!(!reply.body.is_empty(), "{reply:?}");
        let is_asset = path.starts_with("/static/");
        let cache = if is_asset {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=60, stale-while-revalidate=600"
        };
        reply.has("cache-control", cache);
        if name.is_empty() {
            reply.has("content-language", language_of(&path));
        }
    }
}

#[test]
fn real_site_has_announcement_in_both_languages() {
    let site = Site::real();
    let summary = site.edition().summary();
    assert_eq!((summary.goals, summary.languages), (21, 2));
    assert!(summary.bulletins >= 19, "{summary:?}");
    let paths: BTreeSet<String> = site.html_paths().into_iter().collect();
    for path in paths.iter().filter(|path| language_of(path) == "en") {
        assert!(paths.contains(&format!("/zh{path}")), "{path} is not there in Chinese");
    }
    for path in paths.iter().filter(|path| language_of(path) == "zh") {
        assert!(paths.contains(path.trim_start_matches("/zh")), "{path} is not there in English");
    }
}

/// The target of a link: a path and fragment of the site, or outside.
enum Destination {
    Inside(String, Option<String>),
    Outside,
}

fn destination(page: &str, href: &str) -> Destination {
    if let Some(fragment) = href.strip_prefix('#') {
        return Destination::Inside(page.to_owned(), Some(fragment.to_owned()));
    }
    let inside = href.strip_prefix(BASE).unwrap_or(href);
    if !inside.starts_with('/') {
        let is_known = ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| href.starts_with(scheme));
        assert!(is_known, "{page} links to `{href}`");
        return Destination::Outside;
    }
    match inside.split_once('#') {
        Some((path, fragment)) => Destination::Inside(path.to_owned(), Some(fragment.to_owned())),
        None => Destination::Inside(inside.to_owned(), None),
    }
}

#[test]
fn internal_links_and_fragments_all_resolve() {
    let site = Site::real();
    let pages: BTreeMap<String, Page> =
        site.html_paths().into_iter().map(|path| (path.clone(), site.page(&path))).collect();
    let all: BTreeSet<String> = site.paths().into_iter().collect();
    let mut followed = 0;
    for (path, page) in &pages {
        let hrefs =
            page.attributes("[href]", "href").into_iter().chain(page.attributes("[src]", "src"));
        let written = hrefs.chain(page.attributes("form", "action"));
        for href in written {
            let Destination::Inside(target, fragment) = destination(path, &href) else { continue };
            followed += 1;
            assert!(
                all.contains(&target),
                "{path} links to `{href}`, which does not answer in one step"
            );
            if let Some(fragment) = fragment {
                let fragment = percent_encoding(&fragment);
                let target =
                    pages.get(&target).unwrap_or_else(|| panic!("{path}: `{href}` is no page"));
                let ids = target.attributes("[id]", "id");
                assert!(ids.contains(&fragment), "{path} links to `{href}`: no such id");
            }
        }
        // No resource comes from a third party.
        for address in page
            .attributes("[src]", "src")
            .into_iter()
            .chain(page.attributes("link[rel=stylesheet]", "href"))
        {
            assert!(address.starts_with("/static/"), "{path} asks `{address}`");
        }
    }
    assert!(followed > 1_000, "only {followed} links were followed");
}

fn percent_encoding(text: &str) -> String {
    text.replace("%20", " ").replace("%25", "%")
}

#[test]
fn pages_are_valid_html() {
    let site = Site::real();
    for path in site.html_paths() {
        let page = site.page(&path);
        assert_eq!(page.attribute("html", "lang"), language_of(&path), "{path}");
        assert_eq!(page.all("h1").len(), 1, "{path}");
        assert_eq!(page.all("main").len(), 1, "{path}");
        assert!(!page.text("head > title").is_empty(), "{path}");
        let mut ids = BTreeSet::new();
        for id in page.attributes("[id]", "id") {
            assert!(!id.contains(char::is_whitespace), "{path}: the id `{id}`");
            assert!(ids.insert(id.clone()), "{path}: the id `{id}` stands twice");
        }
        for name in ["aria-labelledby", "aria-describedby"] {
            let named = page.attributes(&format!("[{name}]"), name).join(" ");
            for id in named.split_whitespace() {
                assert!(ids.contains(id), "{path}: {name} names `{id}`");
            }
        }
        let mut last = 1;
        for heading in page.all("h1, h2, h3, h4, h5, h6") {
            let level: u8 = heading.value().name()[1..].parse().unwrap();
            assert!(level <= last + 1, "{path}: `{}` skips a level", text_of(heading));
            assert!(!text_of(heading).is_empty(), "{path}: an empty heading");
            last = level;
        }
        for link in page.all("a") {
            let name =
                link.value().attr("aria-label").map_or_else(|| text_of(link), ToOwned::to_owned);
            assert!(!name.is_empty(), "{path}: a link without a name: {}", link.html());
        }
        assert_eq!(page.all("img").len(), page.attributes("img[alt]", "alt").len(), "{path}");
    }
}

#[test]
fn pages_have_no_script_or_inline_style() {
    let site = Site::real();
    for path in site.html_paths() {
        let page = site.page(&path);
        assert_eq!(page.all("script:not([type='application/ld+json'])").len(), 0, "{path}");
        assert_eq!(page.all("style, [style], iframe, object, embed").len(), 0, "{path}");
        for element in page.all("*") {
            let handlers =
                element.value().attrs().filter(|(name, _)| name.starts_with("on")).count();
            assert_eq!(handlers, 0, "{path}: {}", element.value().name());
        }
    }
}

#[test]
fn pages_show_no_message_key_or_gap() {
    let site = Site::real();
    for path in site.html_paths() {
        let page = site.page(&path);
        let text = page.text("body");
        for sign in ["{ $", "{$", "undefined", "NaN", "None", "\u{1}", "\u{2068}"] {
            assert!(!text.contains(sign), "{path} shows `{sign}`");
        }
        assert!(
            page.texts("dd").iter().chain(&page.texts("time")).all(|text| !text.is_empty()),
            "{path}"
        );
    }
}

#[test]
fn pages_have_canonical_and_alternate_links() {
    let site = Site::real();
    let versions = |path: &str| -> Vec<(String, String)> {
        let page = site.page(path);
        let links = page.all("link[rel=alternate][hreflang]");
        let pair = |name: &str| {
            links.iter().map(|link| link.value().attr(name).unwrap().to_owned()).collect::<Vec<_>>()
        };
        pair("hreflang").into_iter().zip(pair("href")).collect()
    };
    for path in site.html_paths() {
        let page = site.page(&path);
        let own = format!("{BASE}{path}");
        assert_eq!(page.attribute("link[rel=canonical]", "href"), own);
        assert_eq!(page.attribute("meta[property='og:url']", "content"), own);
        assert_eq!(page.attribute("meta[property='og:locale']", "content"), language_of(&path));
        assert!(page.meta("robots").is_none(), "{path}");
        let mine = versions(&path);
        assert!(mine.contains(&(language_of(&path).to_owned(), own)), "{path}: {mine:?}");
        assert_eq!(
            mine.iter().map(|(tag, _)| tag.as_str()).collect::<Vec<_>>(),
            ["en", "zh", "x-default"],
            "{path}"
        );
        for (tag, href) in &mine {
            let other = href.strip_prefix(BASE).expect("an address of this site");
            assert_eq!(versions(other), mine, "{path} and its version in {tag}");
        }
        // The visible link to the other language has the same target.
        let switch = page.attribute("header nav a[hreflang]", "href");
        let other = if language_of(&path) == "en" {
            format!("/zh{path}")
        } else {
            path.trim_start_matches("/zh").to_owned()
        };
        assert_eq!(switch, other);
    }
}

/// The members of a graph that are of a type.
fn of_type<'g>(graph: &'g [Value], name: &str) -> Vec<&'g Value> {
    graph.iter().filter(|entity| entity["@type"] == name).collect()
}

#[test]
fn pages_have_structured_data() {
    let site = Site::real();
    for path in site.html_paths() {
        let page = site.page(&path);
        let graph = page.graph();
        let own = format!("{BASE}{path}");
        let [publisher] = of_type(&graph, "GovernmentOrganization")[..] else {
            panic!("{path}: no publisher")
        };
        assert!(publisher["name"].as_str().is_some_and(|name| !name.is_empty()), "{path}");
        let is_home = path == "/" || path == "/zh/";
        let crumbs = of_type(&graph, "BreadcrumbList");
        assert_eq!(crumbs.len(), usize::from(!is_home), "{path}");
        if let [crumbs] = crumbs[..] {
            let items = crumbs["itemListElement"].as_array().expect("a list");
            let shown = page.texts(".crumb li");
            let named: Vec<&str> =
                items.iter().map(|item| item["name"].as_str().expect("a name")).collect();
            assert_eq!(shown, named, "{path}");
            assert_eq!(items.last().unwrap()["item"], own, "{path}");
            let places: Vec<u64> =
                items.iter().map(|item| item["position"].as_u64().expect("a place")).collect();
            assert_eq!(places, (1..=places.len() as u64).collect::<Vec<_>>(), "{path}");
        }
        let parts: Vec<&str> =
            path.trim_start_matches("/zh").split('/').filter(|part| !part.is_empty()).collect();
        let is_bulletin = matches!(*parts, ["bulletins", slug] if slug.parse::<u16>().is_err());
        let articles = of_type(&graph, "NewsArticle");
        assert_eq!(articles.len(), usize::from(is_bulletin), "{path}");
        if let [article] = articles[..] {
            assert_eq!(article["mainEntityOfPage"], own);
            assert_eq!(article["inLanguage"], language_of(&path));
            assert_eq!(article["headline"], page.text("h1"));
            assert_eq!(article["publisher"]["@id"], publisher["@id"]);
            for key in ["datePublished", "dateModified"] {
                let date = article[key].as_str().expect("a date");
                assert!(date.ends_with("+08:00"), "{path}: {key} is {date}");
                assert!(jiff::Timestamp::from_str(date).is_ok(), "{path}: {key} is {date}");
            }
            assert!(
                article["dateModified"].as_str() >= article["datePublished"].as_str(),
                "{path}"
            );
            let source = article["isBasedOn"]["publisher"]["name"]
                .as_str()
                .expect("every real bulletin has a source");
            assert!(page.text(".facts").contains(source), "{path}");
        }
    }
}

#[test]
fn pages_have_a_json_version() {
    let site = Site::real();
    for path in site.html_paths() {
        let page = site.page(&path);
        let twin = page.attribute("link[rel=alternate][type='application/json']", "href");
        assert_eq!(twin, format!("{path}index.json"));
        let data = site.get(&twin).is(200).json();
        assert_eq!(data["url"], format!("{BASE}{path}"), "{twin}");
        assert_eq!(data["language"], language_of(&path), "{twin}");
    }
}

#[test]
fn matching_etag_returns_304_with_cache_headers() {
    let site = Site::real();
    let is_repeated = |name: &str| {
        !matches!(name, "content-type" | "content-encoding" | "content-language" | "last-modified")
    };
    for path in site.paths() {
        for coding in ["identity", "br", "gzip", "zstd"] {
            let accept = ("accept-encoding", coding);
            let full = site.ask("GET", &path, &[accept]);
            let etag = full.must("etag").to_owned();
            assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "{full:?}");
            let listed = format!("\"other\", W/{etag}");
            let mut conditions = vec![
                ("if-none-match", etag.as_str()),
                ("if-none-match", &listed),
                ("if-none-match", "*"),
            ];
            if let Some(date) = full.header("last-modified") {
                conditions.push(("if-modified-since", date));
            }
            for condition in conditions {
                let reply = site.ask("GET", &path, &[accept, condition]);
                reply.is(304).lacks("content-type").lacks("content-encoding");
                assert!(reply.body.is_empty(), "{reply:?}");
                let repeated = full.headers.iter().filter(|(name, _)| is_repeated(name));
                for (name, value) in repeated {
                    reply.has(name, value);
                }
            }
            let other = site.ask("GET", &path, &[accept, ("if-none-match", "\"other\"")]);
            other.is(200).has("etag", &etag);
        }
    }
}

#[test]
fn last_modified_is_date_of_newest_content() {
    let site = Site::real();
    let date = |path: &str| {
        jiff::fmt::rfc2822::DateTimeParser::new()
            .parse_timestamp(site.get(path).must("last-modified"))
            .unwrap()
    };
    // A page repeats parts of other bulletins, so that it may be newer than its own.
    let bulletin = site.get(&format!("{ANNOUNCEMENT}index.json")).is(200).json();
    assert_eq!(bulletin["published"], "2022-05-05");
    assert!(date(ANNOUNCEMENT) >= jiff::Timestamp::from_str("2022-05-05T00:00:00+08:00").unwrap());
    assert_eq!(date("/"), date("/bulletins/"));
    assert_eq!(date("/feed.xml"), date("/"));
    for path in ["/", "/goals/", ANNOUNCEMENT, "/zh/bulletins/childcare/"] {
        let since = "Thu, 01 Jan 2015 00:00:00 GMT";
        site.ask("GET", path, &[("if-modified-since", since)]).is(200);
    }
}

#[test]
fn head_has_headers_of_get() {
    let site = Site::real();
    for path in site.paths() {
        for coding in ["identity", "br"] {
            let accept = [("accept-encoding", coding)];
            let (get, head) = (site.ask("GET", &path, &accept), site.ask("HEAD", &path, &accept));
            assert_eq!(get.status, head.status, "{path}");
            let sorted = |reply: &Reply| reply.headers.iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(sorted(&get), sorted(&head), "{path}");
        }
    }
}

/// Decompresses a body.
fn unpacked(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "br" => brotli::BrotliDecompress(&mut &*body, &mut out).expect("brotli"),
        "gzip" => drop(flate2::read::GzDecoder::new(body).read_to_end(&mut out).expect("gzip")),
        "zstd" => out = zstd::decode_all(body).expect("zstd"),
        other => panic!("{other}"),
    }
    out
}

#[test]
fn encodings_decode_alike_with_own_etags() {
    let site = Site::real();
    let mut packed = 0;
    for path in site.paths() {
        let plain = site.get(&path);
        plain.lacks("content-encoding");
        let mut tags = BTreeSet::from([plain.must("etag").to_owned()]);
        for coding in CODINGS {
            let reply = site.ask("GET", &path, &[("accept-encoding", coding)]);
            reply.is(200);
            let Some(used) = reply.header("content-encoding") else {
                assert_eq!(reply.body, plain.body, "{path}");
                continue;
            };
            assert_eq!(used, coding, "{path}");
            reply.has("vary", "Accept-Encoding");
            plain.has("vary", "Accept-Encoding");
            assert!(reply.body.len() < plain.body.len(), "{path} grows with {coding}");
            assert_eq!(unpacked(coding, &reply.body), plain.body, "{path} with {coding}");
            assert!(
                tags.insert(reply.must("etag").to_owned()),
                "{path}: {coding} has the tag of another encoding"
            );
            packed += 1;
        }
        assert!(tags.iter().all(|tag| !tag.starts_with("W/")), "{path}: {tags:?}");
        if path.ends_with('/') {
            assert_eq!(tags.len(), 4, "{path} is not packed in every way");
        }
    }
    assert!(packed > 500, "{packed}");
}

/// The bytes on the wire: status line, the headers that the server adds, and body.
fn on_the_wire(reply: &Reply) -> usize {
    let framing =
        "HTTP/1.1 200 OK\r\ncontent-length: 00000\r\ndate: Thu, 05 May 2022 02:00:00 GMT\r\n\r\n"
            .len();
    let headers: usize =
        reply.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    framing + headers + reply.body.len()
}

#[test]
fn home_and_bulletin_fit_first_round_trip() {
    let site = Site::real();
    for path in [
        "/",
        "/zh/",
        ANNOUNCEMENT,
        "/zh/bulletins/2022-development-goals/",
        "/bulletins/childcare/",
    ] {
        let br = [("accept-encoding", "br")];
        let page = site.page(path);
        let style = page.attribute("link[rel=stylesheet]", "href");
        let icon = page.attribute("link[rel=icon]", "href");
        let total: usize = [path, &style, &icon]
            .iter()
            .map(|path| on_the_wire(site.ask("GET", path, &br).is(200)))
            .sum();
        assert!(total <= 14_600, "{path} with its style and icon has {total} bytes");
    }
}

#[test]
fn announcement_shows_all_goals_and_childcare_notice() {
    let site = Site::real();
    let expected = [
        (
            "",
            ["Economic development", "Agriculture", "Urban construction", "livelihoods"],
            "Also of interest",
        ),
        ("/zh", ["经济", "农", "城市", "民生"], ""),
    ];
    for (root, categories, _) in expected {
        let path = format!("{root}{ANNOUNCEMENT}");
        let page = site.page(&path);
        let groups = page.all("section[aria-labelledby='sets'] > section");
        assert_eq!(groups.len(), 4, "{path}");
        let mut goals = 0;
        for ((group, category), count) in groups.into_iter().zip(categories).zip([5, 4, 4, 8]) {
            let select = |selector: &str| scraper::Selector::parse(selector).unwrap();
            let heading = text_of(group.select(&select("h3 a")).next().expect("a heading"));
            assert!(
                heading.to_lowercase().contains(&category.to_lowercase()),
                "`{heading}` for `{category}`"
            );
            let items: Vec<_> = group.select(&select("li a")).collect();
            assert_eq!(items.len(), count, "{path}: {heading}");
            for item in items {
                let goal = site.page(item.value().attr("href").expect("an address"));
                assert_eq!(goal.text("h1"), text_of(item));
                let set_by: Vec<String> = goal.attributes(".facts dd a", "href");
                assert!(set_by.contains(&path), "{} does not say what set it", text_of(item));
                goals += 1;
            }
        }
        assert_eq!(goals, 21);
        let notice = site.page(&format!("{root}/bulletins/childcare/"));
        // The notice is the last part of the article.
        let last = page
            .all("main aside, main section, main nav")
            .into_iter()
            .next_back()
            .expect("a last part");
        assert_eq!(last.value().attr("aria-labelledby"), Some("featured"), "{path}");
        assert_eq!(page.text("aside.featured h2"), notice.text("h1"));
        assert_eq!(
            page.attribute("aside.featured h2 a", "href"),
            format!("{root}/bulletins/childcare/")
        );
        assert!(text_of(last).ends_with(&notice.meta("description").expect("a summary")));
        let crumbs = page.texts(".crumb li");
        assert_eq!(crumbs.len(), 3, "{crumbs:?}");
        assert_eq!(crumbs[2], page.text("h1"));
    }
    assert_eq!(site.page(ANNOUNCEMENT).texts(".crumb li")[..2], ["Home", "Government bulletin"]);
}

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

/// The bytes of every response of an edition.
fn bytes_of(edition: &Edition) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (path, answer) in edition.entries() {
        match answer {
            PathEntry::Redirect(to) => all.push((path.to_owned(), to.as_bytes().to_vec())),
            PathEntry::Found(found) | PathEntry::Gone(found) => {
                let packed = [&found.gzip, &found.brotli, &found.zstd].into_iter().flatten();
                for variant in std::iter::once(&found.identity).chain(packed) {
                    all.push((format!("{path} {}", variant.etag), variant.body.to_vec()));
                }
            }
        }
    }
    all
}

#[test]
fn compile_is_reproducible_on_any_core_count() {
    let snapshot = real_snapshot();
    let compile = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().expect("a pool");
        pool.install(|| edition_of(&snapshot, TODAY))
    };
    let (one, other) = (compile(1), compile(3));
    assert_eq!(one.id(), other.id());
    let (one, other) = (bytes_of(&one), bytes_of(&other));
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(&other) {
        assert!(one == other, "{} and {} differ", one.0, other.0);
    }
}

#[test]
fn embedded_content_equals_the_folder() {
    let (embedded, found) =
        gazette::source::Source::Embedded.snapshot().expect("the binary's own content");
    assert!(found.is_empty());
    let files = |snapshot: &gazette::source::Snapshot| {
        snapshot.files().map(|(path, bytes)| (path.to_string(), bytes.clone())).collect::<Vec<_>>()
    };
    assert!(files(&embedded) == files(&real_snapshot()));
}

#[test]
fn error_pages_follow_language_of_path() {
    let site = Site::real();
    let table = [
        ("GET", "/nothing/", 404, "en"),
        ("GET", "/zh/nothing/", 404, "zh"),
        ("GET", "/zh", 308, ""),
        ("GET", "/zhongwen/", 404, "en"),
        ("GET", "/%zz", 400, "en"),
        ("GET", "/zh/%ff", 400, "zh"),
        ("POST", "/", 405, "en"),
        ("DELETE", "/zh/bulletins/", 405, "zh"),
    ];
    for (method, path, status, language) in table {
        let reply = site.ask(method, path, &[]);
        reply.is(status);
        if status == 308 {
            continue;
        }
        reply.has("content-language", language).has("cache-control", "no-store");
        let page = reply.page();
        assert_eq!(page.attribute("html", "lang"), language, "{path}");
        assert_eq!(page.meta("robots").as_deref(), Some("noindex"), "{path}");
        assert_eq!(page.all("h1").len(), 1, "{path}");
        assert_eq!(page.all("link[rel=canonical]").len(), 0, "{path}");
        let ways = page.attributes("main a", "href");
        let root = if language == "zh" { "/zh/" } else { "/" };
        assert!(
            ways.contains(&root.to_owned()) && ways.contains(&format!("{root}bulletins/")),
            "{path}: {ways:?}"
        );
        for way in ways {
            site.get(&way).is(200);
        }
        if status == 405 {
            reply.has("allow", "GET, HEAD");
        }
    }
}

#[test]
fn page_has_one_address() {
    let site = Site::real();
    for path in site.html_paths() {
        if path != "/" {
            site.get(path.trim_end_matches('/')).is(308).has("location", &path);
        }
        site.get(&format!("{path}index.html")).is(308).has("location", &path);
        site.get(&format!("/{path}")).is(308).has("location", &path);
    }
    site.get("/bulletins/page/1/").is(308).has("location", "/bulletins/");
    site.get("/zh/bulletins/2022/page/1/").is(308).has("location", "/zh/bulletins/2022/");
    site.get("/bulletins/page/99/").is(404);
}
