//! Access to the file system, which no other module has.
//!
//! [`Source::snapshot`] reads all content once, so that one compile sees one state of the folder.
//! Files that cannot be used are left out of the snapshot and reported as diagnostics.

mod directory;
mod embedded;
mod encoding;
mod entry;
mod export;
mod file_state;
mod files;
mod history;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use bytestring::ByteString;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, message};

use file_state::FileState;

pub use embedded::{assets, starter_templates};
pub use export::{ExportError, ExportWriter};
pub use files::{
    WriteError, read_file, replace_file, replace_private_file, try_to_write_in, write_new,
};
pub use history::longest_committed_text;
pub use watch::FolderWatcher;

/// The size limit of Markdown, TOML and Fluent files, in bytes: 1 MiB.
pub const MAX_TEXT_BYTES: u64 = 1 << 20;

/// The size limit of other files (images, PDF), in bytes: 32 MiB.
pub const MAX_FILE_BYTES: u64 = 32 << 20;

/// A content folder.
#[derive(Debug, Clone)]
pub enum Source {
    /// The folder `content/` that was embedded when the binary was built.
    Embedded,
    /// A folder on disk.
    Directory(PathBuf),
}

/// A failure to read the content folder, or a file or folder in it.
#[derive(Debug)]
pub struct SourceError {
    path: PathBuf,
    /// Whether `path` is the content folder itself.
    is_folder: bool,
    cause: std::io::Error,
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = if self.is_folder { "the content folder " } else { "" };
        write!(out, "cannot read {what}`{}`: {}", self.path.display(), self.cause)
    }
}

impl SourceError {
    /// The message in both languages.
    #[must_use]
    pub fn message(&self) -> Message {
        let (en, path) = (self.to_string(), self.path.display());
        let what = if self.is_folder { "内容文件夹 " } else { "" };
        let cause = match self.cause.kind() {
            ErrorKind::NotFound => "没有这个文件夹".to_owned(),
            ErrorKind::PermissionDenied => "没有访问权限".to_owned(),
            ErrorKind::NotADirectory => "它不是文件夹".to_owned(),
            _ => self.cause.to_string(),
        };
        Message::new(en, format!("无法读取{what}`{path}`：{cause}"))
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Whether a folder has a `site.toml`, as every content folder does.
#[must_use]
pub fn is_content_folder(folder: &Path) -> bool {
    folder.join("site.toml").is_file()
}

/// The nearest content folder that a folder is or is in, with all links resolved. The folder need
/// not exist.
#[must_use]
pub fn enclosing_content_folder(folder: &Path) -> Option<PathBuf> {
    let written = std::path::absolute(folder).ok()?;
    // `../new` is not in the folder before the dots.
    let existing = written.ancestors().find_map(|folder| folder.canonicalize().ok())?;
    existing.ancestors().find(|folder| is_content_folder(folder)).map(Path::to_path_buf)
}

/// Whether there is a folder at a path.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a path, which need not exist yet, is a folder or is in it, with all links resolved.
#[must_use]
pub fn is_within(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = std::path::absolute(folder) else { return false };
    let Ok(path) = std::path::absolute(path) else { return false };
    directory::resolved(&path).starts_with(directory::resolved(&folder))
}

impl Source {
    /// Reads every file, and reports each that cannot be used.
    ///
    /// # Errors
    /// Fails if the folder does not exist, or if it or anything in it cannot be read.
    pub fn snapshot(&self) -> Result<(Snapshot, Diagnostics), SourceError> {
        self.snapshot_after(&Snapshot::default())
    }

    /// Reads as [`Source::snapshot`] does. Files that have not changed since the last snapshot are
    /// those of the last snapshot.
    ///
    /// # Errors
    /// Fails as [`Source::snapshot`] does.
    pub fn snapshot_after(&self, last: &Snapshot) -> Result<(Snapshot, Diagnostics), SourceError> {
        let collected = match self {
            Self::Embedded => {
                let mut collected = Collected::default();
                embedded::read(&mut collected);
                collected
            }
            Self::Directory(folder) => directory::read(folder, last)?,
        };
        Ok((
            Snapshot {
                files: collected.files.into_iter().collect(),
                non_utf8: collected.non_utf8,
                left_out: collected.left_out,
            },
            collected.diagnostics,
        ))
    }

    /// The folder's name as the editor knows it, to be put before paths in messages.
    #[must_use]
    pub fn root(&self) -> String {
        match self {
            Self::Embedded => "content".to_owned(),
            Self::Directory(folder) => folder.display().to_string(),
        }
    }
}

/// The files of a content folder at one moment. Paths are relative to the folder, with `/` between
/// names.
#[derive(Debug, Default, Clone)]
pub struct Snapshot {
    files: BTreeMap<Arc<str>, File>,
    /// Text files that are not UTF-8, decoded lossily.
    non_utf8: BTreeMap<Arc<str>, String>,
    /// Files that exist and are left out, because they are not UTF-8 or too large.
    left_out: BTreeSet<Arc<str>>,
}

/// A file of a snapshot.
#[derive(Debug, Clone)]
struct File {
    bytes: Bytes,
    /// The state on disk by which a later change is noticed; none if it would not tell.
    state: Option<FileState>,
}

impl Snapshot {
    /// All files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Bytes)> {
        self.files.iter().map(|(path, file)| (path, &file.bytes))
    }

    /// Files that exist and were left out, because they are not UTF-8 or too large. Each has a
    /// diagnostic.
    pub fn left_out(&self) -> impl Iterator<Item = &Arc<str>> {
        self.left_out.iter()
    }

    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Bytes> {
        self.files.get(path).map(|file| &file.bytes)
    }

    /// A file's text. Text files of a snapshot are always UTF-8; for other files this may be
    /// `None`.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.file(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// A file's text as a part of the snapshot's bytes, which stay in memory with it.
    #[must_use]
    pub fn shared_text(&self, path: &str) -> Option<ByteString> {
        self.file(path).and_then(|bytes| ByteString::try_from(bytes.clone()).ok())
    }

    /// Adds a file, or replaces it.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Bytes>) -> Self {
        self.files.insert(Arc::from(path), File { bytes: bytes.into(), state: None });
        self
    }

    /// A file's text for display, also of text files that were left out because they are not UTF-8.
    #[must_use]
    pub fn text_lossy(&self, path: &str) -> Option<&str> {
        self.text(path).or_else(|| self.non_utf8.get(path).map(String::as_str))
    }
}

impl FromIterator<(String, Vec<u8>)> for Snapshot {
    /// Makes a snapshot in memory, for generated content and tests.
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(path, bytes)| {
                    (Arc::from(path), File { bytes: Bytes::from(bytes), state: None })
                })
                .collect(),
            non_utf8: BTreeMap::new(),
            left_out: BTreeSet::new(),
        }
    }
}

/// The files and diagnostics that a reader has collected so far.
#[derive(Default)]
struct Collected {
    /// In any order; no path twice.
    files: Vec<(Arc<str>, File)>,
    non_utf8: BTreeMap<Arc<str>, String>,
    left_out: BTreeSet<Arc<str>>,
    diagnostics: Diagnostics,
}

impl Collected {
    /// Adds a file. A text file that is not UTF-8 is reported instead.
    fn add(&mut self, path: Arc<str>, file: File) {
        if is_text(&path)
            && let Err(error) = std::str::from_utf8(&file.bytes)
        {
            let at = error.valid_up_to();
            let help = message!(
                "save the file again with the encoding set to UTF-8",
                "请以 UTF-8 编码重新保存本文件"
            );
            let message = match encoding::guess(&file.bytes) {
                Some(name) => message!(
                    "this file is encoded in {name}, and not in UTF-8",
                    "本文件的编码是 {name}，而不是 UTF-8"
                ),
                None => message!(
                    "this file is not UTF-8 text from here on",
                    "本文件从这里起不是 UTF-8 编码的文字"
                ),
            };
            let wrong = Diagnostic::error(Code::NotUtf8, &path, at..at + 1, message);
            self.diagnostics.push(wrong.help(help));
            self.left_out.insert(Arc::clone(&path));
            self.non_utf8.insert(path, String::from_utf8_lossy(&file.bytes).into_owned());
            return;
        }
        self.files.push((path, file));
    }

    /// Reports a file above the size limit.
    fn reject_too_large(&mut self, path: &str, length: u64) {
        let limit = max_bytes(path);
        let message = message!(
            "this file has {length} bytes; the limit is {limit}",
            "本文件有 {length} 字节，上限为 {limit} 字节"
        );
        let help = if path == "site.toml" {
            message!(
                "keep only the settings of the site in it; texts belong into pages",
                "该文件只应写网站的设置；文字请放在页面里"
            )
        } else if path.rsplit_once('.').is_some_and(|(_, extension)| extension == "ftl") {
            message!("keep only the messages of the interface in it", "该文件只应写界面用语")
        } else if is_text(path) {
            message!("split it into several bulletins", "请拆分为几份公报")
        } else {
            message!("make it smaller, or link to it instead", "请缩小文件，或改为链接到它")
        };
        let path = Arc::from(path);
        self.diagnostics.push(Diagnostic::error(Code::TooLarge, &path, 0..0, message).help(help));
        self.left_out.insert(path);
    }
}

fn max_bytes(path: &str) -> u64 {
    if is_text(path) { MAX_TEXT_BYTES } else { MAX_FILE_BYTES }
}

fn is_text(path: &str) -> bool {
    matches!(path.rsplit_once('.'), Some((_, "md" | "toml" | "ftl")))
}

/// Whether a file belongs to a tool and not to the site: `.git`, `.DS_Store`, backups and lock
/// files of editors and office programs, and what Windows keeps in folders.
fn is_ignored(name: &str) -> bool {
    name.starts_with('.') && name != ".well-known"
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
        || ["desktop.ini", "thumbs.db"].iter().any(|other| name.eq_ignore_ascii_case(other))
}
