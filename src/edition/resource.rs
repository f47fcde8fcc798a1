//! One URL's answer, packed ahead: its bytes in every encoding that is worth sending, each with its entity tag.

use bytes::Bytes;
use jiff::Timestamp;

/// What the current edition answers at one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathEntry {
    /// 200 with this resource.
    Found(Resource),
    /// 410 with this page, which says why the address is empty and where to go on.
    Gone(Resource),
    /// 308 to this path of the same site.
    Redirect(Box<str>),
}

/// The packed representations of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The `Content-Type` that is sent.
    pub media_type: &'static str,
    /// The `Content-Language`, for resources written in one.
    pub language: Option<Box<str>>,
    /// How long caches may keep it.
    pub cache: CachePolicy,
    /// When its content last changed, by the content's own dates.
    pub modified: Option<Timestamp>,
    /// The bytes as they were written; the others are these, compressed.
    pub identity: Variant,
    /// RFC 1952, where it is smaller than the identity.
    pub gzip: Option<Variant>,
    /// RFC 7932, where it is smaller than the identity.
    pub brotli: Option<Variant>,
    /// RFC 8878, where it is smaller than the identity.
    pub zstd: Option<Variant>,
}

/// One representation: bytes and the strong entity tag that names exactly these bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The body as it goes on the wire.
    pub body: Bytes,
    /// The whole `ETag` value, quotes included.
    pub etag: Box<str>,
}

/// How long a cache may answer with a resource before it asks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Pages, feeds and data: fresh for a minute, then served while being checked.
    Page,
    /// Assets whose name holds the hash of their bytes: for a year, never checked.
    Immutable,
    /// Answers that hold for this one request: problems, health.
    Never,
}

impl CachePolicy {
    /// The `Cache-Control` value (RFC 9111, RFC 5861 and RFC 8246).
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Page => "public, max-age=60, stale-while-revalidate=600",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        }
    }
}

/// A content coding in which bodies are packed. A later one is preferred where all else is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// As it was written.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// What an entity tag ends with that names a body in this coding.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Zstd => "-zst",
            Self::Brotli => "-br",
        }
    }

    /// The `Content-Encoding` to send; the identity has none.
    #[must_use]
    pub const fn header(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("zstd"),
            Self::Brotli => Some("br"),
        }
    }
}
