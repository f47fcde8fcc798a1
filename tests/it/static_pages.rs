//! Static pages below folders: their order, their drafts, and what tells them from bulletins.

use crate::harness::Folder;

fn page(title: &str, keys: &str) -> String {
    format!("---\ntitle: {title}\nsummary: About {title}.\n{keys}---\nThe {title} stands here.\n")
}

fn city() -> Folder {
    Folder::city()
        .with("departments/_index.md", "---\ntitle: Departments\n---\n")
        .with("departments/water.md", page("Water", "order: 2\n"))
        .with("departments/housing.md", page("Housing", "order: 1\n"))
        .with("departments/secret.md", page("Secret", "draft: true\n"))
        .with("departments/housing/repairs.md", page("Repairs", ""))
}

#[test]
fn folder_lists_its_static_pages_in_order() {
    let site = city().today();
    assert_eq!(
        site.page("/departments/").attributes(".rows h2 a", "href"),
        ["/departments/housing/", "/departments/water/", "/departments/housing/repairs/"]
    );
    let housing = site.page("/departments/housing/");
    assert_eq!(housing.text("h1"), "Housing");
    assert!(housing.attributes(".crumb a", "href").contains(&"/departments/".to_owned()));
    let footer = site.page("/").attributes("footer a", "href");
    assert!(!footer.iter().any(|href| href.contains("housing")), "{footer:?}");
}

#[test]
fn draft_of_a_static_page_is_nowhere() {
    let folder = city();
    assert_eq!(folder.problems(), Vec::<String>::new());
    let site = folder.today();
    site.get("/departments/secret/").is(404);
    for path in site.paths() {
        let text = site.get(&path).text().to_owned();
        assert!(!text.contains("Secret") && !text.contains("departments/secret"), "{path}");
    }
    assert!(!site.get("/search/index.json?q=Secret").text().contains("departments/secret"));
}

#[test]
fn undated_file_beside_bulletins_lacks_its_date() {
    let undated = page("Undated", "");
    let problems = Folder::city()
        .bulletin("dated", "published: 2022-05-05", "Text.")
        .with("bulletins/undated.md", undated)
        .problems();
    assert!(problems.iter().any(|problem| problem.contains("missing-key")), "{problems:?}");
}

#[test]
fn folder_of_static_pages_needs_its_own_page() {
    let problems = Folder::city().with("offices/hall.md", page("Hall", "")).problems();
    assert!(problems.iter().any(|problem| problem.contains("unknown-section")), "{problems:?}");
}
