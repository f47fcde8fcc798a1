//! The check of external links (`gazette check --links`).
//!
//! [`check`] requests every external address of the content once, within the limits of a
//! [`RequestPolicy`], and reports dead, moved and slow links as diagnostics. A [`LinkCache`] spares
//! most requests of the next check. The caller provides the instant and reads and writes files.

mod address_policy;
mod cache;
mod client;
mod collect;
mod follow;
mod messages;
mod outcome;
mod rate_limiter;
mod scheduler;

use jiff::Timestamp;
use url::Url;

use crate::content::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};

pub(super) use address_policy::is_private;
pub use cache::{LinkCache, NotALinkCache};
use client::HttpClient;
pub use client::{RequestPolicy, RootCertificates};
use collect::Link;
pub(super) use collect::{Place, places as web_places};
use follow::LinkFollower;
use outcome::LinkStatus;
pub use scheduler::LinkProgress;

#[derive(Debug)]
pub struct CheckOptions {
    pub policy: RequestPolicy,
    pub root_certificates: RootCertificates,
    /// Whether to use the proxy that the environment names (`https_proxy`, `http_proxy`,
    /// `all_proxy`, `no_proxy`).
    pub uses_proxy: bool,
    /// The instant of the check, by which cache entries expire.
    pub now: Timestamp,
}

/// The result of a check.
#[derive(Debug)]
pub struct LinkReport {
    pub diagnostics: Diagnostics,
    pub summary: LinkSummary,
}

/// Link counts by status. Each distinct URL counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkSummary {
    pub links: usize,
    pub good: usize,
    /// Links that redirect permanently.
    pub moved: usize,
    pub dead: usize,
    pub slow: usize,
    /// Links that could not be checked.
    pub unchecked: usize,
    /// Links whose status, counted above, comes from the cache.
    pub cached: usize,
}

impl LinkSummary {
    fn count(&mut self, status: &LinkStatus) {
        match status {
            LinkStatus::Good => self.good += 1,
            LinkStatus::Moved(_) => self.moved += 1,
            LinkStatus::Slow(_) => self.slow += 1,
            LinkStatus::Failed(failure) if failure.kind.is_dead() => self.dead += 1,
            LinkStatus::Failed(_) => self.unchecked += 1,
        }
    }
}

/// Checks the external links of the content. `report_progress` is called from several threads.
pub fn check(
    content: &Content,
    cache: &mut LinkCache,
    options: &CheckOptions,
    report_progress: &(dyn Fn(LinkProgress) + Sync),
) -> LinkReport {
    let links = collect::collect(content, options.policy.allows_private);
    cache.remove_expired(options.now);
    let mut statuses: Vec<Option<LinkStatus>> =
        links.iter().map(|link| known_status(link, cache, options.now)).collect();
    let cached = links
        .iter()
        .zip(&statuses)
        .filter(|(link, status)| link.target.is_ok() && status.is_some())
        .count();
    let jobs: Vec<(usize, &Url)> = links
        .iter()
        .zip(&statuses)
        .enumerate()
        .filter(|(_, (_, status))| status.is_none())
        .filter_map(|(index, (link, _))| Some((index, link.target.as_ref().ok()?)))
        .collect();
    if !jobs.is_empty() {
        let follower = LinkFollower::new(
            HttpClient::new(
                &options.policy,
                &options.root_certificates,
                options.uses_proxy,
                &content.site.base_url,
            ),
            options.policy.clone(),
        );
        for (index, status) in scheduler::check_all(&jobs, &follower, report_progress) {
            if let Ok(url) = &links[index].target {
                cache.put(url, &status, options.now);
            }
            statuses[index] = Some(status);
        }
    }
    let mut summary = LinkSummary { links: links.len(), cached, ..LinkSummary::default() };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (link, status) in links.iter().zip(statuses.iter().flatten()) {
        summary.count(status);
        diagnostics.extend(messages::diagnostic(link, status));
    }
    diagnostics.retain(|diagnostic| !content.site.lints_off.contains(&diagnostic.code));
    LinkReport { diagnostics: diagnostics.into_iter().collect(), summary }
}

/// The status of a link that needs no request: from the cache, or because its address is invalid.
fn known_status(link: &Link, cache: &LinkCache, now: Timestamp) -> Option<LinkStatus> {
    match &link.target {
        Ok(url) => cache.get(url, now),
        Err(kind) => Some(LinkStatus::Failed(kind.clone().into())),
    }
}
