//! Images that editors add: their kind, their size as shown, and their bytes without metadata.
//!
//! Phones write the place, the device and the photographer into a photo. None of that is published:
//! [`Image::read`] rewrites the container, and leaves the picture data, the colour profile and the
//! orientation as they are. [`Pictures`] has smaller copies for smaller screens.

mod clean;
mod decode;
mod drawing;
mod pictures;
#[cfg(test)]
mod tests;
mod variants;

use bytes::Bytes;
use imagesize::{Compression, ImageType};

pub(crate) use clean::read_exif;
pub use drawing::{Drawing, DrawingProblem};
pub use pictures::Pictures;
pub use variants::Variant;

/// The largest number of pixels that is published. A phone has to decode all of them.
pub const MAX_PIXELS: usize = 50_000_000;

/// The kinds of images that browsers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    Jpeg,
    Png,
    WebP,
    Avif,
    Gif,
}

/// An image ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub kind: ImageKind,
    /// In pixels, as a browser shows the image.
    pub width: usize,
    pub height: usize,
    /// The Exif orientation from 1 to 8.
    orientation: u32,
    /// Whether the file had an Exif orientation that browsers ignore, as in WebP.
    pub has_ignored_orientation: bool,
    /// The file without metadata.
    pub bytes: Bytes,
}

/// Why an image cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageProblem {
    /// Not an image, or none of a known kind.
    Unknown,
    /// An image of a kind that browsers do not show, by its common name.
    Unsupported(&'static str),
    /// The file is cut off or its structure is broken.
    Damaged,
    /// It has this many pixels, more than [`MAX_PIXELS`].
    TooManyPixels(usize),
    /// A JPEG in the four colours of printing, which browsers show in other colours or not at all.
    PrintColours,
    /// It has metadata that cannot be removed safely.
    Metadata,
}

impl ImageKind {
    /// The kind by the first bytes, whatever the name of the file says.
    ///
    /// # Errors
    /// Fails if the bytes are no image, or one that browsers do not show.
    pub fn detect(bytes: &[u8]) -> Result<Self, ImageProblem> {
        match imagesize::image_type(bytes) {
            Ok(ImageType::Jpeg) => Ok(Self::Jpeg),
            Ok(ImageType::Png) => Ok(Self::Png),
            Ok(ImageType::Webp) => Ok(Self::WebP),
            Ok(ImageType::Gif) => Ok(Self::Gif),
            Ok(ImageType::Heif(Compression::Av1)) => Ok(Self::Avif),
            Ok(ImageType::Heif(_)) => Err(ImageProblem::Unsupported("HEIC")),
            Ok(ImageType::Tiff) => Err(ImageProblem::Unsupported("TIFF")),
            Ok(ImageType::Bmp) => Err(ImageProblem::Unsupported("BMP")),
            Ok(ImageType::Jxl) => Err(ImageProblem::Unsupported("JPEG XL")),
            Ok(ImageType::Psd) => Err(ImageProblem::Unsupported("PSD")),
            Ok(ImageType::Ico) => Err(ImageProblem::Unsupported("ICO")),
            Ok(_) | Err(_) => Err(ImageProblem::Unknown),
        }
    }

    /// The registered media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Gif => "image/gif",
        }
    }
}

impl Image {
    /// Reads an image and removes its metadata.
    ///
    /// # Errors
    /// Fails if the image cannot be published.
    pub fn read(bytes: &Bytes) -> Result<Self, ImageProblem> {
        let kind = ImageKind::detect(bytes)?;
        let size = imagesize::blob_size(bytes).map_err(|_| ImageProblem::Damaged)?;
        let pixels = size.width.saturating_mul(size.height);
        if pixels > MAX_PIXELS {
            return Err(ImageProblem::TooManyPixels(pixels));
        }
        let cleaned = clean::remove_metadata(kind, bytes)?;
        if imagesize::blob_size(&cleaned.bytes).ok() != Some(size) {
            return Err(ImageProblem::Damaged);
        }
        let (width, height, orientation) = (size.width, size.height, cleaned.orientation);
        let has_ignored_orientation = cleaned.has_ignored_orientation;
        let mut image = Self {
            kind,
            width,
            height,
            orientation,
            has_ignored_orientation,
            bytes: cleaned.bytes,
        };
        if image.is_turned() {
            (image.width, image.height) = (height, width);
        }
        Ok(image)
    }

    /// Whether the image is shown turned by a quarter (Exif 2.32, tag 0x0112).
    fn is_turned(&self) -> bool {
        (5..=8).contains(&self.orientation)
    }
}
