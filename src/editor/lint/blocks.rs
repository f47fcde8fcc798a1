//! A body as the blocks that readers see, each with its words and where they stand.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::content::markdown;
use crate::diagnostic::Span;

/// A heading, paragraph, list item or cell.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Its words; a line break is a space, and `\n` where an editor ended the line.
    pub(super) text: String,
    pieces: Vec<Piece>,
    /// Where it stands in the body.
    range: Span,
    /// How many of its words' bytes are bold.
    strong: usize,
    pub(super) links: Vec<Link>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading,
    /// A paragraph of the page itself, and not of a list, a quotation or a footnote.
    Paragraph,
    /// A paragraph elsewhere, a list item, a definition.
    Inner,
    Cell,
}

/// The words of a link, and where the whole link stands in the body.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) text: String,
    /// Whether it is an address alone, in `<` and `>`.
    pub(super) is_bare: bool,
    pub(super) range: Span,
}

/// The head of a table.
#[derive(Debug)]
pub(super) struct TableHead {
    pub(super) cells: Vec<String>,
    pub(super) range: Span,
}

/// A stretch of a block's text that stands in the body as it is, or as something that prints it.
#[derive(Debug, Clone)]
struct Piece {
    at: usize,
    source: Span,
    /// Whether the body has the same bytes.
    is_verbatim: bool,
}

impl Block {
    /// Where it stands in the body, without the line break behind it.
    pub(super) fn place(&self, markdown: &str) -> Span {
        let text = markdown.get(self.range.clone()).unwrap_or_default();
        self.range.start..self.range.start + text.trim_end().len()
    }

    /// Where a stretch of its text stands in the body.
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

    /// The stretches that an editor wrote as plain text, with where each stands in the body.
    pub(super) fn plain(&self) -> impl Iterator<Item = (&str, usize)> {
        self.pieces.iter().filter(|piece| piece.is_verbatim).filter_map(|piece| {
            self.text
                .get(piece.at..piece.at + piece.source.len())
                .map(|text| (text, piece.source.start))
        })
    }

    /// Whether every word is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.strong > 0 && self.strong == self.text.trim().len()
    }
}

/// The blocks of a body in their order, and the heads of its tables.
pub(super) fn read(body: &str) -> (Vec<Block>, Vec<TableHead>) {
    let mut outline = Outline::default();
    for (event, range) in markdown::events(body) {
        outline.take(&event, range, body);
    }
    outline.blocks.sort_by_key(|block| block.range.start);
    (outline.blocks, outline.heads)
}

#[derive(Default)]
struct Outline {
    open: Vec<Block>,
    blocks: Vec<Block>,
    heads: Vec<TableHead>,
    head: Option<TableHead>,
    strong_depth: usize,
    /// How many lists, quotations and the like are open.
    depth: usize,
    link: Option<Link>,
    is_code: bool,
}

impl Outline {
    fn take(&mut self, event: &Event<'_>, range: Span, body: &str) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if !self.is_code => {
                let is_verbatim = body.get(range.clone()) == Some(&**text);
                self.words(text, range, is_verbatim);
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
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.depth += 1,
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
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1)
            }
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
            strong: 0,
            links: Vec::new(),
        });
    }

    /// What was open is whole; blocks without words and links say nothing.
    fn close(&mut self) {
        let is_said = |block: &Block| !block.text.trim().is_empty() || !block.links.is_empty();
        self.blocks.extend(self.open.pop().filter(is_said));
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
        let body = "## One\n\nA **bold** word &amp; a\nline.\n\n- item with [a link](x.md)\n\n|  | b |\n|--|--|\n| c | d |\n";
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
    fn a_bold_paragraph_is_told_from_bold_words() {
        let is_bold = |body: &str| read(body).0[0].is_bold();
        assert!(is_bold("**All of it**\n"));
        assert!(!is_bold("**Some** of it\n"));
    }
}
