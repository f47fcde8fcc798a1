//! Classifies the files of the content folder by their paths.

mod copies;
mod file_names;
mod page_folders;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;
use rayon::prelude::*;

use self::copies::check_copy;
use self::file_names::{
    bad_name, misplaced_version, page_name_meant, rename_help, same_page, split_name,
    translation_name_meant, version_day, version_without_bulletin,
};
use self::page_folders::page_folders;
use super::front_matter::language_tags::unknown_language;
use super::numbers::LEDGER;
use super::slug::{is_slug, is_year};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, message};
use crate::language::{Language, Languages};
use crate::source::Snapshot;

pub(super) use file_names::original_name;

/// The languages in the names of a snapshot's files, for a site whose settings cannot be read. The
/// default language is in no name: it is one that the names do not have.
pub(super) fn languages_in_names(snapshot: &Snapshot) -> Languages {
    let mut tags: BTreeSet<&str> = BTreeSet::new();
    for (path, _) in snapshot.files() {
        let name = path.rsplit('/').next().unwrap_or_default();
        let tag = name.strip_suffix(".md").and_then(|name| name.rsplit_once('.'));
        if let Some((_, tag)) = tag
            && tag.len() <= 3
            && tag.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            tags.insert(tag);
        }
    }
    if tags.is_empty() {
        return Languages::new(Vec::new());
    }
    let default = if tags.contains("en") { "zh" } else { "en" };
    let others = tags.into_iter().filter(|tag| *tag != default);
    Languages::new(std::iter::once(default).chain(others).map(ToOwned::to_owned).collect())
}

/// The kind of page that a Markdown file holds, with its folder and slug.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PageKind {
    /// `_index.md`: the home page's title and introduction.
    Home,
    /// `<section>/_index.md`, `goals/_index.md` among them.
    Section(String),
    /// `goals/<category>/_index.md`.
    Category(String),
    /// `goals/<category>/<goal>.md`.
    Goal(String, String),
    /// `<section>/<slug>.md` or `<section>/<slug>/index.md`, perhaps in a folder of its year:
    /// `<section>/2022/<slug>.md`. The year is no part of the address.
    Bulletin(String, String),
    /// `<section>/<slug>.<day>.md`: the text that a bulletin had from that day on.
    Version(String, String, Date),
    /// `<slug>.md`, or `<folder>/<slug>.md` in a folder of static pages; the folder is empty at
    /// the root.
    Page(String, String),
    /// `bodies/_index.md` or `topics/_index.md`.
    GroupIndex(GroupKind),
    /// `bodies/<slug>.md` or `topics/<slug>.md`.
    Group(GroupKind, String),
    /// `alerts/<slug>.md`, which has no page of its own.
    Alert(String),
}

/// By what bulletins are grouped, beside their sections and categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// The organisation that issues documents (发文机关).
    Body,
    /// A subject (主题分类).
    Topic,
}

impl GroupKind {
    /// Both kinds, in the order of pages.
    pub const ALL: [Self; 2] = [Self::Body, Self::Topic];

    /// The folder of its files, and the first part of its addresses.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Body => "bodies",
            Self::Topic => "topics",
        }
    }

    /// The kind with a folder.
    pub(super) fn of_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}

/// The files of a snapshot by what they are.
#[derive(Default)]
pub(super) struct ClassifiedFiles {
    /// Markdown files by page and language.
    pub(super) pages: BTreeMap<(PageKind, Language), Arc<str>>,
    /// All other files by path, without `site.toml`, `i18n/` and the ledger of numbers.
    pub(super) files: BTreeMap<Arc<str>, Bytes>,
}

/// The folder that Gazette treats as goals.
pub(super) const GOALS: &str = "goals";

/// The folder of alerts.
pub(super) const ALERTS: &str = "alerts";

/// The names at the root of the site that are not content.
const RESERVED: &[&str] = &[
    "static",
    "data",
    "search",
    "feed",
    "sitemap",
    "robots",
    "opensearch",
    "healthz",
    "readyz",
    "metrics",
    "page",
    "index",
    "n",
];

/// The names under `goals/` that are not categories.
const RESERVED_CATEGORIES: &[&str] = &["method", "status", "year", "page"];

/// Whether a file is `site.toml` or has messages of the interface.
pub(super) fn is_setting(path: &str) -> bool {
    path == "site.toml" || path.starts_with("i18n/")
}

/// Sorts out the files of a snapshot. Reports paths that cannot be pages, pages that two files
/// hold, and translations without an original.
pub(super) fn classify_files(
    snapshot: &Snapshot,
    languages: &Languages,
    diagnostics: &mut Diagnostics,
) -> ClassifiedFiles {
    let mut classified = ClassifiedFiles::default();
    let page_folders = page_folders(snapshot, |folder| {
        folder == GOALS || folder == ALERTS || GroupKind::of_folder(folder).is_some()
    });
    let files = snapshot.files().filter(|(path, _)| !is_setting(path) && ***path != *LEDGER);
    let files: Vec<(&Arc<str>, &Bytes)> = files.collect();
    let pages: Vec<Option<Result<_, Box<Diagnostic>>>> = files
        .par_iter()
        .map(|(path, _)| is_page(path).then(|| classify_page(path, languages, &page_folders)))
        .collect();
    for ((path, bytes), page) in files.into_iter().zip(pages) {
        let Some(page) = page else {
            if let Some(name) = page_name_meant(path, snapshot.text(path)) {
                let message = message!(
                    "this is not read as a page, whose name ends in `.md`",
                    "本文件不会被当作页面；页面文件名以 `.md` 结尾"
                );
                diagnostics.push(
                    Diagnostic::warning(Code::BadName, path, 0..0, message)
                        .help(rename_help(&name)),
                );
            }
            classified.files.insert(Arc::clone(path), bytes.clone());
            continue;
        };
        match page {
            Err(wrong) => {
                let copy = check_copy(path, snapshot, languages);
                diagnostics.push(copy.unwrap_or(*wrong));
            }
            Ok(page) => match classified.pages.get(&page) {
                Some(first) => diagnostics.push(same_page(path, first)),
                None => {
                    classified.pages.insert(page, Arc::clone(path));
                }
            },
        }
    }
    // Files that cannot be read count, so that references and translations are not reported too.
    for path in snapshot.left_out().filter(|path| is_page(path)) {
        if let Ok(page) = classify_page(path, languages, &page_folders) {
            classified.pages.entry(page).or_insert_with(|| Arc::clone(path));
        }
    }
    check_originals(&classified, diagnostics);
    check_versions(&mut classified, diagnostics);
    classified
}

fn is_page(path: &str) -> bool {
    path.strip_suffix(".md").is_some()
}

fn check_originals(classified: &ClassifiedFiles, diagnostics: &mut Diagnostics) {
    for ((kind, language), path) in &classified.pages {
        if language.is_default()
            || classified.pages.contains_key(&(kind.clone(), Language::DEFAULT))
        {
            continue;
        }
        let original = original_name(path);
        let message = message!(
            "this is a translation of `{original}`, which does not exist",
            "本文件是 `{original}` 的译文，而原文并不存在"
        );
        let help = message!(
            "add the original, which holds the facts; \
             or remove the language from this file's name",
            "请添加原文（各项事实写在原文中），或从本文件名中去掉语言代码"
        );
        diagnostics.push(Diagnostic::error(Code::NoOriginal, path, 0..0, message).help(help));
    }
}

/// Reports earlier versions that are not beside their bulletin, and leaves them out.
fn check_versions(classified: &mut ClassifiedFiles, diagnostics: &mut Diagnostics) {
    let mut left_out: BTreeSet<PageKind> = BTreeSet::new();
    for ((kind, language), path) in &classified.pages {
        let PageKind::Version(section, slug, _) = kind else { continue };
        let bulletin = original_name(path);
        let key = (PageKind::Bulletin(section.clone(), slug.clone()), Language::DEFAULT);
        let found = classified.pages.get(&key);
        if !language.is_default() || found.is_some_and(|found| **found == *bulletin) {
            continue;
        }
        left_out.insert(kind.clone());
        let (message, help) = version_without_bulletin(&bulletin, found);
        diagnostics.push(Diagnostic::error(Code::NoBulletin, path, 0..0, message).help(help));
    }
    classified.pages.retain(|(kind, _), _| !left_out.contains(kind));
}

/// Classifies a Markdown file by its path.
///
/// # Errors
/// Returns the diagnostic for a path that cannot be a page.
fn classify_page(
    path: &Arc<str>,
    languages: &Languages,
    page_folders: &BTreeSet<&str>,
) -> Result<(PageKind, Language), Box<Diagnostic>> {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let name = split_name(stem, languages).map_err(|tag| {
        let (message, help) = unknown_language(tag, languages);
        let help = translation_name_meant(stem, languages).map_or(help, |name| rename_help(&name));
        error(path, Code::UnknownLanguage, message, help)
    })?;
    let day = name.day.map(|day| version_day(&name, day, languages)).transpose();
    let day = day.map_err(|(message, help)| error(path, Code::BadName, message, help))?;
    let parts: Vec<&str> = name.stem.split('/').collect();
    for part in &parts {
        let part = if *part == "_index" { "index" } else { part };
        if !is_slug(part) {
            let (message, help) = bad_name(part, languages);
            return Err(error(path, Code::BadName, message, help));
        }
    }
    let kind = match parts.as_slice() {
        [folder, _, ..] if page_folders.contains(folder) && parts[1..] != ["_index"] => {
            static_page(path, &parts)?
        }
        _ => page_kind(path, &parts)?,
    };
    if let Some(name) = reserved_name(&kind, languages) {
        let message = message!(
            "`{name}` is an address that the site itself uses",
            "`{name}` 是网站自身使用的网址"
        );
        let help = message!("choose another name", "请换一个名称");
        return Err(error(path, Code::BadName, message, help));
    }
    match (kind, day) {
        (kind, None) => Ok((kind, name.language)),
        (PageKind::Bulletin(section, slug), Some(day)) => {
            Ok((PageKind::Version(section, slug, day), name.language))
        }
        (_, Some(_)) => {
            let (message, help) = misplaced_version();
            Err(error(path, Code::Misplaced, message, help))
        }
    }
}

fn page_kind(path: &Arc<str>, parts: &[&str]) -> Result<PageKind, Box<Diagnostic>> {
    match *parts {
        ["_index"] => Ok(PageKind::Home),
        [page] => Ok(PageKind::Page(String::new(), page.to_owned())),
        [ALERTS, slug] if slug != "_index" => Ok(PageKind::Alert(slug.to_owned())),
        [ALERTS, ..] => Err(misplaced_alert(path)),
        [folder, "_index"] => Ok(GroupKind::of_folder(folder)
            .map_or_else(|| PageKind::Section(folder.to_owned()), PageKind::GroupIndex)),
        [GOALS, category, "_index"] => Ok(PageKind::Category(category.to_owned())),
        [GOALS, category, goal] | [GOALS, category, goal, "index"] => {
            Ok(PageKind::Goal(category.to_owned(), goal.to_owned()))
        }
        [GOALS, goal] => {
            let message = message!(
                "a goal belongs in the folder of its category",
                "目标应放在所属类别的文件夹中"
            );
            let help = message!(
                "move it into the folder of its category, such as `goals/livelihoods/{goal}.md`",
                "请移到所属类别的文件夹中，例如 `goals/livelihoods/{goal}.md`"
            );
            Err(error(path, Code::Misplaced, message, help))
        }
        [section, year, slug] | [section, year, slug, "index"]
            if is_year(year)
                && !matches!(slug, "index" | "_index")
                && GroupKind::of_folder(section).is_none() =>
        {
            Ok(PageKind::Bulletin(section.to_owned(), slug.to_owned()))
        }
        [folder, slug] | [folder, slug, "index"] => Ok(match GroupKind::of_folder(folder) {
            Some(kind) => PageKind::Group(kind, slug.to_owned()),
            None => PageKind::Bulletin(folder.to_owned(), slug.to_owned()),
        }),
        _ => Err(misplaced(path)),
    }
}

/// The kind of a file below a folder of static pages: `departments/housing.md`.
fn static_page(path: &Arc<str>, parts: &[&str]) -> Result<PageKind, Box<Diagnostic>> {
    let parts = match parts {
        [page @ .., "index"] if page.len() > 1 => page,
        parts => parts,
    };
    match parts {
        [folders @ .., slug] if *slug != "_index" => {
            Ok(PageKind::Page(folders.join("/"), (*slug).to_owned()))
        }
        _ => Err(misplaced(path)),
    }
}

fn misplaced_alert(path: &Arc<str>) -> Box<Diagnostic> {
    let message = message!("this is no place for an alert", "这里不是紧急通告的位置");
    let help = message!(
        "an alert is `alerts/<name>.md`, and the folder `alerts` has no pages and no title",
        "紧急通告的位置是 `alerts/<名称>.md`；文件夹 `alerts` 没有页面，也没有标题"
    );
    error(path, Code::Misplaced, message, help)
}

fn misplaced(path: &Arc<str>) -> Box<Diagnostic> {
    let message = message!("pages cannot be nested this deep", "文件夹层次过深，这里不能放页面");
    let help = message!(
        "a bulletin is `<section>/<slug>.md` or `<section>/<year>/<slug>.md`, \
         or `<section>/<slug>/index.md` with its files beside it",
        "公报的位置是 `<栏目>/<名称>.md` 或 `<栏目>/<年份>/<名称>.md`；\
         附有图片等文件时是 `<栏目>/<名称>/index.md`"
    );
    error(path, Code::Misplaced, message, help)
}

fn error(path: &Arc<str>, code: Code, message: Message, help: Message) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code, path, 0..0, message).help(help))
}

/// The part of a page's name that would hide one of the site's own addresses.
fn reserved_name<'k>(kind: &'k PageKind, languages: &Languages) -> Option<&'k str> {
    let (name, is_reserved) = match kind {
        PageKind::Page(folder, name) if !folder.is_empty() => {
            (name, name == "page" || name == "index")
        }
        PageKind::Page(_, name) | PageKind::Section(name) => {
            let is_reserved = RESERVED.contains(&name.as_str())
                || GroupKind::of_folder(name).is_some()
                || languages.find(name).is_some();
            (name, is_reserved)
        }
        PageKind::Bulletin(_, slug) => (slug, slug == "page" || slug == "index" || is_year(slug)),
        PageKind::Group(_, slug) => (slug, slug == "page" || slug == "index"),
        PageKind::Category(slug) => (slug, RESERVED_CATEGORIES.contains(&slug.as_str())),
        PageKind::Home
        | PageKind::Goal(..)
        | PageKind::GroupIndex(_)
        | PageKind::Alert(_)
        | PageKind::Version(..) => return None,
    };
    is_reserved.then_some(name)
}
