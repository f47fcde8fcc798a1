//! The addresses that are never requested: private networks, credentials, other schemes.

use std::net::Ipv4Addr;

use url::{Host, Url};

use super::outcome::FailureKind;

/// Top-level names used only inside networks (RFC 6761, RFC 6762, RFC 8375; `.internal` is reserved
/// by ICANN, `.lan` is used by routers).
const PRIVATE_SUFFIXES: &[&str] = &["localhost", "local", "internal", "lan", "home.arpa"];

/// The reason why an address must not be requested, if there is one.
pub(super) fn refusal(url: &Url, allows_private: bool) -> Option<FailureKind> {
    if !matches!(url.scheme(), "http" | "https") {
        return Some(FailureKind::InvalidRedirect);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some(FailureKind::UserInfo);
    }
    match url.host() {
        None => Some(FailureKind::InvalidUrl),
        Some(host) if !allows_private && is_private(&host) => Some(FailureKind::Private),
        Some(_) => None,
    }
}

/// Whether a host is reached only inside of one network or computer.
pub(in crate::editor) fn is_private(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => is_private_ipv4(*ip),
        Host::Ipv6(ip) => ip.to_ipv4_mapped().map_or_else(
            || {
                ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local()
            },
            is_private_ipv4,
        ),
        Host::Domain(name) => is_private_name(name.trim_end_matches('.')),
    }
}

/// Whether a name is a bare host name or ends with one of [`PRIVATE_SUFFIXES`].
fn is_private_name(name: &str) -> bool {
    !name.contains('.')
        || PRIVATE_SUFFIXES
            .iter()
            .any(|suffix| name.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.')))
}

const fn is_private_ipv4(ip: Ipv4Addr) -> bool {
    ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> Option<FailureKind> {
        refusal(&address.parse().unwrap(), false)
    }

    #[test]
    fn private_addresses_are_refused() {
        for address in [
            "http://127.0.0.1/",
            "http://10.1.2.3/",
            "https://192.168.0.1:8080/a",
            "http://169.254.1.1/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost:3000/",
            "http://app.localhost/",
            "http://intranet/news",
            "http://printer.local./",
            "http://oa.internal/",
        ] {
            assert_eq!(refused(address), Some(FailureKind::Private), "{address}");
        }
        for address in [
            "http://8.8.8.8/",
            "https://example.org/",
            "http://[2001:db8::1]/",
            "http://mylocal.cn/",
        ] {
            assert_eq!(refused(address), None, "{address}");
        }
        assert_eq!(refused("https://me@example.org/"), Some(FailureKind::UserInfo));
        assert_eq!(refused("https://me:secret@example.org/"), Some(FailureKind::UserInfo));
        assert_eq!(refused("ftp://example.org/"), Some(FailureKind::InvalidRedirect));
    }
}
