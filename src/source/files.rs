//! Single files: read, written anew, replaced. A file is written as a whole or not at all.

#![expect(clippy::disallowed_methods, reason = "this is the door to the file system")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::export::sibling;

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// A file stands there already.
    Exists(PathBuf),
    /// The file system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(out, "`{}` exists; nothing was changed", path.display()),
            Self::Io(path, error) => write!(out, "cannot write `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {}

/// The bytes of a file; none if nothing stands there.
///
/// # Errors
/// Fails when what stands there is no plain file, or cannot be read.
pub fn read_file(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Some),
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")),
    }
}

/// Writes files that must not exist yet, all of them or none.
///
/// # Errors
/// Refuses when one of them exists, and fails when the file system does; what this call had written is gone then.
pub fn write_new(folder: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (path, text) in files {
        let path = folder.join(path);
        if let Err(error) = create(&path, text, &mut written) {
            for path in &written {
                // The error that is told is the first one; a file that cannot be removed either is named by it.
                let _ = fs::remove_file(path);
            }
            return Err(match error.kind() {
                io::ErrorKind::AlreadyExists => WriteError::Exists(path),
                _ => WriteError::Io(path, error),
            });
        }
    }
    Ok(())
}

/// Writes one new file; `written` knows it as soon as it is there.
fn create(path: &Path, text: &str, written: &mut Vec<PathBuf>) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = fs::File::create_new(path)?;
    written.push(path.to_owned());
    file.write_all(text.as_bytes())
}

/// Writes a file, in place of the one that may stand there, in one step; makes the folders on the way.
///
/// # Errors
/// Fails when the file system does; what stood there is then as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = sibling(&path, "new");
    let outcome = fs::write(&new, bytes).and_then(|()| fs::rename(&new, &path));
    if outcome.is_err() {
        // The error that is told is the first one.
        let _ = fs::remove_file(&new);
    }
    outcome
}
