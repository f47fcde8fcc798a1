//! Writes an exported site into a folder that may also hold files of others.

#![expect(clippy::disallowed_methods, reason = "only `source` may use the file system")]

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The list of the files that an export wrote, in the folder itself. A later export replaces or
/// deletes these files and no others.
const MANIFEST: &str = ".gazette-export";

/// The first line of the manifest.
const MANIFEST_HEAD: &str =
    "# Written by `gazette export`, which replaces or deletes the files listed here and no others.";

/// The reason why an export wrote nothing.
#[derive(Debug)]
pub enum ExportError {
    /// The folder holds files that Gazette did not write.
    NotOurs(PathBuf),
    /// A file, folder or link that no export wrote is at the path of a new file.
    Occupied(PathBuf),
    /// The file system failed at this path.
    Io(PathBuf, io::Error),
    /// The file system failed at this path after some files were replaced.
    Incomplete(PathBuf, io::Error),
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
            Self::Occupied(path) => write!(
                out,
                "`{}` was not written by `gazette export` and is where the site has a file; \
                 nothing was changed; move it away, or name another folder",
                path.display()
            ),
            Self::Io(path, error) => {
                write!(out, "cannot write `{}`: {error}; nothing was changed", path.display())
            }
            Self::Incomplete(path, error) => write!(
                out,
                "cannot write `{}`: {error}; some files of the site are still the old ones; \
                 export again",
                path.display()
            ),
        }
    }
}

impl std::error::Error for ExportError {}

/// An export that is being written.
///
/// Its files go to a staging folder beside the folder of the export, which is deleted if the export
/// is not finished. If the folder is new, the staging folder becomes it by one rename. Otherwise
/// each file replaces its predecessor by a rename, and files of the last export that the site no
/// longer has are deleted. Files of others are left alone, and links inside the folder are not
/// followed.
#[derive(Debug)]
pub struct ExportWriter {
    folder: PathBuf,
    staging: PathBuf,
    /// The files of the last export; `None` if there is no folder.
    known: Option<BTreeSet<String>>,
    written: Mutex<BTreeSet<String>>,
    /// Held until the end of this process, however it ends.
    _lock: io::Result<fs::File>,
}

impl ExportWriter {
    /// Begins an export to a folder.
    ///
    /// # Errors
    /// Fails if the folder holds files but no manifest of an export, or if the file system fails.
    pub fn new(folder: &Path) -> Result<Self, ExportError> {
        let folder = std::path::absolute(folder).map_err(io_error(folder))?;
        // A folder that is itself a link is what its owner named.
        let folder = fs::canonicalize(&folder).unwrap_or(folder);
        let known = known_files(&folder)?;
        delete_abandoned(&folder);
        let staging = sibling(&folder, "new");
        fs::create_dir_all(&staging).map_err(io_error(&staging))?;
        let lock = fs::File::open(&staging).and_then(|file| file.lock().map(|()| file));
        Ok(Self { folder, staging, known, written: Mutex::default(), _lock: lock })
    }

    /// Writes a file. Its path is relative to the folder, with `/` between names.
    ///
    /// # Errors
    /// Fails if the file system does.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let target = self.staging.join(path);
        // The folder of a page is new; for other files the attempt to write tells.
        if let Some(folder) = path.strip_suffix("/index.html") {
            let _ = fs::create_dir(self.staging.join(folder));
        }
        let outcome = match (fs::write(&target, bytes), target.parent()) {
            (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(parent).map_err(io_error(parent))?;
                fs::write(&target, bytes)
            }
            (outcome, _) => outcome,
        };
        outcome.map_err(io_error(&target))?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(path.to_owned());
        Ok(())
    }

    /// Moves the files to their folder. Returns how many they are.
    ///
    /// # Errors
    /// Fails if something of others is at the path of a file, or if the file system fails.
    pub fn finish(mut self) -> Result<usize, ExportError> {
        let written = self.written.get_mut().unwrap_or_else(PoisonError::into_inner);
        let written = std::mem::take(written);
        match &self.known {
            None => {
                write_manifest(&self.staging, &written)?;
                fs::rename(&self.staging, &self.folder).map_err(io_error(&self.folder))?;
            }
            Some(known) => update(&self.folder, &self.staging, known, &written)?,
        }
        Ok(written.len())
    }
}

impl Drop for ExportWriter {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// Deletes the staging folders of exports that were killed: those that no process has locked.
fn delete_abandoned(folder: &Path) {
    let staging = sibling(folder, "new");
    let name = staging.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(Some((prefix, _))) = name.as_deref().map(|name| name.rsplit_once('-')) else { return };
    let Some(Ok(entries)) = folder.parent().map(fs::read_dir) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let number = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
        let is_staging = number.is_some_and(|number| number.parse::<u32>().is_ok())
            && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_staging && fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The files that the last export wrote into the folder; `None` if there is no folder.
fn known_files(folder: &Path) -> Result<Option<BTreeSet<String>>, ExportError> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ExportError::Io(folder.to_owned(), error)),
    };
    if entries.next().is_none() {
        return Ok(Some(BTreeSet::new()));
    }
    let manifest = folder.join(MANIFEST);
    if !is_regular_file(&manifest) {
        return Err(ExportError::NotOurs(folder.to_owned()));
    }
    let text = fs::read_to_string(&manifest).map_err(io_error(&manifest))?;
    let paths = text.lines().skip(1).filter(|path| is_inside(path));
    Ok(Some(paths.map(ToOwned::to_owned).collect()))
}

fn is_regular_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Whether a path of the manifest is below the folder.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Moves the staged files into a folder that exists, and deletes those of the last export that are
/// no longer written.
fn update(
    folder: &Path,
    staging: &Path,
    known: &BTreeSet<String>,
    written: &BTreeSet<String>,
) -> Result<(), ExportError> {
    for path in written {
        check_place(folder, path, known)?;
    }
    // Should the process be killed below, the next export knows the files of both.
    let all: BTreeSet<String> = known.union(written).cloned().collect();
    replace_manifest(folder, staging, &all)?;
    for path in known.difference(written) {
        delete(folder, path);
    }
    for path in written {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(incomplete(parent))?;
        }
        fs::rename(staging.join(path), &target).map_err(incomplete(&target))?;
    }
    replace_manifest(folder, staging, written)
}

/// Fails if something that no export wrote is at the path of a new file, or in place of one of the
/// folders above it.
fn check_place(folder: &Path, path: &str, known: &BTreeSet<String>) -> Result<(), ExportError> {
    let mut place = folder.to_owned();
    let mut above = String::new();
    let (parents, _) = path.rsplit_once('/').unwrap_or(("", path));
    for name in parents.split('/').filter(|name| !name.is_empty()) {
        place.push(name);
        if !above.is_empty() {
            above.push('/');
        }
        above.push_str(name);
        match fs::symlink_metadata(&place) {
            Err(_) => return Ok(()),
            Ok(found) if found.is_dir() => {}
            // A file of the last export is deleted before the folder is made.
            Ok(found) if found.is_file() && known.contains(&above) => return Ok(()),
            Ok(_) => return Err(ExportError::Occupied(place)),
        }
    }
    let target = folder.join(path);
    let is_free = match fs::symlink_metadata(&target) {
        Err(_) => true,
        Ok(found) if found.is_dir() => holds_only(&target, path, known),
        Ok(_) => known.contains(path),
    };
    if is_free { Ok(()) } else { Err(ExportError::Occupied(target)) }
}

/// Whether a folder holds nothing but files of the last export.
fn holds_only(folder: &Path, path: &str, known: &BTreeSet<String>) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => holds_only(&entry.path(), &path, known),
            _ => known.contains(&path),
        }
    })
}

/// Deletes a file of the last export and the folders that it leaves empty. A file that cannot be
/// deleted stays: the site is complete without that.
fn delete(folder: &Path, path: &str) {
    let mut parents: Vec<&Path> = Path::new(path).ancestors().skip(1).collect();
    parents.retain(|parent| !parent.as_os_str().is_empty());
    let are_real = parents
        .iter()
        .all(|parent| fs::symlink_metadata(folder.join(parent)).is_ok_and(|found| found.is_dir()));
    if !are_real || fs::remove_file(folder.join(path)).is_err() {
        return;
    }
    for parent in parents {
        // Fails if the folder is not empty.
        if fs::remove_dir(folder.join(parent)).is_err() {
            return;
        }
    }
}

/// Replaces the manifest of a folder by one that is written in the staging folder first.
fn replace_manifest(
    folder: &Path,
    staging: &Path,
    files: &BTreeSet<String>,
) -> Result<(), ExportError> {
    write_manifest(staging, files)?;
    let manifest = folder.join(MANIFEST);
    fs::rename(staging.join(MANIFEST), &manifest).map_err(io_error(&manifest))
}

fn write_manifest(staging: &Path, files: &BTreeSet<String>) -> Result<(), ExportError> {
    let mut text = format!("{MANIFEST_HEAD}\n");
    for path in files {
        text.push_str(path);
        text.push('\n');
    }
    let manifest = staging.join(MANIFEST);
    fs::write(&manifest, text).map_err(io_error(&manifest))
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> ExportError + '_ {
    |error| ExportError::Io(path.to_owned(), error)
}

fn incomplete(path: &Path) -> impl FnOnce(io::Error) -> ExportError + '_ {
    |error| ExportError::Incomplete(path.to_owned(), error)
}

/// A temporary name beside a folder or file: on the same file system, so that a rename is atomic.
pub(super) fn sibling(folder: &Path, role: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!(".gazette-{role}-{}", std::process::id()));
    folder.with_file_name(name)
}
