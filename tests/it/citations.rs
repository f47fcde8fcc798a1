//! Citations: their words in both languages, GB/T 7714, and files for reference managers.

use crate::harness::{Folder, Site};

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
