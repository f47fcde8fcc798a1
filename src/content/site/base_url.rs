//! The base URL: the scheme and host of a site, and the path below which it is on that host.

use url::Url;

use crate::diagnostic::{Message, message};

/// Checks a base URL, and gives it one `/` at its end. A host with letters other than ASCII is
/// converted to the form that header fields, sitemaps and feeds need (RFC 5891).
///
/// # Errors
/// Returns the reason why the text is not a base URL.
pub fn base_url(written: &str) -> Result<String, Message> {
    let trimmed = written.trim().trim_end_matches('/');
    let Some(rest) = ["https:", "http:"].iter().find_map(|scheme| {
        let rest = trimmed.strip_prefix(scheme)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix("//") }
    }) else {
        return Err(message!(
            "`{written}` does not start with `https://` or `http://`",
            "`{written}` 没有以 `https://` 或 `http://` 开头"
        ));
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() {
        return Err(message!(
            "`{written}` has no host; expected an address such as `https://bulletin.example/`",
            "`{written}` 没有域名；应写成 `https://bulletin.example/` 这样的网址"
        ));
    }
    if rest.contains(['?', '#', '@']) {
        return Err(message!(
            "`{written}` has a `?`, `#` or `@`; expected scheme, host and path alone",
            "`{written}` 带有 `?`、`#` 或 `@`；只应写协议、域名和路径"
        ));
    }
    let (Ok(parsed), false) = (Url::parse(trimmed), host.contains(is_never_in_host)) else {
        return Err(message!("`{written}` is not a web address", "`{written}` 不是网址"));
    };
    if !path.is_empty() && !path.split('/').all(is_plain_segment) {
        return Err(message!(
            "the path of `{written}` has an empty part, `.`, `..` or a character other than \
             letters, digits, `-`, `_`, `.` and `~`",
            "`{written}` 的路径含有空的一段、`.`、`..`，或英文字母、数字、`-`、`_`、`.`、`~` 以外的字符"
        ));
    }
    let whole = if host.is_ascii() { trimmed } else { parsed.as_str().trim_end_matches('/') };
    Ok(format!("{whole}/"))
}

/// Whether a host never has a character. `Url::parse` drops or replaces some of them.
fn is_never_in_host(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "\\\"<>".contains(character)
}

/// Whether a segment of a path has one spelling only (RFC 3986 §2.3 and §6.2.2).
fn is_plain_segment(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
}

/// The path of a base URL without the `/` at its end: `/bulletin`, or nothing for a site at the
/// root of its host.
pub(super) fn path_prefix(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| rest[at..].trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_end_in_one_slash() {
        for (written, expected, prefix) in [
            ("https://a.example", "https://a.example/", ""),
            (" http://127.0.0.1:8080// ", "http://127.0.0.1:8080/", ""),
            ("https://a.example/gov", "https://a.example/gov/", "/gov"),
            ("https://[::1]/a/b-c_d.e~f/", "https://[::1]/a/b-c_d.e~f/", "/a/b-c_d.e~f"),
            ("https://哈尔滨.example/", "https://xn--qvrs3of3q.example/", ""),
            ("http://城市.Example:8080/b", "http://xn--uis47l.example:8080/b/", "/b"),
        ] {
            assert_eq!(base_url(written).as_deref(), Ok(expected), "{written}");
            assert_eq!(path_prefix(expected), prefix);
        }
    }

    #[test]
    fn wrong_base_url_has_one_reason() {
        for (written, reason) in [
            ("", "does not start"),
            ("a.example", "does not start"),
            ("ftp://a.example/", "does not start"),
            ("https:a.example", "does not start"),
            ("http://", "has no host"),
            ("http:", "has no host"),
            ("https:///a", "has no host"),
            ("https://a.example/?x=1", "has a `?`"),
            ("https://me@a.example/", "has a `?`"),
            ("https://a b/", "is not a web address"),
            ("https://a:99999/", "is not a web address"),
            ("https://a.example\\b", "is not a web address"),
            ("https://a.example/a//b/", "the path of"),
            ("https://a.example/../b/", "the path of"),
            ("https://a.example/公报/", "the path of"),
            ("https://a.example/%41/", "the path of"),
            ("https://a.example/a b/", "the path of"),
        ] {
            let problem = base_url(written).expect_err(written);
            assert!(problem.en().contains(reason), "{written}: {}", problem.en());
        }
    }
}
