//! Checks aliases: each leads to one page, and none is the path of another page.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::is_reserved;
use crate::content::{Content, Located};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, message};
use crate::record::address::{PageRef, canonical_alias};
use crate::record::links::Links;

/// Reports aliases that cannot lead to their page.
pub(super) fn check(content: &Content, links: &Links<'_>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut seen: BTreeMap<String, (&Arc<str>, Span)> = BTreeMap::new();
    for (_, texts, aliases) in PageRef::all(content) {
        let path = &texts.original().path;
        for alias in aliases {
            let Some(canonical) = canonical_alias(&alias.value) else {
                diagnostics.push(report_malformed(path, alias));
                continue;
            };
            let is_own = is_reserved(&canonical) && !canonical.starts_with("/data/");
            if links.has_address(&canonical) || is_own {
                diagnostics.push(report_taken(path, alias));
            } else if let Some((first, span)) = seen.get(&canonical) {
                let first_used = message!("first used here", "第一次出现在这里");
                diagnostics.push(report_repeated(path, alias).related(
                    first,
                    span.clone(),
                    first_used,
                ));
            } else {
                seen.insert(canonical, (path, alias.span.clone()));
            }
        }
    }
    diagnostics
}

/// Reports an alias that is not a path.
fn report_malformed(path: &Arc<str>, alias: &Located<String>) -> Diagnostic {
    let written = &alias.value;
    let message = message!("`{written}` is not a path of this site", "`{written}` 不是本站的路径");
    let help = match meant_path(written) {
        Some(meant) => message!("write `{meant}`", "请写成 `{meant}`"),
        None => message!(
            "write it from the root, such as `/old/path/`",
            "请从根目录写起，例如 `/old/path/`"
        ),
    };
    Diagnostic::error(Code::BadUrl, path, alias.span.clone(), message).help(help)
}

/// The path that a whole address leads to, or one with a fragment, which no server is sent, with
/// spaces, or with a slash too few or too many.
fn meant_path(written: &str) -> Option<String> {
    let path = written
        .split_once("://")
        .map_or(written, |(_, rest)| rest.find('/').map_or("", |start| &rest[start..]));
    let path = path.split('#').next()?.trim_end_matches('?').replace(' ', "%20");
    let (path, query) = path.find('?').map_or((&*path, ""), |start| path.split_at(start));
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    let meant = format!("/{}{end}{query}", parts.join("/"));
    canonical_alias(&meant).is_some().then_some(meant)
}

/// Reports an alias that is the path of a page.
fn report_taken(path: &Arc<str>, alias: &Located<String>) -> Diagnostic {
    let written = &alias.value;
    let message =
        message!("there is a page of this site at `{written}`", "本站已有一个页面位于 `{written}`");
    let help = message!(
        "remove it; an alias is an address that nothing else has",
        "请删去它；旧地址不能与其他页面的网址相同"
    );
    Diagnostic::error(Code::DuplicateAlias, path, alias.span.clone(), message).help(help)
}

/// Reports an alias that another page has, too.
fn report_repeated(path: &Arc<str>, alias: &Located<String>) -> Diagnostic {
    let written = &alias.value;
    let message = message!(
        "`{written}` already leads to another page",
        "旧地址 `{written}` 已指向另一个页面"
    );
    let help = message!("remove it from one of the two", "请从其中一个文件中删去它");
    Diagnostic::error(Code::DuplicateAlias, path, alias.span.clone(), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meant_path_leads_to_the_same_page() {
        for (written, meant) in [
            ("https://old.example/x/1.html", Some("/x/1.html")),
            ("http://old.example/show.asp?id=1#top", Some("/show.asp?id=1")),
            ("/f.htm#top", Some("/f.htm")),
            ("/a b/c.htm", Some("/a%20b/c.htm")),
            ("old/1.htm", Some("/old/1.htm")),
            ("/x//y/", Some("/x/y/")),
            ("/node/15?", Some("/node/15")),
            ("https://old.example", None),
            ("#top", None),
            ("/a/../b", None),
            ("/old/*", None),
        ] {
            assert_eq!(meant_path(written).as_deref(), meant, "{written}");
        }
    }
}
