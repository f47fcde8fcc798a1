//! The access log: one line a request, without its path and query, because what people read and
//! search for is private.

mod client;

use std::net::IpAddr;
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::metrics::Route;
use super::panic::{ErrorId, new_error_id};

pub use client::TrustedProxy;

/// How much of a client's address is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoggedAddress {
    None,
    /// The network: the first 24 bits of IPv4, 48 of IPv6.
    Truncated,
    Whole,
}

/// The settings of the access log.
#[derive(Debug)]
pub struct AccessLog {
    pub address: LoggedAddress,
    pub trusted_proxies: Vec<TrustedProxy>,
}

impl AccessLog {
    /// Writes the line of a request. Its id is that of the error page, if the response is one.
    pub(super) fn write(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
        route: Route,
        elapsed: Duration,
    ) {
        let bytes = match response.body().size() {
            BodySize::Sized(bytes) if request.method() != Method::HEAD => bytes,
            _ => 0,
        };
        let id = response.extensions().get::<ErrorId>().map(|ErrorId(id)| id.clone());
        let client = self.client(request).map(tracing::field::display);
        tracing::info!(
            id = id.unwrap_or_else(new_error_id),
            client,
            method = %request.method(),
            route = route.name(),
            status = response.status().as_u16(),
            bytes,
            // JSON has no numbers of 128 bits: they become text.
            micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX),
            "request"
        );
    }

    fn client(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr().map(|address| address.ip());
        let client = client::client_address(peer, request.headers(), &self.trusted_proxies)?;
        match self.address {
            LoggedAddress::None => None,
            LoggedAddress::Truncated => Some(truncate(client)),
            LoggedAddress::Whole => Some(client),
        }
    }
}

fn truncate(address: IpAddr) -> IpAddr {
    let network = match address {
        IpAddr::V4(address) => IpNet::V4(Ipv4Net::new_assert(address, 24)),
        IpAddr::V6(address) => IpNet::V6(Ipv6Net::new_assert(address, 48)),
    };
    network.network()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncated_address_names_the_network() {
        for (address, network) in [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2::3", "2001:db8:1::")]
        {
            assert_eq!(address.parse().map(truncate), network.parse(), "{address}");
        }
    }
}
