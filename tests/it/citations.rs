//! Citations: their words in both languages, GB/T 7714, and files for reference managers.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::harness::{Folder, Site};

const PICTURE: &[u8] = include_bytes!("../fixtures/pictures/2-by-3.png");

/// A title with each mark that has a meaning in one of the formats.
const TITLE: &str = r#"50 % of A_1 & B#2: "$5" {cash}, ~x^2 and C:\tmp"#;
const CHINESE_TITLE: &str = "关于印发《A_1》的通知";

/// A city in which documents have up to four issuers.
fn city() -> Folder {
    let folder = [
        ("parks", "Office for Parks, Water & Trees", "公园、水务与林木局"),
        ("council", "City Council", "市议会"),
        ("police", "Police", "公安局"),
        ("courts", "Courts", "法院"),
    ]
    .into_iter()
    .fold(Folder::city(), |folder, (slug, title, chinese)| {
        let text = |title: &str| format!("---\ntitle: '{title}'\n---\n");
        folder
            .with(&format!("bodies/{slug}.md"), text(title))
            .with(&format!("bodies/{slug}.zh.md"), text(chinese))
    });
    let number = "document: { number: 湖政规〔2022〕22号, made: 2022-04-20 }";
    [
        ("two", number, "[parks, council]"),
        ("plain", "document: { made: 2022-04-20 }", "[council]"),
        ("four", number, "[parks, council, police, courts]"),
    ]
    .into_iter()
    .fold(folder, |folder, (slug, document, issuers)| {
        let document = document.replace("22号", &format!("{}号", slug.len()));
        folder
            .with(
                &format!("bulletins/{slug}.md"),
                format!(
                    "---\ntitle: '{TITLE}'\nsummary: S.\npublished: 2022-04-22\n{document}\n\
                     issuer: {issuers}\n---\nText.\n"
                ),
            )
            .with(
                &format!("bulletins/{slug}.zh.md"),
                format!("---\ntitle: {CHINESE_TITLE}\nsummary: 摘要。\n---\n正文。\n"),
            )
    })
}

fn citations(site: &Site, page: &str) -> String {
    site.page(page).text("section[aria-labelledby=document-citation]")
}

#[test]
fn gb_t_7714_has_issuers_number_and_day() {
    let site = city().today();
    for (page, reference) in [
        (
            "/bulletins/two/",
            format!(
                "Office for Parks, Water & Trees, City Council. {TITLE}: \
                 湖政规〔2022〕3号[EB/OL]. (2022-04-20)[引用日期]. \
                 https://lakeside.example/bulletins/two/."
            ),
        ),
        (
            "/bulletins/plain/",
            format!(
                "City Council. {TITLE}[EB/OL]. (2022-04-20)[引用日期]. \
                 https://lakeside.example/bulletins/plain/."
            ),
        ),
        (
            "/bulletins/four/",
            format!(
                "Office for Parks, Water & Trees, City Council, Police, et al. {TITLE}: \
                 湖政规〔2022〕4号[EB/OL]. (2022-04-20)[引用日期]. \
                 https://lakeside.example/bulletins/four/."
            ),
        ),
        (
            "/zh/bulletins/two/",
            format!(
                "公园、水务与林木局, 市议会. {CHINESE_TITLE}: 湖政规〔2022〕3号[EB/OL]. \
                 (2022-04-20)[引用日期]. https://lakeside.example/zh/bulletins/two/."
            ),
        ),
        (
            "/zh/bulletins/plain/",
            format!(
                "市议会. {CHINESE_TITLE}[EB/OL]. (2022-04-20)[引用日期]. \
                 https://lakeside.example/zh/bulletins/plain/."
            ),
        ),
        (
            "/zh/bulletins/four/",
            format!(
                "公园、水务与林木局, 市议会, 公安局, 等. {CHINESE_TITLE}: \
                 湖政规〔2022〕4号[EB/OL]. (2022-04-20)[引用日期]. \
                 https://lakeside.example/zh/bulletins/four/."
            ),
        ),
    ] {
        let found = citations(&site, page);
        assert!(found.contains(&reference), "{page}: {found}");
    }
}

#[test]
fn cited_title_has_marks_of_its_language() {
    let site = city().today();
    let english = citations(&site, "/bulletins/two/");
    assert!(
        english.contains(&format!(
            "Office for Parks, Water & Trees, City Council, “{TITLE}” (湖政规〔2022〕3号), \
             20 April 2022, https://lakeside.example/bulletins/two/"
        )),
        "{english}"
    );
    let chinese = citations(&site, "/zh/bulletins/two/");
    assert!(
        chinese.contains(
            "公园、水务与林木局、市议会：《关于印发〈A_1〉的通知》（湖政规〔2022〕3号），\
             2022年4月20日，https://lakeside.example/zh/bulletins/two/"
        ),
        "{chinese}"
    );
}

#[test]
fn files_keep_marks_of_title_and_bodies() {
    let site = city().today();
    let file = |name: &str| site.get(&format!("/bulletins/two/{name}")).is(200).text().to_owned();
    let ris = file("cite.ris");
    assert!(
        ris.contains(&format!(
            "AU  - Office for Parks，Water & Trees,\r\nAU  - City Council,\r\nTI  - {TITLE}\r\n"
        )),
        "{ris}"
    );
    let bib = file("cite.bib");
    assert!(
        bib.contains(
            "author = {{Office for Parks, Water \\& Trees} and {City Council}},\n  \
             title = {{50 \\% of A\\_1 \\& B\\#2: \"\\$5\" \\{cash\\}, \\textasciitilde{}x\
             \\textasciicircum{}2 and C:\\textbackslash{}tmp}},"
        ),
        "{bib}"
    );
    let [item] = &serde_json::from_str::<Vec<serde_json::Value>>(&file("cite.csl")).unwrap()[..]
    else {
        panic!("one item");
    };
    assert_eq!(item["title"], TITLE);
    assert_eq!(
        item["author"],
        serde_json::json!([
            { "literal": "Office for Parks, Water & Trees" }, { "literal": "City Council" }
        ])
    );
}

#[test]
fn files_rendered_on_request_answer_as_others() {
    let (site, replica) = (city().today(), city().today());
    for name in ["cite.ris", "cite.bib", "cite.csl"] {
        let path = format!("/zh/bulletins/four/{name}");
        // The first request of all is one for the head alone.
        let head = site.ask("HEAD", &path, &[]);
        let whole = replica.get(&path);
        assert_eq!(head.is(200).headers, whole.is(200).headers, "{name}");
        assert_eq!(whole.must("content-language"), "zh");
        let tag = whole.must("etag").to_owned();
        let unchanged = site.ask("GET", &path, &[("if-none-match", &tag)]);
        assert!(unchanged.is(304).body.is_empty(), "{name}");
        assert_eq!(site.get(&path).body, whole.body, "{name}");
    }
    let path = "/zh/bulletins/four/cite.csl";
    let identity = site.get(path);
    for coding in ["gzip", "br", "zstd"] {
        let reply = site.ask("GET", path, &[("accept-encoding", coding)]);
        reply.is(200).has("content-encoding", coding);
        assert!(reply.body.len() < identity.body.len(), "{coding}");
        assert_ne!(reply.must("etag"), identity.must("etag"), "{coding}");
    }
    assert_eq!(site.edition().id(), replica.edition().id());
}

/// A text in which captions, figures, summaries and footnotes are between the numbered paragraphs.
const PARAGRAPHS: &str = "One, see [the last](#p9).[^1]\n\n- Two\n- Three\n\nTable: Fees\n\n\
    | A | B |\n| --- | --- |\n| 1 | 2 |\n\n1. Four\n\n   Five\n\n> Six\n\n\
    <details>\n<summary>More</summary>\n\nSeven\n\n</details>\n\n\
    > **12**\n>\n> Wells\n\nLast.\n\n[^1]: A note.\n\n    In two paragraphs.\n";

#[test]
fn link_to_paragraph_leads_to_its_anchor() {
    let links = "[a](x.md#p9) [b](/bulletins/x/#p9) [c](/zh/bulletins/x/#p1) \
                 [d](/bulletins/x/versions/2022-05-05/#p2)\n";
    let facts = "published: 2022-05-05\nchanges: [{ on: 2022-06-01, note: N. }]\n\
                 document: { made: 2022-05-05 }";
    let folder = Folder::city()
        .bulletin("x", facts, PARAGRAPHS)
        .with("bulletins/x.zh.md", "---\ntitle: 泳池\nsummary: 摘要。\n---\n只有一段。\n")
        .with("bulletins/x.2022-05-05.md", "---\ntitle: Old\nsummary: S.\n---\nA.\n\nB.\n")
        .bulletin("y", "published: 2022-05-05", links)
        .goal("pool", "kind: direction\nperiod: { from: 2022-01-01, to: 2023-12-31 }");
    let site = folder.today();
    let page = site.get("/bulletins/x/").text().to_owned();
    assert_eq!(page.matches(" id=\"p").count(), 9, "{page}");
    let links = site.page("/bulletins/y/").attributes("main a", "href");
    for link in ["/bulletins/x/#p9", "/zh/bulletins/x/#p1", "/bulletins/x/versions/2022-05-05/#p2"]
    {
        assert!(links.contains(&link.to_owned()), "{link}: {links:?}");
    }
    // Pages of goals have no numbers.
    for link in [
        "x.md#p10",
        "/zh/bulletins/x/#p2",
        "/bulletins/x/versions/2022-05-05/#p3",
        "../goals/water/pool.md#p1",
    ] {
        let wrong = folder.clone().bulletin("z", "published: 2022-05-05", &format!("[a]({link})"));
        let problems = wrong.problems();
        let is_told = problems.iter().any(|line| line.contains("link/broken-fragment"));
        assert!(is_told, "{link}: {problems:?}");
    }
}

/// The blocks of a text: with numbers, without, and with paragraphs within.
const BLOCKS: [&str; 20] = [
    "Words.",
    "- item\n- item",
    "- item\n\n- item\n\n  more",
    "1. step\n2. step",
    "> quoted",
    "> **12**\n>\n> Wells",
    "> **13**\n>\n> Lakes\n>\n> From a source",
    "> [!NOTE]\n> Noted.",
    "Table: Fees\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    "| A | B |\n| --- | --- |\n| 1 | 2 |\n\nTable: Fees",
    "表1 收费\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    "Words.[^1]\n\n[^1]: A note.\n\n    More.",
    "term\n: meaning",
    "<details>\n<summary>S</summary>\n\nInner.\n\n</details>",
    "```\ncode\n```",
    "- - nested\n  - more",
    "> **Office**\n>\n> - Telephone: 0451-12345678",
    "![Alt](a.png)",
    "![Alt](a.png) and words",
    "　　二、甲。\n　　三、乙。",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_counted_paragraph_has_an_anchor(
        bodies in prop::collection::vec(
            prop::sample::subsequence(BLOCKS.to_vec(), 0..=12).prop_shuffle(), 8
        )
    ) {
        let city = || Folder::city().with("bulletins/a.png", PICTURE);
        let bodies: Vec<String> = bodies.iter().map(|blocks| blocks.join("\n\n")).collect();
        let with_bodies = bodies.iter().enumerate().fold(city(), |folder, (index, body)| {
            folder.bulletin(&format!("x{index}"), "published: 2022-05-05", body)
        });
        let site = with_bodies.today();
        let mut links = [String::new(), String::new()];
        for index in 0..bodies.len() {
            let page = site.get(&format!("/bulletins/x{index}/")).text().to_owned();
            let count = page.matches(" id=\"p").count();
            let ids = (1..=count).all(|number| page.contains(&format!(" id=\"p{number}\"")));
            prop_assert!(ids, "{}", page);
            if count > 0 {
                let _ = writeln!(links[0], "[a](x{index}.md#p{count})");
            }
            let _ = writeln!(links[1], "[a](x{index}.md#p{})", count + 1);
        }
        let told = links.map(|links| {
            let folder = with_bodies.clone().bulletin("z", "published: 2022-05-05", &links);
            let problems = folder.problems();
            problems.iter().filter(|line| line.contains("link/broken-fragment")).count()
        });
        prop_assert_eq!(told, [0, bodies.len()]);
    }
}
