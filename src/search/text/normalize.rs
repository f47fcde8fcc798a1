//! Normalization of case, accents, full-width forms and traditional characters, the same for
//! documents and queries.

use std::borrow::Cow;
use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::language::{raised_digit, to_half_width};

/// The simplified forms of the characters from [`FIRST`] to [`LAST`].
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    (FIRST..=LAST)
        .map(|traditional| {
            let simplified = fast2s::convert(traditional.encode_utf8(&mut [0; 4]));
            simplified.chars().next().unwrap_or(traditional)
        })
        .collect()
});

/// The Unicode block "CJK Unified Ideographs", which has all traditional characters in use.
const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FFF}';

/// Characters whose simplified form depends on the word: 計畫 is 计划, 圖畫 is 图画.
const CONTEXT_DEPENDENT: [char; 15] =
    ['兒', '覆', '夥', '藉', '瞭', '麽', '幺', '於', '乾', '著', '苧', '闔', '鍾', '讎', '畫'];

/// Replaces traditional characters by simplified ones. Every character keeps its length in bytes,
/// so that ranges in the result are ranges in the text.
pub(crate) fn simplify(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(|character| simplify_character(character) != character) else {
        return Cow::Borrowed(text);
    };
    let simplified = if text[first..].contains(CONTEXT_DEPENDENT) {
        fast2s::convert(text)
    } else {
        text[..first].chars().chain(text[first..].chars().map(simplify_character)).collect()
    };
    if simplified.len() == text.len() { Cow::Owned(simplified) } else { Cow::Borrowed(text) }
}

fn simplify_character(character: char) -> char {
    match character {
        FIRST..=LAST => SIMPLIFIED[character as usize - FIRST as usize],
        _ => character,
    }
}

/// Converts full-width forms, superscript and subscript digits to ordinary characters: queries are
/// typed without them.
pub(crate) fn fold_width(character: char) -> char {
    raised_digit(character).unwrap_or_else(|| to_half_width(character))
}

/// Appends a letter in lower case and without accents.
pub(crate) fn push_folded(character: char, out: &mut String) {
    let character = fold_width(character);
    if character.is_ascii() {
        out.push(character.to_ascii_lowercase());
        return;
    }
    // Not an accented и: the stemmers of Slavic languages distinguish the two letters.
    if matches!(character, 'й' | 'Й') {
        out.push('й');
        return;
    }
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    for part in decomposed.chars().filter(|part| !is_mark(*part)) {
        match part {
            'ß' => out.push_str("ss"),
            'ı' => out.push('i'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            _ => out.extend(part.to_lowercase().filter(|part| !is_mark(*part))),
        }
    }
}

/// Whether a character is a combining mark or variation selector.
pub(crate) const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36F}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE00}'..='\u{FE0F}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|character| push_folded(character, &mut out));
        out
    }

    #[test]
    fn push_folded_removes_case_accents_and_width() {
        let table = [
            ("ÉCOLE", "ecole"),
            ("Ａｂ", "ab"),
            ("straße", "strasse"),
            ("ﬁne", "fine"),
            ("İstanbul", "istanbul"),
            ("Å", "a"),
            ("Ёлка", "елка"),
            ("Городской", "городской"),
        ];
        for (text, folded) in table {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn simplify_traditional_characters_returns_simplified() {
        assert_eq!(simplify("養老床位與圖書館"), "养老床位与图书馆");
        assert_eq!(simplify("计划和計畫"), "计划和计划");
        assert_eq!(simplify("plain"), "plain");
    }

    proptest! {
        #[test]
        fn simplify_keeps_character_positions(text in "\\PC{0,60}") {
            let simplified = simplify(&text);
            prop_assert_eq!(simplified.len(), text.len());
            let positions = simplified.char_indices().map(|(at, _)| at);
            prop_assert!(positions.eq(text.char_indices().map(|(at, _)| at)));
        }
    }
}
