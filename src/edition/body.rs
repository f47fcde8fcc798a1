//! The bytes of a resource in every content coding.
//!
//! A body keeps the codings that are cheap to keep. The others are made from a kept one when they
//! are first requested; a file that few readers request is rendered only then. Neither the
//! bytes of a coding nor its entity tag depend on when it is made.

use std::fmt;
use std::sync::OnceLock;

use blake3::Hasher;
use bytes::Bytes;
use twox_hash::XxHash3_128;

use super::encoding::{self, Encoding, FAST_GZIP_LEVEL};
use super::packed::Packed;
use crate::pages::CitationFile;

/// The level of brotli: 6 to 9 make pages no smaller; 10 does, and takes a hundred times as long.
pub(super) const BROTLI_LEVEL: i32 = 5;

/// The largest body whose codings are made for their first request, in bytes of the identity:
/// brotli takes about a millisecond. Larger ones get it from [`Body::prepare`].
pub(super) const MAX_ON_REQUEST: usize = 32 << 10;

/// The largest body that has a brotli coding made after the compile. A larger one is a data file;
/// its brotli would occupy a core for seconds.
const MAX_PREPARED: usize = 4 << 20;

/// The bytes of a resource.
#[derive(Debug)]
pub struct Body(State);

#[derive(Debug)]
enum State {
    Rendered(Rendered),
    OnRequest(Deferred),
}

/// A file that is rendered when it is first requested.
struct Deferred {
    file: CitationFile,
    compress: fn(Bytes, &str) -> Codings,
    rendered: OnceLock<Box<Rendered>>,
}

// Whether it is rendered already makes no difference.
impl fmt::Debug for Deferred {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.file.fmt(out)
    }
}

impl Deferred {
    fn rendered(&self) -> &Rendered {
        self.rendered.get_or_init(|| {
            let body = self.file.render();
            let (digest, length) = (Digest::of(&body), body.len());
            let codings = (self.compress)(body, self.file.media_type());
            Box::new(Rendered { digest, length, codings })
        })
    }
}

/// The bytes of a file that is rendered.
#[derive(Debug)]
struct Rendered {
    digest: Digest,
    /// The length of the identity in bytes.
    length: usize,
    codings: Codings,
}

/// The codings of a body. At least one of `identity`, `packed` and `gzip` is kept.
#[derive(Debug, Default)]
pub(super) struct Codings {
    pub(super) identity: Option<Bytes>,
    pub(super) packed: Option<Packed>,
    pub(super) gzip: Coding,
    pub(super) zstd: Option<Bytes>,
    pub(super) brotli: Coding,
}

/// A coding of a body.
#[derive(Debug, Default)]
pub(super) enum Coding {
    /// There is none.
    #[default]
    None,
    Kept(Bytes),
    /// It is made from what is kept, after the compile.
    Lazy(OnceLock<Bytes>),
}

impl Coding {
    /// A coding that is kept if there is one.
    pub(super) fn kept(bytes: Option<Bytes>) -> Self {
        bytes.map_or(Self::None, Self::Kept)
    }

    pub(super) fn lazy() -> Self {
        Self::Lazy(OnceLock::new())
    }

    fn bytes(&self, make: impl FnOnce() -> Bytes) -> Option<&Bytes> {
        match self {
            Self::None => None,
            Self::Kept(bytes) => Some(bytes),
            Self::Lazy(bytes) => Some(bytes.get_or_init(make)),
        }
    }
}

/// The hash of an identity in hexadecimal digits: 128 bits make chance collisions practically
/// impossible. It protects nothing against attackers, so a fast hash is enough.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest([u8; Self::DIGITS]);

impl Digest {
    const DIGITS: usize = 32;

    pub(super) fn of(identity: &[u8]) -> Self {
        let mut hash = XxHash3_128::oneshot(identity);
        let mut digits = [0; Self::DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789abcdef"[(hash & 0xF) as usize];
            hash >>= 4;
        }
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
        Self(State::Rendered(Rendered { digest, length, codings }))
    }

    /// The body of a file that is rendered, and then compressed, when it is first requested.
    pub(super) fn on_request(file: CitationFile, compress: fn(Bytes, &str) -> Codings) -> Self {
        Self(State::OnRequest(Deferred { file, compress, rendered: OnceLock::new() }))
    }

    /// Whether it is rendered from the same facts.
    pub(super) fn is_of(&self, other: &CitationFile) -> bool {
        matches!(&self.0, State::OnRequest(Deferred { file, .. }) if file == other)
    }

    fn rendered(&self) -> &Rendered {
        match &self.0 {
            State::Rendered(rendered) => rendered,
            State::OnRequest(deferred) => deferred.rendered(),
        }
    }

    pub(super) fn digest(&self) -> &Digest {
        &self.rendered().digest
    }

    /// Adds the digest of the bytes to the hash of an edition, or the inputs of a file that is not
    /// rendered yet. Returns the length of the identity in bytes; 0 for such a file.
    pub(super) fn add_to(&self, hasher: &mut Hasher) -> usize {
        match &self.0 {
            State::Rendered(rendered) => {
                hasher.update(rendered.digest.as_bytes());
                rendered.length
            }
            State::OnRequest(deferred) => {
                deferred.file.hash_inputs(hasher);
                0
            }
        }
    }

    /// The length of the identity in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rendered().length
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entity tag of a coding.
    #[must_use]
    pub fn entity_tag(&self, encoding: Encoding) -> EntityTag {
        EntityTag::new(self.digest(), encoding)
    }

    /// The codings that a client can get, the identity first, each with its length. A coding that
    /// is made after the compile has no length, whether it is made already or not, so that the
    /// choice among them does not depend on earlier requests. It is smaller than the identity.
    pub fn codings(&self) -> impl Iterator<Item = (Encoding, Option<usize>)> {
        let Rendered { length: whole, codings, .. } = self.rendered();
        let length = |coding: &Coding| match coding {
            Coding::None => None,
            Coding::Kept(bytes) => Some(Some(bytes.len())),
            Coding::Lazy(bytes) => {
                (*whole <= MAX_ON_REQUEST || bytes.get().is_some()).then_some(None)
            }
        };
        let all = [
            (Encoding::Identity, Some(Some(*whole))),
            (Encoding::Gzip, length(&codings.gzip)),
            (Encoding::Zstd, codings.zstd.as_ref().map(|bytes| Some(bytes.len()))),
            (Encoding::Brotli, length(&codings.brotli)),
        ];
        all.into_iter().filter_map(|(encoding, length)| Some((encoding, length?)))
    }

    /// The bytes in a coding that [`Body::codings`] names, and in the identity otherwise.
    #[must_use]
    pub fn bytes(&self, encoding: Encoding) -> Bytes {
        let Codings { gzip, zstd, brotli, .. } = &self.rendered().codings;
        let found = match encoding {
            Encoding::Identity => None,
            Encoding::Gzip => gzip.bytes(|| encoding::gzip(&self.identity(), FAST_GZIP_LEVEL)),
            Encoding::Zstd => zstd.as_ref(),
            Encoding::Brotli => brotli.bytes(|| encoding::brotli(&self.identity(), BROTLI_LEVEL)),
        };
        found.cloned().unwrap_or_else(|| self.identity())
    }

    /// The uncompressed bytes.
    #[must_use]
    pub fn identity(&self) -> Bytes {
        let Rendered { length, codings, .. } = self.rendered();
        match codings {
            Codings { identity: Some(identity), .. } => identity.clone(),
            Codings { packed: Some(packed), .. } => packed.unpack(*length),
            Codings { gzip: Coding::Kept(gzip), .. } => encoding::gunzip(gzip, *length),
            _ => Bytes::new(),
        }
    }

    /// Makes the brotli coding if a request would not.
    pub(super) fn prepare(&self) {
        if let State::Rendered(rendered) = &self.0
            && (MAX_ON_REQUEST + 1..=MAX_PREPARED).contains(&rendered.length)
        {
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
            identity: identity.clone(),
            packed: None,
            gzip: Coding::kept(coding(Encoding::Gzip)),
            zstd: coding(Encoding::Zstd),
            brotli: Coding::kept(coding(Encoding::Brotli)),
        };
        Self::new(Digest(digits), identity.map_or(0, |bytes| bytes.len()), codings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_do_not_depend_on_earlier_requests() {
        let codings = Codings {
            identity: Some(Bytes::from("page ".repeat(100))),
            gzip: Coding::lazy(),
            brotli: Coding::lazy(),
            ..Codings::default()
        };
        let body = Body::new(Digest([b'0'; Digest::DIGITS]), 500, codings);
        let before: Vec<_> = body.codings().collect();
        assert!(body.bytes(Encoding::Gzip).len() < 100);
        assert!(body.bytes(Encoding::Brotli).len() < 100);
        assert_eq!(body.codings().collect::<Vec<_>>(), before);
    }
}
