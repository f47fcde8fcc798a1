//! Publication by time: every byte of the site at chosen instants.

mod states;

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
