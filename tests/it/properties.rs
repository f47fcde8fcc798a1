//! Properties of any bytes that an editor may save.

use std::sync::LazyLock;

use gazette::content::{Content, is_slug, slug_from};
use gazette::diagnostic::{MessageLanguage, render};
use gazette::record::{Record, check};
use gazette::source::Snapshot;
use proptest::prelude::*;

use crate::harness::{Folder, Page, TODAY, instant};

/// Reads and checks a folder; every place of a diagnostic must exist, and every one must render.
fn described(snapshot: &Snapshot) -> usize {
    let (content, mut found) = Content::read(snapshot);
    found.append(check(&content));
    let found = found.into_sorted();
    let texts = |path: &str| snapshot.text_lossy(path);
    for one in &found {
        let length = snapshot.text_lossy(&one.path).map_or(0, str::len);
        assert!(
            one.span.start <= one.span.end && one.span.end <= length,
            "{one:?} of {length} bytes"
        );
        for language in MessageLanguage::ALL {
            assert!(!one.message.get(language).is_empty());
            let options = render::RenderOptions { root: "content", language, texts: &texts };
            let human = render::human(one, &options, false);
            assert!(human.contains(one.code.name()), "{human}");
            let short = render::short(one, &options);
            assert!(short.starts_with(&format!("content/{}:", one.path)), "{short}");
        }
    }
    found.len()
}

/// A page of a folder, before compression.
fn bulletin_page(snapshot: &Snapshot, path: &str) -> Page {
    let (content, _) = Content::read(snapshot);
    let record = Record::at(&content, instant(TODAY));
    let outputs = gazette::pages::render(&record, &[]).expect("pages");
    let output = outputs.iter().find(|output| output.path == path).expect("the page");
    Page::new(path, std::str::from_utf8(&output.body.bytes()).expect("text"))
}

/// Fragments of front matter, valid and invalid.
fn yaml() -> impl Strategy<Value = String> {
    let keys = [
        "title",
        "summary",
        "published",
        "source",
        "sets",
        "reports",
        "changes",
        "expires",
        "withdrawn",
        "gone",
        "aliases",
        "draft",
        "byline",
        "mentions",
        "colour",
        "target",
        "kind",
        "period",
        "milestones",
        "*a",
        "&a x",
        "? b",
        "<<",
    ];
    let values = [
        "x",
        "",
        "2022-05-05",
        "2022-99-99",
        "[",
        "[a, b]",
        "{ name: x }",
        "{ goal: wells, value: 3, as_of: 2022-05-05 }",
        "[{ on: 2022-05-05, note: n }]",
        "\"a",
        "'b'",
        "|",
        "> \n  folded",
        "true",
        "12",
        "1e999",
        "0x1F",
        ".nan",
        "~",
        "{ on: 2022-01-01, reason: { en: a, zh: 水 } }",
        "[/a/, /a]",
        "&b [*b]",
        "!!binary x",
        "😀",
        "- x",
        "---",
    ];
    let line = (prop::sample::select(keys.to_vec()), prop::sample::select(values.to_vec()))
        .prop_map(|(key, value)| format!("{key}: {value}\n"));
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}

/// Fragments of Markdown, valid and invalid.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = [
        "# ",
        "## ",
        "###### ",
        "**",
        "*",
        "_",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "](lake.md#x)",
        "![",
        "](x.png)",
        "[^a]",
        "[^a]: ",
        "\n",
        "\n\n",
        "> [!NOTE]\n",
        "> ",
        "- ",
        "- [x] ",
        "1. ",
        "| a | b |\n|---|--:|\n| c | d |\n",
        ": ",
        "<div>",
        "<!--",
        "&amp;",
        "\\",
        "~~",
        "水",
        "。",
        "“",
        "井",
        "é",
        "😀",
        "\u{200d}",
        "\u{feff}",
        "\t",
        "    ",
        "{#id}",
        "{#",
        "x",
        "http://x",
        "[a][b]",
        "[b]: /x",
        "---\n",
        "\r\n",
        "\u{0}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24)
        .prop_map(|pieces| pieces.concat())
}

static CITY: LazyLock<Folder> = LazyLock::new(|| {
    Folder::city().goal("wells", "kind: increase\ntarget: { value: 12, unit: wells }")
});

proptest! {
    #[test]
    fn slug_of_any_name_is_stable(
        text in any::<String>(),
        tidy in "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}",
    ) {
        let slug = slug_from(&text);
        prop_assert!(is_slug(&slug), "{text:?} became {slug:?}");
        prop_assert_eq!(slug_from(&slug), slug.clone());
        prop_assert!(is_slug(&tidy));
        prop_assert_eq!(slug_from(&tidy), tidy);
    }

    #[test]
    fn invalid_slugs_are_rejected(text in "[a-zA-Z0-9 _.é水-]{0,12}") {
        let is_tidy = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        let is_tight = !text.is_empty()
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        prop_assert_eq!(is_slug(&text), is_tidy && is_tight);
    }

    #[test]
    fn any_bytes_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        path in prop::sample::select(vec![
            "site.toml", "i18n/en.ftl", "bulletins/x.md", "bulletins/x.zh.md",
            "goals/water/x.md", "_index.md", "bulletins/x.png",
        ]),
    ) {
        described(&CITY.clone().with(path, bytes).snapshot());
    }

    #[test]
    fn any_front_matter_never_panics(
        yaml in yaml(),
        path in prop::sample::select(vec![
            "bulletins/x.md", "bulletins/x.zh.md", "goals/water/x.md", "goals/soil/_index.md",
            "about.md",
        ]),
    ) {
        described(&CITY.clone().with(path, format!("---\n{yaml}---\nText.\n")).snapshot());
    }

    #[test]
    fn any_markdown_gives_page_or_diagnostic(body in markdown()) {
        let folder = CITY
            .clone()
            .bulletin("lake", "published: 2022-05-05", "## X\n")
            .bulletin("x", "published: 2022-05-05", &body);
        let snapshot = folder.snapshot();
        if described(&snapshot) == 0 {
            let page = bulletin_page(&snapshot, "/bulletins/x/");
            let mut ids = page.attributes("[id]", "id");
            let count = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), count, "an id stands twice for {:?}", body);
            prop_assert_eq!(page.all("h1").len(), 1);
            for href in page.attributes(".prose a[href^='#']", "href") {
                let id = href[1..].replace("%20", " ").replace("%25", "%");
                prop_assert!(ids.contains(&id), "{} for {:?}", href, body);
            }
        }
    }

    #[test]
    fn any_site_toml_never_panics(lines in prop::collection::vec(prop::sample::select(vec![
        "name = \"x\"", "name = { en = \"x\" }", "name = 3", "languages = []",
        "languages = [\"zh\", \"zh\"]", "languages = \"en\"",
        "languages = [\"xx-invalid-tag-that-is-long\"]", "time_zone = \"UTC\"", "time_zone = 8",
        "base_url = \"https://x.example\"", "base_url = \"x\"",
        "profile = \"cn-gov\"", "featured = [\"x\"]", "navigation = [\"/\"]",
        "[publisher]", "[government]", "site_id_code = 1", "[security]",
        "contact = \"mailto:x@y\"", "a.b.c = 1", "[[x]]", "\"\" = \"\"", "date = 2022-05-05",
    ]), 0..10)) {
        described(&CITY.clone().with("site.toml", lines.join("\n")).snapshot());
    }
}
