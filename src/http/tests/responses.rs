//! Responses of the application without a socket.

use super::{get, send};

const PAGE: &str = "public, max-age=60, stale-while-revalidate=600";

#[test]
fn page_has_caching_headers() {
    get("/goals/?utm_source=x")
        .has_status(200)
        .has_body("/goals/")
        .has_header("content-type", "text/html; charset=utf-8")
        .has_header("content-language", "en")
        .has_header("cache-control", PAGE)
        .has_header("vary", "Accept-Encoding")
        .has_header("etag", "\"/goals/\"")
        .has_header("cross-origin-resource-policy", "same-origin")
        .has_no(&["content-encoding", "access-control-allow-origin", "last-modified"]);
    get("/static/site.0123.css")
        .has_status(200)
        .has_header("cache-control", "public, max-age=31536000, immutable");
    get("/zh/%E5%93%88%E5%B0%94%E6%BB%A8/")
        .has_status(200)
        .has_header("content-language", "zh")
        .has_body("/zh/哈尔滨/");
    get("/tiny/").has_status(200).has_no(&["vary"]);
}

#[test]
fn data_and_feeds_are_readable_from_any_origin() {
    for uri in ["/goals/index.json", "/feed.xml"] {
        let response = send("GET", uri, &[("if-none-match", &format!("\"{uri}\""))]);
        for response in [&response, &get(uri)] {
            response
                .has_header("access-control-allow-origin", "*")
                .has_header("cross-origin-resource-policy", "cross-origin");
        }
        response.has_status(304);
    }
}

#[test]
fn each_encoding_has_its_own_body_and_etag() {
    let table = [
        ("br", "br", "-br"),
        ("gzip, zstd;q=0.5", "gzip", "-gz"),
        ("zstd, br;q=0", "zstd", "-zst"),
    ];
    for (accepted, coding, mark) in table {
        send("GET", "/", &[("accept-encoding", accepted)])
            .has_status(200)
            .has_header("content-encoding", coding)
            .has_header("etag", &format!("\"/{mark}\""))
            .has_body(&format!("/{mark}"));
    }
    send("GET", "/tiny/", &[("accept-encoding", "br")])
        .has_status(200)
        .has_body("/tiny/")
        .has_no(&["content-encoding"]);
}

#[test]
fn refusing_every_coding_returns_406_except_for_errors() {
    let refused = [("accept-encoding", "identity;q=0")];
    send("GET", "/", &refused)
        .has_status(406)
        .has_body("Available codings: identity, gzip, zstd, br\n")
        .has_header("vary", "Accept-Encoding")
        .has_header("cache-control", "no-store");
    send("GET", "/nothing/", &refused)
        .has_status(404)
        .has_body("en NotFound page")
        .has_no(&["content-encoding"]);
}

#[test]
fn not_modified_repeats_caching_headers() {
    for uri in ["/", "/goals/", "/goals/index.json", "/feed.xml", "/static/site.0123.css", "/tiny/"]
    {
        for coding in ["identity", "br", "gzip", "zstd"] {
            let full = send("GET", uri, &[("accept-encoding", coding)]);
            let condition = ("if-none-match", full.header("etag").unwrap_or(""));
            let response = send("GET", uri, &[("accept-encoding", coding), condition]);
            response.has_status(304).has_body("").has_no(&[
                "content-type",
                "content-encoding",
                "content-length",
            ]);
            let repeated = full.headers.iter().filter(|(name, _)| {
                !matches!(name.as_str(), "content-type" | "content-encoding" | "content-language")
            });
            for (name, value) in repeated {
                response.has_header(name, value);
            }
        }
    }
    // Only entity tags tell whether a computed status has changed.
    let date = ("if-modified-since", "Thu, 01 Jan 2099 00:00:00 GMT");
    send("GET", "/", &[date]).has_status(200);
    let other = [("accept-encoding", "gzip"), ("if-none-match", "\"/-br\"")];
    send("GET", "/", &other).has_status(200).has_header("etag", "\"/-gz\"");
    send("GET", "/", &[("if-match", "\"other\"")])
        .has_status(412)
        .has_header("cache-control", "no-store")
        .has_no(&["etag"]);
}

#[test]
fn parts_of_files_are_served() {
    let path = "/plan.pdf";
    get(path).has_status(200).has_header("accept-ranges", "bytes").has_body(path);
    send("GET", path, &[("range", "bytes=1-4")])
        .has_status(206)
        .has_header("content-range", "bytes 1-4/9")
        .has_header("etag", "\"/plan.pdf\"")
        .has_body("plan");
    send("GET", path, &[("range", "bytes=1-4"), ("if-range", "\"/plan.pdf\"")]).has_status(206);
    send("GET", path, &[("range", "bytes=1-4"), ("if-range", "\"other\"")])
        .has_status(200)
        .has_body(path);
    send("GET", path, &[("range", "bytes=9-")])
        .has_status(416)
        .has_header("content-range", "bytes */9")
        .has_no(&["etag"]);
    send("GET", path, &[("range", "bytes=0-0"), ("if-none-match", "\"/plan.pdf\"")])
        .has_status(304);
    // Not for compressed bodies, for HEAD, nor for pages.
    send("GET", path, &[("range", "bytes=1-4"), ("accept-encoding", "br")])
        .has_status(200)
        .has_no(&["accept-ranges"]);
    send("HEAD", path, &[("range", "bytes=1-4")]).has_status(200);
    send("GET", "/goals/", &[("range", "bytes=1-4")]).has_status(200).has_no(&["accept-ranges"]);
}

#[test]
fn conditions_apply_only_to_200() {
    send("GET", "/gone/", &[("if-none-match", "*")])
        .has_status(410)
        .has_body("/gone/")
        .has_no(&["etag", "last-modified"]);
    send("GET", "/nothing/", &[("if-none-match", "*"), ("if-match", "\"x\"")]).has_status(404);
    send("GET", "/goals", &[("if-none-match", "*")]).has_status(308);
    send("POST", "/", &[("if-match", "\"x\"")]).has_status(405);
}

#[test]
fn other_spelling_redirects_in_one_step() {
    let table = [
        ("/goals", "/goals/"),
        ("/goals?year=2022&q=%20", "/goals/?year=2022&q=%20"),
        ("//goals//", "/goals/"),
        ("/%67oals", "/goals/"),
        ("/goals/index.html?x", "/goals/?x"),
        ("/zh/../goals/", "/goals/"),
        ("/goals/%2e%2e/goals/./index.json", "/goals/index.json"),
        ("/zh/%e5%93%88%e5%b0%94%e6%bb%a8", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/"),
        ("/old/path/", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/"),
        ("/old/path?a=b", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/?a=b"),
        ("/old//path", "/zh/%E5%93%88%E5%B0%94%E6%BB%A8/"),
        ("/gone", "/gone/"),
        ("/static//site.0123.css", "/static/site.0123.css"),
        ("https://evil.example/goals", "/goals/"),
        ("https://evil.example//", "/"),
    ];
    for (uri, location) in table {
        get(uri)
            .has_status(308)
            .has_header("location", location)
            .has_header("cache-control", PAGE)
            .has_body("");
    }
}

#[test]
fn redirects_stay_on_site_and_lead_to_pages() {
    for uri in [
        "//evil.example",
        "//evil.example/",
        "/%2Fevil.example",
        "/\\evil.example",
        "/%5Cevil.example/..",
    ] {
        let response = get(uri);
        assert!(matches!(response.status, 404 | 308), "{response:?}");
        assert!(matches!(response.header("location"), None | Some("/")), "{response:?}");
    }
    get("/nothing//").has_status(404).has_no(&["location"]);
    get("/static/site.0123.css/").has_status(404);
    get("/goals/index.json/").has_status(404);
}

#[test]
fn error_page_uses_the_language_of_the_path() {
    let (none, br) = (&[][..], &[("accept-encoding", "br")][..]);
    send("GET", "/nothing/", none)
        .has_status(404)
        .has_body("en NotFound page")
        .has_header("content-language", "en");
    send("GET", "/zh/nothing", none)
        .has_status(404)
        .has_body("zh NotFound page")
        .has_header("content-language", "zh");
    send("GET", "/zh/nothing", br)
        .has_status(404)
        .has_body("zh NotFound page-br")
        .has_header("content-encoding", "br");
    send("GET", "/zh/%zz", none)
        .has_status(400)
        .has_body("zh BadRequest page")
        .has_header("cache-control", "no-store");
    send("GET", "/%ff", none).has_status(400).has_body("en BadRequest page");
    send("GET", "/%00", none).has_status(400);
    send("GET", &format!("/{}", "a".repeat(2_000)), none).has_status(400);
    send("GET", "/gone/", br)
        .has_status(410)
        .has_body("/gone/-br")
        .has_header("vary", "Accept-Encoding");
}

#[test]
fn other_methods_return_405() {
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE"] {
        send(method, "/zh/nothing/", &[])
            .has_status(405)
            .has_header("allow", "GET, HEAD")
            .has_body("zh MethodNotAllowed page");
    }
    send("POST", "/healthz", &[]).has_status(405).has_header("allow", "GET, HEAD");
}

#[test]
fn preflight_allows_only_data() {
    let asked = &[
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let data = send("OPTIONS", "/goals/index.json", asked);
    data.has_status(204)
        .has_header("access-control-allow-origin", "*")
        .has_header("access-control-allow-methods", "GET, HEAD");
    data.has_header("access-control-allow-headers", "If-None-Match, If-Modified-Since");
    get("/goals/index.json").has_header("access-control-expose-headers", "ETag");
    send("OPTIONS", "/", asked).has_status(405);
    send("OPTIONS", "/goals/index.json", &[]).has_status(405);
}

#[test]
fn health_and_readiness_are_not_cached() {
    get("/healthz").has_status(200).has_body("ok\n").has_header("cache-control", "no-store");
    get("/readyz")
        .has_status(200)
        .has_header("content-type", "application/json")
        .has_header("cache-control", "no-store");
    get("//healthz").has_status(404);
}

#[test]
fn former_addresses_with_query_redirect() {
    let table = [
        ("/show.asp?id=12", Some("/goals/")),
        ("/show.asp?from=wechat&id=12", Some("/goals/")),
        ("/show.asp?id=12&a=1", Some("/tiny/")),
        ("/show.asp?i%64=12", Some("/goals/")),
        ("/?p=7", Some("/goals/")),
        ("/show.asp?id=13", None),
        ("/show.asp?id=123", None),
        ("/show.asp", None),
    ];
    for (uri, location) in table {
        let response = get(uri);
        assert_eq!(response.header("location"), location, "{uri}");
        response.has_status(if location.is_some() { 308 } else { 404 });
    }
    get("/?p=8").has_status(200);
    get("/old/path/?from=wechat").has_status(308);
}
