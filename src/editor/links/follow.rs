//! One address, followed to its end.

use std::fmt::Write as _;
use std::time::Duration;

use url::Url;

use super::client::{HttpClient, Method, ProbeResponse};
use super::outcome::{FailureKind, LinkFailure, LinkStatus};
use super::rate_limiter::HostLimiter;
use super::{CheckOptions, RequestPolicy, address_policy};

/// The most redirects that are followed; browsers follow 20, and nobody means more than a few.
const MAX_REDIRECTS: usize = 10;

/// The web, and how it is asked.
#[derive(Debug)]
pub(super) struct Web {
    client: HttpClient,
    pub(super) limiter: HostLimiter,
    pub(super) policy: RequestPolicy,
}

impl Web {
    /// `site` is the address of the site that asks.
    pub(super) fn new(options: &CheckOptions, site: &str) -> Self {
        let policy = options.policy.clone();
        Self {
            client: HttpClient::new(options, site),
            limiter: HostLimiter::new(policy.min_interval, policy.max_retry_after),
            policy,
        }
    }

    /// Follows an address to where it leads.
    pub(super) fn visit(&self, url: &Url, method: Method) -> LinkStatus {
        let mut chain = RedirectChain { hops: vec![url.clone()], permanent_hops: 0 };
        let mut took = Duration::ZERO;
        loop {
            let reply = match self.ask(chain.end(), method) {
                Ok(reply) => reply,
                Err(cause) => return chain.failed(cause),
            };
            took += reply.took;
            match reply.status {
                200..=299 => return self.arrived(&chain, took),
                301 | 302 | 303 | 307 | 308 => {
                    if let Err(cause) = self.follow(&mut chain, &reply) {
                        return chain.failed(cause);
                    }
                }
                status => return chain.failed(FailureKind::Status(status)),
            }
        }
    }

    fn arrived(&self, chain: &RedirectChain, took: Duration) -> LinkStatus {
        match chain.new_address() {
            Some(url) => LinkStatus::Moved(url.clone()),
            None if took > self.policy.slow_threshold => LinkStatus::Slow(took),
            None => LinkStatus::Good,
        }
    }

    /// Goes on to where a redirect leads.
    fn follow(&self, chain: &mut RedirectChain, reply: &ProbeResponse) -> Result<(), FailureKind> {
        let location = reply.location.as_deref().ok_or(FailureKind::Status(reply.status))?;
        let to = joined(chain.end(), location).ok_or(FailureKind::InvalidRedirect)?;
        if chain.hops.contains(&to) || chain.hops.len() > MAX_REDIRECTS {
            return Err(FailureKind::RedirectLoop);
        }
        let refusal = address_policy::refusal(&to, self.policy.allows_private);
        // A redirect to what is no web address is the fault of the one who redirects.
        if matches!(refusal, Some(FailureKind::InvalidRedirect)) {
            return Err(FailureKind::InvalidRedirect);
        }
        chain.go(to, reply.status);
        refusal.map_or(Ok(()), Err)
    }

    /// Asks for the head first, and as a browser does where that is not answered well.
    fn ask(&self, url: &Url, method: Method) -> Result<ProbeResponse, FailureKind> {
        if method == Method::Head {
            match self.ask_once(url, Method::Head) {
                Ok(reply) if !may_be_head_only(&reply) => return Ok(reply),
                Err(cause) if !cause.may_be_head_only() => return Err(cause),
                _ => {}
            }
        }
        self.ask_once(url, Method::Get)
    }

    /// Asks once, when it is the host's turn, and heeds its wish for rest.
    fn ask_once(&self, url: &Url, method: Method) -> Result<ProbeResponse, FailureKind> {
        let host = url.host_str().unwrap_or_default();
        let _turn = self.limiter.take(host).ok_or(FailureKind::RateLimited)?;
        let reply = self.client.ask(method, url)?;
        if let (429 | 503, Some(rest)) = (reply.status, reply.rest) {
            self.limiter.rest(host, rest);
        }
        Ok(reply)
    }
}

fn may_be_head_only(reply: &ProbeResponse) -> bool {
    !matches!(reply.status, 200..=399) && FailureKind::Status(reply.status).may_be_head_only()
}

/// The addresses that were passed.
struct RedirectChain {
    /// The first is the link's own; never empty.
    hops: Vec<Url>,
    /// How many redirects from the start were permanent. One behind a temporary redirect says nothing about the link's
    /// own address.
    permanent_hops: usize,
}

impl RedirectChain {
    fn end(&self) -> &Url {
        &self.hops[self.hops.len() - 1]
    }

    fn go(&mut self, to: Url, status: u16) {
        if matches!(status, 301 | 308) && self.permanent_hops == self.hops.len() - 1 {
            self.permanent_hops += 1;
        }
        self.hops.push(to);
    }

    /// Where the link's address has moved to, if it has.
    fn new_address(&self) -> Option<&Url> {
        (self.permanent_hops > 0).then(|| &self.hops[self.permanent_hops])
    }

    fn failed(&self, cause: FailureKind) -> LinkStatus {
        let redirect_target =
            (self.hops.len() > 1 && cause != FailureKind::RedirectLoop).then(|| self.end().clone());
        LinkStatus::Failed(LinkFailure { cause, redirect_target })
    }
}

/// The address that a `Location` means, seen from the address that answered with it; without a fragment, which is never
/// sent.
fn joined(from: &Url, location: &[u8]) -> Option<Url> {
    let mut to = from.join(written(location).trim()).ok()?;
    to.set_fragment(None);
    Some(to)
}

/// A `Location` as text. Some servers send bytes of their own encoding; as percent-encoded bytes they come back to them
/// as they were.
fn written(location: &[u8]) -> String {
    let mut text = String::with_capacity(location.len());
    for byte in location {
        if byte.is_ascii() {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_location_is_read_from_where_it_was_sent() {
        let from = Url::parse("https://a.example/b/c?d").unwrap();
        for (location, to) in [
            ("https://z.example/", "https://z.example/"),
            ("//z.example/y", "https://z.example/y"),
            ("/x", "https://a.example/x"),
            ("x", "https://a.example/b/x"),
            ("../x", "https://a.example/x"),
            ("?q", "https://a.example/b/c?q"),
            (" /x ", "https://a.example/x"),
            ("", "https://a.example/b/c?d"),
            ("/x#part", "https://a.example/x"),
            ("/新闻", "https://a.example/%E6%96%B0%E9%97%BB"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(joined(&from, location.as_bytes()).unwrap().as_str(), to, "{location}");
        }
        // GB 18030, as old servers send it.
        assert_eq!(joined(&from, b"/\xd0\xc2").unwrap().as_str(), "https://a.example/%D0%C2");
        assert_eq!(joined(&from, b"https://"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_address_or_none(location: Vec<u8>) {
            let from = Url::parse("https://a.example/b").unwrap();
            if let Some(to) = joined(&from, &location) {
                prop_assert!(to.as_str().is_ascii());
                prop_assert_eq!(to.fragment(), None);
            }
        }
    }
}
