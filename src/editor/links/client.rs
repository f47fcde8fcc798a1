//! One request and its answer.

use std::fmt;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use jiff::fmt::rfc2822::DateTimeParser;
use rustls::CertificateError;
use ureq::http::{HeaderMap, HeaderName, Uri, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Proxy};
use url::Url;

use super::CheckOptions;
use super::outcome::FailureKind;

/// Which certificates are believed.
#[derive(Clone)]
pub struct RootCertificates(RootCerts);

impl RootCertificates {
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

impl fmt::Debug for RootCertificates {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            RootCerts::Specific(certificates) => {
                write!(out, "RootCertificates({} certificates)", certificates.len())
            }
            _ => write!(out, "RootCertificates(mozilla)"),
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
pub(super) struct ProbeResponse {
    pub(super) status: u16,
    pub(super) location: Option<Vec<u8>>,
    /// How long it wants to be left alone.
    pub(super) rest: Option<Duration>,
    /// How long it took to answer.
    pub(super) took: Duration,
}

/// What sends requests: without cookies, without credentials, each in a connection of its own.
#[derive(Debug)]
pub(super) struct HttpClient {
    agent: Agent,
    request_timeout: Duration,
    proxy: Option<Proxy>,
}

impl HttpClient {
    /// `site` is named in every request, so that webmasters know who asks.
    pub(super) fn new(options: &CheckOptions, site: &str) -> Self {
        let policy = &options.policy;
        let proxy = options.uses_proxy.then(Proxy::try_from_env).flatten();
        let tls = TlsConfig::builder().root_certs(options.root_certificates.0.clone()).build();
        let config = Agent::config_builder()
            .user_agent(format!("gazette/{} (+{site})", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .timeout_resolve(Some(policy.connect_timeout))
            .timeout_connect(Some(policy.connect_timeout))
            .timeout_global(Some(policy.request_timeout))
            .tls_config(tls)
            .proxy(proxy.clone());
        Self { agent: config.build().into(), request_timeout: policy.request_timeout, proxy }
    }

    /// Asks once; a redirect is an answer like any other.
    pub(super) fn ask(&self, method: Method, url: &Url) -> Result<ProbeResponse, FailureKind> {
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
            .and_then(|value| wait(value, text(headers, &header::DATE)));
        let location = headers.get(header::LOCATION).map(|value| value.as_bytes().to_vec());
        Ok(ProbeResponse { status: answer.status().as_u16(), location, rest, took })
    }

    /// Why there was no answer. Behind a proxy it is the proxy that could not be reached, which says nothing of the host.
    fn cause(&self, error: &ureq::Error, url: &Url) -> FailureKind {
        match self.direct_cause(error) {
            FailureKind::HostNotFound
            | FailureKind::DnsFailure
            | FailureKind::ConnectionRefused
            | FailureKind::Unreachable
                if self.is_proxied(url) =>
            {
                FailureKind::Proxy
            }
            cause => cause,
        }
    }

    fn is_proxied(&self, url: &Url) -> bool {
        let is_excepted =
            |proxy: &Proxy| url.as_str().parse().is_ok_and(|uri: Uri| proxy.is_no_proxy(&uri));
        self.proxy.as_ref().is_some_and(|proxy| !is_excepted(proxy))
    }

    fn direct_cause(&self, error: &ureq::Error) -> FailureKind {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
                FailureKind::Unreachable
            }
            ureq::Error::Timeout(_) => FailureKind::Timeout(self.request_timeout),
            ureq::Error::HostNotFound => FailureKind::HostNotFound,
            ureq::Error::Io(error) => of_io(error),
            ureq::Error::Rustls(error) => of_tls(error),
            ureq::Error::Tls(_) => FailureKind::TlsFailure,
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => FailureKind::NotHttp,
            ureq::Error::Http(_) | ureq::Error::BadUri(_) => FailureKind::InvalidUrl,
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => FailureKind::Proxy,
            _ => FailureKind::ConnectionBroken,
        }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn of_io(error: &io::Error) -> FailureKind {
    // The handshake's errors come in an `io::Error`.
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return of_tls(error);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => FailureKind::ConnectionRefused,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => FailureKind::Unreachable,
        _ => of_lookup(&error.to_string()).unwrap_or(FailureKind::ConnectionBroken),
    }
}

/// What it means that a name was not found. The standard library has a message for it and no kind; the system's own words
/// behind it tell a name that does not exist from a network that is down (glibc, musl and macOS).
fn of_lookup(message: &str) -> Option<FailureKind> {
    let reason = message.strip_prefix("failed to lookup address information")?;
    let is_transient =
        ["Temporary failure", "Try again"].iter().any(|words| reason.contains(words));
    Some(if is_transient { FailureKind::DnsFailure } else { FailureKind::HostNotFound })
}

fn of_tls(error: &rustls::Error) -> FailureKind {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. }
            | CertificateError::Revoked => FailureKind::InvalidCertificate,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                FailureKind::HostnameMismatch
            }
            _ => FailureKind::UntrustedCertificate,
        },
        _ => FailureKind::TlsFailure,
    }
}

/// How long to wait. A date counts from the answer's own `Date`, so that no clock but the server's has a say.
fn wait(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    let value = retry_after.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are a very long time.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let instant = |text: &str| DateTimeParser::new().parse_timestamp(text.trim()).ok();
    let seconds = instant(value)?.as_second() - instant(date?)?.as_second();
    // What has passed need not be waited for.
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_that_does_not_exist_is_told_from_a_network_that_is_down() {
        let lookup =
            |words: &str| of_lookup(&format!("failed to lookup address information: {words}"));
        assert_eq!(lookup("Name or service not known"), Some(FailureKind::HostNotFound));
        assert_eq!(lookup("Name does not resolve"), Some(FailureKind::HostNotFound));
        assert_eq!(
            lookup("nodename nor servname provided, or not known"),
            Some(FailureKind::HostNotFound)
        );
        assert_eq!(lookup("Temporary failure in name resolution"), Some(FailureKind::DnsFailure));
        assert_eq!(lookup("Try again"), Some(FailureKind::DnsFailure));
        assert_eq!(of_lookup("connection reset"), None);
    }

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        for (value, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999", Some(u64::from(u32::MAX))),
            ("Sun, 06 Nov 1994 08:49:57 GMT", Some(20)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("1994-11-06T08:49:57Z", None),
        ] {
            assert_eq!(wait(value, date), seconds.map(Duration::from_secs), "{value}");
        }
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:57 GMT", None), None);
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:57 GMT", Some("now")), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(value: String, date: Option<String>) {
            let _ = wait(&value, date.as_deref());
        }

        #[test]
        fn a_number_is_that_many_seconds(seconds in 0..u64::from(u32::MAX)) {
            prop_assert_eq!(wait(&seconds.to_string(), None), Some(Duration::from_secs(seconds)));
        }
    }
}
