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

/// Folders nested deeper than this are not read.
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
        let mut collected = Collected::default();
        let mut walk = Walk {
            root: &root,
            named: folder,
            started: SystemTime::now(),
            last,
            collected: &mut collected,
            files: Vec::new(),
            met: Vec::new(),
        };
        walk.read_folder(&root, "", Place::default())?;
        walk.read_files()?;
        if scan(&root) == walk.met {
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
    scan_folder(root, root, Place::default(), &mut states);
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
    states.retain(|state| state.target.is_some() || !state.name().is_some_and(is_ignored));
    for state in &mut states {
        if state.kind == EntryKind::Folder {
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
    kind: EntryKind,
    is_link: bool,
    /// The target of a link, with all links in its path resolved. None if it leads to nothing.
    target: Option<PathBuf>,
    /// None for a folder whose times do not matter.
    metadata: Option<Result<FileState, io::ErrorKind>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    File,
    Folder,
    /// A device, a socket, or an entry that cannot be read.
    Other,
}

/// The place of a folder in a walk. A walk ends in bounded time because of both.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The number of folders above, up to the root.
    depth: usize,
    /// Whether one of the folders above, or this one, is a link.
    is_linked: bool,
}

impl Place {
    /// The place of a folder in this one.
    fn inner(self, folder: &EntryState) -> Self {
        Self { depth: self.depth + 1, is_linked: self.is_linked || folder.is_link }
    }
}

fn scan_folder(root: &Path, folder: &Path, place: Place, states: &mut FolderState) {
    for state in list(folder).unwrap_or_default() {
        let inner = state.is_read_folder(root, place).then(|| state.path.clone());
        let inner_place = place.inner(&state);
        states.push(state);
        if let Some(inner) = inner {
            scan_folder(root, &inner, inner_place, states);
        }
    }
}

/// The states of the entries of a folder, by name.
fn list(folder: &Path) -> io::Result<FolderState> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut entries: Vec<(PathBuf, fs::DirEntry)> =
        entries.into_iter().map(|entry| (entry.path(), entry)).collect();
    // The paths differ in their last name only, so that their bytes have the same order.
    entries.sort_unstable_by(|a, b| a.0.as_os_str().cmp(b.0.as_os_str()));
    Ok(entries.into_par_iter().map(EntryState::new).collect())
}

impl EntryState {
    fn new((path, entry): (PathBuf, fs::DirEntry)) -> Self {
        let is_link = entry.file_type().is_ok_and(|file_type| file_type.is_symlink());
        let metadata = metadata(&entry);
        let kind = match &metadata {
            Ok(metadata) if metadata.is_dir() => EntryKind::Folder,
            Ok(metadata) if metadata.is_file() => EntryKind::File,
            _ => EntryKind::Other,
        };
        let metadata = metadata.as_ref().map(FileState::new).map_err(io::Error::kind);
        let target = is_link.then(|| fs::canonicalize(&path).ok()).flatten();
        Self { path, kind, is_link, target, metadata: Some(metadata) }
    }

    /// The name, unless it is not Unicode.
    fn name(&self) -> Option<&str> {
        self.path.file_name()?.to_str()
    }

    /// Whether it is a folder whose files belong to the content. Hidden folders, such as `.git`, do
    /// not; links to them are followed by their name.
    fn is_read_folder(&self, root: &Path, place: Place) -> bool {
        self.kind == EntryKind::Folder
            && self.name().is_some_and(|name| !is_ignored(name))
            && self.is_within(root)
            && self.obstacle(place).is_none()
    }

    /// The reason why a folder is not read, and what to do about it.
    fn obstacle(&self, place: Place) -> Option<(Message, Message)> {
        let is_loop = self.target.as_ref().is_some_and(|target| self.path.starts_with(target));
        if is_loop {
            return Some((
                message!(
                    "this link leads to a folder in which it is itself",
                    "这个链接指向它自己所在的文件夹"
                ),
                message!("remove the link", "请删去这个链接"),
            ));
        }
        if self.is_link && place.is_linked {
            return Some((
                message!(
                    "this link to a folder is in a folder that is a link itself, so it is not \
                     followed",
                    "这个指向文件夹的链接位于另一个链接指向的文件夹里，因此不予读取"
                ),
                message!("put a copy of the folder here instead", "请改为在这里放一份文件夹副本"),
            ));
        }
        (place.depth >= MAX_DEPTH).then(|| {
            (
                message!(
                    "this folder is more than {MAX_DEPTH} folders deep, so nothing in it is read",
                    "这个文件夹超过 {MAX_DEPTH} 层，其中的内容不予读取"
                ),
                message!("move it into a folder further up", "请把它移到上层的文件夹里"),
            )
        })
    }

    /// Whether it is no link out of the folder, or to nothing.
    fn is_within(&self, root: &Path) -> bool {
        !self.is_link || self.target.as_ref().is_some_and(|target| target.starts_with(root))
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
    /// Everything that was met, in order.
    met: FolderState,
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
        place: Place,
    ) -> Result<(), SourceError> {
        for state in list(folder).map_err(|cause| self.read_error(prefix, cause))? {
            let inner = state.is_read_folder(self.root, place).then(|| state.path.clone());
            match state.name() {
                Some(name) if is_ignored(name) => {}
                Some(name) => self.visit(&state, format!("{prefix}{name}"), place)?,
                None => {
                    let name = state.path.file_name().unwrap_or_default();
                    let path = format!("{prefix}{}", name.to_string_lossy());
                    let message =
                        message!("this name is not UTF-8 text", "文件名不是 UTF-8 编码的文字");
                    self.reject(Code::BadName, &path, message, message!("rename it", "请改名"));
                }
            }
            let inner_prefix = format!("{prefix}{}/", state.name().unwrap_or_default());
            let inner_place = place.inner(&state);
            self.met.push(state);
            if let Some(inner) = inner {
                self.read_folder(&inner, &inner_prefix, inner_place)?;
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

    /// Notes a file for reading, and reports what cannot be read.
    fn visit(&mut self, entry: &EntryState, path: String, place: Place) -> Result<(), SourceError> {
        if !entry.is_within(self.root) {
            let message = message!(
                "this link points outside the content folder, or to a file that does not exist",
                "这个文件链接指向内容文件夹之外，或指向不存在的文件"
            );
            let help =
                message!("put a copy of the file here instead", "请改为在这里放一份文件副本");
            self.reject(Code::SymlinkEscape, &path, message, help);
            return Ok(());
        }
        let state = match entry.metadata {
            Some(Ok(state)) => state,
            // Removed after the folder was listed.
            None | Some(Err(io::ErrorKind::NotFound)) => return Ok(()),
            Some(Err(kind)) => return Err(self.read_error(&path, kind.into())),
        };
        match entry.kind {
            EntryKind::Folder => {
                if let Some((message, help)) = entry.obstacle(place) {
                    self.reject(Code::UnreadFolder, &path, message, help);
                }
            }
            EntryKind::Other => {
                let message =
                    message!("this is neither a file nor a folder", "这既不是文件，也不是文件夹");
                self.reject(Code::BadName, &path, message, message!("remove it", "请删去它"));
            }
            EntryKind::File if state.length() > max_bytes(&path) => {
                self.collected.reject_too_large(&path, state.length());
            }
            EntryKind::File => {
                let real = entry.path.clone();
                self.files.push(FoundFile { path: Arc::from(path), real, state });
            }
        }
        Ok(())
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
