//! A content folder on this machine.

#![expect(clippy::disallowed_methods, reason = "this is the door to the file system")]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::{Collected, is_ignored, limit};
use crate::diagnostic::{Code, Diagnostic};

/// Deeper folders than this hold no page and are not looked into.
const MAX_DEPTH: usize = 8;

pub(super) fn read(folder: &Path, collected: &mut Collected) -> io::Result<()> {
    let root = fs::canonicalize(folder)?;
    if !root.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"));
    }
    let mut walk = Walk { root: &root, collected };
    walk.folder(&root, "", 0)
}

struct Walk<'a> {
    root: &'a Path,
    collected: &'a mut Collected,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> io::Result<()> {
        let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let shown = format!("{prefix}{}", name.to_string_lossy());
                self.refuse(Code::BadName, &shown, "this name is not UTF-8 text".to_owned(), "rename it");
                continue;
            };
            if is_ignored(name) {
                continue;
            }
            let path = format!("{prefix}{name}");
            if let Err(error) = self.entry(&entry, &path, depth) {
                self.refuse(
                    Code::SymlinkEscape,
                    &path,
                    format!("this cannot be read: {error}"),
                    "check its permissions",
                );
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, path: &str, depth: usize) -> io::Result<()> {
        let real = entry.path();
        if entry.file_type()?.is_symlink() && !fs::canonicalize(&real).is_ok_and(|target| target.starts_with(self.root))
        {
            let message = "this link leads out of the content folder, or to nothing".to_owned();
            self.refuse(Code::SymlinkEscape, path, message, "put a copy of the file here instead");
            return Ok(());
        }
        let metadata = fs::metadata(&real)?;
        if metadata.is_dir() {
            if depth < MAX_DEPTH {
                self.folder(&real, &format!("{path}/"), depth + 1)?;
            }
        } else if !metadata.is_file() {
            self.refuse(Code::BadName, path, "this is neither a file nor a folder".to_owned(), "remove it");
        } else if metadata.len() > limit(path) {
            self.collected.refuse_large(path, metadata.len());
        } else {
            self.collected.add(path.to_owned(), Bytes::from(fs::read(&real)?));
        }
        Ok(())
    }

    fn refuse(&mut self, code: Code, path: &str, message: String, help: &str) {
        self.collected.diagnostics.push(Diagnostic::error(code, &Arc::from(path), 0..0, message).help(help));
    }
}
