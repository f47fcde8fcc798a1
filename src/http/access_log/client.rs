//! The address of a client, also behind proxies.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR};
use ipnet::IpNet;

/// A proxy whose `Forwarded` and `X-Forwarded-For` fields are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustedProxy {
    Network(IpNet),
    /// Any program that reaches the Unix socket.
    UnixSocket,
}

impl FromStr for TrustedProxy {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "unix" {
            return Ok(Self::UnixSocket);
        }
        let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network
            .map(Self::Network)
            .map_err(|_| "write an address, a network such as `10.0.0.0/8`, or `unix`")
    }
}

/// The address of the client of a request: the peer's, or the one that trusted proxies name. The
/// peer has none on a Unix socket.
///
/// A client can send either field itself. A proxy may keep one and not know the other, so two that
/// disagree are both ignored.
pub(super) fn client_address(
    peer: Option<IpAddr>,
    headers: &HeaderMap,
    trusted: &[TrustedProxy],
) -> Option<IpAddr> {
    let peer = peer.map(|address| address.to_canonical());
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let first = nearest_client(peer, &read_hops(headers, &X_FORWARDED_FOR, parse_node), trusted);
    let second = nearest_client(peer, &read_hops(headers, &FORWARDED, parse_forwarded), trusted);
    match (first, second) {
        (Some(first), Some(second)) if first != second => peer,
        (first, second) => first.or(second).or(peer),
    }
}

fn is_trusted(address: Option<IpAddr>, trusted: &[TrustedProxy]) -> bool {
    trusted.iter().any(|proxy| match (proxy, address) {
        (TrustedProxy::Network(network), Some(address)) => network.contains(&address),
        (TrustedProxy::UnixSocket, None) => true,
        _ => false,
    })
}

/// The last address that is not a trusted proxy's; `None` without any address. A client may have
/// invented those before it.
fn nearest_client(
    peer: Option<IpAddr>,
    hops: &[Option<IpAddr>],
    trusted: &[TrustedProxy],
) -> Option<IpAddr> {
    let mut nearest = None;
    for hop in hops.iter().rev() {
        let Some(hop) = hop else { return nearest.or(peer) };
        nearest = Some(*hop);
        if !is_trusted(nearest, trusted) {
            break;
        }
    }
    nearest
}

/// The addresses of a field in all its lines; `None` for an element that has none.
fn read_hops(
    headers: &HeaderMap,
    name: &HeaderName,
    parse: fn(&str) -> Option<IpAddr>,
) -> Vec<Option<IpAddr>> {
    let lines = headers.get_all(name).map(|line| line.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(|hop| parse(hop.trim())).collect()
}

/// Parses the value of `for` in an element of `Forwarded` (RFC 7239 §4).
fn parse_forwarded(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        let is_client = name.eq_ignore_ascii_case("for");
        is_client.then(|| parse_node(value.trim_matches('"')))?
    })
}

/// Parses an address with or without brackets and port (RFC 7239 §6).
fn parse_node(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().ok();
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn client_is_nearest_untrusted_address() {
        let trusted: Vec<TrustedProxy> =
            ["10.0.0.0/8", "::1", "unix"].iter().filter_map(|text| text.parse().ok()).collect();
        assert_eq!(trusted.len(), 3);
        let (xff, forwarded) = ("x-forwarded-for", "forwarded");
        let table: [(_, &[_], _); 15] = [
            ("192.0.2.9", &[(xff, "198.51.100.1")], "192.0.2.9"),
            ("::ffff:192.0.2.9", &[(xff, "198.51.100.1")], "192.0.2.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[(xff, "198.51.100.1")], "198.51.100.1"),
            ("::ffff:10.0.0.1", &[(xff, "198.51.100.1")], "198.51.100.1"),
            ("10.0.0.1", &[(xff, "203.0.113.5, 198.51.100.1, 10.0.0.2")], "198.51.100.1"),
            ("10.0.0.1", &[(xff, "203.0.113.5"), (xff, "198.51.100.1")], "198.51.100.1"),
            ("10.0.0.1", &[(xff, "203.0.113.5, nonsense")], "10.0.0.1"),
            ("10.0.0.1", &[(xff, "nonsense, 10.0.0.2")], "10.0.0.2"),
            ("10.0.0.1", &[(forwarded, "for=198.51.100.1;proto=https")], "198.51.100.1"),
            ("10.0.0.1", &[(forwarded, "For=\"[2001:db8::1]:4711\"")], "2001:db8::1"),
            ("10.0.0.1", &[(forwarded, "for=unknown")], "10.0.0.1"),
            ("10.0.0.1", &[(forwarded, "for=203.0.113.5"), (xff, "198.51.100.1")], "10.0.0.1"),
            ("10.0.0.1", &[(forwarded, "for=198.51.100.1"), (xff, "198.51.100.1")], "198.51.100.1"),
            ("", &[(xff, "198.51.100.1:80")], "198.51.100.1"),
        ];
        for (peer, fields, expected) in table {
            let mut request = TestRequest::default();
            for field in fields {
                request = request.append_header(*field);
            }
            let request = request.to_http_request();
            let found = client_address(peer.parse().ok(), request.headers(), &trusted);
            assert_eq!(found, expected.parse().ok(), "{peer} {fields:?}");
        }
    }
}
