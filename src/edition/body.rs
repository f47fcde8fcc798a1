//! The bytes of a resource in every content coding.
//!
//! A body keeps the codings that are cheap to keep. The others are made from a kept one when they
//! are first requested. Neither the bytes of a coding nor its entity tag depend on when it is made.

use std::fmt;
use std::sync::OnceLock;

use blake3::Hash;
use bytes::Bytes;

use super::encoding::{self, Encoding};

/// The level of brotli: 6 to 9 make pages no smaller; 10 does, and takes a hundred times as long.
pub(super) const BROTLI_LEVEL: i32 = 5;

/// The levels for the export of a large site.
const EXPORT_BROTLI_LEVEL: i32 = 3;
const EXPORT_ZSTD_LEVEL: i32 = 1;

/// The largest body whose brotli coding is made for its first request, in bytes of the identity:
/// that takes about a millisecond. Larger ones get it from [`Body::prepare`].
const MAX_ON_REQUEST: usize = 32 << 10;

/// The largest body that has a brotli coding made after the compile. A larger one is a data file;
/// its brotli would occupy a core for seconds.
const MAX_PREPARED: usize = 4 << 20;

/// The bytes of a resource.
#[derive(Debug)]
pub struct Body {
    digest: Digest,
    /// The length of the identity in bytes.
    length: usize,
    /// At least one of `identity` and `gzip` is kept.
    identity: Option<Bytes>,
    gzip: Option<Bytes>,
    zstd: Option<Bytes>,
    brotli: Brotli,
}

/// The brotli coding of a body.
#[derive(Debug)]
pub(super) enum Brotli {
    /// There is none.
    None,
    Kept(Bytes),
    /// It is made from another coding after the compile.
    Lazy(OnceLock<Bytes>),
}

/// The codings of a body that are kept from the start.
#[derive(Debug)]
pub(super) struct Codings {
    pub(super) identity: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
    pub(super) zstd: Option<Bytes>,
    pub(super) brotli: Brotli,
}

/// Half of the hash of an identity, in hexadecimal digits: 128 bits make collisions practically
/// impossible.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest([u8; Self::DIGITS]);

impl Digest {
    const DIGITS: usize = 32;

    pub(super) fn new(hash: &Hash) -> Self {
        let mut digits = [0; Self::DIGITS];
        digits.copy_from_slice(&hash.to_hex().as_bytes()[..Self::DIGITS]);
        Self(digits)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::DIGITS);
        &self.0[..length]
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&String::from_utf8_lossy(self.as_bytes()))
    }
}

/// A strong entity tag with its quotes: the digest of the identity and the name of the coding.
#[derive(Debug, Clone, Copy)]
pub struct EntityTag {
    text: [u8; Self::MAX_LENGTH],
    length: usize,
}

impl EntityTag {
    const MAX_LENGTH: usize = Digest::DIGITS + 6;

    fn new(digest: &Digest, encoding: Encoding) -> Self {
        let mut tag = Self { text: [0; Self::MAX_LENGTH], length: 0 };
        for part in [b"\"", digest.as_bytes(), encoding.suffix().as_bytes(), b"\""] {
            tag.text[tag.length..tag.length + part.len()].copy_from_slice(part);
            tag.length += part.len();
        }
        tag
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }
}

impl Body {
    pub(super) fn new(digest: Digest, length: usize, codings: Codings) -> Self {
        let Codings { identity, gzip, zstd, brotli } = codings;
        Self { digest, length, identity, gzip, zstd, brotli }
    }

    pub(super) fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The length of the identity in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The entity tag of a coding.
    #[must_use]
    pub fn entity_tag(&self, encoding: Encoding) -> EntityTag {
        EntityTag::new(&self.digest, encoding)
    }

    /// The codings that a client can get, the identity first, each with its length. A coding
    /// without a length is made for its first request and is smaller than the others.
    pub fn codings(&self) -> impl Iterator<Item = (Encoding, Option<usize>)> {
        let kept = |bytes: &Option<Bytes>| bytes.as_ref().map(|bytes| Some(bytes.len()));
        let brotli = match &self.brotli {
            Brotli::None => None,
            Brotli::Kept(bytes) => Some(Some(bytes.len())),
            Brotli::Lazy(bytes) => match bytes.get() {
                Some(bytes) => Some(Some(bytes.len())),
                None => (self.length <= MAX_ON_REQUEST).then_some(None),
            },
        };
        let all = [
            (Encoding::Identity, Some(Some(self.length))),
            (Encoding::Gzip, kept(&self.gzip)),
            (Encoding::Zstd, kept(&self.zstd)),
            (Encoding::Brotli, brotli),
        ];
        all.into_iter().filter_map(|(encoding, length)| Some((encoding, length?)))
    }

    /// The bytes in a coding that [`Body::codings`] names, and in the identity otherwise.
    #[must_use]
    pub fn bytes(&self, encoding: Encoding) -> Bytes {
        let kept = match encoding {
            Encoding::Identity => None,
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Zstd => self.zstd.as_ref(),
            Encoding::Brotli => match &self.brotli {
                Brotli::None => None,
                Brotli::Kept(bytes) => Some(bytes),
                Brotli::Lazy(bytes) => {
                    Some(bytes.get_or_init(|| encoding::brotli(&self.identity(), BROTLI_LEVEL)))
                }
            },
        };
        kept.cloned().unwrap_or_else(|| self.identity())
    }

    /// The bytes in every coding that makes them smaller, for files beside each other, the identity
    /// first.
    #[must_use]
    pub fn all_codings(&self) -> Vec<(Encoding, Bytes)> {
        let identity = self.identity();
        let mut all = vec![(Encoding::Identity, identity.clone())];
        all.extend(self.gzip.clone().map(|gzip| (Encoding::Gzip, gzip)));
        let (brotli, zstd) = match &self.brotli {
            Brotli::Lazy(_) => {
                let brotli = encoding::smaller_brotli(&identity, EXPORT_BROTLI_LEVEL);
                (brotli, encoding::zstd(&identity, EXPORT_ZSTD_LEVEL))
            }
            Brotli::Kept(brotli) => (Some(brotli.clone()), self.zstd.clone()),
            Brotli::None => (None, self.zstd.clone()),
        };
        all.extend(brotli.map(|brotli| (Encoding::Brotli, brotli)));
        all.extend(zstd.map(|zstd| (Encoding::Zstd, zstd)));
        all
    }

    /// The uncompressed bytes.
    #[must_use]
    pub fn identity(&self) -> Bytes {
        match (&self.identity, &self.gzip) {
            (Some(identity), _) => identity.clone(),
            (None, Some(gzip)) => encoding::gunzip(gzip, self.length),
            (None, None) => Bytes::new(),
        }
    }

    /// Makes the brotli coding if a request would not.
    pub(super) fn prepare(&self) {
        if (MAX_ON_REQUEST + 1..=MAX_PREPARED).contains(&self.length) {
            let _ = self.bytes(Encoding::Brotli);
        }
    }

    /// A body of given codings, whose digest is a text of at most 32 bytes.
    #[cfg(test)]
    pub(crate) fn for_test(digest: &str, coding: impl Fn(Encoding) -> Option<Bytes>) -> Self {
        let mut digits = [0; Digest::DIGITS];
        digits[..digest.len()].copy_from_slice(digest.as_bytes());
        let identity = coding(Encoding::Identity);
        let codings = Codings {
            gzip: coding(Encoding::Gzip),
            zstd: coding(Encoding::Zstd),
            brotli: coding(Encoding::Brotli).map_or(Brotli::None, Brotli::Kept),
            identity: identity.clone(),
        };
        Self::new(Digest(digits), identity.map_or(0, |bytes| bytes.len()), codings)
    }
}
