//! Compresses bodies into every encoding that makes them smaller, each with its entity tag.

use blake3::Hash;
use bytes::Bytes;

use super::resource::{CachePolicy, Encoding, Resource, Variant};

/// How hard to compress.
///
/// A city's site has a few megabytes and is compressed well; with a very large one that would delay
/// the start of the server. The level depends only on the size of the content, so that every
/// machine makes the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CompressionLevel {
    High,
    Fast,
}

/// The largest site that is compressed at the high level, in bytes: 8 MiB take about a second on
/// two cores (`cargo bench --bench compile`).
const MAX_HIGH_BYTES: usize = 8 << 20;

/// The smallest body that is compressed, in bytes: smaller ones fit into one packet as they are.
const MIN_BYTES: usize = 256;

impl CompressionLevel {
    pub(super) fn for_site(bytes: usize) -> Self {
        if bytes <= MAX_HIGH_BYTES { Self::High } else { Self::Fast }
    }

    const fn brotli(self) -> i32 {
        match self {
            // Levels 6 to 9 make pages no smaller than 5; 10 does, and takes a hundred times as
            // long.
            Self::High => 5,
            // 7 % larger than level 4, in half the time.
            Self::Fast => 3,
        }
    }

    fn gzip(self) -> libdeflater::CompressionLvl {
        let level = match self {
            Self::High => 9,
            // A few percent larger than level 4, in half the time.
            Self::Fast => 1,
        };
        libdeflater::CompressionLvl::new(level).unwrap_or_default()
    }

    const fn zstd(self) -> i32 {
        match self {
            Self::High => 12,
            Self::Fast => 1,
        }
    }
}

/// A body in every encoding that makes it smaller.
pub(super) struct Compressed {
    pub(super) hash: Hash,
    pub(super) identity: Variant,
    pub(super) gzip: Option<Variant>,
    pub(super) brotli: Option<Variant>,
    pub(super) zstd: Option<Variant>,
}

/// Compresses bodies one after the other and reuses what the compressors allocate.
pub(super) struct Compressor {
    level: CompressionLevel,
    gzip: libdeflater::Compressor,
    zstd: Option<zstd::bulk::Compressor<'static>>,
}

impl Compressor {
    pub(super) fn new(level: CompressionLevel) -> Self {
        let gzip = libdeflater::Compressor::new(level.gzip());
        Self { level, gzip, zstd: zstd::bulk::Compressor::new(level.zstd()).ok() }
    }

    /// Compresses a body in every encoding, if its media type is worth it.
    pub(super) fn compress(&mut self, body: &Bytes, media_type: &str) -> Compressed {
        let hash = blake3::hash(body);
        let identity = new_variant(body.clone(), &hash, Encoding::Identity);
        if !is_compressible(media_type) {
            return Compressed { hash, identity, gzip: None, brotli: None, zstd: None };
        }
        Compressed {
            gzip: self.variant(body, &hash, Encoding::Gzip),
            brotli: self.variant(body, &hash, Encoding::Brotli),
            zstd: self.variant(body, &hash, Encoding::Zstd),
            identity,
            hash,
        }
    }

    /// The body in one coding; `None` if that makes it no smaller.
    fn variant(&mut self, body: &Bytes, hash: &Hash, encoding: Encoding) -> Option<Variant> {
        if body.len() < MIN_BYTES {
            return None;
        }
        let compressed = match encoding {
            Encoding::Identity => None,
            Encoding::Gzip => self.gzip(body),
            Encoding::Zstd => self.zstd.as_mut()?.compress(body).ok(),
            Encoding::Brotli => brotli(body, self.level),
        }?;
        (compressed.len() < body.len())
            .then(|| new_variant(Bytes::from(compressed), hash, encoding))
    }

    fn gzip(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        // libdeflate writes neither a time nor a system into the header, so every machine makes the
        // same bytes.
        let mut compressed = vec![0; self.gzip.gzip_compress_bound(body.len())];
        let length = self.gzip.gzip_compress(body, &mut compressed).ok()?;
        compressed.truncate(length);
        compressed.shrink_to_fit();
        Some(compressed)
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
    let hash = blake3::hash(body);
    let compressed = Compressor::new(CompressionLevel::Fast).variant(body, &hash, encoding);
    let (mut gzip, mut zstd, mut brotli) = (None, None, None);
    match encoding {
        Encoding::Identity => {}
        Encoding::Gzip => gzip = compressed,
        Encoding::Zstd => zstd = compressed,
        Encoding::Brotli => brotli = compressed,
    }
    Resource {
        media_type,
        language: Some(language.into()),
        cache: CachePolicy::Page,
        is_file: false,
        identity: new_variant(body.clone(), &hash, Encoding::Identity),
        gzip,
        brotli,
        zstd,
    }
}

fn new_variant(body: Bytes, hash: &Hash, encoding: Encoding) -> Variant {
    // Half of the hash: 128 bits make collisions practically impossible.
    let etag = format!("\"{}{}\"", &hash.to_hex()[..32], encoding.suffix());
    Variant { body, etag: etag.into() }
}

/// Whether compression helps: images and archives are compressed already.
fn is_compressible(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("json")
        || matches!(essence, "application/xml" | "application/pdf" | "application/octet-stream")
}

fn brotli(body: &[u8], level: CompressionLevel) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: level.brotli(),
        lgwin: 18,
        size_hint: body.len(),
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut compressed = Vec::with_capacity(body.len() / 3);
    brotli::BrotliCompress(&mut &body[..], &mut compressed, &parameters).ok()?;
    Some(compressed)
}
