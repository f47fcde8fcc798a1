//! Following a link through its redirects.

use std::fmt::Write as _;
use std::time::Duration;

use url::Url;

use super::address_policy;
use super::client::{HttpClient, Method, ProbeResponse, RequestPolicy};
use super::outcome::{FailureKind, LinkFailure, LinkStatus};
use super::rate_limiter::HostLimiter;

/// The most redirects that are followed. Browsers follow 20; a site needs only a few.
const MAX_REDIRECTS: usize = 10;

/// Follows links, within the limits of a policy.
#[derive(Debug)]
pub(super) struct LinkFollower {
    client: HttpClient,
    pub(super) limiter: HostLimiter,
    pub(super) policy: RequestPolicy,
}

impl LinkFollower {
    pub(super) fn new(client: HttpClient, policy: RequestPolicy) -> Self {
        let limiter = HostLimiter::new(policy.min_interval, policy.max_retry_after);
        Self { client, limiter, policy }
    }

    /// Follows an address to the end of its redirects.
    pub(super) fn follow(&self, url: &Url, method: Method) -> LinkStatus {
        let mut chain = RedirectChain { urls: vec![url.clone()], permanent_hops: 0 };
        let mut elapsed = Duration::ZERO;
        loop {
            let response = match self.request(chain.end(), method) {
                Ok(response) => response,
                Err(kind) => return chain.failure(kind),
            };
            elapsed += response.elapsed;
            match response.status {
                200..=299 => return self.success(&chain, elapsed),
                301 | 302 | 303 | 307 | 308 => {
                    if let Err(kind) = self.redirect(&mut chain, &response) {
                        return chain.failure(kind);
                    }
                }
                status => return chain.failure(FailureKind::Status(status)),
            }
        }
    }

    fn success(&self, chain: &RedirectChain, elapsed: Duration) -> LinkStatus {
        match chain.new_address() {
            Some(url) => LinkStatus::Moved(url.clone()),
            None if elapsed > self.policy.slow_threshold => LinkStatus::Slow(elapsed),
            None => LinkStatus::Good,
        }
    }

    /// Adds the target of a redirect to the chain, unless it must not be requested.
    fn redirect(
        &self,
        chain: &mut RedirectChain,
        response: &ProbeResponse,
    ) -> Result<(), FailureKind> {
        let location = response.location.as_deref().ok_or(FailureKind::Status(response.status))?;
        let target = resolve_location(chain.end(), location).ok_or(FailureKind::InvalidRedirect)?;
        if chain.urls.contains(&target) || chain.urls.len() > MAX_REDIRECTS {
            return Err(FailureKind::RedirectLoop);
        }
        let refusal = address_policy::refusal(&target, self.policy.allows_private);
        // Report this for the address that redirects: the target is not a web address.
        if matches!(refusal, Some(FailureKind::InvalidRedirect)) {
            return Err(FailureKind::InvalidRedirect);
        }
        chain.push(target, response.status);
        refusal.map_or(Ok(()), Err)
    }

    /// Sends a HEAD request, and a GET request if the server may not support HEAD.
    fn request(&self, url: &Url, method: Method) -> Result<ProbeResponse, FailureKind> {
        if method == Method::Head {
            match self.send_limited(url, Method::Head) {
                Ok(response) if !may_be_head_only(&response) => return Ok(response),
                Err(kind) if !kind.may_be_head_only() => return Err(kind),
                _ => {}
            }
        }
        self.send_limited(url, Method::Get)
    }

    /// Sends one request when the host's limit allows it, and respects `Retry-After`.
    fn send_limited(&self, url: &Url, method: Method) -> Result<ProbeResponse, FailureKind> {
        let host = url.host_str().unwrap_or_default();
        let _permit = self.limiter.acquire(host).ok_or(FailureKind::RateLimited)?;
        let response = self.client.send(method, url)?;
        if let (429 | 503, Some(pause)) = (response.status, response.retry_after) {
            self.limiter.back_off(host, pause);
        }
        Ok(response)
    }
}

fn may_be_head_only(response: &ProbeResponse) -> bool {
    !matches!(response.status, 200..=399) && FailureKind::Status(response.status).may_be_head_only()
}

/// The addresses that a link has led through.
struct RedirectChain {
    /// The link's own address first; never empty.
    urls: Vec<Url>,
    /// The number of permanent redirects at the start. A permanent redirect after a temporary one
    /// does not change the link's own address.
    permanent_hops: usize,
}

impl RedirectChain {
    fn end(&self) -> &Url {
        &self.urls[self.urls.len() - 1]
    }

    fn push(&mut self, target: Url, status: u16) {
        if matches!(status, 301 | 308) && self.permanent_hops == self.urls.len() - 1 {
            self.permanent_hops += 1;
        }
        self.urls.push(target);
    }

    /// The address to which the link has moved permanently.
    fn new_address(&self) -> Option<&Url> {
        if self.permanent_hops > 0 { self.urls.get(self.permanent_hops) } else { None }
    }

    fn failure(&self, kind: FailureKind) -> LinkStatus {
        let is_at_target = self.urls.len() > 1 && kind != FailureKind::RedirectLoop;
        let redirect_target = is_at_target.then(|| self.end().clone());
        LinkStatus::Failed(LinkFailure { kind, redirect_target })
    }
}

/// Resolves a `Location` header against the address that sent it (RFC 9110 §10.2.2). The result
/// has no fragment, because fragments are never sent.
fn resolve_location(from: &Url, location: &[u8]) -> Option<Url> {
    let mut target = from.join(percent_encode_non_ascii(location).trim()).ok()?;
    target.set_fragment(None);
    Some(target)
}

/// A `Location` as text. Some servers send bytes in an encoding of their own; percent-encoded, the
/// same bytes return to the server.
fn percent_encode_non_ascii(location: &[u8]) -> String {
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
    fn location_is_resolved_against_the_request_url() {
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
            assert_eq!(
                resolve_location(&from, location.as_bytes()).unwrap().as_str(),
                to,
                "{location}"
            );
        }
        // GB 18030, which old servers send.
        assert_eq!(
            resolve_location(&from, b"/\xd0\xc2").unwrap().as_str(),
            "https://a.example/%D0%C2"
        );
        assert_eq!(resolve_location(&from, b"https://"), None);
    }

    proptest! {
        #[test]
        fn location_of_any_bytes_is_ascii_or_none(location: Vec<u8>) {
            let from = Url::parse("https://a.example/b").unwrap();
            if let Some(to) = resolve_location(&from, &location) {
                prop_assert!(to.as_str().is_ascii());
                prop_assert_eq!(to.fragment(), None);
            }
        }
    }
}
