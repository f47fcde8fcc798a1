//! The pictures of a content folder with their variants. Each is decoded once: later reads, and a
//! start with a cache, use what was made from the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use blake3::Hash;
use bytes::Bytes;
use rayon::prelude::*;

use super::variants::{Variant, make_variants};
use super::{Image, ImageKind, ImageProblem};

/// The version of the encoder and its settings. Kept variants of another version are not used.
const ENCODER_VERSION: &str = "webp-1";

/// The pictures of a content folder.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    by_path: BTreeMap<Arc<str>, Picture>,
    /// Those that were made before, by the hash of their files.
    by_hash: BTreeMap<[u8; 32], Arc<[Variant]>>,
    /// How many were decoded for this read and those before it.
    decoded: usize,
}

#[derive(Debug, Clone)]
struct Picture {
    file: Bytes,
    hash: Hash,
    variants: Result<Arc<[Variant]>, ImageProblem>,
}

impl Pictures {
    /// Reads the pictures among files on all cores, after those that were read last.
    pub(crate) fn read(files: &BTreeMap<Arc<str>, Bytes>, last: &Self) -> Self {
        let pictures = files.iter().filter(|(_, file)| {
            matches!(ImageKind::detect(file), Ok(ImageKind::Jpeg | ImageKind::Png))
        });
        let pictures: Vec<_> = pictures.collect();
        let read: Vec<(Arc<str>, Picture, bool)> = pictures
            .into_par_iter()
            .with_max_len(1)
            .filter_map(|(path, file)| {
                let (picture, is_decoded) = last.read_one(path, file)?;
                Some((Arc::clone(path), picture, is_decoded))
            })
            .collect();
        let decoded = read.iter().filter(|(_, _, is_decoded)| *is_decoded).count();
        let by_path: BTreeMap<_, _> =
            read.into_iter().map(|(path, picture, _)| (path, picture)).collect();
        let good = by_path.values().filter_map(|picture| {
            Some((*picture.hash.as_bytes(), Arc::clone(picture.variants.as_ref().ok()?)))
        });
        let by_hash = good.collect();
        Self { by_path, by_hash, decoded: last.decoded + decoded }
    }

    /// Reads a picture, and returns whether it had to be decoded. `None` if its structure is
    /// broken already.
    fn read_one(&self, path: &Arc<str>, file: &Bytes) -> Option<(Picture, bool)> {
        // A file that did not change shares its bytes with the last snapshot.
        if let Some(known) = self.by_path.get(path)
            && (known.file.as_ptr(), known.file.len()) == (file.as_ptr(), file.len())
        {
            return Some((known.clone(), false));
        }
        let (file, hash) = (file.clone(), blake3::hash(file));
        if let Some(known) = self.by_hash.get(hash.as_bytes()) {
            return Some((Picture { file, hash, variants: Ok(Arc::clone(known)) }, false));
        }
        let image = Image::read(&file).ok()?;
        let variants = make_variants(&image, &file).map(Arc::from);
        Some((Picture { file, hash, variants }, true))
    }

    /// The variants of a file, the smallest first; none of one that is no picture.
    #[must_use]
    pub fn variants(&self, path: &str) -> &[Variant] {
        let picture = self.by_path.get(path);
        picture.and_then(|picture| picture.variants.as_deref().ok()).unwrap_or_default()
    }

    /// The problem of a picture that cannot be decoded.
    #[must_use]
    pub fn problem(&self, path: &str) -> Option<ImageProblem> {
        self.by_path.get(path)?.variants.as_ref().err().copied()
    }

    /// How many pictures were decoded for this read and those before it.
    #[must_use]
    pub const fn decoded(&self) -> usize {
        self.decoded
    }

    /// The variants as files, to be kept on disk.
    pub fn kept_files(&self) -> impl Iterator<Item = (String, Bytes)> {
        self.by_hash.iter().flat_map(|(hash, variants)| {
            let folder = format!("{ENCODER_VERSION}/{}", Hash::from_bytes(*hash).to_hex());
            // A picture without variants is kept as such, so that it is not decoded again.
            let none = variants.is_empty().then(|| (format!("{folder}/0"), Bytes::new()));
            let variants = variants.iter().map(move |variant| {
                (format!("{folder}/{:05}", variant.width), variant.bytes.clone())
            });
            none.into_iter().chain(variants)
        })
    }

    /// The pictures that were kept as files.
    pub fn of_kept_files<'f>(files: impl Iterator<Item = (&'f str, &'f Bytes)>) -> Self {
        let mut by_hash: BTreeMap<[u8; 32], Vec<Variant>> = BTreeMap::new();
        for (path, bytes) in files {
            let mut parts = path.split('/');
            if let (Some(ENCODER_VERSION), Some(hash), Some(width)) =
                (parts.next(), parts.next(), parts.next())
                && let (Ok(hash), Ok(width)) = (Hash::from_hex(hash), width.parse())
            {
                let variants = by_hash.entry(*hash.as_bytes()).or_default();
                if width > 0 {
                    variants.push(Variant { width, bytes: bytes.clone() });
                }
            }
        }
        let by_hash = by_hash.into_iter().map(|(hash, variants)| (hash, variants.into()));
        Self { by_hash: by_hash.collect(), ..Self::default() }
    }
}
