//! Reads a content folder from disk.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::{Collected, SourceError, is_ignored, max_bytes};
use crate::diagnostic::{Code, Diagnostic, Message, message};

/// Folders nested deeper than this hold no pages and are not read.
const MAX_DEPTH: usize = 8;

pub(super) fn read(folder: &Path, collected: &mut Collected) -> Result<(), SourceError> {
    let root = find_root(folder).map_err(|cause| SourceError {
        path: folder.to_owned(),
        is_folder: true,
        cause,
    })?;
    let mut walk = Walk { root: &root, named: folder, collected };
    walk.read_folder(&root, "", 0)
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
    collected: &'a mut Collected,
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
        entries.sort_by_key(fs::DirEntry::file_name);
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
            match self.read_entry(&entry, &path) {
                Ok(Some(inner)) if depth < MAX_DEPTH => {
                    self.read_folder(&inner, &format!("{path}/"), depth + 1)?
                }
                Ok(_) => {}
                // Removed after the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.read_error(&path, error)),
            }
        }
        Ok(())
    }

    /// Reads one file, or returns the folder to descend into.
    fn read_entry(&mut self, entry: &fs::DirEntry, path: &str) -> io::Result<Option<PathBuf>> {
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
        let metadata = fs::metadata(&real)?;
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
            self.collected.add(path.to_owned(), Bytes::from(fs::read(&real)?));
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
