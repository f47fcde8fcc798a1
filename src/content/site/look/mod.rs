//! The look of a city: its logo, the drawing at the foot of pages, its colour, and the lines of the
//! footer that an authority asks for.

mod colour;

use super::keys::{FOOTER_LINE, LOOK};
use crate::content::front_matter::localised::{self, Localised};
use crate::content::front_matter::mapping::MappingReader;
use crate::content::front_matter::tree::Located;
use crate::content::front_matter::value_reader::{Field, ValueReader};
use crate::content::front_matter::web;
use crate::diagnostic::{Code, message};

pub use colour::{Colour, Palette};

/// The files and the colour that are a city's own. Without them pages have none of any city.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// A drawing (SVG) or a picture beside the site's name.
    pub logo: Option<Located<String>>,
    /// A drawing (SVG) at the foot of every page.
    pub drawing: Option<Located<String>>,
    /// The icon of browser tabs: SVG or PNG.
    pub icon: Option<Located<String>>,
    pub palette: Palette,
}

/// The kind of a line of the footer, of those that authorities ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FooterKind {
    /// The mark of party and government sites (党政机关网站标识).
    Mark,
    /// The number of the ICP record (ICP备案号).
    Icp,
    /// The number of the record at the public security (公安机关备案号).
    PublicSecurity,
    /// The site's identification code (网站标识码).
    SiteCode,
    /// The organisation responsible (主办单位).
    Sponsor,
    Contact,
}

/// Every kind with its name in `site.toml`.
pub(crate) const FOOTER_KINDS: &[(&str, FooterKind)] = &[
    ("mark", FooterKind::Mark),
    ("icp", FooterKind::Icp),
    ("public-security", FooterKind::PublicSecurity),
    ("site-code", FooterKind::SiteCode),
    ("sponsor", FooterKind::Sponsor),
    ("contact", FooterKind::Contact),
];

/// A line of the footer: a record number, an official mark.
#[derive(Debug, Clone)]
pub struct FooterLine {
    pub text: Localised,
    pub kind: Option<FooterKind>,
    pub url: Option<String>,
    /// A small picture before the text.
    pub image: Option<Located<String>>,
}

pub(super) fn read(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Look> {
    let mut keys = MappingReader::nested(&LOOK, field, reader)?;
    let logo = keys.read("logo", reader, read_path);
    let drawing = keys.read("drawing", reader, read_path);
    let icon = keys.read("icon", reader, read_path);
    let light = keys.read("colour", reader, |reader, field| read_colour(reader, field, true));
    let dark = keys.read("dark_colour", reader, |reader, field| read_colour(reader, field, false));
    keys.finish(reader);
    Some(Look { logo, drawing, icon, palette: Palette::new(light, dark) })
}

pub(super) fn read_line(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<FooterLine> {
    let mut keys = MappingReader::nested(&FOOTER_LINE, field, reader)?;
    let text = keys.read("text", reader, localised::read);
    let kind = keys.read("kind", reader, |reader, field| reader.choice(field, FOOTER_KINDS));
    let url = keys.read("url", reader, web::read_url);
    let image = keys.read("image", reader, read_path);
    keys.finish(reader);
    Some(FooterLine { text: text?, kind, url: url.map(|url| url.value), image })
}

/// A path of the content folder, with or without `/` at its start.
fn read_path(reader: &mut ValueReader<'_>, field: Field<'_>) -> Option<Located<String>> {
    let path = reader.name(field)?;
    Some(Located::new(path.value.trim_start_matches('/').to_owned(), path.span))
}

/// Reads a colour and checks that text in it can be read on the backgrounds of pages.
fn read_colour(reader: &mut ValueReader<'_>, field: Field<'_>, is_light: bool) -> Option<Colour> {
    let (name, written) = (field.name, reader.text(field)?);
    let Some(colour) = Colour::parse(&written.value) else {
        let text = &written.value;
        let message = message!("`{text}` is not a colour", "`{text}` 不是颜色");
        let help = message!(
            "write it as `#` and six digits, such as `{name} = \"#1f5a9e\"`",
            "请写成 `#` 加六位十六进制数，例如 `{name} = \"#1f5a9e\"`"
        );
        reader.push(reader.error(Code::BadValue, written.span, message).help(help));
        return None;
    };
    let background = if is_light { colour::SNOW } else { colour::NIGHT };
    let contrast = colour.contrast(background);
    if contrast >= colour::MIN_CONTRAST {
        return Some(colour);
    }
    let nearest = colour.readable_on(background);
    let (ratio, limit) = (contrast.floor_tenth(), "4.5");
    let message = message!(
        "text in the colour `{colour}` cannot be read on the page: its contrast is {ratio}:1, and \
         must be {limit}:1 or more",
        "颜色 `{colour}` 的文字在页面上看不清：对比度为 {ratio}:1，至少应为 {limit}:1"
    );
    let help = message!(
        "the nearest colour that can be read is `{name} = \"{nearest}\"`",
        "最接近的可读颜色是 `{name} = \"{nearest}\"`"
    );
    reader.push(reader.error(Code::BadValue, written.span, message).help(help));
    None
}
