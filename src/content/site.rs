//! `site.toml`: what is true of the whole site.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::fields::{Fields, Localised, Reader};
use super::freshness::{self, Freshness};
use super::lints;
use super::node::{self, Located};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::{Language, Languages};

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Site {
    /// The path of `site.toml`, for diagnostics.
    pub path: Arc<str>,
    /// The site's name.
    pub name: Localised,
    /// A few words under the name.
    pub tagline: Option<Localised>,
    /// Where the site stands: scheme and host, with `/` at the end.
    pub base_url: String,
    /// The zone in which dates are meant.
    pub zone: TimeZone,
    /// The languages, the default first.
    pub languages: Languages,
    /// A set of further rules that the site follows.
    pub profile: Option<Profile>,
    /// Slugs of bulletins shown at the foot of every bulletin.
    pub featured: Vec<Located<String>>,
    /// Paths in the header's navigation.
    pub navigation: Vec<Located<String>>,
    /// Who publishes the site.
    pub publisher: Option<Publisher>,
    /// What `security.txt` says.
    pub security: Option<Security>,
    /// How often the site should have something new.
    pub freshness: Freshness,
    /// Advice that the site does without.
    pub lints_off: Vec<Code>,
    /// The web addresses of others that `site.toml` names.
    pub addresses: Vec<Located<String>>,
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

/// Who publishes the site.
#[derive(Debug, Clone)]
pub struct Publisher {
    /// The organisation's name.
    pub name: Localised,
    /// Its own site.
    pub url: Option<String>,
    /// How to reach it: a web address, `mailto:` or `tel:`.
    pub contact: Option<String>,
    /// The address of its logo.
    pub logo: Option<String>,
    /// The address of the terms under which its data may be used.
    pub license: Option<String>,
}

/// What `security.txt` says (RFC 9116).
#[derive(Debug, Clone)]
pub struct Security {
    /// Where to report a weakness: a web address, `mailto:` or `tel:`.
    pub contact: String,
    /// The policy's address.
    pub policy: Option<String>,
}

/// Reads `site.toml`. What is missing or wrong is described and filled with a neutral value, so that the rest of the
/// content is still read.
pub(crate) fn read(text: Option<&str>, diagnostics: &mut Diagnostics) -> Site {
    let path: Arc<str> = Arc::from("site.toml");
    let mut site = neutral(&path);
    let Some(text) = text else {
        let help = "add it with `name`, `base_url`, `time_zone` and `languages`";
        diagnostics.push(
            Diagnostic::error(Code::MissingSite, &path, 0..0, "the content folder has no `site.toml`").help(help),
        );
        return site;
    };
    match node::parse_toml(text) {
        Ok(root) => read_root(&root, &mut site, diagnostics),
        Err(error) => {
            let message = format!("`site.toml` cannot be read: {}", error.message);
            diagnostics.push(Diagnostic::error(Code::Syntax, &path, error.span, message));
        }
    }
    site
}

fn neutral(path: &Arc<str>) -> Site {
    Site {
        path: Arc::clone(path),
        name: Localised::plain("Gazette"),
        tagline: None,
        base_url: "http://localhost/".to_owned(),
        zone: TimeZone::UTC,
        languages: Languages::new(Vec::new()),
        profile: None,
        featured: Vec::new(),
        navigation: Vec::new(),
        publisher: None,
        security: None,
        freshness: Freshness::default(),
        lints_off: Vec::new(),
        addresses: Vec::new(),
    }
}

fn read_root(root: &node::Node, site: &mut Site, diagnostics: &mut Diagnostics) {
    let path = Arc::clone(&site.path);
    // Languages and zone come first: the other values are read in their light.
    let (no_languages, no_zone) = (Languages::new(Vec::new()), TimeZone::UTC);
    let mut first = Reader {
        path: &path,
        languages: &no_languages,
        zone: &no_zone,
        diagnostics: Diagnostics::default(),
        addresses: Vec::new(),
    };
    if let Some(mut fields) = Fields::open("`site.toml`", root, &mut first) {
        site.languages = languages(&mut fields, &mut first);
        site.zone = zone(&mut fields, &mut first).unwrap_or(TimeZone::UTC);
        diagnostics.append(first.diagnostics);
    }
    let (languages, zone) = (site.languages.clone(), site.zone.clone());
    let mut reader = Reader {
        path: &path,
        languages: &languages,
        zone: &zone,
        diagnostics: Diagnostics::default(),
        addresses: Vec::new(),
    };
    let Some(mut fields) = Fields::open("`site.toml`", root, &mut reader) else { return };
    let _ = (fields.optional("languages"), fields.optional("time_zone"));
    if let Some(name) = fields.required("name", "\"…\"", &mut reader).and_then(|field| reader.localised(field)) {
        site.name = name;
    }
    site.tagline = fields.optional("tagline").and_then(|field| reader.localised(field));
    if let Some(field) = fields.required("base_url", "\"https://…/\"", &mut reader)
        && let Some(address) = reader.web_address(field)
    {
        match base_url(&address.value) {
            Ok(base) => site.base_url = base,
            Err(message) => reader.push(reader.error(Code::BadUrl, address.span, message)),
        }
    }
    // The site's own address is not another's.
    reader.addresses.clear();
    site.featured = reader.names(fields.optional("featured"));
    site.navigation = reader.names(fields.optional("navigation"));
    site.publisher = publisher(&mut fields, &mut reader);
    site.security = security(&mut fields, &mut reader);
    site.profile = profile(&mut fields, &mut reader);
    site.freshness = freshness::read(&mut fields, &mut reader);
    site.lints_off = lints::read(&mut fields, &mut reader);
    fields.close(&mut reader);
    site.addresses = reader.addresses;
    diagnostics.append(reader.diagnostics);
}

/// A base address in its one spelling: scheme and host, `/` at the end.
///
/// # Errors
/// Says why the text is none: pages link from the root, so that an address with a path cannot work.
pub fn base_url(written: &str) -> Result<String, String> {
    let trimmed = written.trim().trim_end_matches('/');
    let host = trimmed
        .strip_prefix("https://")
        .or_else(|| trimmed.strip_prefix("http://"))
        .ok_or_else(|| format!("`{written}` does not start with `https://` or `http://`"))?;
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c.is_control() || "?#@\\\"<>".contains(c)) {
        return Err(format!("`{written}` is not a web address"));
    }
    if host.contains('/') {
        return Err(format!("`{written}` has a path; the site stands at the root of its host"));
    }
    Ok(format!("{trimmed}/"))
}

fn languages(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Languages {
    let field = fields.required("languages", "[\"en\"]", reader);
    let mut tags = Vec::new();
    for tag in reader.names(field) {
        let is_tag = tag.value.parse::<unic_langid::LanguageIdentifier>().is_ok_and(|id| id.to_string() == tag.value)
            && !tag.value.contains('/');
        if is_tag {
            tags.push(tag.value);
        } else {
            let message = format!("`{}` is not a language tag, such as `en`, `zh` or `pt-BR`", tag.value);
            reader.push(reader.error(Code::BadValue, tag.span, message));
        }
    }
    Languages::new(tags)
}

fn zone(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<TimeZone> {
    let field = fields.required("time_zone", "\"Asia/Shanghai\"", reader)?;
    let name = reader.text(field)?;
    // The database that is part of the binary, so that every machine reads the same dates.
    let database = jiff::tz::TimeZoneDatabase::bundled();
    if let Ok(zone) = database.get(&name.value) {
        return Some(zone);
    }
    let message = format!("`{}` is not a time zone, such as `Asia/Shanghai`", name.value);
    let wrong = reader.error(Code::BadValue, name.span, message);
    let known: Vec<String> = database.available().map(|zone| zone.to_string()).collect();
    reader.push(wrong.did_you_mean(&name.value, known.iter().map(String::as_str)));
    None
}

fn publisher(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Publisher> {
    let field = fields.optional("publisher")?;
    let mut keys = Fields::open("`[publisher]`", field.node, reader)?;
    let name = keys.required("name", "\"…\"", reader).and_then(|field| reader.localised(field));
    let url = keys.optional("url").and_then(|field| reader.web_address(field)).map(|url| url.value);
    let contact = keys.optional("contact").and_then(|field| contact(field, reader));
    let logo = keys.optional("logo").and_then(|field| reader.web_address(field)).map(|url| url.value);
    let license = keys.optional("license").and_then(|field| reader.web_address(field)).map(|url| url.value);
    keys.close(reader);
    Some(Publisher { name: name?, url, contact, logo, license })
}

fn security(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Security> {
    let field = fields.optional("security")?;
    let mut keys = Fields::open("`[security]`", field.node, reader)?;
    let contact = keys.required("contact", "\"mailto:…\"", reader).and_then(|field| contact(field, reader));
    let policy = keys.optional("policy").and_then(|field| reader.web_address(field)).map(|url| url.value);
    keys.close(reader);
    Some(Security { contact: contact?, policy })
}

fn profile(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Profile> {
    let government = fields.optional("government");
    let code = government.and_then(|field| {
        let mut keys = Fields::open("`[government]`", field.node, reader)?;
        let code = keys.required("site_id_code", "\"…\"", reader).and_then(|field| reader.text(field));
        keys.close(reader);
        code
    });
    let field = fields.optional("profile")?;
    reader.choice(field, &[("cn-gov", ())])?;
    match code {
        Some(code) => Some(Profile::CnGov { site_id_code: code.value }),
        None if government.is_none() => {
            let message = "the profile `cn-gov` needs the site's identification code";
            let wrong = reader.error(Code::MissingKey, field.span(), message);
            reader.push(wrong.help("add `[government]` with `site_id_code = \"…\"`, as it was issued to the site"));
            None
        }
        None => None,
    }
}

/// A way to reach somebody, as RFC 9116 allows it.
fn contact(field: super::fields::Field<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text(field)?;
    let has_scheme = ["https://", "mailto:", "tel:"].iter().any(|scheme| text.value.starts_with(scheme));
    if has_scheme && !text.value.contains(char::is_whitespace) {
        reader.addresses.extend(text.value.starts_with("https://").then(|| text.clone()));
        return Some(text.value);
    }
    let message = format!("`{}` must start with `https://`, `mailto:` or `tel:`", field.name);
    reader.push(reader.error(Code::BadUrl, text.span, message));
    None
}

impl Site {
    /// A path of the site as an absolute address.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.base_url, path.trim_start_matches('/'))
    }

    /// The site's name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }
}
