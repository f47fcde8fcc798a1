//! Removes metadata from image files without decoding them.
//!
//! Only the parts on a list are kept, so that parts of an unknown kind cannot publish anything.

use bytes::Bytes;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::PngChunk;
use img_parts::riff::RiffContent;
use img_parts::webp::WebP;

use super::{ImageKind, ImageProblem};

/// An image file without metadata.
pub(super) struct Cleaned {
    pub(super) bytes: Bytes,
    /// The Exif orientation from 1 to 8; 1 if the file has none or browsers ignore it.
    pub(super) orientation: u32,
    /// Whether the file has an Exif orientation that browsers ignore.
    pub(super) has_ignored_orientation: bool,
}

impl Cleaned {
    const fn new(bytes: Bytes, orientation: u32) -> Self {
        Self { bytes, orientation, has_ignored_orientation: false }
    }
}

pub(super) fn remove_metadata(kind: ImageKind, bytes: &Bytes) -> Result<Cleaned, ImageProblem> {
    let cleaned = match kind {
        ImageKind::Jpeg => return clean_jpeg(bytes),
        ImageKind::Png => clean_png(bytes),
        ImageKind::WebP => clean_webp(bytes),
        ImageKind::Gif => clean_gif(bytes).map(upright),
        ImageKind::Avif if has_avif_metadata(bytes) => return Err(ImageProblem::Metadata),
        ImageKind::Avif => Some(upright(bytes.clone())),
    };
    cleaned.ok_or(ImageProblem::Damaged)
}

const fn upright(bytes: Bytes) -> Cleaned {
    Cleaned::new(bytes, 1)
}

/// The prefix of Exif data in JPEG.
const EXIF: &[u8] = b"Exif\0\0";

fn clean_jpeg(bytes: &Bytes) -> Result<Cleaned, ImageProblem> {
    let bytes = with_end_marker(bytes);
    let jpeg = Jpeg::from_bytes(bytes.clone()).map_err(|_| ImageProblem::Damaged)?;
    if has_print_colours(&jpeg) {
        return Err(ImageProblem::PrintColours);
    }
    without_metadata(jpeg, &bytes).ok_or(ImageProblem::Damaged)
}

/// The picture and its orientation, of a JPEG that was read from these bytes.
fn without_metadata(mut jpeg: Jpeg, bytes: &Bytes) -> Option<Cleaned> {
    let orientation = jpeg
        .segments()
        .iter()
        .find_map(|segment| read_orientation(segment.contents().strip_prefix(EXIF)?))
        .unwrap_or(1);
    let mut segments: Vec<JpegSegment> =
        jpeg.segments().iter().filter(|segment| is_kept(segment)).map(without_thumbnail).collect();
    if segments.last().is_some_and(JpegSegment::has_entropy) {
        let scan = segments.pop()?;
        let entropy = bytes.slice(scan_start(bytes, &scan)?..);
        let end = image_end(&entropy)?;
        segments.push(JpegSegment::new_with_entropy(
            scan.marker(),
            scan.contents().clone(),
            entropy.slice(..end),
        ));
    }
    if orientation != 1 {
        let contents = Bytes::from([EXIF, &orientation_tiff(orientation)].concat());
        let first = segments.iter().take_while(|segment| segment.marker() == markers::APP0).count();
        segments.insert(first, JpegSegment::new_with_contents(markers::APP1, contents));
    }
    *jpeg.segments_mut() = segments;
    Some(Cleaned::new(jpeg.encoder().bytes(), orientation))
}

/// Whether the header of a JPEG's frame names four colour components: CMYK or YCCK.
fn has_print_colours(jpeg: &Jpeg) -> bool {
    // ITU T.81, B.2.2: precision, height, width, and the number of components.
    jpeg.segments().iter().any(|segment| {
        matches!(segment.marker(), 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF)
            && segment.contents().get(5) == Some(&4)
    })
}

/// The file with an end marker, which one that is cut off lacks. Browsers show what is there.
fn with_end_marker(bytes: &Bytes) -> Bytes {
    const END: [u8; 2] = [0xFF, markers::EOI];
    if memchr::memmem::find(bytes, &END).is_some() {
        return bytes.clone();
    }
    Bytes::from([&bytes[..], &END].concat())
}

/// Whether a JPEG segment is needed to show the image: all but comments and application data other
/// than JFIF, the colour profile and Adobe's colour transform.
fn is_kept(segment: &JpegSegment) -> bool {
    let contents = segment.contents();
    match segment.marker() {
        markers::APP0 => contents.starts_with(b"JFIF\0"),
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => contents.starts_with(b"Adobe"),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    }
}

/// A JFIF segment without its thumbnail, which may show what was cut off the image.
fn without_thumbnail(segment: &JpegSegment) -> JpegSegment {
    /// The length of the segment's fields; the last two are the size of the thumbnail.
    const FIELDS: usize = 14;
    if segment.marker() != markers::APP0 || segment.contents().len() < FIELDS {
        return segment.clone();
    }
    let mut contents = segment.contents()[..FIELDS].to_vec();
    contents[FIELDS - 2..].fill(0);
    JpegSegment::new_with_contents(markers::APP0, Bytes::from(contents))
}

/// The offset of the entropy-coded data of the first scan. It is the rest of the file.
fn scan_start(bytes: &Bytes, scan: &JpegSegment) -> Option<usize> {
    let entropy = scan.len_with_entropy().checked_sub(scan.len())?;
    bytes.len().checked_sub(entropy)
}

/// The length of the scans of a JPEG up to its end marker; a second image may follow. `None` if
/// there is no end marker.
fn image_end(scans: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(0xFF, scans.get(at..)?)?;
        let marker = *scans.get(at + 1)?;
        match marker {
            markers::EOI => return Some(at + 2),
            // A fill byte, a stuffed byte, or a restart marker.
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD7 => at += 2,
            // Tables, or the header of a further scan.
            _ => {
                let length = u16::from_be_bytes([*scans.get(at + 2)?, *scans.get(at + 3)?]);
                at += 2 + usize::from(length.max(2));
            }
        }
    }
}

/// The PNG chunks that decide how an image looks (PNG, third edition, §11).
const PNG_CHUNKS: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"hIST", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// Copies whole chunks, also with a wrong checksum. Anything after `IEND` is left out, and so is
/// the last chunk of a file that is cut off.
fn clean_png(bytes: &Bytes) -> Option<Cleaned> {
    /// The length of the signature and the first chunk, which has the size of the image.
    const HEADER: usize = 33;
    if bytes.len() < HEADER {
        return Some(upright(bytes.clone()));
    }
    let mut kept = Vec::new();
    let mut orientation = 1;
    let mut at = 8;
    while let Some(header) = bytes.get(at..at + 8) {
        let (length, kind) = header.split_at(4);
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let Some(chunk) = bytes.get(at..at.checked_add(12)?.checked_add(length)?) else { break };
        at += chunk.len();
        if kind == b"eXIf" {
            orientation = read_orientation(&chunk[8..8 + length]).unwrap_or(1);
        }
        if PNG_CHUNKS.iter().any(|known| *known == kind) {
            kept.push(chunk);
        }
        if kind == b"IEND" {
            break;
        }
    }
    let (first, rest) = kept.split_first().filter(|(first, _)| first[4..8] == *b"IHDR")?;
    let mut out = [&bytes[..8], first].concat();
    if orientation != 1 {
        let contents = Bytes::from(orientation_tiff(orientation));
        out.extend_from_slice(&PngChunk::new(*b"eXIf", contents).encoder().bytes());
    }
    for chunk in rest {
        out.extend_from_slice(chunk);
    }
    Some(Cleaned::new(Bytes::from(out), orientation))
}

/// The WebP chunks that decide how an image looks (WebP Container Specification).
const WEBP_CHUNKS: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// Keeps no orientation, because browsers ignore Exif data in WebP.
fn clean_webp(bytes: &Bytes) -> Option<Cleaned> {
    /// The flags of `VP8X` for Exif and XMP.
    const METADATA_FLAGS: u8 = 0b0000_1100;
    let mut webp = WebP::from_bytes(bytes.clone()).ok()?;
    let exif = webp.chunk_by_id(*b"EXIF").and_then(|chunk| chunk.content().data());
    let has_ignored_orientation = exif
        .and_then(|data| read_orientation(data.strip_prefix(EXIF).unwrap_or(data)))
        .is_some_and(|orientation| orientation != 1);
    for chunk in webp.chunks_mut().iter_mut() {
        if chunk.id() == *b"VP8X"
            && let RiffContent::Data(data) = chunk.content()
        {
            let mut data = data.to_vec();
            *data.first_mut()? &= !METADATA_FLAGS;
            let content = RiffContent::Data(Bytes::from(data));
            *chunk = img_parts::riff::RiffChunk::new(*b"VP8X", content);
        }
    }
    webp.chunks_mut().retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()));
    Some(Cleaned { bytes: webp.encoder().bytes(), orientation: 1, has_ignored_orientation })
}

/// Removes comments and application data other than the loop count from a GIF (`GIF89a` §§ 18–27).
fn clean_gif(bytes: &Bytes) -> Option<Bytes> {
    let mut at = 13 + color_table_length(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        match *bytes.get(at)? {
            0x3B => {
                out.push(0x3B);
                return Some(Bytes::from(out));
            }
            0x2C => {
                at += 10 + color_table_length(*bytes.get(at + 9)?);
                // The minimum code size of the image data.
                at = skip_blocks(bytes, at + 1)?;
                out.extend_from_slice(bytes.get(start..at)?);
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                at = skip_blocks(bytes, at + 2)?;
                let block = bytes.get(start..at)?;
                let is_loop = block
                    .get(3..14)
                    .is_some_and(|name| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0");
                if label == 0xF9 || label == 0x01 || label == 0xFF && is_loop {
                    out.extend_from_slice(block);
                }
            }
            _ => return None,
        }
    }
}

fn color_table_length(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 0x07) + 1) }
}

/// The offset after a row of data blocks that begins at `at`.
fn skip_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Whether an AVIF file has an Exif or XMP item. Their bytes are referred to by offsets from the
/// start of the file, so that they cannot be cut out without rewriting all of it.
fn has_avif_metadata(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"infe").any(|at| {
        // Version and flags, item id, protection index, item type (ISO/IEC 14496-12 §8.11.6). The
        // item id of version 3 is longer.
        let start = if bytes.get(at + 4) == Some(&3) { at + 14 } else { at + 12 };
        let kind = bytes.get(start..start + 4);
        kind.is_some_and(|kind| [b"Exif", b"mime", b"uri "].iter().any(|known| kind == *known))
    })
}

/// The orientation in Exif data, if it is valid.
fn read_orientation(tiff: &[u8]) -> Option<u32> {
    let exif = read_exif(tiff)?;
    let field = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    field.value.get_uint(0).filter(|orientation| (1..=8).contains(orientation))
}

/// Reads Exif data up to what is damaged, as browsers do: `piexif` writes a directory of places
/// without the end that the standard asks for.
pub(crate) fn read_exif(tiff: &[u8]) -> Option<exif::Exif> {
    let exif = exif::Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
    exif.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// Exif data that has the orientation and nothing else: a TIFF header and one directory entry.
fn orientation_tiff(orientation: u32) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend(orientation.to_le_bytes());
    tiff.extend([0; 4]);
    tiff
}
