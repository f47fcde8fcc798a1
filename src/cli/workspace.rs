//! What the commands for editors share: the content folder that they work on, and how they refuse.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::{Timestamp, civil};

use super::{Failure, output};
use crate::content::Content;
use crate::diagnostic::{Diagnostics, Message, MessageLanguage, closest, message};
use crate::language::Language;
use crate::record;
use crate::source::{Snapshot, Source};

/// How many names are listed where none is like the one that was asked for.
const MAX_NAMED: usize = 12;

/// Where the content is.
#[derive(Debug, Clone, Args)]
pub(super) struct FolderArguments {
    /// The content folder; without it, `content` in the folder that you are in.
    #[arg(long, env = "GAZETTE_CONTENT", value_name = "DIR")]
    content: Option<PathBuf>,
}

/// A content folder as an editor works on it.
pub(super) struct Workspace {
    /// The folder.
    pub(super) folder: PathBuf,
    /// Its files.
    pub(super) snapshot: Snapshot,
    /// What could be read of them.
    pub(super) content: Arc<Content>,
    /// The language of messages.
    pub(super) message_language: MessageLanguage,
}

impl Workspace {
    /// Reads the folder. Mistakes in files do not matter here; a folder that is none does.
    pub(super) fn open(
        arguments: &FolderArguments,
        message_language: MessageLanguage,
    ) -> Result<Self, Failure> {
        let folder = arguments.content.clone().unwrap_or_else(|| PathBuf::from("content"));
        let name = folder.display();
        let (snapshot, _) = Source::Directory(folder.clone()).snapshot().map_err(|error| {
            let help = message!(
                "{error}; name it with `--content`",
                "{error}；请用 `--content` 指定内容文件夹"
            );
            Failure::Unusable(help.get(message_language).to_owned())
        })?;
        if snapshot.text("site.toml").is_none() {
            let wrong = message!(
                "`{name}` has no `site.toml`, so it is no content folder; name one with `--content`",
                "`{name}` 中没有 `site.toml`，不是内容文件夹；请用 `--content` 指定"
            );
            return Err(Failure::Unusable(wrong.get(message_language).to_owned()));
        }
        let content = record::load(&snapshot, Diagnostics::default(), None).content;
        Ok(Self { folder, snapshot, content, message_language })
    }

    /// A failure in one line.
    pub(super) fn refuse(&self, message: &Message) -> Failure {
        Failure::Message(message.get(self.message_language).to_owned())
    }

    /// Refuses a name that nothing has, with the one that may be meant.
    pub(super) fn unknown(&self, what: &Message, name: &str, known: &[&str]) -> Failure {
        match closest(name, known.iter().copied()) {
            Some(near) => {
                let (en, zh) = (what.en(), what.zh());
                self.refuse(&Message::new(
                    format!("{en}; did you mean `{near}`?"),
                    format!("{zh}；您是否想写 `{near}`？"),
                ))
            }
            None if known.is_empty() || known.len() > MAX_NAMED => self.refuse(what),
            None => {
                let (names, en, zh) = (Message::names(known), what.en(), what.zh());
                self.refuse(&message!("{en}; there are {names}", "{zh}；已有{names}"; names))
            }
        }
    }

    /// The language of the site with this tag.
    pub(super) fn language(&self, tag: &str) -> Result<Language, Failure> {
        let languages = &self.content.site.languages;
        languages.find(tag).ok_or_else(|| {
            let known = Message::names(languages.tags());
            self.refuse(&message!(
                "`{tag}` is not a language of this site; the languages are {known}",
                "`{tag}` 不是本站的语言；本站的语言有{known}"; known
            ))
        })
    }

    /// The day in the site's zone.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the clock and hands the day on"
    )]
    pub(super) fn today(&self, at: Option<Timestamp>) -> civil::Date {
        self.content.site.zone.to_datetime(at.unwrap_or_else(Timestamp::now)).date()
    }

    /// One line for people on standard error.
    pub(super) fn tell(&self, wording: &Message) {
        output::line(wording.get(self.message_language));
    }

    /// A path inside the content folder as the editor knows it.
    pub(super) fn shown(&self, path: &str) -> String {
        self.folder.join(path).display().to_string()
    }
}

/// A folder as seen from another one that holds it, or its own name where that one does not hold it.
pub(super) fn relative(folder: &Path, root: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (folder, root) = (absolute(folder), absolute(root));
    let relative = folder.strip_prefix(&root).ok().filter(|rest| !rest.as_os_str().is_empty());
    let shown = relative.or_else(|| folder.file_name().map(Path::new)).unwrap_or(&folder);
    shown.to_string_lossy().replace('\\', "/")
}
