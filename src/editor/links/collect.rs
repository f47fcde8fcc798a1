//! Every external address of the content, once, with the places where it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use url::{Origin, Url};

use super::address_policy;
use super::outcome::FailureKind;
use crate::content::{Content, Located};
use crate::diagnostic::Span;

/// An address that leads out of the site.
#[derive(Debug)]
pub(super) struct Link {
    /// What is asked, without a fragment; or why it is not.
    pub(super) target: Result<Url, FailureKind>,
    /// Where it stands, in reading order; never empty.
    pub(super) places: Vec<Place>,
}

/// Where an address stands.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) path: Arc<str>,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The address as it is written there.
    pub(super) written: String,
}

impl Place {
    fn new(path: &Arc<str>, found: &Located<String>) -> Self {
        let (start, end) = (found.span.start, found.span.end);
        Self { path: Arc::clone(path), start, end, written: found.value.clone() }
    }

    pub(super) const fn span(&self) -> Span {
        self.start..self.end
    }

    /// The part behind `#`, which is never sent.
    pub(super) fn fragment(&self) -> Option<&str> {
        self.written.split_once('#').map(|(_, fragment)| fragment)
    }
}

/// Gathers the addresses in the order of their first places. Also texts that are not public yet are looked at, so that
/// a scheduled bulletin has no dead link on its day.
pub(super) fn collect(content: &Content, allows_private: bool) -> Vec<Link> {
    let own = Url::parse(&content.site.base_url).ok().map(|url| url.origin());
    let mut links: BTreeMap<String, Link> = BTreeMap::new();
    for place in places(content) {
        let parsed = Url::parse(&place.written).map(|mut url| {
            url.set_fragment(None);
            url
        });
        if parsed.as_ref().is_ok_and(|url| is_own(url, own.as_ref())) {
            continue;
        }
        let key = parsed.as_ref().map_or_else(|_| place.written.clone(), Url::to_string);
        let target = parsed.map_err(|_| FailureKind::InvalidUrl);
        let target = target
            .and_then(|url| address_policy::refusal(&url, allows_private).map_or(Ok(url), Err));
        links.entry(key).or_insert_with(|| Link { target, places: Vec::new() }).places.push(place);
    }
    let mut links: Vec<Link> = links.into_values().collect();
    for link in &mut links {
        link.places.sort();
    }
    links.sort_by(|a, b| a.places.cmp(&b.places));
    links
}

/// Links to the site itself are followed in its content, whether it is on the web yet or not.
fn is_own(url: &Url, own: Option<&Origin>) -> bool {
    own.is_some_and(|own| url.origin() == *own)
}

fn places(content: &Content) -> impl Iterator<Item = Place> {
    let site = content.site.addresses.iter().map(|address| Place::new(&content.site.path, address));
    let texts = content.texts().flat_map(|text| {
        text.addresses.iter().chain(&text.body.links).map(|address| Place::new(&text.path, address))
    });
    site.chain(texts).filter(|place| is_of_the_web(&place.written))
}

/// Whether a destination is one that the web is asked about. Others are judged with the content: paths, `mailto:`.
fn is_of_the_web(destination: &str) -> bool {
    let scheme = destination.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}
