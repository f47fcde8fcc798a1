//! Finds paragraphs that were pasted twice.

use std::collections::HashMap;
use std::ops::Range;

use super::super::blocks::{Block, BlockKind};
use super::width;

/// The least width of a paragraph, in columns; a Chinese character has two. Addresses and short
/// sentences may be repeated on purpose.
const MIN_WIDTH: usize = 70;

/// A paragraph that repeats another one, or its own first half.
pub(super) struct Repetition<'b> {
    pub(super) block: &'b Block,
    pub(super) range: Range<usize>,
    pub(super) earlier: Option<&'b Block>,
}

/// Finds them among the blocks of a body.
pub(super) fn find(blocks: &[Block]) -> Vec<Repetition<'_>> {
    let mut first: HashMap<&str, &Block> = HashMap::new();
    let mut found = Vec::new();
    for block in blocks {
        let words = block.text.trim();
        let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Inner);
        // A character has at most two columns, and at least one byte.
        if !is_prose || words.len() < MIN_WIDTH || width(words) < MIN_WIDTH {
            continue;
        }
        let start = block.text.len() - block.text.trim_start().len();
        if let Some(half) = second_half(words) {
            let range = start + half..start + words.len();
            found.push(Repetition { block, range, earlier: None });
        }
        match first.get(words) {
            Some(earlier) => {
                let (range, earlier) = (start..start + words.len(), Some(*earlier));
                found.push(Repetition { block, range, earlier });
            }
            None => {
                first.insert(words, block);
            }
        }
    }
    found
}

/// The start of the second half of a text whose halves are the same long text.
fn second_half(text: &str) -> Option<usize> {
    let middle = text.len() / 2;
    let half = text.get(..middle)?;
    let second = text[middle..].trim_start();
    (half.trim_end() == second && width(second) >= MIN_WIDTH).then(|| text.len() - second.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::lint::blocks;

    const LONG: &str =
        "全市新建水井十二口，由市水务局负责维护，市民可以随时取水，取水时请携带有效的身份证件。";

    fn found(markdown: &str) -> Vec<String> {
        let (blocks, _) = blocks::read(markdown);
        let found = find(&blocks);
        found.iter().map(|it| markdown[it.block.source(&it.range)].to_owned()).collect()
    }

    #[test]
    fn long_paragraph_pasted_twice_is_found() {
        for markdown in [
            format!("{LONG}\n\n{LONG}\n"),
            format!("{LONG}\n\nOther.\n\n- {LONG}\n"),
            format!("{LONG}\n{LONG}\n"),
            format!("{LONG}{LONG}\n"),
            format!("A.[^1]\n\n{LONG}\n\n[^1]: {LONG}\n"),
        ] {
            assert_eq!(found(&markdown), [LONG], "{markdown}");
        }
    }

    #[test]
    fn other_paragraphs_are_no_repetitions() {
        for markdown in [
            "地址：中央大街1号。\n\n地址：中央大街1号。\n".to_owned(),
            format!("{LONG}\n\n{LONG}另有说明。\n"),
            format!("| {LONG} |\n|--|\n| {LONG} |\n| {LONG} |\n"),
        ] {
            assert_eq!(found(&markdown), Vec::<String>::new(), "{markdown}");
        }
    }
}
