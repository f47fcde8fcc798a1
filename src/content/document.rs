//! One Markdown file: its front matter, read by what the file is, and its body.

use std::sync::Arc;

use super::bulletin::{self, BulletinFacts};
use super::entry::Text;
use super::front_matter::delimiters;
use super::front_matter::mapping::MappingReader;
use super::front_matter::tree::{self, Located, Node, NodeKind};
use super::front_matter::value_reader::{ELLIPSIS, ValueReader};
use super::goal::{self, GoalFacts};
use super::markdown::{Body, body};
use super::paths::{PageKind, original_name};
use super::printable::is_text;
use super::section::{self, BasicPageFacts, CategoryFacts};
use super::site::Site;
use super::syntax::hints;
use super::syntax::parser_errors;
use crate::diagnostic::{Code, Diagnostics, Phrase, message};
use crate::language::Language;

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
    BasicPage(BasicPageFacts),
}

/// The longest title that is read, in characters: what a list, a feed reader and a phone can still show.
pub const MAX_TITLE: usize = 200;

/// Reads one file.
pub(crate) fn read(
    path: &Arc<str>,
    source: &str,
    role: &PageKind,
    language: Language,
    site: &Site,
) -> (Document, Diagnostics) {
    let mut reader = ValueReader::new(path, &site.languages, &site.zone);
    let Some((yaml, body_at)) = delimiters::split(source, &mut reader) else {
        return (placeholder(path, role, language, Body::default()), reader.diagnostics);
    };
    let body = body::read(&source[body_at..], body_at, path, &mut reader.diagnostics);
    let mut document = match tree::parse_yaml(&source[yaml.clone()], yaml.start) {
        Ok(root) => read_front_matter(source, &root, role, language, body, &mut reader),
        Err(error) => {
            reader.push(parser_errors::front_matter(
                path,
                &source[yaml.clone()],
                yaml.start,
                error,
            ));
            placeholder(path, role, language, body)
        }
    };
    document.text.addresses = reader.addresses;
    (document, reader.diagnostics)
}

/// What stands for a file whose front matter cannot be read, so that its links are checked all the same, and what
/// others say of it is not called unknown. It has an error, and so is never published.
fn placeholder(path: &Arc<str>, role: &PageKind, language: Language, body: Body) -> Document {
    let facts = match role {
        PageKind::Bulletin(..) => Facts::Bulletin(Box::new(BulletinFacts::placeholder())),
        PageKind::Goal(..) => Facts::Goal(Box::new(GoalFacts::placeholder())),
        PageKind::Category(_) => Facts::Category(CategoryFacts::default()),
        PageKind::Home | PageKind::Section(_) | PageKind::Page(_) => {
            Facts::BasicPage(BasicPageFacts::default())
        }
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
    role: &PageKind,
    language: Language,
    body: Body,
    reader: &mut ValueReader<'_>,
) -> Document {
    let (what, facts) = kind(role);
    let Some(mut fields) = MappingReader::open(what, root, reader) else {
        return placeholder(reader.path, role, language, body);
    };
    let mut is_lost = |key: &str| {
        let lost = hints::lost(source, root, key);
        lost.map(|slip| {
            reader.push(reader.error(Code::BadValue, slip.span, slip.reason).help(slip.help))
        })
        .is_some()
    };
    let (title_is_lost, summary_is_lost) = (is_lost("title"), is_lost("summary"));
    let title = if title_is_lost {
        fields.optional("title")
    } else {
        fields.required("title", Phrase::typed(ELLIPSIS), reader)
    };
    let title = title.and_then(|field| reader.text(field));
    let summary = if matches!(role, PageKind::Bulletin(..)) && !summary_is_lost {
        fields.required("summary", Phrase::new("One or two sentences.", "一两句话。"), reader)
    } else {
        fields.optional("summary")
    };
    let summary = summary.and_then(|field| reader.text(field));
    let short_title = if matches!(role, PageKind::Bulletin(..) | PageKind::Home) {
        None
    } else {
        fields.optional("short_title").and_then(|field| reader.text(field))
    };
    if let Some(title) = &title {
        check_title(title, reader);
    }
    let mut document = placeholder(reader.path, role, language, body);
    document.text.title = title.unwrap_or(document.text.title);
    document.text.short_title = short_title.map(|title| title.value);
    document.text.summary = summary;
    if language.is_default() {
        document.facts = Some(match role {
            PageKind::Bulletin(..) => {
                Facts::Bulletin(Box::new(bulletin::read(&mut fields, reader)))
            }
            PageKind::Goal(..) => Facts::Goal(Box::new(goal::read(&mut fields, reader))),
            PageKind::Category(_) => Facts::Category(section::read_category(&mut fields, reader)),
            PageKind::Home | PageKind::Section(_) | PageKind::Page(_) => {
                Facts::BasicPage(section::read_basic_page(&mut fields, reader))
            }
        });
    } else {
        let original = original_name(reader.path);
        fields.refuse_facts(facts, &original, reader);
    }
    let is_goal = || matches!(&root.kind, NodeKind::Mapping(keys) if keys.iter().any(|(key, _)| key.value == "kind"));
    if language.is_default()
        && (matches!(role, PageKind::Page(_)) || matches!(role, PageKind::Goal(..)) && !is_goal())
    {
        let name = reader.path.rsplit('/').next().unwrap_or_default();
        let help = message!(
            "this looks like a bulletin; move it into the folder of its section, such as `bulletins/{name}`",
            "这看起来是一篇公报；请移到所属栏目的文件夹中，例如 `bulletins/{name}`"
        );
        fields.stranger("published", help);
    }
    fields.close(reader);
    document
}

/// What a file of this role is called, and the keys that only its original has.
const fn kind(role: &PageKind) -> (Phrase, &'static [&'static str]) {
    match role {
        PageKind::Home => (Phrase::new("the home page", "首页"), section::BASIC_PAGE_FACTS),
        PageKind::Section(_) => (Phrase::new("a section", "栏目"), section::BASIC_PAGE_FACTS),
        PageKind::Page(_) => (Phrase::new("a page", "页面"), section::BASIC_PAGE_FACTS),
        PageKind::Category(_) => (Phrase::new("a category", "类别"), section::CATEGORY_FACTS),
        PageKind::Goal(..) => (Phrase::new("a goal", "目标"), goal::FACTS),
        PageKind::Bulletin(..) => (Phrase::new("a bulletin", "公报"), bulletin::FACTS),
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
    } else if let Some(odd) = title.value.chars().find(|one| !is_text(*one)) {
        let code = format!("U+{:04X}", u32::from(odd));
        let message = message!(
            "the title has a character that no page can show: {code}",
            "页面标题中有无法显示的字符：{code}"
        );
        let wrong = reader.error(Code::BadValue, title.span.clone(), message);
        reader.push(wrong.help(message!("type the title again", "请重新输入标题")));
    }
}
