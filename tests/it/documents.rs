//! Official documents: what pages, data, feeds and the search say of their validity at an instant.

use std::fmt::Write as _;

use gazette::content::Content;
use gazette::edition::PathEntry;
use gazette::record::Record;
use gazette::search::Indexer;
use gazette::source::Source;
use proptest::prelude::*;
use serde_json::Value;

use crate::harness::{Folder, SITE, Site, edition_of, href, instant, repository};

/// An instant at which the documents of the invented city have every state.
const CITY_INSTANT: &str = "2024-11-25T04:00:00Z";

fn city_at(at: &str) -> Site {
    let folder = repository().join("tests/fixtures/rimewater");
    let (snapshot, found) = Source::Directory(folder).snapshot().expect("the invented city");
    assert!(found.is_empty(), "{found:?}");
    let edition = edition_of(&snapshot, at);
    edition.search().build_index(&mut Indexer::default());
    Site::new(edition)
}

fn validity(site: &Site, slug: &str) -> Value {
    let data = site.get(&format!("/bulletins/{slug}/index.json")).is(200).json();
    data["document"]["validity"].clone()
}

#[test]
fn rimewater_documents_have_every_state() {
    let site = city_at(CITY_INSTANT);
    for (slug, state, by) in [
        ("2024-market-rules", "in-force", None),
        ("2022-market-rules", "repealed", Some("2024-market-rules")),
        ("2023-ferry-fares", "amended", Some("2024-ferry-fares")),
        ("2024-quiet-hours", "corrected", Some("2024-quiet-hours-correction")),
        ("2023-ice-lantern-notice", "lapsed", None),
        ("2024-heat-tariff", "not-yet-in-force", None),
        ("2022-jetty-reply", "unknown", None),
    ] {
        let found = validity(&site, slug);
        assert_eq!(found["state"], state, "{slug}");
        assert_eq!(found["by"].as_str(), by, "{slug}");
        let page = site.page(&format!("/bulletins/{slug}/"));
        let notice = page.all("section.notice");
        assert_eq!(notice.is_empty(), ["in-force", "unknown"].contains(&state), "{slug}");
        // Reader views keep the text alone.
        let verdict = page.text("div.prose > p.validity:first-child strong");
        assert!(notice.is_empty() || verdict.ends_with(&page.text(".notice h2")), "{verdict}");
        assert_eq!(page.all(".side .verdict").is_empty(), !notice.is_empty(), "{slug}");
        if let Some(by) = by {
            let named = page.attributes("section.notice a", "href");
            assert_eq!(named, [format!("/bulletins/{by}/")], "{slug}");
        }
    }
}

#[test]
fn relation_is_on_the_pages_of_both() {
    let site = city_at(CITY_INSTANT);
    let related = |slug: &str| {
        site.page(&format!("/bulletins/{slug}/"))
            .texts("section[aria-labelledby=document-relations] li p")
    };
    assert_eq!(
        related("2024-market-rules"),
        ["Repeals: Rules for street markets", "Explained in: The new market rules explained"]
    );
    assert_eq!(related("2022-market-rules"), ["Repealed by: New rules for street markets"]);
    assert_eq!(related("2022-jetty-reply"), ["Answers: A proposal for a second jetty"]);
    assert_eq!(
        related("2022-jetty-proposal"),
        ["Answered in: Reply to the proposal on a second jetty"]
    );
}

#[test]
fn repealed_document_has_json_ld_status() {
    let site = city_at(CITY_INSTANT);
    let graph = site.page("/bulletins/2022-market-rules/").graph();
    assert_eq!(graph[0]["@type"], "NewsArticle");
    let law = &graph[1];
    assert_eq!(law["@type"], "Legislation");
    assert_eq!(law["@id"], graph[0]["about"]["@id"]);
    assert_eq!(law["legislationIdentifier"], "霜政规〔2022〕3号");
    assert_eq!(law["legislationLegalForce"], "https://schema.org/NotInForce");
    let graph = site.page("/bulletins/2023-ferry-fares/").graph();
    assert_eq!(graph[1]["legislationLegalForce"], "https://schema.org/InForce");
    let graph = site.page("/bulletins/2022-jetty-reply/").graph();
    assert_eq!(graph[1].get("legislationLegalForce"), None);
}

#[test]
fn validity_changes_at_its_instants_without_new_content() {
    let folder = Folder::city()
        .bulletin(
            "rules",
            "published: 2022-04-20\ndocument: { effective: 2022-05-01, until: 2024-04-30 }",
            "Rules.",
        )
        .bulletin(
            "end",
            "published: 2023-01-10\ndocument: { effective: 2023-03-01 }\nrepeals: [rules]",
            "They end.",
        );
    // The site is in China: its days begin at 16:00 UTC of the day before.
    for (at, state, next) in [
        ("2022-04-30T15:59:59Z", "not-yet-in-force", Some("2022-04-30T16:00:00Z")),
        ("2022-04-30T16:00:00Z", "in-force", Some("2023-01-09T16:00:00Z")),
        ("2023-01-09T16:00:00Z", "in-force", Some("2023-02-28T16:00:00Z")),
        ("2023-02-28T15:59:59Z", "in-force", Some("2023-02-28T16:00:00Z")),
        ("2023-02-28T16:00:00Z", "repealed", Some("2024-04-30T16:00:00Z")),
        ("2024-04-30T16:00:00Z", "repealed", None),
    ] {
        let site = folder.at(at);
        assert_eq!(validity(&site, "rules")["state"], state, "{at}");
        assert_eq!(site.edition().valid_until(), next.map(instant), "{at}");
    }
}

#[test]
fn withdrawn_or_scheduled_act_changes_nothing() {
    let rules = "published: 2022-04-20\ndocument: { effective: 2022-05-01 }";
    for facts in [
        "published: 2022-06-01\nwithdrawn: { on: 2022-07-01, reason: An error. }",
        "published: 2023-06-01",
        "published: 2022-06-01\ndraft: true",
    ] {
        let site = Folder::city()
            .bulletin("rules", rules, "Rules.")
            .bulletin("end", &format!("{facts}\nrepeals: [rules]"), "They end.")
            .at("2022-08-01T00:00:00Z");
        assert_eq!(validity(&site, "rules")["state"], "in-force", "{facts}");
        let page = site.get("/bulletins/rules/").is(200).text().to_owned();
        assert!(!page.contains("/bulletins/end/\">Repeal"), "{facts}");
    }
}

#[test]
fn expired_act_counts_and_is_not_named() {
    let site = Folder::city()
        .bulletin("rules", "published: 2022-04-20\ndocument: { effective: 2022-05-01 }", "Rules.")
        .bulletin("end", "published: 2022-06-01\nexpires: 2022-07-01\nrepeals: [rules]", "End.")
        .at("2022-08-01T00:00:00Z");
    let found = validity(&site, "rules");
    assert_eq!(found["state"], "repealed");
    assert_eq!(found.get("by"), None);
}

/// The instant at which a page last changed, as the sitemap states it.
fn modified(site: &Site, slug: &str) -> String {
    let sitemap = site.get("/sitemap.xml").is(200).text().to_owned();
    let place = format!("/bulletins/{slug}/</loc>");
    let entry = sitemap.split_once(&place).expect(slug).1;
    let date = entry.split_once("<lastmod>").unwrap().1.split_once("</lastmod>").unwrap().0;
    instant(date).to_string()
}

#[test]
fn page_is_modified_when_another_changes_it() {
    let folder = Folder::city()
        .bulletin("rules", "published: 2022-04-20\ndocument: { effective: 2022-05-01 }", "Rules.")
        .bulletin(
            "retro",
            "published: 2022-06-01 09:30\ndocument: { effective: 2022-03-01 }\n\
             withdrawn: { on: 2022-07-01, reason: An error. }\namends: [rules]",
            "They change.",
        );
    for (at, state, changed) in [
        ("2022-05-20T00:00:00Z", "in-force", "2022-04-30T16:00:00Z"),
        // An act that counts from an earlier day changes the page when it is published.
        ("2022-06-01T01:30:00Z", "amended", "2022-06-01T01:30:00Z"),
        ("2022-06-30T15:59:59Z", "amended", "2022-06-01T01:30:00Z"),
        ("2022-06-30T16:00:00Z", "in-force", "2022-06-30T16:00:00Z"),
    ] {
        let site = folder.at(at);
        assert_eq!(validity(&site, "rules")["state"], state, "{at}");
        assert_eq!(modified(&site, "rules"), changed, "{at}");
    }
}

#[test]
fn consultation_page_is_never_modified_earlier_than_before() {
    let folder = Folder::city()
        .bulletin(
            "draft",
            "published: 2022-07-01\nconsultation:\n  opens: 2022-07-04\n  closes: 2022-07-18\n  \
             extended: [{ on: 2022-07-15, closes: 2022-07-25 }]\n  outcome: result",
            "A draft.",
        )
        .bulletin("result", "published: 2022-08-01 09:30\nexpires: 2022-09-01", "The result.");
    for (at, changed) in [
        ("2022-07-02T00:00:00Z", "2022-06-30T16:00:00Z"),
        ("2022-07-05T00:00:00Z", "2022-07-03T16:00:00Z"),
        ("2022-07-13T00:00:00Z", "2022-07-11T16:00:00Z"),
        ("2022-07-16T00:00:00Z", "2022-07-14T16:00:00Z"),
        ("2022-07-26T00:00:00Z", "2022-07-25T16:00:00Z"),
        ("2022-08-02T00:00:00Z", "2022-08-01T01:30:00Z"),
        ("2022-09-02T00:00:00Z", "2022-08-31T16:00:00Z"),
    ] {
        assert_eq!(modified(&folder.at(at), "draft"), changed, "{at}");
    }
}

#[test]
fn withdrawn_outcome_leaves_consultation_closed() {
    let draft = "published: 2022-07-01\nconsultation: { closes: 2022-07-18, outcome: result }";
    let result = "published: 2022-08-01\nwithdrawn: { on: 2022-09-01, reason: A mistake. }";
    let folder = Folder::city()
        .bulletin("draft", draft, "A draft.")
        .with("bulletins/draft.zh.md", "---\ntitle: 草案\nsummary: 草案内容。\n---\n草案。\n")
        .bulletin("result", result, "The result.");
    let with = folder.at("2022-08-31T15:59:59Z");
    assert_eq!(consultation(&with, "draft")["state"], "outcome-published");
    assert_eq!(consultation(&with, "draft")["outcome"], "result");
    assert!(!with.get("/bulletins/draft/").text().contains("Withdrawn on"));

    let without = folder.at("2022-08-31T16:00:00Z");
    assert_eq!(consultation(&without, "draft")["state"], "closed");
    assert!(consultation(&without, "draft").get("outcome").is_none());
    assert_eq!(modified(&without, "draft"), "2022-08-31T16:00:00Z");
    let page = without.get("/bulletins/draft/").text().to_owned();
    assert!(page.contains("Closed; the last day for comments was 18 July 2022"), "{page}");
    assert!(page.contains("<strong>Withdrawn on 1 September 2022</strong>"), "{page}");
    let chinese = without.get("/zh/bulletins/draft/").text().to_owned();
    assert!(chinese.contains("<strong>已于2022年9月1日撤回</strong>"), "{chinese}");
}

#[test]
fn last_day_after_withdrawn_outcome_changes_page() {
    let draft = "published: 2022-07-01\nconsultation: { closes: 2022-07-18, outcome: result }";
    let result = "published: 2022-07-02\nwithdrawn: { on: 2022-07-04, reason: A mistake. }";
    let folder = Folder::city().bulletin("draft", draft, "A draft.").bulletin(
        "result",
        result,
        "The result.",
    );
    let site = folder.at("2022-07-19T00:00:00Z");
    assert_eq!(consultation(&site, "draft")["state"], "closed");
    assert_eq!(modified(&site, "draft"), "2022-07-18T16:00:00Z");
}

#[test]
fn day_as_end_counts_as_a_whole() {
    let folder = Folder::city()
        .with(
            "alerts/flood.md",
            "---\ntitle: Flood\nlevel: warning\nfrom: 2022-07-18 09:30\nuntil: 2022-07-18\n---\n\
             Leave the shore.\n",
        )
        .bulletin(
            "day",
            "published: 2022-07-01\ndocument: { effective: 2022-07-18 09:30, until: 2022-07-18 }\n\
             consultation: { opens: 2022-07-18 09:30, closes: 2022-07-18 }\n\
             events: [{ title: Hearing, from: 2022-07-18 09:30, to: 2022-07-18 }]",
            "A day.",
        );
    for (at, state, comments, alerts) in [
        ("2022-07-18T01:29:59Z", "not-yet-in-force", "not-yet-open", 0),
        ("2022-07-18T01:30:00Z", "in-force", "closing-soon", 1),
        ("2022-07-18T15:59:59Z", "in-force", "closing-soon", 1),
        ("2022-07-18T16:00:00Z", "lapsed", "closed", 0),
    ] {
        let site = folder.at(at);
        assert_eq!(validity(&site, "day")["state"], state, "{at}");
        assert_eq!(consultation(&site, "day")["state"], comments, "{at}");
        assert_eq!(site.page("/").all(".alert").len(), alerts, "{at}");
        let calendar = site.get("/calendar.ics").is(200).text().to_owned();
        assert!(calendar.contains("DTSTART:20220718T013000Z"), "{calendar}");
        assert!(calendar.contains("DTEND:20220718T160000Z"), "{calendar}");
    }
}

#[test]
fn unrelated_bulletin_changes_no_document() {
    let folder = || {
        Folder::city()
            .bulletin("a", "published: 2022-04-20\ndocument: { effective: 2022-05-01 }", "Rules.")
            .bulletin("b", "published: 2022-05-20\namends: [a]", "Other rules.")
    };
    let with = folder().bulletin("c", "published: 2022-06-20\nrepeals: [b]", "No more.");
    let at = "2022-08-01T00:00:00Z";
    assert_eq!(validity(&folder().at(at), "a"), validity(&with.at(at), "a"));
}

#[test]
fn documents_are_a_table_and_a_dataset() {
    let site = city_at(CITY_INSTANT);
    let csv = site.get("/data/documents.csv").is(200).text().to_owned();
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 9, "{csv}");
    assert!(
        rows.iter().any(|row| row.contains("霜政规〔2022〕3号")
            && row.contains("repealed,2024-04-01,2024-market-rules")),
        "{csv}"
    );
    let data = site.get("/data/documents.json").is(200).json();
    assert_eq!(data["documents"].as_array().unwrap().len(), 8);
    let catalog = site.get("/data/catalog.jsonld").is(200).text().to_owned();
    assert!(catalog.contains("/data/documents.csv"));
    // A site without documents has neither.
    let plain = Folder::city().today();
    plain.get("/data/documents.csv").is(404);
    plain.get("/data/documents.json").is(404);
    plain.get("/data/schemas/documents.json").is(404);
    let openapi = plain.get("/data/openapi.json").is(200).text().to_owned();
    assert!(!openapi.contains("/data/documents"));
}

#[test]
fn feed_marks_document_not_in_force() {
    let folder = Folder::city()
        .bulletin("rules", "published: 2022-04-20\ndocument: { effective: 2022-05-01 }", "Rules.")
        .bulletin("end", "published: 2022-06-01\nrepeals: [rules]", "They end.");
    let feed = |at: &str| folder.at(at).get("/feed.xml").is(200).text().to_owned();
    assert!(!feed("2022-05-31T15:59:59Z").contains("Repealed"));
    let after = feed("2022-06-02T00:00:00Z");
    assert!(after.contains("<summary>Repealed from 1 June 2022"), "{after}");
}

#[test]
fn search_finds_documents_by_number_and_state() {
    let site = city_at(CITY_INSTANT);
    for query in [
        "霜政规〔2022〕3号",
        "霜政规2022 3",
        "霜政规[2022]3号",
        "霜政规(2022)3号",
        "霜政规（2022）第3号",
        "霜政規〔2022〕3號",
    ] {
        let uri = url::form_urlencoded::Serializer::new("/search/?".to_owned())
            .append_pair("q", query)
            .finish();
        let page = site.page(&uri);
        let found: Vec<String> = page.all(".found > li").into_iter().map(href).collect();
        let first = found.first().map(String::as_str);
        assert_eq!(first, Some("/bulletins/2022-market-rules/"), "{query}: {found:?}");
    }
    let found = site.get("/search/index.json?validity=repealed").is(200).json();
    assert_eq!(found["total"], 1);
    assert_eq!(found["results"][0]["validity"], "repealed");
    let states: Vec<&str> = found["facets"]["validity"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["value"].as_str().unwrap())
        .collect();
    assert_eq!(states.len(), 7, "{states:?}");
}

#[test]
fn bodies_and_topics_have_pages_and_feeds() {
    let site = city_at(CITY_INSTANT);
    let body = site.page("/bodies/river-office/");
    let titles = body.texts(".rows h3");
    assert_eq!(
        titles,
        [
            "Plan for the riverbank opened for comment",
            "Fares of the river ferry",
            "Reply to the proposal on a second jetty"
        ]
    );
    assert!(body.text(".facts").contains("Ferry office, until 31 December 2022"));
    let feed = site.get("/topics/trade/feed.xml").is(200).text().to_owned();
    assert_eq!(feed.matches("<entry>").count(), 4);
    let all = site.page("/zh/bodies/").texts("main h2 a");
    assert_eq!(all, ["霜水市人民政府", "河道与渡轮管理处"]);
    let home = site.page("/");
    let links: Vec<String> = home.attributes("main a", "href");
    assert!(links.contains(&"/bodies/".to_owned()) && links.contains(&"/topics/".to_owned()));
    // The office had another name when it replied.
    let issuer = |slug: &str| site.page(&format!("/bulletins/{slug}/")).text(".facts");
    assert!(issuer("2022-jetty-reply").contains("Ferry office"));
    assert!(issuer("2023-ferry-fares").contains("Office for the river and the ferry"));
    Folder::city().today().get("/bodies/").is(404);
}

#[test]
fn joint_issuers_keep_order_and_names_of_their_day() {
    let office = "---\ntitle: Water office\nformerly:\n  - { title: Lake office, until: 2022-06-30 }\n  \
                  - { title: Well office, until: 2021-12-31 }\n---\n";
    let folder = Folder::city()
        .with("bodies/council.md", "---\ntitle: Council\norder: 1\n---\n")
        .with("bodies/office.md", office);
    let bulletin = |folder: Folder, (slug, made): (&str, &str)| {
        let facts = format!(
            "published: 2022-09-01\nissuer: [office, council]\ndocument: {{ made: {made} }}"
        );
        folder.bulletin(slug, &facts, "Rules.")
    };
    let days = [("a", "2021-12-31"), ("b", "2022-01-01"), ("c", "2022-06-30"), ("d", "2022-07-01")];
    let site = days.into_iter().fold(folder, bulletin).today();
    for (slug, name) in
        [("a", "Well office"), ("b", "Lake office"), ("c", "Lake office"), ("d", "Water office")]
    {
        let page = site.page(&format!("/bulletins/{slug}/"));
        let issuers: Vec<String> = page.texts(".facts a[href^='/bodies/']");
        assert_eq!(issuers, [name, "Council"], "{slug}");
        let citation = site.get(&format!("/bulletins/{slug}/cite.csl")).json();
        assert_eq!(citation[0]["author"][0]["literal"], name, "{slug}");
        assert_eq!(citation[0]["author"][1]["literal"], "Council", "{slug}");
    }
    let body = site.page("/bodies/office/").text(".facts");
    let (lake, well) = (body.find("Lake office"), body.find("Well office"));
    assert!(lake.is_some() && lake < well, "the latest name first: {body}");
    assert_eq!(site.page("/bodies/council/").texts(".rows h3").len(), 4);
}

#[test]
fn two_acts_of_one_instant_are_both_named() {
    let later = "published: 2022-06-01\ndocument: { effective: 2022-07-01 }";
    let folder = |slugs: [&str; 2]| {
        slugs.into_iter().fold(
            Folder::city().bulletin(
                "rules",
                "published: 2022-04-20\ndocument: { effective: 2022-05-01 }",
                "Rules.",
            ),
            |folder, slug| folder.bulletin(slug, &format!("{later}\namends: [rules]"), "Changes."),
        )
    };
    let at = "2022-08-01T00:00:00Z";
    let site = folder(["one", "two"]).at(at);
    let related = site
        .page("/bulletins/rules/")
        .attributes("section[aria-labelledby=document-relations] li a", "href");
    for path in ["/bulletins/one/", "/bulletins/two/"] {
        assert!(related.contains(&path.to_owned()), "{related:?}");
    }
    let found = validity(&site, "rules");
    assert_eq!(found["state"], "amended");
    assert_eq!(found, validity(&folder(["two", "one"]).at(at), "rules"));
}

#[test]
fn kinds_have_pages_feeds_and_calendars() {
    let site = city_at(CITY_INSTANT);
    assert_eq!(site.page("/kinds/").texts("main h2 a"), ["Regulation", "Notice", "Reply"]);
    let page = site.page("/zh/kinds/regulation/");
    assert_eq!(page.text("h1"), "规定");
    assert_eq!(page.texts(".rows h3").len(), 6);
    assert_eq!(page.texts(".rows .tag").last().map(String::as_str), Some("已废止 · 经济"));
    assert_eq!(site.page("/kinds/").texts(".rows .n"), ["6 bulletins", "1 bulletin", "1 bulletin"]);
    let feed = site.get("/kinds/regulation/feed.xml").is(200).text().to_owned();
    assert_eq!(feed.matches("<entry>").count(), 6);
    let calendar = site.get("/kinds/regulation/calendar.ics").is(200).text().to_owned();
    assert!(calendar.contains("UID:2024-market-rules-effective@"), "{calendar}");
    let sitemap = site.get("/sitemap.xml").is(200).text().to_owned();
    assert!(sitemap.contains("/zh/kinds/reply/</loc>"));
    assert!(site.page("/").attributes("main a", "href").contains(&"/kinds/".to_owned()));
    let facts = site.page("/bulletins/2024-market-rules/").attributes(".facts a", "href");
    assert!(facts.contains(&"/kinds/regulation/".to_owned()), "{facts:?}");
}

#[test]
fn kinds_without_documents_have_no_pages() {
    let folder = || {
        let kinds = "[documents]\nkinds = [{ name = \"notice\", title = \"Notice\" }]\n";
        Folder::city().with("site.toml", format!("{SITE}{kinds}"))
    };
    let notice = "published: 2022-05-05\ndocument: { kind: notice }";
    for (folder, status) in [
        (folder(), 404),
        (folder().bulletin("draft", &format!("{notice}\ndraft: true"), "A notice."), 404),
        (folder().bulletin("notice", notice, "A notice."), 200),
        // It was public once, and an address that was public keeps answering.
        (folder().bulletin("old", &format!("{notice}\nexpires: 2022-06-01"), "A notice."), 200),
    ] {
        let site = folder.today();
        site.get("/kinds/").is(status);
        site.get("/kinds/notice/").is(status);
        assert_eq!(site.page("/").text("main").contains("Kinds of documents"), status == 200);
    }
    let section = folder()
        .with("kinds/_index.md", "---\ntitle: Kinds of people\n---\n")
        .bulletin("notice", notice, "A notice.")
        .today();
    assert_eq!(section.page("/kinds/").text("h1"), "Kinds of people");
    section.get("/kinds/notice/").is(404);
}

#[test]
fn search_filters_by_body_topic_and_kind() {
    let site = city_at(CITY_INSTANT);
    for (filter, total) in [
        ("body=river-office", 3),
        ("topic=trade", 4),
        ("document=regulation", 6),
        ("topic=trade&document=regulation", 2),
    ] {
        let found = site.get(&format!("/search/index.json?{filter}")).is(200).json();
        assert_eq!(found["total"], total, "{filter}");
        let page = site.page(&format!("/search/?{filter}"));
        assert_eq!(
            page.texts(".facets [aria-current]").iter().filter(|it| *it != "All").count(),
            filter.split('&').count(),
            "{filter}"
        );
    }
    let found = site.get("/search/index.json?topic=trade").is(200).json();
    let topics = found["facets"]["topic"].as_array().unwrap();
    assert!(topics.len() > 1, "other topics can be chosen: {topics:?}");
    let of = |facet: &str| found["facets"][facet][0]["value"].as_str().unwrap().to_owned();
    assert_eq!((of("body"), of("document")), ("council".to_owned(), "regulation".to_owned()));
    site.get("/search/?body=trade").is(400);
    site.get("/search/?document=nothing").is(400);
}

fn consultation(site: &Site, slug: &str) -> Value {
    let data = site.get(&format!("/bulletins/{slug}/index.json")).is(200).json();
    data["consultation"].clone()
}

#[test]
fn rimewater_consultations_are_listed_by_state() {
    let site = city_at(CITY_INSTANT);
    let page = site.page("/consultations/");
    assert_eq!(
        page.texts("main h2"),
        [
            "Closing within a week",
            "Open for comments",
            "Closed",
            "Closed, the outcome is published"
        ]
    );
    let slugs: Vec<String> = page.all("main h3").into_iter().map(href).collect();
    assert_eq!(
        slugs,
        [
            "/bulletins/2024-bench-places/",
            "/bulletins/2024-riverbank-plan/",
            "/bulletins/2024-dog-meadow/",
            "/bulletins/2024-market-draft/"
        ]
    );
    assert_eq!(
        page.texts("main .tag"),
        [
            "Comments until: 28 November 2024 · Economy",
            "Comments until: 20 December 2024 · Economy",
            "Comments until: 5 October 2024 · Economy",
            "Comments until: 31 January 2024 · Economy"
        ]
    );
    let draft = site.get("/bulletins/2024-market-draft/").is(200).text().to_owned();
    assert!(draft.contains("the last day had been 15 January 2024"));
    assert!(draft.contains("Outcome: <a href=\"/bulletins/2024-market-rules/\""), "{draft}");
    // A closed consultation shows no address for comments.
    assert!(!draft.contains("markets@rimewater.example"));
    Folder::city().today().get("/consultations/").is(404);
}

#[test]
fn consultation_is_open_until_end_of_day() {
    let folder = Folder::city().bulletin(
        "draft",
        "published: 2022-07-01\nconsultation:\n  closes: 2022-07-18\n  \
         extended: [{ on: 2022-07-15, closes: 2022-07-25 }]",
        "A draft.",
    );
    for (at, state, closes, next) in [
        ("2022-07-10T15:59:59Z", "open", "2022-07-18", Some("2022-07-11T16:00:00Z")),
        ("2022-07-11T16:00:00Z", "closing-soon", "2022-07-18", Some("2022-07-14T16:00:00Z")),
        ("2022-07-14T16:00:00Z", "open", "2022-07-25", Some("2022-07-18T16:00:00Z")),
        ("2022-07-25T15:59:59Z", "closing-soon", "2022-07-25", Some("2022-07-25T16:00:00Z")),
        ("2022-07-25T16:00:00Z", "closed", "2022-07-25", None),
    ] {
        let site = folder.at(at);
        let found = consultation(&site, "draft");
        assert_eq!(found["state"], state, "{at}");
        assert_eq!(found["closes"], closes, "{at}");
        assert_eq!(site.edition().valid_until(), next.map(instant), "{at}");
    }
}

#[test]
fn document_can_be_cited_in_five_ways() {
    let site = city_at(CITY_INSTANT);
    let page = "/bulletins/2024-market-rules/";
    let cite = site.page(page).text("section[aria-labelledby=document-citation]");
    assert!(cite.contains("City council of Rimewater, “New rules for street markets"), "{cite}");
    assert!(cite.contains(
        "City council of Rimewater. New rules for street markets: 霜政规〔2024〕2号[EB/OL]. \
         (2024-03-08)[引用日期]"
    ));
    let ris = site.get(&format!("{page}cite.ris")).is(200).text().to_owned();
    assert!(ris.starts_with("TY  - RPRT\r\nAU  - City council of Rimewater,\r\n"));
    assert!(ris.contains("M1  - 霜政规〔2024〕2号\r\n") && ris.ends_with("ER  - \r\n"));
    let bib = site.get(&format!("{page}cite.bib")).is(200).text().to_owned();
    assert!(bib.starts_with("@misc{2024-market-rules,\n  author = {{City council of Rimewater}},"));
    assert!(bib.contains("  number = {霜政规〔2024〕2号},\n  note = {霜政规〔2024〕2号},\n"));
    let csl = site.get(&format!("{page}cite.csl")).is(200).json();
    assert_eq!(csl[0]["issued"]["date-parts"], serde_json::json!([[2024, 3, 8]]));
    assert_eq!(csl[0]["number"], "霜政规〔2024〕2号");
    // A bulletin that is no document and has no number has none.
    let plain = Folder::city().bulletin("plain", "published: 2022-05-05", "Plain.").today();
    plain.get("/bulletins/plain/cite.ris").is(404);
}

/// The facts of some documents, each with its dates and perhaps an act on an earlier one.
fn documents() -> impl Strategy<Value = Vec<String>> {
    let day = || prop::option::of(1..31_u32);
    let act = prop::option::of((
        prop::sample::select(vec!["amends", "repeals", "corrects", "explains"]),
        any::<prop::sample::Index>(),
    ));
    prop::collection::vec((day(), day(), act), 1..7).prop_map(|documents| {
        let facts = documents.into_iter().enumerate().map(|(index, (effective, until, act))| {
            let mut facts =
                format!("published: 2022-05-{:02}\ndocument:\n  made: 2022-04-01", index + 1);
            if let Some(day) = effective {
                let _ = write!(facts, "\n  effective: 2022-06-{day:02}");
            }
            if let Some(day) = until {
                let _ = write!(facts, "\n  until: 2022-07-{day:02}");
            }
            if let Some((act, earlier)) = act
                && index > 0
            {
                let _ = write!(facts, "\n{act}: [b{}]", earlier.index(index));
            }
            facts
        });
        facts.collect()
    })
}

/// The validity of each document at an instant, by its slug.
fn validities(folder: &Folder, at: &str) -> Vec<(String, String)> {
    let (content, _) = Content::read(&folder.snapshot());
    let record = Record::at(&content, instant(at));
    let bulletins = record.bulletin_ids().map(|id| record.bulletin(id));
    let mut found: Vec<_> = bulletins
        .map(|bulletin| (bulletin.source.slug.clone(), format!("{:?}", bulletin.validity)))
        .collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn validity_is_total_and_of_named_documents_only(
        documents in documents(),
        month in 5..9_u32,
        day in 1..31_u32,
    ) {
        let mut folder = Folder::city();
        for (index, facts) in documents.iter().enumerate() {
            folder = folder.bulletin(&format!("b{index}"), facts, "Rules.");
        }
        let at = format!("2022-{month:02}-{day:02}T04:00:00Z");
        let found = validities(&folder, &at);
        prop_assert!(found.iter().all(|(_, validity)| validity != "None"), "{:?}", found);
        prop_assert_eq!(&validities(&folder, &at), &found);
        // One more document, which repeals the last one alone.
        let last = format!("b{}", documents.len() - 1);
        let more = format!("published: 2022-05-20\ndocument: {{ made: 2022-04-01 }}\nrepeals: [{last}]");
        let with = validities(&folder.bulletin("z", &more, "No more."), &at);
        let others = |all: &[(String, String)]| {
            let others = all.iter().filter(|(slug, _)| *slug != last && slug != "z");
            others.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&with), others(&found));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn same_instant_gives_same_bytes(documents in documents(), day in 1..31_u32) {
        let more = "\nissuer: [office]\ntopics: [trade]\n\
                    consultation: { closes: 2022-07-18, respond: { email: a@lakeside.example } }";
        let bulletins: Vec<(String, String)> = documents
            .iter()
            .enumerate()
            .map(|(index, facts)| (format!("b{index}"), format!("{facts}{more}")))
            .collect();
        let city = Folder::city()
            .with("bodies/office.md", "---\ntitle: Office\n---\n")
            .with("topics/trade.md", "---\ntitle: Trade\n---\n");
        let add = |folder: Folder, (slug, facts): &(String, String)| {
            folder.bulletin(slug, facts, "Rules.\n\nMore of them.")
        };
        let at = format!("2022-07-{day:02}T04:00:00Z");
        let first = bulletins.iter().fold(city.clone(), add).at(&at);
        let second = bulletins.iter().rev().fold(city, add).at(&at);
        prop_assert_eq!(first.paths(), second.paths());
        for path in first.paths() {
            let body = |site: &Site| match site.edition().entry(&path) {
                Some(PathEntry::Found(resource) | PathEntry::Gone(resource)) => {
                    let codings = resource.body.codings();
                    codings.map(|(encoding, _)| resource.body.bytes(encoding)).collect()
                }
                Some(PathEntry::Redirect(_)) | None => Vec::new(),
            };
            prop_assert!(body(&first) == body(&second), "{}", path);
        }
        let (one, other) = (first.edition(), second.edition());
        prop_assert_eq!(one.id(), other.id());
    }
}
