//! Hashes of content files.

use twox_hash::XxHash3_128;

/// The hash of a file's path and bytes, by which changed files are found. It is a fast one: whoever
/// can write two files with one hash can write either of them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct SourceDigest([u8; 16]);

impl SourceDigest {
    /// The hash of parts, whose borders count.
    pub(crate) fn new<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hasher = XxHash3_128::new();
        for part in parts {
            hasher.write(&part.len().to_le_bytes());
            hasher.write(part);
        }
        Self(hasher.finish_128().to_le_bytes())
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}
