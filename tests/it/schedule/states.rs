//! Bulletins that change, are withdrawn, expire or are removed.

use super::{everything, leaks, neighbours};
use crate::harness::{Folder, TODAY, instant};

/// A bulletin that passes through every state.
fn life() -> Folder {
    neighbours().bulletin(
        "lake",
        "published: 2023-05-05 10:00\naliases: [/old-lake/]\n\
         changes: [{ on: 2023-05-10, note: The quokka was added. }, { on: 2023-05-20 12:30, note: \
         It was counted again. }]\n\
         withdrawn: { on: 2023-06-01, reason: The quokka is no bird., replaced_by: wells }\n\
         gone: { on: 2023-07-01, reason: It named a person., replaced_by: pumps }",
        "The lake is clean.",
    )
}

#[test]
fn bulletin_states_follow_its_instants() {
    // Instant, status, next instant, and the date of the last modification on its page.
    let table = [
        ("2023-05-05T01:59:59Z", 404, Some("2023-05-05T02:00:00Z")),
        ("2023-05-05T02:00:00Z", 200, Some("2023-05-09T16:00:00Z")),
        ("2023-05-09T16:00:00Z", 200, Some("2023-05-20T04:30:00Z")),
        ("2023-05-20T04:30:00Z", 200, Some("2023-05-31T16:00:00Z")),
        ("2023-05-31T16:00:00Z", 200, Some("2023-06-30T16:00:00Z")),
        ("2023-06-30T16:00:00Z", 410, None),
        (TODAY, 410, None),
    ];
    for (at, status, next) in table {
        let site = life().at(at);
        site.get("/bulletins/lake/").is(status);
        assert_eq!(site.edition().valid_until(), next.map(instant), "{at}");
        assert_eq!(site.edition().instant(), instant(at));
        let alias = site.get("/old-lake/");
        if status == 404 {
            alias.is(404);
        } else {
            alias.is(308).has("location", "/bulletins/lake/");
        }
    }
}

#[test]
fn changes_appear_from_their_date() {
    let fresh = life().at("2023-05-06T00:00:00Z");
    assert_eq!(leaks(&fresh), Vec::<String>::new());
    assert_eq!(fresh.page("/bulletins/lake/").all("#changes").len(), 0);
    assert_eq!(
        fresh.page("/bulletins/lake/").attributes(".facts time", "datetime"),
        ["2023-05-05T10:00:00+08:00"]
    );

    let changed = life().at("2023-05-11T00:00:00Z");
    let page = changed.page("/bulletins/lake/");
    assert_eq!(
        page.attributes(".facts time", "datetime"),
        ["2023-05-05T10:00:00+08:00", "2023-05-10"]
    );
    assert_eq!(page.texts("section[aria-labelledby=changes] li p"), ["The quokka was added."]);
    assert_eq!(
        page.attribute("meta[property='article:modified_time']", "content"),
        "2023-05-10T00:00:00+08:00"
    );
    let data = changed.get("/bulletins/lake/index.json").json();
    assert_eq!(data["updated"], "2023-05-10");
    assert_eq!(data["changes"].as_array().map(Vec::len), Some(1));

    let again = life().at("2023-05-21T00:00:00Z");
    let newest_first = ["It was counted again.", "The quokka was added."];
    assert_eq!(
        again.page("/bulletins/lake/").texts("section[aria-labelledby=changes] li p"),
        newest_first
    );
    assert_eq!(
        again
            .page("/bulletins/lake/")
            .attribute("meta[property='article:modified_time']", "content"),
        "2023-05-20T12:30:00+08:00"
    );
    assert_ne!(
        changed.get("/bulletins/lake/").must("etag"),
        again.get("/bulletins/lake/").must("etag")
    );
}

#[test]
fn withdrawn_bulletin_keeps_page_with_notice() {
    let before = life().at("2023-05-31T15:59:59Z");
    assert!(everything(&before).iter().all(|(_, text)| !text.contains("no bird")));
    let site = life().at("2023-05-31T16:00:00Z");
    let page = site.page("/bulletins/lake/");
    let notice = page.text("section.notice");
    assert!(
        notice.starts_with("Withdrawn on 1 June 2023") && notice.contains("The quokka is no bird."),
        "{notice}"
    );
    assert_eq!(page.attributes("section.notice a", "href"), ["/bulletins/wells/"]);
    assert!(page.text(".prose").contains("The lake is clean."));
    let listed = |path: &str| {
        site.page(path).attributes("main a", "href").contains(&"/bulletins/lake/".to_owned())
    };
    assert!(listed("/bulletins/"));
    for path in ["/", "/bulletins/wells/", "/bulletins/pumps/"] {
        assert!(!listed(path), "{path} recommends what is withdrawn");
    }
    assert_eq!(
        site.get("/bulletins/lake/index.json").json()["withdrawn"]["replaced_by"],
        "https://lakeside.example/bulletins/wells/"
    );
}

#[test]
fn removed_bulletin_returns_410_with_reason() {
    let site = life().today();
    let reply = site.get("/bulletins/lake/");
    reply.is(410).lacks("etag").lacks("last-modified");
    let page = reply.page();
    let said = page.text("main");
    assert!(
        said.contains("This bulletin was removed on 1 July 2023.")
            && said.contains("It named a person."),
        "{said}"
    );
    let ways = page.attributes("main a", "href");
    assert_eq!(ways[0], "/bulletins/pumps/");
    for way in ways {
        site.get(&way).is(200);
    }
    assert_eq!(page.meta("robots").as_deref(), Some("noindex"));
    site.get("/bulletins/lake/index.json").is(410);
    site.get("/bulletins/2023/").is(404);
    let naming: Vec<String> = everything(&site)
        .into_iter()
        .filter(|(_, text)| text.contains("/bulletins/lake/") || text.contains("about lake"))
        .map(|(path, _)| path)
        .collect();
    let own = ["/bulletins/lake/", "/bulletins/lake/index.json"];
    let feeds = ["/feed.xml", "/zh/feed.xml"];
    let expected = [&own[..], &feeds[..1], &["/old-lake/"], &feeds[1..]].concat();
    assert_eq!(naming, expected, "only its own addresses, its old one, and feeds that say so");
    let feed = site.get("/feed.xml").text().to_owned();
    assert!(feed.contains("xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""), "{feed}");
    let tombstone = feed.split("<at:deleted-entry").nth(1).expect("a tombstone");
    assert!(tombstone.contains("/bulletins/lake/\""), "{tombstone}");
    assert!(tombstone.contains("when=\"2023-07-01T00:00:00+08:00\""), "{tombstone}");
    assert_eq!(site.edition().summary().bulletins, 2);
}

#[test]
fn expired_bulletin_shows_end_of_validity() {
    let folder = neighbours()
        .bulletin("ice", "published: 2022-12-01\nexpires: 2023-03-01 18:00", "The ice holds.")
        .with("bulletins/ice.zh.md", "---\ntitle: 冰面\nsummary: 冰面稳固。\n---\n冰面稳固。\n")
        .bulletin("pipes", "published: 2022-12-02", "On [the ice](ice.md).");
    let last = folder.at("2023-03-01T09:59:59Z");
    last.get("/bulletins/ice/").is(200);
    assert_eq!(last.edition().valid_until(), Some(instant("2023-03-01T10:00:00Z")));
    let site = folder.at("2023-03-01T10:00:00Z");
    for (path, language, said) in [
        ("/bulletins/ice/", "en", "This bulletin was valid until 1 March 2023"),
        ("/zh/bulletins/ice/", "zh", "2023年3月1日"),
    ] {
        let reply = site.get(path);
        reply.is(410).has("content-language", language);
        assert!(reply.page().text("main").contains(said), "{}", reply.page().text("main"));
        assert!(!reply.text().contains("ice holds") && !reply.text().contains("冰面稳固"));
    }
    // A link to it remains: the page there explains what happened to it.
    assert_eq!(site.page("/bulletins/pipes/").attributes(".prose a", "href"), ["/bulletins/ice/"]);
    site.get("/bulletins/ice").is(308).has("location", "/bulletins/ice/");
}
