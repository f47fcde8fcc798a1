//! Inline SVG drawings, parsed with an allowlist, so that only shapes get into the HTML.
//!
//! A drawing inside of the page takes the colours of the page, dark and light, and needs no request
//! of its own.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// An SVG drawing made of shapes alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The value of `viewBox`.
    pub view_box: String,
    /// Further attributes of the root, with a leading space: its colours and lines.
    pub attributes: String,
    /// The markup inside of the root.
    pub shapes: String,
}

/// The reason why a file cannot be shown as a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawingProblem {
    /// It is not well-formed XML, or not SVG.
    NotSvg,
    /// The root has no `viewBox`, so that the drawing has no size.
    NoViewBox,
    /// An element that is no shape, such as `script` or `image`.
    Element(String),
}

/// The elements that are shapes, or groups and paints of shapes.
const ELEMENTS: [&str; 16] = [
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "mask",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "symbol",
    "use",
];

/// Elements that are not rendered; drawing programs keep notes in them.
const UNRENDERED: [&str; 3] = ["desc", "metadata", "title"];

/// The attributes of the root that the page sets itself.
const SET_BY_PAGE: [&str; 6] = ["width", "height", "viewBox", "version", "x", "y"];

/// Attributes of paint, which a `style` may give too.
const PAINT: [&str; 20] = [
    "clip-path",
    "clip-rule",
    "color",
    "display",
    "fill",
    "fill-opacity",
    "fill-rule",
    "mask",
    "opacity",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "vector-effect",
];

/// Attributes of geometry.
const GEOMETRY: [&str; 30] = [
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "href",
    "id",
    "maskUnits",
    "offset",
    "pathLength",
    "points",
    "preserveAspectRatio",
    "r",
    "rx",
    "ry",
    "spreadMethod",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "xlink:href",
    "y",
    "y1",
    "y2",
];

impl Drawing {
    /// Reads a drawing. `prefix` is put before each `id`, so that two drawings can be on one page.
    ///
    /// # Errors
    /// Fails if the file is no SVG, or has more than shapes.
    pub fn read(text: &str, prefix: &str) -> Result<Self, DrawingProblem> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        let mut drawing: Option<Self> = None;
        let (mut depth, mut unrendered_depth) = (0_usize, 0_usize);
        loop {
            match reader.read_event().map_err(|_| DrawingProblem::NotSvg)? {
                Event::Start(element) => {
                    depth += 1;
                    if unrendered_depth > 0 || is_unrendered(&element)? {
                        unrendered_depth += 1;
                    } else if let Some(drawing) = &mut drawing {
                        drawing.open(&element, prefix)?;
                    } else {
                        drawing = Some(Self::open_root(&element, prefix)?);
                    }
                }
                Event::End(element) => {
                    depth = depth.checked_sub(1).ok_or(DrawingProblem::NotSvg)?;
                    if unrendered_depth > 0 {
                        unrendered_depth -= 1;
                    } else if let (Some(drawing), true) = (&mut drawing, depth > 0) {
                        let name = text_of(element.name().as_ref())?.to_owned();
                        let _ = write!(drawing.shapes, "</{name}>");
                    }
                }
                Event::Eof if depth == 0 => return drawing.ok_or(DrawingProblem::NotSvg),
                Event::Eof => return Err(DrawingProblem::NotSvg),
                // Text between shapes, comments and declarations show nothing.
                _ => {}
            }
        }
    }

    fn open_root(element: &BytesStart<'_>, prefix: &str) -> Result<Self, DrawingProblem> {
        if element.name().as_ref() != b"svg" {
            return Err(DrawingProblem::NotSvg);
        }
        let mut attributes = Vec::new();
        let mut view_box = None;
        for (name, value) in attributes_of(element, prefix)? {
            if name == "viewBox" {
                view_box = Some(escape(&value).into_owned());
            } else if !SET_BY_PAGE.contains(&&*name) && PAINT.contains(&&*name) {
                attributes.push((name, value));
            }
        }
        Ok(Self {
            view_box: view_box.ok_or(DrawingProblem::NoViewBox)?,
            attributes: markup(&attributes),
            shapes: String::new(),
        })
    }

    fn open(&mut self, element: &BytesStart<'_>, prefix: &str) -> Result<(), DrawingProblem> {
        let qualified = element.name();
        let name = text_of(qualified.as_ref())?;
        if !ELEMENTS.contains(&name) {
            return Err(DrawingProblem::Element(name.to_owned()));
        }
        let attributes = markup(&attributes_of(element, prefix)?);
        let _ = write!(self.shapes, "<{name}{attributes}>");
        Ok(())
    }
}

/// Whether an element is not rendered: metadata, and elements of a drawing program's own namespace.
fn is_unrendered(element: &BytesStart<'_>) -> Result<bool, DrawingProblem> {
    let qualified = element.name();
    let name = text_of(qualified.as_ref())?;
    Ok(name.contains(':') || UNRENDERED.contains(&name))
}

/// The attributes of shapes and paint. Others are left out: a page shows none of them.
fn attributes_of(
    element: &BytesStart<'_>,
    prefix: &str,
) -> Result<Vec<(String, String)>, DrawingProblem> {
    let mut attributes = Vec::new();
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| DrawingProblem::NotSvg)?;
        let name = text_of(attribute.key.as_ref())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| DrawingProblem::NotSvg)?;
        if name == "style" {
            // The page's Content-Security-Policy allows no `style`.
            let pairs = value.split(';').filter_map(|pair| pair.split_once(':'));
            for (name, value) in pairs.map(|(name, value)| (name.trim(), value.trim())) {
                if PAINT.contains(&name) {
                    attributes.extend(allowed(name, value, prefix));
                }
            }
        } else if PAINT.contains(&name) || GEOMETRY.contains(&name) {
            attributes.extend(allowed(name, &value, prefix));
        }
    }
    Ok(attributes)
}

/// An attribute with its references inside of the drawing; `None` for a reference outside.
fn allowed(name: &str, value: &str, prefix: &str) -> Option<(String, String)> {
    let value = match name {
        "id" => format!("{prefix}-{value}"),
        "href" | "xlink:href" => format!("#{prefix}-{}", value.strip_prefix('#')?),
        _ if value.contains("url(") => {
            let id = value.trim().strip_prefix("url(#")?.strip_suffix(')')?;
            format!("url(#{prefix}-{id})")
        }
        _ => value.to_owned(),
    };
    Some((name.trim_start_matches("xlink:").to_owned(), value))
}

fn markup(attributes: &[(String, String)]) -> String {
    let mut markup = String::new();
    for (name, value) in attributes {
        let _ = write!(markup, " {name}=\"{}\"", escape(value));
    }
    markup
}

fn escape(value: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(value)
}

fn text_of(name: &[u8]) -> Result<&str, DrawingProblem> {
    std::str::from_utf8(name).map_err(|_| DrawingProblem::NotSvg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Drawing, DrawingProblem> {
        Drawing::read(text, "sky")
    }

    #[test]
    fn drawing_keeps_shapes_paint_and_own_references() {
        let text = "<?xml version=\"1.0\"?><!-- Inkscape -->\
            <svg xmlns=\"http://www.w3.org/2000/svg\" \
            xmlns:inkscape=\"x\" viewBox=\"0 0 4 4\" fill=\"none\" width=\"9\" onload=\"x()\">\
            <title>City</title><inkscape:page/><metadata><rdf/></metadata>\
            <path id=\"a\" d=\"M0 0h4\" style=\"stroke:#000; font:1px\" class=\"b\" \
            onclick=\"x()\"/>\
            <use href=\"#a\" x=\"1\"/><use xlink:href=\"https://lake.example/#a\"/>\
            <g fill=\"url(#a)\"/><g fill=\"url(https://lake.example/)\"/></svg>";
        let drawing = read(text);
        let expected = Drawing {
            view_box: "0 0 4 4".to_owned(),
            attributes: " fill=\"none\"".to_owned(),
            shapes: "<path id=\"sky-a\" d=\"M0 0h4\" stroke=\"#000\"></path>\
                     <use href=\"#sky-a\" x=\"1\"></use><use></use>\
                     <g fill=\"url(#sky-a)\"></g><g></g>"
                .to_owned(),
        };
        assert_eq!(drawing, Ok(expected));
    }

    #[test]
    fn drawing_with_more_than_shapes_is_refused() {
        for name in ["script", "style", "image", "foreignObject", "a", "text", "animate", "SCRIPT"]
        {
            let problem = DrawingProblem::Element(name.to_owned());
            assert_eq!(read_inside(&format!("<g><{name}/></g>")), Err(problem), "{name}");
        }
        assert_eq!(read("<svg/>"), Err(DrawingProblem::NoViewBox));
        for text in ["", "PNG", "<html/>", "<svg viewBox='0 0 1 1'><g>", "<svg viewBox='0'></g>"] {
            assert_eq!(read(text), Err(DrawingProblem::NotSvg), "{text}");
        }
        let tricky = read_inside("<path d='\"&gt;&lt;script>'/>").map(|drawing| drawing.shapes);
        assert!(tricky.is_ok_and(|shapes| !shapes.contains("<script")));
    }

    fn read_inside(inner: &str) -> Result<Drawing, DrawingProblem> {
        read(&format!("<svg viewBox='0 0 1 1'>{inner}</svg>"))
    }
}
