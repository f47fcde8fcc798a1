//! `gazette kit`: what helps editors, as files beside the content folder.

use std::path::{Path, PathBuf};

use clap::Args;

use super::workspace::{FolderArguments, Workspace, relative};
use super::{Failure, LanguageArguments, Outcome, output};
use crate::diagnostic::{Message, message};
use crate::editor::kit::{self, Ownership, Repository, SiteOutline};
use crate::source::{read_file, replace_file};

#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// Where to write; without it, the folder that holds the content folder.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    content: FolderArguments,
    #[command(flatten)]
    message_language: LanguageArguments,
    /// Write nothing, and fail when the kit is not what it would be now.
    #[arg(long)]
    check: bool,
    /// The repository at GitHub that forms in the browser write to; without it, the one that is configured already.
    #[arg(long, value_name = "OWNER/NAME", value_parser = repository)]
    repository: Option<String>,
    /// The branch that they write to.
    #[arg(long, value_name = "BRANCH", requires = "repository")]
    branch: Option<String>,
}

fn repository(text: &str) -> Result<String, String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    match text.split_once('/') {
        Some((owner, name)) if is_name(owner) && is_name(name) => Ok(text.to_owned()),
        _ => Err("write it as `owner/name`".to_owned()),
    }
}

/// What is to be done with a file of the kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is as it would be written.
    Fresh,
    /// It is not there.
    Missing,
    /// The kit wrote it, and would write another now.
    Stale,
    /// The kit wrote it, and somebody changed it.
    Changed,
    /// It is somebody's own.
    Foreign,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let message_language = arguments.message_language.get();
    let workspace = Workspace::open(&arguments.content, message_language)?;
    let folder = arguments.folder.clone().unwrap_or_else(|| parent(&workspace.folder));
    let outline = SiteOutline::new(&workspace.content, &relative(&workspace.folder, &folder));
    let repository = arguments.repository(&folder)?;
    let mut has_failed = false;
    let mut fresh = 0;
    for (path, text) in kit::files(&outline, &repository) {
        let state = state(&folder, &path, &text)?;
        if matches!(state, State::Missing | State::Stale) && !arguments.check {
            let place = folder.join(&path);
            replace_file(&place, text.as_bytes()).map_err(|error| {
                Failure::Message(format!("cannot write `{}`: {error}", place.display()))
            })?;
        }
        fresh += usize::from(state == State::Fresh);
        has_failed |= state == State::Changed
            || (arguments.check && matches!(state, State::Missing | State::Stale));
        if let Some(line) = line(state, &folder.join(&path), arguments.check) {
            output::answer(line.get(message_language))?;
        }
    }
    if fresh > 0 {
        workspace.tell(&message!("{fresh} files are up to date", "{fresh} 个文件已是最新"));
    }
    tell_mixed(&workspace, &outline);
    if has_failed { Err(Failure::Reported) } else { Ok(()) }
}

impl Arguments {
    /// The repository that was asked for, or the one that the last kit named.
    fn repository(&self, folder: &Path) -> Result<Repository, Failure> {
        let default = Repository::default();
        if let Some(name) = &self.repository {
            return Ok(Repository {
                name: name.clone(),
                branch: self.branch.clone().unwrap_or(default.branch),
            });
        }
        let config = read(folder, kit::CONFIG_PATH)?;
        Ok(config.and_then(|config| Repository::named_in(&config)).unwrap_or(default))
    }
}

/// The folder that holds the content folder.
fn parent(content: &Path) -> PathBuf {
    match content.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) => PathBuf::from("."),
        None => content.to_owned(),
    }
}

fn read(folder: &Path, path: &str) -> Result<Option<String>, Failure> {
    let place = folder.join(path);
    let bytes = read_file(&place)
        .map_err(|error| Failure::Message(format!("cannot read `{}`: {error}", place.display())))?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

fn state(folder: &Path, path: &str, text: &str) -> Result<State, Failure> {
    let Some(found) = read(folder, path)? else { return Ok(State::Missing) };
    Ok(match kit::ownership(&found) {
        _ if found.replace("\r\n", "\n") == text => State::Fresh,
        Ownership::Generated => State::Stale,
        Ownership::Modified => State::Changed,
        Ownership::Foreign => State::Foreign,
    })
}

/// What is said about a file, if anything.
fn line(state: State, path: &Path, is_check: bool) -> Option<Message> {
    let path = path.display();
    Some(match (state, is_check) {
        (State::Fresh, _) => return None,
        (State::Missing | State::Stale, false) => message!("wrote {path}", "已写入 {path}"),
        (State::Missing, true) => {
            message!("missing {path}; run `gazette kit`", "缺少 {path}；请运行 `gazette kit`")
        }
        (State::Stale, true) => {
            message!("stale {path}; run `gazette kit`", "已过时 {path}；请运行 `gazette kit`")
        }
        (State::Changed, _) => message!(
            "refused {path}: it was changed by hand; delete it to have it written again, or its mark to keep it as your own",
            "未改动 {path}：文件被手工修改过；删除该文件可重新生成，删除其中的标记则归您自己维护"
        ),
        (State::Foreign, _) => {
            message!(
                "left alone {path}: it is not of the kit",
                "未改动 {path}：不是本工具生成的文件"
            )
        }
    })
}

/// Says which texts the forms cannot show, because some files write them in another way than the others.
fn tell_mixed(workspace: &Workspace, outline: &SiteOutline) {
    for key in outline.writing.keys() {
        let files = outline.unlike(key);
        let Some(first) = files.first().map(|path| workspace.shown(path)) else { continue };
        let count = files.len();
        workspace.tell(&message!(
            "note: `{key}` is one text in some files and one for each language in others, so that forms cannot show it in all of them: {count} differ, such as {first}",
            "提示：`{key}` 在有的文件中为一段文字，在有的文件中按语言分写，表单无法全部显示：{count} 个文件不同，例如 {first}"
        ));
    }
}
