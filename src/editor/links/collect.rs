//! Collecting the external addresses of the content, each once, with the places that link to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use url::Url;

use super::address_policy;
use super::outcome::FailureKind;
use crate::content::{Content, Located};
use crate::diagnostic::Span;

/// An external address.
#[derive(Debug)]
pub(super) struct Link {
    /// The address to request, without a fragment; or the reason why it is not requested.
    pub(super) target: Result<Url, FailureKind>,
    /// The places that link to it, in reading order; never empty.
    pub(super) places: Vec<Place>,
}

/// A place in a file that contains an address.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::editor) struct Place {
    pub(in crate::editor) path: Arc<str>,
    pub(in crate::editor) start: usize,
    pub(in crate::editor) end: usize,
    /// The address as written there.
    pub(in crate::editor) address: String,
}

impl Place {
    fn new(path: &Arc<str>, address: &Located<String>) -> Self {
        Self {
            path: Arc::clone(path),
            start: address.span.start,
            end: address.span.end,
            address: address.value.clone(),
        }
    }

    pub(in crate::editor) const fn span(&self) -> Span {
        self.start..self.end
    }

    /// The part after `#`, which is never sent.
    pub(super) fn fragment(&self) -> Option<&str> {
        self.address.split_once('#').map(|(_, fragment)| fragment)
    }
}

/// Collects the external addresses, in the order of their first places. Texts that are not public
/// yet are included, so that a scheduled bulletin has no dead link when it is published. Links to
/// the site itself are checked with the content, whether the site is online yet or not.
pub(super) fn collect(content: &Content, allows_private: bool) -> Vec<Link> {
    let own_site = Url::parse(&content.site.base_url).ok();
    let mut links: BTreeMap<String, Link> = BTreeMap::new();
    for place in places(content) {
        let parsed = Url::parse(&place.address).map(|mut url| {
            url.set_fragment(None);
            url
        });
        if parsed.as_ref().is_ok_and(|url| own_site.as_ref().is_some_and(|own| is_of(own, url))) {
            continue;
        }
        let key = parsed.as_ref().map_or_else(|_| place.address.clone(), Url::to_string);
        let target = parsed
            .map_err(|_| FailureKind::InvalidUrl)
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

/// Whether an address is one of a site: on the same host, below the same path.
fn is_of(site: &Url, url: &Url) -> bool {
    site.origin() == url.origin() && url.path().starts_with(site.path())
}

/// The places with an address of `http` or `https`, in the order of the texts.
pub(in crate::editor) fn places(content: &Content) -> impl Iterator<Item = Place> + '_ {
    let site = content.site.addresses.iter().map(|address| Place::new(&content.site.path, address));
    let texts = content.texts().flat_map(|text| {
        text.addresses.iter().chain(&text.body.links).map(|address| Place::new(&text.path, address))
    });
    site.chain(texts).filter(|place| has_http_scheme(&place.address))
}

/// Whether a destination is `http:` or `https:`. Other destinations (paths, `mailto:`) are checked
/// with the content.
fn has_http_scheme(destination: &str) -> bool {
    let scheme = destination.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}
