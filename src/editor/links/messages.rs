//! The diagnostics about links.

use std::time::Duration;

use url::Url;

use super::collect::{Link, Place};
use super::outcome::{FailureKind, LinkFailure, LinkStatus};
use crate::diagnostic::{Code, Diagnostic, Message, message};

/// The most further places that a diagnostic lists; an editor can search for the rest.
const MAX_RELATED: usize = 10;

/// The diagnostic for a link, at its first place; none for a good link.
pub(super) fn diagnostic(link: &Link, status: &LinkStatus) -> Option<Diagnostic> {
    let (first, others) = link.places.split_first()?;
    let diagnostic = match status {
        LinkStatus::Good => return None,
        LinkStatus::Moved(to) => moved(first, to),
        LinkStatus::Slow(elapsed) => slow(first, *elapsed),
        LinkStatus::Failed(failure) => failed(first, failure),
    };
    Some(others.iter().take(MAX_RELATED).fold(diagnostic, |diagnostic, other| {
        let label = message!("also linked here", "这里也链接到该地址");
        diagnostic.related(&other.path, other.span(), label)
    }))
}

fn moved(place: &Place, to: &Url) -> Diagnostic {
    let address = &place.address;
    let mut to = to.clone();
    to.set_fragment(place.fragment());
    let message = message!("`{address}` has moved permanently", "`{address}` 已永久迁移");
    Diagnostic::warning(Code::MovedLink, &place.path, place.span(), message)
        .help(message!("write `{to}`", "请改为 `{to}`"))
}

fn slow(place: &Place, elapsed: Duration) -> Diagnostic {
    let (address, seconds) = (&place.address, format!("{:.1}", elapsed.as_secs_f64()));
    let message =
        message!("`{address}` took {seconds} s to answer", "`{address}` 用了 {seconds} 秒才回应");
    let help = message!(
        "readers wait as long; if the page has a faster address, link to that",
        "读者也要等这么久；如果该内容有更快的地址，请改为链接到那里"
    );
    Diagnostic::note(Code::SlowLink, &place.path, place.span(), message).help(help)
}

fn failed(place: &Place, failure: &LinkFailure) -> Diagnostic {
    let LinkFailure { kind, redirect_target } = failure;
    let (address, reason) = (&place.address, reason(kind));
    let message = match redirect_target {
        None => message!("`{address}` {reason}", "`{address}` {reason}"; reason),
        Some(to) => message!(
            "`{address}` redirects to `{to}`, which {reason}",
            "`{address}` 跳转到 `{to}`，后者{reason}"; reason
        ),
    };
    if kind.is_dead() {
        Diagnostic::warning(Code::DeadLink, &place.path, place.span(), message).help(remedy(kind))
    } else {
        let message = message!(
            "{message}, so it could not be checked",
            "{message}，无法判断是否有效"; message
        );
        Diagnostic::warning(Code::UncheckedLink, &place.path, place.span(), message)
            .help(remedy(kind))
    }
}

/// The reason for a failure, as a predicate whose subject is the address.
fn reason(kind: &FailureKind) -> Message {
    match kind {
        FailureKind::InvalidUrl => message!("is not a web address", "不是网址"),
        FailureKind::UserInfo => message!("contains a user name", "含有用户名"),
        FailureKind::Private => {
            message!("is in a network that readers cannot reach", "位于读者无法访问的内部网络")
        }
        FailureKind::HostNotFound => message!("has a host that does not exist", "的域名不存在"),
        FailureKind::DnsFailure => {
            message!("has a host whose name could not be looked up", "的域名暂时无法解析")
        }
        FailureKind::ConnectionRefused => {
            message!("has a host that refuses connections", "的服务器拒绝连接")
        }
        FailureKind::Unreachable => {
            message!("has a host that cannot be reached", "的服务器无法连接")
        }
        FailureKind::Proxy => {
            message!("could not be reached through the proxy", "无法通过代理服务器访问")
        }
        FailureKind::InvalidCertificate => {
            message!("has a certificate that is not valid today", "的证书目前无效")
        }
        FailureKind::HostnameMismatch => {
            message!("has a certificate for another host", "的证书属于其他网站")
        }
        FailureKind::UntrustedCertificate => message!(
            "has a certificate that no known authority has signed",
            "的证书未经受信任的机构签发"
        ),
        FailureKind::TlsFailure => {
            message!("does not allow a secure connection", "无法建立安全连接")
        }
        FailureKind::Timeout(limit) => {
            let seconds = limit.as_secs_f64();
            message!("does not answer within {seconds} s", "在 {seconds} 秒内没有回应")
        }
        FailureKind::ConnectionBroken => {
            message!("closes the connection before it has answered", "未作回应就断开了连接")
        }
        FailureKind::NotHttp => {
            message!("answers with something that is not HTTP", "返回的内容不是 HTTP")
        }
        FailureKind::Status(status) => answers(*status),
        FailureKind::RedirectLoop => {
            message!("redirects in a circle or too often", "循环跳转或跳转次数过多")
        }
        FailureKind::InvalidRedirect => {
            message!("redirects to something that is not a web address", "跳转到的不是网址")
        }
        FailureKind::RateLimited => {
            message!("has a host that allows no more requests for now", "的服务器要求暂停访问")
        }
    }
}

fn answers(status: u16) -> Message {
    let meaning = match status {
        401 => message!("sign in first", "需要登录"),
        403 => message!("forbidden", "禁止访问"),
        404 => message!("not found", "未找到"),
        405 => message!("method not allowed", "不允许该方法"),
        410 => message!("gone", "已删除"),
        429 => message!("too many requests", "请求过多"),
        451 => message!("unavailable for legal reasons", "因法律原因不可用"),
        500..=599 => message!("server error", "服务器错误"),
        _ => return message!("answers {status}", "返回 {status}"),
    };
    message!("answers {status} ({meaning})", "返回 {status}（{meaning}）"; meaning)
}

fn remedy(kind: &FailureKind) -> Message {
    match kind {
        FailureKind::InvalidUrl => {
            message!(
                "write it as in `https://example.org/page`",
                "请写成 `https://example.org/page` 的形式"
            )
        }
        FailureKind::UserInfo => {
            message!("remove the user name and the `@`", "请删除用户名和 `@`")
        }
        FailureKind::Private => {
            message!("link to an address that everyone can open", "请改为人人都能打开的地址")
        }
        kind if kind.is_dead() => message!(
            "link to the page's new address or to an archived copy, or remove the link",
            "请改为该页面的新地址或存档副本的地址，或者删除该链接"
        ),
        _ => message!(
            "open it in a browser; if it does not open there either, link to another page or \
             remove the link",
            "请在浏览器中打开该链接；如果同样打不开，请更换或删除该链接"
        ),
    }
}
