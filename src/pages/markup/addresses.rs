//! The addresses of links and images in a text.

use std::fmt::Write as _;

use crate::content::Text;
use crate::content::markdown::image_text;
use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::markup::html::escape;
use crate::record::{PageRef, Target};

/// The width of an image on a page, for a browser that has not read the style sheet yet.
const SIZES: &str = "(min-width: 60em) 42rem, 92vw";

/// The addresses of the links and images of a text on its own page, with the titles that it shows
/// of other pages; none for pages that are not public.
pub(crate) fn of_text<'r>(
    context: &'r Context<'r>,
    text: &'r Text,
) -> impl Iterator<Item = Option<String>> {
    let addresses = Addresses { context, language: text.language, text, page: None };
    let targets = text.body.links.iter().chain(&text.body.images);
    targets.map(move |target| {
        let words = text.body.title_words(target);
        let title = words.and_then(|words| addresses.title(&target.value, words));
        let href = addresses.href(&target.value)?;
        Some(match title {
            Some(title) => format!("{href} {title}"),
            None => href,
        })
    })
}

/// The absolute address of an image of a text; none where it has no file.
pub(crate) fn image_url(context: &Context<'_>, text: &Text, destination: &str) -> Option<String> {
    let addresses = Addresses { context, language: text.language, text, page: Some("") };
    Some(addresses.image(destination)?.src)
}

/// The picture that other programs show with a link to a page (Open Graph).
#[derive(Debug)]
pub(crate) struct SharedPicture {
    /// The absolute address.
    pub(crate) src: String,
    pub(crate) alt: String,
    /// Width and height in pixels, if they are known.
    pub(crate) size: Option<(usize, usize)>,
}

impl SharedPicture {
    /// The first picture of a text that is a file of the site and no drawing, which most programs
    /// do not show.
    pub(crate) fn first_of(context: &Context<'_>, text: &Text) -> Option<Self> {
        let addresses = Addresses { context, language: text.language, text, page: Some("") };
        text.body.images.iter().find_map(|image| {
            let ImageAddresses { src, size, .. } = addresses.image(&image.value)?;
            let is_drawing = src.to_ascii_lowercase().ends_with(".svg");
            let start = image.span.start.saturating_sub(text.body.offset);
            let end = image.span.end.saturating_sub(text.body.offset);
            let source = text.body.markdown.get(start..end).unwrap_or_default();
            (!is_drawing).then(|| Self { src, alt: image_text(source), size })
        })
    }
}

/// Finds the addresses of links and images in one text.
pub(super) struct Addresses<'r> {
    pub(super) context: &'r Context<'r>,
    pub(super) language: Language,
    pub(super) text: &'r Text,
    /// The URL of the page, for texts that are read elsewhere. Their addresses include the host.
    pub(super) page: Option<&'r str>,
}

/// The addresses of an image and its smaller copies.
pub(super) struct ImageAddresses {
    pub(super) src: String,
    /// Width and height in pixels, if they are known.
    pub(super) size: Option<(usize, usize)>,
    /// The copies with their widths, as in the attribute `srcset`; empty if there are none.
    pub(super) srcset: String,
}

impl ImageAddresses {
    /// Writes the image as HTML.
    pub(super) fn write(&self, alt: &str, is_lazy: bool, out: &mut String) {
        if !self.srcset.is_empty() {
            out.push_str("<picture><source type=\"image/webp\" srcset=\"");
            escape(&self.srcset, out);
            let _ = write!(out, "\" sizes=\"{SIZES}\">");
        }
        out.push_str("<img src=\"");
        escape(&self.src, out);
        out.push_str("\" alt=\"");
        escape(alt, out);
        out.push('"');
        if let Some((width, height)) = self.size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(if is_lazy { " loading=\"lazy\">" } else { ">" });
        if !self.srcset.is_empty() {
            out.push_str("</picture>");
        }
    }
}

impl Addresses<'_> {
    /// The address of a link; none for a page that is not public, whose link text stays as plain
    /// text.
    pub(super) fn href(&self, destination: &str) -> Option<String> {
        let context = self.context;
        let path = match context.record.links.resolve(self.text, destination).ok()? {
            Target::Outside(address) => return Some(address),
            Target::Fragment(fragment) => return Some(self.on_this_page(&encoded(&fragment))),
            Target::Path(path) => path,
            Target::File(file) => context.assets.file(&file)?.to_owned(),
            Target::Page { page, language, fragment } => {
                let address =
                    context.record.public_address(page, language.unwrap_or(self.language))?;
                match fragment {
                    Some(fragment) => format!("{}#{}", address.path, encoded(&fragment)),
                    None => address.path,
                }
            }
        };
        Some(self.absolute_if_needed(path))
    }

    /// The words that readers see of a link whose text is `@` and the id of its page: the page's
    /// title, or the id if the page is not public. None for all other links.
    pub(super) fn title<'a>(&'a self, destination: &str, words: &'a str) -> Option<&'a str> {
        let id = words.strip_prefix('@')?;
        let record = self.context.record;
        let Target::Page { page, language, .. } =
            record.links.resolve(self.text, destination).ok()?
        else {
            return None;
        };
        if record.links.id_of(page) != Some(id) {
            return None;
        }
        let language = language.unwrap_or(self.language);
        let is_public = match page {
            // A former bulletin has an address, and its title is not shown.
            PageRef::Bulletin(index) => record.bulletin_at(index).is_some(),
            _ => record.public_address(page, language).is_some(),
        };
        match page.texts(record.content) {
            Some(texts) if is_public => Some(&texts.in_language(language).title.value),
            _ => Some(id),
        }
    }

    /// The addresses of an image.
    pub(super) fn image(&self, destination: &str) -> Option<ImageAddresses> {
        let assets = &self.context.assets;
        let Ok(Target::File(file)) = self.context.record.links.resolve(self.text, destination)
        else {
            return None;
        };
        let src = self.absolute_if_needed(assets.file(&file)?.to_owned());
        // Readers elsewhere, such as feed readers, keep only the image itself.
        let is_on_page = self.page.is_none();
        let variants = is_on_page.then(|| assets.variants(&file)).into_iter().flatten();
        let srcset: Vec<String> =
            variants.map(|(width, href)| format!("{href} {width}w")).collect();
        Some(ImageAddresses { src, size: assets.size(&file), srcset: srcset.join(", ") })
    }

    /// The address of a place on the page of the text.
    pub(super) fn on_this_page(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.page.unwrap_or_default())
    }

    fn absolute_if_needed(&self, path: String) -> String {
        if self.page.is_some() { self.context.record.content.site.absolute(&path) } else { path }
    }
}

/// Percent-encodes a fragment. Letters of any script stay as they are, readable for people.
fn encoded(fragment: &str) -> String {
    fragment.replace('%', "%25").replace(' ', "%20")
}
