//! Names of content files: their language, and the right name for a wrong one.

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::front_matter::language_tags::language_meant;
use crate::content::slug::slug_from;
use crate::diagnostic::{Code, Diagnostic, Message, message};
use crate::language::{Language, Languages};

/// The original's path: `a/b.md` for `a/b.zh.md`.
pub(in crate::content) fn original_name(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    format!("{stem}.md")
}

/// The message and the help for a name that cannot be part of an address.
pub(super) fn bad_name(name: &str, languages: &Languages) -> (Message, Message) {
    let help = if let Some(meant) = translation_name_meant(name, languages) {
        rename_help(&meant)
    } else if name.contains(|c: char| c.is_ascii_alphanumeric()) {
        let slug = slug_from(name);
        message!("rename it, such as `{slug}`", "请改名，例如 `{slug}`")
    } else {
        message!(
            "rename it in letters a to z, such as `water-supply`; \
             the title stays in any script",
            "请用英文字母 a 到 z 命名，例如 `water-supply`；页面标题仍可使用中文"
        )
    };
    let message = message!(
        "`{name}` cannot be part of an address, \
         which has lower-case letters a to z, digits and single hyphens",
        "`{name}` 不能用在网址中；网址只含小写字母 a 到 z、数字和单个连字符"
    );
    (message, help)
}

/// The parts of a page's name.
pub(super) struct NameParts<'p> {
    /// The path without day, language and `.md`.
    pub(super) stem: &'p str,
    /// The day of an earlier version, as it is written.
    pub(super) day: Option<&'p str>,
    pub(super) language: Language,
}

/// Splits `a/b.zh` into `a/b` and the language `zh`, and `a/b.2022-06-01.zh` into these and the day
/// of an earlier version.
///
/// # Errors
/// Returns a tag that is none of the site's.
pub(super) fn split_name<'p>(
    stem: &'p str,
    languages: &Languages,
) -> Result<NameParts<'p>, &'p str> {
    let name_start = stem.rfind('/').map_or(0, |at| at + 1);
    let mut parts = NameParts { stem, day: None, language: Language::DEFAULT };
    if let Some((name, tag)) = stem[name_start..].rsplit_once('.')
        && !is_like_day(tag)
    {
        parts.language = languages.find(tag).ok_or(tag)?;
        parts.stem = &stem[..name_start + name.len()];
    }
    if let Some((name, day)) = parts.stem[name_start..].rsplit_once('.')
        && is_like_day(day)
    {
        parts.day = Some(day);
        parts.stem = &stem[..name_start + name.len()];
    }
    Ok(parts)
}

/// Whether a part of a name is meant as a day: digits with hyphens. No language has such a tag.
fn is_like_day(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
        && part.contains('-')
        && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Reads the day in the name of an earlier version.
///
/// # Errors
/// Returns the message and the help for a day that is none, or that comes after the language.
pub(super) fn version_day(
    parts: &NameParts<'_>,
    written: &str,
    languages: &Languages,
) -> Result<Date, (Message, Message)> {
    let name = parts.stem.rsplit('/').next().unwrap_or_default();
    if let Some((name, tag)) = name.rsplit_once('.')
        && let Some(language) = languages.find(tag)
    {
        let message = message!(
            "the day of an earlier version comes before the language",
            "旧版本的日期写在语言代码之前"
        );
        let tag = if language.is_default() { String::new() } else { format!(".{tag}") };
        return Err((message, rename_help(&format!("{name}.{written}{tag}.md"))));
    }
    written.parse().ok().filter(|day: &Date| day.to_string() == written).ok_or_else(|| {
        let message = message!(
            "`{written}` is not a day, such as `2022-06-01`",
            "`{written}` 不是日期；日期例如 `2022-06-01`"
        );
        let help = message!(
            "rename it after the day from which its text was public, such as \
             `{name}.2022-06-01.md`",
            "请按文字开始公开的日期改名，例如 `{name}.2022-06-01.md`"
        );
        (message, help)
    })
}

/// The right name of a file that is meant as a translation: `wells.zh.md` for `wells.cn` and
/// `wells_zh`.
pub(super) fn translation_name_meant(stem: &str, languages: &Languages) -> Option<String> {
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

pub(super) fn rename_help(name: &str) -> Message {
    message!("rename it `{name}`", "请改名为 `{name}`")
}

/// The right name of a file that is meant as a page, by its ending or by its first line:
/// `wells.md` for `wells.markdown`. `None` for pages, and for files such as images.
pub(super) fn page_name_meant(path: &str, text: Option<&str>) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let (stem, ending) = name.rsplit_once('.')?;
    let is_markdown =
        ["md", "markdown", "mdown", "mkd"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let is_page = is_markdown
        || ending.eq_ignore_ascii_case("txt")
            && text.is_some_and(|text| text.trim_start().starts_with("---"));
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    (ending != "md" && is_page).then(|| format!("{stem}.md"))
}

/// The diagnostic for the second of two files of one page.
pub(super) fn same_page(path: &Arc<str>, first: &Arc<str>) -> Diagnostic {
    let message = message!("this is the same page as `{first}`", "本文件与 `{first}` 是同一个页面");
    let help = message!("keep one of the two, or rename one", "请只保留其中一个，或为其中一个改名");
    Diagnostic::error(Code::DuplicateSlug, path, 0..0, message).help(help).related(
        first,
        0..0,
        message!("the other file", "另一个文件"),
    )
}

/// The message and the help for an earlier version without its bulletin beside it. `found` is the
/// bulletin's file, if that is elsewhere.
pub(super) fn version_without_bulletin(
    bulletin: &str,
    found: Option<&Arc<str>>,
) -> (Message, Message) {
    let message = message!(
        "this is an earlier version of `{bulletin}`, which does not exist",
        "本文件是 `{bulletin}` 的旧版本，而该文件并不存在"
    );
    let help = match found {
        Some(found) => message!("put it beside `{found}`", "请把它放在 `{found}` 旁边"),
        None => message!(
            "rename it after its bulletin, or bring the bulletin back",
            "请按所属公报的文件名改名，或恢复该公报"
        ),
    };
    (message, help)
}

/// The message and the help for a day in the name of a page that is no bulletin.
pub(super) fn misplaced_version() -> (Message, Message) {
    let message = message!("only bulletins have earlier versions", "只有公报才有旧版本");
    let help = message!(
        "remove the day from the file's name, or remove the file",
        "请从文件名中去掉日期，或删去这个文件"
    );
    (message, help)
}
