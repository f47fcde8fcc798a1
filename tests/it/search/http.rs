//! Responses of the search: pages, data, feeds, errors.

use gazette::edition::PathEntry;
use scraper::Selector;

use super::{address, city, real, results};
use crate::harness::{Folder, Site, TODAY, children, edition_of, real_snapshot};

#[test]
fn pages_have_search_box_with_suggestions() {
    let site = Site::real();
    for path in site.html_paths() {
        let page = site.page(&path);
        let root = if path.starts_with("/zh/") { "/zh/search/" } else { "/search/" };
        assert_eq!(page.attribute("form.find[role=search]", "action"), root, "{path}");
        assert!(!page.attribute("form.find input[type=search][name=q]", "aria-label").is_empty());
        assert_eq!(
            page.attribute("form.find input", "list"),
            page.attribute("form.find datalist", "id")
        );
        let proposed = page.attributes("form.find datalist option", "value");
        assert!(proposed.len() > 20 && proposed.len() <= 40, "{path} proposes {}", proposed.len());
        assert!(page.attribute("link[rel=search]", "href").ends_with("opensearch.xml"));
    }
    let page = site.page("/search/");
    assert_eq!(page.attribute("form.find input", "value"), "");
    assert!(
        page.attributes("datalist option", "value")
            .iter()
            .any(|goal| goal == "83,000 new jobs in urban areas")
    );
    assert!(!page.all("main a").is_empty());
    site.get("/search").is(308).has("location", "/search/");
}

#[test]
fn search_suggestions_are_found_first() {
    let site = real();
    for language in ["", "zh/"] {
        let suggested =
            site.page(&format!("/{language}search/")).attributes("datalist option", "value");
        assert!(suggested.len() > 20);
        for name in suggested {
            let page = site.page(&address(language, &name));
            assert_eq!(page.texts(".found h2").first(), Some(&name));
        }
    }
}

#[test]
fn page_without_file_is_found_by_its_words() {
    let site = real();
    for (language, query) in [("", "share done divided by time gone"), ("zh/", "进展如何计算")]
    {
        let found = results(&site.page(&address(language, query)));
        assert_eq!(found[0], format!("/{language}goals/method/"), "{found:?}");
    }
}

#[test]
fn stopwords_of_synonyms_are_not_highlighted() {
    let page = real().page(&address("", "养老"));
    let marks: Vec<String> = page.texts(".found mark");
    assert!(marks.iter().any(|mark| mark == "elderly"), "{marks:?}");
    assert!(marks.iter().all(|mark| mark != "for" && mark != "the"), "{marks:?}");
}

#[test]
fn results_show_kind_section_date_and_status() {
    let site = real();
    let reply = site.get("/search/?q=nursing+beds");
    let page = reply.is(200).has("content-language", "en").page();
    assert_eq!(page.text("h1"), "“nursing beds”: 7 results");
    assert_eq!(page.text("title"), "“nursing beds”: 7 results – Harbin Government bulletin");
    assert_eq!(page.attribute("form.find input", "value"), "nursing beds");
    assert_eq!(page.meta("robots").as_deref(), Some("noindex"));
    let first = page.all(".found > li")[0];
    assert_eq!(children(first, "h2"), ["1,000 new nursing beds for elderly people"]);
    assert_eq!(children(first, "h2 mark"), ["nursing", "beds"]);
    assert_eq!(children(first, "p mark"), ["nursing", "beds"]);
    assert_eq!(children(first, ".status"), ["Not yet reported"]);
    assert_eq!(children(first, "p.tag"), ["Not yet reported Goal · Livelihoods"]);
    assert_eq!(children(first, "time").len(), 1);
    // The link to the other language keeps the search.
    assert_eq!(page.attribute("header a[lang=zh]", "href"), "/zh/search/?q=nursing+beds");
    let feeds = page.attributes("link[rel=alternate]", "href");
    assert_eq!(feeds, ["/search/feed.xml?q=nursing+beds", "/search/index.json?q=nursing+beds"]);
    // Every link of every result resolves.
    for path in results(&page) {
        site.get(&path).is(200);
    }
}

#[test]
fn results_are_narrowed_and_counted() {
    let site = real();
    let total = |page: &crate::harness::Page| page.all(".found > li").len();
    let page = site.page("/search/?q=2022");
    let groups = page.all(".facets > div");
    assert_eq!(
        groups.iter().map(|one| children(*one, ".label").concat()).collect::<Vec<_>>(),
        ["Kind", "Category", "Issued by", "Kind of document", "Year", "Language", "Sort by"]
    );
    for group in groups.iter().take(6) {
        let selector = Selector::parse("li").unwrap();
        for value in group.select(&selector).skip(1) {
            let count: usize = children(value, "small")[0].parse().unwrap();
            let href = crate::harness::href(value);
            let narrowed = site.page(&format!("/search/{href}"));
            assert!(
                narrowed.text("h1").contains(&format!(": {count} result")),
                "{href} has {}",
                narrowed.text("h1")
            );
            assert_eq!(total(&narrowed), count.min(20), "{href}");
            let here: Vec<String> = narrowed.texts(".facets [aria-current]");
            assert!(here.contains(&children(value, "a")[0]), "{href}: {here:?}");
        }
    }
    // Filters add up, and each can be removed again.
    let page =
        site.page("/search/?q=2022&kind=goal&category=livelihoods&year=2022&lang=en&sort=date");
    assert!(
        total(&page) > 0
            && results(&page).iter().all(|path| path.starts_with("/goals/livelihoods/"))
    );
    assert_eq!(
        page.texts(".facets [aria-current]"),
        ["Goal", "Livelihoods", "2022", "English", "Newest first"]
    );
    // Without words, everything is listed, the newest first.
    let page = site.page("/search/?category=economy");
    assert!(page.text("h1").starts_with("Everything: "));
    let dates: Vec<String> = page.attributes(".found time", "datetime");
    assert!(dates.len() > 5 && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
}

#[test]
fn many_results_are_paged() {
    let bodies: Vec<(String, String)> =
        (0..45).map(|number| (format!("b{number:02}"), "Snow falls.\n".to_owned())).collect();
    let pairs: Vec<(&str, &str)> =
        bodies.iter().map(|(slug, body)| (slug.as_str(), body.as_str())).collect();
    let site = city(&pairs).today().searchable();
    let mut seen: Vec<String> = Vec::new();
    for (page, count) in [(1, 20), (2, 20), (3, 5)] {
        let page = site.page(&format!("/search/?q=snow&page={page}"));
        assert_eq!(results(&page).len(), count);
        assert!(page.text("h1").contains("45 results"));
        seen.extend(results(&page));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
    let second = site.page("/search/?q=snow&page=2");
    assert!(second.text("title").contains("page 2 of 3"));
    assert_eq!(second.attribute(".pages [rel=prev]", "href"), "?q=snow");
    assert_eq!(second.attribute(".pages [rel=next]", "href"), "?q=snow&page=3");
    for page in ["4", "0", "-1", "x", "101", "02", "99999999999999999999"] {
        let reply = site.get(&format!("/search/?q=snow&page={page}"));
        assert!(reply.is(400).page().text("main").contains(page), "{page}");
    }
    site.get("/search/?q=nothing+at+all&page=2").is(400);
}

#[test]
fn odd_queries_get_an_explaining_page() {
    let site = real();
    let long = "a".repeat(10_000);
    let many_words: String = (0..700).map(|number| format!("word{number}+")).collect();
    let many_characters = "%E5%85%BB%E8%80%81%E5%BA%8A%E4%BD%8D".repeat(300);
    let table: [(&str, u16); 24] = [
        ("", 200),
        ("%20%20", 200),
        (&long, 400),
        ("%00", 200),
        ("a%00b", 200),
        ("%F0%9F%98%80", 200),
        ("%FF%FE", 200),
        ("+-!(){}[]^%22~*?:\\/%26%7C", 200),
        ("title:x+AND+NOT+(y", 200),
        ("%22", 200),
        ("-%22%22", 200),
        ("-jobs", 200),
        ("the+of+and", 200),
        ("/.*/", 200),
        ("x%0Aset-cookie:1", 200),
        ("%E2%80%AE%D8%A7", 200),
        ("e%CC%81%CC%81%CC%81", 200),
        ("%EF%B7%90%EF%B7%93", 200),
        (&many_words, 200),
        (&many_characters, 200),
        ("jobs&category=nothing", 400),
        ("jobs&year=soon&kind=goal", 400),
        ("jobs&lang=xx", 400),
        ("jobs&sort=luck", 400),
    ];
    for (query, status) in table {
        for language in ["", "zh/"] {
            let shown = &query[..query.len().min(40)];
            let reply = site.get(&format!("/{language}search/?q={query}"));
            let page = reply.is(status).page();
            assert!(
                !page.text("h1").is_empty() && !page.all("main p, main li").is_empty(),
                "{shown}"
            );
            let data = site.get(&format!("/{language}search/index.json?q={query}"));
            data.is(status).json();
            let feed = site.get(&format!("/{language}search/feed.xml?q={query}"));
            assert!([status, 308].contains(&feed.status), "{feed:?}");
        }
    }
    assert!(site.get("/search/?q=jobs&category=nothing").page().text("main").contains("“nothing”"));
    // Links from other sites may add parameters.
    site.get("/search/?utm_source=x").is(200).page().text("h1");
    site.ask("POST", "/search/?q=jobs", &[]).is(405);
}

#[test]
fn queries_and_titles_are_escaped() {
    let text = "---\ntitle: \"<b>Bold</b> & 'snow'\"\n\
        summary: \"<script>alert(1)</script> snow\"\npublished: 2022-05-05\n---\nSnow.\n";
    let site = Folder::city().with("bulletins/evil.md", text).today().searchable();
    let reply = site.get(&address("", "snow <script>alert(2)</script> \"><img src=x>"));
    let page = reply.is(200).page();
    assert!(page.all("main script, main img, main b").is_empty());
    assert!(page.text(".found h2").contains("<b>Bold</b> & 'snow'"));
    assert_eq!(
        page.attribute("form.find input", "value"),
        "snow <script>alert(2)</script> \"><img src=x>"
    );
    let refused = site.get("/search/?q=%22%3E%3Cimg%3E&kind=%3Cimg%3E").is(400).page();
    assert!(refused.all("img").is_empty() && refused.text("main").contains("<img>"));
}

#[test]
fn search_has_feed_data_and_cache_headers() {
    let site = real();
    let feed = site.get("/search/feed.xml?q=jobs");
    feed.is(200)
        .has("content-type", "application/atom+xml; charset=utf-8")
        .has("access-control-allow-origin", "*");
    let parsed: atom_syndication::Feed = feed.text().parse().unwrap();
    assert!(parsed.title().value.contains("jobs") && !parsed.entries().is_empty());
    assert!(parsed.entries().is_sorted_by(|a, b| a.published() >= b.published()));
    // The feed names its own address, and an empty one has the date of the site.
    let own = |feed: &atom_syndication::Feed, rel: &str| {
        feed.links()
            .iter()
            .find(|link| link.rel() == rel)
            .map(|link| link.href().to_owned())
            .unwrap()
    };
    assert!(own(&parsed, "self").ends_with("/search/feed.xml?q=jobs"), "{}", own(&parsed, "self"));
    assert!(own(&parsed, "alternate").ends_with("/search/?q=jobs"));
    // Without a query there is nothing to follow.
    for uri in ["/search/feed.xml", "/search/feed.xml?q=", "/search/feed.xml?utm=1"] {
        assert_ne!(site.get(uri).status, 200, "{uri}");
    }
    site.get("/search/feed.xml?q=jobs&year=soon").is(400);
    site.get("/zh/search/feed.xml?q=jobs").is(200);
    let nothing: atom_syndication::Feed =
        site.get("/search/feed.xml?q=zzzz").is(200).text().parse().unwrap();
    assert!(nothing.entries().is_empty() && nothing.updated().to_rfc3339().as_str() > "2022");
    let data = site.get("/search/index.json?q=jobs&kind=goal");
    let json = data.is(200).has("content-type", "application/json").json();
    assert_eq!(json["query"], "jobs");
    assert!(json["results"].as_array().unwrap().iter().all(|one| one["kind"] == "goal"));
    let schema = site.get("/data/schemas/search.json").json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for query in [
        "q=jobs",
        "q=%E5%85%BB%E8%80%81&kind=goal&sort=date",
        "q=nursng",
        "q=zzzz",
        "category=economy",
    ] {
        let file = site.get(&format!("/search/index.json?{query}")).json();
        let problems: Vec<String> =
            validator.iter_errors(&file).map(|one| one.to_string()).collect();
        assert_eq!(problems, [""; 0], "{query}");
    }
    site.get("/search/?q=jobs").is(200).has("vary", "Accept-Encoding").lacks("content-encoding");
    for uri in ["/search/feed.xml?q=jobs", "/search/index.json?q=jobs"] {
        let asked =
            [("access-control-request-method", "GET"), ("origin", "https://elsewhere.example")];
        site.ask("OPTIONS", uri, &asked).is(204).has("access-control-allow-origin", "*");
    }
    let odd: atom_syndication::Feed =
        site.get("/search/feed.xml?q=jobs%EF%BF%BE").is(200).text().parse().unwrap();
    assert!(odd.title().value.ends_with("jobs"));
    let page = site.ask("GET", "/search/?q=jobs", &[("accept-encoding", "br")]);
    page.is(200).has("content-encoding", "br").has("vary", "Accept-Encoding");
    let tag = page.must("etag");
    site.ask("GET", "/search/?q=jobs", &[("accept-encoding", "br"), ("if-none-match", tag)])
        .is(304);
    site.ask("HEAD", "/search/?q=jobs", &[]).is(200);
    for path in ["/opensearch.xml", "/zh/opensearch.xml"] {
        let text = site.get(path).is(200).text().to_owned();
        assert!(
            text.contains("{searchTerms}") && text.contains("https://bulletin.example/"),
            "{text}"
        );
    }
}

#[test]
fn search_before_index_returns_503_page() {
    let site = city(&[("a", "Snow.\n")]).today();
    site.get("/bulletins/a/").is(200);
    site.get("/search/").is(200);
    let reply = site.get("/search/?q=snow");
    let page = reply.is(503).has("retry-after", "2").has("cache-control", "no-store").page();
    assert_eq!(page.text("h1"), "Search is not ready yet");
    assert_eq!(page.attribute("main .more a", "href"), "?q=snow");
    let data = site.get("/search/index.json?q=snow");
    assert_eq!(data.is(503).has("content-type", "application/problem+json").json()["status"], 503);
    // The status is still 404.
    site.get("/bulletins/snow/").is(404);
}

#[test]
fn failed_index_returns_503_and_serves_pages() {
    let site = city(&[("a", "Snow.\n")]).today();
    site.edition().search().mark_failed();
    assert!(site.get("/readyz").is(200).json()["search"] == "failed");
    let reply = site.get("/search/?q=snow");
    reply.is(503).has("cache-control", "no-store");
    assert!(reply.header("retry-after").is_some());
    site.get("/search/index.json?q=snow").is(503);
    site.get("/bulletins/a/").is(200);
    assert_eq!(site.get("/bulletins/snow/").is(404).page().text("h1"), "Page not found");
}

#[test]
fn missing_page_searches_for_its_words() {
    // A site of its own: a 404 page does not wait while others search.
    let site = Site::new(edition_of(&real_snapshot(), TODAY)).searchable();
    let page = site.get("/bulletins/2022-nursing-beds.html").is(404).page();
    assert_eq!(page.attribute("form.find input", "value"), "2022 nursing beds");
    assert_eq!(page.text("h1"), "Page not found");
    assert_eq!(results(&page)[0], "/goals/livelihoods/nursing-beds-2022/");
    let chinese = site
        .get("/zh/%E5%85%BB%E8%80%81%E5%BA%8A%E4%BD%8D/")
        .is(404)
        .has("content-language", "zh")
        .page();
    assert!(results(&chinese)[0].starts_with("/zh/"));
    let nothing = site.get("/wp-login/").is(404).page();
    assert!(results(&nothing).is_empty() && !nothing.all("main a").is_empty());
    // Requests for missing files get no results.
    assert_eq!(
        site.get("/nursing-beds.php").is(404).page().attribute("form.find input", "value"),
        ""
    );
    // A misspelt word is not replaced by another one.
    for (path, typed) in [("/zh/nursng/", "nursng"), ("/libary/", "libary"), ("/zh/nope/", "nope")]
    {
        let page = site.get(path).is(404).page();
        assert_eq!(page.attribute("form.find input", "value"), typed);
        assert!(results(&page).is_empty(), "{path}");
    }
    // Nor are there pages in another language than the address's.
    for (path, root) in
        [("/nursing-beds/", "/"), ("/zh/nursing-beds/", "/zh/"), ("/zh/2022/", "/zh/")]
    {
        let found = results(&site.get(path).is(404).page());
        let is_in_language = |path: &String| path.starts_with("/zh/") == (root == "/zh/");
        assert!(found.iter().all(is_in_language), "{path}: {found:?}");
    }
    let evil = site.get("/%3Cimg%20src=x%3E/").is(404).page();
    assert!(evil.all("main img").is_empty());
}

#[test]
fn page_shell_placeholders_are_all_filled() {
    let site = real();
    let gaps = ['\u{FDD0}', '\u{FDD1}', '\u{FDD2}', '\u{FDD3}'];
    for uri in [
        "/search/?q=jobs",
        "/search/?q=zzzz",
        "/search/?q=x&kind=y",
        "/nothing-here/",
        "/zh/search/?q=x",
    ] {
        let reply = site.get(uri);
        assert!(!reply.text().contains(gaps), "{uri}");
        assert_eq!(reply.page().all("h1").len(), 1, "{uri}");
    }
    let edition = site.edition();
    let answers = edition.entries();
    for (path, answer) in answers {
        if let PathEntry::Found(found) = answer {
            assert!(!String::from_utf8_lossy(&found.body.identity()).contains(gaps), "{path}");
        }
    }
}
