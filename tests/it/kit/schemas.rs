//! The schemas against the reader: the same keys, the same values.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use gazette::content::Moment;
use gazette::editor::kit::{SchemaKind, json_schema};
use gazette::source::{Snapshot, Source};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::{Value, json};

use super::{outline, validator};
use crate::harness::{Folder, SITE, real_snapshot, repository};

/// The YAML of a file.
fn front_matter(text: &str) -> &str {
    let rest = text.trim_start_matches('\u{feff}').strip_prefix("---\n").expect("front matter");
    rest.split_inclusive("\n---").next().and_then(|yaml| yaml.strip_suffix("---")).expect("its end")
}

fn value_of(path: &str, text: &str) -> Value {
    if path == "site.toml" {
        return serde_json::to_value(toml::from_str::<toml::Table>(text).expect("TOML")).unwrap();
    }
    serde_saphyr::from_str(front_matter(text)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The kind of a file of a site with these languages.
fn kind_of(path: &str, languages: &[String]) -> SchemaKind {
    if path == "site.toml" {
        return SchemaKind::Site;
    }
    let stem = path.strip_suffix(".md").expect("a page");
    let translated = languages.iter().skip(1).find_map(|tag| stem.strip_suffix(&format!(".{tag}")));
    let name = translated.unwrap_or(stem);
    // An earlier text of a bulletin has the words of a page, and no facts.
    if name.rsplit_once('.').is_some_and(|(_, day)| day.parse::<jiff::civil::Date>().is_ok()) {
        return SchemaKind::Translation;
    }
    let parts: Vec<&str> = name.split('/').collect();
    match (&parts[..], translated.is_some()) {
        (["_index"], false) => SchemaKind::Home,
        (["_index"], true) => SchemaKind::HomeTranslation,
        ([_] | [_, "_index"] | ["offices", _], false) => SchemaKind::Page,
        (["bodies", _], false) => SchemaKind::Body,
        (["topics", _], false) => SchemaKind::Topic,
        (["alerts", _], false) => SchemaKind::Alert,
        (["alerts", _], true) => SchemaKind::AlertTranslation,
        (["goals", _, "_index"], false) => SchemaKind::Category,
        (["goals", ..], false) => SchemaKind::Goal,
        (["goals", ..] | [_] | [_, "_index"] | ["bodies" | "topics" | "offices", _], true) => {
            SchemaKind::Translation
        }
        (_, false) => SchemaKind::Bulletin,
        (_, true) => SchemaKind::BulletinTranslation,
    }
}

/// Every page and `site.toml`, with the errors that its schema finds.
fn against(snapshot: &Snapshot) -> (usize, Vec<String>) {
    let outline = outline(snapshot);
    let validators = SchemaKind::ALL.map(|kind| (kind, validator(kind, &outline)));
    let (mut count, mut found) = (0, Vec::new());
    for (path, _) in
        snapshot.files().filter(|(path, _)| path.ends_with(".md") || &***path == "site.toml")
    {
        let kind = kind_of(path, &outline.languages);
        let value = value_of(path, snapshot.text(path).expect("text"));
        let (_, validator) = validators.iter().find(|(known, _)| *known == kind).unwrap();
        found.extend(
            validator.iter_errors(&value).map(|error| format!("{path} as {kind:?}: {error}")),
        );
        count += 1;
    }
    (count, found)
}

#[test]
fn schemas_accept_every_valid_content_file() {
    let (count, found) = against(&real_snapshot());
    assert!(count > 100, "{count}");
    assert_eq!(found, Vec::<String>::new());
    for name in ["rimewater", "cn-gov"] {
        let folder = repository().join("tests/fixtures").join(name);
        let (snapshot, _) = Source::Directory(folder).snapshot().expect("a fixture");
        assert_eq!(against(&snapshot).1, Vec::<String>::new(), "{name}");
    }
}

/// The keys that the reader lists when it meets an unknown one.
fn known_keys(path: &str, text: &str) -> BTreeSet<String> {
    let city = Folder::city()
        .with("bulletins/lake.md", "---\ntitle: L\nsummary: S.\npublished: 2022-05-05\n---\n");
    let problems = city.with(path, text).problems();
    let unknown = problems
        .iter()
        .find(|line| line.contains("`zzzzzzzz`"))
        .unwrap_or_else(|| panic!("{problems:#?}"));
    let (_, keys) = unknown.split_once("the keys are ").unwrap_or_else(|| panic!("{unknown}"));
    keys.split(", ").map(|key| key.trim_matches('`').to_owned()).collect()
}

#[test]
fn schema_keys_are_the_readers_keys() {
    use SchemaKind::{
        Alert, AlertTranslation, Body, Bulletin, BulletinTranslation, Category, Goal, Home,
        HomeTranslation, Page, Site, Topic, Translation,
    };
    let outline = outline(&Folder::city().snapshot());
    let mut described = BTreeSet::new();
    let groups: [(SchemaKind, &str, &str, &str); 44] = [
        (Bulletin, "", "bulletins/x.md", "zzzzzzzz: 1"),
        (Bulletin, "Source", "bulletins/x.md", "source: { zzzzzzzz: 1 }"),
        (Bulletin, "Report", "bulletins/x.md", "reports: [{ zzzzzzzz: 1 }]"),
        (Bulletin, "Revision", "bulletins/x.md", "revises: [{ zzzzzzzz: 1 }]"),
        (Bulletin, "Override", "bulletins/x.md", "overrides: [{ zzzzzzzz: 1 }]"),
        (Bulletin, "Change", "bulletins/x.md", "changes: [{ zzzzzzzz: 1 }]"),
        (Bulletin, "Removal", "bulletins/x.md", "withdrawn: { zzzzzzzz: 1 }"),
        (Bulletin, "Removal", "bulletins/x.md", "gone: { zzzzzzzz: 1 }"),
        (BulletinTranslation, "", "bulletins/lake.zh.md", "zzzzzzzz: 1"),
        (Goal, "", "goals/water/x.md", "zzzzzzzz: 1"),
        (Goal, "Target", "goals/water/x.md", "target: { zzzzzzzz: 1 }"),
        (Goal, "Period", "goals/water/x.md", "period: { zzzzzzzz: 1 }"),
        (Goal, "Milestone", "goals/water/x.md", "milestones: [{ zzzzzzzz: 1 }]"),
        (Category, "", "goals/soil/_index.md", "zzzzzzzz: 1"),
        (Translation, "", "goals/water/_index.zh.md", "zzzzzzzz: 1"),
        (Bulletin, "Document", "bulletins/x.md", "document: { zzzzzzzz: 1 }"),
        (Bulletin, "Consultation", "bulletins/x.md", "consultation: { zzzzzzzz: 1 }"),
        (Bulletin, "Respond", "bulletins/x.md", "consultation: { respond: { zzzzzzzz: 1 } }"),
        (Bulletin, "Event", "bulletins/x.md", "events: [{ zzzzzzzz: 1 }]"),
        (Bulletin, "ContactBlock", "bulletins/x.md", "contact: { zzzzzzzz: 1 }"),
        (Bulletin, "Extension", "bulletins/x.md", "consultation: { extended: [{ zzzzzzzz: 1 }] }"),
        (Body, "", "bodies/x.md", "zzzzzzzz: 1"),
        (Body, "ContactBlock", "bodies/x.md", "contact: { zzzzzzzz: 1 }"),
        (Body, "FormerName", "bodies/x.md", "formerly: [{ zzzzzzzz: 1 }]"),
        (Alert, "", "alerts/x.md", "zzzzzzzz: 1"),
        (AlertTranslation, "", "alerts/lake.zh.md", "zzzzzzzz: 1"),
        (Topic, "", "topics/x.md", "zzzzzzzz: 1"),
        (Site, "Documents", "site.toml", "[documents]\nzzzzzzzz = 1"),
        (Site, "DocumentKind", "site.toml", "[documents]\nkinds = [{ zzzzzzzz = 1 }]"),
        (Page, "", "about.md", "zzzzzzzz: 1"),
        (Page, "", "bulletins/_index.md", "zzzzzzzz: 1"),
        (Page, "", "goals/_index.md", "zzzzzzzz: 1"),
        (Translation, "", "bulletins/_index.zh.md", "zzzzzzzz: 1"),
        (Translation, "", "about.zh.md", "zzzzzzzz: 1"),
        (Home, "", "_index.md", "zzzzzzzz: 1"),
        (HomeTranslation, "", "_index.zh.md", "zzzzzzzz: 1"),
        (Site, "", "site.toml", "zzzzzzzz = 1"),
        (Site, "Look", "site.toml", "[look]\nzzzzzzzz = 1"),
        (Site, "FooterLine", "site.toml", "footer = [{ zzzzzzzz = 1 }]"),
        (Site, "Publisher", "site.toml", "[publisher]\nzzzzzzzz = 1"),
        (Site, "Security", "site.toml", "[security]\nzzzzzzzz = 1"),
        (Site, "Government", "site.toml", "[government]\nzzzzzzzz = 1"),
        (Site, "Lints", "site.toml", "[lints]\nzzzzzzzz = 1"),
        (Site, "Search", "site.toml", "[search]\nzzzzzzzz = 1"),
    ];
    for (kind, definition, path, lines) in groups {
        let text = if kind == Site {
            format!("{SITE}{lines}\n")
        } else {
            format!("---\ntitle: T\n{lines}\n---\n")
        };
        let schema = json_schema(kind, &outline);
        let group = if definition.is_empty() { &schema } else { &schema["$defs"][definition] };
        let keys: BTreeSet<String> =
            group["properties"].as_object().expect("keys").keys().cloned().collect();
        assert_eq!(keys, known_keys(path, &text), "{definition} of {kind:?} in {path}");
        assert_eq!(group["additionalProperties"], false, "{definition} of {kind:?}");
        described.insert((kind.name(), definition.to_owned()));
    }
    // Every group of keys is listed here.
    for kind in SchemaKind::ALL {
        assert!(described.contains(&(kind.name(), String::new())), "{kind:?}");
        for (name, definition) in json_schema(kind, &outline)["$defs"].as_object().unwrap() {
            let is_group = definition.get("properties").is_some();
            assert!(
                !is_group || described.contains(&(kind.name(), name.clone())),
                "{name} of {kind:?}"
            );
        }
    }
}

/// The facts of a bulletin or goal, and whether both the reader and the schema accept them.
#[track_caller]
fn both_say(kind: SchemaKind, facts: &str, is_right: bool) {
    let goals = Folder::city()
        .goal("wells", "kind: increase\ntarget: { value: 12, unit: wells }")
        .goal("works", "kind: deliver\nmilestones: [{ id: opened, title: Opened }]")
        .bulletin("lake", "published: 2022-05-05", "");
    let (path, text) = match kind {
        SchemaKind::Bulletin => {
            ("bulletins/x.md", format!("---\ntitle: T\nsummary: S.\n{facts}\n---\n"))
        }
        SchemaKind::Goal => ("goals/water/x.md", format!("---\ntitle: T\n{facts}\n---\n")),
        _ => ("site.toml", facts.to_owned()),
    };
    let validator = validator(kind, &outline(&goals.snapshot()));
    let value = value_of(path, &text);
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors.is_empty(), is_right, "the schema of {facts:?}: {errors:?}");
    let problems = goals.with(path, text).problems();
    assert_eq!(problems.is_empty(), is_right, "the reader of {facts:?}: {problems:#?}");
}

#[test]
fn schemas_reject_what_the_reader_rejects() {
    for facts in [
        "",
        "published:",
        "published: 5/5/2022",
        "published: 2022-13-05",
        "published: 2022-05-05 9:30",
        "published: 2022-05-05\ncatgories: [water]",
        "published: 2022-05-05\nreports: [{ goal: wells, as_of: 2022-05-05 }]",
        "published: 2022-05-05\n\
         reports: [{ goal: wells, value: 3, at_least: 2, as_of: 2022-05-05 }]",
        "published: 2022-05-05\nreports: [{ goal: wells, value: many, as_of: 2022-05-05 }]",
        "published: 2022-05-05\nreports: [{ goal: wells, value: \"1,000\", as_of: 2022-05-05 }]",
        "published: 2022-05-05\nreports: [{ value: 3, as_of: 2022-05-05 }]",
        "published: 2022-05-05\nrevises: [{ goal: wells, note: Why. }]",
        "published: 2022-05-05\noverrides: [{ goal: wells, status: great, reason: Why. }]",
        "published: 2022-05-05\nchanges: [{ on: 2022-05-06 }]",
        "published: 2022-05-05\nchanges: [{ on: 2022-05-06, note: { zh: 改 } }]",
        "published: 2022-05-05\nchanges: [{ on: 2022-05-06, note: { en: x, fr: y } }]",
        "published: 2022-05-05\nwithdrawn: { on: 2022-05-06, reason: \"\" }",
        "published: 2022-05-05\nsource: { url: \"https://x.example/\" }",
        "published: 2022-05-05\nsource: { name: X, url: x.example }",
        "published: 2022-05-05\nsource: X",
        "published: 2022-05-05\ndraft: maybe",
        "published: 2022-05-05\naliases: [old/path/]",
    ] {
        both_say(SchemaKind::Bulletin, facts, false);
    }
    for facts in [
        "",
        "kind: grow",
        "kind: increase",
        "kind: direction\ntarget: { value: 1, unit: wells }",
        "kind: increase\ntarget: { value: 1 }",
        "kind: increase\ntarget: { value: 1, unit: { zh: 口 } }",
        "kind: increase\ntarget: { value: 1, unit: { en: { one: well }, zh: 口 } }",
        "kind: increase\ntarget: { value: 1, unit: { en: { single: well, other: wells } } }",
        "kind: direction\nperiod: { to: 2022-12-31 }",
        "kind: direction\norder: -1",
        "kind: direction\norder: 1.5",
        "kind: increase\ntarget: { value: 1, unit: wells }\nreport_every: week",
        "kind: deliver\nmilestones: [{ title: Opened }]",
    ] {
        both_say(SchemaKind::Goal, facts, false);
    }
    for lines in [
        "name = \"X\"\nbase_url = \"https://x.example/\"\ntime_zone = \"UTC\"\n",
        "name = \"X\"\nbase_url = \"x.example\"\ntime_zone = \"UTC\"\n\
         languages = [\"en\", \"zh\"]\n",
        "name = \"X\"\nbase_url = \"https://x.example/a b/\"\ntime_zone = \"UTC\"\n\
         languages = [\"en\", \"zh\"]\n",
        "name = \"X\"\nbase_url = \"https://x.example/\"\ntime_zone = \"UTC\"\n\
         languages = [\"en\", \"zh\"]\nprofile = \"gov\"\n",
        "name = \"X\"\nbase_url = \"https://x.example/\"\ntime_zone = \"UTC\"\n\
         languages = [\"en\", \"zh\"]\n[security]\n",
        "name = \"X\"\nbase_url = \"https://x.example/\"\ntime_zone = \"UTC\"\n\
         languages = [\"en\", \"zh\"]\n[security]\ncontact = \"x@y.example\"\n",
    ] {
        // An empty table counts as absent, so that it is no mistake.
        both_say(SchemaKind::Site, lines, lines.ends_with("[security]\n"));
    }
}

#[test]
fn schemas_accept_what_the_reader_accepts() {
    for facts in [
        "published: 2022-05-05",
        "published: \"2022-05-05\"",
        "published: 2022-05-05 09:30",
        "published: 2022-05-05T09:30:15+02:00",
        "published: 2022-05-05\nsets: wells",
        "published: 2022-05-05\nsets: [\"\", wells]\nmentions: ~\nreports: []\nbyline: \"\"",
        "published: 2022-05-05\nsource: { name: \"\", url: \"\" }\n\
         withdrawn: { on: \"\", reason: { en: \"\" } }",
        "published: 2022-05-05\nsource: { name: { en: X, zh: \"\" }, url: ~ }",
        "published: 2022-05-05\n\
         reports: { goal: wells, value: \"3\", at_least: ~, note: \"\", as_of: 2022-05-05 }",
        "published: 2022-05-05\nreports: [{ goal: works, milestone: opened, as_of: 2022-05-05 }]",
        "published: 2022-05-05\nchanges: [{ on: 2022-05-06, note: { en: x, zh: 改 }, goal: wells }]",
        "published: 2022-05-05\ndraft: \"true\"",
    ] {
        both_say(SchemaKind::Bulletin, facts, true);
    }
    for facts in [
        "kind: direction\ntarget: { value: \"\", unit: { en: \"\", zh: \"\" }, at_most: false }",
        "kind: increase\n\
         target: { value: \"1_000\", unit: { en: { one: well, few: \"\", other: wells }, zh: 口 } }",
        "kind: increase\ntarget: { value: 1, unit: \"%\", at_most: false }\n\
         period: { from: 2022-01-01, to: \"\" }\norder: \"3\"",
    ] {
        both_say(SchemaKind::Goal, facts, true);
    }
}

#[test]
fn schemas_propose_site_names_and_allow_new_ones() {
    let schema = json_schema(SchemaKind::Bulletin, &outline(&real_snapshot()));
    let goals =
        schema.pointer("/$defs/GoalName/anyOf/0/enum").and_then(Value::as_array).expect("goals");
    assert!(goals.contains(&json!("urban-jobs-2022")) && goals.len() == 21, "{goals:?}");
    assert!(schema.pointer("/$defs/GoalName/anyOf/1/pattern").is_some());
    let languages = schema
        .pointer("/$defs/Localised/anyOf/1/properties")
        .and_then(Value::as_object)
        .expect("languages");
    assert_eq!(languages.keys().collect::<Vec<_>>(), ["en", "zh"]);
}

/// The schema's pattern of a date.
static DAY: LazyLock<String> = LazyLock::new(|| {
    let schema = json_schema(SchemaKind::Bulletin, &outline(&Folder::city().snapshot()));
    let pattern = schema.pointer("/$defs/Day/pattern").and_then(Value::as_str).expect("a pattern");
    pattern.trim_start_matches('^').trim_end_matches('$').to_owned()
});

proptest! {
    #[test]
    fn schema_date_pattern_matches_dates(text in string_regex(&DAY).expect("a regular \
        expression")) {
        let is_day = text[..10].parse::<jiff::civil::Date>().is_ok();
        // At the ends of the calendar an offset leaves its range.
        prop_assume!(!text.starts_with("0000") && !text.starts_with("9999"));
        prop_assert_eq!(Moment::parse(&text, &TimeZone::UTC).is_ok(), is_day, "{}", text);
    }
}
