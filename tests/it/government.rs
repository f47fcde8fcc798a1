//! Meta tags of Chinese government sites, `profile = "cn-gov"`, on an invented city.

use gazette::source::Source;

use crate::harness::{Page, Site, TODAY, edition_of, repository};

fn city() -> Site {
    let folder = repository().join("tests/fixtures/cn-gov");
    let (snapshot, found) = Source::Directory(folder).snapshot().expect("the fixture");
    assert!(found.is_empty(), "{found:?}");
    Site::new(edition_of(&snapshot, TODAY))
}

/// The names of the tags in the standard.
const SITE: [&str; 3] = ["SiteName", "SiteDomain", "SiteIDCode"];
const COLUMN: [&str; 4] = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
const ARTICLE: [&str; 3] = ["ArticleTitle", "PubDate", "ContentSource"];

#[track_caller]
fn has(page: &Page, tags: &[(&str, &str)]) {
    for (name, value) in tags {
        assert_eq!(page.meta(name).as_deref(), Some(*value), "{name}");
    }
}

#[test]
fn cn_gov_pages_name_the_site() {
    let site = city();
    for path in site.html_paths() {
        let page = site.page(&path);
        let name = if path.starts_with("/en/") {
            "Yunjing Municipal People’s Government"
        } else {
            "云泾市人民政府"
        };
        has(
            &page,
            &[
                ("SiteName", name),
                ("SiteDomain", "www.yunjing.example"),
                ("SiteIDCode", "0000000001"),
            ],
        );
        for tag in COLUMN {
            assert!(page.meta(tag).is_some_and(|value| !value.is_empty()), "{tag} on {path}");
        }
    }
}

#[test]
fn cn_gov_article_has_title_date_and_source() {
    let site = city();
    let article = site.page("/gongbao/water-works/");
    has(
        &article,
        &[
            ("ArticleTitle", "云泾市启动“水网”工程"),
            ("PubDate", "2024-03-01 09:30"),
            ("ContentSource", "云泾日报"),
            ("ColumnName", "政府公报"),
            ("ColumnDescription", "云泾市人民政府公报"),
            ("ColumnKeywords", "政府公报"),
            ("ColumnType", "政府公报"),
        ],
    );
    // A date without a time is midnight; a bulletin without a source is the publisher's own.
    let plain = site.page("/gongbao/heating/");
    has(
        &plain,
        &[
            ("ArticleTitle", "供暖期延长"),
            ("PubDate", "2024-04-02 00:00"),
            ("ContentSource", "云泾市人民政府办公室"),
        ],
    );
    // A time in another zone is converted to the site's.
    has(&site.page("/gongbao/buses/"), &[("PubDate", "2024-05-01 08:00")]);
}

#[test]
fn cn_gov_translation_has_tags_in_its_language() {
    let site = city();
    has(
        &site.page("/en/gongbao/water-works/"),
        &[
            ("ArticleTitle", "Yunjing starts its “water net”"),
            ("PubDate", "2024-03-01 09:30"),
            ("ContentSource", "Yunjing Daily"),
            ("ColumnName", "Government bulletin"),
        ],
    );
}

#[test]
fn cn_gov_columns_have_column_tags_only() {
    let site = city();
    has(
        &site.page("/gongbao/"),
        &[
            ("ColumnName", "政府公报"),
            ("ColumnDescription", "云泾市人民政府公报"),
            ("ColumnType", "政府公报"),
        ],
    );
    has(&site.page("/goals/water/"), &[("ColumnName", "水务"), ("ColumnType", "水务")]);
    has(&site.page("/about/"), &[("ColumnName", "关于本站")]);
    for path in [
        "/",
        "/gongbao/",
        "/gongbao/2024/",
        "/goals/",
        "/goals/water/",
        "/goals/water/new-mains/",
        "/about/",
    ] {
        let page = site.page(path);
        for tag in ARTICLE {
            assert_eq!(page.meta(tag), None, "{tag} on {path}");
        }
    }
}

#[test]
fn cn_gov_tags_are_absent_without_the_profile() {
    let site = Site::real();
    for path in ["/", "/zh/", "/bulletins/", "/zh/bulletins/childcare/"] {
        let page = site.page(path);
        for tag in SITE.iter().chain(&COLUMN).chain(&ARTICLE) {
            assert_eq!(page.meta(tag), None, "{tag} on {path}");
        }
    }
}
