//! Publication by time: every byte of the site at chosen instants.

mod canary;
mod states;

use canary::{MARK, everything, leaks, neighbours, with_marked};

use crate::harness::{Folder, SITE, Site, TODAY, instant};

#[test]
fn unpublished_pages_and_aliases_return_404() {
    let site = with_marked(neighbours(), MARK, "published: 2022-05-05\ndraft: true").today();
    assert_eq!(site.edition().valid_until(), None);
    site.get(&format!("/bulletins/{MARK}/")).is(404);
    site.get(&format!("/{MARK}/")).is(404);
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
    let folder =
        with_marked(neighbours(), MARK, "published: 2030-01-01").with("site.toml", featured);
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
    let folder = with_marked(neighbours(), MARK, "published: 2030-01-01").bulletin(
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
