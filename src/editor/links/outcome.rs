//! The result of checking a link.

use std::time::Duration;

use url::Url;

/// The result of checking a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LinkStatus {
    Good,
    /// Permanently redirected to this address.
    Moved(Url),
    /// Answered, but only after this time.
    Slow(Duration),
    /// Dead, or impossible to check.
    Failed(LinkFailure),
}

/// Why a link could not be followed to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkFailure {
    pub(super) kind: FailureKind,
    /// The address that the link redirects to, if the failure occurred there.
    pub(super) redirect_target: Option<Url>,
}

impl From<FailureKind> for LinkFailure {
    fn from(kind: FailureKind) -> Self {
        Self { kind, redirect_target: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// The text is not a web address.
    InvalidUrl,
    /// The address contains a user name or password.
    UserInfo,
    /// The address is in a private network.
    Private,
    /// The host name does not exist.
    HostNotFound,
    /// The host name could not be looked up for the moment.
    DnsFailure,
    /// The host refused the connection.
    ConnectionRefused,
    /// No connection to the host within the time limit.
    Unreachable,
    /// The proxy could not be reached, or refused the request.
    Proxy,
    /// The certificate has expired, is not valid yet, or was revoked.
    InvalidCertificate,
    /// The certificate was issued for other hosts.
    HostnameMismatch,
    /// No known authority has signed the certificate. Browsers also fetch missing intermediate
    /// certificates and have authorities of their own, so this does not prove that the link is
    /// dead.
    UntrustedCertificate,
    /// No secure connection could be negotiated.
    TlsFailure,
    /// No response within this time limit.
    Timeout(Duration),
    /// The connection was closed before the response was complete.
    ConnectionBroken,
    /// The response is not HTTP.
    NotHttp,
    /// The response has this status, which is neither a success nor a redirect.
    Status(u16),
    /// The redirects form a loop, or are too many.
    RedirectLoop,
    /// A redirect leads to something that is not a web address.
    InvalidRedirect,
    /// The host asked for a longer pause than a check waits.
    RateLimited,
}

impl FailureKind {
    /// Whether the failure proves that readers who follow the link will not reach a page.
    pub(super) const fn is_dead(&self) -> bool {
        matches!(
            self,
            Self::InvalidUrl
                | Self::Private
                | Self::HostNotFound
                | Self::ConnectionRefused
                | Self::InvalidCertificate
                | Self::HostnameMismatch
                | Self::Status(404 | 410)
        )
    }

    /// Whether a second request may succeed.
    pub(super) const fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::HostNotFound
                | Self::DnsFailure
                | Self::ConnectionRefused
                | Self::Unreachable
                | Self::Proxy
                | Self::Timeout(_)
                | Self::ConnectionBroken
                | Self::Status(429 | 500..=599)
        )
    }

    /// Whether every other address of the same origin would fail in the same way. Those are not
    /// requested then.
    pub(super) const fn affects_host(&self) -> bool {
        matches!(
            self,
            Self::HostNotFound
                | Self::DnsFailure
                | Self::ConnectionRefused
                | Self::Unreachable
                | Self::Proxy
                | Self::InvalidCertificate
                | Self::HostnameMismatch
                | Self::UntrustedCertificate
                | Self::TlsFailure
        )
    }

    /// Whether the failure may occur for HEAD requests only, which some servers do not support.
    /// A server that is overloaded or asks for a pause must not be sent a GET right after the HEAD.
    pub(super) const fn may_be_head_only(&self) -> bool {
        match self {
            Self::Status(status) => !matches!(status, 429 | 500 | 502..=504),
            Self::ConnectionBroken | Self::NotHttp => true,
            _ => false,
        }
    }
}
