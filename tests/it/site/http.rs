//! Status, headers and encodings of every response.

use std::collections::BTreeSet;
use std::io::Read as _;

use super::{ANNOUNCEMENT, language_of};
use crate::harness::{Reply, Site};

const CODINGS: [&str; 3] = ["br", "gzip", "zstd"];

#[test]
fn paths_answer_with_type_of_their_extension() {
    let site = Site::real();
    for path in site.paths() {
        let name = path.rsplit('/').next().unwrap_or_default();
        let expected = match name.rsplit_once('.').map(|(_, extension)| extension) {
            None => "text/html; charset=utf-8",
            Some("xml") if name == "feed.xml" => "application/atom+xml; charset=utf-8",
            Some("xml") if name == "opensearch.xml" => {
                "application/opensearchdescription+xml; charset=utf-8"
            }
            Some("xml") => "application/xml; charset=utf-8",
            Some("json") if path.ends_with("/feed.json") && !path.starts_with("/data/schemas/") => {
                "application/feed+json"
            }
            Some("json") => "application/json",
            Some("jsonld") => "application/ld+json",
            Some("csv") => "text/csv; charset=utf-8; header=present",
            Some("ris") => "application/x-research-info-systems; charset=utf-8",
            Some("bib") => "application/x-bibtex; charset=utf-8",
            Some("csl") => "application/vnd.citationstyles.csl+json",
            Some("css") => "text/css; charset=utf-8",
            Some("ics") => "text/calendar; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("txt") => "text/plain; charset=utf-8",
            Some(other) => panic!("{path}: no test knows .{other}"),
        };
        let reply = site.get(&path);
        reply.is(200).has("content-type", expected);
        assert!(!reply.body.is_empty(), "{reply:?}");
        let is_asset = path.starts_with("/static/");
        let cache = if is_asset {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=60, stale-while-revalidate=600"
        };
        reply.has("cache-control", cache);
        if name.is_empty() {
            reply.has("content-language", language_of(&path));
        }
    }
}

#[test]
fn matching_etag_returns_304_with_cache_headers() {
    let site = Site::real();
    let is_repeated = |name: &str| {
        !matches!(name, "content-type" | "content-encoding" | "content-language" | "accept-ranges")
    };
    for path in site.paths() {
        for coding in ["identity", "br", "gzip", "zstd"] {
            let accept = ("accept-encoding", coding);
            let full = site.ask("GET", &path, &[accept]);
            let etag = full.must("etag").to_owned();
            assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "{full:?}");
            let listed = format!("\"other\", W/{etag}");
            let conditions = [
                ("if-none-match", etag.as_str()),
                ("if-none-match", &listed),
                ("if-none-match", "*"),
            ];
            for condition in conditions {
                let reply = site.ask("GET", &path, &[accept, condition]);
                reply.is(304).lacks("content-type").lacks("content-encoding");
                assert!(reply.body.is_empty(), "{reply:?}");
                let repeated = full.headers.iter().filter(|(name, _)| is_repeated(name));
                for (name, value) in repeated {
                    reply.has(name, value);
                }
            }
            let other = site.ask("GET", &path, &[accept, ("if-none-match", "\"other\"")]);
            other.is(200).has("etag", &etag);
        }
    }
}

#[test]
fn conditions_on_dates_are_ignored() {
    let site = Site::real();
    for path in ["/", "/goals/", ANNOUNCEMENT, "/zh/bulletins/childcare/", "/feed.xml"] {
        site.get(path).is(200).lacks("last-modified");
        let since = "Thu, 01 Jan 2099 00:00:00 GMT";
        site.ask("GET", path, &[("if-modified-since", since)]).is(200);
    }
}

#[test]
fn head_has_headers_of_get() {
    let site = Site::real();
    for path in site.paths() {
        for coding in ["identity", "br"] {
            let accept = [("accept-encoding", coding)];
            let (get, head) = (site.ask("GET", &path, &accept), site.ask("HEAD", &path, &accept));
            assert_eq!(get.status, head.status, "{path}");
            let sorted = |reply: &Reply| reply.headers.iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(sorted(&get), sorted(&head), "{path}");
        }
    }
}

/// Decompresses a body.
fn unpacked(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "br" => brotli::BrotliDecompress(&mut &*body, &mut out).expect("brotli"),
        "gzip" => drop(flate2::read::GzDecoder::new(body).read_to_end(&mut out).expect("gzip")),
        "zstd" => out = zstd::decode_all(body).expect("zstd"),
        other => panic!("{other}"),
    }
    out
}

#[test]
fn encodings_decode_alike_with_own_etags() {
    let site = Site::real();
    let mut packed = 0;
    for path in site.paths() {
        let plain = site.get(&path);
        plain.lacks("content-encoding");
        let mut tags = BTreeSet::from([plain.must("etag").to_owned()]);
        for coding in CODINGS {
            let reply = site.ask("GET", &path, &[("accept-encoding", coding)]);
            reply.is(200);
            let Some(used) = reply.header("content-encoding") else {
                assert_eq!(reply.body, plain.body, "{path}");
                continue;
            };
            assert_eq!(used, coding, "{path}");
            reply.has("vary", "Accept-Encoding");
            plain.has("vary", "Accept-Encoding");
            assert!(reply.body.len() < plain.body.len(), "{path} grows with {coding}");
            assert_eq!(unpacked(coding, &reply.body), plain.body, "{path} with {coding}");
            assert!(
                tags.insert(reply.must("etag").to_owned()),
                "{path}: {coding} has the tag of another encoding"
            );
            packed += 1;
        }
        assert!(tags.iter().all(|tag| !tag.starts_with("W/")), "{path}: {tags:?}");
        if path.ends_with('/') {
            assert_eq!(tags.len(), 4, "{path} is not packed in every way");
        }
    }
    assert!(packed > 500, "{packed}");
}

/// The bytes on the wire: status line, the headers that the server adds, and body.
fn on_the_wire(reply: &Reply) -> usize {
    let framing =
        "HTTP/1.1 200 OK\r\ncontent-length: 00000\r\ndate: Thu, 05 May 2022 02:00:00 GMT\r\n\r\n"
            .len();
    let headers: usize =
        reply.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    framing + headers + reply.body.len()
}

#[test]
fn home_and_bulletin_fit_first_round_trip() {
    let site = Site::real();
    for path in [
        "/",
        "/zh/",
        ANNOUNCEMENT,
        "/zh/bulletins/2022-development-goals/",
        "/bulletins/childcare/",
    ] {
        let br = [("accept-encoding", "br")];
        let page = site.page(path);
        let style = page.attribute("link[rel=stylesheet]", "href");
        let icon = page.attribute("link[rel=icon]", "href");
        let total: usize = [path, &style, &icon]
            .iter()
            .map(|path| on_the_wire(site.ask("GET", path, &br).is(200)))
            .sum();
        assert!(total <= 14_600, "{path} with its style and icon has {total} bytes");
    }
}

#[test]
fn error_pages_follow_language_of_path() {
    let site = Site::real();
    let table = [
        ("GET", "/nothing/", 404, "en"),
        ("GET", "/zh/nothing/", 404, "zh"),
        ("GET", "/zh", 308, ""),
        ("GET", "/zhongwen/", 404, "en"),
        ("GET", "/%zz", 400, "en"),
        ("GET", "/zh/%ff", 400, "zh"),
        ("POST", "/", 405, "en"),
        ("DELETE", "/zh/bulletins/", 405, "zh"),
    ];
    for (method, path, status, language) in table {
        let reply = site.ask(method, path, &[]);
        reply.is(status);
        if status == 308 {
            continue;
        }
        reply.has("content-language", language).has("cache-control", "no-store");
        let page = reply.page();
        assert_eq!(page.attribute("html", "lang"), language, "{path}");
        assert_eq!(page.meta("robots").as_deref(), Some("noindex"), "{path}");
        assert_eq!(page.all("h1").len(), 1, "{path}");
        assert_eq!(page.all("link[rel=canonical]").len(), 0, "{path}");
        let ways = page.attributes("main a", "href");
        let root = if language == "zh" { "/zh/" } else { "/" };
        assert!(
            ways.contains(&root.to_owned()) && ways.contains(&format!("{root}bulletins/")),
            "{path}: {ways:?}"
        );
        for way in ways {
            site.get(&way).is(200);
        }
        if status == 405 {
            reply.has("allow", "GET, HEAD");
        }
    }
}

#[test]
fn page_has_one_address() {
    let site = Site::real();
    for path in site.html_paths() {
        if path != "/" {
            site.get(path.trim_end_matches('/')).is(308).has("location", &path);
        }
        site.get(&format!("{path}index.html")).is(308).has("location", &path);
        site.get(&format!("/{path}")).is(308).has("location", &path);
    }
    site.get("/bulletins/page/1/").is(308).has("location", "/bulletins/");
    site.get("/zh/bulletins/2022/page/1/").is(308).has("location", "/zh/bulletins/2022/");
    site.get("/bulletins/page/99/").is(404);
}
