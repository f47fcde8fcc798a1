//! One address, followed to its end.

use std::time::Duration;

use url::Url;

use super::ask::{Asker, Method, Reply};
use super::cause::{Cause, Trouble, Verdict};
use super::turns::Turns;
use super::{Errand, Manners, host, location};

/// The most redirects that are followed; browsers follow 20, and nobody means more than a few.
const MAX_REDIRECTS: usize = 10;

/// The web, and how it is asked.
#[derive(Debug)]
pub(super) struct Web {
    asker: Asker,
    pub(super) turns: Turns,
    pub(super) manners: Manners,
}

impl Web {
    /// `site` is the address of the site that asks.
    pub(super) fn new(errand: &Errand, site: &str) -> Self {
        let manners = errand.manners.clone();
        Self {
            asker: Asker::new(errand, site),
            turns: Turns::new(manners.gap, manners.patience),
            manners,
        }
    }

    /// Follows an address to where it leads.
    pub(super) fn visit(&self, url: &Url, method: Method) -> Verdict {
        let mut trail = Trail { hops: vec![url.clone()], lasting: 0 };
        let mut took = Duration::ZERO;
        loop {
            let reply = match self.ask(trail.end(), method) {
                Ok(reply) => reply,
                Err(cause) => return trail.failed(cause),
            };
            took += reply.took;
            match reply.status {
                200..=299 => return self.arrived(&trail, took),
                301 | 302 | 303 | 307 | 308 => {
                    if let Err(cause) = self.follow(&mut trail, &reply) {
                        return trail.failed(cause);
                    }
                }
                status => return trail.failed(Cause::Status(status)),
            }
        }
    }

    fn arrived(&self, trail: &Trail, took: Duration) -> Verdict {
        match trail.new_address() {
            Some(url) => Verdict::Moved(url.clone()),
            None if took > self.manners.slow => Verdict::Slow(took),
            None => Verdict::Good,
        }
    }

    /// Goes on to where a redirect leads.
    fn follow(&self, trail: &mut Trail, reply: &Reply) -> Result<(), Cause> {
        let location = reply.location.as_deref().ok_or(Cause::Status(reply.status))?;
        let to = location::joined(trail.end(), location).ok_or(Cause::RedirectsNowhere)?;
        if trail.hops.contains(&to) || trail.hops.len() > MAX_REDIRECTS {
            return Err(Cause::RedirectsOn);
        }
        let refusal = host::refusal(&to, self.manners.asks_private);
        // A redirect to what is no web address is the fault of the one who redirects.
        if matches!(refusal, Some(Cause::RedirectsNowhere)) {
            return Err(Cause::RedirectsNowhere);
        }
        trail.go(to, reply.status);
        refusal.map_or(Ok(()), Err)
    }

    /// Asks for the head first, and as a browser does where that is not answered well.
    fn ask(&self, url: &Url, method: Method) -> Result<Reply, Cause> {
        if method == Method::Head {
            match self.ask_once(url, Method::Head) {
                Ok(reply) if !is_perhaps_of_head(&reply) => return Ok(reply),
                Err(cause) if !cause.is_perhaps_of_head() => return Err(cause),
                _ => {}
            }
        }
        self.ask_once(url, Method::Get)
    }

    /// Asks once, when it is the host's turn, and heeds its wish for rest.
    fn ask_once(&self, url: &Url, method: Method) -> Result<Reply, Cause> {
        let host = url.host_str().unwrap_or_default();
        let _turn = self.turns.take(host).ok_or(Cause::Resting)?;
        let reply = self.asker.ask(method, url)?;
        if let (429 | 503, Some(rest)) = (reply.status, reply.rest) {
            self.turns.rest(host, rest);
        }
        Ok(reply)
    }
}

fn is_perhaps_of_head(reply: &Reply) -> bool {
    !matches!(reply.status, 200..=399) && Cause::Status(reply.status).is_perhaps_of_head()
}

/// The addresses that were passed.
struct Trail {
    /// The first is the link's own; never empty.
    hops: Vec<Url>,
    /// How many redirects from the start were permanent. One behind a temporary redirect says nothing about the link's
    /// own address.
    lasting: usize,
}

impl Trail {
    fn end(&self) -> &Url {
        &self.hops[self.hops.len() - 1]
    }

    fn go(&mut self, to: Url, status: u16) {
        if matches!(status, 301 | 308) && self.lasting == self.hops.len() - 1 {
            self.lasting += 1;
        }
        self.hops.push(to);
    }

    /// Where the link's address has moved to, if it has.
    fn new_address(&self) -> Option<&Url> {
        (self.lasting > 0).then(|| &self.hops[self.lasting])
    }

    fn failed(&self, cause: Cause) -> Verdict {
        let beyond =
            (self.hops.len() > 1 && cause != Cause::RedirectsOn).then(|| self.end().clone());
        Verdict::Failed(Trouble { cause, beyond })
    }
}
