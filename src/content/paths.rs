//! What a file is, by where it stands.

use std::sync::Arc;

use super::localised::{language_meant, unknown_language};
use crate::diagnostic::{Code, Diagnostic, Wording, say};
use crate::language::{Language, Languages};

/// What a content file is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// `_index.md`: the home page's title and introduction.
    Home,
    /// `<section>/_index.md`; `goals/_index.md` is the goals' own.
    Section(String),
    /// `goals/<category>/_index.md`.
    Category(String),
    /// `goals/<category>/<goal>.md`.
    Goal(String, String),
    /// `<section>/<slug>.md` or `<section>/<slug>/index.md`.
    Bulletin(String, String),
    /// `<slug>.md`.
    Page(String),
}

/// The folder that Gazette treats as goals.
pub(crate) const GOALS: &str = "goals";

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
];

/// The names under `goals/` that are not categories.
const RESERVED_CATEGORIES: &[&str] = &["method", "status", "year", "page"];

/// What a Markdown file is and which language it is in.
///
/// # Errors
/// Says why the path cannot be a page.
pub(crate) fn role(
    path: &Arc<str>,
    languages: &Languages,
) -> Result<(Role, Language), Box<Diagnostic>> {
    let error = |code, message: Wording| Diagnostic::error(code, path, 0..0, message);
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let (stem, language) = split_language(stem, languages).map_err(|tag| {
        let (message, help) = unknown_language(tag, languages);
        error(Code::UnknownLanguage, message)
            .help(translation_meant(stem, languages).map_or(help, |name| renamed(&name)))
    })?;
    let parts: Vec<&str> = stem.split('/').collect();
    for part in &parts {
        let part = part.strip_prefix('_').filter(|rest| *rest == "index").unwrap_or(part);
        if !is_slug(part) {
            let (message, help) = bad_name(part, languages);
            return Err(error(Code::BadName, message).help(help).into());
        }
    }
    let own = |name: &str| name.to_owned();
    let role = match *parts {
        ["_index"] => Role::Home,
        [page] => Role::Page(own(page)),
        [section, "_index"] => Role::Section(own(section)),
        [GOALS, category, "_index"] => Role::Category(own(category)),
        [GOALS, category, goal] | [GOALS, category, goal, "index"] => {
            Role::Goal(own(category), own(goal))
        }
        [GOALS, goal] => {
            let help = say!(
                "move it into the folder of its category, such as `goals/livelihoods/{goal}.md`",
                "请移到所属类别的文件夹中，例如 `goals/livelihoods/{goal}.md`"
            );
            let message =
                say!("a goal stands in the folder of its category", "目标应放在所属类别的文件夹中");
            return Err(error(Code::Misplaced, message).help(help).into());
        }
        [section, slug] | [section, slug, "index"] => Role::Bulletin(own(section), own(slug)),
        _ => {
            let help = say!(
                "a bulletin is `<section>/<slug>.md`, or `<section>/<slug>/index.md` with its files beside it",
                "公报的位置是 `<栏目>/<名称>.md`；附有图片等文件时是 `<栏目>/<名称>/index.md`"
            );
            let message =
                say!("no kind of page stands this deep", "文件夹层次过深，这里不能放页面");
            return Err(error(Code::Misplaced, message).help(help).into());
        }
    };
    match reserved(&role, languages) {
        Some(name) => {
            let message = say!(
                "`{name}` is an address that the site itself uses",
                "`{name}` 是网站自身使用的网址"
            );
            Err(error(Code::BadName, message)
                .help(say!("choose another name", "请换一个名称"))
                .into())
        }
        None => Ok((role, language)),
    }
}

/// What is said of a name that cannot be part of an address, and what to do.
fn bad_name(name: &str, languages: &Languages) -> (Wording, Wording) {
    let help = if let Some(meant) = translation_meant(name, languages) {
        renamed(&meant)
    } else if name.contains(|c: char| c.is_ascii_alphanumeric()) {
        let slug = slug_from(name);
        say!("rename it, such as `{slug}`", "请改名，例如 `{slug}`")
    } else {
        say!(
            "rename it in letters a to z, such as `water-supply`; the title stays in any script",
            "请用英文字母 a 到 z 命名，例如 `water-supply`；页面标题仍可使用中文"
        )
    };
    let message = say!(
        "`{name}` cannot be part of an address, which has lower-case letters a to z, digits and single hyphens",
        "`{name}` 不能用在网址中；网址只含小写字母 a 到 z、数字和单个连字符"
    );
    (message, help)
}

/// The name that would hide one of the site's own addresses.
fn reserved<'r>(role: &'r Role, languages: &Languages) -> Option<&'r str> {
    match role {
        Role::Page(name) | Role::Section(name) => (RESERVED.contains(&name.as_str())
            || (languages.find(name).is_some()))
        .then_some(name.as_str()),
        Role::Bulletin(_, slug) => {
            (slug == "page" || slug == "index" || is_year(slug)).then_some(slug.as_str())
        }
        Role::Category(slug) => {
            RESERVED_CATEGORIES.contains(&slug.as_str()).then_some(slug.as_str())
        }
        Role::Home | Role::Goal(..) => None,
    }
}

/// `a/b.zh` is `a/b` in `zh`; a tag that is none of the site's is given back as an error.
fn split_language<'p>(
    stem: &'p str,
    languages: &Languages,
) -> Result<(&'p str, Language), &'p str> {
    let name_start = stem.rfind('/').map_or(0, |at| at + 1);
    match stem[name_start..].rsplit_once('.') {
        None => Ok((stem, Language::DEFAULT)),
        Some((name, tag)) => match languages.find(tag) {
            Some(language) => Ok((&stem[..name_start + name.len()], language)),
            None => Err(tag),
        },
    }
}

/// The right name of a file that means to be a translation: `wells.zh.md` of `wells.cn` and `wells_zh`.
fn translation_meant(stem: &str, languages: &Languages) -> Option<String> {
    let name = stem.rsplit('/').next()?;
    let (original, written) = name.rsplit_once(['.', '_', ' '])?;
    let written = written.to_lowercase();
    let language = written.split(['-', '_']).next()?;
    let language = language_meant(language).unwrap_or(language);
    let tag = languages.tags().find(|tag| tag.split('-').next() == Some(language))?;
    original
        .contains(|c: char| c.is_ascii_alphanumeric())
        .then(|| format!("{}.{tag}.md", slug_from(original)))
}

pub(super) fn renamed(name: &str) -> Wording {
    say!("rename it `{name}`", "请改名为 `{name}`")
}

/// The right name of a file that means to be a page, by its ending or by how it begins: `wells.md` of `wells.markdown`.
/// `None` for pages, and for what else stands beside them.
pub(super) fn page_meant(path: &str, text: Option<&str>) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let (stem, ending) = name.rsplit_once('.')?;
    let is_text = || {
        ending.eq_ignore_ascii_case("txt")
            && text.is_some_and(|text| text.trim_start().starts_with("---"))
    };
    let is_markdown =
        ["md", "markdown", "mdown", "mkd"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    (ending != "md" && (is_markdown || is_text())).then(|| format!("{stem}.md"))
}

/// Whether a name can be part of an address as it stands: `[a-z0-9]+(-[a-z0-9]+)*`.
#[must_use]
pub fn is_slug(name: &str) -> bool {
    name.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

/// The nearest name that can be part of an address.
#[must_use]
pub fn slug_from(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

fn is_year(slug: &str) -> bool {
    slug.len() == 4 && slug.bytes().all(|byte| byte.is_ascii_digit())
}
