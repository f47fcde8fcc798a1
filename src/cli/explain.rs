//! `gazette explain`: an explanation of a diagnostic code, with a wrong and a right example.

use clap::Args;

use super::output::{CommandResult, Failure, print_bytes, print_lines};
use super::shared_arguments::LanguageArguments;
use crate::diagnostic::explain::{self, Explanation};
use crate::diagnostic::{Code, MessageLanguage, closest};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The code, such as `front-matter/unknown-key` (default: list all codes).
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Explain every code, as one page of Markdown.
    #[arg(long, conflicts_with = "code")]
    all: bool,
    #[command(flatten)]
    language: LanguageArguments,
}

pub(super) fn run(arguments: &Arguments) -> CommandResult {
    let language = arguments.language.get();
    if arguments.all {
        return print_bytes(explain::reference(language).as_bytes());
    }
    let Some(name) = &arguments.code else {
        return print_lines(Code::ALL.iter().map(|code| list_entry(*code, language)));
    };
    let Some(code) = find_code(name) else {
        return Err(Failure::Usage(unknown_code(name, language)));
    };
    let text = explain::render_explanation(code, language).unwrap_or_default();
    print_bytes(format!("{code}\n\n{text}").as_bytes())
}

/// Finds a code by its full name, or by the part after its slash if only one code has it.
fn find_code(name: &str) -> Option<Code> {
    let name = name.trim_matches(|c: char| "[]".contains(c) || c.is_whitespace());
    Code::named(name).or_else(|| {
        let mut matching =
            Code::ALL.iter().filter(|code| code.name().split('/').nth(1) == Some(name));
        match (matching.next(), matching.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    })
}

fn unknown_code(name: &str, language: MessageLanguage) -> String {
    match (language, closest(name, Code::ALL.iter().map(|code| code.name()))) {
        (MessageLanguage::English, Some(near)) => {
            format!("there is no code `{name}`; did you mean `{near}`?")
        }
        (MessageLanguage::English, None) => {
            format!("there is no code `{name}`; `gazette explain` lists all codes")
        }
        (MessageLanguage::Chinese, Some(near)) => {
            format!("没有名为 `{name}` 的代码；您是否想写 `{near}`？")
        }
        (MessageLanguage::Chinese, None) => {
            format!("没有名为 `{name}` 的代码；`gazette explain` 会列出全部代码")
        }
    }
}

/// A code with the first sentence of its explanation.
fn list_entry(code: Code, language: MessageLanguage) -> String {
    let explanation = Explanation::of(code);
    let first = explanation
        .as_ref()
        .and_then(|explanation| explanation.text(language).trim().lines().next())
        .unwrap_or_default();
    format!("{:<32} {first}", code.name())
}
