//! Arguments that several commands share.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::content::site;
use crate::diagnostic::MessageLanguage;
use crate::source::{self, Source};

/// The content and the address of the site.
#[derive(Debug, Clone, Args)]
pub(super) struct SiteArguments {
    /// The content folder (default: the content built into the program).
    #[arg(long, env = "GAZETTE_CONTENT", value_name = "DIR")]
    pub(super) content: Option<PathBuf>,
    /// The address of the site, instead of `base_url` in `site.toml`.
    #[arg(long, env = "GAZETTE_BASE_URL", value_name = "URL", value_parser = parse_base_url)]
    pub(super) base_url: Option<String>,
    /// Show the site as it is at this instant, past or future, such as `2024-11-20T12:00:00+08:00`.
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = parse_instant)]
    pub(super) at: Option<Timestamp>,
}

impl SiteArguments {
    /// The same arguments with another content folder: the named one, else `--content`, else the
    /// folder `content` in the current folder if it is a content folder.
    pub(super) fn with_folder(&self, named: Option<&PathBuf>) -> Self {
        let content = named.or(self.content.as_ref()).cloned().or_else(|| {
            let folder = PathBuf::from("content");
            source::is_content_folder(&folder).then_some(folder)
        });
        Self { content, ..self.clone() }
    }

    /// The instant of the edition: `--at`, or now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the clock and passes the instant on"
    )]
    pub(super) fn instant(&self) -> Timestamp {
        self.at.unwrap_or_else(Timestamp::now)
    }

    pub(super) fn source(&self) -> Source {
        self.content.clone().map_or(Source::Embedded, Source::Directory)
    }
}

/// The language of messages.
#[derive(Debug, Clone, Args)]
pub(super) struct LanguageArguments {
    /// The language of messages, `en` or `zh` (default: the language of the system).
    #[arg(long, env = "GAZETTE_LANG", value_name = "LANG", value_parser = parse_language)]
    lang: Option<MessageLanguage>,
}

impl LanguageArguments {
    pub(super) fn get(&self) -> MessageLanguage {
        self.lang.unwrap_or_else(system_language)
    }

    /// The language of messages for commands in which `--lang` means something else.
    pub(super) fn from_environment() -> MessageLanguage {
        std::env::var("GAZETTE_LANG")
            .ok()
            .and_then(|tag| parse_language(&tag).ok())
            .unwrap_or_else(system_language)
    }
}

/// The language of the locale (POSIX: the first of these variables that is not empty counts).
fn system_language() -> MessageLanguage {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    locale.and_then(|locale| parse_language(&locale).ok()).unwrap_or(MessageLanguage::English)
}

/// Parses a language tag or a locale: `zh`, `zh-CN`, `zh_CN.UTF-8`.
fn parse_language(text: &str) -> Result<MessageLanguage, String> {
    let tag = text.split(['-', '_', '.']).next().unwrap_or_default();
    MessageLanguage::ALL
        .into_iter()
        .find(|language| language.tag().eq_ignore_ascii_case(tag))
        .ok_or_else(|| "messages are in `en` or `zh`".to_owned())
}

fn parse_base_url(text: &str) -> Result<String, String> {
    site::base_url(text).map_err(|reason| reason.en().to_owned())
}

pub(super) fn parse_instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        "write it with its offset from UTC, such as `2024-11-20T12:00:00+08:00`".to_owned()
    })
}
