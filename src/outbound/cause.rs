//! How a link is, and why.

use std::time::Duration;

use url::Url;

/// How a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It leads where it should.
    Good,
    /// It stands at another address for good.
    Moved(Url),
    /// It leads where it should, after this time.
    Slow(Duration),
    /// It does not, or nobody knows.
    Failed(Trouble),
}

/// What stands between a link and a judgement of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) cause: Cause,
    /// The address that it redirects to, if that is where the trouble is.
    pub(super) beyond: Option<Url>,
}

impl From<Cause> for Trouble {
    fn from(cause: Cause) -> Self {
        Self { cause, beyond: None }
    }
}

/// Why a link could not be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// It is no address at all.
    NoAddress,
    /// It carries a user name or password, which nobody else should use.
    UserInfo,
    /// It leads into a network that readers are not in.
    Private,
    /// The host's name does not exist.
    NoHost,
    /// The host's name could not be looked up now.
    NoLookup,
    /// The host refuses connections.
    Refused,
    /// The host could not be reached in time.
    Unreachable,
    /// The proxy could not or would not pass the request on.
    Proxy,
    /// The certificate is not valid today, or was revoked.
    InvalidCertificate,
    /// The certificate names other hosts.
    ForeignCertificate,
    /// The certificate is signed by nobody known. Browsers also look for missing links of the chain and know authorities
    /// of their own, so that this proves little.
    UntracedCertificate,
    /// No safe connection could be agreed on.
    Insecure,
    /// It took longer than this to answer.
    Timeout(Duration),
    /// The connection broke off.
    Broken,
    /// What it answered was not HTTP.
    NotHttp,
    /// It answered with a status other than success.
    Status(u16),
    /// It redirects in a circle, or too often.
    RedirectsOn,
    /// It redirects to something that is no web address.
    RedirectsNowhere,
    /// Its host asked to be left alone for longer than is waited.
    Resting,
}

impl Cause {
    /// Whether a reader who follows the link finds nothing, as far as anyone can tell.
    pub(super) const fn is_dead(&self) -> bool {
        matches!(
            self,
            Self::NoAddress
                | Self::Private
                | Self::NoHost
                | Self::Refused
                | Self::InvalidCertificate
                | Self::ForeignCertificate
                | Self::Status(404 | 410)
        )
    }

    /// Whether a second request may fare better.
    pub(super) const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::NoHost
                | Self::NoLookup
                | Self::Refused
                | Self::Unreachable
                | Self::Proxy
                | Self::Timeout(_)
                | Self::Broken
                | Self::Status(429 | 500..=599)
        )
    }

    /// Whether it stands in the way of every address of the same scheme, host and port. Those are not asked then.
    pub(super) const fn is_of_host(&self) -> bool {
        matches!(
            self,
            Self::NoHost
                | Self::NoLookup
                | Self::Refused
                | Self::Unreachable
                | Self::Proxy
                | Self::InvalidCertificate
                | Self::ForeignCertificate
                | Self::UntracedCertificate
                | Self::Insecure
        )
    }

    /// Whether it may come of the request having been a HEAD, which some servers are not made for. Who asks for rest or is
    /// overloaded is not asked the same again at once.
    pub(super) const fn is_perhaps_of_head(&self) -> bool {
        match self {
            Self::Status(status) => !matches!(status, 429 | 500 | 502..=504),
            Self::Broken | Self::NotHttp => true,
            _ => false,
        }
    }
}
