//! What editors are told about a link.

use std::time::Duration;

use url::Url;

use super::collect::{Link, Place};
use super::outcome::{FailureKind, LinkFailure, LinkStatus};
use crate::diagnostic::{Code, Diagnostic, Wording, say};

/// The most other places that are named; who looks for more searches for the address.
const OTHER_PLACES: usize = 10;

/// What is to be said about a link, if anything: once, at its first place.
pub(super) fn diagnostic(link: &Link, verdict: &LinkStatus) -> Option<Diagnostic> {
    let (first, others) = link.places.split_first()?;
    let found = match verdict {
        LinkStatus::Good => return None,
        LinkStatus::Moved(to) => moved(first, to),
        LinkStatus::Slow(took) => slow(first, *took),
        LinkStatus::Failed(failure) => failed(first, failure),
    };
    Some(others.iter().take(OTHER_PLACES).fold(found, |found, other| {
        found.related(&other.path, other.span(), say!("also linked here", "这里也链接到该地址"))
    }))
}

fn moved(place: &Place, to: &Url) -> Diagnostic {
    let address = &place.written;
    let mut to = to.clone();
    to.set_fragment(place.fragment());
    let message = say!("`{address}` has moved for good", "`{address}` 已永久迁移");
    Diagnostic::warning(Code::MovedLink, &place.path, place.span(), message)
        .help(say!("write `{to}`", "请改为 `{to}`"))
}

fn slow(place: &Place, took: Duration) -> Diagnostic {
    let (address, seconds) = (&place.written, format!("{:.1}", took.as_secs_f64()));
    let message =
        say!("`{address}` took {seconds} s to answer", "`{address}` 用了 {seconds} 秒才回应");
    let help = say!(
        "readers wait as long; if the same stands at a faster address, link to that",
        "读者也要等这么久；如果有更快的地址，请改为链接到那里"
    );
    Diagnostic::note(Code::SlowLink, &place.path, place.span(), message).help(help)
}

fn failed(place: &Place, failure: &LinkFailure) -> Diagnostic {
    let LinkFailure { cause, redirect_target } = failure;
    let (address, words) = (&place.written, words(cause));
    let what = match redirect_target {
        None => say!("`{address}` {words}", "`{address}` {words}"; words),
        Some(to) => {
            say!("`{address}` leads on to `{to}`, which {words}", "`{address}` 转到 `{to}`，后者{words}"; words)
        }
    };
    if cause.is_dead() {
        Diagnostic::warning(Code::DeadLink, &place.path, place.span(), what).help(mending(cause))
    } else {
        let message = say!("{what}, so it could not be judged", "{what}，无法判断是否有效"; what);
        Diagnostic::warning(Code::UncheckedLink, &place.path, place.span(), message)
            .help(mending(cause))
    }
}

/// What an address does or has, as the end of a sentence.
fn words(cause: &FailureKind) -> Wording {
    match cause {
        FailureKind::InvalidUrl => say!("is not a web address", "不是网址"),
        FailureKind::UserInfo => say!("carries a user name", "带有用户名"),
        FailureKind::Private => {
            say!("is in a network that readers cannot reach", "位于读者无法访问的内部网络")
        }
        FailureKind::HostNotFound => say!("has a host that does not exist", "的主机不存在"),
        FailureKind::DnsFailure => {
            say!("has a host whose name could not be looked up", "的主机名无法查询")
        }
        FailureKind::ConnectionRefused => {
            say!("has a host that refuses connections", "的主机拒绝连接")
        }
        FailureKind::Unreachable => say!("has a host that cannot be reached", "的主机无法连通"),
        FailureKind::Proxy => {
            say!("could not be reached through the proxy", "无法通过代理服务器访问")
        }
        FailureKind::InvalidCertificate => {
            say!("has a certificate that is not valid today", "的证书目前无效")
        }
        FailureKind::HostnameMismatch => {
            say!("has a certificate for another host", "的证书属于另一台主机")
        }
        FailureKind::UntrustedCertificate => {
            say!("has a certificate that no known authority vouches for", "的证书没有已知机构担保")
        }
        FailureKind::TlsFailure => say!("allows no secure connection", "无法建立安全连接"),
        FailureKind::Timeout(limit) => {
            let seconds = limit.as_secs_f64();
            say!("does not answer within {seconds} s", "在 {seconds} 秒内没有回应")
        }
        FailureKind::ConnectionBroken => say!("breaks the connection off", "中断了连接"),
        FailureKind::NotHttp => say!("answers something that is not HTTP", "返回的内容不是 HTTP"),
        FailureKind::Status(status) => answers(*status),
        FailureKind::RedirectLoop => {
            say!("redirects in a circle or too often", "循环重定向或重定向次数过多")
        }
        FailureKind::InvalidRedirect => {
            say!("redirects to what is not a web address", "重定向到的不是网址")
        }
        FailureKind::RateLimited => {
            say!("has a host that asks to be left alone for now", "的主机要求暂时不要访问")
        }
    }
}

fn answers(status: u16) -> Wording {
    let meaning = match status {
        401 => say!("sign in first", "需要登录"),
        403 => say!("forbidden", "禁止访问"),
        404 => say!("not found", "未找到"),
        405 => say!("method not allowed", "不允许该方法"),
        410 => say!("gone", "已删除"),
        429 => say!("too many requests", "请求过多"),
        451 => say!("unavailable for legal reasons", "因法律原因不可用"),
        500..=599 => say!("an error of the server", "服务器错误"),
        _ => return say!("answers {status}", "返回 {status}"),
    };
    say!("answers {status} ({meaning})", "返回 {status}（{meaning}）"; meaning)
}

fn mending(cause: &FailureKind) -> Wording {
    match cause {
        FailureKind::InvalidUrl => {
            say!(
                "write it as in `https://example.org/page`",
                "请写成 `https://example.org/page` 的形式"
            )
        }
        FailureKind::UserInfo => say!("remove what stands before the `@`", "请删除 `@` 之前的内容"),
        FailureKind::Private => {
            say!("link to an address that everyone can open", "请改为人人都能打开的地址")
        }
        cause if cause.is_dead() => say!(
            "link to where the page stands now or to an archived copy, or remove the link",
            "请改为该页面现在的地址或存档副本的地址，或者删除该链接"
        ),
        _ => say!(
            "open it in a browser; if it does not open there either, link elsewhere or remove the link",
            "请在浏览器中打开该链接；如果同样打不开，请更换或删除该链接"
        ),
    }
}
