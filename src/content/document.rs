//! Reads one Markdown file: its front matter, by its kind of page, and its body.

use std::sync::Arc;

use bytestring::ByteString;

use super::alert::{self, ALERT, ALERT_TRANSLATION, AlertFacts};
use super::bulletin::keys::{BULLETIN, BULLETIN_TRANSLATION};
use super::bulletin::{self, BulletinFacts};
use super::bulletin_group::{self, BODY, GroupFacts, TOPIC};
use super::entry::{Text, Texts};
use super::front_matter::keys::KeyGroup;
use super::front_matter::mapping::MappingReader;
use super::front_matter::tree::{self, Located, Node, NodeKind};
use super::front_matter::value_reader::ValueReader;
use super::front_matter::{delimiters, join_lines};
use super::goal::keys::GOAL;
use super::goal::{self, GoalFacts};
use super::markdown::{Body, PlainMark, body, find_in_plain_text};
use super::paths::{GroupKind, PageKind, original_name};
use super::section::{
    self, BASIC_PAGE, BasicPageFacts, CATEGORY, CategoryFacts, HOME, HOME_TRANSLATION, SECTION,
    TRANSLATION,
};
use super::site::Site;
use super::source_digest::SourceDigest;
use super::syntax::{hints, parser_errors};
use super::translation::changes_since;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase, message};
use crate::language::{Language, is_printable};

/// One file: its text, and in an original its facts.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) text: Text,
    pub(super) facts: Option<Facts>,
}

/// The facts of an original.
#[derive(Debug)]
pub(super) enum Facts {
    Bulletin(Box<BulletinFacts>),
    Goal(Box<GoalFacts>),
    Category(CategoryFacts),
    BasicPage(BasicPageFacts),
    Group(GroupFacts),
    Alert(AlertFacts),
}

/// The longest title, in characters, that lists, feed readers and phones can still show.
pub const MAX_TITLE: usize = 200;

/// Reads one file.
///
/// A file whose front matter cannot be read is replaced by a placeholder with its body: its links
/// are still checked, and references to it are not reported as unknown.
pub(super) fn read(
    path: &Arc<str>,
    source: &ByteString,
    kind: &PageKind,
    language: Language,
    site: &Site,
) -> (Document, Diagnostics) {
    let mut reader = ValueReader::new(path, &site.languages, &site.zone);
    let Some((yaml, body_start)) = delimiters::split(source, &mut reader) else {
        return (placeholder(path, kind, language, Body::default()), reader.diagnostics);
    };
    let mut body = body::read(&source[body_start..], body_start, path, &mut reader.diagnostics);
    // The text of a large site is in memory once.
    body.markdown = source.slice_ref(&source[body_start..]);
    body.headings.shrink_to_fit();
    body.links.shrink_to_fit();
    body.images.shrink_to_fit();
    let mut document = placeholder(path, kind, language, body);
    match tree::parse_yaml(&source[yaml.clone()], yaml.start) {
        Ok(root) => read_front_matter(source, &root, kind, &mut document, &mut reader),
        Err(error) => {
            let yaml_text = &source[yaml.clone()];
            reader.push(parser_errors::front_matter(path, yaml_text, yaml.start, error));
        }
    }
    document.text.digest = SourceDigest::new([path.as_bytes(), source.as_bytes()]);
    document.text.addresses = reader.addresses;
    (document, reader.diagnostics)
}

/// Combines the documents of one page, sorted by language; none without a readable original.
pub(super) fn combine(documents: Vec<Document>) -> Option<(Facts, Texts)> {
    let mut facts = None;
    let mut by_language = Vec::with_capacity(documents.len());
    for document in documents {
        facts = facts.or(document.facts);
        by_language.push(document.text);
    }
    let facts = facts?;
    let (original, translations) = by_language.split_first_mut()?;
    for text in translations {
        let record = text.translated.as_ref();
        let changes = record.map(|record| changes_since(original, &record.value));
        text.original_changes = changes.filter(|changes| !changes.is_empty());
    }
    Some((facts, Texts::new(by_language)?))
}

/// Replaces a file that exists and whose text cannot be read.
pub(super) fn unreadable(path: &Arc<str>, kind: &PageKind, language: Language) -> Document {
    placeholder(path, kind, language, Body::default())
}

fn placeholder(path: &Arc<str>, kind: &PageKind, language: Language, body: Body) -> Document {
    let facts = match kind {
        PageKind::Bulletin(..) | PageKind::Version(..) => {
            Facts::Bulletin(Box::new(BulletinFacts::placeholder()))
        }
        PageKind::Goal(..) => Facts::Goal(Box::new(GoalFacts::placeholder())),
        PageKind::Category(_) => Facts::Category(CategoryFacts::default()),
        PageKind::Group(..) => Facts::Group(GroupFacts::default()),
        PageKind::Alert(_) => Facts::Alert(AlertFacts::placeholder()),
        PageKind::Home | PageKind::Section(_) | PageKind::Page(..) | PageKind::GroupIndex(_) => {
            Facts::BasicPage(BasicPageFacts::default())
        }
    };
    let text = Text {
        path: Arc::clone(path),
        language,
        title: Located::new(String::new(), 0..0),
        short_title: None,
        summary: None,
        body,
        addresses: Vec::new(),
        translated: None,
        original_changes: None,
        digest: SourceDigest::default(),
    };
    Document { text, facts: has_facts(kind, language).then_some(facts) }
}

/// Whether a file holds the facts of its page: an original does, and no earlier version.
const fn has_facts(kind: &PageKind, language: Language) -> bool {
    language.is_default() && !matches!(kind, PageKind::Version(..))
}

fn read_front_matter(
    source: &str,
    root: &Node,
    kind: &PageKind,
    document: &mut Document,
    reader: &mut ValueReader<'_>,
) {
    let is_original = has_facts(kind, document.text.language);
    let (original, translation) = key_groups(kind);
    let group = if is_original { original } else { translation };
    let Some(mut keys) = MappingReader::open(group, root, reader) else { return };
    read_texts(source, root, &mut keys, &mut document.text, reader);
    if let PageKind::Alert(_) = kind {
        alert::check_text(&document.text.body, reader);
    }
    if is_original {
        document.facts = Some(read_facts(kind, &mut keys, reader));
        if is_misplaced_bulletin(kind, &keys) {
            let name = reader.path.rsplit('/').next().unwrap_or_default();
            let help = message!(
                "this looks like a bulletin; \
                 move it into the folder of its section, such as `bulletins/{name}`",
                "这看起来是一篇公报；请移到所属栏目的文件夹中，例如 `bulletins/{name}`"
            );
            keys.set_misplaced("published", help);
        }
    } else {
        let mut facts_path = original_name(reader.path);
        let noun = if let PageKind::Version(..) = kind {
            if !document.text.language.is_default() {
                facts_path = original_name(&facts_path);
            }
            Phrase::new("an earlier version", "旧版本")
        } else {
            Phrase::new("a translation", "译文")
        };
        keys.refuse_facts(original, noun, &facts_path, reader);
    }
    keys.finish(reader);
}

/// The keys of an original and of its translations.
const fn key_groups(kind: &PageKind) -> (&'static KeyGroup, &'static KeyGroup) {
    match kind {
        PageKind::Home => (&HOME, &HOME_TRANSLATION),
        PageKind::Section(_) | PageKind::GroupIndex(_) => (&SECTION, &SECTION_TRANSLATION),
        PageKind::Group(GroupKind::Body, _) => (&BODY, &BODY_TRANSLATION),
        PageKind::Group(GroupKind::Topic, _) => (&TOPIC, &TOPIC_TRANSLATION),
        PageKind::Alert(_) => (&ALERT, &ALERT_TRANSLATION),
        PageKind::Page(..) => (&BASIC_PAGE, &TRANSLATION),
        PageKind::Category(_) => (&CATEGORY, &CATEGORY_TRANSLATION),
        PageKind::Goal(..) => (&GOAL, &GOAL_TRANSLATION),
        PageKind::Bulletin(..) | PageKind::Version(..) => (&BULLETIN, &BULLETIN_TRANSLATION),
    }
}

const SECTION_TRANSLATION: KeyGroup = KeyGroup { noun: SECTION.noun, ..TRANSLATION };
const CATEGORY_TRANSLATION: KeyGroup = KeyGroup { noun: CATEGORY.noun, ..TRANSLATION };
const BODY_TRANSLATION: KeyGroup = KeyGroup { noun: BODY.noun, ..TRANSLATION };
const TOPIC_TRANSLATION: KeyGroup = KeyGroup { noun: TOPIC.noun, ..TRANSLATION };
const GOAL_TRANSLATION: KeyGroup = KeyGroup { noun: GOAL.noun, ..TRANSLATION };

/// Reads title, short title and summary.
fn read_texts(
    source: &str,
    root: &Node,
    keys: &mut MappingReader<'_>,
    text: &mut Text,
    reader: &mut ValueReader<'_>,
) {
    if let Some(title) = read_text(source, root, "title", keys, reader) {
        check_title(&title, reader);
        check_plain_text(&title, reader);
        text.title = title;
    }
    let has_summary = keys.knows("summary");
    let summary = if has_summary { read_text(source, root, "summary", keys, reader) } else { None };
    if let Some(summary) = &summary {
        check_plain_text(summary, reader);
    }
    text.summary = summary.map(|text| Located::new(join_lines(&text.value), text.span));
    if let NodeKind::Mapping(entries) = &root.kind {
        for (key, value) in entries {
            if !matches!(key.value.as_str(), "title" | "summary") {
                check_plain_texts(value, reader);
            }
        }
    }
    if keys.knows("translated") {
        text.translated = keys.read("translated", reader, ValueReader::line);
    }
    if keys.knows("short_title") {
        let short_title = keys.read("short_title", reader, ValueReader::line);
        text.short_title = short_title.map(|title| title.value);
    }
}

/// Reads a text. If YAML discards a part of it, reports that, and not that it is missing.
fn read_text(
    source: &str,
    root: &Node,
    key: &'static str,
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> Option<Located<String>> {
    let Some(hint) = hints::find_discarded(source, root, key) else {
        return keys.read(key, reader, ValueReader::text);
    };
    reader.push(reader.error(Code::BadValue, hint.span, hint.reason).help(hint.help));
    keys.peek(key).and_then(|field| reader.text(field))
}

fn read_facts(
    kind: &PageKind,
    keys: &mut MappingReader<'_>,
    reader: &mut ValueReader<'_>,
) -> Facts {
    match kind {
        PageKind::Bulletin(..) | PageKind::Version(..) => {
            Facts::Bulletin(Box::new(bulletin::read(keys, reader)))
        }
        PageKind::Goal(..) => Facts::Goal(Box::new(goal::read(keys, reader))),
        PageKind::Category(_) => Facts::Category(section::read_category(keys, reader)),
        PageKind::Alert(_) => Facts::Alert(alert::read(keys, reader)),
        PageKind::Group(kind, _) => Facts::Group(bulletin_group::read(*kind, keys, reader)),
        PageKind::Home | PageKind::Page(..) => {
            Facts::BasicPage(section::read_basic_page(keys, reader))
        }
        PageKind::Section(_) | PageKind::GroupIndex(_) => {
            Facts::BasicPage(section::read_section(keys, reader))
        }
    }
}

/// Whether a key `published` shows that the file is a bulletin in a folder for other pages.
fn is_misplaced_bulletin(kind: &PageKind, keys: &MappingReader<'_>) -> bool {
    match kind {
        PageKind::Page(..) | PageKind::Group(..) => true,
        PageKind::Goal(..) => !keys.is_written("kind"),
        _ => false,
    }
}

/// Warns of marks of Markdown, which lists and feeds would show as they are written.
fn check_plain_text(text: &Located<String>, reader: &mut ValueReader<'_>) {
    if let Some(PlainMark { severity, message, help }) = find_in_plain_text(&text.value) {
        let span = text.span.clone();
        let found = Diagnostic::warning(Code::LiteralMark, reader.path, span, message).help(help);
        reader.push(Diagnostic { severity, ..found });
    }
}

/// Warns of marks in the texts of facts, such as units and notes. Names and addresses have none.
pub(super) fn check_plain_texts(node: &Node, reader: &mut ValueReader<'_>) {
    match &node.kind {
        NodeKind::Mapping(entries) => {
            for (_, value) in entries {
                check_plain_texts(value, reader);
            }
        }
        NodeKind::Sequence(items) => {
            for item in items {
                check_plain_texts(item, reader);
            }
        }
        NodeKind::Text(text) => {
            let is_name = text.bytes().all(|c| c.is_ascii_graphic())
                && !text.contains(['*', '~', '^', '<', '&']);
            let is_path = text.starts_with('/') && !text.contains(char::is_whitespace);
            if !is_name && !is_path && !text.contains("://") {
                check_plain_text(&Located::new(text.clone(), node.span.clone()), reader);
            }
        }
        _ => {}
    }
}

fn check_title(title: &Located<String>, reader: &mut ValueReader<'_>) {
    let length = title.value.chars().count();
    if length > MAX_TITLE {
        let message = message!(
            "the title has {length} characters; {MAX_TITLE} are the most that lists can show",
            "页面标题有 {length} 个字符，列表最多只能显示 {MAX_TITLE} 个"
        );
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(
            wrong.help(message!("put the rest into `summary`", "请把其余内容移到 `summary`")),
        );
    }
    if title.value.contains(char::is_control) {
        let message = message!("a title is one line", "页面标题只能有一行");
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(wrong.help(message!("remove the line break", "请去掉换行")));
    } else if let Some(odd) = title.value.chars().find(|one| !is_printable(*one)) {
        let code = format!("U+{:04X}", u32::from(odd));
        let message = message!(
            "the title has a character that no page can show: {code}",
            "页面标题中有无法显示的字符：{code}"
        );
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(wrong.help(message!("type the title again", "请重新输入标题")));
    }
}
