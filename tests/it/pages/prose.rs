//! Titles, bodies, files and addresses of single pages.

use super::languages::is_sound;
use crate::harness::{Folder, Page};

const PNG: &[u8] = include_bytes!("../../fixtures/pictures/2-by-3.png");

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
        Inline ![ice](ice.svg) and [the plan](the%20plan.pdf), [the plan](<the plan.pdf>).\n";
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
        (Some("2"), Some("3"), Some("Ducks on the lake"))
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
    assert_eq!(plan, ["/bulletins/lake/the%20plan.pdf"; 2]);
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
        .with("bulletins/lake/photo.png", crate::pictures::QUARTERS)
        .today();
    assert_ne!(other.page("/bulletins/lake/").attribute("figure img", "src"), source);
}

#[test]
fn tables_have_captions_and_row_heads() {
    let body = "Table: Fees of *heating*\n\n| Day | Fee |\n| --- | --- |\n| **May** | 5 |\n\n\
        | Day | Fee |\n| --- | --- |\n| **May** 1 | 5 |\n\nTable: Fees of water\n\n\
        Table 3 has the rest.\n\n表4 水费\n\n| a |\n| --- |\n| 1 |\n";
    let page = Folder::city().bulletin("fees", "published: 2022-05-05", body).today();
    let page = page.page("/bulletins/fees/");
    assert_eq!(page.texts("caption"), ["Fees of heating", "Fees of water", "表4 水费"]);
    assert_eq!(page.texts("th[scope=row]"), ["May"]);
    assert_eq!(page.texts(".prose > p"), ["Table 3 has the rest."]);
}

#[test]
fn key_figures_contacts_and_steps_are_blocks() {
    let body = "> **12,400**\n>\n> new *jobs*\n>\n> Source: [wells](wells.md)\n\n\
                > **Office**\n>\n> - Telephone: 0451 123-45\n> - Room: 3\n\n\
                3. **Apply.** Now.\n4. **Wait.**\n\n\
                <details>\n<summary>Who & when?</summary>\n\nAll *of* you.\n\n</details>\n";
    let site = Folder::city()
        .bulletin("lake", "published: 2022-05-05", &body.replace('&', "and"))
        .bulletin("wells", "published: 2022-05-05", "> A quotation.")
        .today();
    let page = site.page("/bulletins/lake/");
    assert_eq!(page.text(".key .figure strong"), "12,400");
    assert_eq!(page.texts(".key figcaption p"), ["new jobs", "Source: wells"]);
    assert_eq!(page.text(".contact p"), "Office");
    assert_eq!(page.attributes(".contact li a", "href"), ["tel:045112345"]);
    assert_eq!(page.attribute("ol.steps", "start"), "3");
    assert_eq!(page.text("details summary"), "Who and when?");
    assert_eq!(page.text("details p"), "All of you.");
    let styles = page.attributes("link[rel=stylesheet]", "href");
    assert_eq!(styles.len(), 2, "{styles:?}");
    site.get(&styles[1]).is(200);
    // Other pages do not load the style of these blocks, and feeds have none.
    let plain = site.page("/bulletins/wells/").attributes("link[rel=stylesheet]", "href");
    assert_eq!(plain, styles[..1]);
    assert!(!site.get("/feed.xml").text().contains("stylesheet"));
}

#[test]
fn title_link_shows_current_title() {
    let body = "See [@plan](plan.md), [@draft](draft.md) and [@city](https://city.example/) \
                or [@gone](gone.md).";
    let folder = |title: &str| {
        let front = format!("---\ntitle: {title}\nsummary: A plan.\npublished: 2022-05-05\n");
        Folder::city()
            .bulletin("lake", "published: 2022-05-05", body)
            .with("bulletins/plan.md", format!("{front}---\n"))
            .with("bulletins/draft.md", format!("{front}draft: true\n---\n"))
            .with("bulletins/gone.md", format!("{front}expires: 2022-06-05\n---\n"))
    };
    let site = folder("The plan of May").today();
    let page = site.page("/bulletins/lake/");
    assert_eq!(page.text(".prose p"), "See The plan of May, draft and @city or gone.");
    assert_eq!(page.texts(".prose a"), ["The plan of May", "@city", "gone"]);
    let item = &site.get("/feed.json").json()["items"];
    assert!(item.to_string().contains(">The plan of May</a>"), "{item}");
}

#[test]
fn figures_of_prose_stay_with_their_units() {
    let body = "A **plant** of 7.0 MW for [$3 billion](wells.md), built by 24,000 workers.\n";
    let site = Folder::city()
        .bulletin("lake", "published: 2022-05-05", body)
        .bulletin("wells", "published: 2022-05-05", "Wells.")
        .today();
    let page = site.page("/bulletins/lake/");
    assert_eq!(page.texts(".prose .whole"), ["7.0 MW", "3 billion"]);
    assert_eq!(
        page.text(".prose p"),
        body.replace("**", "").replace('[', "").replace("](wells.md)", "").trim()
    );
    assert_eq!(chinese("新增岗位1.83万个。").texts(".prose .whole"), ["1.83万个"]);
    assert!(!site.get("/feed.xml").text().contains("whole"));
}

#[test]
fn figures_of_titles_stay_with_their_units() {
    let title = "Wells of 12.5 MW for $3 billion";
    let front = format!("title: {title}\nsummary: Each has 2 km² & more.\npublished: 2022-05-05");
    let site = Folder::city().with("bulletins/wells.md", format!("---\n{front}\n---\n")).today();
    let page = site.page("/bulletins/wells/");
    assert_eq!(page.texts("h1 .whole"), ["12.5 MW", "3 billion"]);
    assert_eq!(page.text("h1"), title);
    assert_eq!(page.texts(".lead .whole"), ["2 km²"]);
    assert_eq!(page.text(".lead"), "Each has 2 km² & more.");
    let list = site.page("/bulletins/");
    assert_eq!(list.texts(".rows .whole"), ["12.5 MW", "3 billion", "2 km²"]);
    // Not in the head, nor in feeds, which have no style sheet.
    assert!(!page.text("title").contains("whole"));
    assert!(!site.get("/feed.xml").text().contains("whole"));
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
    assert_eq!(page.texts("sup.ref a"), ["[1]", "[2]", "[1]"]);
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
    let classes = page.attributes("td[class], th[class]", "class");
    assert_eq!(classes, ["right", "word", "right", "word", "right"]);
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
fn short_chinese_cells_are_marked_as_words() {
    let page = chinese(
        "| 地区 | 说明 |\n|---|---|\n| 九区城市 | 对所有居民都适用的标准 |\n\
         | **水井** | Wells |\n| 2 | 835元 |\n",
    );
    let words: Vec<String> = page.all(".word").iter().map(|cell| cell.text().collect()).collect();
    assert_eq!(words, ["九区城市", "835元"]);
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
