//! The command line: one file a command.
//!
//! Enter at [`run`], which reads the arguments, runs one command and says how it ended.

mod check;
mod compiler;
mod explain;
mod export;
mod kit;
mod links;
mod new;
mod output;
mod serve;
mod workspace;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use jiff::Timestamp;

use crate::diagnostic::MessageLanguage;
use crate::source::{self, Source};

/// A city's public-information site from Markdown bulletins, in one binary.
#[derive(Debug, Parser)]
#[command(
    name = "gazette",
    version,
    about,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site (what `gazette` does without a command).
    Serve(serve::Arguments),
    /// Say what is wrong with the content, without serving it.
    Check(check::Arguments),
    /// Tell more about what `check` said, with a wrong and a right example.
    Explain(explain::Arguments),
    /// Write the site as files, byte for byte what the server would answer.
    Export(export::Arguments),
    /// Write a new file of content, which passes `check`.
    New(new::Arguments),
    /// Write what helps editors: schemas, settings for VS Code, configurations for forms in the browser.
    Kit(kit::Arguments),
}

/// Which content, and where the site will stand.
#[derive(Debug, Clone, Args)]
pub(super) struct SiteArguments {
    /// The content folder; without it, the content that is part of the program.
    #[arg(long, env = "GAZETTE_CONTENT", value_name = "DIR")]
    content: Option<PathBuf>,
    /// Where the site stands, instead of `base_url` in `site.toml`.
    #[arg(long, env = "GAZETTE_BASE_URL", value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Show the site as it is at one instant, such as `2024-11-20T12:00:00+08:00`, for a look ahead or back.
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = instant)]
    at: Option<Timestamp>,
}

impl SiteArguments {
    /// The same, with the folder that is named, or the folder `content` where that is one of content.
    fn of_folder(&self, named: Option<&PathBuf>) -> Self {
        let here =
            || Some(PathBuf::from("content")).filter(|folder| source::is_content_folder(folder));
        let content = named.or(self.content.as_ref()).cloned().or_else(here);
        Self { content, ..self.clone() }
    }

    /// The instant for which the site is made: the one that was asked for, or now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the clock and hands the instant on"
    )]
    fn instant(&self) -> Timestamp {
        self.at.unwrap_or_else(Timestamp::now)
    }

    fn source(&self) -> Source {
        self.content.clone().map_or(Source::Embedded, Source::Directory)
    }
}

/// The language of messages.
#[derive(Debug, Clone, Args)]
pub(super) struct LanguageArguments {
    /// The language of messages, `en` or `zh`; without it, the language that the system is set to.
    #[arg(long, env = "GAZETTE_LANG", value_name = "LANG", value_parser = message_language)]
    lang: Option<MessageLanguage>,
}

impl LanguageArguments {
    /// The language that was asked for, or the locale's.
    fn get(&self) -> MessageLanguage {
        self.lang.unwrap_or_else(locale)
    }

    /// The language of messages where `--lang` means something else.
    fn of_environment() -> MessageLanguage {
        std::env::var("GAZETTE_LANG")
            .ok()
            .and_then(|tag| message_language(&tag).ok())
            .unwrap_or_else(locale)
    }
}

/// The locale's language (POSIX: the first of these variables that is not empty counts).
fn locale() -> MessageLanguage {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    locale.and_then(|locale| message_language(&locale).ok()).unwrap_or(MessageLanguage::English)
}

/// A language by its tag or a locale of it: `zh`, `zh-CN`, `zh_CN.UTF-8`.
fn message_language(text: &str) -> Result<MessageLanguage, String> {
    let language = text.split(['-', '_', '.']).next().unwrap_or_default();
    let found = MessageLanguage::ALL
        .into_iter()
        .find(|message_language| message_language.tag().eq_ignore_ascii_case(language));
    found.ok_or_else(|| "messages are in `en` or `zh`".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    crate::content::site::base_url(text).map_err(|reason| reason.en().to_owned())
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        "write it with its offset from UTC, such as `2024-11-20T12:00:00+08:00`".to_owned()
    })
}

/// How a command ended.
pub(super) type Outcome = Result<(), Failure>;

/// Why a command failed; what the user must know has the form of one line.
#[derive(Debug)]
pub(super) enum Failure {
    /// One line that says what is wrong.
    Message(String),
    /// One line that says why nothing could be judged: the command itself was given something that it cannot use.
    Unusable(String),
    /// Everything has been said already.
    Reported,
    /// Everything has been said already, and what it amounts to is that nothing could be judged.
    Unjudged,
}

impl From<crate::source::SourceError> for Failure {
    fn from(error: crate::source::SourceError) -> Self {
        Self::Message(error.to_string())
    }
}

/// The command without the environment variables that are set and empty: they count as not set.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |name: &OsStr| std::env::var_os(name).is_some_and(|value| value.is_empty());
    command
        .mut_args(|argument| {
            if argument.get_env().is_some_and(is_empty) { argument.env(None) } else { argument }
        })
        .mut_subcommands(without_empty_variables)
}

/// Runs the command that the arguments name. The exit code is 0, 1 when the command failed, 2 when its arguments cannot be
/// used.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = without_empty_variables(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&arguments).unwrap_or_else(|error| error.exit());
    let outcome = match cli.command {
        None => serve::run(&cli.serve),
        Some(Command::Serve(arguments)) => serve::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::New(arguments)) => new::run(&arguments),
        Some(Command::Kit(arguments)) => kit::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::FAILURE,
        Err(Failure::Message(message)) => {
            output::line(&format!("gazette: {message}"));
            ExitCode::FAILURE
        }
        Err(Failure::Unjudged) => ExitCode::from(2),
        Err(Failure::Unusable(message)) => {
            output::line(&format!("gazette: {message}"));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
