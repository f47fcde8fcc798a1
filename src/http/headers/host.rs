//! The `Host` field (RFC 9112 §3.2). No response depends on it, but its syntax is checked, because
//! another server in front may read a malformed one in another way.

use std::net::Ipv6Addr;

use actix_web::http::header::{HOST, HeaderMap};

/// Whether each `Host` line of a request is valid. actix-http 3.20 itself refuses a second one.
pub(crate) fn has_valid_host(headers: &HeaderMap) -> bool {
    headers.get_all(HOST).all(|host| is_valid_host(host.as_bytes()))
}

/// Whether a value is a host with an optional port (RFC 3986 §3.2.2). An empty one is valid: it is
/// what a client sends whose URL has no authority.
pub(crate) fn is_valid_host(value: &[u8]) -> bool {
    let port = if let [b'[', rest @ ..] = value {
        let Some(end) = memchr::memchr(b']', rest) else { return false };
        if !is_address(&rest[..end]) {
            return false;
        }
        &rest[end + 1..]
    } else {
        let end = memchr::memchr(b':', value).unwrap_or(value.len());
        if !is_registered_name(&value[..end]) {
            return false;
        }
        &value[end..]
    };
    matches!(port, [] | [b':', ..]) && port.iter().skip(1).all(u8::is_ascii_digit)
}

/// Whether text is an address that belongs between brackets. No address of a future version is
/// defined.
fn is_address(text: &[u8]) -> bool {
    str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok())
}

fn is_registered_name(name: &[u8]) -> bool {
    let mut rest = name;
    while let Some(length) = rest.iter().position(|&byte| !is_plain(byte)) {
        rest = match &rest[length..] {
            [b'%', high, low, after @ ..]
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                after
            }
            _ => return false,
        };
    }
    true
}

/// Whether a byte is an unreserved character or a delimiter of a registered name.
fn is_plain(byte: u8) -> bool {
    matches!(byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~'
        | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_is_name_or_address_with_port() {
        for valid in [
            "",
            "bulletin.city.example",
            "bulletin.city.example.:443",
            "LOCALHOST:",
            "192.0.2.1:8080",
            "[::1]",
            "[2001:db8::1]:80",
            "xn--fiqs8s",
            "%E5%9F%8E.example",
            "a_b",
        ] {
            assert!(is_valid_host(valid.as_bytes()), "{valid}");
        }
        for invalid in [
            "<>", "a b", "a, b", "a/b", "user@a", "a:b", "a:80:81", "http://a", "[::1", "[a]",
            "[::1]a", "::1", "%4", "%zz", "a\"", "a?b", "a#b", "城",
        ] {
            assert!(!is_valid_host(invalid.as_bytes()), "{invalid}");
        }
    }
}
