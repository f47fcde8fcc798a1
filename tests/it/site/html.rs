//! The HTML of every page: links, structure, metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use serde_json::Value;

use super::{ANNOUNCEMENT, BASE, language_of};
use crate::harness::{Page, Site, text_of};

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
            // The address for citations is permanent, and leads to the page that names it.
            if target.trim_start_matches("/zh").starts_with("/n/") {
                site.get(&target).is(308).has("location", path);
                continue;
            }
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
        // An empty `Option` would be shown as `None`; a sentence may begin with it.
        let text = page.text("body").replace("None of ", "");
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
            match article["isBasedOn"]["publisher"]["name"].as_str() {
                Some(source) => assert!(page.text(".facts").contains(source), "{path}"),
                // A repost that names no publisher is no source: the site is the author.
                None => assert_eq!(article["author"]["@id"], publisher["@id"], "{path}"),
            }
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
        assert_eq!(page.text(".featured h2"), notice.text("h1"));
        assert_eq!(
            page.attribute(".featured h2 a", "href"),
            format!("{root}/bulletins/childcare/")
        );
        assert!(text_of(last).ends_with(&notice.meta("description").expect("a summary")));
        let crumbs = page.texts(".crumb li");
        assert_eq!(crumbs.len(), 3, "{crumbs:?}");
        assert_eq!(crumbs[2], page.text("h1"));
    }
    assert_eq!(site.page(ANNOUNCEMENT).texts(".crumb li")[..2], ["Home", "Government bulletin"]);
}
