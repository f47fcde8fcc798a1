//! Content codings (RFC 9110 §8.4.1), and their encoders and decoders.

use bytes::Bytes;

/// A content coding. A later one is preferred if all else is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Uncompressed.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// The suffix of entity tags of bodies in this coding.
    pub(crate) const fn suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Zstd => "-zst",
            Self::Brotli => "-br",
        }
    }

    /// The value of `Content-Encoding`; none for the identity.
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

/// Decompresses gzip that this program made. `length` is that of the identity, in bytes.
pub(super) fn gunzip(gzip: &[u8], length: usize) -> Bytes {
    let mut body = vec![0; length];
    // The bytes were made by this process, so they are right.
    let written = libdeflater::Decompressor::new().gzip_decompress(gzip, &mut body);
    body.truncate(written.unwrap_or_default());
    Bytes::from(body)
}

/// The level of gzip for a body that is compressed for one request, or on a large site: 2 % larger
/// than level 6, in half the time.
pub(super) const FAST_GZIP_LEVEL: i32 = 1;

/// Compresses with gzip. libdeflate writes neither a time nor a system into the header, so every
/// machine makes the same bytes.
pub(super) fn gzip(body: &[u8], level: i32) -> Bytes {
    let level = libdeflater::CompressionLvl::new(level).unwrap_or_default();
    let mut compressor = libdeflater::Compressor::new(level);
    let mut compressed = vec![0; compressor.gzip_compress_bound(body.len())];
    // The output has as much room as the worst case needs.
    let length = compressor.gzip_compress(body, &mut compressed).unwrap_or_default();
    compressed.truncate(length);
    exact(Bytes::from(compressed))
}

/// Compresses with gzip; `None` if that makes the bytes no fewer.
pub(super) fn smaller_gzip(body: &[u8], level: i32) -> Option<Bytes> {
    if_smaller(gzip(body, level), body)
}

/// Compresses with zstd; `None` if that makes the bytes no fewer.
pub(super) fn zstd(body: &[u8], level: i32) -> Option<Bytes> {
    let compressed = zstd::bulk::compress(body, level).ok()?;
    if_smaller(exact(Bytes::from(compressed)), body)
}

/// Compresses with brotli; `None` if that makes the bytes no fewer.
pub(super) fn smaller_brotli(body: &[u8], level: i32) -> Option<Bytes> {
    if_smaller(brotli(body, level), body)
}

/// Compresses with brotli.
pub(super) fn brotli(body: &[u8], level: i32) -> Bytes {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: level,
        // 256 KiB, by its binary logarithm.
        lgwin: 18,
        size_hint: body.len(),
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut compressed = Vec::with_capacity(body.len() / 3);
    // Writing into memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &body[..], &mut compressed, &parameters);
    exact(Bytes::from(compressed))
}

/// The same bytes without unused capacity.
pub(super) fn exact(body: Bytes) -> Bytes {
    Bytes::from(Vec::from(body).into_boxed_slice())
}

fn if_smaller(compressed: Bytes, body: &[u8]) -> Option<Bytes> {
    (compressed.len() < body.len()).then_some(compressed)
}
