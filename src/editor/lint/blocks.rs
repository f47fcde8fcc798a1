//! The blocks of a Markdown body with their text and its source positions.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::content::markdown::{self, PlainScripts};
use crate::diagnostic::Span;

/// A heading, paragraph, list item or table cell.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// The text; a soft line break is a space, a hard one `\n`.
    pub(super) text: String,
    pieces: Vec<Piece>,
    /// The span in the body.
    range: Span,
    /// Whether the block is in a quotation.
    pub(super) is_quoted: bool,
    /// The number of bytes in bold.
    strong: usize,
    pub(super) links: Vec<Link>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading,
    /// A paragraph outside lists, quotations and footnotes.
    Paragraph,
    /// Any other paragraph, a list item, a definition.
    Inner,
    Cell,
}

/// The text of a link and the span of the whole link in the body.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) text: String,
    /// Whether the link is an autolink: `<https://example.org>`.
    pub(super) is_bare: bool,
    pub(super) range: Span,
}

#[derive(Debug)]
pub(super) struct TableHead {
    pub(super) cells: Vec<String>,
    pub(super) range: Span,
}

/// A part of a block's text, with its source in the body.
#[derive(Debug, Clone)]
struct Piece {
    at: usize,
    source: Span,
    /// Whether the text and its source have the same bytes.
    is_verbatim: bool,
}

impl Block {
    /// The span in the body, without the line break at its end.
    pub(super) fn trimmed_span(&self, markdown: &str) -> Span {
        let text = markdown.get(self.range.clone()).unwrap_or_default();
        self.range.start..self.range.start + text.trim_end().len()
    }

    /// The span in the body of a range of the text.
    pub(super) fn source(&self, range: &Range<usize>) -> Span {
        let end = range.end.max(range.start + 1) - 1;
        let start = self.piece_at(range.start).map_or(self.range.start, |piece| {
            piece.source.start + if piece.is_verbatim { range.start - piece.at } else { 0 }
        });
        let end = self.piece_at(end).map_or(self.range.end, |piece| {
            if piece.is_verbatim {
                piece.source.start + (range.end - piece.at).min(piece.source.len())
            } else {
                piece.source.end
            }
        });
        start..end.max(start)
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        self.pieces.iter().rev().find(|piece| piece.at <= at)
    }

    /// The parts without markup, with their positions in the body.
    pub(super) fn plain(&self) -> impl Iterator<Item = (&str, usize)> {
        self.pieces.iter().filter(|piece| piece.is_verbatim).filter_map(|piece| {
            self.text
                .get(piece.at..piece.at + piece.source.len())
                .map(|text| (text, piece.source.start))
        })
    }

    /// Whether the whole text is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.strong > 0 && self.strong == self.text.trim().len()
    }
}

/// Parses a body into its blocks, in order, and the heads of its tables.
pub(super) fn read(body: &str) -> (Vec<Block>, Vec<TableHead>) {
    let mut outline = Outline::default();
    for (event, range) in markdown::events(body) {
        outline.take(&event, range, body);
    }
    outline.blocks.sort_by_key(|block| block.range.start);
    (outline.blocks, outline.heads)
}

/// Whether two texts have the same words; spaces, line breaks and the full stop do not count.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    words(a) == words(b)
}

fn words(text: &str) -> String {
    let text = text.trim().trim_end_matches(['.', '。', '!', '！']).to_lowercase();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[derive(Default)]
struct Outline {
    open: Vec<Block>,
    blocks: Vec<Block>,
    heads: Vec<TableHead>,
    head: Option<TableHead>,
    strong_depth: usize,
    /// The number of open lists, quotations and the like.
    depth: usize,
    quotes: usize,
    link: Option<Link>,
    is_code: bool,
    scripts: PlainScripts,
}

impl Outline {
    fn take(&mut self, event: &Event<'_>, range: Span, body: &str) {
        self.scripts.take(event);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if !self.is_code => {
                let text = self.scripts.plain(text);
                let is_verbatim = body.get(range.clone()) == Some(&*text);
                self.words(&text, range, is_verbatim);
            }
            Event::Code(code) => self.words(code, range, false),
            Event::SoftBreak => self.words(" ", range, false),
            Event::HardBreak => self.words("\n", range, false),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Span) {
        match tag {
            Tag::Heading { .. } => self.open(BlockKind::Heading, range),
            Tag::Paragraph => {
                let kind = if self.depth == 0 { BlockKind::Paragraph } else { BlockKind::Inner };
                self.open(kind, range);
            }
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.depth += 1;
                self.open(BlockKind::Inner, range);
            }
            Tag::BlockQuote(_) => {
                self.depth += 1;
                self.quotes += 1;
            }
            Tag::FootnoteDefinition(_) => self.depth += 1,
            Tag::TableHead => self.head = Some(TableHead { cells: Vec::new(), range }),
            Tag::TableCell => self.open(BlockKind::Cell, range),
            Tag::CodeBlock(_) => self.is_code = true,
            Tag::Strong => self.strong_depth += 1,
            Tag::Link { link_type, .. } => {
                let is_bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.link = Some(Link { text: String::new(), is_bare, range });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph => self.close(),
            TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                self.depth = self.depth.saturating_sub(1);
                self.close();
            }
            TagEnd::BlockQuote(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => self.depth = self.depth.saturating_sub(1),
            TagEnd::TableCell => {
                if let (Some(head), Some(cell)) = (&mut self.head, self.open.last()) {
                    head.cells.push(cell.text.trim().to_owned());
                }
                self.close();
            }
            TagEnd::TableHead => self.heads.extend(self.head.take()),
            TagEnd::CodeBlock => self.is_code = false,
            TagEnd::Strong => self.strong_depth = self.strong_depth.saturating_sub(1),
            TagEnd::Link => {
                if let (Some(link), Some(block)) = (self.link.take(), self.open.last_mut()) {
                    block.links.push(link);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind, range: Span) {
        self.open.push(Block {
            kind,
            text: String::new(),
            pieces: Vec::new(),
            range,
            is_quoted: self.quotes > 0,
            strong: 0,
            links: Vec::new(),
        });
    }

    /// Closes the open block. Blocks without text and links are dropped.
    fn close(&mut self) {
        if let Some(block) = self.open.pop()
            && (!block.text.trim().is_empty() || !block.links.is_empty())
        {
            self.blocks.push(block);
        }
    }

    fn words(&mut self, text: &str, source: Span, is_verbatim: bool) {
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
        let Some(block) = self.open.last_mut() else { return };
        block.pieces.push(Piece { at: block.text.len(), source, is_verbatim });
        block.text.push_str(text);
        if self.strong_depth > 0 {
            block.strong += text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_where_they_stand() {
        let body = "## One\n\nA **bold** word &amp; a\nline.\n\n- item with [a link](x.md)\n\n\
                    |  | b |\n|--|--|\n| c | d |\n";
        let (blocks, heads) = read(body);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["One", "A bold word & a line.", "item with a link", "b", "c", "d"]);
        let place = |block: &Block, word: &str| {
            let at = block.text.find(word).unwrap();
            &body[block.source(&(at..at + word.len()))]
        };
        // Words beside an entity are one piece with it.
        assert_eq!(place(&blocks[1], "bold"), "bold");
        assert_eq!(place(&blocks[1], "line"), "line");
        assert_eq!(place(&blocks[1], "& a"), " word &amp; a");
        assert_eq!(blocks[2].links[0].text, "a link");
        assert_eq!(heads[0].cells, ["", "b"]);
    }

    #[test]
    fn bold_paragraph_differs_from_bold_words() {
        assert!(is_bold("**All of it**\n"));
        assert!(!is_bold("**Some** of it\n"));
    }

    fn is_bold(body: &str) -> bool {
        read(body).0[0].is_bold()
    }
}
