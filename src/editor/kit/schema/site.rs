//! What `site.toml` has, told to editors; described and never made, like the front matter.

#![expect(dead_code, reason = "the fields are described by their schemas, not read")]

use schemars::JsonSchema;

use super::value_types::{
    BaseAddress, BulletinName, Contact, DaysBySection, LanguageTag, Line, Localised, ProfileName,
    ReasonsByAdvice, SitePath, WebAddress, Zone,
};

/// The settings of a site.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The site's name, shown at the top of every page.
    name: Localised,
    /// A few words under the name.
    tagline: Option<Localised>,
    /// Where readers reach the site: scheme and host.
    base_url: BaseAddress,
    /// The zone of every date and time that names no zone of its own.
    time_zone: Zone,
    /// The languages. The first is the default: its files hold the facts.
    languages: Vec<LanguageTag>,
    /// A set of further rules: `cn-gov` adds the tags that are mandatory on sites of Chinese government bodies.
    profile: Option<ProfileName>,
    /// Bulletins shown at the foot of every bulletin, by name.
    featured: Option<Vec<BulletinName>>,
    /// The links at the top of every page, in this order.
    navigation: Option<Vec<SitePath>>,
    /// Who publishes the site.
    publisher: Option<Publisher>,
    /// What `security.txt` says.
    security: Option<Security>,
    /// What the profile `cn-gov` needs.
    government: Option<Government>,
    /// Within how many days the home page and each section should have something new, for `gazette check --audit`.
    freshness: Option<DaysBySection>,
    /// Which advice of `gazette check` the site does without.
    lints: Option<Lints>,
}

/// Which advice the site does without.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Lints {
    /// Why, for each.
    off: Option<ReasonsByAdvice>,
}

/// Who publishes the site.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Publisher {
    /// The organisation's full name.
    name: Localised,
    /// Its own site.
    url: Option<WebAddress>,
    /// How to reach it.
    contact: Option<Contact>,
    /// The address of its logo.
    logo: Option<WebAddress>,
    /// The address of the terms under which the data may be used.
    license: Option<WebAddress>,
}

/// What `security.txt` says (RFC 9116).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Security {
    /// Where to report a weakness.
    contact: Contact,
    /// The policy's address.
    policy: Option<WebAddress>,
}

/// What the profile `cn-gov` needs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Government {
    /// The identification code, as it was issued to the site.
    site_id_code: Line,
}
