//! Checks of the compiled pages: `cn-gov` tags, accessibility statement, security.txt.

use super::report::{AuditItem, AuditStatus};
use crate::content::site::{FOOTER_KINDS, Profile};
use crate::diagnostic::message;
use crate::edition::{Edition, PathEntry};
use crate::language::Language;
use crate::record::Record;

/// Tags required on every page of a Chinese government site (国办发〔2017〕47号, appendix).
const SITE_TAGS: &[&str] = &["SiteName", "SiteDomain", "SiteIDCode"];
/// Tags required on lists.
const COLUMN_TAGS: &[&str] = &["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
/// Tags required on articles.
const ARTICLE_TAGS: &[&str] = &["ArticleTitle", "PubDate", "ContentSource"];

/// Checks that each page has its required tags, with a value.
pub(super) fn check_cn_gov_tags(record: &Record<'_>, edition: &Edition) -> Vec<AuditItem> {
    if !matches!(record.content.site.profile, Some(Profile::CnGov { .. })) {
        let message = message!(
            "`profile = \"cn-gov\"` is not set in `site.toml`",
            "`site.toml` 没有启用 `profile = \"cn-gov\"`"
        );
        let item = AuditItem::new("cn-gov", "tags", true, message);
        return vec![AuditItem { status: AuditStatus::NotApplicable, ..item }];
    }
    let languages: Vec<Language> = record.languages().collect();
    let pages = edition
        .entries()
        .into_iter()
        .filter(|(_, entry)| is_html(entry))
        .map(|(path, _)| path.to_owned())
        .collect();
    let sections = languages
        .iter()
        .flat_map(|language| {
            let root = record.content.site.languages.root(*language);
            record.sections.iter().map(move |section| format!("{root}{}/", section.source.slug))
        })
        .collect();
    let bulletins = languages
        .iter()
        .flat_map(|language| {
            record
                .bulletin_ids()
                .map(|id| record.bulletin_address(id, *language))
                .filter(|address| address.language == *language)
        })
        .map(|address| address.path)
        .collect();
    vec![
        check_tags(edition, "pages", SITE_TAGS, pages),
        check_tags(edition, "sections", COLUMN_TAGS, sections),
        check_tags(edition, "bulletins", ARTICLE_TAGS, bulletins),
    ]
}

/// Checks that the footer has each line that an authority asks for.
pub(super) fn check_footer(record: &Record<'_>) -> Vec<AuditItem> {
    let site = &record.content.site;
    if !matches!(site.profile, Some(Profile::CnGov { .. })) {
        return Vec::new();
    }
    let kinds = FOOTER_KINDS.iter().map(|(name, kind)| {
        let is_there = site.footer.iter().any(|line| line.kind == Some(*kind));
        let message = if is_there {
            message!("the footer has a line of the kind `{name}`", "页脚有 `{name}` 一行")
        } else {
            message!("the footer has no line of the kind `{name}`", "页脚缺少 `{name}` 一行")
        };
        AuditItem::new("footer", *name, is_there, message).help(message!(
            "add `[[footer]]` with `kind = \"{name}\"` and its words to `site.toml`",
            "请在 `site.toml` 中添加 `[[footer]]`，写明 `kind = \"{name}\"` 和文字"
        ))
    });
    kinds.collect()
}

fn is_html(entry: &PathEntry) -> bool {
    matches!(entry, PathEntry::Found(page) if page.media_type.starts_with("text/html"))
}

fn check_tags(edition: &Edition, subject: &str, tags: &[&str], paths: Vec<String>) -> AuditItem {
    let pages = paths.len();
    let missing: Vec<String> =
        paths.into_iter().filter(|path| !has_tags(edition, path, tags)).collect();
    let count = missing.len();
    let message = message!(
        "pages without all their tags: {count} of {pages}",
        "标签不全的页面：{count}/{pages}"
    );
    AuditItem::new("cn-gov", subject, missing.is_empty(), message).paths(missing).help(message!(
        "give these pages a title, a summary and a source, and the site its identification code",
        "请为这些页面补充标题、摘要和来源，并为网站填写标识码"
    ))
}

/// Whether the page at a path has all these meta tags, none of them empty.
fn has_tags(edition: &Edition, path: &str, tags: &[&str]) -> bool {
    let Some(PathEntry::Found(page)) = edition.entry(path) else { return false };
    let body = page.body.identity();
    let html = String::from_utf8_lossy(&body);
    tags.iter().all(|tag| {
        let start = format!("<meta name=\"{tag}\" content=\"");
        html.split_once(&start).is_some_and(|(_, rest)| {
            rest.split('"').next().is_some_and(|content| !content.trim().is_empty())
        })
    })
}

/// Checks that the site has an accessibility statement in each of its languages.
pub(super) fn check_accessibility_statement(record: &Record<'_>, edition: &Edition) -> AuditItem {
    let roots = record.languages().map(|language| record.content.site.languages.root(language));
    let missing: Vec<String> = roots
        .map(|root| format!("{root}accessibility/"))
        .filter(|path| !is_page(edition, path))
        .collect();
    let message = if missing.is_empty() {
        message!(
            "the accessibility statement is at `/accessibility/`",
            "无障碍声明位于 `/accessibility/`"
        )
    } else {
        let paths = missing.join(" ");
        message!("there is no accessibility statement at {paths}", "{paths} 没有无障碍声明")
    };
    AuditItem::new("accessibility-statement", "/accessibility/", missing.is_empty(), message)
        .paths(missing)
        .help(message!(
            "add `accessibility.md` and its translations",
            "请添加 `accessibility.md` 及其译文"
        ))
}

/// Checks that the site says how to report a vulnerability (RFC 9116).
pub(super) fn check_security_txt(edition: &Edition) -> AuditItem {
    const PATH: &str = "/.well-known/security.txt";
    let is_present = is_page(edition, PATH);
    let message = if is_present {
        message!("it says how to report a vulnerability", "已说明如何报告安全漏洞")
    } else {
        message!(
            "the site does not say how to report a vulnerability",
            "网站没有说明如何报告安全漏洞"
        )
    };
    AuditItem::new("security-txt", PATH, is_present, message).help(message!(
        "add `[security]` with `contact = \"mailto:…\"` to `site.toml`",
        "请在 `site.toml` 中加上 `[security]` 和 `contact = \"mailto:…\"`"
    ))
}

fn is_page(edition: &Edition, path: &str) -> bool {
    matches!(edition.entry(path), Some(PathEntry::Found(_)))
}
