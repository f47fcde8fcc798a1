//! The HTTP client: one request, one response.

use std::fmt;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use jiff::fmt::rfc2822::DateTimeParser;
use rustls::CertificateError;
use ureq::http::{HeaderMap, HeaderName, Uri, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Proxy};
use url::Url;

use super::outcome::FailureKind;

/// Limits on the rate and the duration of requests.
#[derive(Debug, Clone)]
pub struct RequestPolicy {
    /// The maximum number of requests at one time, each to another host. A handful keeps a slow
    /// host from delaying the others, and is less than one browser opens.
    pub max_concurrent: usize,
    /// The pause between two requests to one host.
    pub min_interval: Duration,
    /// The time limit for looking up and connecting to a host, each.
    pub connect_timeout: Duration,
    /// The time limit for a whole request.
    pub request_timeout: Duration,
    /// A link that takes longer than this is reported as slow. Readers leave sooner.
    pub slow_threshold: Duration,
    /// The pause after a failure. Transient failures are tried once more.
    pub retry_delay: Duration,
    /// The longest `Retry-After` that is waited for. A host that asks for more gets no further
    /// requests in this check.
    pub max_retry_after: Duration,
    /// Whether addresses in private networks are requested. Readers cannot follow a link to one,
    /// but a check from inside the office could, and would report it as good.
    pub allows_private: bool,
}

impl RequestPolicy {
    pub const DEFAULT: Self = Self {
        max_concurrent: 8,
        min_interval: Duration::from_secs(1),
        connect_timeout: Duration::from_secs(10),
        request_timeout: Duration::from_secs(20),
        slow_threshold: Duration::from_secs(5),
        retry_delay: Duration::from_secs(5),
        max_retry_after: Duration::from_secs(30),
        allows_private: false,
    };
}

/// The certificate authorities that are trusted.
#[derive(Clone)]
pub struct RootCertificates(RootCerts);

impl RootCertificates {
    /// Mozilla's list. It is part of the binary, so that a check gives the same result on every
    /// machine, including one without certificates.
    #[must_use]
    pub const fn mozilla() -> Self {
        Self(RootCerts::WebPki)
    }

    /// Reads the certificates of a PEM file, for networks whose proxy re-signs connections. `None`
    /// if the file contains none.
    #[must_use]
    pub fn from_pem(pem: &[u8]) -> Option<Self> {
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
                write!(out, "RootCertificates({})", certificates.len())
            }
            _ => write!(out, "RootCertificates(mozilla)"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Head,
    /// GET, of which only the head of the response is read. A `Range` header would spare the
    /// server some bytes, but some servers answer 400 or 416 to one.
    Get,
}

/// The parts of a response that matter to a check.
#[derive(Debug)]
pub(super) struct ProbeResponse {
    pub(super) status: u16,
    pub(super) location: Option<Vec<u8>>,
    pub(super) retry_after: Option<Duration>,
    /// The time from the request to the head of the response.
    pub(super) elapsed: Duration,
}

/// An HTTP client without cookies or credentials, which opens a new connection for each request
/// and does not follow redirects.
#[derive(Debug)]
pub(super) struct HttpClient {
    agent: Agent,
    request_timeout: Duration,
    proxy: Option<Proxy>,
}

impl HttpClient {
    /// Makes a client that names `site` in its `User-Agent`, so that webmasters know who asks.
    /// With `uses_proxy`, the environment decides on a proxy (`https_proxy`, `http_proxy`,
    /// `all_proxy`, `no_proxy`).
    pub(super) fn new(
        policy: &RequestPolicy,
        root_certificates: &RootCertificates,
        uses_proxy: bool,
        site: &str,
    ) -> Self {
        let proxy = if uses_proxy { Proxy::try_from_env() } else { None };
        let tls = TlsConfig::builder().root_certs(root_certificates.0.clone()).build();
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

    /// Sends one request. Any status, including a redirect, is a response.
    pub(super) fn send(&self, method: Method, url: &Url) -> Result<ProbeResponse, FailureKind> {
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        let start = Instant::now();
        let response = request
            .header(header::CONNECTION, "close")
            .call()
            .map_err(|error| self.classify_error(&error, url))?;
        let elapsed = start.elapsed();
        let headers = response.headers();
        let retry_after = header_text(headers, &header::RETRY_AFTER)
            .and_then(|value| parse_retry_after(value, header_text(headers, &header::DATE)));
        let location = headers.get(header::LOCATION).map(|value| value.as_bytes().to_vec());
        Ok(ProbeResponse { status: response.status().as_u16(), location, retry_after, elapsed })
    }

    /// The reason for an error. Behind a proxy, a failed connection is one to the proxy and does
    /// not prove anything about the host.
    fn classify_error(&self, error: &ureq::Error, url: &Url) -> FailureKind {
        match self.classify_direct_error(error) {
            FailureKind::HostNotFound
            | FailureKind::DnsFailure
            | FailureKind::ConnectionRefused
            | FailureKind::Unreachable
                if self.is_proxied(url) =>
            {
                FailureKind::Proxy
            }
            kind => kind,
        }
    }

    fn is_proxied(&self, url: &Url) -> bool {
        self.proxy.as_ref().is_some_and(|proxy| {
            !url.as_str().parse().is_ok_and(|uri: Uri| proxy.is_no_proxy(&uri))
        })
    }

    fn classify_direct_error(&self, error: &ureq::Error) -> FailureKind {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
                FailureKind::Unreachable
            }
            ureq::Error::Timeout(_) => FailureKind::Timeout(self.request_timeout),
            ureq::Error::HostNotFound => FailureKind::HostNotFound,
            ureq::Error::Io(error) => classify_io_error(error),
            ureq::Error::Rustls(error) => classify_tls_error(error),
            ureq::Error::Tls(_) => FailureKind::TlsFailure,
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => FailureKind::NotHttp,
            ureq::Error::Http(_) | ureq::Error::BadUri(_) => FailureKind::InvalidUrl,
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => FailureKind::Proxy,
            _ => FailureKind::ConnectionBroken,
        }
    }
}

fn header_text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Parses `Retry-After` (RFC 9110 §10.2.3). A date is compared with the response's own `Date`, so
/// that only the server's clock counts.
fn parse_retry_after(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    let value = retry_after.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large for `u64` means a very long time.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let seconds = parse_http_date(value)? - parse_http_date(date?)?;
    // A date in the past means no pause.
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// Parses an HTTP date as seconds since the Unix epoch.
fn parse_http_date(text: &str) -> Option<i64> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok().map(jiff::Timestamp::as_second)
}

fn classify_io_error(error: &io::Error) -> FailureKind {
    // Errors of the TLS handshake arrive wrapped in an `io::Error`.
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return classify_tls_error(error);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => FailureKind::ConnectionRefused,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => FailureKind::Unreachable,
        _ => classify_lookup_error(&error.to_string()).unwrap_or(FailureKind::ConnectionBroken),
    }
}

/// The reason for a failed host name lookup. The standard library has no error kind for it, only a
/// message; the system's text after it distinguishes a name that does not exist from a network
/// that is down (glibc, musl and macOS).
fn classify_lookup_error(message: &str) -> Option<FailureKind> {
    let reason = message.strip_prefix("failed to lookup address information")?;
    let is_temporary = ["Temporary failure", "Try again"].iter().any(|text| reason.contains(text));
    Some(if is_temporary { FailureKind::DnsFailure } else { FailureKind::HostNotFound })
}

fn classify_tls_error(error: &rustls::Error) -> FailureKind {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lookup_errors_distinguish_unknown_names_from_network_failures() {
        for (reason, kind) in [
            ("Name or service not known", FailureKind::HostNotFound),
            ("Name does not resolve", FailureKind::HostNotFound),
            ("nodename nor servname provided, or not known", FailureKind::HostNotFound),
            ("Temporary failure in name resolution", FailureKind::DnsFailure),
            ("Try again", FailureKind::DnsFailure),
        ] {
            let message = format!("failed to lookup address information: {reason}");
            assert_eq!(classify_lookup_error(&message), Some(kind));
        }
        assert_eq!(classify_lookup_error("connection reset"), None);
    }

    #[test]
    fn retry_after_accepts_seconds_and_dates() {
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
            assert_eq!(parse_retry_after(value, date), seconds.map(Duration::from_secs), "{value}");
        }
        assert_eq!(parse_retry_after("Sun, 06 Nov 1994 08:49:57 GMT", None), None);
        assert_eq!(parse_retry_after("Sun, 06 Nov 1994 08:49:57 GMT", Some("now")), None);
    }

    proptest! {
        #[test]
        fn retry_after_of_any_text_does_not_panic(value: String, date: Option<String>) {
            let _ = parse_retry_after(&value, date.as_deref());
        }

        #[test]
        fn retry_after_of_a_number_is_seconds(seconds in 0..u64::from(u32::MAX)) {
            let parsed = parse_retry_after(&seconds.to_string(), None);
            prop_assert_eq!(parsed, Some(Duration::from_secs(seconds)));
        }
    }
}
