//! The variables `GAZETTE_…`, which set flags.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};

use super::output::print_error;
use super::shared_arguments::LanguageArguments;
use crate::diagnostic::{Message, closest, message};

const PREFIX: &str = "GAZETTE_";

/// The command without environment variables that are set but empty: they count as not set.
pub(super) fn ignore_empty_variables(command: clap::Command) -> clap::Command {
    command
        .mut_args(|argument| {
            if argument.get_env().is_some_and(is_empty_variable) {
                argument.env(None)
            } else {
                argument
            }
        })
        .mut_subcommands(ignore_empty_variables)
}

fn is_empty_variable(name: &OsStr) -> bool {
    std::env::var_os(name).is_some_and(|value| value.is_empty())
}

/// Warns of variables that look like the program's own and set no flag: their names are unknown, or
/// they are empty.
pub(super) fn warn_of_variables_without_effect(command: &clap::Command) {
    let known = variables_of(command);
    let mut variables: Vec<(String, OsString)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .collect();
    variables.sort_unstable();
    for (name, value) in variables {
        let warning = if is_unknown(&name, &known) {
            describe_unknown(&name, &known)
        } else if known.contains(&name) && value.is_empty() {
            message!(
                "the variable `{name}` is empty and has no effect; remove it, or give it a value",
                "环境变量 `{name}` 为空，不起作用；请删去它，或为它赋值"
            )
        } else {
            continue;
        };
        print_error(&format!("gazette: {}", warning.get(LanguageArguments::from_environment())));
    }
}

/// The variables of a command and of its subcommands.
pub(super) fn variables_of(command: &clap::Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|argument| argument.get_env()?.to_str());
    let own = own.map(str::to_owned);
    own.chain(command.get_subcommands().flat_map(variables_of)).collect()
}

fn is_unknown(name: &str, known: &BTreeSet<String>) -> bool {
    // Kubernetes sets GAZETTE_SERVICE_HOST, GAZETTE_PORT_80_TCP and others in all containers beside
    // a service of this name.
    let is_service_link = name.contains("_SERVICE_") || format!("{name}_").contains("_PORT_");
    name.starts_with(PREFIX) && !known.contains(name) && !is_service_link
}

fn describe_unknown(name: &str, known: &BTreeSet<String>) -> Message {
    // The prefix is the same in all names, and would make short ones alike.
    let known = known.iter().filter_map(|known| known.strip_prefix(PREFIX));
    match closest(name.strip_prefix(PREFIX).unwrap_or(name), known) {
        Some(near) => message!(
            "the variable `{name}` is unknown and has no effect; did you mean `{PREFIX}{near}`?",
            "环境变量 `{name}` 未知，不起作用；您是否想写 `{PREFIX}{near}`？"
        ),
        None => message!(
            "the variable `{name}` is unknown and has no effect",
            "环境变量 `{name}` 未知，不起作用"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_variable_names_nearest_one() {
        let known: BTreeSet<_> = ["GAZETTE_LISTEN", "GAZETTE_AT"].map(str::to_owned).into();
        assert!(is_unknown("GAZETTE_LISTN", &known));
        for name in ["GAZETTE_AT", "GAZETTE_SERVICE_HOST", "GAZETTE_PORT", "GAZETTE_PORT_80_TCP"] {
            assert!(!is_unknown(name, &known), "{name}");
        }
        assert!(!is_unknown("HOME", &known));
        let near = describe_unknown("GAZETTE_LISTN", &known);
        assert!(near.en().ends_with("did you mean `GAZETTE_LISTEN`?"), "{}", near.en());
        for name in ["GAZETTE_NOTHING_LIKE_IT", "GAZETTE_FOO", "GAZETTE_"] {
            let far = describe_unknown(name, &known);
            assert!(far.en().ends_with("has no effect"), "{}", far.en());
        }
    }
}
