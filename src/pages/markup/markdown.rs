//! Markdown to HTML, with links that lead to the page in the language of the reader.
//!
//! Headings take the ids that [`crate::content::markdown::body`] gave them; a line break between
//! two Han characters prints nothing; table headings have their scope, images their size.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::content::markdown::{
    ServiceBlock, is_figure, phone_number, plain_text, raise_captions, table_caption,
};
use crate::content::{Text, markdown};
use crate::language::{Language, Locale, joins_lines};
use crate::pages::context::Context;
use crate::pages::markup::addresses::Addresses;
use crate::pages::markup::figures::escape_with_figures;
use crate::pages::markup::footnotes::Footnotes;
use crate::pages::markup::html::{Html, escape, escape_in_its_language, last_shown};
use crate::pages::markup::paragraphs::Paragraphs;
use crate::pages::markup::tags::{
    code, container_length, end, html_tag, is_bold, is_short_chinese, start_code,
    start_numbered_list, start_quote, task_box, telephone,
};

/// Renders a body for a page of the site.
pub(crate) fn render(context: &Context<'_>, text: &Text, language: Language) -> Html {
    render_with(&Addresses { context, language, text, page: None }, None).0
}

/// Renders a body whose paragraphs can be cited, and the first words of each.
pub(crate) fn render_with_paragraphs(
    context: &Context<'_>,
    text: &Text,
    language: Language,
) -> (Html, Vec<Html>) {
    render_with(&Addresses { context, language, text, page: None }, Some(Paragraphs::default()))
}

/// Renders a body for a reader elsewhere, such as a feed reader, with absolute addresses. `page` is
/// the URL of the page that has the body: links within it lead there.
pub(crate) fn render_absolute(
    context: &Context<'_>,
    text: &Text,
    language: Language,
    page: &str,
) -> Html {
    render_with(&Addresses { context, language, text, page: Some(page) }, None).0
}

/// The longest markup before an image that is on the first screen of a page, in bytes. Browsers
/// load those after it when a reader comes near.
const FIRST_SCREEN: usize = 1500;

fn render_with(addresses: &Addresses<'_>, paragraphs: Option<Paragraphs>) -> (Html, Vec<Html>) {
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
        paragraphs,
        open_links: Vec::new(),
        is_contact: false,
        style: addresses.page.is_none().then(|| context.assets.builtin("blocks.css")),
    };
    // About as many as a text has: growing would copy all of them again and again.
    let mut events = Vec::with_capacity(text.body.markdown.len() / 16);
    events.extend(markdown::events(&text.body.markdown).map(|(event, _)| event));
    raise_captions(&mut events);
    writer.run(&events);
    let Writer { footnotes, paragraphs, locale, mut out, .. } = writer;
    footnotes.list(addresses, locale, &mut out);
    (Html::new(out), paragraphs.map(|paragraphs| paragraphs.first_words).unwrap_or_default())
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
    paragraphs: Option<Paragraphs>,
    /// For each open link, whether it has an address.
    open_links: Vec<bool>,
    /// Whether telephone numbers become links.
    is_contact: bool,
    /// The address of the style of service blocks, until it is linked.
    style: Option<&'p str>,
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
                [
                    Event::InlineHtml(html),
                    Event::Start(Tag::Paragraph),
                    Event::Text(words),
                    Event::End(TagEnd::Paragraph),
                    ..,
                ] if &**html == "<details>" => {
                    self.start_details(words);
                    4
                }
                rest if let Some(block) = ServiceBlock::at(rest) => self.service_block(block, rest),
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
                    self.image(dest_url, &alt);
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
            Event::Start(tag) => self.start(tag, rest),
            Event::End(tag) => self.end_tag(*tag),
            Event::Text(text)
                if self.is_contact
                    && let Some((label, number)) = phone_number(text) =>
            {
                telephone(label, number, &mut self.out);
            }
            Event::Text(text) if self.addresses.page.is_none() => {
                escape_with_figures(self.chinese, text, &mut self.out);
            }
            Event::Text(text) => escape_in_its_language(self.chinese, text, &mut self.out),
            Event::Code(words) => code(words, &mut self.out),
            Event::SoftBreak => self.soft_break(rest),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => {
                self.footnotes.mark(label, self.addresses, self.locale, &mut self.out);
            }
            Event::TaskListMarker(is_done) => task_box(self.locale, *is_done, &mut self.out),
            Event::InlineHtml(html) => html_tag(html, &mut self.out),
            // Other HTML is an error of the content; mathematics is not read.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, rest: &[Event<'_>]) {
        match tag {
            Tag::Paragraph => self.start_paragraph("<p", rest),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(kind) => start_quote(self.locale, *kind, &mut self.out),
            Tag::CodeBlock(kind) => start_code(kind, &mut self.out),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(first)) => start_numbered_list(*first, "", &mut self.out),
            Tag::Item => self.start_paragraph("<li", rest),
            Tag::FootnoteDefinition(label) => {
                self.footnotes.open(label, &mut self.out);
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.start_paragraph("<dd", rest),
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

    /// Writes the start of a paragraph or item, with its id if it can be cited.
    fn start_paragraph(&mut self, tag: &str, rest: &[Event<'_>]) {
        self.out.push_str(tag);
        if let Some(paragraphs) = &mut self.paragraphs
            && !self.footnotes.is_open()
        {
            paragraphs.start(self.chinese, rest, &mut self.out);
        }
        self.out.push('>');
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::FootnoteDefinition => self.footnotes.close(&mut self.out),
            TagEnd::TableHead => {
                self.is_head = false;
                self.out.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableCell => {
                self.column += 1;
                let is_head = self.is_head || self.is_row_head;
                self.out.push_str(if is_head { "</th>" } else { "</td>" });
            }
            TagEnd::Link => {
                if self.open_links.pop().unwrap_or_default() {
                    self.out.push_str("</a>");
                }
            }
            _ => end(tag, &mut self.out),
        }
    }

    /// Writes a key figure, a contact or steps, and returns the number of its events.
    fn service_block(&mut self, block: ServiceBlock, events: &[Event<'_>]) -> usize {
        self.link_style();
        let length = container_length(events);
        let inner = &events[1..length - 1];
        let head = container_length(inner);
        match block {
            ServiceBlock::KeyFigure { .. } => {
                self.out.push_str("<figure class=\"key\">\n<p class=\"figure\">");
                self.run(&inner[1..head - 1]);
                self.out.push_str("</p>\n<figcaption>\n");
                self.run(&inner[head..]);
                self.out.push_str("</figcaption>\n</figure>\n");
            }
            ServiceBlock::Contact => {
                self.out.push_str("<div class=\"alert contact\">\n");
                self.is_contact = true;
                self.run(inner);
                self.is_contact = false;
                self.out.push_str("</div>\n");
            }
            ServiceBlock::Steps => {
                if let Event::Start(Tag::List(Some(first))) = &events[0] {
                    start_numbered_list(*first, " class=\"steps\"", &mut self.out);
                }
                self.run(&events[1..length]);
            }
        }
        length
    }

    /// Writes the start of a text to be opened, with the words that are always shown.
    fn start_details(&mut self, words: &str) {
        self.link_style();
        self.out.push_str("<details>\n<summary>");
        escape_in_its_language(self.chinese, words, &mut self.out);
        self.out.push_str("</summary>\n");
    }

    /// Writes the link to the style of these blocks before the first one, so that other pages do
    /// not load it. Texts that are read elsewhere have none.
    fn link_style(&mut self) {
        if let Some(style) = self.style.take() {
            self.out.push_str("<link rel=\"stylesheet\" href=\"");
            escape(style, &mut self.out);
            self.out.push_str("\">\n");
        }
    }

    fn start_heading(&mut self) {
        if let Some(heading) = self.text.body.headings.get(self.headings) {
            let _ = write!(self.out, "<h{} id=\"", heading.level);
            escape(&heading.id, &mut self.out);
            self.out.push_str("\">");
        }
        self.headings += 1;
    }

    fn start_table(&mut self, alignments: &[Alignment]) {
        self.alignments = alignments.to_vec();
        if alignments.len() > 4 {
            self.link_style();
        }
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
            _ if !self.is_head && is_short_chinese(cell) => " class=\"word\">",
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
        self.image(dest_url, &alt);
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            escape(title, &mut self.out);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
        // The paragraph's start, the image's start, its text and end, the paragraph's end.
        length + 3
    }

    fn image(&mut self, destination: &str, alt: &str) {
        let Some(image) = self.addresses.image(destination) else { return };
        image.write(alt.trim(), self.out.len() > FIRST_SCREEN, &mut self.out);
    }
}
