//! The content folder as typed values that remember where they stood.
//!
//! Enter at [`Content::read`]. Reading never fails: it gives what could be read, and a description of every problem.

mod anchors;
pub mod body;
pub mod bulletin;
mod document;
pub(crate) mod emphasis;
mod fence;
mod fields;
pub mod freshness;
pub mod goal;
mod lints;
mod localised;
pub mod markdown;
pub mod moment;
mod near_link;
mod node;
pub(crate) mod number;
mod paths;
mod printable;
mod reader;
pub mod section;
pub mod site;
mod sketch;
mod slips;
pub mod status;
mod syntax;
pub mod unit;
pub(crate) mod web;

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Wording, say};
use crate::language::{Language, MissingMessage, Words, WordsError};
use crate::source::Snapshot;

pub use body::Body;
use bulletin::BulletinFacts;
use document::{Document, Facts};
pub use document::{MAX_TITLE, Text};
use goal::GoalFacts;
pub use localised::Localised;
pub use moment::{Moment, rfc3339};
pub use node::Located;
use paths::Role;
pub use paths::{is_slug, slug_from};
pub use printable::is_text;
use section::{CategoryFacts, PlainFacts};
pub use site::Site;
pub use status::Status;
pub use unit::Unit;

/// A page's words in every language that it is written in.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The original first.
    by_language: Vec<Text>,
}

impl Texts {
    /// The words in the default language, which every page has.
    #[must_use]
    pub fn original(&self) -> &Text {
        &self.by_language[0]
    }

    /// The words in a language, if it is translated.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&Text> {
        self.by_language.iter().find(|text| text.language == language)
    }

    /// The words in a language, or the original's.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &Text {
        self.get(language).unwrap_or_else(|| self.original())
    }

    /// All of them, the original first.
    pub fn all(&self) -> impl Iterator<Item = &Text> {
        self.by_language.iter()
    }
}

/// One page of content: where it belongs, its words, its facts.
#[derive(Debug, Clone)]
pub struct Entry<F> {
    /// The folder it belongs to: a bulletin's section, a goal's category.
    pub folder: String,
    /// Its own name in addresses.
    pub slug: String,
    /// Its words.
    pub texts: Texts,
    /// What is true of it in every language.
    pub facts: F,
}

impl<F> Entry<F> {
    /// The original file.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.texts.original().path
    }
}

/// A bulletin as it was written.
pub type Bulletin = Entry<BulletinFacts>;
/// A goal as it was written.
pub type Goal = Entry<GoalFacts>;
/// A category as it was written.
pub type Category = Entry<CategoryFacts>;
/// A section, the home page or a plain page as it was written.
pub type Plain = Entry<PlainFacts>;

/// Everything that the content folder holds.
#[derive(Debug)]
pub struct Content {
    /// What is true of the whole site.
    pub site: Site,
    /// The wording of each language, in the site's order.
    words: Vec<Words>,
    /// The home page's title and introduction.
    pub home: Option<Plain>,
    /// The goals' title and introduction.
    pub goals_index: Option<Plain>,
    /// Sections in their order.
    pub sections: Vec<Plain>,
    /// Categories in their order.
    pub categories: Vec<Category>,
    /// Goals by category, then in their order.
    pub goals: Vec<Goal>,
    /// Bulletins by section and slug.
    pub bulletins: Vec<Bulletin>,
    /// Plain pages in their order.
    pub pages: Vec<Plain>,
    /// Files beside the pages: images, PDF.
    pub files: BTreeMap<Arc<str>, Bytes>,
}

/// How many missing messages are named; who lacks more copies the whole file.
const MISSING_NAMED: usize = 10;

impl Content {
    /// Reads every file of a snapshot.
    #[must_use]
    pub fn read(snapshot: &Snapshot) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let site = site::read(snapshot.text("site.toml"), &mut diagnostics);
        let words = read_words(snapshot, &site, &mut diagnostics);
        let mut sorted = sort_out(snapshot, &site, &mut diagnostics);
        let documents: Vec<(Document, Diagnostics)> = sorted
            .documents
            .par_iter()
            .map(|((role, language), path)| {
                let source = snapshot.text(path).unwrap_or_default();
                document::read(path, source, role, *language, &site)
            })
            .collect();
        let mut content = Self {
            site,
            words,
            home: None,
            goals_index: None,
            sections: Vec::new(),
            categories: Vec::new(),
            goals: Vec::new(),
            bulletins: Vec::new(),
            pages: Vec::new(),
            files: std::mem::take(&mut sorted.files),
        };
        let mut grouped: BTreeMap<Role, Vec<(Language, Document)>> = BTreeMap::new();
        for (((role, language), _), (document, found)) in
            sorted.documents.into_iter().zip(documents)
        {
            diagnostics.append(found);
            grouped.entry(role).or_default().push((language, document));
        }
        for (role, documents) in grouped {
            content.add(role, documents);
        }
        content.put_in_order();
        (content, diagnostics)
    }

    /// Every text of the site, public or not.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let plain =
            self.home.iter().chain(&self.goals_index).chain(&self.sections).chain(&self.pages);
        plain
            .flat_map(|entry| entry.texts.all())
            .chain(self.categories.iter().flat_map(|entry| entry.texts.all()))
            .chain(self.goals.iter().flat_map(|entry| entry.texts.all()))
            .chain(self.bulletins.iter().flat_map(|entry| entry.texts.all()))
    }

    /// The wording of a language.
    #[must_use]
    pub fn words(&self, language: Language) -> &Words {
        &self.words[language.index()]
    }

    /// Takes one page in, with its translations. A page whose original could not be read has been described already.
    fn add(&mut self, role: Role, documents: Vec<(Language, Document)>) {
        let mut facts = None;
        let mut by_language = Vec::new();
        for (_, document) in documents {
            facts = facts.or(document.facts);
            by_language.push(document.text);
        }
        let has_original = by_language.first().is_some_and(|text| text.language.is_default());
        let Some(facts) = facts.filter(|_| has_original) else { return };
        let texts = Texts { by_language };
        let (folder, slug) = match &role {
            Role::Home => (String::new(), String::new()),
            Role::Section(slug) | Role::Category(slug) | Role::Page(slug) => {
                (String::new(), slug.clone())
            }
            Role::Goal(folder, slug) | Role::Bulletin(folder, slug) => {
                (folder.clone(), slug.clone())
            }
        };
        match (role, facts) {
            (Role::Bulletin(..), Facts::Bulletin(facts)) => {
                self.bulletins.push(Entry { folder, slug, texts, facts: *facts });
            }
            (Role::Goal(..), Facts::Goal(facts)) => {
                self.goals.push(Entry { folder, slug, texts, facts: *facts })
            }
            (Role::Category(_), Facts::Category(facts)) => {
                self.categories.push(Entry { folder, slug, texts, facts })
            }
            (Role::Home, Facts::Plain(facts)) => {
                self.home = Some(Entry { folder, slug, texts, facts })
            }
            (Role::Section(name), Facts::Plain(facts)) if name == paths::GOALS => {
                self.goals_index = Some(Entry { folder, slug, texts, facts });
            }
            (Role::Section(_), Facts::Plain(facts)) => {
                self.sections.push(Entry { folder, slug, texts, facts })
            }
            (Role::Page(_), Facts::Plain(facts)) => {
                self.pages.push(Entry { folder, slug, texts, facts })
            }
            _ => {}
        }
    }

    fn put_in_order(&mut self) {
        self.sections.sort_by(|a, b| (a.facts.order, &a.slug).cmp(&(b.facts.order, &b.slug)));
        self.pages.sort_by(|a, b| (a.facts.order, &a.slug).cmp(&(b.facts.order, &b.slug)));
        self.categories.sort_by(|a, b| (a.facts.order, &a.slug).cmp(&(b.facts.order, &b.slug)));
        let place =
            |category: &str| self.categories.iter().position(|known| known.slug == category);
        self.goals.sort_by_key(|goal| (place(&goal.folder), goal.facts.order, goal.slug.clone()));
    }
}

/// The files of a snapshot by what they are.
struct Sorted {
    documents: BTreeMap<(Role, Language), Arc<str>>,
    files: BTreeMap<Arc<str>, Bytes>,
}

fn sort_out(snapshot: &Snapshot, site: &Site, diagnostics: &mut Diagnostics) -> Sorted {
    let mut sorted = Sorted { documents: BTreeMap::new(), files: BTreeMap::new() };
    for (path, bytes) in snapshot.files() {
        if &**path == "site.toml" || path.starts_with("i18n/") {
            continue;
        }
        if !path.ends_with(".md") {
            if let Some(name) = paths::page_meant(path, snapshot.text(path)) {
                let message = say!(
                    "this is not read as a page, whose name ends in `.md`",
                    "本文件不会被当作页面；页面文件名以 `.md` 结尾"
                );
                diagnostics.push(
                    Diagnostic::warning(Code::BadName, path, 0..0, message)
                        .help(paths::renamed(&name)),
                );
            }
            sorted.files.insert(Arc::clone(path), bytes.clone());
            continue;
        }
        match paths::role(path, &site.languages) {
            Err(wrong) => diagnostics.push(*wrong),
            Ok(key) => {
                if let Some(first) = sorted.documents.get(&key) {
                    let message = say!(
                        "this is the same page as `{first}`",
                        "本文件与 `{first}` 是同一个页面"
                    );
                    diagnostics.push(
                        Diagnostic::error(Code::DuplicateSlug, path, 0..0, message)
                            .help(say!(
                                "keep one of the two, or rename one",
                                "请只保留其中一个，或为其中一个改名"
                            ))
                            .related(first, 0..0, say!("the other file", "另一个文件")),
                    );
                } else {
                    sorted.documents.insert(key, Arc::clone(path));
                }
            }
        }
    }
    for ((role, language), path) in &sorted.documents {
        if !language.is_default()
            && !sorted.documents.contains_key(&(role.clone(), Language::DEFAULT))
        {
            let original = document::original_name(path);
            let message = say!(
                "this is a translation of `{original}`, which does not exist",
                "本文件是 `{original}` 的译文，而原文并不存在"
            );
            let help = say!(
                "add the original, which holds the facts; or remove the language from this file's name",
                "请添加原文（各项事实写在原文中），或从本文件名中去掉语言代码"
            );
            diagnostics.push(Diagnostic::error(Code::NoOriginal, path, 0..0, message).help(help));
        }
    }
    sorted
}

fn read_words(snapshot: &Snapshot, site: &Site, diagnostics: &mut Diagnostics) -> Vec<Words> {
    for (path, _) in snapshot.files().filter(|(path, _)| path.starts_with("i18n/")) {
        let tag = path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".ftl"));
        if tag.and_then(|tag| site.languages.find(tag)).is_none() {
            let message = say!(
                "this is not the wording of one of the site's languages",
                "本文件不是本站任何一种语言的界面用语"
            );
            let help = say!(
                "name it after a language of `site.toml`, such as `i18n/en.ftl`, or remove it",
                "请用 `site.toml` 中的语言命名，例如 `i18n/zh.ftl`，或删去本文件"
            );
            diagnostics
                .push(Diagnostic::error(Code::UnknownLanguage, path, 0..0, message).help(help));
        }
    }
    site.languages
        .all()
        .map(|language| words_of(site.languages.tag(language), snapshot, site, diagnostics))
        .collect()
}

fn words_of(tag: &str, snapshot: &Snapshot, site: &Site, diagnostics: &mut Diagnostics) -> Words {
    let path: Arc<str> = Arc::from(format!("i18n/{tag}.ftl"));
    let own = snapshot.text(&path);
    let place = if own.is_some() { &path } else { &site.path };
    match Words::new(tag, own) {
        Ok(words) => {
            let missing = words.missing();
            if !missing.is_empty() {
                let help = say!(
                    "add them to `i18n/{tag}.ftl`; Gazette itself speaks `en` and `zh`",
                    "请在 `i18n/{tag}.ftl` 中补上；Gazette 自带 `en` 和 `zh` 的界面用语"
                );
                let wrong =
                    Diagnostic::error(Code::MissingMessage, place, 0..0, lacking(tag, &missing));
                diagnostics.push(wrong.help(help));
            }
            return words;
        }
        Err(WordsError::Syntax(at, reason)) => diagnostics.push(syntax::words(place, at, &reason)),
        Err(WordsError::UnknownTag) => {
            let message = say!(
                "`{tag}` is not a language whose numbers and dates are known",
                "`{tag}` 这种语言的数字和日期写法未知"
            );
            diagnostics.push(Diagnostic::error(Code::BadValue, place, 0..0, message));
        }
    }
    Words::english()
}

/// Which messages a language lacks, as far as they are named.
fn lacking(tag: &str, missing: &[MissingMessage]) -> Wording {
    let all = missing.len();
    let named = Wording::names(missing.iter().take(MISSING_NAMED).map(|message| message.0));
    let more = all.saturating_sub(MISSING_NAMED);
    if more == 0 {
        say!(
            "the language `{tag}` lacks {all} of the interface's messages: {named}",
            "语言 `{tag}` 缺少 {all} 条界面用语：{named}"; named
        )
    } else {
        say!(
            "the language `{tag}` lacks {all} of the interface's messages: {named} and {more} more",
            "语言 `{tag}` 缺少 {all} 条界面用语：{named}，另有 {more} 条"; named
        )
    }
}
