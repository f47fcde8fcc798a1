//! The words of a text by block: paragraphs, headings, items, rows of tables.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::content::{Text, markdown};
use crate::language::joins_lines;

/// A block of a text, without markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) words: String,
}

/// The kind of a block. Blocks of two kinds are never the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum BlockKind {
    Title,
    Heading,
    Paragraph,
    Item,
    Row,
    Code,
}

impl BlockKind {
    pub(super) const fn is_heading(self) -> bool {
        matches!(self, Self::Title | Self::Heading)
    }

    pub(super) const fn is_item(self) -> bool {
        matches!(self, Self::Item)
    }
}

/// Reads the blocks of two texts: their titles, summaries and bodies. The address of a link or a
/// picture is among the words where only one of the texts has it, as nothing else would show that
/// it changed.
pub(super) fn read_both(old: &Text, new: &Text) -> (Vec<Block>, Vec<Block>) {
    let (in_old, in_new) = (destinations(old), destinations(new));
    (read(old, &in_new), read(new, &in_old))
}

fn destinations(text: &Text) -> BTreeSet<&str> {
    let all = text.body.links.iter().chain(&text.body.images);
    all.map(|destination| destination.value.as_str()).collect()
}

fn read(text: &Text, elsewhere: &BTreeSet<&str>) -> Vec<Block> {
    let mut reader = BlockReader {
        elsewhere,
        blocks: Vec::new(),
        kind: None,
        words: String::new(),
        open: Vec::new(),
    };
    reader.push(BlockKind::Title, &text.title.value);
    if let Some(summary) = &text.summary {
        reader.push(BlockKind::Paragraph, &summary.value);
    }
    let events: Vec<Event<'_>> =
        markdown::events(&text.body.markdown).map(|(event, _)| event).collect();
    for (index, event) in events.iter().enumerate() {
        reader.event(event, &events[index + 1..]);
    }
    reader.end_block();
    reader.blocks
}

struct BlockReader<'t> {
    /// The addresses in the other text.
    elsewhere: &'t BTreeSet<&'t str>,
    blocks: Vec<Block>,
    /// The kind of the open block.
    kind: Option<BlockKind>,
    words: String,
    /// For each open link or picture, the words after it: the caption, and the address if the other
    /// text does not have it.
    open: Vec<String>,
}

impl BlockReader<'_> {
    fn push(&mut self, kind: BlockKind, words: &str) {
        let words = words.trim().to_owned();
        if !words.is_empty() {
            self.blocks.push(Block { kind, words });
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.end_block();
        self.kind = Some(kind);
    }

    fn end_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        // A paragraph within an item has no start of its own where the list is tight.
        self.push(self.kind.unwrap_or(BlockKind::Paragraph), &words);
    }

    fn event(&mut self, event: &Event<'_>, rest: &[Event<'_>]) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.words.push_str(&self.open.pop().unwrap_or_default());
            }
            Event::End(TagEnd::TableCell) => self.words.push_str(" | "),
            Event::End(tag) if is_block(*tag) => {
                if matches!(tag, TagEnd::TableRow | TagEnd::TableHead) {
                    self.words.truncate(self.words.trim_end_matches([' ', '|']).len());
                }
                self.end_block();
                self.kind = None;
            }
            Event::Text(words) | Event::Code(words) => self.words.push_str(words),
            Event::SoftBreak => {
                let after = rest.iter().find_map(|event| match event {
                    Event::Text(words) | Event::Code(words) => words.chars().next(),
                    _ => None,
                });
                if !joins_lines(self.words.chars().next_back(), after) {
                    self.words.push(' ');
                }
            }
            Event::HardBreak => self.words.push(' '),
            Event::TaskListMarker(is_done) => {
                self.words.push_str(if *is_done { "☑ " } else { "☐ " });
            }
            _ => {}
        }
    }

    /// An address in brackets; nothing if the other text has it.
    fn address(&self, destination: &str) -> String {
        if self.elsewhere.contains(destination) {
            String::new()
        } else {
            format!(" ({destination})")
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::Paragraph if self.kind != Some(BlockKind::Item) || !self.words.is_empty() => {
                let kind = self.kind.unwrap_or(BlockKind::Paragraph);
                self.begin(kind);
            }
            Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => {
                self.begin(BlockKind::Item);
            }
            Tag::DefinitionListTitle => self.begin(BlockKind::Paragraph),
            Tag::TableHead | Tag::TableRow => self.begin(BlockKind::Row),
            Tag::CodeBlock(_) => self.begin(BlockKind::Code),
            Tag::Link { dest_url, .. } => self.open.push(self.address(dest_url)),
            Tag::Image { dest_url, title, .. } => {
                let caption = if title.is_empty() { String::new() } else { format!(" {title}") };
                self.open.push(caption + &self.address(dest_url));
            }
            _ => {}
        }
    }
}

const fn is_block(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::CodeBlock
    )
}
