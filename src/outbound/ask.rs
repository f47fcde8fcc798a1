//! One request and its answer.

use std::fmt;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use rustls::CertificateError;
use ureq::http::{HeaderMap, HeaderName, Uri, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Proxy};
use url::Url;

use super::cause::Cause;
use super::{Errand, retry_after};

/// Which certificates are believed.
#[derive(Clone)]
pub struct Trust(RootCerts);

impl Trust {
    /// Those of the authorities that Mozilla trusts. The list is part of the program, so that every machine judges alike,
    /// also one that has none.
    #[must_use]
    pub const fn mozilla() -> Self {
        Self(RootCerts::WebPki)
    }

    /// Those of the authorities in a PEM file, for networks whose proxy signs anew. `None` if there are none in it.
    #[must_use]
    pub fn of_pem(pem: &[u8]) -> Option<Self> {
        let certificates: Vec<_> = parse_pem(pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        (!certificates.is_empty()).then(|| Self(RootCerts::from(certificates)))
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            RootCerts::Specific(certificates) => {
                write!(out, "Trust({} certificates)", certificates.len())
            }
            _ => write!(out, "Trust(mozilla)"),
        }
    }
}

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// For the head of the answer alone.
    Head,
    /// As a browser asks; what follows the head is not read. A `Range` would spare the server some bytes, but some
    /// answer 400 or 416 to one.
    Get,
}

/// What a server answered, as far as it matters.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) location: Option<Vec<u8>>,
    /// How long it wants to be left alone.
    pub(super) rest: Option<Duration>,
    /// How long it took to answer.
    pub(super) took: Duration,
}

/// What sends requests: without cookies, without credentials, each in a connection of its own.
#[derive(Debug)]
pub(super) struct Asker {
    agent: Agent,
    whole: Duration,
    proxy: Option<Proxy>,
}

impl Asker {
    /// `site` is named in every request, so that webmasters know who asks.
    pub(super) fn new(errand: &Errand, site: &str) -> Self {
        let manners = &errand.manners;
        let proxy = errand.uses_proxy.then(Proxy::try_from_env).flatten();
        let tls = TlsConfig::builder().root_certs(errand.trust.0.clone()).build();
        let config = Agent::config_builder()
            .user_agent(format!("gazette/{} (+{site})", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .timeout_resolve(Some(manners.connect))
            .timeout_connect(Some(manners.connect))
            .timeout_global(Some(manners.whole))
            .tls_config(tls)
            .proxy(proxy.clone());
        Self { agent: config.build().into(), whole: manners.whole, proxy }
    }

    /// Asks once; a redirect is an answer like any other.
    pub(super) fn ask(&self, method: Method, url: &Url) -> Result<Reply, Cause> {
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        let begun = Instant::now();
        let answer = request
            .header(header::CONNECTION, "close")
            .call()
            .map_err(|error| self.cause(&error, url))?;
        let took = begun.elapsed();
        let headers = answer.headers();
        let rest = text(headers, &header::RETRY_AFTER)
            .and_then(|value| retry_after::wait(value, text(headers, &header::DATE)));
        let location = headers.get(header::LOCATION).map(|value| value.as_bytes().to_vec());
        Ok(Reply { status: answer.status().as_u16(), location, rest, took })
    }

    /// Why there was no answer. Behind a proxy it is the proxy that could not be reached, which says nothing of the host.
    fn cause(&self, error: &ureq::Error, url: &Url) -> Cause {
        match self.direct_cause(error) {
            Cause::NoHost | Cause::NoLookup | Cause::Refused | Cause::Unreachable
                if self.is_proxied(url) =>
            {
                Cause::Proxy
            }
            cause => cause,
        }
    }

    fn is_proxied(&self, url: &Url) -> bool {
        let is_excepted =
            |proxy: &Proxy| url.as_str().parse().is_ok_and(|uri: Uri| proxy.is_no_proxy(&uri));
        self.proxy.as_ref().is_some_and(|proxy| !is_excepted(proxy))
    }

    fn direct_cause(&self, error: &ureq::Error) -> Cause {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
                Cause::Unreachable
            }
            ureq::Error::Timeout(_) => Cause::Timeout(self.whole),
            ureq::Error::HostNotFound => Cause::NoHost,
            ureq::Error::Io(error) => of_io(error),
            ureq::Error::Rustls(error) => of_tls(error),
            ureq::Error::Tls(_) => Cause::Insecure,
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => Cause::NotHttp,
            ureq::Error::Http(_) | ureq::Error::BadUri(_) => Cause::NoAddress,
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Cause::Proxy,
            _ => Cause::Broken,
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn of_io(error: &io::Error) -> Cause {
    // The handshake's errors come in an `io::Error`.
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return of_tls(error);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Cause::Refused,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => Cause::Unreachable,
        _ => of_lookup(&error.to_string()).unwrap_or(Cause::Broken),
    }
}

/// What it means that a name was not found. The standard library has a message for it and no kind; the system's own words
/// behind it tell a name that does not exist from a network that is down (glibc, musl and macOS).
fn of_lookup(message: &str) -> Option<Cause> {
    let reason = message.strip_prefix("failed to lookup address information")?;
    let is_passing = ["Temporary failure", "Try again"].iter().any(|words| reason.contains(words));
    Some(if is_passing { Cause::NoLookup } else { Cause::NoHost })
}

fn of_tls(error: &rustls::Error) -> Cause {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. }
            | CertificateError::Revoked => Cause::InvalidCertificate,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Cause::ForeignCertificate
            }
            _ => Cause::UntracedCertificate,
        },
        _ => Cause::Insecure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_exist_is_told_from_a_network_that_is_down() {
        let lookup =
            |words: &str| of_lookup(&format!("failed to lookup address information: {words}"));
        assert_eq!(lookup("Name or service not known"), Some(Cause::NoHost));
        assert_eq!(lookup("Name does not resolve"), Some(Cause::NoHost));
        assert_eq!(lookup("nodename nor servname provided, or not known"), Some(Cause::NoHost));
        assert_eq!(lookup("Temporary failure in name resolution"), Some(Cause::NoLookup));
        assert_eq!(lookup("Try again"), Some(Cause::NoLookup));
        assert_eq!(of_lookup("connection reset"), None);
    }
}
