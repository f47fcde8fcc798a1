//! Writing new files into a content folder.

use crate::cli::output::{CommandResult, Failure, print};
use crate::cli::workspace::Workspace;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Severity, message};
use crate::record;
use crate::source::{Snapshot, WriteError, write_new};

/// Writes files, given as paths inside the content folder and texts, unless they would cause an
/// error in the content. Prints their paths, and then the next step.
pub(super) fn write(
    workspace: &Workspace,
    files: &[(String, String)],
    next_step: &Message,
) -> CommandResult {
    if let Some(error) = first_new_error(workspace, files) {
        return Err(workspace.error(&refusal(&error)));
    }
    write_new(&workspace.folder, files).map_err(|error| match error {
        WriteError::Exists(path) => {
            let path = path.display();
            workspace.error(&message!(
                "`{path}` exists already; nothing was written",
                "`{path}` 已存在；未作任何改动"
            ))
        }
        error @ WriteError::Io(..) => Failure::Message(error.to_string()),
    })?;
    for (path, _) in files {
        print(&workspace.display_path(path))?;
    }
    workspace.print_note(next_step);
    Ok(())
}

/// The first error that the content has with the files but not without them.
fn first_new_error(workspace: &Workspace, files: &[(String, String)]) -> Option<Diagnostic> {
    let known = errors(&workspace.snapshot);
    let with_files = files.iter().fold(workspace.snapshot.clone(), |snapshot, (path, text)| {
        snapshot.with(path, text.clone())
    });
    errors(&with_files).into_iter().find(|error| {
        !known.iter().any(|other| {
            other.path == error.path && other.code == error.code && other.message == error.message
        })
    })
}

fn errors(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let diagnostics = record::load(snapshot, Diagnostics::default(), None).diagnostics;
    let mut errors = diagnostics.into_sorted();
    errors.retain(|diagnostic| diagnostic.severity == Severity::Error);
    errors
}

/// The message of an error with its remedy, in one line.
fn refusal(error: &Diagnostic) -> Message {
    let message = &error.message;
    let help = match (error.code, &error.help) {
        (Code::BadName | Code::DuplicateSlug | Code::DuplicateAlias, _) => {
            message!("choose another name with `--slug`", "请用 `--slug` 指定其他名称")
        }
        (_, Some(help)) => help.clone(),
        (_, None) => return message.clone(),
    };
    message!("{message}; {help}", "{message}；{help}"; message, help)
}
