//! Reads `site.toml`.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use unic_langid::LanguageIdentifier;

use super::base_url::base_url;
use super::documents::{self, Documents};
use super::freshness::{self, Freshness};
use super::keys::{GOVERNMENT, PUBLISHER, SECURITY, SETTINGS};
use super::{Look, Profile, Publisher, Security, Site, lints, look, synonyms};
use crate::content::document::check_plain_texts;
use crate::content::front_matter::language_tags::language_meant;
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::{self, Node};
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::content::front_matter::web;
use crate::content::syntax::parser_errors;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, message};
use crate::language::Languages;
use crate::source::Snapshot;

/// Reads `site.toml`. Reports missing and wrong values and replaces them by defaults, so that the
/// rest of the content is still read. `languages` replace those that cannot be read.
pub(crate) fn read(
    snapshot: &Snapshot,
    languages: Languages,
    diagnostics: &mut Diagnostics,
) -> Site {
    let path: Arc<str> = Arc::from("site.toml");
    let mut site = Site { languages, ..default_site(&path) };
    let Some(text) = snapshot.text(&path) else {
        if snapshot.left_out().any(|left_out| *left_out == path) {
            // Reported when it was left out.
            return site;
        }
        let message =
            message!("the content folder has no `site.toml`", "内容文件夹中没有 `site.toml`");
        let help = message!(
            "add it with `name`, `base_url`, `time_zone` and `languages`",
            "请添加该文件，写明 `name`、`base_url`、`time_zone` 和 `languages`"
        );
        diagnostics.push(Diagnostic::error(Code::MissingSite, &path, 0..0, message).help(help));
        return site;
    };
    match tree::parse_toml(text) {
        Ok(root) => {
            site.is_read = true;
            read_languages_and_zone(&root, &mut site, diagnostics);
            read_settings(&root, &mut site, diagnostics);
        }
        Err(error) => diagnostics.push(parser_errors::site(&path, text, error)),
    }
    site
}

fn default_site(path: &Arc<str>) -> Site {
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
        files: Vec::new(),
        is_read: false,
        look: Look::default(),
        footer: Vec::new(),
        publisher: None,
        strip: None,
        mistakes: None,
        security: None,
        freshness: Freshness::default(),
        lints_off: Vec::new(),
        documents: Documents::default(),
        synonyms: Vec::new(),
        addresses: Vec::new(),
    }
}

/// Reads what a [`ValueReader`] needs for all other values.
fn read_languages_and_zone(root: &Node, site: &mut Site, diagnostics: &mut Diagnostics) {
    let path = Arc::clone(&site.path);
    let (no_languages, no_zone) = (Languages::new(Vec::new()), TimeZone::UTC);
    let mut reader = ValueReader::new(&path, &no_languages, &no_zone);
    let Some(keys) = MappingReader::open(&SETTINGS, root, &mut reader) else { return };
    if let Some(field) = keys.peek("languages") {
        let tags = read_languages(&mut reader, field);
        if !tags.is_empty() {
            site.languages = Languages::new(tags);
        }
    }
    if let Some(field) = keys.peek("time_zone")
        && let Some(zone) = read_zone(&mut reader, field)
    {
        site.zone = zone;
    }
    diagnostics.append(reader.diagnostics);
}

fn read_settings(root: &Node, site: &mut Site, diagnostics: &mut Diagnostics) {
    let path = Arc::clone(&site.path);
    let (languages, zone) = (site.languages.clone(), site.zone.clone());
    let mut reader = ValueReader::new(&path, &languages, &zone);
    let Some(mut keys) = MappingReader::open(&SETTINGS, root, &mut reader) else { return };
    for key in ["languages", "time_zone"] {
        // Read before; here only a missing one is reported.
        let _ = keys.get(key, &mut reader);
    }
    if let Some(name) = keys.read("name", &mut reader, localised::read) {
        site.name = name;
    }
    site.tagline = keys.read("tagline", &mut reader, localised::read);
    if let Some(base) = keys.read("base_url", &mut reader, read_base_url) {
        site.base_url = base;
    }
    // The site's own URL is not a link to another site.
    reader.addresses.clear();
    site.featured = keys.read_names("featured", &mut reader);
    site.navigation = keys.read_names("navigation", &mut reader);
    site.files = keys.read_names("files", &mut reader);
    site.look = keys.read("look", &mut reader, look::read).unwrap_or_default();
    site.footer = keys.read_list("footer", &mut reader, look::read_line);
    site.publisher = keys.read("publisher", &mut reader, read_publisher);
    site.strip = keys.read("strip", &mut reader, localised::read);
    site.mistakes = keys.read("mistakes", &mut reader, web::read_contact);
    site.security = keys.read("security", &mut reader, read_security);
    site.profile = read_profile(&mut keys, &mut reader);
    site.freshness = keys.read("freshness", &mut reader, freshness::read).unwrap_or_default();
    site.lints_off = keys.read("lints", &mut reader, lints::read).unwrap_or_default();
    site.documents = keys.read("documents", &mut reader, documents::read).unwrap_or_default();
    site.synonyms = keys.read("search", &mut reader, synonyms::read).unwrap_or_default();
    for key in ["name", "tagline", "strip", "footer", "publisher"] {
        if let Some(field) = keys.peek(key) {
            check_plain_texts(field.node, &mut reader);
        }
    }
    keys.finish(&mut reader);
    site.addresses = reader.addresses;
    diagnostics.append(reader.diagnostics);
}

/// Reads the site's languages. A misspelt one counts as the one that is meant, so that its files
/// are not reported too.
fn read_languages(reader: &mut ValueReader<'_>, field: Field<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in reader.names(field) {
        let meant = language_tag(&tag.value);
        if meant.as_ref() != Some(&tag.value) || tag.value.contains('/') {
            let written = &tag.value;
            let message = message!(
                "`{written}` is not a language tag, such as `en`, `zh` or `pt-BR`",
                "`{written}` 不是语言代码；语言代码例如 `en`、`zh`、`pt-BR`"
            );
            let wrong = reader.error(Code::BadValue, tag.span, message);
            reader.push(match &meant {
                Some(meant) => wrong.help(message!("write `{meant}`", "请写成 `{meant}`")),
                None => wrong,
            });
        }
        tags.extend(meant);
    }
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    tags
}

/// The canonical tag of a language, also for names that people write for it.
#[must_use]
pub fn language_tag(written: &str) -> Option<String> {
    if let Some(tag) = language_meant(written) {
        return Some(tag.to_owned());
    }
    written.parse().ok().map(|tag: LanguageIdentifier| tag.to_string())
}

fn read_zone(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<TimeZone> {
    let name = reader.text(field)?;
    // The database in the binary, so that every machine reads the same dates.
    let database = TimeZoneDatabase::bundled();
    if let Ok(zone) = database.get(&name.value) {
        return Some(zone);
    }
    let written = &name.value;
    let message = message!(
        "`{written}` is not a time zone, such as `Asia/Shanghai`",
        "`{written}` 不是时区；时区例如 `Asia/Shanghai`"
    );
    let wrong = reader.error(Code::BadValue, name.span, message);
    let known: Vec<String> = database.available().map(|zone| zone.to_string()).collect();
    reader.push(wrong.did_you_mean(&name.value, known.iter().map(String::as_str)));
    None
}

fn read_base_url(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<String> {
    let url = web::read_url(reader, field)?;
    match base_url(&url.value) {
        Ok(base) => Some(base),
        Err(message) => {
            let wrong = reader.error(Code::BadUrl, url.span, message);
            reader.push(match base_url_of(&url.value) {
                Some(base) => wrong.help(message!("write `{base}`", "请写成 `{base}`")),
                None => wrong,
            });
            None
        }
    }
}

/// The base URL of a URL with more after its host and path.
fn base_url_of(url: &str) -> Option<String> {
    base_url(url.split(['?', '#']).next()?).ok()
}

fn read_publisher(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Publisher> {
    let mut keys = MappingReader::nested(&PUBLISHER, field, reader)?;
    let name = keys.read("name", reader, localised::read);
    let url = keys.read("url", reader, web::read_url);
    let contact = keys.read("contact", reader, web::read_contact);
    let logo = keys.read("logo", reader, web::read_url);
    let license = keys.read("license", reader, web::read_url);
    keys.finish(reader);
    Some(Publisher {
        name: name?,
        url: url.map(|url| url.value),
        contact,
        logo: logo.map(|url| url.value),
        license: license.map(|url| url.value),
    })
}

fn read_security(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Security> {
    let mut keys = MappingReader::nested(&SECURITY, field, reader)?;
    let contact = keys.read("contact", reader, web::read_contact);
    let policy = keys.read("policy", reader, web::read_url);
    keys.finish(reader);
    Some(Security { contact: contact?, policy: policy.map(|url| url.value) })
}

fn read_profile(keys: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Option<Profile> {
    let code = keys.read("government", reader, read_site_id_code);
    let field = keys.get("profile", reader)?;
    reader.choice(field, &[("cn-gov", ())])?;
    if code.is_none() && keys.peek("government").is_none() {
        let message = message!(
            "the profile `cn-gov` needs the site's identification code",
            "采用 `cn-gov` 时须提供网站标识码"
        );
        let help = message!(
            "add `[government]` with `site_id_code = \"…\"`, as it was issued to the site",
            "请添加 `[government]`，并在其中按主管部门发放的标识码写 `site_id_code = \"…\"`"
        );
        reader.push(reader.error(Code::MissingKey, field.span(), message).help(help));
    }
    Some(Profile::CnGov { site_id_code: code? })
}

fn read_site_id_code(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<String> {
    let mut keys = MappingReader::nested(&GOVERNMENT, field, reader)?;
    let code = keys.read("site_id_code", reader, ValueReader::text);
    keys.finish(reader);
    code.map(|code| code.value)
}
