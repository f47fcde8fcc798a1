//! Reads a body: its headings, links and images, and the mistakes in it.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use bytestring::ByteString;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::blocks::BlockReader;
use super::definitions::Definitions;
use super::dialects::{LiteralMark, MarkReader};
use super::emphasis;
use super::footnotes::{self, FootnoteProblem, Footnotes};
use super::heading_ids::{self, HeadingIds};
use super::inline_html::PlainScripts;
use super::malformed_links;
use super::parser::{events, events_with_broken};
use super::raw_html;
use crate::content::front_matter::tree::Located;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Span, message};

/// A Markdown body and its outline.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The Markdown itself, a part of the file's bytes.
    pub markdown: ByteString,
    /// Its position in the file, in bytes.
    pub offset: usize,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The destinations of links, in the order in which the parser meets them.
    pub links: Vec<Located<String>>,
    /// The destinations of images, in the order in which the parser meets them.
    pub images: Vec<Located<String>>,
}

/// One heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; 1 is the page's title.
    pub level: u8,
    /// The fragment that leads here.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The range of its words in the file.
    pub span: Span,
}

impl Body {
    /// Whether the body has no text: nothing, or comments.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let text = self.markdown.trim();
        text.is_empty() || text.starts_with("<!--") && events(text).next().is_none()
    }

    /// The words of a link that ask for the title of its page: `@wells` of `[@wells](wells.md)`.
    #[must_use]
    pub fn title_words(&self, link: &Located<String>) -> Option<&str> {
        self.words_with_at(link).filter(|words| is_title_mark(words))
    }

    /// The words of a link that begin with `@`.
    #[must_use]
    pub fn words_with_at(&self, link: &Located<String>) -> Option<&str> {
        let start = link.span.start.checked_sub(self.offset)?;
        let rest = self.markdown.get(start..)?.strip_prefix("[@")?;
        let (id, _) = rest.split_once("](")?;
        (!id.is_empty()).then(|| &self.markdown[start + 1..start + 2 + id.len()])
    }

    /// Whether a fragment names a heading.
    #[must_use]
    pub fn has_fragment(&self, fragment: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == fragment)
    }
}

/// Reads a body that begins `offset` bytes into its file.
pub(crate) fn read<'t>(
    markdown: &'t str,
    offset: usize,
    path: &'t Arc<str>,
    diagnostics: &'t mut Diagnostics,
) -> Body {
    let broken: Mutex<Vec<(Span, String)>> = Mutex::default();
    let mut outline = Outline {
        path,
        offset,
        diagnostics,
        body: Body { markdown: ByteString::from(markdown), offset, ..Body::default() },
        anchors: HeadingIds::of_pages(),
        heading: None,
        image: None,
        verbatim_depth: 0,
        scripts: PlainScripts::default(),
        last_level: 1,
        footnotes: Footnotes::default(),
        definitions: Definitions::of(markdown),
        block_start: 0,
        marks: MarkReader::new(markdown),
        blocks: BlockReader::new(markdown),
    };
    let events = events_with_broken(markdown, |link| {
        // A bracketed word alone is plain text; only a full reference was meant to lead somewhere.
        let is_full = matches!(link.link_type, LinkType::Reference | LinkType::ReferenceUnknown);
        if is_full || matches!(link.link_type, LinkType::Collapsed | LinkType::CollapsedUnknown) {
            broken
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((link.span.clone(), link.reference.to_string()));
        }
    });
    for (event, range) in events {
        outline.marks.take(&event, &range);
        outline.blocks.take(&event, &range);
        outline.take(&event, &range);
    }
    outline.push_marks();
    for problem in outline.footnotes.problems() {
        outline.push_footnote(problem);
    }
    outline.push_definitions();
    let mut broken = broken.into_inner().unwrap_or_else(PoisonError::into_inner);
    // The parser may ask more than once about the same place.
    broken.sort_by(|a, b| (a.0.start, &a.1).cmp(&(b.0.start, &b.1)));
    broken.dedup();
    for (span, reference) in broken {
        outline.broken_reference(&span, &reference);
    }
    outline.body
}

struct Outline<'a> {
    path: &'a Arc<str>,
    offset: usize,
    diagnostics: &'a mut Diagnostics,
    body: Body,
    anchors: HeadingIds,
    heading: Option<OpenHeading>,
    image: Option<(String, Range<usize>)>,
    /// The number of open blocks of code or HTML.
    verbatim_depth: usize,
    scripts: PlainScripts,
    last_level: u8,
    footnotes: Footnotes,
    definitions: Definitions,
    /// The start of the innermost block.
    block_start: usize,
    marks: MarkReader<'a>,
    blocks: BlockReader<'a>,
}

/// A heading whose end is still to come.
struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    range: Range<usize>,
    /// The range of its words, with their marks.
    words: Option<Range<usize>>,
}

impl OpenHeading {
    fn hold(&mut self, range: &Range<usize>) {
        let words = self.words.get_or_insert_with(|| range.clone());
        *words = words.start.min(range.start)..words.end.max(range.end);
    }
}

impl Outline<'_> {
    fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        self.scripts.take(event);
        if emphasis::is_border(event) {
            let is_start = matches!(event, Event::Start(_));
            self.block_start = if is_start { range.start } else { range.end };
        } else if let Some(heading) = &mut self.heading {
            heading.hold(range);
        }
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.check_level(*level, range);
                self.heading = Some(OpenHeading {
                    level: number(*level),
                    id: id.as_ref().map(ToString::to_string),
                    text: String::new(),
                    range: range.clone(),
                    words: None,
                });
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Link { dest_url, id, .. }) => {
                self.definitions.add_use(id);
                self.body.links.push(Located::new(dest_url.to_string(), self.placed(range)));
            }
            Event::Start(Tag::Image { dest_url, id, .. }) => {
                self.definitions.add_use(id);
                self.body.images.push(Located::new(dest_url.to_string(), self.placed(range)));
                self.image = Some((String::new(), range.clone()));
            }
            Event::End(TagEnd::Image) => self.end_image(),
            Event::Start(Tag::CodeBlock(_)) => self.verbatim_depth += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                self.verbatim_depth = self.verbatim_depth.saturating_sub(1);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.footnotes.add_text(label, range.clone());
            }
            Event::FootnoteReference(label) => self.footnotes.add_mark(label),
            Event::Text(text) => self.text(text, range),
            Event::Code(code) => self.words(code),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            // A block is reported once, whatever its lines.
            Event::Start(Tag::HtmlBlock) => {
                self.raw_html(range);
                self.verbatim_depth += 1;
            }
            Event::Html(_) if self.verbatim_depth == 0 => self.raw_html(range),
            _ => {}
        }
    }

    fn placed(&self, range: &Range<usize>) -> Span {
        range.start + self.offset..range.end + self.offset
    }

    fn push(&mut self, code: Code, range: &Range<usize>, message: Message, help: Message) {
        let span = self.placed(range);
        self.diagnostics.push(Diagnostic::error(code, self.path, span, message).help(help));
    }

    /// Words that count as the heading's or the image's, if one is open.
    fn words(&mut self, words: &str) {
        if let Some((alt, _)) = &mut self.image {
            alt.push_str(words);
        } else if let Some(heading) = &mut self.heading {
            heading.text.push_str(words);
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let plain = self.scripts.plain(text);
        self.words(&plain);
        if self.verbatim_depth == 0 {
            self.check_near_links(range);
            for problem in footnotes::find_undefined(&self.body.markdown, range) {
                self.push_footnote(problem);
            }
        }
    }

    fn check_near_links(&mut self, range: &Range<usize>) {
        let found = malformed_links::find(&self.body.markdown, self.block_start, range);
        for (place, help) in found {
            let message = message!("this is not a link", "这不是链接");
            self.push(Code::BrokenLink, &place, message, help);
        }
    }

    fn end_heading(&mut self) {
        let Some(OpenHeading { level, id: written, text, range, words }) = self.heading.take()
        else {
            return;
        };
        let text = text.trim().to_owned();
        if text.is_empty() {
            let message = message!("this heading has no words", "这个小标题没有文字");
            let help =
                message!("write what follows it, or remove it", "请写上小标题的文字，或删去它");
            self.push(Code::EmptyHeading, &range, message, help);
        }
        if text.trim_end_matches('#').len() + 2 <= text.len() {
            let message = message!(
                "the signs at the end of this heading would be shown",
                "小标题末尾的符号会原样显示"
            );
            let help = message!(
                "remove them, or put a space before them",
                "请删去它们，或在它们前面加一个空格"
            );
            self.push(Code::LiteralMark, &range, message, help);
        }
        let id = self.anchors.take(&written.unwrap_or_else(|| heading_ids::from_words(&text)));
        self.body.headings.push(Heading {
            level,
            id,
            text,
            span: self.placed(&words.unwrap_or(range)),
        });
    }

    fn check_level(&mut self, level: HeadingLevel, range: &Range<usize>) {
        let level = number(level);
        if level == 1 {
            let message = message!(
                "`#` is the page's title, which the front matter gives",
                "`#` 是页面标题，已写在文件头信息中"
            );
            let help = message!("start this heading with `##`", "请将这个小标题以 `##` 开头");
            self.push(Code::FirstLevel, range, message, help);
        } else if level > self.last_level + 1 {
            let before = self.last_level;
            let (found, expected) = ("#".repeat(level.into()), "#".repeat(usize::from(before) + 1));
            let message = message!(
                "this heading skips a level: `{found}` follows level {before}",
                "小标题跳过了级别：第 {before} 级之后直接用了 `{found}`"
            );
            let help = message!("start it with `{expected}`", "请以 `{expected}` 开头");
            self.push(Code::SkippedLevel, range, message, help);
        }
        self.last_level = level.max(2);
    }

    fn end_image(&mut self) {
        let Some((alt, range)) = self.image.take() else { return };
        if alt.trim().is_empty() {
            let message = message!(
                "this image has no text for readers who do not see it",
                "这张图片缺少替代文字，看不到图片的读者无从了解其内容"
            );
            let help = message!(
                "write what it shows between the brackets: `![a nurse with two \
                 children](photo.jpg)`",
                "请在方括号中写明图片内容：`![护士和两个孩子](photo.jpg)`"
            );
            self.push(Code::NoAlt, &range, message, help);
        }
    }

    fn raw_html(&mut self, range: &Range<usize>) {
        let html = self.body.markdown.get(range.clone()).unwrap_or_default();
        let (message, help) = (raw_html::message(html), raw_html::help(html));
        let start = range.start..range.start + html.trim_end().len();
        self.push(Code::RawHtml, &start, message, help);
    }

    fn push_marks(&mut self) {
        let marks = std::mem::replace(&mut self.marks, MarkReader::new(""));
        let blocks = std::mem::replace(&mut self.blocks, BlockReader::new(""));
        let found = marks.finish().into_iter().chain(blocks.finish());
        for LiteralMark { code, severity, range, message, help } in found {
            let span = self.placed(&range);
            let wrong = Diagnostic::error(code, self.path, span, message).help(help);
            self.diagnostics.push(Diagnostic { severity, ..wrong });
        }
    }

    fn push_footnote(&mut self, problem: FootnoteProblem) {
        let FootnoteProblem { range, message, help } = problem;
        self.push(Code::BrokenFootnote, &range, message, help);
    }

    fn push_definitions(&mut self) {
        for range in std::mem::take(&mut self.definitions).unused() {
            let message = message!(
                "this line is not shown: it gives an address to a link that is not on the page",
                "这一行不会显示：它是某个链接的网址，而页面上没有这个链接"
            );
            let help = message!(
                "remove it; if it is text, write `\\[` for its first bracket",
                "请删去它；如果它是正文，请把第一个方括号写成 `\\[`"
            );
            self.push(Code::UnusedDefinition, &range, message, help);
        }
    }

    fn broken_reference(&mut self, range: &Range<usize>, reference: &str) {
        let message = message!(
            "the link reference `{reference}` is not defined",
            "链接引用 `{reference}` 没有定义"
        );
        let help = message!(
            "add a line `[{reference}]: https://…`",
            "请另起一行添加 `[{reference}]: https://…`"
        );
        self.push(Code::BrokenLink, range, message, help);
    }
}

/// Whether a text is `@` and the id of a page, which is its file's name without `.md`.
pub(crate) fn is_title_mark(text: &str) -> bool {
    let id = text.strip_prefix('@').unwrap_or_default();
    !id.is_empty() && id.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
}

const fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
