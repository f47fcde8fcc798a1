//! `gazette number`: gives every public bulletin its permanent number.

use clap::Args;
use jiff::Timestamp;

use super::ledger_history;
use crate::cli::output::{CommandResult, Failure, format_count, print_lines};
use crate::cli::shared_arguments::{LanguageArguments, parse_instant};
use crate::cli::workspace::{FolderArguments, Workspace};
use crate::content::LEDGER;
use crate::diagnostic::message;
use crate::language::Language;
use crate::record::Record;
use crate::source::{read_file, replace_file};

#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    content: FolderArguments,
    #[command(flatten)]
    language: LanguageArguments,
    /// Begin the ledger although earlier commits have numbers, of which none was published.
    #[arg(long)]
    first: bool,
    /// Number the bulletins that are public at this instant, such as `2024-11-20T12:00:00+08:00`
    /// (default: now).
    #[arg(long, env = "GAZETTE_AT", value_name = "INSTANT", value_parser = parse_instant)]
    at: Option<Timestamp>,
}

/// Adds a line to the ledger for each public bulletin without a number, in the order of their
/// publication, and prints the numbers.
pub(in crate::cli) fn run(arguments: &Arguments) -> CommandResult {
    let language = arguments.language.get();
    let workspace = Workspace::open(&arguments.content, language)?;
    workspace.refuse_errors(&workspace.snapshot)?;
    refuse_lost_numbers(&workspace, arguments.first)?;
    let record = Record::at(&workspace.content, Workspace::instant(arguments.at));
    let mut ledger = workspace.content.numbers.clone();
    let given: Vec<String> = unnumbered(&record)
        .into_iter()
        .map(|(year, page)| format!("{} {page}", ledger.add(year, page.clone())))
        .collect();
    let count = given.len();
    if count > 0 {
        let path = workspace.folder.join(LEDGER);
        replace_file(&path, ledger.to_toml().as_bytes()).map_err(|error| {
            Failure::Message(format!("cannot write {}: {error}", path.display()))
        })?;
    }
    print_lines(given.into_iter())?;
    if count == 0 {
        workspace.print_note(&message!(
            "every public bulletin has its number already",
            "每份已公开的公报都已有编号"
        ));
        return Ok(());
    }
    let (path, numbers) = (workspace.display_path(LEDGER), format_count(count, "new number"));
    workspace.print_note(&message!(
        "{numbers}; keep {path} under version control with the bulletins",
        "新增 {count} 个编号；请将 {path} 与公报一起纳入版本管理"
    ));
    Ok(())
}

/// Fails where numbers would be given a second time: if a commit has numbers that the ledger lacks,
/// or if the ledger cannot be read.
fn refuse_lost_numbers(workspace: &Workspace, is_first: bool) -> CommandResult {
    let path = workspace.display_path(LEDGER);
    let lost = ledger_history::lost_numbers(&workspace.folder, &workspace.content.numbers);
    if let (Some(lost), false) = (lost, is_first) {
        return Err(workspace.error(&message!(
            "{path}: {lost}; take them from there first, so that no number is given twice \
             (`git log -p -- {path}` shows them); if none was ever published, remove {path} and \
             run `gazette number --first`",
            "{path}：{lost}；请先找回，以免编号重复使用（可用 `git log -p -- {path}` 查看）；\
             如果这些编号从未公布，请删去 {path}，再运行 `gazette number --first`"; lost
        )));
    }
    if workspace.snapshot.text(LEDGER).is_some() {
        return if is_first {
            Err(workspace.error(&message!(
                "{path} exists, so that these are not the first numbers; run `gazette number`",
                "已有 {path}，并非首次编号；请运行 `gazette number`"
            )))
        } else {
            Ok(())
        };
    }
    if !matches!(read_file(&workspace.folder.join(LEDGER)), Ok(None)) {
        return Err(workspace.error(&message!(
            "{path} cannot be read; `gazette check` says why",
            "无法读取 {path}，原因见 `gazette check`"
        )));
    }
    Ok(())
}

/// The years and paths of the public bulletins without a number, the earliest first.
fn unnumbered(record: &Record<'_>) -> Vec<(i16, String)> {
    let bulletins = record.bulletin_ids().filter(|id| record.bulletin(*id).number.is_none());
    let mut pages: Vec<_> = bulletins
        .map(|id| {
            let published = record.bulletin(id).published();
            let path = record.bulletin_address(id, Language::DEFAULT).path;
            (published.instant, path, published.date().year())
        })
        .collect();
    pages.sort();
    pages.into_iter().map(|(_, path, year)| (year, path)).collect()
}
