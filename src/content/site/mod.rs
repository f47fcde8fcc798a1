//! `site.toml`: the settings of the whole site.

mod base_url;
mod documents;
mod edit;
mod freshness;
pub(crate) mod keys;
mod lints;
mod look;
mod read;
mod synonyms;

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::content::front_matter::localised::Localised;
use crate::content::front_matter::tree::Located;
use crate::diagnostic::Code;
use crate::language::{Language, Languages, joins_lines};

pub use base_url::base_url;
pub use documents::{DocumentKind, Documents};
pub use edit::with_language;
pub use freshness::{Freshness, HOME};
pub(crate) use look::FOOTER_KINDS;
pub use look::{Colour, FooterLine, Look, Palette};
pub use read::language_tag;
pub(super) use read::read;

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Site {
    /// The path of `site.toml`, for diagnostics.
    pub path: Arc<str>,
    pub name: Localised,
    /// A few words under the name.
    pub tagline: Option<Localised>,
    /// Scheme, host and perhaps a path, with `/` at the end.
    pub base_url: String,
    /// The zone of dates and times that name none.
    pub zone: TimeZone,
    /// The languages, the default first.
    pub languages: Languages,
    pub profile: Option<Profile>,
    /// Slugs of bulletins shown at the foot of every bulletin.
    pub featured: Vec<Located<String>>,
    /// Paths in the navigation at the top of every page.
    pub navigation: Vec<Located<String>>,
    /// Content files that are published at their own paths although no page links to them.
    pub files: Vec<Located<String>>,
    /// Whether `site.toml` could be parsed. Else it cannot be known which files it names.
    pub(crate) is_read: bool,
    pub look: Look,
    /// Lines at the foot of every page.
    pub footer: Vec<FooterLine>,
    pub publisher: Option<Publisher>,
    /// Words at the very top of every page.
    pub strip: Option<Localised>,
    /// The address to which readers report a mistake: of the web, `mailto:` or `tel:`.
    pub mistakes: Option<String>,
    /// The contents of `security.txt`.
    pub security: Option<Security>,
    pub freshness: Freshness,
    /// Lints that are switched off for this site.
    pub lints_off: Vec<Code>,
    /// The kinds and numbers of official documents.
    pub documents: Documents,
    /// Groups of words of the same meaning, for the search.
    pub synonyms: Vec<Vec<String>>,
    /// The web addresses of other sites in `site.toml`.
    pub addresses: Vec<Located<String>>,
}

impl Site {
    /// The path below which the site is on its host, without the `/` at its end: `/bulletin`, or
    /// nothing. Paths inside of the program do not have it.
    #[must_use]
    pub fn path_prefix(&self) -> &str {
        base_url::path_prefix(&self.base_url)
    }

    /// The absolute URL of a path of the site.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.base_url, path.trim_start_matches('/'))
    }

    /// The site's name with its tagline: `Harbin Government bulletin`, `哈尔滨政府公报`.
    #[must_use]
    pub fn full_name(&self, language: Language) -> String {
        let name = self.name(language);
        match &self.tagline {
            Some(tagline) => {
                format!("{name}{}{}", self.tagline_space(language), tagline.get(language))
            }
            None => name.to_owned(),
        }
    }

    /// The space between the name and the tagline, which Chinese does not have.
    #[must_use]
    pub fn tagline_space(&self, language: Language) -> &'static str {
        let tagline = self.tagline.as_ref().map_or("", |tagline| tagline.get(language));
        let (before, after) = (self.name(language).chars().next_back(), tagline.chars().next());
        if joins_lines(before, after) { "" } else { " " }
    }

    /// The content files that the look and the footer show.
    pub fn look_files(&self) -> impl Iterator<Item = &Located<String>> {
        let look = [&self.look.logo, &self.look.drawing, &self.look.icon].into_iter().flatten();
        look.chain(self.footer.iter().filter_map(|line| line.image.as_ref()))
    }

    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }
}

/// A set of rules beyond Gazette's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// The meta tags that Chinese government sites must carry (国办发〔2017〕47号, appendix).
    CnGov {
        /// The site's identification code, as it was issued.
        site_id_code: String,
    },
}

/// The organisation that publishes the site.
#[derive(Debug, Clone)]
pub struct Publisher {
    pub name: Localised,
    /// Its own site.
    pub url: Option<String>,
    /// A web address, `mailto:` or `tel:`.
    pub contact: Option<String>,
    /// The URL of its logo.
    pub logo: Option<String>,
    /// The URL of the terms under which its data may be used.
    pub license: Option<String>,
}

/// The contents of `security.txt` (RFC 9116).
#[derive(Debug, Clone)]
pub struct Security {
    /// Where to report a vulnerability: a web address, `mailto:` or `tel:`.
    pub contact: String,
    /// The URL of the policy.
    pub policy: Option<String>,
}
