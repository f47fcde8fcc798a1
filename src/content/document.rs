//! One Markdown file: its front matter, read by what the file is, and its body.

use std::sync::Arc;

use super::body::{self, Body};
use super::bulletin::{self, BulletinFacts};
use super::fields::{Fields, Reader};
use super::goal::{self, GoalFacts};
use super::node::{self, Located, Node};
use super::paths::Role;
use super::section::{self, CategoryFacts, PlainFacts};
use super::site::Site;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Language;

/// The words of a page in one language.
#[derive(Debug, Clone)]
pub struct Text {
    /// The file, as a path inside the content folder.
    pub path: Arc<str>,
    /// The language it is written in.
    pub language: Language,
    /// The page's title.
    pub title: Located<String>,
    /// The title for tight places.
    pub short_title: Option<String>,
    /// One or two sentences for lists and feeds.
    pub summary: Option<Located<String>>,
    /// What the page says.
    pub body: Body,
    /// The web addresses that the front matter names.
    pub addresses: Vec<Located<String>>,
}

/// What one file gives: words, and in an original the facts.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) text: Text,
    pub(crate) facts: Option<Facts>,
}

/// The facts of an original, by what it is.
#[derive(Debug)]
pub(crate) enum Facts {
    Bulletin(Box<BulletinFacts>),
    Goal(Box<GoalFacts>),
    Category(CategoryFacts),
    Plain(PlainFacts),
}

/// The longest title that is read, in characters: what a list, a feed reader and a phone can still show.
pub const MAX_TITLE: usize = 200;

/// Reads one file.
pub(crate) fn read(
    path: &Arc<str>,
    source: &str,
    role: &Role,
    language: Language,
    site: &Site,
) -> (Document, Diagnostics) {
    let mut reader = Reader {
        path,
        languages: &site.languages,
        zone: &site.zone,
        diagnostics: Diagnostics::default(),
        addresses: Vec::new(),
    };
    let Some((yaml, body_at)) = split(source, &mut reader) else {
        return (stand_in(path, role, language, Body::default()), reader.diagnostics);
    };
    let body = body::read(&source[body_at..], body_at, path, &mut reader.diagnostics);
    let mut document = match node::parse_yaml(&source[yaml.clone()], yaml.start) {
        Ok(root) => read_front_matter(&root, role, language, body, &mut reader),
        Err(error) => {
            reader.push(syntax_error(path, &source[yaml.clone()], yaml.start, error));
            stand_in(path, role, language, body)
        }
    };
    document.text.addresses = reader.addresses;
    (document, reader.diagnostics)
}

/// What stands for a file whose front matter cannot be read, so that its links are checked all the same, and what
/// others say of it is not called unknown. It has an error, and so is never published.
fn stand_in(path: &Arc<str>, role: &Role, language: Language, body: Body) -> Document {
    let facts = match role {
        Role::Bulletin(..) => Facts::Bulletin(Box::new(BulletinFacts::unread())),
        Role::Goal(..) => Facts::Goal(Box::new(GoalFacts::unread())),
        Role::Category(_) => Facts::Category(CategoryFacts::default()),
        Role::Home | Role::Section(_) | Role::Page(_) => Facts::Plain(PlainFacts::default()),
    };
    let title = Located::new(String::new(), 0..0);
    let path = Arc::clone(path);
    let text = Text { path, language, title, short_title: None, summary: None, body, addresses: Vec::new() };
    Document { text, facts: language.is_default().then_some(facts) }
}

/// What YAML cannot read, with the mistake that is likeliest behind it.
fn syntax_error(path: &Arc<str>, yaml: &str, offset: usize, error: node::SyntaxError) -> Diagnostic {
    let mut at = offset;
    for line in yaml.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let key = line.trim_start().trim_start_matches("- ");
        let name = key.len() - key.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
        let rest = &key[name..];
        let help = if line[..indent].contains('\t') {
            Some("replace the tab at the start of the line by spaces")
        } else if name > 0 && rest.starts_with('：') {
            Some("write the colon as `:` with a space behind it, not as the full-width `：`")
        } else if name > 0 && rest.starts_with(':') && rest[1..].starts_with(|c: char| !c.is_whitespace()) {
            Some("put a space behind the colon")
        } else {
            None
        };
        if let Some(help) = help {
            let message = format!("the front matter cannot be read: {}", error.message);
            let start = at + if line[..indent].contains('\t') { 0 } else { indent };
            let end = (at + line.trim_end().len()).max(start);
            return Diagnostic::error(Code::Syntax, path, start..end, message).help(help);
        }
        at += line.len();
    }
    let message = format!("the front matter cannot be read: {}", error.message);
    let help = "put a value that holds `: ` or starts with a sign between quotes, close what is opened, and indent with spaces";
    Diagnostic::error(Code::Syntax, path, error.span, message).help(help)
}

/// The bytes of the YAML, and where the body starts.
fn split(source: &str, reader: &mut Reader<'_>) -> Option<(std::ops::Range<usize>, usize)> {
    let is_fence = |line: &str| line.trim_end() == "---";
    // A byte order mark is what some editors put before everything.
    let start = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = source[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !is_fence(first) {
        let help = "start the file with a line `---`, then `title: …`, then a line `---`";
        let wrong =
            reader.error(Code::NoFrontMatter, start..start + first.trim_end().len(), "this file has no front matter");
        reader.push(wrong.help(help));
        return None;
    }
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if is_fence(line) {
            return Some((yaml_start..at, at + line.len()));
        }
        at += line.len();
    }
    let wrong = reader.error(Code::Unclosed, start..start + 3, "the front matter is not closed");
    reader.push(wrong.help("put a line `---` after the last key"));
    None
}

fn read_front_matter(root: &Node, role: &Role, language: Language, body: Body, reader: &mut Reader<'_>) -> Document {
    let (what, facts) = kind(role);
    let Some(mut fields) = Fields::open(what, root, reader) else {
        return stand_in(reader.path, role, language, body);
    };
    let title = fields.required("title", "…", reader).and_then(|field| reader.text(field));
    let summary = if matches!(role, Role::Bulletin(..)) {
        fields.required("summary", "One or two sentences.", reader)
    } else {
        fields.optional("summary")
    };
    let summary = summary.and_then(|field| reader.text(field));
    let short_title = if matches!(role, Role::Bulletin(..) | Role::Home) {
        None
    } else {
        fields.optional("short_title").and_then(|field| reader.text(field))
    };
    if let Some(title) = &title {
        check_title(title, reader);
    }
    let mut document = stand_in(reader.path, role, language, body);
    document.text.title = title.unwrap_or(document.text.title);
    document.text.short_title = short_title.map(|title| title.value);
    document.text.summary = summary;
    if language.is_default() {
        document.facts = Some(match role {
            Role::Bulletin(..) => Facts::Bulletin(Box::new(bulletin::read(&mut fields, reader))),
            Role::Goal(..) => Facts::Goal(Box::new(goal::read(&mut fields, reader))),
            Role::Category(_) => Facts::Category(section::read_category(&mut fields, reader)),
            Role::Home | Role::Section(_) | Role::Page(_) => Facts::Plain(section::read_plain(&mut fields, reader)),
        });
    } else {
        let original = original_name(reader.path);
        fields.refuse_facts(facts, &original, reader);
    }
    fields.close(reader);
    document
}

/// What a file of this role is called, and the keys that only its original has.
const fn kind(role: &Role) -> (&'static str, &'static [&'static str]) {
    match role {
        Role::Home => ("the home page", section::PLAIN_FACTS),
        Role::Section(_) => ("a section", section::PLAIN_FACTS),
        Role::Page(_) => ("a page", section::PLAIN_FACTS),
        Role::Category(_) => ("a category", section::CATEGORY_FACTS),
        Role::Goal(..) => ("a goal", goal::FACTS),
        Role::Bulletin(..) => ("a bulletin", bulletin::FACTS),
    }
}

fn check_title(title: &Located<String>, reader: &mut Reader<'_>) {
    let length = title.value.chars().count();
    if length > MAX_TITLE {
        let message = format!("the title has {length} characters; {MAX_TITLE} are the most that lists can show");
        reader.push(
            Diagnostic::error(Code::BadValue, reader.path, title.span.clone(), message)
                .help("put the rest into `summary`"),
        );
    }
    if title.value.contains(char::is_control) {
        reader.push(
            reader.error(Code::BadValue, title.span.clone(), "a title is one line").help("remove the line break"),
        );
    }
}

/// `a/b.zh.md` is the translation of `a/b.md`.
pub(crate) fn original_name(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    format!("{stem}.md")
}
