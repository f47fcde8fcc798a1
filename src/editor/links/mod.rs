//! Links that lead out of the site: whether what they lead to still stands.
//!
//! Enter at [`check`], which asks the web about every external address of the content, each once, and says what it
//! found as [`Diagnostics`]. It is polite: [`RequestPolicy`] says how. What was well is kept in a [`LinkCache`], so that the next run
//! asks little. There is no clock here but for durations, and no file; both are the caller's.

mod address_policy;
mod cache;
mod client;
mod collect;
mod follow;
mod messages;
mod outcome;
mod rate_limiter;
mod scheduler;

use std::time::Duration;

use jiff::Timestamp;

use crate::content::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};

pub use cache::{LinkCache, NotALinkCache};
pub use client::RootCertificates;
use collect::Link;
use follow::Web;
use outcome::LinkStatus;

/// How the web is asked.
#[derive(Debug, Clone)]
pub struct RequestPolicy {
    /// The most requests at one time. A handful keeps a slow host from holding up the others, and is less than what one
    /// browser opens.
    pub max_concurrent: usize,
    /// How long a host is left alone between two requests. It never has two at one time.
    pub min_interval: Duration,
    /// How long a host may take to be found and reached.
    pub connect_timeout: Duration,
    /// How long a whole request may take.
    pub request_timeout: Duration,
    /// An answer that takes longer is slow. Readers of the web leave sooner.
    pub slow_threshold: Duration,
    /// How long a host is left alone after it failed. What failed is asked once more.
    pub retry_delay: Duration,
    /// The longest `Retry-After` that is waited for; who asks for more is not asked again in this run.
    pub max_retry_after: Duration,
    /// Whether addresses inside this machine's own network are asked, too. Readers cannot follow a link to one, but a
    /// checker in the office could, and would call it good.
    pub allows_private: bool,
}

impl RequestPolicy {
    /// The policy that a stranger's server may expect.
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

/// What a check needs beside the content.
#[derive(Debug)]
pub struct CheckOptions {
    /// How the web is asked.
    pub policy: RequestPolicy,
    /// Which certificates are believed.
    pub root_certificates: RootCertificates,
    /// Whether the proxy that the environment names is used (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`).
    pub uses_proxy: bool,
    /// When the check is made.
    pub now: Timestamp,
}

/// How far a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkProgress {
    /// Addresses that have been judged.
    pub done: usize,
    /// Addresses that are asked in all.
    pub links: usize,
    /// Hosts that they are on.
    pub hosts: usize,
}

/// What a check found.
#[derive(Debug)]
pub struct LinkReport {
    /// What an editor should know.
    pub diagnostics: Diagnostics,
    /// How many links are how.
    pub summary: LinkSummary,
}

/// How many links are how. An address counts once, however often it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkSummary {
    /// All of them.
    pub links: usize,
    /// Those that lead where they should.
    pub good: usize,
    /// Those that stand elsewhere for good.
    pub moved: usize,
    /// Those that lead nowhere.
    pub dead: usize,
    /// Those that answer late.
    pub slow: usize,
    /// Those that could not be judged.
    pub unchecked: usize,
    /// How many of all were known from an earlier run.
    pub cached: usize,
}

/// Asks the web whether the content's external links still stand. `told` hears how far it is, from several threads.
pub fn check(
    content: &Content,
    cache: &mut LinkCache,
    options: &CheckOptions,
    told: &(dyn Fn(LinkProgress) + Sync),
) -> LinkReport {
    let links = collect::collect(content, options.policy.allows_private);
    cache.forget_old(options.now);
    let mut verdicts: Vec<Option<LinkStatus>> =
        links.iter().map(|link| known(link, cache, options.now)).collect();
    let cached = links
        .iter()
        .zip(&verdicts)
        .filter(|(link, known)| link.target.is_ok() && known.is_some())
        .count();
    let open = verdicts.iter().enumerate().filter(|(_, verdict)| verdict.is_none());
    let open: Vec<_> = open
        .filter_map(|(place, _)| links[place].target.as_ref().ok().map(|url| (place, url)))
        .collect();
    if !open.is_empty() {
        let web = Web::new(options, &content.site.base_url);
        for (place, verdict) in scheduler::check_all(&open, &web, told) {
            if let Ok(url) = &links[place].target {
                cache.keep(url, &verdict, options.now);
            }
            verdicts[place] = Some(verdict);
        }
    }
    let mut summary = LinkSummary { links: links.len(), cached, ..LinkSummary::default() };
    let mut found: Vec<Diagnostic> = Vec::new();
    for (link, verdict) in links.iter().zip(verdicts.iter().flatten()) {
        summary.count(verdict);
        found.extend(messages::diagnostic(link, verdict));
    }
    found.retain(|one| !content.site.lints_off.contains(&one.code));
    LinkReport { diagnostics: found.into_iter().collect(), summary }
}

/// What is known of a link without asking.
fn known(link: &Link, cache: &LinkCache, now: Timestamp) -> Option<LinkStatus> {
    match &link.target {
        Ok(url) => cache.get(url, now),
        Err(cause) => Some(LinkStatus::Failed(cause.clone().into())),
    }
}

impl LinkSummary {
    fn count(&mut self, verdict: &LinkStatus) {
        match verdict {
            LinkStatus::Good => self.good += 1,
            LinkStatus::Moved(_) => self.moved += 1,
            LinkStatus::Slow(_) => self.slow += 1,
            LinkStatus::Failed(failure) if failure.cause.is_dead() => self.dead += 1,
            LinkStatus::Failed(_) => self.unchecked += 1,
        }
    }
}
