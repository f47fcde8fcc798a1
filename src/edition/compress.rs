//! Compresses bodies: all codings at once for a small site; for a large one only as they are kept.

use std::sync::Arc;

use bytes::Bytes;

use super::Edition;
use super::body::{BROTLI_LEVEL, Body, Coding, Codings, Digest, MAX_ON_REQUEST};
use super::encoding::{Encoding, FAST_GZIP_LEVEL, exact, smaller_brotli, smaller_gzip, zstd};
use super::packed::{Dictionaries, Packer};
use super::resource::{CachePolicy, Resource};
use crate::language::Language;
use crate::pages::{CitationFile, Output, RenderError};
use crate::record::Record;

/// The effort that compression takes.
///
/// A city's site has a few megabytes: every coding is made and kept, so that no request waits. A
/// very large one would delay the start of the server and fill its memory: it keeps short pages
/// packed and long ones as gzip, from which the other codings are made for a request. The level
/// depends only on the texts, so that every machine makes the same bytes, and is known before the
/// first page is rendered.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum CompressionLevel {
    #[default]
    High,
    Fast,
}

/// How an edition compresses and keeps its bodies.
#[derive(Debug, Default, Clone)]
pub(crate) struct Compression {
    level: CompressionLevel,
    dictionaries: Dictionaries,
}

impl Compression {
    /// Dictionaries are those of the previous edition. Typical outputs are rendered only if one of
    /// the languages has none.
    pub(super) fn new(
        level: CompressionLevel,
        previous: Option<&Edition>,
        mut languages: impl Iterator<Item = Language>,
        typical: impl FnOnce() -> Result<Vec<Output>, RenderError>,
    ) -> Result<Self, RenderError> {
        let mut dictionaries =
            previous.map(|edition| edition.compression.dictionaries.clone()).unwrap_or_default();
        if level == CompressionLevel::Fast && !languages.all(|it| dictionaries.has(it)) {
            dictionaries.add_missing(&typical()?);
        }
        Ok(Self { level, dictionaries })
    }

    pub(super) fn level(&self) -> CompressionLevel {
        self.level
    }
}

/// The largest site that is compressed at the high level, in bytes of its pages by estimate: 8 MiB
/// take about a second on two cores (`cargo bench --bench compile`).
const MAX_HIGH_BYTES: usize = 8 << 20;

/// The size of a page without its text (head, navigation, footer), in bytes, estimated.
const FRAME_BYTES: usize = 8 << 10;

/// The smallest body that is compressed, in bytes: smaller ones fit into one packet as they are.
const MIN_BYTES: usize = 256;

/// The smallest body that a very large site compresses, in bytes: one that fits into the first
/// packet of a connection with its headers arrives no sooner if it is smaller.
const MIN_BYTES_FAST: usize = 1 << 10;

/// The largest body of which only gzip is kept, in bytes. The identity of a larger one would be
/// unpacked for each reader and stay in memory while the reader is slow.
const MAX_UNPACKED: usize = 256 << 10;

/// The levels of each coding, and the smallest body that is compressed, in bytes.
pub(super) struct ExportLevels {
    pub(super) least: usize,
    pub(super) gzip: i32,
    /// `None` if zstd makes bodies no smaller than gzip.
    pub(super) zstd: Option<i32>,
    /// By the media type.
    pub(super) brotli: fn(&str) -> i32,
}

impl CompressionLevel {
    pub(super) fn for_site(record: &Record<'_>) -> Self {
        let sizes = record.public_texts().map(|text| text.body.markdown.len() + FRAME_BYTES);
        if sizes.sum::<usize>() <= MAX_HIGH_BYTES { Self::High } else { Self::Fast }
    }

    /// The levels for the files of an export. Those of a small site are what its server sends.
    pub(super) const fn for_export(self) -> ExportLevels {
        match self {
            Self::High => ExportLevels {
                least: MIN_BYTES,
                gzip: GZIP_LEVEL,
                zstd: Some(ZSTD_LEVEL),
                brotli: brotli_level,
            },
            Self::Fast => ExportLevels {
                least: MIN_BYTES_FAST,
                gzip: FAST_GZIP_LEVEL,
                zstd: None,
                brotli: |_| FAST_BROTLI_LEVEL,
            },
        }
    }
}

/// The level of brotli for the files of a large site: 1 % smaller than gzip at its level there, and
/// 1 % larger than level 3, which takes half as long again.
const FAST_BROTLI_LEVEL: i32 = 2;

/// The level of brotli for a body that is made for one request.
const DYNAMIC_BROTLI_LEVEL: i32 = 4;

const GZIP_LEVEL: i32 = 9;

const ZSTD_LEVEL: i32 = 12;

/// Compresses bodies one after the other.
pub(super) struct Compressor {
    level: CompressionLevel,
    packer: Packer,
}

impl Compressor {
    pub(super) fn new(compression: &Compression) -> Self {
        let Compression { level, dictionaries } = compression;
        Self { level: *level, packer: Packer::new(dictionaries.clone()) }
    }

    /// Compresses the body of an output. `digest` is that of the body.
    pub(super) fn compress(
        &mut self,
        digest: Digest,
        body: Bytes,
        media_type: &str,
        language: Option<Language>,
    ) -> Body {
        let length = body.len();
        let codings = match self.level {
            CompressionLevel::High => compress_in_all_codings(body, media_type),
            CompressionLevel::Fast if is_worth_it(&body, media_type, MIN_BYTES_FAST) => {
                self.compress_to_keep(body, media_type, language)
            }
            CompressionLevel::Fast => uncompressed(body),
        };
        Body::new(digest, length, codings)
    }

    /// The body of a file that is rendered and compressed when it is first requested.
    pub(super) fn on_request(&self, file: CitationFile) -> Body {
        let compress = match self.level {
            CompressionLevel::High => compress_in_all_codings,
            CompressionLevel::Fast => compress_on_request,
        };
        Body::on_request(file, compress)
    }

    fn compress_to_keep(
        &mut self,
        body: Bytes,
        media_type: &str,
        language: Option<Language>,
    ) -> Codings {
        let is_short = body.len() <= MAX_ON_REQUEST;
        let packed = if is_short { self.packer.pack(&body, media_type, language) } else { None };
        if packed.is_some() {
            return Codings {
                packed,
                gzip: Coding::lazy(),
                brotli: Coding::lazy(),
                ..Codings::default()
            };
        }
        let Some(gzip) = smaller_gzip(&body, FAST_GZIP_LEVEL) else {
            return uncompressed(body);
        };
        let is_kept = body.len() > MAX_UNPACKED;
        Codings {
            identity: is_kept.then(|| exact(body)),
            gzip: Coding::Kept(gzip),
            brotli: Coding::lazy(),
            ..Codings::default()
        }
    }
}

pub(super) fn is_worth_it(body: &[u8], media_type: &str, least: usize) -> bool {
    is_compressible(media_type) && body.len() >= least
}

fn uncompressed(body: Bytes) -> Codings {
    Codings { identity: Some(exact(body)), ..Codings::default() }
}

/// The level of brotli on a small site. Every first visit waits for the style sheet: the highest
/// level makes it 400 bytes smaller, once in 20 ms.
fn brotli_level(media_type: &str) -> i32 {
    if media_type.starts_with("text/css") { 11 } else { BROTLI_LEVEL }
}

/// Makes every coding; none if gzip makes the body no smaller.
fn compress_in_all_codings(body: Bytes, media_type: &str) -> Codings {
    let is_worth_it = is_worth_it(&body, media_type, MIN_BYTES);
    let gzip = if is_worth_it { smaller_gzip(&body, GZIP_LEVEL) } else { None };
    let Some(gzip) = gzip else { return uncompressed(body) };
    Codings {
        packed: None,
        gzip: Coding::Kept(gzip),
        zstd: zstd(&body, ZSTD_LEVEL),
        brotli: Coding::kept(smaller_brotli(&body, brotli_level(media_type))),
        identity: Some(exact(body)),
    }
}

/// Compresses a file of a large site that was rendered for a request: gzip is kept, and brotli is
/// made when it is requested, as with other files of such a site.
fn compress_on_request(body: Bytes, media_type: &str) -> Codings {
    let is_worth_it = is_worth_it(&body, media_type, MIN_BYTES_FAST);
    let gzip = if is_worth_it { smaller_gzip(&body, FAST_GZIP_LEVEL) } else { None };
    match gzip {
        Some(gzip) => Codings {
            identity: Some(exact(body)),
            gzip: Coding::Kept(gzip),
            brotli: Coding::lazy(),
            ..Codings::default()
        },
        None => uncompressed(body),
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
    let mut codings = Codings { identity: Some(body.clone()), ..Codings::default() };
    if body.len() >= MIN_BYTES {
        match encoding {
            Encoding::Identity => {}
            Encoding::Gzip => codings.gzip = Coding::kept(smaller_gzip(body, FAST_GZIP_LEVEL)),
            Encoding::Zstd => codings.zstd = zstd(body, 1),
            Encoding::Brotli => {
                codings.brotli = Coding::kept(smaller_brotli(body, DYNAMIC_BROTLI_LEVEL));
            }
        }
    }
    let digest = Digest::of(body);
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
