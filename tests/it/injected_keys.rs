//! Markup and line ends in every key for text: the keys come from the JSON Schemas, and so from the
//! tables of keys, so that a new key is tried by itself.

use std::collections::{BTreeMap, BTreeSet};

use gazette::content::Content;
use gazette::diagnostic::{Diagnostics, Severity};
use gazette::edition::Edition;
use gazette::editor::kit::{SchemaKind, SiteOutline, json_schema};
use serde_json::{Map, Value, json};

use crate::harness::{Folder, Site, TODAY, compiled, repository, short};
use crate::injection::{PROBE, check_all};

/// Types of values that are texts, as the schemas name them.
const TEXTS: [&str; 4] = ["Line", "Sentences", "Localised", "Counted"];

/// Ends a line, and begins one that means something in calendars, RIS, BibTeX and Fluent.
const LINE_PROBE: &str =
    "{}\r\nBEGIN:VALARM\r\nTY  - BOOK\r\n}\r\n@misc{line-probe,\r\nprobe = probe";

/// Keys whose text must have a form that the probe has not, or that need further keys: an error
/// names each.
const CHECKED: &[&str] = &[
    "body.contact.email",
    "bulletin.consultation.respond.email",
    "bulletin.contact.email",
    "bulletin.reports.unit",
    "bulletin.revises.note",
    "site.files",
    "site.footer.image",
    "site.look.colour",
    "site.look.dark_colour",
    "site.look.drawing",
    "site.look.icon",
    "site.look.logo",
];

/// Keys whose text no page of this small site shows.
const UNSEEN: &[&str] = &[
    "body.short_title",
    "bulletin.consultation.respond.phone",
    "bulletin.consultation.respond.post",
    "goal.short_title",
    "site.documents.index",
    "site.documents.kinds.name",
    "site.documents.kinds.title",
    "site.government.site_id_code",
    "topic.short_title",
];

/// The paths of the files of each kind, with `{}` for a number where a site has many of them.
const PLACES: &[(SchemaKind, &str)] = &[
    (SchemaKind::Bulletin, "bulletins/probe-{}.md"),
    (SchemaKind::Goal, "goals/water/probe-{}.md"),
    (SchemaKind::Category, "goals/probe-{}/_index.md"),
    (SchemaKind::Page, "probe-{}.md"),
    (SchemaKind::Alert, "alerts/probe-{}.md"),
    (SchemaKind::Body, "bodies/probe-{}.md"),
    (SchemaKind::Topic, "topics/probe-{}.md"),
    (SchemaKind::Home, "_index.md"),
    (SchemaKind::Site, "site.toml"),
];

/// A schema with its definitions.
struct Schema(Value);

impl Schema {
    /// A node without `$ref`, and the name of its definition.
    fn resolve<'s>(&'s self, node: &'s Value) -> (&'s str, &'s Value) {
        let name = node["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/"));
        name.map_or(("", node), |name| (name, &self.0["$defs"][name]))
    }

    /// Values with all that is required and one text more, each with the path of the text.
    fn probes(&self, node: &Value, text: &str) -> BTreeMap<String, Value> {
        let (name, node) = self.resolve(node);
        if TEXTS.contains(&name) {
            return BTreeMap::from([(String::new(), text.into())]);
        }
        let mut found = BTreeMap::new();
        if name == "Nothing" {
            return found;
        }
        for (key, inner) in node["properties"].as_object().into_iter().flatten() {
            for (path, value) in self.probes(inner, text) {
                let mut object = self.required(name, node);
                object.insert(key.clone(), value);
                found.insert(format!(".{key}{path}"), object.into());
            }
        }
        if let Some(items) = node.get("items") {
            let items = self.probes(items, text).into_iter();
            found.extend(items.map(|(path, value)| (path, json!([value]))));
        }
        for alternative in node["anyOf"].as_array().into_iter().flatten() {
            for (path, value) in self.probes(alternative, text) {
                found.entry(path).or_insert(value);
            }
        }
        found
    }

    /// The required keys of an object with valid values.
    fn required(&self, group: &str, node: &Value) -> Map<String, Value> {
        let keys = node["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        keys.map(|key| (key.to_owned(), self.sample(group, key, &node["properties"][key])))
            .collect()
    }

    fn sample(&self, group: &str, key: &str, node: &Value) -> Value {
        match (group, key) {
            ("Extension", "closes") => return "2022-06-05".into(),
            (_, "languages") => return json!(["en", "zh"]),
            _ => {}
        }
        let (name, node) = self.resolve(node);
        match name {
            "Line" | "Sentences" | "Localised" | "Counted" => "Words".into(),
            "Day" => "2022-05-05".into(),
            "Number" | "Place" => 5.into(),
            "GoalName" => "wells".into(),
            "KindName" => "continue".into(),
            "BaseAddress" => "https://lakeside.example/".into(),
            "Zone" => "Asia/Shanghai".into(),
            "Contact" => "mailto:office@lakeside.example".into(),
            _ if node["enum"][0].is_string() => node["enum"][0].clone(),
            _ => panic!("no value is known for {group}.{key}: {name}"),
        }
    }
}

/// The file of a kind with these keys.
fn file(kind: SchemaKind, value: &Value) -> String {
    if kind == SchemaKind::Site {
        return toml::to_string(value).expect("TOML");
    }
    let mut facts = value.as_object().expect("an object").clone();
    // Keys that only one kind of goals has.
    for (key, kind) in [("target", "increase"), ("milestones", "deliver")] {
        if facts.contains_key(key) {
            facts.insert("kind".to_owned(), kind.into());
            facts.insert("period".to_owned(), json!({ "from": "2022-01-01", "to": "2022-12-31" }));
        }
    }
    let lines: String = facts.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
    format!("---\n{lines}---\n")
}

/// The folder to which the probes are added.
fn base() -> Folder {
    let rimewater = repository().join("tests/fixtures/rimewater");
    let index = |folder: &str| std::fs::read(rimewater.join(folder).join("_index.md"));
    let mut folder = Folder::city().goal("wells", "kind: continue");
    for name in ["bodies", "topics"] {
        if let Ok(text) = index(name) {
            folder = folder.with(&format!("{name}/_index.md"), text);
        }
    }
    folder
}

/// Compiles a folder; fails with the paths of the files with errors.
fn compile(folder: &Folder) -> Result<Edition, BTreeSet<String>> {
    let snapshot = folder.snapshot();
    compiled(&snapshot, Diagnostics::default(), TODAY).map_err(|found| {
        let errors: Vec<_> =
            found.into_iter().filter(|one| one.severity == Severity::Error).collect();
        let places = short(&errors, &snapshot);
        let path = |place: &String| {
            place.trim_start_matches("content/").split(':').next().map(str::to_owned)
        };
        places.iter().filter_map(path).collect()
    })
}

/// The outcome of the probes in one kind of text.
#[derive(Default)]
struct Outcome {
    refused: BTreeSet<String>,
    unseen: BTreeSet<String>,
    tried: usize,
}

impl Outcome {
    /// Compiles the folder with the files, without those that are refused, and checks every
    /// response.
    fn check(&mut self, mut files: BTreeMap<String, (String, String)>) {
        self.tried += files.len();
        let edition = loop {
            let folder = files
                .iter()
                .fold(base(), |folder, (path, (_, text))| folder.with(path, text.clone()));
            match compile(&folder) {
                Ok(edition) => break edition,
                Err(paths) => {
                    let refused = paths.iter().filter_map(|path| files.remove(path));
                    let before = self.refused.len();
                    self.refused.extend(refused.map(|(key, _)| key));
                    assert!(self.refused.len() > before, "errors elsewhere: {paths:?}");
                }
            }
        };
        let site = Site::new(edition);
        let mut unseen: BTreeMap<&str, String> =
            files.values().map(|(key, _)| (&**key, mark(key))).collect();
        for path in site.paths() {
            let reply = site.get(&path);
            let media_type = reply.header("content-type").unwrap_or_default().to_owned();
            let Ok(body) = std::str::from_utf8(&reply.body) else { continue };
            check_all(&path, &media_type, body);
            unseen.retain(|_, mark| !body.contains(&**mark));
        }
        self.unseen.extend(unseen.into_keys().map(str::to_owned));
    }
}

/// A word by which the text of a key is found on pages.
fn mark(key: &str) -> String {
    key.bytes().filter(u8::is_ascii_alphabetic).map(char::from).collect::<String>() + "mark"
}

/// Tries a text in every key, with a mark in the place of `{}`.
fn outcome_of(text: &str) -> Outcome {
    let snapshot = base().snapshot();
    let outline = SiteOutline::new(&Content::read(&snapshot).0, "content");
    let mut outcome = Outcome::default();
    let mut many = BTreeMap::new();
    for (kind, place) in PLACES {
        let schema = Schema(json_schema(*kind, &outline));
        for path in schema.probes(&schema.0, "").into_keys() {
            let key = format!("{}{path}", kind.name());
            let text = text.replace("{}", &mark(&key));
            let value = &schema.probes(&schema.0, &text)[&path];
            let name = place.replace("{}", &many.len().to_string());
            let file = (name, (key, file(*kind, value)));
            if place.contains("{}") {
                many.extend([file]);
            } else {
                outcome.check(BTreeMap::from([file]));
            }
        }
    }
    outcome.check(many);
    outcome
}

#[test]
fn markup_in_every_key_is_text() {
    let outcome = outcome_of(&format!("{{}}{PROBE}"));
    assert!(outcome.tried > 60, "{} keys", outcome.tried);
    let refused: Vec<&str> = outcome.refused.iter().map(String::as_str).collect();
    let unseen: Vec<&str> = outcome.unseen.iter().map(String::as_str).collect();
    assert_eq!((&*refused, &*unseen), (CHECKED, UNSEEN), "of {} keys", outcome.tried);
}

#[test]
fn line_ends_in_every_key_begin_no_line() {
    assert!(outcome_of(LINE_PROBE).tried > 60);
}

#[test]
fn formula_in_every_key_starts_no_cell() {
    assert!(outcome_of("=HYPERLINK(1){}").tried > 60);
}

#[test]
fn markup_in_messages_is_text() {
    let own = std::fs::read_to_string(repository().join("locales/en.ftl")).expect("the messages");
    let messages: String = own
        .lines()
        .map(|line| {
            let is_message = line.starts_with(|first: char| first.is_ascii_lowercase())
                && line.split_once(" = ").is_some_and(|(_, text)| !text.is_empty());
            format!("{line}{}\n", if is_message { PROBE } else { "" })
        })
        .collect();
    let folder = base().with("i18n/en.ftl", messages);
    let site = Site::new(compile(&folder).expect("no errors"));
    let mut probes = 0;
    for path in site.paths() {
        let reply = site.get(&path);
        let media_type = reply.header("content-type").unwrap_or_default().to_owned();
        let Ok(body) = std::str::from_utf8(&reply.body) else { continue };
        check_all(&path, &media_type, body);
        probes += body.matches("xss-probe").count();
    }
    assert!(probes > 100, "{probes} probes on pages");
}
