//! Compresses bodies: all codings at once for a small site, gzip alone for a large one.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::body::{BROTLI_LEVEL, Body, Brotli, Codings, Digest};
use super::encoding::{Encoding, exact, smaller_brotli, zstd};
use super::resource::{CachePolicy, Resource};
use crate::record::Record;

/// How hard to compress.
///
/// A city's site has a few megabytes: every coding is made and kept, so that no request waits. A
/// very large one would delay the start of the server and fill its memory: it keeps gzip, from
/// which the other codings are made for a request. The level depends only on the texts, so that
/// every machine makes the same bytes, and is known before the first page is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompressionLevel {
    High,
    Fast,
}

/// The largest site that is compressed at the high level, in bytes of its pages by estimate: 8 MiB
/// take about a second on two cores (`cargo bench --bench compile`).
const MAX_HIGH_BYTES: usize = 8 << 20;

/// The size of a page without its text (head, navigation, footer), in bytes, estimated.
const FRAME_BYTES: usize = 8 << 10;

/// The smallest body that is compressed, in bytes: smaller ones fit into one packet as they are.
const MIN_BYTES: usize = 256;

/// The largest body of which only gzip is kept, in bytes. The identity of a larger one would be
/// unpacked for each reader and stay in memory while the reader is slow.
const MAX_UNPACKED: usize = 256 << 10;

impl CompressionLevel {
    pub(super) fn for_site(record: &Record<'_>) -> Self {
        let sizes = record.public_texts().map(|text| text.body.markdown.len() + FRAME_BYTES);
        if sizes.sum::<usize>() <= MAX_HIGH_BYTES { Self::High } else { Self::Fast }
    }

    fn gzip(self) -> libdeflater::CompressionLvl {
        let level = match self {
            Self::High => 9,
            // 2 % larger than level 6, in half the time.
            Self::Fast => 1,
        };
        libdeflater::CompressionLvl::new(level).unwrap_or_default()
    }
}

/// The level of brotli for a body that is made for one request.
const DYNAMIC_BROTLI_LEVEL: i32 = 4;

const ZSTD_LEVEL: i32 = 12;

/// Compresses bodies one after the other and reuses what the compressors allocate.
pub(super) struct Compressor {
    level: CompressionLevel,
    gzip: libdeflater::Compressor,
    /// The output of gzip before its length is known.
    buffer: Vec<u8>,
}

impl Compressor {
    pub(super) fn new(level: CompressionLevel) -> Self {
        Self { level, gzip: libdeflater::Compressor::new(level.gzip()), buffer: Vec::new() }
    }

    /// Compresses a body with this digest.
    pub(super) fn compress(&mut self, digest: Digest, body: Bytes, media_type: &str) -> Body {
        let length = body.len();
        let gzip = if is_compressible(media_type) { self.gzip(&body) } else { None };
        let is_compressed = gzip.is_some();
        let codings = match self.level {
            CompressionLevel::High => Codings {
                brotli: if is_compressed {
                    smaller_brotli(&body, BROTLI_LEVEL).map_or(Brotli::None, Brotli::Kept)
                } else {
                    Brotli::None
                },
                zstd: if is_compressed { zstd(&body, ZSTD_LEVEL) } else { None },
                gzip,
                identity: Some(exact(body)),
            },
            CompressionLevel::Fast => Codings {
                brotli: if is_compressed { Brotli::Lazy(OnceLock::new()) } else { Brotli::None },
                zstd: None,
                identity: (!is_compressed || length > MAX_UNPACKED).then(|| exact(body)),
                gzip,
            },
        };
        Body::new(digest, length, codings)
    }

    /// The body as gzip; `None` if that makes it no smaller.
    fn gzip(&mut self, body: &Bytes) -> Option<Bytes> {
        if body.len() < MIN_BYTES {
            return None;
        }
        // libdeflate writes neither a time nor a system into the header, so every machine makes the
        // same bytes.
        let bound = self.gzip.gzip_compress_bound(body.len());
        if self.buffer.len() < bound {
            self.buffer.resize(bound, 0);
        }
        let length = self.gzip.gzip_compress(body, &mut self.buffer).ok()?;
        (length < body.len()).then(|| Bytes::copy_from_slice(&self.buffer[..length]))
    }
}

/// Compresses a body that was made for one request, only in the coding that its client prefers.
#[must_use]
pub(super) fn compress_dynamic(
    body: &Bytes,
    media_type: &'static str,
    language: &str,
    encoding: Encoding,
) -> Resource {
    let mut codings =
        Codings { identity: Some(body.clone()), gzip: None, zstd: None, brotli: Brotli::None };
    if body.len() >= MIN_BYTES {
        match encoding {
            Encoding::Identity => {}
            Encoding::Gzip => codings.gzip = Compressor::new(CompressionLevel::Fast).gzip(body),
            Encoding::Zstd => codings.zstd = zstd(body, 1),
            Encoding::Brotli => {
                let compressed = smaller_brotli(body, DYNAMIC_BROTLI_LEVEL);
                codings.brotli = compressed.map_or(Brotli::None, Brotli::Kept);
            }
        }
    }
    let digest = Digest::new(&blake3::hash(body));
    Resource {
        media_type,
        language: Some(language.into()),
        cache: CachePolicy::Page,
        is_file: false,
        body: Arc::new(Body::new(digest, body.len(), codings)),
        memento: None,
    }
}

/// Whether compression helps: images and archives are compressed already.
fn is_compressible(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("json")
        || matches!(essence, "application/xml" | "application/pdf" | "application/octet-stream")
}
