//! Markup in every part of a request: an HTML parser sees none of it as markup.

use gazette::search::Indexer;
use scraper::Html;

use crate::harness::Site;

/// It ends attributes, titles, scripts and comments, and begins an element with a handler.
const PROBE: &str = "\"'><xss-probe onload=alert(1)></title></script>--><script>alert(2)</script>\
                     <img src=x onerror=alert(3)>";

/// Asserts that a parsed document has nothing that runs, and no element or attribute of the probe.
#[track_caller]
fn assert_harmless(place: &str, html: &Html) {
    for node in html.tree.values() {
        let Some(element) = node.as_element() else { continue };
        let name = element.name();
        let is_data = name == "script" && element.attr("type") == Some("application/ld+json");
        assert!(
            is_data
                || !["script", "iframe", "object", "embed", "base", "style", "xss-probe"]
                    .contains(&name),
            "{place}: <{name}>"
        );
        for (attribute, value) in element.attrs() {
            let is_plain =
                attribute.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:".contains(&byte));
            assert!(
                is_plain && !attribute.starts_with("on") && attribute != "style",
                "{place}: {attribute}={value:?} of <{name}>"
            );
            if ["href", "src", "action", "formaction", "content"].contains(&attribute) {
                let value: String =
                    value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
                let value = value.to_ascii_lowercase();
                let runs = ["javascript:", "vbscript:", "data:"];
                assert!(!runs.iter().any(|scheme| value.starts_with(scheme)), "{place}: {value}");
            }
        }
    }
    for data in html.select(&scraper::Selector::parse("script").unwrap()) {
        let text: String = data.text().collect();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{place}: {text}");
    }
}

#[track_caller]
fn check_all(place: &str, media_type: &str, body: &str) {
    if media_type.starts_with("text/html") {
        assert_harmless(place, &Html::parse_document(body));
    } else if media_type.starts_with("application/atom+xml") {
        let feed: atom_syndication::Feed = body.parse().expect("a feed");
        for entry in feed.entries() {
            let content = entry.content().and_then(|content| content.value());
            assert_harmless(place, &Html::parse_fragment(content.unwrap_or_default()));
        }
    } else if media_type.contains("json") {
        assert!(serde_json::from_str::<serde_json::Value>(body).is_ok(), "{place}");
    }
}

#[test]
fn markup_in_requests_is_text_on_pages() {
    let site = Site::real();
    site.edition().search().build_index(&mut Indexer::default());
    for probe in
        [PROBE, "javascript:alert(1)", "\u{FDD3}<xss-probe>", "water\"><xss-probe>", "\r\nX-Y: z"]
    {
        let value =
            percent_encoding::utf8_percent_encode(probe, percent_encoding::NON_ALPHANUMERIC);
        let mut addresses: Vec<String> = vec![format!("/{value}/"), format!("/zh/{value}")];
        for root in ["/", "/zh/"] {
            for format in ["", "index.json", "feed.xml"] {
                addresses.push(format!("{root}search/{format}?q={value}"));
                for name in [
                    "category", "kind", "language", "status", "from", "to", "sort", "page", "year",
                    "x",
                ] {
                    addresses.push(format!("{root}search/{format}?q=water&{name}={value}"));
                }
            }
        }
        for address in addresses {
            let reply = site.get(&address);
            let media_type = reply.header("content-type").unwrap_or_default().to_owned();
            check_all(&address, &media_type, reply.text());
            assert!(reply.header("x-y").is_none(), "{address}");
        }
    }
}
