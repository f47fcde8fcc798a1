//! Reads, creates and replaces single files; each write is complete or undone.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::export::sibling;

/// The reason why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// A file with this path exists already.
    Exists(PathBuf),
    /// The file system failed at this path.
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

/// Reads a file; `None` if it does not exist.
///
/// # Errors
/// Fails if the path is not that of a regular file, or if it cannot be read.
pub fn read_file(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Some),
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")),
    }
}

/// Creates files that must not exist yet: all of them or none.
///
/// # Errors
/// Fails if one of them exists, or if the file system fails; files and folders already created are
/// removed.
pub fn write_new(folder: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    let mut created = Created::default();
    for (path, text) in files {
        let path = folder.join(path);
        if let Err(error) = created.create(&path, text) {
            created.remove();
            return Err(match error.kind() {
                io::ErrorKind::AlreadyExists => WriteError::Exists(path),
                _ => WriteError::Io(path, error),
            });
        }
    }
    Ok(())
}

/// Files and folders that were created, each folder before what is in it.
#[derive(Default)]
struct Created {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Created {
    /// Creates one file and the folders that it needs.
    fn create(&mut self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(parent) = path.parent() {
            let missing = parent.ancestors().take_while(|folder| !folder.exists());
            let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
            missing.reverse();
            self.folders.append(&mut missing);
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::File::create_new(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
    }

    /// Removes everything again. The first error is the one to report, so that none is here.
    fn remove(&self) {
        for path in &self.files {
            let _ = fs::remove_file(path);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Writes a file, or replaces it atomically, and creates the folders that it needs.
///
/// # Errors
/// Fails if the file system fails; an existing file is unchanged then.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, fs::OpenOptions::new().write(true).create(true).truncate(true))
}

/// Like [`replace_file`], for a file that only its owner may read. Its bytes are on the disk before
/// it replaces the one before.
///
/// # Errors
/// Fails if the file system fails; an existing file is unchanged then.
pub fn replace_private_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    replace(path, bytes, options.write(true).create_new(true).mode(0o600))
}

/// Creates a folder unless it is there, and tries to write a file in it, which is removed again.
///
/// # Errors
/// Fails if the file system fails.
pub fn try_to_write_in(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let file = sibling(&folder.join("tried"), "new");
    fs::write(&file, "tried")?;
    fs::remove_file(&file)
}

fn replace(path: &Path, bytes: &[u8], options: &fs::OpenOptions) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = sibling(&path, "new");
    let write = || {
        // A process with the same number may have ended while it wrote.
        let _ = fs::remove_file(&new);
        let mut file = options.open(&new)?;
        file.write_all(bytes)?;
        file.sync_data()?;
        fs::rename(&new, &path)
    };
    let outcome = write();
    if outcome.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(&new);
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_files_leave_no_folder() {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir(folder.path().join("kept")).unwrap();
        let file = |path: &str| (path.to_owned(), "Text.\n".to_owned());
        let files = [file("kept/new/one.md"), file("other/two.md"), file("other/two.md")];
        assert!(matches!(write_new(folder.path(), &files), Err(WriteError::Exists(_))));
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1);
        assert_eq!(fs::read_dir(folder.path().join("kept")).unwrap().count(), 0);
    }
}
