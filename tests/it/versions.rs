//! Earlier versions of bulletins: what `gazette amend` keeps, and what of it is public when.

use std::path::Path;

use tempfile::TempDir;

use crate::cli::gazette;
use crate::harness::Folder;

/// A city in which a bulletin was published on 2022-05-05 in two languages.
fn city() -> Folder {
    Folder::city()
        .bulletin("x", "published: 2022-05-05", "The pool has two lanes.\n")
        .with("bulletins/x.zh.md", "---\ntitle: 泳池\nsummary: 泳池。\n---\n泳池有两条泳道。\n")
}

/// Runs `gazette amend` on a content folder at an instant; returns whether it succeeded and what
/// it printed.
fn amend(folder: &Path, file: &str, more: &[&str]) -> (bool, String) {
    let path = folder.to_str().unwrap();
    let file = folder.join(file);
    let arguments = [&["amend", file.to_str().unwrap(), "--content", path], more].concat();
    let output = gazette(&arguments).env("GAZETTE_LANG", "en").output().unwrap();
    let both = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(both).unwrap())
}

fn on_disk(folder: &Folder) -> TempDir {
    let root = TempDir::new().unwrap();
    folder.write_to(root.path());
    root
}

const IN_JUNE: [&str; 2] = ["--at", "2022-06-01T12:00:00+08:00"];

#[test]
fn amend_keeps_public_text_of_every_language() {
    let root = on_disk(&city());
    let read = |path: &str| std::fs::read_to_string(root.path().join(path)).unwrap();
    let before = read("bulletins/x.zh.md");
    let (is_done, out) = amend(root.path(), "bulletins/x.zh.md", &IN_JUNE);
    assert!(is_done, "{out}");
    assert_eq!(
        read("bulletins/x.2022-05-05.md"),
        "---\ntitle: About x\nsummary: What is said about x.\n---\nThe pool has two lanes.\n"
    );
    assert_eq!(read("bulletins/x.2022-05-05.zh.md"), before);
    assert_eq!(
        read("bulletins/x.md"),
        "---\ntitle: About x\nsummary: What is said about x.\npublished: 2022-05-05\nchanges:\n  \
         - on: 2022-06-01\n    note: { en: \"What changed, and why.\", zh: 改了什么，为什么改。 }\n\
         ---\nThe pool has two lanes.\n"
    );
    let (_, out) = amend(root.path(), "bulletins/x.md", &["--at", "2022-07-01T12:00:00+08:00"]);
    assert!(out.contains("x.2022-06-01.md"), "{out}");
}

#[test]
fn amend_refuses_text_that_is_not_to_keep() {
    let folder = city()
        .bulletin("draft", "published: 2022-05-05\ndraft: true", "")
        .bulletin("later", "published: 2022-07-05", "")
        .bulletin("today", "published: 2022-06-01 09:00", "")
        .bulletin("ahead", "published: 2022-05-05\nchanges: [{ on: 2022-06-02, note: N. }]", "")
        .bulletin("gone", "published: 2022-05-05\ngone: { on: 2022-05-06, reason: R. }", "");
    let root = on_disk(&folder);
    for (file, words) in [
        ("bulletins/draft.md", "is not public"),
        ("bulletins/later.md", "is not public"),
        ("bulletins/gone.md", "is not public"),
        ("bulletins/today.md", "is of today, 2022-06-01"),
        ("bulletins/ahead.md", "has a change of 2022-06-02"),
        ("bulletins/y.md", "`bulletins/y.md` is not a bulletin; did you mean `bulletins/x.md`?"),
        ("goals/water/_index.md", "is not a bulletin"),
    ] {
        let (is_done, out) = amend(root.path(), file, &IN_JUNE);
        assert!(!is_done && out.contains(words), "{file}: {out}");
    }
    assert_eq!(std::fs::read_dir(root.path().join("bulletins")).unwrap().count(), 9);
}

#[test]
fn amend_names_error_of_front_matter_without_end() {
    let folder =
        city().with("bulletins/open.md", "---\ntitle: T\nsummary: S.\npublished: 2022-05-05");
    let root = on_disk(&folder);
    let (is_done, out) = amend(root.path(), "bulletins/open.md", &IN_JUNE);
    assert!(!is_done && out.contains("correct it first"), "{out}");
}

#[test]
fn amend_keeps_line_ends_of_file() {
    let text = "---\ntitle: T\nsummary: S.\npublished: 2022-05-05\n---\nOne.\n\nTwo.\n";
    let root = on_disk(&city().with("bulletins/crlf.md", text.replace('\n', "\r\n")));
    let (is_done, out) = amend(root.path(), "bulletins/crlf.md", &IN_JUNE);
    assert!(is_done, "{out}");
    for file in ["crlf.md", "crlf.2022-05-05.md"] {
        let text = std::fs::read_to_string(root.path().join("bulletins").join(file)).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{file}: {text:?}");
    }
}

#[test]
fn version_files_raise_no_problem() {
    let folder = Folder::city()
        .bulletin("x", "published: 2022-05-05\nchanges: [{ on: 2022-06-01, note: N. }]", "New.\n")
        .with("bulletins/x.2022-05-05.md", "---\ntitle: Old\nsummary: S.\n---\n[Old](old.pdf)\n")
        .with("bulletins/old.pdf", "%PDF-1.4");
    assert_eq!(folder.problems(), [""; 0]);
    assert_eq!(folder.today().get("/bulletins/old.pdf").status, 200);
    // Before the change, the version and what only it refers to are not public.
    assert_eq!(folder.at("2022-05-06T00:00:00Z").get("/bulletins/old.pdf").status, 404);
}

/// A bulletin with two earlier texts, of 5 May and 1 June; the third is of 1 July.
fn changed(more: &str) -> Folder {
    let facts = format!(
        "published: 2022-05-05\n\
         changes: [{{ on: 2022-06-01, note: Lanes. }}, {{ on: 2022-07-01, note: Price. }}]\n{more}"
    );
    let version = |title: &str, text: &str| {
        format!("---\ntitle: {title}\nsummary: What is said about x.\n---\n{text}\n")
    };
    Folder::city()
        .bulletin("x", &facts, "The pool has three lanes. It is free. Come soon.\n")
        .with(
            "bulletins/x.zh.md",
            "---\ntitle: 泳池\nsummary: 泳池。\n---\n泳池有三条泳道，免费。\n",
        )
        .with("bulletins/x.2022-05-05.md", version("Old", "The pool has two quokkas.\n"))
        .with(
            "bulletins/x.2022-05-05.zh.md",
            "---\ntitle: 泳池\nsummary: 泳池。\n---\n泳池有两条泳道，收费。\n",
        )
        .with(
            "bulletins/x.2022-06-01.md",
            version("About x", "The pool has three lanes. It costs 2 yuan. Come soon.\n"),
        )
}

const LIST: &str = "/bulletins/x/versions/";
const MAY: &str = "/bulletins/x/versions/2022-05-05/";
const JUNE: &str = "/bulletins/x/versions/2022-06-01/";

#[test]
fn versions_are_public_once_replaced() {
    let folder = changed("");
    for (instant, statuses) in [
        ("2022-05-20T00:00:00Z", [404, 404, 404]),
        ("2022-05-31T15:59:59Z", [404, 404, 404]),
        ("2022-05-31T16:00:00Z", [200, 200, 404]),
        ("2022-07-02T00:00:00Z", [200, 200, 200]),
    ] {
        let site = folder.at(instant);
        let found = [LIST, MAY, JUNE].map(|path| site.get(path).status);
        assert_eq!(found, statuses, "{instant}");
        let changes = [MAY, JUNE].map(|path| site.get(&format!("{path}changes/")).status);
        assert_eq!(changes, statuses[1..], "{instant}");
        let page = site.get("/bulletins/x/");
        assert_eq!(page.text().contains(LIST), statuses[0] == 200, "{instant}");
        // The old words are on the pages of the version alone.
        let with_old = site
            .paths()
            .into_iter()
            .filter(|path| site.get(path).text().contains("quokkas") && !path.starts_with(LIST));
        assert_eq!(with_old.collect::<Vec<_>>(), [""; 0], "{instant}");
        assert!(!site.get("/search/index.json?q=quokkas").text().contains("/bulletins/x/"));
    }
}

#[test]
fn list_has_change_beside_text_it_made() {
    let page = changed("").at("2022-07-02T00:00:00Z").page(LIST);
    assert_eq!(page.texts(".crumb li").last().map(String::as_str), Some("Earlier texts"));
    let rows: Vec<String> = page.texts("main .rows > li");
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(
        rows,
        [
            "1 July 2022 Present text Price. What changed on 1 July 2022",
            "1 June 2022 Text from 1 June 2022 until 1 July 2022 Lanes. What changed on 1 June 2022",
            "5 May 2022 Text from 5 May 2022 until 1 June 2022"
        ]
    );
    assert_eq!(
        page.attributes("main .rows .row a", "href"),
        [format!("{JUNE}changes/"), format!("{MAY}changes/")]
    );
}

#[test]
fn versions_of_unpublished_bulletins_are_nowhere() {
    for more in ["draft: true", "expires: 2022-08-01", "gone: { on: 2022-08-01, reason: R. }"] {
        let site = changed(more).at("2022-09-01T00:00:00Z");
        let expected = if more.starts_with("draft") { 404 } else { 410 };
        for path in [LIST, MAY, JUNE, "/zh/bulletins/x/versions/2022-05-05/changes/"] {
            assert_eq!(site.get(path).status, expected, "{more} {path}");
            assert_eq!(site.get(&format!("{path}index.json")).status, expected, "{more} {path}");
        }
        assert!(site.paths().iter().all(|path| !site.get(path).text().contains("quokkas")));
    }
    let site = changed("withdrawn: { on: 2022-08-01, reason: R. }").at("2022-09-01T00:00:00Z");
    assert!(site.get(MAY).is(200).text().contains("Withdrawn on 1 August 2022"));
}

#[test]
fn comparison_marks_sentences_and_clauses() {
    let site = changed("").at("2022-09-01T00:00:00Z");
    let changes =
        |path: &str| -> serde_json::Value { site.get(&format!("{path}changes/index.json")).json() };
    let june = changes(JUNE);
    assert_eq!(june["removed"], serde_json::json!({ "sentences": 1, "words": 4 }));
    assert_eq!(
        june["changes"][0],
        serde_json::json!({ "removed": ["It costs 2 yuan."], "added": ["It is free."] })
    );
    let reply = site.get(&format!("{JUNE}changes/"));
    let page = reply.text();
    assert!(page.contains("<small>Removed: </small><del>It costs 2 yuan. </del>"), "{page}");
    assert!(page.contains("<small>Added: </small><ins>It is free. </ins>"), "{page}");
    assert!(page.contains("Removed: 1 sentence (4 words)"), "{page}");
    let chinese = changes("/zh/bulletins/x/versions/2022-05-05/");
    assert_eq!(chinese["to"], "https://lakeside.example/zh/bulletins/x/");
    assert_eq!(
        chinese["changes"][0],
        serde_json::json!({
            "removed": ["泳池有两条泳道，", "收费。"], "added": ["泳池有三条泳道，", "免费。"]
        })
    );
}

#[test]
fn comparison_marks_changed_caption() {
    let picture = include_bytes!("../fixtures/pictures/2-by-3.png");
    let page = |caption: &str| format!("![The pool](pool.png \"{caption}\")\n");
    let version = format!("---\ntitle: About x\nsummary: S.\n---\n{}", page("Closed in May"));
    let facts = "published: 2022-05-05\nchanges: [{ on: 2022-06-01, note: N. }]";
    let site = Folder::city()
        .bulletin("x", facts, &page("Open since June"))
        .with("bulletins/x.2022-05-05.md", version)
        .with("bulletins/pool.png", picture)
        .today();
    let changes = site.page(&format!("{MAY}changes/"));
    assert!(changes.texts("main del").concat().contains("Closed in May"));
    assert!(changes.texts("main ins").concat().contains("Open since June"));
}

#[test]
fn versions_answer_at_former_addresses_and_links() {
    let site = changed("aliases: [/old/x/]")
        .bulletin("y", "published: 2022-05-05", "See [the old text](/bulletins/x/versions/).\n")
        .at("2022-09-01T00:00:00Z");
    for path in ["", "2022-05-05/", "2022-06-01/changes/"] {
        let reply = site.get(&format!("/old/x/versions/{path}"));
        let target = format!("/bulletins/x/versions/{path}");
        assert_eq!((reply.status, reply.header("location")), (308, Some(target.as_str())));
    }
    assert!(site.get("/bulletins/y/").text().contains("href=\"/bulletins/x/versions/\""));
    let wrong = changed("").bulletin(
        "z",
        "published: 2022-05-05",
        "[a](/bulletins/x/versions/2021-01-01/)",
    );
    let problems = wrong.problems();
    assert!(problems.iter().any(|line| line.contains("link/broken")), "{problems:?}");
    assert!(site.get(MAY).text().contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!site.get("/sitemap.xml").text().contains("versions"));
}

#[test]
fn accept_datetime_leads_to_text_of_date() {
    let site = changed("").at("2022-09-01T00:00:00Z");
    let page = "/bulletins/x/";
    let link = "<https://lakeside.example/bulletins/x/>; rel=\"original timegate\", \
                <https://lakeside.example/bulletins/x/versions/timemap.link>; rel=\"timemap\"; \
                type=\"application/link-format\"";
    for (date, target) in [
        ("Tue, 11 Sep 2001 20:35:00 GMT", Some(MAY)),
        ("Tue, 31 May 2022 15:59:59 GMT", Some(MAY)),
        ("Tue, 31 May 2022 16:00:00 GMT", Some(JUNE)),
        ("Thu, 30 Jun 2022 16:00:00 GMT", None),
        ("Tue, 01 Jan 2030 00:00:00 GMT", None),
    ] {
        let reply = site.ask("GET", page, &[("accept-datetime", date)]);
        assert_eq!(reply.header("location"), target, "{date}");
        assert_eq!(reply.status, if target.is_some() { 302 } else { 200 }, "{date}");
        reply.has("link", link);
        assert!(reply.must("vary").contains("ccept-") && reply.must("vary").contains("atetime"));
    }
    let reply = site.ask("GET", page, &[("accept-datetime", "yesterday")]);
    assert_eq!((reply.status, reply.header("cache-control")), (400, Some("no-store")));
    let may = site.ask("GET", MAY, &[("accept-datetime", "Tue, 01 Jan 2030 00:00:00 GMT")]);
    may.is(200).has("memento-datetime", "Wed, 04 May 2022 16:00:00 GMT").has("link", link);
    // A page without earlier texts takes no part.
    let home = site.ask("GET", "/", &[("accept-datetime", "Tue, 11 Sep 2001 20:35:00 GMT")]);
    home.is(200).lacks("link");
    assert!(!home.must("vary").contains("atetime"));
}

#[test]
fn time_map_lists_every_earlier_text() {
    let reply = changed("").at("2022-09-01T00:00:00Z").get("/bulletins/x/versions/timemap.link");
    reply.is(200).has("content-type", "application/link-format");
    let root = "https://lakeside.example/bulletins/x/";
    assert_eq!(
        reply.text(),
        format!(
            "<{root}>; rel=\"original\",\n\
             <{root}>; rel=\"timegate\",\n\
             <{root}versions/timemap.link>; rel=\"self\"; type=\"application/link-format\",\n\
             <{root}versions/2022-05-05/>; rel=\"first memento\"; \
             datetime=\"Wed, 04 May 2022 16:00:00 GMT\",\n\
             <{root}versions/2022-06-01/>; rel=\"last memento\"; \
             datetime=\"Tue, 31 May 2022 16:00:00 GMT\"\n"
        )
    );
}

const COMPARE: &str = "/bulletins/x/versions/compare/";

#[test]
fn any_two_texts_can_be_compared() {
    let site = changed("").at("2022-09-01T00:00:00Z");
    let form = site.page(COMPARE);
    assert_eq!(form.attributes("main form", "action"), [COMPARE]);
    assert_eq!(form.texts("main select[name=from] option").len(), 3);
    assert!(site.page(LIST).attributes("main a", "href").contains(&COMPARE.to_owned()));
    for (query, removed, added) in [
        ("from=2022-05-05&to=present", "quokkas", "It is free."),
        ("from=present&to=2022-05-05", "It is free.", "quokkas"),
        ("from=2022-05-05&to=2022-06-01", "quokkas", "It costs 2 yuan."),
    ] {
        let page = site.page(&format!("{COMPARE}?{query}"));
        assert!(page.texts("main del").concat().contains(removed), "{query}");
        assert!(page.texts("main ins").concat().contains(added), "{query}");
        let chosen = page.attributes("main option[selected]", "value").join("&to=");
        assert_eq!(format!("from={chosen}"), query);
    }
    let same = site.page(&format!("{COMPARE}?from=present&to=present"));
    assert!(same.text("main").contains("No words changed"));
    let chinese = site.page(&format!("/zh{COMPARE}?from=2022-05-05&to=present"));
    assert_eq!(chinese.text("main del"), "泳池有两条泳道，收费。");
}

#[test]
fn comparison_shows_public_texts_alone() {
    let site = changed("").at("2022-06-10T00:00:00Z");
    for (query, status) in [
        ("from=2022-05-05&to=present", 200),
        ("utm=1", 200),
        ("from=2022-06-01&to=present", 400),
        ("from=2022-05-05", 400),
        ("from=2022-05-05&to=%3Cb%3E", 400),
    ] {
        site.get(&format!("{COMPARE}?{query}")).is(status);
    }
    let query = "?from=2022-05-05&to=present";
    changed("").at("2022-05-20T00:00:00Z").get(&format!("{COMPARE}{query}")).is(404);
    let gone = changed("expires: 2022-08-01").at("2022-09-01T00:00:00Z");
    gone.get(&format!("{COMPARE}{query}")).is(410);
    let draft = changed("draft: true").at("2022-09-01T00:00:00Z");
    draft.get(&format!("{COMPARE}{query}")).is(404);
}

#[test]
fn two_hundred_texts_make_no_page_for_each_pair() {
    let days: Vec<String> =
        (0..200).map(|day| format!("2021-{:02}-{:02}", day / 28 + 1, day % 28 + 1)).collect();
    let changes: Vec<String> =
        days[1..].iter().map(|day| format!("{{ on: {day}, note: N. }}")).collect();
    let facts = format!("published: {}\nchanges: [{}]", days[0], changes.join(", "));
    let folder = days[..199].iter().enumerate().fold(
        Folder::city().bulletin("x", &facts, "The pool has 199 lanes.\n"),
        |folder, (lanes, day)| {
            let text = format!("---\ntitle: X\nsummary: S.\n---\nThe pool has {lanes} lanes.\n");
            folder.with(&format!("bulletins/x.{day}.md"), text)
        },
    );
    let site = folder.at("2022-09-01T00:00:00Z");
    let pages = site.paths().iter().filter(|path| path.starts_with(LIST)).count();
    assert_eq!(pages, 199 * 4 + 4, "a text, its changes and their data, the list, the choice");
    let page = site.page(&format!("{COMPARE}?from=2021-01-01&to=present"));
    assert!(page.texts("main ins").concat().contains("199"));
}
