//! Reads a content folder from disk.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use rayon::prelude::*;

use super::file_state::FileState;
use super::{Collected, Snapshot, SourceError, is_ignored, max_bytes};
use crate::diagnostic::{Code, Diagnostic, Message, message};

/// The pause before the second attempt; each further one waits that much longer.
const PAUSE: Duration = Duration::from_millis(50);

/// Folders nested deeper than this hold no pages and are not read.
const MAX_DEPTH: usize = 8;

/// How often a folder that changes meanwhile is read.
const MAX_ATTEMPTS: u32 = 6;

/// Reads the folder as it is at one moment: if anything changed during the read, it is read again.
/// Files with the same state as in the `last` snapshot are not opened.
pub(super) fn read(folder: &Path, last: &Snapshot) -> Result<Collected, SourceError> {
    let folder_error = |cause| SourceError { path: folder.to_owned(), is_folder: true, cause };
    for attempt in 0..MAX_ATTEMPTS {
        // A publication under way gets more time with each attempt.
        thread::sleep(PAUSE * attempt);
        let root = find_root(folder).map_err(folder_error)?;
        let (before, started) = (scan(&root), SystemTime::now());
        let mut collected = Collected::default();
        let mut walk = Walk {
            root: &root,
            named: folder,
            started,
            last,
            collected: &mut collected,
            files: Vec::new(),
        };
        walk.read_folder(&root, "", 0)?;
        walk.read_files()?;
        if scan(&root) == before {
            return Ok(collected);
        }
    }
    let cause =
        io::Error::other("it changes while it is read; try again when nothing writes to it");
    Err(folder_error(cause))
}

/// The state of everything in a folder by which a change is noticed, in order.
///
/// Hidden entries are included: a Kubernetes `ConfigMap` is replaced by renaming the link `..data`.
fn scan(root: &Path) -> FolderState {
    let mut states = Vec::new();
    scan_folder(root, 0, &mut states);
    states
}

/// The state of everything in a folder, in order.
pub(super) type FolderState = Vec<EntryState>;

/// The state of a folder by which a watcher notices changes; `None` if there is no folder.
///
/// Files of tools are left out, such as those that an editor makes while a file is open, and so are
/// the times of folders, which those files change.
pub(super) fn state(folder: &Path) -> Option<FolderState> {
    let mut states = scan(&find_root(folder).ok()?);
    states.retain(|state| {
        let name = state.path.file_name().and_then(|name| name.to_str());
        state.target.is_some() || !name.is_some_and(is_ignored)
    });
    for state in &mut states {
        if state.is_folder {
            state.metadata = None;
        }
    }
    Some(states)
}

/// The path of a folder without links, and its device and inode.
pub(super) fn root_identity(folder: &Path) -> io::Result<(PathBuf, (u64, u64))> {
    let root = find_root(folder)?;
    let metadata = fs::metadata(&root)?;
    Ok((root, (metadata.dev(), metadata.ino())))
}

/// The target of a link, as it is written.
pub(super) fn link_target(link: &Path) -> io::Result<PathBuf> {
    fs::read_link(link)
}

/// One file, folder or link. Errors are states too: a file may vanish between two calls.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EntryState {
    path: PathBuf,
    is_folder: bool,
    /// The target of a link, with all links in its path resolved.
    target: Option<PathBuf>,
    metadata: Option<FileState>,
}

fn scan_folder(folder: &Path, depth: usize, states: &mut Vec<EntryState>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<(PathBuf, fs::DirEntry)> =
        entries.flatten().map(|entry| (entry.path(), entry)).collect();
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let found: Vec<EntryState> = entries.into_par_iter().map(EntryState::new).collect();
    for state in found {
        let name = state.path.file_name();
        let is_hidden = name.is_some_and(|name| name.as_encoded_bytes()[0] == b'.');
        // Hidden folders, such as `.git`, are not read; links to them are followed by their name.
        let inner =
            (state.is_folder && !is_hidden && depth < MAX_DEPTH).then(|| state.path.clone());
        states.push(state);
        if let Some(inner) = inner {
            scan_folder(&inner, depth + 1, states);
        }
    }
}

impl EntryState {
    fn new((path, entry): (PathBuf, fs::DirEntry)) -> Self {
        let is_link = entry.file_type().is_ok_and(|file_type| file_type.is_symlink());
        let metadata = metadata(&entry).ok();
        Self {
            is_folder: metadata.as_ref().is_some_and(fs::Metadata::is_dir),
            target: is_link.then(|| fs::canonicalize(&path).ok()).flatten(),
            metadata: metadata.as_ref().map(FileState::new),
            path,
        }
    }
}

/// The metadata of a file, or of the target of a link. Without a link, the system need not look up
/// the whole path again.
fn metadata(entry: &fs::DirEntry) -> io::Result<fs::Metadata> {
    if entry.file_type()?.is_symlink() { fs::metadata(entry.path()) } else { entry.metadata() }
}

fn find_root(folder: &Path) -> io::Result<PathBuf> {
    let root = fs::canonicalize(folder)?;
    if root.is_dir() {
        Ok(root)
    } else {
        Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"))
    }
}

struct Walk<'a> {
    root: &'a Path,
    /// The folder as the user named it, for messages.
    named: &'a Path,
    /// When the walk began.
    started: SystemTime,
    last: &'a Snapshot,
    collected: &'a mut Collected,
    files: Vec<FoundFile>,
}

/// A file to read.
struct FoundFile {
    /// The path in the snapshot.
    path: Arc<str>,
    real: PathBuf,
    state: FileState,
}

impl Walk<'_> {
    fn read_folder(
        &mut self,
        folder: &Path,
        prefix: &str,
        depth: usize,
    ) -> Result<(), SourceError> {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = entries.map_err(|cause| self.read_error(prefix, cause))?;
        entries.sort_by_cached_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let path = format!("{prefix}{}", name.to_string_lossy());
                let message =
                    message!("this name is not UTF-8 text", "文件名不是 UTF-8 编码的文字");
                self.reject(Code::BadName, &path, message, message!("rename it", "请改名"));
                continue;
            };
            if is_ignored(name) {
                continue;
            }
            let path = format!("{prefix}{name}");
            match self.visit(&entry, &path) {
                Ok(Some(inner)) if depth < MAX_DEPTH => {
                    self.read_folder(&inner, &format!("{path}/"), depth + 1)?;
                }
                Ok(_) => {}
                // Removed after the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.read_error(&path, error)),
            }
        }
        Ok(())
    }

    /// Reads the files that were met, on all cores.
    fn read_files(&mut self) -> Result<(), SourceError> {
        let files = std::mem::take(&mut self.files);
        let read: Vec<io::Result<(Bytes, bool)>> =
            files.par_iter().map(|file| self.read_file(file)).collect();
        for (FoundFile { path, state, .. }, bytes) in files.into_iter().zip(read) {
            match bytes {
                Ok((bytes, is_known)) => {
                    if state.is_settled(self.started) {
                        self.collected.states.insert(Arc::clone(&path), state);
                    }
                    if is_known {
                        self.collected.files.insert(path, bytes);
                    } else {
                        self.collected.add(path, bytes);
                    }
                }
                // Removed after the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.read_error(&path, error)),
            }
        }
        Ok(())
    }

    /// The bytes of a file, and whether they are those of the last snapshot.
    fn read_file(&self, file: &FoundFile) -> io::Result<(Bytes, bool)> {
        match self.last.files.get(&file.path) {
            Some(bytes) if self.last.states.get(&file.path) == Some(&file.state) => {
                Ok((bytes.clone(), true))
            }
            _ => Ok((Bytes::from(fs::read(&file.real)?), false)),
        }
    }

    /// Notes one file for reading, or returns the folder to descend into.
    fn visit(&mut self, entry: &fs::DirEntry, path: &str) -> io::Result<Option<PathBuf>> {
        let real = entry.path();
        if entry.file_type()?.is_symlink()
            && !fs::canonicalize(&real).is_ok_and(|target| target.starts_with(self.root))
        {
            let message = message!(
                "this link points outside the content folder, or to a file that does not exist",
                "这个文件链接指向内容文件夹之外，或指向不存在的文件"
            );
            let help =
                message!("put a copy of the file here instead", "请改为在这里放一份文件副本");
            self.reject(Code::SymlinkEscape, path, message, help);
            return Ok(None);
        }
        let metadata = metadata(entry)?;
        if metadata.is_dir() {
            return Ok(Some(real));
        }
        if !metadata.is_file() {
            let message =
                message!("this is neither a file nor a folder", "这既不是文件，也不是文件夹");
            self.reject(Code::BadName, path, message, message!("remove it", "请删去它"));
        } else if metadata.len() > max_bytes(path) {
            self.collected.reject_too_large(path, metadata.len());
        } else {
            let state = FileState::new(&metadata);
            self.files.push(FoundFile { path: Arc::from(path), real, state });
        }
        Ok(None)
    }

    fn read_error(&self, path: &str, cause: io::Error) -> SourceError {
        SourceError { path: self.named.join(path), is_folder: path.is_empty(), cause }
    }

    fn reject(&mut self, code: Code, path: &str, message: Message, help: Message) {
        self.collected
            .diagnostics
            .push(Diagnostic::error(code, &Arc::from(path), 0..0, message).help(help));
    }
}
