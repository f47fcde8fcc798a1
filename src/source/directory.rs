//! A content folder on this machine.

#![expect(clippy::disallowed_methods, reason = "this is the door to the file system")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::{Collected, SourceError, is_ignored, limit};
use crate::diagnostic::{Code, Diagnostic, Wording, say};

/// Deeper folders than this hold no page and are not looked into.
const MAX_DEPTH: usize = 8;

pub(super) fn read(folder: &Path, collected: &mut Collected) -> Result<(), SourceError> {
    let root = fs::canonicalize(folder)
        .and_then(|root| {
            let is_folder = root.is_dir();
            is_folder
                .then_some(root)
                .ok_or_else(|| io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"))
        })
        .map_err(|cause| SourceError { place: folder.to_owned(), is_folder: true, cause })?;
    let mut walk = Walk { root: &root, shown: folder, collected };
    walk.folder(&root, "", 0)
}

struct Walk<'a> {
    root: &'a Path,
    /// The folder as it was named.
    shown: &'a Path,
    collected: &'a mut Collected,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), SourceError> {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = entries.map_err(|cause| self.unreadable(prefix, cause))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let shown = format!("{prefix}{}", name.to_string_lossy());
                let message = say!("this name is not UTF-8 text", "文件名不是 UTF-8 编码的文字");
                self.refuse(Code::BadName, &shown, message, say!("rename it", "请改名"));
                continue;
            };
            if is_ignored(name) {
                continue;
            }
            let path = format!("{prefix}{name}");
            match self.entry(&entry, &path) {
                Ok(Some(inner)) if depth < MAX_DEPTH => {
                    self.folder(&inner, &format!("{path}/"), depth + 1)?
                }
                Ok(_) => {}
                // It was removed since the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.unreadable(&path, error)),
            }
        }
        Ok(())
    }

    /// Reads one file, or gives the folder to look into.
    fn entry(&mut self, entry: &fs::DirEntry, path: &str) -> io::Result<Option<PathBuf>> {
        let real = entry.path();
        if entry.file_type()?.is_symlink()
            && !fs::canonicalize(&real).is_ok_and(|target| target.starts_with(self.root))
        {
            let message = say!(
                "this link leads out of the content folder, or to nothing",
                "这个文件链接指向内容文件夹之外，或指向的文件并不存在"
            );
            let help = say!("put a copy of the file here instead", "请改为在这里放一份文件副本");
            self.refuse(Code::SymlinkEscape, path, message, help);
            return Ok(None);
        }
        let metadata = fs::metadata(&real)?;
        if metadata.is_dir() {
            return Ok(Some(real));
        }
        if !metadata.is_file() {
            let message = say!("this is neither a file nor a folder", "这既不是文件，也不是文件夹");
            self.refuse(Code::BadName, path, message, say!("remove it", "请删去它"));
        } else if metadata.len() > limit(path) {
            self.collected.refuse_large(path, metadata.len());
        } else {
            self.collected.add(path.to_owned(), Bytes::from(fs::read(&real)?));
        }
        Ok(None)
    }

    fn unreadable(&self, path: &str, cause: io::Error) -> SourceError {
        SourceError { place: self.shown.join(path), is_folder: path.is_empty(), cause }
    }

    fn refuse(&mut self, code: Code, path: &str, message: Wording, help: Wording) {
        self.collected
            .diagnostics
            .push(Diagnostic::error(code, &Arc::from(path), 0..0, message).help(help));
    }
}
