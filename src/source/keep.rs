//! Single files outside the content: read if they are there, written as a whole or not at all.

#![expect(clippy::disallowed_methods, reason = "this is the door to the file system")]

use std::fs;
use std::io;
use std::path::Path;

use super::export::sibling;

/// The bytes of a file; `None` if nothing stands there.
///
/// # Errors
/// Fails when what stands there is no plain file, or cannot be read.
pub fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Some),
        Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")),
    }
}

/// Puts bytes at a place, in the stead of the file that stood there, and makes the folders on the way.
///
/// # Errors
/// Fails when the file system does; what stood there is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = sibling(&path, "new");
    let outcome = fs::write(&new, bytes).and_then(|()| fs::rename(&new, &path));
    if outcome.is_err() {
        let _ = fs::remove_file(&new);
    }
    outcome
}
