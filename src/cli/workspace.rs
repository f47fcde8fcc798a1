//! The content folder that `new`, `amend`, `number` and `kit` work on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::{Timestamp, civil};

use super::output::{CommandResult, Failure, print_error};
use super::shared_arguments::find_content_folder;
use crate::content::Content;
use crate::diagnostic::{Diagnostics, Message, MessageLanguage, Severity, closest, message};
use crate::language::Language;
use crate::record;
use crate::source::{Snapshot, Source};

/// The most names that an error lists if none resembles the unknown one.
const MAX_LISTED_NAMES: usize = 12;

#[derive(Debug, Clone, Args)]
pub(super) struct FolderArguments {
    /// The content folder (default: `content` in the current folder).
    #[arg(long, env = "GAZETTE_CONTENT", value_name = "DIR")]
    content: Option<PathBuf>,
}

pub(super) struct Workspace {
    pub(super) folder: PathBuf,
    pub(super) snapshot: Snapshot,
    /// The content as far as it could be parsed.
    pub(super) content: Arc<Content>,
    /// The language of messages.
    pub(super) message_language: MessageLanguage,
}

impl Workspace {
    /// Reads a content folder. Errors in its files are ignored.
    pub(super) fn open(
        arguments: &FolderArguments,
        message_language: MessageLanguage,
    ) -> Result<Self, Failure> {
        let found = find_content_folder(arguments.content.as_ref(), message_language)?;
        let folder = found.ok_or_else(|| {
            let message = message!(
                "there is no folder `content` here; give the content folder with `--content`",
                "当前文件夹下没有 `content`；请用 `--content` 指定内容文件夹"
            );
            Failure::Usage(message.get(message_language).to_owned())
        })?;
        let name = folder.display();
        let (snapshot, _) = Source::Directory(folder.clone()).snapshot().map_err(|error| {
            let message = message!(
                "{error}; give the content folder with `--content`",
                "{error}；请用 `--content` 指定内容文件夹"
            );
            Failure::Usage(message.get(message_language).to_owned())
        })?;
        if snapshot.text("site.toml").is_none() {
            let message = message!(
                "`{name}` has no `site.toml`, so it is not a content folder; give one with \
                 `--content`",
                "`{name}` 中没有 `site.toml`，不是内容文件夹；请用 `--content` 指定"
            );
            return Err(Failure::Usage(message.get(message_language).to_owned()));
        }
        let content = record::load(&snapshot, Diagnostics::default(), None).content;
        Ok(Self { folder, snapshot, content, message_language })
    }

    /// A failure with this message.
    pub(super) fn error(&self, message: &Message) -> Failure {
        Failure::Message(message.get(self.message_language).to_owned())
    }

    /// Fails with the first error of a snapshot, which has to be corrected first.
    pub(super) fn refuse_errors(&self, snapshot: &Snapshot) -> CommandResult {
        let found = record::load(snapshot, Diagnostics::default(), None).diagnostics;
        let mut found = found.into_sorted().into_iter();
        let Some(error) = found.find(|one| one.severity == Severity::Error) else {
            return Ok(());
        };
        let (path, text) = (self.display_path(&error.path), error.message);
        Err(self.error(&message!(
            "{path}: {text}; correct it first: `gazette check` shows all errors",
            "{path}：{text}；请先改正，`gazette check` 会列出全部错误"; text
        )))
    }

    /// A failure for an unknown name, which suggests a known one.
    pub(super) fn unknown_name(&self, message: &Message, name: &str, known: &[&str]) -> Failure {
        match closest(name, known.iter().copied()) {
            Some(near) => self.error(&message!(
                "{message}; did you mean `{near}`?",
                "{message}；您是否想写 `{near}`？"; message
            )),
            None if known.is_empty() || known.len() > MAX_LISTED_NAMES => self.error(message),
            None => {
                let names = Message::names(known);
                self.error(&message!(
                    "{message}; the names are {names}",
                    "{message}；已有{names}"; message, names
                ))
            }
        }
    }

    /// The site's language with this tag.
    pub(super) fn language(&self, tag: &str) -> Result<Language, Failure> {
        let languages = &self.content.site.languages;
        languages.find(tag).ok_or_else(|| {
            let known = Message::names(languages.tags());
            self.error(&message!(
                "`{tag}` is not a language of this site; its languages are {known}",
                "`{tag}` 不是本站的语言；本站的语言有{known}"; known
            ))
        })
    }

    /// Now, or the instant that an argument gives.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the clock and passes the instant on"
    )]
    pub(super) fn instant(at: Option<Timestamp>) -> Timestamp {
        at.unwrap_or_else(Timestamp::now)
    }

    /// The day in the site's time zone, now or at an instant.
    pub(super) fn today(&self, at: Option<Timestamp>) -> civil::Date {
        self.content.site.zone.to_datetime(Self::instant(at)).date()
    }

    /// Prints a line on standard error.
    pub(super) fn print_note(&self, message: &Message) {
        print_error(message.get(self.message_language));
    }

    /// The path inside the content folder of a file that is named relative to the current folder
    /// or to the content folder.
    pub(super) fn content_path(&self, path: &Path) -> String {
        let (folder, absolute) = (absolute_path(&self.folder), absolute_path(path));
        absolute.strip_prefix(&folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// The path of a content file, relative to the current folder.
    pub(super) fn display_path(&self, path: &str) -> String {
        self.folder.join(path).display().to_string()
    }
}

/// The path of a folder relative to one that contains it, or its name if that one does not.
pub(super) fn relative_path(folder: &Path, root: &Path) -> String {
    let (folder, root) = (absolute_path(folder), absolute_path(root));
    let relative = folder.strip_prefix(&root).ok().filter(|rest| !rest.as_os_str().is_empty());
    let path = relative.or_else(|| folder.file_name().map(Path::new)).unwrap_or(&folder);
    path.to_string_lossy().replace('\\', "/")
}

fn absolute_path(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
