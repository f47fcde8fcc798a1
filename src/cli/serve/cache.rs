//! `--cache DIR`: the content of the last good edition on disk, so that a server can start although
//! the content has an error.
//!
//! The content is kept, not the compiled pages: an edition is a function of content and instant, so
//! the same pages follow from it, and what is scheduled still appears and expires on its second. A
//! newer program reads it too. The file has drafts in it and is readable by its owner only. A
//! second file has the variants of pictures, so that a start does not make them again.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::{io, iter, thread};

use crate::content::image::Pictures;
use crate::source::{Snapshot, read_file, replace_private_file, try_to_write_in};

/// The first line of the file. It changes with the layout of what follows.
const FORMAT: &[u8] = b"gazette last good edition, format 1\n";

/// The first line of the file with pictures.
const PICTURES_FORMAT: &[u8] = b"gazette pictures, format 1\n";

const HASH_BYTES: usize = 32;

/// A fast level: the file is written after each reload.
const COMPRESSION: i32 = 1;

/// The largest content that is unpacked, in bytes.
const MAX_BYTES: usize = 4 << 30;

/// The cache in a folder.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    path: PathBuf,
    pictures: PathBuf,
}

impl Cache {
    /// The cache in a folder, which is created unless it is there.
    ///
    /// # Errors
    /// Fails if nothing is kept yet and nothing can be. Where something is, it may be served, so
    /// that a disk that is full or read-only now is only logged.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let cache = Self::new(folder);
        if !cache.path.exists() {
            try_to_write_in(folder)?;
        }
        Ok(cache)
    }

    fn new(folder: &Path) -> Self {
        Self { path: folder.join("last-good-edition"), pictures: folder.join("pictures") }
    }

    pub(super) fn path(&self) -> std::path::Display<'_> {
        self.path.display()
    }

    /// Reads the kept content; `None` if there is none yet.
    pub(super) fn load(&self) -> Result<Option<Snapshot>, String> {
        let bytes = read_file(&self.path).map_err(|error| error.to_string())?;
        bytes.map(|bytes| unpack(FORMAT, &bytes).map_err(ToOwned::to_owned)).transpose()
    }

    /// Reads the kept pictures. Without them, or if they are damaged, pictures are made again.
    pub(super) fn load_pictures(&self) -> Pictures {
        let files = match read_file(&self.pictures) {
            Ok(None) => return Pictures::default(),
            Ok(Some(bytes)) => unpack(PICTURES_FORMAT, &bytes).map_err(ToOwned::to_owned),
            Err(error) => Err(error.to_string()),
        };
        match files {
            Ok(files) => {
                Pictures::of_kept_files(files.files().map(|(path, bytes)| (&**path, bytes)))
            }
            Err(reason) => {
                tracing::warn!("making pictures again; `{}`: {reason}", self.pictures.display());
                Pictures::default()
            }
        }
    }

    fn store(&self, snapshot: &Snapshot) -> Result<(), String> {
        write_packed(&self.path, FORMAT, snapshot)
    }

    fn store_pictures(&self, pictures: &Pictures) -> Result<(), String> {
        let files = pictures.kept_files().map(|(path, bytes)| (path, bytes.to_vec()));
        write_packed(&self.pictures, PICTURES_FORMAT, &files.collect())
    }
}

/// A thread that writes the newest content, so that no reload waits for the disk. It ends with the
/// last handle.
#[derive(Debug, Clone)]
pub(super) struct CacheWriter {
    sender: Sender<Job>,
}

#[derive(Debug)]
enum Job {
    Store(Snapshot, Pictures),
    /// Is dropped when all that was sent before it is written.
    Wait(Sender<Infallible>),
}

impl CacheWriter {
    pub(super) fn start(cache: Cache) -> io::Result<Self> {
        let (sender, jobs) = channel();
        thread::Builder::new()
            .name("cache".to_owned())
            .spawn(move || write_newest(&cache, &jobs))?;
        Ok(Self { sender })
    }

    pub(super) fn store(&self, snapshot: &Snapshot, pictures: &Pictures) {
        // The thread ends after all handles.
        let _ = self.sender.send(Job::Store(snapshot.clone(), pictures.clone()));
    }

    /// Waits until the content that was stored last is on the disk.
    pub(super) fn wait(&self) {
        let (sender, written) = channel();
        if self.sender.send(Job::Wait(sender)).is_ok() {
            let _ = written.recv();
        }
    }
}

fn write_newest(cache: &Cache, jobs: &Receiver<Job>) {
    // How many pictures were decoded when they were written last.
    let mut decoded = 0;
    while let Ok(first) = jobs.recv() {
        let (mut newest, mut waiting) = (None, Vec::new());
        for job in iter::once(first).chain(jobs.try_iter()) {
            match job {
                Job::Store(snapshot, pictures) => newest = Some((snapshot, pictures)),
                Job::Wait(sender) => waiting.push(sender),
            }
        }
        let Some((snapshot, pictures)) = newest else { continue };
        if let Err(error) = cache.store(&snapshot) {
            tracing::error!("cannot keep the edition in `{}`: {error}", cache.path());
        }
        if pictures.decoded() > decoded {
            decoded = pictures.decoded();
            if let Err(error) = cache.store_pictures(&pictures) {
                tracing::error!("cannot keep pictures in `{}`: {error}", cache.pictures.display());
            }
        }
    }
}

fn write_packed(path: &Path, format: &[u8], files: &Snapshot) -> Result<(), String> {
    let bytes = pack(format, files).map_err(|error| error.to_string())?;
    replace_private_file(path, &bytes).map_err(|error| error.to_string())
}

/// Packs files: the format, the hash of the rest, and the files with their lengths, compressed.
fn pack(format: &[u8], snapshot: &Snapshot) -> io::Result<Vec<u8>> {
    let mut files = Vec::new();
    for (path, bytes) in snapshot.files() {
        for part in [path.as_bytes(), bytes] {
            files.extend_from_slice(&(part.len() as u64).to_le_bytes());
            files.extend_from_slice(part);
        }
    }
    let mut body = (files.len() as u64).to_le_bytes().to_vec();
    body.extend_from_slice(&zstd::bulk::compress(&files, COMPRESSION)?);
    let mut packed = format.to_vec();
    packed.extend_from_slice(blake3::hash(&body).as_bytes());
    packed.extend_from_slice(&body);
    Ok(packed)
}

/// Unpacks files. A file of another format, or one that was changed, is refused.
fn unpack(format: &[u8], packed: &[u8]) -> Result<Snapshot, &'static str> {
    let rest = packed.strip_prefix(format).ok_or("it has the format of another version")?;
    let (hash, body) = rest.split_at_checked(HASH_BYTES).ok_or("it is cut off")?;
    if blake3::hash(body).as_bytes() != hash {
        return Err("it is damaged: its hash is another");
    }
    let (length, compressed) = take_length(body).ok_or("it is cut off")?;
    if length > MAX_BYTES {
        return Err("it is too large");
    }
    let files = zstd::bulk::decompress(compressed, length).map_err(|_| "it cannot be unpacked")?;
    let mut rest = files.as_slice();
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let (path, after_path) = take_part(rest).ok_or("it is cut off")?;
        let (bytes, after_bytes) = take_part(after_path).ok_or("it is cut off")?;
        let path = String::from_utf8(path.to_vec()).map_err(|_| "it has a path that is no text")?;
        entries.push((path, bytes.to_vec()));
        rest = after_bytes;
    }
    Ok(entries.into_iter().collect())
}

fn take_part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = take_length(bytes)?;
    rest.split_at_checked(length)
}

fn take_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    Some((usize::try_from(u64::from_le_bytes(*length)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot() -> Snapshot {
        let files = [("site.toml", "name = 1"), ("a/图.md", ""), ("b.bin", "\0\u{1}")];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
    }

    fn files(snapshot: &Snapshot) -> Vec<(String, Vec<u8>)> {
        snapshot.files().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect()
    }

    #[test]
    fn wait_returns_after_content_is_written() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let cache = Cache::new(folder.path());
        let writer = CacheWriter::start(cache.clone())?;
        for _ in 0..20 {
            writer.store(&snapshot(), &Pictures::default());
            writer.wait();
            let kept = cache.load()?;
            assert_eq!(kept.map(|found| files(&found)), Some(files(&snapshot())));
            std::fs::remove_file(&cache.path)?;
        }
        Ok(())
    }

    #[test]
    fn packed_content_is_unpacked_unchanged() {
        let packed = pack(FORMAT, &snapshot()).unwrap_or_default();
        let unpacked = unpack(FORMAT, &packed);
        assert_eq!(unpacked.map(|found| files(&found)), Ok(files(&snapshot())));
        assert_eq!(
            unpack(FORMAT, &pack(FORMAT, &Snapshot::default()).unwrap_or_default())
                .map(|s| files(&s)),
            Ok(vec![])
        );
    }

    #[test]
    fn damaged_content_is_refused_at_every_byte() {
        let packed = pack(FORMAT, &snapshot()).unwrap_or_default();
        for place in 0..packed.len() {
            let mut damaged = packed.clone();
            damaged[place] ^= 1;
            assert!(unpack(FORMAT, &damaged).is_err(), "byte {place}");
            assert!(unpack(FORMAT, &packed[..place]).is_err(), "cut at {place}");
        }
        assert_eq!(unpack(FORMAT, b"").err(), Some("it has the format of another version"));
    }
}
