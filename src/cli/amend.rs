//! `gazette amend`: keeps the public text of a bulletin, and begins the note of its change.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::output::{CommandResult, Failure, print};
use super::shared_arguments::{LanguageArguments, parse_instant};
use super::workspace::{FolderArguments, Workspace};
use crate::content::{Bulletin, Text, yaml_text};
use crate::diagnostic::message;
use crate::editor::amendment::add_change;
use crate::editor::kit::scaffold::{self, Words};
use crate::record::Visibility;
use crate::source::{replace_file, write_new};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The bulletin, such as `content/bulletins/childcare.md`, before its text is changed.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The note of the change, for readers (default: a sentence to be replaced).
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    content: FolderArguments,
    #[command(flatten)]
    language: LanguageArguments,
    /// Keep the text that is public at this instant, such as `2024-11-20T12:00:00+08:00` (default:
    /// now).
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = parse_instant)]
    at: Option<Timestamp>,
}

/// Writes the public text of every language beside its file, and adds a change of today to the
/// bulletin.
pub(super) fn run(arguments: &Arguments) -> CommandResult {
    let workspace = Workspace::open(&arguments.content, arguments.language.get())?;
    let bulletin = find_bulletin(&workspace, arguments)?;
    let today = workspace.today(arguments.at);
    let day = public_since(&workspace, bulletin, arguments)?;
    let original = bulletin.texts.original();
    let shown = workspace.display_path(&original.path);
    let note = match &arguments.note {
        Some(note) => yaml_text(note),
        None => {
            let languages: Vec<&str> = workspace.content.site.languages.tags().collect();
            scaffold::change_note(&languages)
        }
    };
    let source = workspace.snapshot.text(&original.path).unwrap_or_default();
    let Some(amended) = add_change(source, original.body.offset, today, &note) else {
        // Front matter without an end, for example, has its own error.
        workspace.refuse_errors(&workspace.snapshot)?;
        return Err(workspace.error(&message!(
            "a change cannot be added to the front matter of {shown}; write `changes` with one \
             key on a line, and try again",
            "无法在 {shown} 的文件头信息中添加更改说明；请将 `changes` 写成每行一个键，再试一次"
        )));
    };
    let versions: Vec<(String, String)> = bulletin
        .texts
        .all()
        .map(|text| (version_path(&workspace, text, day), kept(text)))
        .collect();
    let after = versions
        .iter()
        .fold(workspace.snapshot.clone(), |all, (path, text)| all.with(path, text.clone()));
    workspace.refuse_errors(&after.with(&original.path, amended.clone()))?;
    write_new(&workspace.folder, &versions).map_err(|error| Failure::Message(error.to_string()))?;
    let path = workspace.folder.join(&*original.path);
    replace_file(&path, amended.as_bytes())
        .map_err(|error| Failure::Message(format!("cannot write {}: {error}", path.display())))?;
    for (path, _) in &versions {
        print(&workspace.display_path(path))?;
    }
    workspace.print_note(&message!(
        "next: change the text of {shown}, and write the note of {today} in its `changes`; \
         what was public until now is kept",
        "下一步：修改 {shown} 的正文，并写好 `changes` 中 {today} 的说明；此前公开的文字已保留"
    ));
    Ok(())
}

/// Finds the bulletin that has a file, be it the original or a translation.
fn find_bulletin<'w>(
    workspace: &'w Workspace,
    arguments: &Arguments,
) -> Result<&'w Bulletin, Failure> {
    let path = workspace.content_path(&arguments.path);
    let bulletins = &workspace.content.bulletins;
    let found = bulletins.iter().find(|it| it.texts.all().any(|text| *text.path == *path));
    found.map(|bulletin| &**bulletin).ok_or_else(|| {
        let known: Vec<&str> = bulletins.iter().map(|bulletin| &**bulletin.path()).collect();
        let unknown = message!("`{path}` is not a bulletin", "`{path}` 不是公报");
        workspace.unknown_name(&unknown, &path, &known)
    })
}

/// The day from which the present text is public. An error if there is nothing to keep: it is not
/// public, or of this day, or a change is still to come.
fn public_since(
    workspace: &Workspace,
    bulletin: &Bulletin,
    arguments: &Arguments,
) -> Result<Date, Failure> {
    let (instant, today) = (Workspace::instant(arguments.at), workspace.today(arguments.at));
    let path = workspace.display_path(bulletin.path());
    if Visibility::of(bulletin, instant) != Visibility::Public {
        return Err(workspace.error(&message!(
            "{path} is not public, so there is no public text to keep; change the file itself",
            "{path} 没有公开，没有需要保留的公开文字；请直接修改该文件"
        )));
    }
    let changes = bulletin.facts.changes.iter().map(|change| change.on);
    let last = changes.fold(bulletin.facts.published.value, std::cmp::Ord::max).date();
    if last < today {
        return Ok(last);
    }
    Err(workspace.error(&if last == today {
        message!(
            "the text of {path} is of today, {last}, and only one text a day is kept: change \
             the file itself, and the note of today if there is one",
            "{path} 的文字是今天（{last}）的，每天只保留一份文字：请直接修改该文件；\
             如已有今天的更改说明，请一并修改"
        )
    } else {
        message!(
            "{path} has a change of {last}, which is still to come; change the file itself, or \
             remove that change first",
            "{path} 已有 {last} 的更改，日期尚未到；请直接修改该文件，或先删去这项更改"
        )
    }))
}

/// The path of an earlier version: `x.2022-06-01.zh.md` for `x.zh.md`.
fn version_path(workspace: &Workspace, text: &Text, day: Date) -> String {
    let stem = text.path.strip_suffix(".md").unwrap_or(&text.path);
    let tag = format!(".{}", workspace.content.site.languages.tag(text.language));
    match stem.strip_suffix(tag.as_str()) {
        Some(stem) => format!("{stem}.{day}{tag}.md"),
        None => format!("{stem}.{day}.md"),
    }
}

fn kept(text: &Text) -> String {
    let words = Words {
        title: &text.title.value,
        short_title: None,
        summary: text.summary.as_ref().map(|summary| summary.value.as_str()),
    };
    let version = scaffold::version(&words, &text.body.markdown);
    // A file has one kind of line ends.
    if version.contains("\r\n") {
        return version.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    version
}
