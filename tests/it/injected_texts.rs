//! Markup, attributes, addresses, line ends and formulas in every text of a bulletin's page that is
//! no key of its own: pictures, links, files, notes, blocks and earlier texts; and in the texts that
//! are beside them in feeds, calendars and tables.

use crate::harness::{Folder, Site};
use crate::injection::{PROBE, check_all};
use crate::pictures::STRIP;

/// The ends of contexts, each with what would run or begin in its place.
const PROBES: [&str; 8] = [
    PROBE,
    "\" onerror=alert(1) x=\"",
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "</script><script>alert(1)</script>",
    "]]></content><xss-probe/>",
    "=HYPERLINK(1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
];

/// Texts of the body, in which the probe is escaped. Titles of links are shown nowhere.
const BODY: &str = "\
![mark-alt {}](lake.jpg \"mark-caption {}\")

[mark-link {}](https://a.example/ \"{}\") and [mark-file {}](plan.pdf \"{}\").

A note[^1] and `mark-code`.

Table: mark-table {}

| mark-head {} | Place |
| --- | --- |
| mark-cell {} | Lake |

1. **mark-step {}** Words.
2. **More** Words.

> **mark-contact {}**
>
> - Address: mark-address {}
> - mark-way: {}

<details>
<summary>mark-summary []</summary>

mark-details {}

</details>

## mark-heading {}

[^1]: mark-note {}
";

/// Front matter, in which the probe is a quoted text.
const FACTS: &str = "\
title: {mark-name}
summary: {mark-lead}
published: 2022-05-05
byline: {mark-byline}
source: { name: {mark-source}, url: \"https://a.example/\" }
issuer: office
topics: [lake]
contact: { address: {mark-street}, hours: {mark-hours} }
events: [{ title: {mark-event}, from: 2030-06-30 09:30, place: {mark-place} }]
consultation:
  closes: 2030-07-18
  respond: { post: {mark-post}, email: a@a.example }
  extended: [{ on: 2022-07-15, closes: 2030-07-25, note: {mark-extended} }]
changes: [{ on: 2022-06-01, note: {mark-change} }]
";

/// A probe as text of Markdown: each punctuation mark is escaped.
fn escaped(probe: &str) -> String {
    let escape = |c: char| {
        let mark = if c.is_ascii_punctuation() { "\\" } else { "" };
        format!("{mark}{c}")
    };
    probe.chars().map(escape).collect()
}

/// Front matter with the probe in each `{mark-…}`, before or after the mark.
fn facts(template: &str, probe: &str, is_first: bool) -> String {
    let mut text = template.to_owned();
    while let Some((before, rest)) = text.split_once("{mark-") {
        let (mark, after) = rest.split_once('}').expect("an end");
        let value =
            if is_first { format!("{probe} mark-{mark}") } else { format!("mark-{mark} {probe}") };
        text = format!("{before}{}{after}", serde_json::Value::from(value));
    }
    text
}

fn probed(probe: &str) -> Site {
    // The words of a `<summary>` are plain text; with these signs, they are an error.
    let plain = probe.replace(['<', '>', '&'], "");
    let body = BODY.replace("{}", &escaped(probe)).replace("[]", &plain);
    let earlier = body.replace("mark-", "old-");
    let page = |template: &str| format!("---\n{}---\n", facts(template, probe, true));
    Folder::city()
        .with("bodies/office.md", page("title: {mark-body}\ncontact: { hours: {mark-open} }\n"))
        .with("topics/lake.md", page("title: {mark-topic}\n"))
        .with(
            "alerts/flood.md",
            page("title: {mark-alert}\nlevel: notice\nfrom: 2022-05-05\n")
                + &format!("mark-leave {}\n", escaped(probe)),
        )
        .with("bulletins/lake/index.md", page(FACTS) + &body)
        .with(
            "bulletins/lake/index.2022-05-05.md",
            format!(
                "---\n{}---\n{earlier}",
                facts("title: {mark-old}\nsummary: S.\n", probe, true)
            ),
        )
        .with("bulletins/lake/lake.jpg", STRIP)
        .with("bulletins/lake/plan.pdf", "%PDF-1.4")
        .today()
}

/// The marks of a template.
fn marks(template: &str) -> impl Iterator<Item = String> {
    template.split("mark-").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        format!("mark-{}", &rest[..end])
    })
}

#[test]
fn probes_in_every_text_stay_text() {
    for probe in PROBES {
        let site = probed(probe);
        let mut unseen: Vec<String> = marks(BODY).chain(marks(FACTS)).collect();
        unseen
            .extend(["body", "open", "topic", "alert", "leave"].map(|mark| format!("mark-{mark}")));
        unseen.extend(marks(BODY).map(|mark| mark.replace("mark-", "old-")));
        let mut in_comparisons: Vec<String> = marks(BODY).collect();
        in_comparisons
            .extend(in_comparisons.clone().iter().map(|mark| mark.replace("mark-", "old-")));
        for path in site.paths().into_iter().chain(site.comparisons()) {
            let reply = site.get(&path);
            let media_type = reply.header("content-type").unwrap_or_default().to_owned();
            let Ok(body) = std::str::from_utf8(&reply.body) else { continue };
            check_all(&format!("{probe}: {path}"), &media_type, body);
            if path.contains("compare/?") {
                in_comparisons.retain(|mark| !body.contains(mark));
            }
            if media_type.starts_with("text/calendar") {
                check_calendar(&path, body);
            }
            unseen.retain(|mark| !body.contains(mark));
        }
        assert_eq!(unseen, Vec::<String>::new(), "{probe}");
        assert_eq!(in_comparisons, Vec::<String>::new(), "{probe}");
    }
}

#[test]
fn probes_in_comparison_queries_are_refused() {
    let site = probed(PROBE);
    for probe in PROBES {
        let probe =
            percent_encoding::utf8_percent_encode(probe, percent_encoding::NON_ALPHANUMERIC)
                .to_string();
        for query in [
            format!("from={probe}&to=present"),
            format!("from=present&to={probe}"),
            format!("from=2022-05-05{probe}&to=present&{probe}={probe}"),
        ] {
            let address = format!("/bulletins/lake/versions/compare/?{query}");
            let reply = site.get(&address);
            reply.is(400);
            let media_type = reply.must("content-type").to_owned();
            check_all(&address, &media_type, reply.text());
        }
    }
}

/// Asserts that each line is a property that calendars of this site have (RFC 5545 §3.1).
#[track_caller]
fn check_calendar(path: &str, calendar: &str) {
    let unfolded = calendar.replace("\r\n ", "");
    for line in unfolded.split_terminator("\r\n") {
        let name = line.split([':', ';']).next().unwrap_or_default();
        let is_property =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        assert!(is_property && !line.contains(['\r', '\n']), "{path}: {line}");
    }
}

#[test]
fn addresses_that_run_are_refused() {
    for address in ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"]
    {
        for facts in [
            format!("source: {{ name: N, url: \"{address}\" }}"),
            format!("contact: {{ url: \"{address}\" }}"),
            format!("consultation: {{ closes: 2030-07-18, respond: {{ url: \"{address}\" }} }}"),
        ] {
            let facts = format!("published: 2022-05-05\n{facts}");
            let problems = Folder::city().bulletin("lake", &facts, "").problems();
            assert_eq!(problems.len(), 1, "{facts}: {problems:?}");
        }
        for body in [
            format!("[word](<{address}>)"),
            format!("![word](<{address}>)"),
            format!("[word][a]\n\n[a]: <{address}>"),
        ] {
            let folder = Folder::city().bulletin("lake", "published: 2022-05-05", &body);
            assert!(!folder.problems().is_empty(), "{body}");
        }
    }
}
