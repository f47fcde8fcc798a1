//! The frame of every page: alerts, the strip at the top, the lines of the footer, and the link by
//! which readers report a mistake.

use std::collections::BTreeMap;

use gazette::source::Source;

use crate::harness::{Folder, SITE, Site, TODAY, edition_of, instant, repository};

const FLOOD: &str = "---\ntitle: The lake is rising\nlevel: emergency\nfrom: 2022-06-01 09:30\n\
                     until: 2022-06-03\n---\nLeave the shore. See [where](../bulletins/plan.md).\n";

fn city() -> Folder {
    Folder::city()
        .bulletin("plan", "published: 2022-05-01", "Plan.")
        .with("bulletins/plan.zh.md", "---\ntitle: 计划\nsummary: 一句话。\n---\n计划。")
}

fn flooded() -> Folder {
    city()
        .with("alerts/flood.md", FLOOD)
        .with("alerts/flood.zh.md", "---\ntitle: 湖水上涨\n---\n请离开湖岸。\n")
        .with(
            "alerts/fair.md",
            "---\ntitle: The fair\nlevel: notice\nfrom: 2022-05-20\n---\nIt is on.\n",
        )
        .with(
            "alerts/later.md",
            "---\ntitle: Secret\nlevel: notice\nfrom: 2022-08-01\n---\nNot yet.\n",
        )
        .with(
            "alerts/draft.md",
            "---\ntitle: Secret\nlevel: notice\nfrom: 2022-05-01\ndraft: true\n---\nNo.\n",
        )
}

#[test]
fn every_page_has_the_alerts_of_its_instant() {
    let site = flooded().at("2022-06-02T00:00:00Z");
    for path in site.html_paths() {
        let page = site.page(&path);
        let alerts = page.texts("section.alerts > .alert > p:first-child");
        let (label, expected) = if path.starts_with("/zh/") {
            ("紧急通告", ["紧急：湖水上涨", "通知：The fair"])
        } else {
            ("Alerts", ["Emergency: The lake is rising", "Notice: The fair"])
        };
        assert_eq!(alerts, expected, "{path}");
        assert_eq!(page.attribute("section.alerts", "aria-label"), label, "{path}");
        assert!(!site.get(&path).text().contains("Secret"), "{path}");
    }
    let page = site.page("/zh/");
    assert_eq!(page.attributes("section.alerts > .alert[lang]", "lang"), ["en"]);
    let link = site.page("/bulletins/plan/").attribute("section.alerts a", "href");
    assert_eq!(link, "/bulletins/plan/");
    site.get("/alerts/flood/").is(404);
}

#[test]
fn alert_begins_and_ends_to_the_second() {
    let folder = city().with("alerts/flood.md", FLOOD);
    for (at, is_shown, next) in [
        ("2022-06-01T01:29:59Z", false, Some("2022-06-01T01:30:00Z")),
        ("2022-06-01T01:30:00Z", true, Some("2022-06-03T16:00:00Z")),
        ("2022-06-03T15:59:59Z", true, Some("2022-06-03T16:00:00Z")),
        ("2022-06-03T16:00:00Z", false, None),
    ] {
        let site = folder.at(at);
        assert_eq!(!site.page("/").all("section.alerts").is_empty(), is_shown, "{at}");
        assert_eq!(site.edition().valid_until(), next.map(instant), "{at}");
    }
}

#[test]
fn alert_changes_no_feed_and_no_date() {
    let at = "2022-06-02T00:00:00Z";
    let (with, without) = (flooded().at(at), city().at(at));
    for path in ["/feed.xml", "/zh/feed.xml", "/feed.json", "/sitemap.xml", "/data/bulletins.json"]
    {
        assert_eq!(with.get(path).is(200).text(), without.get(path).text(), "{path}");
    }
    let modified = |site: &Site| site.page("/bulletins/plan/").graph()[0]["dateModified"].clone();
    assert_eq!(modified(&with), modified(&without));
}

#[test]
fn mistake_link_has_address_and_version() {
    let with = |contact: &str| {
        let site = format!("mistakes = \"{contact}\"\nstrip = \"An official site\"\n{SITE}");
        city().with("site.toml", site).today()
    };
    let page = "https%3A%2F%2Flakeside%2Eexample%2Fbulletins%2Fplan%2F";
    let version = "2022%2D05%2D01T00%3A00%3A00%2B08%3A00";
    for (contact, expected) in [
        (
            "mailto:a@b.example",
            format!(
                "mailto:a@b.example?subject=Report%20a%20mistake%20on%20this%20page&body={page}\
                 %0D%0A{version}"
            ),
        ),
        ("https://f.example/?x=1", format!("https://f.example/?x=1&page={page}&version={version}")),
        ("tel:000", "tel:000".to_owned()),
    ] {
        let site = with(contact);
        let links = site.page("/bulletins/plan/").attributes(".foot p a", "href");
        assert_eq!(links, [expected], "{contact}");
        assert_eq!(site.page("/").text(".mast .strip"), "An official site");
    }
    // Every kind of page has a version: its own last change, or else that of the site.
    let site = with("https://f.example/");
    for path in site.html_paths() {
        let page = site.page(&path);
        let Some(link) = page.attributes(".foot p a", "href").into_iter().next() else {
            assert!(page.all("link[rel=canonical]").is_empty(), "{path}");
            continue;
        };
        assert!(link.ends_with(&format!("&version={version}")), "{path}: {link}");
    }
    assert!(city().today().page("/").all(".foot p a, .strip").is_empty());
}

#[test]
fn cn_gov_city_has_every_official_line() {
    let folder = repository().join("tests/fixtures/cn-gov");
    let (snapshot, _) = Source::Directory(folder).snapshot().expect("the fixture");
    let site = Site::new(edition_of(&snapshot, TODAY));
    assert_eq!(site.page("/").texts(".official li").len(), 6);
    assert_eq!(site.page("/").text(".strip"), "云泾市人民政府门户网站");
}

#[test]
fn every_page_has_a_description_of_its_own() {
    let fixture = |name: &str| {
        let folder = repository().join("tests/fixtures").join(name);
        let (snapshot, _) = Source::Directory(folder).snapshot().expect("the fixture");
        Site::new(edition_of(&snapshot, "2024-11-20T04:00:00Z"))
    };
    for site in [fixture("rimewater"), fixture("cn-gov"), city().today()] {
        let mut described = BTreeMap::new();
        for path in site.html_paths() {
            let page = site.page(&path);
            if page.meta("robots").is_some() {
                continue;
            }
            let description = page.meta("description").unwrap_or_default();
            assert!(!description.is_empty(), "{path} has no description");
            if let Some(other) = described.insert(description.clone(), path.clone()) {
                panic!("{path} and {other} have the same description: {description}");
            }
        }
    }
}

#[test]
fn page_of_right_to_left_language_says_so() {
    let site = city().with("site.toml", SITE.replace("\"zh\"]", "\"zh\", \"ug\"]")).today();
    assert_eq!(site.page("/ug/").attribute("html", "dir"), "rtl");
    assert!(site.page("/zh/").all("html[dir]").is_empty());
}

#[test]
fn suggestions_for_search_have_end_tags() {
    // boilerpy3 reads no text after an `<option>` without one.
    let site = Site::real();
    let response = site.get("/search/");
    let page = response.text();
    let (starts, ends) = (page.matches("<option").count(), page.matches("</option>").count());
    assert!(starts > 0, "{page}");
    assert_eq!(starts, ends);
}
