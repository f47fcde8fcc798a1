//! Parses the arguments, and explains the mistakes of which clap says too little. The flags are in
//! the file of each command.

use std::env;
use std::ffi::OsString;

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;

use super::environment::variables_of;
use super::output::{CommandResult, Failure};
use super::shared_arguments::LanguageArguments;
use crate::diagnostic::{Message, closest, message};

/// The values of `--access-log`, which needs an equals sign because it may be without one.
const ADDRESSES: [&str; 3] = ["truncated", "whole", "none"];

/// Parses the arguments of this process. Most mistakes end it here, with clap's message.
pub(super) fn parse(command: clap::Command) -> Result<ArgMatches, Failure> {
    let arguments: Vec<OsString> = env::args_os().collect();
    refuse_separate_addresses(&arguments)?;
    let variables = variables_of(&command);
    let kinds = kinds_of_new(&command);
    let matches = match command.try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) if error.kind() == ErrorKind::InvalidUtf8 => {
            let named = describe_invalid_utf8(&arguments, variables);
            return Err(named.map_or_else(|| error.exit(), |message| usage(&message)));
        }
        Err(error) => match describe_unknown_kind(&error, &arguments, &kinds) {
            Some(message) => return Err(usage(&message)),
            None => error.exit(),
        },
    };
    refuse_two_folders(&matches)?;
    Ok(matches)
}

fn usage(message: &Message) -> Failure {
    Failure::Usage(message.get(LanguageArguments::from_environment()).to_owned())
}

/// Refuses `--access-log whole`, where clap would read the name of a folder or of a command.
fn refuse_separate_addresses(arguments: &[OsString]) -> CommandResult {
    for pair in arguments.windows(2).filter(|pair| pair[0] == "--access-log") {
        if let Some(value) = ADDRESSES.into_iter().find(|value| pair[1] == *value) {
            return Err(usage(&message!(
                "`--access-log {value}` needs an equals sign: write `--access-log={value}`",
                "`--access-log {value}` 中缺少等号：请写成 `--access-log={value}`"
            )));
        }
    }
    Ok(())
}

/// The kinds of files that `gazette new` writes.
fn kinds_of_new(command: &clap::Command) -> Vec<String> {
    let new = command.find_subcommand("new");
    let kinds = new.into_iter().flat_map(clap::Command::get_subcommands);
    kinds.map(|kind| kind.get_name().to_owned()).collect()
}

/// Lists the kinds of `gazette new` if the one that follows it is unknown: clap names them only
/// with `--help`.
fn describe_unknown_kind(
    error: &clap::Error,
    arguments: &[OsString],
    kinds: &[String],
) -> Option<Message> {
    let Some(ContextValue::String(kind)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let position = arguments.iter().position(|argument| argument == "new")?;
    if arguments.get(position + 1)?.to_str() != Some(kind) {
        return None;
    }
    let names = Message::names(kinds);
    let near = closest(kind, kinds.iter().map(String::as_str));
    Some(near.map_or_else(
        || {
            message!(
                "`gazette new` writes no `{kind}`; it writes {names}",
                "`gazette new` 不能新建 `{kind}`；可新建{names}"; names
            )
        },
        |near| {
            message!(
                "`gazette new` writes no `{kind}`; did you mean `{near}`? it writes {names}",
                "`gazette new` 不能新建 `{kind}`；您是否想写 `{near}`？可新建{names}"; names
            )
        },
    ))
}

/// Names the first argument or variable that is not UTF-8.
fn describe_invalid_utf8(
    arguments: &[OsString],
    variables: impl IntoIterator<Item = String>,
) -> Option<Message> {
    if let Some(argument) = arguments.iter().find(|argument| argument.to_str().is_none()) {
        let argument = argument.display();
        return Some(message!(
            "the argument `{argument}` is not UTF-8",
            "参数 `{argument}` 不是 UTF-8 编码"
        ));
    }
    let name = variables
        .into_iter()
        .find(|name| env::var_os(name).is_some_and(|value| value.to_str().is_none()))?;
    Some(message!(
        "the value of the variable `{name}` is not UTF-8",
        "环境变量 `{name}` 的值不是 UTF-8 编码"
    ))
}

/// Refuses a content folder that is named with `--content` and without: one of them is a mistake.
fn refuse_two_folders(matches: &ArgMatches) -> CommandResult {
    let Some((_, matches)) = matches.subcommand() else { return Ok(()) };
    if is_given(matches, "content") && is_given(matches, "content_folder") {
        return Err(usage(&message!(
            "the content folder is named twice, with `--content` and without; name it once",
            "内容文件夹写了两次，一次用 `--content`，一次没有用；请只写一次"
        )));
    }
    Ok(())
}

/// Whether a command has an argument of this name, and it is on the command line.
fn is_given(matches: &ArgMatches, name: &str) -> bool {
    matches.try_contains_id(name).is_ok()
        && matches.value_source(name) == Some(ValueSource::CommandLine)
}
