//! What pages must carry or be, as readers get them.

use super::{AuditItem, AuditStatus};
use crate::content::site::Profile;
use crate::diagnostic::message;
use crate::edition::{Edition, PathEntry};
use crate::language::Language;
use crate::record::Record;

/// The tags of every page of a Chinese government site (国办发〔2017〕47号, appendix).
const SITE_TAGS: &[&str] = &["SiteName", "SiteDomain", "SiteIDCode"];
/// Those of lists.
const COLUMN_TAGS: &[&str] = &["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
/// Those of articles.
const ARTICLE_TAGS: &[&str] = &["ArticleTitle", "PubDate", "ContentSource"];

/// Whether each page carries the tags that it must, and not empty.
pub(super) fn government_tags(record: &Record<'_>, edition: &Edition) -> Vec<AuditItem> {
    if !matches!(record.content.site.profile, Some(Profile::CnGov { .. })) {
        let found = message!(
            "`profile = \"cn-gov\"` is not switched on in `site.toml`",
            "`site.toml` 没有启用 `profile = \"cn-gov\"`"
        );
        let item = AuditItem::new("cn-gov", "tags", true, found);
        return vec![AuditItem { state: AuditStatus::NotApplicable, ..item }];
    }
    let languages: Vec<Language> = record.languages().collect();
    let is_page = |answer: &PathEntry| matches!(answer, PathEntry::Found(page) if page.media_type.starts_with("text/html"));
    let pages = edition
        .entries()
        .into_iter()
        .filter(|(_, answer)| is_page(answer))
        .map(|(path, _)| path.to_owned());
    let lists = languages.iter().flat_map(|language| {
        let root = record.content.site.languages.root(*language);
        record.sections.iter().map(move |section| format!("{root}{}/", section.source.slug))
    });
    let articles = languages.iter().flat_map(|language| {
        record
            .bulletin_ids()
            .map(|id| record.bulletin_address(id, *language))
            .filter(|address| address.language == *language)
    });
    [
        ("pages", SITE_TAGS, pages.collect::<Vec<String>>()),
        ("sections", COLUMN_TAGS, lists.collect()),
        ("bulletins", ARTICLE_TAGS, articles.map(|address| address.path).collect()),
    ]
    .into_iter()
    .map(|(subject, tags, paths)| tags_of(edition, subject, tags, &paths))
    .collect()
}

fn tags_of(edition: &Edition, subject: &str, tags: &[&str], paths: &[String]) -> AuditItem {
    let is_missing = |path: &&String| {
        let Some(PathEntry::Found(page)) = edition.entry(path) else { return true };
        let html = String::from_utf8_lossy(&page.identity.body);
        tags.iter().any(|tag| !has_tag(&html, tag))
    };
    let missing: Vec<String> = paths.iter().filter(is_missing).cloned().collect();
    let (count, pages) = (missing.len(), paths.len());
    let found = message!(
        "pages without all their tags: {count} of {pages}",
        "标签不全的页面：{count}/{pages}"
    );
    let mut item = AuditItem::new("cn-gov", subject, missing.is_empty(), found).help(message!(
        "give these pages a title, a summary and a source, and the site its identification code",
        "请为这些页面补充标题、摘要和来源，并为网站填写标识码"
    ));
    item.paths = missing;
    item
}

/// Whether a page has a meta tag with something in it.
fn has_tag(html: &str, name: &str) -> bool {
    let mark = format!("<meta name=\"{name}\" content=\"");
    html.split_once(&mark).is_some_and(|(_, rest)| {
        rest.split('"').next().is_some_and(|content| !content.trim().is_empty())
    })
}

/// Whether the site says how accessible it is, in each of its languages.
pub(super) fn accessibility_statement(record: &Record<'_>, edition: &Edition) -> AuditItem {
    let roots = record.languages().map(|language| record.content.site.languages.root(language));
    let paths = roots.map(|root| format!("{root}accessibility/"));
    let missing: Vec<String> =
        paths.filter(|path| !matches!(edition.entry(path), Some(PathEntry::Found(_)))).collect();
    let found = if missing.is_empty() {
        message!(
            "the accessibility statement stands at `/accessibility/`",
            "无障碍声明位于 `/accessibility/`"
        )
    } else {
        let paths = missing.join(" ");
        message!("there is no accessibility statement at {paths}", "{paths} 没有无障碍声明")
    };
    let mut item =
        AuditItem::new("accessibility-statement", "/accessibility/", missing.is_empty(), found)
            .help(message!(
                "add `accessibility.md` and its translations",
                "请添加 `accessibility.md` 及其译文"
            ));
    item.paths = missing;
    item
}

/// Whether the site says where to report a weakness (RFC 9116).
pub(super) fn security_text(edition: &Edition) -> AuditItem {
    const PATH: &str = "/.well-known/security.txt";
    let is_there = matches!(edition.entry(PATH), Some(PathEntry::Found(_)));
    let found = if is_there {
        message!("it says where to report a weakness", "已说明如何报告安全漏洞")
    } else {
        message!("the site does not say where to report a weakness", "网站没有说明如何报告安全漏洞")
    };
    AuditItem::new("security-txt", PATH, is_there, found).help(message!(
        "add `[security]` with `contact = \"mailto:…\"` to `site.toml`",
        "请在 `site.toml` 中加上 `[security]` 和 `contact = \"mailto:…\"`"
    ))
}
