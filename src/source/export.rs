//! The way back to the file system: a folder written as a whole or not at all.

#![expect(clippy::disallowed_methods, reason = "this is the door to the file system")]

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file that marks a folder as one that Gazette wrote, and may therefore replace.
const MARKER: &str = ".gazette-export";

/// Why nothing was written.
#[derive(Debug)]
pub enum ExportError {
    /// The folder holds files that Gazette did not write.
    NotOurs(PathBuf),
    /// The file system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(folder) => write!(
                out,
                "`{}` exists and was not written by `gazette export`; nothing was changed; name another folder",
                folder.display()
            ),
            Self::Io(path, error) => {
                write!(out, "cannot write `{}`: {error}; nothing was changed", path.display())
            }
        }
    }
}

impl std::error::Error for ExportError {}

/// Writes the files (paths with `/`, inside the folder) beside `folder`, then puts them in its place in one rename.
///
/// # Errors
/// Refuses a folder with files that an export did not write, and fails when the file system does; `folder` is then as
/// it was.
pub fn write_export<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Result<(), ExportError> {
    let folder =
        std::path::absolute(folder).map_err(|error| ExportError::Io(folder.to_owned(), error))?;
    let replaces = may_replace(&folder)?;
    let staging = sibling(&folder, "new");
    let io = |path: &Path| {
        let path = path.to_owned();
        move |error| ExportError::Io(path, error)
    };
    let outcome = write_all(&staging, files).and_then(|()| {
        if !replaces {
            return fs::rename(&staging, &folder).map_err(io(&folder));
        }
        let old = sibling(&folder, "old");
        fs::rename(&folder, &old).map_err(io(&folder))?;
        if let Err(error) = fs::rename(&staging, &folder) {
            // The old folder goes back to its place; if even that fails, it stands beside it, whole.
            let _ = fs::rename(&old, &folder);
            return Err(ExportError::Io(folder.clone(), error));
        }
        fs::remove_dir_all(&old).map_err(io(&old))
    });
    if outcome.is_err() {
        let _ = fs::remove_dir_all(&staging);
    }
    outcome
}

/// Whether the folder stands there and may be replaced; an error when it may not.
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

fn write_all<'a>(
    staging: &Path,
    files: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Result<(), ExportError> {
    let io = |path: &Path, error| ExportError::Io(path.to_owned(), error);
    fs::create_dir_all(staging).map_err(|error| io(staging, error))?;
    let marker = staging.join(MARKER);
    fs::write(&marker, "Written by `gazette export`, which may replace this folder.\n")
        .map_err(|error| io(&marker, error))?;
    for (path, bytes) in files {
        let path = staging.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| io(parent, error))?;
        }
        fs::write(&path, bytes).map_err(|error| io(&path, error))?;
    }
    Ok(())
}

/// A name beside a folder or file, on the same file system, so that a rename is one step.
pub(super) fn sibling(folder: &Path, role: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!(".gazette-{role}-{}", std::process::id()));
    folder.with_file_name(name)
}
