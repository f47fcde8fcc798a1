//! Markdown to HTML, with links that lead to the page in the language of the reader.
//!
//! Headings take the ids that [`crate::content::markdown::body`] gave them; a line break between
//! two Han characters prints nothing; table headings have their scope, images their size.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use crate::content::markdown::{Abbreviation, PlainScripts};
use crate::content::{Text, markdown};
use crate::language::{Language, Locale, joins_lines};
use crate::pages::context::Context;
use crate::pages::markup::html::{Html, escape, escape_in_its_language};
use crate::record::Target;

/// Renders a body for a page of the site.
pub(crate) fn render(context: &Context<'_>, text: &Text, language: Language) -> Html {
    MarkdownRenderer { context, language, page: None }.render(text)
}

/// Renders a body for a reader elsewhere, such as a feed reader, with absolute addresses. `page` is
/// the URL of the page that has the body: links within it lead there.
pub(crate) fn render_absolute(
    context: &Context<'_>,
    text: &Text,
    language: Language,
    page: &str,
) -> Html {
    MarkdownRenderer { context, language, page: Some(page) }.render(text)
}

/// The absolute address of an image of a text; none where it has no file.
pub(crate) fn image_url(context: &Context<'_>, text: &Text, destination: &str) -> Option<String> {
    let Ok(Target::File(file)) = context.record.links.resolve(text, destination) else {
        return None;
    };
    Some(context.absolute(context.assets.file(&file)?))
}

struct MarkdownRenderer<'r> {
    context: &'r Context<'r>,
    language: Language,
    /// The URL of the page, for texts that are read elsewhere. Their addresses include the host.
    page: Option<&'r str>,
}

impl MarkdownRenderer<'_> {
    fn render(&self, text: &Text) -> Html {
        let mut writer = Writer {
            prose: self,
            locale: self.context.locale(self.language),
            text,
            out: String::with_capacity(text.body.markdown.len() * 3 / 2),
            chinese: self.context.chinese_within(self.language),
            headings: 0,
            tables: 0,
            alignments: Vec::new(),
            column: 0,
            is_head: false,
            footnotes: Footnotes::default(),
            open_links: Vec::new(),
        };
        let events: Vec<Event<'_>> =
            markdown::events(&text.body.markdown).map(|(event, _)| event).collect();
        writer.run(&events);
        writer.end();
        Html::new(writer.out)
    }
}

/// Footnotes, in the order of their first references.
#[derive(Default)]
struct Footnotes {
    numbers: BTreeMap<String, usize>,
    marks: BTreeMap<String, usize>,
    texts: BTreeMap<usize, String>,
    /// The output before the text of each open footnote, and its number.
    outer: Vec<(String, usize)>,
}

impl Footnotes {
    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_owned()).or_insert(next)
    }
}

struct Writer<'p> {
    prose: &'p MarkdownRenderer<'p>,
    locale: &'p Locale,
    text: &'p Text,
    out: String,
    /// The `lang` attribute for Chinese words in a text of another language.
    chinese: Option<&'p str>,
    headings: usize,
    tables: usize,
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    footnotes: Footnotes,
    /// For each open link, whether it has an address.
    open_links: Vec<bool>,
}

impl Writer<'_> {
    fn run(&mut self, events: &[Event<'_>]) {
        let mut at = 0;
        while at < events.len() {
            at += match &events[at..] {
                [Event::Start(Tag::Paragraph), Event::Start(Tag::Image { .. }), rest @ ..]
                    if is_figure(rest) =>
                {
                    self.figure(&events[at + 1..])
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
            Event::FootnoteReference(label) => self.footnote_mark(label),
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
                let number = self.footnotes.number(label);
                self.footnotes.outer.push((std::mem::take(&mut self.out), number));
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.out
                    .push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
                self.tables += 1;
                escape(&self.locale.table_region(&self.tables.to_string()), &mut self.out);
                self.out.push_str("\">\n<table>\n");
            }
            Tag::TableHead => {
                self.is_head = true;
                self.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { dest_url, .. } => self.start_link(dest_url),
            Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
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
            TagEnd::FootnoteDefinition => return self.end_footnote(),
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
                if self.is_head { "</th>" } else { "</td>" }
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

    fn start_cell(&mut self) {
        self.out.push_str(if self.is_head { "<th scope=\"col\"" } else { "<td" });
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
        let href = self.href(destination);
        self.open_links.push(href.is_some());
        if let Some(href) = href {
            self.out.push_str("<a href=\"");
            escape(&href, &mut self.out);
            self.out.push_str("\">");
        }
    }

    /// The address of a link; none for a page that is not public, whose link text stays as plain
    /// text.
    fn href(&self, destination: &str) -> Option<String> {
        let context = self.prose.context;
        let path = match context.record.links.resolve(self.text, destination).ok()? {
            Target::Outside(address) => return Some(address),
            Target::Fragment(fragment) => return Some(self.on_this_page(&encoded(&fragment))),
            Target::Path(path) => path,
            Target::File(file) => context.assets.file(&file)?.to_owned(),
            Target::Page { page, language, fragment } => {
                let address =
                    context.record.public_address(page, language.unwrap_or(self.prose.language))?;
                match fragment {
                    Some(fragment) => format!("{}#{}", address.path, encoded(&fragment)),
                    None => address.path,
                }
            }
        };
        Some(self.absolute_if_needed(path))
    }

    /// The address of a place on the page of the text.
    fn on_this_page(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.prose.page.unwrap_or_default())
    }

    fn absolute_if_needed(&self, path: String) -> String {
        if self.prose.page.is_some() {
            self.prose.context.record.content.site.absolute(&path)
        } else {
            path
        }
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
        let context = self.prose.context;
        let Ok(Target::File(file)) = context.record.links.resolve(self.text, destination) else {
            return;
        };
        let Some(path) = context.assets.file(&file) else { return };
        self.out.push_str("<img src=\"");
        escape(&self.absolute_if_needed(path.to_owned()), &mut self.out);
        self.out.push_str("\" alt=\"");
        escape(alt.trim(), &mut self.out);
        self.out.push('"');
        if let Some((width, height)) = context.assets.size(&file) {
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

    fn footnote_mark(&mut self, label: &str) {
        let number = self.footnotes.number(label);
        let marks = self.footnotes.marks.entry(label.to_owned()).or_default();
        *marks += 1;
        // Only the first mark is where the way back leads.
        let id =
            if *marks == 1 { format!(" id=\"footnote-mark-{number}\"") } else { String::new() };
        let name = self.locale.note_number(&number.to_string());
        let href = self.on_this_page(&format!("footnote-{number}"));
        let _ = write!(self.out, "<sup class=\"ref\"><a{id} href=\"{href}\" aria-label=\"");
        escape(&name, &mut self.out);
        let _ = write!(self.out, "\">{number}</a></sup>");
    }

    fn end_footnote(&mut self) {
        if let Some((outer, number)) = self.footnotes.outer.pop() {
            let note = std::mem::replace(&mut self.out, outer);
            self.footnotes.texts.insert(number, note);
        }
    }

    fn end(&mut self) {
        if self.footnotes.texts.is_empty() {
            return;
        }
        self.out.push_str(
            "<section class=\"notes\" aria-labelledby=\"footnotes\">\n<h2 id=\"footnotes\">",
        );
        escape(self.locale.footnotes(), &mut self.out);
        self.out.push_str("</h2>\n<ol>\n");
        for (number, note) in std::mem::take(&mut self.footnotes.texts) {
            let back = self.locale.footnote_back();
            let href = self.on_this_page(&format!("footnote-mark-{number}"));
            let _ = write!(
                self.out,
                "<li id=\"footnote-{number}\">{} <a href=\"{href}\" aria-label=\"",
                note.trim_end()
            );
            escape(back, &mut self.out);
            self.out.push_str("\">↩</a></li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

/// Whether an image, whose events follow its start, is the whole paragraph.
fn is_figure(after_start: &[Event<'_>]) -> bool {
    let (_, length) = plain_text(after_start);
    matches!(after_start.get(length), Some(Event::End(TagEnd::Paragraph)))
}

/// The text up to the end of an image, and the number of its events, including the end.
fn plain_text(events: &[Event<'_>]) -> (String, usize) {
    let mut words = String::new();
    let mut scripts = PlainScripts::default();
    for (at, event) in events.iter().enumerate() {
        scripts.take(event);
        match event {
            Event::End(TagEnd::Image) => return (words, at + 1),
            Event::Text(text) => words.push_str(&scripts.plain(text)),
            Event::Code(code) => words.push_str(code),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    (words, events.len())
}

/// The last visible character of some markup, without superscript footnote references. Text
/// contains no `<` or `>`, as they are escaped.
fn last_shown(markup: &str) -> Option<char> {
    let mut shown = markup;
    while let Some(mark) = shown.strip_suffix("</a></sup>").and_then(|mark| mark.rfind("<sup"))
        && shown[mark..].starts_with("<sup class=\"ref\">")
    {
        shown = &shown[..mark];
    }
    while let Some(tag) = shown.strip_suffix('>').and_then(|inside| inside.rfind('<')) {
        shown = &shown[..tag];
    }
    shown.chars().next_back()
}

/// Percent-encodes a fragment. Letters of any script stay as they are, readable for people.
fn encoded(fragment: &str) -> String {
    fragment.replace('%', "%25").replace(' ', "%20")
}
