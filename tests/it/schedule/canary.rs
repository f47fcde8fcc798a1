//! The canary walk: a word that only one bulletin has, sought in every response of the site before,
//! at and after each instant of the bulletin.

use gazette::edition::ErrorPage;
use gazette::search::Indexer;
use jiff::civil::Date;

use crate::harness::{Folder, Reply, SITE, Site, TODAY, instant};
use crate::pictures::STRIP;

/// A word that occurs only in unpublished content.
pub(super) const MARK: &str = "quokka";

/// Words for which the search and the suggestions of the 404 page are asked, none of them the
/// mark: with filters, with a typo, with words near it.
const QUERIES: [&str; 10] = [
    "q=about",
    "q=quoka",
    "q=the",
    "q=well",
    "q=goal",
    "q=-wells",
    "kind=bulletin",
    "kind=goal",
    "year=2022",
    "year=2030",
];
const WRONG_PATHS: [&str; 4] = ["/bulletins/quoka/", "/about-quoka/", "/about/", "/zh/about/"];

/// The texts of all responses that the site can give, with their headers, in lower case.
pub(super) fn everything(site: &Site) -> Vec<(String, String)> {
    let edition = site.edition();
    edition.search().build_index(&mut Indexer::default());
    let mut all: Vec<(String, String)> = edition
        .entries()
        .into_iter()
        .map(|(path, _)| (path.to_owned(), whole(&site.get(path))))
        .collect();
    for query in QUERIES {
        for page in ["/search/", "/zh/search/", "/search/index.json", "/search/feed.xml"] {
            let uri = format!("{page}?{query}");
            let reply = whole(site.get(&uri).is(200));
            all.push((uri, reply));
        }
    }
    for uri in site.comparisons() {
        let reply = whole(site.get(&uri).is(200));
        all.push((uri, reply));
    }
    for path in WRONG_PATHS {
        all.push((format!("404 {path}"), whole(site.get(path).is(404))));
    }
    for root in edition.roots() {
        for problem in ErrorPage::ALL {
            let body = edition.error_page(problem, root).body.identity();
            all.push((format!("{root} {problem:?}"), lower_case(&body)));
        }
    }
    all
}

/// A response as one text: status, headers and body.
fn whole(reply: &Reply) -> String {
    format!("{} {reply:?}{}", reply.uri, lower_case(&reply.body)).to_lowercase()
}

fn lower_case(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_lowercase()
}

/// The responses that have the mark.
pub(super) fn leaks(site: &Site) -> Vec<String> {
    let marked = everything(site).into_iter().filter(|(_, text)| text.contains(MARK));
    marked.map(|(path, _)| path).collect()
}

/// A city with enough pages for a leak to appear on.
pub(super) fn neighbours() -> Folder {
    Folder::city()
        .with("site.toml", format!("{SITE}featured = [\"wells\"]\n"))
        .with("bodies/water-office.md", "---\ntitle: Water Office\n---\n")
        .with("topics/water.md", "---\ntitle: On water\n---\n")
        .goal("clean-water", "kind: direction")
        .bulletin("wells", "published: 2022-05-04\nsets: [clean-water]", "Twelve wells.")
        .bulletin("pumps", "published: 2022-05-06\nmentions: [clean-water]", "Three pumps.")
}

/// The city and a bulletin with the mark in all its parts.
pub(super) fn with_marked(folder: Folder, slug: &str, facts: &str) -> Folder {
    let day = &facts["published: ".len().."published: 2022-05-05".len()];
    let changed: Date = day.parse().expect("a day");
    let changed = changed.tomorrow().expect("a day");
    let head = format!(
        "title: About the {MARK}\nsummary: The {MARK}.\nbyline: {MARK}\n\
         source: {{ name: {MARK}, url: \"https://{MARK}.example/\" }}\n\
         sets: [{slug}-goal]\nissuer: water-office\ntopics: [water]\n\
         reports: [{{ goal: clean-water, note: {MARK}, as_of: 2022-05-05 }}]\naliases: [/{slug}/]\n\
         changes: [{{ on: {changed}, note: {MARK} }}]\n\
         events: [{{ title: {MARK}, from: 2031-06-30 09:30, place: {MARK} }}]\n{facts}"
    );
    let body = format!("## {MARK}\n\n![A {MARK}]({slug}.jpg) and [its file]({slug}.pdf).\n");
    folder
        .with(&format!("bulletins/{slug}/index.md"), format!("---\n{head}\n---\n{body}"))
        .with(
            &format!("bulletins/{slug}/index.zh.md"),
            format!("---\ntitle: {MARK}\nsummary: {MARK}\n---\n{MARK}\n"),
        )
        .with(
            &format!("bulletins/{slug}/index.{day}.md"),
            format!("---\ntitle: Early {MARK}\nsummary: {MARK}.\n---\nEarlier {MARK}.\n"),
        )
        .with(&format!("bulletins/{slug}/{slug}.jpg"), STRIP)
        .with(&format!("bulletins/{slug}/{slug}.pdf"), format!("%PDF-1.4 {MARK}"))
        .goal(&format!("{slug}-goal"), "kind: deliver")
        .with(
            &format!("goals/water/{slug}-goal.zh.md"),
            format!("---\ntitle: {slug}\n---\n{slug}\n"),
        )
}

/// Fails unless every response, with its headers, is as if the bulletin did not exist.
#[track_caller]
fn leaves_no_trace(folder: &Folder, at: &str) {
    let (site, without) = (folder.at(at), neighbours().at(at));
    assert_eq!(leaks(&site), Vec::<String>::new(), "{at}");
    assert_eq!(site.edition().id(), without.edition().id(), "{at}");
    for (one, other) in everything(&site).into_iter().zip(everything(&without)) {
        assert_eq!(one, other, "{at}");
    }
}

/// Fails unless each kind of response has the mark: the walk sees what it is about.
#[track_caller]
fn is_everywhere(folder: &Folder, slug: &str, at: &str) {
    let site = folder.at(at);
    let found = leaks(&site);
    for path in [
        "/",
        "/zh/",
        "/bulletins/",
        "/bulletins/pumps/",
        &format!("/bulletins/{slug}/"),
        &format!("/zh/bulletins/{slug}/"),
        &format!("/bulletins/{slug}/index.json"),
        &format!("/bulletins/{slug}/{slug}.pdf"),
        "/bodies/water-office/",
        "/topics/water/",
        "/goals/water/",
        "/goals/water/clean-water/",
        "/calendar.ics",
        "/bulletins/calendar.ics",
        "/bodies/water-office/calendar.ics",
        "/zh/topics/water/calendar.ics",
        "/feed.xml",
        "/feed.json",
        "/goals/water/feed.xml",
        "/goals/water/clean-water/feed.xml",
        "/bodies/water-office/feed.xml",
        "/zh/topics/water/feed.xml",
        "/data/progress.csv",
        "/data/bulletins.json",
        "/search/?q=about",
        "/search/?q=quoka",
        "/search/index.json?kind=bulletin",
        "/search/feed.xml?q=the",
        "404 /about/",
    ] {
        assert!(found.contains(&path.to_owned()), "{at}: {path} does not show it: {found:#?}");
    }
    site.get(&format!("/{slug}/")).is(308).has("location", &format!("/bulletins/{slug}/"));
    let picture = format!("/static/{slug}.");
    let copies = below(&site, &picture).into_iter().filter(|path| path.contains("-480."));
    assert!(copies.count() > 0, "{at}: {:#?}", below(&site, &picture));
}

/// Fails unless the earlier text of a day, its comparison with the later one, and each comparison
/// on request have the mark.
#[track_caller]
fn has_versions(folder: &Folder, bulletin: &str, day: &str, at: &str) {
    let found = leaks(&folder.at(at));
    let list = format!("/bulletins/{bulletin}/versions/");
    for path in [
        format!("{list}{day}/"),
        format!("{list}{day}/changes/"),
        format!("{list}compare/?from={day}&to=present"),
        format!("{list}compare/?from=present&to={day}"),
    ] {
        assert!(found.contains(&path), "{at}: {path} does not show it: {found:#?}");
    }
}

/// The paths below one that answer with something else than 410.
fn below(site: &Site, start: &str) -> Vec<String> {
    let paths = site.paths().into_iter().filter(|path| path.starts_with(start));
    paths.filter(|path| site.get(path).status != 410).collect()
}

#[test]
fn draft_leaves_no_trace() {
    let folder = with_marked(neighbours(), MARK, "published: 2022-05-05\ndraft: true");
    for at in ["2022-05-04T15:59:59Z", "2022-05-04T16:00:00Z", TODAY] {
        leaves_no_trace(&folder, at);
    }
}

#[test]
fn scheduled_bulletin_leaves_no_trace_before_publication() {
    let folder = with_marked(neighbours(), MARK, "published: 2030-01-01T09:00:00");
    leaves_no_trace(&folder, "2030-01-01T00:59:59Z");
    let before = folder.at("2030-01-01T00:59:59Z");
    assert_eq!(before.edition().valid_until(), Some(instant("2030-01-01T01:00:00Z")));
    for at in ["2030-01-01T01:00:00Z", "2030-01-01T01:00:01Z"] {
        is_everywhere(&folder, MARK, at);
        assert!(leaks(&folder.at(at)).contains(&"/sitemap.xml".to_owned()));
    }
    has_versions(&folder, MARK, "2030-01-01", "2030-01-02T01:00:00Z");
    assert_eq!(folder.at("2032-01-01T00:00:00Z").edition().valid_until(), None);
}

#[test]
fn former_bulletin_leaves_only_its_address() {
    // Its addresses and the feeds that it was in name it, so that its slug has no mark.
    let removed = "gone: { on: 2023-07-01 09:00, reason: It named a person. }";
    for end in ["expires: 2023-07-01 09:00", removed] {
        let facts = format!("published: 2022-05-05\n{end}");
        let folder = with_marked(neighbours(), "lake", &facts);
        is_everywhere(&folder, "lake", "2023-07-01T00:59:59Z");
        has_versions(&folder, "lake", "2022-05-05", "2023-07-01T00:59:59Z");
        for at in ["2023-07-01T01:00:00Z", "2023-07-01T01:00:01Z", TODAY] {
            let site = folder.at(at);
            assert_eq!(leaks(&site), Vec::<String>::new(), "{end} {at}");
            for path in ["/bulletins/lake/", "/bulletins/lake/index.json", "/zh/bulletins/lake/"] {
                site.get(path).is(410);
            }
            site.get("/bulletins/lake/lake.pdf").is(410);
            for start in ["/bulletins/lake/", "/zh/bulletins/lake/", "/static/lake."] {
                assert_eq!(below(&site, start), Vec::<String>::new());
            }
            site.get("/lake/").is(308).has("location", "/bulletins/lake/");
            has_tombstones(&site);
        }
    }
}

/// Fails unless each feed that had the bulletin says that it went, and no other one does.
fn has_tombstones(site: &Site) {
    let feeds = site.paths().into_iter().filter(|path| path.ends_with("feed.xml"));
    let with: Vec<String> =
        feeds.filter(|path| site.get(path).text().contains("<at:deleted-entry")).collect();
    let expected = [
        "/bodies/water-office/feed.xml",
        "/feed.xml",
        "/goals/water/clean-water/feed.xml",
        "/goals/water/feed.xml",
        "/goals/water/lake-goal/feed.xml",
        "/topics/water/feed.xml",
        "/zh/bodies/water-office/feed.xml",
        "/zh/feed.xml",
        "/zh/goals/water/feed.xml",
        "/zh/goals/water/lake-goal/feed.xml",
        "/zh/topics/water/feed.xml",
    ];
    assert_eq!(with, expected);
    for path in with {
        let address =
            if path.starts_with("/zh/") { "/zh/bulletins/lake/" } else { "/bulletins/lake/" };
        let feed = site.get(&path).text().to_owned();
        let tombstone = feed.split("<at:deleted-entry").nth(1).expect("a tombstone");
        let id = format!("ref=\"https://lakeside.example{address}\"");
        assert!(tombstone.contains(&id), "{path}: {feed}");
        assert!(tombstone.contains("when=\"2023-07-01T09:00:00+08:00\""), "{path}: {feed}");
        assert!(feed.contains("<updated>2023-07-01T09:00:00+08:00</updated>"), "{path}: {feed}");
    }
}

#[test]
fn former_bulletin_leaves_no_tombstone_elsewhere() {
    let site = with_marked(neighbours(), "lake", "published: 2022-05-05\nexpires: 2023-07-01")
        .with("bodies/other.md", "---\ntitle: Other Office\n---\n")
        .with("goals/roads/_index.md", "---\ntitle: Roads\n---\n")
        .with("goals/roads/paved.md", "---\ntitle: Paved\nkind: direction\n---\n")
        .today();
    for path in ["/bodies/other/feed.xml", "/goals/roads/feed.xml", "/goals/roads/paved/feed.xml"] {
        let feed = site.get(path).text().to_owned();
        assert!(!feed.contains("deleted-entry") && !feed.contains("tombstones"), "{feed}");
    }
}
