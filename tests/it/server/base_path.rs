//! A site below a path of its host: `--base-url https://city.example/gov/bulletin/`.

use std::collections::{BTreeMap, BTreeSet};

use tempfile::TempDir;

use super::export::{export_with, files};
use super::{Answer, Connection, Server, city};
use crate::cli::{complains, run, text};
use crate::harness::{Folder, Page, repository};

const HOST: &str = "https://city.example";
const PREFIX: &str = "/gov/bulletin";
const BASE: &str = "https://city.example/gov/bulletin/";

/// The addresses of this host in a response: from attributes, and absolute ones in any text.
fn addresses(path: &str, answer: &Answer) -> Vec<String> {
    let media_type = answer.headers.get("content-type").cloned().unwrap_or_default();
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    let mut found = Vec::new();
    if media_type.starts_with("text/html") {
        let page = Page::new(path, &body);
        for name in ["href", "src", "action"] {
            found.extend(page.attributes(&format!("[{name}]"), name));
        }
    }
    // Lines of calendars are folded; addresses in XML and HTML may have `&amp;`.
    let unfolded = body.replace("\r\n ", "").replace("&amp;", "&").replace("&quot;", "\"");
    for rest in unfolded.split(HOST).skip(1) {
        let end = rest.find(|c: char| c.is_whitespace() || "\"<>'`\\,;)".contains(c));
        found.push(rest[..end.unwrap_or(rest.len())].to_owned());
    }
    if media_type.starts_with("text/css") {
        found.extend(body.split("url(").skip(1).map(|rest| {
            rest.split(')').next().unwrap_or_default().trim_matches(['"', '\'']).to_owned()
        }));
    }
    found
}

/// The path and query of an address on this host, resolved against a page; none for other sites,
/// and for templates such as `{searchTerms}`.
fn resolve(page: &str, address: &str) -> Option<String> {
    let base = url::Url::parse(&format!("{HOST}{page}")).expect("an address");
    let mut url = base.join(address).expect("an address");
    url.set_fragment(None);
    if url.host_str() != Some("city.example") || address.contains(['{', '}']) {
        return None;
    }
    Some(url[url::Position::BeforePath..].to_owned())
}

/// Follows every address from the home page, and returns each with its response.
fn crawl(connection: &mut Connection) -> BTreeMap<String, Answer> {
    let known = ["/", "/robots.txt", "/search/?q=water", "/zh/search/?q=water", "/~water/"];
    let mut waiting: Vec<String> = known.iter().map(|path| format!("{PREFIX}{path}")).collect();
    let mut seen: BTreeMap<String, Answer> = BTreeMap::new();
    // Filters of a search lead to ever more searches.
    let mut searches = 0;
    while let Some(path) = waiting.pop() {
        let is_search = path.contains('?');
        if seen.contains_key(&path) || (is_search && searches >= 60) {
            continue;
        }
        searches += usize::from(is_search);
        let answer = connection.get(&path);
        for address in addresses(&path, &answer) {
            let Some(next) = resolve(&path, &address) else { continue };
            let is_below = next.starts_with(&format!("{PREFIX}/")) || next == PREFIX;
            assert!(is_below, "{path} leads to {address}, outside of {BASE}");
            waiting.push(next);
        }
        seen.insert(path, answer);
    }
    seen
}

#[test]
fn every_address_under_path_answers_kept_or_stripped() {
    let folder = repository().join("tests/fixtures/rimewater");
    let server = Server::of(&folder, &["--base-url", BASE]);
    server.log.says("the search is ready", 1);
    let mut connection = server.connect();
    let seen = crawl(&mut connection);
    let kinds: BTreeSet<&str> = seen
        .values()
        .filter_map(|answer| answer.headers.get("content-type"))
        .map(|kind| kind.split(';').next().unwrap_or_default())
        .collect();
    for kind in [
        "text/html",
        "text/css",
        "application/atom+xml",
        "text/calendar",
        "text/csv",
        "application/json",
        "application/xml",
        "text/plain",
        "image/svg+xml",
    ] {
        assert!(kinds.contains(kind), "no {kind} in {kinds:?}");
    }
    assert!(seen.len() > 400, "{} addresses", seen.len());
    assert!(seen.keys().any(|path| path.contains("/search/?")));
    // The root without its slash, of which OpenAPI makes addresses, cannot be stripped.
    for (path, answer) in seen.iter().filter(|(path, _)| *path != PREFIX) {
        let is_expected = [200, 308, 410].contains(&answer.status) || path.ends_with("/~water/");
        assert!(is_expected, "{path}: {}", answer.status);
        if let Some(location) = answer.headers.get("location") {
            assert!(location.starts_with(&format!("{PREFIX}/")), "{path}: {location}");
        }
        let stripped = connection.get(&path[PREFIX.len()..]);
        assert_eq!(stripped.status, answer.status, "{path}");
        assert!(stripped.body == answer.body, "{path} differs without {PREFIX}");
        assert_eq!(stripped.headers.get("etag"), answer.headers.get("etag"), "{path}");
    }
}

#[test]
fn redirects_under_path_lead_below_it() {
    let folder = TempDir::new().unwrap();
    Folder::city()
        .bulletin("lake", "published: 2022-05-05\naliases: [/old-lake/, /a.asp?id=1]", "")
        .bulletin("past", "published: 2022-05-05\nexpires: 2022-06-01", "")
        .write_to(folder.path());
    let server = Server::of(folder.path(), &["--base-url", BASE]);
    let mut connection = server.connect();
    for (path, location) in [
        ("", "/"),
        ("/bulletins", "/bulletins/"),
        ("/bulletins?from=wechat", "/bulletins/?from=wechat"),
        ("//bulletins//lake/", "/bulletins/lake/"),
        ("/%62ulletins/lake/", "/bulletins/lake/"),
        ("/zh", "/zh/"),
        ("/old-lake/", "/bulletins/lake/"),
        ("/old-lake", "/bulletins/lake/"),
        ("/a.asp?from=wechat&id=1", "/bulletins/lake/"),
        ("/bulletins/page/1/", "/bulletins/"),
        ("/index.html", "/"),
    ] {
        let kept = connection.get(&format!("{PREFIX}{path}"));
        let expected = format!("{PREFIX}{location}");
        assert_eq!((kept.status, &*kept.headers["location"]), (308, &*expected), "{path}");
        if !path.is_empty() {
            let stripped = connection.get(path);
            assert_eq!((stripped.status, &*stripped.headers["location"]), (308, &*expected));
        }
    }
    for (path, status) in [
        ("/bulletins/past/", 410),
        ("/nothing/", 404),
        ("/%ff", 400),
        ("/healthz", 200),
        ("/readyz", 200),
    ] {
        for path in [format!("{PREFIX}{path}"), path.to_owned()] {
            let answer = connection.get(&path);
            assert_eq!(answer.status, status, "{path}");
            let outside = addresses(&path, &answer)
                .into_iter()
                .find(|address| address.starts_with('/') && !address.starts_with(PREFIX));
            assert_eq!(outside, None, "{path}");
        }
    }
    // A path that only begins with the same letters is another one.
    assert_eq!(connection.get("/gov/bulletins/").status, 404);
    assert_eq!(connection.get("/zh/~/").headers["content-language"], "zh");
    assert_eq!(connection.get(&format!("{PREFIX}/zh/~/")).headers["content-language"], "zh");
    let robots = text(&connection.get("/robots.txt").body);
    assert!(robots.contains("Disallow: /gov/bulletin/search/*?\n"), "{robots}");
}

#[test]
fn export_under_path_links_below_it() {
    let folder = TempDir::new().unwrap();
    let (content, target) = (folder.path().join("content"), folder.path().join("site"));
    Folder::city()
        .bulletin("lake", "published: 2022-05-05\naliases: [/old-lake/]", "[goals](/goals/)")
        .bulletin("past", "published: 2022-05-05\nexpires: 2022-06-01", "")
        .write_to(&content);
    let output = export_with(Some(&content), &target, &["--base-url", BASE]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let files = files(&target);
    let rules = text(&files["_redirects"]);
    for rule in [
        "/gov/bulletin/old-lake/ /gov/bulletin/bulletins/lake/ 308",
        "/gov/bulletin/bulletins/past/ /gov/bulletin/bulletins/past/index.html 410",
    ] {
        assert!(rules.lines().any(|line| line == rule), "{rules}");
    }
    let page = text(&files["bulletins/lake/index.html"]);
    assert!(page.contains("<a href=\"/gov/bulletin/goals/\">goals</a>"), "{page}");
    let moved = text(&files["old-lake/index.html"]);
    for part in [
        "content=\"0; url=/gov/bulletin/bulletins/lake/\"",
        "href=\"https://city.example/gov/bulletin/bulletins/lake/\"",
        "<a href=\"/gov/bulletin/bulletins/lake/\">",
    ] {
        assert!(moved.contains(part), "no {part}:\n{moved}");
    }
}

#[test]
fn path_that_is_also_a_page_is_named() {
    let folder = TempDir::new().unwrap();
    city(folder.path());
    let server = Server::of(folder.path(), &["--base-url", "https://city.example/bulletins/"]);
    server.log.says("a proxy must keep `/bulletins/`", 1);
    let home = server.get("/bulletins/");
    assert!(
        text(&home.body)
            .contains("<link rel=\"canonical\" href=\"https://city.example/bulletins/\">")
    );
    assert_eq!(server.get("/bulletins/bulletins/lake/").status, 200);
}

#[test]
fn wrong_base_url_is_one_clear_line() {
    for (url, reason) in [
        ("http://", "has no host"),
        ("https://", "has no host"),
        ("bulletin.example", "does not start with `https://` or `http://`"),
        ("ftp://a.example", "does not start with `https://` or `http://`"),
        ("https://a b/", "is not a web address"),
        ("https://a.example:99999/", "is not a web address"),
        ("https://a.example/?q=1", "has a `?`, `#` or `@`"),
        ("https://a.example/公报/", "the path of"),
        ("https://a.example/a/../b/", "the path of"),
    ] {
        complains(&run(&["check", "--built-in", "--base-url", url]), 2, reason);
    }
}
