//! Markdown to HTML, with links that lead to the page in the language of the reader.
//!
//! Headings take the ids that [`crate::content::markdown::body`] gave them; a line break between
//! two Han characters prints nothing; table headings have their scope, images their size.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use crate::content::markdown::Abbreviation;
use crate::content::{Text, markdown};
use crate::language::{Language, Locale, joins_lines};
use crate::pages::context::Context;
use crate::pages::markup::addresses::Addresses;
use crate::pages::markup::captions::{
    is_bold, is_figure, plain_text, raise_captions, table_caption,
};
use crate::pages::markup::footnotes::Footnotes;
use crate::pages::markup::html::{Html, escape, escape_in_its_language, last_shown};

/// Renders a body for a page of the site.
pub(crate) fn render(context: &Context<'_>, text: &Text, language: Language) -> Html {
    render_with(&Addresses { context, language, text, page: None })
}

/// Renders a body for a reader elsewhere, such as a feed reader, with absolute addresses. `page` is
/// the URL of the page that has the body: links within it lead there.
pub(crate) fn render_absolute(
    context: &Context<'_>,
    text: &Text,
    language: Language,
    page: &str,
) -> Html {
    render_with(&Addresses { context, language, text, page: Some(page) })
}

/// The addresses of the links and images of a text on its own page, with the titles that it shows
/// of other pages; none for pages that are not public.
pub(crate) fn addresses<'r>(
    context: &'r Context<'r>,
    text: &'r Text,
) -> impl Iterator<Item = Option<String>> {
    let addresses = Addresses { context, language: text.language, text, page: None };
    let targets = text.body.links.iter().chain(&text.body.images);
    targets.map(move |target| {
        let words = text.body.title_words(target);
        let title = words.and_then(|words| addresses.title(&target.value, words));
        let href = addresses.href(&target.value)?;
        Some(title.map_or_else(|| href.clone(), |title| format!("{href} {title}")))
    })
}

/// The absolute address of an image of a text; none where it has no file.
pub(crate) fn image_url(context: &Context<'_>, text: &Text, destination: &str) -> Option<String> {
    let addresses = Addresses { context, language: text.language, text, page: Some("") };
    Some(addresses.image(destination)?.0)
}

fn render_with(addresses: &Addresses<'_>) -> Html {
    let Addresses { context, language, text, .. } = *addresses;
    let mut writer = Writer {
        addresses,
        locale: context.locale(language),
        text,
        out: String::with_capacity(text.body.markdown.len() * 3 / 2),
        chinese: context.chinese_within(language),
        headings: 0,
        tables: 0,
        caption: None,
        alignments: Vec::new(),
        column: 0,
        is_head: false,
        is_row_head: false,
        footnotes: Footnotes::default(),
        open_links: Vec::new(),
    };
    // About as many as a text has: growing would copy all of them again and again.
    let mut events = Vec::with_capacity(text.body.markdown.len() / 16);
    events.extend(markdown::events(&text.body.markdown).map(|(event, _)| event));
    raise_captions(&mut events);
    writer.run(&events);
    let Writer { footnotes, locale, mut out, .. } = writer;
    footnotes.list(addresses, locale, &mut out);
    Html::new(out)
}

struct Writer<'p> {
    addresses: &'p Addresses<'p>,
    locale: &'p Locale,
    text: &'p Text,
    out: String,
    /// The `lang` attribute for Chinese words in a text of another language.
    chinese: Option<&'p str>,
    headings: usize,
    tables: usize,
    /// The caption of the next table.
    caption: Option<String>,
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    is_row_head: bool,
    footnotes: Footnotes,
    /// For each open link, whether it has an address.
    open_links: Vec<bool>,
}

impl Writer<'_> {
    fn run(&mut self, events: &[Event<'_>]) {
        let mut at = 0;
        while at < events.len() {
            if let Some((caption, length)) = table_caption(&events[at..]) {
                self.caption = Some(caption);
                at += length;
                continue;
            }
            at += match &events[at..] {
                [Event::Start(Tag::Paragraph), Event::Start(Tag::Image { .. }), rest @ ..]
                    if is_figure(rest) =>
                {
                    self.figure(&events[at + 1..])
                }
                [
                    Event::Start(Tag::Link { dest_url, .. }),
                    Event::Text(words),
                    Event::End(TagEnd::Link),
                    ..,
                ] if words.starts_with('@') => {
                    self.title_link(dest_url, words);
                    3
                }
                [Event::Start(Tag::Image { dest_url, .. }), rest @ ..] => {
                    let (alt, length) = plain_text(rest);
                    self.image(dest_url, &alt, "");
                    length + 1
                }
                [event, rest @ ..] => {
                    self.event(event, rest);
                    1
                }
                [] => 1,
            };
        }
    }

    fn event(&mut self, event: &Event<'_>, rest: &[Event<'_>]) {
        match event {
            Event::Start(Tag::TableCell) => self.start_cell(rest),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end_tag(*tag),
            Event::Text(text) => escape_in_its_language(self.chinese, text, &mut self.out),
            Event::Code(code) => {
                self.out.push_str("<code>");
                escape(code, &mut self.out);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.soft_break(rest),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => {
                self.footnotes.mark(label, self.addresses, self.locale, &mut self.out);
            }
            Event::TaskListMarker(is_done) => {
                let (label, checked) = if *is_done {
                    (self.locale.task_done(), " checked")
                } else {
                    (self.locale.task_open(), "")
                };
                let _ =
                    write!(self.out, "<input type=\"checkbox\" disabled{checked} aria-label=\"");
                escape(label, &mut self.out);
                self.out.push_str("\"> ");
            }
            Event::InlineHtml(html) => self.abbreviation(html),
            // Other HTML is an error of the content; mathematics is not read.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(kind) => self.start_quote(*kind),
            Tag::CodeBlock(kind) => {
                // A wide block scrolls, so the keyboard must reach it (WCAG 2.1.1).
                self.out.push_str("<pre tabindex=\"0\"><code");
                if let CodeBlockKind::Fenced(language) = kind
                    && let Some(language) = language.split_whitespace().next()
                {
                    self.out.push_str(" class=\"language-");
                    escape(language, &mut self.out);
                    self.out.push('"');
                }
                self.out.push('>');
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.footnotes.open(label, &mut self.out);
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.is_head = true;
                self.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { dest_url, .. } => self.start_link(dest_url),
            // Cells and images need the events behind their start.
            Tag::TableCell | Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        let markup = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => {
                let _ = writeln!(self.out, "</{level}>");
                return;
            }
            TagEnd::BlockQuote(Some(_)) => "</div>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => return self.footnotes.close(&mut self.out),
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody>\n</table>\n</div>\n",
            TagEnd::TableHead => {
                self.is_head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.column += 1;
                if self.is_head || self.is_row_head { "</th>" } else { "</td>" }
            }
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                if self.open_links.pop().unwrap_or_default() {
                    "</a>"
                } else {
                    ""
                }
            }
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => "",
        };
        self.out.push_str(markup);
    }

    fn start_heading(&mut self) {
        if let Some(heading) = self.text.body.headings.get(self.headings) {
            let _ = write!(self.out, "<h{} id=\"", heading.level);
            escape(&heading.id, &mut self.out);
            self.out.push_str("\">");
        }
        self.headings += 1;
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, label) = match kind {
            None => return self.out.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", self.locale.alert_note()),
            Some(BlockQuoteKind::Tip) => ("tip", self.locale.alert_tip()),
            Some(BlockQuoteKind::Important) => ("important", self.locale.alert_important()),
            Some(BlockQuoteKind::Warning) => ("warning", self.locale.alert_warning()),
            Some(BlockQuoteKind::Caution) => ("caution", self.locale.alert_caution()),
        };
        let _ = write!(self.out, "<div class=\"alert {class}\" role=\"note\">\n<p class=\"kind\">");
        escape(label, &mut self.out);
        self.out.push_str("</p>\n");
    }

    fn start_table(&mut self, alignments: &[Alignment]) {
        self.alignments = alignments.to_vec();
        self.out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        self.tables += 1;
        escape(&self.locale.table_region(&self.tables.to_string()), &mut self.out);
        self.out.push_str("\">\n<table>\n");
        if let Some(caption) = self.caption.take() {
            self.out.push_str("<caption>");
            escape_in_its_language(self.chinese, &caption, &mut self.out);
            self.out.push_str("</caption>\n");
        }
    }

    /// Starts a cell, whose events follow. A first cell that is bold as a whole is the row's head.
    fn start_cell(&mut self, cell: &[Event<'_>]) {
        self.is_row_head = !self.is_head && self.column == 0 && is_bold(cell);
        self.out.push_str(match (self.is_head, self.is_row_head) {
            (true, _) => "<th scope=\"col\"",
            (false, true) => "<th scope=\"row\"",
            (false, false) => "<td",
        });
        self.out.push_str(match self.alignments.get(self.column) {
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::Center) => " class=\"center\">",
            _ => ">",
        });
    }

    /// Writes a soft break as a space, but not between two characters that are written without one.
    /// Markup between them that is not shown, such as the end of emphasis, does not count.
    fn soft_break(&mut self, rest: &[Event<'_>]) {
        let after = rest.iter().find_map(|event| match event {
            Event::Text(text) | Event::Code(text) => text.chars().next(),
            _ => None,
        });
        if !joins_lines(last_shown(&self.out), after) {
            self.out.push('\n');
        }
    }

    fn start_link(&mut self, destination: &str) {
        let href = self.addresses.href(destination);
        self.open_links.push(href.is_some());
        if let Some(href) = href {
            self.out.push_str("<a href=\"");
            escape(&href, &mut self.out);
            self.out.push_str("\">");
        }
    }

    /// Writes a link whose text may ask for the title of its page.
    fn title_link(&mut self, destination: &str, words: &str) {
        let words = self.addresses.title(destination, words).unwrap_or(words);
        self.start_link(destination);
        escape_in_its_language(self.chinese, words, &mut self.out);
        self.end_tag(TagEnd::Link);
    }

    /// Writes a paragraph that is only an image, with its title as caption.
    fn figure(&mut self, events: &[Event<'_>]) -> usize {
        let [Event::Start(Tag::Image { dest_url, title, .. }), rest @ ..] = events else {
            return 1;
        };
        let (alt, length) = plain_text(rest);
        self.out.push_str("<figure>");
        self.image(dest_url, &alt, " loading=\"lazy\"");
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            escape(title, &mut self.out);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
        // The paragraph's start, the image's start, its text and end, the paragraph's end.
        length + 3
    }

    fn image(&mut self, destination: &str, alt: &str, attributes: &str) {
        let Some((src, size)) = self.addresses.image(destination) else { return };
        self.out.push_str("<img src=\"");
        escape(&src, &mut self.out);
        self.out.push_str("\" alt=\"");
        escape(alt.trim(), &mut self.out);
        self.out.push('"');
        if let Some((width, height)) = size {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        self.out.push_str(attributes);
        self.out.push('>');
    }

    fn abbreviation(&mut self, html: &str) {
        match Abbreviation::parse(html) {
            Some(Abbreviation::Start(None)) => self.out.push_str("<abbr>"),
            Some(Abbreviation::Start(Some(title))) => {
                self.out.push_str("<abbr title=\"");
                escape(&title, &mut self.out);
                self.out.push_str("\">");
            }
            Some(Abbreviation::End) => self.out.push_str("</abbr>"),
            None => {}
        }
    }
}
