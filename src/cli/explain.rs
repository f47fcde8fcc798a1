//! `gazette explain`: more about a code, with a wrong and a right example.

use clap::Args;

use super::{Failure, LanguageArguments, Outcome, output};
use crate::diagnostic::{Code, MessageLanguage, closest, explain};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The code, such as `front-matter/unknown-key`; without one, all are listed.
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Explain every code, as one page of Markdown.
    #[arg(long, conflicts_with = "code")]
    all: bool,
    #[command(flatten)]
    language: LanguageArguments,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let language = arguments.language.get();
    if arguments.all {
        return output::answer_bytes(explain::reference(language).as_bytes());
    }
    let Some(written) = &arguments.code else {
        return output::answer_lines(Code::ALL.iter().map(|code| line(*code, language)));
    };
    let Some(code) = find(written) else {
        return Err(Failure::Unusable(unknown(written, language)));
    };
    let text = explain::explained(code, language).unwrap_or_default();
    output::answer_bytes(format!("{code}\n\n{text}").as_bytes())
}

/// The code that is written in full, or by the part behind its slash where that is one code's alone.
fn find(written: &str) -> Option<Code> {
    let written = written.trim_matches(|c: char| "[]".contains(c) || c.is_whitespace());
    Code::named(written).or_else(|| {
        let mut ending =
            Code::ALL.iter().filter(|code| code.name().split('/').nth(1) == Some(written));
        ending.next().copied().filter(|_| ending.next().is_none())
    })
}

fn unknown(written: &str, language: MessageLanguage) -> String {
    let near = closest(written, Code::ALL.iter().map(|code| code.name()));
    match (language, near) {
        (MessageLanguage::English, Some(near)) => {
            format!("no code is called `{written}`; did you mean `{near}`?")
        }
        (MessageLanguage::English, None) => {
            format!("no code is called `{written}`; `gazette explain` lists them all")
        }
        (MessageLanguage::Chinese, Some(near)) => {
            format!("没有名为 `{written}` 的代码；您是否想写 `{near}`？")
        }
        (MessageLanguage::Chinese, None) => {
            format!("没有名为 `{written}` 的代码；`gazette explain` 会列出全部代码")
        }
    }
}

/// A code and the first sentence about it.
fn line(code: Code, language: MessageLanguage) -> String {
    let explanation = explain::Explanation::of(code);
    let first = explanation
        .as_ref()
        .and_then(|found| found.text(language).trim().lines().next())
        .unwrap_or_default();
    format!("{:<32} {first}", code.name())
}
