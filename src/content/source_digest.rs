//! Hashes of content files.

/// Half of the hash of a file's path and bytes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct SourceDigest([u8; 16]);

impl SourceDigest {
    /// The hash of parts, whose borders count.
    pub(crate) fn new<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&part.len().to_le_bytes()).update(part);
        }
        let mut half = [0; 16];
        half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(half)
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}
