//! Smaller copies of pictures as WebP, from which a browser takes the one that fits its screen.

use bytes::Bytes;
use img_parts::ImageICC;
use img_parts::webp::WebP;
use resize::Pixel::{RGBA8, RGBA8P};
use rgb::AsPixels;
use webp::{Encoder, WebPConfig};

use super::decode::{DecodeError, Decoded, Pixels, decode};
use super::{Image, ImageKind, ImageProblem};

/// The widths of variants, in pixels: a phone, a phone with a fine screen, a desktop.
const WIDTHS: [usize; 3] = [480, 960, 1440];

/// The quality of pictures: at 78 of 100 no difference is seen beside the original.
const QUALITY: f32 = 78.0;

/// The effort from 0 to 6. From 3 on, files are 6 % smaller in three times the time.
const EFFORT: i32 = 2;

/// The effort without loss, also its part of the scale of `QUALITY`.
const LOSSLESS_EFFORT: (i32, f32) = (1, 20.0);

/// A picture of one width, upright and without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// In pixels.
    pub width: usize,
    /// A WebP file.
    pub bytes: Bytes,
}

/// Makes the variants of an image from its file, the smallest first. None for an image of at most
/// the smallest width, one that is not JPEG or PNG or that moves, and one whose variants would not
/// be smaller.
///
/// # Errors
/// Fails if browsers would not show all of the image.
pub(super) fn make_variants(image: &Image, file: &[u8]) -> Result<Vec<Variant>, ImageProblem> {
    match decode(image, file) {
        Ok(decoded) => Ok(encode_all(image, decoded).unwrap_or_default()),
        Err(DecodeError::NotDecoded) => Ok(Vec::new()),
        Err(DecodeError::Damaged) => Err(ImageProblem::Damaged),
    }
}

/// The variants; `None` if one cannot be made, or if the widest is not smaller than the image.
fn encode_all(image: &Image, decoded: Decoded) -> Option<Vec<Variant>> {
    let Decoded { mut pixels, profile } = decoded;
    let own = (image.width <= WIDTHS[WIDTHS.len() - 1]).then_some(image.width);
    let smaller = WIDTHS.into_iter().rev().filter(|width| *width < image.width);
    let is_drawing = is_drawing(image);
    let mut variants = Vec::new();
    if image.width <= WIDTHS[0] {
        return None;
    }
    for width in own.into_iter().chain(smaller) {
        let height = (image.height * width + image.width / 2) / image.width;
        let size = (width, height.max(1));
        if variants.is_empty() {
            let (width, height) = if image.is_turned() { (size.1, size.0) } else { size };
            pixels = turned(resized(pixels, width, height)?, image.orientation);
        } else {
            pixels = resized(pixels, size.0, size.1)?;
        }
        let bytes = encode(&pixels, profile.as_ref(), is_drawing)?;
        if bytes.len() < image.bytes.len() {
            variants.push(Variant { width, bytes });
        } else if variants.is_empty() {
            return None;
        }
    }
    variants.reverse();
    Some(variants)
}

/// Whether an image is a PNG with few bytes for its pixels: a chart, a map, a picture of a screen.
/// Without loss it may be smaller than with it, and its letters stay sharp.
fn is_drawing(image: &Image) -> bool {
    image.kind == ImageKind::Png && image.bytes.len() < image.width * image.height / 4
}

fn resized(pixels: Pixels, width: usize, height: usize) -> Option<Pixels> {
    if (pixels.width, pixels.height) == (width, height) {
        return Some(pixels);
    }
    let mut rgba = vec![0; width * height * 4];
    let (source, target) = (pixels.rgba.as_pixels(), rgba.as_pixels_mut());
    let (from_width, from_height, filter) = (pixels.width, pixels.height, resize::Type::Catrom);
    if pixels.is_opaque() {
        resize::new(from_width, from_height, width, height, RGBA8, filter)
            .and_then(|mut resizer| resizer.resize(source, target))
    } else {
        // The colour of a pixel counts by its opacity.
        resize::new(from_width, from_height, width, height, RGBA8P, filter)
            .and_then(|mut resizer| resizer.resize(source, target))
    }
    .ok()?;
    Some(Pixels { width, height, rgba })
}

/// Turns pixels upright (Exif 2.32, tag 0x0112).
fn turned(pixels: Pixels, orientation: u32) -> Pixels {
    let (right, bottom) = (pixels.width - 1, pixels.height - 1);
    let place: fn(usize, usize, usize, usize) -> (usize, usize) = match orientation {
        2 => |x, y, right, _| (right - x, y),
        3 => |x, y, right, bottom| (right - x, bottom - y),
        4 => |x, y, _, bottom| (x, bottom - y),
        5 => |x, y, _, _| (y, x),
        6 => |x, y, _, bottom| (y, bottom - x),
        7 => |x, y, right, bottom| (right - y, bottom - x),
        8 => |x, y, right, _| (right - y, x),
        _ => return pixels,
    };
    let is_turned = orientation >= 5;
    let (width, height) =
        if is_turned { (pixels.height, pixels.width) } else { (pixels.width, pixels.height) };
    let mut rgba = Vec::with_capacity(pixels.rgba.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = place(x, y, right, bottom);
            let at = (from_y * pixels.width + from_x) * 4;
            rgba.extend_from_slice(&pixels.rgba[at..at + 4]);
        }
    }
    Pixels { width, height, rgba }
}

/// Encodes a WebP file; a drawing also without loss, if that is smaller.
fn encode(pixels: &Pixels, profile: Option<&Bytes>, is_drawing: bool) -> Option<Bytes> {
    let (width, height) = (u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?);
    let encoder = Encoder::from_rgba(&pixels.rgba, width, height);
    let mut config = WebPConfig::new().ok()?;
    (config.method, config.quality) = (EFFORT, QUALITY);
    let mut bytes = Bytes::copy_from_slice(&encoder.encode_advanced(&config).ok()?);
    if is_drawing {
        config.lossless = 1;
        (config.method, config.quality) = LOSSLESS_EFFORT;
        let lossless = encoder.encode_advanced(&config).ok()?;
        if lossless.len() < bytes.len() {
            bytes = Bytes::copy_from_slice(&lossless);
        }
    }
    let Some(profile) = profile else { return Some(bytes) };
    let mut webp = WebP::from_bytes(bytes).ok()?;
    webp.set_icc_profile(Some(profile.clone()));
    Some(webp.encoder().bytes())
}
