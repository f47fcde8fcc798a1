//! Bytes into what goes on the wire: each encoding that makes them smaller, each with its entity tag.

use std::io::Write as _;

use bytes::Bytes;

use super::resource::Variant;

/// How hard to compress.
///
/// A city's site has a few megabytes and is packed tightly; a very large one would make its readers wait for the start.
/// The choice follows from the content's size alone, so that every machine makes the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    Tight,
    Quick,
}

/// Up to here a site is packed tightly: 8 MiB take about a second on two cores (`cargo bench --bench compile`).
const TIGHT_BYTES: usize = 8 << 20;

/// Smaller bodies fit one packet as they are.
const MIN_BYTES: usize = 256;

impl Effort {
    pub(super) fn for_site(bytes: usize) -> Self {
        if bytes <= TIGHT_BYTES { Self::Tight } else { Self::Quick }
    }

    const fn brotli(self) -> i32 {
        match self {
            // From 5 on nothing of a page's size gets smaller before 10, which takes a hundred times as long.
            Self::Tight => 5,
            Self::Quick => 4,
        }
    }

    const fn gzip(self) -> u32 {
        match self {
            Self::Tight => 9,
            Self::Quick => 4,
        }
    }

    const fn zstd(self) -> i32 {
        match self {
            Self::Tight => 12,
            Self::Quick => 3,
        }
    }
}

/// One body in every encoding that is worth sending.
pub(super) struct Packed {
    pub(super) hash: blake3::Hash,
    pub(super) identity: Variant,
    pub(super) gzip: Option<Variant>,
    pub(super) brotli: Option<Variant>,
    pub(super) zstd: Option<Variant>,
}

/// Packs one body.
pub(super) fn pack(body: &Bytes, media_type: &str, effort: Effort) -> Packed {
    let hash = blake3::hash(body);
    // Half of the hash: 128 bits name a body beyond doubt.
    let name = &hash.to_hex()[..32];
    let variant = |body: Bytes, suffix: &str| Variant { body, etag: format!("\"{name}{suffix}\"").into() };
    let smaller = |packed: Option<Vec<u8>>, suffix: &str| {
        packed.filter(|packed| packed.len() < body.len()).map(|packed| variant(Bytes::from(packed), suffix))
    };
    let is_packed = body.len() >= MIN_BYTES && is_compressible(media_type);
    let when = |make: &dyn Fn() -> Option<Vec<u8>>| if is_packed { make() } else { None };
    Packed {
        hash,
        identity: variant(body.clone(), ""),
        gzip: smaller(when(&|| gzip(body, effort)), "-gz"),
        brotli: smaller(when(&|| brotli(body, effort)), "-br"),
        zstd: smaller(when(&|| zstd(body, effort)), "-zst"),
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

fn gzip(body: &[u8], effort: Effort) -> Option<Vec<u8>> {
    // The header's time and system stay unset, so that every machine makes the same bytes.
    let mut encoder = flate2::GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::with_capacity(body.len() / 3), flate2::Compression::new(effort.gzip()));
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

fn brotli(body: &[u8], effort: Effort) -> Option<Vec<u8>> {
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

fn zstd(body: &[u8], effort: Effort) -> Option<Vec<u8>> {
    zstd::bulk::compress(body, effort.zstd()).ok()
}
