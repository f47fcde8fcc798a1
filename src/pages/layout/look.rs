//! The city's own look as pages show it: logo, drawing, lines of the footer.

use crate::content::image::Drawing;
use crate::content::site::Look;
use crate::content::{Content, Located};
use crate::language::Language;
use crate::pages::assets::Assets;
use crate::pages::markup::html::Html;
use crate::record::Record;

/// The parts of the look that are the same on every page of a language.
#[derive(Debug)]
pub(crate) struct LookView {
    pub(crate) logo: Html,
    pub(crate) drawing: Html,
    /// The address and the media type of the icon.
    pub(crate) icon: (String, &'static str),
    /// The colours of the browser's own bars, on light and on dark pages.
    pub(crate) theme: [String; 2],
    /// By language.
    lines: Vec<Vec<FooterLineView>>,
}

/// A line of the footer.
#[derive(Debug, Clone)]
pub(crate) struct FooterLineView {
    pub(crate) text: String,
    /// The tag of the text's language, if it is not the page's.
    pub(crate) tag: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) image: Html,
}

/// An alert in one language.
#[derive(Debug, Clone)]
pub(crate) struct AlertView<'r> {
    /// Its level in words.
    pub(crate) level: &'r str,
    pub(crate) is_urgent: bool,
    pub(crate) title: &'r str,
    /// The tag of the alert's language, if it is not the page's.
    pub(crate) lang: Option<&'r str>,
    pub(crate) body: Html,
}

impl LookView {
    pub(crate) fn new(record: &Record<'_>, assets: &Assets) -> Self {
        let content = record.content;
        let look = &content.site.look;
        let lines = record.languages().map(|language| lines(record, assets, language)).collect();
        Self {
            logo: logo(content, look, assets),
            drawing: drawing(content, look),
            icon: assets.icon(look.icon.as_ref().map(|icon| icon.value.as_str())),
            theme: look.palette.tint.map(|colour| colour.to_string()),
            lines,
        }
    }

    pub(crate) fn lines(&self, language: Language) -> &[FooterLineView] {
        self.lines.get(language.index()).map_or(&[], Vec::as_slice)
    }
}

/// The logo. The site's name is beside it, so it has no text of its own.
fn logo(content: &Content, look: &Look, assets: &Assets) -> Html {
    let Some(path) = &look.logo else { return Html::default() };
    match inline(content, path, "logo") {
        Some(drawing) => Html::new(format!(
            "<svg viewBox=\"{}\"{} aria-hidden=\"true\">{}</svg>",
            drawing.view_box, drawing.attributes, drawing.shapes
        )),
        None => picture(assets, &path.value),
    }
}

fn drawing(content: &Content, look: &Look) -> Html {
    let drawing = look.drawing.as_ref().and_then(|path| inline(content, path, "sky"));
    drawing.map_or_else(Html::default, |drawing| {
        Html::new(format!(
            "<svg class=\"sky\" viewBox=\"{}\" preserveAspectRatio=\"xMidYMax slice\"{} \
             aria-hidden=\"true\">{}</svg>",
            drawing.view_box, drawing.attributes, drawing.shapes
        ))
    })
}

fn inline(content: &Content, path: &Located<String>, prefix: &str) -> Option<Drawing> {
    let bytes = content.files.get(path.value.as_str())?;
    Drawing::read(std::str::from_utf8(bytes).ok()?, prefix).ok()
}

/// A picture beside a text that says the same.
fn picture(assets: &Assets, path: &str) -> Html {
    let Some(href) = assets.file(path) else { return Html::default() };
    let href = askama::filters::escape(href, askama::filters::Html)
        .map_or_else(|_| String::new(), |escaped| escaped.to_string());
    let size = assets.size(path).map_or_else(String::new, |(width, height)| {
        format!(" width=\"{width}\" height=\"{height}\"")
    });
    Html::new(format!("<img src=\"{href}\" alt=\"\"{size}>"))
}

fn lines(record: &Record<'_>, assets: &Assets, language: Language) -> Vec<FooterLineView> {
    let site = &record.content.site;
    let lines = site.footer.iter().map(|line| FooterLineView {
        text: line.text.get(language).to_owned(),
        tag: line.text.fallback(language).map(|other| site.languages.tag(other).to_owned()),
        url: line.url.clone(),
        image: line
            .image
            .as_ref()
            .map_or_else(Html::default, |image| picture(assets, &image.value)),
    });
    lines.collect()
}
