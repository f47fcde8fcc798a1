//! Bytes into what goes on the wire: each encoding that makes them smaller, each with its entity tag.

use bytes::Bytes;

use super::resource::{CachePolicy, Encoding, Resource, Variant};

/// How hard to compress.
///
/// A city's site has a few megabytes and is packed tightly; a very large one would make its readers wait for the start.
/// The choice follows from the content's size alone, so that every machine makes the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CompressionLevel {
    Tight,
    Quick,
}

/// Up to here a site is packed tightly: 8 MiB take about a second on two cores (`cargo bench --bench compile`).
const TIGHT_BYTES: usize = 8 << 20;

/// Smaller bodies fit one packet as they are.
const MIN_BYTES: usize = 256;

impl CompressionLevel {
    pub(super) fn for_site(bytes: usize) -> Self {
        if bytes <= TIGHT_BYTES { Self::Tight } else { Self::Quick }
    }

    const fn brotli(self) -> i32 {
        match self {
            // From 5 on nothing of a page's size gets smaller before 10, which takes a hundred times as long.
            Self::Tight => 5,
            // A fifteenth larger than 4, in half the time.
            Self::Quick => 3,
        }
    }

    fn gzip(self) -> libdeflater::CompressionLvl {
        let level = match self {
            Self::Tight => 9,
            // A few percent larger than 4, in half the time.
            Self::Quick => 1,
        };
        libdeflater::CompressionLvl::new(level).unwrap_or_default()
    }

    const fn zstd(self) -> i32 {
        match self {
            Self::Tight => 12,
            Self::Quick => 1,
        }
    }
}

/// One body in every encoding that is worth sending.
pub(super) struct Compressed {
    pub(super) hash: blake3::Hash,
    pub(super) identity: Variant,
    pub(super) gzip: Option<Variant>,
    pub(super) brotli: Option<Variant>,
    pub(super) zstd: Option<Variant>,
}

/// Packs bodies one after the other; what compressors allocate serves for all of them.
pub(super) struct Compressor {
    effort: CompressionLevel,
    gzip: libdeflater::Compressor,
    zstd: Option<zstd::bulk::Compressor<'static>>,
}

impl Compressor {
    pub(super) fn new(effort: CompressionLevel) -> Self {
        let gzip = libdeflater::Compressor::new(effort.gzip());
        Self { effort, gzip, zstd: zstd::bulk::Compressor::new(effort.zstd()).ok() }
    }

    /// Packs one body.
    pub(super) fn pack(&mut self, body: &Bytes, media_type: &str) -> Compressed {
        let hash = blake3::hash(body);
        // Half of the hash: 128 bits name a body beyond doubt.
        let name = &hash.to_hex()[..32];
        let variant = |body: Bytes, suffix: &str| Variant {
            body,
            etag: format!("\"{name}{suffix}\"").into(),
        };
        let smaller = |packed: Option<Vec<u8>>, suffix: &str| {
            packed
                .filter(|packed| packed.len() < body.len())
                .map(|packed| variant(Bytes::from(packed), suffix))
        };
        let identity = variant(body.clone(), "");
        if body.len() < MIN_BYTES || !is_compressible(media_type) {
            return Compressed { hash, identity, gzip: None, brotli: None, zstd: None };
        }
        let (gzip, brotli, zstd) = (self.gzip(body), brotli(body, self.effort), self.zstd(body));
        Compressed {
            hash,
            identity,
            gzip: smaller(gzip, Encoding::Gzip.suffix()),
            brotli: smaller(brotli, Encoding::Brotli.suffix()),
            zstd: smaller(zstd, Encoding::Zstd.suffix()),
        }
    }

    fn gzip(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        // libdeflate writes no time and no system into the header, so that every machine makes the same bytes.
        let mut packed = vec![0; self.gzip.gzip_compress_bound(body.len())];
        let length = self.gzip.gzip_compress(body, &mut packed).ok()?;
        packed.truncate(length);
        packed.shrink_to_fit();
        Some(packed)
    }

    fn zstd(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        self.zstd.as_mut()?.compress(body).ok()
    }
}

/// Packs a body that was made for one request, in the one coding that its client likes best.
#[must_use]
pub fn compress_dynamic(
    body: &Bytes,
    media_type: &'static str,
    language: &str,
    encoding: Encoding,
) -> Resource {
    let mut packer = Compressor::new(CompressionLevel::Quick);
    let name = blake3::hash(body).to_hex()[..32].to_owned();
    let variant =
        |body: Bytes, suffix: &str| Variant { body, etag: format!("\"{name}{suffix}\"").into() };
    let mut pack = |wanted: Encoding| {
        let packed = match wanted {
            _ if wanted != encoding || body.len() < MIN_BYTES => None,
            Encoding::Identity => None,
            Encoding::Gzip => packer.gzip(body),
            Encoding::Zstd => packer.zstd(body),
            Encoding::Brotli => brotli(body, CompressionLevel::Quick),
        };
        let packed = packed.filter(|packed| packed.len() < body.len());
        packed.map(|packed| variant(Bytes::from(packed), wanted.suffix()))
    };
    Resource {
        media_type,
        language: Some(language.into()),
        cache: CachePolicy::Page,
        modified: None,
        gzip: pack(Encoding::Gzip),
        zstd: pack(Encoding::Zstd),
        brotli: pack(Encoding::Brotli),
        identity: variant(body.clone(), ""),
    }
}

/// Images and archives are compressed already.
fn is_compressible(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("json")
        || matches!(essence, "application/xml" | "application/pdf" | "application/octet-stream")
}

fn brotli(body: &[u8], effort: CompressionLevel) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: effort.brotli(),
        lgwin: 18,
        size_hint: body.len(),
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(body.len() / 3);
    brotli::BrotliCompress(&mut &body[..], &mut packed, &parameters).ok()?;
    Some(packed)
}
