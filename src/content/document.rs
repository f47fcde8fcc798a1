//! One Markdown file: its front matter, read by what the file is, and its body.

use std::sync::Arc;

use super::body::{self, Body};
use super::bulletin::{self, BulletinFacts};
use super::fence;
use super::fields::Fields;
use super::goal::{self, GoalFacts};
use super::node::{self, Kind, Located, Node};
use super::paths::Role;
use super::printable::is_text;
use super::reader::{OPEN, Reader};
use super::section::{self, CategoryFacts, PlainFacts};
use super::site::Site;
use super::slips;
use super::syntax;
use crate::diagnostic::{Code, Diagnostics, Word, say};
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
    let mut reader = Reader::new(path, &site.languages, &site.zone);
    let Some((yaml, body_at)) = fence::split(source, &mut reader) else {
        return (stand_in(path, role, language, Body::default()), reader.diagnostics);
    };
    let body = body::read(&source[body_at..], body_at, path, &mut reader.diagnostics);
    let mut document = match node::parse_yaml(&source[yaml.clone()], yaml.start) {
        Ok(root) => read_front_matter(source, &root, role, language, body, &mut reader),
        Err(error) => {
            reader.push(syntax::front_matter(path, &source[yaml.clone()], yaml.start, error));
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
    let text = Text {
        path,
        language,
        title,
        short_title: None,
        summary: None,
        body,
        addresses: Vec::new(),
    };
    Document { text, facts: language.is_default().then_some(facts) }
}

fn read_front_matter(
    source: &str,
    root: &Node,
    role: &Role,
    language: Language,
    body: Body,
    reader: &mut Reader<'_>,
) -> Document {
    let (what, facts) = kind(role);
    let Some(mut fields) = Fields::open(what, root, reader) else {
        return stand_in(reader.path, role, language, body);
    };
    let mut is_lost = |key: &str| {
        let lost = slips::lost(source, root, key);
        lost.map(|slip| {
            reader.push(reader.error(Code::BadValue, slip.span, slip.reason).help(slip.help))
        })
        .is_some()
    };
    let (title_is_lost, summary_is_lost) = (is_lost("title"), is_lost("summary"));
    let title = if title_is_lost {
        fields.optional("title")
    } else {
        fields.required("title", Word::typed(OPEN), reader)
    };
    let title = title.and_then(|field| reader.text(field));
    let summary = if matches!(role, Role::Bulletin(..)) && !summary_is_lost {
        fields.required("summary", Word::new("One or two sentences.", "一两句话。"), reader)
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
            Role::Home | Role::Section(_) | Role::Page(_) => {
                Facts::Plain(section::read_plain(&mut fields, reader))
            }
        });
    } else {
        let original = original_name(reader.path);
        fields.refuse_facts(facts, &original, reader);
    }
    let is_goal = || matches!(&root.kind, Kind::Mapping(keys) if keys.iter().any(|(key, _)| key.value == "kind"));
    if language.is_default()
        && (matches!(role, Role::Page(_)) || matches!(role, Role::Goal(..)) && !is_goal())
    {
        let name = reader.path.rsplit('/').next().unwrap_or_default();
        let help = say!(
            "this looks like a bulletin; move it into the folder of its section, such as `bulletins/{name}`",
            "这看起来是一篇公报；请移到所属栏目的文件夹中，例如 `bulletins/{name}`"
        );
        fields.stranger("published", help);
    }
    fields.close(reader);
    document
}

/// What a file of this role is called, and the keys that only its original has.
const fn kind(role: &Role) -> (Word, &'static [&'static str]) {
    match role {
        Role::Home => (Word::new("the home page", "首页"), section::PLAIN_FACTS),
        Role::Section(_) => (Word::new("a section", "栏目"), section::PLAIN_FACTS),
        Role::Page(_) => (Word::new("a page", "页面"), section::PLAIN_FACTS),
        Role::Category(_) => (Word::new("a category", "类别"), section::CATEGORY_FACTS),
        Role::Goal(..) => (Word::new("a goal", "目标"), goal::FACTS),
        Role::Bulletin(..) => (Word::new("a bulletin", "公报"), bulletin::FACTS),
    }
}

fn check_title(title: &Located<String>, reader: &mut Reader<'_>) {
    let length = title.value.chars().count();
    if length > MAX_TITLE {
        let message = say!(
            "the title has {length} characters; {MAX_TITLE} are the most that lists can show",
            "页面标题有 {length} 个字符，列表最多只能显示 {MAX_TITLE} 个"
        );
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(wrong.help(say!("put the rest into `summary`", "请把其余内容移到 `summary`")));
    }
    if title.value.contains(char::is_control) {
        let message = say!("a title is one line", "页面标题只能有一行");
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(wrong.help(say!("remove the line break", "请去掉换行")));
    } else if let Some(odd) = title.value.chars().find(|one| !is_text(*one)) {
        let code = format!("U+{:04X}", u32::from(odd));
        let message = say!(
            "the title has a character that no page can show: {code}",
            "页面标题中有无法显示的字符：{code}"
        );
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(wrong.help(say!("type the title again", "请重新输入标题")));
    }
}

/// `a/b.zh.md` is the translation of `a/b.md`.
pub(crate) fn original_name(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    format!("{stem}.md")
}
