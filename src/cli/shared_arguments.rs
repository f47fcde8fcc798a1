//! Arguments that several commands share.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::output::{Failure, print_error};
use crate::content::site;
use crate::diagnostic::{MessageLanguage, message};
use crate::source::{self, Source};

/// The content and the address of the site.
#[derive(Debug, Clone, Args)]
pub(super) struct SiteArguments {
    /// The content folder (default: `content` in the current folder if it has a `site.toml`, else
    /// the content built into the program).
    #[arg(long, env = "GAZETTE_CONTENT", value_name = "DIR")]
    pub(super) content: Option<PathBuf>,
    /// Use the content built into the program, Harbin's, whatever folders there are.
    #[arg(long)]
    pub(super) built_in: bool,
    /// The address of the site, instead of `base_url` in `site.toml`.
    #[arg(long, env = "GAZETTE_BASE_URL", value_name = "URL", value_parser = parse_base_url)]
    pub(super) base_url: Option<String>,
    /// Show the site as it is at this instant, past or future, such as `2024-11-20T12:00:00+08:00`.
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = parse_instant)]
    pub(super) at: Option<Timestamp>,
}

impl SiteArguments {
    /// The same arguments with the content folder that is used; none for the content built into
    /// the program.
    pub(super) fn find_content(
        &self,
        named: Option<&PathBuf>,
        language: MessageLanguage,
    ) -> Result<Self, Failure> {
        let content = if self.built_in {
            None
        } else {
            find_content_folder(named.or(self.content.as_ref()), language)?
        };
        Ok(Self { content, ..self.clone() })
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

/// Finds the content folder of a command: the named one, else `content` in the current folder. A
/// folder that may be the city's content but is not used is an error, so that no command takes
/// other content beside it; so is one that only holds the content folder.
pub(super) fn find_content_folder(
    named: Option<&PathBuf>,
    language: MessageLanguage,
) -> Result<Option<PathBuf>, Failure> {
    let folder = PathBuf::from("content");
    let message = if let Some(named) = named {
        let inner = named.join(&folder);
        if source::is_content_folder(named) || !source::is_content_folder(&inner) {
            return Ok(Some(named.clone()));
        }
        let (named, inner) = (named.display(), inner.display());
        message!(
            "`{named}` has no `site.toml`; the content folder is `{inner}`: give that one",
            "`{named}` 中没有 `site.toml`；内容文件夹是 `{inner}`：请指定它"
        )
    } else if source::is_content_folder(&folder) {
        return Ok(Some(folder));
    } else if source::is_folder(&folder) {
        message!(
            "the folder `content` here has no `site.toml`, so it is not a content folder; add one, \
             or give another folder with `--content`",
            "当前文件夹下的 `content` 中没有 `site.toml`，不是内容文件夹；请添加该文件，\
             或用 `--content` 指定其他文件夹"
        )
    } else if source::is_content_folder(Path::new(".")) {
        message!(
            "the current folder is itself a content folder; use it with `--content .`",
            "当前文件夹本身就是内容文件夹；请用 `--content .` 指定"
        )
    } else {
        return Ok(None);
    };
    Err(Failure::Usage(message.get(language).to_owned()))
}

/// Prints on standard error which content is used.
pub(super) fn print_source(arguments: &SiteArguments, language: MessageLanguage) {
    let message = match &arguments.content {
        Some(folder) => {
            let folder = if folder.is_relative() && folder.components().count() == 1 {
                Path::new(".").join(folder)
            } else {
                folder.clone()
            };
            let folder = folder.display();
            message!("content: {folder}", "内容：{folder}")
        }
        None => message!("built-in content (Harbin)", "程序自带的内容（哈尔滨）"),
    };
    print_error(message.get(language));
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

pub(super) fn parse_base_url(text: &str) -> Result<String, String> {
    site::base_url(text).map_err(|reason| reason.en().to_owned())
}

pub(super) fn parse_instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        "write it with its offset from UTC, such as `2024-11-20T12:00:00+08:00`".to_owned()
    })
}
