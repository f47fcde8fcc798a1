//! The files that pages refer to, and their addresses.
//!
//! The program's own assets and the images of the content carry the hash of their bytes in their
//! names, so that clients can keep them for a year. Other files, such as PDF, are linked from other
//! sites and keep the path that they have in the content folder.

mod media_type;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;

use self::media_type::{extension, media_type};
use crate::content::Text;
use crate::content::image::{Image, ImageKind, Variant};
use crate::record::{Record, Target};

/// The published files of a site, by name or path.
#[derive(Debug)]
pub(crate) struct Assets {
    builtin: BTreeMap<String, Asset>,
    files: BTreeMap<Arc<str>, Asset>,
}

#[derive(Debug)]
pub(crate) struct Asset {
    /// The address as written in HTML, percent-encoded.
    pub(crate) href: String,
    /// The path from the root, decoded.
    pub(crate) path: String,
    pub(crate) bytes: Bytes,
    pub(crate) media_type: &'static str,
    /// Whether the name contains the hash of the bytes, or of the picture of which they are a copy.
    pub(crate) is_hashed: bool,
    size: Option<(usize, usize)>,
    /// Smaller copies of a picture with their widths, the smallest first.
    variants: Vec<(usize, Self)>,
}

impl Assets {
    /// Collects the program's assets and the files that public pages refer to. Files of drafts stay
    /// unpublished.
    pub(crate) fn new(record: &Record<'_>, builtin: &[(String, Bytes)]) -> Self {
        let mut files = BTreeMap::new();
        for path in referenced(record) {
            if let Some(bytes) = record.content.files.get(&path) {
                let variants = record.content.pictures.variants(&path);
                files.insert(Arc::clone(&path), Asset::of_content(&path, bytes, variants));
            }
        }
        for path in record.content.site.look_files() {
            let path: Arc<str> = Arc::from(path.value.as_str());
            if let Some(bytes) = record.content.files.get(&path) {
                files.insert(Arc::clone(&path), Asset::of_content(&path, bytes, &[]));
            }
        }
        for file in &record.content.site.files {
            let path: Arc<str> = Arc::from(file.value.trim_start_matches('/'));
            if let Some(bytes) = record.content.files.get(&path) {
                files.insert(Arc::clone(&path), Asset::at_own_path(&path, bytes));
            }
        }
        let palette = record.content.site.look.palette.css();
        let builtin = builtin.iter().map(|(name, bytes)| {
            let bytes = for_readers(name, bytes, &palette);
            (name.clone(), Asset::hashed(name, &bytes, media_type(name, &bytes), None))
        });
        Self { builtin: builtin.collect(), files }
    }

    /// The address of one of the program's own assets.
    pub(super) fn builtin(&self, name: &str) -> &str {
        self.builtin.get(name).map_or("/static/", |asset| asset.href.as_str())
    }

    /// The address and the media type of the site's icon: a content file, else the program's own.
    pub(super) fn icon(&self, path: Option<&str>) -> (String, &'static str) {
        let own = path.and_then(|path| self.files.get(path));
        let icon = own.or_else(|| self.builtin.get("icon.svg"));
        icon.map_or_else(Default::default, |icon| (icon.href.clone(), icon.media_type))
    }

    /// The address of a content file, if it is published.
    pub(super) fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|asset| asset.href.as_str())
    }

    /// Width and height of an image, in pixels.
    pub(super) fn size(&self, path: &str) -> Option<(usize, usize)> {
        self.files.get(path).and_then(|asset| asset.size)
    }

    /// The widths and addresses of smaller copies of a picture, the smallest first.
    pub(super) fn variants(&self, path: &str) -> impl Iterator<Item = (usize, &str)> {
        let variants = self.files.get(path).into_iter().flat_map(|asset| &asset.variants);
        variants.map(|(width, asset)| (*width, asset.href.as_str()))
    }

    /// The name or path of each file with its address and size, in a fixed order.
    pub(super) fn addresses(&self) -> impl Iterator<Item = (&str, &str, Option<(usize, usize)>)> {
        let builtin = self.builtin.iter().map(|(name, asset)| (name.as_str(), asset));
        let files = self.files.iter().map(|(path, asset)| (&**path, asset));
        builtin.chain(files).map(|(name, asset)| (name, asset.href.as_str(), asset.size))
    }

    /// All files, in a fixed order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Asset> {
        let files = self.files.values();
        let variants = files.clone().flat_map(|file| &file.variants).map(|(_, variant)| variant);
        self.builtin.values().chain(files).chain(variants)
    }
}

/// The line of the style sheet in whose place the city's own colours are written.
const PALETTE_LINE: &str =
    "/* The city's own colours, from `[look]`: --accent, --deep and --mist. */\n";

/// The style sheet with the city's own colours and without comments, which would be a part of each
/// first view; any other asset as it is.
fn for_readers(name: &str, bytes: &Bytes, palette: &str) -> Bytes {
    match std::str::from_utf8(bytes) {
        Ok(style) if name == "site.css" => {
            let style = style.replacen(PALETTE_LINE, palette, 1);
            let mut parts = style.split("/*");
            let first = parts.next().unwrap_or_default().to_owned();
            let rest = parts.filter_map(|part| part.split_once("*/"));
            Bytes::from(rest.fold(first, |style, (_, after)| style + after))
        }
        _ => bytes.clone(),
    }
}

impl Asset {
    /// A file of the content folder. An image is published without its metadata, and with its
    /// variants.
    fn of_content(path: &str, bytes: &Bytes, variants: &[Variant]) -> Self {
        if let Ok(image) = Image::read(bytes) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let size = Some((image.width, image.height));
            let mut asset = Self::hashed(name, &image.bytes, image.kind.media_type(), size);
            let copies = variants.iter().map(|variant| (variant.width, asset.smaller(variant)));
            asset.variants = copies.collect();
            return asset;
        }
        if stable_path(path).is_some() {
            return Self::at_own_path(path, bytes);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        Self::hashed(name, bytes, media_type(path, bytes), None)
    }

    /// A file that other sites or programs expect at its own path.
    fn at_own_path(path: &str, bytes: &Bytes) -> Self {
        let path = format!("/{path}");
        let href = encoded(&path);
        let (bytes, media_type) = match Image::read(bytes) {
            Ok(image) => (image.bytes, image.kind.media_type()),
            Err(_) => (bytes.clone(), media_type(&path, bytes)),
        };
        Self { href, path, bytes, media_type, is_hashed: false, size: None, variants: Vec::new() }
    }

    /// A variant of this picture. Its name has the hash of the picture, so that pages are the same
    /// wherever the variant was made.
    fn smaller(&self, variant: &Variant) -> Self {
        let name = self.path.rsplit_once('.').map_or(self.path.as_str(), |(name, _)| name);
        let path = format!("{name}-{}.webp", variant.width);
        let (href, media_type) = (encoded(&path), ImageKind::WebP.media_type());
        let bytes = variant.bytes.clone();
        Self { href, path, bytes, media_type, is_hashed: true, size: None, variants: Vec::new() }
    }

    fn hashed(
        name: &str,
        bytes: &Bytes,
        media_type: &'static str,
        size: Option<(usize, usize)>,
    ) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let hash = blake3::hash(bytes).to_hex();
        let path = format!("/static/{stem}.{}.{extension}", &hash[..16]);
        let href = encoded(&path);
        let bytes = bytes.clone();
        Self { href, path, bytes, media_type, is_hashed: true, size, variants: Vec::new() }
    }
}

/// The path of a content file that other sites may link to. Images have none: their names carry
/// hashes.
pub(super) fn stable_path(file: &str) -> Option<String> {
    let is_image = extension(file).is_some_and(|extension| {
        ["svg", "png", "jpg", "jpeg", "jpe", "jfif", "webp", "avif", "gif"]
            .contains(&extension.as_str())
    });
    (!is_image).then(|| format!("/{file}"))
}

/// The content files that public pages refer to. A file in the folder of an unpublished bulletin is
/// left out, even if a public page refers to it.
fn referenced(record: &Record<'_>) -> BTreeSet<Arc<str>> {
    if record.content.files.is_empty() {
        return BTreeSet::new();
    }
    let versions = record.bulletins.iter().flat_map(|bulletin| &bulletin.versions);
    let versions = versions.flat_map(|version| version.source.texts.all());
    let texts: Vec<&Text> = record.public_texts().chain(versions).collect();
    let files = texts.par_iter().flat_map_iter(|text| files_of(record, text));
    files.filter(|file| record.is_public_file(file)).collect::<Vec<_>>().into_iter().collect()
}

/// The content files that a text refers to.
pub(super) fn files_of(record: &Record<'_>, text: &Text) -> Vec<Arc<str>> {
    text.body
        .links
        .iter()
        .chain(&text.body.images)
        .filter_map(|link| match record.links.resolve(text, &link.value) {
            Ok(Target::File(file)) => Some(file),
            _ => None,
        })
        .collect()
}

/// Percent-encodes a path for use in an address.
#[must_use]
pub fn encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const PATH: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'`')
        .add(b'{')
        .add(b'}')
        .add(b'|')
        .add(b'\\')
        .add(b'^');
    utf8_percent_encode(path, PATH).to_string()
}
