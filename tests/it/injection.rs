//! Markup in texts of the content and in each part of a request: an HTML parser sees none of it as markup.

use std::collections::{BTreeMap, BTreeSet};

use gazette::diagnostic::{Diagnostics, Severity};
use gazette::edition::Edition;
use gazette::search::Indexer;
use gazette::source::{Snapshot, Source};
use scraper::Html;

use crate::harness::{Site, TODAY, compiled, repository, short};

/// It ends attributes, titles, scripts and comments, and begins an element with a handler.
pub(crate) const PROBE: &str = "\"'><xss-probe onload=alert(1)></title></script>--><script>alert(2)</script>\
                     <img src=x onerror=alert(3)>";

/// Lines of Markdown, each a paragraph of its own.
const MARKDOWN: &[&str] = &[
    "<script>alert(1)</script>",
    "`<xss-probe>` and ``\"><img src=x onerror=alert(1)>``",
    "[word](javascript:alert(1))",
    "[word](JaVaScRiPt:alert(1))",
    "[word](data:text/html,<script>alert(1)</script>)",
    "[word](https://a.example/\"onmouseover=\"alert(1))",
    "[word](<https://a.example/\"><xss-probe>>)",
    "[word](https://a.example/ \"\\\"><xss-probe onclick=alert(1)>\")",
    "![\"><xss-probe onload=alert(1)>](x.png)",
    "<javascript:alert(1)>",
    "## \\<xss-probe onload=alert(1)\\> \"x",
    "\\<xss-probe onload=alert(1)\\> & &lt;script&gt;alert(1)&lt;/script&gt; &quot; onclick=x",
    "- [ ] \\<xss-probe\\>",
    "> [!NOTE]\\<xss-probe\\>",
    "https://a.example/?q=\"><xss-probe>",
    "word[^\"><xss-probe>]",
];

/// A file as lines, each with the line that replaces it as long as the content stays right.
type Lines = Vec<(String, Option<String>)>;

fn with_probe(line: &str, is_toml: bool) -> Option<String> {
    let separator = if is_toml { " = " } else { ": " };
    let (key, value) = line.split_once(separator)?;
    let is_key = key
        .trim_start_matches([' ', '-'])
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let bare = value.trim_matches('"');
    // The form of index numbers, with which those of the bulletins have to agree.
    let is_form = bare.starts_with("010203/");
    if is_form
        || !is_key
        || bare.starts_with(['[', '{', '|', '>', '&', '*', '#', '\''])
        || bare.contains('"')
    {
        return None;
    }
    let probe = PROBE.replace('"', "\\\"");
    Some(format!("{key}{separator}\"{}{probe}\"", bare.replace('\\', "\\\\")))
}

fn lines_of(path: &str, text: &str) -> Lines {
    let is_toml = path == "site.toml";
    let mut fences = 0;
    let mut lines: Lines = text
        .lines()
        .map(|line| {
            fences += usize::from(line == "---");
            let is_fact = is_toml || fences == 1;
            (line.to_owned(), if is_fact { with_probe(line, is_toml) } else { None })
        })
        .collect();
    if !is_toml {
        for line in MARKDOWN {
            lines.push((String::new(), None));
            lines.push((String::new(), Some((*line).to_owned())));
        }
    }
    lines
}

/// The content of Rimewater with the probe in titles, summaries and bodies.
fn probed_edition() -> (Edition, BTreeSet<String>) {
    let source = Source::Directory(repository().join("tests/fixtures/rimewater"));
    let (original, _) = source.snapshot().expect("the content folder");
    let mut files: BTreeMap<String, Lines> = original
        .files()
        .filter(|(path, _)| path.ends_with(".md") || &***path == "site.toml")
        .map(|(path, _)| (path.to_string(), lines_of(path, original.text(path).expect("text"))))
        .collect();
    for _ in 0..40 {
        let mut snapshot: Snapshot = original.clone();
        for (path, lines) in &files {
            let lines = lines.iter().map(|(old, new)| new.as_ref().unwrap_or(old).as_str());
            snapshot = snapshot.with(path, lines.collect::<Vec<_>>().join("\n") + "\n");
        }
        match compiled(&snapshot, Diagnostics::default(), TODAY) {
            Ok(edition) => return (edition, kept(&files)),
            Err(found) => {
                let errors: Vec<_> =
                    found.into_iter().filter(|one| one.severity == Severity::Error).collect();
                let places: BTreeSet<(String, usize)> =
                    short(&errors, &snapshot).iter().map(|error| place_of(error)).collect();
                for (path, number) in places {
                    take_back(files.get_mut(&path).expect("a file"), number);
                }
            }
        }
    }
    panic!("the content never compiles");
}

/// The path and the line that an error names.
fn place_of(error: &str) -> (String, usize) {
    let mut parts = error.trim_start_matches("content/").splitn(3, ':');
    let path = parts.next().unwrap_or_default().to_owned();
    (path, parts.next().and_then(|number| number.parse().ok()).unwrap_or(1))
}

/// Takes the new line back at which there is an error; if there is none, all of the file.
fn take_back(lines: &mut Lines, number: usize) {
    match lines.get_mut(number - 1) {
        Some((_, new @ Some(_))) => *new = None,
        _ => lines.iter_mut().for_each(|(_, new)| *new = None),
    }
}

/// The keys that kept the probe, and the lines of Markdown.
fn kept(files: &BTreeMap<String, Lines>) -> BTreeSet<String> {
    let lines = files.values().flatten().filter_map(|(_, new)| new.as_deref());
    lines
        .map(|line| match line.split_once(['=', ':']) {
            Some((key, _)) if line.contains("alert(3)") => key.trim_matches([' ', '-']).to_owned(),
            _ => line.to_owned(),
        })
        .collect()
}

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
            // The text of other `<meta>` elements is no address.
            let is_refresh = attribute == "content" && element.attr("http-equiv").is_some();
            if is_refresh || ["href", "src", "action", "formaction"].contains(&attribute) {
                let value: String =
                    value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
                let value = value.to_ascii_lowercase();
                let runs = ["javascript:", "vbscript:", "data:"];
                let has = |scheme: &&str| {
                    value.starts_with(*scheme) || is_refresh && value.contains(*scheme)
                };
                assert!(!runs.iter().any(has), "{place}: {value}");
            }
        }
    }
    for data in html.select(&scraper::Selector::parse("script").unwrap()) {
        let text: String = data.text().collect();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{place}: {text}");
    }
}

#[track_caller]
pub(crate) fn check_all(place: &str, media_type: &str, body: &str) {
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
    } else if media_type.starts_with("text/csv") {
        // Each record has as many fields as the first.
        for record in csv::Reader::from_reader(body.as_bytes()).records() {
            let record = record.unwrap_or_else(|error| panic!("{place}: {error}"));
            let is_formula = |cell: &str| cell.trim_start().starts_with(['=', '@']);
            assert!(!record.iter().any(is_formula), "{place}: {record:?}");
        }
    } else {
        check_lines(place, body);
    }
}

/// Asserts that no text begins a line of its own in a calendar, a citation or a plain file.
#[track_caller]
fn check_lines(place: &str, body: &str) {
    let begins = |start: &str| body.lines().any(|line| line.trim_start().starts_with(start));
    let is_ris = body.starts_with("TY  - ");
    for start in ["BEGIN:VALARM", "@misc{line-probe", "probe = probe"] {
        assert!(!begins(start), "{place}: {start}");
    }
    assert!(!is_ris || body.matches("TY  - ").count() == body.matches("ER  - ").count(), "{place}");
}

#[test]
fn markup_in_content_is_text_on_pages() {
    let (edition, kept) = probed_edition();
    for key in ["title", "summary", "short_title"] {
        assert!(kept.contains(key), "no {key} kept the probe: {kept:?}");
    }
    assert!(kept.len() >= 8, "{kept:?}");
    let site = Site::new(edition);
    let mut probes = 0;
    for path in site.paths() {
        let reply = site.get(&path);
        let media_type = reply.header("content-type").unwrap_or_default().to_owned();
        if media_type.contains("html") || media_type.contains("atom") || media_type.contains("json")
        {
            let body = reply.text();
            probes += body.matches("xss-probe").count();
            check_all(&path, &media_type, body);
        }
    }
    assert!(probes > 500, "{probes} probes on pages");
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
