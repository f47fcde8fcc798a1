//! Writes an exported site: the whole folder or nothing.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that marks a folder as written by an export, which a later export may replace.
const MARKER: &str = ".gazette-export";

/// The reason why an export wrote nothing.
#[derive(Debug)]
pub enum ExportError {
    /// The folder holds files that Gazette did not write.
    NotOurs(PathBuf),
    /// The file system failed at this path.
    Io(PathBuf, io::Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(folder) => write!(
                out,
                "`{}` exists and was not written by `gazette export`; nothing was changed; \
                 name another folder",
                folder.display()
            ),
            Self::Io(path, error) => {
                write!(out, "cannot write `{}`: {error}; nothing was changed", path.display())
            }
        }
    }
}

impl std::error::Error for ExportError {}

/// Writes the files to a staging folder beside `folder`, then replaces `folder` by one rename.
/// Paths of files are relative to the folder, with `/` between names.
///
/// # Errors
/// Fails if the folder holds files that no export wrote, or if the file system fails; `folder` is
/// unchanged then.
pub fn write_export<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Result<(), ExportError> {
    let folder = std::path::absolute(folder).map_err(io_error(folder))?;
    let replaces = may_replace(&folder)?;
    let staging = sibling(&folder, "new");
    let outcome =
        write_all(&staging, files).and_then(|()| move_into_place(&staging, &folder, replaces));
    if outcome.is_err() {
        let _ = fs::remove_dir_all(&staging);
    }
    outcome
}

/// Whether the folder exists and may be replaced; an error if it exists and may not.
fn may_replace(folder: &Path) -> Result<bool, ExportError> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(ExportError::Io(folder.to_owned(), error)),
    };
    if entries.next().is_none() || folder.join(MARKER).is_file() {
        return Ok(true);
    }
    Err(ExportError::NotOurs(folder.to_owned()))
}

fn move_into_place(staging: &Path, folder: &Path, replaces: bool) -> Result<(), ExportError> {
    if !replaces {
        return fs::rename(staging, folder).map_err(io_error(folder));
    }
    let old = sibling(folder, "old");
    fs::rename(folder, &old).map_err(io_error(folder))?;
    if let Err(error) = fs::rename(staging, folder) {
        // Restore the old folder. If even that fails, it is left beside its place, complete.
        let _ = fs::rename(&old, folder);
        return Err(ExportError::Io(folder.to_owned(), error));
    }
    fs::remove_dir_all(&old).map_err(io_error(&old))
}

fn write_all<'a>(
    staging: &Path,
    files: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Result<(), ExportError> {
    fs::create_dir_all(staging).map_err(io_error(staging))?;
    let marker = staging.join(MARKER);
    fs::write(&marker, "Written by `gazette export`, which may replace this folder.\n")
        .map_err(io_error(&marker))?;
    for (path, bytes) in files {
        let path = staging.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(io_error(parent))?;
        }
        fs::write(&path, bytes).map_err(io_error(&path))?;
    }
    Ok(())
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> ExportError + '_ {
    |error| ExportError::Io(path.to_owned(), error)
}

/// A temporary name beside a folder or file: on the same file system, so that a rename is atomic.
pub(super) fn sibling(folder: &Path, role: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!(".gazette-{role}-{}", std::process::id()));
    folder.with_file_name(name)
}
