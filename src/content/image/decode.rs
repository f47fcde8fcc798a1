//! Decodes JPEG and PNG files into pixels.

use std::io::Cursor;

use bytes::Bytes;
use png::{ColorType, DecodingError, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Image, ImageKind};

/// The pixels of a picture.
#[derive(Debug, Default)]
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub(super) rgba: Vec<u8>,
}

/// A decoded file.
pub(super) struct Decoded {
    /// As they are in the file, not turned.
    pub(super) pixels: Pixels,
    /// The ICC profile of the colours; without one they are sRGB.
    pub(super) profile: Option<Bytes>,
}

/// Why a file has no pixels here.
pub(super) enum DecodeError {
    /// Browsers show nothing, or only a part.
    Damaged,
    /// Browsers may show it, and this module does not decode it, or not in the right colours.
    NotDecoded,
}

/// Decodes a file from which an image was read.
pub(super) fn decode(image: &Image, file: &[u8]) -> Result<Decoded, DecodeError> {
    match image.kind {
        ImageKind::Jpeg => decode_jpeg(file),
        ImageKind::Png => decode_png(file),
        ImageKind::WebP | ImageKind::Avif | ImageKind::Gif => Err(DecodeError::NotDecoded),
    }
}

/// Decodes strictly first, because a lenient decoder fills what was cut off with grey. Other
/// departures from the standard are common, and browsers show such files.
fn decode_jpeg(file: &[u8]) -> Result<Decoded, DecodeError> {
    match decode_jpeg_with(file, true) {
        Err(DecodeErrors::ExhaustedData) => Err(DecodeError::Damaged),
        Err(_) => decode_jpeg_with(file, false).map_err(|error| match error {
            DecodeErrors::Unsupported(_) => DecodeError::NotDecoded,
            _ => DecodeError::Damaged,
        }),
        Ok(decoded) => Ok(decoded),
    }
    .and_then(Decoded::check_profile)
}

fn decode_jpeg_with(file: &[u8], is_strict: bool) -> Result<Decoded, DecodeErrors> {
    let options = DecoderOptions::default()
        .set_strict_mode(is_strict)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    let rgba = decoder.decode()?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let profile = decoder.icc_profile().map(Bytes::from);
    Ok(Decoded { pixels: Pixels { width, height, rgba }, profile })
}

fn decode_png(file: &[u8]) -> Result<Decoded, DecodeError> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|error| png_error(&error))?;
    let info = reader.info();
    let profile = info.icc_profile.as_ref().map(|profile| Bytes::copy_from_slice(profile));
    let is_plain = profile.is_some() || info.srgb.is_some() || has_gamma_of_srgb(info);
    if info.animation_control.is_some()
        || info.coding_independent_code_points.is_some()
        || !is_plain
    {
        return Err(DecodeError::NotDecoded);
    }
    let mut bytes = vec![0; reader.output_buffer_size().ok_or(DecodeError::NotDecoded)?];
    let frame = reader.next_frame(&mut bytes).map_err(|error| png_error(&error))?;
    bytes.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        ColorType::Rgba => bytes,
        ColorType::GrayscaleAlpha => bytes
            .chunks_exact(2)
            .flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]])
            .collect(),
        _ => return Err(DecodeError::NotDecoded),
    };
    let (width, height) = (frame.width as usize, frame.height as usize);
    Decoded { pixels: Pixels { width, height, rgba }, profile }.check_profile()
}

fn png_error(error: &DecodingError) -> DecodeError {
    match error {
        DecodingError::IoError(_) | DecodingError::Format(_) => DecodeError::Damaged,
        DecodingError::Parameter(_) | DecodingError::LimitsExceeded => DecodeError::NotDecoded,
    }
}

/// Whether a PNG has no gamma of its own, or about that of sRGB (PNG, third edition, §11.3.2.5).
fn has_gamma_of_srgb(info: &png::Info<'_>) -> bool {
    const SRGB: std::ops::RangeInclusive<u32> = 45_000..=46_000;
    info.gama_chunk.is_none_or(|gamma| SRGB.contains(&gamma.into_scaled()))
}

impl Decoded {
    /// Refuses colours that WebP, which is RGB, cannot describe.
    fn check_profile(self) -> Result<Self, DecodeError> {
        // ICC.1:2022, 7.2: the colour space of the data.
        match self.profile.as_ref().map(|profile| profile.get(16..20)) {
            None | Some(Some(b"RGB ")) => Ok(self),
            Some(_) => Err(DecodeError::NotDecoded),
        }
    }
}

impl Pixels {
    pub(super) fn is_opaque(&self) -> bool {
        self.rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX)
    }
}
