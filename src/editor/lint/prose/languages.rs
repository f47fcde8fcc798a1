//! Finds paragraphs and headings in another language than their page: Chinese in a language that is
//! not written in Chinese characters, and English in Chinese.

use super::super::blocks::{Block, BlockKind};
use crate::language::is_han;

/// Chinese text with fewer characters may be a name.
const MIN_HAN: usize = 12;

/// English text with fewer words may be a name.
const MIN_WORDS: usize = 8;

/// An English heading with fewer words may be a name.
const MIN_HEADING_WORDS: usize = 5;

/// Names of works and explanations, which stay as they are in a translation.
const QUOTED: &[(char, char)] = &[('《', '》'), ('（', '）'), ('(', ')'), ('“', '”'), ('「', '」')];

/// Finds the blocks of a text in Chinese characters that are in English, or of another text that
/// are in Chinese. Of blocks that follow each other it returns the first; of a translation that is
/// wholly in another language none, since [`placeholders`](super::super::placeholders) reports it.
pub(super) fn find(blocks: &[Block], is_in_han: bool, is_translation: bool) -> Vec<&Block> {
    let mut is_behind = false;
    let mut has_own = !is_translation;
    let mut found = Vec::new();
    for block in blocks.iter().filter(|block| block.kind != BlockKind::Cell) {
        let is_foreign = if is_in_han { is_english(block) } else { is_chinese(block) };
        let is_other = is_foreign && !block.is_quoted;
        if is_other && !is_behind {
            found.push(block);
        }
        is_behind = is_other;
        has_own |= !is_other;
    }
    if has_own { found } else { Vec::new() }
}

fn is_chinese(block: &Block) -> bool {
    if !block.text.contains(is_han) {
        return false;
    }
    if block.kind == BlockKind::Heading {
        return !block.text.contains(|c: char| c.is_alphabetic() && !is_han(c));
    }
    let (mut han, mut letters, mut has_clause, mut closing) = (0, 0, false, None);
    for c in block.text.chars() {
        if closing.is_some() {
            closing = closing.filter(|close| *close != c);
        } else if let Some((_, close)) = QUOTED.iter().find(|(open, _)| *open == c) {
            closing = Some(*close);
        } else if is_han(c) {
            han += 1;
        } else {
            letters += usize::from(c.is_alphabetic());
            has_clause |= matches!(c, '，' | '。' | '；' | '！' | '？');
        }
    }
    has_clause && han >= MIN_HAN && han > letters
}

fn is_english(block: &Block) -> bool {
    let text = block.text.trim();
    let is_heading = block.kind == BlockKind::Heading;
    let is_sentence = text.ends_with(['.', '!', '?', ':', ';', '”', '"', ')']);
    if text.contains(is_han) || !is_heading && !is_sentence {
        return false;
    }
    let words = text.split_whitespace();
    let small = words.clone().filter(|word| is_small(word)).count();
    let least = if is_heading { MIN_HEADING_WORDS } else { MIN_WORDS };
    words.count() >= least && small * 2 >= least
}

/// Whether a word is in small letters.
fn is_small(word: &str) -> bool {
    word.bytes().all(|c| c.is_ascii_lowercase() || c == b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::lint::blocks;

    const CHINESE: &str = "全市新建水井十二口，由市水务局负责维护。";
    const ENGLISH: &str = "The wells were dug by the office of water.";

    fn found(markdown: &str, is_in_han: bool) -> Vec<String> {
        let (blocks, _) = blocks::read(markdown);
        find(&blocks, is_in_han, false).into_iter().map(|block| block.text.clone()).collect()
    }

    #[test]
    fn chinese_in_other_text_is_found() {
        for markdown in [
            format!("{ENGLISH}\n\n{CHINESE}\n\n{CHINESE}\n"),
            format!("- {CHINESE}\n- {ENGLISH}\n"),
            format!("{ENGLISH}[^1]\n\n[^1]: {CHINESE}\n"),
        ] {
            assert_eq!(found(&markdown, false), [CHINESE], "{markdown}");
        }
        assert_eq!(found("## 主要目标\n", false), ["主要目标"]);
        for markdown in [
            "The *Notice on wells* (《哈尔滨市人民政府关于印发水井规划的通知》，2022年).",
            "Office of water (水务局，负责全市水井的建设和维护。)",
            "《哈尔滨市人民政府关于水井、湖泊和河流的通知》。",
            "- 哈尔滨市水务局",
            "## The Harbin Daily (哈尔滨日报)",
            "> 全市新建水井十二口，由市水务局负责维护。",
            "| a |\n|--|\n| 全市新建水井十二口，由市水务局负责维护。 |",
        ] {
            assert_eq!(found(markdown, false), Vec::<String>::new(), "{markdown}");
        }
    }

    #[test]
    fn english_in_chinese_text_is_found() {
        assert_eq!(found(&format!("{CHINESE}\n\n{ENGLISH}\n"), true), [ENGLISH]);
        assert_eq!(found("## Where people get water today\n", true).len(), 1);
        for markdown in [
            "No. 1, Zhongyang Dajie, Daoli District, Harbin, Heilongjiang 150010 (China)",
            "Harbin Urban Rail Transit Line 3 Phase II East Half Ring Project",
            "## Harbin Ice and Snow World",
            "> The wells were dug by the office of water.",
            "WeChat, Alipay.",
        ] {
            assert_eq!(found(markdown, true), Vec::<String>::new(), "{markdown}");
        }
    }

    #[test]
    fn translation_wholly_in_other_language_is_silent() {
        let (blocks, _) = blocks::read(ENGLISH);
        assert!(find(&blocks, true, true).is_empty());
        assert_eq!(find(&blocks, true, false).len(), 1);
    }
}
