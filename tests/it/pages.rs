//! Lists, languages and prose on small sites.

use gazette::language::builtin_messages;
use gazette::pages::PER_PAGE;

use crate::harness::{Folder, Page, SITE, Site};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";

/// A city with a number of bulletins, one a day, the first on 20 December 2022.
fn with_bulletins(count: i64) -> Folder {
    let first: jiff::civil::Date = "2022-12-20".parse().unwrap();
    (0..count).fold(Folder::city(), |folder, number| {
        let date = first.checked_add(jiff::Span::new().days(number)).unwrap();
        folder.bulletin(&format!("number-{number:02}"), &format!("published: {date}"), "Text.")
    })
}

/// The bulletins of a list, in order.
fn listed(page: &Page) -> Vec<String> {
    page.attributes("main .rows h2 a", "href")
}

#[test]
fn section_lists_twenty_bulletins_a_page() {
    assert_eq!(PER_PAGE, 20);
    for (count, pages) in [(0, 1), (1, 1), (20, 1), (21, 2), (45, 3)] {
        let site = with_bulletins(count).today();
        let mut all = Vec::new();
        for page in 1..=pages {
            let path = if page == 1 {
                "/bulletins/".to_owned()
            } else {
                format!("/bulletins/page/{page}/")
            };
            let html = site.page(&path);
            let shown = listed(&html);
            assert!(shown.len() <= PER_PAGE, "{path}");
            all.extend(shown);
            let rel = |rel: &str| {
                html.attributes(&format!("nav.pages a[rel={rel}]"), "href").into_iter().next()
            };
            let place = |page: usize| {
                if page == 1 {
                    "/bulletins/".to_owned()
                } else {
                    format!("/bulletins/page/{page}/")
                }
            };
            assert_eq!(rel("prev"), (page > 1).then(|| place(page - 1)), "{path}");
            assert_eq!(rel("next"), (page < pages).then(|| place(page + 1)), "{path}");
            assert_eq!(
                html.all("nav.pages [aria-current=page]").len(),
                usize::from(pages > 1),
                "{path}"
            );
            let data = site.get(&format!("{path}index.json")).json();
            assert_eq!(
                (data["page"].as_u64(), data["pages"].as_u64()),
                (Some(page as u64), Some(pages as u64))
            );
            assert_eq!(data["total"].as_u64(), u64::try_from(count).ok());
            if page > 1 {
                assert!(
                    html.text("title").contains(&format!("page {page} of {pages}")),
                    "{}",
                    html.text("title")
                );
                assert_eq!(
                    html.attribute("link[rel=canonical]", "href"),
                    format!("https://lakeside.example{path}")
                );
            }
        }
        let expected: Vec<String> =
            (0..count).rev().map(|number| format!("/bulletins/number-{number:02}/")).collect();
        assert_eq!(all, expected);
        site.get(&format!("/bulletins/page/{}/", pages + 1)).is(404);
        site.get("/bulletins/page/0/").is(404);
        site.get("/bulletins/page/1/").is(308).has("location", "/bulletins/");
        site.get("/bulletins/page/1").is(308).has("location", "/bulletins/");
        site.get("/zh/bulletins/page/1/").is(308).has("location", "/zh/bulletins/");
    }
}

#[test]
fn section_years_have_their_own_lists() {
    // Twelve in 2022, thirty-three in 2023.
    let site = with_bulletins(45).today();
    let front = site.page("/bulletins/");
    assert_eq!(
        front.attributes("nav.years a", "href"),
        ["/bulletins/", "/bulletins/2023/", "/bulletins/2022/"]
    );
    assert_eq!(listed(&site.page("/bulletins/2022/")).len(), 12);
    assert_eq!(listed(&site.page("/bulletins/2023/")).len(), 20);
    assert_eq!(listed(&site.page("/bulletins/2023/page/2/")).len(), 13);
    site.get("/bulletins/2023/page/1/").is(308).has("location", "/bulletins/2023/");
    site.get("/bulletins/2021/").is(404);
    let year = site.page("/bulletins/2022/");
    assert_eq!(year.text("nav.years [aria-current=page]"), "2022");
    assert_eq!(year.texts(".crumb li"), ["Home", "Bulletins", "Bulletins, 2022"]);
    assert_eq!(
        site.page("/bulletins/2023/page/2/").texts(".crumb a"),
        ["Home", "Bulletins", "Bulletins, 2023"]
    );
    // A bulletin belongs to the year in the site's zone.
    let edge = Folder::city().bulletin("edge", "published: 2022-12-31T16:30:00Z", "").today();
    edge.get("/bulletins/2023/").is(200);
    edge.get("/bulletins/2022/").is(404);
}

#[test]
fn feeds_have_the_newest_twenty() {
    let site = with_bulletins(45).today();
    let feed = atom_syndication::Feed::read_from(site.get("/feed.xml").text().as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 20);
    assert_eq!(feed.entries[0].title.value, "About number-44");
    assert_eq!(site.get("/feed.json").json()["items"].as_array().map(Vec::len), Some(20));
    let sitemap = site.get("/sitemap.xml").text().to_owned();
    for number in 0..45 {
        assert!(sitemap.contains(&format!("/bulletins/number-{number:02}/</loc>")), "{number}");
    }
}

#[test]
fn bulletin_neighbours_link_first_to_last() {
    let site = with_bulletins(5).today();
    let mut path = "/bulletins/number-00/".to_owned();
    let mut way = vec![path.clone()];
    while let Some(next) =
        site.page(&path).attributes("nav.turn a[rel=next]", "href").into_iter().next()
    {
        assert_eq!(site.page(&next).attributes("nav.turn a[rel=prev]", "href"), [path]);
        way.push(next.clone());
        path = next;
    }
    assert_eq!(way.len(), 5);
}

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
fn is_sound(site: &Site) {
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
    let problems = folder.clone().with("i18n/ru.ftl", lacking).problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0]
            .contains("the language `ru` lacks 2 of the interface's messages: `newer`, `related`")
            || problems[0].contains("`related`, `newer`"),
        "{problems:?}"
    );
    let problems = folder.problems();
    assert!(
        problems.len() == 1 && problems[0].contains("translation/missing-message"),
        "{problems:?}"
    );
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
fn long_and_symbol_titles_are_shown_unchanged() {
    let long = "Wasserversorgungsgenossenschaftsverordnung ".repeat(4);
    let signs = r#"<b>"Tom" & 'Jerry'</b> </script> {{ x }}"#;
    let site = Folder::city()
        .with(
            "bulletins/long.md",
            format!("---\ntitle: {}\nsummary: Long.\npublished: 2022-05-05\n---\n", long.trim()),
        )
        .with(
            "bulletins/signs.md",
            format!(
                "---\ntitle: '{}'\nsummary: '{0}'\npublished: 2022-05-06\n---\n",
                signs.replace('\'', "''")
            ),
        )
        .today();
    is_sound(&site);
    assert_eq!(site.page("/bulletins/long/").text("h1"), long.trim());
    for path in ["/bulletins/signs/", "/bulletins/long/", "/", "/bulletins/"] {
        let page = site.page(path);
        assert_eq!(page.all("b, .rows script").len(), 0, "{path}");
        assert!(page.text("main").contains(signs), "{path}: {}", page.text("main"));
        assert!(!page.graph().is_empty());
    }
    assert_eq!(site.page("/bulletins/signs/").graph()[0]["headline"], signs);
    let feed = atom_syndication::Feed::read_from(site.get("/feed.xml").text().as_bytes()).unwrap();
    assert_eq!(feed.entries[0].title.value, signs);
}

#[test]
fn files_beside_bulletin_are_published_with_it() {
    let body = "![Ducks on the lake](photo.png \"In spring\")\n\n\
        Inline ![ice](ice.svg) and [the plan](the plan.pdf), [the plan](<the plan.pdf>).\n";
    let site = Folder::city()
        .bulletin("lake/index", "published: 2022-05-05", body)
        .with("bulletins/lake/photo.png", PNG)
        .with(
            "bulletins/lake/ice.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"/>",
        )
        .with("bulletins/lake/the plan.pdf", "%PDF-1.4 plan")
        .with("bulletins/lake/unused.pdf", "%PDF-1.4 unused")
        .today();
    is_sound(&site);
    let page = site.page("/bulletins/lake/");
    let photo = page.one("figure img").value();
    assert_eq!(
        (photo.attr("width"), photo.attr("height"), photo.attr("alt")),
        (Some("640"), Some("480"), Some("Ducks on the lake"))
    );
    assert_eq!(page.text("figcaption"), "In spring");
    let source = photo.attr("src").unwrap();
    assert!(source.starts_with("/static/photo.") && source.split('.').count() == 3, "{source}");
    let reply = site.get(source);
    reply
        .is(200)
        .has("content-type", "image/png")
        .has("cache-control", "public, max-age=31536000, immutable");
    assert_eq!(reply.body, PNG);
    let ice = page.attribute("p img", "src");
    site.get(&ice).is(200).has("content-type", "image/svg+xml");
    let plan = page.attributes(".prose a", "href");
    assert_eq!(plan, ["/bulletins/lake/the%20plan.pdf"]);
    let plan = site.get(&plan[0]);
    plan.is(200)
        .has("content-type", "application/pdf")
        .has("cache-control", "public, max-age=60, stale-while-revalidate=600");
    site.get("/bulletins/lake/unused.pdf").is(404);
    // Feeds have absolute addresses of files.
    let feed =
        site.get("/feed.json").json()["items"][0]["content_html"].as_str().unwrap().to_owned();
    assert!(feed.contains(&format!("src=\"https://lakeside.example{source}\"")), "{feed}");
    // The name changes with the bytes.
    let other = Folder::city()
        .bulletin("lake/index", "published: 2022-05-05", "![x](photo.png)")
        .with("bulletins/lake/photo.png", [PNG, b"x"].concat())
        .today();
    assert_ne!(other.page("/bulletins/lake/").attribute("figure img", "src"), source);
}

/// The prose of a Chinese page with a body.
fn chinese(body: &str) -> Page {
    Folder::city()
        .bulletin("lake", "published: 2022-05-05", "Text.")
        .with("bulletins/lake.zh.md", format!("---\ntitle: 湖\nsummary: 湖。\n---\n{body}"))
        .today()
        .page("/zh/bulletins/lake/")
}

#[test]
fn line_break_between_han_prints_nothing() {
    let page = chinese(
        "今年全市将\n新建水井，\n共十二口。\nThe wells\nare deep\n水深。\n\n行末**加粗**\n接着\n[链接](lake.md)\n结束\n",
    );
    let paragraphs: Vec<String> =
        page.all(".prose p").iter().map(|one| one.text().collect()).collect();
    assert_eq!(paragraphs[0], "今年全市将新建水井，共十二口。\nThe wells\nare deep\n水深。");
    assert_eq!(paragraphs[1], "行末加粗接着链接结束");
}

#[test]
fn chinese_headings_have_linkable_ids() {
    let page = chinese(
        "## 水井 位置\n\n## 水井 位置\n\n### 费用（2022）\n\n## Main\n\n## 自己的 {#own-id}\n\n\
         见[位置](#水井-位置)、[另一处](#水井-位置-2)、[费用](lake.md#费用-2022)、[自](#own-id)。\n",
    );
    assert_eq!(
        page.attributes(".prose h2, .prose h3", "id"),
        ["水井-位置", "水井-位置-2", "费用-2022", "main-2", "own-id"]
    );
    assert_eq!(
        page.attributes(".prose a", "href"),
        ["#水井-位置", "#水井-位置-2", "/zh/bulletins/lake/#费用-2022", "#own-id"]
    );
    assert_eq!(
        page.attributes("nav.toc a", "href"),
        ["#水井-位置", "#水井-位置-2", "#main-2", "#own-id"]
    );
    assert_eq!(page.texts("nav.toc a")[3], "自己的");
}

#[test]
fn alerts_and_tasks_follow_page_language() {
    let body = "> [!WARNING]\n> 冰面危险。\n\n水井[^甲]和湖[^乙]，再看[^甲]。\n\n[^乙]: 湖的说明。\n[^甲]: 水井的说明。\n\n\
        - [x] 已完成\n- [ ] 未完成\n";
    let page = chinese(body);
    assert_eq!(page.text(".alert.warning .kind"), "注意");
    assert_eq!(page.text(".alert.warning p:not(.kind)"), "冰面危险。");
    // Footnotes are numbered in the order of their references.
    let notes = page.texts("section.notes li");
    assert!(
        notes[0].starts_with("水井的说明。") && notes[1].starts_with("湖的说明。"),
        "{notes:?}"
    );
    assert_eq!(page.attributes("sup.ref a", "href"), ["#footnote-1", "#footnote-2", "#footnote-1"]);
    assert_eq!(
        page.attributes("section.notes li > a, section.notes li p + a", "href"),
        ["#footnote-mark-1", "#footnote-mark-2"]
    );
    for id in ["footnote-1", "footnote-2", "footnote-mark-1", "footnote-mark-2"] {
        assert_eq!(page.all(&format!("[id='{id}']")).len(), 1, "{id}");
    }
    let boxes = page.attributes("li input[type=checkbox][disabled]", "aria-label");
    assert!(boxes.len() == 2 && boxes.iter().all(|label| !label.is_ascii()), "{boxes:?}");
    assert_eq!(page.all("input[checked]").len(), 1);
}

#[test]
fn tables_have_scopes_and_scroll_by_keyboard() {
    let page = chinese(
        "| 项目 | 数量 |\n|---|--:|\n| 水井 | 12 |\n| 水泵 | 3 |\n\n水井\n: 取水的井。\n\n\
         ~~旧~~ `a < b` 两\\*\\*星\n\n1. 一\n2. 二\n\n```sh\nls <dir>\n```\n",
    );
    assert_eq!(page.attributes("th", "scope"), ["col", "col"]);
    assert_eq!(page.attributes("td[class], th[class]", "class"), ["right", "right", "right"]);
    let region = page.one(".scroll").value();
    assert_eq!((region.attr("role"), region.attr("tabindex")), (Some("region"), Some("0")));
    assert!(region.attr("aria-label").is_some_and(|label| !label.is_ascii()));
    assert_eq!(
        (page.text(".prose dt"), page.text(".prose dd")),
        ("水井".to_owned(), "取水的井。".to_owned())
    );
    assert_eq!(page.text("del"), "旧");
    assert_eq!(page.text("p code"), "a < b");
    assert!(page.text(".prose").contains("两**星"));
    assert_eq!(page.all("ol > li").len() - page.all("nav ol > li").len(), 2);
    assert_eq!(page.text("pre[tabindex='0'] code.language-sh"), "ls <dir>");
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

#[test]
fn aliases_redirect_in_one_step() {
    let site = Folder::city()
        .bulletin("lake", "published: 2022-05-05\naliases: [/old, /news/2022/lake.html]", "")
        .with("about.md", "---\ntitle: About\naliases: [/who/]\n---\n")
        .today();
    for (old, new) in [
        ("/old/", "/bulletins/lake/"),
        ("/old", "/bulletins/lake/"),
        ("/news/2022/lake.html", "/bulletins/lake/"),
        ("/who/", "/about/"),
    ] {
        site.get(old).is(308).has("location", new);
    }
    site.get("/old/?a=b").is(308).has("location", "/bulletins/lake/?a=b");
}

#[test]
fn front_matter_styles_mean_the_same() {
    let plain = Folder::city()
        .bulletin("lake", "published: 2022-05-05\ncategories: [water]", "Text.")
        .today();
    let written = "\u{feff}---\r\n# a comment\r\npublished: \"2022-05-05\"\r\nsets: []\r\n\
        byline: \"\"\r\nexpires:\r\nsource: ~\r\ncategories: water\r\n\
        summary: 'What is said about lake.'\r\n\"title\": About lake\r\n---\r\nText.";
    let other = Folder::city().with("bulletins/lake.md", written).today();
    assert_eq!(plain.edition().id(), other.edition().id());
}
