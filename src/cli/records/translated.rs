//! `gazette translated`: records in a translation that it says what its original says now.

use std::path::PathBuf;

use clap::Args;

use crate::cli::output::{CommandResult, Failure, print};
use crate::cli::shared_arguments::LanguageArguments;
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::content::{Content, Text, double_quoted, record_of};
use crate::diagnostic::{Diagnostics, message};
use crate::record;
use crate::source::replace_file;

#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Arguments {
    /// The translation, such as `content/bulletins/2022-development-goals.zh.md`.
    #[arg(value_name = "FILE")]
    path: PathBuf,
    #[command(flatten)]
    content: FolderArguments,
    #[command(flatten)]
    language: LanguageArguments,
}

/// Writes the key `translated` into the file, or renews it. All else in the file stays as it is.
pub(in crate::cli) fn run(arguments: &Arguments) -> CommandResult {
    let workspace = Workspace::open(&arguments.content, arguments.language.get())?;
    let path = workspace.content_path(&arguments.path);
    let Some((text, original)) = find_translation(&workspace.content, &path) else {
        let translations = workspace.content.all_texts().flat_map(|texts| texts.all().skip(1));
        let translations: Vec<&str> = translations.map(|text| &*text.path).collect();
        let message =
            message!("`{path}` is not a translation of a page", "`{path}` 不是任何页面的译文");
        return Err(workspace.unknown_name(&message, &path, &translations));
    };
    let record = record_of(original);
    let source = workspace.snapshot.text(&path).unwrap_or_default();
    let written = with_record(source, text, &record);
    let snapshot = workspace.snapshot.clone().with(&path, written.clone());
    let after = record::load(&snapshot, Diagnostics::default(), None);
    let found =
        find_translation(&after.content, &path).and_then(|(text, _)| text.translated.as_ref());
    if found.is_none_or(|found| found.value != record) {
        return Err(workspace.error(&message!(
            "the front matter of `{path}` cannot be changed; correct its errors first",
            "无法修改 `{path}` 的文件头信息；请先改正其中的错误"
        )));
    }
    let file = workspace.folder.join(&path);
    replace_file(&file, written.as_bytes())
        .map_err(|error| Failure::Message(format!("cannot write {}: {error}", file.display())))?;
    print(&workspace.display_path(&path))
}

/// Finds a translation by its path, with its original.
fn find_translation<'c>(content: &'c Content, path: &str) -> Option<(&'c Text, &'c Text)> {
    content.all_texts().find_map(|texts| {
        let text = texts.all().skip(1).find(|text| *text.path == *path)?;
        Some((text, texts.original()))
    })
}

/// The source of a translation with another record, in the place of the one before or as the last
/// key.
fn with_record(source: &str, text: &Text, record: &str) -> String {
    let value = double_quoted(record);
    if let Some(before) = &text.translated {
        let (start, end) = (before.span.start, before.span.end);
        return [&source[..start], &value, &source[end..]].concat();
    }
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut at = 0;
    let fence = source.split_inclusive('\n').enumerate().find_map(|(index, line)| {
        let start = at;
        at += line.len();
        (index > 0 && line.trim_end() == "---").then_some(start)
    });
    let end = fence.unwrap_or_default();
    [&source[..end], "translated: ", &value, newline, &source[end..]].concat()
}
