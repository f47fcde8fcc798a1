//! A content folder on this machine.

#![expect(clippy::disallowed_methods, reason = "this is the door to the file system")]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::{Collected, is_ignored, limit};
use crate::diagnostic::{Code, Diagnostic, Wording, say};

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
                let message = say!("this name is not UTF-8 text", "文件名不是 UTF-8 编码的文字");
                self.refuse(Code::BadName, &shown, message, say!("rename it", "请改名"));
                continue;
            };
            if is_ignored(name) {
                continue;
            }
            let path = format!("{prefix}{name}");
            if let Err(error) = self.entry(&entry, &path, depth) {
                let message = say!("this cannot be read: {error}", "无法读取（{error}）");
                self.refuse(Code::SymlinkEscape, &path, message, say!("check its permissions", "请检查它的访问权限"));
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, path: &str, depth: usize) -> io::Result<()> {
        let real = entry.path();
        if entry.file_type()?.is_symlink() && !fs::canonicalize(&real).is_ok_and(|target| target.starts_with(self.root))
        {
            let message = say!(
                "this link leads out of the content folder, or to nothing",
                "这个文件链接指向内容文件夹之外，或指向的文件并不存在"
            );
            let help = say!("put a copy of the file here instead", "请改为在这里放一份文件副本");
            self.refuse(Code::SymlinkEscape, path, message, help);
            return Ok(());
        }
        let metadata = fs::metadata(&real)?;
        if metadata.is_dir() {
            if depth < MAX_DEPTH {
                self.folder(&real, &format!("{path}/"), depth + 1)?;
            }
        } else if !metadata.is_file() {
            let message = say!("this is neither a file nor a folder", "这既不是文件，也不是文件夹");
            self.refuse(Code::BadName, path, message, say!("remove it", "请删去它"));
        } else if metadata.len() > limit(path) {
            self.collected.refuse_large(path, metadata.len());
        } else {
            self.collected.add(path.to_owned(), Bytes::from(fs::read(&real)?));
        }
        Ok(())
    }

    fn refuse(&mut self, code: Code, path: &str, message: Wording, help: Wording) {
        self.collected.diagnostics.push(Diagnostic::error(code, &Arc::from(path), 0..0, message).help(help));
    }
}
