//! Publication by time: every byte of the site at chosen instants.

use gazette::edition::{ErrorPage, PathEntry};
use gazette::search::Indexer;

use crate::harness::{Folder, SITE, Site, TODAY, instant};

/// A word that occurs only in unpublished content.
const MARK: &str = "quokka";

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";

/// The texts of all responses that the site can give.
fn everything(site: &Site) -> Vec<(String, String)> {
    let edition = site.edition();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase();
    let mut all = Vec::new();
    for (path, answer) in edition.entries() {
        all.push(match answer {
            PathEntry::Redirect(to) => (path.to_owned(), format!("{path} {to}")),
            PathEntry::Found(found) | PathEntry::Gone(found) => {
                (path.to_owned(), format!("{path} {}", text(&found.body.identity())))
            }
        });
    }
    // Responses of the search to words other than the mark: with filters, with a typo, with words
    // near it.
    edition.search().build_index(&mut Indexer::default());
    for asked in [
        "q=about",
        "q=quoka",
        "q=the",
        "q=well",
        "q=goal",
        "kind=bulletin",
        "kind=goal",
        "year=2022",
        "q=-wells",
    ] {
        for page in ["/search/", "/zh/search/", "/search/index.json", "/search/feed.xml"] {
            let uri = format!("{page}?{asked}");
            all.push((uri.clone(), site.get(&uri).is(200).text().to_lowercase()));
        }
    }
    for root in edition.roots() {
        for problem in ErrorPage::ALL {
            all.push((
                format!("{root} {problem:?}"),
                text(&edition.problem(problem, root).body.identity()),
            ));
        }
    }
    all
}

/// The responses that have the mark.
fn leaks(site: &Site) -> Vec<String> {
    everything(site)
        .into_iter()
        .filter(|(_, text)| text.contains(MARK))
        .map(|(path, _)| path)
        .collect()
}

/// A city with enough pages for a leak to appear on.
fn neighbours() -> Folder {
    Folder::city()
        .with("site.toml", format!("{SITE}featured = [\"wells\"]\n"))
        .goal("clean-water", "kind: direction")
        .bulletin("wells", "published: 2022-05-04\nsets: [clean-water]", "Twelve wells.")
        .bulletin("pumps", "published: 2022-05-06\nmentions: [clean-water]", "Three pumps.")
}

/// The city and a bulletin with the mark in all its parts.
fn with_marked(folder: Folder, facts: &str) -> Folder {
    let head = format!(
        "title: About the {MARK}\nsummary: The {MARK}.\nbyline: {MARK}\n\
         source: {{ name: {MARK}, url: \"https://{MARK}.example/\" }}\n\
         sets: [{MARK}-goal]\n\
         reports: [{{ goal: clean-water, note: {MARK}, as_of: 2022-05-05 }}]\naliases: [/{MARK}/]\n\
         changes: [{{ on: 2022-05-05, note: {MARK} }}]\n{facts}"
    );
    folder
        .with(
            &format!("bulletins/{MARK}/index.md"),
            format!(
                "---\n{head}\n---\n## {MARK}\n\n\
                ![A {MARK}]({MARK}.png) and [its file]({MARK}.pdf).\n"
            ),
        )
        .with(
            &format!("bulletins/{MARK}/index.zh.md"),
            format!(
                "---\ntitle: {MARK}\n\
            summary: {MARK}\n---\n{MARK}\n"
            ),
        )
        .with(&format!("bulletins/{MARK}/{MARK}.png"), PNG)
        .with(&format!("bulletins/{MARK}/{MARK}.pdf"), format!("%PDF-1.4 {MARK}"))
        .goal(&format!("{MARK}-goal"), "kind: deliver")
        .with(
            &format!("goals/water/{MARK}-goal.zh.md"),
            format!(
                "---\ntitle: {MARK}\n---\n\
            {MARK}\n"
            ),
        )
}

#[test]
fn draft_leaves_no_trace() {
    let site = with_marked(neighbours(), "published: 2022-05-05\ndraft: true").today();
    assert_eq!(leaks(&site), Vec::<String>::new());
    // No count, order or ETag differs either: every byte is as if the bulletin did not exist.
    assert_eq!(site.edition().id(), neighbours().today().edition().id());
    assert_eq!(site.edition().valid_until(), None);
    site.get(&format!("/bulletins/{MARK}/")).is(404);
    site.get(&format!("/{MARK}/")).is(404);
}

#[test]
fn scheduled_bulletin_leaves_no_trace_before_publication() {
    let folder = with_marked(neighbours(), "published: 2030-01-01T09:00:00");
    let before = folder.at("2030-01-01T00:59:59Z");
    assert_eq!(leaks(&before), Vec::<String>::new());
    assert_eq!(before.edition().id(), neighbours().at("2030-01-01T00:59:59Z").edition().id());
    assert_eq!(before.edition().valid_until(), Some(instant("2030-01-01T01:00:00Z")));

    let after = folder.at("2030-01-01T01:00:00Z");
    for path in [
        "/",
        "/feed.xml",
        "/feed.json",
        "/sitemap.xml",
        "/bulletins/",
        "/bulletins/2030/",
        "/goals/",
        "/goals/water/",
        "/goals/water/feed.xml",
        "/goals/water/clean-water/",
        "/bulletins/pumps/",
        "/zh/",
    ] {
        assert!(leaks(&after).contains(&path.to_owned()), "{path} does not show it");
    }
    for path in [
        "/bulletins/quokka/",
        "/zh/bulletins/quokka/",
        "/goals/water/quokka-goal/",
        "/bulletins/quokka/quokka.pdf",
    ] {
        after.get(path).is(200);
    }
    after.get("/quokka/").is(308).has("location", "/bulletins/quokka/");
    assert_eq!(after.edition().valid_until(), None);
}

#[test]
fn draft_goal_leaves_no_trace_when_mentioned() {
    let base = neighbours().bulletin("pipes", "published: 2022-05-07", "Pipes.");
    let named = format!(
        "published: 2022-05-07\nmentions: [{MARK}-goal]\n\
         reports: [{{ goal: {MARK}-goal, note: {MARK}, as_of: 2022-05-05 }}]"
    );
    let site = neighbours()
        .bulletin("pipes", &named, "Pipes.")
        .goal(&format!("{MARK}-goal"), "kind: deliver\ndraft: true")
        .today();
    assert_eq!(leaks(&site), Vec::<String>::new());
    assert_eq!(site.edition().id(), base.today().edition().id());
}

#[test]
fn featured_bulletin_appears_only_once_public() {
    let featured = format!("{SITE}featured = [\"{MARK}\"]\n");
    let folder = with_marked(neighbours(), "published: 2030-01-01").with("site.toml", featured);
    assert_eq!(leaks(&folder.at("2029-12-31T00:00:00Z")), Vec::<String>::new());
    let after = folder.at("2030-01-02T00:00:00Z");
    assert_eq!(after.page("/bulletins/wells/").text(".featured h2"), "About the quokka");
    // It is not featured on its own page.
    assert_ne!(after.page("/bulletins/quokka/").text(".featured h2"), "About the quokka");
}

#[test]
fn links_to_unpublished_pages_are_plain_text() {
    let body = "See [the plan](quokka/index.md), [its file](quokka/quokka.pdf), [the \
        goal](../goals/water/quokka-goal.md#x) and [wells](wells.md).";
    let folder = with_marked(neighbours(), "published: 2030-01-01").bulletin(
        "pipes",
        "published: 2022-05-07",
        body,
    );
    let folder =
        folder.with("goals/water/quokka-goal.md", "---\ntitle: quokka\nkind: deliver\n---\n## X\n");
    let links = |site: &Site| site.page("/bulletins/pipes/").attributes(".prose a", "href");
    let before = folder.at("2029-12-31T00:00:00Z");
    // A file beside an unpublished page is unpublished too, from any page.
    assert_eq!(links(&before), ["/bulletins/wells/"]);
    before.get("/bulletins/quokka/quokka.pdf").is(404);
    assert!(
        before
            .page("/bulletins/pipes/")
            .text(".prose")
            .starts_with("See the plan, its file, the goal and wells.")
    );
    assert!(!everything(&before).iter().any(|(_, text)| text.contains("about the quokka")));
    let after = folder.at("2030-01-01T00:00:00Z");
    assert_eq!(
        links(&after),
        [
            "/bulletins/quokka/",
            "/bulletins/quokka/quokka.pdf",
            "/goals/water/quokka-goal/#x",
            "/bulletins/wells/"
        ]
    );
}

#[test]
fn scheduled_bulletin_is_checked_before_its_day() {
    // Its problems are reported today.
    let folder =
        neighbours().bulletin("later", "published: 2030-01-01", "[old news](/no/such/page/)");
    let problems = folder.problems();
    assert!(
        problems.iter().any(|line| line.contains("later.md") && line.contains("link/broken")),
        "{problems:?}"
    );
}

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

#[test]
fn goals_outlive_the_bulletin_that_set_them() {
    let folder = Folder::city().goal("clean-water", "kind: direction").bulletin(
        "wells",
        "published: 2022-05-04\nexpires: 2023-01-01\nsets: [clean-water]",
        "Wells.",
    );
    folder.at("2022-05-03T00:00:00Z").get("/goals/water/clean-water/").is(404);
    for at in ["2022-06-01T00:00:00Z", TODAY] {
        folder.at(at).get("/goals/water/clean-water/").is(200);
    }
}

#[test]
fn security_contact_renews_edition_each_month() {
    let folder = Folder::city().with(
        "site.toml",
        format!("{SITE}[security]\ncontact = \"mailto:office@lakeside.example\"\n"),
    );
    let site = folder.at("2026-11-15T12:00:00Z");
    assert_eq!(site.edition().valid_until(), Some(instant("2026-12-01T00:00:00Z")));
    assert!(site.get("/.well-known/security.txt").text().contains("Expires: 2027-05-01T00:00:00Z"));
    Folder::city().today().get("/.well-known/security.txt").is(404);
}

#[test]
fn time_alone_changes_nothing() {
    let (one, other) = (neighbours().at("2023-01-01T00:00:00Z"), neighbours().at(TODAY));
    assert_eq!(one.edition().id(), other.edition().id());
}
