//! Links that lead out of the site: whether what they lead to still stands.
//!
//! Enter at [`check`], which asks the web about every external address of the content, each once, and says what it
//! found as [`Diagnostics`]. It is polite: [`Manners`] says how. What was well is kept in a [`Cache`], so that the next run
//! asks little. There is no clock here but for durations, and no file; both are the caller's.

mod ask;
mod cache;
mod cause;
mod gather;
mod host;
mod location;
mod retry_after;
mod rounds;
mod say;
mod turns;
mod visit;

use std::time::Duration;

use jiff::Timestamp;

use crate::content::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};

pub use ask::Trust;
pub use cache::{Cache, Foreign};
use cause::Verdict;
use gather::Link;
use visit::Web;

/// How the web is asked.
#[derive(Debug, Clone)]
pub struct Manners {
    /// The most requests at one time. A handful keeps a slow host from holding up the others, and is less than what one
    /// browser opens.
    pub at_once: usize,
    /// How long a host is left alone between two requests. It never has two at one time.
    pub gap: Duration,
    /// How long a host may take to be found and reached.
    pub connect: Duration,
    /// How long a whole request may take.
    pub whole: Duration,
    /// An answer that takes longer is slow. Readers of the web leave sooner.
    pub slow: Duration,
    /// How long a host is left alone after it failed. What failed is asked once more.
    pub back_off: Duration,
    /// The longest `Retry-After` that is waited for; who asks for more is not asked again in this run.
    pub patience: Duration,
    /// Whether addresses inside this machine's own network are asked, too. Readers cannot follow a link to one, but a
    /// checker in the office could, and would call it good.
    pub asks_private: bool,
}

impl Manners {
    /// The manners that a stranger's server may expect.
    pub const POLITE: Self = Self {
        at_once: 8,
        gap: Duration::from_secs(1),
        connect: Duration::from_secs(10),
        whole: Duration::from_secs(20),
        slow: Duration::from_secs(5),
        back_off: Duration::from_secs(5),
        patience: Duration::from_secs(30),
        asks_private: false,
    };
}

/// What a check needs beside the content.
#[derive(Debug)]
pub struct Errand {
    /// How the web is asked.
    pub manners: Manners,
    /// Which certificates are believed.
    pub trust: Trust,
    /// Whether the proxy that the environment names is used (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`).
    pub uses_proxy: bool,
    /// When the check is made.
    pub now: Timestamp,
}

/// How far a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Addresses that have been judged.
    pub done: usize,
    /// Addresses that are asked in all.
    pub links: usize,
    /// Hosts that they are on.
    pub hosts: usize,
}

/// What a check found.
#[derive(Debug)]
pub struct Report {
    /// What an editor should know.
    pub diagnostics: Diagnostics,
    /// How many links are how.
    pub summary: Summary,
}

/// How many links are how. An address counts once, however often it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
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
    cache: &mut Cache,
    errand: &Errand,
    told: &(dyn Fn(Progress) + Sync),
) -> Report {
    let links = gather::gather(content, errand.manners.asks_private);
    cache.forget_old(errand.now);
    let mut verdicts: Vec<Option<Verdict>> =
        links.iter().map(|link| known(link, cache, errand.now)).collect();
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
        let web = Web::new(errand, &content.site.base_url);
        for (place, verdict) in rounds::ask_all(&open, &web, told) {
            if let Ok(url) = &links[place].target {
                cache.keep(url, &verdict, errand.now);
            }
            verdicts[place] = Some(verdict);
        }
    }
    let mut summary = Summary { links: links.len(), cached, ..Summary::default() };
    let mut found: Vec<Diagnostic> = Vec::new();
    for (link, verdict) in links.iter().zip(verdicts.iter().flatten()) {
        summary.count(verdict);
        found.extend(say::diagnostic(link, verdict));
    }
    found.retain(|one| !content.site.lints_off.contains(&one.code));
    Report { diagnostics: found.into_iter().collect(), summary }
}

/// What is known of a link without asking.
fn known(link: &Link, cache: &Cache, now: Timestamp) -> Option<Verdict> {
    match &link.target {
        Ok(url) => cache.get(url, now),
        Err(cause) => Some(Verdict::Failed(cause.clone().into())),
    }
}

impl Summary {
    fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Good => self.good += 1,
            Verdict::Moved(_) => self.moved += 1,
            Verdict::Slow(_) => self.slow += 1,
            Verdict::Failed(trouble) if trouble.cause.is_dead() => self.dead += 1,
            Verdict::Failed(_) => self.unchecked += 1,
        }
    }
}
