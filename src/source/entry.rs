//! The entries of a content folder, and which of the folders among them are read.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::file_state::FileState;
use super::is_ignored;
use crate::diagnostic::{Message, message};

/// Folders nested deeper than this are not read.
const MAX_DEPTH: usize = 8;

/// How often one folder is read through links at most, which bounds the work that links add.
pub(super) const MAX_LINKED_READS: usize = 8;

/// How many bytes links may add in all by leading to files that were read already, which bounds the
/// work however many links there are.
pub(super) const MAX_REPEATED_BYTES: u64 = 64 << 20;

/// The state of everything in a folder, in order.
pub(super) type FolderState = Vec<EntryState>;

/// One file, folder or link. Errors are states too: a file may vanish between two calls.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EntryState {
    pub(super) path: PathBuf,
    pub(super) kind: EntryKind,
    pub(super) is_link: bool,
    /// The target of a link, with all links in its path resolved. None if it leads to nothing.
    pub(super) target: Option<PathBuf>,
    /// None for a folder whose times do not matter.
    pub(super) metadata: Option<Result<FileState, io::ErrorKind>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    File,
    Folder,
    /// A device, a socket, or an entry that cannot be read.
    Other,
}

/// The position of a folder in a walk. Limits on both fields end every walk in bounded time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WalkPosition {
    /// The number of folders above, up to the root.
    pub(super) depth: usize,
    /// Whether one of the folders above, or this one, is a link.
    pub(super) is_linked: bool,
}

impl WalkPosition {
    /// The position of a folder in this one.
    pub(super) fn inner(self, folder: &EntryState) -> Self {
        Self { depth: self.depth + 1, is_linked: self.is_linked || folder.is_link }
    }
}

/// How often each folder was read through links, by its device and inode.
#[derive(Debug, Default)]
pub(super) struct LinkedFolders(HashMap<(u64, u64), usize>);

impl LinkedFolders {
    /// Counts another read of a folder, unless it was read through links too often.
    pub(super) fn admits(&mut self, folder: &EntryState, position: WalkPosition) -> bool {
        if !position.inner(folder).is_linked {
            return true;
        }
        let Some(Ok(state)) = &folder.metadata else { return true };
        let reads = self.0.entry(state.identity()).or_default();
        *reads += 1;
        *reads <= MAX_LINKED_READS
    }
}

/// The files that were read through links, and how many bytes were read again.
#[derive(Debug, Default)]
pub(super) struct LinkedFiles {
    known: HashSet<(u64, u64)>,
    repeated: u64,
}

impl LinkedFiles {
    /// Counts another read of a file through a link, unless links repeat too much already.
    pub(super) fn admits(&mut self, file: FileState) -> bool {
        if self.known.insert(file.identity()) {
            return true;
        }
        self.repeated = self.repeated.saturating_add(file.length());
        self.repeated <= MAX_REPEATED_BYTES
    }
}

/// The states of the entries of a folder, by name.
pub(super) fn list(folder: &Path) -> io::Result<FolderState> {
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
    pub(super) fn name(&self) -> Option<&str> {
        self.path.file_name()?.to_str()
    }

    /// Whether it is a folder whose files belong to the content. Hidden folders, such as `.git`, do
    /// not; links to them are followed by their name.
    pub(super) fn is_read_folder(&self, root: &Path, position: WalkPosition) -> bool {
        self.kind == EntryKind::Folder
            && self.name().is_some_and(|name| !is_ignored(name))
            && self.is_within(root)
            && self.obstacle(position).is_none()
    }

    /// The reason why a folder is not read because of its position, and what to do about it.
    pub(super) fn obstacle(&self, position: WalkPosition) -> Option<(Message, Message)> {
        let is_loop = self.target.as_ref().is_some_and(|target| self.path.starts_with(target));
        if is_loop {
            return Some((
                message!(
                    "this link leads to a folder that contains the link",
                    "这个链接指向它自己所在的文件夹"
                ),
                message!("remove the link", "请删去这个链接"),
            ));
        }
        if self.is_link && position.is_linked {
            return Some((
                message!(
                    "this link to a folder is in a folder that is a link itself, so it is not \
                     followed",
                    "这个指向文件夹的链接位于另一个链接指向的文件夹里，因此不予读取"
                ),
                message!("put a copy of the folder here instead", "请改为在这里放一份文件夹副本"),
            ));
        }
        (position.depth >= MAX_DEPTH).then(|| {
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
    pub(super) fn is_within(&self, root: &Path) -> bool {
        !self.is_link || self.target.as_ref().is_some_and(|target| target.starts_with(root))
    }
}

/// The metadata of a file, or of the target of a link. Without a link, the system need not look up
/// the whole path again.
fn metadata(entry: &fs::DirEntry) -> io::Result<fs::Metadata> {
    if entry.file_type()?.is_symlink() { fs::metadata(entry.path()) } else { entry.metadata() }
}
