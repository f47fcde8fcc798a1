//! Checks for links to other sites whose address readers cannot open, or that lead through a
//! redirector, such as a link scanner or a search engine.

use url::Url;

use super::context::LintContext;
use crate::diagnostic::{Code, Diagnostic, message};
use crate::editor::links::{Place, is_private, web_places};

/// Addresses that mail programs and search engines put around another one: a part of the host, the
/// start of the path, and the parameter with the address; an empty one where it is not readable.
const WRAPPERS: &[(&str, &str, &str)] = &[
    ("safelinks.protection.outlook.com", "/", "url"),
    ("safelinks.protection.partner.outlook.cn", "/", "url"),
    ("google", "/url", "q"),
    ("google", "/url", "url"),
    ("urldefense.com", "/", ""),
    ("urldefense.proofpoint.com", "/", ""),
    ("linkprotect.cudasvc.com", "/url", "a"),
    ("duckduckgo.com", "/l/", "uddg"),
    ("bing.com", "/ck/a", ""),
    ("baidu.com", "/link", ""),
    ("sogou.com", "/link", ""),
    ("so.com", "/link", ""),
    ("c.pc.qq.com", "/", "pfurl"),
    ("link.zhihu.com", "/", "target"),
    ("link.csdn.net", "/", "target"),
    ("link.juejin.cn", "/", "target"),
    ("facebook.com", "/l.php", "u"),
    ("youtube.com", "/redirect", "q"),
    ("t.co", "/", ""),
];

/// Marks of a sentence that end no address.
const SENTENCE_MARKS: &str = "。，；：！？、”’》】,;";

pub(super) fn check_addresses(context: &LintContext<'_>) -> Vec<Diagnostic> {
    let own = Url::parse(&context.content.site.base_url);
    let is_own_private = own.is_ok_and(|url| has_private_host(&url));
    web_places(context.content)
        .filter_map(|place| {
            let url = Url::parse(&place.address).ok()?;
            let private = has_private_host(&url) && !is_own_private;
            if private {
                return Some(private_address(&place));
            }
            let found = address_with_password(&place, &url);
            found.or_else(|| address_with_mark(&place)).or_else(|| wrapped_address(&place, &url))
        })
        .collect()
}

fn has_private_host(url: &Url) -> bool {
    url.host().is_some_and(|host| is_private(&host))
}

fn private_address(place: &Place) -> Diagnostic {
    let written = &place.address;
    let message = message!(
        "`{written}` can be opened only inside of one network",
        "`{written}` 只有在某个内部网络中才能打开"
    );
    let help = message!(
        "link to the page on the public site, or put the file beside this one and link to that",
        "请链接到公开网站上的页面，或把文件放在本文件旁边并链接到它"
    );
    Diagnostic::warning(Code::PrivateAddress, &place.path, place.span(), message).help(help)
}

fn address_with_password(place: &Place, url: &Url) -> Option<Diagnostic> {
    let plain = {
        let mut plain = url.clone();
        let is_changed = plain.set_username("").is_ok() && plain.set_password(None).is_ok();
        is_changed.then_some(plain).filter(|plain| plain != url)?
    };
    let message = message!(
        "this address has a user name, and perhaps a password, that everyone can read",
        "这个网址带有用户名，可能还有密码，人人都能看到"
    );
    let help = message!(
        "write `{plain}`, and change the password if it was public",
        "请写成 `{plain}`；如果密码已经公开，请更换密码"
    );
    let found = Diagnostic::warning(Code::PrivateAddress, &place.path, place.span(), message);
    Some(found.help(help))
}

/// Reports an address that ends in a mark of the sentence around it.
fn address_with_mark(place: &Place) -> Option<Diagnostic> {
    let written = place.address.as_str();
    let plain = written.trim_end_matches(|c| SENTENCE_MARKS.contains(c));
    let plain = match plain.strip_suffix('）') {
        Some(rest) if !rest.contains('（') => rest,
        _ => plain,
    };
    let mark = written.strip_prefix(plain).filter(|mark| !mark.is_empty())?;
    let message = message!(
        "the address ends in `{mark}`, which belongs to the sentence",
        "网址末尾的 `{mark}` 是句子的标点"
    );
    let help = message!("write the address as `{plain}`", "网址请写成 `{plain}`");
    let found = Diagnostic::warning(Code::BrokenLink, &place.path, place.span(), message);
    Some(found.help(help))
}

fn wrapped_address(place: &Place, url: &Url) -> Option<Diagnostic> {
    let host = format!(".{}.", url.host_str()?);
    let mut wrappers = WRAPPERS
        .iter()
        .filter(|(part, path, _)| {
            host.contains(&format!(".{part}.")) && url.path().starts_with(path)
        })
        .peekable();
    wrappers.peek()?;
    let inner = wrappers.find_map(|(.., name)| {
        let (_, inner) = url.query_pairs().find(|(key, _)| key == name)?;
        inner.starts_with("http").then(|| inner.into_owned())
    });
    let host = url.host_str()?;
    let message = message!(
        "this link leads by way of `{host}`, which sees who follows it and may stop",
        "这个链接经由 `{host}` 跳转，它会记录谁点击了链接，也可能失效"
    );
    let help = match inner {
        Some(inner) => message!("write `{inner}`", "请写成 `{inner}`"),
        None => message!(
            "open it, and copy the address that the browser shows then",
            "请打开该链接，复制浏览器随后显示的网址"
        ),
    };
    Some(Diagnostic::warning(Code::WrappedAddress, &place.path, place.span(), message).help(help))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn place(address: &str) -> Place {
        let (path, end) = (Arc::from("x.md"), address.len());
        Place { path, start: 0, end, address: address.to_owned() }
    }

    #[test]
    fn address_with_mark_of_sentence_is_named() {
        for (address, plain) in [
            ("https://a.example/。", Some("`https://a.example/`")),
            ("https://a.example/）", Some("`https://a.example/`")),
            ("https://a.example/,", Some("`https://a.example/`")),
            ("https://a.example/附件（1）", None),
            ("https://a.example/a.", None),
        ] {
            let help = address_with_mark(&place(address)).and_then(|found| found.help);
            let help = help.map(|help| help.en().to_owned());
            assert_eq!(help.is_some(), plain.is_some(), "{address}");
            assert!(help.unwrap_or_default().contains(plain.unwrap_or_default()), "{address}");
        }
    }

    #[test]
    fn address_with_password_is_named() {
        for (address, plain) in [
            ("https://user:pw@a.example/x", Some("`https://a.example/x`")),
            ("https://user@a.example/", Some("`https://a.example/`")),
            ("https://a.example/@user", None),
        ] {
            let url = Url::parse(address).unwrap();
            let help = address_with_password(&place(address), &url).and_then(|found| found.help);
            let help = help.map(|help| help.en().to_owned());
            assert_eq!(help.is_some(), plain.is_some(), "{address}");
            assert!(help.unwrap_or_default().contains(plain.unwrap_or_default()), "{address}");
        }
    }

    #[test]
    fn wrapped_address_is_named_with_its_target() {
        for (address, remedy) in [
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb\
                 &data=05",
                Some("write `https://a.example/b`"),
            ),
            ("https://www.google.com/url?sa=t&url=https://a.example/", Some("https://a.example/")),
            ("https://www.google.de/url?q=https://a.example/", Some("https://a.example/")),
            ("https://link.zhihu.com/?target=https%3A//a.example", Some("https://a.example")),
            ("https://www.baidu.com/link?url=Xy_1", Some("open it")),
            ("https://urldefense.com/v3/__https://a.example/__;!!a", Some("open it")),
            ("https://www.google.com/search?q=url", None),
            ("https://www.baidu.com/", None),
            ("https://a.example/url?q=https://b.example/", None),
            ("https://forget.co/", None),
        ] {
            let found = wrapped_address(&place(address), &Url::parse(address).unwrap());
            let help = found.and_then(|found| found.help).map(|help| help.en().to_owned());
            assert_eq!(help.is_some(), remedy.is_some(), "{address}");
            let help = help.unwrap_or_default();
            assert!(help.contains(remedy.unwrap_or_default()), "{address}: {help}");
        }
    }
}
