//! Sites in one, two and three languages, with and without content.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gazette::language::builtin_messages;

use crate::harness::{Folder, SITE, Site, repository};

#[test]
fn untranslated_bulletin_is_listed_with_its_original() {
    let site = Folder::city()
        .bulletin("lake", "published: 2022-05-05\nsets: [wells]", "Text.")
        .goal("wells", "kind: direction")
        .today();
    site.get("/zh/bulletins/lake/").is(404);
    for path in ["/zh/", "/zh/bulletins/", "/zh/bulletins/2022/", "/zh/goals/water/"] {
        let page = site.page(path);
        let link = page.one(".rows a[href='/bulletins/lake/']").value();
        assert_eq!((link.attr("lang"), link.attr("hreflang")), (Some("en"), Some("en")), "{path}");
        assert!(
            page.all(".rows p[lang=en]").len() == 1,
            "{path}: the summary's language is not said"
        );
    }
    let goal = site.page("/zh/goals/");
    assert_eq!(goal.attribute("a[href='/goals/water/wells/']", "lang"), "en");
    let page = site.page("/bulletins/lake/");
    assert_eq!(page.all("link[hreflang]").len(), 0);
    // The language switch leads home, as the other language has no such page.
    assert_eq!(page.attribute("header nav a[hreflang=zh]", "href"), "/zh/");
    let feed =
        atom_syndication::Feed::read_from(site.get("/zh/feed.xml").text().as_bytes()).unwrap();
    assert_eq!(feed.entries[0].links[0].hreflang.as_deref(), Some("en"));
    assert_eq!(site.get("/zh/feed.json").json()["items"][0]["language"], "en");
}

/// Asserts that every page of a site has one `<h1>`, unique ids, and links that resolve.
pub(super) fn is_sound(site: &Site) {
    let paths = site.html_paths();
    assert!(!paths.is_empty());
    for path in &paths {
        let page = site.page(path);
        assert_eq!(page.all("h1").len(), 1, "{path}");
        let mut ids = page.attributes("[id]", "id");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}: an id stands twice");
        for href in
            page.attributes("[href], [src]", "href").iter().chain(&page.attributes("[src]", "src"))
        {
            let inside = href.strip_prefix("https://lakeside.example").unwrap_or(href);
            let (target, fragment) =
                inside.split_once('#').map_or((inside, None), |(path, id)| (path, Some(id)));
            if let Some(fragment) = fragment {
                let target = if target.is_empty() { path } else { target };
                assert!(
                    site.page(target).attributes("[id]", "id").contains(&fragment.to_owned()),
                    "{path}: {href}"
                );
            } else if target.starts_with('/') {
                site.get(target).is(200);
            }
        }
    }
}

#[test]
fn empty_site_compiles() {
    let site = Folder::default().with("site.toml", SITE).today();
    is_sound(&site);
    for path in [
        "/",
        "/zh/",
        "/goals/",
        "/zh/goals/",
        "/feed.xml",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
    ] {
        site.get(path).is(200);
    }
    assert_eq!(site.page("/").text("h1"), "Lakeside");
    assert!(!site.page("/zh/").text(".empty").is_empty());
    let feed = atom_syndication::Feed::read_from(site.get("/feed.xml").text().as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 0);
    let summary = site.edition().summary();
    assert_eq!((summary.bulletins, summary.goals, summary.languages), (0, 0, 2));
}

#[test]
fn empty_section_says_so_in_each_language() {
    let site = Folder::city().today();
    is_sound(&site);
    assert_eq!(site.page("/bulletins/").text(".empty"), "There are no bulletins here yet.");
    assert_eq!(site.page("/bulletins/").all("nav.years, nav.pages").len(), 0);
    assert!(!site.page("/zh/bulletins/").text(".empty").is_ascii());
}

#[test]
fn one_language_site_shows_no_other() {
    let toml = "name = \"Lakeside\"\nbase_url = \"https://lakeside.example/\"\n\
        time_zone = \"UTC\"\nlanguages = [\"zh\"]\n";
    let site = Folder::default()
        .with("site.toml", toml)
        .with("bulletins/_index.md", "---\ntitle: 公报\n---\n")
        .bulletin("lake", "published: 2022-05-05", "湖水清澈。")
        .today();
    is_sound(&site);
    for path in site.html_paths() {
        let page = site.page(&path);
        assert_eq!(page.attribute("html", "lang"), "zh");
        assert_eq!(page.all("[hreflang]").len(), 0, "{path}");
    }
    assert!(!site.get("/sitemap.xml").text().contains("hreflang"));
    site.get("/zh/").is(404).has("content-language", "zh");
    site.get("/en/").is(404);
}

/// A third language's locale file, with English texts.
fn third_language() -> String {
    builtin_messages("en")
        .unwrap()
        .replace("language-name = English", "language-name = Русский")
        .replace("home = Home", "home = Главная")
}

#[test]
fn locale_file_adds_a_language() {
    let toml = SITE.replace(r#"["en", "zh"]"#, r#"["en", "ru"]"#).replace("zh =", "ru =");
    let folder = Folder::default()
        .with("site.toml", toml)
        .with("bulletins/_index.md", "---\ntitle: Bulletins\n---\n")
        .bulletin("lake", "published: 2022-05-05", "The lake.")
        .with(
            "bulletins/lake.ru.md",
            "---\ntitle: Озеро\nsummary: Об озере.\n---\nОзеро чистое.\n",
        );
    let site = folder.clone().with("i18n/ru.ftl", third_language()).today();
    is_sound(&site);
    let page = site.page("/ru/bulletins/lake/");
    assert_eq!(page.attribute("html", "lang"), "ru");
    assert_eq!(page.texts(".crumb li")[0], "Главная");
    assert!(page.text(".facts").contains("5 мая 2022"), "{}", page.text(".facts"));
    assert_eq!(site.page("/").text("header nav a[hreflang=ru]"), "Русский");
    site.get("/ru/nothing/").is(404).has("content-language", "ru");

    let lacking =
        third_language().replace("related = Related bulletins", "").replace("newer = Newer", "");
    let site = folder.clone().with("i18n/ru.ftl", lacking).today();
    assert_eq!(site.page("/ru/bulletins/lake/").texts(".crumb li")[0], "Главная");
    // Messages without a translation are in English; the name of the language is its own.
    let site = folder.today();
    assert_eq!(site.page("/ru/bulletins/lake/").texts(".crumb li")[0], "Home");
    assert_eq!(site.page("/").text("header nav a[hreflang=ru]"), "Русский");
}

#[test]
fn every_message_is_used_on_some_page() {
    let mut source = String::new();
    for folder in ["src", "templates"] {
        for entry in files_in(&repository().join(folder)) {
            source += &std::fs::read_to_string(entry).unwrap();
            source.push('\n');
        }
    }
    let used: BTreeSet<&str> =
        source.split('.').filter_map(|rest| rest.split_once('(')).map(|(name, _)| name).collect();
    let unused: Vec<&str> = builtin_messages("en")
        .unwrap()
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter(|key| !used.contains(key.replace('-', "_").as_str()))
        .collect();
    assert_eq!(unused, [""; 0]);
}

/// The files in a folder and its folders.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn locale_file_overrides_a_message() {
    let site = Folder::city()
        .with("i18n/en.ftl", "home = Start\n")
        .bulletin("lake", "published: 2022-05-05", "")
        .today();
    assert_eq!(site.page("/bulletins/lake/").texts(".crumb li")[0], "Start");
    assert_eq!(site.page("/bulletins/").texts(".crumb li")[0], "Start");
}

#[test]
fn links_lead_to_page_in_readers_language() {
    let site = Folder::city()
        .bulletin("lake", "published: \
            2022-05-05", "See [wells](wells.md) and [about](../about.md).")
        .with(
            "bulletins/lake.zh.md",
            "---\ntitle: 湖\nsummary: 湖。\n---\n见[水井](wells.md)、[关于](../about.md)和[首页](/)。\n",
        )
        .bulletin("wells", "published: 2022-05-06", "Wells.")
        .with("bulletins/wells.zh.md", "---\ntitle: 水井\nsummary: 水井。\n---\n水井。\n")
        .with("about.md", "---\ntitle: About\n---\nAbout.\n")
        .today();
    is_sound(&site);
    let links = |path: &str| site.page(path).attributes(".prose a", "href");
    assert_eq!(links("/bulletins/lake/"), ["/bulletins/wells/", "/about/"]);
    assert_eq!(links("/zh/bulletins/lake/"), ["/zh/bulletins/wells/", "/about/", "/"]);
}
