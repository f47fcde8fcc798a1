//! `gazette new`: a new file of content, which passes `check`. Nothing is ever overwritten.

mod page;
mod translation;

use clap::{Args, Subcommand};

use super::workspace::Workspace;
use super::{Failure, LanguageArguments, Outcome, output};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Severity, message};
use crate::record;
use crate::source::{Snapshot, WriteError, write_new};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, Subcommand)]
enum What {
    /// A bulletin, as a draft.
    Bulletin(page::BulletinArguments),
    /// A goal, as a draft.
    Goal(page::GoalArguments),
    /// A category of goals.
    Category(page::CategoryArguments),
    /// A section of bulletins.
    Section(page::SectionArguments),
    /// A file in another language, with the words of the original to be translated.
    Translation(translation::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let message_language = LanguageArguments::of_environment();
    match &arguments.what {
        What::Bulletin(arguments) => page::bulletin(arguments, message_language),
        What::Goal(arguments) => page::goal(arguments, message_language),
        What::Category(arguments) => page::category(arguments, message_language),
        What::Section(arguments) => page::section(arguments, message_language),
        What::Translation(arguments) => translation::run(arguments, message_language),
    }
}

/// Writes files into the content folder, unless the content would have an error by them; then says what to do next.
fn write(workspace: &Workspace, files: &[(String, String)], next: &Message) -> Outcome {
    if let Some(wrong) = first_new_error(workspace, files) {
        return Err(workspace.refuse(&refusal(&wrong)));
    }
    write_new(&workspace.folder, files).map_err(|error| match error {
        WriteError::Exists(path) => {
            let path = path.display();
            workspace.refuse(&message!(
                "`{path}` exists; nothing was changed",
                "`{path}` 已存在；未作任何改动"
            ))
        }
        error @ WriteError::Io(..) => Failure::Message(error.to_string()),
    })?;
    for (path, _) in files {
        output::answer(&workspace.shown(path))?;
    }
    workspace.tell(next);
    Ok(())
}

/// The first error that the content has with the files and not without them.
fn first_new_error(workspace: &Workspace, files: &[(String, String)]) -> Option<Diagnostic> {
    let errors = |snapshot: &Snapshot| {
        let found = record::load(snapshot, Diagnostics::default(), None).diagnostics.into_sorted();
        found.into_iter().filter(|one| one.severity == Severity::Error).collect::<Vec<_>>()
    };
    let known = errors(&workspace.snapshot);
    let with = files
        .iter()
        .fold(workspace.snapshot.clone(), |all, (path, text)| all.with(path, text.clone()));
    let is_new = |one: &Diagnostic| {
        !known.iter().any(|other| {
            other.path == one.path && other.code == one.code && other.message == one.message
        })
    };
    errors(&with).into_iter().find(is_new)
}

/// What stands in the way of a file, in one line.
fn refusal(wrong: &Diagnostic) -> Message {
    let message = &wrong.message;
    let (en, zh) = match (wrong.code, &wrong.help) {
        (Code::BadName | Code::DuplicateSlug | Code::DuplicateAlias, _) => {
            let other = message!("choose another name with `--slug`", "请用 `--slug` 指定其他名称");
            (other.en().to_owned(), other.zh().to_owned())
        }
        (_, Some(help)) => (help.en().to_owned(), help.zh().to_owned()),
        (_, None) => return message.clone(),
    };
    Message::new(format!("{}; {en}", message.en()), format!("{}；{zh}", message.zh()))
}
