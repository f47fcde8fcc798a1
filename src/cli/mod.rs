//! The command line. Each command has a file with its flags; `shared_arguments` has the flags of
//! several commands. [`run`] parses the arguments, runs a command and returns its exit code.

mod amend;
mod argument_errors;
mod check;
mod compiler;
mod environment;
mod explain;
mod export;
mod init;
mod kit;
mod links;
mod new;
mod output;
mod records;
mod serve;
mod shared_arguments;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use output::{CommandResult, Failure, print_error};
use records::{number, translated};

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
    /// Serve the site (the default command).
    Serve(serve::ServeArguments),
    /// Check the content for errors, without serving it.
    Check(check::Arguments),
    /// Explain a diagnostic of `check`, with a wrong and a right example.
    Explain(explain::Arguments),
    /// Write the site as files, byte for byte as the server sends them.
    Export(export::Arguments),
    /// Begin a new site: write its settings, first pages and files for editors.
    Init(init::Arguments),
    /// Write a new content file that passes `check`.
    New(new::Arguments),
    /// Keep the public text of a bulletin before it is changed, and begin the note of the change.
    Amend(amend::Arguments),
    /// Give public bulletins their permanent numbers, in `numbers.toml`.
    Number(number::Arguments),
    /// Record that a translation says what its original says now.
    Translated(translated::Arguments),
    /// Write files for editors: schemas, VS Code settings, configurations for forms in the browser.
    Kit(kit::Arguments),
}

/// Runs the command that the arguments name. The exit code is 0 on success, 1 if the command failed
/// and 2 if its arguments cannot be used.
#[must_use]
pub fn run() -> ExitCode {
    let command = environment::ignore_empty_variables(Cli::command());
    exit_code(argument_errors::parse(command).and_then(|arguments| {
        environment::warn_of_variables_without_effect(&Cli::command());
        run_command(Cli::from_arg_matches(&arguments).unwrap_or_else(|error| error.exit()))
    }))
}

fn run_command(cli: Cli) -> CommandResult {
    match cli.command {
        None => serve::run(&cli.serve, None),
        Some(Command::Serve(arguments)) => serve::run_command(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Init(arguments)) => init::run(&arguments),
        Some(Command::New(arguments)) => new::run(&arguments),
        Some(Command::Amend(arguments)) => amend::run(&arguments),
        Some(Command::Number(arguments)) => number::run(&arguments),
        Some(Command::Translated(arguments)) => translated::run(&arguments),
        Some(Command::Kit(arguments)) => kit::run(&arguments),
    }
}

fn exit_code(result: CommandResult) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::AlreadyPrinted) => ExitCode::FAILURE,
        Err(Failure::Message(message)) => {
            print_error(&format!("gazette: {message}"));
            ExitCode::FAILURE
        }
        Err(Failure::NotEvaluated) => ExitCode::from(2),
        Err(Failure::Usage(message)) => {
            print_error(&format!("gazette: {message}"));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argument_definitions_are_consistent() {
        Cli::command().debug_assert();
    }
}
