//! Lists of bulletins: pages, years, feeds, neighbours.

use gazette::pages::PER_PAGE;

use crate::harness::{Folder, Page};

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
    assert_eq!(year.texts(".crumb li"), ["Home", "Bulletins", "2022"]);
    assert_eq!(
        site.page("/bulletins/2023/page/2/").texts(".crumb a"),
        ["Home", "Bulletins", "2023"]
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
