//! The entry of one path: a resource with its bytes in every useful encoding, or a redirect.

use std::sync::Arc;

use super::body::Body;
use crate::pages::Memento;

/// The entry of an edition at one path.
#[derive(Debug, Clone)]
pub enum PathEntry {
    /// 200: this resource.
    Found(Resource),
    /// 410: a page that says why the content is gone and where to go on.
    Gone(Resource),
    /// 308: to this path of the same site.
    Redirect(Box<str>),
}

/// A resource with its representations.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The value of `Content-Type`.
    pub media_type: &'static str,
    /// The value of `Content-Language`, for resources in one language.
    pub language: Option<Arc<str>>,
    pub cache: CachePolicy,
    /// Whether it is a file of the content folder, of which clients may request parts.
    pub is_file: bool,
    /// Its bytes, which an edition shares with the one before if they are the same.
    pub body: Arc<Body>,
    /// Its place among the texts of a bulletin, if that has earlier ones.
    pub memento: Option<Arc<Memento>>,
}

/// How long a cache may reuse a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Pages, feeds and data: fresh for a minute, then served while being revalidated.
    Page,
    /// Assets whose name contains the hash of their bytes: for a year, without revalidation.
    Immutable,
    /// Responses to a single request: error pages, health checks.
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
