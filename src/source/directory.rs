//! Reads a content folder from disk.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use rayon::prelude::*;

use super::entry::{
    EntryKind, EntryState, FolderState, LinkedFiles, LinkedFolders, MAX_LINKED_READS,
    MAX_REPEATED_BYTES, WalkPosition, list,
};
use super::file_state::FileState;
use super::{Collected, File, Snapshot, SourceError, is_ignored, max_bytes};
use crate::diagnostic::{Code, Diagnostic, Message, message};

/// The pause before the second attempt; each further one waits that much longer.
const PAUSE: Duration = Duration::from_millis(50);

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
            linked: LinkedFolders::default(),
            linked_files: LinkedFiles::default(),
        };
        walk.read_folder(&root, "", WalkPosition::default())?;
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
    let mut linked = LinkedFolders::default();
    scan_folder(root, root, WalkPosition::default(), &mut linked, &mut states);
    states
}

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

/// An absolute path with all links resolved in the part of it that exists, and without `..` below.
pub(super) fn resolved(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        let (Ok(mut real), Ok(below)) = (fs::canonicalize(above), path.strip_prefix(above)) else {
            continue;
        };
        for part in below.components() {
            match part {
                Component::ParentDir => drop(real.pop()),
                part => real.push(part),
            }
        }
        return real;
    }
    path.to_owned()
}

fn scan_folder(
    root: &Path,
    folder: &Path,
    position: WalkPosition,
    linked: &mut LinkedFolders,
    states: &mut FolderState,
) {
    for state in list(folder).unwrap_or_default() {
        let is_read = state.is_read_folder(root, position) && linked.admits(&state, position);
        let inner = is_read.then(|| (state.path.clone(), position.inner(&state)));
        states.push(state);
        if let Some((folder, position)) = inner {
            scan_folder(root, &folder, position, linked, states);
        }
    }
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
    linked: LinkedFolders,
    linked_files: LinkedFiles,
}

/// A file to read.
struct FoundFile {
    /// The path in the snapshot.
    path: Arc<str>,
    real: PathBuf,
    state: FileState,
    /// Whether the path leads through a link, so that another one may lead to the same file.
    is_linked: bool,
}

impl Walk<'_> {
    fn read_folder(
        &mut self,
        folder: &Path,
        prefix: &str,
        position: WalkPosition,
    ) -> Result<(), SourceError> {
        for state in list(folder).map_err(|cause| self.read_error(prefix, cause))? {
            let is_folder = state.is_read_folder(self.root, position);
            let is_read = is_folder && self.linked.admits(&state, position);
            let inner = is_read.then(|| {
                let name = state.name().unwrap_or_default();
                (state.path.clone(), format!("{prefix}{name}/"), position.inner(&state))
            });
            match state.name() {
                Some(name) if is_ignored(name) => {}
                Some(name) if is_folder && !is_read => {
                    self.reject_often_linked(&format!("{prefix}{name}"));
                }
                Some(name) => self.visit(&state, [prefix, name].concat(), position)?,
                None => {
                    let name = state.path.file_name().unwrap_or_default();
                    let path = format!("{prefix}{}", name.to_string_lossy());
                    let message =
                        message!("this name is not UTF-8 text", "文件名不是 UTF-8 编码的文字");
                    self.reject(Code::BadName, &path, message, message!("rename it", "请改名"));
                }
            }
            self.met.push(state);
            if let Some((folder, prefix, position)) = inner {
                self.read_folder(&folder, &prefix, position)?;
            }
        }
        Ok(())
    }

    /// Reads the files that were met, on all cores; a file to which several links lead, once.
    fn read_files(&mut self) -> Result<(), SourceError> {
        let files = std::mem::take(&mut self.files);
        let mut sources: Vec<&FoundFile> = Vec::new();
        let mut first_links: HashMap<FileState, usize> = HashMap::new();
        let mut indexes = Vec::with_capacity(files.len());
        for file in &files {
            let next = sources.len();
            let index =
                if file.is_linked { *first_links.entry(file.state).or_insert(next) } else { next };
            if index == next {
                sources.push(file);
            }
            indexes.push(index);
        }
        let read: Vec<io::Result<(Bytes, bool)>> =
            sources.par_iter().map(|file| self.read_file(file)).collect();
        let mut found = Vec::with_capacity(read.len());
        for (file, outcome) in sources.iter().zip(read) {
            found.push(match outcome {
                Ok(bytes) => Some(bytes),
                // Removed after the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(self.read_error(&file.path, error)),
            });
        }
        for (FoundFile { path, state, .. }, index) in files.iter().zip(indexes) {
            let Some((bytes, is_known)) = &found[index] else { continue };
            let state = state.is_settled(self.started).then_some(*state);
            let file = File { bytes: bytes.clone(), state };
            if *is_known && Arc::ptr_eq(path, &sources[index].path) {
                self.collected.files.push((Arc::clone(path), file));
            } else {
                self.collected.add(Arc::clone(path), file);
            }
        }
        Ok(())
    }

    /// The bytes of a file, and whether they are those of the last snapshot.
    fn read_file(&self, file: &FoundFile) -> io::Result<(Bytes, bool)> {
        match self.last.files.get(&file.path) {
            Some(known) if known.state == Some(file.state) => Ok((known.bytes.clone(), true)),
            _ => Ok((Bytes::from(fs::read(&file.real)?), false)),
        }
    }

    /// Notes a file for reading, and reports what cannot be read.
    fn visit(
        &mut self,
        entry: &EntryState,
        path: String,
        position: WalkPosition,
    ) -> Result<(), SourceError> {
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
                if let Some((message, help)) = entry.obstacle(position) {
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
                let is_linked = entry.is_link || position.is_linked;
                if is_linked && !self.linked_files.admits(state) {
                    self.reject_repeated(&path);
                    return Ok(());
                }
                self.files.push(FoundFile { path: Arc::from(path), real, state, is_linked });
            }
        }
        Ok(())
    }

    fn reject_repeated(&mut self, path: &str) {
        let limit = MAX_REPEATED_BYTES >> 20;
        let message = message!(
            "links repeat {limit} MiB of other files already, so this one is not read",
            "各个链接重复指向的文件合计已达 {limit} MiB，因此不再读取这个文件"
        );
        let help = message!(
            "put a copy of the file here instead of the link, or remove the link",
            "请在这里放一份文件副本来代替链接，或删去这个链接"
        );
        self.reject(Code::TooLarge, path, message, help);
    }

    fn reject_often_linked(&mut self, path: &str) {
        let message = message!(
            "this folder is read through {MAX_LINKED_READS} other links already, so nothing in it \
             is read here",
            "这个文件夹已通过另外 {MAX_LINKED_READS} 个链接读取，因此不再从这里读取"
        );
        let help = message!(
            "put a copy of the folder here instead, or remove the link",
            "请改为在这里放一份文件夹副本，或删去这个链接"
        );
        self.reject(Code::UnreadFolder, path, message, help);
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
