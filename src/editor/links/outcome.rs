//! How a link is, and why.

use std::time::Duration;

use url::Url;

/// How a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LinkStatus {
    /// It leads where it should.
    Good,
    /// It stands at another address for good.
    Moved(Url),
    /// It leads where it should, after this time.
    Slow(Duration),
    /// It does not, or nobody knows.
    Failed(LinkFailure),
}

/// What stands between a link and a judgement of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkFailure {
    pub(super) cause: FailureKind,
    /// The address that it redirects to, if that is where the failure is.
    pub(super) redirect_target: Option<Url>,
}

impl From<FailureKind> for LinkFailure {
    fn from(cause: FailureKind) -> Self {
        Self { cause, redirect_target: None }
    }
}

/// Why a link could not be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// It is no address at all.
    InvalidUrl,
    /// It carries a user name or password, which nobody else should use.
    UserInfo,
    /// It leads into a network that readers are not in.
    Private,
    /// The host's name does not exist.
    HostNotFound,
    /// The host's name could not be looked up now.
    DnsFailure,
    /// The host refuses connections.
    ConnectionRefused,
    /// The host could not be reached in time.
    Unreachable,
    /// The proxy could not or would not pass the request on.
    Proxy,
    /// The certificate is not valid today, or was revoked.
    InvalidCertificate,
    /// The certificate names other hosts.
    HostnameMismatch,
    /// The certificate is signed by nobody known. Browsers also look for missing links of the chain and know authorities
    /// of their own, so that this proves little.
    UntrustedCertificate,
    /// No safe connection could be agreed on.
    TlsFailure,
    /// It took longer than this to answer.
    Timeout(Duration),
    /// The connection broke off.
    ConnectionBroken,
    /// What it answered was not HTTP.
    NotHttp,
    /// It answered with a status other than success.
    Status(u16),
    /// It redirects in a circle, or too often.
    RedirectLoop,
    /// It redirects to something that is no web address.
    InvalidRedirect,
    /// Its host asked to be left alone for longer than is waited.
    RateLimited,
}

impl FailureKind {
    /// Whether a reader who follows the link finds nothing, as far as anyone can tell.
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

    /// Whether a second request may fare better.
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

    /// Whether it stands in the way of every address of the same scheme, host and port. Those are not asked then.
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

    /// Whether it may come of the request having been a HEAD, which some servers are not made for. Who asks for rest or is
    /// overloaded is not asked the same again at once.
    pub(super) const fn may_be_head_only(&self) -> bool {
        match self {
            Self::Status(status) => !matches!(status, 429 | 500 | 502..=504),
            Self::ConnectionBroken | Self::NotHttp => true,
            _ => false,
        }
    }
}
