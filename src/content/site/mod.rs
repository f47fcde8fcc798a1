//! `site.toml`: what is true of the whole site.

mod freshness;
mod lints;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::content::front_matter::localised::{Localised, language_meant};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::shorthand;
use crate::content::front_matter::tree::{self, Located};
use crate::content::front_matter::value_reader::ValueReader;
use crate::content::syntax::parser_errors;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Phrase, message};
use crate::language::{Language, Languages};

pub use freshness::{Freshness, HOME};

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
        let help = message!(
            "add it with `name`, `base_url`, `time_zone` and `languages`",
            "请添加该文件，写明 `name`、`base_url`、`time_zone` 和 `languages`"
        );
        let message =
            message!("the content folder has no `site.toml`", "内容文件夹中没有 `site.toml`");
        diagnostics.push(Diagnostic::error(Code::MissingSite, &path, 0..0, message).help(help));
        return site;
    };
    match tree::parse_toml(text) {
        Ok(root) => read_root(&root, &mut site, diagnostics),
        Err(error) => {
            diagnostics.push(parser_errors::site(&path, text, error));
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

fn read_root(root: &tree::Node, site: &mut Site, diagnostics: &mut Diagnostics) {
    let path = Arc::clone(&site.path);
    // Languages and zone come first: the other values are read in their light.
    let (no_languages, no_zone) = (Languages::new(Vec::new()), TimeZone::UTC);
    let mut first = ValueReader::new(&path, &no_languages, &no_zone);
    if let Some(mut fields) = MappingReader::open(Phrase::typed("`site.toml`"), root, &mut first) {
        site.languages = languages(&mut fields, &mut first);
        site.zone = zone(&mut fields, &mut first).unwrap_or(TimeZone::UTC);
        diagnostics.append(first.diagnostics);
    }
    let (languages, zone) = (site.languages.clone(), site.zone.clone());
    let mut reader = ValueReader::new(&path, &languages, &zone);
    let Some(mut fields) = MappingReader::open(Phrase::typed("`site.toml`"), root, &mut reader)
    else {
        return;
    };
    let _ = fields.required("languages", Phrase::typed("[\"en\"]"), &mut reader);
    let _ = fields.required("time_zone", Phrase::typed("\"Asia/Shanghai\""), &mut reader);
    if let Some(name) =
        fields.required("name", TEXT, &mut reader).and_then(|field| reader.localised(field))
    {
        site.name = name;
    }
    site.tagline = fields.optional("tagline").and_then(|field| reader.localised(field));
    if let Some(field) = fields.required("base_url", Phrase::typed("\"https://…/\""), &mut reader)
        && let Some(address) = reader.web_address(field)
    {
        match base_url(&address.value) {
            Ok(base) => site.base_url = base,
            Err(message) => {
                let wrong = reader.error(Code::BadUrl, address.span, message);
                reader.push(match host_of(&address.value) {
                    Some(base) => wrong.help(message!("write `{base}`", "请写成 `{base}`")),
                    None => wrong,
                });
            }
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

/// The base address that is left of an address with a path.
fn host_of(written: &str) -> Option<String> {
    let (scheme, rest) = written.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    base_url(&format!("{scheme}://{host}/")).ok()
}

/// A base address in its one spelling: scheme and host, `/` at the end.
///
/// # Errors
/// Says why the text is none: pages link from the root, so that an address with a path cannot work.
pub fn base_url(written: &str) -> Result<String, Message> {
    let trimmed = written.trim().trim_end_matches('/');
    let host = trimmed
        .strip_prefix("https://")
        .or_else(|| trimmed.strip_prefix("http://"))
        .ok_or_else(|| {
            message!(
                "`{written}` does not start with `https://` or `http://`",
                "`{written}` 没有以 `https://` 或 `http://` 开头"
            )
        })?;
    if host.is_empty()
        || host.contains(|c: char| c.is_whitespace() || c.is_control() || "?#@\\\"<>".contains(c))
    {
        return Err(message!("`{written}` is not a web address", "`{written}` 不是网址"));
    }
    if host.contains('/') {
        return Err(message!(
            "`{written}` has a path; the site stands at the root of its host",
            "`{written}` 带有路径，而网站应位于域名的根目录"
        ));
    }
    Ok(format!("{trimmed}/"))
}

/// What stands for a text in an example of `site.toml`.
const TEXT: Phrase = Phrase::typed("\"…\"");

/// The site's languages; one that is misspelt counts as the one that was meant, so that its files are not called unknown.
fn languages(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Languages {
    let mut tags = Vec::new();
    for tag in reader.names(fields.optional("languages")) {
        let canonical =
            || tag.value.parse::<unic_langid::LanguageIdentifier>().ok().map(|id| id.to_string());
        let meant = language_meant(&tag.value).map(ToOwned::to_owned).or_else(canonical);
        if meant.as_ref() == Some(&tag.value) && !tag.value.contains('/') {
            tags.push(tag.value);
        } else {
            let written = &tag.value;
            let message = message!(
                "`{written}` is not a language tag, such as `en`, `zh` or `pt-BR`",
                "`{written}` 不是语言代码；语言代码例如 `en`、`zh`、`pt-BR`"
            );
            let wrong = reader.error(Code::BadValue, tag.span, message);
            reader.push(match meant {
                Some(meant) => {
                    let help = message!("write `{meant}`", "请写成 `{meant}`");
                    tags.push(meant);
                    wrong.help(help)
                }
                None => wrong,
            });
        }
    }
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    Languages::new(tags)
}

fn zone(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Option<TimeZone> {
    let name = fields.optional("time_zone").and_then(|field| reader.text(field))?;
    // The database that is part of the binary, so that every machine reads the same dates.
    let database = jiff::tz::TimeZoneDatabase::bundled();
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

fn publisher(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Option<Publisher> {
    let field = fields.optional("publisher")?;
    let mut keys =
        MappingReader::of(Phrase::typed("`[publisher]`"), field, shorthand::name, reader)?;
    let name = keys.required("name", TEXT, reader).and_then(|field| reader.localised(field));
    let url = keys.optional("url").and_then(|field| reader.web_address(field)).map(|url| url.value);
    let contact = keys.optional("contact").and_then(|field| reader.contact(field));
    let logo =
        keys.optional("logo").and_then(|field| reader.web_address(field)).map(|url| url.value);
    let license =
        keys.optional("license").and_then(|field| reader.web_address(field)).map(|url| url.value);
    keys.close(reader);
    Some(Publisher { name: name?, url, contact, logo, license })
}

fn security(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Option<Security> {
    let field = fields.optional("security")?;
    let mut keys = MappingReader::of(
        Phrase::typed("`[security]`"),
        field,
        |text| vec![("contact", text.to_owned())],
        reader,
    )?;
    let contact = keys
        .required("contact", Phrase::typed("\"mailto:…\""), reader)
        .and_then(|field| reader.contact(field));
    let policy =
        keys.optional("policy").and_then(|field| reader.web_address(field)).map(|url| url.value);
    keys.close(reader);
    Some(Security { contact: contact?, policy })
}

fn profile(fields: &mut MappingReader<'_>, reader: &mut ValueReader<'_>) -> Option<Profile> {
    let government = fields.optional("government");
    let code = government.and_then(|field| {
        let mut keys = MappingReader::of(
            Phrase::typed("`[government]`"),
            field,
            |text| vec![("site_id_code", text.to_owned())],
            reader,
        )?;
        let code = keys.required("site_id_code", TEXT, reader).and_then(|field| reader.text(field));
        keys.close(reader);
        code
    });
    let field = fields.optional("profile")?;
    reader.choice(field, &[("cn-gov", ())])?;
    match code {
        Some(code) => Some(Profile::CnGov { site_id_code: code.value }),
        None if government.is_none() => {
            let message = message!(
                "the profile `cn-gov` needs the site's identification code",
                "采用 `cn-gov` 时须提供网站标识码"
            );
            let wrong = reader.error(Code::MissingKey, field.span(), message);
            reader.push(wrong.help(message!(
                "add `[government]` with `site_id_code = \"…\"`, as it was issued to the site",
                "请添加 `[government]`，并在其中按主管部门发放的标识码写 `site_id_code = \"…\"`"
            )));
            None
        }
        None => None,
    }
}

impl Site {
    /// A path of the site as an absolute address.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.base_url, path.trim_start_matches('/'))
    }

    /// The site's name with the line under it: `Harbin Government bulletin`.
    #[must_use]
    pub fn full_name(&self, language: Language) -> String {
        let tagline = self.tagline.as_ref().map(|tagline| tagline.get(language));
        [Some(self.name(language)), tagline].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The site's name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }
}
